// reports-by-findings.rq in the property graph.
// :param province => null
// :param period_within => null
// :param limit => 20

MATCH (report:Report) WHERE ($period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p))
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH report, place WHERE $province IS NULL OR place.uri IN $province
WITH report, place, COLLECT { MATCH (finding:Finding)-[:HAS_SOURCE]->(report) RETURN finding } AS found,
     COUNT { MATCH (mention:Mention)-[:HAS_SOURCE]->(report)
             MATCH (mention)-[:HAS_BODY]->(candidate:CandidateDocument)
             WHERE NOT EXISTS { (candidate)-[:RESOLVED_TO]->() }
             RETURN DISTINCT mention } AS unresolved
WHERE size(found) + unresolved > 0
WITH *, size(found) AS findings, size([f IN found WHERE f.severity <> 'info']) AS warnings
ORDER BY warnings DESC, findings DESC, unresolved DESC, report.uri LIMIT $limit
OPTIONAL MATCH (report)-[:PASSED_BY]->(issuer)
WITH report, place, found, findings, warnings, unresolved, collect(DISTINCT issuer.label) AS issuer
RETURN report.uri AS report, report.title AS title, issuer, place.label AS province, report.period AS period,
       findings, warnings, unresolved,
       COLLECT { UNWIND found AS one RETURN DISTINCT one.code AS code ORDER BY code } AS codes
ORDER BY warnings DESC, findings DESC, unresolved DESC, report
