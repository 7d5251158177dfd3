"""The embedded store: whole graphs, readers beside writers, queries that only read."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_samples import DECREE, IRI, SHA256, extraction, source
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.graph.named import ntriples
from kg.graph.rdf import quads
from kg.graph.reference import reference
from kg.graph.store import Graph, SourceRecord
from kg.messages import KgError
from kg.ontology.vocabulary import FINDINGS, REFERENCE, term


def sample() -> list[Quad]:
    return list(quads(extraction(), source(), iri=IRI, sha256=SHA256, extractor="1"))


def label(text: str, subject: str = "urn:x:a") -> Quad:
    return Quad(NamedNode(subject), term("rdfs:label"), Literal(text))


def labels(graph: Graph) -> list[object]:
    return sorted(str(row["l"]) for row in graph.select("SELECT ?l { ?s rdfs:label ?l }"))


def test_what_a_writer_puts_in_a_reader_finds(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.replace(IRI, sample())
    with Graph.open(tmp_path / "g", read_only=True) as graph:
        found = set(graph.store.quads_for_pattern(None, None, None, NamedNode(IRI)))
        assert found == set(sample())
        assert graph.sources() == [SourceRecord(IRI, "báo cáo.txt", SHA256, "1")]


def test_replacing_one_graph_leaves_nothing_of_it_and_the_others_alone(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.replace("urn:g:1", [label("old"), label("older", "urn:x:b")])
        graph.replace("urn:g:2", [label("other")])
        graph.replace("urn:g:1", [label("new")])
        assert labels(graph) == ["new", "other"]
        graph.replace("urn:g:1", [])
        assert labels(graph) == ["other"]


def test_removing_a_graph_twice_is_no_error(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.replace("urn:g:1", [label("a")])
        graph.remove("urn:g:1")
        graph.remove("urn:g:1")
        assert labels(graph) == []


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(st.characters(exclude_categories=("Cs",))), max_size=5))
def test_any_text_comes_back_whether_the_graph_is_new_or_replaced(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    with Graph.open(tmp_path_factory.mktemp("g"), read_only=False) as graph:
        for _ in ("new", "replaced"):
            graph.replace("urn:g:1", [label(text) for text in texts] + [label("x")])
            assert {row["l"] for row in graph.select("SELECT ?l { ?s rdfs:label ?l }")} == {*texts, "x"}


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(1, 3), st.none() | st.frozensets(st.integers(1, 4))), max_size=8))
def test_the_default_graph_is_the_union_of_the_named_ones(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, frozenset[int] | None]]
) -> None:
    with Graph.open(tmp_path_factory.mktemp("g"), read_only=False) as graph:
        for name, numbers in steps:
            if numbers is None:
                graph.remove(f"urn:g:{name}")
            else:
                graph.replace(f"urn:g:{name}", [label(str(number)) for number in numbers])
            union = [q.triple for q in graph.store.quads_for_pattern(None, None, None, DefaultGraph())]
            assert set(union) == {q.triple for q in graph.store if q.graph_name != DefaultGraph()}
            assert len(labels(graph)) == len(set(union))


def test_a_reader_keeps_its_state_while_a_writer_works_and_sees_the_new_one_when_it_is_done(
    tmp_path: Path,
) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("first")])
    with Graph.open(tmp_path, read_only=True) as before:
        with Graph.open(tmp_path, read_only=False) as graph:
            graph.replace("urn:g:1", [label("second")])
            with Graph.open(tmp_path, read_only=True) as during:
                assert labels(during) == ["first"]
            assert labels(graph) == ["second"]
        assert labels(before) == ["first"]
        with Graph.open(tmp_path, read_only=True) as after:
            assert labels(after) == ["second"]


def test_an_error_leaves_readers_the_last_complete_state_and_the_next_writer_goes_on(tmp_path: Path) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("complete")])
    with pytest.raises(KeyboardInterrupt), Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:2", [label("begun")])
        raise KeyboardInterrupt
    with Graph.open(tmp_path, read_only=True) as graph:
        assert labels(graph) == ["complete"]
    with Graph.open(tmp_path, read_only=False) as graph:
        assert graph.unpublished
        assert labels(graph) == ["begun", "complete"]
    with Graph.open(tmp_path, read_only=True) as graph:
        assert labels(graph) == ["begun", "complete"]


def test_the_first_build_when_interrupted_still_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.replace("urn:g:1", [label("begun")])
        raise KeyboardInterrupt
    with Graph.open(tmp_path / "g", read_only=True) as graph:
        assert labels(graph) == ["begun"]
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        assert graph.unpublished  # the second pass is still to come


def test_snapshots_are_removed_when_nobody_reads_them(tmp_path: Path) -> None:
    def snapshots() -> list[str]:
        return sorted(path.name for path in tmp_path.glob("snapshot-*"))

    for text in ("1", "2"):
        with Graph.open(tmp_path, read_only=False) as graph:
            graph.replace("urn:g:1", [label(text)])
    assert snapshots() == ["snapshot-2"]
    with Graph.open(tmp_path, read_only=True) as reader:
        with Graph.open(tmp_path, read_only=False) as graph:
            graph.replace("urn:g:1", [label("3")])
        assert snapshots() == ["snapshot-2", "snapshot-3"]
        assert labels(reader) == ["2"]
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("4")])
    assert snapshots() == ["snapshot-4"]


def test_a_writer_that_changed_nothing_publishes_nothing(tmp_path: Path) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("a")])
    before = (tmp_path / "graph.json").read_bytes()
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.select("SELECT * { ?s ?p ?o }")
    assert (tmp_path / "graph.json").read_bytes() == before


def test_the_files_are_merged_where_they_have_grown_since_the_last_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def merged_at(texts: list[str]) -> str | None:
        with Graph.open(tmp_path, read_only=False) as graph:
            graph.add((f"urn:g:{text}", ntriples([label(text)])) for text in texts)
        with Graph.open(tmp_path, read_only=False) as graph:
            return graph.catalogue.note("merged")

    assert merged_at(["a"]) is None, "a small graph is not worth it"
    monkeypatch.setattr("kg.graph.store._SMALL", 0)
    first = merged_at(["b"])
    assert first and int(first) > 0
    monkeypatch.setattr("kg.graph.store._GROWN", 100.0)
    assert merged_at(["c"]) == first
    monkeypatch.setattr("kg.graph.store._GROWN", 0.0)
    assert merged_at(["d"]) != first
    with Graph.open(tmp_path, read_only=True) as graph:
        assert labels(graph) == ["a", "b", "c", "d"]


def test_a_directory_copied_without_its_working_database_goes_on_from_the_snapshot(tmp_path: Path) -> None:
    import shutil

    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.replace("urn:g:1", [label("a")])
    shutil.rmtree(tmp_path / "g" / "work")
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.replace("urn:g:2", [label("b")])
    with Graph.open(tmp_path / "g", read_only=True) as graph:
        assert labels(graph) == ["a", "b"]


_WRITER = """
import sys, itertools
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from kg.graph.store import Graph
from kg.ontology.vocabulary import term
with Graph.open(sys.argv[1], read_only=False) as graph:
    for turn in itertools.count(1):
        for name in range(8):
            node = [NamedNode(f"urn:x:{name}:{i}") for i in range(300)]
            graph.replace(f"urn:g:{name}", [Quad(n, term("rdfs:label"), Literal(str(turn))) for n in node])
        print(turn, flush=True)
