"""The graph as a property graph: the image of the RDF model, with the same names.

Every node has the label ``Resource`` and its IRI as ``uri``; its class is a second label.
Whose it is decides how its facts are kept:

- What belongs to one named graph (a report with its mentions, tasks and findings) is a node
  with its literals as properties and its other facts as relationships.
- A statement is a relationship of its predicate (``IMPLEMENTS``, ``AMENDS`` …) that carries the
  evidence: quote, offsets, section, status; ``hasSource`` is the named graph that says so.
- What many named graphs speak of (documents, bodies, provinces, types) is described by each of
  them: a relationship ``DESCRIBES`` holds all that one graph says of the node.  The node itself
  shows the union of its descriptions, as the default graph does in RDF (`union`).

So a source can be replaced without touching what the others say.  Properties and relationships
bear the local names of their predicates: ``oa:exact`` is ``exact``, ``oa:hasBody`` is ``HAS_BODY``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import groupby
from typing import Final, TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg.ontology.vocabulary import FINDING, FINDINGS, ONTOLOGY, PREDICATES, PREFIXES, term

__all__ = [
    "DESCRIBES",
    "EVIDENCE",
    "OWNED",
    "SHARED",
    "Description",
    "Digest",
    "Item",
    "Link",
    "Node",
    "Properties",
    "Property",
    "digest",
    "image",
    "label_of",
    "owned_prefix",
    "shared",
    "union",
]

_Scalar: TypeAlias = str | int | float | bool
Property: TypeAlias = _Scalar | list[_Scalar] | list[str]
Properties: TypeAlias = dict[str, Property]

DESCRIBES: Final = "DESCRIBES"
"""The relationship from a named graph to a node that it shares with others."""
OWNED: Final = frozenset({"Graph", "Report", "Mention", "Task", "Finding"})
"""Labels of what belongs to one named graph."""

_VERSION: Final = 2
"""Of this image; a graph loaded by another one is loaded again."""
_CLASSES: Final = {
    term("skos:Concept").value: "DocumentType",
    term("skos:ConceptScheme").value: "ConceptScheme",
    term("org:Organization").value: "Body",
}
_LISTS: Final = frozenset({"altLabel", "altLabel_en", "notation", "lookupKey", "placeReason", "placeReason_en"})
"""Properties that have several values by their nature."""
_ENUMERATIONS: Final = (ONTOLOGY, PREFIXES["eli"])
"""Namespaces whose members stand for words: ``kg:done`` is the status ``done``."""

_A, _STATEMENT, _RDF_STATEMENT = term("rdf:type"), term("kg:Statement"), term("rdf:Statement")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_RESOLVED_TO, _MENTION = term("kg:resolvedTo"), term("kg:mention")
_BY_PROVINCE: Final = term("kg:byProvince")
"""Where the relationships of a statement's subject lead to."""
_OF_LINK: Final = frozenset({term("kg:reason"), term("kg:confidence")})
"""What RDF says of a candidate though it is about the link to its document."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Node:
    """A node that belongs to one named graph."""

    uri: str
    label: str | None
    properties: Properties


@dataclass(frozen=True, slots=True)
class Description:
    """What one named graph says of a node that it shares: lists of values, and of IRIs by type of relationship."""

    graph: str
    uri: str
    label: str | None
    properties: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship between two nodes, named by their IRIs."""

    start: str
    type: str
    end: str
    properties: Properties


Item: TypeAlias = Node | Description | Link


@dataclass(frozen=True, slots=True)
class Digest:
    """What tells one state of a named graph from another, and how many triples it has."""

    value: str
    triples: int


def _local(iri: str) -> str:
    name = re.split(r"[#/]", iri)[-1]
    if not _NAME.fullmatch(name):
        raise ValueError(f"no name for a label or property: {iri}")
    return name


@cache
def _type(predicate: NamedNode) -> str:
    """The type of relationship of a predicate.

    >>> _type(term("oa:hasBody")), _type(term("eli:based_on"))
    ('HAS_BODY', 'BASED_ON')
    """
    return _CAMEL.sub("_", _local(predicate.value)).upper()


