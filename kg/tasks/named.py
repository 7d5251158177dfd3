"""The body named at one place, by rules asked in their order until one gives it.

A name is read as the document means it: a short name that it has given, letters, the desk of the
one who speaks; else as the tables and the grammar of names read it (`kg.entities.bodies`), with
rules for names that no table lists, and for what a listed name means here and at this level.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.entities import bodies, enterprises
from kg.ontology.tables import shortenings
from kg.ontology.wording import words
from kg.tasks import groups
from kg.tasks.member import Member, spelt
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import UPPER, fold

__all__ = ["BARE", "GOES_ON", "MEANT", "OF_HOME", "UNLISTED", "Place", "named"]

_LOCAL_BODY: Final = late(
    rf"(?:{words('local_bodies')})(?:,?\s(?!(?:{words('stranger_acts')}|{words('local_places')})(?!\w))[^\s,;:.()]+){{1,14}}?"
    rf"\s(?P<place>{words('local_places')})(?=\s*[,;:.()]|\s+và\s|\s+{words('acts')}(?!\w)|\s*\Z)"
)
OF_HOME: Final = late(r"\s(?:tỉnh|thành phố)\Z")
_BRANCHES: Final = re.compile(
    rf"(?P<head>[Nn]gành|[Cc]ơ quan) (?P<name>{words('branches')})(?!\w)(?P<all>\s+các\s+cấp(?!\w))?"
)
"""A branch of the administration as the one who acts: ``Ngành Thuế``, ``Cơ quan Thuế các cấp``."""
_BRAND: Final = re.compile(rf"({words('brands')})\s+(?:tỉnh\s+)?(?=[{UPPER}])")
_HEAD_OF: Final = re.compile(r"Trưởng\s+(?P<kind>phòng|ban|trạm)\s+(?=[A-ZĐ])(?!Ban\s)")
_BLANK: Final = re.compile(r"\s+")
GOES_ON: Final = late(rf"\w|\s(?:[{UPPER}]|{words('name_goes_on')}(?!\w))")
"""Behind a short name: the name is another's, ``Ban Quản lý rừng phòng hộ``."""
_SMALL: Final = late(rf"(?:phòng|trung tâm|chi cục|văn phòng|ban|cục|vụ|sở)\s+(?=[{UPPER}])")
_FIRM: Final = late(
    r"(?:Liên danh|Ban (?:Quản lý|QL) dự án|Ban QLDA)"
    rf"(?!\s+{words('firm_acts')}(?!\w))(?:\s[^\s,;:.()]+){{1,18}}?"
    rf"(?=\s+{words('firm_acts')}(?!\w)|\s*[,;:.()]|\s+và\s+(?:các|Sở|UBND|Ủy ban|Công ty)(?!\w)|\s*\Z)"
)
_PAPER: Final = re.compile(r"Báo\s+(?!và\s)")
_LOCAL: Final = re.compile(r"\s+(?P<word>tỉnh|thành phố)(?!\w)\s*", re.IGNORECASE)
_DESK_OF_OWN: Final = re.compile(rf"(Thanh tra|Văn phòng|Đảng ủy) (Sở|Bộ)(?!\w|\s+[{UPPER}])")
_BY_HEAD: Final = re.compile("|".join(one.pattern for one in (_DESK_OF_OWN, _PAPER, _BRAND, _BRANCHES)))
"""Whether one of these begins; few do."""
_LETTERS: Final = re.compile(r"[A-ZĐ]{2,8}(?=\s)")
_FRONT: Final = "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
_PLAIN: Final = ("Bảo hiểm xã hội ", "Thuế ", "Bưu điện ")
"""Unlisted bodies without a capital but the first."""
_DESKS: Final = ("Phòng ", "Trung tâm ", "Thanh tra ", "Chi cục ", "Trạm Y tế ", "Ban Chỉ huy ")
BARE: Final = late(rf"\S+(?:\s[^{UPPER}\d]+)?")


class Place:
    """A place in a text where a body may be named; ``known`` asks for listed bodies, ``people`` for people as well."""

    __slots__ = ("at", "folded", "known", "people", "piece", "province", "speech")

    def __init__(self, piece: str, folded: str, at: int, speech: Speech, known: bool, people: bool) -> None:
        self.piece: str = piece
        self.folded: str = folded
        self.at: int = at
        self.speech: Speech = speech
        self.province: str | None = speech.header.province
        self.known: bool = known
        self.people: bool = people


