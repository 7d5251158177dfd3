"""The second pass: what only the whole corpus tells.

A citation without year, issuer or place is a candidate within the document that cites it.  Here
each candidate is compared with the identified documents that its known parts allow, and linked
by ``kg:resolvedTo`` where evidence leaves one, with the reason and a confidence.  What stays
open gets a finding that names the possible documents.  Conflicts between source documents, two
dates of one number, likely variants, become findings too.

Both results are named graphs of their own, replaced whole each time, so the pass can be
repeated at will and never touches what a source document says.  It reads the store by its
indexes, once each, and compares only documents that share a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.findings import in_term, kinds
from kg.identity import Parts, parse_candidate, parse_urn
from kg.messages import language
from kg.model import Severity
from kg.periods import PeriodError, read_period
from kg.registry import REGISTRY
from kg.store import Graph
from kg.tables import bodies
from kg.variants import Cited, compare, day_conflict, pairs, similar, split_number
from kg.vocabulary import FINDINGS, SEVERITIES, term

__all__ = ["FINDING", "RESOLUTION", "resolve"]

RESOLUTION: Final = NamedNode("https://w3id.org/vn-legal-kg/graph/resolution")
"""The named graph of the links from candidates to documents."""
FINDING: Final = "https://w3id.org/vn-legal-kg/finding/"
"""What the IRI of a finding of the corpus starts with."""

_NOT_SOURCES = (RESOLUTION, FINDINGS, DefaultGraph())
"""What this pass writes, and the union of all graphs."""

_MANY = 40
"""More possible documents than these tell nothing."""
_SHOWN = 5
_SURE = 0.6
"""From this confidence on a candidate is linked."""
_AHEAD = 0.15
"""By how much the best of several must be better than the next."""


@dataclass(slots=True)
class _Source:
    """A source document: the last year it can cite, its province (slug with points), its name."""

    year: int | None = None
    province: str | None = None
    name: str = ""


@dataclass(slots=True)
class _Document:
    """A document as all sources describe it; ``sources`` maps each to its first mention."""

    id: str
    parts: Parts
    label: str = ""
    titles: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    """Date -> the first source that gives it."""
    sources: dict[str, str | None] = field(default_factory=dict)

    def cited(self) -> Cited:
        return Cited(self.id, self.label, self.parts, tuple(self.dates), tuple(self.titles), len(self.sources))


@dataclass(frozen=True, slots=True)
class _Match:
    document: _Document
    confidence: float
    reason: str


def resolve(graph: Graph) -> int:
    """Replace the graphs of resolutions and of corpus-wide findings; return the number of links."""
    corpus = _Corpus(graph)
    links, findings = list[Quad](), list[Quad]()
    resolved = 0
    for candidate in sorted(corpus.candidates.values(), key=lambda c: c.id):
        matches = corpus.matches(candidate)
        if matches and _decided(matches):
            links += _link(candidate, matches[0])
            resolved += 1
        elif 0 < len(matches) <= _SHOWN:
            findings += corpus.open_question(candidate, matches)
    findings += corpus.conflicts()
    graph.replace(RESOLUTION.value, links)
    graph.replace(FINDINGS.value, findings)
    return resolved


def _decided(matches: list[_Match]) -> bool:
    best, *others = matches
    return best.confidence >= _SURE and (not others or best.confidence - others[0].confidence >= _AHEAD)


def _link(candidate: _Document, match: _Match) -> Iterator[Quad]:
    node = NamedNode(candidate.id)
    for predicate, value in (
        (term("kg:resolvedTo"), NamedNode(match.document.id)),
        (term("kg:reason"), Literal(kinds()[match.reason].texts["en"], language="en")),
        (term("kg:reason"), Literal(kinds()[match.reason].texts["vi"], language="vi")),
        (term("kg:confidence"), _decimal(match.confidence)),
    ):
        yield Quad(node, predicate, value, RESOLUTION)


def _decimal(value: float) -> Literal:
    return Literal(f"{value:.2f}", datatype=term("xsd:decimal"))


class _Corpus:
    """What the store says of documents and candidates, indexed by their numbers."""

    def __init__(self, graph: Graph) -> None:
        self.store = graph.store
        self.documents: dict[str, _Document] = {}
        self.candidates: dict[str, _Document] = {}
        self.sources: defaultdict[str, _Source] = defaultdict(_Source)
        self.numbered_as: dict[str, str] = {}
        self.told: set[frozenset[str]] = set()
        """Pairs of documents that a finding of one source is about."""
        self._read_documents()
        self._read_sources()
        self._index()

    # --- reading

    def _each(self, predicate: str, value: NamedNode | None = None) -> Iterator[tuple[str, str, str]]:
        """Subject, object and graph of each quad of ``predicate``, in no order."""
        for subject, _, object, graph in self.store.quads_for_pattern(None, term(predicate), value, None):
            if graph in _NOT_SOURCES or isinstance(subject, Triple) or isinstance(object, Triple):
                continue
            yield subject.value, object.value, getattr(graph, "value", "")

    def _read_documents(self) -> None:
        for iri, _, source in self._each("rdf:type", term("kg:LegalDocument")):
            self.documents.setdefault(iri, _Document(iri, parse_urn(iri))).sources.setdefault(source, None)
        for iri, _, source in self._each("rdf:type", term("kg:CandidateDocument")):
            self.candidates.setdefault(iri, _Document(iri, parse_candidate(iri))).sources.setdefault(source, None)
        known = self.documents | self.candidates
        for iri, text, _ in self._each("rdfs:label"):
            if iri in known:
                # The longest label has the full number.
                known[iri].label = max(known[iri].label or text, text, key=lambda label: (len(label), label))
        for iri, text, _ in self._each("dcterms:title"):
            if iri in known and text not in known[iri].titles:
                known[iri].titles.append(text)
        for iri, day, source in self._each("eli:date_document"):
            if iri in known:
                known[iri].dates[day] = min(known[iri].dates.get(day, source), source)
        for mention, iri, source in self._each("oa:hasBody"):
            if iri in known:
                known[iri].sources[source] = min(known[iri].sources.get(source) or mention, mention)
        for iri, alias, _ in self._each("owl:sameAs"):
            if iri in self.documents:
                self.numbered_as[alias] = iri
        about: defaultdict[str, set[str]] = defaultdict(set)
        for finding, iri, _ in self._each("kg:about"):
            about[finding].add(iri)
        self.told = {frozenset(pair) for iris in about.values() for pair in combinations(sorted(iris), 2)}
        for document in known.values():
            document.titles.sort()
            document.dates = dict(sorted(document.dates.items()))

    def _read_sources(self) -> None:
        for iri, place, graph in self._each("kg:forProvince"):
            if iri == graph:
                self.sources[iri].province = place.rsplit("/", 1)[-1].replace("-", ".")
        for iri, day, graph in self._each("eli:date_document"):
            if iri == graph:
                self.sources[iri].year = int(day[:4])
        for iri, label, graph in self._each("kg:period"):
            if iri == graph and not self.sources[iri].year:
                try:
                    self.sources[iri].year = int(read_period(label).end[:4])
                except PeriodError:
                    continue
        for iri in {s for d in (*self.documents.values(), *self.candidates.values()) for s in d.sources}:
            source = self.sources[iri]
            source.name = PurePosixPath(unquote(urlsplit(iri).path)).name or iri
        latest: dict[str, int] = {}
        for document in self.documents.values():
            for iri in document.sources:
                latest[iri] = max(latest.get(iri, 0), document.parts.year or 0)
        for iri, year in latest.items():
            self.sources[iri].year = self.sources[iri].year or year or None

    def _index(self) -> None:
        self.by_number: defaultdict[tuple[str | None, ...], list[_Document]] = defaultdict(list)
        for document in sorted(self.documents.values(), key=lambda d: d.id):
            if document.id in self.numbered_as:
                continue
            for key in _keys(document):
                self.by_number[key].append(document)
        for alias, iri in sorted(self.numbered_as.items()):
            parts = parse_urn(alias)
            self.by_number["named", parts.type, parts.number].append(self.documents[iri])

    # --- candidates

    def matches(self, candidate: _Document) -> list[_Match]:
        """Documents that a candidate can be, best first."""
        source_iri = next(iter(candidate.sources), "")
        source = self.sources[source_iri]
        possible = [d for d in self._possible(candidate, source_iri, source) if _agrees(candidate.parts, d.parts)]
        latest = source.year or 9999
        possible = [d for d in possible if (d.parts.year or 0) <= latest]
        if not split_number(candidate.parts.number):
            return _laws(possible, source_iri, source.year)
        if not candidate.parts.province and any(d.parts.province for d in possible) and source.province:
            here = [d for d in possible if d.parts.province in (None, source.province)]
            possible = here if candidate.parts.authority or here else possible
        scored = [_score(candidate, d, source_iri, source, alone=len(possible) == 1) for d in possible]
        return sorted(scored, key=lambda m: (-m.confidence, m.document.id))

    def _possible(self, candidate: _Document, source_iri: str, source: _Source) -> list[_Document]:
        parts = candidate.parts
        split = split_number(parts.number)
        if not split:
            return self.by_number.get(("named", parts.type, parts.number), [])
        running, _, letters = split
        keys: list[tuple[str | None, ...]] = [("source", running, source_iri)]
        if letters:
            keys.append(("number", parts.number, parts.province or source.province))
            keys.append(("number", parts.number, None))
        else:
            keys.append(("running", running, parts.type, None))
        found = {d.id: d for key in keys for d in self._bucket(key)}
        return list(found.values())

    def _bucket(self, key: tuple[str | None, ...]) -> list[_Document]:
        bucket = self.by_number.get(key, [])
        return bucket if key[0] == "source" or len(bucket) <= _MANY else []

    def open_question(self, candidate: _Document, matches: list[_Match]) -> Iterator[Quad]:
        source = next(iter(candidate.sources), "")
        labels = "; ".join(f"{m.document.label} ({m.document.parts.year})" for m in matches)
        return self._finding(
            "ambiguous-citation",
            [candidate],
            source,
            matches[0].confidence,
            [m.document.id for m in matches],
            a=candidate.label,
            b=labels,
        )

    # --- conflicts between sources

    def conflicts(self) -> Iterator[Quad]:
        documents = [d for _, d in sorted(self.documents.items()) if any(d.sources.values())]
        for document in documents:
            yield from self._two_dates(document)
        for one, other in pairs([d.cited() for d in documents]):
            a, b = self.documents[one.id], self.documents[other.id]
            if frozenset((one.id, other.id)) in self.told:
                continue  # a source that cites both has found it already
            if variant := compare(one, other):
                wrong, right = (b, a) if variant.meant == a.id else (a, b)
                source, elsewhere = min(wrong.sources), min(right.sources)
                yield from self._finding(
                    f"{variant.code}-in-corpus",
                    [wrong, right],
                    source,
                    variant.confidence,
                    [variant.meant] if variant.meant else [],
                    a=wrong.label,
                    b=right.label,
                    x=_shown(next(iter(wrong.dates), "")),
                    y=_shown(next(iter(right.dates), "")),
                    other=self.sources[elsewhere].name,
                )

    def _two_dates(self, document: _Document) -> Iterator[Quad]:
        days = day_conflict(document.dates, document.dates)
        if not days:
            return
        registered = next((d for d in days if document.dates[d] == REGISTRY.value), None)
        right, wrong = (registered, days[days[0] == registered]) if registered else days
        here, there = document.dates[wrong], document.dates[right]
        if here == there:
            return
        yield from self._finding(
            "differs-from-register" if registered else "two-dates-in-corpus",
            [document],
            here,
            0.95,
            [],
            a=document.label,
            x=_shown(wrong),
            y=_shown(right),
            other=self.sources[there].name,
        )

    def _finding(
        self,
        code: str,
        about: list[_Document],
        source: str,
        confidence: float,
        suggested: Iterable[str],
        **values: str,
    ) -> Iterator[Quad]:
        kind = kinds()[code]
        key = "\n".join((code, source, *(d.id for d in about)))
        node = NamedNode(FINDING + sha256(key.encode()).hexdigest()[:20])
        triples: list[tuple[str, NamedNode | Literal]] = [
            ("rdf:type", term("kg:Finding")),
            ("kg:code", Literal(code)),
            ("kg:severity", SEVERITIES[Severity(kind.severity)]),
            ("rdfs:comment", Literal(kind.texts[language()].format_map(values))),
            ("kg:confidence", _decimal(confidence)),
        ]
        triples += [("kg:about", NamedNode(d.id)) for d in about]
        triples += [("kg:suggests", NamedNode(iri)) for iri in suggested]
        if mention := about[0].sources.get(source):
            triples += [("oa:hasSource", NamedNode(source)), ("kg:mention", NamedNode(mention))]
            for name in ("oa:exact", "oa:start", "oa:end"):
                for quad in self.store.quads_for_pattern(NamedNode(mention), term(name), None, NamedNode(source)):
                    assert isinstance(quad.object, Literal)
                    triples.append((name, quad.object))
        for name, value in triples:
            yield Quad(node, term(name), value, FINDINGS)


def _shown(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def _keys(document: _Document) -> Iterator[tuple[str | None, ...]]:
    """Under which keys a document is found."""
    parts = document.parts
    split = split_number(parts.number)
    if not split:
        yield "named", parts.type, parts.number
        return
    yield "number", parts.number, parts.province
    yield "running", split[0], parts.type, parts.province
    for source in document.sources:
        yield "source", split[0], source


def _agrees(candidate: Parts, document: Parts) -> bool:
    """Whether all that a candidate tells is so of a document."""
    one, two = split_number(candidate.number), split_number(document.number)
    if one and two:
        numbers = one[0] == two[0] and (not one[2] or one[2] == two[2])
        # A short form may leave out the year; a number with its symbol says whether it has one.
        numbers = numbers and (one[1] == two[1] if one[2] or one[1] else True)
    else:
        numbers = candidate.number == document.number or not one
    return (
        numbers
        and (not candidate.type or candidate.type in (document.type, "van.ban"))
        and (not candidate.authority or candidate.authority == document.authority)
        and (len(candidate.jurisdiction) == 1 or candidate.jurisdiction == document.jurisdiction)
        and (not candidate.period or candidate.period[:4] == str(document.year))
    )


def _score(candidate: _Document, document: _Document, source_iri: str, source: _Source, *, alone: bool) -> _Match:
    """How surely a candidate is a document, and the evidence that says so."""
    alike = similar(candidate.titles, document.titles)
    if source_iri in document.sources:
        return _Match(document, 0.95 if alone or (alike or 0) >= 0.6 else 0.7, "resolved-same-source")
    confidence, reason = 0.45, "resolved-only-one"
    if alike is not None:
        confidence += 0.4 if alike >= 0.6 else -0.3
        reason = "resolved-subject" if alike >= 0.6 else reason
    if candidate.parts.period:
        confidence += 0.3  # the year is told, something else is missing
    elif source.year and document.parts.year:
        confidence += _by_age(document.parts, source.year - document.parts.year)
    if not candidate.parts.province and document.parts.province and document.parts.province == source.province:
        confidence, reason = confidence + 0.15, "resolved-province"
    split = split_number(document.parts.number)
    if split and len(re.sub(r"\D", "", split[0])) >= 3:
        confidence += 0.1  # few series run that far, and fewer of them are cited
    return _Match(document, round(min(confidence, 0.9), 2), reason)


def _by_age(parts: Parts, years: int) -> float:
    """What the age of a document adds: a number of the State is mostly cited in its own year.

    A Party number runs through a term of five years and its resolutions are cited for a decade.
    """
    if _of_party(parts):
        return 0.25 if years <= 10 else 0.0
    return 0.2 if years == 0 else 0.05 if years == 1 else -0.1


def _of_party(parts: Parts) -> bool:
    letters = (split_number(parts.number) or ("", None, ""))[2].split("-")
    return bool(_PARTY & set(letters[1:]))


_PARTY = frozenset(b.abbr.lower().replace("đ", "d") for b in bodies() if b.kind == "Party body")


def _laws(possible: list[_Document], source_iri: str, year: int | None) -> list[_Match]:
    """A law cited by name alone: the one the source also cites with its year, else the latest before it."""
    here = [d for d in possible if source_iri in d.sources]
    if len(here) == 1:
        return [_Match(here[0], 0.95, "resolved-same-source")]
    known = [d for d in possible if _term_fits(d.parts)]
    often = max((len(d.sources) for d in known), default=0)
    # Beside a law that many cite, one that a single source cites is a mistyped year.
    known = [d for d in known if len(d.sources) > 1 or often < 4]
    ranked = sorted(known, key=lambda d: (-(d.parts.year or 0), d.id))
    if len(ranked) == 1:
        return [_Match(ranked[0], 0.75, "resolved-only-one")]
    # A new law is in force some months after its date, so one of the report's own year decides nothing.
    confidence = 0.65 if ranked and year and (ranked[0].parts.year or 0) < year else 0.4
    rest = [_Match(d, 0.3, "resolved-law") for d in ranked[1:]]
    return [*(_Match(d, confidence, "resolved-law") for d in ranked[:1]), *rest]


def _term_fits(parts: Parts) -> bool:
    term = re.search(r"-qh(\d+)$", parts.number or "")
    return term is None or in_term(int(term[1]), str(parts.year))
