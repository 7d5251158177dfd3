"""Which document a citation refers to: the rule that gives it its identifier (`kg.documents.urn`).

The period of a LEX URN is the year alone: Nghị định 30/2020/NĐ-CP, article 15, starts every series anew
on 1 January, and a year is what a number or a date always gives.  The rules for a symbol
that says less or more than its words are told in ``docs/identity.md``.

A citation that does not tell its year or its issuer is not identified by itself.  It gets a
candidate identifier, within the document that cites it, and is never merged silently.

>>> identify("Nghị định", "60/2024/NĐ-CP", "2024-06-05", "Chính phủ").id
'urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp'
>>> identify("Chỉ thị", "16/CT-TTg", "2023-05-27", "Chính phủ").id
'urn:lex:vn:thu.tuong.chinh.phu:chi.thi:2023;16-ct-ttg'
>>> loose = identify("Nghị quyết", "01/NQ-CP", None, "Chính phủ", scope="file:///a.txt")
>>> loose.decided, loose.reason
(False, 'no-year')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.documents import namesakes
from kg.documents.authority import Issuer, issuer_of_body, name_at, new_series, read_issuer, read_sign, same_body
from kg.documents.doctypes import doc_type, type_and_rest, type_slug
from kg.documents.symbol import Numbered, Symbol, read_number, read_symbol
from kg.documents.urn import Parts, parse_urn, scoped
from kg.ontology.tables import Body, treaties
from kg.text.slugs import slug, unaccented

__all__ = ["Identity", "identify"]

_BY_NAME: Final = "ten"  # "tên", name: the period of a treaty, which is known by its name alone
_STATE: Final = "cong.hoa.xa.hoi.chu.nghia.viet.nam"  # the contracting party: Law 108/2016/QH13, article 2


@dataclass(frozen=True, slots=True)
class Identity:
    """What a citation refers to: ``id`` is a LEX URN if ``decided``, else a candidate identifier.

    ``reason`` is a code: ``year-in-number``, ``year-of-date``, ``named`` for a decided one, else what
    is missing: ``no-number``, ``no-type``, ``no-symbol``, ``no-issuer``, ``no-place``, ``no-year``,
    ``two-series`` (the body was founded anew in that year and its numbers began again), ``two-laws``
    (there are two of this name in that year).
    """

    id: str
    decided: bool
    reason: str
    aliases: tuple[str, ...] = ()
    """Other URNs of the same document (RFC 9676, section 5.5): a numbered law by its name and year."""

    @property
    def urn(self) -> str | None:
        """The LEX URN, or None for a candidate."""
        return self.id if self.decided else None


def identify(
    type: str | None,
    number: str | None,
    date: str | None,
    issuer: str | None,
    *,
    name: str | None = None,
    scope: str | None = None,
) -> Identity:
    """Return the identity of a cited document.

    ``type`` is the word of the citation (``Quyết định``), ``number`` the number as cited, ``date``
    ISO of any precision, ``issuer`` the canonical full name (joint issuers joined by ``; ``),
    ``name`` that of a law or treaty (``Luật Điện lực``), ``scope`` a key of the citing document:
    candidates of two scopes differ.  Nothing is raised: what cannot be decided is a candidate.

    >>> identify(None, "01/2024/QĐ-UBND", None, "Ủy ban nhân dân tỉnh Hậu Giang").id
    'urn:lex:vn;hau.giang:uy.ban.nhan.dan:quyet.dinh:2024;01-2024-qd-ubnd'
    >>> identify("Nghị định", "60/2024", None, None).id
    'urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp'
    >>> law = identify("Luật", "28/2004/QH11", None, "Quốc hội", name="Luật Điện lực")
    >>> law.id, law.aliases
    ('urn:lex:vn:quoc.hoi:luat:2004;28-2004-qh11', ('urn:lex:vn:quoc.hoi:luat:2004;dien.luc',))
    """
    found = _identify(type, number, date, issuer, name)
    if found.decided or not scope:
        return found
    return Identity(scoped(found.id, scope), False, found.reason)


@lru_cache(maxsize=16_384)  # the same few documents, again and again
def _identify(type: str | None, number: str | None, date: str | None, issuer: str | None, name: str | None) -> Identity:
    if number and number.strip():
        found = _numbered(read_number(type, number, date, issuer))
        year = str(parse_urn(found.id).year) if found.decided else None
        day = date if date and year and date.startswith(year) else year
        alias = _named(type, name, day, number) if name and day else None
        return Identity(found.id, True, found.reason, (alias.id,)) if alias and alias.decided else found
    if name:
        return _named(type, name, date)
    told = Parts(("vn",), (), type_slug(type), date[:4] if date else None, None)
    return Identity(told.candidate, False, "no-number")


# From this year on every number of these types has its year in it (symbols from Nghị định 101/CP of 1997 on).
_YEAR_IN_NUMBER: Final = {
    "nghi.dinh": 1998,
    "thong.tu": 1999,
    "thong.tu.lien.tich": 1999,
    "luat": 1998,
    "phap.lenh": 1998,
}


def _numbered(c: Numbered) -> Identity:
    year = int(c.year) if c.year else None
    sole = _sole_symbol(c.type, year)
    tokens = sole if sole and c.tokens in ((), sole[:1]) else c.tokens
    symbol = read_symbol(c, tokens, year)
    issuers = _issuers(c, symbol)
    period, two_series = _period(c, issuers)
    missing = (
        ("no-symbol", not tokens),
        ("no-type", symbol.type in (None, "van.ban")),
        ("no-issuer", not issuers),
        ("no-place", any(i.lacks for i in issuers)),
        ("no-year", year is None),
        ("two-series", two_series),
    )
    year_part = c.number_year
    if not year_part and year and year >= _YEAR_IN_NUMBER.get(symbol.type or "", 9999):
        year_part = c.year
    number = "-".join(part for part in (c.running, year_part, *symbol.letters) if part)
    parts = Parts(*_who(issuers, year), symbol.type, period, number)
    if reason := next((code for code, applies in missing if applies), None):
        return Identity(parts.candidate, False, reason)
    return Identity(parts.urn, True, "year-in-number" if c.number_year else "year-of-date")


def _sole_symbol(type: str | None, year: int | None) -> tuple[str, ...]:
    """The letters of a type that one body issues under one symbol: Nghị định 60/2024 is NĐ-CP."""
    kind = doc_type(type)
    if not kind or not kind.issuer or not kind.abbr or year is None or year < 1998:
        return ()
    sign = next((s for s in _SOLE if s[0] == kind.issuer), None)
    return (unaccented(kind.abbr[0]), sign[1]) if sign else ()


_SOLE: Final = (("Chính phủ", "cp"), ("Chủ tịch nước", "ctn"))
"""Bodies whose letters follow the type; those of the Assembly have its term in place of the type."""


def _issuers(c: Numbered, symbol: Symbol) -> tuple[Issuer, ...]:
    """Who issued it: the symbol where it tells, with the place that the text tells."""
    kind = doc_type(symbol.type)
    if kind and kind.issuer == "Quốc hội":
        return (read_issuer(kind.issuer),)
    if len(symbol.signs) > 1:
        place = next((i.units for i in c.issuers if i.units), ())
        return tuple(
            next((i for i in c.issuers if same_body(i, s.body)), None) or issuer_of_body(s.body, place)
            for s in symbol.signs
        )
    if not symbol.signs or len(c.issuers) > 1:
        return _in_order(c)
    sign = symbol.signs[0]
    if c.issuer is None:
        return (issuer_of_body(sign.body),)
    if same_body(c.issuer, sign.body) or not sign.exact:
        return c.issuers
    return (issuer_of_body(sign.body, c.issuer.units),)


def _in_order(c: Numbered) -> tuple[Issuer, ...]:
    """Joint issuers as the symbol lists them, the others behind by name: texts name them in any order."""
    listed: list[Body] = []
    rest = c.tokens
    while rest:
        sign = read_sign(rest, int(c.year) if c.year else None)
        listed += [sign.body] if sign else []
        rest = rest[sign.used if sign else 1 :]

    def order(issuer: Issuer) -> tuple[int, str, tuple[str, ...]]:
        place = next((k for k, body in enumerate(listed) if same_body(issuer, body)), len(listed))
        return place, issuer.head, issuer.units

    return tuple(sorted(c.issuers, key=order))


def _period(c: Numbered, issuers: tuple[Issuer, ...]) -> tuple[str | None, bool]:
    """The series that the number belongs to, and whether that can't be told from the year alone."""
    day = new_series().get(issuers[0].units[0]) if issuers and issuers[0].units else None
    if not day or not c.year or day[:4] != c.year:
        return c.year, False
    if not c.date or c.date[:4] != c.year or len(c.date) < 7:
        return c.year, True
    return (f"{c.year}.{day[5:7]}" if c.date[:7] >= day[:7] else c.year), False


