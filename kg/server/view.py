"""An answer as a page shows it: rows with evidence as records, others as a table, all of it plain text.

What the pages add to `kg.output.render` is links between documents, called by their names, and values in
the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from kg.answers.questions import Answer
from kg.messages import say
from kg.output.identified import beside, is_identifier, parts
from kg.output.render import EVIDENCE, as_figure, below, file_name, for_people
from kg.output.spoken import MARKED, SEVERAL, word
from kg.report.words import Words

__all__ = ["MOST", "Cell", "Evidence", "Record", "View", "document_path", "view"]

MOST: Final = 200
"""Rows that a page shows; the JSON API has all of them."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATES: Final = frozenset({"date", "deadline", "signed"})
_DATE: Final = re.compile(r"\d{4}(?:-\d\d)?")


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


def view(
    answer: Answer, words: Words, labels: Mapping[str, str], documents: Mapping[str, str], own: str | None = None
) -> View:
    """Return what a page shows of ``answer``.

    ``labels`` are names of columns that are shorter than those of the question, or that it lacks;
    ``documents`` are the names of documents by their identifiers.  What is asked about on the page
    of the document ``own`` need not be said in each row.
    """
    names = {column.name: column.description[words.lang] for column in answer.query.columns} | dict(labels)
    rows = [for_people(row) for row in answer.rows]
    proven = "quote" in answer.columns
    named, lower = beside(answer.columns, answer.rows), below(answer.columns)
    if "label" in named:
        names["label"] = names[named["label"]]
    columns = [c for c in answer.readable if not (proven and c in lower) and c not in named.values()]
    if own and all(row.get("document", own) == own for row in rows):
        columns = [c for c in columns if c != "document"]
    same = [c for c in columns if proven and len(rows) > 1 and len({str(row[c]) for row in rows}) == 1]
    varying = [c for c in columns if c not in same]
    shown = rows[:MOST]

    def cells(row: Mapping[str, Any], chosen: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(
            cell for c in chosen for cell in _cells(c, row, named.get(c, c), names.get(c, c), documents, words)
        )

    return View(
        answer.query.name,
        answer.query.title[words.lang],
        answer.notes,
        len(rows),
        len(shown),
        tuple(cell for row in rows[:1] for cell in cells(row, same) if cell.text),
        tuple(
            Record(
                tuple(cell for cell in cells(row, varying) if cell.text), _message(row, words), tuple(_evidence(row))
            )
            for row in shown
            if proven
        ),
        () if proven else tuple(names.get(column, column) for column in varying),
        () if proven else tuple(cells(row, varying) for row in shown),
    )


def _cells(
    column: str, row: Mapping[str, Any], beside: str, label: str, documents: Mapping[str, str], words: Words
) -> Iterable[Cell]:
    """A value, of several documents each; ``beside`` is the column that has its identifier."""
    several = parts(row.get(beside))
    if beside != column or not several[1:]:
        yield _cell(column, row[column], row.get(beside), label, documents, words)
    else:
        for iri in several:
            yield _cell(column, iri, iri, label, documents, words)


def _cell(
    column: str, value: object, identifier: object, label: str, documents: Mapping[str, str], words: Words
) -> Cell:
    """A value; ``identifier`` is the document that it names, if it does."""
    if not is_identifier(identifier):
        return Cell(column, label, _text(column, value, words))
    iri = str(identifier)
    return Cell(column, label, documents.get(iri) or _text(column, value, words), document_path(iri))


def _text(column: str, value: object, words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("answer.yes" if value else "answer.no", words.lang)
    if isinstance(value, int | float):
        return as_figure(value, words.lang)
    text = file_name(str(value))
    if column in MARKED or column in SEVERAL:
        return word(column, text, words.lang)
    if column == "period":
        return words.period(text)
    return words.date(text) if _DAY.fullmatch(text) or (column in _DATES and _DATE.fullmatch(text)) else text


def _message(row: dict[str, Any], words: Words) -> str:
    message = str(row.get("message") or "")
    return words.message(str(row.get("code")), message) if message and row.get("code") else message


def _evidence(row: dict[str, Any]) -> Iterable[Evidence]:
    for quoted, source, offset in EVIDENCE:
        if row.get(quoted) and source in row:
            section = str(row.get("section") or "") if quoted == "quote" else ""
            yield Evidence(str(row[quoted]), file_name(str(row.get(source) or "")), section, row.get(offset))
