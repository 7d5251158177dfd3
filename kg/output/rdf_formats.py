"""The named graphs as RDF: Turtle, N-Quads, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import IO, Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.graph.store import Graph
from kg.ontology.vocabulary import PREFIXES, term

__all__ = ["RDF", "graphs"]

_Graphs: TypeAlias = Iterator[tuple[NamedNode, list[Quad]]]


def graphs(graph: Graph, keep: frozenset[str] | None) -> _Graphs:
    """Yield each named graph with its quads in order; ``keep`` selects nodes and what is said of them."""
    for name in graph.names():
        quads = sorted(graph.store.quads_for_pattern(None, None, None, name), key=str)
        if keep is not None:
            quads = _selected(quads, keep)
        if quads:
            yield name, quads


def _selected(quads: list[Quad], keep: frozenset[str]) -> list[Quad]:
    ends: dict[str, int] = {}
    for quad in quads:
        if quad.predicate in _ENDS and _value(quad.object) in keep:
            ends[_value(quad.subject)] = ends.get(_value(quad.subject), 0) + 1
    return [
        quad
        for quad in quads
        if ends.get(_value(quad.subject)) == len(_ENDS)
        or (
            _value(quad.subject) in keep
            and (isinstance(quad.object, Literal) or quad.predicate in _CLASSES or _value(quad.object) in keep)
        )
    ]


_ENDS: Final = (term("rdf:subject"), term("rdf:object"))
_CLASSES: Final = (term("rdf:type"), term("eli:type_document"), term("kg:status"))


def _value(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


def _write_nquads(graphs: _Graphs, file: IO[bytes]) -> None:
    for _, quads in graphs:
        serialize(quads, file, RdfFormat.N_QUADS)


def _write_turtle(graphs: _Graphs, file: IO[bytes]) -> None:
    """Write the union of the graphs."""
    serialize(
        sorted({quad.triple for _, quads in graphs for quad in quads}, key=str),
        file,
        RdfFormat.TURTLE,
        prefixes=dict(PREFIXES),
    )


def _write_jsonld(graphs: _Graphs, file: IO[bytes]) -> None:
    """Write one JSON-LD document, compacted with the project's context, a named graph at a time."""
    file.write(b'{"@context": ' + json.dumps(_context(), ensure_ascii=False).encode())
    file.write(b',\n"@graph": [')
    for number, (name, quads) in enumerate(graphs):
        nodes: dict[str, dict[str, Any]] = {}
        for quad in quads:
            subject = _value(quad.subject)
            node = nodes.setdefault(subject, {"id": subject})
            key, value = _compact(quad)
            node.setdefault(key, []).append(value)
        block = {"id": name.value, "@graph": [_unwrap(node) for node in nodes.values()]}
        file.write(b",\n" if number else b"\n")
        file.write(json.dumps(block, ensure_ascii=False).encode())
    file.write(b"\n]}\n")


def _unwrap(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


def _context() -> dict[str, Any]:
    text = files("kg.ontology").joinpath("context.jsonld").read_text(encoding="utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


@cache
def _terms() -> dict[tuple[str, str | None], str]:
    """Terms of the context by IRI and what their values are: ``@id``, a datatype or ``@language``."""
    terms: dict[tuple[str, str | None], str] = {}
    for name, definition in _context().items():
        if isinstance(definition, dict):
            kind = definition.get("@type") or ("@" + definition["@language"] if "@language" in definition else None)
            terms[_expand(definition["@id"]), _expand(kind) if kind else None] = name
    return terms


def _expand(name: str) -> str:
    return name if name.startswith("@") else term(name).value


def _shorten(iri: str) -> str:
    """Return a prefixed name if there is a prefix for it, else the IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _compact(quad: Quad) -> tuple[str, Any]:
    """Return the key and the value of a quad in the JSON-LD of the project's context."""
    predicate, value = quad.predicate.value, quad.object
    if not isinstance(value, Literal):
        iri = _value(value)
        if quad.predicate == _CLASSES[0]:
            return "type", _shorten(iri)
        key = _terms().get((predicate, "@id"))
        return (key, _shorten(iri)) if key else (_shorten(predicate), {"id": _shorten(iri)})
    kind = f"@{value.language}" if value.language else value.datatype.value
    plain = kind == term("xsd:string").value
    if key := _terms().get((predicate, None if plain else kind)):
        return key, int(value.value) if kind == term("xsd:integer").value else value.value
    shape = {"@language": value.language} if value.language else {"@type": _shorten(kind)}
    return _shorten(predicate), value.value if plain else {"@value": value.value, **shape}


RDF: Final[dict[str, Callable[[_Graphs, IO[bytes]], None]]] = {
    "turtle": _write_turtle,
    "nquads": _write_nquads,
    "jsonld": _write_jsonld,
}
