"""Bodies as orders and reports list them, in full names.

``Sở A, Sở B và UBND các huyện, thành phố``; ``các Sở: Tài chính, Xây dựng``; ``UBND các xã: A, B``;
``Thủ trưởng các sở, ban, ngành``.  A group has its name in ``ontology/groups.tsv``; whoever else obeys
(``các tổ chức, cá nhân hoạt động hóa chất``) is called as the text does; ``Quý cơ quan`` in a letter is
the one it is addressed to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from kg.entities import bodies, enterprises
from kg.model import Header, apart
from kg.ontology.tables import Body, groups, shortenings
from kg.ontology.tables import bodies as all_bodies
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.lexicon import Lexicon
from kg.text.normalization import UPPER, fold
from kg.text.patterns import alternatives

__all__ = ["Roster", "Speech", "begins", "foreign", "read", "titular"]


@dataclass(frozen=True, slots=True)
class Speech:
    """Who speaks, to whom, and the short names that the document gives to bodies."""

    header: Header
    addressees: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    about: str | None = None
    """The province that a central document is about: its ``Tỉnh``."""
    charged: tuple[str, ...] = ()
    day: str = ""
    """The date of the document, or as much as it tells of the time in which it was written; ISO, empty if unknown."""
    """The bodies whose functions and duties the document lays down."""

    @property
    def issuer(self) -> str:
        """Full name of the body that speaks, of several the first; empty where it is not known."""
        return next(iter(apart(self.header.issuer)), "")

    @property
    def firms(self) -> bool:
        """Whether the document is a letter to enterprises alone."""
        return bool(self.addressees) and all(enterprises.read(name, 0) for name in self.addressees)


class Roster(NamedTuple):
    """The bodies listed in a row, and where it ends."""

    names: tuple[str, ...]
    end: int
    collective: bool
    """Whether one of them is a group."""
    last: int
    """Where its last member begins."""


class _Member(NamedTuple):
    names: tuple[str, ...]
    end: int
    group: bool = False


_LEADERS: Final = late(
    rf"(?:(?:các|toàn thể|tất cả)\s+)?"
    rf"(?:{words('leaders')}\s+(?:\({words('leaders')}\)\s+)?(?:các\s+(?={words('leaders')}\s))?)*",
    re.IGNORECASE,
)
_MANY: Final = re.compile(r"(?:các|toàn thể|tất cả)\s+", re.IGNORECASE)
_GLUE: Final = re.compile(
    r"\s*(?:\([^()]{1,120}\)\s*)?(?:(?:,|;|và|,\s*và|;\s*và|cùng)\s+|/\s*(?=[^\W\d_]))", re.IGNORECASE
)
_OTHERS: Final = late(
    rf"(?:các\s+)?{words('anybody')}(?:(?:,|\s+và)?\s+(?:các\s+)?{words('anybody')}(?!\w))*"
    r"(?P<linked>\s+(?:khác\s+)?(?:có\s+)?liên\s+quan(?:\s+khác)?|\s+khác)?",
    re.IGNORECASE,
)
"""``và các cơ quan, đơn vị liên quan``: nobody in particular."""
_CONCERNED: Final = late(
    rf"(?:(?<=thành phố)\s+(?-i:[{UPPER}]\w+(?:\s[{UPPER}]\w+)?))?"
    r"(?:\s+(?:có\s+)?liên\s+quan(?:\s+khác)?(?!\w|\s+(?:đến|tới)))?"
    r"(?:\s+(?:trên địa bàn(?:\s+toàn)?(?:\s+(?:tỉnh|thành phố))?"
    r"|(?:trong|của)\s+(?:toàn\s+)?(?:tỉnh|thành phố))(?!\w))?",
    re.IGNORECASE,
)
"""Behind a group: ``liên quan trên địa bàn tỉnh``."""
_NEXT: Final = r"và\s+(?:các\s+)?(?:UBND|Ủy ban|sở|Công an)"
"""With these the member behind one that no rule reads begins."""
_UNKNOWN: Final = late(
    rf"(?!{words('no_verbs')}(?!\w)|theo(?!\w)|căn cứ(?!\w))"
    rf"(?:\s*+(?!(?:{words('stranger_acts')}|{_NEXT})(?!\w))[^\s,;.:()]++){{1,24}}+"
    rf"(?=\s*[;,]|\s+{_NEXT}|\s+(?P<acts>(?:chịu|có) trách nhiệm)(?!\w))",
    re.IGNORECASE,
)
"""One of a row that no rule reads: ``Thủ trưởng các tổ chức hành chính khác``."""
_STRANGER: Final = late(
    rf"(?:(?:các|những)\s+)?(?=[{UPPER}]|{words('people')}(?!\w))(?!{words('openings')}(?!\w))[^\s,;.:()]++"
    rf"(?:\s++(?!{words('stranger_acts')}(?!\w))[^\s,;.:()]++){{0,14}}+(?=\s*:|\s+{words('stranger_acts')}(?!\w))"
)
"""The last of a row whose name no rule reads: ``Sở A, Liên hiệp các tổ chức hữu nghị tỉnh chủ trì``."""
_LOCAL_BODY: Final = late(
    rf"(?:{words('local_bodies')})(?:,?\s(?!(?:{words('stranger_acts')}|{words('local_places')})(?!\w))[^\s,;:.()]+){{1,14}}?"
    rf"\s(?P<place>{words('local_places')})(?=\s*[,;:.()]|\s+và\s|\s+{words('acts')}(?!\w)|\s*\Z)"
)
"""A body of the province whose name runs on in small letters, up to its place: ``Quỹ Đầu tư phát triển tỉnh``."""
_TITULAR: Final = late(
    rf"(?P<name>(?:{words('titular_heads')})(?!\w)"
    rf"(?:\s(?!(?:{words('stranger_acts')}|{words('acts')}|{words('assigning')})(?!\w))[^\s,;:.()]+){{1,12}}?)"
    r"\s*(?:\([^()]{1,60}\)\s*)?[*_]*\s*:\W*"
)
_OF_HOME: Final = re.compile(r"\s(?:tỉnh|thành phố)\Z")
_BRANCHES: Final = re.compile(
    rf"(?P<head>[Nn]gành|[Cc]ơ quan) (?P<name>{words('branches')})(?!\w)(?P<all>\s+các\s+cấp(?!\w))?"
)
"""A branch of the administration as the one who acts: ``Ngành Thuế``, ``Cơ quan Thuế các cấp``."""
_BRAND: Final = re.compile(rf"({words('brands')})\s+(?:tỉnh\s+)?(?=[{UPPER}])")
_CLASS: Final = late(
    r"(?:(?i:các\s+(?P<a>Bộ|Sở|Tập đoàn|Tổng công ty))|(?i:(?P<b>Bộ|Sở))(?=[^:]{0,20}:))"
    r"(?:,\s*(?:cơ quan|ngành|ban, ngành))?\s*:?\s+(?=[A-ZĐỦỬ])(?!(?:Thành phố|Tỉnh|Trung ương)(?!\w))"
)
_COMMITTEE: Final = ("ubnd", "uy ban", "chu tich")
_PLACES: Final = re.compile(r"(?:ubnd|uy ban nhan dan) cac (?:tinh|thanh pho)(?:,? (?:thanh pho|tinh))?:? ")
_UNITS: Final = late(
    r"(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân)\s+(?:các\s+)?(?P<unit>huyện|xã|phường|quận|thị trấn|đặc khu)\s*:?\s+"
    rf"(?=[{UPPER}])"
)
_UNIT_NAME: Final = late(rf"[{UPPER}][\w']*(?:[ -][{UPPER}][\w']*){{0,3}}(?:\s\d{{1,2}})?|\d{{1,2}}(?!\d)")
_UNIT_GLUE: Final = late(
    rf"(?:,|;|\s+và|,\s*và)\s+(?=[{UPPER}\d])(?!(?:UBND|Ủy ban|Sở|Công an|Ban)\b|{words('titles')}\b)"
)
_HEAD_OF: Final = re.compile(r"Trưởng\s+(?P<kind>phòng|ban|trạm)\s+(?=[A-ZĐ])(?!Ban\s)")
_WHICH: Final = rf"(?:\s+(?!{words('acts')}(?!\w)|{words('people_stops')}(?!\w))[^\s:;.()]+){{1,16}}"
_PEOPLE: Final = late(
    rf"(?:các|những|mọi|mỗi)\s+(?P<many>{words('people')}(?:(?:,|\s+và)\s+{words('people')})*{_WHICH})"
    rf"|(?P<some>{words('people')}(?:(?:,|\s+và)\s+{words('people')})+{_WHICH}|{words('private_people')}{_WHICH})",
    re.IGNORECASE,
)
_DUTIFUL: Final = late(
    rf"(?:(?:các|những|mọi|mỗi)\s+)?(?P<name>{words('dutiful')}(?!\w)(?:,?\s+(?!(?:{words('undutiful')})(?!\w))[^\s,:;.()]+)"
    rf"{{0,16}}?)(?=\s+(?:{words('duty')}|phải)(?!\w))",
    re.IGNORECASE,
)
_YOU: Final = late(
    rf"(?:quý\s+\w+(?:\s(?:quan|vị|ty))?|các\s+(?:{words('people')}|cơ quan|công ty)"
    rf"(?:(?:,|\s+và)\s+(?:{words('people')}|cơ quan|công ty|địa phương))*"
    r"|(?-i:Công ty))(?!\w|\s+(?:chủ trì|có|liên quan|thuộc|chức năng))",
    re.IGNORECASE,
)
_TERRITORIAL: Final = ("cac", "tinh", "thanh pho")
_TERRITORY: Final = re.compile(r"(?:Tỉnh|Thành phố)(?!\w)(?!\s+(?:ủy|đoàn)(?!\w))")
_TERRITORIES: Final = late(
    rf"các\s+(?:tỉnh|thành phố)(?:,?\s*(?:và\s+)?(?:tỉnh|thành phố))*\s*:?\s+(?=[{UPPER}])", re.IGNORECASE
)
_BLANK: Final = re.compile(r"\s+")
_SELF: Final = re.compile(rf"\s+{words('own_acts')}(?!\w)")
_OF_PROVINCE: Final = "Sở, ban, ngành tỉnh"
_DEPARTMENTS: Final = late(
    rf"(?i:(?:các\s+)?{words('department_words')}(?:(?:,|\s+và|;)?\s+(?:các\s+)?{words('department_words')}(?!\w))+"
    rf"(?:\s+{words('department_places')}(?!\w))?)(?!\s+[{UPPER}])",
)
_DEPARTMENT: Final = re.compile(r"(?<!\w)(?:sở|ngành)(?!\w)", re.IGNORECASE)
_CERTAIN: Final = re.compile(r"(?<!\w)(?:bộ|sở|ngành|địa phương)(?!\w)", re.IGNORECASE)
"""Words of groups that are somebody even where only those concerned are meant."""
_SMALL: Final = late(rf"(?:phòng|trung tâm|chi cục|văn phòng|ban|cục|vụ|sở)\s+(?=[{UPPER}])")
_FIRM: Final = late(
    r"(?:Liên danh|Ban (?:Quản lý|QL) dự án|Ban QLDA)"
    rf"(?!\s+{words('firm_acts')}(?!\w))(?:\s[^\s,;:.()]+){{1,18}}?"
    rf"(?=\s+{words('firm_acts')}(?!\w)|\s*[,;:.()]|\s+và\s+(?:các|Sở|UBND|Ủy ban|Công ty)(?!\w)|\s*\Z)"
)
_PAPER: Final = re.compile(r"Báo\s+(?!và\s)")
_BRANCH: Final = re.compile(
    r"(?:\s*[-–])?\s+chi nhánh\s+(?:(?P<word>tỉnh|thành phố|TP\.?)(?:\s+|(?!\w)))?", re.IGNORECASE
)
_LOCAL: Final = re.compile(r"\s+(?P<word>tỉnh|thành phố)(?!\w)\s*", re.IGNORECASE)
_DESK_OF_OWN: Final = re.compile(rf"(Thanh tra|Văn phòng|Đảng ủy) (Sở|Bộ)(?!\w|\s+[{UPPER}])")
_OF_A_PROVINCE: Final = ("Ủy ban nhân dân tỉnh ", "Ủy ban nhân dân thành phố ")
_OF_A_BODY: Final = "Phòng, đơn vị thuộc Sở"
_BELOW: Final = re.compile(r"Ủy ban nhân dân (?P<unit>huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) (?P<place>.+)")
_NAMED_KIND: Final = re.compile(rf"[Cc]ác\s(?:[Pp]hòng|[Ss]ở)\s(?=[{UPPER}])")
_LETTERS: Final = re.compile(r"[A-ZĐ]{2,8}(?=\s)")
_WHOSE: Final = re.compile(r"(?<!\w)(?:so|tinh|thanh pho)(?!\w)")
_FRONT: Final = "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
"""Told to act by a province, the Front without its level is that of the province."""
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
_PLAIN: Final = ("Bảo hiểm xã hội ", "Thuế ")
"""Unlisted bodies without a capital but the first."""
_DESKS: Final = ("Phòng ", "Trung tâm ", "Thanh tra ", "Chi cục ")
_BARE: Final = re.compile(rf"\S+(?:\s[^{UPPER}\d]+)?")
_TWO_LEVELS: Final = "2025-07"
"""From this month on there are no districts (Nghị quyết 203/2025/QH15)."""


@cache
def _groups() -> Lexicon[tuple[str, ...]]:
    return Lexicon((variant, group.names) for group in groups() for variant in group.variants)


@cache
def _branched() -> frozenset[Body]:
    """Central bodies that have one of their kind in every province: ``các Cục Thuế``."""
    local = {body.name for body in all_bodies() if body.kind == "general department" and body.level == "province"}
    return frozenset(body for body in all_bodies() if body.name in local)


_HEADS: Final = "|".join(
    (
        *map(
            words, ("brands", "leaders", "department_words", "regional_offices", "people", "private_people", "dutiful")
        ),
        "các|toàn thể|tất cả|những|mọi|mỗi|quý|bộ|sở|ban|cục|vụ|phòng|trung tâm|chi cục|văn phòng|thanh tra|đảng ủy",
        "tập đoàn|tổng công ty|công ty|liên danh|tỉnh|thành phố|chủ tịch|trưởng|ubnd|ủy ban|báo",
    )
)
"""With these begins what the patterns above find."""
_FIRST: Final = re.compile(r"[0-9a-z]+")


def begins(piece: str, folded: str, at: int, speech: Speech) -> bool:
    """Whether a row of bodies may begin at ``at``, by its first word; few do."""
    word = _FIRST.match(folded, at)
    if word is None:
        return False
    if word[0] in _openings():
        return True
    return bool(speech.aliases) and any(piece.startswith(alias, at) for alias, _ in speech.aliases)


@cache
def _openings() -> frozenset[str]:
    """Words, unaccented, with which a row of bodies may begin; some more do no harm."""
    heads = (_FIRST.search(fold(head)) for head in (*alternatives(_HEADS), *shortenings()))
    return bodies.openings() | _groups().openings() | {word[0] for word in heads if word}


def read(
    piece: str, folded: str, at: int, speech: Speech, *, known: bool = False, people: bool = True
) -> Roster | None:
    """The bodies listed from ``at`` on in a text of one line, or None; ``folded`` is ``fold(piece)``.

    ``known`` leaves out what only looks like a body: unlisted names but those of enterprises, people,
    ``Quý cơ quan``; without ``people`` the last two and enterprises are left out.

    >>> text = "Sở Công Thương và UBND các huyện triển khai"
    >>> read(text, fold(text), 0, Speech(Header(province="Trà Vinh"))).names
    ('Sở Công Thương tỉnh Trà Vinh', 'Ủy ban nhân dân cấp huyện')
    """
    if not begins(piece, folded, at, speech):
        return None
    found: list[str] = []
    group, kind = False, ""
    last = end = at
    while True:
        if first := _CLASS.match(piece, _behind(_LEADERS, piece, at)):
            kind, at = (first["a"] or first["b"]).capitalize(), first.end()
        others = _OTHERS.match(piece, at) if found else None
        one = _same_kind(piece, kind, at, speech) if kind else _same_level(piece, folded, at, found)
        if one is None and not (others and others["linked"] and not _CERTAIN.search(others[0])):
            one = _one(piece, folded, at, speech, known=known, people=people)
        if one is None:
            if others and others["linked"]:
                end = _behind(_CONCERNED, piece, others.end())
                if not (glue := _GLUE.match(piece, end)):
                    break
                if (rest := _UNKNOWN.match(piece, glue.end())) and rest["acts"]:
                    end = rest.end()
                    break
                at = glue.end()
                continue
            if found and (stranger := _STRANGER.match(piece, at)):
                end = stranger.end()
                break
            stranger = _UNKNOWN.match(piece, _behind(_MANY, piece, at)) if _goes_on(piece, at, found) else None
            if stranger and stranger["acts"]:
                end = stranger.end()
                break
            skips = (_GLUE.match(piece, skipped.end()) for skipped in (others, stranger) if skipped)
            if not (glue := next(filter(None, skips), None)):
                break
            at = glue.end()
            continue
        last = at
        found += one.names
        end, group = _behind(_CONCERNED, piece, one.end) if one.group else one.end, group or one.group
        glue = _GLUE.match(piece, end)
        if not glue:
            break
        at = glue.end()
    return Roster(tuple(dict.fromkeys(_levelled(found))), end, group, last) if found else None


def _goes_on(piece: str, at: int, found: list[str]) -> bool:
    """Whether a row may have a member at ``at`` that no rule reads."""
    return len(found) > 1 or bool(found and (piece[at].isupper() or _MANY.match(piece, at)))


def _levelled(names: list[str]) -> list[str]:
    """``Hội đồng nhân dân, Ủy ban nhân dân các tỉnh``: what is said of the committees holds of the councils before."""
    level = next((name.partition(" cấp ")[2] for name in names if name.startswith("Ủy ban nhân dân cấp ")), "")
    return [f"{name} cấp {level}" if level and name == "Hội đồng nhân dân" else name for name in names]


def titular(piece: str, at: int, speech: Speech) -> tuple[str, ...]:
    """The body that a heading with a colon consists of, if no table lists it: ``Tập đoàn Công nghiệp Việt Bắc:``."""
    match = _TITULAR.fullmatch(piece, at)
    if match is None:
        return ()
    name = match["name"]
    place = _OF_HOME.search(name) if speech.header.province else None
    return (bodies.with_place(name[: place.start()], speech.header.province) if place else _spelt(name),)


def foreign(text: str) -> bool:
    """Whether a passage opens with the name of a body that no table lists: its work is not that of the heading above.

    >>> foreign("Văn phòng Ban Chỉ đạo Tây Bắc theo dõi"), foreign("Ban hành văn bản hướng dẫn")
    (True, False)
    """
    piece = " ".join(text[:200].split())
    body = bodies.parse(piece, fold(piece), 0)
    return body is not None and body.body is None and not _BARE.fullmatch(piece, 0, body.end)


def _behind(pattern: re.Pattern[str], piece: str, at: int) -> int:
    match = pattern.match(piece, at)
    return match.end() if match else at


def _one(piece: str, folded: str, at: int, speech: Speech, *, known: bool, people: bool) -> _Member | None:
    """A body, a group of bodies, or places of one kind, at ``at``."""
    if listed := _of_places(piece, folded, at) or _of_province(piece, folded, at, speech):
        return listed
    inner = _behind(_LEADERS, piece, at)  # officers named before a group: "Thủ trưởng các sở"
    many = _MANY.match(piece, inner)
    behind = many.end() if many else inner
    if behind > at and _MANY.match(piece, at) and (kind := _kind(piece, folded, behind, speech)):
        return kind
    for place in dict.fromkeys((at, inner, behind)):
        if group := _group(piece, folded, place, speech):
            return group
        if body := _body(piece, folded, place, speech, known=known, people=people):
            return body
    if known or not people:
        return None
    anybody = _people(piece, at) or _people(piece, inner)
    found = anybody or _you(piece, at, speech) or _dutiful(piece, at) or _dutiful(piece, inner)
    # What a letter tells "tổ chức, cá nhân hoạt động khoáng sản" it tells the enterprise that it goes to.
    return _Member(speech.addressees, found.end, group=True) if found and speech.firms else found


def _group(piece: str, folded: str, at: int, speech: Speech) -> _Member | None:
    """A group of the table, or the departments of a province in whatever row of words."""
    listed = _groups().match(folded, at)
    if listed and (kind := _NAMED_KIND.match(piece, at)) and kind.end() > listed[1]:
        listed = None  # "các phòng Giáo dục và Đào tạo"
    row = _DEPARTMENTS.match(piece, at)
    if row and _DEPARTMENT.search(row[0]) and speech.header.province and row.end() > (listed[1] if listed else 0):
        return _Member((_departments(folded[at : row.end()], speech.header),), row.end(), group=True)
    if listed is None:
        return None
    names, end = listed
    if names == (_OF_PROVINCE,):
        if not speech.header.province and not _WHOSE.search(folded, at, end):
            return _Member((), end, group=True)  # "các cơ quan, ban, ngành": of whom, nothing tells
        names = (_departments(folded[at:end], speech.header),)
    if names == (_OF_A_BODY,) and (below := _BELOW.match(speech.issuer)):
        unit = "huyện" if below["unit"] in ("huyện", "quận", "thị xã") else "xã"
        names = (f"Phòng, đơn vị thuộc Ủy ban nhân dân cấp {unit}",)
    return _Member((_places(speech),) if names == ("*",) else names, end, group=True)


def _departments(words: str, header: Header) -> str:
    """The departments of a province; those of a city go by its name, for a province has cities as well."""
    place = bodies.with_place("", header.province).strip()
    kinds = "Sở, ban, ngành, đoàn thể" if "doan the" in words else "Sở, ban, ngành"
    return f"{kinds} {place if place.startswith('thành phố') else 'tỉnh'}"


def _body(piece: str, folded: str, at: int, speech: Speech, *, known: bool, people: bool) -> _Member | None:
    for alias, name in speech.aliases:
        if piece.startswith(alias, at) and not piece[at + len(alias) : at + len(alias) + 1].isalnum():
            return _Member((name,), at + len(alias))
    if (letters := _LETTERS.match(piece, at)) and (spelt := shortenings().get(letters[0])):
        # "BHXH tỉnh", "VP UBND tỉnh": the name begins with letters.
        whole, plain = (f"{t[:at]}{name}{t[letters.end() :]}" for t, name in ((piece, spelt), (folded, fold(spelt))))
        full = _body(whole, plain, at, speech, known=known, people=people)
        return _Member(full.names, full.end - len(spelt) + len(letters[0]), full.group) if full else None
    if (desk := _DESK_OF_OWN.match(piece, at)) and speech.issuer.startswith(f"{desk[2]} "):
        return _Member((f"{desk[1]} {speech.issuer}",), desk.end())
    if head := _HEAD_OF.match(piece, at):
        name = f"{head['kind'].capitalize()} {piece[head.end() :]}"
        of = bodies.parse(name, fold(name), 0, speech.header.province)
        return _Member((of.name,), head.end() + of.end - len(head["kind"]) - 1) if of else None
    if (paper := _PAPER.match(piece, at)) and (place := bodies.province_at(folded, paper.end())):
        return _Member((f"Báo {place[0]}",), place[1])
    if not known and _SMALL.match(piece, at):
        # "giao phòng Quản lý Công nghiệp"
        piece = f"{piece[:at]}{piece[at].upper()}{piece[at + 1 :]}"
    if (brand := _BRAND.match(piece, at)) and (place := bodies.province_at(folded, brand.end())):
        return _Member((f"{brand[1]} {place[0]}",), place[1])
    if branch := _BRANCHES.match(piece, at):
        every = " các cấp" if branch["all"] else ""
        return _Member((f"{branch['head'].capitalize()} {branch['name']}{every}",), branch.end(), group=True)
    body = bodies.parse(piece, folded, at, speech.header.province)
    if not (body and body.body) and (speech.header.province and (local := _LOCAL_BODY.match(piece, at))):
        name = local[0].removesuffix(local["place"]).rstrip()
        return _Member((_spelt(bodies.with_place(name, speech.header.province)),), local.end())
    if not known and not (body and body.body) and (firm := _firm(piece, at)):
        (name,) = firm.names
        tail = _OF_HOME.search(name) if speech.header.province else None
        return _Member((bodies.with_place(name[: tail.start()], speech.header.province),), firm.end) if tail else firm
    if known and people and not (body and body.body) and (enterprise := enterprises.read(piece, at)):
        return _Member((enterprise[0],), enterprise[1])
    if body is None or (known and not body.body and not body.name.startswith(_DESKS)):
        return None
    if not body.body and _BARE.fullmatch(piece, at, body.end) and not body.name.startswith(_PLAIN):
        return None
    if of_all := _of_all(piece, folded, at, body):
        return of_all
    if body.body and body.body.level == "central" and (local := _LOCAL.match(piece, body.end)):
        placed = bodies.province_at(folded, local.end())
        if where := placed[0] if placed else speech.header.province:
            return _Member((bodies.with_place(body.name, where),), placed[1] if placed else local.end("word"))
    if of_place := _departmental(piece, folded, body):
        return of_place
    if (branch := _BRANCH.match(piece, body.end)) and (home := _branch(folded, branch, speech)):
        return _Member((bodies.with_place(f"{body.name} chi nhánh", home[0]),), home[1])
    if body.name == _FRONT and speech.header.province:
        return _Member((bodies.with_place(_FRONT.replace(" Trung ương", ""), speech.header.province),), body.end)
    if not speech.header.province and (addressee := _addressed(body.name, speech)):
        return _Member((addressee,), body.end)
    if (named := bodies.in_unit_of(body.name, speech.issuer)) != body.name:
        return _Member((_spelt(named),), body.end)  # "Công an xã" in a plan of the commune
    name = body.name if body.body else _own_name(body.name, speech) or _spelt(body.name)
    return _Member((name,), body.end, group=" cấp " in name)


def _branch(folded: str, branch: re.Match[str], speech: Speech) -> tuple[str, int] | None:
    """The province of a branch and where it ends: ``chi nhánh tỉnh Lào Cai``, ``chi nhánh tỉnh`` of the own one."""
    if place := bodies.province_at(folded, branch.end()):
        return place
    return (speech.header.province, branch.end("word")) if branch["word"] and speech.header.province else None


def _of_all(piece: str, folded: str, at: int, body: bodies.BodySpan) -> _Member | None:
    """The bodies of one kind that all provinces, ministries or communes have: ``Cục Thuế các tỉnh, thành phố``."""
    if (every := _EVERYWHERE.match(folded, body.end)) and (body.body is None or body.body.level == "central"):
        kind = f"{body.name} {_IN_PROVINCES}"
        return _Member((kind,), every.end(), group=True)
    if (many := _MANY.match(piece, max(0, at - 4))) and many.end() == at and body.body in _branched():
        return _Member((f"{body.name} {_IN_PROVINCES}",), body.end, group=True)
    if level := _OF_ALL_LEVELS.match(folded, body.end):
        bare = body.body.name if body.body else body.name
        return _Member((_spelt(f"{bare} các cấp"),), level.end(), group=True)
    if body.name.startswith(_KINDS) and (rest := _OF_MANY.match(piece, body.end)):
        return _Member((_spelt(f"{body.name} {' '.join(rest[0].split()).lower()}"),), rest.end(), group=True)
    return None


def _departmental(piece: str, folded: str, body: bodies.BodySpan) -> _Member | None:
    """The office of a general department in a province named behind it: ``Kho bạc Nhà nước Lào Cai``."""
    if body.body is None or body.body.kind != "general department" or body.body.level != "central":
        return None
    blank = _BLANK.match(piece, body.end)
    if blank is None or not piece[blank.end() : blank.end() + 1].isupper():
        return None
    place = bodies.province_at(folded, blank.end())
    return _Member((bodies.with_place(body.name, place[0]),), place[1]) if place else None


def _addressed(name: str, speech: Speech) -> str | None:
    """The one addressee that goes by a name without its place: ``Cục Thuế`` in a letter to Cục Thuế tỉnh Lào Cai."""
    whole = [a for a in speech.addressees if a.startswith((f"{name} tỉnh ", f"{name} thành phố ", f"{name} các tỉnh"))]
    return whole[0] if len(whole) == 1 else None


def _kind(piece: str, folded: str, at: int, speech: Speech) -> _Member | None:
    """The departments of one kind that a central body tells to act: ``các Sở Công Thương``."""
    body = bodies.parse(piece, folded, at) if not speech.header.province else None
    if body and body.body and body.body.level == "province" and not body.placed and body.name.startswith("Sở "):
        return _Member((f"{body.name} cấp tỉnh",), body.end, group=True)
    return None


def _own_name(name: str, speech: Speech) -> str | None:
    """The one who speaks, where the letters behind a head are its own: ``Cục KT-QLĐTXD``."""
    head, _, letters = name.rpartition(" ")
    own = re.sub(r"[^A-ZĐ]", "", bodies.initials(head) + letters) if head and letters.isupper() else ""
    return speech.issuer if len(own) > 3 and own == bodies.initials(speech.issuer) else None


@cache
def _spelt(name: str) -> str:
    """A name with the letters in it written out: ``Cục THADS tỉnh Lào Cai`` -> ``Cục Thi hành án dân sự …``."""
    words = [shortenings().get(word, word) for word in name.split(" ")]
    return " ".join(words)


def _firm(piece: str, at: int) -> _Member | None:
    """A firm, up to its verb or the next mark; its name may hold words in lower case."""
    match = _FIRM.match(piece, at)
    return _Member((_spelt(match[0]),), match.end()) if match and not _BARE.fullmatch(match[0]) else None


def _of_places(piece: str, folded: str, at: int) -> _Member | None:
    """``UBND các thành phố: Hà Nội, Cần Thơ``; ``UBND các xã: A, B``."""
    if not folded.startswith(_COMMITTEE, at):
        return None
    if many := _PLACES.match(folded, at):
        return _committees(piece, folded, many.end())
    unit = _UNITS.match(piece, at)
    if unit is None:
        return None
    names: list[str] = []
    end, at = at, unit.end()
    while name := _UNIT_NAME.match(piece, at):
        names.append(f"Ủy ban nhân dân {unit['unit']} {name[0]}")
        end = name.end()
        glue = _UNIT_GLUE.match(piece, end)
        if not glue:
            break
        at = glue.end()
    if not names:
        return None
    above, end = bodies.units_above(piece, folded, end, unit["unit"])
    return _Member(tuple(name + above for name in names), end)


def _committees(piece: str, folded: str, at: int) -> _Member | None:
    """The People's Committees of the provinces that stand in a row: ``Hà Nội, Cần Thơ và Huế``."""
    names: list[str] = []
    end = at
    while place := bodies.province_at(folded, at):
        names.append(bodies.with_place("Ủy ban nhân dân", place[0]))
        end = place[1]
        glue = _GLUE.match(piece, end)
        if not glue:
            break
        at = glue.end()
    return _Member(tuple(names), end) if names else None


