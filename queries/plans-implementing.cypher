// plans-implementing.rq in the property graph.
// A source file stands for the document that it is, a candidate for its document.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param province => null
// :param period => null

UNWIND $document AS urn
MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
MATCH (subject)-[:RESOLVED_TO*0..1]->()-[:PASSED_BY]->(issuing)-[:IN_PROVINCE]->(place)
WHERE $province IS NULL OR place.uri IN $province
MATCH (report:Resource {uri: r.hasSource})
OPTIONAL MATCH (report)-[:REALIZES]->(itself)
OPTIONAL MATCH (report)-[:TYPE_DOCUMENT]->(type)
OPTIONAL MATCH (subject)-[:RESOLVED_TO|REALIZES]->(known)
OPTIONAL MATCH (subject)-[:REALIZES]->(own)
WITH document, subject, r, place, report, issuing, coalesce(known, subject) AS plan, own, itself, type
WHERE subject <> report OR (itself IS NOT NULL AND type.uri <> 'https://w3id.org/vn-legal-kg/type/bao-cao')
WITH document, subject, r, place, report, plan, max(own.label) AS ownLabel, CASE WHEN plan.uri CONTAINS '+' THEN collect(DISTINCT issuing.label) ELSE max(issuing.label) END AS issuer,
     [day IN coalesce(plan.date_document_all, [coalesce(plan.date_document, plan.year)]) WHERE day IS NOT NULL
      AND ($period IS NULL OR (day + '-99' >= $period[0] AND day <= $period[1]))] AS days
WHERE $period IS NULL OR size(days) > 0
RETURN place.label AS province, coalesce(subject.label, ownLabel, subject.title, subject.uri) AS plan,
       plan.uri AS planDocument, reduce(latest = '', day IN days | CASE WHEN day > latest THEN day ELSE latest END) AS date, issuer,
       document.uri AS document, r.status AS status, r.section AS section, r.exact AS quote, report.uri AS report,
       r.start AS start
ORDER BY province, coalesce(date, ''), planDocument, report, start
