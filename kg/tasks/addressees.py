"""To whom a document is addressed, and the short names that it gives to bodies.

Nghị định 30/2020/NĐ-CP (Phụ lục I) puts the addressees of a letter behind ``Kính gửi:``, one a line where
there are several; a body that comes again gets a short name: ``Ban Quản lý chợ … (sau đây gọi tắt là Ban Quản lý)``.
"""

from __future__ import annotations

import re
from typing import Final

from kg.entities import bodies, enterprises
from kg.model import Header
from kg.ontology.wording import words
from kg.tasks import rosters
from kg.tasks.shortened import implied
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["speech_of"]

_TO: Final = re.compile(r"Kính gửi\W*")
_HEAD: Final = 6000
"""Code points within which a letter names its addressees."""
_LINES: Final = late(r"(?:[^\n]+(?:\n(?=\s*[-–+•|])|\n(?=[a-zđà-ỹ])|\n(?=\n?\s*[-+]\s)|\Z)?)+")
_ALIAS: Final = re.compile(rf"\({words('short_naming')}\s[\"“]?(?P<alias>[^\W\d_][^()\"”]{{1,40}}?)[\"”]?\)")
_TEAM: Final = late(rf"(?:{words('teams')})(?=\s)")
_BEFORE: Final = 160
_START: Final = late(r"[A-ZĐỦỬ](?<!\w.)")
_PROVINCE: Final = re.compile(r"(?<!\w)(?:tinh uy|thanh uy|tinh|thanh pho) ")
_FUNCTIONS: Final = re.compile(r"(?<!\w)chức năng, nhiệm vụ[^.;:]{0,80}?\scủa\s+", re.IGNORECASE)
_PAST_DAY: Final = re.compile(r"ngày \d{1,2}/(?P<m>1[0-2]|0?[1-9])/(?P<y>20\d\d)(?!\d)")
_LETTERS: Final = ("Công văn", "Công điện", "Văn bản", None)


def speech_of(text: str, header: Header) -> Speech:
    """Return who speaks in a normalized text, to whom, and the short names it gives to bodies.

    >>> speech_of("Kính gửi: Sở Tài chính\\n\\nĐề nghị Quý Sở báo cáo.", Header(province="Trà Vinh")).addressees
    ('Sở Tài chính tỉnh Trà Vinh',)
    """
    plain = Speech(header)
    addressees = _addressees(text, plain) if header.type in _LETTERS else ()
    return Speech(header, addressees, _aliases(text, plain), _about(header), _charged(plain), _day(text, header))


def _day(text: str, header: Header) -> str:
    """When the document was written; one without a date, not before the latest day that it tells of."""
    if known := header.date or header.period:
        return known
    days = ((d["y"], d["m"].zfill(2)) for d in _PAST_DAY.finditer(text))
    return "-".join(max(days, default=()))


def _about(header: Header) -> str | None:
    """The one province that the title of a central document names: ``… buổi làm việc với lãnh đạo tỉnh Phú Thọ``."""
    if header.province or not header.title:
        return None
    folded = fold(" ".join(header.title.split()))
    places = {place[0] for word in _PROVINCE.finditer(folded) if (place := bodies.province_at(folded, word.end()))}
    return places.pop() if len(places) == 1 else None


def _charged(speech: Speech) -> tuple[str, ...]:
    """Those whose functions and duties the document lays down: ``… quy định chức năng, nhiệm vụ … của Sở Tư pháp``."""
    piece = " ".join((speech.header.title or "").split())
    of = _FUNCTIONS.search(piece)
    roster = rosters.read(piece, fold(piece), of.end(), speech) if of else None
    return roster.names if roster else ()


def _addressees(text: str, speech: Speech) -> tuple[str, ...]:
    to = _TO.search(text, 0, _HEAD)
    block = _LINES.match(text, to.end(), min(len(text), to.end() + 1500)) if to else None
    found: list[str] = []
    for line in re.split(r"\n|;", block[0] if block else ""):
        piece = " ".join(line.split()).strip(" -–+•|*_.")
        if firm := enterprises.read(piece, 0):
            found.append(firm[0])
        elif roster := rosters.read(piece, fold(piece), 0, speech):
            found += roster.names
    return tuple(dict.fromkeys(found))


def _aliases(text: str, speech: Speech) -> tuple[tuple[str, str], ...]:
    """Short names given in brackets; a team that speaks goes by what it is: ``Đoàn kiểm tra``."""
    team = _TEAM.match(speech.issuer)
    found: dict[str, str] = {team[0]: speech.issuer} if team else {}
    for match in _ALIAS.finditer(text):
        if not match["alias"][0].isupper():
            continue
        end = match.start() - text[match.start() - 1].isspace() if match.start() else 0
        before = " ".join(text[max(0, end - _BEFORE) : end].split())
        folded = fold(before)
        for start in _START.finditer(before):
            roster = rosters.read(before, folded, start.start(), speech)
            if roster and roster.end == len(before) and len(roster.names) == 1:
                found[match["alias"]] = roster.names[0]
                break
    # What the document itself says a short name means goes before what it takes for granted.
    return tuple((dict(implied(text, speech)) | found).items())
