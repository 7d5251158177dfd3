// coverage-matrix.rq in the property graph.
// A province that is silent on a document has a row without a statement.
// :param period_within => null
// :param province => null
// :param limit => 10
// :param units_province => null

MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
MATCH (report:Resource {uri: r.hasSource}) WHERE ($period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p))
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH subject, r, coalesce(resolved, cited) AS document
WHERE document.uri STARTS WITH 'urn:lex:vn:'
MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(there:Province)
WITH DISTINCT r, document, there
UNWIND coalesce($units_province[there.uri], [[there.uri]]) AS unit
WITH document, unit[0] AS place, r, there ORDER BY coalesce(r.status, '') <> 'done', r.status, r.uri
WITH document, place, count(*) AS statements, head(collect(r)) AS told
WITH document, count(place) AS provinces, sum(statements) AS evidence,
     collect({place: place, statements: statements, told: told}) AS cells
ORDER BY provinces DESC, evidence DESC, document.uri LIMIT $limit
WITH collect({document: document, provinces: provinces, evidence: evidence, cells: cells}) AS central
MATCH (report:Report)-[:FOR_PROVINCE|PASSED_BY|IN_PROVINCE*1..2]->(there:Province)
WHERE ($period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p))
  AND ($province IS NULL OR there.uri IN $province)
UNWIND coalesce($units_province[there.uri], [[there.uri, there.label]]) AS unit
WITH central, unit, collect(DISTINCT CASE WHEN $units_province IS NOT NULL THEN there.label END) AS reported
UNWIND central AS row
WITH row, unit, reported, head([cell IN row.cells WHERE cell.place = unit[0]]) AS cell
RETURN unit[1] AS province, reported, row.document.label AS label, row.document.uri AS document,
       coalesce(cell.told.status, 'silent') AS status, coalesce(cell.statements, 0) AS statements,
       cell.told.exact AS quote, cell.told.hasSource AS report, cell.told.start AS start
ORDER BY row.provinces DESC, row.evidence DESC, document, province
