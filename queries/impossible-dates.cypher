// impossible-dates.rq in the property graph.
// The date that the citation itself gives stands on the mention that the statement rests on.
// :param province => null
// :param limit => 100

MATCH (subject)-[r:IMPLEMENTS|ISSUED|AMENDS|REPLACES|REPEALS|GUIDES|APPROVES|PROMULGATES|BASED_ON|CITES]->(cited)
WHERE r.exact IS NOT NULL AND subject.date_document IS NOT NULL
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
OPTIONAL MATCH (mention:Resource {uri: r.mention})
WITH subject, r, coalesce(resolved, cited) AS document, mention
WHERE NOT EXISTS { (subject)-[:REALIZES]->(document) }
WITH subject, r, document,
     coalesce(mention.citedDate, document.date_document_all[0], document.date_document) AS date,
     subject.date_document AS citingDate
WHERE substring(citingDate, 0, size(date)) < substring(date, 0, size(citingDate))
MATCH (report:Resource {uri: r.hasSource})
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH * WHERE $province IS NULL OR place.uri IN $province
OPTIONAL MATCH (subject)-[:REALIZES]->(own)
WITH subject, r, document, date, citingDate, report, place, max(own.label) AS ownLabel
RETURN coalesce(subject.label, ownLabel, subject.title, subject.uri) AS citing, citingDate, toLower(type(r)) AS rel,
       document.label AS label, document.uri AS document, date, place.label AS province, r.exact AS quote,
       report.uri AS report, r.start AS start
ORDER BY report, start, rel, document, subject.uri LIMIT $limit
