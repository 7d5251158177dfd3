// tasks-of-unit.rq in the property graph.
// :param body => ['https://w3id.org/vn-legal-kg/body/chinh-phu']
// :param status => null
// :param province => null

UNWIND $body AS uri
MATCH (unit:Resource {uri: uri})<-[:ASSIGNED_TO]-(task:Task)-[:HAS_SOURCE]->(report)
WHERE $status IS NULL OR task.status = $status
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH uri, unit, task, report, place WHERE $province IS NULL OR place.uri IN $province
RETURN unit.label AS unit, task.deadline AS deadline, task.status AS status,
       COLLECT { MATCH (task)-[:IMPLEMENTS]->(n) RETURN DISTINCT n.label AS name ORDER BY name } AS documents,
       place.label AS province, task.section AS section, task.exact AS quote, report.uri AS report, task.start AS start
ORDER BY uri, coalesce(deadline, ''), report, start
