"""What one document says, as RDF: one named graph a source document.

The model (terms in ``ontology/kg.ttl``): a report (`kg:Report`) holds mentions, each with
its quote and offsets; a mention's body is a legal document under its LEX URN; a relation is
the direct triple and a statement node with the clause that says so; tasks and findings
likewise.  Everything a source gives rise to, the names of its bodies and provinces included,
stands in the graph named by the source, so that reading it again replaces exactly that.

`quads` is a pure function: the same document gives the same quads in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg import tables
from kg.bodies import province_of
from kg.identity import Identity, identify, lookup_keys
from kg.loaders.source import Place, Source
from kg.model import REPORT, Extraction, Header, Mention, Rel, Section, Task
from kg.record import Record
from kg.slugs import slug
from kg.vocabulary import BODY, PLACE, PREDICATES, REFERENCE, SEVERITIES, STATUSES, TYPE, TYPES, term

__all__ = ["body_iri", "date_literal", "place_iri", "quads", "reference", "type_iri"]

_A = term("rdf:type")
_LABEL = term("rdfs:label")
_COMMENT = term("rdfs:comment")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_TITLE, _PATH, _FORMAT = term("dcterms:title"), term("dcterms:source"), term("dcterms:format")
_REPLACED_BY = term("dcterms:isReplacedBy")
_PREF_LABEL, _ALT_LABEL, _NOTATION = term("skos:prefLabel"), term("skos:altLabel"), term("skos:notation")
_CONCEPT, _SCHEME, _IN_SCHEME = term("skos:Concept"), term("skos:ConceptScheme"), term("skos:inScheme")
_ID, _TYPE, _DATE = term("eli:id_local"), term("eli:type_document"), term("eli:date_document")
_PASSED_BY, _REALIZES, _IMPLEMENTS = term("eli:passed_by"), term("eli:realizes"), term("eli:implements")
_SOURCE, _BODY, _EXACT = term("oa:hasSource"), term("oa:hasBody"), term("oa:exact")
_START, _END = term("oa:start"), term("oa:end")
_ORGANIZATION, _RDF_STATEMENT = term("org:Organization"), term("rdf:Statement")
_SAME_AS = term("owl:sameAs")

_LEGAL_DOCUMENT, _CANDIDATE = term("kg:LegalDocument"), term("kg:CandidateDocument")
_REPORT, _MENTION, _STATEMENT = term("kg:Report"), term("kg:Mention"), term("kg:Statement")
_TASK, _FINDING, _PROVINCE, _UNIT_VERSION = (
    term("kg:Task"),
    term("kg:Finding"),
    term("kg:Province"),
    term("kg:UnitVersion"),
)
_FOR_PROVINCE, _IN_PROVINCE, _PERIOD = term("kg:forProvince"), term("kg:inProvince"), term("kg:period")
_SHA256, _EXTRACTOR, _YEAR = term("kg:sha256"), term("kg:extractor"), term("kg:year")
_RECORD_ID, _URL, _BASED_ON, _SUPPLIED = (
    term("dcterms:identifier"),
    term("schema:url"),
    term("schema:isBasedOn"),
    term("kg:suppliedByRecord"),
)
_STATUS, _PINPOINT, _SECTION, _PAGE = (
    term("kg:status"),
    term("kg:pinpoint"),
    term("kg:section"),
    term("kg:page"),
)
_CITED_AS, _CITED_DATE, _INTENDED = term("kg:citedAs"), term("kg:citedDate"), term("kg:intended")
_LOOKUP_KEY = term("kg:lookupKey")
_CONFIDENCE, _HAS_MENTION, _TRIGGER = term("kg:confidence"), term("kg:mention"), term("kg:trigger")
_DEADLINE, _ASSIGNED_TO, _MENTIONS = term("kg:deadline"), term("kg:assignedTo"), term("kg:mentions")
_CODE, _SEVERITY, _ABOUT = term("kg:code"), term("kg:severity"), term("kg:about")
_SUGGESTS, _SUGGESTION = term("kg:suggests"), term("kg:suggestion")
_CURRENT_UNIT, _VERSION = term("kg:currentUnit"), term("kg:version")
_VALID_FROM, _VALID_TO = term("kg:validFrom"), term("kg:validTo")

_XSD_DATE, _XSD_MONTH, _XSD_YEAR = term("xsd:date"), term("xsd:gYearMonth"), term("xsd:gYear")
_XSD_DECIMAL = term("xsd:decimal")

_URN = "urn:lex:"
_ISO_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_PERIOD_YEAR = re.compile(r":(\d{4})[^:;]*;")  # in a LEX URN and in a candidate identifier

_Add = Callable[[NamedNode, NamedNode, NamedNode | Literal], None]


def quads(
    extraction: Extraction,
    source: Source,
    *,
    iri: str,
    sha256: str,
    extractor: str | None = None,
    record: Record | None = None,
) -> Iterator[Quad]:
    """Yield the graph of one source document.

    ``iri`` is the ``file:`` URI of the document and the name of its graph, ``sha256`` the hex
    digest of the file and ``extractor`` the version that read it; ``record`` is what a catalogue
    says of it, of which the graph keeps the id and where the document comes from.  A mention that is not
    identified names a candidate.  An identifier that is no IRI raises ValueError.
    """
    graph = NamedNode(iri)
    found: dict[Quad, None] = {}

    def add(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        found[Quad(subject, predicate, value, graph)] = None

    writer = _Writer(extraction, source, graph, add)
    writer.write(sha256, extractor)
    if record:
        writer.record(record)
    return iter(found)


class _Writer:
    """Adds one source's triples through ``add``."""

    def __init__(self, extraction: Extraction, source: Source, report: NamedNode, add: _Add) -> None:
        self.extraction, self.source, self.report, self.add = extraction, source, report, add
        # What the document's own title names counts in the graph as what its body cites.
        self.mentions = (*extraction.mentions, *extraction.title_mentions)
        self.links = (*extraction.relations, *extraction.title_relations)
        self.node = {m.id: NamedNode(f"{report.value}#{m.id}") for m in self.mentions}
        self.document = {m.id: NamedNode(_identifier(m, report.value)) for m in self.mentions}
        self.section_at = _section_finder(extraction.sections)
        self.page_at = _page_finder(source.places)

    def write(self, sha256: str, extractor: str | None) -> None:
        self.header(self.extraction.document, sha256, extractor)
        self.documents()
        for mention in self.mentions:
            self.mention(mention)
        self.relations()
        self.tasks()
        self.findings()

    def header(self, header: Header, sha256: str, extractor: str | None) -> None:
        add, report = self.add, self.report
        add(report, _A, _REPORT)
        add(report, _PATH, Literal(self.source.path))
        add(report, _FORMAT, Literal(self.source.media_type))
        add(report, _SHA256, Literal(sha256))
        if extractor:
            add(report, _EXTRACTOR, Literal(extractor))
        if header.title:
            add(report, _TITLE, Literal(header.title, language="vi"))
        if header.province:
            add(report, _FOR_PROVINCE, self.place(header.province))
        if header.period:
            add(report, _PERIOD, Literal(header.period))
        self.describe(report, header.type, header.number, [header.date], [header.issuer])
        if header.urn:
            document = NamedNode(header.urn)
            add(report, _REALIZES, document)
            add(document, _A, _kind(header.urn))
            self.keys(document, header.urn)
            self.describe(document, header.type, header.number, [header.date], [header.issuer])
            self.year(document, [header.date])
            add(document, _LABEL, _name(header.type, header.number, header.title, header.urn))

    def record(self, record: Record) -> None:
        """Add where a catalogue knows the document, and which fields of the header are its word."""
        origin = "/".join(part for part in (record.source, record.path) if part)
        told = ((_RECORD_ID, record.id), (_URL, record.url), (_BASED_ON, origin))
        for predicate, value in (*told, (_SUPPLIED, " ".join(self.extraction.supplied))):
            if value:
                self.add(self.report, predicate, Literal(value))

    def describe(
        self,
        node: NamedNode,
        kind: str | None,
        number: str | None,
        dates: Iterable[str | None],
        issuers: Iterable[str | None],
    ) -> None:
        """Add what identifies a document in law: its type, number, date and issuer."""
        if kind:
            concept = type_iri(kind)
            self.add(node, _TYPE, concept)
            self.add(concept, _A, _CONCEPT)
            self.add(concept, _PREF_LABEL, Literal(kind, language="vi"))
            self.add(concept, _IN_SCHEME, TYPES)
        if number:
            self.add(node, _ID, Literal(number))
        for when in dates:
            if when and (literal := date_literal(when)):
                self.add(node, _DATE, literal)
        for issuer in issuers:
            if issuer:
                self.add(node, _PASSED_BY, self.body(issuer))

    def documents(self) -> None:
        """Describe each legal document once, from all mentions of it."""
        groups: dict[NamedNode, list[Mention]] = {}
        for mention in self.mentions:
            groups.setdefault(self.document[mention.id], []).append(mention)
        for document, mentions in groups.items():
            kind = _usual(m.type for m in mentions)
            # The full number names the document; "Nghị định 60" is only a way to cite it.
            numbers = [n for m in mentions if (n := m.intended or m.number)]
            number = _usual([n for n in numbers if not n.replace("/", "").isdigit()] or numbers)
            name = _usual(m.name for m in mentions)
            title = next((m.title for m in mentions if m.title), None)
            self.add(document, _A, _kind(document.value))
            self.keys(document, document.value)
            self.add(document, _LABEL, _name(kind, number, name or title, document.value))
            for alias in dict.fromkeys(alias for m in mentions for alias in _aliases(m)):
                self.add(document, _SAME_AS, NamedNode(alias))
                self.keys(document, alias)
            dates = [m.date for m in mentions]
            self.describe(document, kind, number, _precise(dates), [_usual(m.issuer for m in mentions)])
            self.year(document, dates)
            if title:
                self.add(document, _TITLE, Literal(title, language="vi"))

    def keys(self, document: NamedNode, identifier: str) -> None:
        # An index answers a whole value only, so what citations are looked up by are values of their own.
        for key in lookup_keys(identifier):
            self.add(document, _LOOKUP_KEY, Literal(key))

    def year(self, document: NamedNode, dates: Iterable[str | None]) -> None:
        match = _PERIOD_YEAR.search(document.value)
        year = match[1] if match else next((d[:4] for d in dates if d), None)
        if year:
            self.add(document, _YEAR, Literal(year, datatype=_XSD_YEAR))

    def mention(self, mention: Mention) -> None:
        add, node = self.add, self.node[mention.id]
        add(node, _A, _MENTION)
        add(node, _BODY, self.document[mention.id])
        self.evidence(node, mention.start, mention.end)
        add(node, _STATUS, STATUSES[mention.status])
        add(node, _CONFIDENCE, _decimal(mention.confidence))
        if mention.number:
            add(node, _CITED_AS, Literal(mention.number))
        if mention.intended:
            add(node, _INTENDED, Literal(mention.intended))
        if mention.date and (cited := date_literal(mention.date)):
            add(node, _CITED_DATE, cited)
        if mention.pinpoint:
            add(node, _PINPOINT, Literal(mention.pinpoint))

    def evidence(self, node: NamedNode, start: int, end: int) -> None:
        """Add where in the source ``node`` stands: quote, offsets, headings, page."""
        add = self.add
        add(node, _SOURCE, self.report)
        add(node, _EXACT, Literal(self.source.text[start:end]))
        add(node, _START, Literal(start))
        add(node, _END, Literal(end))
        if section := self.section_at(start):
            add(node, _SECTION, Literal(section))
        if (page := self.page_at(start)) is not None:
            add(node, _PAGE, Literal(page))

    def relations(self) -> None:
        ends = {**self.document, REPORT: self.report}
        for number, relation in enumerate(self.links, 1):
            subject, target = ends[relation.source], ends[relation.target]
            if subject == target:  # two mentions of one document, which tell nothing of each other
                continue
            predicate = PREDICATES[relation.rel]
            self.add(subject, predicate, target)
            node = NamedNode(f"{self.report.value}#r{number}")
            self.add(node, _A, _STATEMENT)
            self.add(node, _A, _RDF_STATEMENT)
            self.add(node, _SUBJECT, subject)
            self.add(node, _PREDICATE, predicate)
            self.add(node, _OBJECT, target)
            evidence = relation.source if relation.target == REPORT else relation.target
            self.add(node, _HAS_MENTION, self.node[evidence])
            self.evidence(node, relation.start, relation.end)
            if relation.trigger:
                self.add(node, _TRIGGER, Literal(relation.trigger))
            self.add(node, _STATUS, STATUSES[relation.status])
            self.add(node, _CONFIDENCE, _decimal(relation.confidence))

    def tasks(self) -> None:
        carried_out = {
            r.target for r in self.extraction.relations if r.source == REPORT and r.rel in (Rel.IMPLEMENTS, Rel.ISSUED)
        }
        for task in self.extraction.tasks:
            self.task(task, carried_out)

    def task(self, task: Task, carried_out: set[str]) -> None:
        add, node = self.add, NamedNode(f"{self.report.value}#{task.id}")
        add(node, _A, _TASK)
        self.evidence(node, task.start, task.end)
        add(node, _STATUS, STATUSES[task.status])
        if task.deadline and (deadline := date_literal(task.deadline)):
            add(node, _DEADLINE, deadline)
        for assignee in task.assignees:
            add(node, _ASSIGNED_TO, self.body(assignee))
        for mention in task.mentions:
            add(node, _MENTIONS, self.document[mention])
            if mention in carried_out:
                add(node, _IMPLEMENTS, self.document[mention])

    def findings(self) -> None:
        add = self.add
        for number, finding in enumerate(self.extraction.findings, 1):
            node = NamedNode(f"{self.report.value}#f{number}")
            add(node, _A, _FINDING)
            add(node, _CODE, Literal(finding.code))
            add(node, _SEVERITY, SEVERITIES[finding.severity])
            add(node, _COMMENT, Literal(finding.message))
            self.evidence(node, finding.start, finding.end)
            add(node, _CONFIDENCE, _decimal(finding.confidence))
            for mention in finding.mentions:
                add(node, _HAS_MENTION, self.node[mention])
                add(node, _ABOUT, self.document[mention])
            if finding.suggestion:
                if finding.suggestion.startswith(_URN):
                    add(node, _SUGGESTS, NamedNode(finding.suggestion))
                else:
                    add(node, _SUGGESTION, Literal(finding.suggestion))

    def body(self, name: str) -> NamedNode:
        node = body_iri(name)
        self.add(node, _A, _ORGANIZATION)
        self.add(node, _LABEL, Literal(name, language="vi"))
        if province := province_of(name):
            self.add(node, _IN_PROVINCE, self.place(province))
        return node

    def place(self, name: str) -> NamedNode:
        node = place_iri(name)
        self.add(node, _A, _PROVINCE)
        self.add(node, _LABEL, Literal(name, language="vi"))
        return node


