"""``kg neo4j``: the graph and its questions on a Neo4j server."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import asked_day, assigned, format_option, graph_option, names_in, opened, units_options
from kg.cli.speaking import topic
from kg.messages import say
from kg.output.terminal import echo_answer

if TYPE_CHECKING:
    from kg.neo4j.load import Phase, Progress
    from kg.neo4j.server import Server

__all__ = ["neo4j"]


_Group, _option = topic("neo4j")


def _connection(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say where the server is; passwords are never among them."""
    for add in reversed(
        (
            _option("--uri", envvar="NEO4J_URI", default="neo4j://localhost:7687", show_default=True),
            _option("--user", envvar=["NEO4J_USERNAME", "NEO4J_USER"], default="neo4j", show_default=True),
            _option("--password-env", default="NEO4J_PASSWORD", show_default=True),
            _option("--database", envvar="NEO4J_DATABASE"),
            _option("--bookmarks", type=click.Path(dir_okay=False)),
        )
    ):
        command = add(command)
    return command


@contextmanager
def _connect(uri: str, user: str, password_env: str, database: str | None, bookmarks: str | None) -> Iterator[Server]:
    """Connect; the file of bookmarks makes this command see what an earlier one wrote, and later ones this."""
    from kg.neo4j.server import Server

    file = Path(bookmarks) if bookmarks else None
    seen = file.read_text(encoding="utf-8").split() if file and file.exists() else []
    with Server(uri, user, _password(user, password_env), database=database, bookmarks=seen) as server:
        yield server
        if file:
            file.write_text("".join(f"{mark}\n" for mark in server.bookmarks), encoding="utf-8")


def _password(user: str, variable: str) -> str:
    from kg.messages import KgError

    if (password := os.environ.get(variable)) is not None:
        return password
    if not sys.stdin.isatty():
        raise KgError.of("neo4j.password", variable=variable)
    return str(click.prompt(say("neo4j.prompt", user=user), hide_input=True, err=True))


@click.group("neo4j", cls=_Group)
def neo4j() -> None:
    """``kg neo4j``."""


@neo4j.command("load")
@graph_option
@_connection
def load_command(graph_dir: str, **connection: Any) -> None:
    """``kg neo4j load``."""
    from kg.neo4j.load import load

    started = time.perf_counter()
    with opened(graph_dir) as graph, _connect(**connection) as server, _progress() as progress:
        done = load(graph, server, progress=progress)
    seconds = time.perf_counter() - started
    counts = {name: getattr(done, name) for name in ("written", "unchanged", "removed", "nodes", "relationships")}
    click.echo(say("neo4j.loaded", **counts, seconds=seconds))


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar for each phase on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = dict[str, TaskID]()

        def show(phase: Phase, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bar.add_task(say(f"neo4j.{phase}"))
            bar.update(tasks[phase], completed=done, total=total)

        yield show


@neo4j.command("export")
@click.argument("directory", type=click.Path(file_okay=False))
@graph_option
@format_option("csv")
def export_command(directory: str, graph_dir: str, format_: str) -> None:
    """``kg neo4j export``."""
    from kg.neo4j.bulk import export_csv

    with opened(graph_dir) as graph:
        done = export_csv(graph, directory)
    counts = {"nodes": done.nodes, "relationships": done.relationships}
    click.echo(say("neo4j.exported", **counts, directory=directory), err=True)
    click.echo(f"sh {done.command}")


@neo4j.command("query")
@click.argument("name")
@click.argument("parameters", nargs=-1)
@_connection
@_option("--show", is_flag=True)
@units_options
@format_option("table", "json", "csv")
def query_command(
    name: str,
    parameters: tuple[str, ...],
    show: bool,
    as_of: str | None,
    today_units: bool,
    format_: str,
    **connection: Any,
) -> None:
    """``kg neo4j query``."""
    from kg.neo4j.names import Replica
    from kg.neo4j.query import cypher, run

    if show:
        click.echo(cypher(name), nl=False)
        return
    given = assigned(parameters)
    with _connect(**connection) as server:
        answer = run(server, name, as_of=asked_day(as_of, today_units), **given)
        names = names_in(Replica(server), answer.rows, answer.columns) if format_ == "table" else {}
    echo_answer(answer, format_, names)
