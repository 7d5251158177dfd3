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
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.entities import committees, enterprises, symbols, teams
from kg.entities.capitals import in_case, titled
from kg.ontology.tables import Body, Province, bodies, provinces
from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.lexicon import Lexicon
from kg.text.normalization import UPPER, fold, normalize

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


def _wrapped(pattern: str) -> re.Pattern[str]:
    """The pattern, where a line may break at each blank: ``Chủ⏎tịch UBND``."""
    return re.compile(pattern.replace(" ", r"\s{1,3}"))


def _wrapped_late(pattern: str) -> re.Pattern[str]:
    """The same for a long pattern of a rare rule."""
    return late(pattern.replace(" ", r"\s{1,3}"))


_OFFICER: Final = _wrapped(
    r"(?:(?:dong chi|d/c|ong|ba)\s+)?(?:pho\s+)?"
    r"(?:(?:bo truong(?:,\s*chu nhiem)?|thu truong|chu tich|giam doc|tong giam doc|thong doc|cuc truong|"
    r"tong cuc truong|chi cuc truong|vien truong|bi thu|chu nhiem|hieu truong|thuong truc)\s+"
    r"|ban (?:chap hanh|thuong vu|thuong truc|chu nhiem) (?=hoi (?!dong|nghi)|hiep hoi|lien (?:doan|hiep|minh)"
    r"|doan luat su|(?:tinh|thanh) ?doan|uy ban m|ubm|mat tran)"
    r"|truong\s+(?:ban\s+(?=ban\s))?(?=ban\s|phong\s)|chanh\s+(?=thanh tra|van phong)|chanh an\s+)"
)
_LEVEL: Final = _wrapped(
    r"\s{1,3}(tinh|thanh pho|tp\.?|huyen|quan|thi xa|tx\.?|xa|phuong|thi tran|dac khu)(?![a-z])(\s{0,3})"
)
_UNITS: Final = r"(?:huyen|quan|thi xa|thanh pho|tp|xa|phuong|thi tran|dac khu)"
_CLASS: Final = _wrapped(
    rf"\s{{1,3}}(cap\s{{1,3}}(?:tinh|huyen|xa)|cac\s{{1,3}}(?:{_UNITS}|tinh)(?:[\s,va]{{1,6}}(?:{_UNITS}|tx)\b){{0,4}}"
    rf"(?:\s{{1,3}}truc thuoc trung uong)?|{_UNITS}(?:(?:,\s{{0,2}}(?:va\s)?|\s{{1,3}}va\s{{1,3}}){_UNITS}\b){{1,4}}"
    r"|tinh,?\s{1,3}(?:va\s)?thanh pho(?:\s{1,3}truc thuoc trung uong)?)"
)
_UNIT: Final = _wrapped(r"thanh pho|thi xa|thi tran|dac khu|huyen|quan|phuong|tinh|xa|tp|tx")
# A place's name; a capital may also begin the document's subject: "UBND huyện Quy định …".
_VERB: Final = rf"(?!(?i:{words('name_verbs')})(?!\w))"
_NEXT_UNIT: Final = r"(?!(?:Tỉnh|Huyện|Quận|Thị [Xx]ã|Thành [Pp]hố)(?!\w))"
_PROPER: Final = late(rf"(?:\d{{1,2}}|{_VERB}[{UPPER}][\w']*)(?:[\s-]{{1,3}}{_VERB}{_NEXT_UNIT}[{UPPER}][\w']*){{0,3}}")
_WITHIN: Final = _wrapped(r",?\s{1,3}(huyen|quan|thi xa|thanh pho|tp\.?|tx\.?|tinh)(?![a-z])\s{0,3}")
# Heads of bodies that no table lists; the name runs to the next mark or function word.
_HEAD: Final = _wrapped_late(
    rf"(?!(?i:{words('body_lookalikes')})(?!\w))"
    r"(?:(?:Tổng |Chi )?[Cc]ục|Bộ|Sở|Ban|Ủy ban|Hội đồng|Viện|Văn phòng|Thanh tra|Công an|Tòa án|Trung tâm"
    r"|Tổ công tác|Kho bạc|Đài|Hội|Liên đoàn|Liên minh|Tập đoàn|Tổng [Cc]ông ty|Công ty|Trường(?! hợp)|Bảo hiểm"
    r"|Ngân hàng|Phòng|Đảng bộ|Đảng đoàn|Vụ|Học viện|Hạt Kiểm lâm|Hiệp hội|Liên hiệp|Thuế|Hải quan"
    r"|Chi nhánh|Đoàn)(?!\w|\s+[Tt]rưởng(?!\w))"
    rf"|(?:Bệnh viện|Quỹ|Cảng vụ|Trạm|Đội|Hạt|Vườn quốc gia)(?= (?:đa khoa |[{UPPER}]))"
)
_SOCIAL: Final = re.compile(r"Xã\s{1,3}Hội(?!\w)")
"""No commune, in a name in title case: ``Bảo hiểm Xã Hội Tỉnh An Giang``."""
_BARE_UNIT: Final = _wrapped(r"\s{1,3}(?:huyen|quan|thi xa|xa(?! hoi| vien)|phuong|thi tran|dac khu)(?![a-z])")
_OF_PROVINCES: Final = ("Kho bạc Nhà nước", "Cục Thuế", "Cục Thống kê", "Cục Hải quan")
"""General departments whose offices in the provinces bear their names: ``Kho bạc Nhà nước Lào Cai``."""
_PLACED_ALONE: Final = ("Thuế", "Hải quan", "Hạt Kiểm lâm")
_COUNTING: Final = ("số", "sở", "vực", "vùng")
_FIGURE: Final = re.compile(r"\s{1,3}\d{1,3}(?![\w/.,-])")
"""Behind these words a figure is a part of the name: ``Thuế cơ sở 3``, ``Trường THPT số 1``."""
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
_OWN_NAME: Final = re.compile(rf"(?:[{UPPER}]\w*\s{{1,3}}[{UPPER}]\w*|(?<!\w)[{UPPER}][{UPPER}&]+)\Z")
"""Two words with a capital each, or letters: no small syllable completes them (``Việt Nam``, ``PCCC&CNCH``)."""
_STOP: Final = frozenset(entries("body_stops"))
_VERBS: Final = _wrapped_late(rf"{words('body_verbs')}(?!\w)")
_WORD: Final = late(
    rf"(?!\s?\n\s?\n\s?[{UPPER}])"  # a blank line and a capital begin something else
    rf"(?:\s{{1,3}}(?:[-&]\s)?|,\s{{1,3}}(?!{words('titles')}(?!\w))(?=[{UPPER}][^\W\d_{UPPER}]))"
    r"(?!(?:nhiệm kỳ|khóa)\s{1,3}[IVX\d])([^\W\d_][\w/&-]*)"
)
_PROVINCE_WORD: Final = _wrapped(r"\s{1,3}(tinh|thanh pho|tp\.?)(?![a-z])\s{0,3}")
_DESK: Final = _wrapped(r"(thanh tra|van phong|dang uy|ban can su dang|dang doan)\s{1,3}")
_DESKS: Final = {
    "thanh tra": "Thanh tra ",
    "van phong": "Văn phòng ",
    "dang uy": "Đảng ủy ",
    "ban can su dang": "Ban cán sự đảng ",
    "dang doan": "Đảng đoàn ",
}
_REGIONAL: Final = late(
    rf"(?P<body>{words('regional_offices')})\s+khu vực\s+(?P<number>[IVXL]+|\d{{1,2}})(?!\w)", re.IGNORECASE
)
"""An office for several provinces: ``Kho bạc Nhà nước khu vực XI``."""
_OFFICES: Final = ("kho ", "thue ", "hai ", "bao ", "kiem ", "ngan ", "chi ")
_ZONES: Final = ("khu kinh tế", "khu công nghiệp", "khu công nghệ cao")
_ZONE_NAME: Final = late(
    rf"(?P<border>\s{{1,3}}[Cc]ửa\s{{1,3}}[Kk]hẩu)?(?P<name>(?:\s{{1,3}}{_VERB}{_NEXT_UNIT}(?!Và\s)[{UPPER}]\w+){{1,3}})"
)
_OTHER_ZONES: Final = _wrapped(r"\s{1,3}va cac (?:khu cong nghiep|kcn|khu kinh te|kkt)(?![a-z])")
"""Behind a zone's name: ``Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi``."""
_PARTY_DESKS: Final = ("Đảng ủy ", "Đảng đoàn ")
"""Those of the State's central bodies bear their names; their offices and inspectorates are listed."""
_OF_THE_DEPARTMENT: Final = re.compile(r"\s{1,3}so(?![a-z])(?!\s+\d)")
_BLANK: Final = re.compile(r"\s{1,3}")
_OF_A_BODY: Final = "Đảng ủy"
"""The Party committee of an agency, a ward or a commune; that of a province is its Tỉnh ủy."""
_PARTY_PLACE: Final = {"Tỉnh ủy, Thành ủy": ("Tỉnh ủy", "Thành ủy")}
_OF_A_PROVINCE: Final = re.compile(r"(?:tinh\s+uy|dang\s+bo\s+tinh)\Z")
_PARTY_CITY: Final = {"Hồ Chí Minh": "Thành phố Hồ Chí Minh"}
"""A city with a person's name is not called by that name alone: Thành ủy Hà Nội, Thành ủy Thành phố Hồ Chí Minh."""


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
def _province_lexicon() -> Lexicon[str]:
    latest = sorted(provinces(), key=lambda p: p.valid_from or "", reverse=True)
    names = [(p.name, p.name) for p in latest]
    names += [(v, p.name) for p in latest for v in p.variants if not v.endswith("?")]
    return Lexicon(names)


