// co-implemented.rq in the property graph.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param limit => 20
// :param units_province => null

UNWIND $document AS urn
MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
MATCH (subject)-[here:IMPLEMENTS]->(cited) WHERE here.exact IS NOT NULL
MATCH (subject)-[there:IMPLEMENTS]->(otherCited) WHERE there.hasSource = here.hasSource AND there.exact IS NOT NULL
OPTIONAL MATCH (otherCited)-[:RESOLVED_TO]->(resolved)
WITH document, subject, here, there, coalesce(resolved, otherCited) AS other
WHERE other <> document
OPTIONAL MATCH (:Resource {uri: here.hasSource})-[:FOR_PROVINCE]->(place)
UNWIND coalesce($units_province[place.uri], [[place.uri]]) AS unit
WITH document, other, count(DISTINCT subject) AS together,
     count(DISTINCT CASE WHEN here.start = there.start THEN here.hasSource + toString(here.start) END) AS clauses,
     count(DISTINCT unit[0]) AS provinces
ORDER BY together DESC, clauses DESC, other.uri LIMIT $limit
RETURN other.uri AS other, other.label AS label, together, clauses, provinces, document.uri AS document
ORDER BY together DESC, clauses DESC, other
