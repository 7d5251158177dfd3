"""What the sources say of documents and candidates that share a number or a name: matches, conflicts, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from hashlib import sha256
from itertools import combinations
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.documents.constitution import TYPE, in_force
from kg.documents.doctypes import type_slug
from kg.documents.findings import kinds
from kg.documents.urn import parse_urn
from kg.documents.variants import compare, day_conflict, pairs, split_number
from kg.entities.dates import shown
from kg.graph.facts import Described, Facts, Teller
from kg.messages import language
from kg.model import Severity
from kg.ontology.vocabulary import FINDING, FINDINGS, REGISTRY, SEVERITIES, term
from kg.pipeline.matching import Match, agrees, laws, score, term_fits, two_laws

__all__ = ["SHOWN", "Group", "decimal"]

_CONSTITUTION: Final = type_slug(TYPE)
_MANY: Final = 40
"""More possible documents than these tell nothing."""
SHOWN: Final = 5
"""Possible documents that an open question names at most."""
_REASONS: Final = {"symbol-variant": "resolved-symbol", "body-variant": "resolved-body"}
"""Why a variant is the document that is meant."""
_STILL: Final = 8
"""Years within which somebody who cites a law by its number or year tells that it is still the one of its name."""


class Group:
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

    def matches(self, candidate: Described) -> list[Match]:
        """Documents that a candidate can be, best first."""
        source_iri = next(iter(candidate.sources), "")
        source = self.teller(source_iri)
        possible = [d for d in self._possible(candidate, source_iri, source) if agrees(candidate.parts, d.parts)]
        latest = source.year or 9999
        possible = [d for d in possible if (d.parts.year or 0) <= latest]
        if not split_number(candidate.parts.number):
            living = [d for d in possible if self._living(d, source.year)]
            told = {d.id: len({*d.sources, *self.by_name.get(d.id, ())}) for d in living}
            return laws(candidate.parts, living, told, source_iri, source.year)
        if not candidate.parts.province and any(d.parts.province for d in possible) and source.province:
            here = [d for d in possible if d.parts.province in (None, source.province)]
            possible = here if candidate.parts.authority or here else possible
        scored = [score(candidate, d, source_iri, source, alone=len(possible) == 1) for d in possible]
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

    def open_question(self, candidate: Described, matches: list[Match]) -> Iterator[Quad]:
        """Yield the finding that names the documents which a candidate may be; ``matches`` has one at least."""
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

    def numbered(self) -> Iterator[tuple[Described, Match]]:
        """The laws that some sources cite by name and year, others by number too: ``Luật Đất đai năm 2024``."""
        for law, claims in self._laws_by_name():
            days = law.days()
            same_day = [d for d in claims if days & d.days()]
            if len(same_day) == 1:
                yield law, Match(same_day[0], 0.95, "resolved-by-name")
            elif law.id not in self.disputed and not two_laws(law, claims):
                others = claims[0].days()
                if not (days and others and days.isdisjoint(others)):
                    yield law, Match(claims[0], 0.95 if days & others else 0.9, "resolved-by-name")

    def namesakes(self) -> Iterator[Quad]:
        """Findings of laws by name of which the sources tell several numbers, and nothing which of them is meant."""
        for law, claims in self._laws_by_name():
            open_ = len([d for d in claims if law.days() & d.days()]) != 1
            if open_ and claims[1:] and (law.id in self.disputed or two_laws(law, claims)):
                yield from self.open_question(law, [Match(d, 0.5, "resolved-by-name") for d in claims[:SHOWN]])

    def _laws_by_name(self) -> Iterator[tuple[Described, list[Described]]]:
        for name, claims in self.named.items():
            fitting = [document for document in claims if term_fits(document.parts)]
            if fitting and fitting[0] is claims[0] and (law := self.documents.get(name)):
                yield law, fitting

    # --- documents that can be nothing but another one

    def mistaken(self) -> Iterator[tuple[Described, Match]]:
        """What can only be another document: a letter of its symbol is wrong, or its body is named less fully."""
        series: defaultdict[tuple[object, ...], list[Described]] = defaultdict(list)
        nameless = (c for c in self.candidates.values() if c.days() and not c.parts.authority)
        for document in (*self.documents.values(), *nameless):
            parts = document.parts
            if split := split_number(parts.number):
                series[split[:2], parts.type, parts.jurisdiction, parts.year].append(document)
        found: defaultdict[str, dict[str, Match]] = defaultdict(dict)
        for one, other in (pair for same in series.values() if len(same) <= _MANY for pair in combinations(same, 2)):
            variant = compare(one.cited(), other.cited())
            if variant and variant.sure and variant.meant in self.documents:
                wrong, right = (one, other) if variant.meant == other.id else (other, one)
                found[wrong.id][right.id] = Match(right, variant.confidence, _REASONS[variant.code])
        for iri, matches in found.items():
            match, *others = matches.values()
            if not others and match.document.id not in found:
                yield self.documents.get(iri) or self.candidates[iri], match

    # --- conflicts between sources

    def conflicts(self) -> Iterator[Quad]:
        """Yield the findings of what sources contradict of each other: dates, and likely variants of one document."""
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
            ("kg:confidence", decimal(confidence)),
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


def decimal(value: float) -> Literal:
    """A confidence as the graph states it, with two digits."""
    return Literal(f"{value:.2f}", datatype=term("xsd:decimal"))
