// report-implements.rq in the property graph.
// :param report => ['file:///reports/hau-giang-2024.txt']

UNWIND $report AS report
MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.hasSource = report AND r.exact IS NOT NULL
OPTIONAL MATCH (cited)-[:RESOLVED_TO]->(resolved)
WITH DISTINCT subject, r, coalesce(resolved, cited) AS document
RETURN document.uri AS document, document.label AS label, r.status AS status,
       CASE WHEN subject.uri <> r.hasSource THEN subject.label END AS via, r.section AS section, r.exact AS quote,
       r.hasSource AS report, r.start AS start
ORDER BY report, start, document, subject.uri
