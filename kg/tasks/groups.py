"""Groups of bodies: ``các sở, ban, ngành``, ``Cục Thuế các tỉnh``; their names are in ``ontology/groups.tsv``."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.entities import bodies
from kg.ontology.tables import Body
from kg.ontology.tables import bodies as body_table
from kg.ontology.tables import groups as group_table
from kg.ontology.wording import words
from kg.tasks.member import MANY, Member, spelt
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.lexicon import Lexicon
from kg.text.normalization import UPPER

__all__ = ["group", "listed", "of_all", "of_kind"]

_OF_PROVINCE: Final = "Các sở, ban, ngành"
_DEPARTMENTS: Final = late(
    rf"(?i:(?:các\s+)?{words('department_words')}(?:(?:,|\s+và|;)?\s+(?:các\s+)?{words('department_words')}(?!\w))+"
    rf"(?:\s+{words('department_places')}(?!\w))?)(?!\s+[{UPPER}])",
)
_DEPARTMENT: Final = re.compile(r"(?<!\w)(?:sở|ngành)(?!\w)", re.IGNORECASE)
_HEADS: Final = late(
    rf"(?:[;,]?\s(?:và\s)?(?:các\s)?{words('leaders')}(?=[,\s])|\A\s(?:các|toàn thể|tất cả)(?=\s))+\s(?:các\s)?",
    re.IGNORECASE,
)
"""Officers of the departments in a row, which their commas don't part as they do bodies, and ``các`` before it."""
_OF_A_BODY: Final = "Phòng, đơn vị thuộc Sở"
_BELOW: Final = re.compile(r"Ủy ban nhân dân (?P<unit>huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) (?P<place>.+)")
_NAMED_KIND: Final = late(rf"[Cc]ác\s(?:[Pp]hòng|[Ss]ở)\s(?=[{UPPER}])")
_OF_HOME: Final = re.compile(r"(?<!cấp)(?<!địa bàn)\s(?:[Tt]ỉnh|[Tt]hành phố)\Z")
_WHOSE: Final = re.compile(r"(?<!\w)(?:so|tinh|thanh pho)(?!\w)")
_IN_PROVINCES: Final = "các tỉnh, thành phố trực thuộc Trung ương"
_EVERYWHERE: Final = re.compile(
    r"\s+(?:o\s+)?cac\s+tinh(?:,?\s+(?:va\s+)?thanh pho(?:\s+truc thuoc trung uong)?)?(?!\w|\s+[a-z]+,)"
)
_OF_ALL_LEVELS: Final = re.compile(r"\s+cac\s+cap(?!\w)")
_KINDS: Final = ("Thanh tra", "Công an", "Tòa án", "Viện kiểm sát", "Mặt trận", "Cơ quan")
_OF_MANY: Final = late(
    r"\s+các\s+(?:(?:bộ|sở|ngành|cấp|đơn vị|địa phương|cơ quan)(?!\w)(?:,\s+|\s+và\s+|(?=\W|\Z)))+(?<![,\s])",
    re.IGNORECASE,
)
"""``Thanh tra các bộ, ngành, địa phương``; ``Công an các đơn vị, địa phương``."""
_TWO_LEVELS: Final = "2025-07"
"""From this month on there are no districts (Nghị quyết 203/2025/QH15)."""


@cache
def listed() -> Lexicon[tuple[str, ...]]:
    """Groups of the table by what texts call them, and the names of those that each stands for."""
    return Lexicon((variant, one.names) for one in group_table() for variant in one.variants)


@cache
def _branched() -> frozenset[Body]:
    """Central bodies that have one of their kind in every province: ``các Cục Thuế``."""
    local = {body.name for body in body_table() if body.kind == "general department" and body.level == "province"}
    return frozenset(body for body in body_table() if body.name in local)