@cache
def _form(province: str) -> str:
    """``tỉnh`` or ``thành phố``: the form that the unit had for longest since the division of 2004."""

    def days(row: Province) -> int:
        begin, end = max(row.valid_from or "2004-01-01", "2004-01-01"), row.valid_to or "2026-12-31"
        return (date.fromisoformat(end) - date.fromisoformat(begin)).days

    return max((p for p in provinces() if p.name == province), key=days).form


def province_at(folded: str, pos: int) -> tuple[str, int] | None:
    """Short name and end of the province-level unit named at ``pos`` of a folded text, or None.

    >>> province_at("tinh hau giang", 5)
    ('Hậu Giang', 14)
    """
    return _province_lexicon().match(folded, pos)


@lru_cache(maxsize=4096)  # the same few bodies, again and again
def province_of(name: str | None) -> str | None:
    """Province that a body's full name ends with, or None.

    >>> [province_of(n) for n in ("Sở Công Thương tỉnh Trà Vinh", "Tỉnh ủy Hậu Giang", "Bộ Công Thương")]
    ['Trà Vinh', 'Hậu Giang', None]
    >>> province_of("Thành ủy Thành phố Hồ Chí Minh")
    'Hồ Chí Minh'
    """
    if not name:
        return None
    folded = fold(name)
    for match in re.finditer(r"(?:tinh uy|thanh uy|tinh|thanh pho)\s+", folded):
        found = province_at(folded, match.end())
        if found and found[1] == len(folded):
            return found[0]
    return None


