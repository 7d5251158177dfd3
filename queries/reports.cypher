// reports.rq in the property graph.
// :param province => null
// :param period_within => null

MATCH (report:Report)
WHERE $period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p)
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH report, place WHERE $province IS NULL OR place.uri IN $province
OPTIONAL MATCH (report)-[:PASSED_BY]->(issuer)
WITH report, place, collect(DISTINCT issuer.label) AS issuer
OPTIONAL MATCH (report)<-[:HAS_SOURCE]-(:Mention)-[:HAS_BODY]->(cited)
WITH report, place, issuer, count(DISTINCT cited) AS documents
RETURN report.uri AS report, report.title AS title, issuer, place.label AS province, report.period AS period,
       report.date_document AS date, documents
ORDER BY coalesce(province, ''), coalesce(period, ''), report
