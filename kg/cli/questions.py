"""The commands that answer stored questions: ``kg ask``, ``kg query``."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

import click

from kg.cli.options import as_utf8, asked_day, assigned, format_option, graph_option, names_in, opened, units_options
from kg.cli.speaking import Command, option
from kg.messages import language, say
from kg.output.terminal import echo_answer, echo_json, warn

if TYPE_CHECKING:
    from kg.answers.ask import Understanding
    from kg.answers.questions import StoredQuery

__all__ = ["ask", "query"]


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True, callback=as_utf8)
@graph_option
@units_options
@format_option("table", "json", "csv")
def ask(words: tuple[str, ...], graph_dir: str, as_of: str | None, today_units: bool, format_: str) -> None:
    """``kg ask``."""
    from kg.answers.ask import ask as answer_question

    question = " ".join(words)
    with opened(graph_dir) as graph:
        understood, answer = answer_question(graph, question, as_of=asked_day(as_of, today_units))
        names = names_in(graph, answer.rows, answer.columns) if answer and format_ == "table" else {}
    if answer is None:
        _not_understood(question, understood, format_)
    if format_ == "json":
        echo_json(understood.to_dict(question, answer))
    else:
        given = " ".join(f"{name}={value!r}" for name, value in understood.params.items())
        warn(say("ask.understood", query=f"kg query {answer.query.name} {given}".rstrip()))
        if understood.unused:
            warn(say("ask.unused", names=", ".join(understood.unused)))
        echo_answer(answer, format_, names)


def _not_understood(question: str, understood: Understanding, format_: str) -> NoReturn:
    from kg.answers.questions import stored, stored_queries

    near = [stored(name) for name in understood.nearest]
    if format_ == "json":
        echo_json(understood.to_dict(question, None))
    warn(say("ask.not-understood", question=question))
    known = {"document": understood.documents[0]} if len(understood.documents) == 1 else {}
    if known:
        click.echo(f"    {say('ask.document', **known)}\n        kg lookup {_quoted(known['document'])}", err=True)
    for query in near or stored_queries():
        asked = query.question[language()]
        for name, value in known.items():
            asked = asked.replace(f"{{{name}}}", value)
        needed = (
            f"{p.name}={_quoted(known[p.name]) if p.name in known else '…'}" for p in query.parameters if p.required
        )
        click.echo(f"    {asked}\n        {' '.join((f'kg query {query.name}', *needed))}", err=True)
    raise SystemExit(1)


def _quoted(value: str) -> str:
    """A value as one writes it in a shell."""
    return shlex.quote(value) if '"' in value else f'"{value}"'


@click.command(cls=Command)
@click.argument("name", required=False, callback=as_utf8)
@click.argument("parameters", nargs=-1, callback=as_utf8)
@graph_option
@option("--list", "list_", is_flag=True)
@option("--show", is_flag=True)
@units_options
@format_option("table", "json", "csv")
def query(
    name: str | None,
    parameters: tuple[str, ...],
    graph_dir: str,
    list_: bool,
    show: bool,
    as_of: str | None,
    today_units: bool,
    format_: str,
) -> None:
    """``kg query``."""
    from kg.answers.questions import run, stored, stored_queries

    if list_ or name is None:
        if not list_:
            raise click.UsageError(say("query.which"))
        if format_ == "json":
            echo_json([stored_query.to_dict() for stored_query in stored_queries()])
        else:
            _list_queries(stored_queries())
        return
    if show:
        click.echo(stored(name).sparql, nl=False)
        return
    given = assigned(parameters)
    stored(name)  # an unknown question is told before a missing graph
    with opened(graph_dir) as graph:
        answer = run(graph, name, as_of=asked_day(as_of, today_units), **given)
        names = names_in(graph, answer.rows, answer.columns) if format_ == "table" else {}
    echo_answer(answer, format_, names)


def _list_queries(queries: Iterable[StoredQuery]) -> None:
    for stored_query in queries:
        click.echo(click.style(stored_query.name, bold=True))
        click.echo(f"    {stored_query.question[language()]}")
        for p in stored_query.parameters:
            kind = f"{p.name}={p.type}" if p.required else f"[{p.name}={p.default or p.type}]"
            click.echo(f"    {kind:<24} {p.description[language()]}")
