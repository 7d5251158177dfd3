"""What the words of a question stand for, asked of the server.

The rules are those of `kg.answers.resolve`, which reads a store: so the few names that the
given parameters can stand for are copied from the server into a store in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.answers import Bound, StoredQuery, resolve
from kg.neo4j.server import Server
from kg.store import Graph
from kg.vocabulary import term

__all__ = ["bind"]

_HERE: Final = NamedNode("urn:kg:names")
_A = term("rdf:type")


def bind(server: Server, query: StoredQuery, parameters: Mapping[str, str | int | None]) -> dict[str, Bound]:
    """Return the value of each given parameter as RDF terms; raises KgError as `kg.answers.run` does."""
    store = Store()
    for parameter in query.parameters:
        text = str(parameters.get(parameter.name) or parameter.default or "").strip()
        if text and (ask := _NAMES.get(parameter.type)):
            for subject, predicate, value in ask(server, text):
                for graph in (_HERE, DefaultGraph()):
                    store.add(Quad(NamedNode(subject), predicate, value, graph))
    return resolve(Graph(Path(server.uri), store, read_only=True), query, parameters)


_Triple = tuple[str, NamedNode, NamedNode | Literal]

# One query a label, for an index serves one label; the text indexes answer CONTAINS.
_DOCUMENTS: Final = """
MATCH (d:LegalDocument) WHERE d.uri CONTAINS $needle
RETURN d.uri AS uri, 'kg:LegalDocument' AS class, d.label AS label, null AS resolved
UNION
MATCH (d:CandidateDocument) WHERE d.uri CONTAINS $needle
OPTIONAL MATCH (d)-[:RESOLVED_TO]->(document)
RETURN d.uri AS uri, 'kg:CandidateDocument' AS class, d.label AS label, document.uri AS resolved
"""
_NAMED: Final = """
MATCH (n:{label})
RETURN n.uri AS uri, [{properties}] AS names
"""


def _documents(server: Server, given: str) -> Iterator[_Triple]:
    # Kept out of the module's imports: reading a citation loads the tables, which other questions don't need.
    from kg.lookup import read_wording

    wanted = next(read_wording(given), None)
    if wanted is None:
        return
    running = wanted.number.split("-", 1)[0]
    for row in server.read(_DOCUMENTS, needle=f";{running}"):
        yield row["uri"], _A, term(row["class"])
        if row["label"]:
            yield row["uri"], term("rdfs:label"), Literal(row["label"])
        if row["resolved"]:
            yield row["uri"], term("kg:resolvedTo"), NamedNode(row["resolved"])


def _named(label: str, kind: str, properties: Mapping[str, str]) -> Callable[[Server, str], Iterator[_Triple]]:
    """Return a function that yields the names of all nodes with a label; ``properties`` maps them to predicates."""
    cypher = _NAMED.format(label=label, properties=", ".join(f"n.{name}" for name in properties))

    def ask(server: Server, _given: str) -> Iterator[_Triple]:
        for row in server.read(cypher):
            yield row["uri"], _A, term(kind)
            for predicate, value in zip(properties.values(), row["names"], strict=True):
                for name in _several(value):
                    yield row["uri"], term(predicate), Literal(name)

    return ask


def _several(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else value or ()


_NAMES: Final = {
    "document": _documents,
    "province": _named(
        "Province",
        "kg:Province",
        {"label": "rdfs:label", "label_all": "rdfs:label", "altLabel": "skos:altLabel"},
    ),
    "body": _named("Body", "org:Organization", {"label": "rdfs:label", "label_all": "rdfs:label"}),
    "report": _named(
        "Report",
        "kg:Report",
        {"source": "dcterms:source", "title": "dcterms:title", "id_local": "eli:id_local"},
    ),
}
