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
from functools import cache

from kg.citations import Citation
from kg.model import REPORT, Header, Reference
from kg.relations import Unit
from kg.tables import doc_types

__all__ = ["find"]

_REACH = 1500
"""Code points within which a reference looks back for its antecedent: about half a page."""


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((k.name for k in doc_types() if k.category != "treaty"), key=len, reverse=True)
    kinds = "|".join(re.escape(n).replace(r"\ ", r"\s{1,4}") for n in names)
    return re.compile(
        rf"(?<!\w)(?:(?P<all>(?:các|những)\s{{1,4}}(?:văn bản|{kinds})\s{{1,4}}(?:nêu\s{{1,3}}|nói\s{{1,3}})?(?:trên|này))"
        rf"|(?P<kind>{kinds})\s{{1,4}}(?P<which>này|(?:nêu\s{{1,3}}|nói\s{{1,3}})?trên(?!\s{{1,3}}(?:địa|cơ|toàn|thế|các|lĩnh|thực|tinh|mạng|nền))|nói\s{{1,3}}trên))(?!\w)",
        re.IGNORECASE,
    )


def find(text: str, citations: list[Citation], units: tuple[Unit, ...], header: Header) -> tuple[Reference, ...]:
    """References back in a normalized text; ``to`` holds citation indexes as text, or REPORT."""
    out = [_resolve(match, citations, units, header) for match in _pattern().finditer(text)]
    out += [r for k, c in enumerate(citations) if (r := _short(k, c, citations))]
    return tuple(sorted(out, key=lambda r: r.start))


def _resolve(match: re.Match[str], citations: list[Citation], units: tuple[Unit, ...], header: Header) -> Reference:
    start, end = match.span()
    near = [k for k, c in enumerate(citations) if start - _REACH <= c.start and c.end <= start]

    def to(targets: tuple[str, ...], reason: str) -> Reference:
        return Reference(start, end, "", targets, reason)

    if match["all"]:
        if not near:
            return to((), "no-antecedent")
        return to(tuple(str(k) for k in near if units[k] == units[near[-1]]), "listed-above")
    kind = " ".join(match["kind"].split()).lower()
    if match["which"].lower() == "này" and header.type and header.type.lower() == kind:
        return to((REPORT,), "own-document")
    same = [k for k in near if (citations[k].type or "").lower() == kind]
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
