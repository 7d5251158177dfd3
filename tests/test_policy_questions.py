"""What inspectors, policy staff and journalists ask: answers that a reader finds in the sample reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import question_samples as sample

import kg
from kg import build
from kg.answers import questions
from kg.graph.store import Graph
from kg.output.render import records

REPORTS = Path(__file__).parent.parent / "examples" / "reports"
DECREE = "Nghị định 60/2024"
EVIDENCE = (
    ("quote", "report", "start"),
    ("basis", "basisReport", "basisStart"),
    ("earlierQuote", "earlierReport", "earlierStart"),
    ("otherQuote", "otherReport", "otherStart"),
)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The sample documents of the project."""
    folder = tmp_path_factory.mktemp("policy")
    build([REPORTS], folder, jobs=1)
    with Graph.open(folder, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Small sources, two of one body, one with a date that cannot be."""
    with Graph.open(sample.make(tmp_path_factory.mktemp("more") / "graph", whole=True), read_only=True) as opened:
        yield opened


def rows(graph: Graph, name: str, **params: str) -> list[dict[str, Any]]:
    return list(questions.run(graph, name, **params).rows)


REQUIRED = {
    "document": DECREE,
    "province": "Hậu Giang",
    "other": "Hà Tĩnh",
    "body": "Chính phủ",
    "report": "hau-giang-2024.docx",
    "earlier": "2023",
    "later": "2024",
    "period": "2024",
}


@pytest.mark.parametrize("name", questions.names())
def test_every_piece_of_evidence_stands_in_its_report(name: str, examples: Graph) -> None:
    given = {p.name: REQUIRED[p.name] for p in questions.stored(name).parameters if p.required}
    for row in rows(examples, name, **given):
        for quote, report, start in EVIDENCE:
            if row.get(quote) is not None:
                text = kg.load(unquote(urlsplit(row[report]).path)).text
                assert text[row[start] :].startswith(row[quote])


def test_every_hop_of_a_chain_has_its_quote_and_its_source(examples: Graph) -> None:
    found = rows(examples, "implementation-chain", document="Nghị quyết 01/NQ-CP")
    found += rows(examples, "implementation-chain", document=DECREE)
    assert max(row["hop"] for row in found) > 1
    assert all(row["quote"] and row["report"] and row["start"] is not None for row in found)


def test_the_matrix_has_a_cell_for_each_reporting_province_and_document(examples: Graph) -> None:
    found = rows(examples, "coverage-matrix", limit="3")
    reporting = {row["province"] for row in rows(examples, "reports") if row["province"]}
    labels = {row["label"] for row in found}
    assert len(labels) == 3 and "Nghị định 60/2024/NĐ-CP" in labels
    assert len(found) == 3 * len(reporting)
    cells = {row["province"]: row for row in found if row["label"] == "Nghị định 60/2024/NĐ-CP"}
    implementing = {row["province"] for row in rows(examples, "provinces-implementing", document=DECREE)}
    assert {province for province, row in cells.items() if row["status"] != "silent"} == implementing
    for row in found:
        assert (row["status"] == "silent") == (row["statements"] == 0) == (row["quote"] is None)
    only = rows(examples, "coverage-matrix", limit="3", province="An Giang")
    assert {row["province"] for row in only} == {"An Giang"}


def test_days_from_signing_to_the_first_plan_and_the_first_report(examples: Graph) -> None:
    found = rows(examples, "days-to-implement", document=DECREE)
    steps = {(row["province"], row["step"]): (row["by"], row["date"], row["days"]) for row in found}
    assert {row["signed"] for row in found} == {"2024-06-05"}
    assert steps["Hà Tĩnh", "document"] == ("Văn bản 3872/UBND-KT", "2024-07-06", 31)
    assert steps["Cần Thơ", "document"] == ("Kế hoạch 187/KH-UBND", "2024-08-19", 75)
    # Known to the month: 30 June at the latest.
    assert steps["An Giang", "report"][1:] == ("2024-06", 25)
    dated = [row["days"] for row in found if row["days"] is not None]
    assert dated == sorted(dated)


def test_a_report_that_has_a_period_and_no_date_has_no_days(graph: Graph) -> None:
    found = rows(graph, "days-to-implement", document=DECREE)
    steps = {(row["province"], row["step"]): (row["date"], row["days"]) for row in found}
    assert steps["Hậu Giang", "report"] == ("2023", None)
    assert steps["Hậu Giang", "document"] == ("2024-07-01", 26)
    assert steps["Hà Tĩnh", "document"] == ("2024-01-10", -147)


def test_a_document_is_cited_though_another_one_replaced_it(examples: Graph, graph: Graph) -> None:
    (row,) = rows(examples, "cited-though-replaced")
    assert (row["label"], row["change"], row["by"], row["since"]) == (
        "Nghị định 02/2003/NĐ-CP",
        "replaces",
        "Nghị định 60/2024/NĐ-CP",
        "2024-06-05",
    )
    assert (row["citing"], row["citingDate"], row["rel"]) == ("Công văn 4908/BCT-TTTN", "2024-07-09", "based_on")
    # A plan of 2022 rested on the old decree rightly, the report of December 2024 does not.
    (row,) = rows(graph, "cited-though-replaced")
    assert (row["citing"], row["province"]) == ("Báo cáo cuối năm", "Hà Tĩnh")
    assert rows(graph, "cited-though-replaced", province="Hậu Giang") == []


def test_a_plan_that_is_older_than_the_decree_it_carries_out(examples: Graph, graph: Graph) -> None:
    (row,) = rows(graph, "impossible-dates")
    assert (row["citing"], row["citingDate"], row["label"], row["date"]) == (
        "Kế hoạch 30/KH-UBND",
        "2024-01-10",
        "Nghị định 60/2024/NĐ-CP",
        "2024-06-05",
    )
    assert rows(examples, "impossible-dates") == []


def test_the_wordings_of_a_citation_are_counted(examples: Graph) -> None:
    found = rows(examples, "ways-cited", document=DECREE)
    assert len(found) > 2
    assert {row["number"] for row in found} >= {"60/2024/NĐ-CP"}
    (cited,) = [r for r in rows(examples, "issued-by", body="Chính phủ") if r["label"] == "Nghị định 60/2024/NĐ-CP"]
    assert sum(row["mentions"] for row in found) == cited["mentions"]
    assert [row["mentions"] for row in found] == sorted((row["mentions"] for row in found), reverse=True)


def test_what_changed_from_one_report_of_a_body_to_the_next(examples: Graph, graph: Graph) -> None:
    found = rows(graph, "changes-between-reports", earlier="2023", later="2024", body="Sở Công Thương tỉnh Hậu Giang")
    assert {(row["change"], row["label"], row["before"], row["after"]) for row in found} == {
        ("status", "Nghị định 60/2024/NĐ-CP", "planned", "done"),
        ("new", "Nghị quyết 01/NQ-CP", None, "planned"),
        ("new", "Kế hoạch 15/KH-UBND", None, "planned"),
        ("dropped", "Quyết định 500/QĐ-TTg", "done", None),
        ("dropped", "Nghị định 02/2003/NĐ-CP", "done", None),
    }
    changed = next(row for row in found if row["change"] == "status")
    assert (changed["earlierReport"], changed["report"]) == (sample.EARLY, sample.HAU_GIANG)
    assert rows(examples, "changes-between-reports", earlier="2023", later="2024") == [], "no body reports twice"


def test_a_row_with_two_quotes_shows_both_with_their_places(graph: Graph) -> None:
    answer = questions.run(graph, "changes-between-reports", earlier="2023", later="2024", province="Hậu Giang")
    changed = [row for row in answer.rows if row["change"] == "status"]
    shown = records(changed, answer.columns)
    assert "    “Sở sẽ thực hiện Nghị định số 60/2024/NĐ-CP.”" in shown and "    ↳ hau-giang-2023.txt:0" in shown
    assert "    “Sở đã triển khai thực hiện" in shown and "hậu-giang-2024.txt:0" in shown
    assert "earlierStart" not in shown


def test_a_body_is_compared_with_its_successor(graph: Graph) -> None:
    found = questions.run(graph, "changes-between-reports", earlier="2020", later="2024", as_of="2025-07-01").rows
    assert {row["issuer"] for row in found} == {"Sở Công Thương thành phố Cần Thơ"}
    assert rows(graph, "changes-between-reports", earlier="2020", later="2024") == []


def test_the_workload_of_a_unit_by_status(graph: Graph) -> None:
    (row,) = rows(graph, "workload", date="2024-10-15")
    assert (row["unit"], row["status"], row["tasks"], row["dated"]) == (sample.UNIT, "planned", 2, 2)
    assert (row["overdue"], row["next"], row["documents"]) == (1, "2024-10-31", 3)
    assert (rows(graph, "workload", date="2025-01-01")[0]["overdue"], row["quote"] is None) == (2, False)


def test_workload_counts_what_is_counted_by_unit(examples: Graph) -> None:
    counted = {row["unit"]: row["tasks"] for row in rows(examples, "tasks-by-unit", limit="1000")}
    summed: dict[str, int] = {}
    for row in rows(examples, "workload", limit="1000"):
        summed[row["unit"]] = summed.get(row["unit"], 0) + row["tasks"]
    assert summed == counted


def test_documents_that_nobody_implements(examples: Graph, graph: Graph) -> None:
    assert {row["label"] for row in rows(graph, "never-implemented")} == {
        "Kế hoạch 20/KH-UBND",
        "Kế hoạch 30/KH-UBND",
        "Quyết định 38/QĐ-UBND",
    }
    found = {row["document"] for row in rows(examples, "never-implemented", limit="1000")}
    implemented = {row["document"] for row in rows(examples, "most-implemented", limit="1000")}
    assert found and implemented and not found & implemented
    government = rows(examples, "never-implemented", body="Chính phủ", limit="1000")
    assert government and {row["issuer"] for row in government} == {"Chính phủ"}


def test_what_an_amendment_touches_in_the_provinces(examples: Graph, graph: Graph) -> None:
    (row,) = rows(examples, "amendment-impact", document=DECREE)
    assert (row["province"], row["kind"], row["date"], row["older"]) == ("Thái Nguyên", "report", "2023-12-18", "true")
    assert (row["rel"], row["amended"]) == ("replaces", "Nghị định 02/2003/NĐ-CP")
    found = rows(graph, "amendment-impact", document=DECREE)
    assert {(r["province"], r["lower"], r["kind"], r["older"]) for r in found} == {
        ("Hậu Giang", "Kế hoạch 20/KH-UBND", "document", "true"),
        ("Hà Tĩnh", "Báo cáo cuối năm", "report", "false"),
    }


def test_two_provinces_side_by_side(examples: Graph, graph: Graph) -> None:
    found = rows(graph, "compare-provinces", province="Hậu Giang", other="Hà Tĩnh")
    held = {row["label"]: row["held"] for row in found}
    assert held == {
        "Nghị quyết 01/NQ-CP": "province",
        "Kế hoạch 15/KH-UBND": "province",
        "Nghị định 60/2024/NĐ-CP": "both",
        "Nghị định 02/2003/NĐ-CP": "both",
        "Quyết định 500/QĐ-TTg": "both",
    }
    swapped = rows(graph, "compare-provinces", province="Hà Tĩnh", other="Hậu Giang")
    assert {r["label"] for r in swapped if r["held"] == "other"} == {"Nghị quyết 01/NQ-CP", "Kế hoạch 15/KH-UBND"}
    one = {r["document"]: r["statements"] for r in rows(examples, "province-implements", province="Hậu Giang")}
    both = rows(examples, "compare-provinces", province="Hậu Giang", other="An Giang")
    assert {r["document"]: r["statements"] for r in both if r["held"] != "other"} == one


def test_tasks_that_are_due_in_a_period(examples: Graph, graph: Graph) -> None:
    found = rows(examples, "tasks-due", period="2024-07")
    assert ("2024-07-31", "Phòng Quản lý Thương mại") in {(row["deadline"], row["assignee"]) for row in found}
    assert [row["deadline"] for row in rows(graph, "tasks-due", period="2024-Q3")] == ["2024-09"]
    assert [row["deadline"] for row in rows(graph, "tasks-due", period="2024-10", body=sample.UNIT)] == ["2024-10-31"]
    assert rows(graph, "tasks-due", period="2024", province="Trà Vinh") == []


def test_reports_by_their_findings(examples: Graph) -> None:
    found = rows(examples, "reports-by-findings", limit="1000")
    listed = [row["report"] for row in rows(examples, "findings") if row["report"]]
    assert sum(row["findings"] for row in found) == len(set(listed)) == len(listed)
    assert any("type-variant" in (row["codes"] or "") for row in found)
    assert sum(row["unresolved"] for row in found) == sum(
        row["mentions"] for row in rows(examples, "unresolved-citations", limit="1000")
    )


def test_plans_without_a_result(examples: Graph, graph: Graph) -> None:
    found = {(row["province"], row["label"]) for row in rows(graph, "planned-not-done")}
    assert found == {
        ("Hậu Giang", "Nghị quyết 01/NQ-CP"),
        ("Hậu Giang", "Kế hoạch 15/KH-UBND"),
        ("Hà Tĩnh", "Quyết định 500/QĐ-TTg"),
    }
    for row in rows(examples, "planned-not-done"):
        told = rows(examples, "provinces-implementing", document=row["document"], province=row["province"])
        statuses = {r["status"] for r in told if r["province"] == row["province"]}
        assert "planned" in statuses and "done" not in statuses


def test_what_was_the_ground_of_work_done_is_no_plan_without_a_result(tmp_path: Path) -> None:
    report = """SỞ CÔNG THƯƠNG TỈNH KIÊN GIANG
Số: 412/BC-SCT
Kiên Giang, ngày 20 tháng 12 năm 2024
BÁO CÁO
Kết quả công tác năm 2024
I. KẾT QUẢ
1. Thực hiện Công điện số 56/CĐ-TTg ngày 06/6/2024 của Thủ tướng Chính phủ, Sở đã kiểm tra 12 chợ.
II. NHIỆM VỤ NĂM 2025
1. Tiếp tục triển khai Công điện số 56/CĐ-TTg ngày 06/6/2024 của Thủ tướng Chính phủ.
2. Triển khai thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ.
"""
    (tmp_path / "a.txt").write_text(report, encoding="utf-8")
    build([str(tmp_path / "a.txt")], tmp_path / "graph")
    with Graph.open(tmp_path / "graph", read_only=True) as graph:
        assert [row["label"] for row in rows(graph, "planned-not-done")] == ["Nghị định 60/2024/NĐ-CP"]


def test_local_plans_that_carry_out_a_decree(examples: Graph) -> None:
    found = rows(examples, "plans-implementing", document=DECREE)
    plans = {(row["province"], row["plan"], row["date"]) for row in found}
    assert plans >= {
        ("Cần Thơ", "Kế hoạch 187/KH-UBND", "2024-08-19"),
        ("Hà Tĩnh", "Văn bản 3872/UBND-KT", "2024-07-06"),
        ("Cà Mau", "Quyết định 038/QĐ-UBND", "2025-07-22"),
    }
    assert {r["province"] for r in rows(examples, "plans-implementing", document=DECREE, period="2025")} == {"Cà Mau"}
