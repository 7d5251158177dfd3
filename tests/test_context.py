"""The JSON-LD context: a short name for every term, and nothing lost on the way."""

from __future__ import annotations

import json
import warnings
from importlib.resources import files
from pathlib import Path
from typing import Any

import example_graph
from rdflib import Dataset
from rdflib import Graph as Rdf
from rdflib.namespace import OWL, RDF
from test_ontology import named_in_code

from kg.graph.store import Graph
from kg.ontology.vocabulary import PREDICATES, PREFIXES
from kg.output.export import export

CONTEXT: dict[str, Any] = json.loads(files("kg.ontology").joinpath("context.jsonld").read_text("utf-8"))["@context"]


def test_context_names_every_predicate_of_a_graph_once() -> None:
    for prefix, namespace in PREFIXES.items():
        assert CONTEXT[prefix] == namespace
    ids = [d["@id"] for d in CONTEXT.values() if isinstance(d, dict)]
    assert len(ids) == len(set(ids))
    expanded = {PREFIXES[i.split(":")[0]] + i.split(":")[1] for i in ids}
    predicates = {str(p) for p in example_graph.triples().predicates()} | {t.value for t in PREDICATES.values()}
    ontology = Rdf().parse(data=files("kg.ontology").joinpath("kg.ttl").read_text("utf-8"), format="turtle")
    properties = {
        str(s) for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for s in ontology.subjects(RDF.type, kind)
    }
    assert (predicates | named_in_code() & properties) - {str(RDF.type)} <= expanded


def test_an_export_read_by_another_program_is_the_same_graph(tmp_path: Path) -> None:
    """rdflib, which shares no code with the exporter, gets every triple back."""
    with Graph.open(example_graph.folder()) as graph:
        export(graph, "jsonld", tmp_path / "out.jsonld")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib calls its own old name of a graph
        read = Dataset()
        read.parse(tmp_path / "out.jsonld", format="json-ld")
        triples = {(s, p, o) for s, p, o, _ in read.quads()}
    assert triples == set(example_graph.triples())
