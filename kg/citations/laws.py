"""Laws by name and number: one citation of both, the name up to a number, and those that amend others.

A law is cited by its name, its number or both (Nghị định 78/2025/NĐ-CP, Điều 68); the name of an amending law holds
those of the laws that it amends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from kg.citations import pinpoints
from kg.citations.citation import Citation
from kg.citations.lists import glued
from kg.citations.names import amending_title
from kg.citations.tail import tail
from kg.entities.symbols import Style
from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.normalization import GAZETTE_PAGE, fold

__all__ = ["amending_days", "merge", "misnamed", "titled"]

_NEXT_LAW: Final = re.compile(r"\s{0,2}(?:,|va)\s{1,3}(?:bo\s+)?luat\s[^;,]{3,80}?\sso\s\d")
_NAME_TO_NUMBER: Final = re.compile(
    rf"(?:{GAZETTE_PAGE}(?=so))?"
    # "Luật Đầu tư theo phương thức đối tác công tư (PPP) số …"
    r"(?:\s{1,3}\([^()\d]{2,60}\))?"
    r"(?:\s{1,3}sua doi(?:,? bo sung)?)?(?:\s{1,3}(?:nam\s{1,3})?(?:19|20)\d\d(?!\d))?[\s,:(]{0,4}"
    r"(?:(?<=\()(?:bo\s)?luat\s{1,3})?(?:so)?[\s:]{0,3}"
)
_WITH_NUMBER: Final = re.compile(r"[\s,(]{0,4}so[\s:]{0,3}\d")
_ENACTS: Final = re.compile(r"(?:\A|\n)\s{0,12}quoc\s{1,3}hoi\s{1,3}ban\s{1,3}hanh\s{1,3}\Z")
_AMENDED: Final = re.compile(
    r"\ssua\s{1,3}doi[^;.]{0,120}?\scua\s{1,3}(?=(?P<type>(?:bo\s{1,3})?luat|phap\s{1,3}lenh)\s)"
)
_CLAUSE_ENDS: Final = re.compile(r"\s?\.[\s*]{0,6}(?:\n|\Z)")
_AMENDS: Final = re.compile(r"\s{1,3}(?:sua doi|bo sung)[^;.:]{0,60}?\scua\s{1,3}\Z")
_LAW: Final = late(
    rf"{words('named_types')}(?=\s{{1,3}}[^\W\d_])"
    rf"(?:(?!\n\s*\n|(?<!\w){words('law_name_ends')}(?!\w))[^;.:\d]){{3,160}}(?<!,)(?<!\svà)\s{{1,3}}\Z"
)
"""A name that the table does not know, or knows without some of its words, up to its number."""
_NUMBER_TO_NAME: Final = re.compile(r"\s{0,3}[(:]?\s{0,2}(?:ve\s)?")


def titled(
    text: str, folded: str, named: list[Citation], numbered: list[Citation]
) -> tuple[list[Citation], list[Citation]]:
    """The named laws but those in the title of an amending law that stands there by its number; and the numbered ones.

    ``Luật số 57/2024/QH15 sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đấu thầu`` is one citation, as it is
    where the number follows the name; a law amended that has its own number there is cited by it.  A day behind the
    title is that of the amending law.
    """
    titles: list[tuple[int, int]] = []
    laws: list[Citation] = []
    for law in numbered:
        stop = amending_title(text, folded, law.tail) if law.type in ("Luật", "Pháp lệnh") else None
        if stop:
            titles.append((law.tail, stop))
            day = None if law.date else tail(text, folded, stop, None).date
            laws.append(law._replace(date=day) if day else law)
        else:
            laws.append(law)
    begins = [begin for begin, _ in titles]

    def outside(citation: Citation) -> bool:
        k = bisect_right(begins, citation.start) - 1
        return k < 0 or citation.start >= titles[k][1]

    return [c for c in named if outside(c) or _WITH_NUMBER.match(folded, c.end)], laws


def merge(folded: str, named: list[Citation], numbered: list[Citation]) -> list[Citation]:
    """All citations in order; a law cited by name and number is one, with its number."""
    out: list[Citation] = []
    for citation in sorted([*named, *numbered], key=lambda c: (c.start, -c.end)):
        last = out[-1] if out else None
        overlapped = last is not None and citation.start < last.end
        if last and overlapped and not (last.named and citation.core >= last.end):
            continue
        if last and last.named and (amended := _amended_by_itself(last, citation, folded)):
            out[-1] = amended
            continue
        if last and last.named != citation.named and _one_law(last, citation, folded):
            name, number = (last, citation) if last.named else (citation, last)
            out[-1] = number._replace(
                start=last.start,
                tail=max(last.tail, citation.tail),
                type=name.type,
                type_written=True,
                name=name.name,
                date=number.date or name.date,
                pinpoint=last.pinpoint or citation.pinpoint,
                issuer=name.issuer or number.issuer,
            )
            continue
        if last and last.named and citation.type is None and _of_amended(last, citation, folded):
            citation = citation._replace(type=last.type)
        out.append(citation)
    return out


def misnamed(text: str, folded: str, found: list[Citation]) -> list[Citation]:
    """Numbers of the Assembly behind a law's name that no table has, or not as it stands there, with that name."""
    out: list[Citation] = []
    for citation in found:
        law = _law_before(text, citation.start) if citation.type is None and _of_the_assembly(citation) else None
        if law:
            while out and out[-1].start >= law[1]:
                out.pop()
            name = " ".join(text[law[1] : citation.start].split())
            place = pinpoints.before(folded, law[1], text)
            where = place[0] if place else citation.pinpoint
            citation = citation._replace(start=law[1], type=law[0], type_written=True, name=name, pinpoint=where)
        out.append(citation)
    return out


