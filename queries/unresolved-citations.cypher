// unresolved-citations.rq in the property graph.
// :param province => null
// :param limit => 20

MATCH (document:CandidateDocument) WHERE NOT EXISTS { (document)-[:RESOLVED_TO]->() }
MATCH (document)<-[:HAS_BODY]-(mention:Mention)-[:HAS_SOURCE]->(report)
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH document, mention, place WHERE $province IS NULL OR place.uri IN $province
WITH DISTINCT document, mention ORDER BY mention.uri
WITH document, count(mention) AS mentions, head(collect(mention)) AS mention
ORDER BY mentions DESC, document.uri LIMIT $limit
MATCH (mention)-[:HAS_SOURCE]->(report)
RETURN document.label AS label, document.uri AS document, mentions,
       COLLECT { MATCH (document)<-[:ABOUT]-(:Finding)-[:SUGGESTS]->(n)
                 RETURN DISTINCT n.uri AS uri ORDER BY uri } AS suggests,
       mention.exact AS quote, report.uri AS report, mention.start AS start
ORDER BY mentions DESC, document
