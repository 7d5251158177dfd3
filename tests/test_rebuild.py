"""A rebuild looks only at what a change touches, and what comes of it is what a build from nothing gives."""

from __future__ import annotations

import importlib
import os
import random
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph.store import Graph
from kg.graph.summaries import counted, read
from kg.graph.told import COLUMNS
from kg.ontology.vocabulary import FINDINGS, PROVINCES, term
from kg.pipeline.build import Report, build
from kg.pipeline.resolve import RESOLUTION, resolve

HEAD = """ỦY BAN NHÂN DÂN
TỈNH {province}
Số: {number}/BC-UBND

{province}, ngày 05 tháng 01 năm {year}

BÁO CÁO
Kết quả thực hiện nhiệm vụ năm {year}

I. KẾT QUẢ
"""
CITED = [
    "Thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ.",
    "Thực hiện Nghị định số 60/2024/NĐ-CP ngày 06/6/2024 của Chính phủ về phát triển và quản lý chợ.",
    "Thực hiện Nghị quyết số 60/2024/NQ-CP ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ.",
    "Tiếp tục triển khai Nghị định 60 của Chính phủ về phát triển và quản lý chợ.",
    "Thực hiện Nghị quyết số 55-NQ/TW ngày 11 tháng 02 năm 2020 của Bộ Chính trị về năng lượng quốc gia.",
    "Thực hiện Nghị quyết số 55-NQ/TW của Bộ Chính trị về năng lượng quốc gia.",
    "Thực hiện Quyết định số 1588/QĐ-TTg về Kế hoạch phát triển thương mại điện tử.",
    "Thực hiện Quyết định số 1588/QĐ-TTg ngày 08/12/2023 của Thủ tướng Chính phủ về thương mại điện tử.",
    "Căn cứ Luật Điện lực; căn cứ Luật Điện lực ngày 03/12/2004.",
    "Căn cứ Luật Điện lực số 28/2004/QH11 ngày 03/12/2004 của Quốc hội.",
    "Căn cứ Luật số 28/2004/QH11 và Luật Điện lực năm 2012.",
    "UBND tỉnh ban hành Quyết định số 12/QĐ-UBND ngày 05/01/2023; Quyết định số 12/QĐ-UBND đã được thực hiện.",
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2023 của Ủy ban nhân dân tỉnh.",
    "UBND tỉnh ban hành Kế hoạch số 12/KH-UBND ngày 05/01/2023 triển khai thực hiện Quyết định số 1588/QĐ-TTg.",
    "Kế hoạch số 12/KH-UBND của UBND tỉnh về triển khai thực hiện Nghị định số 60/2024/NĐ-CP của Chính phủ.",
]


def written(choice: random.Random, n: int) -> str:
    head = HEAD.format(province=choice.choice(["HẬU GIANG", "SÓC TRĂNG"]), number=n, year=choice.choice([2023, 2024]))
    return head + "\n".join(f"{i}. {line}" for i, line in enumerate(choice.sample(CITED, 4), 1)) + "\n"


def content(graph_dir: Path) -> set[Quad]:
    with Graph.open(graph_dir) as graph:
        return set(graph.store.quads_for_pattern(None, None, None, None))


def assert_summaries_are_what_the_sources_come_to(graph_dir: Path) -> None:
    """Every document has a summary, save candidates that are one of the others."""
    with Graph.open(graph_dir) as graph:
        documents = [
            str(row["d"])
            for row in graph.select(
                "SELECT DISTINCT ?d { VALUES ?c { kg:LegalDocument kg:CandidateDocument } ?d a ?c"
                " FILTER NOT EXISTS { ?d kg:resolvedTo ?x } }"
            )
        ]
        kept = {str(row["d"]): read(str(row["s"])) for row in graph.select("SELECT ?d ?s { ?d kg:summary ?s }")}
        assert kept == counted(graph, documents)
        assert any(summary.places and summary.relations and summary.title for summary in kept.values())


def assert_statements_are_of_the_provinces_of_their_subjects(graph_dir: Path) -> None:
    """The province of a report, of its issuer, or of the body whose document carries something out."""
    with Graph.open(graph_dir) as graph:
        told = {
            (r["s"], r["p"])
            for r in graph.select("""
                SELECT DISTINCT ?s ?p { ?s rdf:predicate eli:implements ; rdf:subject ?by .
                  { ?by kg:forProvince ?p } UNION { ?by eli:passed_by/kg:inProvince ?p }
                  UNION { ?by kg:resolvedTo/eli:passed_by/kg:inProvince ?p } }""")
        }
        assert {(r["s"], r["p"]) for r in graph.select("SELECT ?s ?p { ?s kg:byProvince ?p }")} == told


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.read, report.unchanged, report.removed, report.findings


