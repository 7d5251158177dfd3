"""The body, the group or the people that stand at one place of a row, in full names."""

from __future__ import annotations

import re
from typing import Final

from kg.entities import bodies, enterprises
from kg.ontology.tables import shortenings
from kg.ontology.wording import words
from kg.tasks import groups, places
from kg.tasks.member import MANY, Member, spelt
from kg.tasks.people import concerned, dutiful, you
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import UPPER, fold

__all__ = ["actor", "foreign", "titular"]

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
_OF_HOME: Final = late(r"\s(?:tỉnh|thành phố)\Z")
_BRANCHES: Final = re.compile(
    rf"(?P<head>[Nn]gành|[Cc]ơ quan) (?P<name>{words('branches')})(?!\w)(?P<all>\s+các\s+cấp(?!\w))?"
)
"""A branch of the administration as the one who acts: ``Ngành Thuế``, ``Cơ quan Thuế các cấp``."""
_BRAND: Final = re.compile(rf"({words('brands')})\s+(?:tỉnh\s+)?(?=[{UPPER}])")
_HEAD_OF: Final = re.compile(r"Trưởng\s+(?P<kind>phòng|ban|trạm)\s+(?=[A-ZĐ])(?!Ban\s)")
_BLANK: Final = re.compile(r"\s+")
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
_BY_HEAD: Final = re.compile("|".join(one.pattern for one in (_DESK_OF_OWN, _PAPER, _BRAND, _BRANCHES)))
"""Whether one of these begins; few do."""
_LETTERS: Final = re.compile(r"[A-ZĐ]{2,8}(?=\s)")
_FRONT: Final = "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
"""Told to act by a province, the Front without its level is that of the province."""
_PLAIN: Final = ("Bảo hiểm xã hội ", "Thuế ")
"""Unlisted bodies without a capital but the first."""
_DESKS: Final = ("Phòng ", "Trung tâm ", "Thanh tra ", "Chi cục ")
_BARE: Final = late(rf"\S+(?:\s[^{UPPER}\d]+)?")


def titular(piece: str, at: int, speech: Speech) -> tuple[str, ...]:
    """The body that a heading with a colon consists of, if no table lists it: ``Tập đoàn Công nghiệp Việt Bắc:``."""
    match = _TITULAR.fullmatch(piece, at)
    if match is None:
        return ()
    name = match["name"]
    place = _OF_HOME.search(name) if speech.header.province else None
    return (bodies.with_place(name[: place.start()], speech.header.province) if place else spelt(name),)


def foreign(text: str) -> bool:
    """Whether a passage opens with the name of a body that no table lists: its work is not that of the heading above.

    >>> foreign("Văn phòng Ban Chỉ đạo Tây Bắc theo dõi"), foreign("Ban hành văn bản hướng dẫn")
    (True, False)
    """
    piece = " ".join(text[:200].split())
    body = bodies.parse(piece, fold(piece), 0)
    return body is not None and body.body is None and not _BARE.fullmatch(piece, 0, body.end)


def actor(piece: str, folded: str, at: int, inner: int, speech: Speech, *, known: bool, people: bool) -> Member | None:
    """A body, a group of bodies, or places of one kind, at ``at``; ``inner`` is where the officers end who head it."""
    if listed := places.of_places(piece, folded, at) or places.of_province(piece, folded, at, speech):
        return listed
    many = MANY.match(piece, inner)
    behind = many.end() if many else inner
    if behind > at and MANY.match(piece, at) and (kind := groups.of_kind(piece, folded, behind, speech)):
        return kind
    for place in (at,) if behind == at else dict.fromkeys((at, inner, behind)):
        if group := groups.group(piece, folded, place, speech):
            return group
        if body := _body(piece, folded, place, speech, known=known, people=people):
            return body
    if known or not people:
        return None
    headed = inner > at
    anybody = concerned(piece, at) or (concerned(piece, inner) if headed else None)
    found = anybody or you(piece, at, speech) or dutiful(piece, at) or (dutiful(piece, inner) if headed else None)
    # What a letter tells "tổ chức, cá nhân hoạt động khoáng sản" it tells the enterprise that it goes to.
    return Member(speech.addressees, found.end, group=True) if found and speech.firms else found


