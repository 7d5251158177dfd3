"""Neo4j: the same graph, the same questions, the same answers, on a real server.

The server comes from Maven Central (`neo4j_server`), or is the one that NEO4J_URI, NEO4J_USERNAME
and NEO4J_PASSWORD name; that one must be empty, and the tests that kill a server leave it alone.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import joint_samples
import pytest
import question_samples as sample
from click.testing import CliRunner
from cut_connection import breaking
from graph_samples import DECREE, IRI, SHA256, extraction, source
from pyoxigraph import Literal, NamedNode, Quad

from kg.answers import questions
from kg.cli import main
from kg.cli.neo4j import neo4j
from kg.graph.binding import places
from kg.graph.rdf import quads
from kg.graph.store import Graph
from kg.messages import KgError
from kg.neo4j import query as cypher_query
from kg.neo4j import settle
from kg.neo4j.bulk import export_csv
from kg.neo4j.load import Loaded, load
from kg.neo4j.model import EVIDENCE, digest
from kg.neo4j.server import Server
from kg.ontology.vocabulary import term
from kg.pipeline.build import build
from kg.pipeline.registry import import_registry
from kg.pipeline.resolve import resolve

neo4j_server = pytest.importorskip("neo4j_server", reason="needs the driver: pip install 'vn-legal-kg[neo4j]'")

QUERIES = Path(__file__).parent.parent / "queries"
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
REGISTER = """number,type,issuer,date,title,status
01/NQ-CP,Nghị quyết,Chính phủ,2023-01-06,Về nhiệm vụ năm 2023,Hết hiệu lực
01/NQ-CP,Nghị quyết,Chính phủ,2024-01-05,Về nhiệm vụ năm 2024,Còn hiệu lực
60/2024/NĐ-CP,Nghị định,Chính phủ,2024-06-15,Về phát triển và quản lý chợ,Còn hiệu lực
"""
HOSTILE = "'}) DETACH DELETE n //"

Dump = tuple[list[str], list[str]]


# --- the texts alone -----------------------------------------------------------------------------------------


def returned(cypher: str) -> list[str]:
    """Names of the columns: what the last RETURN outside of any bracket gives."""
    text = re.sub(r"//.*|'[^']*'", "", cypher)
    depth, words, last = 0, list[tuple[int, str]](), 0
    for match in re.finditer(r"[({\[]|[)}\]]|,|\w[\w.]*|[^\s\w]", text):
        token = match[0]
        depth += (token in "({[") - (token in ")}]")
        words.append((depth, token))
        if depth == 0 and token == "RETURN":
            last = len(words)
    parts: list[list[str]] = [[]]
    for depth, token in words[last:]:
        if depth == 0 and token in ("ORDER", "LIMIT"):
            break
        if depth == 0 and token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [part[-1] for part in parts]


@pytest.mark.parametrize("name", questions.names())
def test_every_question_is_a_cypher_file_with_the_same_columns_and_parameters(name: str) -> None:
    query, text = questions.stored(name), cypher_query.cypher(name)
    assert returned(text) == [column.name for column in query.columns]
    known = {p.name for p in query.parameters} | {f"{p.name}_within" for p in query.parameters if p.type == "period"}
    known |= {place.replace(".", "_") for place in places(query.sparql) if place.startswith("units.")}
    used = set(re.findall(r"\$(\w+)", text))
    assert used == cypher_query.parameters(name) and used <= known
    assert known - {f"{name}_within" for name in known} <= {name.removesuffix("_within") for name in used}


def test_every_cypher_file_belongs_to_a_question() -> None:
    assert {path.stem for path in QUERIES.glob("*.cypher")} == set(questions.names())


# --- the server ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def machine() -> Iterator[Any]:
    """The server process of these tests, None where NEO4J_URI names a server."""
    if os.environ.get("NEO4J_URI"):
        yield None
    elif missing := neo4j_server.available():
        pytest.skip(f"no Neo4j server: NEO4J_URI is not set and {missing}")
    else:
        with neo4j_server.running() as started:
            yield started


@pytest.fixture(scope="module")
def connect(machine: Any) -> Callable[..., Server]:
    def connected(**options: Any) -> Server:
        if machine:
            return Server(machine.routed, machine.user, machine.password, **options)
        user = os.environ.get("NEO4J_USERNAME", "neo4j")
        return Server(os.environ["NEO4J_URI"], user, os.environ.get("NEO4J_PASSWORD", ""), **options)

    if machine is None:
        with connected() as server:
            if server.read("MATCH (n) RETURN n LIMIT 1"):
                pytest.skip("the database at NEO4J_URI is not empty, and these tests would empty it")
    return connected


@pytest.fixture
def own(machine: Any) -> Any:
    """A server that the test may kill."""
    if machine is None:
        pytest.skip("the server at NEO4J_URI is not ours to stop")
    return machine


@pytest.fixture
def server(connect: Callable[..., Server]) -> Iterator[Server]:
    """An empty database."""
    with connect() as server:
        empty(server)
        yield server


def empty(server: Server) -> None:
    while server.write([("MATCH (n) WITH n LIMIT 2000 DETACH DELETE n RETURN count(*) AS n", {})])[0]["n"]:
        pass


def dump(server: Server) -> Dump:
    """Everything in the database, in an order of its own."""
    nodes = server.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    links = server.read(
        "MATCH (a)-[r]->(b) RETURN a.uri AS a, type(r) AS type, b.uri AS b, properties(r) AS properties"
    )
    for row in nodes:
        row["labels"].sort()
    return sorted(json.dumps(row, sort_keys=True) for row in nodes), sorted(
        json.dumps(row, sort_keys=True) for row in links
    )


def sources(dumped: Dump) -> set[str]:
    """The source files that are named anywhere in a dump."""
    return set(re.findall(r"file:///[^\"#]+", "\n".join([*dumped[0], *dumped[1]])))


# --- the graph -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with everything the model has: the examples, findings, a register, resolved and open candidates."""
    folder = tmp_path_factory.mktemp("corpus")
    build([EXAMPLES, joint_samples.write(folder / "joint")], folder / "graph", jobs=1)
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    with Graph.open(folder / "graph", read_only=False) as graph:
        graph.replace(IRI, quads(extraction(), source(), iri=IRI, sha256=SHA256, extractor="1"))
        for draft in [*sample.drafts(), *sample.more()]:
            draft.write(graph)
        import_registry(graph, folder / "register.csv")
        resolve(graph)
    return folder / "graph"