def group(piece: str, folded: str, at: int, speech: Speech) -> Member | None:
    """A group of the table, or the departments of a province in whatever row of words."""
    found = listed().match(folded, at)
    if found and (kind := _NAMED_KIND.match(piece, at)) and kind.end() > found[1]:
        found = None  # "các phòng Giáo dục và Đào tạo"
    row = _DEPARTMENTS.match(piece, at) if speech.header.province else None
    if row and _DEPARTMENT.search(row[0]) and row.end() > (found[1] if found else 0):
        return Member((_at_home(_departments(piece[at : row.end()]), speech),), row.end(), group=True)
    if found is None:
        return None
    names, end = found
    if names == (_OF_PROVINCE,):
        if not speech.header.province and not _WHOSE.search(folded, at, end):
            return Member((), end, group=True)  # "các cơ quan, ban, ngành": of whom, nothing tells
        names = (_departments(piece[at:end]),)
    if names == (_OF_A_BODY,) and (below := _BELOW.match(speech.issuer)):
        unit = "huyện" if below["unit"] in ("huyện", "quận", "thị xã") else "xã"
        names = (f"Phòng, đơn vị thuộc Ủy ban nhân dân cấp {unit}",)
    names = (_places(speech),) if names == ("*",) else tuple(_at_home(name, speech) for name in names)
    return Member(names, end, group=True)


def _at_home(name: str, speech: Speech) -> str:
    """The name of a group with that of the province whose it is, as any body of a province has."""
    home = _OF_HOME.search(name) if speech.header.province else None
    return bodies.with_place(name[: home.start()], speech.header.province) if home else name


def _departments(words: str) -> str:
    """What the text calls the departments of a province, which have no name together in law.

    >>> _departments("Giám đốc các Sở; Thủ trưởng các ban, ngành tỉnh")
    'Các sở, ban, ngành tỉnh'
    >>> _departments("các sở, ban ngành")
    'Các sở, ban, ngành'
    """
    named = spelt(_HEADS.sub(", ", f" {' '.join(words.split())}").lstrip(", ")).replace("ban ngành", "ban, ngành")
    return f"Các {named[0].lower()}{named[1:] if 'Ủy ban' in named else named[1:].lower()}"


def of_all(piece: str, folded: str, at: int, body: bodies.BodySpan) -> Member | None:
    """The bodies of one kind that all provinces, ministries or communes have: ``Cục Thuế các tỉnh, thành phố``."""
    if (every := _EVERYWHERE.match(folded, body.end)) and (body.body is None or body.body.level == "central"):
        kind = f"{body.name} {_IN_PROVINCES}"
        return Member((kind,), every.end(), group=True)
    if (many := MANY.match(piece, max(0, at - 4))) and many.end() == at and body.body in _branched():
        return Member((f"{body.name} {_IN_PROVINCES}",), body.end, group=True)
    if level := _OF_ALL_LEVELS.match(folded, body.end):
        bare = body.body.name if body.body else body.name
        return Member((spelt(f"{bare} các cấp"),), level.end(), group=True)
    if body.name.startswith(_KINDS) and (rest := _OF_MANY.match(piece, body.end)):
        return Member((spelt(f"{body.name} {' '.join(rest[0].split()).lower()}"),), rest.end(), group=True)
    return None


def of_kind(piece: str, folded: str, at: int, speech: Speech) -> Member | None:
    """The departments of one kind that a central body tells to act: ``các Sở Công Thương``."""
    body = bodies.parse(piece, folded, at) if not speech.header.province else None
    if body and body.body and body.body.level == "province" and not body.placed and body.name.startswith("Sở "):
        return Member((f"{body.name} cấp tỉnh",), body.end, group=True)
    return None


def _places(speech: Speech) -> str:
    """What "các địa phương" are to the one who speaks."""
    if not speech.header.province:
        return "Ủy ban nhân dân cấp tỉnh"
    return "Ủy ban nhân dân cấp xã" if speech.day[:7] >= _TWO_LEVELS else "Ủy ban nhân dân cấp huyện"
