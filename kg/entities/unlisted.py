"""Names of bodies that no table lists, read by their heads: ``Trung tâm Phát triển quỹ đất huyện Mộ Đức``.

A name begins with one of the usual words for a kind of body and runs over capitals and their second syllables; it
ends with its place, before a verb, a denial or another function word, or where small syllables go on with the sentence.

>>> from kg.text.normalization import fold
>>> text = "Thuế thành phố Hà Nội không có bản án"
>>> read(text, fold(text), 0)
('Thuế thành phố Hà Nội', 21, True)
>>> text = "Trung tâm Kiểm soát bệnh tật tỉnh đã ban hành"
>>> read(text, fold(text), 0, "Cà Mau")
('Trung tâm Kiểm soát bệnh tật tỉnh Cà Mau', 33, False)
"""

from __future__ import annotations

import re
from typing import Final

from kg.entities import enterprises
from kg.entities.localities import LEVEL, in_named_unit, with_place
from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.normalization import UPPER
from kg.text.openings import first_words
from kg.text.patterns import breakable, wrapped

__all__ = ["HEAD", "openings", "read"]


def _wrapped_late(pattern: str) -> re.Pattern[str]:
    """As `wrapped`, for a long pattern of a rare rule."""
    return late(breakable(pattern))


_KINDS: Final = (
    r"(?:Tổng |Chi )?[Cc]ục|Bộ|Sở|Ban|Ủy ban|Hội đồng|Viện|Văn phòng|Thanh tra|Công an|Tòa án|Trung tâm"
    r"|Tổ công tác|Kho bạc|Đài|Hội|Liên đoàn|Liên minh|Tập đoàn|Tổng [Cc]ông ty|Công ty|Trường(?! hợp)|Bảo hiểm"
    r"|Ngân hàng|Bưu điện|Phòng|Đảng bộ|Đảng đoàn|Vụ|Học viện|Hạt Kiểm lâm|Hiệp hội|Liên hiệp|Thuế|Hải quan"
    r"|Chi nhánh|Đoàn"
)
_NAMED_KINDS: Final = r"Bệnh viện|Đại học|Quỹ|Cảng vụ|Trạm|Đội|Hạt|Vườn quốc gia"
# Words for a kind of body, but those that only begin as one does: "Bộ luật", "Phòng cháy".
HEAD: Final = _wrapped_late(
    rf"(?!(?i:{words('body_lookalikes')})(?!\w))"
    rf"(?:{_KINDS})(?!\w|\s+[Tt]rưởng(?!\w))|(?:{_NAMED_KINDS})(?= (?:đa khoa |[{UPPER}]))"
)
_SOCIAL: Final = re.compile(r"Xã\s{1,3}Hội(?!\w)")
"""No commune, in a name in title case: ``Bảo hiểm Xã Hội Tỉnh An Giang``."""
_BARE_UNIT: Final = wrapped(r"\s{1,3}(?:huyen|quan|thi xa|xa(?! hoi| vien)|phuong|thi tran|dac khu)(?![a-z])")
_PLACED_ALONE: Final = ("Thuế", "Hải quan", "Hạt Kiểm lâm", "Bưu điện")
_COUNTING: Final = ("số", "sở", "vực", "vùng")
"""Behind these words a figure is a part of the name: ``Thuế cơ sở 3``, ``Trường THPT số 1``."""
_FIGURE: Final = re.compile(r"\s{1,3}\d{1,3}(?![\w/.,-])")
_NUMBERED: Final = re.compile(r"Trường|Đội|Trạm|Bệnh viện|Trung tâm")
_LONGEST: Final = 14
"""Syllables that such a name has at most."""
_UNIT_WORDS: Final = frozenset(("thành", "tp", "huyện", "quận", "thị", "tx", "xã", "phường", "đặc"))
_DOCUMENT: Final = re.compile(r"[^\W\d_]+(?:\s{1,3}[^\W\d_]+){1,3}\s{1,3}(?:số\s)?\s{0,2}\d")
_FIRM: Final = re.compile(r"(?:[Cc]ổ phần|TNHH|CP|MTV|thành viên)\Z")
"""Behind these a firm's name goes on, often with a verb: ``Công ty Cổ phần xây dựng …``."""
_COMPOUND: Final = _wrapped_late(rf"(?<!\w)(?i:{words('body_compounds')})\Z")
"""A word that ends so is a part of the name: ``Trung tâm Chuyển đổi số``, ``Văn phòng đăng ký đất đai``."""
_MANAGING, _MANAGED = ("Quản lý", "QLDA"), re.compile(r"(?:\s[^\W\d_]+){2}")
_INSIDE: Final = _wrapped_late(rf"{words('inside_names')}(?!\w)")
"""A stop that begins one of these is a part of the name: ``Ban QLDA ĐTXD các công trình giao thông``."""
_OWN_NAME: Final = late(rf"(?:[{UPPER}]\w*\s{{1,3}}[{UPPER}]\w*|(?<!\w)[{UPPER}][{UPPER}&]+)\Z")
"""Two words with a capital each, or letters: no small syllable completes them (``Việt Nam``, ``PCCC&CNCH``)."""
_STOP: Final = frozenset(entries("body_stops"))
_VERBS: Final = _wrapped_late(rf"{words('body_verbs')}(?!\w)")
_ACTS: Final = _wrapped_late(rf"(?:{words('stranger_acts')})(?!\w)")
"""What nobody manages: ``Ban Quản lý chủ trì …``, but ``Ban Quản lý xây dựng …``."""
_WORD: Final = late(
    rf"(?!\s?\n\s?\n\s?[{UPPER}])"  # a blank line and a capital begin something else
    rf"(?:\s{{1,3}}(?:[-&]\s)?|,\s{{1,3}}(?!{words('titles')}(?!\w))(?=[{UPPER}][^\W\d_{UPPER}]))"
    r"(?!(?:nhiệm kỳ|khóa)\s{1,3}[IVX\d])([^\W\d_][\w/&-]*)"
)


