"""What one document says, as RDF: one named graph a source document.

The model (terms in ``ontology/kg.ttl``): a report (`kg:Report`) holds mentions, each with
its quote and offsets; a mention's body is a legal document under its LEX URN; a relation is
the direct triple and a statement node with the clause that says so; tasks and findings
likewise.  Everything a source gives rise to, the names of its bodies and provinces included,
stands in the graph named by the source, so that reading it again replaces exactly that.

`triples` is a pure function: the same document gives the same N-Triples.  They are written as text,
since a million objects of which nothing is asked would take most of the time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.documents.identity import Identity, identify
from kg.documents.record import Record
from kg.documents.urn import lookup_keys
from kg.entities.bodies import province_of
from kg.entities.periods import last_month
from kg.entities.units import kind_of
from kg.loaders.source import Place, Source
from kg.model import REPORT, Extraction, Header, Mention, Rel, Section, Task
from kg.ontology import tables
from kg.ontology.vocabulary import BODY, PLACE, PREDICATES, REFERENCE, SEVERITIES, STATUSES, TYPE, TYPES, term
from kg.text.slugs import slug

__all__ = ["body_iri", "date_literal", "place_iri", "quads", "reference", "reference_triples", "triples", "type_iri"]


def _term(name: str) -> str:
    """A term as N-Triples write it."""
    return str(term(name))


_A = _term("rdf:type")
_LABEL = _term("rdfs:label")
_COMMENT = _term("rdfs:comment")
_SUBJECT, _PREDICATE, _OBJECT = _term("rdf:subject"), _term("rdf:predicate"), _term("rdf:object")
_TITLE, _PATH, _FORMAT = _term("dcterms:title"), _term("dcterms:source"), _term("dcterms:format")
_REPLACED_BY = _term("dcterms:isReplacedBy")
_PREF_LABEL, _ALT_LABEL, _NOTATION = _term("skos:prefLabel"), _term("skos:altLabel"), _term("skos:notation")
_CONCEPT, _SCHEME, _IN_SCHEME = _term("skos:Concept"), _term("skos:ConceptScheme"), _term("skos:inScheme")
_ID, _TYPE, _DATE = _term("eli:id_local"), _term("eli:type_document"), _term("eli:date_document")
_PASSED_BY, _REALIZES, _IMPLEMENTS = _term("eli:passed_by"), _term("eli:realizes"), _term("eli:implements")
_SOURCE, _BODY, _EXACT = _term("oa:hasSource"), _term("oa:hasBody"), _term("oa:exact")
_START, _END = _term("oa:start"), _term("oa:end")
_ORGANIZATION, _RDF_STATEMENT = _term("org:Organization"), _term("rdf:Statement")
_SAME_AS = _term("owl:sameAs")

_LEGAL_DOCUMENT, _CANDIDATE = _term("kg:LegalDocument"), _term("kg:CandidateDocument")
_REPORT, _MENTION, _STATEMENT = _term("kg:Report"), _term("kg:Mention"), _term("kg:Statement")
_TASK, _FINDING, _PROVINCE, _UNIT_VERSION = (
    _term("kg:Task"),
    _term("kg:Finding"),
    _term("kg:Province"),
    _term("kg:UnitVersion"),
)
_OF_KIND = _term("kg:ofKind")
_FOR_PROVINCE, _IN_PROVINCE, _PERIOD = _term("kg:forProvince"), _term("kg:inProvince"), _term("kg:period")
_BY_PROVINCE = _term("kg:byProvince")
_SHA256, _EXTRACTOR, _YEAR = _term("kg:sha256"), _term("kg:extractor"), _term("kg:year")
_RECORD_ID, _URL, _BASED_ON, _SUPPLIED = (
    _term("dcterms:identifier"),
    _term("schema:url"),
    _term("schema:isBasedOn"),
    _term("kg:suppliedByRecord"),
)
_STATUS, _PINPOINT, _SECTION, _PAGE = (
    _term("kg:status"),
    _term("kg:pinpoint"),
    _term("kg:section"),
    _term("kg:page"),
)
_CITED_AS, _CITED_DATE, _INTENDED = _term("kg:citedAs"), _term("kg:citedDate"), _term("kg:intended")
_LOOKUP_KEY = _term("kg:lookupKey")
_CONFIDENCE, _HAS_MENTION, _TRIGGER = _term("kg:confidence"), _term("kg:mention"), _term("kg:trigger")
_DEADLINE, _ASSIGNED_TO, _MENTIONS = _term("kg:deadline"), _term("kg:assignedTo"), _term("kg:mentions")
_CODE, _SEVERITY, _ABOUT = _term("kg:code"), _term("kg:severity"), _term("kg:about")
_SUGGESTS, _SUGGESTION = _term("kg:suggests"), _term("kg:suggestion")
_CURRENT_UNIT, _VERSION = _term("kg:currentUnit"), _term("kg:version")
_VALID_FROM, _VALID_TO = _term("kg:validFrom"), _term("kg:validTo")

_XSD_YEAR, _XSD_DECIMAL, _XSD_INTEGER = _term("xsd:gYear"), _term("xsd:decimal"), _term("xsd:integer")
_DATES = {10: term("xsd:date"), 7: term("xsd:gYearMonth"), 4: term("xsd:gYear")}
"""Datatypes of dates by the length of what is written."""
_STATUSES, _SEVERITIES, _PREDICATES = (
    {key: str(value) for key, value in terms.items()} for terms in (STATUSES, SEVERITIES, PREDICATES)
)
_TYPES = str(TYPES)

_URN = "urn:lex:"
_ISO_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_PERIOD_YEAR = re.compile(r":(\d{4})[^:;]*;")  # in a LEX URN and in a candidate identifier

_Add = Callable[[str, str, str], None]
"""Takes subject, predicate and object as N-Triples write them."""


def triples(
    extraction: Extraction,
    source: Source,
    *,
    iri: str,
    sha256: str,
    extractor: str | None = None,
    record: Record | None = None,
) -> bytes:
    """Return the graph of one source document as N-Triples.

    ``iri`` is the ``file:`` URI of the document and the name of its graph, ``sha256`` the hex
    digest of the file and ``extractor`` the version that read it; ``record`` is what a catalogue
    says of it, of which the graph keeps the id and where the document comes from.  A mention that is not
    identified names a candidate.  An identifier that is no IRI raises ValueError.
    """
    lines: dict[str, None] = {}
    writer = _Writer(extraction, source, iri, _adder(lines))
    writer.write(sha256, extractor)
    if record:
        writer.record(record)
    return "".join(lines).encode()


def quads(
    extraction: Extraction,
    source: Source,
    *,
    iri: str,
    sha256: str,
    extractor: str | None = None,
    record: Record | None = None,
) -> Iterator[Quad]:
    """Yield the graph of one source document as quads, in the order of `triples`; raises as it does."""
    written = triples(extraction, source, iri=iri, sha256=sha256, extractor=extractor, record=record)
    return _parsed(written, NamedNode(iri))


def _adder(lines: dict[str, None]) -> _Add:
    def add(subject: str, predicate: str, value: str) -> None:
        lines[f"{subject} {predicate} {value} .\n"] = None

    return add


def _parsed(written: bytes, graph: NamedNode) -> Iterator[Quad]:
    found = parse(written, format=RdfFormat.N_TRIPLES)
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found)


class _Writer:
    """Adds one source's triples through ``add``."""

    def __init__(self, extraction: Extraction, source: Source, iri: str, add: _Add) -> None:
        self.extraction, self.source, self.iri, self.report, self.add = extraction, source, iri, _node(iri), add
        self.node = {m.id: self.own(m.id) for m in self.extraction.mentions}
        self.document = {m.id: _node(_identifier(m, iri)) for m in self.extraction.mentions}
        self.section_at = _section_finder(extraction.sections)
        self.page_at = _page_finder(source.places)
        self.places: tuple[str, ...] = ()  # provinces of the report

    def own(self, part: str) -> str:
        """The node of a part of this source."""
        return _node(f"{self.iri}#{part}")

    def write(self, sha256: str, extractor: str | None) -> None:
        self.header(self.extraction.document, sha256, extractor)
        self.documents()
        for mention in self.extraction.mentions:
            self.mention(mention)
        self.relations()
        self.tasks()
        self.findings()

    def header(self, header: Header, sha256: str, extractor: str | None) -> None:
        add, report = self.add, self.report
        add(report, _A, _REPORT)
        add(report, _PATH, _literal(self.source.path))
        add(report, _FORMAT, _literal(self.source.media_type))
        add(report, _SHA256, _literal(sha256))
        if extractor:
            add(report, _EXTRACTOR, _literal(extractor))
        if header.title:
            add(report, _TITLE, _words(header.title))
        if header.province:
            add(report, _FOR_PROVINCE, self.place(header.province))
        told = (header.province, province_of(header.issuer) if header.issuer else None)
        self.places = tuple(dict.fromkeys(_place(name) for name in told if name))
        if header.period:
            add(report, _PERIOD, _literal(header.period))
        self.describe(report, header.type, header.number, [header.date], [header.issuer])
        if header.urn:
            document = _node(header.urn)
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
                self.add(self.report, predicate, _literal(value))

    def describe(
        self,
        node: str,
        kind: str | None,
        number: str | None,
        dates: Iterable[str | None],
        issuers: Iterable[str | None],
    ) -> None:
        """Add what identifies a document in law: its type, number, date and issuer."""
        if kind:
            concept = _type(kind)
            self.add(node, _TYPE, concept)
            self.add(concept, _A, _CONCEPT)
            self.add(concept, _PREF_LABEL, _words(kind))
            self.add(concept, _IN_SCHEME, _TYPES)
        if number:
            self.add(node, _ID, _literal(number))
        for when in dates:
            if when and (literal := _date(when)):
                self.add(node, _DATE, literal)
        for issuer in issuers:
            if issuer:
                self.add(node, _PASSED_BY, self.body(issuer))

    def documents(self) -> None:
        """Describe each legal document once, from all mentions of it."""
        groups: dict[str, list[Mention]] = {}
        for mention in self.extraction.mentions:
            groups.setdefault(self.document[mention.id], []).append(mention)
        for document, mentions in groups.items():
            kind = _usual(m.type for m in mentions)
            # The full number names the document; "Nghị định 60" is only a way to cite it.
            numbers = [n for m in mentions if (n := m.intended or m.number)]
            number = _usual([n for n in numbers if not n.replace("/", "").isdigit()] or numbers)
            name = _usual(m.name for m in mentions)
            title = next((m.title for m in mentions if m.title), None)
            identifier = document[1:-1]
            self.add(document, _A, _kind(identifier))
            self.keys(document, identifier)
            self.add(document, _LABEL, _name(kind, number, name or title, identifier))
            for alias in dict.fromkeys(alias for m in mentions for alias in _aliases(m)):
                self.add(document, _SAME_AS, _node(alias))
                self.keys(document, alias)
            dates = [m.date for m in mentions]
            self.describe(document, kind, number, _precise(dates), [_usual(m.issuer for m in mentions)])
            self.year(document, dates)
            if title:
                self.add(document, _TITLE, _words(title))

    def keys(self, document: str, identifier: str) -> None:
        # An index answers a whole value only, so what citations are looked up by are values of their own.
        for key in lookup_keys(identifier):
            self.add(document, _LOOKUP_KEY, _literal(key))

    def year(self, document: str, dates: Iterable[str | None]) -> None:
        match = _PERIOD_YEAR.search(document)
        year = match[1] if match else next((d[:4] for d in dates if d), None)
        if year:
            self.add(document, _YEAR, _typed(year, _XSD_YEAR))

    def mention(self, mention: Mention) -> None:
        add, node = self.add, self.node[mention.id]
        add(node, _A, _MENTION)
        add(node, _BODY, self.document[mention.id])
        self.evidence(node, mention.start, mention.end)
        add(node, _STATUS, _STATUSES[mention.status])
        add(node, _CONFIDENCE, _decimal(mention.confidence))
        if mention.number:
            add(node, _CITED_AS, _literal(mention.number))
        if mention.intended:
            add(node, _INTENDED, _literal(mention.intended))
        if mention.date and (cited := _date(mention.date)):
            add(node, _CITED_DATE, cited)
        if mention.pinpoint:
            add(node, _PINPOINT, _literal(mention.pinpoint))

    def evidence(self, node: str, start: int, end: int) -> None:
        """Add where in the source ``node`` stands: quote, offsets, headings, page."""
        add = self.add
        add(node, _SOURCE, self.report)
        add(node, _EXACT, _literal(self.source.text[start:end]))
        add(node, _START, _integer(start))
        add(node, _END, _integer(end))
        if section := self.section_at(start):
            add(node, _SECTION, _literal(section))
        if (page := self.page_at(start)) is not None:
            add(node, _PAGE, _integer(page))

    def relations(self) -> None:
        ends = {**self.document, REPORT: self.report}
        for number, relation in enumerate(self.extraction.relations, 1):
            subject, target = ends[relation.source], ends[relation.target]
            if subject == target:  # two mentions of one document, which tell nothing of each other
                continue
            predicate = _PREDICATES[relation.rel]
            self.add(subject, predicate, target)
            node = self.own(f"r{number}")
            self.add(node, _A, _STATEMENT)
            self.add(node, _A, _RDF_STATEMENT)
            self.add(node, _SUBJECT, subject)
            self.add(node, _PREDICATE, predicate)
            self.add(node, _OBJECT, target)
            if relation.source == REPORT and relation.rel is Rel.IMPLEMENTS:
                # Of what a document carries out, only the whole corpus tells the province: `kg.pipeline.resolve`.
                for place in self.places:
                    self.add(node, _BY_PROVINCE, place)
            evidence = relation.source if relation.target == REPORT else relation.target
            self.add(node, _HAS_MENTION, self.node[evidence])
            self.evidence(node, relation.start, relation.end)
            if relation.trigger:
                self.add(node, _TRIGGER, _literal(relation.trigger))
            self.add(node, _STATUS, _STATUSES[relation.status])
            self.add(node, _CONFIDENCE, _decimal(relation.confidence))

    def tasks(self) -> None:
        carried_out = {
            r.target for r in self.extraction.relations if r.source == REPORT and r.rel in (Rel.IMPLEMENTS, Rel.ISSUED)
        }
        for task in self.extraction.tasks:
            self.task(task, carried_out)

    def task(self, task: Task, carried_out: set[str]) -> None:
        add, node = self.add, self.own(task.id)
        add(node, _A, _TASK)
        self.evidence(node, task.start, task.end)
        add(node, _STATUS, _STATUSES[task.status])
        if task.deadline and (deadline := _date(last_month(task.deadline))):
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
            node = self.own(f"f{number}")
            add(node, _A, _FINDING)
            add(node, _CODE, _literal(finding.code))
            add(node, _SEVERITY, _SEVERITIES[finding.severity])
            add(node, _COMMENT, _literal(finding.message))
            self.evidence(node, finding.start, finding.end)
            add(node, _CONFIDENCE, _decimal(finding.confidence))
            for mention in finding.mentions:
                add(node, _HAS_MENTION, self.node[mention])
                add(node, _ABOUT, self.document[mention])
            if finding.suggestion:
                if finding.suggestion.startswith(_URN):
                    add(node, _SUGGESTS, _node(finding.suggestion))
                else:
                    add(node, _SUGGESTION, _literal(finding.suggestion))

    def body(self, name: str) -> str:
        node = _body(name)
        self.add(node, _A, _ORGANIZATION)
        self.add(node, _LABEL, _words(name))
        if province := province_of(name):
            self.add(node, _IN_PROVINCE, self.place(province))
        if kind := kind_of(name):
            listed = _body(kind)
            self.add(node, _OF_KIND, listed)
            self.add(listed, _A, _ORGANIZATION)
            self.add(listed, _LABEL, _words(kind))
        return node

    def place(self, name: str) -> str:
        node = _place(name)
        self.add(node, _A, _PROVINCE)
        self.add(node, _LABEL, _words(name))
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
    return Literal(value, datatype=_DATES[len(value)])


