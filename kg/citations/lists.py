"""Members of a list: what is written once for all."""

from __future__ import annotations

import re
from typing import Final

from kg.citations.citation import Citation
from kg.entities.symbols import Style, Symbol
from kg.ontology.wording import entries

__all__ = ["glued", "like", "share"]

_GLUE: Final = re.compile(r"[\s,;|*\"()-]{0,8}(?:(?:va|and|hoac|cung|voi|den|cac|so|tu)[\s,;]{0,4}){0,3}\Z")
_BRACKET: Final = re.compile(r"\s?\([^()]{1,60}\)")
_SAME_DAY: Final = re.compile(r"[\s,]{0,4}cung\s{1,3}ngay")
_BY: Final = re.compile(r"(?<![a-z])(?:cua|do|of|by)(?![a-z])")
_DAY: Final = re.compile(r"\s{1,3}ngay\s{1,3}\d{1,2}[/\s-]")
_RANGE: Final = re.compile(r"\bden\b")
_FIGURES: Final = re.compile(r"\d+")
_ONE_DAY: Final = 3
"""Numbers of a series that lie further apart, each with its type before it, are of different days."""


def like(folded: str, before: Citation, symbol: Symbol, start: int) -> bool:
    """Whether a number of no rule is the next of a list: ``văn bản thẩm duyệt số 66/TD-PCCC ngày … và số 67/TD-PCCC``.

    ``before`` is the citation before it, ``start`` where "số" or the number begins.  Its letters are the same, or a
    body's desk's and a day follows: ``công văn số 4032/TCHQ-GSQL ngày … và 1238/GSQL-GQ2 ngày …``.
    """
    letters = symbol.number.partition("/")[2]
    if symbol.style is not Style.UNKNOWN or not letters or not _GLUE.fullmatch(folded, before.tail, start):
        return False
    if letters == (before.number or "").partition("/")[2]:
        return start < symbol.start
    lettered = before.symbol is not None and before.symbol.style is Style.LETTER and len(symbol.bodies) > 1
    return lettered and _DAY.match(folded, symbol.end) is not None


def share(folded: str, found: list[Citation]) -> list[Citation]:
    """Give list members the type, date and issuer that the list writes once, from right to left.

    A date is shared where the text plainly means so: a number follows without its type
    (``số 18-NQ/TW, 19-NQ/TW ngày …``), in a range, or ``cùng ngày``.  With the same type and symbol written
    again (``Thông tư số 26/… và Thông tư số 27/… ngày …``) only numbers that lie together are of one day.
    """
    out = list(found)
    for index in range(1, len(out)):
        left, right = out[index - 1], out[index]
        gap = folded[left.tail : right.start]
        listed = glued(gap)
        untyped = _untyped(left) and _untyped(right)
        # "các văn bản số 12/TTr-STC …, số 15/BC-STC": a word for any document goes for the whole list.
        alike = untyped or left.type in entries("any_document") or _same_letters(left, right)
        if listed and left.type and not right.type_written and alike:
            out[index] = right = right._replace(type=left.type)
        if listed and right.date is None and left.date and _SAME_DAY.match(folded, right.end):
            out[index] = right = right._replace(date=left.date)
        # "UBND huyện đã ban hành Quyết định A ngày … và Quyết định B": who stands before the list made all of it.
        unsaid = left.issuer_written and not right.issuer_written and right.symbol is not None
        if listed and unsaid and _same_body(left, right) and not _BY.search(folded, left.end, left.tail):
            out[index] = right._replace(issuer=left.issuer, issuer_written=True)
    for index in range(len(out) - 1, 0, -1):
        left, right = out[index - 1], out[index]
        gap = folded[left.tail : right.start]
        if not glued(gap):
            continue
        if left.date is None and right.date and left.tail == left.end:
            # "Luật Quy hoạch (số 37/2019/NĐ-CP ngày …)": what the bracket names is another document than the law.
            alike = (not right.type_written and left.named == right.named) or (
                left.type == right.type and _same_letters(left, right) and _near(left, right)
            )
            # "(sau đây gọi là Nghị định số 31/2019/NĐ-CP), Nghị định số … ngày …": the bracket ends what is one.
            closes = right.type_written and gap.count(")") > gap.count("(")
            alike = alike and (left.symbol is None or left.symbol.year in (None, right.date[:4]))
            if (alike and ";" not in gap and not closes) or _RANGE.search(gap) or _SAME_DAY.match(folded, right.end):
                left = left._replace(date=right.date)
        unsaid = left.issuer is None and not right.type_written and left.named == right.named
        signed = unsaid or _same_body(left, right)
        if not left.issuer_written and right.issuer_written and signed and ";" not in gap:
            left = left._replace(issuer=right.issuer, issuer_written=True)
        out[index - 1] = left
    return out


def _untyped(citation: Citation) -> bool:
    return citation.symbol is not None and citation.symbol.type_abbr is None


def glued(gap: str) -> bool:
    """Whether only marks, conjunctions and a short bracket (``(đối với tỉnh X);``) stand between two citations."""
    if "(" in gap and len(gap) <= 100:
        gap = _BRACKET.sub("", gap, count=1)
    return len(gap) <= 24 and bool(_GLUE.fullmatch(gap))


def _near(left: Citation, right: Citation) -> bool:
    """Whether two numbers of one series lie so close together that they can be of one day."""
    serials = [int(digits[0]) for c in (left, right) if (digits := _FIGURES.match(c.number or ""))]
    return len(serials) == 2 and abs(serials[0] - serials[1]) <= _ONE_DAY


def _same_letters(left: Citation, right: Citation) -> bool:
    a, b = left.symbol, right.symbol
    if a is None and b is None:
        return left.type == right.type and not left.named and not right.named
    return a is not None and b is not None and (a.style, a.type_abbr) == (b.style, b.type_abbr)


def _same_body(left: Citation, right: Citation) -> bool:
    if left.symbol is None or right.symbol is None:
        return _same_letters(left, right)
    return left.symbol.bodies[:1] == right.symbol.bodies[:1]