@cache
def part_of(place: str, province: str) -> bool:
    """Whether a province-level unit, by its short name, is ``province`` or merged into it.

    >>> part_of("Yên Bái", "Lào Cai"), part_of("Lào Cai", "Yên Bái")
    (True, False)
    """
    if place == province:
        return True
    heirs = {p.full_name for p in provinces() if p.name == province and p.valid_to is None}
    return any(heirs & {*p.successors, *p.current} for p in provinces() if p.name == place)


def with_place(base: str, province: str | None) -> str:
    """Add the province to a local body's name; without one the name stays as it is."""
    if base in _PARTY_PLACE:
        if not province:
            return base
        return f"{_PARTY_PLACE[base][_form(province) == 'thành phố']} {_PARTY_CITY.get(province, province)}"
    if province and base.endswith(" Tỉnh ủy"):
        return f"{base.removesuffix('Tỉnh ủy')}{with_place('Tỉnh ủy, Thành ủy', province)}"
    return f"{base} {_form(province)} {province}" if province else base


def _place(text: str, folded: str, end: int, body: Body, province: str | None) -> tuple[str, int, bool]:
    """Full name of a local ``body`` whose bare name ends at ``end``; also the end of its place."""
    base = body.name
    if base == _OF_A_BODY:
        province = None
    party = body.kind == "Party body" and body.abbr not in ("ĐU", "BCSĐ", "ĐĐ")
    if (grade := _CLASS.match(folded, end)) and not party:
        units = {" ".join(unit.split()) for unit in _UNIT.findall(grade[1])}
        kind = "tỉnh" if "tinh" in units else "xã" if units <= {"xa", "phuong", "thi tran", "dac khu"} else "huyện"
        return f"{base} cấp {kind}", grade.end(), True
    level = _LEVEL.match(folded, end)
    if level:
        if named := _in_named_unit(text, folded, base, level, party=party):
            return *named, True
        word = " ".join(level[1].rstrip(".").split())
        written = " ".join(text[slice(*level.span(1))].lower().split())
        if word in ("tinh", "thanh pho", "tp"):
            name = with_place(base, province)
            if not party and (not province or (word != "tinh" and _form(province) == "tỉnh")):
                name = f"{base} {'tỉnh' if word == 'tinh' else 'thành phố'}"  # a city of the province
            return name, level.end(1), False
        return f"{base} {written}", level.end(1), False
    bare = _BLANK.match(folded, end)
    if bare and text[bare.end() : bare.end() + 1].isupper() and (found := province_at(folded, bare.end())):
        return with_place(base, found[0]), found[1], True
    proper = _PROPER.match(text, bare.end()) if party and bare else None
    # "… Tỉnh ủy" / "ĐẢNG CỘNG SẢN VIỆT NAM": the next line of a head.
    if proper and not (proper[0].isupper() and text[end - 1].islower()):
        place = " ".join(proper[0].split())
        if base not in _PARTY_PLACE:
            within, end = units_above(text, folded, proper.end(), "huyện")
            return f"{base} {place}{within}", end, True
        if not _OF_A_PROVINCE.search(folded, max(0, end - 16), end):
            return f"Thành ủy {place}", proper.end(), True
        if province and province.startswith(place + " "):
            return with_place(base, province), proper.end(), True  # "Tỉnh ủy Lào": a word is lost
        return f"Tỉnh ủy {place}", proper.end(), True
    if body.level == "district":
        return base, end, False
    if base.lower().endswith(_ZONES) and (zone := _ZONE_NAME.match(text, end)):
        return _zone(text, folded, base, zone)
    return with_place(base, province), end, False


