// tasks-by-unit.rq in the property graph.
// :param document => null
// :param province => null
// :param limit => 20

MATCH (task:Task)-[:ASSIGNED_TO]->(unit:Body)
MATCH (task)-[:HAS_SOURCE]->(report)
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH task, unit, place WHERE $province IS NULL OR place.uri IN $province
WITH DISTINCT task, unit
WHERE $document IS NULL
   OR EXISTS { (task)-[:IMPLEMENTS]->()-[:RESOLVED_TO*0..1]->(document) WHERE document.uri IN $document }
WITH unit, count(task) AS tasks, count(CASE task.status WHEN 'done' THEN task END) AS done,
     count(CASE task.status WHEN 'planned' THEN task END) AS planned, count(task.deadline) AS dated
ORDER BY tasks DESC, unit.uri LIMIT $limit
RETURN unit.label AS unit, tasks, done, planned, dated
