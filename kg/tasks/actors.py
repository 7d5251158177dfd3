"""The body, the group or the people that stand at one place of a row, in full names."""

from __future__ import annotations

from typing import Final

from kg.entities import bodies
from kg.ontology.wording import words
from kg.tasks import groups, places
from kg.tasks.member import MANY, Member, spelt
from kg.tasks.named import BARE, OF_HOME, Place, named
from kg.tasks.people import concerned, dutiful, general, you
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["actor", "foreign", "titular"]

_TITULAR: Final = late(
    rf"(?P<name>(?:{words('titular_heads')})(?!\w)"
    rf"(?:\s(?!(?:{words('stranger_acts')}|{words('acts')}|{words('assigning')})(?!\w))[^\s,;:.()]+){{1,12}}?)"
    r"\s*(?:\([^()]{1,60}\)\s*)?[*_]*\s*:\W*"
)


def titular(piece: str, at: int, speech: Speech) -> tuple[str, ...]:
    """The body that a heading with a colon consists of, if no table lists it: ``Tập đoàn Công nghiệp Việt Bắc:``."""
    match = _TITULAR.fullmatch(piece, at)
    if match is None:
        return ()
    name = match["name"]
    place = OF_HOME.search(name) if speech.header.province else None
    return (bodies.with_place(name[: place.start()], speech.header.province) if place else spelt(name),)


def foreign(text: str) -> bool:
    """Whether a passage opens with the name of a body that no table lists: its work is not that of the heading above.

    >>> foreign("Văn phòng Ban Chỉ đạo Tây Bắc theo dõi"), foreign("Ban hành văn bản hướng dẫn")
    (True, False)
    """
    piece = " ".join(text[:200].split())
    body = bodies.parse(piece, fold(piece), 0)
    return body is not None and body.body is None and not BARE.fullmatch(piece, 0, body.end)


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
        if body := named(Place(piece, folded, place, speech, known, people)):
            return body
    if known or not people:
        return None
    headed = inner > at
    anybody = concerned(piece, at) or (concerned(piece, inner) if headed else None)
    found = anybody or you(piece, at, speech) or dutiful(piece, at) or (dutiful(piece, inner) if headed else None)
    found = found or general(piece, at) or (general(piece, inner) if headed else None)
    # What a letter tells "tổ chức, cá nhân hoạt động khoáng sản" it tells the enterprise that it goes to.
    return Member(speech.addressees, found.end, group=True) if found and speech.firms else found