def _in_named_unit(
    text: str, folded: str, base: str, level: re.Match[str], *, party: bool = False
) -> tuple[str, int] | None:
    """Full name of a local body in the unit whose name stands behind its kind, and where that ends."""
    word, after = " ".join(level[1].rstrip(".").split()), level.end()
    if word in ("tinh", "thanh pho", "tp") and (found := province_at(folded, after)):
        if word != "tinh" and _form(found[0]) == "tỉnh" and not party:
            return f"{base} thành phố {found[0]}", found[1]  # the city of that name
        return with_place(base, found[0]), found[1]
    if word == "tinh" or not (proper := _PROPER.match(text, after)):
        return None
    unit = _UNABBREVIATED.get(word, " ".join(text[slice(*level.span(1))].lower().split()))
    within, end = units_above(text, folded, proper.end(), unit)
    return f"{base} {unit} {' '.join(proper[0].split())}{within}", end


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


_UNABBREVIATED: Final = {"tp": "thành phố", "tx": "thị xã"}
_DISTRICTS: Final = {
    "huyen": "huyện",
    "quan": "quận",
    "thi xa": "thị xã",
    "tx": "thị xã",
    "thanh pho": "thành phố",
    "tp": "thành phố",
}


def units_above(text: str, folded: str, end: int, unit: str) -> tuple[str, int]:
    """What is written behind a district or commune, as ``, huyện …, tỉnh …``, and where that ends.

    ``unit`` is its form, ``folded`` is ``fold(text)``.

    >>> units_above("xã Đa Tốn huyện Gia Lâm, TP Hà Nội", "xa da ton huyen gia lam, tp ha noi", 9, "xã")
    (', huyện Gia Lâm, thành phố Hà Nội', 34)
    """
    within = ""
    while level := _WITHIN.match(folded, end):
        district = _DISTRICTS.get(" ".join(level[1].rstrip(".").split()))
        named = text[level.end() : level.end() + 1].isupper()
        found = province_at(folded, level.end()) if named else None
        # "UBND thành phố Vinh, thành phố Hà Nội" are two.
        city = district == unit == "thành phố"
        if found and (district is None or (district == "thành phố" == _form(found[0]) and not city)):
            return f"{within}, {_form(found[0])} {found[0]}", found[1]
        below = not within and district and unit not in _DISTRICTS.values()
        proper = _PROPER.match(text, level.end()) if below else None
        if proper is None:
            break
        within, end = f", {district} {' '.join(proper[0].split())}", proper.end()
    return within, end


