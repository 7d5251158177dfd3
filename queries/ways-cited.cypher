// ways-cited.rq in the property graph.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']

UNWIND $document AS urn
MATCH (document:Resource {uri: urn})<-[:RESOLVED_TO*0..1]-(cited)<-[:HAS_BODY]-(mention:Mention)-[:HAS_SOURCE]->(source)
WITH DISTINCT document, mention, source ORDER BY mention.uri
WITH document, mention.exact AS quote, coalesce(mention.citedAs, '') AS number, coalesce(mention.citedDate, '') AS date,
     count(mention) AS mentions, count(DISTINCT source) AS reports,
     head(collect({uri: source.uri, start: mention.start})) AS first
RETURN document.uri AS document, number, date, mentions, reports, quote, first.uri AS report, first.start AS start
ORDER BY document, mentions DESC, quote, number, date
