"""Places in the names of bodies: the unit that a body is of, written behind its name or to be added to it.

A local body's full name ends with its place, a province (``Sở Công Thương tỉnh Trà Vinh``) or a district or
commune with what stands above it (``Ủy ban nhân dân huyện Gia Lâm, thành phố Hà Nội``).

>>> with_place("Sở Công Thương", "Hà Nội"), province_of("Tỉnh ủy Hậu Giang")
('Sở Công Thương thành phố Hà Nội', 'Hậu Giang')
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import Final

from kg.entities import enterprises
from kg.ontology.tables import Province, bodies, provinces
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.lexicon import Lexicon
from kg.text.normalization import UPPER, fold
from kg.text.patterns import wrapped

__all__ = [
    "LEVEL",
    "NAME_VERB",
    "NEXT_UNIT",
    "PARTY_CITY",
    "PARTY_PLACE",
    "PROPER",
    "UNITS",
    "below",
    "below_province",
    "form",
    "in_named_unit",
    "in_province",
    "in_unit_of",
    "of_place",
    "part_of",
    "province_at",
    "province_of",
    "units_above",
    "with_place",
]


LEVEL: Final = wrapped(
    r"\s{1,3}(tinh|thanh pho|tp\.?|huyen|quan|thi xa|tx\.?|xa|phuong|thi tran|dac khu)(?![a-z])(\s{0,3})"
)
# Kinds of units below a province.
UNITS: Final = r"(?:huyen|quan|thi xa|thanh pho|tp|xa|phuong|thi tran|dac khu)"
# A place's name; a capital may also begin the document's subject: "UBND huyện Quy định …".
NAME_VERB: Final = rf"(?!(?i:{words('name_verbs')})(?!\w))"
NEXT_UNIT: Final = r"(?!(?:Tỉnh|Huyện|Quận|Thị [Xx]ã|Thành [Pp]hố)(?!\w))"
# "Chủ tịch UBND huyện Bảo Yên Nguyễn Văn A": who holds the office is no part of the place.
_NO_PERSON: Final = rf"(?!{words('surnames')}\s{{1,3}}[{UPPER}])"
PROPER: Final = late(
    rf"(?:\d{{1,2}}|{NAME_VERB}[{UPPER}][\w']*)(?:[\s-]{{1,3}}{NAME_VERB}{NEXT_UNIT}{_NO_PERSON}[{UPPER}][\w']*){{0,3}}"
)
_WITHIN: Final = wrapped(r",?\s{1,3}(huyen|quan|thi xa|thanh pho|tp\.?|tx\.?|tinh)(?![a-z])\s{0,3}")
# The name of a Party committee, and of the Youth Union's, has no word for the unit.
PARTY_PLACE: Final = {"Tỉnh ủy, Thành ủy": ("Tỉnh ủy", "Thành ủy"), "Tỉnh đoàn": ("Tỉnh đoàn", "Thành đoàn")}
PARTY_CITY: Final = {"Hồ Chí Minh": "Thành phố Hồ Chí Minh"}
"""A city with a person's name is not called by that name alone: Thành ủy Hà Nội, Thành ủy Thành phố Hồ Chí Minh."""


@cache
def _province_lexicon() -> Lexicon[str]:
    latest = sorted(provinces(), key=lambda p: p.valid_from or "", reverse=True)
    names = [(p.name, p.name) for p in latest]
    names += [(v, p.name) for p in latest for v in p.variants if not v.endswith("?")]
    return Lexicon(names)


@cache
def form(province: str) -> str:
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
    for match in re.finditer(r"(?:(?:tinh|thanh) (?:uy|doan)|tinh|thanh pho)\s+", folded):
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
    if base in PARTY_PLACE:
        if not province:
            return base
        return f"{PARTY_PLACE[base][form(province) == 'thành phố']} {PARTY_CITY.get(province, province)}"
    if province and base.endswith(" Tỉnh ủy"):
        return f"{base.removesuffix('Tỉnh ủy')}{with_place('Tỉnh ủy, Thành ủy', province)}"
    return f"{base} {form(province)} {province}" if province else base


