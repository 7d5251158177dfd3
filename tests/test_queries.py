"""Every stored question: its header, its values, and its answer on a corpus whose answers are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import question_samples as sample
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from rdflib import Graph as Rdf

import kg
from kg import lookup
from kg.answers import questions
from kg.answers.questions import files
from kg.cli import main
from kg.entities.periods import PeriodError, read_period
from kg.graph.binding import fill, places
from kg.graph.rdf import quads
from kg.graph.store import Graph
from kg.loaders.source import Source
from kg.messages import KgError

NAMES = questions.names()
VALUES = {
    "document": "Nghị định 60/2024",
    "province": "Hậu Giang",
    "body": "Chính phủ",
    "report": "hậu-giang-2024.txt",
    "date": "2024-12-31",
    "period": "2024",
    "integer": "3",
    "text": "done",
}


def value(parameter: questions.Parameter) -> str:
    """A value that the parameter takes."""
    if parameter.name in ("earlier", "other"):
        return {"earlier": "2023", "other": "Hà Tĩnh"}[parameter.name]
    return parameter.values[0] if parameter.values else VALUES[parameter.type]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with Graph.open(sample.make(tmp_path_factory.mktemp("questions") / "graph"), read_only=True) as opened:
        yield opened


def rows(graph: Graph, name: str, **params: str) -> list[dict[str, Any]]:
    return list(questions.run(graph, name, **params).rows)


# --- the files ---------------------------------------------------------------------------------------------


def test_the_questions_that_were_promised_are_there() -> None:
    promised = {
        "provinces-implementing",
        "who-cites",
        "report-implements",
        "issued-by",
        "implementation-chain",
        "most-implemented",
        "provinces-silent",
        "documents-of-province",
        "tasks-of",
        "findings",
        "amended-by",
        "document-timeline",
        "co-implemented",
        "bodies-by-documents",
        "tasks-by-unit",
        "overdue-tasks",
        "coverage-matrix",
        "days-to-implement",
        "cited-though-replaced",
        "impossible-dates",
        "changes-between-reports",
        "workload",
        "never-implemented",
        "amendment-impact",
    }
    assert len(NAMES) >= 34
    assert promised <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_header_tells_what_its_query_does(name: str) -> None:
    query = questions.stored(name)
    for text in (query.title, query.question, *(p.description for p in query.parameters)):
        assert text["vi"].strip() and text["en"].strip() and text["vi"] != text["en"]
    assert all(len(query.reasoning[lang].split()) > 15 for lang in ("vi", "en"))
    assert query.patterns
    for parameter in query.parameters:
        assert parameter.type in VALUES
    for language in ("vi", "en"):
        asked = {p.name for p in query.parameters if "{" + p.name + "}" in query.question[language]}
        assert asked >= {p.name for p in query.parameters if p.required}


@pytest.mark.parametrize("name", NAMES)
def test_header_and_query_agree_on_parameters_and_columns(name: str) -> None:
    query = questions.stored(name)
    assert {place.split(".")[0] for place in places(query.sparql)} - {"units"} == {p.name for p in query.parameters}
    found = Store().query(query.sparql)
    assert isinstance(found, QuerySolutions)
    assert [v.value for v in found.variables] == [c.name for c in query.columns]


@pytest.fixture(scope="module")
def other_engine(graph: Graph) -> Rdf:
    return Rdf().parse(data=graph.answer("CONSTRUCT WHERE { ?s ?p ?o }", format="ntriples"), format="nt")


def plain(cell: object) -> str | None:
    # rdflib takes the text of an unbound value for "None"; the order inside GROUP_CONCAT is free.
    text = "" if cell is None else str(cell)
    return None if text in ("", "None") else "; ".join(sorted(text.split("; ")))


# The OPTIONAL of rdflib forgets what VALUES (provinces-silent), BIND and subqueries (the others) bound.
RDFLIB_FORGETS = {"provinces-silent", "issued-by", "documents-of-province", "coverage-matrix"}


@pytest.mark.parametrize("name", sorted(set(NAMES) - RDFLIB_FORGETS))
def test_another_engine_gives_the_same_answer(name: str, graph: Graph, other_engine: Rdf) -> None:
    query = questions.stored(name)
    given = {p.name: value(p) for p in query.parameters if p.required}
    values = {k: v for bound in questions.resolve(graph, query, given).values() for k, v in bound.values.items()}
    text = fill(query.sparql, values)
    ours = [tuple(map(plain, row.values())) for row in graph.select(text)]
    theirs = [tuple(map(plain, row)) for row in other_engine.query(text)]  # type: ignore[arg-type]
    assert sorted(map(str, ours)) == sorted(map(str, theirs))


@pytest.mark.parametrize("name", NAMES)
def test_every_question_runs_with_its_required_and_with_all_its_parameters(name: str, graph: Graph) -> None:
    query = questions.stored(name)
    required = {p.name: value(p) for p in query.parameters if p.required}
    every = {p.name: value(p) for p in query.parameters}
    few, many = rows(graph, name, **every), rows(graph, name, **required)
    assert len(few) <= len(many) or name == "overdue-tasks"
    for row in (*few, *many):
        assert list(row) == [c.name for c in query.columns]


@pytest.mark.parametrize("name", NAMES)
def test_evidence_quotes_its_source_word_for_word(name: str, graph: Graph) -> None:
    query = questions.stored(name)
    texts = {draft.iri: draft.text for draft in sample.drafts()}
    for row in rows(graph, name, **{p.name: value(p) for p in query.parameters if p.required}):
        if row.get("quote") is not None:
            start = row["start"]
            assert texts[row["report"]][start : start + len(row["quote"])] == row["quote"]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_calls_documents_by_their_names(name: str, graph: Graph) -> None:
    given = [f"{p.name}={value(p)}" for p in questions.stored(name).parameters if p.required]
    for lang in ("vi", "en"):
        arguments = ["query", name, *given, "--graph", str(graph.directory)]
        shown = CliRunner().invoke(main, arguments, env={"KG_LANG": lang}, catch_exceptions=False).stdout
        assert shown
        assert "urn:lex:" not in shown and "w3id.org" not in shown


def test_documents_of_one_number_are_told_apart_in_a_table(graph: Graph) -> None:
    arguments = ["query", "issued-by", "body=Chính phủ", "--graph", str(graph.directory)]
    shown = CliRunner().invoke(main, arguments, env={"KG_LANG": "vi"}, catch_exceptions=False).stdout
    for document in ("Nghị quyết 01/NQ-CP ngày 05/01/2024 của Chính phủ", "Nghị quyết 01/NQ-CP ngày 06/01/2023 của"):
        assert document in shown
    assert "Nghị định 60/2024/NĐ-CP · 05/06/2024" in shown  # there is one of this number


def test_a_header_line_out_of_form_is_refused() -> None:
    with pytest.raises(ValueError, match=r"x\.rq: header line out of form"):
        files._read("x", "# title.vi: a\n# nonsense\n\nSELECT * {}")


# --- the answers -------------------------------------------------------------------------------------------


def test_provinces_implement_by_their_report_and_by_what_their_bodies_issue(graph: Graph) -> None:
    found = rows(graph, "provinces-implementing", document="Nghị định 60/2024")
    assert {(r["province"], r["via"], r["status"]) for r in found} == {
        ("Hậu Giang", None, "done"),
        ("Hậu Giang", None, "planned"),
        ("Hậu Giang", "Kế hoạch 15/KH-UBND", "done"),
        ("Cà Mau", "Quyết định 38/QĐ-UBND", "done"),
    }
    assert {r["document"] for r in found} == {sample.DECREE.iri("")}
    ca_mau = next(r for r in found if r["province"] == "Cà Mau")
    assert ca_mau["report"] == sample.MINISTRY
    assert ca_mau["quote"] == "Tỉnh Cà Mau ban hành Quyết định số 38/QĐ-UBND để thực hiện Nghị định số 60/2024/NĐ-CP."
    assert {r["now"] for r in found} == {"Cần Thơ", None}


def test_a_citation_without_year_counts_once_it_is_resolved(graph: Graph) -> None:
    found = rows(graph, "provinces-implementing", document="Nghị quyết 01/NQ-CP ngày 05/01/2024")
    assert {r["province"] for r in found} == {"Hậu Giang", "Trà Vinh"}
    assert all(r["document"] == sample.RESOLUTION.iri("") for r in found)


def test_a_province_and_a_status_can_be_picked(graph: Graph) -> None:
    found = rows(
        graph, "provinces-implementing", document="Nghị định 60/2024", province="tỉnh Hậu Giang", status="planned"
    )
    assert [(r["province"], r["status"]) for r in found] == [("Hậu Giang", "planned")]


def test_the_reports_of_a_period_can_be_picked_also_those_known_by_their_date_alone(graph: Graph) -> None:
    asked = {"document": "Nghị định 60/2024"}
    whole = rows(graph, "provinces-implementing", **asked)
    dates = {r["report"]: str(r["date"] or r["period"]) for r in rows(graph, "reports")}
    for period in ("2024", "2023", "2023/2024"):
        years = read_period(period).labels
        expected = [r for r in whole if str(r["period"] or dates[r["report"]]).startswith(years)]
        assert rows(graph, "provinces-implementing", **asked, period=period) == expected
    assert rows(graph, "provinces-implementing", **asked, period="2024")
    assert rows(graph, "provinces-implementing", **asked, period="2022") == []


def test_silent_provinces_are_those_with_reports_that_do_not_implement(graph: Graph) -> None:
    found = rows(graph, "provinces-silent", document="Nghị định 60/2024")
    assert [(r["province"], r["mentions"]) for r in found] == [("Sóc Trăng", 0), ("Trà Vinh", 0), ("Hà Tĩnh", 1)]
    reports = rows(graph, "reports")
    for row in found:
        told = {r["date"] or r["period"] for r in reports if r["province"] == row["province"]} - {None}
        assert row["latest"] == max(told, default=None)


@pytest.mark.parametrize("document", ["Nghị định 60/2024", "Nghị quyết 01/NQ-CP ngày 05/01/2024", "500/QĐ-TTg"])
def test_a_reporting_province_either_implements_or_is_silent(document: str, graph: Graph) -> None:
    implementing = {r["province"] for r in rows(graph, "provinces-implementing", document=document)}
    silent = {r["province"] for r in rows(graph, "provinces-silent", document=document)}
    reporting = {r["province"] for r in rows(graph, "reports") if r["province"]}
    assert not implementing & silent
    assert reporting <= implementing | silent


def test_who_cites_tells_every_relation_to_the_document(graph: Graph) -> None:
    found = rows(graph, "who-cites", document="Nghị định 60/2024")
    assert {(r["citing"], r["rel"]) for r in found} == {
        ("Báo cáo năm 2024", "implements"),
        ("Báo cáo năm 2024", "cites"),
        ("Kế hoạch 15/KH-UBND", "implements"),
        ("Quyết định 38/QĐ-UBND", "implements"),
    }


def test_a_report_implements_what_it_and_its_documents_carry_out(graph: Graph) -> None:
    found = rows(graph, "report-implements", report="hậu-giang-2024.txt")
    assert {(r["label"], r["via"]) for r in found} == {
        ("Nghị định 60/2024/NĐ-CP", None),
        ("Nghị quyết 01/NQ-CP", None),
        ("Nghị định 60/2024/NĐ-CP", "Kế hoạch 15/KH-UBND"),
    }


def test_documents_of_a_body_are_dated_and_a_resolved_citation_counts_for_its_document(graph: Graph) -> None:
    found = rows(graph, "issued-by", body="Chính phủ")
    assert [(r["label"], r["date"], r["mentions"]) for r in found] == [
        ("Nghị định 02/2003/NĐ-CP", "2003-01-14", 1),
        ("Nghị quyết 01/NQ-CP", "2023-01-06", 1),
        ("Nghị quyết 01/NQ-CP", "2024-01-05", 2),
        ("Nghị định 60/2024/NĐ-CP", "2024-06-05", 6),
    ]


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        ("2024", ["Nghị quyết 01/NQ-CP", "Nghị định 60/2024/NĐ-CP"]),
        ("2024-Q1", ["Nghị quyết 01/NQ-CP"]),
        ("2024-06", ["Nghị định 60/2024/NĐ-CP"]),
        ("2024-H2", []),
        ("2003/2023", ["Nghị định 02/2003/NĐ-CP", "Nghị quyết 01/NQ-CP"]),
    ],
)
def test_documents_of_a_body_in_a_period(period: str, labels: list[str], graph: Graph) -> None:
    assert [r["label"] for r in rows(graph, "issued-by", body="chinh phu", period=period)] == labels


def test_documents_of_a_province_are_those_of_all_its_bodies(graph: Graph) -> None:
    found = rows(graph, "documents-of-province", province="hau giang", period="2024")
    assert [(r["label"], r["issuer"]) for r in found] == [
        ("Kế hoạch 15/KH-UBND", "Ủy ban nhân dân tỉnh Hậu Giang"),
        ("Kế hoạch 09/KH-SCT", "Sở Công Thương tỉnh Hậu Giang"),
    ]
    assert found[0]["quote"] == ("UBND tỉnh ban hành Kế hoạch số 15/KH-UBND thực hiện Nghị định số 60/2024/NĐ-CP.")
    assert found[1]["quote"] is None, "no source tells of it but its own file"


def test_what_a_province_implements_begins_with_the_best_proved(graph: Graph) -> None:
    found = rows(graph, "province-implements", province="Hậu Giang")
    assert [(r["label"], r["statements"], r["status"]) for r in found] == [
        ("Nghị định 60/2024/NĐ-CP", 3, "done"),
        ("Nghị quyết 01/NQ-CP", 1, "planned"),
        ("Kế hoạch 15/KH-UBND", 1, "planned"),
    ]
    assert rows(graph, "province-implements", province="Hậu Giang", period="2023") == []


def test_the_chain_goes_from_the_decree_to_the_task_of_a_unit(graph: Graph) -> None:
    found = rows(graph, "implementation-chain", document="Nghị định 60/2024")
    steps = {(r["hop"], r["upper"], r["kind"], r["by"]) for r in found}
    decree, plan = "Nghị định 60/2024/NĐ-CP", "Kế hoạch 15/KH-UBND"
    assert (1, decree, "document", "Ủy ban nhân dân tỉnh Hậu Giang") in steps
    assert (2, plan, "report", "Sở Công Thương tỉnh Hậu Giang") in steps
    assert (2, plan, "task", sample.UNIT) in steps
    assert next(r["lower"] for r in found if r["hop"] == 2 and r["kind"] == "report") == "Kế hoạch 09/KH-SCT"
    assert next(r["deadline"] for r in found if r["hop"] == 2 and r["kind"] == "task") == "2024-10-31"


def test_a_circle_in_the_chain_ends(tmp_path: Path) -> None:
    drafts = sample.Draft(sample.MINISTRY, sample.Header(title="vòng")).clause(
        "{0} thực hiện {1}; {1} thực hiện {0}.",
        (sample.PLAN, sample.Rel.IMPLEMENTS, sample.CA_MAU),
        (sample.CA_MAU, sample.Rel.IMPLEMENTS, sample.PLAN),
    )
    with Graph.open(tmp_path / "graph", read_only=False) as written:
        drafts.write(written)
    with Graph.open(tmp_path / "graph", read_only=True) as circle:
        found = rows(circle, "implementation-chain", document=sample.PLAN.iri(""))
    assert sorted((r["hop"], r["upper"]) for r in found) == [(1, "Kế hoạch 15/KH-UBND"), (2, "Quyết định 38/QĐ-UBND")]


def test_most_implemented_counts_provinces_before_statements(graph: Graph) -> None:
    found = rows(graph, "most-implemented", limit="2")
    assert [(r["label"], r["provinces"]) for r in found] == [
        ("Nghị định 60/2024/NĐ-CP", 2),
        ("Nghị quyết 01/NQ-CP", 2),
    ]
    assert found[1]["document"] == sample.RESOLUTION.iri("")


def test_most_cited_counts_reports_before_mentions(graph: Graph) -> None:
    found = rows(graph, "most-cited")
    assert [(r["reports"], r["mentions"]) for r in found] == sorted(
        ((r["reports"], r["mentions"]) for r in found), reverse=True
    )
    cited = {r["document"]: r for r in rows(graph, "who-cites", document="Nghị định 60/2024")}
    (decree,) = (r for r in found if r["document"] == sample.DECREE.iri(""))
    assert decree["document"] in cited and decree["mentions"] >= decree["reports"] > 1
    assert len(rows(graph, "most-cited", limit="2")) == 2
    assert rows(graph, "most-cited", period="1999") == []


def test_tasks_of_a_document_name_unit_deadline_and_status(graph: Graph) -> None:
    (task,) = rows(graph, "tasks-of", document="Nghị định 60/2024")
    assert (task["assignee"], task["deadline"], task["status"]) == (sample.UNIT, "2024-09", "planned")


def test_tasks_are_counted_by_unit_and_listed_for_one(graph: Graph) -> None:
    (counted,) = rows(graph, "tasks-by-unit")
    assert (counted["unit"], counted["tasks"], counted["planned"], counted["done"], counted["dated"]) == (
        sample.UNIT,
        2,
        2,
        0,
        2,
    )
    assert rows(graph, "tasks-by-unit", document="Nghị định 60/2024")[0]["tasks"] == 1
    listed = rows(graph, "tasks-of-unit", body="phong quan ly thuong mai")
    assert [r["deadline"] for r in listed] == ["2024-09", "2024-10-31"]
    within = rows(graph, "tasks-of-unit", body="phong quan ly thuong mai", province="Hậu Giang")
    assert [r for r in listed if r["province"] == "Hậu Giang"] == within != []
    assert rows(graph, "tasks-of-unit", body="phong quan ly thuong mai", province="Hà Giang") == []
    assert listed[0]["documents"] is not None
    assert set(listed[0]["documents"].split("; ")) == {"Nghị định 60/2024/NĐ-CP", "Nghị quyết 01/NQ-CP"}


@pytest.mark.parametrize(
    ("day", "deadlines"),
    [
        ("2024-09-30", []),
        ("2024-10-01", ["2024-09"]),
        ("31/10/2024", ["2024-09"]),
        ("2024-11-01", ["2024-09", "2024-10-31"]),
    ],
)
def test_a_deadline_is_over_when_its_month_or_day_is(day: str, deadlines: list[str], graph: Graph) -> None:
    assert [r["deadline"] for r in rows(graph, "overdue-tasks", date=day)] == deadlines


def test_overdue_tasks_of_a_unit_are_those_that_it_was_given(graph: Graph) -> None:
    listed = rows(graph, "overdue-tasks", date="2024-12-31", body="phong quan ly thuong mai")
    assert [r["deadline"] for r in listed] == ["2024-09", "2024-10-31"]
    assert all("Phòng Quản lý Thương mại" in r["assignee"] for r in listed)
    assert rows(graph, "overdue-tasks", date="2024-12-31", body="Chính phủ") == []


def test_overdue_tasks_of_a_document_are_those_that_carry_it_out_however_it_is_cited(graph: Graph) -> None:
    of = {"date": "2024-12-31", "document": "Nghị định 60/2024"}
    assert [r["deadline"] for r in rows(graph, "overdue-tasks", **of)] == ["2024-09"]
    resolved = rows(graph, "overdue-tasks", date="2024-12-31", document="01/NQ-CP ngày 05/01/2024")
    assert [r["deadline"] for r in resolved] == ["2024-09"]
    assert rows(graph, "overdue-tasks", date="2024-12-31", document="Quyết định 500/QĐ-TTg") == []


def test_overdue_tasks_are_judged_by_today_where_no_day_is_given(graph: Graph) -> None:
    answer = questions.run(graph, "overdue-tasks")
    assert answer.params["date"] == date.today().isoformat()
    assert answer.notes == (f"judged by today, {date.today().isoformat()}",)
    assert questions.run(graph, "overdue-tasks", date="2024-12-31").notes == ()
    assert len(answer.rows) == 2


def test_amendments_are_told_in_both_directions(graph: Graph) -> None:
    (by,) = rows(graph, "amended-by", document="02/2003/NĐ-CP")
    assert (by["rel"], by["by"], by["byDocument"], by["date"]) == (
        "replaces",
        "Nghị định 60/2024/NĐ-CP",
        sample.DECREE.iri(""),
        "2024-06-05",
    )
    (amended,) = rows(graph, "amends", document="Nghị định 60/2024")
    assert amended["label"] == "Nghị định 02/2003/NĐ-CP"


def test_the_basis_of_a_plan_that_is_in_the_graph_as_a_file(graph: Graph) -> None:
    found = rows(graph, "legal-basis", document=sample.DEPARTMENT_PLAN.iri(""))
    assert {(r["rel"], r["label"]) for r in found} == {
        ("based_on", "Quyết định 500/QĐ-TTg"),
        ("implements", "Kế hoạch 15/KH-UBND"),
    }


def test_the_time_line_is_in_order_and_holds_signing_plans_reports_and_deadlines(graph: Graph) -> None:
    found = rows(graph, "document-timeline", document="Nghị định 60/2024")
    dates = [r["date"] for r in found]
    assert dates == sorted(dates, key=lambda date: read_period(date).end)
    assert dates.index("2024") > dates.index("2024-09"), "a year behind its days"
    events = {(r["date"], r["event"], r["who"]) for r in found}
    assert ("2024-06-05", "issued", "Chính phủ") in events
    assert ("2024-07-01", "implements", "Kế hoạch 15/KH-UBND") in events
    assert ("2024-09", "deadline", sample.UNIT) in events


def test_rows_by_province_go_by_the_alphabet() -> None:
    query = questions.stored("reports")
    names = [None, "Bà Rịa - Vũng Tàu", "Cần Thơ", "Gia Lai", "Thái Bình", "Đà Nẵng", "Đồng Nai"]
    columns = {column.name: None for column in query.columns}
    told = [columns | {"province": name, "report": f"file:///{number}"} for number, name in enumerate(names)]
    answer = questions.answered(query, {}, told + told, None)
    assert [row["province"] for row in answer.rows[::2]] == [*names[:3], "Đà Nẵng", "Đồng Nai", *names[3:5]]


def test_what_comes_before_the_province_in_the_order_stays_before_it() -> None:
    query = questions.stored("provinces-silent")
    told = [(0, "Vĩnh Long"), (0, "Đồng Tháp"), (2, "An Giang"), (2, "Điện Biên")]
    columns = {column.name: None for column in query.columns}
    found = questions.answered(query, {}, [columns | {"mentions": n, "province": name} for n, name in told], None).rows
    assert [(row["mentions"], row["province"]) for row in found] == [told[1], told[0], *told[2:]]


def test_documents_implemented_together(graph: Graph) -> None:
    (other,) = rows(graph, "co-implemented", document="Nghị định 60/2024")
    assert (other["label"], other["together"], other["clauses"], other["provinces"]) == ("Nghị quyết 01/NQ-CP", 1, 1, 1)


def test_bodies_by_the_number_of_their_documents(graph: Graph) -> None:
    found = rows(graph, "bodies-by-documents")
    assert (found[0]["body"], found[0]["documents"], found[0]["mentions"]) == ("Chính phủ", 4, 10)
    (local,) = rows(graph, "bodies-by-documents", province="Cà Mau")
    assert (local["body"], local["documents"]) == ("Ủy ban nhân dân tỉnh Cà Mau", 1)


def test_of_two_documents_that_may_be_one_the_row_is_about_the_doubtful_one(tmp_path: Path) -> None:
    subject = "ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ"
    pair = f"Thực hiện Nghị quyết số 60/2024/NQ-CP {subject}.\nTheo Nghị định số 60/2024/NĐ-CP {subject}.\n"
    dates = (
        "Quyết định số 974/QĐ-UBND ngày 10/7/2024 và Quyết định số 974/QĐ-UBND ngày 11/7/2024 của UBND tỉnh Hà Tĩnh.\n"
    )
    with Graph.open(tmp_path / "graph", read_only=False) as written:
        source = Source("a.txt", pair + dates, "text/plain")
        found = kg.extract(pair + dates)
        written.replace("file:///a.txt", quads(found, source, iri="file:///a.txt", sha256="0" * 64))
    resolution, decree = (
        f"urn:lex:vn:chinh.phu:{name}" for name in ("nghi.quyet:2024;60-2024-nq-cp", "nghi.dinh:2024;60-2024-nd-cp")
    )
    with Graph.open(tmp_path / "graph", read_only=True) as graph:
        every = rows(graph, "findings")
        assert {row["code"] for row in every} == {"type-variant", "two-dates"}
        for cited in (resolution, decree):
            (row,) = rows(graph, "findings", document=cited)
            assert (row["about"], row["suggests"]) == (resolution, "60/2024/NĐ-CP")
            assert "Nghị định 60/2024/NĐ-CP is likely meant" in row["message"]
            (candidate,) = lookup(graph, cited)
            assert [finding["message"] for finding in candidate.findings] == [row["message"]]


def test_findings_about_a_document(graph: Graph) -> None:
    (finding,) = rows(graph, "findings", document="Nghị định 60/2024")
    assert (finding["code"], finding["severity"], finding["confidence"]) == ("two-dates-in-corpus", "warning", 0.9)
    assert rows(graph, "findings", document="500/QĐ-TTg") == []
    assert rows(graph, "findings", code="styles-crossed") == []


def test_unresolved_citations_leave_out_what_was_resolved(graph: Graph) -> None:
    (found,) = rows(graph, "unresolved-citations")
    assert (found["label"], found["quote"], found["report"]) == (
        "Kế hoạch 77/KH-UBND",
        "Kế hoạch số 77/KH-UBND",
        sample.SOC_TRANG,
    )


def test_reports_can_be_picked_by_province_and_period(graph: Graph) -> None:
    assert len(rows(graph, "reports")) == 6
    assert [r["report"] for r in rows(graph, "reports", province="Trà Vinh")] == [sample.TRA_VINH]
    assert {r["report"] for r in rows(graph, "reports", period="2024-Q1")} == {sample.TRA_VINH}
    assert {r["report"] for r in rows(graph, "reports", period="2024")} >= {sample.TRA_VINH, sample.HA_TINH}


# --- values ------------------------------------------------------------------------------------------------


def test_a_kind_of_body_stands_for_all_of_it(graph: Graph) -> None:
    answer = questions.run(graph, "issued-by", body="Ủy ban nhân dân")
    assert {"Ủy ban nhân dân tỉnh Hậu Giang", "Ủy ban nhân dân tỉnh Cà Mau"} <= {r["issuer"] for r in answer.rows}
    assert answer.notes == ('"Ủy ban nhân dân" is what 3 bodies are called',)


def test_a_document_that_fits_several_is_answered_for_each_and_says_so(graph: Graph) -> None:
    answer = questions.run(graph, "provinces-implementing", document="01/NQ-CP")
    assert {r["document"] for r in answer.rows} == {sample.RESOLUTION.iri(""), sample.EARLIER.iri("")}
    (note,) = answer.notes
    assert "fits 2 documents" in note and sample.EARLIER.iri("") in note


def test_a_document_that_the_graph_has_not_gives_no_rows_and_the_nearest_names(graph: Graph) -> None:
    answer = questions.run(graph, "who-cites", document="Nghị định 66/2024/NĐ-CP")
    assert answer.rows == []
    assert answer.notes == (
        'the graph has no document "Nghị định 66/2024/NĐ-CP"; did you mean: Nghị định 60/2024/NĐ-CP?',
    )


def test_nearest_documents_of_one_name_are_told_apart(graph: Graph) -> None:
    (note,) = questions.run(graph, "who-cites", document="Nghị quyết 01/NQ-CP năm 1999").notes
    assert sample.EARLIER.iri("") in note and sample.RESOLUTION.iri("") in note


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("provinces-implementin", {}, "did you mean: provinces-implementing"),
        ("provinces-implementing", {}, "needs the parameter document; give document=…"),
        ("provinces-implementing", {"doc": "x"}, "no parameter doc; did you mean: document?"),
        ("provinces-implementing", {"document": "xin chào"}, 'names no document; write for example "Nghị định'),
        ("documents-of-province", {"province": "Hậu Giag"}, 'no province "Hậu Giag"; did you mean: Hậu Giang'),
        ("issued-by", {"body": "Chính phủu"}, "did you mean: Chính phủ"),
        ("documents-of-province", {"province": "tỉnh Hậu Giag"}, "did you mean: Hậu Giang, Hà Giang, An Giang?"),
        ("report-implements", {"report": "hau-giang-2042"}, 'no report "hau-giang-2042"; did you mean:'),
        ("report-implements", {"report": "ha-tinh-2042.txt"}, "did you mean: ha-tinh-2024.txt, "),
        ("report-implements", {"report": "zzz"}, "see the reports with kg query reports"),
        ("issued-by", {"body": "zzz"}, "see the bodies with kg query bodies-by-documents"),
        ("issued-by", {"body": "Chính phủ", "period": "hôm qua"}, "is no period or date; write for example 2024"),
        ("most-implemented", {"limit": "-3"}, "limit=-3: not a whole number from 1 to 1000000"),
        ("most-implemented", {"limit": "9" * 5000}, "not a whole number from 1 to 1000000; write for example limit=20"),
        (
            "provinces-implementing",
            {"document": "60/2024", "status": "DONE"},
            "choose one of done, planned, basis, other",
        ),
        ("findings", {"severity": "nope"}, "severity=nope: no such value; choose one of error, warning, info"),
        ("findings", {"code": "two-datez"}, "no such value; did you mean: two-dates"),
        ("most-implemented", {"limit": "²"}, "not a whole number"),
    ],
)
def test_a_wrong_value_is_told_in_one_line_with_a_remedy(
    name: str, params: dict[str, str], message: str, graph: Graph
) -> None:
    with pytest.raises(KgError) as caught:
        questions.run(graph, name, **params)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


HOSTILE = [
    'Nghị định 60/2024" } } DROP ALL #',
    "Nghị định 60/2024> } ; DELETE WHERE { ?s ?p ?o } #",
    "60/2024\\u0022 } INSERT DATA { <a:a> <a:b> <a:c> }",
    "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp> ?p ?o } #",
    "done' || true || '",
    '" } SERVICE <http://example.org/> { ?s ?p ?o } #',
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("name", ["provinces-implementing", "findings", "issued-by", "report-implements"])
def test_hostile_words_stay_values(name: str, words: str, graph: Graph) -> None:
    before = graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    query = questions.stored(name)
    for parameter in query.parameters:
        params = {p.name: value(p) for p in query.parameters if p.required} | {parameter.name: words}
        try:
            found = questions.run(graph, name, **params).rows
        except KgError as error:
            assert "well formed" not in str(error)
        else:
            assert parameter.type == "document" or found == []
    assert graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


@given(st.text())
def test_any_text_is_one_literal(words: str) -> None:
    # Lone surrogates are no Unicode text, and RDF has no way to write them.
    words = words.encode("utf-8", "replace").decode()
    sparql = fill("SELECT ?x WHERE {\n  VALUES ?x { UNDEF }  # parameter x\n}", {"x": [(Literal(words),)]})
    found = Store().query(sparql)
    assert isinstance(found, QuerySolutions)
    (row,) = found
    assert row["x"] == Literal(words)


def test_places_are_filled_left_out_or_empty() -> None:
    text = (
        "VALUES ?a { <a:a> }  # parameter a\nVALUES (?b ?c) { (UNDEF UNDEF) }  # parameter b\nLIMIT 20  # parameter n"
    )
    assert places(text) == {"a", "b", "n"}
    assert fill(text, {}) == "LIMIT 20  # parameter n"
    pair = [(Literal("x"), NamedNode("a:y"))]
    assert (
        fill(text, {"a": [], "b": pair, "n": [(Literal(5),)]})
        == 'VALUES ?a {  }\nVALUES (?b ?c) { ("x" <a:y>) }\nLIMIT 5'
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "labels"),
    [
        ("2024", "2024-01-01", "2024-12-31", ("2024",)),
        ("2024-H1", "2024-01-01", "2024-06-30", ("2024-H1", "2024-Q1", "2024-Q2", "2024-01")),
        ("2024-Q4", "2024-10-01", "2024-12-31", ("2024-Q4", "2024-10")),
        ("2020-M9", "2020-01-01", "2020-09-30", ("2020-M9", "2020-H1", "2020-Q1")),
        ("02/2024", "2024-02-01", "2024-02-29", ("2024-02",)),
        ("5/6/2024", "2024-06-05", "2024-06-05", ("2024-06-05",)),
        ("2020-2022", "2020-01-01", "2022-12-31", ("2020", "2021", "2022")),
    ],
)
def test_periods_in_every_form(text: str, start: str, end: str, labels: tuple[str, ...]) -> None:
    span = read_period(text)
    assert (span.start, span.end) == (start, end)
    assert span.labels[: len(labels)] == labels


@given(st.text(max_size=12) | st.from_regex(r"[12]\d{3}[-/][HQM]?\d{1,2}([-/]\d{1,2})?", fullmatch=True))
def test_a_text_is_a_period_with_its_first_day_first_or_none(text: str) -> None:
    try:
        span = read_period(text)
    except PeriodError:
        return
    assert date.fromisoformat(span.start) <= date.fromisoformat(span.end)
    assert span.labels
