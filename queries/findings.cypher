// findings.rq in the property graph.
// A document that several sources number differently has all numbers in id_local_all.
// :param document => null
// :param code => null
// :param severity => null

MATCH (finding:Finding)
WHERE ($code IS NULL OR finding.code = $code) AND ($severity IS NULL OR finding.severity = $severity)
  AND ($document IS NULL
       OR EXISTS { (finding)-[:ABOUT|SUGGESTS]->(cited) WHERE cited.uri IN $document }
       OR EXISTS { (finding)-[:ABOUT|SUGGESTS]->()-[:RESOLVED_TO]->(cited) WHERE cited.uri IN $document })
OPTIONAL MATCH (finding)-[:ABOUT]->(about)
OPTIONAL MATCH (finding)-[:SUGGESTS]->(suggested)
OPTIONAL MATCH (finding)-[:HAS_SOURCE]->(report)
WITH finding, about, suggested, report, coalesce(about.id_local_all, [about.id_local]) AS numbers
WHERE coalesce(about.uri <> suggested.uri, true)
  AND NOT (coalesce(finding.suggestion IN numbers, false) AND COUNT { (finding)-[:ABOUT]->() } > 1)
WITH finding, report, collect(DISTINCT about.uri) AS abouts,
     collect(DISTINCT coalesce(suggested.uri, finding.suggestion)) AS suggested
RETURN finding.severity AS severity, finding.code AS code, finding.comment AS message, abouts AS about,
       suggested AS suggests, finding.confidence AS confidence, finding.exact AS quote, report.uri AS report,
       finding.start AS start
ORDER BY coalesce(severity, ''), confidence DESC, coalesce(report, ''), start, code, about
