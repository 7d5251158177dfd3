"""The sentence in which each citation stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from kg.citations import Citation
from kg.relations.clauses import main_clause, opens_grounds, opens_main
from kg.structure import Outline, Passage, PassageKind, sentences
from kg.text.late import late
from kg.text.normalization import UPPER

__all__ = ["Page", "Unit", "flattened"]

_ADDRESS: Final = re.compile(r"(?i:kính gửi)\b|\bđiện:\Z")
_HEAD: Final = 300
"""Code points behind "Kính gửi" within which addressees stand."""
_LONGEST: Final = 4000
"""Code points from which on a text without full stops is cut, so that reading stays linear in its length."""
_GROUNDS: Final = "Căn cứ"
_GROUNDS_LINE: Final = late(rf"(?<=[\w)])[ \t]*\n\s*(?={_GROUNDS}\s+[{UPPER}])")
"""A line that begins with a capital and its grounds is no part of the heading above it."""
_BLANK: Final = re.compile(r"\s")
_CUT: Final = re.compile(r"[;\n]\s*|\s+")

Span = tuple[int, int]


class Unit(NamedTuple):
    """A sentence with citations; ``passage`` is the index of the passage around it, -1 where there is none."""

    start: int
    end: int
    passage: int


@dataclass(frozen=True, slots=True)
class Page:
    """A normalized text with its outline and its footnote marks (offset, number)."""

    text: str
    outline: Outline
    anchors: tuple[tuple[int, str], ...] = ()
    _sentences: dict[int, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _plains: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _spaced: set[int] = field(default_factory=set, init=False, repr=False, compare=False)
    """Passages that have several blanks in a row."""
    _waiting: dict[int, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _anchors: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _marks: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def body(self) -> int:
        """Offset where the document's body begins: its first section or numbered item."""
        starts = [s.start for s in self.outline.sections[:1]]
        starts += [next((p.start for p in self.outline.passages if p.marker and not self.addressed(p)), len(self.text))]
        return min(starts)

    def addressed(self, passage: Passage) -> bool:
        """Whether a list item names one to whom the document is sent: ``Kính gửi: - Sở Nội vụ``."""
        lead = self.passage(passage.lead)
        if lead is None and passage.marker in ("-", "+", "•"):
            # In a row of the letterhead's table the first addressee stands beside "Kính gửi".
            return bool(_ADDRESS.search(self.text, max(0, passage.start - _HEAD), passage.start))
        return lead is not None and bool(_ADDRESS.search(self.text, lead.start, lead.end))

    def passage(self, index: int) -> Passage | None:
        """The passage with that index, None for -1."""
        return self.outline.passages[index] if index >= 0 else None

    def outer(self, offset: int) -> int:
        """Index of the passage around ``offset`` that no sentence runs across: an item, not its sub-item."""
        index = self.outline.at(offset)
        while index >= 0 and self.outline.passages[index].kind is PassageKind.SUBITEM:
            index = self.outline.passages[index].lead
        return index

    def unit(self, citation: Citation) -> Unit:
        """The sentence of a citation; outside every passage, its line."""
        index = self.outer(citation.core)
        passage = self.passage(index)
        if passage is None:
            low = self.text.rfind("\n", 0, citation.start) + 1
            high = self.text.find("\n", citation.end)
            return Unit(low, high if high >= 0 else len(self.text), -1)
        found = self.sentences(index)
        k = bisect_left(found, (citation.core + 1, 0)) - 1
        if k < 0 or citation.core >= found[k][1]:
            return Unit(passage.start, passage.end, index)
        start, end = found[k]
        # "Căn cứ A và B. Sở đã ban hành C": the full stop cuts a sentence from its main clause.
        if k + 1 < len(found) and self._waits(start, end, index) and self._answers(*found[k + 1], index):
            return Unit(min(start, citation.start), found[k + 1][1], index)
        if k and self._waits(*found[k - 1], index) and self._answers(start, end, index):
            return Unit(found[k - 1][0], end, index)
        return Unit(min(start, citation.start), end, index)

    def sentences(self, index: int) -> tuple[Span, ...]:
        """Spans of the sentences of a passage; what is too long for one is cut at a mark or a blank."""
        if index not in self._sentences:
            passage = self.outline.passages[index]
            found = sentences(self.text, passage.start, passage.end)
            if self.text.find(_GROUNDS, passage.start + 1, passage.end) >= 0:
                found = tuple(piece for span in found for piece in self._at_grounds(*span))
            if passage.end - passage.start > _LONGEST:
                found = tuple(piece for span in found for piece in self._cut(*span))
            self._sentences[index] = found
        return self._sentences[index]

    def _at_grounds(self, start: int, end: int) -> Iterator[Span]:
        for cut in _GROUNDS_LINE.finditer(self.text, start, end):
            yield start, cut.start()
            start = cut.end()
        yield start, end

    def _cut(self, start: int, end: int) -> Iterator[Span]:
        while end - start > _LONGEST:
            cut = _CUT.search(self.text, start + _LONGEST // 2, start + _LONGEST)
            stop = cut.end() if cut else start + _LONGEST
            yield start, stop
            start = stop
        yield start, end

    def _waits(self, start: int, end: int, index: int) -> bool:
        """Whether a sentence gives grounds without a main clause."""
        if start not in self._waiting:
            lower = self.flat(start, end, index)
            self._waiting[start] = opens_grounds(lower) and not main_clause(lower)
        return self._waiting[start]

    def _answers(self, start: int, end: int, index: int) -> bool:
        """Whether a sentence begins with a body and what it did."""
        return opens_main(self.flat(start, min(end, start + 160), index))

    def sentence(self, offset: int) -> str:
        """Lower-case text of the sentence around ``offset``."""
        index = self.outer(offset)
        if (passage := self.passage(index)) is None:
            return ""
        for start, end in self.sentences(index):
            if start <= offset < end:
                return self.flat(start, end, index)
        return self.flat(passage.start, passage.end, index)

    def flat(self, start: int, end: int, index: int) -> str:
        """Lower-case text of a span on one line, without what the page put in between (footnotes, numbers)."""
        if end <= start:
            return ""
        if index >= 0:
            if index not in self._plains:
                self._plains[index] = self._plain(index)
            if plain := self._plains[index]:
                first = self.outline.passages[index].start
                if first <= start and end <= first + len(plain):
                    piece = plain[start - first : end - first]
                    return _squeezed(piece) if index in self._spaced else piece
        piece = self.text[start:end].replace("\n", " ")
        passage = self.passage(index)
        for low, high in (passage.gaps or ()) if passage else ():
            if start < high and low < end:
                a, b = max(low, start) - start, min(high, end) - start
                piece = piece[:a] + " " * (b - a) + piece[b:]
        return _lowered(piece)

    def _plain(self, index: int) -> str:
        """A passage in lower case, with a space for each line break; empty where that is not all to make it flat."""
        passage = self.outline.passages[index]
        piece = self.text[passage.start : passage.end].replace("\n", " ")
        # Of all blanks only the space can be printed.
        lower = piece.lower() if not passage.gaps and piece.isprintable() else ""
        if "  " in lower:
            self._spaced.add(index)
        return lower if len(lower) == len(piece) else ""

    def anchor(self, note: Passage) -> int:
        """Offset of the mark that points to a footnote, or -1."""
        if note.start not in self._marks:
            self._marks[note.start] = self._anchor(note)
        return self._marks[note.start]

    def _anchor(self, note: Passage) -> int:
        number = re.search(r"\d{1,4}", note.marker)
        if not number:
            return -1
        if not self._anchors:
            for offset, label in self.anchors:
                self._anchors.setdefault(label, []).append(offset)
        marks = self._anchors.get(number[0], [])
        if before := bisect_right(marks, note.start):
            return marks[before - 1]
        own = self.text.rfind(note.marker, 0, note.start)
        found = _note_mark(number[0]).finditer(self.text, max(0, own - 20_000), own)
        return max((m.start() for m in found), default=-1)

    def anchored(self, note: Passage) -> Passage:
        """The passage that a footnote belongs to; the footnote itself where its mark is not found."""
        anchor = self.anchor(note)
        return (self.passage(self.outer(anchor - 1)) if anchor > 0 else None) or note


def flattened(piece: str) -> str:
    """A text in lower case on one line, with one blank for several."""
    return _lowered(piece.replace("\n", " "))


def _lowered(piece: str) -> str:
    piece = piece.lower()
    return _squeezed(piece if piece.isprintable() else _BLANK.sub(" ", piece))


def _squeezed(piece: str) -> str:
    """A text whose blanks are spaces, with one for several."""
    if "  " not in piece:
        return piece
    # As re.sub(" +", " ", …), several times as fast.
    words = " ".join(piece.split())
    return f"{' ' * (piece[0] == ' ')}{words}{' ' * (piece[-1] == ' ')}" if words else " "


@lru_cache(maxsize=256)
def _note_mark(number: str) -> re.Pattern[str]:
    """What refers to a footnote: ``word(1)``, ``word1``, ``QH151``, ``[1]``."""
    return re.compile(
        rf"\((?<=\w\(){number}\)|{number}(?:(?<=[^\W\d_]{number})|(?<=QH1\d{number}))(?=[\s.,;])|\[{number}\]"
    )
