"""Short names that a text takes for granted: ``Ban Quản lý`` after ``Ban Quản lý các khu công nghiệp tỉnh``.

A head that goes by itself before a verb means the one body that the document names with it in full, or the one
that speaks; where several bear it, or none does, it means nobody that can be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.ontology.wording import entries, words
from kg.tasks.named import GOES_ON, Place, named
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import fold, on_one_line

__all__ = ["implied"]

_ACTS: Final = late(rf"\s+(?:{words('stranger_acts')}|tổ chức (?:thực hiện|triển khai)|yêu cầu)(?!\w)")
_FULL: Final = 160
"""Code points within which a full name ends."""
_MANY: Final = 40
"""Full names that are read at most; a document with more speaks of several bodies."""


def implied(text: str, speech: Speech) -> Iterator[tuple[str, str]]:
    """Each head that a normalized text uses as a short name, with the full name of the body that it means.

    >>> from kg.model import Header
    >>> told = "Giao Ban Quản lý Khu kinh tế tỉnh rà soát. Ban Quản lý chủ trì lập danh mục."
    >>> list(implied(told, Speech(Header(province="Trà Vinh"))))
    [('Ban Quản lý', 'Ban Quản lý Khu kinh tế tỉnh Trà Vinh')]
    """
    for head in entries("short_heads"):
        places = list(_places(text, head))
        if not any(_ACTS.match(text, place + len(head)) for place in places):
            continue
        if name := _one(text, head, places, speech):
            yield head, name


def _places(text: str, head: str) -> Iterator[int]:
    place = text.find(head)
    while place >= 0:
        behind = place + len(head)
        if not text[place - 1 : place].isalnum() and not text[behind : behind + 1].isalnum():
            yield place
        place = text.find(head, behind)


def _one(text: str, head: str, places: list[int], speech: Speech) -> str | None:
    """The one body whose full name begins with a head, None for none or several."""
    if speech.issuer.startswith(f"{head} "):
        return speech.issuer
    found: dict[str, str] = {}
    for place in places[:_MANY]:
        if not GOES_ON.match(text, place + len(head)):
            continue
        piece = on_one_line(text[place : place + _FULL])
        member = named(Place(piece, fold(piece), 0, speech, False, False))
        if member and member.end > len(head) + 1 and len(member.names) == 1:
            found[fold(member.names[0])] = member.names[0]
    return next(iter(found.values())) if len(found) == 1 else None
