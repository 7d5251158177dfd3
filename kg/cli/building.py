"""The commands that put something into the graph: ``kg build``, ``kg registry import``."""

from __future__ import annotations

import click

from kg.cli.options import format_option, graph_option
from kg.cli.speaking import Command, Topic, option
from kg.messages import say
from kg.output.terminal import aligned, echo_json, warn

__all__ = ["build", "registry"]


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False))
@graph_option
@option("--jobs", type=click.IntRange(min=1))
@option("--text-column", metavar="NAME")
@format_option("table", "json")
def build(paths: tuple[str, ...], graph_dir: str, jobs: int | None, text_column: str | None, format_: str) -> None:
    """``kg build``."""
    from dataclasses import asdict

    from kg.output.progress import bar
    from kg.pipeline.build import build as read
    from kg.pipeline.memory import be_frugal

    be_frugal()
    with bar() as progress:
        report = read(paths, graph_dir, jobs=jobs, text_column=text_column, progress=progress)
    for failure in report.failures:
        warn(failure.message)
    if not report.files and not report.failures and not report.ignored:
        warn(say("build.nothing", paths=", ".join(paths)))
    if report.ignored:
        names = [*report.ignored[:3], *("…" for _ in report.ignored[3:4])]
        warn(say("build.ignored", count=len(report.ignored), names=", ".join(names)))
    if format_ == "json":
        echo_json(asdict(report))
    else:
        shown = ("files", "read", "unchanged", "removed", "documents", "mentions", "relations", "tasks", "findings")
        # A build counts the documents that are named, in what it read; findings are compared anew over the whole graph.
        texts = {"documents": "cited"}
        lines = [{"what": say(f"count.{texts.get(name, name)}"), "count": getattr(report, name)} for name in shown]
        click.echo(aligned([*lines, {"what": say("count.failures"), "count": len(report.failures)}]))
        click.echo(say("build.done", graph=graph_dir, seconds=report.seconds, speed=report.characters_per_second))
    if report.failures:
        raise SystemExit(1)


@click.group(cls=Topic)
def registry() -> None:
    """``kg registry``."""


@registry.command("import")
@click.argument("file")
@graph_option
def import_(file: str, graph_dir: str) -> None:
    """``kg registry import``."""
    from kg.graph.store import Graph
    from kg.pipeline.registry import import_registry
    from kg.pipeline.resolve import resolve

    with Graph.open(graph_dir, read_only=False) as graph:
        done = import_registry(graph, file)
        resolve(graph)
    for problem in done.problems:
        warn(f"{file}:{problem.line}: {problem.message}")
    click.echo(say("registry.done", rows=done.rows, documents=done.documents, left=len(done.problems)))
    if done.problems:
        raise SystemExit(1)
