"""Bodies of the administration: what a text calls them, and their full names.

A local body's full name ends with its place: ``UBND tỉnh`` in a report of Hậu Giang is
``Ủy ban nhân dân tỉnh Hậu Giang``.  An officer who signs for a body counts as the body
(``Bộ trưởng Bộ Nội vụ``, ``Chánh Thanh tra Sở``); a Party committee's executive or standing
committee counts as the committee (``Ban Thường vụ Tỉnh ủy``), and so does that of an association
(Ban Chủ nhiệm Đoàn Luật sư: Luật Luật sư, Điều 60, its executive organ, signs with its letters).

>>> canonical("UBND tỉnh", province="Hậu Giang")
'Ủy ban nhân dân tỉnh Hậu Giang'
>>> canonical("SỞ CÔNG THƯƠNG", province="Hà Nội")
'Sở Công Thương thành phố Hà Nội'
>>> canonical("PHÒNG QLCN"), canonical("Đảng ủy", province="Hậu Giang")
('Phòng QLCN', 'Đảng ủy')
>>> canonical("Bộ trưởng Bộ Nội vụ"), canonical("Ban Thường vụ Tỉnh ủy Sóc Trăng")
('Bộ Nội vụ', 'Tỉnh ủy Sóc Trăng')
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.entities import committees, enterprises, symbols, teams, unlisted
from kg.entities.capitals import in_case, titled
from kg.entities.localities import (
    LEVEL,
    NAME_VERB,
    NEXT_UNIT,
    PARTY_CITY,
    PARTY_PLACE,
    PROPER,
    UNITS,
    below,
    below_province,
    form,
    in_named_unit,
    in_province,
    in_unit_of,
    of_place,
    part_of,
    province_at,
    province_of,
    units_above,
    with_place,
)
from kg.ontology.tables import Body, bodies
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.lexicon import Lexicon
from kg.text.normalization import UPPER, fold, normalize
from kg.text.openings import Openings, first_words
from kg.text.patterns import wrapped

__all__ = [
    "BodySpan",
    "below",
    "below_province",
    "canonical",
    "in_province",
    "in_unit_of",
    "initials",
    "of_place",
    "of_symbol",
    "officer_at",
    "openings",
    "parse",
    "part_of",
    "province_at",
    "province_of",
    "units_above",
    "with_place",
]


class BodySpan(NamedTuple):
    """A body named at ``start:end``; ``placed`` tells whether its place is written there."""

    name: str
    start: int
    end: int
    body: Body | None
    placed: bool


_OFFICER: Final = wrapped(
    r"(?:(?:dong chi|d/c|ong|ba)\s+)?(?:pho\s+)?"
    r"(?:(?:chu tich )?hoi dong (?:quan tri|thanh vien) (?=(?:tong )?cong ty|tap doan)"
    r"|(?:bo truong(?:,\s*chu nhiem)?|thu truong|chu tich|giam doc|tong giam doc|thong doc|cuc truong|"
    r"tong cuc truong|chi cuc truong|vien truong|bi thu|chu nhiem|hieu truong|thuong truc)\s+"
    r"|ban (?:chap hanh|thuong vu|thuong truc|chu nhiem) (?=hoi (?!dong|nghi)|hiep hoi|lien (?:doan|hiep|minh)"
    r"|doan luat su|(?:tinh|thanh) ?doan|uy ban m|ubm|mat tran)"
    r"|truong\s+(?:ban\s+(?=ban\s))?(?=ban\s|phong\s)|chanh\s+(?=thanh tra|van phong)|chanh an\s+)"
)
_PREMIERS: Final = ("thu tuong", "chu tich nuoc")
_CLASS: Final = wrapped(
    rf"\s{{1,3}}(cap\s{{1,3}}(?:tinh|huyen|xa)|cac\s{{1,3}}(?:{UNITS}|tinh)(?:[\s,va]{{1,6}}(?:{UNITS}|tx)\b){{0,4}}"
    rf"(?:\s{{1,3}}truc thuoc trung uong)?|{UNITS}(?:(?:,\s{{0,2}}(?:va\s)?|\s{{1,3}}va\s{{1,3}}){UNITS}\b){{1,4}}"
    r"|tinh,?\s{1,3}(?:va\s)?thanh pho(?:\s{1,3}truc thuoc trung uong)?)"
)
_UNIT: Final = wrapped(r"thanh pho|thi xa|thi tran|dac khu|huyen|quan|phuong|tinh|xa|tp|tx")
_OF_PROVINCES: Final = ("Kho bạc Nhà nước", "Cục Thuế", "Cục Thống kê", "Cục Hải quan")
"""General departments whose offices in the provinces bear their names: ``Kho bạc Nhà nước Lào Cai``."""
_PROVINCE_WORD: Final = wrapped(r"\s{1,3}(tinh|thanh pho|tp\.?)(?![a-z])\s{0,3}")
_DESK: Final = wrapped(r"(thanh tra|van phong|dang uy|ban can su dang|dang doan)\s{1,3}")
_DESKS: Final = {
    "thanh tra": "Thanh tra ",
    "van phong": "Văn phòng ",
    "dang uy": "Đảng ủy ",
    "ban can su dang": "Ban cán sự đảng ",
    "dang doan": "Đảng đoàn ",
}
_DESK_ABBRS: Final = ("TTT", "VP", "ĐU", "BCSĐ", "ĐĐ")
_REGIONAL: Final = late(
    rf"(?P<body>{words('regional_offices')})\s+khu vực\s+(?P<number>[IVXL]+|\d{{1,2}})(?!\w)", re.IGNORECASE
)
"""An office for several provinces: ``Kho bạc Nhà nước khu vực XI``."""
_OFFICES: Final = ("kho ", "thue ", "hai ", "bao ", "kiem ", "ngan ", "chi ")
_ZONES: Final = ("khu kinh tế", "khu công nghiệp", "khu công nghệ cao")
_ZONE_NAME: Final = late(
    rf"(?P<border>\s{{1,3}}[Cc]ửa\s{{1,3}}[Kk]hẩu)?(?P<name>(?:\s{{1,3}}{NAME_VERB}{NEXT_UNIT}(?!Và\s)[{UPPER}]\w+){{1,3}})"
)
_OTHER_ZONES: Final = wrapped(r"\s{1,3}va cac (?:khu cong nghiep|kcn|khu kinh te|kkt)(?![a-z])")
"""Behind a zone's name: ``Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi``."""
_PARTY_DESKS: Final = ("Đảng ủy ", "Đảng đoàn ")
"""Those of the State's central bodies bear their names; their offices and inspectorates are listed."""
_OF_THE_DEPARTMENT: Final = re.compile(r"\s{1,3}so(?![a-z])(?!\s+\d)")
_BLANK: Final = re.compile(r"\s{1,3}")
_OF_A_BODY: Final = "Đảng ủy"
"""The Party committee of an agency, a ward or a commune; that of a province is its Tỉnh ủy."""
_INSPECTION: Final = f"Ủy ban Kiểm tra {_OF_A_BODY}"
"""The Party's inspection committee below the province, in whatever has a Đảng ủy (Điều lệ Đảng, Điều 31)."""
_OF_BODIES: Final = frozenset({_OF_A_BODY, _INSPECTION})
_OF_PROVINCE: Final = "TU"
_COMMUNE: Final = wrapped(r"\s{1,3}(?:xa|phuong|thi tran|dac khu)(?![a-z])")
_OF_A_PROVINCE: Final = re.compile(r"(?:tinh\s+uy|dang\s+bo\s+tinh)\Z")


