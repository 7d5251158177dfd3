"""Is a graph as it should be: SHACL shapes of the model, and what shapes can't say.

The shapes are ``ontology/shapes.ttl``; they need the library pyshacl.  The integrity rules are
SPARQL: evidence lies inside its source, statements agree with the triples they explain,
candidates were resolved to something that is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kg.messages import say
from kg.store import KgError

if TYPE_CHECKING:
    from kg.store import Graph

__all__ = ["Violation", "validate"]

# Rule -> query for the nodes that break it; the message is ``validate.RULE``.
_RULES: Final = {
    "offsets": "SELECT DISTINCT ?node { ?node oa:start ?start ; oa:end ?end FILTER(?start < 0 || ?end <= ?start) }",
    "quote-length": """
        SELECT DISTINCT ?node { ?node oa:start ?start ; oa:end ?end ; oa:exact ?exact
                                FILTER(STRLEN(?exact) != ?end - ?start) }""",
    "source": "SELECT DISTINCT ?node { ?node oa:hasSource ?source FILTER NOT EXISTS { ?source a kg:Report } }",
    "statement": """
        SELECT DISTINCT ?node { ?node a kg:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
                                FILTER NOT EXISTS { ?s ?p ?o } }""",
    "resolved": """
        SELECT DISTINCT ?node { ?node kg:resolvedTo ?document
                                FILTER NOT EXISTS { ?document a kg:LegalDocument } }""",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a rule: the name of the shape or rule, the node's IRI, and what is wrong."""

    rule: str
    node: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return asdict(self)


def validate(graph: Graph) -> list[Violation]:
    """Return every violation, by rule and node; raises KgError where pyshacl is not installed."""
    found = {*_integrity(graph), *_shapes(graph)}
    return sorted(found, key=lambda v: (v.rule, v.node, v.message))


def _integrity(graph: Graph) -> Iterator[Violation]:
    for rule, sparql in _RULES.items():
        for row in graph.select(sparql):
            yield Violation(rule, str(row["node"]), say(f"validate.{rule}"))


def _shapes(graph: Graph) -> Iterator[Violation]:
    try:
        import pyshacl
    except ImportError as error:
        raise KgError.of("validate.missing") from error
    from rdflib import RDF, Namespace
    from rdflib import Graph as Rdf

    shacl = Namespace("http://www.w3.org/ns/shacl#")
    data = Rdf().parse(data=graph.answer("CONSTRUCT WHERE { ?s ?p ?o }", format="ntriples"), format="nt")
    shapes, ontology = (
        Rdf().parse(data=files("kg.ontology").joinpath(name).read_text(encoding="utf-8"), format="turtle")
        for name in ("shapes.ttl", "kg.ttl")
    )
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, inference="none")
    for result in report.subjects(RDF.type, shacl.ValidationResult):
        shape, node = report.value(result, shacl.sourceShape), report.value(result, shacl.focusNode)
        path = report.value(result, shacl.resultPath)
        name = str(path or shape).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        yield Violation(name, str(node), " ".join(str(report.value(result, shacl.resultMessage)).split()))