_FIRST: Final = re.compile(r"[0-9a-z]+")


@cache
def openings() -> frozenset[str]:
    """Words, unaccented, with which the name of a body or an officer may begin."""
    # Every word of the patterns, wherever it stands in them: too many do no harm.
    patterns = fold("|".join(p.pattern for p in (_OFFICER, _DESK, _HEAD)).replace("[Cc]", "C"))
    return _body_lexicon().openings() | enterprises.OPENINGS | frozenset(re.findall("[a-z]+", patterns))


def parse(text: str, folded: str, pos: int, province: str | None = None) -> BodySpan | None:
    """The body named at ``pos``; ``province`` is the place of a local body that names none.

    ``folded`` is ``fold(text)``.
    """
    first = _FIRST.match(folded, pos)
    if first is None or first[0] not in openings():
        return None
    start = pos
    if (team := teams.name_at(text, pos)) and (owner := _owner(text, folded, team[1], province)):
        central = owner.body is not None and owner.body.level == "central" and owner.body.kind != "steering committee"
        return owner._replace(name=teams.of_body(team[0], owner.name, central=central), start=start, body=None)
    hit = _body_lexicon().match(folded, pos)
    if folded.startswith(_OFFICES, pos) and (region := _REGIONAL.match(text, pos)):
        base = f"{hit[0].name}{text[hit[1] : region.end('body')]}" if hit else region["body"]
        base = " ".join(base.split()).replace("Chi Cục", "Chi cục")
        name = f"{base} khu vực {region['number']}"
        return BodySpan(name, start, region.end(), hit[0] if hit else None, True)
    officer = None if hit else _OFFICER.match(folded, pos)
    prefix = ""
    if officer:
        pos = officer.end()
        hit = _body_lexicon().match(folded, pos)
    if hit and len((word := text[pos : hit[1]].lower().replace("đ", "d")).split()) == 1 and fold(word) != word:
        hit = None  # "Một" is no MOT
    if not hit or hit[0].abbr in ("TTT", "VP", "ĐU", "BCSĐ", "ĐĐ"):
        desk = _DESK.match(folded, pos)
        inner = _body_lexicon().match(folded, desk.end()) if desk else None
        if desk and inner:
            own = _DESKS[" ".join(desk[1].split())]
            if inner[0].level != "central" or own in _PARTY_DESKS:
                prefix, hit = own, inner
        elif hit and _OF_THE_DEPARTMENT.match(folded, hit[1]):
            # "Thanh tra Sở" of an unnamed department is not the provincial inspectorate.
            hit = None
    if hit:
        body, end = hit
        if body.kind == "steering committee" and body.level != "central":
            return _committee(text, folded, start, pos, province)
        level = _LEVEL.match(folded, end) if body.kind == "general department" else None
        if level and (there := _in_named_unit(text, folded, body.name, level)):
            return BodySpan(there[0], start, there[1], body, True)
        bare = _BLANK.match(folded, end) if body.name in _OF_PROVINCES else None
        if bare and text[bare.end() : bare.end() + 1].isupper() and (found := province_at(folded, bare.end())):
            return BodySpan(with_place(body.name, found[0]), start, found[1], body, True)
        if body.level in ("central", "enterprise"):
            if branch := _branch(text, folded, end, body, province):
                return BodySpan(branch[0], start, branch[1], body, True)
            return BodySpan(prefix + body.name, start, end, body, True)
        name, stop, placed = _place(text, folded, end, body, province)
        if name in _PARTY_PLACE and "," not in text[pos:end]:
            name = _PARTY_PLACE[name]["thanh uy" in folded[pos:end]]
        return BodySpan(prefix + name, start, stop, body, placed)
    return _unlisted(text, folded, start, pos, province)


