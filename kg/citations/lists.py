"""Members of a list: what is written once for all, and a law's name and number as one citation."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from kg.citations import pinpoints
from kg.citations.citation import Citation
from kg.citations.names import amending_title
from kg.citations.tail import tail
from kg.entities.bodies import province_at, province_of, with_place
from kg.entities.symbols import Style, Symbol, shared
from kg.entities.units import kind_of
from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["amending_days", "like", "merge", "misnamed", "share", "titled", "told_once"]

_GLUE: Final = re.compile(r"[\s,;|*\"()-]{0,8}(?:(?:va|and|hoac|cung|voi|den|cac|so|tu)[\s,;]{0,4}){0,3}\Z")
_BRACKET: Final = re.compile(r"\s?\([^()]{1,60}\)")
_SAME_DAY: Final = re.compile(r"[\s,]{0,4}cung\s{1,3}ngay")
_NEXT_LAW: Final = re.compile(r"\s{0,2}(?:,|va)\s{1,3}(?:bo\s+)?luat\s[^;,]{3,80}?\sso\s\d")
_BY: Final = re.compile(r"(?<![a-z])(?:cua|do|of|by)(?![a-z])")
_RANGE: Final = re.compile(r"\bden\b")
_FIGURES: Final = re.compile(r"\d+")
_ONE_DAY: Final = 3
"""Numbers of a series that lie further apart, each with its type before it, are of different days."""
_NAME_TO_NUMBER: Final = re.compile(
    # "Luật Đầu tư theo phương thức đối tác công tư (PPP) số …"
    r"(?:\s{1,3}\([^()\d]{2,60}\))?"
    r"(?:\s{1,3}sua doi(?:,? bo sung)?)?(?:\s{1,3}(?:nam\s{1,3})?(?:19|20)\d\d(?!\d))?[\s,:(]{0,4}"
    r"(?:(?<=\()(?:bo\s)?luat\s{1,3})?(?:so)?[\s:]{0,3}"
)
_LOCAL_BODY: Final = late(
    r"(?<![a-z])(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|so [a-z, ]{3,40}?)\s{1,3}(?:tinh|thanh pho|tp\.?)\s{1,3}"
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


def like(folded: str, before: Citation, symbol: Symbol, start: int) -> bool:
    """Whether a number of no rule is the next of a list: ``văn bản thẩm duyệt số 66/TD-PCCC ngày … và số 67/TD-PCCC``.

    ``before`` is the citation before it, ``start`` where "số" begins.
    """
    letters = symbol.number.partition("/")[2]
    same = symbol.style is Style.UNKNOWN and bool(letters) and letters == (before.number or "").partition("/")[2]
    return same and _GLUE.fullmatch(folded, before.tail, start) is not None


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
        listed = _glue(gap)
        untyped = all(c.symbol is not None and c.symbol.type_abbr is None for c in (left, right))
        if listed and left.type and not right.type_written and (untyped or _same_letters(left, right)):
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
        if not _glue(gap):
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


def _glue(gap: str) -> bool:
    """Whether only marks, conjunctions and a short bracket (``(đối với tỉnh X);``) stand between two citations."""
    if "(" in gap and len(gap) <= 100:
        gap = _BRACKET.sub("", gap, count=1)
    return len(gap) <= 24 and bool(_GLUE.fullmatch(gap))


def told_once(folded: str, found: list[Citation]) -> list[Citation]:
    """Give citations without a written issuer the one that the text writes elsewhere.

    Elsewhere is with the same number (``Kết luận số 77-KL/TW`` is the Politburo's where any of its
    citations says so, and that of ``Kết luận 77``) or, for letters that no table knows, with the same
    letters; of a local body without its place, the one that several citations with the same letters write,
    where the text names no other province's bodies.  Two issuers or another date leave it open.
    """
    by_number: dict[tuple[str | None, str], list[Citation]] = {}
    by_letters: dict[str, list[Citation]] = {}
    for citation in found:
        if citation.issuer_written and citation.symbol:
            by_number.setdefault((citation.type, citation.symbol.number), []).append(citation)
            if citation.symbol.bodies:
                by_letters.setdefault(citation.symbol.bodies[0], []).append(citation)
    open_letters = {
        c.symbol.bodies[0] for c in found if c.symbol and c.symbol.bodies and c.issuer and not province_of(c.issuer)
    }
    places = {letters: _places(folded, by_letters[letters]) for letters in open_letters & by_letters.keys()}
    out: list[Citation] = []
    for citation in found:
        if citation.symbol and not citation.issuer_written:
            told = by_number.get((citation.type, citation.symbol.number), [])
            issuers = {c.issuer for c in told if not (c.date and citation.date and c.date != citation.date)}
            letters = citation.symbol.bodies[0] if citation.symbol.bodies else ""
            if not issuers and citation.issuer is None and not shared(letters):
                issuers = {c.issuer for c in by_letters.get(letters, [])}
            if len(issuers) == 1:
                citation = citation._replace(issuer=issuers.pop())
        out.append(_placed(citation, places))
    by_serial: dict[tuple[str | None, str], set[str | None]] = {}
    for citation in out:
        if citation.symbol:
            serial = citation.symbol.serial.lstrip("0")
            by_serial.setdefault((citation.type, serial), set()).add(citation.issuer)
    return [_short_form(citation, by_serial) for citation in out]


def _places(folded: str, told: list[Citation]) -> set[str]:
    """Provinces of the local bodies that are written with one symbol's letters; none where others act in the text."""
    places = [place for c in told if (place := province_of(c.issuer))]
    if len(places) < 2 or len(set(places)) > 1:
        return set()
    acting = (province_at(folded, body.end()) for body in _LOCAL_BODY.finditer(folded))
    return set(places) if all(found is None or found[0] == places[0] for found in acting) else set()


