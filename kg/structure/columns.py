"""Columns of tables by their heads: in which of them a place in the text stands.

A table is printed with a row a line, ``TT | Tên thủ tục | Căn cứ pháp lý``, or with a cell a line and bars between
them, as pages for the web are turned into text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.text.late import late

__all__ = ["BETWEEN", "NEXT_ROW", "Column", "Table", "columns", "head", "tables"]

BETWEEN: Final = "\n|\n"
NEXT_ROW: Final = "\n|\n|\n"
"""What parts the cells and the rows of a table that prints each cell on lines of its own."""
_HEADS: Final = late(r"\n\|\n[ *_]*(?:STT|TT|Số TT)[ *_]*\n\|\n")
"""The first head of such a table: the numbers of its rows."""
_TABLE: Final = 10_000
"""Code points above a cell within which the heads of its table are looked for."""
_LONG_TABLE: Final = 60_000
"""As far above, with a cell a line: a table of many pages."""
_FAR: Final = 3000
"""Code points of the longest row of such a table."""


@dataclass(frozen=True, slots=True)
class Column:
    """The ``index``-th column, from 0, of the table between ``start`` and ``end``, whose cells ``mark`` parts."""

    start: int
    end: int
    index: int
    mark: str

    def holds(self, text: str, offset: int) -> bool:
        """Whether the cell at ``offset`` is one of this column."""
        if not self.start < offset < self.end:
            return False
        if self.mark == BETWEEN:
            low = text.rfind(NEXT_ROW, self.start, offset) + len(NEXT_ROW)
            return text.count(BETWEEN, low - 1, offset) == self.index
        low = text.rfind("\n", 0, offset) + 1
        return _before(text, low, offset, self.mark) == self.index


_HEAD_LINE: Final = re.compile(r"[ |*]*(?:STT|TT|Số TT)[ *]*\|.*")
_FIRST_HEAD: Final = re.compile(r"TT[ *]*\|")
_NUMBERED: Final = re.compile(r"^[ |]*(?:\d{1,3}|[IVX]{1,4})[ .*]*(?=\|)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbered rows between ``start``, where its head ends, and ``end``; its cells may run over lines."""

    start: int
    end: int
    heads: tuple[str, ...]

    def columns(self, text: str, offset: int) -> tuple[str, ...]:
        """The heads of the column in which a place of the table stands and of those right of it; none before a row."""
        rows = [row.end() for row in _NUMBERED.finditer(text, max(self.start, offset - _FAR), offset)]
        return self.heads[text.count("|", rows[-1], offset) :] if rows else ()


def tables(text: str) -> tuple[Table, ...]:
    """The tables of a text whose heads begin with that of the rows' numbers, a row on one line or on several.

    >>> text = "TT | Cụm | Khó khăn\\n1 | CCN A\\nXã B | Chưa lập theo Nghị định 32\\n"
    >>> [table.columns(text, text.index(word)) for table in tables(text) for word in ("Xã B", "Nghị")]
    [('Cụm', 'Khó khăn'), ('Khó khăn',)]
    """
    lines = (text.rfind("\n", 0, head.start()) + 1 for head in _FIRST_HEAD.finditer(text))
    found = [head for line in dict.fromkeys(lines) if (head := _HEAD_LINE.match(text, line))]
    starts = [*(head.start() for head in found), len(text)]
    out = []
    for head, after in zip(found, starts[1:], strict=True):
        end = head.end()
        while (mark := text.find("|", end + 1, min(after, end + _FAR))) >= 0:
            end = mark
        cells = tuple(cell.strip(" *_") for cell in head[0].strip(" |").split("|"))
        out.append(Table(head.end(), text.find("\n", end) if text.find("\n", end) >= 0 else len(text), cells))
    return tuple(out)


