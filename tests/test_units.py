"""Provinces and bodies of a day: what a name stands for, and questions that are asked for old and new units."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import question_samples as sample
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg import build
from kg.answers import questions
from kg.answers.ask import ask
from kg.cli import main
from kg.entities.units import bodies_on, official, provinces_on, provinces_within
from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.tables import bodies, provinces

SEEDS = Path(os.environ.get("KG_SHARED") or Path(__file__).parent.parent.parent / "shared") / "seeds"
NAMES = sorted({row.name for row in provinces()})
DECREE = "Nghị định 60/2024"
BEFORE, AFTER = "2025-06-30", "2025-07-01"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.make(tmp_path_factory.mktemp("units") / "graph")


@pytest.fixture(scope="module")
def graph(folder: Path) -> Iterator[Graph]:
    with Graph.open(folder, read_only=True) as opened:
        yield opened


# --- the tables ----------------------------------------------------------------------------------------------


def alive(day: str) -> set[str]:
    return {row.name for row in provinces() if (row.valid_from or "") <= day and day <= (row.valid_to or "9999")}


@given(st.sampled_from(NAMES), st.dates(date(1977, 1, 1), date(2026, 12, 31)))
def test_a_province_stands_for_units_in_force_on_the_day(name: str, on: date) -> None:
    day = on.isoformat()
    units = provinces_on(name, day)
    assert units and set(units) <= alive(day)
    assert name not in alive(day) or units == (name,)
    assert name in provinces_within(name, day)


def test_the_units_of_a_day_are_those_of_the_law() -> None:
    counted = {day: len({unit for name in NAMES for unit in provinces_on(name, day)}) for day in (BEFORE, AFTER)}
    assert counted == {BEFORE: 63, AFTER: 34}


@pytest.mark.parametrize(
    ("name", "day", "units"),
    [
        ("Sóc Trăng", AFTER, ("Cần Thơ",)),
        ("Hậu Giang", "2003-12-31", ("Cần Thơ",)),
        ("Vĩnh Phúc", "1990-01-01", ("Vĩnh Phú",)),
        ("Hà Tây", "2026-01-01", ("Hà Nội",)),
        ("Minh Hải", "2000-01-01", ("Bạc Liêu", "Cà Mau")),
        ("Sao Hỏa", AFTER, ("Sao Hỏa",)),
    ],
)
def test_a_province_before_and_after_a_change(name: str, day: str, units: tuple[str, ...]) -> None:
    assert provinces_on(name, day) == units


@pytest.mark.parametrize(
    ("name", "day", "units"),
    [
        ("Sở Công Thương tỉnh Hậu Giang", BEFORE, ("Sở Công Thương tỉnh Hậu Giang",)),
        ("Tỉnh ủy Hậu Giang", AFTER, ("Thành ủy Cần Thơ",)),
        ("Bộ Tài nguyên và Môi trường", "2025-03-01", ("Bộ Nông nghiệp và Môi trường",)),
        ("Bộ Thương mại", "2024-01-01", ("Bộ Công Thương",)),
        (
            "Ủy ban nhân dân huyện Phụng Hiệp tỉnh Hậu Giang",
            AFTER,
            ("Ủy ban nhân dân huyện Phụng Hiệp tỉnh Hậu Giang",),
        ),
        ("Phòng Quản lý Thương mại", AFTER, ("Phòng Quản lý Thương mại",)),
    ],
)
def test_a_body_follows_its_successors_and_its_province(name: str, day: str, units: tuple[str, ...]) -> None:
    assert bodies_on(name, day) == units


@given(st.sampled_from(sorted({row.name for row in bodies()})), st.dates(date(1950, 1, 1), date(2030, 1, 1)))
def test_every_body_stands_for_some_body_on_every_day(name: str, on: date) -> None:
    units = bodies_on(name, on.isoformat())
    assert units
    for unit in units:  # and that body is in force then, or nothing is known of the day
        assert bodies_on(unit, on.isoformat()) == (unit,) or unit == name


def test_the_full_name_is_that_of_the_day() -> None:
    new = date.fromisoformat("2025-01-01")
    assert official("Huế", new.isoformat()) == "thành phố Huế"
    assert official("Thừa Thiên Huế", (new - timedelta(1)).isoformat()) == "tỉnh Thừa Thiên Huế"


# --- questions -----------------------------------------------------------------------------------------------


def told(answer: questions.Answer) -> set[tuple[Any, ...]]:
    return {(row["province"], row["answeredFor"], row["reported"]) for row in answer.rows}


def test_rows_name_the_unit_answered_for_and_the_one_reported(graph: Graph) -> None:
    after = questions.run(graph, "provinces-implementing", document=DECREE, as_of=AFTER)
    assert told(after) == {("Cà Mau", "tỉnh Cà Mau", "tỉnh Cà Mau"), ("Cần Thơ", "thành phố Cần Thơ", "tỉnh Hậu Giang")}
    assert after.as_of == AFTER
    assert after.columns[:3] == ("province", "answeredFor", "reported")
    (note,) = after.notes
    assert "thành phố Cần Thơ" in note and "tỉnh Hậu Giang" in note
    before = questions.run(graph, "provinces-implementing", document=DECREE, as_of="2024-12-31")
    assert {row["province"] for row in before.rows} == {"Cà Mau", "Hậu Giang"}
    assert before.notes == ()


def test_without_a_day_rows_are_told_as_the_sources_do(graph: Graph) -> None:
    answer = questions.run(graph, "provinces-implementing", document=DECREE)
    assert "answeredFor" not in answer.columns and answer.as_of is None
    assert {row["province"] for row in answer.rows} == {"Cà Mau", "Hậu Giang"}


@pytest.mark.parametrize("asked", ["Cần Thơ", "thành phố Cần Thơ", "TP. Cần Thơ"])
def test_a_new_name_finds_what_its_predecessors_reported_and_says_so(asked: str, graph: Graph) -> None:
    plain = questions.run(graph, "documents-of-province", province=asked)
    assert {row["label"] for row in plain.rows} == {"Kế hoạch 15/KH-UBND", "Kế hoạch 09/KH-SCT", "Kế hoạch 77/KH-UBND"}
    assert "includes tỉnh Hậu Giang, tỉnh Sóc Trăng" in plain.notes[0]
    today = questions.run(graph, "documents-of-province", province=asked, as_of="today")
    assert today.rows == plain.rows
    assert "stands for tỉnh Hậu Giang, tỉnh Sóc Trăng as well" in today.notes[0]
    assert questions.run(graph, "documents-of-province", province=asked, as_of="2024").rows == []


def test_an_old_name_is_asked_for_alone_or_for_the_unit_of_today(graph: Graph) -> None:
    alone = questions.run(graph, "documents-of-province", province="Hậu Giang")
    assert len(alone.rows) == 2
    assert "part of thành phố Cần Thơ today" in alone.notes[0]
    whole = questions.run(graph, "documents-of-province", province="Hậu Giang", as_of="today")
    assert len(whole.rows) == 3


def test_a_body_that_no_source_names_yet_is_found_by_its_predecessors(graph: Graph) -> None:
    found = questions.run(graph, "issued-by", body="UBND thành phố Cần Thơ")
    assert {row["issuer"] for row in found.rows} == {
        f"Ủy ban nhân dân tỉnh {name}" for name in ("Hậu Giang", "Sóc Trăng")
    }
    assert "includes Ủy ban nhân dân tỉnh Hậu Giang" in found.notes[0]
    with pytest.raises(KgError, match="no body"):
        questions.run(graph, "issued-by", body="UBND thành phố Cần Thơ", as_of=BEFORE)


def test_a_ministry_answers_for_its_predecessors_only_when_a_day_is_asked_for(graph: Graph) -> None:
    assert questions.run(graph, "issued-by", body="Bộ Công Thương").notes == ()
    assert "Bộ Thương mại" in questions.run(graph, "issued-by", body="Bộ Công Thương", as_of="today").notes[0]


def test_provinces_are_counted_by_the_units_of_the_day(graph: Graph) -> None:
    resolution = "Nghị quyết 01/NQ-CP ngày 05/01/2024"
    silent = questions.run(graph, "provinces-silent", document=resolution, as_of=AFTER)
    # Sóc Trăng is silent, but it is one unit with Hậu Giang, which is not.
    assert [(row["province"], row["reported"]) for row in silent.rows] == [("Hà Tĩnh", "tỉnh Hà Tĩnh")]
    assert "Sóc Trăng" in {r["province"] for r in questions.run(graph, "provinces-silent", document=resolution).rows}
    silent = questions.run(graph, "provinces-silent", document=DECREE, as_of=AFTER)
    assert {row["province"]: row["reported"] for row in silent.rows} == {
        "Hà Tĩnh": "tỉnh Hà Tĩnh",
        "Vĩnh Long": "tỉnh Trà Vinh",
    }
    for day in (BEFORE, AFTER):
        counted = questions.run(graph, "most-implemented", as_of=day).rows
        assert {row["document"]: row["provinces"] for row in counted}[sample.DECREE.iri("")] == 2


def test_bodies_are_counted_by_the_units_of_the_day(graph: Graph) -> None:
    found = {row["body"]: row for row in questions.run(graph, "bodies-by-documents", as_of=AFTER).rows}
    city = found["Ủy ban nhân dân thành phố Cần Thơ"]
    assert (city["province"], city["documents"]) == ("Cần Thơ", 2)
    assert set(city["reported"].split("; ")) == {f"Ủy ban nhân dân tỉnh {name}" for name in ("Hậu Giang", "Sóc Trăng")}
    assert found["Chính phủ"]["reported"] == "Chính phủ"


@pytest.mark.parametrize("day", ["hôm qua", "2024-13-01", "31/02/2024"])
def test_a_day_that_is_none_is_refused(day: str, graph: Graph) -> None:
    with pytest.raises(KgError, match="is no period or date"):
        questions.run(graph, "reports", as_of=day)


# --- the command line ------------------------------------------------------------------------------------------


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, arguments, env={"KG_LANG": "en"}, catch_exceptions=False)


def test_the_options_of_ask_and_query(folder: Path) -> None:
    place = str(folder)
    asked = run("ask", f"which provinces implement {DECREE}", "--today-units", "--graph", place, "--format", "json")
    found = json.loads(asked.stdout)
    assert found["as_of"] == date.today().isoformat()
    assert {row["answeredFor"] for row in found["rows"]} == {"thành phố Cần Thơ", "tỉnh Cà Mau"}
    queried = run("query", "provinces-implementing", f"document={DECREE}", "--as-of", "2024-12-31", "--graph", place)
    assert "tỉnh Hậu Giang" in queried.stdout and "reported as" not in queried.stdout
    queried = run("query", "provinces-implementing", f"document={DECREE}", "--today-units", "--graph", place)
    assert "thành phố Cần Thơ · reported as tỉnh Hậu Giang" in queried.stdout
    assert "stands for tỉnh Hậu Giang" in queried.stderr
    both = run("query", "reports", "--today-units", "--as-of", "2024", "--graph", place)
    assert both.exit_code == 2 and "don't go together" in both.stderr


# --- real reports ----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no reports in {SEEDS}")
def test_the_five_reports_answer_for_old_and_new_units(tmp_path: Path) -> None:
    build(sorted(SEEDS.glob("*.txt")), tmp_path / "graph", jobs=1)
    wording = "Which provinces implement Nghị định 60/2024"
    with Graph.open(tmp_path / "graph", read_only=True) as graph:
        _, today = ask(graph, wording, as_of="today")
        _, then = ask(graph, wording, as_of="2024-12-31")
        documents = questions.run(graph, "documents-of-province", province="thành phố Cần Thơ", as_of="today")
    assert today is not None and then is not None
    assert told(today) == {
        ("Cần Thơ", "thành phố Cần Thơ", "tỉnh Hậu Giang"),
        ("Hà Tĩnh", "tỉnh Hà Tĩnh", "tỉnh Hà Tĩnh"),
    }
    assert {row["province"] for row in then.rows} == {"Hậu Giang", "Hà Tĩnh"}
    issuers = {row["issuer"] for row in documents.rows}
    for province in ("Hậu Giang", "Sóc Trăng"):
        assert any(issuer.endswith(province) for issuer in issuers)
