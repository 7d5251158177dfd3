"""Bodies as orders and reports list them, in full names.

``Sở A, Sở B và UBND các huyện, thành phố``; ``các Sở: Tài chính, Xây dựng``; ``UBND các xã: A, B``;
``Thủ trưởng các sở, ban, ngành``.  A group has its name in ``ontology/groups.tsv``; whoever else obeys
(``các tổ chức, cá nhân hoạt động hóa chất``) is called as the text does; ``Quý cơ quan`` in a letter is
the one it is addressed to.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.entities import bodies
from kg.ontology.tables import shortenings
from kg.ontology.wording import words
from kg.tasks import groups, places
from kg.tasks.actors import actor
from kg.tasks.member import GLUE, LEADERS, MANY, Member, passed
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import UPPER, fold
from kg.text.openings import Openings, first_words

__all__ = ["Roster", "begins", "read"]


class Roster(NamedTuple):
    """The bodies listed in a row, and where it ends."""

    names: tuple[str, ...]
    end: int
    collective: bool
    """Whether one of them is a group."""
    last: int
    """Where its last member begins."""


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
    r"|(?:trong|của)\s+(?:toàn\s+)?(?:tỉnh|thành phố)|từ\s+(?:trung ương|tỉnh|thành phố)\s+đến\s+(?:địa phương|cơ sở))"
    r"(?!\w))?",
    re.IGNORECASE,
)
"""Behind a group: ``liên quan trên địa bàn tỉnh``."""
_HELPS: Final = re.compile(r"\s*\((?:(?:cơ quan|đơn vị)\s)?phối hợp(?:\s\w+){0,2}\)", re.IGNORECASE)
"""Behind one of a row: ``Sở A (chủ trì), Sở B (phối hợp)``; who only helps is not told to act."""
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
    rf"(?:\s++(?!{words('stranger_acts')}(?!\w))[^\s,;.:()]++){{0,14}}+(?<!\strong)(?<!\sviệc)(?<!\sđể)(?<!\skhi)"
    rf"(?=\s*:|\s+{words('stranger_acts')}(?!\w))"
)
"""The last of a row whose name no rule reads: ``Sở A, Liên hiệp các tổ chức hữu nghị tỉnh chủ trì``."""
_CLASS: Final = late(
    r"(?:(?i:các\s+(?P<a>Bộ|Sở|Tập đoàn|Tổng công ty))|(?i:(?P<b>Bộ|Sở))(?=[^:]{0,20}:))"
    r"(?:,\s*(?:cơ quan|ngành|ban, ngành))?\s*:?\s+(?=[A-ZĐỦỬ])(?!(?:Thành phố|Tỉnh|Trung ương)(?!\w))"
)
_CERTAIN: Final = re.compile(r"(?<!\w)(?:bộ|sở|ngành|địa phương)(?!\w)", re.IGNORECASE)
"""Words of groups that are somebody even where only those concerned are meant."""
_HEADS: Final = "|".join(
    (
        *map(
            words,
            ("brands", "leaders", "department_words", "local_bodies", "people", "private_people", "dutiful"),
        ),
        "các|toàn thể|tất cả|những|mọi|mỗi|quý|bộ|sở|ban|cục|vụ|phòng|trung tâm|chi cục|văn phòng|thanh tra|đảng ủy",
        "tập đoàn|tổng công ty|công ty|liên danh|tỉnh|thành phố|chủ tịch|trưởng|ubnd|ủy ban|báo",
    )
)
"""With these begins what the patterns above find."""


def begins(piece: str, folded: str, at: int, speech: Speech) -> bool:
    """Whether a row of bodies may begin at ``at``, by its first word; few do."""
    if _openings().at(piece, folded, at):
        return True
    return bool(speech.aliases) and piece.startswith(_short_names(speech.aliases), at)


@lru_cache(maxsize=64)  # those of one document, for each word
def _short_names(aliases: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(alias for alias, _ in aliases)


@cache
def _openings() -> Openings:
    """Words with which a row of bodies may begin."""
    names = bodies.openings()
    heads = first_words("|".join((_HEADS, *shortenings())))
    return Openings(names.bare | groups.listed().openings(), names.spelt | heads)


def read(
    piece: str, folded: str, at: int, speech: Speech, *, known: bool = False, people: bool = True
) -> Roster | None:
    """The bodies listed from ``at`` on in a text of one line, or None; ``folded`` is ``fold(piece)``.

    ``known`` leaves out what only looks like a body: unlisted names but those of enterprises, people,
    ``Quý cơ quan``; without ``people`` the last two and enterprises are left out.

    >>> from kg.model import Header
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
        inner = passed(LEADERS, piece, at)  # officers named before a group: "Thủ trưởng các sở"
        if first := _CLASS.match(piece, inner):
            kind, at = (first["a"] or first["b"]).capitalize(), first.end()
        others = _OTHERS.match(piece, at) if found else None
        one = _same_kind(piece, kind, at, speech) if kind else places.same_level(piece, folded, at, found)
        if one is None and not (others and others["linked"] and not _CERTAIN.search(others[0])):
            one = actor(piece, folded, at, inner, speech, known=known, people=people)
        if one is None:
            end, at = _unread(piece, at, end, others, found)
            if at < 0:
                break
            continue
        end, group = passed(_CONCERNED, piece, one.end) if one.group else one.end, group or one.group
        if not (found and _HELPS.match(piece, end)):
            last = at
            found += one.names
        glue = GLUE.match(piece, end)
        if not glue:
            break
        at = glue.end()
    return Roster(tuple(dict.fromkeys(_levelled(found))), end, group, last) if found else None


