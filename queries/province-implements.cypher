// province-implements.rq in the property graph.
// FOR_PROVINCE leads from a report to its province; PASSED_BY and IN_PROVINCE from a document of one of its
// bodies, after RESOLVED_TO from a candidate.  No other order of these relationships ends at a province.
// :param province => ['https://w3id.org/vn-legal-kg/place/hau-giang']
// :param period_within => null

UNWIND $province AS place
MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(:Resource {uri: place})
WITH DISTINCT subject
MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
MATCH (report:Resource {uri: r.hasSource})
WHERE $period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p)
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH r, coalesce(resolved, cited) AS document ORDER BY coalesce(r.status, '') <> 'done', r.status, r.uri
WITH document, count(DISTINCT r) AS statements, count(DISTINCT r.hasSource) AS reports, head(collect(r)) AS told
RETURN document.uri AS document, document.label AS label, statements, reports, told.status AS status,
       told.exact AS quote, told.hasSource AS report, told.start AS start
ORDER BY statements DESC, document
