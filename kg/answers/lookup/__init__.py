"""Any way of writing a citation -> the documents of the graph that it fits, and what is known of each.

Three steps, each of use by itself: `wording` says what a citation tells of its document, `resolution`
finds the documents that fit or come nearest, `description` tells what the graph knows of one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.answers.lookup.description import facts, findings, province, related, told_apart
from kg.answers.lookup.description import relations as relations_of
from kg.answers.lookup.properties import Properties
from kg.answers.lookup.resolution import Match, find, resolve
from kg.answers.lookup.wording import Wanted, is_citation, read_wording
from kg.graph.summaries import summaries
from kg.text.alphabet import place_of

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = [
    "Candidate",
    "Found",
    "Match",
    "Wanted",
    "find",
    "is_citation",
    "lookup",
    "read_wording",
    "search",
    "told_apart",
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match with what the graph knows of the document."""

    urn: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    label: str
    title: str | None
    exact: bool
    score: float
    why: str
    mentions: int
    implemented_by: tuple[str, ...]
    """Provinces that implement it."""
    relations: tuple[dict[str, Any], ...]
    """``rel``, ``direction`` (``in``: done to it), ``document`` (None for reports), ``label``, ``count``.

    Of each kind reports come first, then the documents that most statements name, as many as were asked for.
    """
    related: tuple[dict[str, Any], ...]
    """Of each kind ``rel``, ``direction``, ``documents`` (how many there are in all), ``count`` (statements in all)."""
    findings: tuple[dict[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return asdict(self)


class Found(NamedTuple):
    """What a citation was resolved to."""

    candidates: list[Candidate]
    """Best first."""
    total: int
    """How many documents fit, listed or not; where that number has very many, all that have it.  0: none fits."""


def lookup(graph: Graph, citation: str, limit: int = 10, relations: int | None = 20) -> list[Candidate]:
    """Resolve any way of writing a citation; at most ``limit`` candidates, best first, with what is known of each.

    Of what is done to a document and what it does, each kind lists at most ``relations`` other documents,
    None lists all; `Candidate.related` counts them all.
    """
    return search(graph, citation, limit, relations).candidates


def search(graph: Graph, citation: str, limit: int = 10, relations: int | None = 20) -> Found:
    """Like `lookup`, with how many documents fit."""
    found, total = resolve(graph, citation, limit)
    told = summaries(graph, [match.iri for match in found])
    read = Properties(graph)
    candidates = [
        Candidate(
            urn=match.iri,
            **facts(read, match.iri)._asdict(),
            label=match.label,
            title=told[match.iri].title,
            exact=match.exact,
            score=match.score,
            why=match.why,
            mentions=match.mentions,
            implemented_by=tuple(sorted((province(read, place) for place in told[match.iri].places), key=place_of)),
            relations=tuple(relations_of(read, told[match.iri], relations)),
            related=tuple(related(told[match.iri])),
            findings=tuple(findings(read, match.iri)),
        )
        for match in found
    ]
    return Found(candidates, total)
