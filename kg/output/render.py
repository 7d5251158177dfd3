"""Rows as text for people and programs.

Evidence has the room it needs: where rows have a quote, each row is one line of facts with the
quote wrapped below it and the place where it stands; other rows are a table whose cells wrap.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from kg.messages import figure

__all__ = [
    "EVIDENCE",
    "as_csv",
    "as_figure",
    "as_json",
    "below",
    "evidence",
    "file_name",
    "for_people",
    "indented",
    "records",
    "table",
    "width",
]

Row = Mapping[str, Any]

_LONG: Final = ("title", "urn")
"""Columns of long values."""
_LEAST: Final = 8
"""The least width of a column that gives way."""
_LONGEST: Final = 24
"""Letters of the longest word that is kept whole while others can give way."""

_GROUPED: Final = 10_000

EVIDENCE = (
    ("quote", "report", "start"),
    ("basis", "basisReport", "basisStart"),
    ("earlierQuote", "earlierReport", "earlierStart"),
    ("otherQuote", "otherReport", "otherStart"),
)
"""Columns of a quote, of its source and of its place there; the first has a section."""


def below(columns: Iterable[str]) -> frozenset[str]:
    """Return the columns that are shown below a row, not in its line; without its source, a column is no quote.

    >>> sorted(below(["label", "quote", "report", "start", "basis"]))
    ['message', 'quote', 'report', 'section', 'start']
    """
    known = set(columns)
    return frozenset({"section", "message", *(c for proof in EVIDENCE if proof[1] in known for c in proof)})


def as_json(value: object) -> str:
    """Return ``value`` as JSON for people: indented, letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def as_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Return RFC 4180 CSV with a header line; None is an empty cell.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def width() -> int:
    """Columns of the terminal, between 60 and 120; 100 where there is none."""
    return max(60, min(120, shutil.get_terminal_size((100, 24)).columns))