_BRANCH: Final = re.compile(r"\s{1,3}(?:-\s{1,3})?[Cc]hi\s{1,3}[Nn]hánh(?=\s)")
_SEAT: Final = re.compile(r"\s{1,3}tai\s{1,3}(?:(?:thanh\s{1,3}pho|tp\.?)\s{0,3})?")
_SEATED: Final = "cấp cao"
"""Courts and procuracies for several provinces, called by their seats (Luật Tổ chức Tòa án nhân dân 2014, Điều 30)."""


def _branch(text: str, folded: str, end: int, body: Body, province: str | None) -> tuple[str, int] | None:
    """Full name of the branch or the seat of a central body that is named behind it, and where that ends."""
    if body.name.endswith(_SEATED):
        seat = _SEAT.match(folded, end)
        city = province_at(folded, seat.end()) if seat else None
        return (f"{body.name} tại {_PARTY_CITY.get(city[0], city[0])}", city[1]) if city else None
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
    central = re.search(r"quốc gia|Trung ương|Chính phủ|Nhà nước|Ban Chỉ đạo nhà nước", name)
    place = re.search(r"(?<!cấp)(?:\scủa)?\s(?:tỉnh|thành phố|TP\.?)\s?(.*)$", name)
    if central or (place and place[1]):
        return BodySpan(name, start, end, None, True)
    bare = name[: place.start()] if place else name
    return BodySpan(with_place(bare, province), start, end, None, False)