def _law_before(text: str, end: int) -> tuple[str, int] | None:
    """The type of the law whose name goes up to ``end``, and where it begins: ``Luật Tiếp cận thông tin mạng số``."""
    for kind in entries("named_types"):
        at = max(text.rfind(f"{kind}{blank}", max(0, end - 170), end) for blank in " \n")
        if at >= 0 and _LAW.match(text, at, end):
            return kind, at
    return None


def _amended_by_itself(law: Citation, number: Citation, folded: str) -> Citation | None:
    """The law that another one amends in its own enacting clause, where its number stands behind its name.

    ``Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thống kê số 89/2015/QH13.``
    """
    if law.name is None or not _of_the_assembly(number):
        return None
    if not _ENACTS.search(folded, max(0, law.start - 40), law.start) or not _CLAUSE_ENDS.match(folded, number.end):
        return None
    amended, name = _AMENDED.search(folded, law.start, law.end), _AMENDED.search(fold(law.name))
    if not amended or not name or not _NAME_TO_NUMBER.fullmatch(folded, law.end, number.core):
        return None
    kind = "Bộ luật" if amended["type"].startswith("bo") else law.type
    return number._replace(
        start=amended.end(), type=kind, type_written=True, name=law.name[name.end() :], issuer=law.issuer
    )


def _of_amended(law: Citation, number: Citation, folded: str) -> bool:
    """Whether a number without a type is that of the last law which the ``law`` before it amends."""
    return _of_the_assembly(number) and bool(_NAME_TO_NUMBER.fullmatch(folded, law.end, number.core))


def _one_law(left: Citation, right: Citation, folded: str) -> bool:
    """``Luật X số N/…/QHk``, ``Luật số N/…/QHk (Luật X)``, ``Luật số N/…/QHk Luật X``."""
    symbol = right.symbol if left.named else left.symbol
    if symbol is None or (symbol.style is not Style.ASSEMBLY and symbol.type_abbr not in ("PL", "L", "LPL")):
        return False
    if left.named and _amended(left, right, folded):
        return False
    if left.named:
        return bool(_NAME_TO_NUMBER.fullmatch(folded, left.end, right.core))
    return left.type == right.type and bool(_NUMBER_TO_NAME.fullmatch(folded, left.tail, right.start))


def _amended(law: Citation, numbered: Citation, folded: str) -> bool:
    """Whether the number behind an amending law's name is that of the first of several laws that it amends.

    ``Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15, Luật Nhà ở số 27/2023/QH15``
    """
    return _amending_up_to(law, numbered, folded) and bool(_NEXT_LAW.match(folded, numbered.end))


def amending_days(folded: str, found: list[Citation]) -> list[Citation]:
    """Give a law that amends several the day behind them: ``Luật sửa đổi … Luật A số 1, Luật B số 2 ngày …``."""
    out = list(found)
    for first, law in enumerate(out[:-2]):
        if law.type != "Luật" or law.date or not _amends(law, out[first + 1], folded):
            continue
        last = first + 1
        while last + 1 < len(out) and glued(folded[out[last].tail : out[last + 1].start]):
            last += 1
        amended = out[first + 1 : last + 1]
        if len(amended) > 1 and all(c.type == "Luật" and not c.date for c in amended[:-1]) and amended[-1].date:
            out[first], out[last] = law._replace(date=amended[-1].date), amended[-1]._replace(date=None)
    return out


def _amends(law: Citation, following: Citation, folded: str) -> bool:
    if _AMENDS.match(folded, law.end, following.start):
        return True
    return law.named and _amending_up_to(law, following, folded)


def _amending_up_to(law: Citation, following: Citation, folded: str) -> bool:
    """Whether an amending law's name goes right up to what follows, as the name of a law that it amends does."""
    return " sua doi" in folded[law.start : law.end] and not folded[law.end : following.start].strip()


def _of_the_assembly(citation: Citation) -> bool:
    return citation.symbol is not None and citation.symbol.style is Style.ASSEMBLY
