"""Those who are no authority and must act: ``các tổ chức, cá nhân hoạt động hóa chất``, ``Quý cơ quan``."""

from __future__ import annotations

import re
from typing import Final

from kg.entities import enterprises
from kg.ontology.wording import words
from kg.tasks.member import Member
from kg.tasks.speech import Speech
from kg.text.late import late

__all__ = ["concerned", "dutiful", "general", "unnamed", "you"]

_WHICH: Final = (
    rf"(?:\s+(?!{words('acts')}(?!\w)|{words('people_stops')}(?!\w)|(?<=,\s){words('leaders')}\s)[^\s:;.()]+){{1,16}}"
)
_PEOPLE: Final = late(
    rf"(?:(?:những|mọi|mỗi)\s+|(?=các\s))(?P<many>(?:các\s+)?{words('people')}(?:(?:,|\s+và)\s+{words('people')})*{_WHICH})"
    rf"|(?P<some>{words('people')}(?:(?:,|\s+và)\s+{words('people')})+{_WHICH}|{words('private_people')}{_WHICH})",
    re.IGNORECASE,
)
_DUTIFUL: Final = late(
    rf"(?:(?:những|mọi|mỗi)\s+)?(?P<name>(?:các\s+)?{words('dutiful')}(?!\w)(?:,?\s+(?!(?:{words('undutiful')})(?!\w))[^\s,:;.()]+)"
    rf"{{0,16}}?)(?=\s+(?:{words('duty')}|phải)(?!\w))",
    re.IGNORECASE,
)
_UNITS: Final = (
    rf"{words('general_units')}(?!\w)"
    rf"(?:(?:,|\svà)\s(?:các\s)?(?!tổ chức,\scá nhân)(?:{words('general_units')}|doanh nghiệp)(?!\w))"
)
_GENERAL: Final = late(
    rf"(?:tất cả\s+)?(?P<name>(?:các\s+{_UNITS}*|{_UNITS}+)"
    r"(?P<scope>\s(?:trên|trong)(?:\stoàn)?(?:\sđịa bàn)?(?:\s(?:toàn\s)?(?:tỉnh|thành phố|huyện|xã|phường))?(?!\w)"
    r"|\sđược\s(?:giao|phân công)(?:\s(?:nhiệm vụ|chủ trì|thực hiện|phối hợp|quản lý))*(?!\w))?)"
    r"(?:\s(?:theo|tại|trong)\s[^,;:.()]{1,60}?\snày)?"
    rf"(?!\s+{words('describing')}(?!\w))"
    rf"(?=,?\s+(?:{words('acts')}|và\s(?:các\s)?địa phương|có biện pháp)(?!\w)|,\s(?:các\s)?địa phương(?!\w)"
    r"|,\s(?:tổ chức,\s)?cá nhân\s(?:có\s)?liên quan(?!\w)|\s*[:.]|\s*\Z)",
    re.IGNORECASE,
)
_PRIVATE: Final = late(rf"(?P<name>{words('private_people')})(?=\s+{words('acts')}(?!\w))", re.IGNORECASE)
_UNNAMED: Final = late(rf"{words('private_people')}", re.IGNORECASE)
_YOU: Final = late(
    rf"(?:quý\s+\w+(?:\s(?:quan|vị|ty))?|các\s+(?:{words('people')}|cơ quan|công ty)"
    rf"(?:(?:,|\s+và)\s+(?:{words('people')}|cơ quan|công ty|địa phương))*"
    r"|(?-i:Công ty))(?!\w|\s+(?:chủ trì|có|liên quan|thuộc|chức năng))",
    re.IGNORECASE,
)


def concerned(piece: str, at: int) -> Member | None:
    """Those who are no authority, as the text calls them."""
    match = _PEOPLE.match(piece, at)
    if not match:
        return None
    kind = match.lastgroup or "many"
    name = match[kind].rstrip(" ,")
    return Member((_named(name),), match.start(kind) + len(name))


def dutiful(piece: str, at: int) -> Member | None:
    """Those whom words of duty behind make the ones who must act, as the text calls them."""
    match = _DUTIFUL.match(piece, at)
    name = match["name"] if match else ""
    return Member((_named(name),), match.end()) if match else None


def general(piece: str, at: int) -> Member | None:
    """Units or enterprises in general, as the text calls them: ``các cơ quan, đơn vị``, ``chủ đầu tư``.

    >>> general("Các cơ quan, đơn vị được giao nhiệm vụ chủ động triển khai", 0).names
    ('Các cơ quan, đơn vị được giao nhiệm vụ',)
    >>> general("các cơ quan, đơn vị liên quan triển khai", 0), general("chủ đầu tư nộp hồ sơ", 0)
    (None, None)
    """
    match = _GENERAL.match(piece, at) or _PRIVATE.match(piece, at)
    return Member((_named(match["name"]),), match.end("name"), group=True) if match else None


def unnamed(names: tuple[str, ...]) -> bool:
    """Whether who is told is only called by what it is: ``Chủ đầu tư``."""
    return len(names) == 1 and _UNNAMED.fullmatch(names[0]) is not None


def _named(words: str) -> str:
    """A name of what the text calls people: ``các Tổ chức, cá nhân`` -> ``Các tổ chức, cá nhân``."""
    many, _, rest = words.partition(" ")
    if many.lower() == "các":
        return f"Các {rest[:1].lower()}{rest[1:]}"
    return words[:1].upper() + words[1:]


def you(piece: str, at: int, speech: Speech) -> Member | None:
    """``Quý cơ quan``, ``các đơn vị``: those to whom the document is addressed; people in general go by their name."""
    match = _YOU.match(piece, at)
    if match is None:
        return None
    if match[0] == "Công ty" and not any(enterprises.read(name, 0) for name in speech.addressees):
        return None
    anybody = match[0] if "cá nhân" in match[0] else ""
    names = speech.addressees or ((anybody[0].upper() + anybody[1:],) if anybody else ())
    return Member(names, match.end(), group=True) if names else None
