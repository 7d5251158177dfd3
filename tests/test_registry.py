"""Import of a register: what it tells of cited documents, and what becomes of bad rows."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.checks.check import check
from kg.cli import main
from kg.extract import extract
from kg.graph.results import Value
from kg.graph.store import Graph
from kg.messages import KgError, speaking
from kg.ontology.vocabulary import REGISTRY
from kg.pipeline.build import build
from kg.pipeline.registry import Imported, import_registry

DECREE = "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
REPORT = "Sở đã thực hiện Nghị định số 60/2024/NĐ-CP và Nghị định số 02/2003/NĐ-CP về chợ."
CORPUS = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2] / "shared")) / "corpus" / "corpus.jsonl.gz"


def imported(tmp_path: Path, name: str, text: str | bytes) -> tuple[Imported, list[dict[str, Value]]]:
    """Import a register with this content; return the outcome and the documents."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with Graph.open(tmp_path / "graph", read_only=False) as graph:
        outcome = import_registry(graph, path)
        rows = graph.select(
            f"""SELECT ?document ?label ?number ?date ?title ?force ?effective ?issuer WHERE {{ GRAPH {REGISTRY} {{
                  ?document a kg:LegalDocument ; rdfs:label ?label .
                  OPTIONAL {{ ?document eli:id_local ?number }} OPTIONAL {{ ?document eli:date_document ?date }}
                  OPTIONAL {{ ?document dcterms:title ?title }} OPTIONAL {{ ?document eli:in_force ?force }}
                  OPTIONAL {{ ?document eli:first_date_entry_in_force ?effective }}
                  OPTIONAL {{ ?document eli:passed_by/rdfs:label ?issuer }} }} }} ORDER BY ?document"""
        )
    return outcome, rows


EXPECTED = {
    "document": DECREE,
    "label": "Nghị định 60/2024/NĐ-CP",
    "number": "60/2024/NĐ-CP",
    "date": "2024-06-05",
    "title": "Về phát triển và quản lý chợ",
    "force": "http://data.europa.eu/eli/ontology#InForce-inForce",
    "effective": "2024-08-01",
    "issuer": "Chính phủ",
}
ROW = {
    "number": "60/2024/NĐ-CP",
    "type": "Nghị định",
    "issuer": "CHÍNH PHỦ",
    "date": "2024-06-05",
    "title": "Về phát triển và quản lý chợ",
    "status": "Còn hiệu lực",
    "effective": "2024-08-01",
}
ENGLISH = ",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n"
VIETNAMESE = (
    "Số ký hiệu;Loại văn bản;Cơ quan ban hành;Ngày ban hành;Trích yếu;Tình trạng hiệu lực;Ngày có hiệu lực;Ghi chú\n"
    "60/2024/NĐ-CP;Nghị định;Chính phủ;05/6/2024;Về phát triển và quản lý chợ;Còn hiệu lực;01/8/2024;x\n"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", ENGLISH),
        ("a.csv", "\ufeff" + VIETNAMESE),
        ("a.tsv", ENGLISH.replace(",", "\t")),
        ("a.jsonl", json.dumps(ROW | {"url": None, "page": 3}) + "\n\n"),
        ("a.jsonl.gz", gzip.compress(json.dumps(ROW).encode())),
    ],
)
def test_every_form_of_a_register_gives_the_same_document(tmp_path: Path, name: str, text: str | bytes) -> None:
    outcome, rows = imported(tmp_path, name, text)
    assert (outcome.rows, outcome.documents, outcome.problems) == (1, 1, ())
    assert rows == [EXPECTED]


def test_bad_rows_are_told_by_line_and_the_rest_is_imported(tmp_path: Path) -> None:
    text = (
        "number,type,issuer,date,title\n"
        "60/2024/NĐ-CP,Nghị định,Chính phủ,2024-06-05,\n"
        "01/NQ-CP,Nghị quyết,Chính phủ,,\n"
        '02/NQ-CP,Nghị quyết,Chính phủ,2024-02-31,"one\nvalue, two lines"\n'
        ",,,,\n"
        ",Báo cáo,,,no number\n"
        "1,2,3,4,5,6\n"
        "03/NQ-CP,Nghị quyết,Chính phủ,2024-03-01,\n"
    )
    outcome, rows = imported(tmp_path, "a.csv", text)
    assert {r["number"] for r in rows} == {"60/2024/NĐ-CP", "03/NQ-CP"}
    assert [(p.line, p.message.split(":")[0]) for p in outcome.problems] == [
        (3, "01/NQ-CP"),
        (4, "date"),
        (7, "neither a number nor the name of a law"),
        (8, "6 cells for 5 columns"),
    ]


def test_what_is_wrong_is_told_in_the_language_of_the_user(tmp_path: Path) -> None:
    text = "number,type,issuer,date,title\n01/NQ-CP,Nghị quyết,Chính phủ,,\n"
    for lang, said in (("vi", "thiếu năm ban hành"), ("en", "the year is missing")):
        with speaking(lang):
            outcome, _ = imported(tmp_path, "a.csv", text)
            assert said in outcome.problems[0].message
            with pytest.raises(KgError) as error:
                imported(tmp_path, "b.csv", "name\nx\n")
            assert ("không có cột" if lang == "vi" else "no column") in error.value.problem
            # The names that it asks for are read.
            assert lang == "en" or "Số ký hiệu, Loại văn bản, Cơ quan ban hành, Ngày ban hành" in str(error.value)
    heads = "Số ký hiệu,Loại văn bản,Cơ quan ban hành,Ngày ban hành,Trích yếu,Tình trạng hiệu lực,Ngày có hiệu lực"
    row = "60/2024/NĐ-CP,Nghị định,Chính phủ,05/6/2024,Về chợ,Còn hiệu lực,01/8/2024"
    outcome, rows = imported(tmp_path, "c.csv", f"{heads}\n{row}\n")
    assert not outcome.problems and [r["document"] for r in rows] == [DECREE]