@lru_cache(maxsize=8192)
def _date(value: str) -> str | None:
    literal = date_literal(value)
    return str(literal) if literal else None


@lru_cache(maxsize=1024)
def _decimal(value: float) -> str:
    # The canonical form, XML Schema 1.1 part 2, appendix E.1; stores may write any other one so.
    return _typed(f"{value:.3f}".rstrip("0").rstrip("."), _XSD_DECIMAL)


_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')


def _literal(text: str) -> str:
    """A string as N-Triples write it.

    >>> print(_literal('chợ "Cầu Đất"'))
    "chợ \\"Cầu Đất\\""
    """
    return str(Literal(text)) if _ESCAPED.search(text) else f'"{text}"'


def _words(text: str, language: str = "vi") -> str:
    return f"{_literal(text)}@{language}"


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^{datatype}'


def _integer(value: int) -> str:
    return _typed(str(value), _XSD_INTEGER)


def _node(iri: str) -> str:
    """An IRI as N-Triples write it; ValueError for what is none."""
    return str(NamedNode(iri))


@lru_cache(maxsize=65536)
def _body(name: str) -> str:
    return str(body_iri(name))


@lru_cache(maxsize=1024)
def _place(name: str) -> str:
    return str(place_iri(name))


@lru_cache(maxsize=1024)
def _type(name: str) -> str:
    return str(type_iri(name))


