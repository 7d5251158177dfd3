"""Whether a number at the head of a line is that of a cited document rather than the document's own.

A letterhead gives the number alone on its line or in its cell, or with what stands beside it there: place and day,
the motto, "V/v …" (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II).  A citation that opens a line, be it a row of a
table, an item of a list or a printed line of a sentence, goes on in small letters or with a day of its own, or stands
behind words that lead to it.  The page of a portal has type, number and title above the document, on a line of its own.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kg.entities import bodies, dates
from kg.ontology.wording import words
from kg.text.late import late

__all__ = ["Sign", "quoted"]


class Sign(NamedTuple):
    """What stands with a number: a type before "số", a colon behind it, a type line or a motto in the same head."""

    typed: bool
    colon: bool
    letterhead: bool


_LEADING: Final = late(rf"(?:,|(?<!\w)(?:{words('leading_on')}|(?:{words('places_inside')})\s(?:[\divx]+|[a-z]))\s?)\Z")
"""How a line ends whose sentence goes on with the document on the next one."""
_REACH: Final = 40
_LINE: Final = 120
_DAY: Final = re.compile(r"[\s*_(,]{0,6}(?:(?:ky|ban hanh)\s{1,3})?(?=ngay\s)")
_BEHIND_DAY: Final = re.compile(r"[ \t*_),]{0,4}\n?[ \t*_),]{0,4}")
_REST: Final = re.compile(r"[ \t*_]{0,40}(?P<rest>[^\n|]*)")
_SUBJECT: Final = re.compile(r"[Vv]\s?/\s?[Vv]")
_PLACED: Final = re.compile(r"[^,]{2,40},\s{0,4}[*_]{0,3}ngà")
_WORDS: Final = re.compile(r"(?:của|do|về|quy định|ban hành|phê duyệt|sửa đổi|hướng dẫn)\s[^\W\d]")
_CAPTION: Final = re.compile(r"(?:\A|\n[ \t>]*\n|\n[ \t]*>[ \t]*\n)[ \t*_#>]*\Z")
_ITEM: Final = late(r"(?:[-+•]|(?:\A|\n)[ \t]*(?:\d{1,2}|[a-zđ])[.)])[ \t*_]*\Z")


def quoted(zone: str, folded: str, start: int, end: int, sign: Sign) -> bool:
    """Whether the number whose words stand at ``start:end`` of a head is cited there.

    >>> from kg.text.normalization import fold
    >>> text = "Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ"
    >>> quoted(text, fold(text), 0, 26, Sign(typed=True, colon=False, letterhead=False))
    True
    >>> text = "Luật số: 61/2024/QH15\\nHà Nội, ngày 30 tháng 11 năm 2024\\nLUẬT"
    >>> quoted(text, fold(text), 0, 21, Sign(typed=True, colon=True, letterhead=True))
    False
    """
    before = zone[max(0, start - _REACH) : start].rstrip(" \t\n*_").lower()
    if _LEADING.search(before):
        return True
    capitals = zone[start:end].partition("/")[0].isupper()
    if day := _day_behind(folded, end):
        if sign.typed and not capitals:
            return zone.startswith(("của ", "do "), day + 1) or not _below_a_body(zone, start)
        behind = _BEHIND_DAY.match(zone, day)
        on = zone[behind.end() : behind.end() + 1] if behind else ""
        return on.islower() or not (sign.letterhead or capitals)
    if sign.typed and capitals:
        return False
    found = _REST.match(zone, end)
    rest = found["rest"].strip(" \t*_") if found else ""
    if not rest or _SUBJECT.match(rest) or _PLACED.match(rest):
        item = sign.typed and _ITEM.search(zone, max(0, start - _REACH), start)
        return bool(item) or not (sign.letterhead or (sign.colon and not sign.typed))
    if sign.colon and not sign.typed:
        return bool(_WORDS.match(rest))
    if rest[0] in ".,;:()" or rest[0].islower():
        return True
    # "Nghị định số 60/2024/NĐ-CP Quy định về chợ": the caption of a page, or a row of a table.
    captioned = sign.typed and _CAPTION.search(zone, max(0, start - _REACH), start)
    return not (captioned or sign.letterhead)


def _below_a_body(zone: str, start: int) -> bool:
    """Whether the line above is a body in capitals, as in the gazette: ``BỘ TÀI CHÍNH`` / ``Thông tư số … ngày …``."""
    above = zone[max(0, start - _LINE) : start].rstrip().rpartition("\n")[2].strip(" \t*_|")
    return above.isupper() and bodies.canonical(above) is not None


def _day_behind(folded: str, end: int) -> int | None:
    """Where the day ends that stands right behind a number, without a place."""
    gap = _DAY.match(folded, end)
    found = dates.parse(folded, gap.end()) if gap else None
    return found[1] if found else None
