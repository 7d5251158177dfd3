// tasks-by-unit.rq in the property graph.
// :param document => null
// :param province => null
// :param limit => 20
// :param units_body => null

MATCH (task:Task)-[:ASSIGNED_TO]->(unit:Body)
MATCH (task)-[:HAS_SOURCE]->(report)
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH task, unit, place WHERE $province IS NULL OR place.uri IN $province
WITH DISTINCT task, unit
WHERE $document IS NULL
   OR EXISTS { (task)-[:IMPLEMENTS]->()-[:RESOLVED_TO*0..1]->(document) WHERE document.uri IN $document }
UNWIND coalesce($units_body[unit.uri], [[unit.uri, unit.label]]) AS body
WITH body, collect(DISTINCT CASE WHEN $units_body IS NOT NULL THEN unit.label END) AS reported,
     collect(DISTINCT task) AS given
UNWIND given AS task
WITH body, reported, count(task) AS tasks, count(CASE task.status WHEN 'done' THEN task END) AS done,
     count(CASE task.status WHEN 'planned' THEN task END) AS planned, count(task.deadline) AS dated
ORDER BY tasks DESC, body[0] LIMIT $limit
RETURN body[1] AS unit, reported, tasks, done, planned, dated
