"""The second step: printed lines become passages again, over page ends and page footnotes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.structure.breaks import (
    BEFORE_NUMBER,
    continues,
    layout_of,
    lists_grounds,
    names_document,
    unfinished,
)
from kg.structure.lines import BLANK, EDGE, lines, opens_page, skip
from kg.structure.markers import DOTTED, HEADED, LEGAL, NUMBERED, ordinal
from kg.structure.model import Passage, PassageKind

__all__ = ["joined"]

# Looked up in its class at each use, a member of an enumeration costs more than what is decided by it.
_ROW: Final = PassageKind.ROW
_OFTEN_NONE: Final = DOTTED | {"letter", "roman"}
_INLINE_NOTE: Final = re.compile(r"\[(\d{1,3}):\s")


def joined(text: str) -> list[Passage]:
    """Passages of a normalized text in the order of their offsets; footnotes are passages of their own."""
    return _split_notes(text, _Joiner(text).run())


class _Joiner:
    """Puts printed lines together again; keeps the text that a page footnote interrupted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines(text)
        self.layout = layout_of(text, self.lines)
        self.passages: list[Passage] = []
        self.seen: dict[str, int] = {}
        self.notes = 0
        self.paged: bool | None = None
        """Whether one leading space marks a page start, once that has been asked."""

    def run(self) -> list[Passage]:
        main: Passage | None = None
        note: Passage | None = None
        main_line: Passage | None = None
        last: Passage | None = None
        broken = False
        for line in self.lines:
            if line.style == "skip":
                # A bar alone on its line is the edge of a table cell.
                broken = broken or "|" in self.text[line.first : line.end]
                continue
            if line.style and line.style != "row":
                self._weigh(line, last)
                if line.style in ("note", "bare"):
                    line.kind = PassageKind.FOOTNOTE
                    self.passages.append(line)
                    note = last = line
                    broken = False
                    continue
            if note and self._opens_page(line):
                note = None
            if not line.style and not broken:
                if note and last and self._note_goes_on(last, line):
                    note.end = line.end
                    last = line
                    continue
                if main and main_line and self._goes_on(main, main_line, line, last is not main_line):
                    if last is not main_line:
                        main.gaps = main.gaps or []
                        main.gaps.append((main.end, line.first))
                    main.start = main.start if main.start < main.end else line.start
                    main.end = line.end
                    last = main_line = line
                    note = None
                    continue
            if line.style == "row":
                line.kind, line.style = _ROW, ""
            self.passages.append(line)
            main = main_line = last = line
            note = None
            broken = False
        return self.passages

    def _goes_on(self, main: Passage, main_line: Passage, line: Passage, apart: bool) -> bool:
        """Whether a line without a marker belongs to the passage ``main``, whose last line is ``main_line``."""
        if main.kind is _ROW:
            return False
        text, layout = self.text, self.layout
        # Most lines go on in small letters behind a word: what is asked below would say so, too.
        small = line.start < line.end and not line.hashes and text[line.start].islower()
        if small and text[main_line.end - 1].isalnum():
            return True
        # Behind a marker alone on its line follows its text.
        belongs = (
            main.start >= main.end or continues(text, layout, main_line, line, apart) or lists_grounds(text, main, line)
        )
        return belongs and not (main.style in HEADED and names_document(text, layout, main, main_line, line))

    def _note_goes_on(self, last: Passage, line: Passage) -> bool:
        return bool(self.layout.width) and continues(self.text, self.layout, last, line)

    def _opens_page(self, line: Passage) -> bool:
        """Whether a line is the first of a printed page: one leading space marks such only where it is rare."""
        if not opens_page(self.text, line):
            return False
        if self.paged is None:
            pages = sum([line.style != "skip" and opens_page(self.text, line) for line in self.lines])
            self.paged = pages <= max(2, len(self.lines) // 12)
        return self.paged

    def _weigh(self, line: Passage, last: Passage | None) -> None:
        """Take back a marker that is only a number, a letter or a dash at the head of a printed line."""
        style = line.style
        if style == "bare":
            awaited = last is not None and BEFORE_NUMBER.search(self.text, max(last.start, last.end - 8), last.end)
            if awaited or not self._is_note(line):
                self._unmark(line)
            return
        if style == "note":
            return
        if style not in NUMBERED:
            if style == "dash" and last and self.layout.width and self._within(line, last, 0, False):
                self._unmark(line)
            return
        number = ordinal(style, line.marker)
        regular = number == 1 or number == self.seen.get(style, 0) + 1
        if (style in _OFTEN_NONE and self._stray(line, regular)) or (
            last and self.layout.width and self._within(line, last, number, regular)
        ):
            self._unmark(line)
        elif number:
            self.seen[style] = number

    def _stray(self, line: Passage, regular: bool) -> bool:
        """Whether a letter, a Roman number or figures with dots are none that its series expects."""
        if line.style == "letter":
            return not regular and not self.text[line.start : line.end].isupper()
        if line.style == "roman":
            return not regular and line.marker.strip(".)-/") in "LX"
        bare_number = line.marker[-1].isdigit()
        return bare_number and ("0" in (line.marker[0], line.marker.split(".")[1][0]) or not regular)

    def _within(self, line: Passage, last: Passage, number: int, regular: bool) -> bool:
        """Whether the line before breaks off, full, in mid-sentence, and the marker may be a part of that."""
        if not self._doubtful(line, last, number, regular):
            return False
        mid = last.kind is not _ROW and unfinished(self.text, last)
        full = last.end - last.first >= 0.75 * self.layout.width
        return mid and full and not self.text[last.start : last.end].isupper()

    def _doubtful(self, line: Passage, last: Passage, number: int, regular: bool) -> bool:
        """Whether a marker is none if the line before breaks off in mid-sentence."""
        if number and not regular:
            return True
        first = self.text[line.start : line.start + 1]
        if line.style == "dash":
            return first.isdigit() and self.text[last.end - 1].isdigit()
        return line.style in LEGAL and not first.isupper()

    def _unmark(self, line: Passage) -> None:
        line.style, line.marker = "", ""
        line.start = skip(self.text, line.first, line.end)
        while line.start < line.end and self.text[line.start] in BLANK:
            line.start += 1

    def _is_note(self, line: Passage) -> bool:
        """A bare number opens a page footnote if it is the next one and was referred to above.

        In part of a document the first one may have any number: what stands before it is lost.
        """
        number = int(line.marker)
        if (number != self.notes + 1 and self.notes) or not self.layout.width:
            return False
        low = max(0, line.first - 20_000)
        pattern = _note_mark(line.marker) if number == self.notes + 1 else _word_mark(line.marker)
        marks = [m.start() - 1 for m in pattern.finditer(self.text, low + 1, line.first)]
        if not marks:
            return False
        self.notes, line.reference = number, marks[-1]
        return True


@cache
def _note_mark(number: str) -> re.Pattern[str]:
    """``(1)``, ``word1``, ``QH151``: what refers to a page footnote."""
    return re.compile(rf"{number}(?:(?<=\({number})\)|(?<=[^\W\d_]{number})(?!\w)|(?<=QH1\d{number})(?!\w))")


@cache
def _word_mark(number: str) -> re.Pattern[str]:
    """``phương3``: a number at the end of a word, not of a unit such as ``km2``."""
    return re.compile(rf"{number}(?!\w)(?<=[^\W\d_][^\W\d_][^\W\d_]{number})")


def _split_notes(text: str, passages: list[Passage]) -> list[Passage]:
    """Cut word-processor footnotes, "[1: …]" at the end of a paragraph, off as passages of their own."""
    if not _INLINE_NOTE.search(text):
        return [passage for passage in passages if passage.start < passage.end or passage.marker]
    result: list[Passage] = []
    bracket = -1
    for passage in passages:
        if bracket < passage.start:
            bracket = text.find("[", passage.start)
            bracket = len(text) if bracket < 0 else bracket
        if bracket >= passage.end:
            if passage.start < passage.end or passage.marker:
                result.append(passage)
            continue
        notes = list(_INLINE_NOTE.finditer(text, passage.start, passage.end))
        stops = [*(m.start() for m in notes), passage.end]
        if notes:
            passage.end = stops[0]
            while passage.end > passage.start and text[passage.end - 1] in EDGE:
                passage.end -= 1
        host = -1
        if passage.start < passage.end or passage.marker:
            host = len(result)
            result.append(passage)
        for match, end in zip(notes, stops[1:], strict=True):
            begin = skip(text, match.end(), end)
            while end > begin and text[end - 1] in EDGE + "]":
                end -= 1
            if begin < end or match[1]:
                note = Passage(match.start(), begin, end, "", match[1], kind=PassageKind.FOOTNOTE, lead=host)
                result.append(note)
    return result