def _of_province(piece: str, folded: str, at: int, speech: Speech) -> _Member | None:
    """``Tỉnh Điện Biên``, ``các tỉnh Điện Biên, Lai Châu``, ``Tỉnh`` as those who act: their People's Committees."""
    if not folded.startswith(_TERRITORIAL, at):
        return None
    if many := _TERRITORIES.match(piece, at):
        return _committees(piece, folded, many.end())
    word = _TERRITORY.match(piece, at)
    if word is None:
        return None
    blank = _BLANK.match(piece, word.end())
    if blank and (place := bodies.province_at(folded, blank.end())):
        return _Member((bodies.with_place("Ủy ban nhân dân", place[0]),), place[1])
    home = None if speech.header.province else speech.about
    if home is None or not _SELF.match(piece, word.end()):
        return None
    return _Member((bodies.with_place("Ủy ban nhân dân", home),), word.end())


def _same_kind(piece: str, kind: str, at: int, speech: Speech) -> _Member | None:
    """``Tài chính`` in ``các Bộ: Tài chính, Xây dựng``."""
    name = f"{kind} {piece[at:]}"
    body = bodies.parse(name, fold(name), 0, speech.header.province)
    return _Member((body.name,), at + body.end - len(kind) - 1) if body and body.body else None


def _same_level(piece: str, folded: str, at: int, found: list[str]) -> _Member | None:
    """``tỉnh Quảng Ninh`` behind the People's Committee of another province or city."""
    if not (found and piece.startswith(("tỉnh ", "thành phố "), at) and found[-1].startswith(_OF_A_PROVINCE)):
        return None
    place = bodies.province_at(folded, at + len("tỉnh " if piece.startswith("tỉnh", at) else "thành phố "))
    return _Member((bodies.with_place("Ủy ban nhân dân", place[0]),), place[1]) if place else None


