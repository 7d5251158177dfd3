"""A wording resolved to documents of a graph: those that it fits, else the nearest.

A document fits exactly where everything that the wording says is true of it; what the wording
leaves out is left open, so several may fit.  One that the number identifies is found as well where
the date or the issuer is another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers.lookup.fit import Fit, contradicted, fits
from kg.answers.lookup.index import Index, Named, keys_narrowest_first, rank
from kg.answers.lookup.nearest import called_like, nearest
from kg.answers.lookup.wording import Wanted, first_wanted
from kg.documents.urn import is_candidate, is_urn
from kg.graph.summaries import mentions
from kg.messages import say

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["Match", "find", "resolve"]


@dataclass(frozen=True, slots=True)
class Match:
    """A document of the graph: ``exact`` where nothing in the wording speaks against it, ``why`` in words."""

    iri: str
    label: str
    exact: bool
    score: float
    why: str
    mentions: int = 0
    detail: bool = False
    """Whether it is the one that the number identifies, and only the date or the issuer differs."""


def find(graph: Graph, wording: str, limit: int | None = None) -> list[Match]:
    """Return the documents that ``wording`` fits, best first; the nearest where none fits exactly.

    At most ``limit`` of them.  The first document that the wording names counts.  An identifier (LEX URN
    or candidate) is taken as it stands; a wording that names no document gives an empty list.
    """
    return resolve(graph, wording, limit)[0]


def resolve(graph: Graph, wording: str, limit: int | None) -> tuple[list[Match], int]:
    """Return what `find` returns, and how many fit, listed or not.

    Where a number has very many documents, all that have it count; 0 where none fits.
    """
    index = Index(graph, limit)
    if is_urn(wording) or is_candidate(wording):
        # A LEX URN is the same in any case (RFC 9676, section 3.3).
        iri = wording.lower() if is_urn(wording) else wording
        same = {iri: Fit(True, 1.0, say("why.identifier"))} if index.knows(iri) else {}
        return _matches(index, same), len(same)
    wanted = first_wanted(wording)
    if wanted is None:
        return _matches(index, called_like(index, wording, limit)), 0
    if wanted.urn and (known_as := index.known_as(wanted.urn)):
        return _matches(index, _checked(index, wanted, {known_as: Fit(True, 1.0, say("why.same"))})), 1
    known: set[Named] = set()
    for keys in keys_narrowest_first(wanted):
        known |= index.documents(keys)
        if not index.whole and wanted.type and wanted.authority and not wanted.year:
            # The wording tells all but the year: a law by its name, of which each year may have one.
            known |= index.identified(wanted.urns_of_each_year())
        if fitting := {iri: fit for iri, parts in sorted(known) if (fit := fits(wanted, parts))}:
            found = _checked(index, wanted, fitting)
            exact = {iri: fit for iri, fit in found.items() if fit.exact} or found
            return _best(index, exact, limit), len(exact) if index.whole else index.count(keys)
    return _matches(index, called_like(index, wording, limit) or nearest(index, wanted, known, limit)), 0


def _checked(index: Index, wanted: Wanted, fitting: Mapping[str, Fit]) -> Mapping[str, Fit]:
    """Which fit by number; lower those of which the graph knows another date or issuer than the wording gives."""
    if not (wanted.date or wanted.issuer):
        return fitting
    read = index.properties
    checked = {}
    for iri, fit in fitting.items():
        days = read.values(iri, "eli:date_document") or read.values(iri, "kg:year")
        checked[iri] = contradicted(wanted, set(days), set(read.issuers(iri))) or fit
    return checked


def _best(index: Index, fitting: Mapping[str, Fit], limit: int | None) -> list[Match]:
    """The ``limit`` best, those first that are cited most; of very many only the likely are compared by that."""
    likely = sorted(fitting, key=lambda iri: (-fitting[iri].score, rank(iri)))
    cited = {iri: mentions(index.graph, iri) for iri in likely[: index.closely]}
    best = sorted(cited, key=lambda iri: (-fitting[iri].score, -cited[iri], iri))[:limit]
    return _matches(index, {iri: fitting[iri] for iri in best}, cited)


def _matches(index: Index, found: Mapping[str, Fit], cited: Mapping[str, int] | None = None) -> list[Match]:
    """Matches in the order of ``found``; ``cited`` is how often each is, where that is known."""
    return [
        Match(
            iri,
            index.properties.label(iri) or iri,
            fit.exact,
            round(fit.score, 3),
            fit.why,
            mentions(index.graph, iri) if cited is None else cited[iri],
            fit.detail,
        )
        for iri, fit in found.items()
    ]
