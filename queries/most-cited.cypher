// most-cited.rq in the property graph.
// :param period_within => null
// :param province => null
// :param limit => 20
// :param units_province => null

MATCH (report)<-[:HAS_SOURCE]-(mention:Mention)-[:HAS_BODY]->(cited)
WHERE $period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p)
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH report, mention, coalesce(resolved, cited) AS document
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place:Province)
WITH report, mention, document, place WHERE $province IS NULL OR place.uri IN $province
UNWIND coalesce($units_province[place.uri], [[place.uri]]) AS unit
WITH document, count(DISTINCT unit[0]) AS provinces, count(DISTINCT report) AS reports, count(DISTINCT mention) AS mentions
ORDER BY reports DESC, mentions DESC, document.uri LIMIT $limit
RETURN document.uri AS document, document.label AS label, provinces, reports, mentions
ORDER BY reports DESC, mentions DESC, document
