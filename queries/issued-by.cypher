// issued-by.rq in the property graph.
// The statement to quote rests on a mention of the document: it is the statement's object, or its subject
// where the object is the report itself.  Statements that it was issued come first.
// :param body => ['https://w3id.org/vn-legal-kg/body/chinh-phu']
// :param period => null

UNWIND $body AS uri
MATCH (body:Resource {uri: uri})<-[:PASSED_BY]-(issued) WHERE NOT issued:Report
OPTIONAL MATCH (issued)-[:RESOLVED_TO]->(resolved)
WITH DISTINCT body, issued, coalesce(resolved, issued) AS document
OPTIONAL MATCH (issued)-[told:IMPLEMENTS|ISSUED|AMENDS|REPLACES|REPEALS|GUIDES|APPROVES|PROMULGATES|BASED_ON|CITES]-(other)
WHERE told.exact IS NOT NULL AND (endNode(told) = issued OR other:Report)
WITH body, issued, document, told ORDER BY coalesce(type(told), '') <> 'ISSUED', told.uri
WITH body, issued, document, head(collect(told)) AS told
WITH body, document, COUNT { (issued)<-[:HAS_BODY]-() } AS mentions, told
ORDER BY coalesce(type(told), '') <> 'ISSUED', told.uri
WITH body, document, sum(mentions) AS mentions, head(collect(told)) AS told,
     [day IN coalesce(document.date_document_all, [coalesce(document.date_document, document.year)])
      WHERE $period IS NULL OR (day + '-99' >= $period[0] AND day <= $period[1])] AS dates
WHERE $period IS NULL OR size(dates) > 0
RETURN document.uri AS document, document.label AS label, dates[-1] AS date, document.title AS title,
       max(body.label) AS issuer, mentions, told.exact AS quote, told.hasSource AS report, told.start AS start
ORDER BY coalesce(date, ''), document
