"""Makes docs/ontology.md from the vocabulary, the shapes and the table of the portals: ``make docs``.

Nothing in the page is written by hand but the sentences of the template, ``ontology.md.jinja``.  The
diagram shows the classes and the object properties between them as the vocabulary states them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS
from rdflib.term import Node

DOCS = Path(__file__).parent
ONTOLOGY = DOCS.parent / "ontology"
KG = "https://w3id.org/vn-legal-kg/ns#"
KINDS = (
    (OWL.Class, "Classes", "Lớp"),
    (OWL.ObjectProperty, "Relations", "Quan hệ"),
    (OWL.DatatypeProperty, "Values", "Giá trị"),
    (RDFS.Datatype, "Datatypes", "Kiểu dữ liệu"),
    (OWL.NamedIndividual, "Individuals", "Cá thể"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the page shows it; texts by language, names with their prefix."""

    name: str
    labels: dict[str, str]
    texts: dict[str, str]
    above: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    one: bool
    inverse: str | None
    maps: tuple[str, ...]
    see: tuple[str, ...]
    example: str | None


class Vocabulary:
    """The terms of ``kg.ttl``."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def name(self, node: Node) -> str:
        """``kg:Report`` for its IRI."""
        return self.graph.namespace_manager.normalizeUri(str(node)) if isinstance(node, URIRef) else self.words(node)

    def words(self, node: Node) -> str:
        """An anonymous datatype: what it restricts, and how."""
        base = self.graph.value(node, OWL.onDatatype)
        facets = self.graph.value(node, OWL.withRestrictions)
        if base is None or facets is None:
            return "…"
        limits = [
            f"{str(facet).rpartition('#')[2]} {value}"
            for one in Collection(self.graph, facets)
            for facet, value in self.graph.predicate_objects(one)
        ]
        return f"{self.name(base)} ({', '.join(limits)})"

    def members(self, term: Node, predicate: URIRef) -> tuple[str, ...]:
        """Names of the values of a predicate; a union is its members."""
        found: list[str] = []
        for node in self.graph.objects(term, predicate):
            union = self.graph.value(node, OWL.unionOf)
            found += map(self.name, Collection(self.graph, union) if union else [node])
        return tuple(sorted(found))

    def texts(self, term: Node, predicate: URIRef) -> dict[str, str]:
        """Values of a predicate by language."""
        return {o.language: str(o) for o in self.graph.objects(term, predicate) if getattr(o, "language", None)}

    def term(self, iri: Node) -> Term:
        """All that the vocabulary says of one."""
        value, example = self.graph.value, self.graph.value(iri, SKOS.example)
        inverse = value(iri, OWL.inverseOf)
        return Term(
            self.name(iri),
            self.texts(iri, RDFS.label),
            self.texts(iri, SKOS.definition) or self.texts(iri, SKOS.scopeNote),
            tuple(sorted({*self.members(iri, RDFS.subClassOf), *self.members(iri, RDFS.subPropertyOf)})),
            self.members(iri, RDFS.domain) or self.members(iri, SDO.domainIncludes),
            self.members(iri, RDFS.range) or self.members(iri, SDO.rangeIncludes),
            (iri, RDF.type, OWL.FunctionalProperty) in self.graph,
            self.name(inverse) if inverse else None,
            self.members(iri, SKOS.closeMatch),
            self.members(iri, RDFS.seeAlso),
            str(example) if example else None,
        )

    def terms(self, kind: URIRef, *, own: bool) -> list[Term]:
        """The terms of one kind, of ours or of others, by name."""
        found = {s for s in self.graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
        noted = found if own else {s for s in found if self.texts(s, SKOS.scopeNote)}
        return sorted((self.term(s) for s in noted if s.startswith(KG) == own), key=lambda t: t.name)


def diagram(terms: Iterable[Term], classes: Iterable[Term]) -> Iterator[str]:
    """Lines of a Mermaid flowchart: the classes with their names, and the relations between them."""
    known = {term.name: term for term in classes}
    edges: dict[tuple[str, str], list[str]] = {}
    for term in terms:
        for start in _concrete(term.domain):
            for end in _plain(_concrete(term.range)):
                if {start, end} <= known.keys():
                    edges.setdefault((start, end), []).append(term.name.removeprefix("kg:"))
    for name in sorted({end for edge in edges for end in edge}):
        labels = known[name].labels
        words = f"<br>{labels['en']}<br>{labels['vi']}" if labels else ""
        yield f'{_node(name)}["<b>{name}</b>{words}"]'
    for (start, end), names in sorted(edges.items()):
        yield f'{_node(start)} -- "{"<br>".join(sorted(set(names)))}" --> {_node(end)}'


def _concrete(names: tuple[str, ...]) -> list[str]:
    """What the graph has of these classes; a candidate is left out where a legal document stands."""
    here = {"eli:LegalResource": "kg:LegalDocument", "eli:LegalExpression": "kg:Report"}
    found = dict.fromkeys(here.get(name, name) for name in names)
    return [n for n in found if n != "kg:CandidateDocument" or "kg:LegalDocument" not in found]


def _plain(names: list[str]) -> list[str]:
    """A source document is left out where a legal document stands: what is done to it is rare."""
    return [n for n in names if n != "kg:Report" or "kg:LegalDocument" not in names]


def _node(name: str) -> str:
    return name.replace(":", "_")


def shapes(graph: Graph) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Title in both languages and rules (in both languages) of each shape, in the order of their names."""

    def both(node: Node, predicate: URIRef) -> tuple[str, str]:
        texts = {getattr(o, "language", None): str(o) for o in graph.objects(node, predicate)}
        return texts["en"], texts["vi"]

    targeted = {s for p in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf) for s in graph.subjects(p)}
    for shape in sorted(targeted, key=str):
        rules = [both(shape, SH.message)] if graph.value(shape, SH.message) else []
        for predicate in (SH.property, SH.sparql):
            rules += sorted(both(node, SH.message) for node in graph.objects(shape, predicate))
        yield *both(shape, RDFS.label), rules


