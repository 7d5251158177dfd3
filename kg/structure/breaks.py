"""How a text breaks its lines, and whether a line goes on with the sentence of the line before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from kg.ontology.tables import provinces
from kg.structure.markers import HEADED, RANK
from kg.structure.model import Passage
from kg.text.late import late

__all__ = [
    "BEFORE_NUMBER",
    "OPENS_BASIS",
    "Layout",
    "continues",
    "layout_of",
    "lists_grounds",
    "names_document",
    "unfinished",
]

_TERMINAL: Final = ".;:!?…"
_CLOSERS: Final = '"”’)]*_ '
_SHORTENED: Final = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|TX|Tx|TT|Th|ThS|TS|PGS|GS|KT|TL|TM|TUQ|[A-ZĐ])\.\Z")
# Words that leave a sentence open, and capitalised words that only open one.
_CONNECTOR: Final = re.compile(
    r"(?<!\w)(?:của|và|về|tại|theo|các|những|do|là|với|cho|trong|từ|đến|trên|thuộc|gồm|hoặc|tỉnh|huyện|xã|phường|Bộ|Sở"
    r"|khoản|điểm|Điều|Phòng|Nghị|Quyết|Thông|Kế|Chánh|Ban|Các|Những|Giám|Chủ|Ủy|Hội|Văn|Công)\Z"
)
_UNIT: Final = re.compile(r"(?:tỉnh|huyện|xã|phường)\Z")
_BODY: Final = re.compile(
    r"(?:Sở|Ban|Ủy ban|UBND|Hội đồng|HĐND|Công an|Văn phòng|Đoàn|Thủ trưởng|Giám đốc|Chủ tịch|Chánh)(?!\w)"
)
"""What no unit is called: ``… trên địa bàn tỉnh⏎⏎Sở Công Thương …``."""
BEFORE_NUMBER: Final = re.compile(r"(?<!\w)(?:ngày|tháng|năm|số|từ|đến|khoản|Điều|Phụ lục)\Z")
_ROMAN: Final = re.compile(r"[IVX]{1,5}\b")
_IN_ARTICLE: Final = re.compile(r"(?<!\w)(?:khoản|điểm|tiết)\s[\w.]{1,3},?\Z")
"""``Bổ sung điểm c khoản 1⏎Điều 1 Nghị quyết …``: the article that the line before speaks of opens no passage."""
_OPENER: Final = re.compile(
    r"(?:Trong|Hiện|Để|Từ|Đến nay|Khi|Bên cạnh|Ngoài ra|Tuy nhiên|Tuy|Do|Nhờ|Nhằm|Với|Qua|Nhìn chung|Thời gian"
    r"|Đồng thời|Trên|Sau|Tại|Theo|Căn cứ|Các|Những|Ngày(?= \d)|Năm(?= \d)|Triển khai|Thực hiện|Tham mưu|Phối hợp"
    r"|Tăng cường|Đẩy mạnh|Tiếp tục|Giao(?! thông)|Đề nghị|Rà soát|Chủ trì|Đối với|Việc(?! làm)|Trách nhiệm)\b"
)
_PAGE: Final = re.compile(r"\s*\d{1,4}\s*")
_WORD: Final = re.compile(r"\S+")
_CLAUSE: Final = 4
"""Blanks in a line from which on it is a clause, no title such as "Căn cứ pháp lý"."""
OPENS_BASIS: Final = re.compile(
    r"(?:Căn cứ|Theo|Xét|Thực hiện|Thi hành|Trên cơ sở|Tiếp theo|Sau khi xem xét|Chấp hành)\b"
)

_ADDRESS: Final = re.compile(r"(?:Kính gửi|Căn cứ)\b")
"""Behind a document's title comes to whom it goes, then what it rests on, each on a line of its own."""
_VERBS_ALONE: Final = late(
    r"(?:(?:[Tt]iếp tục|[Tt]ổ chức|[Tt]ập trung|[Nn]ghiêm túc|[Kk]hẩn trương|[Pp]hối hợp|[Tt]hực hiện|[Tt]riển khai"
    r"|[Qq]uán triệt|[Cc]ụ thể hóa|[Tt]hi hành|[Cc]ăn cứ|[Tt]heo|và)[ ,*_]*+){1,8}+"
)
_NUMBERED: Final = re.compile(
    r"(?:Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư|Thông báo|Kế hoạch|Chương trình|Kết luận|Công điện|Công văn"
    r"|Văn bản|Đề án)\s(?:số\s|\d)"
)