@lru_cache(maxsize=65536)
def body_iri(name: str) -> NamedNode:
    """The IRI of the body with this canonical name.

    >>> body_iri("Ủy ban nhân dân tỉnh Hậu Giang").value
    'https://w3id.org/vn-legal-kg/body/uy-ban-nhan-dan-tinh-hau-giang'
    """
    return NamedNode(BODY + slug(name))


@lru_cache(maxsize=1024)
def place_iri(name: str) -> NamedNode:
    """The IRI of the province with this name, without "tỉnh" or "thành phố"."""
    return NamedNode(PLACE + slug(name))


@lru_cache(maxsize=1024)
def type_iri(name: str) -> NamedNode:
    """The SKOS concept of the document type with this name."""
    return NamedNode(TYPE + slug(name))


def date_literal(value: str) -> Literal | None:
    """Return an ISO date of day, month or year precision as a typed literal, None if there is no such date.

    >>> date_literal("2024-06").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    >>> date_literal("2024-02-30") is None
    True
    """
    if not _ISO_DATE.fullmatch(value):
        return None
    try:
        date.fromisoformat(value + "0001-01-01"[len(value) :])
    except ValueError:
        return None
    return Literal(value, datatype={10: _XSD_DATE, 7: _XSD_MONTH, 4: _XSD_YEAR}[len(value)])


