"""``kg report``: reports for people who decide."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import asked_day, graph_option, opened, units_options
from kg.cli.speaking import topic
from kg.messages import LANGUAGES, language, say
from kg.output.terminal import warn

__all__ = ["report"]


_Group, _option = topic("report")


@click.group("report", cls=_Group)
def report() -> None:
    """``kg report``."""


@report.command("implementation")
@_option("--document", "citations", multiple=True, required=True)
@graph_option
@_option("-o", "--out", type=click.Path(), required=True)
@_option("--format", "format_", type=click.Choice(("html", "md", "xlsx")))
@_option("--language", "language_", type=click.Choice(LANGUAGES))
@units_options
def implementation_command(
    citations: tuple[str, ...],
    graph_dir: str,
    out: str,
    format_: str | None,
    language_: str | None,
    as_of: str | None,
    today_units: bool,
) -> None:
    """``kg report implementation``."""
    from kg.answers.questions import one_document, read_day
    from kg.messages import KgError
    from kg.report.implementation import implementation
    from kg.report.output import format_of, save, write

    day = read_day(asked_day(as_of, today_units))
    if not format_ and not format_of(out):
        raise KgError.of("report.format", path=out)
    if out != "-" and not Path(out).parent.is_dir():
        raise KgError.of("report.folder", path=Path(out).parent)  # told before the work is done
    with opened(graph_dir) as graph:
        found = [one_document(graph, citation) for citation in citations]
        report = implementation(graph, [document for bound in found for document in bound.iris], as_of=day)
    for note in (note for bound in found for note in bound.notes):
        warn(note)
    told = language_ or language()
    if out == "-":
        write(report, sys.stdout.buffer, language=told, format=format_ or "html")
    else:
        save(report, out, language=told, format=format_)
        warn(say("report.done", out=out))
