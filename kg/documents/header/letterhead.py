"""The bodies of a letterhead, from the highest to the one that issues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from kg.documents.header.head import MOTTO, Head, plain
from kg.entities import bodies, teams
from kg.ontology.tables import bodies as body_table
from kg.text.normalization import fold

__all__ = ["OWN_HEAD", "body", "date_place", "from_letterhead", "groups", "is_central"]

_FURNITURE: Final = re.compile(
    r"van ban quy pham phap luat|van ban phap luat khac|cong bao|du thao|phien ban|mau so|hoa toc|khan\b|mat\b|ban sao"
    r"|ky boi|nguoi ky|thoi gian ky|co quan:|email|chuyen den|luu tru"
)
OWN_HEAD: Final = re.compile(
    r"(?:uy ban|ubnd|ubmttq|mttq|hoi dong|hdnd|so |bo |cuc (?!truong)|chi cuc|tong cuc|van phong|thanh tra|ban "
    r"|chinh phu|thu tuong|quoc hoi|chu tich|tinh uy|thanh uy|huyen uy|dang uy|dang bo|dang doan|toa an|vien "
    r"|trung tam|phong "
    r"|benh vien |quy (?:bao|dau|ho tro|phat|khuyen|tin dung)|dai (?:phat thanh|truyen hinh|khi tuong)"
    r"|hat (?:kiem|quan ly)|hoc vien |vuon quoc gia |tram |cang vu "
    r"|cong an|kiem toan|ngan hang|lien |vu |doan |bao hiem|kho bac|truong |to |mat tran|tong |bo truong|hoi "
    r"|thue (?:tinh|thanh pho|tp|co so)|hai quan )"
)
_COMMITTEE: Final = re.compile(r"(?:tinh|thanh|huyen|quan|thi) uy ")
_DESK: Final = re.compile(r"(?:ban (?!chap hanh|thuong vu|can su)|uy ban kiem tra|van phong)")
"""The offices of a Party committee are called by its name: ``Ban Tổ chức Huyện ủy Yên Định``."""
_ORGAN: Final = re.compile(r"ban (?:chap hanh|thuong vu|thuong truc)(?= tinh | thanh pho |\Z)")
_YOUTH: Final = "TỈNH ĐOÀN"
_ABOVE: Final = frozenset(("ministry", "ministry-level agency", "people's committee"))
_UNFINISHED: Final = ("thu tuong", "uy ban thuong vu", "thanh tra")
_PREFIX: Final = re.compile(r"(?i)^(?:văn bản hợp nhất|văn bản)\s*-?\s*")
_PREFIXED: Final = len("vănbảnhợpnhất")
_RULE: Final = re.compile(r"(?:\s{0,3}[-–_]){2,}\Z|(?<![^\W\d])\s{0,3}[-–]\Z")
"""The line below the name of a body; one dash behind a word joins two fields."""
_CAPITALS: Final = 0.7
"""The part of a line's letters that are capitals where it names a body."""
_BODIES: Final = 4
"""Bodies that a letterhead has at most."""
_NATIONAL: Final = re.compile(r"\b(?:quoc gia|trung uong|chinh phu|viet nam|ban chi dao nha nuoc)\b")


def from_letterhead(lines: Sequence[str], province: str | None) -> tuple[str | None, str | None, bool]:
    """Issuer, its province, and whether the bodies are central ones, by the ``lines`` of the letterhead."""
    issuer = None
    central = False
    for above, group in pairwise(["", *lines]):
        if issuer and (team := teams.name_at(group, 0)):
            return teams.of_body(team[0], issuer), province, central
        if issuer and _ORGAN.fullmatch(fold(group)):
            continue  # "ỦY BAN MTTQ VIỆT NAM TỈNH …" / "BAN THƯỜNG TRỰC": it signs for the body above
        name = body(_in_full(group, above), province)
        if not name:
            continue
        issuer = bodies.below(name, issuer) if issuer else name
        there = bodies.province_of(name)
        province = there or province
        central = there is None and (central or is_central(name))  # below a general department, that of a province
    return issuer, province, central


def _in_full(group: str, above: str) -> str:
    """A body as its name would stand alone: an office with the body above it, a commission of the Party's centre."""
    if fold(group) == "van phong" or (_DESK.match(fold(group)) and _COMMITTEE.match(fold(above))):
        return f"{group} {above}"
    if organ := _ORGAN.match(fold(group)):
        whole = _YOUTH if fold(above).startswith("doan tn") else above.removesuffix(" VIỆT NAM")
        return f"{whole}{group[organ.end() :]}"
    commission = fold(group).startswith("ban ") and fold(above) == "ban chap hanh trung uong"
    return f"{group} TRUNG ƯƠNG" if commission and "TRUNG ƯƠNG" not in group else group