def _body(piece: str, folded: str, at: int, speech: Speech, *, known: bool, people: bool) -> Member | None:
    for alias, name in speech.aliases:
        if piece.startswith(alias, at) and not piece[at + len(alias) : at + len(alias) + 1].isalnum():
            return Member((name,), at + len(alias))
    if (letters := _LETTERS.match(piece, at)) and (whole_name := shortenings().get(letters[0])):
        # "BHXH tỉnh", "VP UBND tỉnh": the name begins with letters.
        whole, plain = (
            f"{t[:at]}{name}{t[letters.end() :]}" for t, name in ((piece, whole_name), (folded, fold(whole_name)))
        )
        full = _body(whole, plain, at, speech, known=known, people=people)
        return Member(full.names, full.end - len(whole_name) + len(letters[0]), full.group) if full else None
    if head := _HEAD_OF.match(piece, at):
        name = f"{head['kind'].capitalize()} {piece[head.end() :]}"
        of = bodies.parse(name, fold(name), 0, speech.header.province)
        return Member((of.name,), head.end() + of.end - len(head["kind"]) - 1) if of else None
    if _BY_HEAD.match(piece, at) and (one := _by_head(piece, folded, at, speech)):
        return one
    if not known and _SMALL.match(piece, at):
        # "giao phòng Quản lý Công nghiệp"
        piece = f"{piece[:at]}{piece[at].upper()}{piece[at + 1 :]}"
    body = bodies.parse(piece, folded, at, speech.header.province)
    if not (body and body.body) and (speech.header.province and (local := _LOCAL_BODY.match(piece, at))):
        name = local[0].removesuffix(local["place"]).rstrip()
        return Member((spelt(bodies.with_place(name, speech.header.province)),), local.end())
    if not known and not (body and body.body) and (firm := _firm(piece, at)):
        (name,) = firm.names
        tail = _OF_HOME.search(name) if speech.header.province else None
        return Member((bodies.with_place(name[: tail.start()], speech.header.province),), firm.end) if tail else firm
    if known and people and not (body and body.body) and (enterprise := enterprises.read(piece, at)):
        return Member((enterprise[0],), enterprise[1])
    if body is None or (known and not body.body and not body.name.startswith(_DESKS)):
        return None
    if not body.body and _BARE.fullmatch(piece, at, body.end) and not body.name.startswith(_PLAIN):
        return None
    if of_all := groups.of_all(piece, folded, at, body):
        return of_all
    if body.body and body.body.level == "central" and (local := _LOCAL.match(piece, body.end)):
        placed = bodies.province_at(folded, local.end())
        if where := placed[0] if placed else speech.header.province:
            return Member((bodies.with_place(body.name, where),), placed[1] if placed else local.end("word"))
    if of_place := _departmental(piece, folded, body):
        return of_place
    if (branch := _BRANCH.match(piece, body.end)) and (home := _branch(folded, branch, speech)):
        return Member((bodies.with_place(f"{body.name} chi nhánh", home[0]),), home[1])
    if body.name == _FRONT and speech.header.province:
        return Member((bodies.with_place(_FRONT.replace(" Trung ương", ""), speech.header.province),), body.end)
    if not speech.header.province and (addressee := _addressed(body.name, speech)):
        return Member((addressee,), body.end)
    if (named := bodies.in_unit_of(body.name, speech.issuer)) != body.name:
        return Member((spelt(named),), body.end)  # "Công an xã" in a plan of the commune
    name = body.name if body.body else _own_name(body.name, speech) or spelt(body.name)
    return Member((name,), body.end, group=" cấp " in name)


def _by_head(piece: str, folded: str, at: int, speech: Speech) -> Member | None:
    """A desk of the one who speaks, a newspaper, a firm that goes by its mark, a branch of the administration."""
    if (desk := _DESK_OF_OWN.match(piece, at)) and speech.issuer.startswith(f"{desk[2]} "):
        return Member((f"{desk[1]} {speech.issuer}",), desk.end())
    if (paper := _PAPER.match(piece, at)) and (place := bodies.province_at(folded, paper.end())):
        return Member((f"Báo {place[0]}",), place[1])
    if (brand := _BRAND.match(piece, at)) and (place := bodies.province_at(folded, brand.end())):
        return Member((f"{brand[1]} {place[0]}",), place[1])
    if branch := _BRANCHES.match(piece, at):
        every = " các cấp" if branch["all"] else ""
        return Member((f"{branch['head'].capitalize()} {branch['name']}{every}",), branch.end(), group=True)
    return None


def _branch(folded: str, branch: re.Match[str], speech: Speech) -> tuple[str, int] | None:
    """The province of a branch and where it ends: ``chi nhánh tỉnh Lào Cai``, ``chi nhánh tỉnh`` of the own one."""
    if place := bodies.province_at(folded, branch.end()):
        return place
    return (speech.header.province, branch.end("word")) if branch["word"] and speech.header.province else None


def _departmental(piece: str, folded: str, body: bodies.BodySpan) -> Member | None:
    """The office of a general department in a province named behind it: ``Kho bạc Nhà nước Lào Cai``."""
    if body.body is None or body.body.kind != "general department" or body.body.level != "central":
        return None
    blank = _BLANK.match(piece, body.end)
    if blank is None or not piece[blank.end() : blank.end() + 1].isupper():
        return None
    place = bodies.province_at(folded, blank.end())
    return Member((bodies.with_place(body.name, place[0]),), place[1]) if place else None


def _addressed(name: str, speech: Speech) -> str | None:
    """The one addressee that goes by a name without its place: ``Cục Thuế`` in a letter to Cục Thuế tỉnh Lào Cai."""
    whole = [a for a in speech.addressees if a.startswith((f"{name} tỉnh ", f"{name} thành phố ", f"{name} các tỉnh"))]
    return whole[0] if len(whole) == 1 else None


def _own_name(name: str, speech: Speech) -> str | None:
    """The one who speaks, where the letters behind a head are its own: ``Cục KT-QLĐTXD``."""
    head, _, letters = name.rpartition(" ")
    own = re.sub(r"[^A-ZĐ]", "", bodies.initials(head) + letters) if head and letters.isupper() else ""
    return speech.issuer if len(own) > 3 and own == bodies.initials(speech.issuer) else None


def _firm(piece: str, at: int) -> Member | None:
    """A firm, up to its verb or the next mark; its name may hold words in lower case."""
    match = _FIRM.match(piece, at)
    return Member((spelt(match[0]),), match.end()) if match and not _BARE.fullmatch(match[0]) else None