def named(place: Place) -> Member | None:
    """The body at a place, None where none is named."""
    if short := _short_name(place):
        return short
    if (letters := _LETTERS.match(place.piece, place.at)) and (name := shortenings().get(letters[0])):
        return _spelt_out(place, letters, name)
    if head := _HEAD_OF.match(place.piece, place.at):
        return _headed(place, head)
    if _BY_HEAD.match(place.piece, place.at) and (one := _by_head(place)):
        return one
    if not place.known and _SMALL.match(place.piece, place.at):
        # "giao phòng Quản lý Công nghiệp"
        place.piece = f"{place.piece[: place.at]}{place.piece[place.at].upper()}{place.piece[place.at + 1 :]}"
    body = bodies.parse(place.piece, place.folded, place.at, place.province)
    if body is None or body.body is None:
        for unlisted in UNLISTED:
            if member := unlisted(place):
                return member
    if body is None or _no_body(place, body):
        return None
    for meant in MEANT:
        if member := meant(place, body):
            return member
    name = body.name if body.body else _own_name(body.name, place.speech) or spelt(body.name)
    return Member((name,), body.end, group=" cấp " in name)


def _no_body(place: Place, body: bodies.BodySpan) -> bool:
    """Whether a name that no table lists is not taken for one: a bare noun, or any where listed ones are asked for."""
    if body.body:
        return False
    if place.known and not body.name.startswith(_DESKS):
        return True
    return bool(BARE.fullmatch(place.piece, place.at, body.end)) and not body.name.startswith(_PLAIN)


# ------------------------------------------------------------ as the document means it


def _short_name(place: Place) -> Member | None:
    """A name that the document has given: ``Công ty Cổ phần A (sau đây gọi là Công ty)``."""
    piece, at = place.piece, place.at
    for alias, name in place.speech.aliases:
        if piece.startswith(alias, at) and not GOES_ON.match(piece, at + len(alias)):
            return Member((name,), at + len(alias))
    return None


def _spelt_out(place: Place, letters: re.Match[str], name: str) -> Member | None:
    """``BHXH tỉnh``, ``VP UBND tỉnh``: the name begins with letters."""
    whole, plain = (
        f"{text[: place.at]}{words_of_it}{text[letters.end() :]}"
        for text, words_of_it in ((place.piece, name), (place.folded, fold(name)))
    )
    full = named(Place(whole, plain, place.at, place.speech, place.known, place.people))
    return Member(full.names, full.end - len(name) + len(letters[0]), full.group) if full else None


def _headed(place: Place, head: re.Match[str]) -> Member | None:
    """``Trưởng phòng Nội vụ``: the body that an officer heads."""
    name = f"{head['kind'].capitalize()} {place.piece[head.end() :]}"
    of = bodies.parse(name, fold(name), 0, place.province)
    return Member((of.name,), head.end() + of.end - len(head["kind"]) - 1) if of else None


def _by_head(place: Place) -> Member | None:
    """A desk of the one who speaks, a newspaper, a firm that goes by its mark, a branch of the administration."""
    piece, folded, at, issuer = place.piece, place.folded, place.at, place.speech.issuer
    if (desk := _DESK_OF_OWN.match(piece, at)) and issuer.startswith(f"{desk[2]} "):
        return Member((f"{desk[1]} {issuer}",), desk.end())
    if (paper := _PAPER.match(piece, at)) and (where := bodies.province_at(folded, paper.end())):
        return Member((f"Báo {where[0]}",), where[1])
    if (brand := _BRAND.match(piece, at)) and (where := bodies.province_at(folded, brand.end())):
        return Member((f"{brand[1]} {where[0]}",), where[1])
    if branch := _BRANCHES.match(piece, at):
        home = _LOCAL.match(piece, branch.end()) if place.province and not branch["all"] else None
        if home and bodies.province_at(folded, home.end()) is None:
            name = f"{branch['head'].capitalize()} {branch['name']}"
            office = bodies.parse(piece, folded, branch.start("name"), place.province)
            own = office and office.end == home.end("word")  # "Thuế tỉnh"
            return Member(
                (office.name if office and own else bodies.with_place(name, place.province),), home.end("word")
            )
        every = " các cấp" if branch["all"] else ""
        return Member((f"{branch['head'].capitalize()} {branch['name']}{every}",), branch.end(), group=True)
    return None


# ------------------------------------------------------------ names that no table lists


