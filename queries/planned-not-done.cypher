// planned-not-done.rq in the property graph.
// :param province => null
// :param limit => 100
// :param units_province => null

MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(there:Province) WHERE $province IS NULL OR there.uri IN $province
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
MATCH (source:Resource {uri: r.hasSource})
WITH DISTINCT r, there, source, coalesce(resolved, cited) AS document,
     r.status = 'done' OR r.status = 'basis' AND EXISTS {
       (cited)<-[:IMPLEMENTS]-(task:Task {status: 'done'})-[:HAS_SOURCE]->(source)
       WHERE task.start <= r.start AND r.start < task.end
     } AS worked
UNWIND coalesce($units_province[there.uri], [[there.uri, there.label]]) AS unit
WITH r, there, unit, document, worked, coalesce(source.period, source.date_document, '') AS period
ORDER BY period, r.uri
WITH unit, document, collect(DISTINCT CASE WHEN $units_province IS NOT NULL THEN there.label END) AS reported,
     collect(CASE r.status WHEN 'planned' THEN {r: r, period: period} END) AS plans,
     count(CASE WHEN worked THEN r END) AS done
WHERE done = 0 AND size(plans) > 0
WITH *, plans[0] AS first
RETURN unit[1] AS province, reported, document.label AS label, document.uri AS document, size(plans) AS planned,
       first.period AS period, first.r.exact AS quote, first.r.hasSource AS report, first.r.start AS start
ORDER BY province, document LIMIT $limit
