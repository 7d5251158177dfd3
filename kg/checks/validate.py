"""Is a graph as it should be: the SHACL shapes of the model.

The shapes are ``ontology/shapes.ttl``; they need the library pyshacl.  The store answers what it
can, which is many times faster: the SPARQL constraints, which name their own targets, and which
nodes may break another constraint (`kg.checks.suspects`); pyshacl looks at these alone.  A violation is a
fault of the graph or of the program, a warning an oddity in what the sources say.  Each tells where
it stands and what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QuerySolutions, Triple

from kg.messages import KgError, language, say
from kg.ontology.vocabulary import REFERENCE, REGISTRY, term

if TYPE_CHECKING:
    from rdflib import Graph as Rdf
    from rdflib.term import Node

    from kg.graph.store import Graph

__all__ = ["Violation", "shown", "validate"]

_PLACEHOLDER: Final = re.compile(r"\{[?$](\w+)\}")
_QUOTE: Final = 80
"""How many characters of the passage are shown."""
_AT_ONCE: Final = 2000
"""How many nodes pyshacl is given at a time; it holds them and its report in memory."""
_PLACES: Final = 10
"""How many places of one kind are shown."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a rule."""

    severity: str
    """``error`` or ``warning``."""
    rule: str
    """Name of the shape, with the property where one is concerned: ``EvidenceShape.status``."""
    node: str
    sources: tuple[str, ...]
    """Paths of the source documents that speak of the node; else the names of the graphs."""
    quote: str | None
    """Beginning of the passage, where the node is evidence."""
    message: str
    remedy: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return asdict(self) | {"sources": list(self.sources)}


def validate(graph: Graph) -> list[Violation]:
    """Return what is wrong, errors first, by rule and node; raises KgError where pyshacl is not installed."""
    found = {
        (severity, rule, node, message)
        for results in (_core(graph), _queries(graph))
        for severity, rule, node, message in results
    }
    return [_located(graph, *one) for one in sorted(found)]


def shown(found: Iterable[Violation]) -> Iterator[str]:
    """Lines for a person: each rule once, the first places where it is broken, what to do, and the sums."""

    def rule(one: Violation) -> tuple[str, str, str, str]:
        return one.severity, one.rule, one.message, one.remedy

    ordered = sorted(found, key=rule)
    for (severity, name, message, remedy), group in groupby(ordered, key=rule):
        places = list(group)
        yield f"{say(f'validate.{severity}')}: {message} [{name}]"
        for place in places[:_PLACES]:
            yield f"  {', '.join(place.sources[:3]) or '-'}: {place.quote or place.node}"
        if len(places) > _PLACES:
            yield "  " + say("validate.more", count=len(places) - _PLACES)
        yield f"  → {remedy}"
    errors = sum(one.severity == "error" for one in ordered)
    yield say("validate.summary", errors=errors, warnings=len(ordered) - errors)


_Result = tuple[str, str, str, str]
Term = NamedNode | BlankNode | Literal


