"""Laws are called by their names wherever an answer names them, whichever source knows the name."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg import lookup
from kg.answers import questions
from kg.documents.called import named_law
from kg.graph.store import Graph
from kg.neo4j.model import shared
from kg.output.network import network
from kg.pipeline.build import build
from kg.report.naming import names
from kg.report.words import Words

HEAD = """UBND TỈNH {caps}
SỞ CÔNG THƯƠNG

Số: {number}/KH-SCT
{place}, ngày 20 tháng 12 năm 2024

KẾ HOẠCH
Công tác năm 2025

I. NHIỆM VỤ
"""
LAND = "urn:lex:vn:quoc.hoi:luat:2024;31-2024-qh15"
NAMED = "Luật Đất đai 31/2024/QH15"
BY_NUMBER = "Giao Phòng Pháp chế triển khai thực hiện Luật số 31/2024/QH15, hoàn thành trước ngày 30/6/2025."
BY_NAME = "Giao Phòng Pháp chế triển khai thực hiện Luật Đất đai số 31/2024/QH15 ngày 18/01/2024 của Quốc hội."
BY_ANOTHER = "Triển khai thực hiện Luật số 31/2024/QH15 ngày 18/01/2024 về đất đai và nhà ở."


def sources(folder: Path, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    places = ("Hậu Giang", "Cà Mau", "Hà Tĩnh", "Lào Cai")
    for number, (place, line) in enumerate(zip(places, lines, strict=False), 1):
        head = HEAD.format(caps=place.upper(), place=place, number=number)
        (folder / f"{number}.txt").write_text(f"{head}{line}\n", encoding="utf-8")
    return folder


@pytest.fixture
def graph_dir(tmp_path: Path) -> Path:
    folder = sources(tmp_path / "plans", BY_NUMBER, BY_NAME, BY_NAME.replace("Giao Phòng Pháp chế", "Sở"), BY_ANOTHER)
    build([folder], tmp_path / "graph", jobs=1)
    return tmp_path / "graph"


def test_a_source_that_gives_the_number_alone_gets_the_name_that_most_give(graph_dir: Path) -> None:
    with Graph.open(graph_dir, read_only=True) as graph:
        assert [(found.urn, found.label) for found in lookup(graph, "Luật 31/2024/QH15")] == [(LAND, NAMED)]
        tasks = questions.run(graph, "overdue-tasks", date="2025-07-01").rows
        assert [row["documents"] for row in tasks] == [NAMED]
        for name in ("tasks-due", "tasks-of-unit"):
            asked = {"period": "2025"} if name == "tasks-due" else {"body": "Phòng Pháp chế"}
            rows = questions.run(graph, name, **asked).rows
            assert rows and {row["documents"] for row in rows} == {NAMED}
        assert {row["label"] for row in questions.run(graph, "most-implemented").rows} == {NAMED}


def test_exports_reports_and_the_property_graph_call_it_the_same(graph_dir: Path) -> None:
    with Graph.open(graph_dir, read_only=True) as graph:
        assert network(graph).nodes[LAND]["label"] == NAMED
        assert names(graph, [LAND], Words("vi")) == {LAND: f"{NAMED} ngày 18/01/2024 của Quốc hội"}
        assert names(graph, [LAND], Words("en")) == {LAND: f"{NAMED} (Law) of 18 January 2024, Quốc hội"}
        _, properties, _ = shared(graph.store, LAND)
        assert properties["label"] == NAMED


def test_the_name_can_be_asked_for_and_changes_no_identity(graph_dir: Path) -> None:
    with Graph.open(graph_dir, read_only=True) as graph:
        for wording in (NAMED, "Luật Đất đai số 31/2024/QH15", "luat dat dai 31/2024/qh15", "Luật … 31/2024/QH15"):
            assert [found.urn for found in lookup(graph, wording)] == [LAND]


def test_the_order_of_sources_makes_no_difference_and_the_name_goes_with_its_source(tmp_path: Path) -> None:
    folder = sources(tmp_path / "plans", BY_NUMBER, BY_NAME, BY_ANOTHER, BY_NUMBER)
    files = sorted(folder.iterdir())
    labels = "SELECT ?d ?l { ?d rdfs:label ?l FILTER(STRSTARTS(STR(?d), 'urn:lex:vn:quoc.hoi')) } ORDER BY ?d ?l"
    found = set()
    for turn in range(3):
        shuffled = random.Random(turn).sample(files, len(files))
        for file in shuffled:
            build([file], tmp_path / f"graph{turn}", jobs=1)
        with Graph.open(tmp_path / f"graph{turn}", read_only=True) as graph:
            found.add(str(graph.select(labels)))
    assert len(found) == 1 and NAMED in found.pop()
    for file in files[1:3]:
        file.write_text(files[0].read_text(encoding="utf-8"), encoding="utf-8")
    build(files, tmp_path / "graph0", jobs=1)
    with Graph.open(tmp_path / "graph0", read_only=True) as graph:
        assert [row["l"] for row in graph.select(labels)] == ["Luật 31/2024/QH15"]


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("Bộ luật 45/2019/QH14", "Bộ luật Lao động", "Bộ luật Lao động 45/2019/QH14"),
        ("Pháp lệnh 11/2016/UBTVQH13", "Pháp lệnh Quản lý thị trường", "Pháp lệnh Quản lý thị trường 11/2016/UBTVQH13"),
        ("Luật 31/2024/QH15", "Luật Đất đai năm 2024", NAMED),
        ("Luật 31/2024/QH15", "Đất đai", NAMED),  # as registers write it
        ("Luật 31/2024/QH15", "quy định tại khoản 2", None),
        ("Luật 31/2024/QH15", "Luật", None),
        ("Luật 31", "Luật Đất đai", None),
        ("Nghị quyết 106/2023/QH15", "về thí điểm một số chính sách", None),
        ("Luật Đất đai", "Luật Đất đai", None),
    ],
)
def test_what_a_name_of_a_law_is(label: str, title: str, expected: str | None) -> None:
    assert named_law(label, title) == expected


def test_a_name_of_very_many_words_is_cut_between_words_and_can_still_be_asked_for(tmp_path: Path) -> None:
    title = (
        "Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư, Luật Đầu tư theo phương thức đối tác"
        " công tư và Luật Đấu thầu"
    )
    name = named_law("Luật 57/2024/QH15", title)
    assert name == "Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư, Luật Đầu tư … 57/2024/QH15"
    folder = sources(tmp_path / "plans", f"Triển khai thực hiện {title} số 57/2024/QH15 ngày 29/11/2024 của Quốc hội.")
    build([folder], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph", read_only=True) as graph:
        assert [found.label for found in lookup(graph, name)] == [name]
