"""Finds the legal documents that a text cites.

A citation is read outward from its core.  The core is a number with a symbol
(``60/2024/NĐ-CP``), a type with a bare number (``Nghị định 60``) or a name (``Luật Điện
lực``).  To its left stand the type and the place inside the document, to its right the date
and the issuer.  What a list writes once for all its members is shared in a second step.

Nghị định 30/2020/NĐ-CP, Phụ lục I: a first citation gives type, number and symbol, date,
issuer and subject, a later one only type, number and symbol; laws are cited by name.

>>> [(c.type, c.number, c.date) for c in find("Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017")]
[('Nghị quyết', '18-NQ/TW', '2017-10-25'), ('Nghị quyết', '19-NQ/TW', '2017-10-25')]
"""

from __future__ import annotations

import re
from typing import Final

from kg.citations import firms, heads, names, pinpoints
from kg.citations.amended import of_the_amended
from kg.citations.citation import Citation
from kg.citations.frame import in_file_name, of_site
from kg.citations.governed import governed
from kg.citations.issuer import Home, actor_before, date_before, issuer, maker_behind, opening_body, unnamed
from kg.citations.laws import amending_days, merge, misnamed, titled
from kg.citations.lead import Lead, foreign, form, lead
from kg.citations.lists import like, share
from kg.citations.short import elliptic, short
from kg.citations.stated import with_stated
from kg.citations.tail import Tail, tail
from kg.citations.titles import subject
from kg.citations.told import told_once
from kg.entities import bodies, symbols, units
from kg.entities.bodies import BodySpan
from kg.entities.symbols import Style, Symbol
from kg.model import Header, apart
from kg.ontology.tables import DocType, doc_types
from kg.structure import Outline
from kg.text.normalization import fold

__all__ = ["Citation", "find"]


def find(
    text: str,
    header: Header | None = None,
    own: tuple[tuple[int, int], ...] = (),
    folded: str | None = None,
    layout: Outline | None = None,
) -> list[Citation]:
    """Every citation in a normalized text, in order.

    ``header`` gives the province and issuer of the document at hand, for local symbols that
    name no place; ``own`` lists spans in which the document names itself, where nothing is cited;
    ``folded`` is ``fold(text)`` and ``layout`` the outline of the text, where they are at hand.
    """
    folded = fold(text) if folded is None else folded
    home = Home(header.province, next(iter(apart(header.issuer)), None), header.date) if header else Home(None, None)

    def cited(citation: Citation) -> bool:
        for begin, end in own:  # noqa: SIM110
            if begin <= citation.start < end:
                return False
        return True

    numbered: list[Citation] = []
    for symbol in with_stated(text, folded, symbols.scan(text), home.province):
        citation = _numbered(text, folded, symbol, home, numbered[-1] if numbered else None, layout)
        # "Số: 12/BC-SCT" of the letterhead is the document's own; what its title cites is the title's.
        if citation is not None and cited(citation):
            numbered += elliptic(text, folded, citation) or [citation]
    named = [c for span in names.scan(text, folded) if cited(c := _named(text, folded, span, home))]
    found = misnamed(text, folded, merge(folded, *titled(text, folded, named, numbered)))
    found = amending_days(folded, found)
    found += filter(cited, short(text, folded, found, home, layout))
    found.sort(key=lambda c: c.start)
    listed = of_the_amended(text, governed(text, folded, heads.share(text, folded, found), home))
    return firms.signed(text, told_once(folded, share(folded, listed)))


