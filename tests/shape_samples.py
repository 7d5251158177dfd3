"""A small graph that is right in every respect, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph as Rdf
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import BNode, Node

from kg.ontology.vocabulary import PREFIXES

PREFIXED = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

GOOD = Path(__file__).with_name("right_graph.ttl").read_text("utf-8")

NOTHING = URIRef("urn:x:nothing")


def parsed(text: str) -> Rdf:
    """Turtle with the usual prefixes."""
    return Rdf().parse(data=PREFIXED + text, format="turtle")


def focus_nodes(shapes: Rdf, shape: Node, data: Rdf) -> list[Node]:
    """The nodes of the data that a shape looks at."""
    found: set[Node] = set()
    for kind in shapes.objects(shape, SH.targetClass):
        found |= set(data.subjects(RDF.type, kind))
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        found |= set(data.subjects(predicate))
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        found |= set(data.objects(None, predicate))
    return sorted(found, key=str)


def renamed(data: Rdf, old: Node, new: Node) -> Rdf:
    """The graph with another name for a node, in every place."""
    out = Rdf()
    for s, p, o in data:
        out.add((new if s == old else s, p, new if o == old else o))
    return out


def spoil_node(data: Rdf, node: Node, parameter: URIRef, value: Node) -> tuple[Rdf, Node]:
    """Break a constraint on a node itself; return the graph and the node, which may have another name."""
    if parameter == SH.nodeKind:
        return renamed(data, node, BNode("nameless")), BNode("nameless")
    if parameter == SH.pattern:
        return renamed(data, node, NOTHING), NOTHING
    out = renamed(data, node, node)
    if parameter == SH["not"]:
        for kind in (PREFIXES["kg"] + "CandidateDocument", PREFIXES["kg"] + "LegalDocument"):
            out.add((node, RDF.type, URIRef(kind)))
        return out, node
    removed = (node, RDF.type, value if parameter == SH["class"] else None)
    out.remove(removed)
    return out, node


def spoil_value(data: Rdf, node: Node, path: URIRef, parameter: URIRef, limit: Node) -> Rdf:
    """Break a constraint on the values of a property of a node."""
    out = renamed(data, node, node)
    values = sorted(data.objects(node, path), key=str)
    value = values[0] if values else None
    kind = value.datatype if isinstance(value, Literal) else None
    if parameter == SH.minCount:
        out.remove((node, path, None))
    elif parameter == SH.maxCount:
        others = (NOTHING, URIRef("urn:x:other")) if kind is None and not isinstance(value, Literal) else ()
        for other in others or (Literal("1990", datatype=kind), Literal("1991", datatype=kind)):
            out.add((node, path, other))
    elif parameter == SH.uniqueLang:
        assert isinstance(value, Literal)
        out.add((node, path, Literal("again", lang=value.language)))
    elif parameter == SH.datatype:
        wrong = Literal("x") if limit == RDF.langString else Literal("x", lang="vi")
        out.set((node, path, wrong))
    elif parameter == SH.minLength:
        out.set((node, path, Literal("")))
    elif parameter == SH.pattern:
        out.set((node, path, Literal("!; !") if isinstance(value, Literal) else NOTHING))
    elif parameter == SH.nodeKind:
        out.set((node, path, Literal("no IRI")))
    elif parameter == SH.minInclusive:
        out.set((node, path, Literal("-1", datatype=kind)))
    elif parameter == SH.maxInclusive:
        out.set((node, path, Literal("2", datatype=kind)))
    elif parameter == SH.lessThan:
        out.set((node, path, Literal(10**6, datatype=XSD.integer)))
    else:  # class, node, in, or: a thing that is none of what is asked for
        out.add((node, path, NOTHING))
    return out
