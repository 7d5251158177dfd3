// overdue-tasks.rq in the property graph.
// A date known to the month or year counts from its end.
// :param date => '2024-12-31'
// :param province => null
// :param body => null
// :param document => null

MATCH (task:Task)-[:HAS_SOURCE]->(report)
WHERE task.deadline + '-99' < $date AND coalesce(task.status, '') <> 'done'
  AND ($body IS NULL OR EXISTS { (task)-[:ASSIGNED_TO]->(unit) WHERE unit.uri IN $body })
  AND ($document IS NULL
       OR EXISTS { (task)-[:IMPLEMENTS]->()-[:RESOLVED_TO*0..1]->(one:Resource) WHERE one.uri IN $document })
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH task, report, place WHERE $province IS NULL OR place.uri IN $province
OPTIONAL MATCH (report)-[:PASSED_BY]->(issuer)
WITH task, report, place, collect(DISTINCT issuer.label) AS issuer
RETURN task.deadline AS deadline,
       COLLECT { MATCH (task)-[:ASSIGNED_TO]->(n) UNWIND coalesce(n.label_all, n.label) AS name
                 RETURN DISTINCT name ORDER BY name } AS assignee,
       task.status AS status, place.label AS province, issuer,
       COLLECT { MATCH (task)-[:IMPLEMENTS]->(n) RETURN DISTINCT n.label AS name ORDER BY name } AS documents,
       task.exact AS quote, report.uri AS report, task.start AS start
ORDER BY deadline, report, start
