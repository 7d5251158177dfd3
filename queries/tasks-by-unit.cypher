// tasks-by-unit.rq in the property graph.
// :param document => null
// :param province => null
// :param limit => 20

MATCH (task:Task)-[:ASSIGNED_TO]->(unit:Body)
MATCH (task)-[:HAS_SOURCE]->(report)
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH task, unit, place WHERE $province IS NULL OR place.uri IN $province
OPTIONAL MATCH (task)-[:IMPLEMENTS]->(cited)
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH task, unit, coalesce(resolved, cited) AS document
WHERE $document IS NULL OR document.uri IN $document
WITH DISTINCT task, unit
WITH unit, count(task) AS tasks, count(CASE task.status WHEN 'done' THEN task END) AS done,
     count(CASE task.status WHEN 'planned' THEN task END) AS planned, count(task.deadline) AS dated
ORDER BY tasks DESC, unit.uri LIMIT $limit
RETURN unit.label AS unit, tasks, done, planned, dated
