// findings.rq in the property graph.
// :param document => null
// :param code => null
// :param severity => null

MATCH (finding:Finding)
WHERE ($code IS NULL OR finding.code = $code) AND ($severity IS NULL OR finding.severity = $severity)
OPTIONAL MATCH (finding)-[:ABOUT]->(about)
OPTIONAL MATCH (about)-[:RESOLVED_TO]->(resolved)
OPTIONAL MATCH (finding)-[:SUGGESTS]->(suggested)
OPTIONAL MATCH (finding)-[:HAS_SOURCE]->(report)
WITH finding, about, resolved, suggested, report
WHERE $document IS NULL OR about.uri IN $document OR suggested.uri IN $document OR resolved.uri IN $document
RETURN DISTINCT finding.severity AS severity, finding.code AS code, finding.comment AS message, about.uri AS about,
       coalesce(suggested.uri, finding.suggestion) AS suggests, finding.confidence AS confidence,
       finding.exact AS quote, report.uri AS report, finding.start AS start
ORDER BY coalesce(severity, ''), confidence DESC, coalesce(report, ''), start, code, about
