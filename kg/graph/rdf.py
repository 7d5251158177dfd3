"""What one document says, as RDF: one named graph a source document.

The model (terms in ``ontology/kg.ttl``): a report (`kg:Report`) holds mentions, each with
its quote and offsets; a mention's body is a legal document under its LEX URN; a relation is
the direct triple and a statement node with the clause that says so; tasks and findings
likewise.  Everything a source gives rise to, the names of its bodies and provinces included,
stands in the graph named by the source, so that reading it again replaces exactly that.

`triples` is a pure function: the same document gives the same N-Triples.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.documents.doctypes import form_of, type_slug
from kg.documents.findings import kinds
from kg.documents.identity import Identity, identify
from kg.documents.record import Record
from kg.documents.urn import lookup_keys, parts_of
from kg.entities.bodies import province_of
from kg.entities.periods import last_month
from kg.entities.places import Reason, of_document
from kg.entities.units import kind_of
from kg.graph.partly import change
from kg.graph.terms import (
    Add,
    adder,
    body_resource,
    date_text,
    decimal,
    integer,
    own_body_resource,
    parsed,
    place_resource,
    resource,
    string,
    tagged,
    term_text,
    type_resource,
    typed,
)
from kg.loaders.source import Place, Source
from kg.model import REPORT, Extraction, Header, Mention, Rel, Relation, Section, Task, apart
from kg.ontology.vocabulary import PREDICATES, SEVERITIES, STATUSES, TYPES

__all__ = ["quads", "triples"]

_A = term_text("rdf:type")
_LABEL: Final = term_text("rdfs:label")
_COMMENT: Final = term_text("rdfs:comment")
_SUBJECT, _PREDICATE, _OBJECT = term_text("rdf:subject"), term_text("rdf:predicate"), term_text("rdf:object")
_TITLE, _PATH, _FORMAT = term_text("dcterms:title"), term_text("dcterms:source"), term_text("dcterms:format")
_PREF_LABEL, _CONCEPT, _IN_SCHEME = term_text("skos:prefLabel"), term_text("skos:Concept"), term_text("skos:inScheme")
_ID, _TYPE, _DATE = term_text("eli:id_local"), term_text("eli:type_document"), term_text("eli:date_document")
_PASSED_BY, _REALIZES, _IMPLEMENTS = term_text("eli:passed_by"), term_text("eli:realizes"), term_text("eli:implements")
_SOURCE, _BODY, _EXACT = term_text("oa:hasSource"), term_text("oa:hasBody"), term_text("oa:exact")
_START, _END = term_text("oa:start"), term_text("oa:end")
_ORGANIZATION, _RDF_STATEMENT = term_text("org:Organization"), term_text("rdf:Statement")
_SAME_AS: Final = term_text("owl:sameAs")

_LEGAL_DOCUMENT, _CANDIDATE = term_text("kg:LegalDocument"), term_text("kg:CandidateDocument")
_REPORT, _MENTION, _STATEMENT = term_text("kg:Report"), term_text("kg:Mention"), term_text("kg:Statement")
_TASK, _FINDING, _PROVINCE = term_text("kg:Task"), term_text("kg:Finding"), term_text("kg:Province")
_OF_KIND, _PLACE_REASON = term_text("kg:ofKind"), term_text("kg:placeReason")
_FOR_PROVINCE, _IN_PROVINCE, _PERIOD = term_text("kg:forProvince"), term_text("kg:inProvince"), term_text("kg:period")
_BY_PROVINCE: Final = term_text("kg:byProvince")
_SHA256, _EXTRACTOR, _YEAR = term_text("kg:sha256"), term_text("kg:extractor"), term_text("kg:year")
_RECORD_ID, _URL, _BASED_ON, _SUPPLIED = (
    term_text("dcterms:identifier"),
    term_text("schema:url"),
    term_text("schema:isBasedOn"),
    term_text("kg:suppliedByRecord"),
)
_STATUS, _PINPOINT, _SECTION, _PAGE = (
    term_text("kg:status"),
    term_text("kg:pinpoint"),
    term_text("kg:section"),
    term_text("kg:page"),
)
_CITED_AS, _CITED_DATE, _INTENDED = term_text("kg:citedAs"), term_text("kg:citedDate"), term_text("kg:intended")
_LOOKUP_KEY: Final = term_text("kg:lookupKey")
_CONFIDENCE, _HAS_MENTION, _TRIGGER = term_text("kg:confidence"), term_text("kg:mention"), term_text("kg:trigger")
_DEADLINE, _ASSIGNED_TO, _MENTIONS = term_text("kg:deadline"), term_text("kg:assignedTo"), term_text("kg:mentions")
_CODE, _SEVERITY, _ABOUT = term_text("kg:code"), term_text("kg:severity"), term_text("kg:about")
_SUGGESTS, _SUGGESTION = term_text("kg:suggests"), term_text("kg:suggestion")

_XSD_YEAR: Final = term_text("xsd:gYear")
_STATUSES, _SEVERITIES, _PREDICATES = (
    {key: str(value) for key, value in terms.items()} for terms in (STATUSES, SEVERITIES, PREDICATES)
)
_TYPES: Final = str(TYPES)

_URN: Final = "urn:lex:"
_PERIOD_YEAR: Final = re.compile(r":(\d{4})[^:;]*;")  # in a LEX URN and in a candidate identifier


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
    writer = _Writer(extraction, source, iri, adder(lines))
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
    return parsed(written, NamedNode(iri))


class _Writer:
    """Adds one source's triples through ``add``."""

    def __init__(self, extraction: Extraction, source: Source, iri: str, add: Add) -> None:
        self.extraction, self.source, self.iri, self.report, self.add = extraction, source, iri, resource(iri), add
        self.where = of_document(extraction.document, (m.issuer for m in extraction.mentions))
        self.mentions = {m.id: m for m in self.extraction.mentions}
        self.node = {m.id: self.own(m.id) for m in self.extraction.mentions}
        self.document = {m.id: resource(m.urn or self.identity(m).id) for m in self.extraction.mentions}
        self.section_at = _section_finder(extraction.sections)
        self.page_at = _page_finder(source.places)
        self.places: tuple[str, ...] = ()  # provinces of the report

    def own(self, part: str) -> str:
        """The node of a part of this source."""
        return resource(f"{self.iri}#{part}")

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
        add(report, _PATH, string(self.source.path))
        add(report, _FORMAT, string(self.source.media_type))
        add(report, _SHA256, string(sha256))
        if extractor:
            add(report, _EXTRACTOR, string(extractor))
        if header.title:
            add(report, _TITLE, tagged(header.title))
        if header.province:
            add(report, _FOR_PROVINCE, self.place(header.province))
        told = (header.province, *map(province_of, apart(header.issuer)))
        self.places = tuple(dict.fromkeys(place_resource(name) for name in told if name))
        if header.period:
            add(report, _PERIOD, string(header.period))
        self.describe(report, header.type, header.number, [header.date], header.issuer)
        if header.urn:
            document = resource(header.urn)
            add(report, _REALIZES, document)
            add(document, _A, _kind(header.urn))
            self.keys(document, header.urn)
            self.describe(document, header.type, header.number, [header.date], header.issuer)
            self.year(document, [header.date])
            add(document, _LABEL, _name(header.type, header.number, header.title, header.urn))

    def record(self, record: Record) -> None:
        """Add where a catalogue knows the document, and which fields of the header are its word."""
        origin = "/".join(part for part in (record.source, record.path) if part)
        told = ((_RECORD_ID, record.id), (_URL, record.url), (_BASED_ON, origin))
        for predicate, value in (*told, (_SUPPLIED, " ".join(self.extraction.supplied))):
            if value:
                self.add(self.report, predicate, string(value))

    def describe(
        self,
        node: str,
        kind: str | None,
        number: str | None,
        dates: Sequence[str | None],
        issuer: str | None,
    ) -> None:
        """Add what identifies a document in law: its type, number, date and issuer, of a joint document each."""
        if kind:
            concept = type_resource(kind)
            self.add(node, _TYPE, concept)
            self.add(concept, _A, _CONCEPT)
            self.add(concept, _PREF_LABEL, tagged(kind))
            self.add(concept, _IN_SCHEME, _TYPES)
        if number:
            self.add(node, _ID, string(number))
        for when in dates:
            if when and (literal := date_text(when)):
                self.add(node, _DATE, literal)
        for name in apart(issuer):
            self.add(node, _PASSED_BY, self.body(name, next(filter(None, dates), None)))

    def documents(self) -> None:
        """Describe each legal document once, from all mentions of it."""
        groups: dict[str, list[Mention]] = {}
        for mention in self.extraction.mentions:
            groups.setdefault(self.document[mention.id], []).append(mention)
        for document, mentions in groups.items():
            kind = self.kind(document, _usual(m.type for m in mentions))
            # The full number names the document; "Nghị định 60" is only a way to cite it.
            numbers = [n for m in mentions if (n := m.intended or m.number)]
            number = _usual([n for n in numbers if not n.replace("/", "").isdigit()] or numbers)
            name = _usual(m.name for m in mentions)
            # A law goes by its name.
            title = name if name and number else next((m.title for m in mentions if m.title), None)
            identifier = document[1:-1]
            self.add(document, _A, _kind(identifier))
            self.keys(document, identifier)
            self.add(document, _LABEL, _name(kind, number, name or title, identifier))
            for alias in dict.fromkeys(alias for m in mentions for alias in self.aliases(m)):
                self.add(document, _SAME_AS, resource(alias))
                self.keys(document, alias)
            dates = [m.date for m in mentions]
            self.describe(document, kind, number, _precise(dates), _usual(m.issuer for m in mentions))
            self.year(document, dates)
            if title:
                self.add(document, _TITLE, tagged(title))

    @staticmethod
    def kind(document: str, written: str | None) -> str | None:
        """The type of a document as texts call it, as its symbol does where these contradict each other."""
        known = form_of(parts_of(document[1:-1]).type)
        return known if known and form_of(type_slug(written)) not in (None, known) else written

    def keys(self, document: str, identifier: str) -> None:
        # An index answers a whole value only, so what citations are looked up by are values of their own.
        for key in lookup_keys(identifier):
            self.add(document, _LOOKUP_KEY, string(key))

    def year(self, document: str, dates: Iterable[str | None]) -> None:
        match = _PERIOD_YEAR.search(document)
        year = match[1] if match else next((d[:4] for d in dates if d), None)
        if year:
            self.add(document, _YEAR, typed(year, _XSD_YEAR))

    def mention(self, mention: Mention) -> None:
        add, node = self.add, self.node[mention.id]
        add(node, _A, _MENTION)
        add(node, _BODY, self.document[mention.id])
        self.evidence(node, mention.start, mention.end)
        add(node, _STATUS, _STATUSES[mention.status])
        add(node, _CONFIDENCE, decimal(mention.confidence))
        if mention.number:
            add(node, _CITED_AS, string(mention.number))
        if mention.intended:
            add(node, _INTENDED, string(mention.intended))
        if mention.date and (cited := date_text(mention.date)):
            add(node, _CITED_DATE, cited)
        if mention.pinpoint:
            add(node, _PINPOINT, string(mention.pinpoint))

    def evidence(self, node: str, start: int, end: int) -> None:
        """Add where in the source ``node`` stands: quote, offsets, headings, page."""
        add = self.add
        add(node, _SOURCE, self.report)
        add(node, _EXACT, string(self.source.text[start:end]))
        add(node, _START, integer(start))
        add(node, _END, integer(end))
        if section := self.section_at(start):
            add(node, _SECTION, string(section))
        if (page := self.page_at(start)) is not None:
            add(node, _PAGE, integer(page))

    def relations(self) -> None:
        ends = {**self.document, REPORT: self.report}
        for number, relation in enumerate(self.extraction.relations, 1):
            subject, target = ends[relation.source], ends[relation.target]
            if subject == target:  # two mentions of one document, which tell nothing of each other
                continue
            predicate = _PREDICATES[self.change(relation)]
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
                self.add(node, _TRIGGER, string(relation.trigger))
            self.add(node, _STATUS, _STATUSES[relation.status])
            self.add(node, _CONFIDENCE, decimal(relation.confidence))

    def change(self, relation: Relation) -> Rel:
        """What a relation does to its target as a whole."""
        target = self.mentions.get(relation.target)
        if not target:
            return relation.rel
        return change(relation.rel, self.source.text[relation.start : target.start], target.pinpoint)

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
        if task.deadline and (deadline := date_text(last_month(task.deadline))):
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
            add(node, _CODE, string(finding.code))
            add(node, _SEVERITY, _SEVERITIES[finding.severity])
            add(node, _COMMENT, string(finding.message))
            self.evidence(node, finding.start, finding.end)
            add(node, _CONFIDENCE, decimal(finding.confidence))
            for mention in finding.mentions:
                add(node, _HAS_MENTION, self.node[mention])
                add(node, _ABOUT, self.document[mention])
            if finding.suggestion:
                if finding.suggestion.startswith(_URN):
                    add(node, _SUGGESTS, resource(finding.suggestion))
                else:
                    add(node, _SUGGESTION, string(finding.suggestion))

    def body(self, name: str, acted: str | None = None) -> str:
        """The node of a body; one of a district or commune stands in its province, or in this source alone."""
        if placed := self.where.of(name, acted):
            name = placed.name
            untold = placed.reason == "place-untold"
            node = own_body_resource(name, self.iri) if untold else body_resource(name)
            for text in _place_reasons(placed.reason):
                self.add(node, _PLACE_REASON, text)
        else:
            node = body_resource(name)
        self.add(node, _A, _ORGANIZATION)
        self.add(node, _LABEL, tagged(name))
        if province := province_of(name):
            self.add(node, _IN_PROVINCE, self.place(province))
        if kind := kind_of(name):
            listed = body_resource(kind)
            self.add(node, _OF_KIND, listed)
            self.add(listed, _A, _ORGANIZATION)
            self.add(listed, _LABEL, tagged(kind))
        return node

    def identity(self, mention: Mention) -> Identity:
        """What a mention refers to; a candidate is one of this source."""
        number, issuer = mention.intended or mention.number, self.where.named(mention.issuer, mention.date)
        return identify(mention.type, number, mention.date, issuer, name=mention.name, scope=self.iri)

    def aliases(self, mention: Mention) -> tuple[str, ...]:
        """The other URNs of a law that is cited by number and name."""
        return self.identity(mention).aliases if mention.name and mention.number else ()

    def place(self, name: str) -> str:
        node = place_resource(name)
        self.add(node, _A, _PROVINCE)
        self.add(node, _LABEL, tagged(name))
        return node


def _kind(urn: str) -> str:
    return _LEGAL_DOCUMENT if urn.startswith(_URN) else _CANDIDATE


@cache
def _place_reasons(reason: Reason) -> tuple[str, ...]:
    """Why a body is placed where it is, in each language."""
    return tuple(tagged(text, language) for language, text in sorted(kinds()[reason].texts.items()))


def _name(kind: str | None, number: str | None, name: str | None, iri: str) -> str:
    """Label a document as people cite it: type and number, else its name."""
    words = [w for w in (kind, number) if w] if number else [name or kind or iri]
    return tagged(" ".join(words))


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
