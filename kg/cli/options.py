"""What several commands share: options, and arguments as they are meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kg.cli.speaking import Decorator, option
from kg.messages import language, say

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = [
    "as_utf8",
    "asked_day",
    "assigned",
    "format_option",
    "graph_option",
    "names_in",
    "opened",
    "units_options",
]


graph_option = option(
    "--graph",
    "graph_dir",
    type=click.Path(),
    metavar="DIR",
    envvar="KG_GRAPH",
    default="kg-graph",
    show_default=True,
)


def format_option(*formats: str) -> Decorator:
    """``--format`` with its choices, the first of which is the default."""
    return option("--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True)


def units_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--as-of`` and ``--today-units``: for the provinces and bodies of which day a question is answered."""
    command = option("--today-units", "today_units", is_flag=True)(command)
    return option("--as-of", "as_of", metavar="DATE")(command)


def asked_day(as_of: str | None, today_units: bool) -> str | None:
    """The day that the two options ask for; raises UsageError where both are given."""
    if as_of and today_units:
        raise click.UsageError(say("units.both"))
    return "today" if today_units else as_of


def assigned(parameters: Iterable[str]) -> dict[str, str]:
    """Values by name of arguments ``name=value``; raises UsageError where one is none."""
    given = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise click.UsageError(say("query.parameter", given=parameter))
        given[name] = value
    return given


def as_utf8(_ctx: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """Words of the user as UTF-8, also where the locale is C and left their bytes undecoded; a callback of click."""
    if isinstance(value, tuple):
        return tuple(as_utf8(_ctx, _parameter, part) for part in value)
    if value is None or not any("\ud800" <= char <= "\udfff" for char in value):
        return value
    return os.fsencode(value).decode("utf-8", "replace")


@contextmanager
def opened(directory: str) -> Iterator[Graph]:
    """The graph in ``directory``, to be read."""
    from kg.graph.store import Graph

    with Graph.open(directory, read_only=True) as graph:
        yield graph


def names_in(graph: Graph, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> dict[str, str]:
    """The full names of the documents of which a table of ``rows`` would show the identifier, by that."""
    from kg.output.identified import nameless
    from kg.report.naming import names
    from kg.report.words import Words

    return names(graph, nameless(rows, columns), Words(language()))
