"""What a query found, in plain values and in the standard forms of SPARQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from kg.messages import KgError
from kg.ontology.vocabulary import PREFIXES, term

__all__ = ["Value", "plain", "written"]

Value: TypeAlias = str | int | float | bool | None
"""A cell of an answer; an IRI is its text."""


def plain(found: QuerySolutions) -> list[dict[str, Value]]:
    """Return the solutions as dictionaries of plain values; unbound is None."""
    names = [variable.value for variable in found.variables]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in found]


def written(found: QuerySolutions | QueryBoolean | QueryTriples, format: str | None = None) -> bytes:
    """Return a result in one of the forms of `Graph.answer`."""
    if isinstance(found, QueryTriples):
        return serialize(found, format=_choose(_TRIPLES, format or "turtle"), prefixes=dict(PREFIXES)) or b""
    return found.serialize(format=_choose(_RESULTS, format or "json")) or b""


_RESULTS: Final = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
_TRIPLES: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}

_Format = TypeVar("_Format")


def _choose(formats: dict[str, _Format], name: str) -> _Format:
    try:
        return formats[name]
    except KeyError:
        raise KgError.of("sparql.format", given=name, names=", ".join(formats)) from None


_NUMBERS: Final[dict[str, Callable[[str], int | float]]] = {
    term("xsd:integer").value: int,
    term("xsd:decimal").value: float,
    term("xsd:double").value: float,
}
_BOOLEAN: Final = term("xsd:boolean").value


def _plain(cell: object) -> Value:
    if cell is None:
        return None
    if not isinstance(cell, Literal):
        return cell.value if isinstance(cell, NamedNode) else str(cell)
    datatype = cell.datatype.value
    if datatype == _BOOLEAN:
        return cell.value in ("true", "1")
    try:
        return _NUMBERS[datatype](cell.value)
    except (KeyError, ValueError):  # no number, or none that can be read: "abc"^^xsd:integer
        return cell.value