@pytest.fixture
def graph(corpus: Path) -> Iterator[Graph]:
    with Graph.open(corpus) as graph:
        yield graph


def copies(folder: Path, count: int) -> Path:
    """A graph of ``count`` reports that say the same."""
    with Graph.open(folder, read_only=False) as graph:
        for number in range(count):
            iri = f"file:///data/{number:04}.txt"
            graph.replace(iri, quads(extraction(), source(), iri=iri, sha256=SHA256, extractor="1"))
    return folder


# --- loading -------------------------------------------------------------------------------------------------


def test_the_graph_is_there_with_its_evidence(server: Server, graph: Graph) -> None:
    load(graph, server)
    for label, kind in (("Report", "kg:Report"), ("Mention", "kg:Mention"), ("Finding", "kg:Finding")):
        (row,) = graph.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a {kind} }}")
        assert server.read(f"MATCH (n:{label}) RETURN count(n) AS n") == [row]
    (row,) = graph.select("SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a kg:Statement }")
    told = "|".join(EVIDENCE)
    assert server.read(f"MATCH ()-[r:{told}]->() WHERE r.exact IS NOT NULL RETURN count(r) AS n") == [row]
    (row,) = server.read(
        "MATCH (:Report {uri: $report})-[r:IMPLEMENTS]->(d:LegalDocument {urn: $urn})"
        " RETURN r.exact AS exact, r.start AS start, r.end AS end, r.section AS section, r.status AS status",
        report=IRI,
        urn=DECREE,
    )
    text = source().text
    assert row["exact"] == text[row["start"] : row["end"]] == "Sở đã triển khai Nghị định số 60/2024/NĐ-CP"
    assert (row["section"], row["status"]) == ("I. Kết quả thực hiện > 1. Phát triển chợ", "done")
    assert not server.read("MATCH (n:Stale) RETURN n")