@lru_cache(maxsize=1024)
def _decimal(value: float) -> Literal:
    # The canonical form, XML Schema 1.1 part 2, appendix E.1; stores may write any other one so.
    return Literal(f"{value:.3f}".rstrip("0").rstrip("."), datatype=_XSD_DECIMAL)


def _kind(urn: str) -> NamedNode:
    return _LEGAL_DOCUMENT if urn.startswith(_URN) else _CANDIDATE


def _identifier(mention: Mention, source: str) -> str:
    """Return the URN of the document that is mentioned, else its candidate identifier within ``source``."""
    return mention.urn or _identity(mention, source).id


def _aliases(mention: Mention) -> tuple[str, ...]:
    """Return the other URNs of a law that is cited by number and name."""
    return _identity(mention, None).aliases if mention.name and mention.number else ()


def _identity(mention: Mention, source: str | None) -> Identity:
    number = mention.intended or mention.number
    return identify(mention.type, number, mention.date, mention.issuer, name=mention.name, scope=source)


def _name(kind: str | None, number: str | None, name: str | None, iri: str) -> Literal:
    """Label a document as people cite it: type and number, else its name."""
    words = [w for w in (kind, number) if w] if number else [name or kind or iri]
    return Literal(" ".join(words), language="vi")


def _usual(values: Iterable[str | None]) -> str | None:
    """Return the most frequent value, the first among equals."""
    counted = Counter(v for v in values if v)
    return max(counted, key=counted.__getitem__) if counted else None