def _placed(citation: Citation, places: dict[str, set[str]]) -> Citation:
    """A local body without its place, with the only one that the text writes behind the letters of its symbol."""
    letters = citation.symbol.bodies[0] if citation.symbol and citation.symbol.bodies else ""
    there = places.get(letters, set())
    if citation.issuer is None or len(there) != 1 or province_of(citation.issuer):
        return citation
    (place,) = there
    bare = citation.issuer.removesuffix(" tỉnh").removesuffix(" thành phố")
    full = with_place(bare, place)
    return citation._replace(issuer=full) if kind_of(full) == bare and full.startswith(citation.issuer) else citation


def _short_form(citation: Citation, by_serial: dict[tuple[str | None, str], set[str | None]]) -> Citation:
    """A bare number (``Kế hoạch 02``) with the issuer that every full citation of the number has."""
    if citation.symbol or citation.named or citation.issuer or not (citation.number or "").isdigit():
        return citation
    issuers = by_serial.get((citation.type, (citation.number or "").lstrip("0")), set())
    return citation._replace(issuer=next(iter(issuers))) if len(issuers) == 1 else citation


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
        assembly = citation.type is None and citation.symbol is not None and citation.symbol.style is Style.ASSEMBLY
        law = _law_before(text, citation.start) if assembly else None
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
    if number.symbol is None or number.symbol.style is not Style.ASSEMBLY or law.name is None:
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
    assembly = number.symbol is not None and number.symbol.style is Style.ASSEMBLY
    return assembly and bool(_NAME_TO_NUMBER.fullmatch(folded, law.end, number.core))


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
    amending = " sua doi" in folded[law.start : law.end] and not folded[law.end : numbered.start].strip()
    return amending and bool(_NEXT_LAW.match(folded, numbered.end))


def amending_days(folded: str, found: list[Citation]) -> list[Citation]:
    """Give a law that amends several the day behind them: ``Luật sửa đổi … Luật A số 1, Luật B số 2 ngày …``."""
    out = list(found)
    for first, law in enumerate(out[:-2]):
        if law.type != "Luật" or law.date or not _amends(law, out[first + 1], folded):
            continue
        last = first + 1
        while last + 1 < len(out) and _glue(folded[out[last].tail : out[last + 1].start]):
            last += 1
        amended = out[first + 1 : last + 1]
        if len(amended) > 1 and all(c.type == "Luật" and not c.date for c in amended[:-1]) and amended[-1].date:
            out[first], out[last] = law._replace(date=amended[-1].date), amended[-1]._replace(date=None)
    return out


def _amends(law: Citation, following: Citation, folded: str) -> bool:
    if _AMENDS.match(folded, law.end, following.start):
        return True
    amending = law.named and " sua doi" in folded[law.start : law.end]
    return amending and not folded[law.end : following.start].strip()
