// tasks-of.rq in the property graph.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param province => null
// :param status => null

UNWIND $document AS urn
MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
MATCH (task:Task)-[:IMPLEMENTS]->(cited) WHERE $status IS NULL OR task.status = $status
MATCH (task)-[:HAS_SOURCE]->(report)
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH document, task, report, place WHERE $province IS NULL OR place.uri IN $province
OPTIONAL MATCH (report)-[:PASSED_BY]->(issuer)
WITH document, task, report, place, collect(DISTINCT issuer.label) AS issuer
RETURN document.uri AS document,
       COLLECT { MATCH (task)-[:ASSIGNED_TO]->(n) UNWIND coalesce(n.label_all, n.label) AS name
                 RETURN DISTINCT name ORDER BY name } AS assignee,
       task.deadline AS deadline, task.status AS status, place.label AS province, issuer, task.section AS section,
       task.exact AS quote, report.uri AS report, task.start AS start
ORDER BY report, start, document
