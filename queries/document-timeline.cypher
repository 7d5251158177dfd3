// document-timeline.rq in the property graph.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']

CALL {
  UNWIND $document AS urn
  MATCH (document:Resource {uri: urn})
  WITH document,
       CASE WHEN document.date_document IS NULL OR (document.settledDate IS NULL AND document.year > document.date_document) THEN document.year
            ELSE document.date_document END AS date
  WHERE date IS NOT NULL
  OPTIONAL MATCH (document)-[:PASSED_BY]->(body)
  RETURN date, 'issued' AS event,
         CASE WHEN document.uri CONTAINS '+' THEN collect(DISTINCT body.label) ELSE max(body.label) END AS who, document.uri AS document,
         null AS quote, null AS report, null AS start, '' AS subject
UNION ALL
  UNWIND $document AS urn
  MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
  MATCH (subject)-[r:IMPLEMENTS|ISSUED|AMENDS|REPLACES|REPEALS|GUIDES|APPROVES|PROMULGATES|BASED_ON|CITES]->(cited)
  WHERE r.exact IS NOT NULL
  WITH DISTINCT document, subject, r, coalesce(subject.date_document, subject.period, subject.year) AS date
  WHERE date IS NOT NULL
  RETURN date, toLower(type(r)) AS event, coalesce(subject.label, subject.title, subject.uri) AS who,
         document.uri AS document, r.exact AS quote, r.hasSource AS report, r.start AS start, subject.uri AS subject
UNION ALL
  UNWIND $document AS urn
  MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
  MATCH (task:Task)-[:IMPLEMENTS]->(cited) WHERE task.deadline IS NOT NULL
  MATCH (task)-[:HAS_SOURCE]->(report)
  OPTIONAL MATCH (task)-[:ASSIGNED_TO]->(body)
  RETURN task.deadline AS date, 'deadline' AS event, collect(DISTINCT body.label) AS who, document.uri AS document,
         task.exact AS quote, report.uri AS report, task.start AS start, task.uri AS subject
}
RETURN date, event, who, document, quote, report, start
ORDER BY date, event, coalesce(report, ''), start, subject