@cache
def _body_lexicon() -> Lexicon[Body]:
    names: list[tuple[str, Body]] = []
    later = sorted(bodies(), key=lambda b: b.valid_to is not None)
    for body in later:
        names += [(name, body) for name in (body.name, *body.name_variants)]
        if body.level in ("any", "province") and body.abbr.isupper() and len(body.abbr) > 3:
            names.append((body.abbr, body))
    return Lexicon(names)


@cache
def _committee_of_communes() -> Body:
    return next(body for body in bodies() if body.name == _OF_A_BODY)


def _place(text: str, folded: str, end: int, body: Body, province: str | None) -> tuple[str, int, bool]:
    """Full name of a local ``body`` whose bare name ends at ``end``; also the end of its place."""
    base = body.name
    if base in _OF_BODIES:
        province = None
    party = body.kind == "Party body" and base not in _OF_BODIES and body.abbr not in ("BCSĐ", "ĐĐ")
    if (grade := _CLASS.match(folded, end)) and not party:
        units = {" ".join(unit.split()) for unit in _UNIT.findall(grade[1])}
        kind = "tỉnh" if "tinh" in units else "xã" if units <= {"xa", "phuong", "thi tran", "dac khu"} else "huyện"
        return f"{base} cấp {kind}", grade.end(), True
    if level := LEVEL.match(folded, end):
        named = in_named_unit(text, folded, base, level, party=party)
        return (*named, True) if named else _of_level(text, base, level, province, party)
    bare = _BLANK.match(folded, end)
    if bare and text[bare.end() : bare.end() + 1].isupper() and (found := province_at(folded, bare.end())):
        return with_place(base, found[0]), found[1], True
    proper = PROPER.match(text, bare.end()) if party and bare else None
    # "… Tỉnh ủy" / "ĐẢNG CỘNG SẢN VIỆT NAM": the next line of a head.
    if proper and not (proper[0].isupper() and text[end - 1].islower()):
        name, stop = _of_party(text, folded, end, base, proper, province)
        return name, stop, True
    if body.level == "district":
        return base, end, False
    if base.lower().endswith(_ZONES) and (zone := _ZONE_NAME.match(text, end)):
        return _zone(text, folded, base, zone)
    return with_place(base, province), end, False


