"""What commands print: results on stdout, notes on stderr.

What shapes the output is imported when there is some, so that the command line starts at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from kg.messages import figure, language, say

if TYPE_CHECKING:
    from kg.answers.questions import Answer, StoredQuery

__all__ = ["aligned", "echo_answer", "echo_csv", "echo_json", "echo_rows", "echo_table", "echo_text", "warn"]


def warn(message: str) -> None:
    """A line for the user beside the result."""
    click.echo(f"kg: {message}", err=True)


def echo_json(value: object) -> None:
    """A value as JSON."""
    from kg.output.render import as_json

    click.echo(as_json(value))


def echo_csv(rows: list[dict[str, Any]], columns: Iterable[str]) -> None:
    """Rows as CSV with a head."""
    from kg.output.render import as_csv

    click.echo(as_csv(rows, tuple(columns)), nl=False)


def echo_table(rows: list[dict[str, Any]], columns: Iterable[str]) -> None:
    """Rows as a table; nothing where there are none."""
    from kg.output.render import table

    if rows and (text := table(rows, tuple(columns))):
        click.echo(text)


def echo_text(content: bytes) -> None:
    """A result in a standard form, ended by one line break."""
    text = content.decode()
    click.echo(text, nl=not text.endswith("\n"))


def echo_rows(
    rows: list[dict[str, Any]],
    columns: Iterable[str],
    query: StoredQuery | None = None,
    heads: Mapping[str, str] | None = None,
) -> None:
    """Rows with evidence as blocks, others as a table; names of the model, which are English, in words.

    ``heads`` are what the columns are called, without it as ``query`` says.
    """
    from kg.output.render import for_people, records, table
    from kg.output.spoken import headings, plain, spoken

    shown = tuple(columns)
    rows = [for_people(row) for row in rows]
    if not rows:
        return
    if (lang := language()) != "en":  # these names are English words
        rows = [spoken(row, lang) for row in rows]
        heads = heads or headings(query, lang)
    else:
        rows = [plain(row) for row in rows]
        heads = heads or {name: head for name, head in headings(query, lang).items() if _is_no_word(name)}
    lead = {name: say(f"column.{name}") for name in ("now", "reported", "via", "deadline", "suggests", "suggestion")}
    if "quote" in shown:
        click.echo(records(rows, shown, lead, heads))
        return
    asked = query is not None and any(parameter.name == "document" for parameter in query.parameters)
    if "document" in shown and (asked or len(rows) > 1) and len({row["document"] for row in rows}) == 1:
        # The document that is asked about need not be told in each row.
        click.echo(f"{heads.get('document', 'document')}: {rows[0]['document']}\n")
        shown = tuple(column for column in shown if column != "document")
    elif asked and {"label", "document"} <= set(shown):
        heads = {**heads, "document": say("column.asked")}
    click.echo(table(rows, shown, heads=heads))


def _is_no_word(name: str) -> bool:
    """Whether a column's name, which for most is an English word, says little to people: ``otherStatus``."""
    return name == "label" or not name.islower()


def echo_answer(answer: Answer, format_: str, names: Mapping[str, str]) -> None:
    """The answer of a stored question as ``table``, ``json`` or ``csv``; its notes on stderr.

    ``names`` are full names of documents, which a table shows for identifiers.
    """
    for note in answer.notes:
        warn(note)
    if format_ == "json":
        echo_json(answer.rows)
        return
    if format_ == "csv":
        echo_csv(answer.rows, answer.columns)
        return
    click.echo(click.style(answer.query.title[language()], bold=True))
    if not answer.rows:
        click.echo(say("answer.none"))
        return
    click.echo()
    from kg.output.identified import beside, called

    hidden = beside(answer.columns, answer.rows).values()
    rows = called(answer.rows, answer.columns, names)
    echo_rows(rows, [c for c in answer.readable if c not in hidden], answer.query)
    told = say("answer.rows", count=len(rows))
    provinces = {row["province"] for row in rows} if answer.columns[0] == "province" else set()
    if 1 < len(provinces) < len(rows):
        told += f" · {say('answer.provinces', count=len(provinces))}"
    click.echo(f"\n{told}")


def aligned(rows: list[dict[str, Any]]) -> str:
    """Two columns: what, and how many."""
    room = max(len(str(row["what"])) for row in rows) + 2
    return "\n".join(f"{row['what']:<{room}}{figure(row['count']):>10}" for row in rows)
