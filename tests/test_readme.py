"""What the READMEs show of a command is what it prints; ``…`` stands for what they leave out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"README.md": "en", "README.vi.md": "vi"}
COMMAND = re.compile(r"^\$ (?P<command>.+)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
SPEED = re.compile(r"[\d.,]+ (?:s|giây), [\d.,]+ (?:characters|ký tự)")


def commands(text: str) -> list[tuple[list[str], str]]:
    """The commands of the blocks, each with what is shown below it."""
    blocks = re.findall(r"^```\n(\$ .*?)^```", text, re.DOTALL | re.MULTILINE)
    return [(shlex.split(match["command"]), match["shown"]) for block in blocks for match in COMMAND.finditer(block)]


def likeness(shown: str) -> re.Pattern[str]:
    """The pattern of what may be printed."""
    parts = re.split(r"^ *…$", SPEED.sub("SPEED", shown), flags=re.MULTILINE)
    return re.compile(r"[\s\S]*?".join(re.escape(part.strip("\n")) for part in parts))


@pytest.mark.parametrize("readme", LANGUAGES)
def test_what_is_shown_is_what_is_printed(readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_GRAPH", raising=False)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    query = re.search(r"^```sparql\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert query
    (tmp_path / "implemented.rq").write_text(query[1], encoding="utf-8")
    found = commands(text)
    found.sort(key=lambda one: one[0][1] != "build")  # which is shown behind a first answer
    assert [words[1] for words, _ in found].count("ask") == 2 and len(found) >= 9
    for words, shown in found:
        if words[0] == "cat":
            (tmp_path / words[1]).write_text(shown, encoding="utf-8")
            continue
        result = CliRunner().invoke(main, words[1:], env={"KG_LANG": LANGUAGES[readme], "COLUMNS": "100"})
        printed = SPEED.sub("SPEED", result.stderr + result.stdout)
        assert likeness(shown).search(printed), f"$ {shlex.join(words)}\n{printed}"
