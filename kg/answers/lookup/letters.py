"""Letters of types and bodies as people type them into a search: ``NĐ60``, ``338 KH UBND``, ``QĐ 01 UBND``.

A text writes ``Nghị định 60/2024/NĐ-CP``; who looks for it leaves out marks and types in small letters.  Letters
count where they are capitals or no Vietnamese syllable, since ``từ`` without its marks is ``TU`` as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.documents.authority import read_sign
from kg.documents.identity import identify
from kg.documents.urn import parts_of
from kg.loaders.spelling import is_syllable
from kg.ontology.tables import doc_types
from kg.text.normalization import fold

__all__ = ["Typed", "body_behind", "typed"]


class Typed(NamedTuple):
    """A number with the letters around it, at ``start:end`` of the wording."""

    start: int
    end: int
    type: str
    number: str
    """With the year where it is told, without symbol: ``60``, ``60/2024``."""
    authority: str | None = None
    """The body that the letters name, as a slug."""


_GLUED = re.compile(r"(?<![\w/.-])(?P<type>[a-z]{2,5})(?P<number>\d{1,5}[a-z]?(?:/(?:19|20)\d\d)?)(?![\w/])")
_SPACED = re.compile(
    r"(?<![\w/.-])(?P<number>\d{1,5}[a-z]?)(?:[\s/-](?P<year>(?:19|20)\d\d))?[\s/-](?P<type>[a-z]{1,5})[\s/-]"
    r"(?P<body>[a-z&]{2,12}\d{0,2})(?![\w/-])"
)
_BEHIND = re.compile(r"[\s/-]{1,2}(?P<body>[a-z&]{2,12})(?![\w/-])")


@cache
def _types() -> dict[str, tuple[str, str]]:
    """Folded letters of a type -> its name and letters, the earlier row where two share them."""
    found: dict[str, tuple[str, str]] = {}
    for kind in doc_types():
        for letters in kind.abbr:
            found.setdefault(fold(letters), (kind.name, letters))
    return found


@cache
def _letters() -> dict[str, str]:
    """Name of a type -> its letters."""
    return dict(reversed(_types().values()))


def typed(text: str, folded: str) -> Iterator[Typed]:
    """Yield numbers with letters that no text would write so; ``folded`` is the fold of ``text``.

    >>> [found[2:] for found in typed("NĐ60, 338 kh ubnd", "nd60, 338 kh ubnd")]
    [('Nghị định', '60', None), ('Kế hoạch', '338', 'uy.ban.nhan.dan')]
    """
    for match in _GLUED.finditer(folded):
        if kind := _types().get(match["type"]):
            yield Typed(*match.span(), kind[0], match["number"])
    for match in _SPACED.finditer(folded):
        kind = _types().get(match["type"])
        if kind and _names_body(text, match, match["year"]):
            # Whether the number has its year as well is left open: 01/QĐ-UBND, 01/2024/QĐ-UBND.
            number = "/".join(filter(None, match.group("number", "year")))
            yield Typed(*match.span(), kind[0], number, _authority(*kind, match["body"]))


def body_behind(text: str, folded: str, end: int, type: str | None) -> tuple[str, int] | None:
    """Return the body whose letters stand behind a number without symbol, as a slug, and their end: ``QĐ 01 UBND``.

    >>> body_behind("QĐ 01 UBND Hậu Giang", "qd 01 ubnd hau giang", 5, "Quyết định")
    ('uy.ban.nhan.dan', 10)
    """
    match, letters = _BEHIND.match(folded, end), _letters().get(type or "")
    if not match or not letters or not _names_body(text, match, None):
        return None
    authority = _authority(type or "", letters, match["body"])
    return (authority, match.end()) if authority else None


def _authority(type: str, letters: str, body: str) -> str | None:
    """The body that issues documents of a type under these letters."""
    return "+".join(parts_of(identify(type, f"1/{letters}-{body.upper()}", None, None).id).authority) or None


def _names_body(text: str, match: re.Match[str], year: str | None) -> bool:
    """Whether the letters are those of a known body, and no word."""
    written = text[slice(*match.span("body"))]
    known = read_sign((match["body"],), int(year) if year else None)
    return bool(known) and (not is_syllable(written) or sum(map(str.isupper, written)) > 1)