def _of_level(text: str, base: str, level: re.Match[str], province: str | None, party: bool) -> tuple[str, int, bool]:
    """Full name of a local body behind which a unit stands without its name: ``UBND tỉnh``, ``UBND huyện``."""
    word = " ".join(level[1].rstrip(".").split())
    if word not in ("tinh", "thanh pho", "tp"):
        written = " ".join(text[slice(*level.span(1))].lower().split())
        return f"{base} {written}", level.end(1), False
    name = with_place(base, province)
    if not party and (not province or (word != "tinh" and form(province) == "tỉnh")):
        name = f"{base} {'tỉnh' if word == 'tinh' else 'thành phố'}"  # a city of the province
    return name, level.end(1), False


def _of_party(
    text: str, folded: str, end: int, base: str, proper: re.Match[str], province: str | None
) -> tuple[str, int]:
    """Full name of a Party body whose bare name ends at ``end``, before a name that is no province's."""
    place = " ".join(proper[0].split())
    if base not in PARTY_PLACE:
        within, stop = units_above(text, folded, proper.end(), "huyện")
        return f"{base} {place}{within}", stop
    if not _OF_A_PROVINCE.search(folded, max(0, end - 16), end):
        return f"Thành ủy {place}", proper.end()
    if province and province.startswith(place + " "):
        return with_place(base, province), proper.end()  # "Tỉnh ủy Lào": a word is lost
    return f"Tỉnh ủy {place}", proper.end()


def _zone(text: str, folded: str, base: str, zone: re.Match[str]) -> tuple[str, int, bool]:
    """Full name of a board of a zone that has a name of its own, ``Khu kinh tế Dung Quất``, and where it ends."""
    border = " cửa khẩu" if zone["border"] else ""
    name, end = f"{base}{border} {' '.join(zone['name'].split())}", zone.end()
    if others := _OTHER_ZONES.match(folded, end):
        kind = "Khu công nghiệp" if others[0].endswith(("nghiep", "kcn")) else "Khu kinh tế"
        name, end = f"{name} và các {kind}", others.end()
        level = _PROVINCE_WORD.match(folded, end) or _BLANK.match(folded, end)
        if level and (found := province_at(folded, level.end())):
            return f"{name} {text[level.start() : found[1]].strip()}", found[1], True
    return name, end, True


_COUNCIL: Final = "hoi dong "
_BOARD: Final = "HĐQT"
"""The board of an enterprise signs for it, where it is named: ``Hội đồng quản trị Công ty cổ phần X``."""


@cache
def openings() -> Openings:
    """Words with which the name of a body or an officer may begin."""
    officers = first_words("|".join((_OFFICER.pattern, *_DESKS)))
    offices = first_words(f"{words('teams')}|{words('regional_offices')}")
    return Openings(_body_lexicon().openings() | officers, unlisted.openings() | offices)


def officer_at(folded: str, pos: int) -> bool:
    """Whether the title of an officer begins at ``pos`` of a folded text: ``Chủ tịch UBND tỉnh``.

    >>> officer_at("pho chu tich ubnd tinh", 0), officer_at("thu tuong chinh phu", 0), officer_at("ubnd tinh", 0)
    (True, True, False)
    """
    return folded.startswith(_PREMIERS, pos) or _OFFICER.match(folded, pos) is not None


