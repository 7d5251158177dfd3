"""Members of a list whose head names who issued them: ``các văn bản của Cục Thuế như: Công văn A; Công văn B``.

Each member begins behind a semicolon, a comma, "và" or a line's end, and is the named body's where its symbol can be;
what a member says of itself goes before.  Of several bodies in the head a member is that of the only one that fits.

Nghị định 30/2020/NĐ-CP, Phụ lục I, lets a text name type and issuer once for several documents of one body.
"""

from __future__ import annotations

import re
from typing import Final

from kg.citations.citation import Citation
from kg.citations.heads import ended
from kg.citations.issuer import Home, issuer
from kg.citations.lead import type_names
from kg.entities import bodies
from kg.entities.bodies import BodySpan
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["governed"]

_REACH: Final = 200
_BEFORE: Final = 24
"""Code points that the end of a head, a bullet and the blanks around them take at most."""
_BULLETS: Final = " \t\r\n-+*•\"'("
_OPENS: Final = (":", " nhu", " gom", " la", " sau")
_OF: Final = " cua "
_TO_LIST: Final = late(rf"(?:[\s,]{{1,3}}(?:{words('listing')})(?!\w)){{1,3}}\s?:?|\s?(?:ve\s[^:;.]{{1,80}}?)?:")
_MORE: Final = re.compile(r"(?:\s?[,;]|\s{1,3}va)\s{1,3}(?:cua\s{1,3})?")
_NEXT: Final = late(r"(?:[;,.]|[;,]?\s{1,3}va|\n)\s{0,4}(?:[-+•*]\s{0,3})?\Z")
_NEXT_ITEM: Final = late(r"(?:;(?:\s{1,3}va)?|\n)\s{0,4}(?:[-+•*]\s{0,3})?\Z")


def governed(text: str, folded: str, found: list[Citation], home: Home) -> list[Citation]:
    """Give citations without a written issuer that of the list in which they stand."""
    out = list(found)
    heads: list[BodySpan] = []
    last, member = 0, -1
    for index, citation in enumerate(out):
        if citation.symbol is None:
            continue
        if opened := _head(text, folded, citation.start, home):
            heads = opened
        elif heads and ended(text, last, citation.start):
            heads = []
        # Behind a document in a member's title a comma or "và" goes on with that title.
        elif not heads or not (_NEXT if member == index - 1 else _NEXT_ITEM).search(folded, last, citation.start):
            continue
        last, member = citation.tail, index
        if heads and not citation.issuer_written and (name := _fitting(citation, heads, home)):
            out[index] = citation._replace(issuer=name, issuer_written=True)
    return out


def _head(text: str, folded: str, start: int, home: Home) -> list[BodySpan]:
    """The bodies that the head of a list names whose first member begins at ``start``."""
    near = max(0, start - _BEFORE)
    words = folded[near:start].rstrip(_BULLETS)
    if not words.endswith(_OPENS):
        return []
    edge = near + len(words)
    low = max(0, start - _REACH)
    window = folded[low:edge].replace("\n", " ")
    at = low + found if (found := window.rfind(_OF)) >= 0 else -1
    named = [bodies.parse(text, folded, at + len(_OF), home.province)] if at >= 0 and _documents(folded[low:at]) else []
    out: list[BodySpan] = []
    while named and (body := named.pop()):
        out.append(body)
        if more := _MORE.match(folded, body.end):
            named.append(bodies.parse(text, folded, more.end(), home.province))
    if not out or not _TO_LIST.fullmatch(folded, out[-1].end, edge):
        return []
    places = {place for body in out if (place := bodies.province_of(body.name))}
    if len(places) != 1:
        return out
    # "Tỉnh ủy, UBND tỉnh Cà Mau": the place is that of both.
    return [bodies.parse(text, folded, body.start, *places) or body for body in out]


def _documents(before: str) -> bool:
    """Whether the last words before "của" speak of documents: ``các văn bản chỉ đạo``, ``các Quyết định``."""
    last = re.split(r"[.;:,\d]", before)[-1].split()[-_WORDS:]
    return any(word in type_names() or " ".join(last[k : k + 2]) in type_names() for k, word in enumerate(last))


_WORDS: Final = 8


def _fitting(citation: Citation, heads: list[BodySpan], home: Home) -> str | None:
    """The only one of the named bodies that can have issued the document."""
    if citation.symbol is None:
        return None
    kind = type_names().get(fold(citation.type or ""))
    fit = {b.name for b in heads if issuer(citation.symbol, kind, b, home, citation.date)[0] == b.name}
    return fit.pop() if len(fit) == 1 else None
