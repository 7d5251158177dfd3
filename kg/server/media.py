"""Which form of a result a request asks for (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["RESULTS", "TRIPLES", "choose", "ranked"]

RESULTS: Final[Mapping[str, str]] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""Media type -> format of `kg.graph.store.written` for SELECT and ASK, the preferred ones first."""
TRIPLES: Final[Mapping[str, str]] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
"""Media type -> format for CONSTRUCT and DESCRIBE."""


def ranked(header: str) -> list[str]:
    """Return what an ``Accept`` or ``Accept-Language`` header lists, the most wanted first.

    >>> ranked("text/csv;q=0.5, application/json, text/html;q=0")
    ['application/json', 'text/csv']
    """
    found: list[tuple[float, int, str]] = []
    for part in header.split(","):
        name, *settings = (piece.strip() for piece in part.split(";"))
        weights = [value for key, _, value in (setting.partition("=") for setting in settings) if key.lower() == "q"]
        try:
            weight = float(weights[0]) if weights else 1.0
        except ValueError:
            weight = 0.0
        if name and weight > 0:
            found.append((-weight, len(found), name))
    return [name for _, _, name in sorted(found)]


def choose(header: str, known: Mapping[str, str]) -> str | None:
    """Return the media type of ``known`` that ``header`` wants most, the first without one; None for none.

    >>> choose("text/html, text/*;q=0.5", RESULTS), choose("", TRIPLES), choose("image/png", TRIPLES)
    ('text/csv', 'text/turtle', None)
    """
    for wanted in ranked(header or "*/*"):
        kind, _, _ = wanted.lower().partition("/")
        for name in known:
            if wanted.lower() in (name, "*/*") or wanted.lower() == f"{kind}/*" == f"{name.partition('/')[0]}/*":
                return name
    return None
