"""docs/ontology.md: made from the vocabulary as it is, and complete."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import example_graph
import pytest
from rdflib import Graph as Rdf
from rdflib import Literal, URIRef
from rdflib.namespace import OWL, RDF, SDO

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_ontology", ROOT / "docs" / "make_ontology.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(maker: ModuleType) -> None:
    written = (ROOT / "docs" / "ontology.md").read_text("utf-8")
    assert written == maker.page(), "run make docs"


def test_the_page_shows_every_own_term_with_both_languages_and_an_example(maker: ModuleType) -> None:
    page = maker.page()
    ontology = Rdf().parse(ROOT / "ontology" / "kg.ttl")
    for kind, _, _ in maker.KINDS:
        for term in maker.Vocabulary(ontology).terms(kind, own=True):
            part = page.partition(f"### {term.name}\n")[2].partition("\n### ")[0]
            for text in (*term.labels.values(), *term.texts.values(), term.example):
                assert text in part, (term.name, text)
            assert all(f"`{name}`" in part for name in (*term.domain, *term.range, *term.above)), term.name


def test_links_within_the_page_lead_somewhere(maker: ModuleType) -> None:
    page = maker.page()
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    links = re.findall(r"\]\(#([^)]+)\)", page)
    assert links and set(links) <= anchors


def test_the_graph_of_the_examples_keeps_to_what_the_page_says_of_foreign_terms() -> None:
    """schema:domainIncludes and rangeIncludes: between which classes a term of others stands."""
    ontology = Rdf().parse(ROOT / "ontology" / "kg.ttl")
    graph = example_graph.triples()
    checked = 0
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            domain = set(ontology.objects(term, SDO.domainIncludes))
            range_ = set(ontology.objects(term, SDO.rangeIncludes))
            for subject, value in graph.subject_objects(term) if domain else ():
                assert domain & set(graph.objects(subject, RDF.type)), (term, subject)
                if not range_:
                    continue
                if isinstance(value, URIRef):
                    assert range_ & set(graph.objects(value, RDF.type)), (term, value)
                else:
                    assert isinstance(value, Literal)
                    dates = {URIRef("https://w3id.org/vn-legal-kg/ns#Date")}
                    assert value.datatype in range_ or range_ == dates or value.datatype is None, (term, value)
                checked += 1
    assert checked > 1000
