"""Tables: their heads, rows and cells, in whatever way a table is printed.

Three ways are read: a row a line, with bars or tabs between its cells, ``TT | Tên thủ tục | Căn cứ pháp lý``, where
cells of numbered rows may run over several lines; a cell a line with bars between, as pages for the web are turned
into text; and cell below cell without bars, as a PDF gives them: the heads, then of each row its number, the lines of
its main cell, and those of the others, which are narrow.

>>> text = "TT | Việc | Thời hạn\\n1 | Cấp phép | 20/5/2024\\n"
>>> row = at(text, text.index("20/5"))
>>> row.head(text.index("20/5")), list(row.under(re.compile("Việc")))
('Thời hạn', ['Cấp phép'])
>>> text = '''
... TT
... Tên nhiệm vụ
... Cơ quan
... chủ trì
... Thời hạn
... 1.
... Xây dựng kế hoạch phát triển chợ biên giới, chợ đầu mối
... trên địa bàn tỉnh đến năm 2030.
... Sở Công
... Thương
... Quý IV/2025
... '''
>>> row = at(text, text.index("Xây"))
>>> row.table.heads, next(row.under(re.compile("Cơ quan")))
(('TT', 'Tên nhiệm vụ', 'Cơ quan chủ trì', 'Thời hạn'), 'Sở Công Thương Quý IV/2025')
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.structure.lines import EDGE
from kg.text.late import late
from kg.text.normalization import UPPER, unbroken

__all__ = ["Row", "Table", "at"]

Span = tuple[int, int]

_BETWEEN: Final = "\n|\n"
_NEXT_ROW: Final = late(r"\n\|\n\n*(?:\|\n)+")
"""What parts the cells and the rows of a table with a cell a line; an empty last cell is left out."""
_FAR: Final = 3000
"""Code points of the longest row."""
_REACH: Final = 60_000
"""Code points of the longest table without bars, of many pages."""
_MARGIN: Final = 80
"""Code points at the beginning of a line within which a bar opens its first cell."""
_NUMBER: Final = 6
"""Code points of the longest number of a row."""
_BAR, _TAB = late(r"\|(?:(?<=[^\n]\|)|(?=[^\n]))"), late(r"\t")
_TT: Final = r"[ *_]*+(?:[Ss]?(?:TT|tt)|Số TT)[ *_]*"
_TOP: Final = re.compile(rf"[ |]*+{_TT}[|\t]")
"""So begins the head of a table whose rows have numbers, and so such a row."""
_NUMBERED: Final = re.compile(r"[ |]*+(?:\d{1,3}|[IVX]{1,4})[ .*]*[|\t]")
_NUMBER_CELL: Final = re.compile(r"\d{1,3}[.)]?|[IVX]{1,5}[.)]?")
_GRID_TOP: Final = late(rf"\n\|\n{_TT}\n\|\n")
_GRID_CLOSES: Final = late(rf"\n\|(?:(?P<blank>\n)(?=\n)|\n?\Z|(?=\n{_TT}\n\|\n))")
"""The last bar of a table stands above an empty line, or the next one's head begins behind it."""
_NUMBER_BELOW: Final = (
    rf"[ \t]*(?:(?P<n>\d{{1,3}})(?:\.\d{{1,2}})*|[IVX]{{1,5}})(?:[.)](?!\d)|[ \t]*(?=\n)|[ \t]+(?=[{UPPER}]))"
)
_TOP_BELOW: Final = late(
    rf"TT(?:(?<=\nTT)|(?<=\nSTT)|(?<=\nSố TT))[ \t]*\n(?P<heads>(?:[^\n|]{{0,40}}\n){{2,24}}?)(?={_NUMBER_BELOW})"
)
"""In a table without bars the heads stand above the first number."""
_ROW_BELOW: Final = late(rf"\n{_NUMBER_BELOW}")
_LOST: Final = 3
"""As many numbers, less one, may be missing between two rows."""
_WIDE: Final = 30
"""Code points of a line that only the main column has room for."""
_NARROW: Final = 0.62
"""How wide at most the lines of the other cells are beside those of the main one."""
_LAST: Final = 4
"""Lines at which the last of several cells without bars may begin."""
_GOES_ON: Final = re.compile(
    r"(?:,|\b(?:của|và|tại|do|cho|với|từ|về|là|theo|các|số|ngày|tháng|năm|quý))\Z", re.IGNORECASE
)
"""A line that ends so goes on in the next one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table between ``start``, where its head begins, and ``end``.

    ``mark`` parts its cells, empty where nothing does; ``rows`` are where those below the head begin and end.
    """

    text: str = field(repr=False)
    start: int
    end: int
    mark: str
    heads: tuple[str, ...]
    rows: tuple[Span, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ``table``, from ``start`` to ``end``."""

    table: Table
    start: int
    end: int

    def heads(self, offset: int) -> tuple[str, ...]:
        """The heads of the column in which a place stands and of those right of it; none where nothing parts them."""
        table = self.table
        if not table.mark:
            return ()
        margin = table.text[self.start : min(self.start + _MARGIN, offset)]
        opens = table.mark != _BETWEEN and margin.lstrip(" ").startswith(table.mark)
        return table.heads[table.text.count(table.mark, self.start, offset) - opens :]

    @property
    def contents(self) -> Span:
        """Where its words begin and end: without the bars at its edges, with a cell a line also without its number."""
        text, start, end = self.table.text, self.start, self.end
        if self.table.mark == _BETWEEN:
            number = text.find(_BETWEEN, start, start + _NUMBER + len(_BETWEEN))
            return number + len(_BETWEEN) if number >= 0 else start, end
        while start < end and text[start] in EDGE:
            start += 1
        while start < end and (text[end - 1] in EDGE or text[end - 1] == "\n"):
            end -= 1
        return start, end

    def head(self, offset: int) -> str:
        """The head of the column in which a place stands, empty where none does."""
        return next(iter(self.heads(offset)), "")

    def before(self, offset: int) -> str:
        """The words of its cell before a place, as they are printed; those of the row where nothing parts the cells."""
        table = self.table
        cell = table.text.rfind(table.mark, self.start, offset) if table.mark else -1
        return table.text[cell + len(table.mark) if cell >= 0 else self.start : offset]

    def under(self, head: re.Pattern[str]) -> Iterator[str]:
        """What stands in the row below the heads that ``head`` matches, on one line.

        Where nothing parts the cells it is what may be their contents, with all behind it, the likeliest first.
        """
        columns = [k for k, one in enumerate(self.table.heads) if head.match(one)]
        if not columns:
            return
        if not self.table.mark:
            last = 2 < columns[-1] == len(self.table.heads) - 1
            begins = [*self.further()][-_LAST if last else 0 :]
            yield from (unbroken(self.table.text[begin : self.end]) for begin in begins)
            return
        cells = _cells(self.table.text[self.start : self.end], self.table.mark)
        if self.table.mark == _BETWEEN and self.end == self.table.end:
            cells = cells[: len(self.table.heads)]  # a last row may be followed by other text
        # A cell that runs over several rows is missing in the later ones, mostly on the right.
        if len(cells) == len(self.table.heads) or (1 < len(cells) < len(self.table.heads) and len(cells[0]) <= _NUMBER):
            yield from (cells[k] for k in columns if k < len(cells))

    def further(self) -> Iterator[int]:
        """Where the cells behind the main one may begin, in a row whose cells nothing parts; none is told by width."""
        lines: list[tuple[int, str]] = []
        low = self.start
        for line in self.table.text[low : self.end].split("\n"):
            if line.strip():
                lines.append((low + len(line) - len(line.lstrip()), line.strip()))
            low += len(line) + 1
        widest = max((len(line) for _, line in lines), default=0)
        if widest < _WIDE:
            return
        wide = [len(line) > widest * _NARROW for _, line in lines]
        # Two narrow lines, one below the other, are those of a further cell, whatever a page breaks in between later.
        ends = next((k for k in range(wide.index(True), len(lines)) if not any(wide[k : k + 2])), len(lines))
        for k in range(ends, len(lines)):
            offset, line = lines[k]
            if (line[0].isupper() or line[0].isdigit()) and not _GOES_ON.search(lines[k - 1][1]):
                yield offset


def at(text: str, offset: int) -> Row | None:
    """The row of a table of a normalized text in which a place stands; None in heads and outside tables."""
    starts, found = _tables(text)
    index = bisect_right(starts, offset) - 1
    if index < 0 or offset >= found[index].end:
        return None
    table = found[index]
    row = bisect_right(table.rows, (offset, len(text))) - 1
    return Row(table, *table.rows[row]) if row >= 0 and offset < table.rows[row][1] else None


@lru_cache(maxsize=2)  # asked for citation by citation and task by task
def _tables(text: str) -> tuple[list[int], list[Table]]:
    """Where the tables of a text begin, and the tables, in order."""
    found = [table for mark in "|\t" if mark in text for table in _lined(text, mark)]
    if "\n|\n" in text:
        found += _grids(text)
    if "TT" in text:
        found += _below(text)
    found.sort(key=lambda table: table.start)
    # What has bars or tabs within a table's cells is none of its own.
    apart = found[:1]
    for table in found[1:]:
        if table.start >= apart[-1].end or not apart[-1].mark:
            apart.append(table)
    return [table.start for table in apart], apart


def _cells(row: str, mark: str) -> tuple[str, ...]:
    """The contents of the cells of a row, each on one line."""
    if mark != _BETWEEN:
        row = row.strip().removeprefix(mark).removesuffix(mark)
    return tuple(unbroken(cell).strip(" *_") for cell in row.split(mark))


def _heads(row: str, mark: str) -> tuple[str, ...]:
    """The heads of the columns in the first row of a table; one that begins with a number has none."""
    cells = _cells(row, mark)
    return () if _NUMBER_CELL.fullmatch(cells[0]) else cells


def _lined(text: str, mark: str) -> Iterator[Table]:
    """Tables with a row a line; where rows have numbers, one goes on until it has all its cells."""
    head, last, numbered, columns, lacks, rows = (0, 0), -2, False, 0, 0, list[int]()
    for low, high in _marked(text, mark):
        top, number = _TOP.match(text, low, high), _NUMBERED.match(text, low, high)
        goes_on = numbered and low - last < _FAR and (number or (lacks > 0 and text.find("\n\n", last, low) < 0))
        if top or not (low == last + 1 or goes_on):
            if rows:
                yield Table(text, head[0], last, mark, _heads(text[slice(*head)], mark), _until(rows, last))
            head, numbered, lacks, rows = (low, high), bool(top), 0, []
            columns = text.count(mark, low, high)
        else:
            marks, opens = text.count(mark, low, high), text[low:high].lstrip(" ").startswith(mark)
            if number or opens or not numbered or marks > lacks:
                rows.append(low)
                lacks = columns
            lacks -= marks
        last = high
    if rows:
        yield Table(text, head[0], last, mark, _heads(text[slice(*head)], mark), _until(rows, last))


def _until(rows: list[int], end: int) -> tuple[Span, ...]:
    """Rows by where each begins, and where the last one ends."""
    return tuple(pairwise((*rows, end)))


def _marked(text: str, mark: str) -> Iterator[Span]:
    """Lines with a mark; one that is nothing but a bar, or has bars beside tabs, is left out."""
    marks, high = _BAR if mark == "|" else _TAB, 0
    while found := marks.search(text, high):
        low, high = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.start())
        high = high if high >= 0 else len(text)
        if mark == "|" or text.find("|", low, high) < 0:
            yield low, high


def _grids(text: str) -> Iterator[Table]:
    """Tables with a cell a line and bars between them."""
    parted = [found.span() for found in _NEXT_ROW.finditer(text)]
    above = k = 0
    while k < len(parted):
        closes, begin, end, rows = None, 0, parted[k][0], list[Span]()
        low = max(above, end - _FAR)
        top = _GRID_TOP.search(text, low, end)
        # What ends above an empty line is of a table before, or of the signature.
        first = top.start() if top else text.find(_BETWEEN, text.rfind(_BETWEEN + "\n", low, end) + 1 or low, end)
        start = first + len(_BETWEEN) if first >= 0 else low
        heads = _heads(text[start:end], _BETWEEN)
        while closes is None and k < len(parted) and end == parted[k][0]:
            begin, k = parted[k][1], k + 1
            end = min(begin + _FAR, parted[k][0] if k < len(parted) else len(text))
            if closes := _GRID_CLOSES.search(text, begin - len(_BETWEEN), end):
                end = closes.start()
            if begin < end:
                rows.append((begin, end))
        yield Table(text, start, end, _BETWEEN, heads, tuple(rows))
        above = begin if closes is None else closes.end() if closes["blank"] else end


def _below(text: str) -> Iterator[Table]:
    """Tables without bars, cell below cell."""
    tops = list(_TOP_BELOW.finditer(text))
    for k, top in enumerate(tops):
        heads = ["TT"]
        for line in filter(None, map(str.strip, top["heads"].split("\n"))):
            if line[0].isupper() and not _GOES_ON.search(heads[-1]):
                heads.append(line)
            else:
                heads[-1] += f" {line}"
        end = min(tops[k + 1].start() if k + 1 < len(tops) else len(text), top.end() + _REACH)
        number, rows = 0, list[int]()
        for row in _ROW_BELOW.finditer(text, top.end() - 1, end):
            count = int(row["n"] or 0)
            if not number or count <= 1 or number <= count < number + _LOST:
                number = count or number
                rows.append(row.start() + 1)
        if rows:
            yield Table(text, top.start(), end, "", tuple(heads), _until(rows, min(end, rows[-1] + _FAR)))