def parse(text: str, folded: str, pos: int, province: str | None = None) -> BodySpan | None:
    """The body named at ``pos``; ``province`` is the place of a local body that names none.

    ``folded`` is ``fold(text)``.
    """
    if not openings().at(text, folded, pos):
        return None
    if folded.startswith(_COUNCIL, pos) and committees.council_at(text, pos):
        return _committee(text, folded, pos, pos, province)
    if (team := teams.name_at(text, pos)) and (owner := _owner(text, folded, team[1], province)):
        central = owner.body is not None and owner.body.level == "central" and owner.body.kind != "steering committee"
        return owner._replace(name=teams.of_body(team[0], owner.name, central=central), start=pos, body=None)
    hit = _body_lexicon().match(folded, pos)
    if folded.startswith(_OFFICES, pos) and (region := _REGIONAL.match(text, pos)):
        return _regional(text, region, hit)
    start = pos
    if (hit is None or hit[0].abbr == _BOARD) and (officer := _OFFICER.match(folded, pos)):
        pos = officer.end()
        hit = _body_lexicon().match(folded, pos)
    if hit and _accented(text, pos, hit[1]):
        hit = None
    prefix = ""
    if not hit or hit[0].abbr in _DESK_ABBRS:
        prefix, hit = _desk(folded, pos, hit)
    if hit is None:
        return _unlisted(text, folded, start, pos, province)
    return _listed(text, folded, start, pos, hit, prefix, province)


def _regional(text: str, region: re.Match[str], hit: tuple[Body, int] | None) -> BodySpan:
    """``Kho bạc Nhà nước khu vực XI``: an office for several provinces, of the body in ``hit`` where one is listed."""
    base = f"{hit[0].name}{text[hit[1] : region.end('body')]}" if hit else region["body"]
    base = " ".join(base.split()).replace("Chi Cục", "Chi cục")
    return BodySpan(f"{base} khu vực {region['number']}", region.start(), region.end(), hit[0] if hit else None, True)


def _accented(text: str, start: int, end: int) -> bool:
    """Whether letters that stand for a body are a word with an accent: ``Một`` is no MOT."""
    word = text[start:end].lower().replace("đ", "d")
    return len(word.split()) == 1 and fold(word) != word


def _desk(folded: str, pos: int, hit: tuple[Body, int] | None) -> tuple[str, tuple[Body, int] | None]:
    """A desk before the body that it belongs to, ``Thanh tra`` Sở Xây dựng, with that body; else none with ``hit``."""
    desk = _DESK.match(folded, pos)
    inner = _body_lexicon().match(folded, desk.end()) if desk else None
    if desk and inner:
        own = _DESKS[" ".join(desk[1].split())]
        return (own, inner) if inner[0].level != "central" or own in _PARTY_DESKS else ("", hit)
    # "Thanh tra Sở" of an unnamed department is not the provincial inspectorate.
    return ("", None) if hit and _OF_THE_DEPARTMENT.match(folded, hit[1]) else ("", hit)


def _listed(
    text: str, folded: str, start: int, pos: int, hit: tuple[Body, int], prefix: str, province: str | None
) -> BodySpan | None:
    """The body in ``hit``, found at ``pos`` behind an officer or with a ``prefix`` for its desk, with its place."""
    body, end = hit
    if body.name == _INSPECTION and (owner := parse(text, folded, folded.rfind("dang", pos, end), province)):
        return owner._replace(name=f"{_INSPECTION.removesuffix(_OF_A_BODY)}{owner.name}", start=start, body=body)
    if body.abbr == _OF_PROVINCE and _COMMUNE.match(folded, end):
        body = _committee_of_communes()  # "Ban Chấp hành Đảng bộ xã Văn Bàn"
    if body.kind == "steering committee" and body.level != "central":
        return _committee(text, folded, start, pos, province)
    if there := _office(text, folded, end, body, province):
        return BodySpan(there[0], start, there[1], body, True)
    if body.level in ("central", "enterprise"):
        return BodySpan(prefix + body.name, start, end, body, True)
    name, stop, placed = _place(text, folded, end, body, province)
    if name in PARTY_PLACE and "," not in text[pos:end]:
        name = PARTY_PLACE[name]["thanh" in folded[pos:end]]
    return BodySpan(prefix + name, start, stop, body, placed)