def _unread(piece: str, at: int, end: int, others: re.Match[str] | None, found: list[str]) -> tuple[int, int]:
    """Where a row ends with a member at ``at`` that no rule reads, and where it goes on, -1 where it does not.

    ``end`` is where its last member ended, ``others`` who is nobody in particular.
    """
    if others and others["linked"]:
        end = passed(_CONCERNED, piece, others.end())
        glue = GLUE.match(piece, end)
        rest = _UNKNOWN.match(piece, glue.end()) if glue else None
        if rest and rest["acts"]:
            return rest.end(), -1
        return end, glue.end() if glue else -1
    if found and (stranger := _STRANGER.match(piece, at)):
        return stranger.end(), -1
    stranger = _UNKNOWN.match(piece, passed(MANY, piece, at)) if _goes_on(piece, at, found) else None
    if stranger and stranger["acts"]:
        return stranger.end(), -1
    skips = (GLUE.match(piece, skipped.end()) for skipped in (others, stranger) if skipped)
    glue = next(filter(None, skips), None)
    return end, glue.end() if glue else -1


def _goes_on(piece: str, at: int, found: list[str]) -> bool:
    """Whether a row may have a member at ``at`` that no rule reads."""
    return len(found) > 1 or bool(found and (piece[at].isupper() or MANY.match(piece, at)))


def _levelled(names: list[str]) -> list[str]:
    """``Hội đồng nhân dân, Ủy ban nhân dân các tỉnh``: what is said of the committees holds of the councils before."""
    level = next((name.partition(" cấp ")[2] for name in names if name.startswith("Ủy ban nhân dân cấp ")), "")
    return [f"{name} cấp {level}" if level and name == "Hội đồng nhân dân" else name for name in names]


def _same_kind(piece: str, kind: str, at: int, speech: Speech) -> Member | None:
    """``Tài chính`` in ``các Bộ: Tài chính, Xây dựng``."""
    name = f"{kind} {piece[at:]}"
    body = bodies.parse(name, fold(name), 0, speech.header.province)
    return Member((body.name,), at + body.end - len(kind) - 1) if body and body.body else None
