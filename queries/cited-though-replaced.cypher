// cited-though-replaced.rq in the property graph.
// Of several changes of a document the earliest counts; a register tells no date.
// :param province => null
// :param period_within => null
// :param limit => 100

CALL {
  MATCH (doing)-[change:REPLACES|REPEALS]->(old) WHERE change.exact IS NOT NULL
  OPTIONAL MATCH (old)-[:RESOLVED_TO]->(oldKnown)
  OPTIONAL MATCH (doing)-[:RESOLVED_TO|REALIZES]->(doingKnown)
  WITH coalesce(oldKnown, old) AS document, change, doing, coalesce(doingKnown, doing) AS doer
  UNWIND [day IN coalesce(doer.date_document_all, [doer.date_document]) + [doer.year] WHERE day IS NOT NULL] AS day
  WITH document, change, doing, doer, day
  ORDER BY substring(day + '-99-99', 0, 10), day, toLower(type(change)), doing.uri, change.uri
  RETURN document, head(collect({day: day, change: change, doing: doing.uri, by: coalesce(doer.label, doer.uri)})) AS first
UNION
  MATCH (document) WHERE document.in_force = 'InForce-notInForce'
    AND NOT EXISTS { (document)<-[:RESOLVED_TO*0..1]-()<-[c:REPLACES|REPEALS]-(d)-[:RESOLVED_TO|REALIZES*0..1]->(e)
                     WHERE c.exact IS NOT NULL AND coalesce(e.date_document, e.year) IS NOT NULL }
  RETURN document, {day: null} AS first
}
MATCH (cited)-[:RESOLVED_TO*0..1]->(document)
MATCH (subject)-[r:IMPLEMENTS|BASED_ON|CITES|GUIDES]->(cited) WHERE r.exact IS NOT NULL
  AND NOT EXISTS { (document)<-[:RESOLVED_TO*0..1]-()<-[altering:REPLACES|REPEALS|AMENDS]-()
                   WHERE altering.hasSource = r.hasSource AND altering.start = r.start AND altering.exact IS NOT NULL }
MATCH (report:Resource {uri: r.hasSource}) WHERE ($period_within IS NULL OR any(p IN $period_within WHERE coalesce(report.period, report.date_document) STARTS WITH p))
OPTIONAL MATCH (report)-[:FOR_PROVINCE]->(place)
OPTIONAL MATCH (subject)-[:REALIZES]->(own)
WITH DISTINCT document, first, subject, r, report, place, own WHERE $province IS NULL OR place.uri IN $province
UNWIND CASE WHEN subject.date_document IS NULL THEN [coalesce(subject.period, subject.year)]
            ELSE coalesce(subject.date_document_all, [subject.date_document]) END AS citingDate
WITH *, coalesce(substring(citingDate, 0, 4) + {H1: '-06', H2: '-12', Q1: '-03', Q2: '-06', Q3: '-09', Q4: '-12', M1: '-01', M2: '-02', M3: '-03', M4: '-04',
      M5: '-05', M6: '-06', M7: '-07', M8: '-08', M9: '-09', M10: '-10', M11: '-11', M12: '-12'}[split(citingDate, '-')[1]],
                 split(citingDate, '/')[-1]) AS iso
WHERE (first.day IS NULL OR substring(iso + '-99-99', 0, 10) >= substring(first.day + '-99-99', 0, 10))
  AND coalesce(first.doing <> subject.uri, true)
RETURN document.label AS label, document.uri AS document,
       CASE WHEN first.change IS NULL THEN 'notInForce' ELSE toLower(type(first.change)) END AS change, first.by AS by,
       first.day AS since, coalesce(subject.label, own.label, subject.title, subject.uri) AS citing, citingDate,
       toLower(type(r)) AS rel, place.label AS province, r.exact AS quote, report.uri AS report, r.start AS start,
       first.change.exact AS basis, first.change.hasSource AS basisReport, first.change.start AS basisStart
ORDER BY document, report, start, rel, r.uri LIMIT $limit