def _numbered(
    text: str, folded: str, symbol: Symbol, home: Home, before: Citation | None, layout: Outline | None
) -> Citation | None:
    """The citation around a number with a symbol; None where the number is no document's.

    ``before`` is the citation before it.
    """
    since = before.tail if before else 0
    signed = symbols.types().get(symbol.type_abbr or "", ())
    head = lead(text, folded, symbol.start, home.province, signed, symbol.end)
    above = heads.before(folded, head.start)
    opens = above.start if above else head.start
    confidence = _confidence(symbol, head._replace(kind=head.kind or above.kind) if above else head, folded)
    if not confidence and before and like(folded, before, symbol, head.start):
        confidence = before.confidence
    if not confidence or _framed(text, symbol, head):
        return None
    if rest := _YEAR_BEHIND.match(text, symbol.end) if symbol.style is Style.UNKNOWN or head.kind is None else None:
        if head.kind is None:
            return None  # "Mẫu số 04-GHTD/SHTT/2020, 05-TT/SHTT/2020"
        symbol = symbol._replace(end=rest.end(), number=symbol.number + rest[0])
    kind = above.kind if above and head.kind is None else _kind(text, symbol, head, signed)
    bare = symbol.year is None and kind is not None and not head.numbered
    behind = tail(text, folded, symbol.end, home.province, bare_year=bare, year=symbol.year)
    acting = None
    # "60/2024/NĐ-CP ngày 05/6/20245" has a mark, "118/2025/NĐ-CP ngày 09/6/20205" a slip of the pen.
    slip = behind.marked and symbol.year is not None and not (behind.date or "").startswith(symbol.year)
    date = None if slip else behind.date
    if behind.issuer is None or date is None:
        acting = actor_before(text, folded, opens, home)
        # Who sends on what another body issued tells the day of sending.
        if acting is None or behind.issuer is None or behind.issuer.name == acting.name:
            at = acting.start if acting else opens
            date = date or date_before(text, folded, at, since, acting=acting is not None)
    where = home._replace(province=behind.province) if behind.province else home
    body = behind.issuer or head.issuer or acting
    symbol = _of_its_type(_of_its_committee(text, symbol, body), kind, date)
    day = _day(symbol, date, home)
    name, written = issuer(symbol, kind, body, where, day)
    if name and day and not (body and body.placed):
        name = _then(name, where, day)
    if name is None and head.issuer:
        name, written = head.issuer.name, True
    joint = bool(name and ";" in name) or (kind is not None and kind.name.startswith("Thông tư liên"))
    title = subject(text, folded, behind.end, layout, told=behind.end > symbol.end, joint=joint)
    if not written and (doer := _doer(text, folded, opens, where, name)):
        name, written = doer, True
    if not written and (maker := _maker(text, folded, behind.end, symbol, kind, where, day)):
        name, written = maker, True
    written = written or bool(name and unnamed(text, behind.end, opens, together=";" in name))
    if name and written:
        name = bodies.in_unit_of(name, home.issuer)
    if name and not where.province:
        name = _placed(name, title)
    return Citation(
        start=head.start,
        end=symbol.end,
        core=symbol.start,
        tail=behind.end,
        type=kind.name if kind else None,
        type_written=head.kind is not None,
        number=symbol.number,
        symbol=symbol,
        date=date,
        issuer=name,
        issuer_written=written or head.issuer is not None,
        pinpoint=_pinpoint(text, folded, head.start, behind),
        title=title,
        confidence=confidence,
    )


def _framed(text: str, symbol: Symbol, head: Lead) -> bool:
    """Whether a number is no citation but the name of a file or the licence of the page.

    A file whose name spells out the type (``Nghi-dinh-32-2024-ND-CP.docx``) names the document.
    """
    if in_file_name(text, symbol.start, symbol.end):
        letters = text[head.start : symbol.start].strip(" _-.")
        if head.kind is None or letters in symbols.types():
            return True
    return symbol.type_abbr == "GP" and of_site(text, symbol.start)


def _day(symbol: Symbol, date: str | None, home: Home) -> str | None:
    """When a number was given, ISO; where it tells but the year of the document at hand, at most that one's day."""
    year = symbol.year
    told = date if date and (year is None or date.startswith(year)) else year
    if told is None and symbol.style is Style.OLD:
        return "1990"  # a body's letters alone are a form of before 1998
    return home.date if told and home.date and len(told) == 4 and home.date.startswith(told) else told


def _then(name: str, home: Home, day: str) -> str:
    """A local body of the province at hand, with the name that the province had on a day before it had this one.

    A report of Huế of 2025 that cites a decision of 2023 means one of Thừa Thiên Huế.
    """
    base = units.kind_of(name) if home.province and bodies.province_of(name) == home.province else None
    if base is None or home.province is None:
        return name
    before = units.forerunner(home.province, day if len(day) > 4 else f"{day}-12-31")
    return bodies.with_place(base, before) if before else name


def _of_its_committee(text: str, symbol: Symbol, body: BodySpan | None) -> Symbol:
    """A number with TƯ, which mostly is the centre's, as one of the province whose committee is written with it."""
    if body is None or body.body is None or body.body.abbr != "TU" or not text.endswith("TƯ", symbol.start, symbol.end):
        return symbol
    return symbol._replace(number=f"{symbol.number.removesuffix('TW')}TU", bodies=("TU",))


def _of_its_type(symbol: Symbol, kind: DocType | None, date: str | None) -> Symbol:
    """A number with CT behind "Chỉ thị" as one without a body's letters, of a day after Chủ tịch Hội đồng Bộ trưởng."""
    if symbol.style is not Style.OLD or symbol.bodies != ("CT",) or kind is None or "CT" not in kind.abbr:
        return symbol
    if date is None or date[:4] <= "1992":
        return symbol
    return symbol._replace(number=f"{symbol.serial}/CT", type_abbr="CT", bodies=(), style=Style.UNKNOWN)


def _maker(
    text: str, folded: str, end: int, symbol: Symbol, kind: DocType | None, where: Home, day: str | None
) -> str | None:
    """The issuer that the end of the document's title names, where its symbol fits."""
    found = maker_behind(text, folded, end, where.province)
    if found is None:
        return None
    body, place = found
    name, _ = issuer(symbol, kind, body, where._replace(province=place) if place else where, day)
    fits = name == body.name if body else bodies.province_of(name) == place
    return name if fits else None


