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
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg.citations.citation import Citation
from kg.citations.lead import type_names
from kg.ontology.tables import DocType
from kg.ontology.wording import words
from kg.text.normalization import fold

__all__ = ["Head", "before", "share"]


class Head(NamedTuple):
    """The type that a list's head gives, and where its words begin."""

    kind: DocType
    start: int


_COLON = re.compile(r":\s{0,4}(?:so\s{0,3}:?\s{0,3})?[-+•*]?\s{0,3}\Z")
_REACH = 90
_NEXT = re.compile(r"(?:[;,]|[;,]?\s{1,3}va)\s{0,4}(?:[-+•*]\s{0,3})?\Z")
_SENTENCE_ENDS = re.compile(r"\.\s{1,4}(?=[A-ZĐ])|\n\s{0,9}\n")
_LONGEST = 600
"""Code points that the subject of a member may take, with the documents that it names."""


@cache
def _head() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, {fold(k) for k in type_names()}), key=len, reverse=True))
    return re.compile(
        rf"(?<![a-z])(?P<type>{names})(?:\s{{1,3}}{words('qualifiers')})?(?:\s{{1,3}}(?:nhu\s)?sau(?:\s{{1,3}}day)?)?\s?\Z"
    )


def before(folded: str, start: int) -> Head | None:
    """The head whose list begins with the number at ``start`` of a folded text, or None."""
    low = max(0, start - _REACH)
    colon = _COLON.search(folded, max(low, start - 14), start)
    head = _head().search(folded, low, colon.start()) if colon else None
    return Head(type_names()[head["type"]], head.start()) if head else None


def share(text: str, folded: str, found: list[Citation]) -> list[Citation]:
    """Give the further members of a list the type of its head and, where it opens with them, its day and its body."""
    out = list(found)
    first: Citation | None = None
    last = 0
    for index, citation in enumerate(out):
        head = before(folded, citation.start) if citation.symbol and not citation.type_written else None
        if head:
            first, last = citation, citation.tail
            continue
        if first is None:
            continue
        gap = text[last : citation.start]
        if len(gap) > _LONGEST or _SENTENCE_ENDS.search(gap):
            first = None
        elif citation.symbol and not citation.type_written and _NEXT.search(folded, last, citation.start):
            out[index] = citation = _like(first, citation)
            last = citation.tail
    return out


def _like(first: Citation, citation: Citation) -> Citation:
    told = first.tail == first.end  # what its head says of it stands before the list
    same = first.symbol and citation.symbol and first.symbol.bodies[:1] == citation.symbol.bodies[:1]
    return replace(
        citation,
        type=first.type,
        date=citation.date or (first.date if told else None),
        issuer=first.issuer if told and same and not citation.issuer_written else citation.issuer,
        issuer_written=citation.issuer_written or bool(told and same and first.issuer_written),
    )
