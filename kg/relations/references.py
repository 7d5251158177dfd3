"""References back: ``Nghị định này``, ``các văn bản nêu trên``, ``Nghị định 60`` after its full citation.

Each is resolved inside the document, with the reason, or left unresolved; nothing is guessed.

======================  ==============================================================
reason                  the reference is to
======================  ==============================================================
``own-document``        the document at hand: its own type with ``này``
``nearest-same-type``   the last citation of that type in the same or previous passage
``listed-above``        every citation of the last sentence that has one
``same-number``         the full citation with that type and number above
``ambiguous``           several full citations fit: unresolved
``no-antecedent``       nothing above fits: unresolved
======================  ==============================================================
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from kg.citations import Citation
from kg.model import REPORT, Header
from kg.ontology.tables import doc_types
from kg.ontology.wording import words
from kg.relations import Unit
from kg.text.normalization import fold
from kg.text.patterns import begun

__all__ = ["Back", "find"]

_REACH: Final = 1500
"""Code points within which a reference looks back for its antecedent: about half a page."""
_KIND: Final = 28
"""Code points within which the type stands before a demonstrative."""


# "này" or "(nêu, nói) trên"; "trên địa bàn" and "trên cơ sở" are prepositions.
_DEMONSTRATIVE: Final = re.compile(
    rf"\s{{1,4}}(?P<which>này|(?:nêu|nói)\s{{1,3}}trên|trên(?!\s{{1,3}}{words('behind_on')}))(?!\w)", re.IGNORECASE
)
_ALL: Final = re.compile(r"(?:các|những)\s{1,4}\Z", re.IGNORECASE)
_LONGEST: Final = 3
"""Words of the longest type that is read before a demonstrative."""


class Back(NamedTuple):
    """A reference back; ``to`` holds citation indexes as text, or REPORT."""

    start: int
    end: int
    to: tuple[str, ...]
    reason: str


@cache
def _kinds() -> frozenset[str]:
    return frozenset({k.name.lower() for k in doc_types() if k.category != "treaty"})


@cache
def _typed() -> re.Pattern[str]:
    """What looks, in a folded text, like a type at the end of a stretch."""
    kinds = (fold(kind) for kind in sorted(_kinds()) if kind.count(" ") < _LONGEST)
    return re.compile(begun("|".join(kinds).replace(" ", r"\s+")) + r"\Z")


class _Found(NamedTuple):
    start: int
    end: int
    kind: str
    every: bool
    this: bool


@cache
def _last_words() -> frozenset[str]:
    """Last words, unaccented, of what may stand before a demonstrative."""
    return frozenset(fold(word).split()[-1] for word in (*_kinds(), "nêu", "nói"))


def _candidates(folded: str) -> list[int]:
    """Where a word that looks like a demonstrative stands behind one that looks like a type."""
    places: list[int] = []
    lasts = _last_words()
    for demonstrative in _demonstratives():
        for match in demonstrative.finditer(folded):
            at = match.start()
            # A word that is seen whole must be one of them.
            seen = folded[max(0, at - 8) : at].split()
            if len(seen) == 1 or (seen and (not seen[-1].isalpha() or seen[-1] in lasts)):
                places.append(at)
    return sorted(places)


@cache
def _demonstratives() -> tuple[re.Pattern[str], ...]:
    """Words that look like a demonstrative behind several blanks or one and the end of such a last word."""
    ends = ("|".join(sorted({word[-3:] for word in _last_words() if len(word[-3:]) == size})) for size in (2, 3))
    behind = "|".join(rf"(?<=(?:{end})\s{{word}})" for end in ends if end)
    return tuple(re.compile(rf"{word}(?:(?<=\s\s{word})|{behind.format(word=word)})") for word in ("nay", "tren"))


def _scan(text: str, folded: str) -> Iterator[_Found]:
    """Demonstratives behind a type word: ``Nghị định này``, ``các văn bản nêu trên``."""
    done = 0
    for place in _candidates(folded):
        match = _DEMONSTRATIVE.search(text, max(done, place - 10), place + 40)
        if match is None or match.start() >= place:
            continue
        done = match.end()
        if named := _kind_before(text, folded, match.start()):
            start, kind = named
            every = _ALL.search(text, max(0, start - 9), start)
            this = match["which"].lower() == "này"
            yield _Found(every.start() if every else start, match.end(), kind, bool(every), this)


def _kind_before(text: str, folded: str, end: int) -> tuple[int, str] | None:
    """Where the type begins that stands right before ``end``, and that type in small letters."""
    typed = _typed().search(folded, max(0, end - _KIND), end)
    while typed:
        kind = " ".join(text[typed.start() : end].lower().split())
        if kind in _kinds():
            return typed.start(), kind
        typed = _typed().search(folded, typed.start() + 1, end)  # "bỏ luật" is no "bộ luật"
    return None


def find(
    text: str, citations: list[Citation], units: tuple[Unit, ...], header: Header, folded: str | None = None
) -> tuple[Back, ...]:
    """References back in a normalized text.

    ``citations`` are in order; ``folded`` is ``fold(text)``, where it is at hand.
    """
    folded = fold(text) if folded is None else folded
    starts = [c.start for c in citations]
    demonstrated = (
        Back(found.start, found.end, *_antecedents(found, citations, starts, units, header))
        for found in _scan(text, folded)
    )
    return tuple(sorted([*demonstrated, *_shorts(citations)]))


def _antecedents(
    found: _Found, citations: list[Citation], starts: list[int], units: tuple[Unit, ...], header: Header
) -> tuple[tuple[str, ...], str]:
    """What a demonstrative speaks of, and the reason."""
    if found.this and not found.every and header.type and header.type.lower() == found.kind:
        return (REPORT,), "own-document"
    reach = range(bisect_left(starts, found.start - _REACH), bisect_left(starts, found.start))
    near = [k for k in reach if citations[k].end <= found.start]
    if found.every:
        if not near:
            return (), "no-antecedent"
        return tuple(str(k) for k in near if units[k] == units[near[-1]]), "listed-above"
    same = next((k for k in reversed(near) if (citations[k].type or "").lower() == found.kind), None)
    return ((), "no-antecedent") if same is None else ((str(same),), "nearest-same-type")


def _shorts(citations: list[Citation]) -> Iterator[Back]:
    """Bare numbers after their full citation."""
    # Full numbers above by type and serial, with and without their year, each with its first citation.
    above: dict[tuple[str | None, str, str], dict[str, int]] = {}
    bare = max((k for k, citation in enumerate(citations) if citation.number and not citation.symbol), default=-1)
    for index, citation in enumerate(citations[: bare + 1]):
        number = citation.number
        if not number:
            continue
        if symbol := citation.symbol:
            for year in ("", symbol.year or (citation.date or "")[:4]):
                above.setdefault((citation.type, symbol.serial.lstrip("0"), year), {}).setdefault(number, index)
            continue
        serial, _, year = number.partition("/")
        full = above.get((citation.type, serial.lstrip("0"), year), {})
        if len(full) == 1:
            yield Back(citation.start, citation.end, (str(next(iter(full.values()))),), "same-number")
        elif full:
            yield Back(citation.start, citation.end, (), "ambiguous")