def _size(text: str) -> int:
    """Columns that ``text`` takes: combining marks take none, wide characters two."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def as_figure(value: float, lang: str | None = None) -> str:
    """Return a number as people write it; years and other numbers of four figures have no mark within.

    >>> as_figure(2024, "vi"), as_figure(12345, "vi"), as_figure(1.4, "vi")
    ('2024', '12.345', '1,4')
    """
    if isinstance(value, float):
        return figure(value, "g", lang)
    return figure(value, "," if abs(value) >= _GROUPED else "", lang)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_figure(value)
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    # Control characters of a document must not steer the terminal.
    return "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))


def table(
    rows: Sequence[Row],
    columns: Sequence[str],
    columns_wide: int | None = None,
    heads: Mapping[str, str] | None = None,
) -> str:
    """Return an aligned table, empty without columns; what is too wide for it wraps, the widest columns first.

    A column in which no row has a value is left out.  ``heads`` are what columns are called, by their names.
    Titles and identifiers that a table has no room for stand below their row.
    """
    columns = [c for c in columns if not rows or any(row.get(c) not in (None, "") for row in rows)]
    if not columns:
        return ""
    room = columns_wide or width()
    names = {column: (heads or {}).get(column, column) for column in columns}
    cells = [{column: _shown(row.get(column)) for column in columns} for row in rows]
    full = {c: max(map(_size, (names[c], *(row[c] for row in cells)))) for c in columns}
    apart = [c for c in columns if c in _LONG] if sum(full.values()) + 2 * len(columns) - 2 > room else []
    upper = [c for c in columns if c not in apart] or columns
    texts = [[names[c], *(row[c] for row in cells)] for c in upper]
    widths = _widths([full[c] for c in upper], texts, room - 2 * (len(upper) - 1))
    numeric = [all(isinstance(row.get(c), int | float | None) for row in rows) for c in upper]
    lines = [_line([names[c] for c in upper], widths, numeric), "  ".join("─" * w for w in widths)]
    for row in cells:
        lines.append(_line([row[c] for c in upper], widths, numeric))
        lines += [line for c in apart if c not in upper for line in indented(row[c], 4)]
    return "\n".join(lines)


def _widths(widths: list[int], texts: Sequence[Sequence[str]], spare: int) -> list[int]:
    """The widths of columns in ``spare`` places: the widest give way, words are cut where nothing else helps."""
    words = [max((_size(word) for text in column for word in text.split()), default=0) for column in texts]
    for least in ([min(size, _LONGEST) for size in words], [_LEAST] * len(words)):
        while sum(widths) > spare and (wide := [i for i, size in enumerate(widths) if size > least[i]]):
            widths[max(wide, key=lambda i: (widths[i], -i))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    wrapped = [_wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    lines = []
    for level in range(height):
        parts = []
        for part, size, right in zip(wrapped, widths, numeric, strict=True):
            text = part[level] if level < len(part) else ""
            blank = " " * (size - _size(text))
            parts.append(blank + text if right else text + blank)
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def _wrap(text: str, size: int) -> list[str]:
    return textwrap.wrap(text, max(1, size), break_on_hyphens=False)


def records(
    rows: Sequence[Row],
    columns: Sequence[str],
    names: Mapping[str, str] | None = None,
    heads: Mapping[str, str] | None = None,
) -> str:
    """Return one block a row: a line of facts, the quote below it, then where it stands.

    ``names`` are put before the values of columns that don't explain themselves; numbers always
    have their column's name, of which ``heads`` are the words.  What all rows share is told once, above them.
    """
    names, heads = names or {}, heads or {}
    lower = below(columns)
    same = {c for c in columns if len(rows) > 1 and len({_shown(row.get(c)) for row in rows}) == 1}
    hidden = lower | same
    head = [f"{heads.get(c, c)}: {_shown(rows[0][c])}" for c in columns if c in same - lower and rows[0].get(c)]
    blocks = ["\n".join(indented(" · ".join(head), 0))] if head else []
    for row in rows:
        facts = [_fact(c, row[c], names, heads) for c in columns if c not in hidden and row.get(c) not in (None, "")]
        message = indented(_shown(row.get("message")), 4)
        blocks.append("\n".join([*indented(" · ".join(facts), 0), *message, *evidence(row)]))
    return "\n\n".join(blocks)


def _fact(column: str, value: object, names: Mapping[str, str], heads: Mapping[str, str]) -> str:
    text = _shown(value)
    name = names.get(column) or heads.get(column, column)
    return f"{name} {text}" if column in names or isinstance(value, int | float) else text


def evidence(row: Row) -> list[str]:
    """Lines of a row's quotes and of the places where they stand: file, offset, headings."""
    lines: list[str] = []
    for quote, source, offset in EVIDENCE:
        if row.get(quote) and source in row:
            lines += indented(f"“{' '.join(_shown(row[quote]).split())}”", 4)
        if report := row.get(source):
            start = row.get(offset)
            place = file_name(str(report)) + (f":{start}" if start is not None else "")
            section = _shown(row.get("section")) if quote == "quote" else ""
            lines += indented(" · ".join(filter(None, (place, section))), 4, "↳ ")
    return lines


def for_people(row: Row) -> dict[str, Any]:
    """Return ``row`` without what is known beside it: a report's place on this machine, a unit that bears its own name.

    >>> for_people({"report": "file:///reports/a.txt", "body": "Bộ Y tế", "reported": "Bộ Y tế"})
    {'report': 'a.txt', 'body': 'Bộ Y tế', 'reported': None}
    """
    found = {c: file_name(v) if isinstance(v, str) and v.startswith("file:") else v for c, v in row.items()}
    if row.get("reported") in [row.get(name) for name in ("answeredFor", "body", "unit")]:
        found["reported"] = None
    return found


def indented(text: str, by: int, mark: str = "") -> list[str]:
    """Return the lines of ``text``, wrapped, ``by`` columns from the left; ``mark`` stands before the first."""
    if not text:
        return []
    blank = " " * by
    return textwrap.wrap(
        text,
        width(),
        initial_indent=blank + mark,
        subsequent_indent=blank + " " * len(mark),
        break_on_hyphens=False,
        break_long_words=False,
    )


def file_name(iri: str) -> str:
    """Return the name of the file that a ``file:`` IRI names, any other IRI as it is.

    >>> file_name("file:///reports/b%C3%A1o%20c%C3%A1o.txt")
    'báo cáo.txt'
    """
    if not iri.startswith("file:"):
        return iri
    return unquote(urlsplit(iri).path).rsplit("/", 1)[-1]