def portals() -> dict[str, list[dict[str, str]]]:
    """Rows of the table of portal headings, by portal."""
    head, *rows = (ONTOLOGY / "portal_relations.tsv").read_text("utf-8").splitlines()
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
        found.setdefault(cells["portal"], []).append(cells)
    return found


def page() -> str:
    """The text of the page."""
    graph = Graph().parse(ONTOLOGY / "kg.ttl")
    vocabulary = Vocabulary(graph)
    about = URIRef(KG.removesuffix("#"))
    own = {kind: vocabulary.terms(kind, own=True) for kind, _, _ in KINDS}
    foreign = {kind: vocabulary.terms(kind, own=False) for kind, _, _ in KINDS[:3]}
    environment = Environment(
        loader=FileSystemLoader(DOCS), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    return environment.get_template("ontology.md.jinja").render(
        title=vocabulary.texts(about, DCTERMS.title),
        description=vocabulary.texts(about, DCTERMS.description),
        version=graph.value(about, OWL.versionInfo),
        modified=graph.value(about, DCTERMS.modified),
        iri=str(about),
        diagram=list(
            diagram([*own[OWL.ObjectProperty], *foreign[OWL.ObjectProperty]], [*own[OWL.Class], *foreign[OWL.Class]])
        ),
        above=sorted((a, t.name) for t in own[OWL.Class] for a in t.above),
        node=_node,
        kinds=[(english, vietnamese, own[kind]) for kind, english, vietnamese in KINDS],
        foreign=[term for terms in foreign.values() for term in terms],
        shapes=list(shapes(Graph().parse(ONTOLOGY / "shapes.ttl"))),
        portals=portals(),
    )


if __name__ == "__main__":
    target = DOCS / "ontology.md"
    target.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{target}\n")