def test_constraints_and_full_text_search(server: Server, graph: Graph) -> None:
    load(graph, server)
    unique = server.read("SHOW CONSTRAINTS YIELD labelsOrTypes AS l, properties AS p RETURN l[0] + '.' + p[0] AS n")
    assert {"Resource.uri", "LegalDocument.urn"} <= {row["n"] for row in unique}
    search = "CALL db.index.fulltext.queryNodes('document_text', $words) YIELD node RETURN node.uri AS uri"
    assert DECREE in {row["uri"] for row in server.read(search, words='"60/2024/NĐ-CP"')}
    assert DECREE in {row["uri"] for row in server.read(search, words="phát triển chợ")}


def test_loading_twice_changes_nothing(server: Server, graph: Graph) -> None:
    first = load(graph, server)
    once = dump(server)
    assert first.written and (len(once[0]), len(once[1])) > (500, 500)
    assert load(graph, server) == Loaded(0, first.written, 0, 0, 0, 0)
    assert dump(server) == once


def test_a_changed_document_replaces_exactly_what_it_said(server: Server, tmp_path: Path) -> None:
    reports = shutil.copytree(EXAMPLES, tmp_path / "reports")
    changed = reports / "an-giang-2024-h1.txt"
    build([reports], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        load(graph, server)
    before = dump(server)
    changed.write_text(changed.read_text(encoding="utf-8").replace("60/2024/NĐ-CP", "61/2024/NĐ-CP"), encoding="utf-8")
    build([reports], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        load(graph, server)
        after = dump(server)
        empty(server)
        load(graph, server)
    assert dump(server) == after  # as if loaded afresh
    for old, new in zip(before, after, strict=True):
        lines = sorted(set(old) ^ set(new))
        assert lines
        # Besides what the file says: what all sources together say of the documents it names, and the second pass.
        assert sources((lines, [])) == {changed.as_uri()}, lines


def test_a_removed_document_takes_along_what_only_it_said(server: Server, tmp_path: Path) -> None:
    reports = shutil.copytree(EXAMPLES, tmp_path / "reports")
    build([reports], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        load(graph, server)
    (reports / "an-giang-2024-h1.txt").unlink()
    build([reports], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        assert load(graph, server).removed == 1
        after = dump(server)
        assert not any("an-giang-2024-h1" in name for name in sources(after))
        empty(server)
        load(graph, server)
    assert dump(server) == after


def test_a_digest_tells_what_a_graph_says_and_not_how_it_came(tmp_path: Path) -> None:
    found = list(quads(extraction(), source(), iri=IRI, sha256=SHA256, extractor="1"))
    digests = []
    for number, order in enumerate((found, found[::-1], found[1:])):
        with Graph.open(tmp_path / str(number), read_only=False) as graph:
            graph.replace(IRI, order)
            digests.append(digest(graph.store, IRI))
    assert digests[0] == digests[1] != digests[2]
    assert (digests[0].triples, digests[2].triples) == (len(found), len(found) - 1)


def test_a_large_named_graph_takes_several_transactions(server: Server, graph: Graph) -> None:
    load(graph, server)
    whole = dump(server)
    empty(server)
    steps = list[tuple[int, int]]()

    def note(phase: str, done: int, total: int) -> None:
        if phase == "writing":
            steps.append((done, total))

    load(graph, server, batch=100, progress=note)
    assert dump(server) == whole
    assert len(steps) > len(list(graph.store.named_graphs()))
    assert steps == sorted(steps) and steps[-1][0] == steps[-1][1]


def test_a_server_killed_while_loading_gets_the_rest_next_time(
    own: Any, connect: Callable[..., Server], tmp_path: Path
) -> None:
    folder = copies(tmp_path / "graph", 120)
    with Graph.open(folder) as graph:
        with connect() as server:
            empty(server)
            load(graph, server)
            clean = dump(server)
            empty(server)
        killers = list[threading.Timer]()

        def kill_soon(phase: str, done: int, total: int) -> None:
            if phase == "writing" and done > total / 3 and not killers:
                killers.append(threading.Timer(random.uniform(0, 0.2), own.kill))
                killers[0].start()

        with connect(patience=3) as server, pytest.raises(KgError, match="run the command again"):
            load(graph, server, batch=600, progress=kill_soon)
        killers[0].join()
        own.start()
        with connect() as server:
            (row,) = server.read("MATCH (g:Graph) WHERE g.digest IS NOT NULL RETURN count(g) AS n")
            assert 0 < row["n"] < 120
            assert load(graph, server).written == 120 - row["n"]
            assert dump(server) == clean


def test_a_server_killed_while_shared_nodes_are_settled_gets_the_rest_next_time(
    own: Any, connect: Callable[..., Server], graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect() as server:
        empty(server)
        load(graph, server)
        clean = dump(server)
        empty(server)
    monkeypatch.setattr(settle, "AT_ONCE", 50)
    with connect(patience=3) as server, pytest.raises(KgError, match="run the command again"):
        load(graph, server, progress=lambda phase, done, total: own.kill() if phase == "settling" else None)
    own.start()
    with connect() as server:
        assert server.read("MATCH (n:Stale) RETURN n LIMIT 1")
        assert load(graph, server).written == 0
        assert dump(server) == clean


def test_a_connection_that_breaks_at_commits_is_taken_up_again(
    own: Any, connect: Callable[..., Server], tmp_path: Path
) -> None:
    folder = copies(tmp_path / "graph", 20)
    with Graph.open(folder) as graph:
        with connect() as server:
            empty(server)
            load(graph, server)
            clean = dump(server)
            empty(server)
        with breaking(own.port, every=3) as way, Server(way.uri, own.user, own.password) as server:
            assert load(graph, server, batch=600).written == 20
        assert way.dropped_before > 2 and way.dropped_after > 2
        with connect() as server:
            assert dump(server) == clean
            assert load(graph, server) == Loaded(0, 20, 0, 0, 0, 0)


def test_the_csv_import_gives_the_same_database(
    own: Any, connect: Callable[..., Server], graph: Graph, tmp_path: Path
) -> None:
    with connect() as server:
        empty(server)
        load(graph, server)
        loaded = dump(server)
    done = export_csv(graph, tmp_path / "csv")
    assert (done.nodes, done.relationships) == (len(loaded[0]), len(loaded[1]))
    own.stop()
    environment = {**os.environ, "NEO4J_ADMIN": str(own.admin())}
    run = subprocess.run(["sh", done.command], env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    own.start()
    with connect() as server:
        assert dump(server) == loaded
        assert load(graph, server).written == 0
        assert server.read("SHOW CONSTRAINTS YIELD name RETURN name")


ODD = (
    HOSTILE,
    'he said "no"',
    '"',
    "a, b; c | d",
    "two\nlines\r\nof text",
    "\ttab",
    "  spaces around  ",
    "back\\slash\\",
    "\\N",
    "null",
    "1e5",
    "\x00 \x1f \x85 \u2028 \ufeff \U0001f600",
    "long " * 20_000,
)


def test_the_csv_import_keeps_odd_texts_as_they_are(
    own: Any, connect: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = NamedNode(IRI)
    with Graph.open(tmp_path / "graph", read_only=False) as graph:
        found = list(quads(extraction(), source(), iri=IRI, sha256=SHA256, extractor="1"))
        for number, text in enumerate(ODD, 1):
            document = NamedNode(f"urn:lex:vn:chinh.phu:nghi.dinh:1999;{number}-1999-nd-cp")
            found.append(Quad(document, term("rdf:type"), term("kg:LegalDocument"), here))
            # One value and several: a text and a list, on the node and on what describes it.
            found.append(Quad(document, term("eli:id_local"), Literal(text), here))
            found += (Quad(document, term("dcterms:title"), Literal(title), here) for title in (text, f"{text}2"))
            found.append(Quad(NamedNode(f"{IRI}#m{number}"), term("kg:intended"), Literal(text), here))
        graph.replace(IRI, found)
    with Graph.open(tmp_path / "graph") as graph:
        with connect() as server:
            empty(server)
            load(graph, server)
            loaded = dump(server)
        done = export_csv(graph, tmp_path / "csv")
    own.stop()
    # The program may be named by a relative path; the script goes to its own folder.
    monkeypatch.chdir(own.admin().parent)
    environment = {**os.environ, "NEO4J_ADMIN": "./neo4j-admin"}
    run = subprocess.run(["sh", done.command], env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    own.start()
    with connect() as server:
        assert dump(server) == loaded


def test_an_export_leaves_other_files_alone(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(KgError, match="other files"):
        export_csv(graph, tmp_path)


# --- questions -----------------------------------------------------------------------------------------------


def some(graph: Graph, sparql: str, count: int) -> list[str]:
    return [str(row["x"]) for row in graph.select(sparql)][:count]


def sets_of_parameters(graph: Graph, query: questions.StoredQuery) -> Iterator[dict[str, str]]:
    """What to ask: the required parameter with many values, each other one with a few."""
    often = "SELECT ?x (COUNT(*) AS ?n) { %s } GROUP BY ?x ORDER BY DESC(?n) ?x"
    candidates = some(graph, "SELECT ?x { ?x a kg:CandidateDocument } ORDER BY ?x", 4)
    values = {
        "document": [
            "Nghị định 60/2024",
            "97/KH-BYT-BGDĐT ngày 10/4/2024",
            *some(graph, often % "?m oa:hasBody ?x . ?x a kg:LegalDocument", 6),
            *some(graph, often % "?s rdf:subject ?x . ?x a kg:LegalDocument", 5),
            *candidates,
        ],
        "province": ["tỉnh Hậu Giang", "Kiên Giang", *some(graph, often % "?r kg:forProvince ?x", 7)],
        "body": ["Chính phủ", "Bộ Y tế", *some(graph, often % "?t kg:assignedTo|eli:passed_by ?x", 8)],
        "report": some(graph, "SELECT ?x { ?x a kg:Report } ORDER BY ?x", 8),
        "period": ["2024", "2024-H1", "2023/2024"],
        "date": ["2024-12-31", "2030-01-01"],
        "integer": ["3", "1000"],
    }
    required = [p for p in query.parameters if p.required]
    others = [p for p in query.parameters if not p.required]
    limit = {p.name: "1000" for p in others if p.name == "limit"}
    choices = [values[p.type][: None if p is required[0] else 4] for p in required]
    base = [dict(zip((p.name for p in required), chosen, strict=True)) for chosen in product(*choices)]
    yield from ({**limit, **given} for given in base)
    for parameter in others:
        yield from (
            {**limit, **given, parameter.name: v}
            for given in base[:3]
            for v in parameter.values or values[parameter.type]
        )
    yield from ({**limit, **given, "as_of": day} for given in base[:3] for day in ("2026-01-01", "2003-06-30"))


def comparable(answer: questions.Answer) -> list[str]:
    """Rows in one order; so are the names within a cell, which SPARQL concatenates in any order."""
    rows = [
        {key: sorted(cell.split("; ")) if isinstance(cell, str) else cell for key, cell in row.items()}
        for row in answer.rows
    ]
    return sorted(json.dumps(row, ensure_ascii=False) for row in rows)


@pytest.fixture(scope="module")
def loaded(connect: Callable[..., Server], corpus: Path) -> Callable[[], Server]:
    """Connections to a database that holds the corpus."""

    def connected() -> Server:
        server = connect()
        with Graph.open(corpus) as graph:
            load(graph, server)
        return server

    return connected


@pytest.mark.parametrize("name", questions.names())
def test_neo4j_answers_as_oxigraph_does(name: str, loaded: Callable[[], Server], graph: Graph) -> None:
    compared = rows = 0
    with loaded() as server:
        for given in sets_of_parameters(graph, questions.stored(name)):
            here, there = questions.run(graph, name, **given), cypher_query.run(server, name, **given)
            assert there.columns == here.columns
            assert comparable(there) == comparable(here), given
            assert there.notes == here.notes
            compared, rows = compared + 1, rows + len(here.rows)
    assert compared and rows


WORDINGS = (
    "Nghị định 60/2024/NĐ-CP",
    "nghi dinh 60",
    "Decree 60/2024 of the Government",
    "Nghị định số 60/2024/NĐ-CP ngày 01/01/2020 của Bộ Tài chính",
    "Nghị định 61/2024/NĐ-CP",
    "Nghị quyết 01/NQ-CP",
    "01/NQ-CP năm 2023",
    "Luật Điện lực",
    "Kế hoạch 15/KH-UBND",
    "Kế hoạch 338/KH-UBND tỉnh Lào Cai",
    "Nghị quyết 18-NQ/TW",
    "URN:LEX:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp",
    "urn:lex:vn:chinh.phu:nghi.dinh:1999;1-1999-nd-cp",
)


@pytest.mark.parametrize("wording", WORDINGS)
def test_words_stand_for_the_same_documents(wording: str, loaded: Callable[[], Server], graph: Graph) -> None:
    with loaded() as server:
        here = questions.run(graph, "who-cites", document=wording)
        there = cypher_query.run(server, "who-cites", document=wording)
    assert (there.params, there.notes) == (here.params, here.notes)
    assert comparable(there) == comparable(here)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("documents-of-province", {"province": "tinh hau giang"}),
        ("documents-of-province", {"province": "TP. Cần Thơ"}),
        ("issued-by", {"body": "UBND tỉnh Hậu Giang"}),
        ("issued-by", {"body": "Sở Công Thương"}),
        ("report-implements", {"report": "an-giang-2024-h1.txt"}),
        ("report-implements", {"report": "Hoạt động ngành Công Thương"}),
    ],
)
def test_names_stand_for_the_same_nodes(
    name: str, given: dict[str, str], loaded: Callable[[], Server], graph: Graph
) -> None:
    with loaded() as server:
        here, there = questions.run(graph, name, **given), cypher_query.run(server, name, **given)
    assert (there.params, there.notes) == (here.params, here.notes)
    assert comparable(there) == comparable(here)


def test_a_wrong_question_is_refused_in_the_same_words(loaded: Callable[[], Server], graph: Graph) -> None:
    wrong: list[tuple[str, dict[str, str]]] = [
        ("provinces-implementing", {}),
        ("provinces-implementing", {"document": "cái chợ"}),
        ("provinces-implementing", {"document": "Nghị định 60/2024", "tinh": "Hậu Giang"}),
        ("documents-of-province", {"province": "Hậu Giag"}),
        ("most-implemented", {"limit": "0"}),
        ("report-implements", {"report": "no such report"}),
    ]
    with loaded() as server:
        for name, given in wrong:
            with pytest.raises(KgError) as here:
                questions.run(graph, name, **given)
            with pytest.raises(KgError) as there:
                cypher_query.run(server, name, **given)
            assert str(there.value) == str(here.value)


def test_hostile_words_change_nothing(server: Server, tmp_path: Path) -> None:
    with Graph.open(tmp_path / "graph", read_only=False) as graph:
        found = list(quads(extraction(), source(), iri=IRI, sha256=SHA256, extractor="1"))
        number = Quad(NamedNode(DECREE), term("eli:id_local"), Literal(HOSTILE), NamedNode(IRI))
        quote = Quad(NamedNode(f"{IRI}#m1"), term("kg:citedAs"), Literal(HOSTILE), NamedNode(IRI))
        graph.replace(IRI, [*found, number, quote])
    with Graph.open(tmp_path / "graph") as graph:
        load(graph, server)
    before = dump(server)
    assert any(HOSTILE in line for line in before[0])
    for name in questions.names():
        for parameter in questions.stored(name).parameters:
            given = {p.name: "2024" for p in questions.stored(name).parameters if p.required}
            with suppress(KgError):  # most are refused before they get to the server
                cypher_query.run(server, name, **{**given, parameter.name: HOSTILE})
        # Past every check of what the words stand for, the value is still only a value.
        values: dict[str, Any] = {key: [HOSTILE, HOSTILE] for key in cypher_query.parameters(name)}
        values |= {key: None for key in values if key.startswith("units_")}  # from tables, never from users
        values |= {"limit": 10, "date": HOSTILE, "status": HOSTILE, "code": HOSTILE, "severity": HOSTILE}
        server.read(cypher_query.cypher(name), **values)
    assert dump(server) == before


# --- clusters and the command line ---------------------------------------------------------------------------


def test_a_question_cannot_write(server: Server) -> None:
    with pytest.raises(KgError, match=r"(?i)writ"):
        server.read("CREATE (n:Resource) RETURN n")


@pytest.fixture
def protocol(caplog: pytest.LogCaptureFixture) -> Callable[[str], list[str]]:
    """The messages of a kind that the driver has sent or got, as it logs them."""
    caplog.set_level(logging.DEBUG, "neo4j")

    def messages(kind: str) -> list[str]:
        found = (re.search(rf"(?:C|S): {kind} (.*)", record.getMessage()) for record in caplog.records)
        return [match[1] for match in found if match]

    return messages


def test_an_address_with_routing_is_asked_who_does_what(own: Any, protocol: Callable[[str], list[str]]) -> None:
    with Server(own.routed, own.user, own.password) as server:
        assert server.read("RETURN 1 AS n") == [{"n": 1}]
        server.write([("RETURN 1", {})])
    assert protocol("ROUTE")
    (table,) = {answer for answer in protocol("SUCCESS") if "'rt'" in answer}
    assert all(f"'role': '{role}'" in table for role in ("READ", "WRITE", "ROUTE"))


def test_an_address_without_routing_is_taken_as_it_is(own: Any, protocol: Callable[[str], list[str]]) -> None:
    with Server(own.bolt, own.user, own.password) as server:
        server.read("RETURN 1")
    assert not protocol("ROUTE")


def test_questions_go_to_readers_and_loads_to_the_leader(
    loaded: Callable[[], Server], graph: Graph, tmp_path: Path, protocol: Callable[[str], list[str]]
) -> None:
    with loaded() as server:
        before = len(protocol("BEGIN"))
        cypher_query.run(server, "provinces-implementing", document="Nghị định 60/2024")
        questions = protocol("BEGIN")[before:]
        assert len(questions) > 1 and all("'mode': 'r'" in begun for begun in questions)
        empty(server)
        before = len(protocol("BEGIN"))
        load(graph, server)
        assert any("'mode': 'r'" not in begun for begun in protocol("BEGIN")[before:])


def test_each_transaction_of_a_load_sees_the_earlier_ones(
    server: Server, graph: Graph, protocol: Callable[[str], list[str]]
) -> None:
    before = len(protocol("BEGIN"))
    load(graph, server)
    later = protocol("BEGIN")[before + 1 :]
    assert later and all("'bookmarks': ['" in begun for begun in later)


def test_bookmarks_carry_over_to_another_connection(
    connect: Callable[..., Server], protocol: Callable[[str], list[str]]
) -> None:
    with connect() as writer:
        empty(writer)
        writer.write([("CREATE (:Resource {uri: 'urn:x'})", {})])
        (mark,) = writer.bookmarks
    with connect(bookmarks=[mark]) as reader:
        assert reader.bookmarks == [mark]
        assert reader.read("MATCH (n) RETURN n.uri AS uri") == [{"uri": "urn:x"}]
        assert mark in protocol("BEGIN")[-1]
        assert reader.bookmarks


def next_bookmark(mark: str) -> str:
    """The bookmark of the transaction after that of ``mark``: the number at its end, one greater."""
    prefix, coded = mark.split(":")
    bits = base64.b64decode(coded + "=" * (-len(coded) % 4))
    database, number, end = bits[:19], bits[19:-1], bits[-1:]
    value = number[0] if len(number) == 1 else int.from_bytes(number[1:])  # PackStream: short ones have no mark
    return f"{prefix}:{base64.b64encode(database + bytes([0xCA]) + (value + 1).to_bytes(4) + end).decode().rstrip('=')}"


def test_a_question_waits_for_the_write_that_its_bookmark_names(own: Any, connect: Callable[..., Server]) -> None:
    make = "CREATE (:Resource {uri: $uri})"
    with connect() as writer:
        empty(writer)
        writer.write([(make, {"uri": "urn:x"})])
        (mark,) = writer.bookmarks
        with connect(bookmarks=[next_bookmark(mark)]) as reader, ThreadPoolExecutor(1) as pool:
            answer = pool.submit(reader.read, "MATCH (n) RETURN n.uri AS uri ORDER BY uri")
            with pytest.raises(TimeoutError):
                answer.result(timeout=1)
            writer.write([(make, {"uri": "urn:y"})])
            assert answer.result(timeout=60) == [{"uri": "urn:x"}, {"uri": "urn:y"}]


def invoke(arguments: list[str], server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    uri = server.bolt if server else os.environ["NEO4J_URI"]
    monkeypatch.setenv("TEST_SECRET", server.password if server else os.environ.get("NEO4J_PASSWORD", ""))
    return CliRunner().invoke(neo4j, [*arguments, "--uri", uri, "--password-env", "TEST_SECRET"])


def test_the_commands_load_and_answer(
    server: Server,
    machine: Any,
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    protocol: Callable[[str], list[str]],
) -> None:
    marks = ["--bookmarks", str(tmp_path / "marks")]
    done = invoke(["load", "--graph", str(corpus), *marks], machine, monkeypatch)
    assert done.exit_code == 0, done.output
    assert "0 unchanged" in done.output
    (mark,) = (tmp_path / "marks").read_text().split()
    before = len(protocol("BEGIN"))
    ask = ["query", "provinces-implementing", "document=Nghị định 60/2024", "--format", "json", *marks]
    done = invoke(ask, machine, monkeypatch)
    assert done.exit_code == 0, done.output
    assert mark in protocol("BEGIN")[before]
    with Graph.open(corpus) as graph:
        assert (
            json.loads(done.stdout) == questions.run(graph, "provinces-implementing", document="Nghị định 60/2024").rows
        )
    for lang in ("vi", "en"):  # a table calls documents by the same names
        monkeypatch.setenv("KG_LANG", lang)
        told = invoke(ask[:3], machine, monkeypatch)
        local = CliRunner().invoke(main, [*ask[:3], "--graph", str(corpus)])
        assert told.stdout == local.stdout and "Nghị định 60/2024/NĐ-CP" in told.stdout


def test_a_password_is_never_an_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in neo4j.commands.values():
        assert not any(name in ("--password", "-p") for p in command.params for name in p.opts)
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    done = CliRunner().invoke(neo4j, ["query", "reports", "--uri", "bolt://localhost:1"])
    assert isinstance(done.exception, KgError) and "NEO4J_PASSWORD" in str(done.exception)


def test_at_a_terminal_the_password_is_asked_for_and_progress_shown(own: Any, corpus: Path, server: Server) -> None:
    # The command runs on a terminal of its own, which this helper puts on its pipes.
    kg = [sys.executable, "-c", "from kg.cli import main; main()", "neo4j", "load", "--graph", str(corpus)]
    terminal = [sys.executable, "-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"]
    environment = {**os.environ, "KG_LANG": "en", "TERM": "xterm", "COLUMNS": "100"}
    environment.pop("NEO4J_PASSWORD", None)
    command = [*terminal, *kg, "--uri", own.routed]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin and process.stdout
        shown = b""
        while b"Password of neo4j" not in shown:
            more = os.read(process.stdout.fileno(), 4096)
            assert more, shown
            shown += more
        process.stdin.write(own.password.encode() + b"\n")
        process.stdin.flush()
        shown += process.stdout.read()
    assert process.returncode == 0, shown
    assert own.password.encode() not in shown
    for phase in (b"Comparing with the server", b"Loading into Neo4j", b"Joining what sources share", b"100%"):
        assert phase in shown
    assert b"named graphs written" in shown


def test_a_server_that_is_not_there_is_one_line() -> None:
    with pytest.raises(KgError) as error:
        Server("bolt://127.0.0.1:9", "neo4j", "x", patience=0)
    assert "\n" not in str(error.value) and "127.0.0.1:9" in str(error.value)
    with pytest.raises(KgError, match="no address"):
        Server("http://localhost", "neo4j", "x")
