// amends.rq in the property graph.
// REALIZES leads from a source file to the document that it is.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']

UNWIND $document AS urn
MATCH (subject)-[:RESOLVED_TO|REALIZES*0..1]->(document:Resource {uri: urn})
MATCH (subject)-[r:AMENDS|REPLACES|REPEALS]->(cited) WHERE r.exact IS NOT NULL
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH DISTINCT document, r, coalesce(resolved, cited) AS amended
RETURN document.uri AS document, toLower(type(r)) AS rel, amended.uri AS amended, amended.label AS label,
       r.section AS section, r.exact AS quote, r.hasSource AS report, r.start AS start
ORDER BY document, rel, amended, report, start