@cache
def _key(predicate: NamedNode, language: str | None) -> str:
    """The property of a predicate; texts that are not Vietnamese name their language."""
    name = _local(predicate.value)
    return f"{name}_{language}" if language not in (None, "vi") else name


@cache
def label_of(kind: NamedNode) -> str:
    """The label of a class: its local name, or a plainer one.

    >>> label_of(term("kg:Report")), label_of(term("org:Organization"))
    ('Report', 'Body')
    """
    return _CLASSES.get(kind.value) or _local(kind.value)


EVIDENCE: Final = (*sorted(_type(predicate) for predicate in PREDICATES.values()), _type(_RESOLVED_TO))
"""Types of the relationships that carry evidence and name their source."""
_EVIDENCE_PREDICATES: Final = frozenset((*PREDICATES.values(), _RESOLVED_TO))
SHARED: Final = (
    "LegalDocument",
    "CandidateDocument",
    "Body",
    "Province",
    "DocumentType",
    "ConceptScheme",
    "UnitVersion",
)
"""Labels of what named graphs share."""


def owned_prefix(graph: str) -> str:
    """What the IRIs of a graph's own nodes begin with."""
    return FINDING if graph == FINDINGS.value else f"{graph}#"


def digest(store: Store, graph: str) -> Digest:
    """Read all of a named graph; the store yields its triples in an order that only they decide."""
    hashing = _Hashing()
    store.dump(hashing, format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))  # type: ignore[arg-type]
    return Digest(f"{_VERSION}:{hashing.digest.hexdigest()}", hashing.lines)


class _Hashing:
    """A file that keeps nothing but the digest and the number of its lines."""

    def __init__(self) -> None:
        self.digest, self.lines = blake2b(digest_size=16), 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.lines += data.count(b"\n")
        return len(data)

    def flush(self) -> None:
        """Do nothing, as there is nothing to write."""


def image(store: Store, graph: str) -> Iterator[Item]:
    """Yield what a named graph becomes; the store keeps the triples of one subject together."""
    own, prefix = NamedNode(graph), owned_prefix(graph)
    told = _told(store, own)
    quads = store.quads_for_pattern(None, None, None, own)
    for uri, group in groupby(quads, key=lambda quad: quad.subject.value):  # type: ignore[union-attr]
        facts = _facts(group)
        if _STATEMENT in facts.classes:
            yield _statement(graph, uri, facts)
        elif uri == graph or uri.startswith(prefix):
            yield Node(uri, facts.label, {"uri": uri, **_scalars(facts)})
            for predicate, end in facts.objects:
                if (uri, predicate, end) not in told:
                    yield Link(uri, _type(predicate), end, {})
        else:
            yield from _evidence(graph, uri, facts, told)
            if facts.classes or facts.literals or facts.links:
                yield Description(graph, uri, facts.label, facts.description())


def union(
    uri: str, label: str | None, descriptions: Iterable[Mapping[str, Iterable[str]]]
) -> tuple[Properties, set[tuple[str, str]]]:
    """Return the properties of a shared node and its relationships (type, other end).

    Of several values of a property the node shows the greatest, as the stored questions do, and
    all of them as ``…_all``; of dates that exclude each other the settled one (`kg.documents.settled`).
    """
    values: dict[str, set[str]] = {}
    for description in descriptions:
        for key, found in description.items():
            values.setdefault(key, set()).update(found)
    properties: Properties = {"uri": uri}
    if label == "LegalDocument":
        properties["urn"] = uri
    links: set[tuple[str, str]] = set()
    for key, several in sorted(values.items()):
        if key.isupper():
            links.update((key, end) for end in several)
        elif key in _LISTS:
            properties[key] = sorted(several)
        else:
            properties[key] = max(several)
            if len(several) > 1:
                properties[f"{key}_all"] = sorted(several)
    if day := properties.get("settledDate"):
        properties["date_document"] = day
        properties.pop("date_document_all", None)
    return properties, links


