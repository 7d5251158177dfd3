"""What the words of a question stand for, asked of the server.

The rules are those of `kg.answers.questions.resolve`, which asks a graph by SPARQL.  Here that graph is a
small one in memory: before it answers, it asks the server for what a query names, the documents
by identifier or part of one, or all provinces, bodies or reports with their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from kg.answers.questions import Bound, StoredQuery, resolve, unit_values
from kg.documents.urn import lookup_keys
from kg.graph.binding import Rows
from kg.graph.store import Graph
from kg.graph.summaries import Summary
from kg.neo4j.server import Server
from kg.ontology.vocabulary import SUMMARIES, term

__all__ = ["Replica", "bind"]


def bind(
    server: Server, query: StoredQuery, parameters: Mapping[str, str | int | None], day: str | None = None
) -> tuple[dict[str, Bound], dict[str, Rows]]:
    """Return the value of each given parameter as RDF terms, and the units of ``day`` to count by.

    Raises KgError as `kg.answers.questions.run` does.
    """
    known = Replica(server)
    return resolve(known, query, parameters, day), unit_values(known, query, day)


_Triple: TypeAlias = tuple[str, str, NamedNode | Literal] | tuple[str, str, NamedNode | Literal, str]
"""Subject, predicate, object, and which source says so where that counts."""

_HERE: Final = "urn:kg:names"
_IRI: Final = re.compile(r"<(urn:lex:[^<>]+|https://w3id\.org/vn-legal-kg/candidate/[^<>]+)>")
_KEYS: Final = re.compile(r"VALUES \?key \{ ([^}]*) \}")
_KEY: Final = re.compile(r'"(?:[a-z.]+-(?=\d))?([^"\\]*)"')
"""A key without the type before a running number, which no part of an identifier is."""

# A query for each label and for other names, since an index serves one label: the text indexes answer CONTAINS.
_CONTAINING: Final = """
MATCH (d:LegalDocument) WHERE d.uri CONTAINS $needle RETURN d.uri AS uri
UNION
MATCH (d:CandidateDocument) WHERE d.uri CONTAINS $needle RETURN d.uri AS uri
UNION
MATCH (d)-[:SAME_AS]->(name) WHERE name.uri CONTAINS $needle RETURN d.uri AS uri
"""
_DOCUMENTS: Final = """
UNWIND $uris AS uri
MATCH (d:Resource {uri: uri}) WHERE d:LegalDocument OR d:CandidateDocument
RETURN uri, d:LegalDocument AS identified,
       coalesce(d.label_all, d.label) AS label,
       COLLECT { MATCH (source)-[told:DESCRIBES]->(d) RETURN
           [source.uri, coalesce(told.date_document_all, told.date_document)] } AS days,
       d.settledDate AS settled, coalesce(d.year_all, d.year) AS year,
       COLLECT { MATCH (d)-[:PASSED_BY]->(b) RETURN [b.uri, b.label] } AS bodies,
       COLLECT { MATCH (d)-[:TYPE_DOCUMENT]->(t) RETURN [t.uri, t.prefLabel] } AS types,
       COLLECT { MATCH (d)-[:SAME_AS]->(name) RETURN name.uri } AS names,
       COLLECT { MATCH (d)-[:RESOLVED_TO]->(document) RETURN document.uri } AS resolved,
       COUNT { (d)<-[:RESOLVED_TO*0..1]-()<-[:HAS_BODY]-() } AS mentions
