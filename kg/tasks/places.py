"""Bodies named by their places: ``UBND các xã: A, B``, ``các tỉnh Điện Biên, Lai Châu``."""

from __future__ import annotations

import re
from typing import Final

from kg.entities import bodies
from kg.ontology.wording import words
from kg.tasks.member import GLUE, Member
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import UPPER

__all__ = ["of_places", "of_province", "same_level"]

_COMMITTEE: Final = ("ubnd", "uy ban", "chu tich")
_PLACES: Final = late(r"(?:ubnd|uy ban nhan dan) cac (?:tinh|thanh pho)(?:,? (?:thanh pho|tinh))?:? ")
_UNITS: Final = late(
    r"(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân)\s+(?:các\s+)?(?P<unit>huyện|xã|phường|quận|thị trấn|đặc khu)\s*:?\s+"
    rf"(?=[{UPPER}])"
)
_UNIT_NAME: Final = late(rf"[{UPPER}][\w']*(?:[ -][{UPPER}][\w']*){{0,3}}(?:\s\d{{1,2}})?|\d{{1,2}}(?!\d)")
_UNIT_GLUE: Final = late(
    rf"(?:,|;|\s+và|,\s*và)\s+(?=[{UPPER}\d])(?!(?:UBND|Ủy ban|Sở|Công an|Ban)\b|{words('titles')}\b)"
)
_TERRITORIAL: Final = ("cac", "tinh", "thanh pho")
_TERRITORY: Final = re.compile(r"(?:Tỉnh|Thành phố)(?!\w)(?!\s+(?:ủy|đoàn)(?!\w))")
_TERRITORIES: Final = late(
    rf"các\s+(?:tỉnh|thành phố)(?:,?\s*(?:và\s+)?(?:tỉnh|thành phố))*\s*:?\s+(?=[{UPPER}])", re.IGNORECASE
)
_BLANK: Final = re.compile(r"\s+")
_SELF: Final = late(rf"\s+{words('own_acts')}(?!\w)")
_OF_A_PROVINCE: Final = ("Ủy ban nhân dân tỉnh ", "Ủy ban nhân dân thành phố ")


def of_places(piece: str, folded: str, at: int) -> Member | None:
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
    return Member(tuple(name + above for name in names), end)


def _committees(piece: str, folded: str, at: int) -> Member | None:
    """The People's Committees of the provinces that stand in a row: ``Hà Nội, Cần Thơ và Huế``."""
    names: list[str] = []
    end = at
    while place := bodies.province_at(folded, at):
        names.append(bodies.with_place("Ủy ban nhân dân", place[0]))
        end = place[1]
        glue = GLUE.match(piece, end)
        if not glue:
            break
        at = glue.end()
    return Member(tuple(names), end) if names else None


def of_province(piece: str, folded: str, at: int, speech: Speech) -> Member | None:
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
        return Member((bodies.with_place("Ủy ban nhân dân", place[0]),), place[1])
    home = None if speech.header.province else speech.about
    if home is None or not _SELF.match(piece, word.end()):
        return None
    return Member((bodies.with_place("Ủy ban nhân dân", home),), word.end())


def same_level(piece: str, folded: str, at: int, found: list[str]) -> Member | None:
    """``tỉnh Quảng Ninh`` behind the People's Committee of another province or city."""
    if not (found and piece.startswith(("tỉnh ", "thành phố "), at) and found[-1].startswith(_OF_A_PROVINCE)):
        return None
    place = bodies.province_at(folded, at + len("tỉnh " if piece.startswith("tỉnh", at) else "thành phố "))
    return Member((bodies.with_place("Ủy ban nhân dân", place[0]),), place[1]) if place else None
