"""The sample reports give what a reader finds in them: citations, relations, tasks, answers."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner, Result

import kg
from kg.answers.questions import stored, stored_queries
from kg.cli import main
from kg.model import REPORT, Extraction, Mention

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORTS = EXAMPLES / "reports"
EXPECTED: dict[str, Any] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
QUESTION = EXPECTED["question"]
FILES = sorted(EXPECTED["files"])
MARKUP = re.compile(r"^(?:#{1,3}|#\.|===)(?=\s)|\[\^\d+\]", re.MULTILINE)
"""What of a source in ``examples/sources`` is not text (see ``examples/make.py``)."""


@cache
def extraction(name: str) -> Extraction:
    source = kg.load(REPORTS / name)
    return kg.extract(source.text, name=name)


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def as_expected(mention: Mention) -> tuple[str | None, ...]:
    name = None if mention.number else mention.name
    return mention.type, mention.number, name, mention.date, mention.issuer, mention.pinpoint


def test_every_report_is_described() -> None:
    assert sorted(path.name for path in REPORTS.iterdir()) == FILES


@pytest.mark.parametrize("source", sorted((EXAMPLES / "sources").iterdir()), ids=lambda path: path.stem)
def test_a_made_report_holds_every_word_of_its_source(source: Path) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text)))

    written = MARKUP.sub(" ", source.read_text(encoding="utf-8"))
    assert words(written) <= words(kg.load(REPORTS / source.stem).text)


@pytest.mark.parametrize("name", FILES)
def test_header(name: str) -> None:
    expected = EXPECTED["files"][name]["document"]
    assert {key: getattr(extraction(name).document, key) for key in expected} == expected


@pytest.mark.parametrize("name", FILES)
def test_citations(name: str) -> None:
    fields = ("type", "number", "name", "date", "issuer", "pinpoint")
    expected = Counter(tuple(row.get(f) for f in fields) for row in EXPECTED["files"][name]["citations"])
    found = Counter(as_expected(mention) for mention in extraction(name).mentions)
    assert {"missing": list((expected - found).elements()), "extra": list((found - expected).elements())} == {
        "missing": [],
        "extra": [],
    }


@pytest.mark.parametrize("name", FILES)
def test_relations(name: str) -> None:
    result = extraction(name)
    numbers = {mention.id: mention.number for mention in extraction(name).mentions} | {REPORT: REPORT}
    found = {(numbers[r.source], r.rel.value, numbers[r.target]) for r in result.relations}
    expected = {tuple(row) for row in EXPECTED["files"][name]["relations"]}
    assert expected - found == set()


@pytest.mark.parametrize("name", [name for name in FILES if EXPECTED["files"][name]["tasks"]])
def test_tasks(name: str) -> None:
    result = extraction(name)
    numbers = {mention.id: mention.number for mention in result.mentions}
    found = [
        {"number": numbers[i], "assignees": list(t.assignees), "deadline": t.deadline, "status": t.status}
        for t in result.tasks
        for i in t.mentions
    ]
    assert [task for task in EXPECTED["files"][name]["tasks"] if task not in found] == []


def run(*arguments: str, lang: str = "en") -> Result:
    result = CliRunner().invoke(main, arguments, env={"KG_LANG": lang}, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("examples"))
    run("build", str(EXAMPLES), "--graph", folder)
    return folder


@pytest.fixture(scope="module")
def rows(graph: str) -> list[dict[str, str]]:
    question = QUESTION["query"], f"document={QUESTION['document']}"
    answer = run("query", *question, "--graph", graph, "--format", "json").stdout
    found: list[dict[str, str]] = json.loads(answer)
    return found


def test_the_provinces_that_implement_the_decree_are_answered(rows: list[dict[str, str]]) -> None:
    assert set(QUESTION["must"]) - {row["province"] for row in rows} == set()


def test_a_basis_a_lack_or_silence_is_not_implementation(rows: list[dict[str, str]]) -> None:
    assert set(QUESTION["must_not"]) & {row["province"] for row in rows} == set()


def test_every_answer_quotes_its_report(rows: list[dict[str, str]]) -> None:
    assert rows
    for row in rows:
        path = unquote(urlsplit(row["report"]).path)
        assert squeezed(row["quote"]) in squeezed(kg.load(path).text), row


def test_a_resolution_that_is_the_decree_miscalled_is_a_finding(graph: str) -> None:
    found = json.loads(run("query", "findings", "--graph", graph, "--format", "json").stdout)
    assert any("60/2024/NQ-CP" in str(row) and "60/2024/NĐ-CP" in str(row) for row in found)


@pytest.mark.parametrize(
    "wording",
    [
        "tỉnh nào thực hiện Nghị định 60/2024",
        "tinh nao thuc hien nghi dinh 60/2024",
        "which provinces implement Nghị định 60/2024",
        "which provinces implement Decree 60/2024",
    ],
)
def test_the_question_is_understood_in_both_languages(wording: str, graph: str, rows: list[dict[str, str]]) -> None:
    answer = run("ask", wording, "--graph", graph, "--format", "json").stdout
    for province in {row["province"] for row in rows}:
        assert province in answer


GIVEN = {
    "document": "Nghị định 60/2024/NĐ-CP",
    "province": "Hậu Giang",
    "other": "Hà Tĩnh",
    "period": "2024",
    "earlier": "2023",
    "later": "2024",
    "body": "Sở Công Thương tỉnh Hậu Giang",
    "report": "hau-giang-2024.docx",
}
MODEL_WORDS = (
    "report document task province done planned basis other implements cites amends replaces repeals issued warning "
    "info error true false None silent new dropped both type-variant-in-corpus status date period code severity"
).split()


@pytest.mark.parametrize("name", [query.name for query in stored_queries()])
def test_a_vietnamese_table_has_no_word_of_the_model_and_no_iso_date(name: str, graph: str) -> None:
    wanted = [p.name for p in stored(name).parameters if p.required]
    shown = run("query", name, *(f"{p}={GIVEN[p]}" for p in wanted), "--graph", graph, lang="vi").stdout
    facts = re.sub(r"“[^”]*”|↳[^\n]*|urn:\S+|https?:\S+|[\w-]+\.(?:txt|docx|pdf|html|md)\b", "", shown)
    assert not re.search(rf"(?<![\w-])(?:{'|'.join(MODEL_WORDS)})(?![\w-])", facts)
    assert not re.search(r"(?<![\w/-])20\d\d-(?:\d\d|[HMQ]\d)", facts)