def shared(store: Store, uri: str) -> tuple[str | None, Properties, set[tuple[str, str]]]:
    """Return label, properties and relationships of a shared node, read from the union of all graphs."""
    facts = _facts(store.quads_for_pattern(NamedNode(uri), None, None, DefaultGraph()))
    if _RESOLVED_TO in facts.predicates:
        facts.drop_link()
    return facts.label, *union(uri, facts.label, [facts.description()])


class _Facts:
    """What is said of one subject, by kind."""

    def __init__(self) -> None:
        self.classes: set[NamedNode] = set()
        self.literals: dict[str, list[_Scalar]] = {}
        self.objects: list[tuple[NamedNode, str]] = []
        self.predicates: set[NamedNode] = set()

    @property
    def label(self) -> str | None:
        return min(map(label_of, self.classes), default=None)

    @property
    def links(self) -> list[tuple[NamedNode, str]]:
        """Objects that are no evidence."""
        return [(predicate, end) for predicate, end in self.objects if predicate not in _EVIDENCE_PREDICATES]

    def drop_link(self) -> Properties:
        """Take out what is said of the link to the document that a candidate is."""
        keys = [_key(predicate, language) for predicate in _OF_LINK for language in (None, "en")]
        return {key: values[0] for key in keys if (values := self.literals.pop(key, None))}

    def description(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {key: {str(v) for v in values} for key, values in self.literals.items()}
        for predicate, end in self.links:
            found.setdefault(_type(predicate), set()).add(end)
        return {key: sorted(values) for key, values in sorted(found.items())}


def _facts(quads: Iterable[Quad]) -> _Facts:
    facts = _Facts()
    for quad in quads:
        predicate, value = quad.predicate, quad.object
        if predicate == _BY_PROVINCE:
            continue
        facts.predicates.add(predicate)
        if isinstance(value, Literal):
            facts.literals.setdefault(_key(predicate, value.language), []).append(_plain(value))
        elif isinstance(value, NamedNode):
            if predicate == _A:
                facts.classes.add(value)
            elif value.value.startswith(_ENUMERATIONS) and predicate != _PREDICATE:
                facts.literals.setdefault(_key(predicate, None), []).append(re.split("[#/]", value.value)[-1])
            else:
                facts.objects.append((predicate, value.value))
    return facts


def _scalars(facts: _Facts) -> Properties:
    return {key: values[0] if len(values) == 1 else sorted(values, key=str) for key, values in facts.literals.items()}


def _told(store: Store, graph: NamedNode) -> set[tuple[str, NamedNode, str]]:
    """The triples of a graph that a statement tells with its evidence."""
    parts = [
        {quad.subject: quad.object for quad in store.quads_for_pattern(None, part, None, graph)}
        for part in (_SUBJECT, _PREDICATE, _OBJECT)
    ]
    subjects, predicates, objects = parts
    return {
        (subject.value, predicates[node], objects[node].value)  # type: ignore[misc, union-attr]
        for node, subject in subjects.items()
    }


def _statement(graph: str, uri: str, facts: _Facts) -> Link:
    objects = dict(facts.objects)
    properties: Properties = {"uri": uri, **_scalars(facts), "hasSource": graph}
    if mention := objects.get(_MENTION):
        properties["mention"] = mention
    return Link(objects[_SUBJECT], _type(NamedNode(objects[_PREDICATE])), objects[_OBJECT], properties)


def _evidence(graph: str, uri: str, facts: _Facts, told: set[tuple[str, NamedNode, str]]) -> Iterator[Link]:
    for predicate, end in facts.objects:
        if predicate == _RESOLVED_TO:
            yield Link(uri, _type(predicate), end, {**facts.drop_link(), "hasSource": graph})
        elif predicate in _EVIDENCE_PREDICATES and (uri, predicate, end) not in told:
            yield Link(uri, _type(predicate), end, {"hasSource": graph})


_VALUES: Final[dict[str, Callable[[str], _Scalar]]] = {
    term("xsd:integer").value: int,
    term("xsd:decimal").value: float,
    term("xsd:double").value: float,
    term("xsd:boolean").value: lambda text: text in ("true", "1"),
}


def _plain(literal: Literal) -> _Scalar:
    value_of = _VALUES.get(literal.datatype.value)
    return value_of(literal.value) if value_of else literal.value