def groups(head: Head, start: int = 0, end: int | None = None) -> list[str]:
    """The bodies of the letterhead from the highest to the one that issues, as written; other bounds than its own."""
    found: list[str] = []
    fragment = ""
    for line in _lines(head, start, head.end if end is None else end):
        if len(found) > _BODIES:
            break
        # Without a head all of the zone may be running text.
        if not fragment and _runs_on(line):
            continue
        cell = _RULE.sub("", plain(line)).strip(" .:;\"'“”").lstrip("-–, ")
        if len(cell) < 2 or _FURNITURE.search(fold(cell)):
            continue
        cell = _PREFIX.sub("", fragment + cell)
        fragment = ""
        letters = [c for c in cell if c.isalpha()]
        if len(letters) < 2 or sum(c.isupper() for c in letters) < _CAPITALS * len(letters):
            continue
        if OWN_HEAD.match(fold(cell) + " ") and not _joins(found, cell):
            found += _of_one_line(cell)
        elif found and len(found[-1]) + len(cell) < 140:
            found[-1] += " " + cell
        elif not found and " " not in cell:
            # "VĂN" / "PHÒNG CHÍNH PHỦ"
            fragment = cell + " "
    return [name.rstrip(" -–,") for name in found[:_BODIES]]


def _lines(head: Head, start: int, end: int) -> list[str]:
    """What is written in the letterhead, without motto, number and date, line by line."""
    chars = list(head.text[:end])
    spans = [m.span() for m in MOTTO.finditer(head.folded, 0, end)]
    if head.number:
        spans.append(head.number)
    if head.date:
        spans.append(head.date.span())
    for a, b in spans:
        chars[a:b] = ["\n" if c == "\n" else "|" for c in chars[a:b]]
    return re.split(r"[\n|\t]+", "".join(chars[start:]))


def _runs_on(line: str) -> bool:
    """Whether words in small letters, more than a prefix has, take too much of a line for one in capitals."""
    small = sum(len(word) for word in line.split() if word.islower() and word.isalpha())
    return small > _PREFIXED + (1 - _CAPITALS) * len(line)


def _of_one_line(cell: str) -> list[str]:
    """A body and the one below it, where a table has put them on one line: ``BỘ TÀI CHÍNH TỔNG CỤC THUẾ``."""
    folded = fold(cell)
    above = bodies.parse(cell.title(), folded, 0)
    if above is None or above.body is None or above.body.kind not in _ABOVE or not cell[above.end :].strip():
        return [cell]
    rest = cell[above.end :].strip()
    return [cell[: above.end], rest] if OWN_HEAD.match(fold(rest) + " ") else [cell]


def _joins(found: list[str], below: str) -> bool:
    """Tell whether the last body of a letterhead needs the next line: "BỘ NÔNG NGHIỆP VÀ", "CHỦ TỊCH ỦY"."""
    if not found:
        return False
    folded = fold(found[-1])
    torn = folded.endswith("uy") and fold(below).startswith("ban nhan dan")
    # An office stands below its body or names it on the next line.
    torn = torn or (len(found) == 1 and folded == "van phong")
    return torn or folded in _UNFINISHED or folded.endswith((" va", " -", " cua", ","))


def body(name: str, province: str | None) -> str | None:
    """Canonical name of a body of ``province`` that stands in capitals."""
    if name.isupper() and (folded := fold(name)).startswith("uy ban nhan dan") and folded.count(" ") == 3:
        return bodies.canonical("UBND tỉnh", province) if province else "Ủy ban nhân dân"
    return bodies.canonical(name, province)


def date_place(head: Head) -> str | None:
    """Province that stands before the date; the seat of a central body is dropped by the caller."""
    if head.date is None or not head.date["place"]:
        return None
    # Merged columns put the number's symbol on the same line: the last words are the place.
    words = head.date["place"].strip(" -*_").split()
    for k in range(len(words)):
        place = " ".join(words[k:])
        found = bodies.province_at(place, 0)
        if found and found[1] == len(place):
            return found[0]
    return None


def is_central(name: str | None) -> bool:
    """Whether a canonical name is that of a body of no province."""
    if name is None or bodies.province_of(name):
        return False
    return name in _central_names() or bool(_NATIONAL.search(fold(name)))


@cache
def _central_names() -> frozenset[str]:
    return frozenset(b.name for b in body_table() if b.level in ("central", "enterprise"))
