"""Loading in bulk: what is taken while a load goes on, twice, or not to its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from kg.graph.bulk import Batch, known
from kg.graph.directory import WAITING
from kg.graph.store import Graph
from kg.ontology.vocabulary import term


def line(name: str, text: str) -> bytes:
    return f'<urn:x:{name}> {term("rdfs:label")} "{text}" .\n'.encode()


def labels(graph: Graph, name: str | None = None) -> list[str]:
    """Labels in one named graph, or in the union."""
    where = NamedNode(name) if name else DefaultGraph()
    found = graph.store.quads_for_pattern(None, term("rdfs:label"), None, where)
    return sorted(getattr(quad.object, "value", "") for quad in found)


@pytest.mark.parametrize("beside", [False, True])
def test_what_comes_while_a_load_goes_on_is_in_the_next_one(tmp_path: Path, beside: bool) -> None:
    done = list[str]()
    with Graph.open(tmp_path, read_only=False) as graph:
        with graph.loader(beside=beside) as loader:
            for name in "abc":
                loader.put(f"urn:g:{name}", line(name, name))
                loader.load(lambda name=name: done.append(name))  # type: ignore[misc]
            loader.load(lambda: done.append("nothing"), last=True)
        assert done == ["a", "b", "c", "nothing"]
        assert labels(graph) == ["a", "b", "c"]
        assert labels(graph, "urn:g:b") == ["b"]
        assert not list(tmp_path.glob(f"{WAITING}*"))


def test_the_halves_of_a_large_load_are_the_whole(tmp_path: Path) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        batch = Batch(tmp_path)
        for name in "abcdefg":
            batch.put(f"urn:g:{name}", line(name, name) + line(name, f"{name}\\n .\\n"))
        batch.load(graph.store, threads=2)
        batch.close()
        assert len(labels(graph)) == 14
        assert labels(graph, "urn:g:g") == ["g", "g\n .\n"]


def test_a_graph_that_comes_twice_has_what_came_last(tmp_path: Path) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.add([("urn:g:a", line("a", "old")), ("urn:g:b", line("b", "b")), ("urn:g:a", line("a", "new"))])
        assert labels(graph) == ["b", "new"]


def test_what_waits_is_dropped_where_something_fails(tmp_path: Path) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        with pytest.raises(OSError, match="full"), graph.loader(beside=True) as loader:
            loader.put("urn:g:a", line("a", "a"))
            loader.load()
            loader.put("urn:g:b", line("b", "b"))
            raise OSError("full")
        assert labels(graph) == ["a"]


@pytest.mark.parametrize("united", [False, True])
def test_a_load_that_was_not_noted_as_complete_is_taken_back(tmp_path: Path, united: bool) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.add([("urn:g:a", line("a", "a")), ("urn:g:b", line("both", "both"))])
        batch = Batch(tmp_path)
        batch.put("urn:g:c", line("c", "c") + line("both", "both"))
        graph.begin(batch)
        if united:
            batch.load(graph.store)
        else:  # killed between the two files
            graph.store.bulk_load(line("c", "c"), to_graph=NamedNode("urn:g:c"), format=RdfFormat.N_TRIPLES)
        batch.close()
        (tmp_path / f"{WAITING}left").touch()
        graph.close(publish=False)
    with Graph.open(tmp_path, read_only=False) as graph:
        assert labels(graph) == ["a", "both"]
        assert labels(graph, "urn:g:c") == []
        assert not list(tmp_path.glob(f"{WAITING}*"))


def test_a_source_document_tells_how_it_was_read() -> None:
    told = f'<f:a> {term("kg:sha256")} "12" .\n<f:a> {term("kg:extractor")} "1+x" .\n'.encode()
    assert [(one.sha256, one.extractor) for one in known("f:a", line("a", "a") + told)] == [("12", "1+x")]
    assert not list(known("f:a", line("a", "a")))
