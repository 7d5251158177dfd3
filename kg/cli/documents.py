"""The commands on one document: ``kg extract``, ``kg check``, ``kg annotate``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import format_option, names_in, opened
from kg.cli.speaking import Command, option
from kg.messages import say
from kg.output.terminal import echo_csv, echo_json, echo_rows, warn

if TYPE_CHECKING:
    from kg.loaders import Source
    from kg.model import Extraction

__all__ = ["annotate", "check", "extract"]


def _source(file: str) -> Source:
    from kg.loaders import load, loads

    source = loads(sys.stdin.buffer.read(), "stdin") if file == "-" else load(file)
    for name, remark in source.metadata:
        if name == "warning":  # pages that nothing could read
            warn(f"{file}: {remark}")
    return source


def _extraction(file: str) -> Extraction:
    from kg.extract import extract

    return extract(_source(file).text, name=None if file == "-" else Path(file).name)


@click.command(cls=Command)
@click.argument("file", type=click.Path(readable=False, allow_dash=True))
@format_option("json", "jsonl", "table")
def extract(file: str, format_: str) -> None:
    """``kg extract``."""
    found = _extraction(file)
    if format_ == "json":
        echo_json(found.to_dict())
    elif format_ == "jsonl":
        import json

        for mention in found.to_dict()["mentions"]:
            click.echo(json.dumps(mention, ensure_ascii=False))
    else:
        if not found.mentions:
            warn(say("extract.none"))
        columns = ("start", "document", "date", "issuer", "status", "urn")
        rows = [{**mention, "document": _cited(mention)} for mention in found.to_dict()["mentions"]]
        echo_rows(rows, columns, heads={name: say(f"mention.{name}") for name in columns})


def _cited(mention: dict[str, Any]) -> str:
    """A document as people cite it: its name or type, with the number; else as it stands in the text."""
    return " ".join(filter(None, (mention["name"] or mention["type"], mention["number"]))) or mention["text"]


@click.command(cls=Command)
@click.argument("file", type=click.Path(readable=False, allow_dash=True))
@option("--graph", "known", type=click.Path())
@option("--strict", is_flag=True)
@format_option("table", "json", "csv")
def check(file: str, known: str | None, strict: bool, format_: str) -> None:
    """``kg check``."""
    from dataclasses import asdict

    from kg.checks.check import check as lint

    extraction = _extraction(file)
    named: dict[str, str] = {}
    if known is None:
        found = lint(extraction)
    else:
        with opened(known) as graph:
            found = lint(extraction, graph)
            if format_ == "table":
                suggested = [{"document": part} for f in found for part in _parts(f.suggestion)]
                named = names_in(graph, suggested, ["document"])
    rows = [{**asdict(f), "quote": extraction.text[f.start : f.end]} for f in found]
    columns = ("code", "severity", "start", "end", "message", "suggestion", "quote")
    if format_ == "json":
        echo_json([{**row, "mentions": list(row["mentions"])} for row in rows])
    elif format_ == "csv":
        echo_csv(rows, columns)
    elif rows:
        shown = ("severity", "code", "suggestion", "message", "quote", "start", "report")
        for row in rows:
            if any(part in named for part in _parts(row["suggestion"])):
                row["suggestion"] = "; ".join(named.get(part, part) for part in _parts(row["suggestion"]))
        echo_rows([{**row, "report": Path(file).name} for row in rows], shown)
    else:
        click.echo(say("check.none"))
    if strict and any(f.severity != "info" for f in found):
        raise SystemExit(1)


def _parts(suggestion: str | None) -> list[str]:
    """What is suggested: of several documents that fit the identifier of each."""
    return suggestion.split(", ") if suggestion else []


@click.command(cls=Command)
@click.argument("file", type=click.Path(readable=False, allow_dash=True))
@option("-o", "--out", type=click.Path(), required=True)
@option("--link")
def annotate(file: str, out: str, link: str | None) -> None:
    """``kg annotate``."""
    from kg.output.annotate import annotate as page

    extraction = _extraction(file)
    _write(out, page(extraction, title="stdin" if file == "-" else Path(file).name, link=link))
    warn(say("annotate.done", out=out, count=len(extraction.mentions)))


def _write(out: str, text: str) -> None:
    """Write a result to a file, or to stdout for ``-``."""
    if out == "-":
        click.echo(text, nl=False)
    else:
        Path(out).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