@pytest.mark.parametrize("seed", range(4))
def test_any_series_of_changes_gives_what_a_build_from_nothing_gives(tmp_path: Path, seed: int) -> None:
    choice = random.Random(seed)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(25):
        (folder / f"{n}.txt").write_text(written(choice, n), encoding="utf-8")
    build([folder], tmp_path / "g")
    if seed % 2:
        (tmp_path / "g" / "catalogue.sqlite").unlink()  # what the sources say is then read from the store
    found_something = False
    for step in range(3):
        for path in choice.sample(sorted(folder.iterdir()), 2):
            path.unlink()
        for n in choice.sample(range(30), 2):
            (folder / f"{n}.txt").write_text(written(choice, n), encoding="utf-8")
        report = build([folder], tmp_path / "g")
        whole = build([folder], tmp_path / f"whole{step}")
        changed, expected = content(tmp_path / "g"), content(tmp_path / f"whole{step}")
        assert changed == expected
        assert report.findings == whole.findings
        assert_summaries_are_what_the_sources_come_to(tmp_path / "g")
        assert_statements_are_of_the_provinces_of_their_subjects(tmp_path / "g")
        found_something = found_something or {RESOLUTION, FINDINGS, PROVINCES} <= {quad.graph_name for quad in changed}
    assert found_something


def test_notes_are_the_same_whether_they_come_from_what_is_written_or_from_the_store(tmp_path: Path) -> None:
    choice = random.Random(5)
    (tmp_path / "in").mkdir()
    for n in range(25):
        (tmp_path / "in" / f"{n}.txt").write_text(written(choice, n), encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "g")

    def notes() -> dict[str, list[tuple[object, ...]]]:
        with Graph.open(tmp_path / "g", read_only=False) as graph:
            graph.facts.follow()
            told = {
                table: graph.catalogue.db.execute(
                    f"SELECT source.iri, {', '.join(f'{table}.{name}' for name in columns.split(', '))}"
                    f" FROM {table} JOIN teller AS source ON source.id = {table}.teller"
                ).fetchall()
                for table, columns in COLUMNS.items()
            }
            itself = "SELECT iri, province, day, period, findings FROM teller"
            return {name: sorted(rows, key=repr) for name, rows in told.items()} | {
                "teller": sorted(graph.catalogue.db.execute(itself).fetchall(), key=repr)
            }

    before = notes()
    assert all(before.values())
    (tmp_path / "g" / "catalogue.sqlite").unlink()
    assert notes() == before


def test_only_groups_that_a_change_touches_are_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[object] = []
    module = importlib.import_module("kg.pipeline.resolve")
    group = module._group
    monkeypatch.setattr(module, "_group", lambda one: looked_at.append(one) or group(one))
    for n in range(30):
        text = f"Thực hiện Nghị định số {n + 1}/2024/NĐ-CP ngày 05/6/2024 của Chính phủ."
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "g")
    assert len(looked_at) == 30
    looked_at.clear()
    text = "Thực hiện Nghị định số 99/2024/NĐ-CP và Nghị định số 7/2024/NĐ-CP của Chính phủ."
    (tmp_path / "2.txt").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "g")
    assert len(looked_at) == 3, "what 2.txt cited before, and the two it cites now"
    looked_at.clear()
    build([tmp_path], tmp_path / "g")
    assert looked_at == []


def test_a_file_with_its_old_size_and_time_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Thực hiện Nghị định số 60/2024/NĐ-CP của Chính phủ.", encoding="utf-8")
    os.utime(path, ns=(1_700_000_000_000_000_000,) * 2)
    build([path], tmp_path / "g")
    path.write_text("Thực hiện Nghị định số 61/2024/NĐ-CP của Chính phủ.", encoding="utf-8")
    os.utime(path, ns=(1_700_000_000_000_000_000,) * 2)
    assert counts(build([path], tmp_path / "g"))[:2] == (0, 1)
    os.utime(path, ns=(1_700_000_001_000_000_000,) * 2)
    assert counts(build([path], tmp_path / "g"))[:2] == (1, 0)


