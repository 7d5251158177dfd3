"""The graph, or a view of it, as a property graph.

Nodes are documents, reports, bodies, provinces and tasks, each with a readable ``label`` and a ``kind``; edges
carry ``rel``, the ``quote`` that proves them, its ``status`` and ``section``, and the ``report`` that says so.

Views: ``full``; ``documents``, documents and reports with what they do to each other;
``implementation``, who carries out what: provinces, their reports and documents, and the
documents that these implement or were issued for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.vocabulary import PREFIXES, term

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = nx.MultiDiGraph[str]

__all__ = ["ATTRIBUTES", "VIEWS", "network"]

VIEWS: Final = ("full", "documents", "implementation")

_KINDS: Final = {
    "kg:LegalDocument": "document",
    "kg:CandidateDocument": "candidate",
    "kg:Report": "report",
    "org:Organization": "body",
    "kg:Province": "province",
    "kg:Task": "task",
}
_DOCUMENTS: Final = ("document", "candidate", "report")
_KINDS_IN_VIEW: Final = {
    "full": frozenset(_KINDS.values()),
    "documents": frozenset(_DOCUMENTS),
    "implementation": frozenset((*_DOCUMENTS, "body", "province")),
}
_CARRIED_OUT: Final = frozenset({"implements", "issued", "guides"})

ATTRIBUTES: Final = {
    "type": "eli:type_document",
    "number": "eli:id_local",
    "date": "eli:date_document",
    "year": "kg:year",
    "title": "dcterms:title",
    "period": "kg:period",
    "path": "dcterms:source",
    "status": "kg:status",
    "deadline": "kg:deadline",
    "text": "oa:exact",
    "section": "kg:section",
}
"""What a node says of itself: name of the attribute and the term it comes from."""
# Edges without a statement of their own.
_LINKS: Final = (
    "eli:realizes",
    "eli:passed_by",
    "kg:forProvince",
    "kg:inProvince",
    "kg:resolvedTo",
    "kg:assignedTo",
    "kg:currentUnit",
)
_STATEMENTS: Final = """
SELECT ?node ?from ?rel ?to ?quote ?status ?section ?report {
  ?node a kg:Statement ; rdf:subject ?from ; rdf:predicate ?rel ; rdf:object ?to ;
    oa:exact ?quote ; oa:hasSource ?report .
  OPTIONAL { ?node kg:status ?status }
  OPTIONAL { ?node kg:section ?section }
} ORDER BY ?node
"""
_TASKS: Final = """
SELECT ?node ?rel ?to ?quote ?status ?report {
  ?node a kg:Task ; oa:exact ?quote ; oa:hasSource ?report ; ?rel ?to .
  FILTER(?rel IN (eli:implements, kg:mentions, oa:hasSource))
  OPTIONAL { ?node kg:status ?status }
} ORDER BY ?node ?rel ?to
"""


def network(graph: Graph, *, view: str = "full", document: str | None = None, depth: int = 1) -> Network:
    """Return the property graph of a view, as a networkx graph with IRIs for nodes."""
    import networkx as nx

    found: Network = nx.MultiDiGraph()
    for iri, attributes in _nodes(graph, _KINDS_IN_VIEW[view]):
        found.add_node(iri, **attributes)
    for number, (start, end, attributes) in enumerate(_edges(graph, view), 1):
        if start in found and end in found:
            found.add_edge(start, end, key=f"e{number}", **attributes)
    if view == "implementation":
        # Documents first: a body or province stays for the documents and bodies that stay.
        for kinds in (_DOCUMENTS, ("body",), ("province",)):
            nodes = [node for node, data in found.nodes(data=True) if data["kind"] in kinds]
            found.remove_nodes_from([node for node in nodes if not _carries_out(found, node, kinds[0])])
    if document is None:
        return found
    if document not in found:
        raise KgError.of("export.absent", document=document)
    near: Network = nx.ego_graph(found, document, radius=depth, undirected=True)
    return near


def _carries_out(found: Network, node: str, kind: str) -> bool:
    """Tell whether a document carries out another or is carried out, and anything else belongs to one."""
    if kind in _DOCUMENTS:
        edges = [*found.out_edges(node, data="rel"), *found.in_edges(node, data="rel")]
        return any(rel in _CARRIED_OUT for _, _, rel in edges)
    return any(other != node for other in found.predecessors(node))


def _nodes(graph: Graph, kinds: frozenset[str]) -> Iterator[tuple[str, dict[str, str]]]:
    values: dict[str, dict[str, str]] = {}
    texts: dict[NamedNode, str] = {}

    def first(predicate: str, node: NamedNode, lang: str | None = None) -> str | None:
        """Least value of a property, in ``lang`` if one is given: a document may be described by many reports."""
        found = graph.store.quads_for_pattern(node, term(predicate), None, DefaultGraph())
        told = (quad.object for quad in found)
        return min((text_of(o) for o in told if not lang or getattr(o, "language", None) == lang), default=None)

    def name_of(node: NamedNode) -> str | None:
        """The greatest label, as in the stored questions."""
        found = graph.store.quads_for_pattern(node, term("rdfs:label"), None, DefaultGraph())
        return max((text_of(quad.object) for quad in found), default=None)

    def text_of(value: object) -> str:
        if isinstance(value, Literal):
            return value.value
        assert isinstance(value, NamedNode)
        if value not in texts:
            name = first("skos:prefLabel", value, "vi") if value.value.startswith(PREFIXES["kgtype"]) else None
            texts[value] = name or _local(value.value)
        return texts[value]

    for class_name, kind in _KINDS.items():
        if kind not in kinds:
            continue
        for quad in graph.store.quads_for_pattern(None, term("rdf:type"), term(class_name), DefaultGraph()):
            node = quad.subject
            assert isinstance(node, NamedNode)
            if node.value in values:
                continue
            attributes = {
                name: text for name, predicate in ATTRIBUTES.items() if (text := first(predicate, node)) is not None
            }
            label = name_of(node) or _label(attributes, node.value)
            if settled := first("kg:settledDate", node):
                attributes["date"] = settled
            values[node.value] = _clean({"label": label, "kind": kind, "iri": node.value, **attributes})
    return iter(sorted(values.items()))


def _label(attributes: dict[str, str], iri: str) -> str:
    """Name what has no label of its own: a report by its title or file, a task by its words."""
    name = attributes.get("title") or attributes.get("text") or Path(attributes.get("path", iri)).name
    line = " ".join(name.split())
    return line if len(line) <= 80 else line[:79] + "…"


def _edges(graph: Graph, view: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    for row in graph.select(_STATEMENTS):
        if view != "implementation" or _local(str(row["rel"])) in _CARRIED_OUT:
            yield _edge(row)
    if view == "full":
        for row in graph.select(_TASKS):
            yield _edge({**row, "from": row["node"]})
    for name in _LINKS:
        found = graph.store.quads_for_pattern(None, term(name), None, DefaultGraph())
        links = {(quad.subject.value, quad.object.value) for quad in found}  # type: ignore[union-attr]
        for start, end in sorted(links):
            yield start, end, {"rel": _local(name), "label": _local(name)}


def _edge(row: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
    rel = _local(row["rel"])
    attributes = {"rel": rel, "label": rel, "quote": row["quote"], "report": row["report"]}
    for name in ("status", "section"):
        if row.get(name):
            attributes[name] = _local(row[name]) if name == "status" else row[name]
    return row["from"], row["to"], _clean(attributes)


def _local(iri: str) -> str:
    """Last part of an IRI or prefixed name."""
    return re.split(r"[#/:]", iri)[-1]


# Characters that XML 1.0 does not allow, section 2.2.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(attributes: dict[str, str]) -> dict[str, str]:
    return {name: _NOT_XML.sub("", value) for name, value in attributes.items()}
