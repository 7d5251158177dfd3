"""The fourth step: numbered enumerations inside a passage, ``(1) …; (2) …``, become its sub-items."""

from __future__ import annotations

import re
from typing import Final

from kg.structure.lines import EDGE
from kg.structure.markers import ordinal
from kg.structure.model import Passage, PassageKind, Span
from kg.text.late import late
from kg.text.sentences import sentences

__all__ = ["enumerated"]

_INLINE_MARK: Final = late(
    r"(?<![^\s:;,.(“\"])(?:\((\d{1,2}|[ivx]{1,4}|[a-zđ])\)|(?<=[:;] )([a-zđ])\))(?=\s*[^\s.,;)])"
)
# A literal in first place lets the scan hop.
_FIRST_MARK: Final = re.compile(r"\)(?:(?<=\([1ai]\))|(?<=\(01\))|(?<=[:;] [ai]\)))")


def enumerated(text: str, found: list[Passage]) -> list[Passage]:
    """Sub-items of all passages, whose ``lead`` is the index of the passage each stands in."""
    items: list[Passage] = []
    # Few passages hold the first mark of a series.
    firsts = _FIRST_MARK.finditer(text)
    at = 0
    for index, passage in enumerate(found):
        while at <= passage.start:
            mark = next(firsts, None)
            at = mark.end() if mark else len(text) + 1
        if at <= passage.end or passage.style == "paren":
            items += _series(text, passage, index)
    return items


def _series(text: str, passage: Passage, index: int) -> list[Passage]:
    """Sub-items of a passage: a series (1), (2) … of at least two, each up to the mark of the next."""
    # A marked item "(1) …" may itself run on with "; (2) …".
    starts = [(passage.start, passage.marker, passage.start)] if passage.style == "paren" else []
    for match in _INLINE_MARK.finditer(text, passage.start, passage.end):
        if any(a <= match.start() < b for a, b in passage.gaps or ()):
            continue
        mark, number = match[0].strip("("), ordinal("paren", match[0])
        if starts:
            follows = mark[0].isdigit() == starts[-1][1].strip("(")[0].isdigit()
            follows = follows and number == ordinal("paren", starts[-1][1]) + 1
        else:
            follows = number == 1
        if follows:
            starts.append((match.end(), match[0], match.start()))
    if len(starts) < 2:
        return []
    items: list[Passage] = []
    last = len(starts) - 1
    for k, (begin, marker, first) in enumerate(starts):
        end = starts[k + 1][2] if k < last else sentences(text, begin, passage.end)[0][1]
        begin, end = _shrink(text, begin, end)
        if k < last and end > begin and text[end - 1] in ";,.":
            end -= 1
        kind, section = PassageKind.SUBITEM, passage.section
        items.append(Passage(first, begin, end, "paren", marker, kind=kind, section=section, lead=index))
    return items


def _shrink(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in EDGE + "\n":
        end -= 1
    while start < end and text[start] in EDGE + "\n":
        start += 1
    return start, end
