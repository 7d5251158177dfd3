// compare-provinces.rq in the property graph.
// :param province => ['https://w3id.org/vn-legal-kg/place/hau-giang']
// :param other => ['https://w3id.org/vn-legal-kg/place/ha-tinh']
// :param period_within => null

UNWIND [[1, $province], [2, $other]] AS side
UNWIND side[1] AS place
MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(:Resource {uri: place})
WITH DISTINCT side[0] AS side, subject
MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
MATCH (report:Resource {uri: r.hasSource}) WHERE ($period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p))
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH DISTINCT side, r, coalesce(resolved, cited) AS document ORDER BY coalesce(r.status, '') <> 'done', r.status, r.uri
WITH document, collect(CASE side WHEN 1 THEN r END) AS here, collect(CASE side WHEN 2 THEN r END) AS there
WITH *, here[0] AS r, there[0] AS o,
     CASE WHEN size(there) = 0 THEN 'province' WHEN size(here) = 0 THEN 'other' ELSE 'both' END AS held
RETURN held, document.label AS label, document.uri AS document, size(here) AS statements, size(there) AS otherStatements,
       r.status AS status, o.status AS otherStatus, r.exact AS quote, r.hasSource AS report, r.start AS start,
       o.exact AS otherQuote, o.hasSource AS otherReport, o.start AS otherStart
ORDER BY CASE held WHEN 'province' THEN 1 WHEN 'other' THEN 2 ELSE 3 END, document
