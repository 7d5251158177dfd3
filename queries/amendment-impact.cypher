// amendment-impact.rq in the property graph.
// REALIZES leads from a source file to the document that it is.
// :param document => ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
// :param province => null

UNWIND $document AS urn
MATCH (doing)-[:RESOLVED_TO|REALIZES*0..1]->(document:Resource {uri: urn})
MATCH (doing)-[change:AMENDS|REPLACES|REPEALS]->(old) WHERE change.exact IS NOT NULL
OPTIONAL MATCH (old)-[:RESOLVED_TO]->(oldKnown)
WITH DISTINCT document, change, coalesce(oldKnown, old) AS amended
MATCH (cited)-[:RESOLVED_TO*0..1]->(amended)
MATCH (subject)-[r:IMPLEMENTS|BASED_ON]->(cited) WHERE r.exact IS NOT NULL
MATCH (subject)-[:FOR_PROVINCE|RESOLVED_TO|PASSED_BY|IN_PROVINCE*1..3]->(place:Province) WHERE $province IS NULL OR place.uri IN $province
MATCH (report:Resource {uri: r.hasSource})
OPTIONAL MATCH (report)-[:REALIZES]->(itself)
OPTIONAL MATCH (report)-[:TYPE_DOCUMENT]->(type)
OPTIONAL MATCH (subject)-[:REALIZES]->(own)
OPTIONAL MATCH (subject)-[:RESOLVED_TO]->(known)
WITH DISTINCT document, change, amended, subject, r, place, report, itself, type, own, known
WITH *, coalesce(subject.date_document, known.date_document, subject.period, subject.year, known.year) AS date
WITH *, coalesce(substring(date, 0, 4) + {H1: '-06', H2: '-12', Q1: '-03', Q2: '-06', Q3: '-09', Q4: '-12', M1: '-01', M2: '-02', M3: '-03', M4: '-04',
      M5: '-05', M6: '-06', M7: '-07', M8: '-08', M9: '-09', M10: '-10', M11: '-11', M12: '-12'}[split(date, '-')[1]],
                 split(date, '/')[-1]) AS iso
RETURN place.label AS province, coalesce(subject.label, own.label, subject.title, subject.uri) AS lower,
       CASE WHEN subject <> report OR (itself IS NOT NULL AND type.uri <> 'https://w3id.org/vn-legal-kg/type/bao-cao')
            THEN 'document' ELSE 'report' END AS kind,
       date, toString(iso + CASE size(iso) WHEN 10 THEN '' ELSE '-99' END < document.date_document) AS older,
       toLower(type(change)) AS rel, coalesce(amended.label, amended.uri) AS amended, amended.uri AS amendedDocument,
       document.uri AS document, r.exact AS quote, report.uri AS report, r.start AS start, change.exact AS basis,
       change.hasSource AS basisReport, change.start AS basisStart
ORDER BY province, amendedDocument, report, start, subject.uri, basisReport, basisStart