"""
_NAMED: Final = {
    "kg:Province": ("Province", {"label": "rdfs:label", "label_all": "rdfs:label", "altLabel": "skos:altLabel"}),
    "org:Organization": ("Body", {"label": "rdfs:label", "label_all": "rdfs:label"}),
    "kg:Report": ("Report", {"source": "dcterms:source", "title": "dcterms:title", "id_local": "eli:id_local"}),
}
"""Class -> its label, and the properties that name its members with their predicates."""


class Replica(Graph):
    """A graph in memory with as much of the server's as the queries need that are put to it."""

    def __init__(self, server: Server) -> None:
        super().__init__(Path(server.uri), Store(), read_only=True)
        self._server = server
        self._known: set[str] = set()

    def objects(self, iri: str, name: str) -> Iterator[NamedNode | Literal]:
        """As `Graph.objects`, once the server has told of the node."""
        self._ask(_IRI.findall(f"<{iri}>"))
        return super().objects(iri, name)

    def query(self, sparql: str, /, **values: NamedNode | Literal) -> QuerySolutions | QueryBoolean | QueryTriples:
        """As `Graph.query`, once the server has told of what the query names."""
        uris = _IRI.findall(sparql)
        for key in self._new(f";{key}" for keys in _KEYS.findall(sparql) for key in _KEY.findall(keys)):
            uris += [row["uri"] for row in self._server.read(_CONTAINING, needle=key)]
        self._ask(uris)
        for kind in self._new(kind for kind in _NAMED if f" {kind} " in sparql):
            self._add(_members(self._server, kind))
        return super().query(sparql, **values)

    def _ask(self, uris: Iterable[str]) -> None:
        if asked := self._new(uris):
            self._add(_documents(self._server, asked))

    def _new(self, names: Iterable[str]) -> list[str]:
        new = [name for name in dict.fromkeys(names) if name not in self._known]
        self._known.update(new)
        return new

    def _add(self, triples: Iterable[_Triple]) -> None:
        for subject, predicate, value, *source in triples:
            for graph in (NamedNode(*source or (_HERE,)), DefaultGraph()):
                self.store.add(Quad(NamedNode(subject), term(predicate), value, graph))


def _documents(server: Server, uris: list[str]) -> Iterator[_Triple]:
    for row in server.read(_DOCUMENTS, uris=uris):
        uri = row["uri"]
        yield uri, "rdf:type", term("kg:LegalDocument" if row["identified"] else "kg:CandidateDocument")
        for key, predicate in (("label", "rdfs:label"), ("year", "kg:year")):
            for value in _several(row[key]):
                yield uri, predicate, Literal(value)
        for source, said in row["days"]:  # which day counts is decided by who tells it
            for day in _several(said):
                yield uri, "eli:date_document", Literal(day), source
        if row["settled"]:
            yield uri, "kg:settledDate", Literal(row["settled"]), SUMMARIES.value
        for identifier in (uri, *row["names"]):
            for key in lookup_keys(identifier):
                yield uri, "kg:lookupKey", Literal(key)
        for body, label in row["bodies"]:
            yield uri, "eli:passed_by", NamedNode(body)
            yield body, "rdfs:label", Literal(label)
        for concept, label in row["types"]:
            yield uri, "eli:type_document", NamedNode(concept)
            yield concept, "skos:prefLabel", Literal(label, language="vi")
        for key, predicate in (("names", "owl:sameAs"), ("resolved", "kg:resolvedTo")):
            for value in row[key]:
                yield uri, predicate, NamedNode(value)
        yield uri, "kg:summary", Literal(Summary(row["mentions"]).text())


def _members(server: Server, kind: str) -> Iterator[_Triple]:
    label, properties = _NAMED[kind]
    values = ", ".join(f"n.{name}" for name in properties)
    of = "COLLECT { MATCH (n)-[:OF_KIND]->(kind) RETURN kind.uri } AS kinds"
    for row in server.read(f"MATCH (n:{label}) RETURN n.uri AS uri, [{values}] AS names, {of}"):
        yield row["uri"], "rdf:type", term(kind)
        for one in row["kinds"]:
            yield row["uri"], "kg:ofKind", NamedNode(one)
        for predicate, value in zip(properties.values(), row["names"], strict=True):
            for name in _several(value):
                yield row["uri"], predicate, Literal(name)


def _several(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else value or ()
