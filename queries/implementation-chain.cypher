// implementation-chain.rq in the property graph.
// Each level holds what carries out the level above, two steps below the document; the third step has no
// level of its own.  A source file stands for the document that it is, a candidate for its document.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']

UNWIND $document AS urn
MATCH (above:Resource)-[:RESOLVED_TO*0..1]->(:Resource {uri: urn})
WITH collect(DISTINCT above) AS first
WITH first, COLLECT {
  UNWIND first AS upper
  MATCH (upper)<-[:IMPLEMENTS]-()-[:REALIZES|RESOLVED_TO*0..1]->()<-[:RESOLVED_TO*0..1]-(above)
  RETURN DISTINCT above
} AS second
WITH first, second, COLLECT {
  UNWIND second AS upper
  MATCH (upper)<-[:IMPLEMENTS]-()-[:REALIZES|RESOLVED_TO*0..1]->()<-[:RESOLVED_TO*0..1]-(above)
  RETURN DISTINCT above
} AS third
UNWIND [a IN first | [1, a]] + [a IN second | [2, a]] + [a IN third | [3, a]] AS step
WITH step[1] AS above, min(step[0]) AS hop
MATCH (below)-[r:IMPLEMENTS]->(above) WHERE r.exact IS NOT NULL OR below:Task
OPTIONAL MATCH (below)-[:HAS_SOURCE]->(source)
MATCH (report:Resource {uri: coalesce(r.hasSource, source.uri)})
WITH hop, above, below, r, report,
     CASE WHEN below:Task THEN properties(below) ELSE properties(r) END AS told,
     CASE WHEN below:Task THEN 'task' WHEN below = report THEN 'report' ELSE 'document' END AS kind
OPTIONAL MATCH (below)-[:ASSIGNED_TO|PASSED_BY]->(own)
OPTIONAL MATCH (report)-[:PASSED_BY]->(reporting)
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(reported)
WITH hop, above, below, r, report, told, kind, reported,
     coalesce(own, CASE WHEN kind <> 'document' THEN reporting END) AS body
OPTIONAL MATCH (body)-[:IN_PROVINCE]->(place)
OPTIONAL MATCH (below)-[:REALIZES]->(itself)
WITH DISTINCT hop, above, below, r, report, told, kind, body, coalesce(place.label, reported.label) AS province,
     coalesce(below.label, itself.label, below.title, below.uri) AS lower
WITH hop, above, below, r, report, told, kind, province, lower, collect(DISTINCT body.label) AS bodies
RETURN hop, coalesce(above.label, above.uri) AS upper, kind, lower,
       CASE WHEN kind = 'document' AND NOT below.uri CONTAINS '+' THEN reduce(a = null, b IN bodies | CASE WHEN a > b THEN a ELSE b END)
            ELSE bodies END AS by, province, told.status AS status, told.deadline AS deadline, told.exact AS quote,
       report.uri AS report, told.start AS start
ORDER BY hop, above.uri, kind, report, start, coalesce(province, '')
