// provinces-silent.rq in the property graph.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param period_within => null
// :param units_province => null

UNWIND $document AS urn
WITH urn, COLLECT {
  MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(:Resource {uri: urn})
  MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
  MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(place:Province)
  UNWIND coalesce($units_province[place.uri], [[place.uri]]) AS unit
  RETURN DISTINCT unit[0]
} AS implementing
MATCH (report:Report)-[:FOR_PROVINCE|PASSED_BY|IN_PROVINCE*1..2]->(there:Province)
WHERE ($period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p))
UNWIND coalesce($units_province[there.uri], [[there.uri, there.label]]) AS unit
WITH urn, report, there, unit, implementing WHERE NOT unit[0] IN implementing
OPTIONAL MATCH (report)<-[:HAS_SOURCE]-(mention:Mention)-[:HAS_BODY]->()-[:RESOLVED_TO*0..1]->(:Resource {uri: urn})
WITH urn, unit, collect(DISTINCT CASE WHEN $units_province IS NOT NULL THEN there.label END) AS reported,
     count(DISTINCT report) AS reports, max(coalesce(report.date_document, report.period, '')) AS latest,
     count(DISTINCT mention) AS mentions
RETURN unit[1] AS province, reported,
       COLLECT { MATCH (place:Resource {uri: unit[0]})-[:CURRENT_UNIT]->(n) WHERE n <> place
                 UNWIND coalesce(n.label_all, n.label) AS name RETURN DISTINCT name ORDER BY name } AS now,
       urn AS document, reports, latest, mentions
ORDER BY mentions, province, document