def _kind(urn: str) -> str:
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


def _name(kind: str | None, number: str | None, name: str | None, iri: str) -> str:
    """Label a document as people cite it: type and number, else its name."""
    words = [w for w in (kind, number) if w] if number else [name or kind or iri]
    return _words(" ".join(words))


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
    return _parsed(reference_triples(), REFERENCE)


def reference_triples() -> bytes:
    """Return the reference graph as N-Triples."""
    lines: dict[str, None] = {}
    add = _adder(lines)
    _add_types(add)
    _add_provinces(add)
    _add_bodies(add)
    return "".join(lines).encode()


def _add_types(add: _Add) -> None:
    add(_TYPES, _A, _SCHEME)
    add(_TYPES, _PREF_LABEL, _words("Loại văn bản"))
    add(_TYPES, _PREF_LABEL, _words("Document types", "en"))
    for kind in tables.doc_types():
        node = _type(kind.name)
        add(node, _A, _CONCEPT)
        add(node, _IN_SCHEME, _TYPES)
        add(node, _PREF_LABEL, _words(kind.name))
        for number, english in enumerate(kind.english):
            add(node, _ALT_LABEL if number else _PREF_LABEL, _words(english, "en"))
        for alias in kind.aliases:
            add(node, _ALT_LABEL, _words(alias))
        for abbreviation in kind.abbr:
            add(node, _NOTATION, _literal(abbreviation))