@cache
def _shapes() -> Rdf:
    from rdflib import Graph as Rdf

    return Rdf().parse(data=files("kg.ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def _core(graph: Graph) -> Iterator[_Result]:
    """What breaks a constraint of SHACL Core."""
    try:
        import pyshacl
    except ImportError as error:
        raise KgError.of("validate.missing") from error
    from rdflib import SH
    from rdflib import Graph as Rdf

    from kg.checks.suspects import questions

    shapes = Rdf()
    for triple in _shapes():
        if triple[1] != SH.sparql:
            shapes.add(triple)
    suspects: set[Term | Triple] = set()
    for asked in questions(shapes):
        found = graph.query(asked)
        assert isinstance(found, QuerySolutions)
        suspects.update(row["this"] for row in found)
    entries = [str(entry) for entry in shapes.objects(None, SH.targetObjectsOf)]
    waiting = iter(sorted(suspects, key=str))
    while some := list(islice(waiting, _AT_ONCE)):
        data = Rdf()
        for triple in _around(graph, some, entries):
            data.add(triple)
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        assert isinstance(report, Rdf)
        # What stands around a suspect is not whole in these data, and no suspect.
        yield from _reported(report, {_as_rdflib(node) for node in some})


def _around(graph: Graph, nodes: Iterable[Term | Triple], entries: Iterable[str]) -> Iterator[tuple[Node, Node, Node]]:
    """What the graph says of the nodes, with the classes of their values, and that they are values of ``entries``."""
    store, kind = graph.store, term("rdf:type")
    for node in nodes:
        own = [] if isinstance(node, Literal) else list(store.quads_for_pattern(node, None, None, None))
        values = {quad.object for quad in own if not isinstance(quad.object, Literal)}
        classes = [quad for value in values for quad in store.quads_for_pattern(value, kind, None, None)]
        in_use = [next(store.quads_for_pattern(None, NamedNode(entry), node, None), None) for entry in entries]
        for quad in (*own, *classes, *filter(None, in_use)):
            yield _as_rdflib(quad.subject), _as_rdflib(quad.predicate), _as_rdflib(quad.object)


def _reported(report: Rdf, suspects: set[Node]) -> Iterator[_Result]:
    from rdflib import SH, BNode
    from rdflib.namespace import RDF

    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, node = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
        assert shape is not None and node is not None
        if node not in suspects and not isinstance(node, BNode):
            continue
        # A property shape has no name; the report may copy it under another blank node.
        path = report.value(result, SH.resultPath)
        owner = _owner(report.value(shape, SH.path) or path, report, shape) if isinstance(shape, BNode) else shape
        rule = ".".join(_local(n) for n in (owner, path) if n is not None)
        severity = report.value(result, SH.resultSeverity)
        message = _in_language(report, result, SH.resultMessage)
        yield _severity(severity), rule, str(node), message


def _as_rdflib(term: Term | Triple) -> Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        return rdflib.Literal(term.value, lang=term.language, datatype=None if term.language else term.datatype.value)
    assert isinstance(term, BlankNode)  # the model has no statement about a statement as a term
    return rdflib.BNode(term.value)


def _owner(path: Node | None, report: Rdf, shape: Node) -> Node | None:
    """The named shape that has the property shape with this path and these messages."""
    from rdflib import SH

    messages = set(report.objects(shape, SH.message))
    for candidate in _shapes().subjects(SH.path, path):
        if not messages or messages == set(_shapes().objects(candidate, SH.message)):
            return _shapes().value(None, SH.property, candidate)
    return None


def _queries(graph: Graph) -> Iterator[_Result]:
    """What the SPARQL constraints select."""
    from rdflib import SH

    shapes = _shapes()
    for shape, constraint in shapes.subject_objects(SH.sparql):
        select = str(shapes.value(constraint, SH.select))
        message = _in_language(shapes, constraint, SH.message)
        for row in graph.select(select):
            yield _severity(shapes.value(shape, SH.severity)), _local(shape), str(row["this"]), _filled(message, row)


def _filled(message: str, row: Mapping[str, object]) -> str:
    """The message with the values of the row in the places of their names (SHACL, 5.3.2)."""
    return _PLACEHOLDER.sub(lambda m: str(row[m[1]]) if row.get(m[1]) is not None else m[0], message)


def _severity(severity: Node | None) -> str:
    from rdflib import SH

    return "warning" if severity == SH.Warning else "error"


def _in_language(graph: Rdf, node: Node, predicate: Node) -> str:
    """The text in the user's language, else any."""
    texts = {getattr(text, "language", None): str(text) for text in graph.objects(node, predicate)}
    return " ".join((texts.get(language()) or next(iter(texts.values()), "")).split())


def _local(node: Node) -> str:
    return re.split(r"[#/]", str(node))[-1]


def _located(graph: Graph, severity: str, rule: str, node: str, message: str) -> Violation:
    """The violation with its sources, its passage and what to do."""
    if not re.match(r"[A-Za-z][\w+.-]*:", node):  # a blank node or a literal stands nowhere
        return Violation(severity, rule, node, (), None, message, say("validate.remedy.program"))
    subject = NamedNode(node)
    names = {quad.graph_name for quad in graph.store.quads_for_pattern(subject, None, None, None)}
    graphs = sorted(name.value for name in names - {DefaultGraph()} if isinstance(name, NamedNode))
    sources = tuple(_text(graph, NamedNode(name), "dcterms:source") or _local_name(name) for name in graphs)
    quote = _text(graph, subject, "oa:exact")
    short = f"{quote[:_QUOTE]}…" if quote and len(quote) > _QUOTE else quote
    if severity == "warning":
        remedy = "text" if quote else "whole"
    elif graphs == [REGISTRY.value]:
        remedy = "register"
    elif any(name.startswith("file:") for name in graphs):
        remedy = "source"
    else:
        remedy = "program"
    return Violation(severity, rule, node, sources, short, message, say(f"validate.remedy.{remedy}"))


def _text(graph: Graph, node: NamedNode, predicate: str) -> str | None:
    quad = next(graph.store.quads_for_pattern(node, term(predicate), None, None), None)
    return quad.object.value if quad and isinstance(quad.object, Literal) else None


def _local_name(graph_name: str) -> str:
    """``reference`` for the graph of that name."""
    return graph_name.removeprefix(REFERENCE.value.rpartition("/")[0] + "/")
