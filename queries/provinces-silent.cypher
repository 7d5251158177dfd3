// provinces-silent.rq in the property graph.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param period_within => null

UNWIND $document AS urn
WITH urn, COLLECT {
  MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(:Resource {uri: urn})
  MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
  MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(place:Province)
  RETURN DISTINCT place.uri
} AS implementing
MATCH (report:Report)-[:FOR_PROVINCE|PASSED_BY|IN_PROVINCE*1..2]->(place:Province)
WHERE NOT place.uri IN implementing
  AND ($period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p))
OPTIONAL MATCH (report)<-[:HAS_SOURCE]-(mention:Mention)-[:HAS_BODY]->()-[:RESOLVED_TO*0..1]->(:Resource {uri: urn})
WITH urn, place, count(DISTINCT report) AS reports, count(DISTINCT mention) AS mentions
RETURN place.label AS province,
       COLLECT { MATCH (place)-[:CURRENT_UNIT]->(n) WHERE n <> place UNWIND coalesce(n.label_all, n.label) AS name
                 RETURN DISTINCT name ORDER BY name } AS now,
       urn AS document, reports, mentions
ORDER BY mentions, province, document
