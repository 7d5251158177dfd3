// most-implemented.rq in the property graph.
// FOR_PROVINCE leads from a report to its province; PASSED_BY and IN_PROVINCE from a document of one of its
// bodies, after RESOLVED_TO from a candidate.  No other order of these relationships ends at a province.
// :param period_within => null
// :param province => null
// :param limit => 20
// :param units_province => null

MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
MATCH (report:Resource {uri: r.hasSource})
WHERE $period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p)
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH subject, r, coalesce(resolved, cited) AS document
OPTIONAL MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(place:Province)
WITH r, document, place WHERE $province IS NULL OR place.uri IN $province
UNWIND coalesce($units_province[place.uri], [[place.uri]]) AS unit
WITH document, count(DISTINCT unit[0]) AS provinces, count(DISTINCT r.hasSource) AS reports, count(DISTINCT r) AS statements
ORDER BY provinces DESC, reports DESC, statements DESC, document.uri LIMIT $limit
RETURN document.uri AS document, document.label AS label, provinces, reports, statements
ORDER BY provinces DESC, reports DESC, statements DESC, document
