"""An answer as a page shows it: rows with evidence as records, others as a table, all of it plain text.

What the pages add to `kg.render` is links between documents, and values in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from kg.answers import Answer
from kg.identity import is_candidate, is_urn
from kg.messages import messages
from kg.render import BELOW, EVIDENCE, file_name, for_people
from kg.report.words import Words

__all__ = ["Cell", "Evidence", "Record", "View", "document_path", "named", "view"]

_MOST: Final = 200
"""Rows that a page shows; the JSON API has all of them."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATES: Final = frozenset({"date", "deadline", "signed"})
_DATE: Final = re.compile(r"\d{4}(?:-\d\d)?")
_MARKED: Final = {"status": "status", "otherStatus": "status", "rel": "rel", "event": "rel", "severity": "severity"}
"""Columns whose values are names of the model -> what their texts begin with."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the name of its column, and the document that it names."""

    column: str
    label: str
    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote, verbatim, and where it stands: file, headings, characters from the beginning."""

    quote: str
    source: str
    section: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One row with its evidence."""

    facts: tuple[Cell, ...]
    message: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class View:
    """An answer for people; either ``records`` or a table of ``rows``.  ``shared`` is what is the same in all rows."""

    name: str
    title: str
    notes: tuple[str, ...]
    count: int
    shown: int
    shared: tuple[Cell, ...]
    records: tuple[Record, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def document_path(iri: str) -> str:
    """Return the path of the page of a document."""
    return f"/document/{quote(iri, safe=':;.+')}"


def named(kind: str, value: str, words: Words) -> str:
    """Return the text for a name of the model: a ``status``, ``rel`` or ``severity``; one without a text as it is.

    >>> named("status", "planned", Words("en")), named("code", "impossible-date", Words("en"))
    ('to be done', 'impossible-date')
    """
    key = f"{kind}.{value}"
    return words(key) if key in messages("report") else value


def view(answer: Answer, words: Words, labels: dict[str, str]) -> View:
    """Return what a page shows of ``answer``.

    ``labels`` are names of columns that are shorter than those of the question, or that it lacks.
    """
    names = {column.name: column.description[words.lang] for column in answer.query.columns} | labels
    rows = [for_people(row) for row in answer.rows]
    proven = "quote" in answer.columns
    columns = [c for c in answer.readable if not (proven and c in BELOW)]
    if "label" in columns and "document" in columns:
        columns.remove("document")  # the label is its link
    same = [c for c in columns if proven and len(rows) > 1 and len({str(row[c]) for row in rows}) == 1]
    varying = [c for c in columns if c not in same]
    shown = rows[:_MOST]
    cells = [_cells(row, varying, names, words) for row in shown]
    return View(
        answer.query.name,
        answer.query.title[words.lang],
        answer.notes,
        len(rows),
        len(shown),
        tuple(cell for row in rows[:1] for cell in _cells(row, same, names, words) if cell.text),
        tuple(
            Record(tuple(cell for cell in facts if cell.text), _message(row, words), tuple(_evidence(row)))
            for row, facts in zip(shown, cells, strict=True)
            if proven
        ),
        () if proven else tuple(names.get(column, column) for column in varying),
        () if proven else tuple(cells),
    )


def _cells(row: dict[str, Any], columns: Sequence[str], names: dict[str, str], words: Words) -> tuple[Cell, ...]:
    return tuple(
        Cell(c, names.get(c, c), _text(c, row[c], words), _href(row["document"] if c == "label" else row[c]))
        if c != "label" or "document" in row
        else Cell(c, names.get(c, c), _text(c, row[c], words))
        for c in columns
    )


def _href(value: object) -> str | None:
    text = str(value or "")
    return document_path(text) if is_urn(text) or is_candidate(text) else None


def _text(column: str, value: object, words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    text = file_name(str(value))
    if column in _MARKED:
        return named(_MARKED[column], text, words)
    if column == "period":
        return words.period(text)
    return words.date(text) if _DAY.fullmatch(text) or (column in _DATES and _DATE.fullmatch(text)) else text


def _message(row: dict[str, Any], words: Words) -> str:
    message = str(row.get("message") or "")
    return words.message(str(row.get("code")), message) if message and row.get("code") else message


def _evidence(row: dict[str, Any]) -> Iterable[Evidence]:
    for quoted, source, offset in EVIDENCE:
        if row.get(quoted):
            section = str(row.get("section") or "") if quoted == "quote" else ""
            yield Evidence(str(row[quoted]), file_name(str(row.get(source) or "")), section, row.get(offset))