"""


def test_a_killed_writer_leaves_each_graph_old_or_new_and_whole(tmp_path: Path) -> None:
    chance = random.Random(2024)
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()  # from here on it replaces what it wrote
            time.sleep(0.1 * chance.random())
            writer.kill()
        with Graph.open(tmp_path, read_only=False) as graph:
            rows = graph.select(
                "SELECT ?g ?l (COUNT(*) AS ?n) { GRAPH ?g { ?s rdfs:label ?l } } GROUP BY ?g ?l ORDER BY ?g"
            )
            graphs = [row["g"] for row in rows]
            assert len(graphs) == len(set(graphs)), "a graph has parts of two versions"
            assert {row["n"] for row in rows} == {300}, "a graph is not whole"
            assert len(graphs) == 8


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    code = "import sys; from kg.graph.store import Graph; Graph.open(sys.argv[1], read_only=False)"
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("a")])
        second = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
        )
    assert f"{tmp_path}: another process is writing to this graph" in second.stderr.splitlines()[-1]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_directory_that_holds_something_else_is_left_alone(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(KgError, match="not a graph directory"):
        Graph.open(tmp_path, read_only=read_only)
    with pytest.raises(KgError, match="not a graph directory"):
        Graph.open(tmp_path / "thesis.txt", read_only=read_only)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_missing_directory_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(KgError) as caught:
        Graph.open(tmp_path / "none")
    assert str(tmp_path / "none") in caught.value.problem
    assert "kg build" in caught.value.remedy
    assert not (tmp_path / "none").exists()


def test_a_graph_of_another_version_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "graph.json").write_text(json.dumps({"format": "vn-legal-kg graph", "version": 99}))
    with pytest.raises(KgError, match="another version"):
        Graph.open(tmp_path, read_only=False)


def test_a_damaged_database_is_told_in_one_line(tmp_path: Path) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("a")])
    for path in (tmp_path / "snapshot-1").glob("MANIFEST-*"):
        path.write_bytes(b"nonsense")
    with pytest.raises(KgError, match="can't be read") as caught:
        Graph.open(tmp_path, read_only=True)
    assert "\n" not in str(caught.value)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("a")])
    with Graph.open(tmp_path, read_only=True) as graph, pytest.raises(KgError, match="reading only"):
        graph.replace("urn:g:1", [label("b")])


def test_a_closed_graph_says_so_and_closing_twice_is_no_error(tmp_path: Path) -> None:
    graph = Graph.open(tmp_path, read_only=False)
    graph.close()
    graph.close()
    with pytest.raises(KgError, match="closed"):
        graph.select("SELECT * { ?s ?p ?o }")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    path = tmp_path_factory.mktemp("graph")
    with Graph.open(path, read_only=False) as graph:
        graph.replace(IRI, sample())
        graph.replace(REFERENCE.value, reference())
        graph.replace(FINDINGS.value, [])
    with Graph.open(path, read_only=True) as graph:
        yield graph


def test_select_gives_plain_values(filled: Graph) -> None:
    (row,) = filled.select(
        "SELECT ?m ?start ?c ?none (true AS ?yes) ?q { ?m a kg:Mention ; oa:start ?start ; kg:confidence ?c ;"
        " oa:exact ?q ; kg:citedAs '15/KH-UBND' OPTIONAL { ?m kg:nothing ?none } }"
    )
    assert row["m"] == f"{IRI}#m2"
    assert isinstance(row["start"], int)
    assert row["c"] == 1.0
    assert row["none"] is None
    assert row["yes"] is True
    assert row["q"] == "Kế hoạch số 15/KH-UBND"


def test_a_selected_variable_can_be_given(filled: Graph) -> None:
    rows = filled.select("SELECT DISTINCT ?d ?l { ?d rdfs:label ?l }", d=NamedNode(DECREE))
    assert rows == [{"d": DECREE, "l": "Nghị định 60/2024/NĐ-CP"}]


def test_ask_and_construct(filled: Graph) -> None:
    assert filled.ask(f"ASK {{ <{DECREE}> a kg:LegalDocument }}")
    assert not filled.ask("ASK { ?s a kg:Nothing }")
    found = list(
        filled.query(f"CONSTRUCT {{ ?s rdfs:label ?l }} WHERE {{ VALUES ?s {{ <{DECREE}> }} ?s rdfs:label ?l }}")
    )
    assert [type(item) for item in found] == [Triple]


def test_answers_have_the_standard_forms(filled: Graph) -> None:
    select = f"SELECT ?l {{ <{DECREE}> rdfs:label ?l }}"
    found = json.loads(filled.answer(select))
    assert found["head"]["vars"] == ["l"]
    assert found["results"]["bindings"][0]["l"]["xml:lang"] == "vi"
    assert filled.answer(select, "csv").decode().splitlines() == ["l", "Nghị định 60/2024/NĐ-CP"]
    assert filled.answer(select, "tsv").decode().splitlines() == ["?l", '"Nghị định 60/2024/NĐ-CP"@vi']
    assert json.loads(filled.answer("ASK {}"))["boolean"] is True
    construct = f"CONSTRUCT WHERE {{ <{DECREE}> a ?t }}"
    assert b"kg:LegalDocument" in filled.answer(construct)
    assert filled.answer(construct, "ntriples").endswith(b"ns#LegalDocument> .\n")
    with pytest.raises(KgError, match="choose one of json, csv, tsv, xml"):
        filled.answer(select, "turtle")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 'c' }",
        "DROP ALL",
        "PREFIX kg: <http://select/> DELETE WHERE { ?s ?p ?o }",
        "# SELECT\nCLEAR ALL",
        "LOAD <http://example.org/>",
    ],
)
def test_an_update_is_refused_as_what_it_is(tmp_path: Path, update: str) -> None:
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace("urn:g:1", [label("a")])
        with pytest.raises(KgError, match="queries can't change the graph"):
            graph.query(update)
        assert labels(graph) == ["a"]


# Port 9 (discard): Oxigraph refuses to connect to it, so a call that slips through fails, loudly and offline.
_ENDPOINT = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {_ENDPOINT} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service silent {_ENDPOINT} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICESILENT{_ENDPOINT}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?a ?b 1SERVICE{_ENDPOINT}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?a ?b trueSERVICE{_ENDPOINT}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?a ?b ?c.SERVICE{_ENDPOINT}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?a ?b ?c FILTER(1<2)SERVICE#>\n{_ENDPOINT}{{ ?s ?p ?o }} }}",
        "SELECT * { ?a ?b ?c FILTER('a'<'b>')SERVICE <http://127.0.0.1:9/'>{ ?s ?p ?o } }",
        f"SELECT * {{ VALUES ?x {{ {_ENDPOINT} }} SERVICE ?x {{ ?s ?p ?o }} }}",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICE e:x { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICEe:x { ?s ?p ?o } }",
    ],
)
def test_no_query_reaches_another_machine(filled: Graph, query: str) -> None:
    with pytest.raises(KgError, match="SERVICE"):
        filled.query(query)


def test_the_word_service_may_be_searched_for(filled: Graph) -> None:
    found = filled.select("SELECT ?service { ?service a kg:Report FILTER(!CONTAINS('public service', 'x')) }")
    assert [row["service"] for row in found] == [IRI]


@pytest.mark.parametrize(
    ("query", "en", "vi"),
    [
        ("SELECT ?x { ?x a ?y }\n  LIMIT x", 'at line 2, column 9: "x"', 'ở dòng 2, cột 9, tại "x"'),
        ("SELECT ?x { ?x a kg:Report", "it ends at line 1, column 27", "đã hết ở dòng 1, cột 27"),
        ("ASK {\n ?x foo:bar ?đ }", 'prefix "foo:" is not declared', 'dòng 2, cột 12: tiền tố "foo:"'),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }", "not in GROUP BY", "không nằm trong GROUP BY"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_with_its_place(
    filled: Graph, query: str, en: str, vi: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lang, told in (("en", en), ("vi", vi)):
        monkeypatch.setenv("KG_LANG", lang)
        with pytest.raises(KgError) as caught:
            filled.query(query)
        assert told in caught.value.problem
        assert "Oxigraph: " in caught.value.remedy
        assert "\n" not in str(caught.value)


def test_a_query_out_of_form_is_told_in_one_line(filled: Graph) -> None:
    with pytest.raises(KgError, match="not well formed") as caught:
        filled.query("SELECT ?x WHERE { ?x ?y }")
    assert "\n" not in str(caught.value)
    with pytest.raises(KgError, match="no SELECT"):
        filled.select("ASK {}")
    with pytest.raises(KgError, match="no ASK"):
        filled.ask("SELECT * {}")