def _unlisted(text: str, folded: str, start: int, pos: int, province: str | None) -> BodySpan | None:
    """A body that begins with one of the usual heads; its name runs over capitals and their second syllables."""
    if enterprise := enterprises.read(text, pos):
        return BodySpan(enterprise[0], start, enterprise[1], None, False)
    head = _HEAD.match(text, pos)
    if not head:
        return None
    end = capital = head.end()
    level = None
    while (word := _WORD.match(text, end)) and len(text[pos:end].split()) < _LONGEST:
        if "," in word[0] and _HEAD.match(text, word.start(1)):
            break  # the next body of a row
        if _ends(text, pos, end, word):
            break
        if (
            word[1].lower() in _UNIT_WORDS
            and not _SOCIAL.match(text, word.start(1))
            and (level := _LEVEL.match(folded, end))
        ):
            if _in_named_unit(text, folded, "", level):
                break
            level = None
        figure = _FIGURE.match(text, word.end()) if word[1].lower() in _COUNTING else None
        end = figure.end() if figure else word.end()
        if figure or word[1][0].isupper():
            capital = end
    level = level or _LEVEL.match(folded, end)
    of_province = level is not None and level[1] == "tinh"
    named = _in_named_unit(text, folded, "", level) if level else None
    if capital > head.end() and not (named or of_province) and not text[pos:end].startswith("Ban Chỉ đạo"):
        # One small syllable completes a compound word ("Thương mại"); further ones are the sentence going on.
        own = _OWN_NAME.search(text, head.end(), capital)
        tail = None if own and not _HEAD.match(text, own.start()) else _WORD.match(text, capital)
        stop = tail.end() if tail else capital
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
        full, end = _in_named_unit(text, folded, name, level) or (name, end)
        return BodySpan(full, start, end, None, True)
    if level and of_province:
        return BodySpan(with_place(name, province), start, level.end(1), None, False)
    return BodySpan(name, start, end, None, False)


def _ends(text: str, pos: int, end: int, word: re.Match[str]) -> bool:
    """Whether the name from ``pos`` to ``end`` ends before a word that goes on with the sentence."""
    stops, verb = word[1] in _STOP, _VERBS.match(text, word.start(1))
    if word[1] == "số" and _FIGURE.match(text, word.end()) and _NUMBERED.match(text, pos):
        return False
    if not (stops or verb) or _COMPOUND.search(text, pos, verb.end() if verb else word.end()):
        return False
    if stops:
        return not _goes_on(text, word)
    return not text.endswith(_MANAGING, pos, end) and not _FIRM.search(text, pos, end)


def _goes_on(text: str, word: re.Match[str]) -> bool:
    """Whether "và" joins two parts of one name: ``Cục Văn thư và Lưu trữ nhà nước``, not two bodies."""
    after = _WORD.match(text, word.end()) if word[1] == "và" else None
    if after is None or "," in after[0] or not after[1][0].isupper():
        return False
    return not _HEAD.match(text, after.start(1)) and not _DOCUMENT.match(text, after.start(1))


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


_OWN_UNIT: Final = re.compile(
    r"(?:(?P<committee>Huyện|Quận|Thị|Thành) ủy"
    r"|.*\s(?P<unit>huyện|quận|thị xã|thành phố|(?<!tác )xã|phường|thị trấn|đặc khu))"
    rf"\s(?P<name>[{UPPER}\d].*)"
)
_OFFICE: Final = late(rf"{words('local_offices')}(?!\w)(?!.*\skhu vực\s)")
_UNITS_ABOVE: Final = re.compile(rf"(?:, (?:huyện|quận|thị xã|thành phố|tỉnh) [{UPPER}\d][^,]*)+\Z")
_UNIT_OF_COMMITTEE: Final = {"Huyện": "huyện", "Quận": "quận", "Thị": "thị xã", "Thành": "thành phố"}
_WITHOUT_NAME: Final = re.compile(
    r"(?P<committee>Huyện|Quận|Thị) ủy|.*(?<!cấp)\s(?P<unit>huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)"
)


