"""The commands on the graph as a whole: ``kg export``, ``kg stats``, ``kg validate``."""

from __future__ import annotations

import sys

import click

from kg.cli.options import as_utf8, format_option, graph_option, opened
from kg.cli.speaking import Command, option
from kg.messages import language, say
from kg.output.terminal import aligned, echo_json, warn

__all__ = ["export", "stats", "validate"]


@click.command(cls=Command)
@graph_option
@option("--format", "format_", required=True, metavar="graphml|gexf|cytoscape|dot|turtle|nquads|jsonld|csv|parquet")
@option("-o", "--out", type=click.Path(), required=True)
@option("--view", default="full", show_default=True)
@option("--document", callback=as_utf8)
@option("--depth", type=click.IntRange(min=0))
def export(graph_dir: str, format_: str, out: str, view: str, document: str | None, depth: int | None) -> None:
    """``kg export``."""
    from kg.answers.questions import one_document
    from kg.output.export import export as write

    if depth is not None and not document:
        raise click.UsageError(say("export.depth"))
    with opened(graph_dir) as graph:
        found = one_document(graph, document) if document else None
        iri = found.iris[0] if found else None
        to = sys.stdout.buffer if out == "-" else out
        write(graph, format_, to, view=view, document=iri, depth=1 if depth is None else depth)
    for note in found.notes if found else ():
        warn(note)
    if out != "-":
        warn(say("export.done", out=out))


@click.command(cls=Command)
@graph_option
@format_option("table", "json")
def stats(graph_dir: str, format_: str) -> None:
    """``kg stats``."""
    from kg.graph.stats import stats as count
    from kg.output.spoken import named

    with opened(graph_dir) as graph:
        found = count(graph).to_dict()
    if format_ == "json":
        echo_json(found)
        return
    lang = language()
    rows = [{"what": say(f"count.{key}"), "count": value} for key, value in found.items() if isinstance(value, int)]
    click.echo(aligned(rows))
    for key, value in found.items():
        if isinstance(value, dict) and value:
            click.echo("\n" + click.style(say(f"count.{key}"), bold=True))
            kind = {"relations": "rel", "tasks": "status", "findings": "code"}.get(key)
            # The names of the model are English words.
            words = {
                name: named(kind, name, lang) if kind and lang != "en" else name.replace("_", " ") for name in value
            }
            click.echo(aligned([{"what": words[name], "count": number} for name, number in value.items()]))


@click.command(cls=Command)
@graph_option
@format_option("table", "json")
def validate(graph_dir: str, format_: str) -> None:
    """``kg validate``."""
    from kg.checks.validate import shown
    from kg.checks.validate import validate as examine

    with opened(graph_dir) as graph:
        found = examine(graph)
    if format_ == "json":
        echo_json([problem.to_dict() for problem in found])
    elif found:
        click.echo("\n".join(shown(found)))
    else:
        click.echo(say("validate.none"))
    if any(problem.severity == "error" for problem in found):
        raise SystemExit(1)
