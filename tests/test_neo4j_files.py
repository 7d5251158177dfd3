"""The style file for Neo4j Browser names what there is; the files for Docker name commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
from command_tree import commands

from kg.cli import main
from kg.neo4j.model import EVIDENCE, OWNED, SHARED

ROOT = Path(__file__).parent.parent
RULE = re.compile(r"(node|relationship)(?:\.(\w+))? \{\n((?:  [a-z-]+: [^;{}\n]*(?:\{\w+\})?[^;{}\n]*;\n)+)\}\n")


def rules() -> dict[tuple[str, str | None], dict[str, str]]:
    text = (ROOT / "docs" / "neo4j.grass").read_text(encoding="utf-8")
    assert RULE.sub("", text).strip() == "", "something in the file is no rule"
    return {
        (kind, name or None): dict(line.strip(" ;").split(": ", 1) for line in body.splitlines())
        for kind, name, body in RULE.findall(text)
    }


def test_every_label_and_every_relationship_with_evidence_has_a_style() -> None:
    named = {name for _, name in rules() if name}
    assert named == OWNED | set(SHARED) | set(EVIDENCE)


def test_styles_are_complete_and_readable() -> None:
    for (kind, _), style in rules().items():
        size = "diameter" if kind == "node" else "shaft-width"
        assert {"color", "caption", "text-color-internal", size} <= style.keys()
        assert re.fullmatch(r"#[0-9A-F]{6}", style["color"]) and re.fullmatch(r"\d+px", style[size])
        assert re.fullmatch(r'"(\{\w+\}|<type>)"', style["caption"])


def test_a_report_is_styled_as_one_though_it_is_a_graph_too() -> None:
    order = [name for _, name in rules()]
    assert order.index("Graph") < order.index("Report")  # the later rule wins


def test_docker_compose_runs_commands_that_there_are() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    called = re.findall(r"^    command: \[(.*)\]", text, re.MULTILINE)
    words = [re.findall(r'"([^"]+)"', command) for command in called]
    assert ["build", "/reports"] in words and ["neo4j", "load"] in words
    known = {" ".join(path) for path, command in commands(main) if not isinstance(command, click.Group)}
    there = {" ".join(line[: 2 if line[0] == "neo4j" else 1]) for line in words}
    assert there <= known
    assert "latest" not in text and "NEO4J_PASSWORD:?" in text  # a fixed version, and no password of ours
