"""Names of bodies that stand in capitals, written as in a text.

Capitals begin the words for the kind of the body and those for its field, and a field behind "và", a comma
or a dash (Nghị định 30/2020/NĐ-CP, Phụ lục II, mục IV): ``Cục Kinh tế - Quản lý đầu tư xây dựng``.  What
the tables of bodies write otherwise, they know better (``Hội Liên hiệp Phụ nữ``).  Names of places and
words that no table has, which may be names, keep their capitals.

>>> in_case("CỤC KINH TẾ - QUẢN LÝ ĐẦU TƯ XÂY DỰNG")
'Cục Kinh tế - Quản lý đầu tư xây dựng'
>>> in_case("CHI CỤC THUẾ KHU VỰC LONG MỸ - VỊ THỦY"), in_case("PHÒNG QLCN"), in_case("BAN AN TOÀN ABC")
('Chi cục Thuế khu vực Long Mỹ - Vị Thủy', 'Phòng QLCN', 'Ban An toàn ABC')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from kg.ontology.tables import bodies, laws, provinces, read, shortenings
from kg.ontology.wording import entries
from kg.text.normalization import fold

__all__ = ["in_case", "titled"]

_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_ROMAN: Final = re.compile(r"[IVX]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# What stands behind them is the name of a place.
_UNITS: Final = (
    *("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"),
    *("khu vực", "vùng", "tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy"),
)
_ZONES: Final = [
    zone.split() for zone in ("khu kinh tế", "khu công nghiệp", "khu công nghệ cao", "vườn quốc gia", "cửa khẩu")
]
_UNIT_OTHERWISE: Final = frozenset({("xã", "hội"), ("xã", "viên"), ("huyện", "đội"), ("thành", "phố")})


def titled(text: str) -> str:
    """``SỞ CÔNG THƯƠNG TỈNH HÀ TĨNH`` in title case, as names of places are written; abbreviations stay.

    The words for the kind of a body, at the head, are in their case.

    >>> titled("PHÒNG QLCN HUYỆN KỲ ANH"), titled("UBMTTQ VÙNG II"), titled("CHI CỤC THUẾ")
    ('Phòng QLCN Huyện Kỳ Anh', 'UBMTTQ Vùng II', 'Chi cục Thuế')
    """
    words = [_LETTERS.sub(lambda word: _capital(word[0]), word) for word in text.split(" ")]
    kind = _kind([word.lower() for word in words])
    return " ".join((*kind, *words[len(kind) :]))


def _capital(word: str) -> str:
    return word.capitalize() if _SYLLABLE.fullmatch(fold(word)) and not _ROMAN.fullmatch(word) else word


def in_case(name: str) -> str:
    """The name of a body that stands in capitals or in title case, written as in a text."""
    words = titled(name).split(" ")
    small = [word.lower() for word in words]
    out: list[str] = []
    kind = _kind(small)
    # A committee is named by its subject: "Ban Chỉ đạo phát triển du lịch, dịch vụ".
    subject = kind[-1:] == ["đạo"]
    opens, placed = False, False
    for k, word in enumerate(words):
        if k < len(kind):
            out.append(kind[k])
            opens = not subject
            continue
        bare = small[k].strip(",")
        if not _LETTERS.fullmatch(bare) or (len(bare) > 1 and word.strip(",").isupper()):
            out.append(word)  # a dash, an abbreviation
            opens = not subject and (opens or not any(map(str.isalpha, word)))
        elif unit := _unit(small, k):
            out.append(word if unit[-1] == "ủy" else unit[0])
            opens, placed = False, True
        elif k and _unit(small, k - 1)[1:] == [small[k]]:
            out.append(small[k])
        elif placed or _of_zone(small, k) or _of_province(small, k) or _capitals(small, k):
            placed = placed or _of_zone(small, k)
            out.append(word)
            opens = False
        elif bare == "và":
            out.append(small[k])
            opens = not subject
        else:
            before = (small[k - 2] if k > 1 else "", small[k - 1] if k else "")
            out.append(_written(before, small[k], word, opens, subject or _known(small, k)))
            opens = not subject and word.endswith(",") and small[k + 1 : k + 2] != ["chống"]
    return " ".join(out)


def _written(before: tuple[str, str], small: str, word: str, opens: bool, known: bool) -> str:
    bare = small.strip(",")
    as_listed = _pairs().get((before[1], bare))
    if as_listed is not None:
        return word if as_listed[1] else small
    if before[1] == "và" and (before[0], bare) in _joined():
        return small  # "doanh nghiệp nhỏ và vừa"
    return word if opens or not known else small


@cache
def _joined() -> frozenset[tuple[str, str]]:
    """Words that "và" joins in the names of laws."""
    found = (re.findall(r"(\w+) và (?=(\w+))", law.name.lower()) for law in laws())
    return frozenset(pair for pairs in found for pair in pairs)


def _capitals(small: list[str], k: int) -> bool:
    """Whether a word belongs to two that always have a capital each: ``Công Thương``."""
    return any(
        _pairs().get((small[at], small[at + 1].strip(","))) == (True, True)
        for at in (k - 1, k)
        if 0 < at + 1 < len(small) and at >= 0
    )


def _kind(small: list[str]) -> list[str]:
    """The words for the kind of the body at the head of a name, in their case."""
    for length in range(min(4, len(small)), 0, -1):
        if kind := _kinds().get(" ".join(small[:length])):
            return kind.split(" ")
    return []


@cache
def _kinds() -> dict[str, str]:
    return {kind.lower(): kind for kind in entries("body_kinds")}


def _unit(small: list[str], k: int) -> list[str]:
    """The words for a unit of administration at a place in a name."""
    two = " ".join(small[k : k + 2])
    if two in _UNITS:
        return small[k : k + 2]
    return [small[k]] if small[k] in _UNITS and tuple(small[k : k + 2]) not in _UNIT_OTHERWISE else []


def _of_zone(small: list[str], k: int) -> bool:
    """Whether the name of a zone begins with a word: ``Khu công nghệ cao Hòa Lạc``."""
    return small[k] != "và" and any(small[max(0, k - len(zone)) : k] == zone for zone in _ZONES)


def _of_province(small: list[str], k: int) -> bool:
    """Whether a word belongs to the name of a province, which has two words or more."""
    return any(
        small[at : at + len(name)] == name
        for name in _provinces().get(small[k].strip(","), ())
        for at in range(max(0, k - len(name) + 1), k + 1)
    )


@cache
def _provinces() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for name in {row.name.lower() for row in provinces()} | {"việt nam"}:
        if len(words := name.split()) > 1:
            for word in words:
                found.setdefault(word, []).append(words)
    return found


@cache
def _pairs() -> dict[tuple[str, str], tuple[bool, bool]]:
    """Words behind one another in listed bodies -> whether the first and the second have a capital in most of them.

    The first word of a name has one for its place, so it tells nothing of itself.
    """
    counted: dict[tuple[str, str], Counter[tuple[bool, bool]]] = {}
    for name in _names():
        words = name.replace(",", "").split()
        for k, (one, other) in enumerate(pairwise(words)):
            capitals = (k > 0 and one[0].isupper(), other[0].isupper())
            counted.setdefault((one.lower(), other.lower()), Counter())[capitals] += 1
    return {pair: counts.most_common(1)[0][0] for pair, counts in counted.items()}


def _names() -> Iterator[str]:
    for body in bodies():
        yield body.name
        yield from (name for name in body.name_variants if " " in name and not name.isupper())
    yield from shortenings().values()


def _known(small: list[str], k: int) -> bool:
    """Whether a word is none of a name: the tables have it in small letters, and what it stands beside."""
    before, word, behind = (small[at].strip(",") if 0 <= at < len(small) else "" for at in (k - 1, k, k + 1))
    if {(before, word), (word, behind)} & _common_pairs():
        return True
    return {before, word} <= _common() and (behind in _common() or not _LETTERS.fullmatch(behind))


@cache
def _texts() -> tuple[str, ...]:
    return (*(law.name.lower() for law in laws()), *entries("body_fields"), *_names())


@cache
def _common() -> frozenset[str]:
    other = (cell for table in ("wording", "headings", "groups") for row in read(table) for cell in row.values())
    words = (word for text in (*_texts(), *other) for word in _LETTERS.findall(text))
    return frozenset(word for word in words if word.islower())


@cache
def _common_pairs() -> frozenset[tuple[str, str]]:
    pairs = (pair for text in _texts() for pair in pairwise(re.sub(r"[^\w\s]", "", text).split()))
    return frozenset((one.lower(), other) for one, other in pairs if other.islower())