# Neither a row of a table nor a footnote.
_PROSE: Final = frozenset(("", *RANK))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text breaks its lines."""

    width: float
    """Usual length of a line before a soft break; 0 where every line is a paragraph."""
    fit: float
    """Length that such a line plus the word after the break exceeds."""
    blank_splits: bool
    """Whether an empty line always ends a paragraph."""
    blocks: bool
    """Whether, besides, nothing but an empty line ends one: the text of a web page or of Markdown."""


def layout_of(text: str, lines: list[Passage]) -> Layout:
    """Judge by the plain soft breaks: an unfinished line before one that goes on in lower case."""
    printed = [line for line in lines[:5000] if line.style != "skip"]
    soft = [
        (previous, line)
        for previous, line in pairwise(printed)
        if not line.style
        and text[line.start].islower()
        and text[previous.end - 1] not in _TERMINAL
        and previous.style != "row"
    ]
    if len(soft) < 3 or len(soft) < 0.15 * len(printed):
        return Layout(0, 0, False, False)
    width = sorted([previous.end - previous.first for previous, _ in soft])[len(soft) // 2]
    if width > 220:
        return Layout(0, 0, False, False)
    fit = sorted([_reach(text, previous, line) for previous, line in soft])[len(soft) // 6]
    crossed = sum([text.count("\n", previous.end, line.first) > 1 for previous, line in soft])
    blank_splits = crossed <= 0.05 * len(soft)
    blank = sum([text[line.end + 1] == "\n" for line in printed[:-1]]) if blank_splits else 0
    return Layout(width, fit, blank_splits, blank_splits and blank >= 0.15 * len(printed))


def _reach(text: str, previous: Passage, line: Passage) -> int:
    """Length that ``previous`` would have with the first word of ``line``."""
    word = _WORD.match(text, line.start, line.end)
    return previous.end - previous.first + 1 + (word.end() - line.start if word else 0)


def unfinished(text: str, line: Passage) -> bool:
    """Tell whether the text up to ``line.end`` breaks off in the middle of a sentence."""
    at = line.end - 1
    while at > line.start and text[at] in _CLOSERS:
        at -= 1
    char = text[at]
    if char == ".":
        return bool(_SHORTENED.search(text, max(line.start, at - 5), at + 1))
    return char not in _TERMINAL


def _begun(text: str, line: Passage) -> bool:
    """Whether a line without a full stop begins a sentence: ``Căn cứ chỉ đạo của Tổng⏎Bí thư …``."""
    opens = OPENS_BASIS.match(text, line.start, line.end) or _OPENER.match(text, line.start, line.end)
    return bool(opens) and text.count(" ", line.start, line.end) >= _CLAUSE


def names_document(text: str, layout: Layout, item: Passage, previous: Passage, line: Passage) -> bool:
    """Whether an item that opens with a document ends as a heading before ``line``: the line before it had room.

    ``a) Kết luận số … của Bộ Chính trị⏎UBND tỉnh đã ban hành …``; ``previous`` is the last line of ``item``.
    """
    if not (text[line.start : line.start + 1].isupper() and unfinished(text, previous)):
        return False
    if text.endswith("Thủ tướng", previous.start, previous.end) and text.startswith("Chính phủ", line.start):
        return False
    return bool(_NUMBERED.match(text, item.start)) and 0 < _reach(text, previous, line) < layout.fit


def lists_grounds(text: str, opening: Passage, line: Passage) -> bool:
    """Whether ``line`` is the next of the documents with which a sentence opens: ``Thực hiện A;⏎Kế hoạch B, …``."""
    open_ = text[opening.end - 1] == ";" and OPENS_BASIS.match(text, opening.start, opening.end)
    return bool(open_ and _NUMBERED.match(text, line.start, line.end))


@cache
def _halves() -> frozenset[tuple[str, str]]:
    """Neighbouring words in the names of provinces, in small letters."""
    names = [province.name.lower().split() for province in provinces()]
    return frozenset(pair for name in names for pair in pairwise(name))


def _within_name(text: str, previous: Passage, line: Passage) -> bool:
    """Whether the break stands within the name of a province: ``trên địa bàn tỉnh Điện⏎Biên``."""
    blank = text.rfind(" ", previous.start, previous.end)
    last = text[blank + 1 : previous.end] if blank >= 0 else ""
    if not last[:1].isupper():
        return False
    word = _WORD.match(text, line.start, line.end)
    return word is not None and (last.lower(), word[0].rstrip(",.;:)*").lower()) in _halves()


def continues(text: str, layout: Layout, previous: Passage, line: Passage, interrupted: bool = False) -> bool:
    """Tell whether the unmarked ``line`` goes on with the sentence of ``previous``."""
    if line.hashes or line.start >= line.end:
        return False
    char = text[line.start]
    open_ended = text[previous.end - 1].isalnum() or unfinished(text, previous)
    if open_ended and char.islower():
        return True
    length = previous.end - previous.first
    full = bool(layout.width) and length >= 0.85 * layout.width
    if char.islower():
        return full and text[previous.end - 1] != "."
    breaks = 1 if interrupted else text.count("\n", previous.end, line.first)
    if char in ",;.)%”":
        return breaks == 1
    if not (open_ended or layout.width):
        return False
    if char in "KC" and _ADDRESS.match(text, line.start):
        return False
    if layout.blocks and breaks == 1 and previous.style in _PROSE:
        # "Điều 4. Quản lý chợ⏎Việc quản lý …": the next word had room, the break is meant; "Các" may open a cell.
        opens = _OPENER.match(text, line.start) and not text.startswith("Các", line.start)
        if open_ended and opens and _reach(text, previous, line) < layout.fit:
            return False
        return open_ended or length >= 0.6 * layout.width
    if _OPENER.match(text, line.start):
        return False
    tail = max(previous.start, previous.end - 8)
    if open_ended and (breaks < 4 or _PAGE.fullmatch(text, previous.end, line.first)):
        link = BEFORE_NUMBER if char.isdigit() or _ROMAN.match(text, line.start) else _CONNECTOR
        other = breaks > 1 and _UNIT.search(text, tail, previous.end) and _BODY.match(text, line.start)
        if link.search(text, tail, previous.end) and not other:
            return True
        article = char == "Đ" and text.startswith("Điều", line.start)
        if article and _IN_ARTICLE.search(text, max(previous.start, previous.end - 12), previous.end):
            return True
        if breaks == 1 and char.isupper() and _within_name(text, previous, line):
            return True
    numbered = open_ended and breaks < 3 and _NUMBERED.match(text, line.start, line.end)
    if numbered and _VERBS_ALONE.fullmatch(text, previous.start, previous.end):
        # "1. Triển khai thực hiện⏎Nghị quyết số …": a verb alone is no title.
        return True
    if open_ended and breaks == 1 and text[previous.end - 1] in "-/":
        return True
    if layout.width == 0 or breaks > 3 or (breaks > 1 and layout.blank_splits):
        return False
    if open_ended and breaks == 1 and not previous.style and _begun(text, previous):
        return True
    if open_ended:
        upper = text[line.start : line.end].isupper()
        if text[previous.start : previous.end].isupper():
            return upper and previous.style in RANK and breaks == 1
        if previous.style in HEADED and text[previous.end - 1] != "," and _reach(text, previous, line) < layout.fit:
            # The next word had room on this line: the break is meant, the line is a title.
            return False
        return not upper and (length >= 0.6 * layout.width or char.isdigit())
    at_item = text[previous.end - 1] == ";" and full
    return at_item and not OPENS_BASIS.match(text, line.start)