def test_bad_lines_of_json_are_told_by_line(tmp_path: Path) -> None:
    outcome, rows = imported(tmp_path, "a.jsonl", f"{{\n{json.dumps(ROW)}\n[1]\n")
    assert [p.line for p in outcome.problems] == [1, 3]
    assert [r["document"] for r in rows] == [DECREE]


def test_a_law_is_known_by_its_number_and_by_its_name(tmp_path: Path) -> None:
    text = "number,type,issuer,date,title\n28/2004/QH11,Luật,QUỐC HỘI,2004-12-03,Luật Điện lực 2004\n"
    imported(tmp_path, "a.csv", text)
    with Graph.open(tmp_path / "graph", read_only=True) as graph:
        assert graph.select("SELECT ?a ?b WHERE { ?a owl:sameAs ?b }") == [
            {"a": "urn:lex:vn:quoc.hoi:luat:2004;28-2004-qh11", "b": "urn:lex:vn:quoc.hoi:luat:2004;dien.luc"}
        ]


def test_a_second_import_replaces_the_first(tmp_path: Path) -> None:
    imported(tmp_path, "a.csv", ENGLISH)
    _, rows = imported(tmp_path, "b.csv", ENGLISH.replace("60/2024", "61/2024"))
    assert [r["number"] for r in rows] == ["61/2024/NĐ-CP"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"title,date\nx,2024\n"),
        ("a.csv", "số".encode("utf-16")),
        ("a.jsonl.gz", b"not gzip"),
        ("a.xlsx", b"PK"),
        ("missing/a.csv", None),
    ],
)
def test_what_is_no_register_is_refused_by_name_and_the_graph_stays(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    imported(tmp_path, "good.csv", ENGLISH)
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with Graph.open(tmp_path / "graph", read_only=False) as graph:
        with pytest.raises(KgError, match=path.name):
            import_registry(graph, path)
        assert graph.ask(f"ASK {{ GRAPH {REGISTRY} {{ <{DECREE}> a kg:LegalDocument }} }}")


def test_what_is_cited_has_its_name_and_effect_from_the_register(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(
        "I. KẾT QUẢ\n1. Quản lý chợ\nSở đã triển khai Nghị định số 60/2024/NĐ-CP.\n", encoding="utf-8"
    )
    build([tmp_path / "report.txt"], tmp_path / "graph", jobs=1)
    imported(tmp_path, "a.csv", ENGLISH)
    with Graph.open(tmp_path / "graph", read_only=True) as graph:
        assert graph.select(
            """SELECT DISTINCT ?title ?date ?label WHERE { ?mention oa:hasBody ?document .
                 ?document dcterms:title ?title ; eli:date_document ?date ; rdfs:label ?label }"""
        ) == [{"title": EXPECTED["title"], "date": "2024-06-05", "label": EXPECTED["label"]}]


def test_effect_by_the_register_is_told_of_a_lookup_and_of_a_citation(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    build([tmp_path / "report.txt"], tmp_path / "graph", jobs=1)
    register = (
        "number,type,issuer,date,status\n02/2003/NĐ-CP,Nghị định,Chính phủ,2003-01-14,Hết hiệu lực toàn bộ\n"
        "60/2024/NĐ-CP,Nghị định,Chính phủ,2024-06-05,Còn hiệu lực\n"
    )
    imported(tmp_path, "a.csv", register)
    with Graph.open(tmp_path / "graph", read_only=True) as graph:
        ended = [f for f in check(extract(REPORT), graph) if f.code == "not-in-force"]
    assert [REPORT[f.start : f.end] for f in ended] == ["Nghị định số 02/2003/NĐ-CP"]
    for number, told in (("02/2003", "\n    not in force (according"), ("60/2024", "\n    in force (according")):
        arguments = ["lookup", f"Nghị định {number}", "--graph", str(tmp_path / "graph")]
        shown = CliRunner().invoke(main, arguments, env={"KG_LANG": "en"}, catch_exceptions=False)
        assert told in shown.output


@pytest.mark.skipif(not CORPUS.exists(), reason="no corpus at KG_SHARED")
def test_thousands_of_real_documents_are_identified_without_clashes(tmp_path: Path) -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        rows = [{k: v for k, v in json.loads(line).items() if k != "text"} for line in lines]
    outcome, _ = imported(tmp_path, "a.jsonl", "\n".join(json.dumps(r) for r in rows))
    assert outcome.rows == len(rows)
    dated = [r for r in rows if r["number"] and "/" in r["number"] and r["date"] and r["type"] and r["issuer"]]
    bad = {p.line for p in outcome.problems}
    identified = [r for line, r in enumerate(rows, 1) if line not in bad]
    assert sum(r in identified for r in dated) > 0.98 * len(dated)