def _who(issuers: tuple[Issuer, ...], year: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return jurisdiction and authority as they stand in an identifier."""
    places = {i.units for i in issuers}
    units = places.pop() if len(places) == 1 else ()
    heads = (name_at(i, year).replace("-", ".") for i in issuers)
    return ("vn", *(u.replace("-", ".") for u in units)), tuple(heads)


@cache
def _treaties() -> dict[str, tuple[str, str]]:
    """Any name of a treaty, without its type -> (type, acronym), all slugs."""
    found = {}
    for treaty in treaties():
        kind, acronym = slug(treaty.type, "."), slug(treaty.abbr, ".")
        for name in (treaty.abbr, treaty.name, *treaty.variants):
            found[slug(name, ".").removeprefix(kind + ".")] = (kind, acronym)
    return found


_ACRONYM: Final = re.compile(r"\(([A-Z][A-Za-z-]{2,})\)")


def _named(type: str | None, name: str, date: str | None, number: str | None = None) -> Identity:
    """Identify what goes by its name: Constitution, code, law, ordinance, treaty; its number tells namesakes apart."""
    year = date[:4] if date else None
    words = slug(re.sub(r"\(.*?\)", " ", name), ".").removesuffix(".sua.doi") or slug(name, ".")
    kind, words = type_and_rest(words) or (type_slug(type), words)
    acronym = _ACRONYM.search(name)
    treaty = _treaties().get(words) or _treaties().get(slug(acronym[1], ".") if acronym else "")
    found = doc_type(kind)
    if treaty or (found and found.category == "treaty"):
        kind, number = treaty or (kind, words)
        period = year if year and not treaty else _BY_NAME
        return Identity(Parts(("vn",), (_STATE,), kind, period, number).urn, True, "named")
    authority = (slug(found.issuer, "."),) if found and found.issuer else ()
    told = namesakes.period(f"{kind}.{words}", date, number) if date else None
    parts = Parts(("vn",), authority, kind, told or year, words)
    if authority and told:
        return Identity(parts.urn, True, "named")
    reason = "no-type" if not kind else "no-issuer" if not authority else "two-laws" if year else "no-year"
    return Identity(parts.candidate, False, reason)
