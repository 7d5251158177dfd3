"""The command ``kg sparql``: a query of the user's own, read-only."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import as_utf8, format_option, graph_option, opened
from kg.cli.speaking import Command
from kg.messages import say
from kg.output.terminal import echo_table, echo_text

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["sparql"]


@click.command(cls=Command)
@click.argument("query", callback=as_utf8)
@graph_option
@format_option("table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld", "rdfxml")
def sparql(query: str, graph_dir: str, format_: str) -> None:
    """``kg sparql``."""
    text = _query_text(query)
    with opened(graph_dir) as graph:
        if format_ != "table":
            echo_text(graph.answer(text, format=format_))
        else:
            _echo_result(graph, text)


def _query_text(query: str) -> str:
    """The query itself, what stands in the file of that name, or what stdin gives for ``-``."""
    from kg.messages import KgError

    # What can be no query is the name of a file, also of one that isn't there.
    if query != "-" and not re.fullmatch(r"[^\s{<?$]+", query) and not _is_file(query):
        return query
    data = sys.stdin.buffer.read() if query == "-" else Path(query).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KgError.of("sparql.encoding", path="stdin" if query == "-" else query) from error


def _is_file(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_file()
    except OSError:  # longer than the name of a file can be
        return False


def _echo_result(graph: Graph, text: str) -> None:
    from pyoxigraph import QueryBoolean, QueryTriples

    from kg.graph.results import plain, written

    found = graph.query(text)
    if isinstance(found, QueryBoolean):
        click.echo(say("answer.yes" if found else "answer.no"))
    elif isinstance(found, QueryTriples):
        echo_text(written(found, "turtle"))
    else:
        columns = [variable.value for variable in found.variables]
        rows = plain(found)
        echo_table(rows, columns)
        click.echo("\n" + say("answer.rows", count=len(rows)), err=True)
