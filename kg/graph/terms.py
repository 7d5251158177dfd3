"""IRIs, dates, strings and numbers of the graph, as RDF terms and as N-Triples write them.

Most of a graph is written as text, since a million objects of which nothing is asked would take most of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.documents.urn import scope_key
from kg.ontology.vocabulary import BODY, PLACE, TYPE, term
from kg.text.slugs import slug

__all__ = [
    "Add",
    "adder",
    "body_iri",
    "body_resource",
    "date_literal",
    "date_text",
    "decimal",
    "integer",
    "own_body_resource",
    "parsed",
    "place_iri",
    "place_resource",
    "resource",
    "string",
    "tagged",
    "term_text",
    "type_iri",
    "type_resource",
    "typed",
]

Add = Callable[[str, str, str], None]
"""Takes subject, predicate and object as N-Triples write them."""


def adder(lines: dict[str, None]) -> Add:
    """Return what adds a triple to ``lines``, each once."""

    def add(subject: str, predicate: str, value: str) -> None:
        lines[f"{subject} {predicate} {value} .\n"] = None

    return add


def parsed(triples: bytes, graph: NamedNode) -> Iterator[Quad]:
    """Yield N-Triples as quads of a graph."""
    found = parse(triples, format=RdfFormat.N_TRIPLES)
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found)


def term_text(name: str) -> str:
    """Return a term of the vocabulary as N-Triples write it.

    >>> term_text("rdfs:label")
    '<http://www.w3.org/2000/01/rdf-schema#label>'
    """
    return str(term(name))


_DECIMAL, _INTEGER = term_text("xsd:decimal"), term_text("xsd:integer")
_DATES: Final = {10: term("xsd:date"), 7: term("xsd:gYearMonth"), 4: term("xsd:gYear")}
"""Datatypes of dates by the length of what is written."""
_ISO_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


@lru_cache(maxsize=65536)
def body_iri(name: str) -> NamedNode:
    """Return the IRI of the body with this canonical name.

    >>> body_iri("Ủy ban nhân dân tỉnh Hậu Giang").value
    'https://w3id.org/vn-legal-kg/body/uy-ban-nhan-dan-tinh-hau-giang'
    """
    return NamedNode(BODY + slug(name))


@lru_cache(maxsize=1024)
def place_iri(name: str) -> NamedNode:
    """Return the IRI of the province with this name, without "tỉnh" or "thành phố"."""
    return NamedNode(PLACE + slug(name))


@lru_cache(maxsize=1024)
def type_iri(name: str) -> NamedNode:
    """Return the SKOS concept of the document type with this name."""
    return NamedNode(TYPE + slug(name))


def date_literal(value: str) -> Literal | None:
    """Return an ISO date of day, month or year precision as a typed literal, None if there is no such date.

    >>> date_literal("2024-06").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    >>> date_literal("2024-02-30") is None
    True
    """
    if not _ISO_DATE.fullmatch(value):
        return None
    try:
        date.fromisoformat(value + "0001-01-01"[len(value) :])
    except ValueError:
        return None
    return Literal(value, datatype=_DATES[len(value)])


@lru_cache(maxsize=8192)
def date_text(value: str) -> str | None:
    """Return `date_literal` as N-Triples write it."""
    literal = date_literal(value)
    return str(literal) if literal else None


@lru_cache(maxsize=1024)
def decimal(value: float) -> str:
    """Return a number with up to three decimals as N-Triples write it."""
    # The canonical form, XML Schema 1.1 part 2, appendix E.1; stores may write any other one so.
    return typed(f"{value:.3f}".rstrip("0").rstrip("."), _DECIMAL)


_ESCAPED: Final = re.compile(r'[\x00-\x1f"\\\x7f]')


def string(text: str) -> str:
    """Return a string as N-Triples write it.

    >>> print(string('chợ "Cầu Đất"'))
    "chợ \\"Cầu Đất\\""
    """
    return str(Literal(text)) if _ESCAPED.search(text) else f'"{text}"'


def tagged(text: str, language: str = "vi") -> str:
    """Return a string in a language as N-Triples write it."""
    return f"{string(text)}@{language}"


def typed(value: str, datatype: str) -> str:
    """Return a value as N-Triples write it; ``datatype`` is that of `term_text`."""
    return f'"{value}"^^{datatype}'


def integer(value: int) -> str:
    """Return a whole number as N-Triples write it."""
    return typed(str(value), _INTEGER)


def resource(iri: str) -> str:
    """Return an IRI as N-Triples write it; raises ValueError for what is none."""
    return str(NamedNode(iri))


@lru_cache(maxsize=65536)
def body_resource(name: str) -> str:
    """Return `body_iri` as N-Triples write it."""
    return str(body_iri(name))


@lru_cache(maxsize=4096)
def own_body_resource(name: str, source: str) -> str:
    """Return the IRI of a body that a source names without telling which of that name, as N-Triples write it.

    >>> own_body_resource("Ủy ban nhân dân huyện Châu Thành", "file:///a.txt")
    '<https://w3id.org/vn-legal-kg/body/b1183b8039af972e/uy-ban-nhan-dan-huyen-chau-thanh>'
    """
    return resource(f"{BODY}{scope_key(source)}/{slug(name)}")


@lru_cache(maxsize=1024)
def place_resource(name: str) -> str:
    """Return `place_iri` as N-Triples write it."""
    return str(place_iri(name))


@lru_cache(maxsize=1024)
def type_resource(name: str) -> str:
    """Return `type_iri` as N-Triples write it."""
    return str(type_iri(name))