def test_a_file_that_changed_a_moment_ago_is_read_whatever_its_time_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Thực hiện Nghị định số 60/2024/NĐ-CP của Chính phủ.", encoding="utf-8")
    stat = path.stat()
    build([path], tmp_path / "g")
    path.write_text("Thực hiện Nghị định số 61/2024/NĐ-CP của Chính phủ.", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert counts(build([path], tmp_path / "g"))[:2] == (1, 0)


@pytest.mark.parametrize("loss", ["missing", "damaged"])
def test_notes_that_are_lost_are_made_anew(tmp_path: Path, loss: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.txt").write_text(written(random.Random(n), n), encoding="utf-8")
    first = build([folder], tmp_path / "g")
    before = content(tmp_path / "g")
    notes = tmp_path / "g" / "catalogue.sqlite"
    notes.unlink() if loss == "missing" else notes.write_bytes(b"rubbish" * 1000)
    (folder / "0.txt").unlink()
    second = build([folder], tmp_path / "g")
    assert counts(second)[:3] == (0, 11, 1)
    (folder / "0.txt").write_text(written(random.Random(0), 0), encoding="utf-8")
    third = build([folder], tmp_path / "g")
    assert content(tmp_path / "g") == before
    assert third.findings == first.findings


def test_a_pass_that_was_interrupted_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(25):
        (folder / f"{n}.txt").write_text(written(random.Random(n), n), encoding="utf-8")
    build([folder], tmp_path / "g")
    (folder / "3.txt").write_text(written(random.Random(100), 3), encoding="utf-8")

    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Graph, "exchange", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build([folder], tmp_path / "g")
    (folder / "3.txt").write_text(written(random.Random(101), 3), encoding="utf-8")
    build([folder], tmp_path / "g")
    build([folder], tmp_path / "whole")
    assert content(tmp_path / "g") == content(tmp_path / "whole")


def test_what_others_put_into_the_store_is_found(tmp_path: Path) -> None:
    """A bulk loader of another kind writes past the notes; the pass over its graphs is the same."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(10):
        (folder / f"{n}.txt").write_text(written(random.Random(n), n), encoding="utf-8")
    build([folder], tmp_path / "g")
    whole = content(tmp_path / "g")
    with Graph.open(tmp_path / "other", read_only=False) as graph:
        graph.replace("urn:x:first", [])
        graph.store.bulk_extend(
            Quad(*quad.triple, name)
            for quad in whole
            if quad.graph_name not in (RESOLUTION, FINDINGS) and isinstance(quad.graph_name, NamedNode)
            for name in (quad.graph_name, None)
        )
        resolve(graph)
    assert content(tmp_path / "other") == whole
    assert counts(build([folder], tmp_path / "other"))[:2] == (0, 10)


def test_the_notes_leave_a_graph_with_what_a_reader_needs(tmp_path: Path) -> None:
    """A copy of the current snapshot alone, without work and notes, can be built upon."""
    path = tmp_path / "a.txt"
    path.write_text(written(random.Random(1), 1), encoding="utf-8")
    build([path], tmp_path / "g")
    for child in (tmp_path / "g").iterdir():
        if child.name == "work":
            for file in child.iterdir():
                file.unlink()
            child.rmdir()
    assert counts(build([path], tmp_path / "g"))[:2] == (0, 1)


def test_a_literal_of_any_kind_is_exchanged(tmp_path: Path) -> None:
    def line(text: str) -> str:
        return f"{Quad(NamedNode('urn:x:a'), term('rdfs:label'), Literal(text)).triple} .\n"

    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.rewrite({"urn:g": [line('a "quote"\n\\ and more'), line("b")]})
        graph.exchange("urn:g", line('a "quote"\n\\ and more') + line("b"), line("b") + line("c\t{}"))
        found = {q.object.value for q in graph.store.quads_for_pattern(None, None, None, NamedNode("urn:g"))}  # type: ignore[union-attr]
        assert found == {"b", "c\t{}"}
        assert len(set(graph.store.quads_for_pattern(None, None, None, None))) == 4


def test_what_another_graph_states_stays_when_it_is_exchanged(tmp_path: Path) -> None:
    quad = Quad(NamedNode("urn:x:a"), term("rdfs:label"), Literal("b"), NamedNode("urn:g"))
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        graph.rewrite({"urn:g": [f"{quad.triple} .\n"]})
        graph.replace("urn:h", [quad])
        graph.exchange("urn:g", f"{quad.triple} .\n", "")
        names = {q.graph_name for q in graph.store.quads_for_pattern(None, None, None, None)}
        assert names == {DefaultGraph(), NamedNode("urn:h")}
        graph.remove("urn:h")
        assert not list(graph.store.quads_for_pattern(None, None, None, None))


def test_a_store_is_searched_for_strangers_only_where_others_may_have_written(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(written(random.Random(1), 1), encoding="utf-8")

    def complete() -> bool:
        with Graph.open(tmp_path / "g", read_only=False) as graph:
            return graph.catalogue.complete

    build([folder], tmp_path / "g")
    assert complete()
    assert not complete(), "another writer has had it open"
    build([folder], tmp_path / "g")
    assert complete()
