"""The graph of examples/, built once for all tests that look at it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from rdflib import Graph as Rdf

from kg.graph.store import Graph
from kg.pipeline.build import build

REPORTS = Path(__file__).parents[1] / "examples" / "reports"


@cache
def folder() -> Path:
    """The folder of the graph; it goes with the tests."""
    holder = tempfile.TemporaryDirectory(prefix="kg-examples-")
    _HOLDERS.append(holder)
    path = Path(holder.name) / "graph"
    build([REPORTS], path, jobs=1)
    return path


_HOLDERS: list[tempfile.TemporaryDirectory[str]] = []


@cache
def triples() -> Rdf:
    """All its triples."""
    with Graph.open(folder()) as graph:
        return Rdf().parse(data=graph.answer("CONSTRUCT WHERE { ?s ?p ?o }", format="ntriples"), format="nt")
