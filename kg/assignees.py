"""Who is told to do a piece of work, or said to have done it.

An order names them behind its verb (``Giao Phòng A, Phòng B …``), a sentence as its subject
(``Sở A và UBND các huyện chủ trì …``), a list as its heading (``1. Sở Công Thương:``).  Groups
(``các sở, ban, ngành``) have the names of ``ontology/groups.tsv``.  A body that is only advised,
asked for approval or worked with is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg import bodies
from kg.lexicon import Lexicon
from kg.model import Header
from kg.tables import groups
from kg.text import fold
from kg.wording import words

__all__ = ["headed", "named"]

_ORDER = re.compile(
    rf"(?:^|[.:;,]\s+|(?<!\bban)\s){words('orders')}\s+(?:cho\s+)?(?:các\s+đồng chí\s+)?", re.IGNORECASE
)
_ACTS = re.compile(rf"\s*(?:\([^)]{{0,40}}\)\s*)?(?:,\s*)?{words('acts')}(?!\w)", re.IGNORECASE)
_GLUE = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?(?:,|;|và|,\s*và)\s+")
_CAPITAL = re.compile(r"(?<!\w)(?=[A-ZĐỦỬ])")
_HEADS = re.compile(
    r"(?:các\s+)?(?:(?:lãnh đạo|thủ trưởng|người đứng đầu|đồng chí|đề nghị)\s+)*(?:các\s+(?=[A-ZĐỦỬ]))?", re.IGNORECASE
)
_CLASS = re.compile(r"(?:các\s+)?(?P<kind>Bộ|Sở)(?:,\s*(?:cơ quan|ngành))?\s*:\s+(?=[A-ZĐỦỬ])", re.IGNORECASE)
_PLACES = re.compile(r"(?:ubnd|uy ban nhan dan) cac (?:tinh|thanh pho)(?:,? (?:thanh pho|tinh))?:? ")
_BYSTANDER = re.compile(rf"{words('bystanders')}\s*\Z", re.IGNORECASE)
_IN_ROW = re.compile(rf"{words('bystander_rows')}\s[^;.]*,\s*\Z", re.IGNORECASE)
_OWN = re.compile(rf"({words('own_heads')})(?=\s{words('own_acts')}\s)")
_WORD = re.compile(r"[0-9a-z]+")
_LABEL = re.compile(r"\W*(?:có trách nhiệm|chịu trách nhiệm|chủ trì|thực hiện|triển khai)?\W*\Z", re.IGNORECASE)
_OFFICER = re.compile(r"(?:bo truong|thu truong|giam doc|chu tich|lanh dao|nguoi dung dau) ")
_DESK_OF_OWN = re.compile(r"(Thanh tra|Văn phòng) Sở")
_DESKS = ("Phòng ", "Trung tâm ", "Thanh tra ")
_TASKS = re.compile(r"(?!.*(?:ý kiến|báo cáo|đề nghị|kết luận)).*(?:nhiệm vụ|nội dung|công việc|giải pháp)\s.*:\W*\Z")
"""Between a body and the list that it introduces: ``Bộ trưởng Bộ Tài chính - Phó Trưởng ban … các nhiệm vụ sau:``."""
_TWO_LEVELS = "2025-07"
"""From this month on there are no districts (Nghị quyết 203/2025/QH15)."""


@cache
def _groups() -> Lexicon[str]:
    return Lexicon((variant, group.name) for group in groups() for variant in group.variants)


@cache
def _openings() -> frozenset[str]:
    """Words, unaccented, with which bodies that are told to act may begin; some more do no harm."""
    patterns = fold("|".join(p.pattern for p in (_OWN, _HEADS, _CLASS)))
    return bodies.openings() | _groups().openings() | frozenset(_WORD.findall(patterns))


@lru_cache(maxsize=64)  # whether a sentence orders anybody, and then whom
def named(text: str, header: Header, *, issued: bool = False) -> tuple[str, ...]:
    """Return the bodies that a passage of a normalized text tells to act, or says to have acted.

    ``header`` gives the place and the issuer of the document; ``issued`` says that the passage
    tells of a document issued, whose issuer then goes before those whom it orders to act.

    >>> named("Giao Phòng A, Phòng B triển khai", Header())
    ('Phòng A', 'Phòng B')
    """
    piece = " ".join(text.split())
    folded = fold(piece)
    acting = _acting(piece, folded, header) if issued else None
    if acting and acting == (header.issuer,):
        return acting
    for order in _ORDER.finditer(piece):
        if listed := _row(piece, folded, order.end(), header)[0]:
            return listed
    return _acting(piece, folded, header) if acting is None else acting


def headed(text: str, header: Header) -> tuple[str, ...]:
    """Return the bodies that a heading consists of, or whose tasks it introduces: ``Sở A, UBND cấp huyện:``."""
    piece = " ".join(text.split())
    order = _ORDER.match(piece)
    listed, end = _row(piece, fold(piece), order.end() if order else 0, header)
    if listed and (_LABEL.match(piece, end) or (listed != (header.issuer,) and _TASKS.match(piece, end))):
        return listed
    return ()


def _acting(piece: str, folded: str, header: Header) -> tuple[str, ...]:
    """The subject of the passage: bodies before a verb of work."""
    behind = 0
    for place in (0, *(m.start() for m in _CAPITAL.finditer(piece))):
        if place < behind:
            continue
        word = _WORD.match(folded, place)
        if place and (word is None or word[0] not in _openings()):
            continue
        if own := _OWN.match(piece, place):
            if not _BYSTANDER.search(piece, max(0, place - 24), place) and (header.issuer or "").startswith(own[1]):
                return (header.issuer or "",)
            continue
        first = _one(piece, folded, place, header, known=True)
        behind = first[1] if first else place
        listed, end = _row(piece, folded, place, header, known=True)
        if not listed or not _ACTS.match(piece, end) or _BYSTANDER.search(piece, max(0, place - 24), place):
            continue
        if listed != (header.issuer,) and _IN_ROW.search(piece, max(0, place - 90), place):
            continue
        # What a ministry does is no task of a province.
        if not (header.province and any(_central(name) for name in listed)):
            return listed
    return ()


@cache
def _central(name: str) -> bool:
    body = bodies.parse(name, fold(name), 0)
    return body is not None and body.body is not None and body.body.level == "central"


def _row(piece: str, folded: str, at: int, header: Header, *, known: bool = False) -> tuple[tuple[str, ...], int]:
    """The bodies listed at ``at``, and where the list ends; ``known`` leaves out what only looks like a body."""
    found: list[str] = []
    end = at
    head = _HEADS.match(piece, at)
    kind, places = _CLASS.match(piece, at), _PLACES.match(folded, at)
    while True:
        one = _place(folded, at if found else places.end()) if places else None
        if kind and not found:
            one = _member(piece, kind, kind.end())
        one = one or _one(piece, folded, at, header, known=known)
        if one is None and kind:
            one = _member(piece, kind, at)
        elif one is None and not found and head and head.end() > at:
            one = _one(piece, folded, head.end(), header, known=known)
        if one is None:
            return tuple(dict.fromkeys(found)), end
        found.append(one[0])
        end = one[1]
        glue = _GLUE.match(piece, end)
        if not glue:
            return tuple(dict.fromkeys(found)), end
        at = glue.end()


def _one(piece: str, folded: str, at: int, header: Header, *, known: bool) -> tuple[str, int] | None:
    """A body or a group of bodies at ``at``, and its end."""
    officer = _OFFICER.match(folded, at)
    if group := _groups().match(folded, officer.end() if officer else at):
        return (_places(header) if group[0] == "*" else group[0]), group[1]
    body = bodies.parse(piece, folded, at, header.province)
    if body is None or (known and not body.body and not body.name.startswith(_DESKS)):
        return None
    if (desk := _DESK_OF_OWN.fullmatch(body.name)) and (header.issuer or "").startswith("Sở "):
        return f"{desk[1]} {header.issuer}", body.end
    return body.name, body.end


def _place(folded: str, at: int) -> tuple[str, int] | None:
    """``Hà Nội`` in ``UBND các thành phố: Hà Nội, Cần Thơ``."""
    place = bodies.province_at(folded, at)
    return (bodies.with_place("Ủy ban nhân dân", place[0]), place[1]) if place else None


def _member(piece: str, kind: re.Match[str], at: int) -> tuple[str, int] | None:
    """``Tài chính`` in ``Các Bộ: Tài chính, Xây dựng``."""
    name = f"{kind['kind'].capitalize()} {piece[at:]}"
    body = bodies.parse(name, fold(name), 0)
    return (body.name, at + body.end - len(kind["kind"]) - 1) if body and body.body else None


def _places(header: Header) -> str:
    """What "các địa phương" are to the one who speaks."""
    if not header.province:
        return "Ủy ban nhân dân cấp tỉnh"
    day = header.date or header.period or ""
    return "Ủy ban nhân dân cấp xã" if day[:7] >= _TWO_LEVELS else "Ủy ban nhân dân cấp huyện"
