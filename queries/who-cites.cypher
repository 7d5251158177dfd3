// who-cites.rq in the property graph.
// The pinpoint stands on the mention that the statement rests on.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param province => null

UNWIND $document AS urn
MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
MATCH (subject)-[r:IMPLEMENTS|ISSUED|AMENDS|REPLACES|REPEALS|GUIDES|APPROVES|PROMULGATES|BASED_ON|CITES]->(cited)
WHERE r.exact IS NOT NULL
MATCH (report:Resource {uri: r.hasSource})
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
WITH document, subject, r, report, place WHERE $province IS NULL OR place.uri IN $province
OPTIONAL MATCH (mention:Resource {uri: r.mention})
OPTIONAL MATCH (subject)-[:REALIZES]->(own)
OPTIONAL MATCH (report)-[:PASSED_BY]->(issuer)
WITH document, subject, r, report, place, mention, max(own.label) AS ownLabel, collect(DISTINCT issuer.label) AS issuer
RETURN coalesce(subject.label, ownLabel, subject.title, subject.uri) AS citing, toLower(type(r)) AS rel,
       document.uri AS document, place.label AS province, issuer, report.period AS period, r.status AS status,
       mention.pinpoint AS pinpoint, r.section AS section, r.exact AS quote, report.uri AS report, r.start AS start
ORDER BY report, start, rel, subject.uri
