// never-implemented.rq in the property graph.
// :param body => null
// :param period => null
// :param limit => 20

MATCH (document:LegalDocument)<-[:RESOLVED_TO*0..1]-(cited)<-[:HAS_BODY]-(mention:Mention)
WHERE NOT EXISTS { (document)-[:RESOLVED_TO]->() }
  AND NOT EXISTS { (document)<-[:RESOLVED_TO*0..1]-()<-[:IMPLEMENTS]-() }
  AND ($body IS NULL OR EXISTS { (document)-[:PASSED_BY]->(passing) WHERE passing.uri IN $body })
  AND ($period IS NULL
       OR any(day IN coalesce(document.date_document_all, [coalesce(document.date_document, document.year)])
              WHERE day + '-99' >= $period[0] AND day <= $period[1]))
MATCH (mention)-[:HAS_SOURCE]->(source)
WITH DISTINCT document, mention, source ORDER BY mention.uri
WITH document, count(mention) AS mentions, count(DISTINCT source) AS reports,
     head(collect({uri: source.uri, exact: mention.exact, start: mention.start})) AS first
ORDER BY mentions DESC, document.uri LIMIT $limit
OPTIONAL MATCH (document)-[:PASSED_BY]->(issuer)
WITH document, mentions, reports, first, CASE WHEN document.uri CONTAINS '+' THEN collect(DISTINCT issuer.label) ELSE max(issuer.label) END AS issuer
RETURN document.label AS label, document.uri AS document,
       CASE WHEN document.date_document IS NULL OR (document.settledDate IS NULL AND document.year > document.date_document) THEN document.year
            ELSE document.date_document END AS date,
       issuer, mentions, reports, first.exact AS quote, first.uri AS report, first.start AS start
ORDER BY mentions DESC, document
