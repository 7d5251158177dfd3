"""Numbers that follow no rule, where the text itself states that they are a document's.

Enterprises, teams and units number as they like: ``Văn bản số 24.6/GĐN ngày …``, ``Quyết định số
08.12/QĐML-VNS ngày …``, ``công văn số JHDPC/2025/276 ngày …``, ``Giấy đề nghị số 03-2026 ngày …``.  Where a
type and "số" stand before such a number and "ngày" with a date behind it, it is taken as it is written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from kg.citations.lead import lead
from kg.entities.symbols import Style, Symbol

__all__ = ["with_stated"]

# A slash between letters or figures and a letter, as every number has and no date.
_SLASH: Final = re.compile(r"/(?<=\w/)(?=[^\W\d_]|20\d\d[A-ZĐ])")
_BEFORE: Final = re.compile(r"(?:số|SỐ|Số)\s{0,3}:?\s{0,3}(?P<head>\d[\w.&-]{0,12}(?:/20\d\d)?)\Z")
_BEHIND: Final = re.compile(
    r"/[^\W_][\w.&/-]{0,30}(?<![.&/-])"
    r"(?=\s{1,3}(?:(?:đề )?ngày\s{1,3}\d|của\s{1,3}(?:Công|Tổng [Cc]ông|Doanh|Hợp|Tập|Ngân)\s|do\s{1,3}[A-ZĐỦ]))"
)
_LETTERS_FIRST: Final = re.compile(
    r"số\s{1,3}(?P<number>[A-ZĐ]{2,12}[\w.&/-]{0,30}?\d[\w.&/-]{0,30}|\d{1,4}-20\d\d)"
    r"(?<![.&/-])(?=\s{1,3}(?:đề\s)?ngày\s{1,3}\d)"
)
_REACH: Final = 30
_GOES_ON: Final = re.compile(r"[/.&-]\w")


def with_stated(text: str, folded: str, found: list[Symbol], province: str | None) -> list[Symbol]:
    """The numbers ``found`` in a normalized text, with those of no rule in place of what was read of them."""
    stated = [
        Symbol(*match.span("number"), match["number"], "", None, None, (), Style.UNKNOWN)
        for match in _LETTERS_FIRST.finditer(text)
        if lead(text, folded, match.start("number"), province).kind is not None
    ]
    others = _after_slashes(text, folded, found, province)
    if not stated:
        return others
    starts = [symbol.start for symbol in stated]

    def within(symbol: Symbol) -> bool:
        k = bisect_left(starts, symbol.end) - 1
        return k >= 0 and symbol.start < stated[k].end

    return sorted([*stated, *(symbol for symbol in others if not within(symbol))], key=lambda symbol: symbol.start)


def _after_slashes(text: str, folded: str, found: list[Symbol], province: str | None) -> list[Symbol]:
    """``Văn bản số 05/ĐN-Cty``: figures, a slash and letters."""
    out: list[Symbol] = []
    at = 0
    for slash in _SLASH.finditer(text):
        place = slash.start()
        if out and place < out[-1].end:
            continue
        while at < len(found) and found[at].end <= place:
            out.append(found[at])
            at += 1
        read = found[at] if at < len(found) and found[at].start < place else None
        if read and not _GOES_ON.match(text, read.end):
            continue
        behind = _BEHIND.match(text, place)
        before = _BEFORE.search(text, max(0, place - _REACH), place) if behind else None
        if behind is None or before is None or (read and read.start != before.start("head")):
            continue
        start = before.start("head")
        if lead(text, folded, start, province, (), behind.end()).kind is None:
            continue
        number = text[start : behind.end()]
        serial = re.match(r"\d+", number)
        out.append(Symbol(start, behind.end(), number, serial[0] if serial else "", None, None, (), Style.UNKNOWN))
        at += read is not None
    return out + found[at:]
