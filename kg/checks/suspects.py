"""Which nodes of a graph may break a constraint of SHACL Core: one query of the store for each constraint.

pyshacl looks at every node by itself, some thousands a second; a store finds in one query those
that lack a value or have a wrong one.  The queries decide nothing: what they find is given to
pyshacl, and a constraint that they have no words for makes every node that it looks at a suspect.
A node's constraints speak of its own values and of their classes, which the graph states outright
(there is no ``rdfs:subClassOf`` in it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, Literal, URIRef
from rdflib.collection import Collection

if TYPE_CHECKING:
    from rdflib import Graph as Rdf
    from rdflib.term import Node

__all__ = ["questions"]

_ABOUT: Final = frozenset(
    {
        *(SH.path, SH.message, SH.severity, SH.property, SH.sparql, SH.description),
        *(SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf),
        *(RDF.type, RDFS.label, RDFS.comment),
    }
)
"""What stands beside the constraints of a shape."""
_ELSEWHERE: Final = frozenset({SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan})
"""Constraints on all values of a property together."""
_TARGETS: Final = {
    SH.targetClass: "?this a {}",
    SH.targetSubjectsOf: "?this {} ?_any",
    SH.targetObjectsOf: "?_any {} ?this",
}


def questions(shapes: Rdf) -> Iterator[str]:
    """Yield queries whose ``?this`` are the nodes that may break one of ``shapes``."""
    wrong: dict[str, None] = {}
    for predicate, pattern in _TARGETS.items():
        for shape, target in shapes.subject_objects(predicate):
            needed = _constraints(shapes, shape, "?this")
            for node in shapes.objects(shape, SH.property):
                path = shapes.value(node, SH.path)
                if isinstance(path, URIRef):
                    needed += _presence(shapes.value(node, SH.minCount), path)
                    wrong |= dict.fromkeys(_wrong(shapes, node, path.n3()))
                else:
                    needed.append("false")  # several steps, for which there are no words here
            if needed:
                yield _select(f"{pattern.format(target.n3())} FILTER({_fails(needed)})")
    # Who has a wrong value is a suspect whatever it is, which saves a join with its class.
    yield from wrong


def _select(where: str) -> str:
    return f"SELECT DISTINCT ?this WHERE {{ {where} }}"


def _fails(needed: Iterable[str]) -> str:
    """True where one of the expressions is false, or can't be told."""
    return f"!COALESCE({' && '.join(needed)}, false)"


def _presence(least: Node | None, path: URIRef) -> list[str]:
    if least is None:
        return []
    return [f"EXISTS {{ ?this {path.n3()} ?_value }}" if least == Literal(1) else "false"]


def _wrong(shapes: Rdf, node: Node, path: str) -> Iterator[str]:
    """Queries for the nodes whose values under ``path`` may break a property shape."""
    if needed := _constraints(shapes, node, "?v"):
        yield _select(f"?this {path} ?v FILTER({_fails(needed)})")
    if (most := shapes.value(node, SH.maxCount)) is not None:
        several = f"SELECT ?this (COUNT(DISTINCT ?v) AS ?n) WHERE {{ ?this {path} ?v }} GROUP BY ?this"
        yield _select(f"{{ {several} }} FILTER(?n > {most})")
    if shapes.value(node, SH.uniqueLang) is not None:
        yield _select(f"?this {path} ?v , ?w FILTER(!sameTerm(?v, ?w) && LANG(?v) = LANG(?w))")
    if (other := shapes.value(node, SH.lessThan)) is not None:
        yield _select(f"?this {path} ?v ; {other.n3()} ?w FILTER({_fails(['?v < ?w'])})")


def _constraints(shapes: Rdf, shape: Node, value: str) -> list[str]:
    """Expressions, each true only where ``value`` keeps one constraint of the shape."""
    found = ((p, o) for p, o in shapes.predicate_objects(shape) if p not in _ABOUT and p not in _ELSEWHERE)
    return sorted(_passes(shapes, parameter, wanted, value) for parameter, wanted in found)


def _passes(shapes: Rdf, parameter: Node, wanted: Node, value: str) -> str:
    """An expression that is true only where ``value`` keeps the constraint."""
    if parameter in (SH.node, SH["not"]):
        inner = _keeps(shapes, wanted, value)
        # What may be false of a value that keeps the shape proves nothing of one that must not.
        return inner if parameter == SH.node else f"!({inner})" if _is_class(shapes, wanted) else "false"
    if parameter == SH["or"]:
        return f"({' || '.join(_keeps(shapes, one, value) for one in Collection(shapes, wanted))})"
    if parameter == SH["in"]:
        return f"{value} IN ({', '.join(one.n3() for one in Collection(shapes, wanted))})"
    write = _WORDS.get(parameter)  # type: ignore[call-overload]
    return write(value, wanted) if write else "false"


def _keeps(shapes: Rdf, shape: Node, value: str) -> str:
    """An expression that is true only where ``value`` keeps all of a node shape without properties."""
    if shapes.value(shape, SH.property) is not None:
        return "false"
    return f"({' && '.join(_constraints(shapes, shape, value)) or 'true'})"


def _is_class(shapes: Rdf, shape: Node) -> bool:
    return {p for p in shapes.predicates(shape) if p not in _ABOUT} == {SH["class"]}


def _datatype(value: str, wanted: Node) -> str:
    kind = wanted.n3()
    known = f"isLiteral({value}) && DATATYPE({value}) = {kind}"
    # A literal like "2024-02-31"^^xsd:date is of its datatype by name only; a cast tells.
    return known if str(wanted).endswith(("#string", "#langString")) else f"{known} && {kind}(STR({value})) = {value}"


_WORDS: Final[Mapping[URIRef, Callable[[str, Node], str]]] = {
    SH.datatype: _datatype,
    SH["class"]: lambda value, wanted: f"EXISTS {{ {value} a {wanted.n3()} }}",
    SH.pattern: lambda value, wanted: f"(!isBlank({value}) && REGEX(STR({value}), {wanted.n3()}))",
    SH.minLength: lambda value, wanted: f"(!isBlank({value}) && STRLEN(STR({value})) >= {wanted.n3()})",
    SH.minInclusive: lambda value, wanted: f"{value} >= {wanted.n3()}",
    SH.maxInclusive: lambda value, wanted: f"{value} <= {wanted.n3()}",
    SH.nodeKind: lambda value, wanted: f"isIRI({value})" if wanted == SH.IRI else "false",
}
"""Parameter -> how a query says that a value keeps it."""