@lru_cache(maxsize=4096)  # the same few bodies, again and again
def in_unit_of(name: str, own: str | None) -> str:
    """Name a district or commune as that of the body at hand, where ``name`` leaves open which it is.

    >>> in_unit_of("Ủy ban nhân dân huyện", "Huyện ủy Yên Định")
    'Ủy ban nhân dân huyện Yên Định'
    >>> in_unit_of("Huyện ủy", "Liên đoàn Lao động huyện Yên Định")
    'Huyện ủy Yên Định'
    >>> in_unit_of("Ủy ban nhân dân xã", "Ủy ban nhân dân huyện Yên Định"), in_unit_of("Ủy ban nhân dân huyện", None)
    ('Ủy ban nhân dân xã', 'Ủy ban nhân dân huyện')
    """
    of = _own_unit(own) if own else None
    open_ = _WITHOUT_NAME.fullmatch(name) if of else None
    if of is None or open_ is None:
        return name
    own_unit, unit = (m["unit"] or _UNIT_OF_COMMITTEE[m["committee"]] for m in (of, open_))
    return f"{name} {of['name']}" if own_unit == unit else name


@cache
def _desks_of_districts() -> frozenset[str]:
    return frozenset(body.name for body in bodies() if body.level == "district" and body.kind == "people's committee")


@cache
def _listed() -> frozenset[str]:
    return frozenset(body.name for body in bodies())


def below(name: str, above: str) -> str:
    """Name a body in a letterhead as that of the district or commune whose committee stands above it.

    >>> below("Phòng Kinh tế và Hạ tầng", "Ủy ban nhân dân huyện Châu Thành, tỉnh Long An")
    'Phòng Kinh tế và Hạ tầng huyện Châu Thành, tỉnh Long An'
    >>> below("Thanh tra huyện", "Ủy ban nhân dân huyện Yên Định"), below("Phòng Kinh tế", "Sở Công Thương")
    ('Thanh tra huyện Yên Định', 'Phòng Kinh tế')
    """
    of = _own_unit(above)
    if of is None or of["unit"] is None:
        return name
    unit = above[of.start("unit") :]
    if name in _desks_of_districts() or (_OFFICE.match(name) and not _own_unit(name) and name not in _listed()):
        return f"{name.removesuffix(' ' + of['unit'])} {unit}"
    return f"{name.removesuffix(of['unit'])}{unit}" if in_unit_of(name, above) != name else name


def _own_unit(name: str) -> re.Match[str] | None:
    """The district or commune that a body is of; None for one of a province or of the centre."""
    if " " not in name:
        return None
    bare = _UNITS_ABOVE.sub("", name)
    of = _OWN_UNIT.fullmatch(bare)
    return of if of and not province_of(bare) else None


@lru_cache(maxsize=16_384)
def below_province(name: str) -> bool:
    """Whether a full name is that of a body of one district or commune, other than an enterprise.

    >>> [below_province(f"Ủy ban nhân dân {of}") for of in ("huyện Châu Thành", "cấp huyện", "thành phố Hà Nội")]
    [True, False, False]
    >>> below_province("Huyện ủy Yên Định"), below_province("Liên minh Hợp tác xã Việt Nam")
    (True, False)
    """
    return _own_unit(name) is not None and enterprises.read(name, 0) is None


def in_province(name: str, province: str) -> str:
    """Add the province to the name of a body of a district or commune.

    >>> in_province("Ủy ban nhân dân huyện Hoài Đức", "Hà Nội")
    'Ủy ban nhân dân huyện Hoài Đức, thành phố Hà Nội'
    """
    return f"{name}, {_form(province)} {province}"


def of_place(name: str, province: str) -> str:
    """Add the province to the name of an office of it that no table lists and that names no place.

    >>> of_place("Trung tâm Kiểm soát bệnh tật", "Lào Cai"), of_place("Trường THPT Trần Phú", "Lào Cai")
    ('Trung tâm Kiểm soát bệnh tật tỉnh Lào Cai', 'Trường THPT Trần Phú')
    >>> of_place("Trung tâm Y tế huyện Bảo Yên", "Lào Cai")
    'Trung tâm Y tế huyện Bảo Yên'
    """
    if not _OFFICE.match(name) or _own_unit(name) or province_of(name) or fold(name).endswith(fold(province)):
        return name
    return with_place(name.removesuffix(" tỉnh"), province)


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
        return with_place(body.name, None if body.name == _OF_A_BODY else province), True
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
