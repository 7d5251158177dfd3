// amended-by.rq in the property graph.
// A relationship with a quote is a statement; its source file is hasSource.  Of several dates of a
// document the latest counts, and of several names the last in order, as in every question.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']

UNWIND $document AS urn
MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
MATCH (subject)-[r:AMENDS|REPLACES|REPEALS]->(cited) WHERE r.exact IS NOT NULL
OPTIONAL MATCH (subject)-[:RESOLVED_TO|REALIZES]->(known)
WITH DISTINCT document, r, coalesce(known, subject) AS doer
RETURN document.uri AS document, toLower(type(r)) AS rel, coalesce(doer.label, doer.title, doer.uri) AS by,
       doer.uri AS byDocument,
       CASE WHEN doer.date_document IS NULL OR (doer.settledDate IS NULL AND doer.year > doer.date_document) THEN doer.year
            ELSE doer.date_document END AS date,
       r.section AS section, r.exact AS quote, r.hasSource AS report, r.start AS start
ORDER BY document, coalesce(date, ''), byDocument, report, start
