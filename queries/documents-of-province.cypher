// documents-of-province.rq in the property graph.
// The statement to quote rests on a mention of the document: it is the statement's object, or its subject
// where the object is the report itself.  Statements that it was issued come first.
// :param province => ['https://w3id.org/vn-legal-kg/place/hau-giang']
// :param period => null

UNWIND $province AS place
MATCH (:Resource {uri: place})<-[:IN_PROVINCE]-(body)<-[:PASSED_BY]-(issued) WHERE NOT issued:Report
OPTIONAL MATCH (issued)-[:RESOLVED_TO]->(resolved)
WITH issued, coalesce(resolved, issued) AS document, max(body.label) AS signer
OPTIONAL MATCH (issued)-[told:IMPLEMENTS|ISSUED|AMENDS|REPLACES|REPEALS|GUIDES|APPROVES|PROMULGATES|BASED_ON|CITES]-(other)
WHERE told.exact IS NOT NULL AND (endNode(told) = issued OR other:Report)
WITH signer, issued, document, told ORDER BY coalesce(type(told), '') <> 'ISSUED', told.uri
WITH signer, issued, document, head(collect(told)) AS told
WITH signer, document, COUNT { (issued)<-[:HAS_BODY]-() } AS mentions, told
ORDER BY coalesce(type(told), '') <> 'ISSUED', told.uri
WITH document, max(signer) AS signer, sum(mentions) AS mentions, head(collect(told)) AS told,
     [day IN coalesce(document.date_document_all, [coalesce(document.date_document, document.year)])
      WHERE $period IS NULL OR (day + '-99' >= $period[0] AND day <= $period[1])] AS dates
WHERE $period IS NULL OR size(dates) > 0
RETURN document.uri AS document, document.label AS label, dates[-1] AS date, document.title AS title,
       CASE WHEN document.uri CONTAINS '+' THEN COLLECT { MATCH (document)-[:PASSED_BY]->(n) RETURN DISTINCT n.label }
            ELSE signer END AS issuer, mentions, told.exact AS quote, told.hasSource AS report, told.start AS start
ORDER BY coalesce(date, ''), document