def _doer(text: str, folded: str, start: int, home: Home, name: str | None) -> str | None:
    """The issuer that opens the clause, where the letters tell none or a body like it of another place."""
    kind, place = units.local_kind(name) if name else None, bodies.province_of(name)
    bare = kind is not None and place is None
    body = opening_body(text, folded, start, home, inside=bare) if name is None or place or bare else None
    if body is None or name is None:
        return body.name if body else None
    there = bodies.province_of(body.name)
    alike = there and place != there and kind == units.kind_of(body.name)
    return body.name if kind and body.placed and alike else None


_AREA: Final = re.compile(r"tren\s{1,3}dia\s{1,3}ban\s{1,3}(?:tinh|thanh\s{1,3}pho)\s{1,3}")


def _placed(name: str, title: str | None) -> str:
    """A local body's name with the place of which its document's subject speaks, where it has none."""
    area = _AREA.search(fold(title)) if title and not bodies.province_of(name) else None
    found = bodies.province_at(fold(title or ""), area.end()) if area else None
    full = bodies.canonical(name, found[0]) if found else None
    return full if full and bodies.province_of(full) else name


_REVISED: Final = re.compile(r"\s?\(sua\s{1,3}doi(?:,?\s{1,3}bo\s{1,3}sung)?\)")
"""Behind the name of a law that takes the place of one of the same name: ``Luật Đất đai (sửa đổi) năm 2024``."""


def _named(text: str, folded: str, span: names.NameSpan, home: Home) -> Citation:
    """The citation of a document by name; a treaty has no issuer, and a year behind it is not its own."""
    kind = next((k for k in doc_types() if k.name == span.type), None)
    treaty = kind is None or kind.category == "treaty"
    revised = _REVISED.match(folded, span.end)
    end = revised.end() if revised else span.end
    behind = Tail(span.end) if treaty else tail(text, folded, end, home.province, bare_year=True)
    date = behind.date
    # "Ngày 14/6/2025, Quốc hội ban hành Luật …": the day of the deed is that of the law.
    if date is None and not treaty and (acting := actor_before(text, folded, span.start, home)):
        date = date_before(text, folded, acting.start, 0, acting=True)
    return Citation(
        start=span.start,
        end=span.end,
        core=span.start,
        tail=behind.end,
        type=span.type,
        type_written=True,
        date=date,
        issuer=kind.issuer if kind and not treaty else None,
        issuer_written=behind.issuer is not None,
        pinpoint=_pinpoint(text, folded, span.start, behind),
        name=span.name,
        confidence=0.97 if span.sure else 0.8,
    )


def _pinpoint(text: str, folded: str, start: int, behind: Tail) -> str | None:
    found = pinpoints.before(folded, start, text)
    return found[0] if found else behind.pinpoint


def _kind(text: str, symbol: Symbol, head: Lead, signed: tuple[DocType, ...]) -> DocType | None:
    """The type as the text calls it, else as the symbol says; a letter has no type in its symbol."""
    if head.kind is None:
        letter = "Công văn" if symbol.style is Style.LETTER else None
        return next(iter(signed), None) or next((k for k in doc_types() if k.name == letter), None)
    if head.kind not in signed:
        # English has one word for several types; the symbol tells which.
        word = fold(text[head.start : symbol.start]).split(" no")[0].strip()
        return next((k for k in signed if word in map(fold, k.english)), head.kind)
    return head.kind


_YEAR_BEHIND: Final = re.compile(r"/20\d\d(?:/[A-ZĐ]{1,6})?(?![\w/])")
_LAW_ENDS: Final = re.compile(r"(?<![a-z])theo\s{1,3}hop\s{1,3}dong\s{1,3}so\s{0,3}\Z")
_DAY: Final = re.compile(r",?\s{1,3}ngay\s{1,3}\d{1,2}/\d")


def _confidence(symbol: Symbol, head: Lead, folded: str) -> float:
    """How sure a number with a symbol is a citation; 0 rejects it."""
    if symbol.year and not 1945 <= int(symbol.year) <= 2035:
        return 0.0
    typed = head.kind is not None
    # No contract bears a number of the Assembly, but a law's name ends so: "… theo hợp đồng số 69/2020/QH14".
    named = symbol.style is Style.ASSEMBLY and _LAW_ENDS.search(folded, max(0, symbol.start - 24), symbol.start)
    if not typed and not named and foreign(folded, symbol.start):
        return 0.0
    if typed and symbol.style is not Style.UNKNOWN:
        return 0.99
    if typed and form(folded, head.start):
        return 0.0
    body = symbol.bodies[0] if symbol.bodies else ""
    match symbol.style:
        case Style.STATE | Style.PARTY:
            if bodies.of_symbol((body,))[0] is not None:
                return 0.97
            return 0.9 if head.numbered else 0.8 if len(body) > 2 else 0.0
        case Style.ASSEMBLY:
            return 0.97
        case Style.LETTER:
            # "(3585/VP-KTN, ngày 23/10/2017)": two letters tell too little without a day.
            return 0.93 if len(body) >= 3 else 0.8 if _DAY.match(folded, symbol.end) else 0.0
        case Style.OLD:
            return 0.9 if head.numbered else 0.0
    return 0.85 if typed and (head.numbered or symbol.number.rsplit("/", 1)[-1].isupper()) else 0.0