def _precise(dates: Iterable[str | None]) -> list[str]:
    """Return the distinct dates without those that another one makes more precise."""
    distinct = list(dict.fromkeys(d for d in dates if d))
    return [d for d in distinct if not any(o != d and o.startswith(d) for o in distinct)]


def _section_finder(sections: tuple[Section, ...]) -> Callable[[int], str]:
    """Return a function from an offset to the headings above it, outermost first."""
    bounds, paths, stack = [0], [""], list[Section]()

    def mark(offset: int) -> None:
        bounds.append(offset)
        paths.append(" > ".join(_heading(s) for s in stack))

    def close(until: int) -> None:
        while stack and stack[-1].end <= until:
            end = stack.pop().end
            mark(end)

    for section in sorted(sections, key=lambda s: (s.start, -s.end, s.level)):
        close(section.start)
        stack.append(section)
        mark(section.start)
    close(max((s.end for s in sections), default=0))
    return lambda offset: paths[bisect_right(bounds, offset) - 1]


def _heading(section: Section) -> str:
    title = " ".join(section.title.split())
    if not section.label:
        return title
    return f"{section.label}. {title}" if section.label[-1].isalnum() else f"{section.label} {title}"


def _page_finder(places: tuple[Place, ...]) -> Callable[[int], int | None]:
    """Return a function from an offset to the number of its page, None where the source has no pages."""
    pages = sorted((p.start, p.number) for p in places if p.kind == "page")
    starts = [start for start, _ in pages]

    def page_at(offset: int) -> int | None:
        index = bisect_right(starts, offset) - 1
        return pages[index][1] if index >= 0 else None

    return page_at


