// bodies-by-documents.rq in the property graph.
// A document with several dates that agree has them all in date_document_all; one of them must fall into the period.
// Mentions are counted by the degree of the document, without visiting them.
// :param province => null
// :param period => null
// :param limit => 20
// :param units_body => null
// :param units_province => null

MATCH (cited)-[:PASSED_BY]->(issuer:Body) WHERE EXISTS { (cited)<-[:HAS_BODY]-() }
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH issuer, cited, coalesce(resolved, cited) AS document
WITH issuer, cited, document,
     coalesce(document.date_document_all, [coalesce(document.date_document, document.year)]) AS dates
WHERE ($period IS NULL OR any(day IN dates WHERE day + '-99' >= $period[0] AND day <= $period[1]))
  AND ($province IS NULL OR EXISTS { (issuer)-[:IN_PROVINCE]->(place) WHERE place.uri IN $province })
OPTIONAL MATCH (issuer)-[:IN_PROVINCE]->(place)
UNWIND coalesce($units_body[issuer.uri], [[issuer.uri, issuer.label]]) AS unit
WITH unit, collect(DISTINCT CASE WHEN $units_body IS NOT NULL THEN issuer.label END) AS reported,
     max(coalesce($units_province[place.uri][0][1], place.label)) AS province, count(DISTINCT document) AS documents, collect(DISTINCT cited) AS named
UNWIND named AS cited
WITH unit, reported, province, documents, sum(COUNT { (cited)<-[:HAS_BODY]-() }) AS mentions
ORDER BY documents DESC, mentions DESC, unit[0] LIMIT $limit
RETURN unit[1] AS body, province, reported, documents, mentions
ORDER BY documents DESC, mentions DESC, unit[0]
