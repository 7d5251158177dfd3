// changes-between-reports.rq in the property graph.
// Both periods are read at once; a body counts that has reports in both.
// :param earlier_within => ['2023']
// :param later_within => ['2024']
// :param body => null
// :param province => null
// :param units_body => null

MATCH (source:Report)-[:PASSED_BY]->(signer)
WITH source, signer, coalesce(source.period, source.date_document) AS period
WITH source, signer, [side IN [CASE WHEN any(p IN $earlier_within WHERE period STARTS WITH p) THEN 'earlier' END,
                               CASE WHEN any(p IN $later_within WHERE period STARTS WITH p) THEN 'later' END]
                      WHERE side IS NOT NULL] AS sides
UNWIND sides AS side
UNWIND coalesce($units_body[signer.uri], [[signer.uri, signer.label]]) AS unit
WITH unit, collect(DISTINCT side) AS sides, collect({source: source, side: side, signer: signer.uri}) AS reports
WHERE size(sides) = 2
UNWIND reports AS report
WITH unit, report.source AS source, report.side AS side, report.signer AS signer
WHERE $body IS NULL OR signer IN $body
OPTIONAL MATCH (source)-[:FOR_PROVINCE]->(place)
WITH unit, source, side, place WHERE $province IS NULL OR place.uri IN $province
MATCH ()-[r:IMPLEMENTS]->(cited) WHERE r.hasSource = source.uri AND r.exact IS NOT NULL
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH DISTINCT unit, side, r, coalesce(resolved, cited) AS document
ORDER BY coalesce(r.status, '') <> 'done', r.status, r.uri
WITH unit, document, head(collect(CASE side WHEN 'earlier' THEN r END)) AS early,
     head(collect(CASE side WHEN 'later' THEN r END)) AS late
WITH *, CASE WHEN early IS NULL THEN 'new' WHEN late IS NULL THEN 'dropped' ELSE 'status' END AS change
WHERE coalesce(early.status <> late.status, true)
RETURN change, document.label AS label, document.uri AS document, unit[1] AS issuer, early.status AS before,
       late.status AS after, late.exact AS quote, late.hasSource AS report, late.start AS start,
       early.exact AS earlierQuote, early.hasSource AS earlierReport, early.start AS earlierStart
ORDER BY unit[0], change, document
