"""The texts for people: complete in both languages, and in the language of the user."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import click
import pytest
from command_tree import commands

import kg
import kg.cli
from kg.answers.questions import names, stored_queries
from kg.cli.speaking import Command, Option, Topic
from kg.messages import LANGUAGES, language, messages, say, speaking
from kg.output import render

PACKAGE = Path(kg.__file__).parent
LOADERS = PACKAGE.parent / "loaders"


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(messages()))
def test_a_text_exists_in_both_languages_with_the_same_places(key: str) -> None:
    texts = messages()[key]
    assert set(texts) == set(LANGUAGES)
    assert all(text.strip() for text in texts.values())
    assert fields(texts["vi"]) == fields(texts["en"])


def used() -> set[str]:
    """Keys that stand in the code as they are."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return set(re.findall(r"""\b(?:say|KgError\.of|_no_such)\(\s*"([a-z][a-z_.-]+)\"""", code))


def test_every_text_that_the_code_asks_for_is_there() -> None:
    errors = {f"{key}.remedy" for key in re.findall(r'KgError\.of\("([a-z.-]+)"', _code())}
    assert used() | errors <= set(messages())


def _code() -> str:
    paths = (path for package in (PACKAGE, LOADERS) for path in package.rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_command_and_option_explains_itself() -> None:
    found = dict(commands(kg.cli.main))
    assert {("lookup",), ("neo4j", "load"), ("registry", "import")} <= found.keys()
    for path, command in found.items():
        assert command.help
        if isinstance(command, Command):
            assert " ".join(("kg", *path)) in say(f"example.{command.topic}{command.name}")
        else:
            assert isinstance(command, Topic)
        for parameter in command.params:
            assert isinstance(parameter, click.Argument | Option)


def test_no_text_is_left_over() -> None:
    code = _code()
    for key in messages():
        stem = key.removesuffix(".remedy")
        head = stem.split(".")[0]
        made = re.search(rf"""f["']{re.escape(head)}\.|["']{re.escape(stem)}["']""", code)
        assert made, f"{key} is used nowhere"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"KG_LANG": "vi"}, "vi"),
        ({"KG_LANG": "EN_us", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"KG_LANG": "fr", "LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "vi_VN"}, "vi"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_user(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected
    assert say("answer.yes") == {"vi": "có", "en": "yes"}[expected]


def test_a_text_without_its_value_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        say("query.unknown")


def test_the_questions_are_told_in_both_languages() -> None:
    assert {query.name for query in stored_queries()} == set(names())
    for query in stored_queries():
        assert fields(query.question["vi"]) == fields(query.question["en"])


def test_numbers_are_written_as_the_language_does() -> None:
    told = {lang: say("build.done", lang, graph="g", seconds=1.44, speed=12345.6) for lang in ("vi", "en")}
    assert "1,4 giây" in told["vi"] and "12.346" in told["vi"]
    assert "1.4 s" in told["en"] and "12,346" in told["en"]
    assert say("answer.rows", "vi", count=12345) == "12.345 dòng"
    assert say("why.year-open", "vi", year=2024).endswith("2024")  # a year, or a port, is no count


def test_tables_write_numbers_as_the_language_does_and_json_and_csv_as_programs_do() -> None:
    rows = [{"n": 12345, "share": 0.85, "year": 2024}]
    with speaking("vi"):
        assert render.table(rows, list(rows[0])).split()[-3:] == ["12.345", "0,85", "2024"]
        assert render.as_csv(rows, list(rows[0])).splitlines()[1] == "12345,0.85,2024"
        assert json.loads(render.as_json(rows)) == rows
    with speaking("en"):
        assert render.table(rows, list(rows[0])).split()[-3:] == ["12,345", "0.85", "2024"]
