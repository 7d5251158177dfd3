// provinces-implementing.rq in the property graph.
// FOR_PROVINCE leads from a report to its province; PASSED_BY and IN_PROVINCE from a document of one of its
// bodies, after RESOLVED_TO from a candidate.  No other order of these relationships ends at a province.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param province => null
// :param period_within => null
// :param status => null

UNWIND $document AS urn
MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
MATCH (subject)-[r:IMPLEMENTS]->(cited)
WHERE r.exact IS NOT NULL AND ($status IS NULL OR r.status = $status)
MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(place:Province)
WHERE $province IS NULL OR place.uri IN $province
MATCH (report:Resource {uri: r.hasSource})
WHERE $period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p)
WITH DISTINCT document, subject, place, report, r.status AS status, r.section AS section, r.exact AS quote, r.start AS start
OPTIONAL MATCH (report)-[:PASSED_BY]->(issuer)
WITH document, subject, place, report, status, section, quote, start, collect(DISTINCT issuer.label) AS issuer
RETURN place.label AS province,
       COLLECT { MATCH (place)-[:CURRENT_UNIT]->(n) WHERE n <> place UNWIND coalesce(n.label_all, n.label) AS name
                 RETURN DISTINCT name ORDER BY name } AS now,
       status, document.uri AS document, 'implements' AS rel,
       CASE WHEN subject <> report THEN subject.label END AS via, issuer, report.period AS period, section, quote,
       report.uri AS report, start
ORDER BY province, document, report, start, subject.uri
