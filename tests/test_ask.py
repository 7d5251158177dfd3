"""Questions in words: what is understood, what is not, and that nothing is invented.

``wordings.tsv`` has 283 wordings with the question that each one means.  The part ``tuned`` was
before the eyes of whoever wrote the patterns; ``held`` and ``apart`` were written before there were
patterns, ``fresh`` after, and they were tried only then: of the first run, 38 of 40, 39 of 45 and 28
of 30 were understood.  ``benchmarks/wordings.py`` counts them again.
The wordings of ``none`` are nothing that a stored question answers.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import question_samples as sample
from hypothesis import given
from hypothesis import strategies as st

from kg import ask, understand
from kg.answers.ask import _patterns, _phrases
from kg.answers.questions import names, stored, stored_queries
from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.tables import read
from kg.text.normalization import fold, normalize

BODIES = ("Phòng Quản lý Thương mại", "Sở Công Thương tỉnh Hà Tĩnh")
"""Bodies that the graph knows beside those of the tables."""

with (Path(__file__).parent / "wordings.tsv").open(encoding="utf-8", newline="") as file:
    WORDINGS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
ASKED = [row for row in WORDINGS if row["query"]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with Graph.open(sample.make(tmp_path_factory.mktemp("ask") / "graph"), read_only=True) as opened:
        yield opened


def parameters(row: dict[str, str]) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in row["parameters"].split("; ") if pair)


def test_every_question_is_asked_in_several_ways_and_both_languages() -> None:
    asked = [row["query"] for row in ASKED]
    assert len(asked) >= 230
    assert all(asked.count(name) >= 3 for name in names())
    assert sum(row["part"] != "tuned" for row in ASKED) >= 110


@pytest.mark.parametrize("row", ASKED, ids=lambda row: f"{row['part']}: {row['wording']}")
def test_a_wording_is_understood_with_its_parameters(row: dict[str, str]) -> None:
    found = understand(row["wording"], BODIES)
    assert (found.query, found.params) == (row["query"], parameters(row))


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row["wording"])
def test_spelling_makes_no_difference(row: dict[str, str]) -> None:
    decomposed = understand(unicodedata.normalize("NFD", row["wording"]), BODIES)
    assert (decomposed.query, decomposed.params) == (row["query"], parameters(row))
    if row["query"] not in ("issued-by", "tasks-of-unit"):  # bodies are told from other words by their capitals
        assert understand(fold(normalize(row["wording"]).text), BODIES).query == row["query"]


@pytest.mark.parametrize("row", [row for row in WORDINGS if not row["query"]], ids=lambda row: row["wording"])
def test_what_no_question_answers_is_not_understood(row: dict[str, str]) -> None:
    found = understand(row["wording"], BODIES)
    assert (found.query, found.params) == (None, {})
    assert set(found.nearest) <= set(names())


def test_a_document_alone_gets_the_questions_about_documents() -> None:
    assert understand("Nghị định 60/2024").nearest
    assert all(
        any(p.type == "document" for p in query.parameters)
        for query in stored_queries()
        if query.name in understand("Nghị định 60/2024").nearest
    )


def test_a_negation_turns_the_question_but_a_particle_does_not() -> None:
    assert understand("tỉnh nào không thực hiện Nghị định 60/2024").query == "provinces-silent"
    assert understand("có tỉnh nào thực hiện Nghị định 60/2024 không?").query == "provinces-implementing"
    assert understand("tỉnh nào đã thực hiện Nghị định 60/2024 chưa").query == "provinces-implementing"


@pytest.mark.parametrize(
    ("wording", "document", "period"),
    [
        ("tỉnh nào thực hiện Nghị định 60/2024 trong 6 tháng đầu năm 2025", "Nghị định 60/2024", "2025-H1"),
        ("which provinces implement Decree 60/2024/ND-CP in 2025", "Decree 60/2024/ND-CP", "2025"),
        ("năm 2024 tỉnh nào thực hiện Nghị định 60", "Nghị định 60 năm 2024", None),
    ],
)
def test_a_year_of_reporting_picks_the_reports_where_the_citation_has_its_own(
    wording: str, document: str, period: str | None
) -> None:
    found = understand(wording)
    assert found.query == "provinces-implementing"
    assert found.params == {"document": document} | ({"period": period} if period else {})
    assert found.unused == ()


def test_the_order_tells_who_amends_whom() -> None:
    assert understand("Nghị định 60/2024 thay thế văn bản nào").query == "amends"
    assert understand("văn bản nào thay thế Nghị định 60/2024").query == "amended-by"


EXAMPLES = {
    "document": "Nghị định 60/2024/NĐ-CP",
    "province": "Hà Tĩnh",
    "body": "Bộ Công Thương",
    "report": "ha-tinh-2024.txt",
    "period": "2024",
    "earlier": "2021",
    "later": "2023",
    "other": "Sóc Trăng",
    "date": "2024-12-31",
}


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_wording_that_a_question_has_in_its_header_is_understood(name: str, lang: str) -> None:
    assert understand(stored(name).question[lang].format_map(EXAMPLES)).query == name


def test_a_question_about_a_document_is_never_answered_without_it() -> None:
    for row in ASKED:
        found = understand(f"{row['wording']} 77/2021/NĐ-CP", BODIES)
        assert found.query is None or "document" in found.params


def test_two_documents_in_one_question_are_refused_with_the_reason(graph: Graph) -> None:
    with pytest.raises(KgError, match="one question takes one document"):
        ask(graph, "Which provinces implement both Decree 60/2024 and Resolution 01/NQ-CP 2024")


def test_a_year_or_province_right_behind_a_citation_is_handed_over(graph: Graph) -> None:
    _, answer = ask(graph, "which reports mention Resolution 01/NQ-CP 2023")
    assert answer is not None
    assert answer.params["document"] == [sample.EARLIER.iri("")]


def test_a_province_that_does_not_implement_a_document_gets_no_rows(graph: Graph) -> None:
    _, answer = ask(graph, "Hà Tĩnh có thực hiện Nghị định 60/2024 không")
    assert answer is not None
    assert (answer.query.name, answer.rows) == ("provinces-implementing", [])


def test_a_year_apart_from_its_citation_belongs_to_it_and_to_no_other() -> None:
    assert understand("năm 2024, ai trích dẫn Nghị quyết 01/NQ-CP").params == {
        "document": "Nghị quyết 01/NQ-CP năm 2024"
    }
    found = understand("Nghị định 60/2024 có những tỉnh nào thực hiện trong năm 2023")
    assert (found.params, found.unused) == ({"document": "Nghị định 60/2024", "period": "2023"}, ())
    assert understand("Luật Điện lực được tỉnh nào thực hiện năm 2023").params["document"] == "Luật Điện lực"


def test_a_month_is_no_citation() -> None:
    assert understand("nhiệm vụ đến hạn trong tháng 10/2024").params == {"period": "2024-10"}


def test_a_day_that_no_calendar_has_is_told_as_unused() -> None:
    understood = understand("nhiệm vụ nào quá hạn ngày 31/02/2024")
    assert (understood.query, understood.params, understood.unused) == ("overdue-tasks", {}, ("31/02/2024",))


@pytest.mark.parametrize(
    ("wording", "query", "unused"),
    [
        ("tỉnh nào thực hiện Nghị định 60/2024 tốt nhất", "provinces-implementing", ("tốt nhất",)),
        ("tinh nao thuc hien nghi dinh 60/2024 tot nhat", "provinces-implementing", ("tot nhat",)),
        ("which provinces implement Decree 60/2024 in the mountains?", "provinces-implementing", ("mountains",)),
        ("Nghị định 60/2024 căn cứ vào đâu, có quá hạn không", "legal-basis", ("quá hạn",)),
        ("các văn bản về đất đai do Hà Nội ban hành năm 2024", "documents-of-province", ("đất đai",)),
        ("who cites Decree 60/2024, and why, in the uplands", "who-cites", ("why", "uplands")),
        ("xin cho tôi biết những tỉnh nào đã thực hiện Nghị định 60/2024 rồi", "provinces-implementing", ()),
        ("please list all the provinces that have implemented Decree 60/2024", "provinces-implementing", ()),
        ("nhiệm vụ quá hạn của Sở Công Thương", "overdue-tasks", ()),
        ("nghị định nào được thực hiện nhiều nhất", "most-implemented", ("nghị định",)),
        (
            "tỉnh nào thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ",
            "provinces-implementing",
            (),
        ),
        ("Nghị định 60/2024 về quản lý chợ được tỉnh nào thực hiện tốt", "provinces-implementing", ("tốt",)),
        ("which circulars did Trà Vinh issue in 2023", "documents-of-province", ("circulars",)),
    ],
)
def test_words_that_a_question_makes_nothing_of_are_told(wording: str, query: str, unused: tuple[str, ...]) -> None:
    found = understand(wording, BODIES)
    assert (found.query, found.unused) == (query, unused)


def test_most_wordings_leave_nothing_over() -> None:
    left = [row["wording"] for row in ASKED if understand(row["wording"], BODIES).unused]
    assert len(left) < len(ASKED) / 15, left


@pytest.mark.parametrize(
    ("written", "province"),
    [
        *(("diễn biến", None), ("điện biên", "Điện Biên"), ("Điện Biên", "Điện Biên"), ("dien bien", "Điện Biên")),
        *(("hoà bình", "Hòa Bình"), ("bà rịa vũng tàu", "Bà Rịa - Vũng Tàu"), ("đắc lắc", "Đắk Lắk")),
    ],
)
def test_in_small_letters_the_accents_tell_a_province_from_other_words(written: str, province: str | None) -> None:
    found = understand(f"{written} ban hành văn bản nào năm 2024")
    assert found.params.get("province") == province


def test_two_periods_or_provinces_are_told_apart() -> None:
    assert understand("báo cáo của Hậu Giang năm 2024 khác gì so với năm 2022").params == {
        "earlier": "2022",
        "later": "2024",
        "province": "Hậu Giang",
    }
    found = understand("so sánh Trà Vinh với Hậu Giang năm 2023")
    assert found.params == {"province": "Trà Vinh", "other": "Hậu Giang", "period": "2023"}


def test_a_word_that_is_also_an_abbreviation_is_no_body() -> None:
    assert understand("most implemented documents").params == {}
    assert understand("documents issued by MOST").params == {"body": "Bộ Khoa học và Công nghệ"}


def test_patterns_use_concepts_of_the_table_and_parameters_of_their_query() -> None:
    concepts = {row["concept"] for row in read("questions")}
    for pattern in _patterns():
        kinds = {parameter.type for parameter in pattern.query.parameters}
        for token in (*pattern.wanted, *pattern.unwanted):
            assert token in concepts or token.strip("{}").rstrip("2") in kinds, f"{pattern.query.name}: {token}"


def test_a_phrase_stands_for_one_concept() -> None:
    phrases = [pattern.pattern for pattern, _ in _phrases()]
    assert len(phrases) == len(set(phrases))


@given(st.text(max_size=80) | st.lists(st.sampled_from([w for r in ASKED for w in r["wording"].split()])).map(" ".join))
def test_any_wording_gets_a_stored_question_or_none(wording: str) -> None:
    found = understand(wording)
    assert found.query is None or found.query in names()
    assert found.query not in found.nearest
    # Nothing is invented: what is given to the question stands in the wording or is the full name of what does.
    # A year may stand apart from its citation.
    if "document" in found.params:
        number, _, year = found.params["document"].partition(" năm ")
        assert number in normalize(wording).text and year in normalize(wording).text


def test_an_answer_comes_with_what_was_understood(graph: Graph) -> None:
    understood, answer = ask(graph, "tinh nao thuc hien nghi dinh 60/2024")
    assert understood.params == {"document": "nghi dinh 60/2024"}
    assert answer is not None
    assert answer.params["document"] == [sample.DECREE.iri("")]
    assert {row["province"] for row in answer.rows} == {"Hậu Giang", "Cà Mau"}


def test_bodies_of_the_graph_are_known_without_capitals(graph: Graph) -> None:
    _, answer = ask(graph, "phong quan ly thuong mai duoc giao nhiem vu gi")
    assert answer is not None
    assert (answer.query.name, len(answer.rows)) == ("tasks-of-unit", 2)


@pytest.mark.parametrize(
    "written", ["so cong thuong hau giang", "Sở Công Thương Hậu Giang", "sở công thương của tỉnh Hậu Giang"]
)
def test_a_body_of_the_graph_takes_the_province_behind_it(written: str) -> None:
    known = ("Sở Công Thương", "Phòng Quản lý Thương mại")
    assert understand(f"nhiệm vụ của {written}", known).params == {"body": "Sở Công Thương tỉnh Hậu Giang"}
    other = understand("nhiệm vụ của Phòng Quản lý Thương mại Hậu Giang", known)
    assert other.params == {"body": "Phòng Quản lý Thương mại", "province": "Hậu Giang"}


def test_what_is_not_understood_has_no_answer(graph: Graph) -> None:
    understood, answer = ask(graph, "thời tiết hôm nay thế nào")
    assert (understood.query, answer) == (None, None)
