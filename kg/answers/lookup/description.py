"""What a graph knows of a document: what identifies it, what it does to others and they to it, what is open in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal

from kg.answers.lookup.names import names
from kg.answers.lookup.properties import Properties
from kg.documents.authority import together
from kg.documents.urn import parts_of
from kg.entities.dates import shown
from kg.messages import language
from kg.ontology.vocabulary import PLACE

if TYPE_CHECKING:
    from kg.answers.lookup.resolution import Match
    from kg.graph.store import Graph
    from kg.graph.summaries import Summary

__all__ = ["Facts", "facts", "findings", "province", "related", "relations", "told_apart"]


class Facts(NamedTuple):
    """What identifies a document; of several values the greatest, as in the stored questions, of joint issuers all.

    Of dates that exclude each other it is the settled one (`kg.documents.settled`).
    """

    type: str | None
    number: str | None
    date: str | None
    issuer: str | None


def facts(read: Properties, iri: str) -> Facts:
    """Return what identifies a document."""
    kinds = [name for kind in read.values(iri, "eli:type_document") for name in read.terms(kind, "skos:prefLabel")]
    types = [name.value for name in kinds if isinstance(name, Literal) and name.language == "vi"]
    days = read.values(iri, "kg:settledDate") or [*read.values(iri, "eli:date_document"), *read.values(iri, "kg:year")]
    type_, number, date = (max(values, default=None) for values in (types, read.values(iri, "eli:id_local"), days))
    return Facts(type_, number, date, together(sorted(read.issuers(iri), reverse=True), parts_of(iri).authority))


def told_apart(graph: Graph, match: Match) -> str:
    """Return how to call one of several documents of one number: label, issuer, date and identifier."""
    known = facts(Properties(graph), match.iri)
    day = shown(known.date) if known.date and language() == "vi" else known.date
    details = ", ".join(filter(None, (known.issuer, day)))
    return f"{match.label} ({details}) <{match.iri}>" if details else f"{match.label} <{match.iri}>"


def province(read: Properties, iri: str) -> str:
    """Return the name of a province, from the table where it has it: a document may have dozens."""
    return names("province").get(iri.removeprefix(PLACE).replace("-", ".")) or read.label(iri) or iri


def relations(read: Properties, summary: Summary, most: int | None) -> Iterator[dict[str, Any]]:
    """Yield what is done to a document and what it does, to which other one, ``most`` of each kind.

    All reports count as one and come first.
    """
    ordered = sorted(summary.relations, key=lambda one: (*one[:2], one[2] != "", -one[3], one[2]))
    for _, same in groupby(ordered, key=lambda one: one[:2]):
        told = list(same)
        reports = not told[0][2]
        for rel, direction, other, n in told[: most if most is None else most + reports]:
            label = read.label(other) if other else None
            yield {"rel": rel, "direction": direction, "document": other or None, "label": label, "count": n}


def related(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield of each kind of relation how many other documents and statements there are, reports included."""
    documents, statements = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for rel, direction, other, n in summary.relations:
        documents[rel, direction] += bool(other)
        statements[rel, direction] += n
    for rel, direction in sorted(statements):
        n = statements[rel, direction]
        yield {"rel": rel, "direction": direction, "documents": documents[rel, direction], "count": n}


class _Finding(NamedTuple):
    code: str
    severity: str | None
    message: str | None
    suggests: str | None
    report: str | None


def findings(read: Properties, iri: str) -> Iterator[dict[str, str | None]]:
    """Yield what was found wrong or open about a document, also where it is cited as a candidate."""
    subjects = read.graph.subjects
    cited = (iri, *subjects("kg:resolvedTo", iri))
    nodes = {node for one in cited for name in ("kg:about", "kg:suggests") for node in subjects(name, one)}
    for row in sorted({_finding(read, node) for node in nodes}, key=_in_order):
        yield row._asdict()


def _in_order(row: _Finding) -> tuple[str, ...]:
    return tuple(value or "" for value in (row.code, row.report, row.message, row.suggests))


def _finding(read: Properties, node: str) -> _Finding:
    """A finding with all that it suggests, documents or another wording."""

    def value(name: str) -> str | None:
        return "; ".join(sorted(read.values(node, name))) or None

    severity = value("kg:severity")
    return _Finding(
        value("kg:code") or "",
        severity and re.split("[#/]", severity)[-1],
        value("rdfs:comment"),
        value("kg:suggests") or value("kg:suggestion"),
        value("oa:hasSource"),
    )