def columns(text: str, head: re.Pattern[str]) -> tuple[Column, ...]:
    """The columns of a text whose heads ``head`` finds; a head fills its cell.

    >>> text = "TT | Việc | Căn cứ\\n1 | Cấp phép | Luật Giá\\n"
    >>> [column.holds(text, text.index("Luật")) for column in columns(text, re.compile("Căn cứ"))]
    [True]
    """
    found = []
    for match in head.finditer(text):
        low, high = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        line = text[low : high if high >= 0 else len(text)]
        mark = "|" if "|" in line else "\t"
        if mark in line:
            if _cell(line.split(mark), match[0]):
                index = _before(text, low, match.start(), mark)
                found.append(Column(low, _last(text, low, mark), index, mark))
        elif (
            _cell([line], match[0]) and text.startswith(BETWEEN, high) and text.startswith(BETWEEN, low - len(BETWEEN))
        ):
            row = text.rfind(NEXT_ROW, max(0, low - _FAR), low)
            begin = row + len(NEXT_ROW) if row >= 0 else max(0, low - _FAR)
            cells = text[begin:low].split(BETWEEN)
            top = next((k for k, cell in enumerate(cells) if cell.strip(" *_\n|").lower() in ("stt", "tt", "số tt")), 0)
            found.append(Column(high, _bottom(text, high), len(cells) - top - 1, BETWEEN))
    return tuple(found)


def head(text: str, offset: int) -> str:
    """The head of the column in which a place stands; empty outside tables and where no head is found.

    >>> text = "TT | Việc | Thời hạn\\n1 | Cấp phép | 20/5/2024\\n"
    >>> head(text, text.index("20/5"))
    'Thời hạn'
    """
    low, high = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    line = text[low : high if high >= 0 else len(text)]
    mark = "|" if "|" in line else "\t"
    if mark in line:
        cells, index = _first_line(text, low, mark), _before(text, low, offset, mark)
    else:
        row = text.rfind(NEXT_ROW, max(0, offset - _FAR), offset)
        cells, index = _first_row(text, row), text.count(BETWEEN, row + len(NEXT_ROW) - 1, offset)
    return cells[index].strip(" *_\n") if index < len(cells) else ""


def _first_line(text: str, low: int, mark: str) -> list[str]:
    """Cells of the first of the lines with a mark that end with the one at ``low``; none where that is the first."""
    top, above = low, text.rfind("\n", 0, max(low - 1, 0)) + 1
    while above < top and low - above < _TABLE and text.find(mark, above, top) >= 0:
        top, above = above, text.rfind("\n", 0, max(above - 1, 0)) + 1
    return text[top : text.find("\n", top)].strip(" |").split(mark) if top < low else []


def _first_row(text: str, row: int) -> list[str]:
    """Cells of the nearest row above ``row`` that heads the columns of a table with a cell a line."""
    heads = _heads(text) if row >= 0 else ()
    above = bisect_left(heads, (row, row)) - 1
    if above < 0 or not heads[above][1] <= row <= heads[above][1] + _LONG_TABLE:
        return []
    start, end = heads[above]
    return text[start + len(BETWEEN) : text.find(NEXT_ROW, end)].split(BETWEEN)


@lru_cache(maxsize=2)  # asked for each citation of a text
def _heads(text: str) -> tuple[tuple[int, int], ...]:
    """Where the first heads of such tables stand."""
    return tuple(match.span() for match in _HEADS.finditer(text))


def _cell(cells: list[str], head: str) -> bool:
    return any(cell.strip(" *_") == head.strip(" *_|\t\n") for cell in cells)


def _before(text: str, low: int, offset: int, mark: str) -> int:
    """How many marks stand in a line before an offset, without the one that opens the line."""
    return text.count(mark, low, offset) - text[low:offset].lstrip(" ").startswith(mark)


def _last(text: str, low: int, mark: str) -> int:
    """Where the lines with a mark end that begin at ``low``."""
    while low < len(text):
        high = text.find("\n", low)
        high = high if high >= 0 else len(text)
        if text.find(mark, low, high) < 0:
            return low
        low = high + 1
    return len(text)


def _bottom(text: str, low: int) -> int:
    """Where the rows of a table with a cell a line end."""
    for part in (NEXT_ROW, BETWEEN):
        while (found := text.find(part, low, low + _FAR)) >= 0:
            low = found + len(part) - 1
    return low
