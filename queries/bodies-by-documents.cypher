// bodies-by-documents.rq in the property graph.
// A document with several dates has them all in date_document_all; one of them must fall into the period.
// Mentions are counted by the degree of the document, without visiting them.
// :param province => null
// :param period => null
// :param limit => 20

MATCH (cited)-[:PASSED_BY]->(issuer:Body) WHERE EXISTS { (cited)<-[:HAS_BODY]-() }
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH issuer, cited, coalesce(resolved, cited) AS document
WITH issuer, cited, document,
     coalesce(document.date_document_all, [coalesce(document.date_document, document.year)]) AS dates
WHERE ($period IS NULL OR any(day IN dates WHERE day + '-99' >= $period[0] AND day <= $period[1]))
  AND ($province IS NULL OR EXISTS { (issuer)-[:IN_PROVINCE]->(place) WHERE place.uri IN $province })
WITH issuer, document, sum(COUNT { (cited)<-[:HAS_BODY]-() }) AS mentions
WITH issuer, count(document) AS documents, sum(mentions) AS mentions
ORDER BY documents DESC, mentions DESC, issuer.uri LIMIT $limit
OPTIONAL MATCH (issuer)-[:IN_PROVINCE]->(place)
RETURN issuer.label AS body, place.label AS province, documents, mentions
ORDER BY documents DESC, mentions DESC, issuer.uri
