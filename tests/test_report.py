"""The implementation report: what it counts, against documents whose answer is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import question_samples as sample
from gold_scoring import shared

import kg
from kg.answers.questions import one_document, run
from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.tables import provinces
from kg.report import gather
from kg.report.charts import dots, tile_map
from kg.report.implementation import implementation
from kg.report.model import Chapter, Coverage, Report, Unit
from kg.report.tiles import in_force, tiles, unit_since

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
TODAY = date(2026, 11, 22)
DECREE = "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
OTHER = "urn:lex:vn:chinh.phu:nghi.dinh:2024;32-2024-nd-cp"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("report") / "graph"
    kg.build([EXAMPLES], folder, jobs=1)
    with Graph.open(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with Graph.open(sample.make(tmp_path_factory.mktemp("known") / "graph")) as opened:
        yield opened


@pytest.fixture(scope="module")
def report(graph: Graph) -> Report:
    return implementation(graph, [DECREE], today=TODAY)


@pytest.fixture(scope="module")
def chapter(report: Report) -> Chapter:
    return report.chapters[0]


def unit(report: Report, name: str) -> Unit:
    return next(unit for unit in report.units if unit.name == name)


# --- who does what -----------------------------------------------------------------------------------------


def test_each_province_has_the_status_that_a_reader_gives_it(chapter: Chapter) -> None:
    assert {name: cell.coverage.value for name, cell in chapter.cells.items()} == {
        "An Giang": "done",
        "Cà Mau": "done",
        "Hậu Giang": "done",
        "Lào Cai": "done",
        "Nghệ An": "done",
        "Cần Thơ": "planned",
        "Hà Tĩnh": "planned",
        "Bình Thuận": "named",  # "tỉnh chưa ban hành kế hoạch"
        "Quảng Ngãi": "named",  # its decision only rests on the decree
        "Khánh Hòa": "silent",
        "Đồng Tháp": "silent",
        "Thái Nguyên": "earlier",  # the report of 2023 can't know a decree of 2024
    }


@pytest.mark.parametrize("corpus", ["graph", "known"])
def test_a_report_agrees_with_the_stored_questions(corpus: str, request: pytest.FixtureRequest) -> None:
    graph: Graph = request.getfixturevalue(corpus)
    cited = [str(row["d"]) for row in graph.select("SELECT DISTINCT ?d { ?d a kg:LegalDocument . ?m oa:hasBody ?d }")]
    report = implementation(graph, cited, today=TODAY)
    assert len(report.chapters) == len(cited) > 5
    for chapter in report.chapters:
        iri = chapter.document.iri
        answers = {
            name: {str(row["province"]) for row in run(graph, name, document=iri).rows}
            for name in ("provinces-implementing", "provinces-silent")
        }
        quiet = chapter.units(Coverage.NAMED, Coverage.SILENT, Coverage.EARLIER)
        assert set(chapter.active) == answers["provinces-implementing"]
        assert set(quiet) == answers["provinces-silent"]
        mentioned = {row["province"] for row in run(graph, "provinces-silent", document=iri).rows if row["mentions"]}
        assert set(chapter.units(Coverage.NAMED)) == mentioned


def test_a_province_that_only_a_ministry_tells_of_counts_and_has_no_sources(known: Graph) -> None:
    report = implementation(known, [sample.DECREE.iri("")], today=TODAY)
    assert report.chapters[0].cells["Cà Mau"].coverage is Coverage.DONE
    assert unit(report, "Cà Mau").sources == ()


def test_who_tells_of_anothers_work_names_the_document_and_does_no_more(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "SỞ CÔNG THƯƠNG\nTỈNH LÂM ĐỒNG\n\nSố: 12/BC-SCT\n\nLâm Đồng, ngày 10 tháng 12 năm 2024\n\n"
        "BÁO CÁO\nVề công tác\n\n"
        "Bộ Công Thương đã ban hành Quyết định số 500/QĐ-BCT ngày 01/8/2024 để triển khai thực hiện Nghị định số "
        "60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ.\n",
        encoding="utf-8",
    )
    kg.build([tmp_path], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        report = implementation(graph, [DECREE], today=TODAY)
    (chapter,) = report.chapters
    assert chapter.cells["Lâm Đồng"].coverage is Coverage.NAMED
    assert chapter.bodies["Bộ Công Thương"].coverage is Coverage.DONE
    assert [(item.document.number, item.units) for item in chapter.issued] == [("500/QĐ-BCT", ())]


def test_a_province_without_sources_is_absent_from_what_nobody_says_of_it(known: Graph) -> None:
    report = implementation(known, [sample.DECREE.iri(""), sample.POWER.iri("")], today=TODAY)
    assert report.chapters[1].cells["Cà Mau"].coverage is Coverage.ABSENT


def test_undated_sources_do_not_make_a_province_silent(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "SỞ CÔNG THƯƠNG TỈNH HẬU GIANG\n\nBÁO CÁO\nVề công tác\n\nThực hiện Nghị định số "
        "60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ.\n",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text(
        "SỞ CÔNG THƯƠNG TỈNH LÂM ĐỒNG\n\nBÁO CÁO\nVề công tác\n\nKhông có gì.\n", encoding="utf-8"
    )
    kg.build([tmp_path], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        report = implementation(graph, [DECREE], today=TODAY)
    assert {n: c.coverage.value for n, c in report.chapters[0].cells.items()} == {
        "Hậu Giang": "unclear",
        "Lâm Đồng": "earlier",
    }


# --- since when, through what ------------------------------------------------------------------------------


def test_time_is_counted_from_the_signing_to_the_first_document_and_source(chapter: Chapter) -> None:
    issued = [(item.document.number, item.document.date, item.units, item.days) for item in chapter.issued]
    assert issued == [
        ("3872/UBND-KT", "2024-07-06", ("Hà Tĩnh",), 31),
        ("187/KH-UBND", "2024-08-19", ("Cần Thơ",), 75),
        ("7315/UBND-KT", "2024-08-22", ("Nghệ An",), 78),
        ("338/KH-UBND", "2024-08-26", ("Lào Cai",), 82),
        ("038/QĐ-UBND", "2025-07-22", ("Cà Mau",), 412),
    ]
    lanes = dots(chapter)
    assert [(lane.name, lane.document, lane.source) for lane in lanes.lanes[:2]] == [
        ("Hà Tĩnh", 31, 37),
        ("Cần Thơ", 75, 75),
    ]
    assert lanes.undated == ("An Giang",)  # "tháng 6/2024" has no day
    assert (lanes.ticks[0], lanes.ticks[-1]) == (0, 500)


def test_events_stand_in_order_and_a_month_behind_its_days(chapter: Chapter) -> None:
    assert [(event.date, event.kind) for event in chapter.events[:3]] == [
        ("2024-06-05", "signed"),
        ("2024-06", "source"),
        ("2024-07-06", "document"),
    ]


def test_tasks_below_a_local_plan_are_told_once_with_what_is_past_due(chapter: Chapter) -> None:
    overdue = {(task.assignee, task.deadline, task.upper) for task in chapter.tasks if task.overdue}
    assert overdue == {
        ("Phòng Quản lý Thương mại", "2024-07-31", None),
        ("Phòng Quản lý Thương mại", "2024-12-15", "Kế hoạch 338/KH-UBND"),
        ("Phòng Quản lý Thương mại", "2025-03", None),
        ("Phòng Quản lý Thương mại", "2025-12-20", "Quyết định 38/QĐ-UBND"),
        ("Ủy ban nhân dân cấp tỉnh", "2024-09-30", None),
    }
    assert len({(task.source.iri, task.start) for task in chapter.tasks}) == len(chapter.tasks)


def test_evidence_is_verbatim_and_numbered_as_a_reader_meets_it(report: Report, chapter: Chapter) -> None:
    assert [found.id for found in chapter.evidence] == [f"d1e{n}" for n in range(1, len(chapter.evidence) + 1)]
    assert [c.id for name in chapter.cells for c in chapter.cells[name].evidence] + [c.id for c in chapter.central] == [
        found.id for found in chapter.evidence
    ]
    text = (EXAMPLES / "lao-cai-2024-m9.txt").read_text(encoding="utf-8")
    (found,) = chapter.cells["Lào Cai"].evidence
    assert text[found.start :].startswith(found.quote)
    assert found.via is not None and found.via.number == "338/KH-UBND"
    assert report.bodies == ("Bộ Công Thương",)
    assert chapter.bodies["Bộ Công Thương"].evidence == chapter.central


def test_a_finding_says_which_document_is_meant(chapter: Chapter) -> None:
    (finding,) = chapter.findings
    assert (finding.about, finding.suggests) == ("Nghị quyết 60/2024/NQ-CP", "Nghị định 60/2024/NĐ-CP")


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ("urn:lex:vn;soc.trang:uy.ban.nhan.dan:ke.hoach:2024;77-kh-ubnd", ["Kế hoạch số 77/KH-UBND"]),
        ("urn:lex:vn;soc.trang:uy.ban.nhan.dan:ke.hoach:2024;177-kh-ubnd", []),
        ("urn:lex:vn;soc.trang:uy.ban.nhan.dan:quyet.dinh:2024;77-qd-ubnd", []),
        ("urn:lex:vn;tra.vinh:uy.ban.nhan.dan:ke.hoach:2024;77-kh-ubnd", []),
        (DECREE, []),
        ("https://w3id.org/vn-legal-kg/candidate/0/vn:-:-:-;77", []),
    ],
)
def test_an_undecided_citation_may_mean_what_nothing_in_it_speaks_against(
    known: Graph, document: str, found: list[str]
) -> None:
    open_ = gather.unresolved(known, document, gather.sources(known))
    assert [citation.quote for citation in open_] == found


# --- units and the map -------------------------------------------------------------------------------------


def test_silent_and_absent_are_never_one(report: Report, chapter: Chapter) -> None:
    assert len(report.absent) == 23
    assert not set(report.absent) & set(chapter.units(*set(Coverage) - {Coverage.ABSENT}))
    assert all(chapter.tiles[name] == () for name in report.absent)
    partly = {part.name: part.missing for part in report.partial}
    assert partly["Cần Thơ"] == ("Sóc Trăng",)
    assert "Cà Mau" not in partly  # its source is of after the merger
    assert "Hà Tĩnh" not in partly  # never merged


def test_the_map_shows_todays_units_and_the_rows_those_of_the_sources(report: Report, chapter: Chapter) -> None:
    assert report.map_day == "2026-11-22"
    assert chapter.tiles["Cần Thơ"] == (("Hậu Giang", Coverage.DONE), ("Cần Thơ", Coverage.PLANNED))
    assert unit(report, "Hậu Giang").now == ("Cần Thơ",)
    assert unit(report, "Hà Tĩnh").now == ()
    map_ = tile_map(report, chapter)
    square = next(square for square in map_.squares if square.name == "Cần Thơ")
    assert [band.coverage for band in square.bands] == [Coverage.DONE, Coverage.PLANNED]


def test_rows_are_told_for_the_units_of_a_day(graph: Graph) -> None:
    now = implementation(graph, [DECREE], as_of="2026-11-22", today=TODAY)
    assert "Hậu Giang" not in now.chapters[0].cells
    assert now.chapters[0].cells["Cần Thơ"].coverage is Coverage.DONE
    assert unit(now, "Cần Thơ").reported == ("Hậu Giang",)
    then = implementation(graph, [DECREE], as_of="2024-12-31", today=TODAY)
    assert (len(then.chapters[0].tiles), len(then.absent)) == (63, 51)
    assert unit(then, "Hậu Giang").full_name == "tỉnh Hậu Giang"


@pytest.mark.parametrize("day", ["1990-01-01", "2005-01-01", "2024-06-05", "2025-01-01", "2025-07-01", "2026-11-22"])
def test_every_unit_of_a_day_has_a_tile_of_its_own(day: str) -> None:
    placed = tiles(day)
    assert sorted(tile.name for tile in placed) == sorted(in_force(day))
    assert len({(tile.column, tile.row) for tile in placed}) == len(placed)


def test_the_table_of_tiles_names_provinces_only() -> None:
    names = {province.name for province in provinces()}
    assert {tile.name for day in ("2025-06-30", "2025-07-01") for tile in tiles(day)} <= names
    assert (len(tiles("2025-06-30")), len(tiles("2025-07-01"))) == (63, 34)


def test_a_new_form_is_no_new_territory() -> None:
    assert unit_since("Cần Thơ", "2026-11-22") == "2025-07-01"
    assert unit_since("Quảng Ninh", "2026-11-22") is None  # a city since 1/9/2026, never merged
    assert unit_since("Bắc Ninh", "2026-11-22") == "2025-07-01"  # merged, then a city


# --- several documents, and none ---------------------------------------------------------------------------


def test_several_documents_share_the_rows(graph: Graph) -> None:
    report = implementation(graph, [DECREE, OTHER, DECREE], today=TODAY)
    assert [chapter.document.iri for chapter in report.chapters] == [DECREE, OTHER]
    first, second = report.chapters
    assert list(first.cells) == list(second.cells) == [unit.name for unit in report.units]
    assert second.evidence[0].id == "d2e1"


def test_a_document_that_nobody_names_is_told_as_unknown(graph: Graph) -> None:
    with pytest.raises(KgError, match=r"61/2024.*did you mean.*60/2024"):
        one_document(graph, "Nghị định 61/2024/NĐ-CP")
    with pytest.raises(KgError, match="no document"):
        one_document(graph, DECREE.replace("60-2024", "99-2024"))


def test_a_citation_that_fits_several_documents_lists_them(graph: Graph) -> None:
    with pytest.raises(KgError, match=r"fits 2 documents(.|\n)*2023-01-06(.|\n)*2024-01-05"):
        one_document(graph, "01/NQ-CP")


def test_a_register_decides_date_and_force(tmp_path: Path) -> None:
    from kg.pipeline.registry import import_registry

    register = tmp_path / "register.csv"
    register.write_text(
        "number,type,issuer,date,title,status,effective\n"
        "60/2024/NĐ-CP,Nghị định,Chính phủ,2024-06-05,Về phát triển và quản lý chợ,Còn hiệu lực,2024-08-01\n",
        encoding="utf-8",
    )
    kg.build([EXAMPLES / "ha-tinh-2024-h1.pdf"], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph", read_only=False) as graph:
        import_registry(graph, register)
        found = gather.documents(graph, [DECREE])[DECREE]
        events = implementation(graph, [DECREE], today=TODAY).chapters[0].events
    assert (found.force, found.effective, found.title) == ("inForce", "2024-08-01", "Về phát triển và quản lý chợ")
    assert [(event.kind, event.days) for event in events if event.kind == "effective"] == [("effective", 57)]


@pytest.mark.skipif(shared() is None, reason="no real reports (KG_SHARED)")
def test_the_five_real_reports(tmp_path: Path) -> None:
    folder = shared()
    assert folder is not None
    kg.build(sorted((folder / "seeds").glob("*.txt")), tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as graph:
        report = implementation(graph, [DECREE], today=TODAY)
    (chapter,) = report.chapters
    assert set(chapter.active) == {"Hà Tĩnh", "Hậu Giang"}
    # Their reports are of 2020, 2021 and 2023: they are not silent about a decree of 2024.
    assert set(chapter.units(Coverage.EARLIER)) == {"Sóc Trăng", "Trà Vinh"}
    assert chapter.units(Coverage.SILENT, Coverage.NAMED) == ()
    assert len(report.absent) == 34 - len({"Hà Tĩnh", "Cần Thơ", "Vĩnh Long"})
    assert chapter.issued[0].document.number == "3872/UBND-KT" and chapter.issued[0].days == 31