def openings() -> frozenset[str]:
    """Words, in small letters, with which such a name may begin."""
    return enterprises.OPENINGS | first_words(f"{_KINDS}|{_NAMED_KINDS}")


def read(text: str, folded: str, pos: int, province: str | None = None) -> tuple[str, int, bool] | None:
    """Full name of the body named at ``pos``, where that ends, and whether its place is written; None for no body.

    ``folded`` is ``fold(text)``, ``province`` the place of a body whose name ends with a bare ``tỉnh``.
    """
    if enterprise := enterprises.read(text, pos):
        return *enterprise, False
    head = HEAD.match(text, pos)
    if not head:
        return None
    end, capital = _run(text, folded, pos, head.end())
    level = LEVEL.match(folded, end)
    of_province = level is not None and level[1] == "tinh"
    named = in_named_unit(text, folded, "", level) if level else None
    if capital > head.end() and not (named or of_province) and not text[pos:end].startswith("Ban Chỉ đạo"):
        # One small syllable completes a compound word ("Thương mại"); further ones are the sentence going on.
        own = _OWN_NAME.search(text, head.end(), capital)
        tail = None if own and not HEAD.match(text, own.start()) else _WORD.match(text, capital)
        stop = tail.end() if tail else capital
        if _COMPOUND.search(text, pos, end):
            stop = end  # "Trung tâm Chuyển đổi số"
        # "Phòng Quản lý công nghiệp": what is managed is a part of the name.
        managed = _MANAGED.match(text, stop) if text.endswith(_MANAGING, pos, stop) else None
        end = min(end, managed.end() if managed else stop)
        if unit := _BARE_UNIT.match(folded, end):
            end = unit.end()
    # "Thuế tỉnh": the place is all the name there is.
    if end == head.end() and not (head[0] in _PLACED_ALONE and (named or of_province)):
        return None
    name = " ".join(text[pos:end].split())
    if level and named:
        full, end = in_named_unit(text, folded, name, level) or (name, end)
        return full, end, True
    if level and of_province:
        return with_place(name, province) if province else f"{name} tỉnh", level.end(1), False
    return name, end, False


def _run(text: str, folded: str, pos: int, end: int) -> tuple[int, int]:
    """How far the words go on that can be the name's, behind its head which ends at ``end``; and the last capital's."""
    capital = end
    while (word := _WORD.match(text, end)) and len(text[pos:end].split()) < _LONGEST:
        if "," in word[0] and HEAD.match(text, word.start(1)):
            break  # the next body of a row
        if _ends(text, pos, end, word) or _of_unit(text, folded, end, word):
            break
        figure = _FIGURE.match(text, word.end()) if word[1].lower() in _COUNTING else None
        end = figure.end() if figure else word.end()
        if figure or word[1][0].isupper():
            capital = end
    return end, capital


def _of_unit(text: str, folded: str, end: int, word: re.Match[str]) -> bool:
    """Whether a word behind ``end`` begins the unit whose name stands there: ``huyện Mộ Đức``."""
    if word[1].lower() not in _UNIT_WORDS or _SOCIAL.match(text, word.start(1)):
        return False
    level = LEVEL.match(folded, end)
    return level is not None and in_named_unit(text, folded, "", level) is not None


def _ends(text: str, pos: int, end: int, word: re.Match[str]) -> bool:
    """Whether the name from ``pos`` to ``end`` ends before a word that goes on with the sentence."""
    stops, verb = word[1] in _STOP, _VERBS.match(text, word.start(1))
    if stops and _INSIDE.match(text, word.start(1)):
        return False
    if word[1] == "số" and _FIGURE.match(text, word.end()) and _NUMBERED.match(text, pos):
        return False
    if not (stops or verb) or _COMPOUND.search(text, pos, verb.end() if verb else word.end()):
        return False
    if stops:
        return not _goes_on(text, word)
    if text.endswith(_MANAGING, pos, end):
        return bool(_ACTS.match(text, word.start(1)))
    return not _FIRM.search(text, pos, end)


def _goes_on(text: str, word: re.Match[str]) -> bool:
    """Whether "và" joins two parts of one name: ``Cục Văn thư và Lưu trữ nhà nước``, not two bodies."""
    after = _WORD.match(text, word.end()) if word[1] == "và" else None
    if after is None or "," in after[0] or not after[1][0].isupper():
        return False
    return not HEAD.match(text, after.start(1)) and not _DOCUMENT.match(text, after.start(1))