def _add_provinces(add: _Add) -> None:
    rows = tables.provinces()
    name_of = {p.full_name: p.name for p in rows}
    alive = {p.name for p in rows if p.valid_to is None}
    for province in rows:
        node = _place(province.name)
        add(node, _A, _PROVINCE)
        add(node, _LABEL, _words(province.name))
        for variant in (province.full_name, *province.variants):
            # A variant with "?" is right only in some contexts, so it is no name of the place.
            if not variant.endswith("?"):
                add(node, _ALT_LABEL, _words(variant))
        for current in province.current:
            if province.name not in alive or name_of[current] == province.name:
                add(node, _CURRENT_UNIT, _place(name_of[current]))
        successors = [_place(name_of[s]) for s in province.successors]
        gone = province.name not in alive
        _add_version(add, node, province.full_name, province.valid_from, province.valid_to, successors, gone=gone)


def _add_bodies(add: _Add) -> None:
    rows = tables.bodies()
    alive = {b.name for b in rows if b.valid_to is None}
    for body in rows:
        node = _body(body.name)
        add(node, _A, _ORGANIZATION)
        add(node, _LABEL, _words(body.name))
        for variant in body.name_variants:
            if not variant.endswith("?"):
                add(node, _ALT_LABEL, _words(variant))
        for symbol in (body.abbr, *body.abbr_variants):
            if not symbol.endswith("?"):
                add(node, _NOTATION, _literal(symbol))
        successors = [_body(s) for s in body.successors]
        for successor, name in zip(successors, body.successors, strict=True):
            add(successor, _A, _ORGANIZATION)  # a local one need not have a row of its own
            add(successor, _LABEL, _words(name))
    for name in dict.fromkeys(b.name for b in rows):
        for first, last, heirs in _periods(b for b in rows if b.name == name):
            successors = [_body(heir) for heir in heirs]
            _add_version(add, _body(name), name, first, last, successors, gone=name not in alive)


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
    unit: str,
    name: str,
    valid_from: str | None,
    valid_to: str | None,
    successors: list[str],
    *,
    gone: bool,
) -> None:
    """Add one period of a unit; what is ``gone`` for good says so on the unit itself as well."""
    version = f"{unit[:-1]}#{valid_from or ''}_{valid_to or ''}>"
    add(unit, _VERSION, version)
    add(version, _A, _UNIT_VERSION)
    add(version, _LABEL, _words(name))
    for node in (version, unit) if gone else (version,):
        if valid_from and node is version and (literal := _date(valid_from)):
            add(node, _VALID_FROM, literal)
        if valid_to and (literal := _date(valid_to)):
            add(node, _VALID_TO, literal)
        for successor in successors:
            if successor != unit:
                add(node, _REPLACED_BY, successor)
