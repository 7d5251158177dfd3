"""What stands around a passage and governs it: the words above its list, the labels below it, its table's columns.

A list goes with the passage that introduces it and with the headings above (``2. Sở Tài chính``); a plan
adds lines to each piece of work (``Đơn vị chủ trì: …``, ``Thời gian hoàn thành: …``); a table tells by the
heads of its columns what a cell is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kg.structure import Outline, Passage, PassageKind, tables
from kg.structure.tables import Row

__all__ = ["Governing"]

Span = tuple[int, int]

_FAR: Final = 12
"""Passages that are looked through for a heading without a marker, or for a label."""
_OTHERS: Final = (PassageKind.HEADING, PassageKind.CLOSING)
_TITLE: Final = 200
"""Code points of the longest heading without a marker."""
_TO, _TO_FAR = "Kính gửi", 300
"""Before the addressees of a letter, and so many code points behind it."""
_LABEL: Final = re.compile(r"[\s*_+(-]*(?:\w+,?\s){0,8}?\w+\s*[*_]*:")
_LABEL_LENGTH: Final = 120
"""Code points of the longest label."""
_EDGE: Final = re.compile(r"(?m)^\s*\|\s*$")
"""A bar alone on its line is the edge of a table cell."""
_SOURCE_HEAD: Final = re.compile(r"ăn bản\s+(?:giao|chỉ đạo)(?!\w)")
_SOURCE: Final = re.compile(r"(?:số\s+)?văn bản (?:giao|chỉ đạo)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Governing:
    """The surroundings of the passages of one normalized text."""

    text: str
    outline: Outline
    _sourced: bool = field(init=False, repr=False, compare=False)
    """Whether a column may name the documents by which work was given."""
    _body: list[tuple[int, int]] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sourced", "|" in self.text and bool(_SOURCE_HEAD.search(self.text)))

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

    def row(self, index: int, start: int) -> Row | None:
        """The row of a table in whose main cell a sentence of passage ``index`` begins; with bars in any of its cells.

        None outside tables.
        """
        passages = self.outline.passages
        if index < 0 or passages[index].kind is PassageKind.FOOTNOTE:
            return None
        row = tables.at(self.text, start)
        if row is None or row.table.mark:
            return row
        if start >= next(row.further(), row.end):
            return None  # what another cell says is no work
        # Without bars what follows tells where the last row ends.
        below = index + 1
        while below < len(passages) and passages[below].start < row.end:
            if passages[below].kind in _OTHERS or passages[below].marker:
                break
            below += 1
        return replace(row, end=min(row.end, passages[below - 1].end))

    def given(self, index: int) -> Span | None:
        """The row around passage ``index`` from its first words on, in a table that names the documents it takes up.

        Such a table has a column ``Văn bản giao nhiệm vụ``: what stands there belongs to the work of its row.
        """
        row = tables.at(self.text, self.outline.passages[index].start) if self._sourced else None
        sourced = row and row.table.mark and next(row.under(_SOURCE), None) is not None
        return row.contents if row and sourced else None
