"""Names of steering committees: ``Ban Chỉ đạo``, then what they steer, which may be a whole list.

A name runs through its subject: ``Ban Chỉ đạo liên ngành về an toàn thực phẩm``.  A comma inside it
belongs to the name where the list that it begins is brought to its end, by "và", by the place of the
committee or by the end of the sentence; before another body or a verb it ends the name.  Where nothing
tells the end, none is told: a name cut in its middle is that of no committee.

>>> text = "Ban Chỉ đạo phát triển du lịch, dịch vụ và thương mại về Kế hoạch số 12"
>>> text[: name_end(text, 0)]
'Ban Chỉ đạo phát triển du lịch, dịch vụ và thương mại'
>>> text = "Ban Chỉ đạo chuyển đổi số, các sở, ban, ngành"
>>> text[: name_end(text, 0)]
'Ban Chỉ đạo chuyển đổi số'
>>> name_end("Ban Chỉ đạo du lịch, dịch vụ, Sở Công Thương", 0) is None
True
"""

from __future__ import annotations

import re
from typing import Final

from kg.entities import symbols
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.normalization import UPPER

__all__ = ["council_at", "name_end"]

_LONGEST: Final = 200
# A line may break between two syllables.
_ENDS, _NEIGHBOURS, _VERBS = (
    words(f"committee_{name}").replace(" ", r"\s+") for name in ("ends", "neighbours", "verbs")
)
_END: Final = late(rf"[;.:()|\"]|\s{_ENDS}(?=[\s,])")
_PARAGRAPH: Final = late(rf"\n\s*\n(?=[^\w]|[\d{UPPER}])")
_COMMA: Final = re.compile(r",(?!(?<=phòng,) chống)\s")
_SUBJECT: Final = late(rf"(?:Ban [Cc]hỉ đạo|{words('councils')})\s")
_COUNCIL: Final = late(rf"{words('councils')}(?=\s{{1,3}}(?:về\s(?!việc)|[{UPPER}]))")
"""A council that is called by what it advises on or appraises: ``Hội đồng tư vấn về đặt tên đường``."""
_OF_THE_GOVERNMENT: Final = re.compile(r"\s{1,3}của\s{1,3}Chính\s{1,3}phủ(?!\w)")
_NEIGHBOUR: Final = late(rf"{_NEIGHBOURS}(?!\w)|[{UPPER}\d]")
_CLAUSE: Final = late(rf"\s{_VERBS}\s")
_CLOSED: Final = re.compile(r"\s(?:và|&)\s")
_PLACED: Final = late(
    r"\s(?:tỉnh|thành phố|TP\.?)(?:\s[A-ZĐ]|\Z)|\s(?:[Tt]rung ương|[Qq]uốc gia|các cấp|cấp (?:tỉnh|huyện|xã))\Z"
)
_ABOUT: Final = re.compile(r"\svề\s")
# "Ban Chỉ đạo Trung ương về tổng kết Nghị quyết số 18-NQ/TW": the number is a part of the name.
_CARRIES_OUT: Final = late(
    r".*\s(?:tổng kết|sơ kết|thực hiện|triển khai|thi hành) (?:việc )?(?:thi hành |thực hiện )?"
    r"(?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Kế hoạch|Đề án|Chương trình)\Z"
)
_NUMBER: Final = re.compile(r"\s{1,3}(?:số\s{1,3})?(?=\d)")
_BARE: Final = re.compile(r"\d{1,4}(?![\w/-])")


def name_end(text: str, pos: int) -> int | None:
    """Where the committee's name ends that begins at ``pos`` of a normalized text; None where that can't be told.

    >>> text = "Ban Chỉ đạo của Chính phủ về tổng kết Nghị quyết số 18-NQ/TW về việc"
    >>> text[: name_end(text, 0)]
    'Ban Chỉ đạo của Chính phủ về tổng kết Nghị quyết số 18-NQ/TW'
    """
    end = _words_end(text, pos)
    if end and _CARRIES_OUT.match(" ".join(text[pos:end].split())) and (gap := _NUMBER.match(text, end)):
        symbol, bare = symbols.find(text, gap.end()), _BARE.match(text, gap.end())
        end = symbol.end if symbol else bare.end() if bare else end
        of = _OF_THE_GOVERNMENT.match(text, end)
        return of.end() if of else end
    return end


def council_at(text: str, pos: int) -> bool:
    """Whether a council begins at ``pos`` of a normalized text whose name runs as a steering committee's.

    >>> council_at("Hội đồng tư vấn về đặt tên đường phố", 0), council_at("Hội đồng tư vấn đã họp", 0)
    (True, False)
    """
    return _COUNCIL.match(text, pos) is not None


def _words_end(text: str, pos: int) -> int | None:
    """Where the words of the name end."""
    # The line may break inside the name, and so may a page.
    reach = text[pos : pos + _LONGEST]
    flat = _PARAGRAPH.split(reach, maxsplit=1)[0].replace("\n", " ")
    marked = len(flat) < len(reach)
    if stop := _END.search(flat, 4):
        flat, marked = flat[: stop.start()], not stop[0].strip().isalpha()
    flat = flat.rstrip(" ,")
    items = _items(flat)
    first = items[0][1]
    if len(items) == 1 or not _SUBJECT.match(flat) or _CLAUSE.search(flat, 0, first):
        return pos + first
    for begin, end in reversed(items[1:]):
        if _PLACED.search(flat, begin, end):
            return pos + end
    for begin, end in items:
        if _CLOSED.search(flat, begin, end):
            about = _ABOUT.search(flat, begin, end) if begin else None
            return pos + (about.start() if about else end)
    return pos + items[-1][1] if marked and items[-1][1] == len(flat) else None


def _items(flat: str) -> list[tuple[int, int]]:
    """The members of the list that a name may be: what follows a comma in small letters and is no clause."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for comma in [*_COMMA.finditer(flat), None]:
        end = comma.start() if comma else len(flat)
        if spans and (_NEIGHBOUR.match(flat, begin) or _CLAUSE.search(flat, begin, end)):
            break
        spans.append((begin, end))
        begin = comma.end() if comma else end
    return spans