def _people(piece: str, at: int) -> _Member | None:
    """Those who are no authority, as the text calls them."""
    match = _PEOPLE.match(piece, at)
    if not match:
        return None
    kind = match.lastgroup or "many"
    name = match[kind].rstrip(" ,")
    return _Member((name[0].upper() + name[1:],), match.start(kind) + len(name))


def _dutiful(piece: str, at: int) -> _Member | None:
    """Those whom words of duty behind make the ones who must act, as the text calls them."""
    match = _DUTIFUL.match(piece, at)
    name = match["name"] if match else ""
    return _Member((name[0].upper() + name[1:],), match.end()) if match else None


def _you(piece: str, at: int, speech: Speech) -> _Member | None:
    """``Quý cơ quan``, ``các đơn vị``: those to whom the document is addressed; people in general go by their name."""
    match = _YOU.match(piece, at)
    if match is None:
        return None
    if match[0] == "Công ty" and not any(enterprises.read(name, 0) for name in speech.addressees):
        return None
    anybody = match[0][4:] if "cá nhân" in match[0] else ""
    names = speech.addressees or ((anybody[0].upper() + anybody[1:],) if anybody else ())
    return _Member(names, match.end(), group=True) if names else None


def _places(speech: Speech) -> str:
    """What "các địa phương" are to the one who speaks."""
    if not speech.header.province:
        return "Ủy ban nhân dân cấp tỉnh"
    return "Ủy ban nhân dân cấp xã" if speech.day[:7] >= _TWO_LEVELS else "Ủy ban nhân dân cấp huyện"