def reference() -> Iterator[Quad]:
    """Yield the reference graph: document types, provinces and bodies with their periods and successors."""
    found: dict[Quad, None] = {}

    def add(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        found[Quad(subject, predicate, value, REFERENCE)] = None

    _add_types(add)
    _add_provinces(add)
    _add_bodies(add)
    return iter(found)


def _add_types(add: _Add) -> None:
    add(TYPES, _A, _SCHEME)
    add(TYPES, _PREF_LABEL, Literal("Loại văn bản", language="vi"))
    add(TYPES, _PREF_LABEL, Literal("Document types", language="en"))
    for kind in tables.doc_types():
        node = type_iri(kind.name)
        add(node, _A, _CONCEPT)
        add(node, _IN_SCHEME, TYPES)
        add(node, _PREF_LABEL, Literal(kind.name, language="vi"))
        for number, english in enumerate(kind.english):
            add(node, _ALT_LABEL if number else _PREF_LABEL, Literal(english, language="en"))
        for alias in kind.aliases:
            add(node, _ALT_LABEL, Literal(alias, language="vi"))
        for abbreviation in kind.abbr:
            add(node, _NOTATION, Literal(abbreviation))


def _add_provinces(add: _Add) -> None:
    rows = tables.provinces()
    name_of = {p.full_name: p.name for p in rows}
    alive = {p.name for p in rows if p.valid_to is None}
    for province in rows:
        node = place_iri(province.name)
        add(node, _A, _PROVINCE)
        add(node, _LABEL, Literal(province.name, language="vi"))
        for variant in (province.full_name, *province.variants):
            # A variant with "?" is right only in some contexts, so it is no name of the place.
            if not variant.endswith("?"):
                add(node, _ALT_LABEL, Literal(variant, language="vi"))
        for current in province.current:
            if province.name not in alive or name_of[current] == province.name:
                add(node, _CURRENT_UNIT, place_iri(name_of[current]))
        successors = [place_iri(name_of[s]) for s in province.successors]
        gone = province.name not in alive
        _add_version(add, node, province.full_name, province.valid_from, province.valid_to, successors, gone=gone)


def _add_bodies(add: _Add) -> None:
    rows = tables.bodies()
    alive = {b.name for b in rows if b.valid_to is None}
    for body in rows:
        node = body_iri(body.name)
        add(node, _A, _ORGANIZATION)
        add(node, _LABEL, Literal(body.name, language="vi"))
        for variant in body.name_variants:
            if not variant.endswith("?"):
                add(node, _ALT_LABEL, Literal(variant, language="vi"))
        for symbol in (body.abbr, *body.abbr_variants):
            if not symbol.endswith("?"):
                add(node, _NOTATION, Literal(symbol))
        successors = [body_iri(s) for s in body.successors]
        for successor, name in zip(successors, body.successors, strict=True):
            add(successor, _A, _ORGANIZATION)  # a local one need not have a row of its own
            add(successor, _LABEL, Literal(name, language="vi"))
    for name in dict.fromkeys(b.name for b in rows):
        for first, last, heirs in _periods(b for b in rows if b.name == name):
            successors = [body_iri(heir) for heir in heirs]
            _add_version(add, body_iri(name), name, first, last, successors, gone=name not in alive)


def _periods(rows: Iterable[tables.Body]) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    """First day, last day and successors of each period of one body.

    A body that changed its letters has a row for each (UB, UBND); rows that overlap are one period.
    """
    found: list[tuple[str | None, str | None, tuple[str, ...]]] = []
    for row in sorted(rows, key=lambda b: b.valid_from or ""):
        if found and (found[-1][1] or "9999") >= (row.valid_from or ""):
            first, last, heirs = found.pop()
            open_end = last is None or row.valid_to is None
            last = None if open_end else max(last or "", row.valid_to or "")
            found.append((first, last, () if open_end else tuple(dict.fromkeys((*heirs, *row.successors)))))
        else:
            found.append((row.valid_from, row.valid_to, row.successors))
    return found


def _add_version(
    add: _Add,
    unit: NamedNode,
    name: str,
    valid_from: str | None,
    valid_to: str | None,
    successors: list[NamedNode],
    *,
    gone: bool,
) -> None:
    """Add one period of a unit; what is ``gone`` for good says so on the unit itself as well."""
    version = NamedNode(f"{unit.value}#{valid_from or ''}_{valid_to or ''}")
    add(unit, _VERSION, version)
    add(version, _A, _UNIT_VERSION)
    add(version, _LABEL, Literal(name, language="vi"))
    for node in (version, unit) if gone else (version,):
        if valid_from and node is version and (literal := date_literal(valid_from)):
            add(node, _VALID_FROM, literal)
        if valid_to and (literal := date_literal(valid_to)):
            add(node, _VALID_TO, literal)
        for successor in successors:
            if successor != unit:
                add(node, _REPLACED_BY, successor)