def _office(text: str, folded: str, end: int, body: Body, province: str | None) -> tuple[str, int] | None:
    """Full name of the office of a body in the unit or province named behind it, of its branch or its seat."""
    level = LEVEL.match(folded, end) if body.kind == "general department" else None
    if level and (there := in_named_unit(text, folded, body.name, level)):
        return there
    bare = _BLANK.match(folded, end) if body.name in _OF_PROVINCES else None
    if bare and text[bare.end() : bare.end() + 1].isupper() and (found := province_at(folded, bare.end())):
        return with_place(body.name, found[0]), found[1]
    return _branch(text, folded, end, body, province) if body.level in ("central", "enterprise") else None


_BRANCH: Final = re.compile(r"\s{1,3}(?:-\s{1,3})?[Cc]hi\s{1,3}[Nn]hánh(?=\s)")
_SEAT: Final = re.compile(r"\s{1,3}tai\s{1,3}(?:(?:thanh\s{1,3}pho|tp\.?)\s{0,3})?")
_SEATED: Final = "cấp cao"
"""Courts and procuracies for several provinces, called by their seats (Luật Tổ chức Tòa án nhân dân 2014, Điều 30)."""


def _branch(text: str, folded: str, end: int, body: Body, province: str | None) -> tuple[str, int] | None:
    """Full name of the branch or the seat of a central body that is named behind it, and where that ends."""
    if body.name.endswith(_SEATED):
        seat = _SEAT.match(folded, end)
        city = province_at(folded, seat.end()) if seat else None
        return (f"{body.name} tại {PARTY_CITY.get(city[0], city[0])}", city[1]) if city else None
    if not (branch := _BRANCH.match(text, end)):
        return None
    local = replace(body, name=f"{body.name} chi nhánh", level="province")
    name, stop, _ = _place(text, folded, branch.end(), local, province)
    return name, stop


_OF: Final = re.compile(r"\s{1,3}(?:của\s{1,3})?")


def _owner(text: str, folded: str, end: int, province: str | None) -> BodySpan | None:
    """The body whose name follows that of its team."""
    gap = _OF.match(text, end)
    return parse(text, folded, gap.end(), province) if gap and text[gap.end() : gap.end() + 1].isupper() else None


_OF_A_UNIT: Final = re.compile(r"\s(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\Z")


def _committee(text: str, folded: str, start: int, pos: int, province: str | None) -> BodySpan | None:
    """The steering committee named at ``pos``; None where the end of its name can't be told."""
    end = committees.name_end(text, pos)
    if end is None:
        return None
    for level in _PROVINCE_WORD.finditer(folded, pos, end):
        if named := province_at(folded, level.end()):
            end = named[1]
            break
    name = " ".join(text[pos:end].split())
    central = re.search(r"[Qq]uốc gia|Trung ương|Chính phủ|Nhà nước|Ban Chỉ đạo nhà nước", name)
    place = re.search(r"(?<!cấp)(?:\scủa)?\s(?:tỉnh|thành phố|TP\.?)\s?(.*)$", name)
    if central or (place and place[1]):
        return BodySpan(name, start, end, None, True)
    bare = name[: place.start()] if place else name
    if _OF_A_UNIT.search(bare):
        return BodySpan(bare, start, end, None, False)  # "Ban Chỉ huy Quân sự xã": the unit is below the province
    return BodySpan(with_place(bare, province), start, end, None, False)


def _unlisted(text: str, folded: str, start: int, pos: int, province: str | None) -> BodySpan | None:
    found = unlisted.read(text, folded, pos, province)
    return BodySpan(found[0], start, found[1], None, found[2]) if found else None


def canonical(name: str, province: str | None = None) -> str | None:
    """Full name of the body that ``name`` calls, in any spelling or case; None when it is no body.

    >>> canonical("Văn phòng UBND tỉnh", "Trà Vinh")
    'Văn phòng Ủy ban nhân dân tỉnh Trà Vinh'
    """
    text = re.sub(r"\s+", " ", normalize(name).text.strip())
    capitals = text.isupper()
    if capitals:
        # Here the name ends where the text does: a committee's may be a whole list.
        text = f"{in_case(text)}." if fold(text).startswith("ban chi dao ") else titled(text)
    found = parse(text, fold(text), 0, province)
    if capitals and found and found.body and found.body.level == "province":
        found = _longer(text, found, province)
    if found is None or (capitals and found.body is None and _cut_short(found.name)):
        return None
    # Names of enterprises are their own.
    return in_case(found.name) if capitals and found.body is None and not enterprises.read(text, 0) else found.name


_AND: Final = re.compile(r"\sVà\s")


