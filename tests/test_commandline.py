"""What click says itself: in the user's language, and its catalogue is that of the table."""

from __future__ import annotations

import gettext
import importlib.util
import os
import re
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.cli.speaking import click_speaking
from kg.output.export import FORMATS

LOCALE = Path(kg.__file__).parent / "locale"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_locale", LOCALE / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogue_is_current(maker: ModuleType) -> None:
    assert maker.CATALOGUE.read_bytes() == maker.catalogue(maker.texts()), "run make locale"


def test_gettext_finds_every_text_with_its_places(maker: ModuleType) -> None:
    with maker.CATALOGUE.open("rb") as file:
        found = gettext.GNUTranslations(file)
    for english, vietnamese in maker.texts().items():
        assert found.gettext(english) == vietnamese
        assert {found.ngettext(english, "more", n) for n in (1, 2)} == {vietnamese}
        places = [set(re.findall(r"\{(\w+)", text)) for text in (english, vietnamese)]
        # click gives a choice and the choices alike.
        assert places[1] <= places[0] | ({"choices"} if "choice" in places[0] else set())


def test_click_asks_for_these_texts(maker: ModuleType) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    # Words of other versions of click may stay in the table.
    missing = [text for text in maker.texts() if text.encode("unicode_escape").decode() not in code]
    assert len(missing) <= 3, missing


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (["--help"], ["Cách dùng: kg", "Tùy chọn:", "Lệnh:", "xem hướng dẫn này"], ["Usage: kg", "show this help"]),
        (["report", "--help"], ["Cách dùng: kg report", "xem hướng dẫn này"], ["Usage: kg report", "show this help"]),
        (["serve", "--help"], ["mặc định: 8000", "Ví dụ:"], ["default: 8000", "Examples:"]),
        (["serve", "--prt"], ["Xem hướng dẫn: kg serve --help", "Không có tùy chọn", "--port"], ["No such option"]),
        (["extract"], ["Lỗi: Thiếu tham số 'FILE'"], ["Error: Missing argument 'FILE'"]),
        (["serve", "a", "b"], ["Thừa tham số (a b)"], ["unexpected extra arguments (a b)"]),
        (["nothing"], ["Không có lệnh 'nothing'"], ["No such command 'nothing'"]),
        (["lookpu", "x"], ["Không có lệnh 'lookpu'. Có phải 'lookup'?"], ["Did you mean 'lookup'?"]),
        (["registry", "imprt"], ["Không có lệnh 'imprt'. Có phải 'import'?"], ["Did you mean 'import'?"]),
        (["build", "--jbos"], ["Có phải '--jobs'?"], ["Did you mean '--jobs'?"]),
        (["export"], ["Thiếu tùy chọn '--format'"], ["Missing option '--format'"]),
        (["stats", "--format", "x"], ["'x' không thuộc các giá trị 'table', 'json'"], ["'x' is not one of"]),
        (["serve", "--port", "x"], ["Giá trị của '--port' không hợp lệ"], ["Invalid value for '--port'"]),
        (["serve", "--port", "-5"], ["nằm ngoài khoảng 0<=x<=65535"], ["not in the range 0<=x<=65535"]),
        (["stats", "--format"], ["cần có giá trị đi kèm"], ["requires an argument"]),
    ],
)
def test_usage_is_told_in_the_language_of_the_user(
    arguments: list[str], vietnamese: list[str], english: list[str]
) -> None:
    for lang, wanted, other in (("vi", vietnamese, english), ("en", english, vietnamese), ("vi", vietnamese, english)):
        said = " ".join(CliRunner().invoke(main, arguments, prog_name="kg", env={"KG_LANG": lang}).output.split())
        assert all(text in said for text in wanted), said
        assert not any(text in said for text in other if text.strip("-") == text), said


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_group_tells_whole_what_each_command_does(lang: str) -> None:
    for group in ([], ["neo4j"], ["report"], ["spark"]):
        said = CliRunner().invoke(main, [*group, "--help"], prog_name="kg", env={"KG_LANG": lang}).output
        listed = said.split("\n\n")[-1]
        assert "..." not in listed and ("SHACL" in listed) == (not group), listed


def test_the_help_of_export_names_every_format() -> None:
    said = CliRunner().invoke(main, ["export", "--help"]).output
    assert "|".join(FORMATS) in said


def test_what_click_spoke_before_it_speaks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANG", "vi")
    monkeypatch.setenv("LANGUAGE", "fr")
    domain = gettext.textdomain()
    with click_speaking():
        assert gettext.gettext("Missing command.") == "Thiếu lệnh."
    assert (gettext.textdomain(), os.environ["LANGUAGE"]) == (domain, "fr")
    assert gettext.gettext("Missing command.") == "Missing command."
