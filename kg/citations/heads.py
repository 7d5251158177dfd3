"""Heads of lists: ``các Văn bản: số A về …; số B về …``, whose type is that of each member.

The head stands before the first number, behind it a colon; each member begins with its number, behind a
semicolon, a comma or "và".  A member that has a type of its own is not the head's.

>>> text = "Sở có các Văn bản: số 12/SCT-QLTM về chợ; số 13/SCT-QLTM về xăng dầu"
>>> head = before(fold(text), text.index("số 12"))
>>> head.kind.name, text[head.start :][:9]
('Văn bản', 'Văn bản: ')
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from kg.citations.citation import Citation
from kg.citations.lead import type_names
from kg.ontology.tables import DocType
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["Head", "before", "ended", "share"]


class Head(NamedTuple):
    """The type that a list's head gives, and where its words begin."""

    kind: DocType
    start: int


_COLON: Final = re.compile(r":\s{0,4}(?:so\s{0,3}:?\s{0,3})?[-+•*]?\s{0,3}\Z")
_MARKS: Final = 14
"""Code points that the colon of a list's head, and what stands between it and the first number, take."""
_REACH: Final = 90
_NEXT: Final = late(r"(?:[;,]|[;,]?\s{1,3}va)\s{0,4}(?:[-+•*]\s{0,3})?\Z")
_SENTENCE_ENDS: Final = re.compile(r"\.\s{1,4}(?=[A-ZĐ])|\n\s{0,9}\n")
_LONGEST: Final = 600
"""Code points that the subject of a member may take, with the documents that it names."""


@cache
def _head() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, {fold(k) for k in type_names()}), key=len, reverse=True))
    return re.compile(
        rf"(?<![a-z])(?P<type>{names})(?:\s{{1,3}}{words('qualifiers')})?(?:\s{{1,3}}cua\s[^:;.]{{3,60}}?)?(?:\s{{1,3}}(?:nhu\s)?sau(?:\s{{1,3}}day)?)?\s?\Z"
    )


def before(folded: str, start: int) -> Head | None:
    """The head whose list begins with the number at ``start`` of a folded text, or None."""
    low = max(0, start - _MARKS)
    if folded.find(":", low, start) < 0:  # as before most
        return None
    colon = _COLON.search(folded, low, start)
    head = _head().search(folded, max(0, start - _REACH), colon.start()) if colon else None
    return Head(type_names()[head["type"]], head.start()) if head else None


def share(text: str, folded: str, found: list[Citation]) -> list[Citation]:
    """Give the further members of a list what its opening tells: the type of its head, the day and the body.

    ``Ngày 10/1/2019 Sở ban hành Quyết định A về …; Quyết định B về …`` tells the day of both.
    """
    out = list(found)
    first: Citation | None = None
    last = 0
    for index, citation in enumerate(out):
        head = before(folded, citation.start) if citation.symbol else None
        if head or (first is None and _told(citation)):
            first, last = citation, citation.tail
            continue
        if first is None:
            continue
        if ended(text, last, citation.start):
            first = citation if _told(citation) else None
            last = citation.tail
        elif citation.symbol and _NEXT.search(folded, last, citation.start):
            out[index] = citation = _like(first, citation)
            last = citation.tail
    return out


def ended(text: str, last: int, start: int) -> bool:
    """Whether a list whose last member ends at ``last`` has ended before ``start``, with its sentence or long ago."""
    return start - last > _LONGEST or _SENTENCE_ENDS.search(text, last, start) is not None


def _told(citation: Citation) -> bool:
    """Whether the day and the body stand before a citation, as what opens its sentence."""
    return citation.date is not None and citation.issuer_written and citation.tail == citation.end


def _like(first: Citation, citation: Citation) -> Citation:
    """A member of the list that ``first`` opens."""
    if not citation.type_written:
        citation = citation._replace(type=first.type)
    same = first.symbol and citation.symbol and first.symbol.bodies[:1] == citation.symbol.bodies[:1]
    if first.tail != first.end or not same or citation.tail != citation.end:
        return citation  # what stands behind a member is its own
    return citation._replace(
        date=citation.date or first.date,
        issuer=citation.issuer if citation.issuer_written else first.issuer,
        issuer_written=citation.issuer_written or first.issuer_written,
    )
