"""The second pass: what only the whole corpus tells.

A citation without year, issuer or place is a candidate within the document that cites it.  Here
each candidate is compared with the identified documents that its known parts allow, and linked
by ``kg:resolvedTo`` where evidence leaves one, with the reason and a confidence.  What stays
open gets a finding that names the possible documents.  A law cited by its name and year is linked to the
number that other sources give it.  Conflicts between source documents, two
dates of one number, likely variants, become findings too.

Last, what all sources say of a document is counted (`kg.graph.summaries`).  Each of these results is a
named graph of its own, so the pass can be repeated at will and never touches what a source document
says.  It compares only documents that share a number or a name, and takes one such group after the
other (`kg.graph.facts`), so it needs no more memory for more documents; a group of which no source has
changed keeps its results.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from itertools import combinations
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.documents.assembly import in_term, term_of_number
from kg.documents.constitution import TYPE, in_force
from kg.documents.doctypes import type_slug
from kg.documents.findings import kinds
from kg.documents.namesakes import namesakes
from kg.documents.urn import Parts, parse_urn
from kg.documents.variants import compare, day_conflict, pairs, similar, split_number
from kg.entities.dates import shown
from kg.graph import summaries
from kg.graph.facts import Described, Facts, Teller
from kg.graph.named import ntriples
from kg.graph.store import Graph
from kg.messages import language
from kg.model import Severity
from kg.ontology.tables import bodies
from kg.ontology.vocabulary import FINDINGS, PROVINCES, REGISTRY, RESOLUTION, SEVERITIES, SUMMARIES, term
from kg.pipeline.document import extractor_version

__all__ = ["FINDING", "RESOLUTION", "resolve"]

FINDING: Final = "https://w3id.org/vn-legal-kg/finding/"
"""What the IRI of a finding of the corpus starts with."""

_CONSTITUTION: Final = type_slug(TYPE)
_MANY: Final = 40
"""More possible documents than these tell nothing."""
_SHOWN: Final = 5
_SURE: Final = 0.6
"""From this confidence on a candidate is linked."""
_REASONS: Final = {"symbol-variant": "resolved-symbol", "body-variant": "resolved-body"}
"""Why a variant is the document that is meant."""
_STILL: Final = 8
"""Years within which somebody who cites a law by its number or year tells that it is still the one of its name."""
_AHEAD: Final = 0.15
"""By how much the best of several must be better than the next."""


@dataclass(frozen=True, slots=True)
class _Match:
    document: Described
    confidence: float
    reason: str


def resolve(graph: Graph) -> int:
    """Bring the graphs of resolutions and of corpus-wide findings up to date; return the number of links.

    Only what a change since the last pass touches is worked out again; the result is that of a
    pass over everything.
    """
    facts = graph.facts
    whole = graph.catalogue.note(_DONE_BY) != _done_by()
    graph.catalogue.put_note(_DONE_BY, "")  # until this pass is complete
    facts.follow()
    if whole:
        facts.change_all()
    rewritten = whole or facts.count_changed() > _MANY_CHANGED
    old, new = defaultdict[NamedNode, list[str]](list), defaultdict[NamedNode, list[str]](list)
    with graph.catalogue.transaction():
        for key in facts.changed():
            resolved, links, findings = _group(_Group(key, facts, graph.store))
            shown = _provinces(key, resolved, facts, graph.store)
            results = ((RESOLUTION, links), (FINDINGS, findings), (PROVINCES, shown))
            if not rewritten:
                before = facts.result(key)
                for name, found in results:
                    old[name].append(before.get(name.value, ""))
                    new[name].append(found.triples)
            results_of_key = ((name.value, found.count, found.triples) for name, found in results)
            facts.settle(key, resolved, results_of_key)
        for before_it, after_it in summaries.renew(facts.db):
            if not rewritten:
                old[SUMMARIES].append(before_it)
                new[SUMMARIES].append(after_it)
        facts.settled()
    if rewritten:
        parts = {name.value: facts.results(name.value) for name in (RESOLUTION, FINDINGS, PROVINCES)}
        graph.rewrite({**parts, SUMMARIES.value: summaries.triples(facts.db)})
    else:
        for name in new:
            graph.exchange(name.value, "".join(old[name]), "".join(new[name]))
    graph.catalogue.put_note(_DONE_BY, _done_by())
    return facts.count(RESOLUTION.value)


_DONE_BY: Final = "second pass"
_MANY_CHANGED: Final = 1000
"""So many groups changed are written anew together with all others."""


def _done_by() -> str:
    """What the results depend on beside the sources: the program with its tables, and the language of findings."""
    return f"{extractor_version()} {language()}"


@dataclass(frozen=True, slots=True)
class _Found:
    count: int
    triples: str
    """N-Triples."""


def _group(group: _Group) -> tuple[dict[str, str], _Found, _Found]:
    """The links of one group, candidate or law by name -> document, and as triples; and its findings."""
    found = {document.id: (document, match) for document, match in (*group.numbered(), *group.mistaken())}
    findings = list[Quad]()
    for candidate in group.candidates.values():
        matches = group.matches(candidate) if candidate.id not in found else []
        if matches and _decided(matches):
            best = matches[0]
            _, known = found.get(best.document.id, (None, best))  # what the document itself is, if it is another one
            found[candidate.id] = candidate, replace(best, document=known.document)
        elif 0 < len(matches) <= _SHOWN:
            findings += group.open_question(candidate, matches)
    findings += (*group.namesakes(), *group.conflicts())
    told = _Found(len({quad.subject for quad in findings}), ntriples(findings).decode())
    links = ntriples([quad for document, match in found.values() for quad in _link(document, match)]).decode()
    resolved = {iri: match.document.id for iri, (_, match) in found.items()}
    return resolved, _Found(len(resolved), links), told


def _provinces(key: str, resolved: dict[str, str], facts: Facts, store: Store) -> _Found:
    """The provinces that carry something out by the documents of one group: those of the issuing bodies.

    What a report itself carries out is of its own province, and the source says so (`kg.graph.rdf`).
    """
    found = list[Quad]()
    for iri in facts.implementing(key):
        places = facts.places(iri, resolved.get(iri))
        for told in store.quads_for_pattern(None, _SUBJECT, NamedNode(iri), DefaultGraph()) if places else ():
            assert isinstance(told.subject, NamedNode)
            if any(store.quads_for_pattern(told.subject, _PREDICATE, _IMPLEMENTS, DefaultGraph())):
                found += (Quad(told.subject, _BY_PROVINCE, NamedNode(place), PROVINCES) for place in places)
    return _Found(len(found), ntriples(found).decode())


_SUBJECT, _PREDICATE, _IMPLEMENTS = term("rdf:subject"), term("rdf:predicate"), term("eli:implements")
_BY_PROVINCE: Final = term("kg:byProvince")


def _decided(matches: list[_Match]) -> bool:
    best, *others = matches
    return best.confidence >= _SURE and (not others or best.confidence - others[0].confidence >= _AHEAD)


def _link(candidate: Described, match: _Match) -> Iterator[Quad]:
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


class _Group:
    """What the sources say of documents and candidates that share a number or a name."""

    def __init__(self, key: str, facts: Facts, store: Store) -> None:
        self.store, self.teller = store, cache(facts.teller)
        found = facts.group(key)
        self.documents, self.candidates, self.told = found.documents, found.candidates, found.told
        self.named, self.disputed = found.named, found.disputed
        self.by_number: defaultdict[tuple[str | None, ...], list[Described]] = defaultdict(list)
        for document in self.documents.values():
            if document.id not in found.named:
                for bucket in _keys(document):
                    self.by_number[bucket].append(document)
        for alias, (document, *_) in found.named.items():
            parts = parse_urn(alias)
            self.by_number["named", parts.type, parts.number].append(document)

    @cached_property
    def by_name(self) -> dict[str, set[str]]:
        """Laws with a number -> the sources that cite them by name and year alone."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for law, match in self.numbered():
            found[match.document.id].update(law.sources)
        return found

    # --- candidates

    def matches(self, candidate: Described) -> list[_Match]:
        """Documents that a candidate can be, best first."""
        source_iri = next(iter(candidate.sources), "")
        source = self.teller(source_iri)
        possible = [d for d in self._possible(candidate, source_iri, source) if _agrees(candidate.parts, d.parts)]
        latest = source.year or 9999
        possible = [d for d in possible if (d.parts.year or 0) <= latest]
        if not split_number(candidate.parts.number):
            living = [d for d in possible if self._living(d, source.year)]
            told = {d.id: len({*d.sources, *self.by_name.get(d.id, ())}) for d in living}
            return _laws(candidate.parts, living, told, source_iri, source.year)
        if not candidate.parts.province and any(d.parts.province for d in possible) and source.province:
            here = [d for d in possible if d.parts.province in (None, source.province)]
            possible = here if candidate.parts.authority or here else possible
        scored = [_score(candidate, d, source_iri, source, alone=len(possible) == 1) for d in possible]
        return sorted(scored, key=lambda m: (-m.confidence, m.document.id))

    def _possible(self, candidate: Described, source_iri: str, source: Teller) -> list[Described]:
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

    def _living(self, law: Described, year: int | None) -> bool:
        """Whether a law can be what a source of ``year`` means by its name alone.

        A law that nobody has told apart for long may have been replaced by one that all call by its name.  Of the
        Constitution there is one at a time.
        """
        if year is None:
            return True
        if law.parts.type == _CONSTITUTION:
            return str(law.parts.year) == in_force(str(year))
        sources = (*law.sources, *self.by_name.get(law.id, ()))
        return any((self.teller(source).year or year) >= year - _STILL for source in sources)

    def _bucket(self, key: tuple[str | None, ...]) -> list[Described]:
        bucket = self.by_number.get(key, [])
        return bucket if key[0] == "source" or len(bucket) <= _MANY else []

    def open_question(self, candidate: Described, matches: list[_Match]) -> Iterator[Quad]:
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

    # --- laws cited by name and year

    def numbered(self) -> Iterator[tuple[Described, _Match]]:
        """The laws that some sources cite by name and year, others by number too: ``Luật Đất đai năm 2024``."""
        for law, claims in self._laws_by_name():
            days = law.days()
            same_day = [d for d in claims if days & d.days()]
            if len(same_day) == 1:
                yield law, _Match(same_day[0], 0.95, "resolved-by-name")
            elif law.id not in self.disputed and not _two_laws(law, claims):
                others = claims[0].days()
                if not (days and others and days.isdisjoint(others)):
                    yield law, _Match(claims[0], 0.95 if days & others else 0.9, "resolved-by-name")

    def namesakes(self) -> Iterator[Quad]:
        """Findings of laws by name of which the sources tell several numbers, and nothing which of them is meant."""
        for law, claims in self._laws_by_name():
            open_ = len([d for d in claims if law.days() & d.days()]) != 1
            if open_ and claims[1:] and (law.id in self.disputed or _two_laws(law, claims)):
                yield from self.open_question(law, [_Match(d, 0.5, "resolved-by-name") for d in claims[:_SHOWN]])

    def _laws_by_name(self) -> Iterator[tuple[Described, list[Described]]]:
        for name, claims in self.named.items():
            fitting = [document for document in claims if _term_fits(document.parts)]
            if fitting and fitting[0] is claims[0] and (law := self.documents.get(name)):
                yield law, fitting

    # --- documents that can be nothing but another one

    def mistaken(self) -> Iterator[tuple[Described, _Match]]:
        """What can only be another document: a letter of its symbol is wrong, or its body is named less fully."""
        series: defaultdict[tuple[object, ...], list[Described]] = defaultdict(list)
        nameless = (c for c in self.candidates.values() if c.days() and not c.parts.authority)
        for document in (*self.documents.values(), *nameless):
            parts = document.parts
            if split := split_number(parts.number):
                series[split[:2], parts.type, parts.jurisdiction, parts.year].append(document)
        found: defaultdict[str, dict[str, _Match]] = defaultdict(dict)
        for one, other in (pair for same in series.values() if len(same) <= _MANY for pair in combinations(same, 2)):
            variant = compare(one.cited(), other.cited())
            if variant and variant.sure and variant.meant in self.documents:
                wrong, right = (one, other) if variant.meant == other.id else (other, one)
                found[wrong.id][right.id] = _Match(right, variant.confidence, _REASONS[variant.code])
        for iri, matches in found.items():
            match, *others = matches.values()
            if not others and match.document.id not in found:
                yield self.documents.get(iri) or self.candidates[iri], match

    # --- conflicts between sources

    def conflicts(self) -> Iterator[Quad]:
        documents = [d for d in self.documents.values() if any(d.sources.values())]
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
                    x=shown(next(iter(wrong.dates), "")),
                    y=shown(next(iter(right.dates), "")),
                    other=self.teller(elsewhere).name,
                )

    def _two_dates(self, document: Described) -> Iterator[Quad]:
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
            x=shown(wrong),
            y=shown(right),
            other=self.teller(there).name,
        )

    def _finding(
        self,
        code: str,
        about: list[Described],
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


def _keys(document: Described) -> Iterator[tuple[str | None, ...]]:
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


def _score(candidate: Described, document: Described, source_iri: str, source: Teller, *, alone: bool) -> _Match:
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


_PARTY: Final = frozenset(b.abbr.lower().replace("đ", "d") for b in bodies() if b.kind == "Party body")


def _two_laws(law: Described, claims: list[Described]) -> bool:
    """Whether a law by name is of several days, and each of these that of another number: two laws of one name."""
    return len({frozenset(law.days() & document.days()) for document in claims} - {frozenset()}) > 1


def _laws(
    cited: Parts, possible: list[Described], told: Mapping[str, int], source_iri: str, year: int | None
) -> list[_Match]:
    """A law cited by name alone: the one the source also cites with its year, else the latest before it.

    ``told`` is how many sources cite each of the possible ones.  Of two laws of one name and year, of which no day is
    told, it is neither.
    """
    here = [d for d in possible if source_iri in d.sources]
    if len(here) == 1:
        return [_Match(here[0], 0.95, "resolved-same-source")]
    known = [d for d in possible if _term_fits(d.parts)]
    often = max((told[d.id] for d in known), default=0)
    # Beside a law that many cite, one that a single source cites is a mistyped year.
    known = [d for d in known if told[d.id] > 1 or often < 4]
    ranked = sorted(known, key=lambda d: (d.parts.year or 0, max(d.days(), default=""), d.id), reverse=True)
    if cited.year and namesakes(f"{cited.type}.{cited.number}", str(cited.year)):
        return [_Match(d, 0.5, "resolved-law") for d in ranked]
    if len(ranked) == 1:
        return [_Match(ranked[0], 0.75, "resolved-only-one")]
    # A new law is in force some months after its date, so one of the report's own year decides nothing.
    confidence = 0.65 if ranked and year and (ranked[0].parts.year or 0) < year else 0.4
    rest = [_Match(d, 0.3, "resolved-law") for d in ranked[1:]]
    return [*(_Match(d, confidence, "resolved-law") for d in ranked[:1]), *rest]


def _term_fits(parts: Parts) -> bool:
    term = term_of_number(parts.number or "")
    return term is None or in_term(term, str(parts.year))
