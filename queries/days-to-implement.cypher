// days-to-implement.rq in the property graph.
// A date known to the month or year counts from its end; a period is no date.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param province => null
// :param units_province => null

UNWIND $document AS urn
MATCH (cited:Resource)-[:RESOLVED_TO*0..1]->(document:Resource {uri: urn})
WITH document, cited,
     head([day IN coalesce(document.date_document_all, [document.date_document]) WHERE size(day) = 10]) AS signed
MATCH (subject)-[r:IMPLEMENTS]->(cited) WHERE r.exact IS NOT NULL
MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(there:Province) WHERE $province IS NULL OR there.uri IN $province
MATCH (source:Resource {uri: r.hasSource})
OPTIONAL MATCH (source)-[:REALIZES]->(itself)
OPTIONAL MATCH (source)-[:TYPE_DOCUMENT]->(type)
OPTIONAL MATCH (subject)-[:RESOLVED_TO]->(known)
WITH document, signed, subject, r, there, known,
     CASE WHEN subject <> source OR (itself IS NOT NULL AND type.uri <> 'https://w3id.org/vn-legal-kg/type/bao-cao')
          THEN 'document' ELSE 'report' END AS step,
     coalesce(subject.date_document_all, [subject.date_document, known.date_document]) AS days,
     coalesce(subject.year, known.year) AS year
OPTIONAL MATCH (subject)-[:REALIZES]->(own)
WITH document, signed, subject, r, there, step, own, [day IN days WHERE day IS NOT NULL] AS days, year,
     CASE step WHEN 'report' THEN subject.period END AS period
UNWIND CASE WHEN size(days) > 0 THEN days ELSE [coalesce(period, year)] END AS label
WITH document, signed, subject, r, there, step, own, label, size(days) > 0 OR period IS NULL AS dated,
     coalesce(substring(label, 0, 4) + {H1: '-06', H2: '-12', Q1: '-03', Q2: '-06', Q3: '-09', Q4: '-12', M1: '-01', M2: '-02', M3: '-03', M4: '-04',
      M5: '-05', M6: '-06', M7: '-07', M8: '-08', M9: '-09', M10: '-10', M11: '-11', M12: '-12'}[split(label, '-')[1]],
              split(label, '/')[-1]) AS iso
WHERE iso IS NOT NULL
UNWIND coalesce($units_province[there.uri], [[there.uri, there.label]]) AS unit
WITH document, signed, subject, r, there, step, own, label, dated, iso, unit
ORDER BY substring(iso + '-99-99', 0, 10), NOT dated, iso, label, r.uri
WITH document, signed, unit, step, collect(DISTINCT CASE WHEN $units_province IS NOT NULL THEN there.label END) AS reported,
     head(collect({r: r, subject: subject, own: own, label: label, iso: iso, dated: dated})) AS first
WITH *, first.iso AS iso, first.r AS r
WITH *, CASE size(iso) WHEN 10 THEN date(iso)
             WHEN 7 THEN date(iso + '-01') + duration({months: 1}) - duration({days: 1})
             ELSE date(iso + '-12-31') END AS last
RETURN unit[1] AS province, reported, step, coalesce(first.subject.label, first.own.label, first.subject.title, first.subject.uri) AS by,
       first.label AS date, CASE WHEN first.dated THEN duration.inDays(date(signed), last).days END AS days, signed,
       document.uri AS document, r.exact AS quote, r.hasSource AS report, r.start AS start
ORDER BY document, substring(iso + '-99-99', 0, 10), province, step
