"""What the graph knows of a legal document: the facts of registers, then of most sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.documents.authority import together
from kg.documents.urn import is_candidate, is_urn, parts_of
from kg.report.days import is_day
from kg.report.rows import select
from kg.text.alphabet import place_of

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["Document", "documents"]


@dataclass(frozen=True, slots=True)
class Document:
    """A legal document; ``force`` is ``inForce``, ``partiallyInForce``, ``notInForce`` where a register says it."""

    iri: str
    label: str
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    provinces: tuple[str, ...] = ()
    title: str | None = None
    force: str | None = None
    effective: str | None = None
    other_dates: tuple[str, ...] = ()
    """Days that other sources give as the date of signing."""


def documents(graph: Graph, iris: Iterable[str]) -> dict[str, Document]:
    """Return what is known of each document; one of which nothing is known has its IRI for a label."""
    wanted = sorted(set(iris))
    if not wanted:
        return {}
    facts: dict[str, dict[str, list[str]]] = {iri: {} for iri in wanted}
    for row in select(graph, "facts", {"document": [(NamedNode(iri),) for iri in wanted]}):
        facts[str(row["document"])].setdefault(str(row["fact"]), []).append(str(row["text"]))
    return {iri: _document(iri, found) for iri, found in facts.items()}


def _document(iri: str, facts: Mapping[str, list[str]]) -> Document:
    """The facts are in order: those of a register first, then what most sources say."""

    def first(fact: str) -> str | None:
        return next(iter(facts.get(fact, ())), None)

    days = [day for day in facts.get("date", ()) if is_day(day)]
    day = next(iter(days), None) or first("date") or first("year")
    # "Nghị định 60" is only a way to cite what another source calls by its full number.
    label = next((n for n in facts.get("label", ()) if re.search(r"\d[^ ]*[/-]", n)), None) or first("label") or iri
    # A title with a colon has likely swallowed what follows it.
    titles = sorted(facts.get("title", ()), key=lambda title: ":" in title)
    return Document(
        iri,
        label,
        type=first("type"),
        number=first("number"),
        date=day,
        issuer=together(facts.get("issuer", ()), _authority(iri)),
        provinces=tuple(sorted(facts.get("province", ()), key=place_of)),
        title=next(iter(titles), None),
        force=(first("force") or "").rpartition("InForce-")[2] or None,
        effective=first("effective"),
        other_dates=tuple(sorted(set(days) - {day or ""})),
    )


def _authority(iri: str) -> tuple[str, ...]:
    return parts_of(iri).authority if is_urn(iri) or is_candidate(iri) else ()