def _longer(text: str, found: BodySpan, province: str | None) -> BodySpan:
    """The body of no table whose name in title case begins as that of a listed one: ``Ban Dân tộc và Tôn giáo``."""
    more, folded = _AND.match(text, found.end), fold(text)
    if more is None or parse(text, folded, more.end(), province):
        return found  # two bodies
    whole = _unlisted(text.replace(" Và ", " và "), folded, 0, 0, province)
    if whole is None or whole.end <= more.end():
        return found
    if province_of(whole.name):
        return whole
    return whole._replace(name=with_place(whole.name.removesuffix(f" {province}"), province))


def _cut_short(name: str) -> bool:
    """Whether a name is the beginning of a listed one, whose rest stands on another line: ``ỦY BAN THƯỜNG VỤ``."""
    begun = f"{name} ".lower()
    # Without "Việt Nam" it is a body of the province.
    wholes = (body.name.lower() for body in bodies() if body.level == "central")
    return any(whole.startswith(begun) and whole != f"{begun}việt nam" for whole in wholes)


@lru_cache(maxsize=4096)  # the same few bodies, again and again
def initials(name: str) -> str:
    """First letters of a body's bare name, as its symbol is built.

    >>> initials("Sở Công Thương tỉnh Trà Vinh"), initials("Ủy ban Dân tộc")
    ('SCT', 'UBDT')
    """
    bare = re.split(r"\s(?:tỉnh|thành phố)\s", name)[0]
    first = [word[0].upper() for word in re.findall(r"[^\W\d_]+", bare) if word != "và"]
    return "".join(letter if letter == "Đ" else fold(letter).upper() for letter in first)


@lru_cache(maxsize=4096)  # the letters of a few bodies, again and again
def of_symbol(
    letters: tuple[str, ...],
    province: str | None = None,
    own: str | None = None,
    day: str | None = None,
    until: str | None = None,
) -> tuple[str | None, bool]:
    """Full name of the body behind the letters of a symbol, and whether it is a local body.

    ``own`` is the issuer of the document at hand, for letters that are its initials.  ``day`` is when the
    symbol was given, ISO, as precise as is told; where it is not told, ``until`` is the day it was cited.

    >>> of_symbol(("SNN",), "Bắc Ninh", day="2025-02-20")[0], of_symbol(("SNN",), "Bắc Ninh", day="2025-10-03")[0]
    ('Sở Nông nghiệp và Phát triển nông thôn tỉnh Bắc Ninh', 'Sở Nông nghiệp và Môi trường tỉnh Bắc Ninh')
    """
    if not letters:
        return None, False
    token = letters[0]
    if found := symbols.issuers().get("-".join(letters[:2])) or symbols.signing(token):
        body = _in_being(found, day) if day else _before(found, until)
        if body is None:
            return None, False
        if body.level in ("central", "enterprise"):
            return body.name, False
        if body.level == "district":
            return in_unit_of(body.name, own), True  # no letters tell which of a province
        return in_unit_of(body.name, own) if body.name in _OF_BODIES else with_place(body.name, province), True
    if own and initials(own) == token.upper():
        return own, True
    if own and province_of(own) and (team := teams.of_letters(token)):
        return teams.of_body(team, own), True
    return None, False


def _before(found: tuple[Body, ...], until: str | None) -> Body:
    """Of bodies that share letters the one that signed with them last before a day."""
    begun = [body for body in found if until and (body.valid_from or "") <= until]
    if begun and not any(body.valid_to is None or body.valid_to >= (until or "") for body in begun):
        return max(begun, key=lambda body: body.valid_to or "")
    left = [body for body in begun if body.valid_to is None or body.valid_to >= (until or "")]
    return next((body for body in left or found if body.valid_to is None), (left or found)[0])


def _in_being(found: tuple[Body, ...], day: str) -> Body | None:
    """Of bodies that share letters the one that existed on ``day``; the abbreviation proper wins.

    Letters outlive their body a little and dates are mistyped, so a year more or less does not count; who
    signs later with the letters of a body long gone is another: ``GP-TM`` of 2025.
    """
    year, precise = int(day[:4]), len(day)
    left = [body for body in found if year <= int((body.valid_to or "9998")[:4]) + 1]
    begun = [body for body in left if (body.valid_from or "")[:precise] <= day]
    return next((b for b in begun if day <= (b.valid_to or "9999")[:precise]), next(iter(begun or left), None))
