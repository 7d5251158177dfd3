"""One document becomes its named graph, without a store."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.graph.store import Graph
from kg.loaders import LoadError
from kg.pipeline.build import build
from kg.pipeline.document import Document, nquads, statements

SAMPLES = sorted((Path(__file__).parent.parent / "examples" / "reports").iterdir())


def test_the_quads_are_those_of_a_build(tmp_path: Path) -> None:
    build(SAMPLES, tmp_path / "g")
    with Graph.open(tmp_path / "g") as graph:
        for record in graph.sources():
            path = Path(record.path)
            written = set(parse(nquads(Document.of(path.read_bytes(), path)), RdfFormat.N_QUADS))
            name = NamedNode(record.iri)
            assert written == set(graph.store.quads_for_pattern(None, None, None, name))
            assert written, path


def test_text_is_read_as_it_stands_and_known_by_its_utf8() -> None:
    text = "Căn cứ Nghị định số 60/2024/NĐ-CP\r\nngày 05/6/2024"
    found = statements(Document("file:///c/d1", "c.jsonl/d1", text, "d1"))
    assert (found.characters, found.mentions) == (len(text), 1)
    assert found.sha256 == hashlib.sha256(text.encode()).hexdigest()
    quads: list[Quad] = list(parse(found.nquads(), RdfFormat.N_QUADS))
    assert {quad.graph_name for quad in quads} == {NamedNode("file:///c/d1")}
    assert len(quads) == found.triples.count(b"\n")


def test_what_no_loader_reads_is_a_load_error() -> None:
    with pytest.raises(LoadError, match=r"broken\.docx"):
        nquads(Document.of(b"PK\x03\x04 no archive", "broken.docx"))
