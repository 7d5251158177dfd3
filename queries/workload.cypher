// workload.rq in the property graph.
// A deadline known to the month or year counts from its end.
// :param date => '2024-12-31'
// :param province => null
// :param body => null
// :param limit => 50
// :param units_body => null

MATCH (task:Task)-[:ASSIGNED_TO]->(signer:Body)
WHERE $body IS NULL OR signer.uri IN $body
MATCH (task)-[:HAS_SOURCE]->(source)
OPTIONAL MATCH (source)-[:FOR_PROVINCE]->(place)
WITH DISTINCT task, signer, source, place WHERE $province IS NULL OR place.uri IN $province
UNWIND coalesce($units_body[signer.uri], [[signer.uri, signer.label]]) AS body
WITH body, task, source, collect(DISTINCT CASE WHEN $units_body IS NOT NULL THEN signer.label END) AS names
ORDER BY task.uri
WITH body, task.status AS status, collect(task) AS tasks, collect(names) AS names, head(collect(source)) AS source
WITH *, COUNT {
  UNWIND tasks AS one
  MATCH (one)-[:IMPLEMENTS]->(cited)
  OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
  RETURN DISTINCT coalesce(resolved, cited)
} AS documents
RETURN body[1] AS unit,
       COLLECT { UNWIND names AS some UNWIND some AS name RETURN DISTINCT name ORDER BY name } AS reported,
       status, size(tasks) AS tasks, documents, size([t IN tasks WHERE t.deadline IS NOT NULL]) AS dated,
       size([t IN tasks WHERE t.deadline + '-99' < $date AND status <> 'done']) AS overdue,
       reduce(soonest = null, t IN tasks |
              CASE WHEN t.deadline IS NULL OR t.deadline + '-99' < $date OR t.deadline >= soonest THEN soonest
                   ELSE t.deadline END) AS next,
       tasks[0].exact AS quote, source.uri AS report, tasks[0].start AS start
ORDER BY tasks DESC, body[0], status LIMIT $limit
