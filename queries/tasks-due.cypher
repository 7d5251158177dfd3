// tasks-due.rq in the property graph.
// :param period => ['2024-10-01', '2024-12-31']
// :param province => null
// :param body => null

MATCH (task:Task)-[:HAS_SOURCE]->(report)
WHERE task.deadline + '-99' >= $period[0] AND task.deadline <= $period[1]
  AND ($body IS NULL OR EXISTS { (task)-[:ASSIGNED_TO]->(unit) WHERE unit.uri IN $body })
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH task, report, place WHERE $province IS NULL OR place.uri IN $province
OPTIONAL MATCH (report)-[:PASSED_BY]->(issuer)
WITH task, report, place, collect(DISTINCT issuer.label) AS issuer
RETURN task.deadline AS deadline,
       COLLECT { MATCH (task)-[:ASSIGNED_TO]->(n) UNWIND coalesce(n.label_all, n.label) AS name
                 RETURN DISTINCT name ORDER BY name } AS assignee,
       task.status AS status, place.label AS province, issuer,
       COLLECT { MATCH (task)-[:IMPLEMENTS]->(n) RETURN DISTINCT n.label AS name ORDER BY name } AS documents,
       task.section AS section, task.exact AS quote, report.uri AS report, task.start AS start
ORDER BY deadline, report, start
