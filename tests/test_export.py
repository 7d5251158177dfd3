"""Exports open in the programs they are for, and say what the graph says."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from graph_samples import DECREE, IRI, OLD, OWN, PLAN, SHA256, extraction, source
from lxml import etree
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

import kg
from kg.graph.rdf import quads
from kg.graph.reference import reference
from kg.graph.stats import stats
from kg.graph.store import Graph
from kg.graph.terms import body_iri, place_iri
from kg.loaders.source import Source
from kg.messages import KgError
from kg.model import REPORT, Extraction, Header, Mention, Rel, Relation
from kg.ontology.vocabulary import REFERENCE, term
from kg.output.export import FORMATS, export
from kg.output.network import VIEWS, network

PROVINCE = place_iri("Hậu Giang").value
OTHER = "file:///data/other.txt"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    path = tmp_path_factory.mktemp("graph")
    with Graph.open(path, read_only=False) as writer:
        writer.replace(IRI, quads(extraction(), source(), iri=IRI, sha256=SHA256))
        # A second source with a control character, a quotation mark and a line break in its quote.
        text = 'Theo "Nghị định\\\n60/2024/NĐ-CP\x0b"'
        mention = Mention("m1", 0, len(text), text, "Nghị định", "60/2024/NĐ-CP", urn=DECREE)
        other = Extraction(Header(), (mention,), (Relation(REPORT, Rel.CITES, "m1", 0, len(text)),))
        writer.replace(OTHER, quads(other, Source("other.txt", text, "text/plain"), iri=OTHER, sha256=SHA256))
    with Graph.open(path, read_only=True) as reader:
        yield reader


def everything(graph: Graph) -> set[Quad]:
    return {q for q in graph.store if q.graph_name != DefaultGraph()}


def test_full_view_has_every_kind_of_node_with_a_label(graph: Graph) -> None:
    found = network(graph)
    kinds = {data["kind"] for _, data in found.nodes(data=True)}
    assert kinds == {"document", "candidate", "report", "body", "province", "task"}
    assert all(data["label"] for _, data in found.nodes(data=True))
    assert found.nodes[DECREE]["label"] == "Nghị định 60/2024/NĐ-CP"
    assert found.nodes[DECREE]["type"] == "Nghị định"
    assert found.nodes[IRI]["label"] == "Kết quả năm 2024"
    assert found.nodes[OTHER]["label"] == "other.txt"


def test_edges_carry_the_relation_its_quote_status_and_report(graph: Graph) -> None:
    (edge,) = network(graph).get_edge_data(PLAN, DECREE).values()
    assert edge["rel"] == "implements"
    assert edge["quote"].startswith("UBND tỉnh ban hành")
    assert edge["status"] == "done"
    assert edge["report"] == IRI
    assert edge["section"] == "I. Kết quả thực hiện > 1. Phát triển chợ"


def test_full_view_connects_tasks_bodies_and_provinces(graph: Graph) -> None:
    edges = {(s, data["rel"], t) for s, t, data in network(graph).edges(data=True)}
    issuer = body_iri("Sở Công Thương tỉnh Hậu Giang").value
    assert (IRI, "forProvince", PROVINCE) in edges
    assert (IRI, "realizes", OWN) in edges
    assert (issuer, "inProvince", PROVINCE) in edges
    assert (f"{IRI}#t2", "assignedTo", issuer) in edges
    assert (f"{IRI}#t1", "implements", PLAN) in edges
    assert (f"{IRI}#t1", "hasSource", IRI) in edges


def test_documents_view_has_documents_and_reports_only(graph: Graph) -> None:
    found = network(graph, view="documents")
    assert {data["kind"] for _, data in found.nodes(data=True)} == {"document", "candidate", "report"}
    assert OLD in found


def test_implementation_view_has_who_carries_out_what(graph: Graph) -> None:
    found = network(graph, view="implementation")
    assert {IRI, PLAN, DECREE, PROVINCE} <= set(found)
    assert OLD not in found
    assert OTHER not in found
    assert {d["rel"] for _, _, d in found.edges(data=True)} == {
        "implements", "issued", "forProvince", "passed_by", "inProvince",
    }  # fmt: skip


def test_a_document_with_its_surroundings(graph: Graph) -> None:
    assert set(network(graph, view="documents", document=OLD, depth=0)) == {OLD}
    assert set(network(graph, view="documents", document=OLD)) == {OLD, DECREE}
    assert set(network(graph, view="documents", document=OLD, depth=2)) == {OLD, DECREE, PLAN, IRI, OTHER}
    with pytest.raises(KgError, match="not in this view"):
        network(graph, document="urn:lex:vn:none")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_xml_formats_come_back_as_the_same_network(graph: Graph, tmp_path: Path, format: str, view: str) -> None:
    export(graph, format, tmp_path / "out", view=view)
    etree.parse(tmp_path / "out")  # well formed
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format]
    found, wanted = read(tmp_path / "out"), network(graph, view=view)
    assert set(found) == set(wanted)
    assert found.number_of_edges() == wanted.number_of_edges()
    for node, data in wanted.nodes(data=True):
        assert {**found.nodes[node], "label": data["label"]} == {**found.nodes[node], **data}
    rels = sorted((s, t, d["rel"], d.get("quote", "")) for s, t, d in wanted.edges(data=True))
    assert sorted((s, t, d["rel"], d.get("quote", "")) for s, t, d in found.edges(data=True)) == rels


def test_control_characters_that_xml_forbids_are_left_out(graph: Graph) -> None:
    (edge,) = network(graph).get_edge_data(OTHER, DECREE).values()
    assert edge["quote"] == 'Theo "Nghị định\\\n60/2024/NĐ-CP"'


def test_cytoscape_has_nodes_and_edges_by_identifier(graph: Graph, tmp_path: Path) -> None:
    export(graph, "cytoscape", tmp_path / "out.cyjs")
    elements = json.loads((tmp_path / "out.cyjs").read_text("utf-8"))["elements"]
    ids = {node["data"]["id"] for node in elements["nodes"]}
    assert ids == set(network(graph))
    assert all({edge["data"]["source"], edge["data"]["target"]} <= ids for edge in elements["edges"])
    assert {node["data"]["name"] for node in elements["nodes"]} >= {"Nghị định 60/2024/NĐ-CP", "Hậu Giang"}


def test_dot_quotes_what_needs_it(graph: Graph, tmp_path: Path) -> None:
    export(graph, "dot", tmp_path / "out.dot", view="documents")
    text = (tmp_path / "out.dot").read_text("utf-8")
    assert text.startswith("digraph kg {")
    assert f'"{DECREE}" [label="Nghị định 60/2024/NĐ-CP", class="document"];' in text
    assert 'tooltip="Theo \\"Nghị định\\\\\\n60/2024/NĐ-CP\\""' in text
    wanted = network(graph, view="documents")
    assert len(text.splitlines()) == wanted.number_of_nodes() + wanted.number_of_edges() + 3


def test_csv_in_a_folder_and_in_an_archive_hold_the_same(graph: Graph, tmp_path: Path) -> None:
    export(graph, "csv", tmp_path / "tables")
    export(graph, "csv", tmp_path / "tables.zip")
    wanted = network(graph)
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        for name in ("nodes.csv", "edges.csv"):
            assert archive.read(name) == (tmp_path / "tables" / name).read_bytes()
        nodes = list(csv.DictReader(io.StringIO(archive.read("nodes.csv").decode(), newline="")))
        edges = list(csv.DictReader(io.StringIO(archive.read("edges.csv").decode(), newline="")))
    assert {row["id"] for row in nodes} == set(wanted)
    assert len(edges) == wanted.number_of_edges()
    assert {row["quote"] for row in edges} >= {'Theo "Nghị định\\\n60/2024/NĐ-CP"'}


def test_nquads_is_the_whole_graph_in_order(graph: Graph, tmp_path: Path) -> None:
    export(graph, "nquads", tmp_path / "out.nq")
    data = (tmp_path / "out.nq").read_bytes()
    assert set(parse(data, format=RdfFormat.N_QUADS)) == everything(graph)
    export(graph, "nquads", tmp_path / "again.nq")
    assert (tmp_path / "again.nq").read_bytes() == data


def test_turtle_is_the_union_of_the_graphs(graph: Graph, tmp_path: Path) -> None:
    export(graph, "turtle", tmp_path / "out.ttl")
    found = {quad.triple for quad in parse((tmp_path / "out.ttl").read_bytes(), format=RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in everything(graph)}


def test_jsonld_says_the_same_with_short_names(graph: Graph, tmp_path: Path) -> None:
    export(graph, "jsonld", tmp_path / "out.jsonld")
    data = (tmp_path / "out.jsonld").read_bytes()
    assert set(parse(data, format=RdfFormat.JSON_LD)) == everything(graph)
    nodes = {node["id"]: node for block in json.loads(data)["@graph"] for node in block["@graph"]}
    assert nodes[DECREE]["label"] == "Nghị định 60/2024/NĐ-CP"
    assert isinstance(nodes[f"{IRI}#m1"]["start"], int)
    assert nodes[f"{IRI}#m1"]["status"] == "kg:done"


def test_jsonld_of_the_reference_graph_keeps_every_language_and_datatype(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.replace(REFERENCE.value, reference())
        export(graph, "jsonld", tmp_path / "out.jsonld")
        found = set(parse((tmp_path / "out.jsonld").read_bytes(), format=RdfFormat.JSON_LD))
        assert found == everything(graph)


@pytest.mark.parametrize(("format", "rdf"), [("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)])
def test_rdf_of_a_selection_keeps_its_nodes_and_the_statements_between_them(
    graph: Graph, tmp_path: Path, format: str, rdf: RdfFormat
) -> None:
    export(graph, format, tmp_path / "out", view="documents", document=OLD)
    found = set(parse((tmp_path / "out").read_bytes(), format=rdf))
    assert found < everything(graph)
    subjects = {quad.subject.value for quad in found}  # type: ignore[union-attr]
    assert subjects == {OLD, DECREE, f"{IRI}#r5"}
    assert term("kg:replaces") in {quad.predicate for quad in found}


@pytest.mark.parametrize("format", [name for name in FORMATS if name not in ("csv", "parquet")])
def test_a_failed_export_leaves_the_earlier_file(graph: Graph, tmp_path: Path, format: str) -> None:
    out = tmp_path / "out"
    out.write_text("earlier")
    with pytest.raises(KgError, match="not in this view"):
        export(graph, format, out, document="urn:lex:vn:none")
    out.with_name("folder").mkdir()
    with pytest.raises(KgError, match="can't be written"):
        export(graph, format, out / "below", view="documents")
    assert out.read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "out"]


def test_an_export_takes_the_place_of_the_earlier_file_in_one_step(graph: Graph, tmp_path: Path) -> None:
    out = tmp_path / "out.nq"
    out.write_text("earlier")
    export(graph, "nquads", out)
    assert [path.name for path in tmp_path.iterdir()] == ["out.nq"]
    (tmp_path / "new").touch()
    assert out.stat().st_mode == (tmp_path / "new").stat().st_mode


def test_unknown_formats_and_views_name_the_known_ones(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="graphml"):
        export(graph, "xlsx", tmp_path / "out")
    with pytest.raises(KgError, match="implementation"):
        export(graph, "dot", tmp_path / "out", view="everything")


def test_an_empty_graph_gives_empty_exports(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        for format in FORMATS:
            export(graph, format, tmp_path / f"out-{format}")
    assert nx.read_graphml(tmp_path / "out-graphml").number_of_nodes() == 0
    assert json.loads((tmp_path / "out-jsonld").read_text("utf-8"))["@graph"] == []


def test_stats_count_each_thing_once(graph: Graph) -> None:
    found = stats(graph)
    assert (found.sources, found.provinces, found.mentions) == (2, 1, 7)
    assert found.documents == 4
    assert found.candidates == 2
    assert found.resolved == 0
    assert found.documents_by_type == {"Nghị định": 2, "Báo cáo": 1, "Kế hoạch": 1}
    assert found.relations == {"cites": 3, "implements": 3, "issued": 1, "replaces": 1}
    assert found.tasks == {"done": 1, "planned": 1}
    assert found.findings == {"damaged-number": 1, "variant": 1}
    assert json.loads(json.dumps(found.to_dict()))["sources"] == 2


def test_a_title_that_is_long_is_cut_for_the_label(tmp_path: Path) -> None:
    long = replace(extraction(), document=Header(title="dài " * 60))
    with Graph.open(tmp_path, read_only=False) as graph:
        graph.replace(IRI, quads(long, source(), iri=IRI, sha256=SHA256))
        label = network(graph, view="documents").nodes[IRI]["label"]
    assert len(label) == 80
    assert label.endswith("…")


def test_parquet_tables_hold_what_the_graph_says_of_each_citation(graph: Graph, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    export(graph, "parquet", tmp_path / "tables")
    mentions = {row["id"]: row for row in pq.read_table(tmp_path / "tables" / "mentions.parquet").to_pylist()}
    asked = graph.select("SELECT ?m ?d ?q ?s { ?m a kg:Mention ; oa:hasBody ?d ; oa:exact ?q ; oa:start ?s }")
    assert {(m["id"], m["document"], m["quote"], m["start"]) for m in mentions.values()} == {
        (row["m"], row["d"], row["q"], row["s"]) for row in asked
    }
    relations = pq.read_table(tmp_path / "tables" / "relations.parquet").to_pylist()
    assert {"replaces", "cites"} <= {row["relation"] for row in relations}
    (source,) = (r for r in pq.read_table(tmp_path / "tables" / "sources.parquet").to_pylist() if r["source"] == IRI)
    assert source["province"] == "Hậu Giang"


def test_parquet_is_always_the_whole_graph_in_a_folder(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="whole graph"):
        export(graph, "parquet", tmp_path / "tables", view="documents")
    (tmp_path / "file").write_text("earlier")
    with pytest.raises(KgError, match="can't be written"):
        export(graph, "parquet", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "earlier"


def test_types_have_their_vietnamese_names_in_a_built_graph(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("Thực hiện Thông tư số 12/2024/TT-BCT và Tờ trình số 5/TTr-SCT.", encoding="utf-8")
    kg.build([str(report)], str(tmp_path / "graph"))
    with Graph.open(tmp_path / "graph", read_only=True) as built:
        types = {data["type"] for _, data in network(built).nodes(data=True) if "type" in data}
    assert types == {"Thông tư", "Tờ trình"}