def in_named_unit(
    text: str, folded: str, base: str, level: re.Match[str], *, party: bool = False
) -> tuple[str, int] | None:
    """Full name of a local body in the unit whose name stands behind its kind, and where that ends."""
    word, after = " ".join(level[1].rstrip(".").split()), level.end()
    if word in ("tinh", "thanh pho", "tp") and (found := province_at(folded, after)):
        if word != "tinh" and form(found[0]) == "tỉnh" and not party:
            return f"{base} thành phố {found[0]}", found[1]  # the city of that name
        return with_place(base, found[0]), found[1]
    if word == "tinh" or not (proper := PROPER.match(text, after)):
        return None
    unit = _UNABBREVIATED.get(word, " ".join(text[slice(*level.span(1))].lower().split()))
    within, end = units_above(text, folded, proper.end(), unit)
    return f"{base} {unit} {' '.join(proper[0].split())}{within}", end


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
        if found and (district is None or (district == "thành phố" == form(found[0]) and not city)):
            return f"{within}, {form(found[0])} {found[0]}", found[1]
        below = not within and district and unit not in _DISTRICTS.values()
        proper = PROPER.match(text, level.end()) if below else None
        if proper is None:
            break
        within, end = f", {district} {' '.join(proper[0].split())}", proper.end()
    return within, end


_OWN_UNIT: Final = re.compile(
    r"(?:(?:Ủy ban Kiểm tra )?(?P<committee>Huyện|Quận|Thị|Thành) ủy"
    r"|.*\s(?P<unit>huyện|quận|thị xã|thành phố|(?<!tác )xã|phường|thị trấn|đặc khu))"
    rf"\s(?P<name>[{UPPER}\d].*)"
)
_OFFICE: Final = late(rf"{words('local_offices')}(?!\w)(?!.*\skhu vực\s)")
_UNITS_ABOVE: Final = re.compile(rf"(?:, (?:huyện|quận|thị xã|thành phố|tỉnh) [{UPPER}\d][^,]*)+\Z")
_OF_COMMUNE: Final = "Đảng ủy"
_COMMUNES: Final = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
_UNIT_OF_COMMITTEE: Final = {"Huyện": "huyện", "Quận": "quận", "Thị": "thị xã", "Thành": "thành phố"}
_WITHOUT_NAME: Final = late(
    r"(?:Ủy ban Kiểm tra )?(?P<committee>Huyện|Quận|Thị) ủy"
    r"|.*(?<!cấp)\s(?P<unit>huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)"
)


@lru_cache(maxsize=4096)  # the same few bodies, again and again
def in_unit_of(name: str, own: str | None) -> str:
    """Name a district or commune as that of the body at hand, where ``name`` leaves open which it is.

    >>> in_unit_of("Ủy ban nhân dân huyện", "Huyện ủy Yên Định")
    'Ủy ban nhân dân huyện Yên Định'
    >>> in_unit_of("Huyện ủy", "Liên đoàn Lao động huyện Yên Định")
    'Huyện ủy Yên Định'
    >>> in_unit_of("Đảng ủy", "Ủy ban nhân dân xã Phú Tân"), in_unit_of("Đảng ủy", "Sở Nội vụ")
    ('Đảng ủy xã Phú Tân', 'Đảng ủy')
    >>> in_unit_of("Ủy ban nhân dân xã", "Ủy ban nhân dân huyện Yên Định"), in_unit_of("Ủy ban nhân dân huyện", None)
    ('Ủy ban nhân dân xã', 'Ủy ban nhân dân huyện')
    """
    of = _own_unit(own) if own else None
    if of and name.endswith(_OF_COMMUNE) and of["unit"] in _COMMUNES:
        return f"{name} {of['unit']} {of['name']}"
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


_INTERNAL: Final = re.compile(r"(?:Phòng|Vụ) |Thanh tra(?: Sở| Bộ)?\Z")
_DEPARTMENTS: Final = ("Sở", "Bộ")


def below(name: str, above: str) -> str:
    """Name a body in a letterhead as that of the district or commune whose committee stands above it.

    So with an office within a department or a ministry, which has no name of its own.

    >>> below("Phòng Kinh tế và Hạ tầng", "Ủy ban nhân dân huyện Châu Thành, tỉnh Long An")
    'Phòng Kinh tế và Hạ tầng huyện Châu Thành, tỉnh Long An'
    >>> below("Thanh tra huyện", "Ủy ban nhân dân huyện Yên Định"), below("Phòng Kinh tế", "Ủy ban nhân dân")
    ('Thanh tra huyện Yên Định', 'Phòng Kinh tế')
    >>> below("Thanh tra Sở", "Sở Y tế tỉnh Lào Cai"), below("Vụ Pháp chế", "Bộ Công Thương")
    ('Thanh tra Sở Y tế tỉnh Lào Cai', 'Vụ Pháp chế Bộ Công Thương')
    """
    kind = above.split(" ", 1)[0]
    if _INTERNAL.match(name) and kind in _DEPARTMENTS and kind not in name.split()[:-1]:
        return f"{name.removesuffix(f' {kind}')} {above}"
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
    return f"{name}, {form(province)} {province}"


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