def local_body(place: Place) -> Member | None:
    """``Quỹ Đầu tư phát triển tỉnh``: a body of the province, in small letters up to its place."""
    local = _LOCAL_BODY.match(place.piece, place.at) if place.province else None
    if local is None:
        return None
    name = local[0].removesuffix(local["place"]).rstrip()
    return Member((spelt(bodies.with_place(name, place.province)),), local.end())


def firm(place: Place) -> Member | None:
    """``Liên danh A - B``, ``Ban Quản lý dự án C``: up to the verb or the next mark, with words in lower case."""
    match = _FIRM.match(place.piece, place.at) if not place.known else None
    if match is None or BARE.fullmatch(match[0]):
        return None
    name = spelt(match[0])
    home = OF_HOME.search(name) if place.province else None
    return Member((bodies.with_place(name[: home.start()], place.province) if home else name,), match.end())


def enterprise(place: Place) -> Member | None:
    """``Công ty TNHH A``, where listed bodies are asked for and people as well."""
    found = enterprises.read(place.piece, place.at) if place.known and place.people else None
    return Member((found[0],), found[1]) if found else None


UNLISTED: Final[tuple[Callable[[Place], Member | None], ...]] = (local_body, firm, enterprise)
"""Asked in this order where no table lists the name."""


# ------------------------------------------------------------ what a listed name means here


def of_all(place: Place, body: bodies.BodySpan) -> Member | None:
    """``Sở Nội vụ các tỉnh``: the bodies of that kind."""
    return groups.of_all(place.piece, place.folded, place.at, body)


def of_level(place: Place, body: bodies.BodySpan) -> Member | None:
    """``Bảo hiểm xã hội tỉnh``: a central body with a province behind it is its office there."""
    local = _LOCAL.match(place.piece, body.end) if body.body and body.body.level == "central" else None
    if local is None:
        return None
    placed = bodies.province_at(place.folded, local.end())
    where = placed[0] if placed else place.province
    end = placed[1] if placed else local.end("word")
    return Member((bodies.with_place(body.name, where),), end) if where else None


def departmental(place: Place, body: bodies.BodySpan) -> Member | None:
    """The office of a general department in a province named behind it: ``Ngân hàng Chính sách xã hội Lào Cai``."""
    if body.body is None or body.body.kind != "general department" or body.body.level != "central":
        return None
    blank = _BLANK.match(place.piece, body.end)
    if blank is None or not place.piece[blank.end() : blank.end() + 1].isupper():
        return None
    where = bodies.province_at(place.folded, blank.end())
    return Member((bodies.with_place(body.name, where[0]),), where[1]) if where else None


def front(place: Place, body: bodies.BodySpan) -> Member | None:
    """Told to act by a province, the Front without its level is that of the province."""
    if body.name != _FRONT or not place.province:
        return None
    return Member((bodies.with_place(_FRONT.replace(" Trung ương", ""), place.province),), body.end)


def addressee(place: Place, body: bodies.BodySpan) -> Member | None:
    """The one addressee that goes by a name without its place: ``Cục Thuế`` in a letter to Cục Thuế tỉnh Lào Cai."""
    if place.province:
        return None
    name = body.name
    openings = (f"{name} tỉnh ", f"{name} thành phố ", f"{name} các tỉnh")
    whole = [a for a in place.speech.addressees if a.startswith(openings)]
    return Member((whole[0],), body.end) if len(whole) == 1 else None


def of_unit(place: Place, body: bodies.BodySpan) -> Member | None:
    """``Công an xã`` in a plan of the commune: that of the commune."""
    name = bodies.in_unit_of(body.name, place.speech.issuer)
    return Member((spelt(name),), body.end) if name != body.name else None


MEANT: Final[tuple[Callable[[Place, bodies.BodySpan], Member | None], ...]] = (
    of_all,
    of_level,
    departmental,
    front,
    addressee,
    of_unit,
)
"""Asked in this order of a name that has been read; else it means what it says."""


def _own_name(name: str, speech: Speech) -> str | None:
    """The one who speaks, where the letters behind a head are its own: ``Cục KT-QLĐTXD``."""
    head, _, letters = name.rpartition(" ")
    own = re.sub(r"[^A-ZĐ]", "", bodies.initials(head) + letters) if head and letters.isupper() else ""
    return speech.issuer if len(own) > 3 and own == bodies.initials(speech.issuer) else None
