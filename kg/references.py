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
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.citations import Citation
from kg.model import REPORT, Header, Reference
from kg.relations import Unit
from kg.tables import doc_types
from kg.wording import words

__all__ = ["find"]

_REACH = 1500
"""Code points within which a reference looks back for its antecedent: about half a page."""


# "này" or "(nêu, nói) trên"; "trên địa bàn" and "trên cơ sở" are prepositions.
_DEMONSTRATIVE = re.compile(
    rf"\s{{1,4}}(?P<which>này|(?:nêu|nói)\s{{1,3}}trên|trên(?!\s{{1,3}}{words('behind_on')}))(?!\w)", re.IGNORECASE
)
_ALL = re.compile(r"(?:các|những)\s{1,4}\Z", re.IGNORECASE)
_WORDS = re.compile(r"\w+")


@cache
def _kinds() -> frozenset[str]:
    return frozenset({k.name.lower() for k in doc_types() if k.category != "treaty"})


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: str
    every: bool
    this: bool


def _scan(text: str) -> Iterator[_Found]:
    """Demonstratives behind a type word: ``Nghị định này``, ``các văn bản nêu trên``."""
    for match in _DEMONSTRATIVE.finditer(text):
        low = max(0, match.start() - 40)
        spans = [m.span() for m in _WORDS.finditer(text, low, match.start())][-3:]
        for take in range(len(spans), 0, -1):
            start, end = spans[-take][0], spans[-1][1]
            kind = " ".join(text[start:end].lower().split())
            if end == match.start() and kind in _kinds():
                every = _ALL.search(text, max(0, start - 9), start)
                yield _Found(
                    every.start() if every else start, match.end(), kind, bool(every), match["which"].lower() == "này"
                )
                break


def find(text: str, citations: list[Citation], units: tuple[Unit, ...], header: Header) -> tuple[Reference, ...]:
    """References back in a normalized text; ``to`` holds citation indexes as text, or REPORT."""
    out = [_resolve(found, citations, units, header) for found in _scan(text)]
    out += [r for k, c in enumerate(citations) if (r := _short(k, c, citations))]
    return tuple(sorted(out, key=lambda r: r.start))


def _resolve(found: _Found, citations: list[Citation], units: tuple[Unit, ...], header: Header) -> Reference:
    near = [k for k, c in enumerate(citations) if found.start - _REACH <= c.start and c.end <= found.start]

    def to(targets: tuple[str, ...], reason: str) -> Reference:
        return Reference(found.start, found.end, "", targets, reason)

    if found.every:
        if not near:
            return to((), "no-antecedent")
        return to(tuple(str(k) for k in near if units[k] == units[near[-1]]), "listed-above")
    if found.this and header.type and header.type.lower() == found.kind:
        return to((REPORT,), "own-document")
    same = [k for k in near if (citations[k].type or "").lower() == found.kind]
    return to((str(same[-1]),), "nearest-same-type") if same else to((), "no-antecedent")


def _short(index: int, citation: Citation, citations: list[Citation]) -> Reference | None:
    """A bare number after its full citation."""
    if citation.symbol is not None or not citation.number:
        return None
    serial, _, year = citation.number.partition("/")
    full = {
        c.number: k
        for k, c in reversed(list(enumerate(citations[:index])))
        if c.symbol
        and c.type == citation.type
        and c.symbol.serial.lstrip("0") == serial.lstrip("0")
        and (not year or (c.symbol.year or (c.date or "")[:4]) == year)
    }
    if len(full) == 1:
        return Reference(citation.start, citation.end, "", (str(next(iter(full.values()))),), "same-number")
    if full:
        return Reference(citation.start, citation.end, "", (), "ambiguous")
    return None
