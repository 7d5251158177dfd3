"""Joint documents: each body that issued one is a node of its own, and every answer names all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import joint_samples
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from kg.answers import questions
from kg.answers.lookup import lookup
from kg.checks.validate import validate
from kg.cli import main
from kg.documents.identity import identify
from kg.documents.urn import parse_urn
from kg.documents.variants import Cited, compare
from kg.graph.store import Graph
from kg.graph.terms import body_iri
from kg.ontology.vocabulary import term
from kg.pipeline.build import build
from kg.pipeline.registry import import_registry

PLAN = "urn:lex:vn:bo.y.te+bo.giao.duc.va.dao.tao:ke.hoach:2024;97-kh-byt-bgddt"
CIRCULAR = "urn:lex:vn:bo.cong.thuong+bo.khoa.hoc.va.cong.nghe:thong.tu.lien.tich:2015;58-2015-ttlt-bct-bkhcn"
RULES = "urn:lex:vn;kien.giang:uy.ban.nhan.dan+uy.ban.mat.tran.to.quoc.viet.nam:quy.che.phoi.hop:2024;17-qcph-ubnd-ubmt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("joint")
    build([joint_samples.write(made / "sources")], made / "graph", jobs=1)
    return made / "graph"


@pytest.fixture
def graph(folder: Path) -> Iterator[Graph]:
    with Graph.open(folder) as opened:
        yield opened


def issuers(graph: Graph, iri: str) -> set[str]:
    rows = graph.select(f"SELECT ?name {{ <{iri}> eli:passed_by/rdfs:label ?name }}")
    return {str(row["name"]) for row in rows}


def rows(graph: Graph, name: str, **params: str) -> list[dict[str, Any]]:
    return questions.run(graph, name, **params).rows


@pytest.mark.parametrize(
    ("type", "number", "issuer"),
    [
        ("Kế hoạch", "97/KH-BYT-BGDĐT", "Bộ Y tế; Bộ Giáo dục và Đào tạo"),
        ("Quy chế phối hợp", "17/QCPH", "Ủy ban nhân dân tỉnh Kiên Giang; Hội Nông dân tỉnh Kiên Giang"),
        ("Quy định", "01/LN-VKS-CA-TA", "Viện kiểm sát nhân dân tỉnh Lâm Đồng; Công an tỉnh Lâm Đồng"),
        ("Nghị quyết liên tịch", "01/NQLT-HĐND-UBMTTQ", "Hội đồng nhân dân tỉnh Lâm Đồng; Công an tỉnh Lâm Đồng"),
    ],
)
def test_the_order_in_which_a_text_names_the_bodies_makes_no_difference(type: str, number: str, issuer: str) -> None:
    turned = "; ".join(reversed(issuer.split("; ")))
    first, second = (identify(type, number, "2024-04-10", each) for each in (issuer, turned))
    assert first == second and first.decided


def test_a_local_joint_resolution_has_the_place_that_its_issuers_tell() -> None:
    both = "Hội đồng nhân dân tỉnh Lâm Đồng; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng"
    found = identify("Nghị quyết liên tịch", "01/NQLT-HĐND-UBMTTQ", "2020-01-01", both)
    assert found.decided and found.id.startswith("urn:lex:vn;lam.dong:hoi.dong.nhan.dan+uy.ban.mat.tran")


def test_each_body_of_a_joint_document_is_the_node_that_it_is_alone(graph: Graph) -> None:
    assert issuers(graph, PLAN) == {"Bộ Y tế", "Bộ Giáo dục và Đào tạo"}
    assert issuers(graph, CIRCULAR) == {"Bộ Công Thương", "Bộ Khoa học và Công nghệ"}
    there = "tỉnh Kiên Giang"
    assert issuers(graph, RULES) == {f"Ủy ban nhân dân {there}", f"Ủy ban Mặt trận Tổ quốc Việt Nam {there}"}
    assert not graph.select('SELECT ?body { ?body a org:Organization ; rdfs:label ?name FILTER(CONTAINS(?name, ";")) }')
    report = graph.select('SELECT ?body { ?r a kg:Report ; eli:id_local "112/BC-UBND" ; eli:passed_by ?body }')
    assert report == graph.select(
        f"SELECT ?body {{ <{RULES}> eli:passed_by ?body FILTER(CONTAINS(STR(?body), 'uy-ban-nhan')) }}"
    )


def test_two_mentions_with_the_bodies_in_another_order_are_one_document(graph: Graph) -> None:
    counted = graph.select(f"SELECT (COUNT(DISTINCT ?r) AS ?n) {{ ?m oa:hasBody <{PLAN}> ; oa:hasSource ?r }}")
    assert counted == [{"n": 2}]


@pytest.mark.parametrize("body", ["Bộ Y tế", "Bộ Giáo dục và Đào tạo"])
def test_a_joint_document_is_found_by_each_of_its_bodies(body: str, graph: Graph) -> None:
    (row,) = rows(graph, "issued-by", body=body)
    assert (row["document"], row["issuer"], row["mentions"]) == (PLAN, "Bộ Giáo dục và Đào tạo; Bộ Y tế", 5)
    named = [row["label"] for row in rows(graph, "never-implemented", body=body)]
    assert named == []  # it is carried out


def test_a_joint_document_of_a_province_is_one_row_with_all_bodies(graph: Graph) -> None:
    found = {row["document"]: row["issuer"] for row in rows(graph, "documents-of-province", province="Kiên Giang")}
    assert found[RULES] == "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Kiên Giang; Ủy ban nhân dân tỉnh Kiên Giang"
    assert len(found) == len(rows(graph, "documents-of-province", province="Kiên Giang"))


def test_no_answer_has_a_row_twice(graph: Graph) -> None:
    given = {"document": PLAN, "body": "Bộ Y tế", "province": "Kiên Giang", "period": "2024", "date": "2026-01-01"}
    answered = 0
    for query in questions.stored_queries():
        required = {p.name: given.get(p.type) for p in query.parameters if p.required}
        if None in required.values():
            continue
        told = [json.dumps(row, default=str) for row in rows(graph, query.name, **required)]  # type: ignore[arg-type]
        assert len(told) == len(set(told)), query.name
        answered += bool(told)
    assert answered > 15


def test_the_chain_names_all_units_that_a_task_is_given_to_in_one_row(graph: Graph) -> None:
    chain = rows(graph, "implementation-chain", document=PLAN)
    (task,) = [row for row in chain if row["deadline"]]
    assert task["by"] == "Sở Giáo dục và Đào tạo tỉnh Kiên Giang; Sở Y tế tỉnh Kiên Giang"


@pytest.mark.parametrize(
    "wording",
    [
        "Thông tư liên tịch 58/2015/TTLT-BCT-BKHCN",
        "Thông tư liên tịch 58/2015 của Bộ Khoa học và Công nghệ",
        "Thông tư liên tịch 58/2015 của Bộ Công Thương",
    ],
)
def test_one_of_its_bodies_is_enough_to_look_a_joint_document_up(wording: str, graph: Graph) -> None:
    best = lookup(graph, wording)[0]
    assert (best.urn, best.issuer) == (CIRCULAR, "Bộ Công Thương; Bộ Khoa học và Công nghệ")


def test_the_graph_keeps_to_its_shapes_and_a_node_for_two_bodies_does_not(graph: Graph, tmp_path: Path) -> None:
    assert not validate(graph)
    body, name = body_iri("Bộ Y tế; Bộ Tài chính"), Literal("Bộ Y tế; Bộ Tài chính", language="vi")
    said = ((term("rdf:type"), term("org:Organization")), (term("rdfs:label"), name))
    with Graph.open(tmp_path / "wrong", read_only=False) as wrong:
        wrong.replace("file:///x", [Quad(body, predicate, value, NamedNode("file:///x")) for predicate, value in said])
        assert [(found.rule, found.message) for found in validate(wrong)] == [
            ("BodyShape.label", "A body is one body: a joint document has several.")
        ]


def test_a_register_gives_a_joint_document_several_bodies(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(
        'number,type,issuer,date\n97/KH-BYT-BGDĐT,Kế hoạch,"Bộ Giáo dục và Đào tạo; Bộ Y tế",2024-04-10\n',
        encoding="utf-8",
    )
    with Graph.open(tmp_path / "graph", read_only=False) as graph:
        import_registry(graph, register)
        assert issuers(graph, PLAN) == {"Bộ Y tế", "Bộ Giáo dục và Đào tạo"}


def export(graph: Path, format: str, out: Path) -> None:
    done = CliRunner().invoke(main, ["export", "--graph", str(graph), "--format", format, "-o", str(out)])
    assert done.exit_code == 0, done.output


def test_tables_and_exports_name_all_bodies(folder: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    done = CliRunner().invoke(
        main, ["export", "--graph", str(folder), "--format", "parquet", "-o", str(tmp_path / "t")]
    )
    assert done.exit_code == 0, done.output
    table = parquet.read_table(tmp_path / "t" / "documents.parquet").to_pylist()
    assert {row["issuer"] for row in table if row["id"] == PLAN} == {"Bộ Giáo dục và Đào tạo; Bộ Y tế"}
    done = CliRunner().invoke(
        main, ["export", "--graph", str(folder), "--format", "graphml", "-o", str(tmp_path / "g")]
    )
    assert done.exit_code == 0 and "; Bộ" not in (tmp_path / "g").read_text(encoding="utf-8")


def test_the_command_that_reads_one_document_keeps_one_string() -> None:
    done = CliRunner().invoke(main, ["extract", "-", "--format", "jsonl"], input=joint_samples.REPORT)
    told = {row["number"]: row["issuer"] for row in map(json.loads, done.stdout.splitlines())}
    assert told["97/KH-BYT-BGDĐT"] == "Bộ Y tế; Bộ Giáo dục và Đào tạo"


def test_a_source_that_is_a_joint_document_is_of_all_its_bodies(graph: Graph) -> None:
    (row,) = [row for row in rows(graph, "reports") if str(row["report"]).endswith("ke-hoach.txt")]
    assert row["issuer"] == "Sở Giáo dục và Đào tạo tỉnh Kiên Giang; Sở Y tế tỉnh Kiên Giang"
    own = graph.select('SELECT ?own { ?own a kg:LegalDocument ; eli:id_local "08/KHLT-SYT-SGDĐT" }')
    assert [str(found["own"]) for found in own] == [
        "urn:lex:vn;kien.giang:so.y.te+so.giao.duc.va.dao.tao:ke.hoach:2024;08-khlt-syt-sgddt"
    ]


@pytest.mark.parametrize(("days", "found"), [((), True), (("2015-12-31", "2015-12-30"), False)])
def test_the_same_bodies_turned_round_in_the_symbol_are_for_a_person_to_judge(
    days: tuple[str, ...], found: bool
) -> None:
    """The number is of the series of the body that comes first, so both may be."""
    numbers = ("58/2015/TTLT-BCT-BKHCN", "58/2015/TTLT-BKHCN-BCT")
    urns = [identify("Thông tư liên tịch", number, None, None).id for number in numbers]
    dates = [(day,) for day in days] or [(), ()]
    cited = [Cited(urn, urn, parse_urn(urn), day) for urn, day in zip(urns, dates, strict=True)]
    variant = compare(*cited)
    assert urns[0] != urns[1]
    assert (variant is not None and variant.code == "body-variant") is found
