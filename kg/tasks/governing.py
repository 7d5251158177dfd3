"""What stands around a passage and governs it: the words above its list, the labels below it, its table's columns.

A list goes with the passage that introduces it and with the headings above (``2. Sở Tài chính``); a plan
adds lines to each piece of work (``Đơn vị chủ trì: …``, ``Thời gian hoàn thành: …``); a table tells by the
heads of its columns what a cell is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.structure import Outline, Passage, PassageKind, printed
from kg.structure.columns import BETWEEN, NEXT_ROW
from kg.text.normalization import unbroken

__all__ = ["Governing"]

Cells = tuple[str, ...]
Span = tuple[int, int]

_FAR: Final = 12
"""Passages that are looked through for a heading without a marker, or for a label."""
_OTHERS: Final = (PassageKind.HEADING, PassageKind.CLOSING)
_TITLE: Final = 200
"""Code points of the longest heading without a marker."""
_TO, _TO_FAR = "Kính gửi", 300
"""Before the addressees of a letter, and so many code points behind it."""
_LABEL: Final = re.compile(r"[\s*_+-]*(?:\w+,?\s){0,8}?\w+\s*[*_]*:")
_LABEL_LENGTH: Final = 120
"""Code points of the longest label."""
_BAR: Final = re.compile(r"\s*[|\t]\s*")
_TABLE: Final = 300
"""Rows that are looked through for the head of a table."""
_EDGE: Final = re.compile(r"(?m)^\s*\|\s*$")
"""A bar alone on its line is the edge of a table cell."""
_CELLS: Final = 3000
"""Code points of the longest row of such a table."""
_NUMBER: Final = 6
"""Code points of the longest number of a row."""
_SOURCE_HEAD: Final = re.compile(r"ăn bản\s+(?:giao|chỉ đạo)(?!\w)")
_SOURCE: Final = re.compile(r"[\s*_]*(?:số\s+)?văn bản (?:giao|chỉ đạo)(?!\w)", re.IGNORECASE)
_COLUMN: Final = re.compile(r"[\s*_]*(?i:stt|tt|số tt|nội dung|nhiệm vụ|công việc|tên)(?!\w)")


@dataclass(frozen=True, slots=True)
class Governing:
    """The surroundings of the passages of one normalized text."""

    text: str
    outline: Outline
    _heads: dict[int, Cells] = field(default_factory=dict, init=False, repr=False, compare=False)
    _gridded: bool = field(init=False, repr=False, compare=False)
    """Whether there may be tables that print each cell on lines of its own."""
    _sourced: bool = field(init=False, repr=False, compare=False)
    """Whether a column may name the documents by which work was given."""
    _body: list[tuple[int, int]] = field(default_factory=list, init=False, repr=False, compare=False)
    _aboves: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _tops: dict[Span, Cells] = field(default_factory=dict, init=False, repr=False, compare=False)
    _rows: dict[int, tuple[Cells, Cells]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _printed: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where the heads end of tables of tasks without bars."""

    def __post_init__(self) -> None:
        barred = "|" in self.text
        object.__setattr__(self, "_gridded", barred and NEXT_ROW in self.text)
        object.__setattr__(self, "_sourced", barred and bool(_SOURCE_HEAD.search(self.text)))
        object.__setattr__(self, "_printed", printed.heads(self.text))

    def leads(self, index: int) -> Iterator[tuple[str, bool]]:
        """Words that introduce the list of passage ``index``, the nearest first, each with whether it is a heading."""
        passages = self.outline.passages
        below, section = index, passages[index].section
        # A lead stands above its list; a footnote's host need not.
        while 0 <= (lead := passages[below].lead) < below:
            above = passages[lead]
            heading = above.kind is PassageKind.HEADING
            if heading or above.section == section:
                yield self.text[above.start : above.end], heading
            below = lead

    def beyond(self, index: int) -> Iterator[str]:
        """Words that introduce the sections around passage ``index``, the nearest first, then the whole body."""
        passages = self.outline.passages
        below, section = index, passages[index].section
        while 0 <= (lead := passages[below].lead) < below:
            above = passages[lead]
            if above.kind is not PassageKind.HEADING and above.section != section and self.text[above.end - 1] == ":":
                yield self.text[above.start : above.end]
            below = lead
        if opening := self.opening(index):
            yield opening

    def headings(self, index: int) -> Iterator[str]:
        """Headings above passage ``index``, the nearest first: unmarked lines, then the titles of its sections."""
        passages = self.outline.passages
        passage = passages[index]
        if passage.kind is PassageKind.FOOTNOTE:
            return
        marked = bool(passage.marker)
        if not passage.marker[:1].isdigit():
            for above in reversed(passages[max(0, index - _FAR) : index]):
                if above.section != passage.section or above.kind is PassageKind.HEADING:
                    break
                barred = self.text.find("|", above.end, passage.start) >= 0
                if (barred and _EDGE.search(self.text, above.end, passage.start)) or self._addressed(above):
                    break
                if above.kind is PassageKind.PARAGRAPH and not above.marker:
                    if above.end - above.start <= _TITLE:
                        yield self.text[above.start : above.end]
                    # "Phòng A" / "Đã tham mưu các văn bản:" / "- Văn bản số …": whose list it is stands above its lead.
                    if marked and self.text[above.end - 1] != ":":
                        break
        yield from self.outline.titles(passage.section)

    def _addressed(self, line: Passage) -> bool:
        """Whether a line is one of those behind ``Kính gửi:``."""
        return self.text.find(_TO, max(0, line.start - _TO_FAR), line.end) >= 0

    def opening(self, index: int) -> str:
        """The words that introduce the whole body around passage ``index``: ``… thực hiện các nội dung sau:``."""
        if not self._body:
            self._body.append(self._bounds())
        first, last = self._body[0]
        if not 0 < first <= index < last:
            return ""
        lead = self.outline.passages[first - 1]
        return self.text[lead.start : lead.end]

    def _bounds(self) -> tuple[int, int]:
        """Passages from the first section to the signature, where words with a colon introduce them; else (0, 0)."""
        passages, sections = self.outline.passages, self.outline.sections
        first = next((k for k, p in enumerate(passages) if sections and p.start >= sections[0].start), 0)
        if not first or self.text[passages[first - 1].end - 1] != ":":
            return 0, 0
        closing = (k for k in range(first, len(passages)) if passages[k].kind is PassageKind.CLOSING)
        return first, next(closing, len(passages))

    def labels(self, index: int) -> Iterator[str]:
        """Lines with labels behind passage ``index``, ``Đơn vị chủ trì: …``, up to the next piece of work."""
        passages = self.outline.passages
        section, begun = passages[index].section, False
        for below in passages[index + 1 : index + 1 + _FAR]:
            # A label may look like a heading: "c) Thời gian thực hiện: Quý III/2024".
            if (below.section != section and below.lead != index) or below.kind in _OTHERS:
                return
            if below.kind is PassageKind.SUBITEM:
                continue
            end = min(below.end, below.start + _LABEL_LENGTH)
            labelled = self.text.find(":", below.start, end) >= 0 and bool(_LABEL.match(self.text, below.start, end))
            if labelled:
                begun = True
                yield self.text[below.start : below.end]
            elif begun:
                return

    def cells(self, index: int) -> Iterator[tuple[str, str]]:
        """Head and content of the cells of the table row at passage ``index``; nothing outside tables."""
        if index not in self._rows:
            row = self.outline.passages[index]
            table = row.kind is PassageKind.ROW
            self._rows[index] = (self._head(index), self._split(row)) if table else self._grid(row)
        heads, cells = self._rows[index]
        # A cell that runs over several rows is missing in the later ones, mostly on the right.
        if len(cells) == len(heads) or (1 < len(cells) < len(heads) and len(cells[0].strip()) <= _NUMBER):
            yield from zip(heads, cells, strict=False)

    def leading(self, index: int) -> Iterator[str]:
        """What may be the cell of who leads, with all behind it, in the row at ``index`` of a table without bars."""
        passages, row = self.outline.passages, index + 1
        if not self._printed or passages[index].kind is PassageKind.FOOTNOTE:
            return
        # A row with a number goes on to the next number: its cells may be passages of their own.
        last = min(len(passages), index + _FAR) if passages[index].marker else row
        while row < last and not passages[row].marker and passages[row].kind not in _OTHERS:
            row += 1
        end = passages[row - 1].end
        yield from (self.text[at:end] for at in printed.leaders(self.text, self._printed, passages[index].start, end))

    def given(self, index: int) -> Span | None:
        """The row around passage ``index`` from its first words on, in a table that names the documents it takes up.

        Such a table has a column ``Văn bản giao nhiệm vụ``: what stands there belongs to the work of its row.
        """
        if not self._sourced or not any(_SOURCE.match(unbroken(head)) for head, _ in self.cells(index)):
            return None
        row = self.outline.passages[index]
        if row.kind is PassageKind.ROW:
            return row.start, row.end
        low = self.text.rfind(NEXT_ROW, max(0, row.start - _CELLS), row.start) + len(NEXT_ROW)
        high = self.text.find(NEXT_ROW, row.end)
        number = self.text.find(BETWEEN, low, row.start)
        start = number + len(BETWEEN) if 0 <= number - low <= _NUMBER else low
        return start, high if high >= 0 else row.end

    def _split(self, row: Passage) -> Cells:
        """Cells of a row; the passage leaves out the bars at its edges."""
        low = self.text.rfind("\n", 0, row.start) + 1
        high = self.text.find("\n", row.end)
        line = self.text[low : high if high >= 0 else len(self.text)].strip()
        return tuple(cell.strip(" *_") for cell in _BAR.split(line.removeprefix("|").removesuffix("|").strip()))

    def _head(self, index: int) -> Cells:
        """Cells of the first row of the table around row ``index``."""
        passages, top = self.outline.passages, index
        while top and passages[top - 1].kind is PassageKind.ROW and index - top < _TABLE and top not in self._heads:
            top -= 1
        if top not in self._heads:
            self._heads[top] = self._split(passages[top])
        self._heads[index] = self._heads[top]
        return self._heads[index]

    def _grid(self, cell: Passage) -> tuple[Cells, Cells]:
        """Head and cells of the row around a cell of a table that prints each cell on lines of its own."""
        if not self._gridded:
            return (), ()
        low = self.text.rfind(NEXT_ROW, max(0, cell.start - _CELLS), cell.start)
        high = self.text.find(NEXT_ROW, cell.end) if low >= 0 else -1
        if low < 0 or high - cell.end > _CELLS:
            return (), ()
        cells = tuple(self.text[low + len(NEXT_ROW) : high if high >= 0 else cell.end].split(BETWEEN))
        for _ in range(_TABLE):
            high, low = low, self._row_above(low)
            begin = max(low + len(NEXT_ROW) if low >= 0 else 0, high - _CELLS)
            heads = self._columns(begin, high)
            if heads and len(heads) >= len(cells):
                return heads, cells
            if low < begin - len(NEXT_ROW):
                break
        return (), ()

    def _row_above(self, row: int) -> int:
        """Where the row of such a table begins that stands above one, or -1; each cell below looks for it."""
        if row not in self._aboves:
            self._aboves[row] = self.text.rfind(NEXT_ROW, max(0, row - _CELLS - len(NEXT_ROW)), row)
        return self._aboves[row]

    def _columns(self, begin: int, end: int) -> Cells:
        """The cells of a row from the first on that heads a column; none where none does."""
        if (begin, end) not in self._tops:
            cells = self.text[begin:end].split(BETWEEN)
            top = next((k for k, cell in enumerate(cells) if _COLUMN.match(cell)), len(cells))
            self._tops[begin, end] = tuple(cell.strip(" *_\n") for cell in cells[top:])
        return self._tops[begin, end]
