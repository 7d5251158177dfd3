"""One identifier for each legal document: LEX URNs (RFC 9676) and candidates.

A LEX URN names a source of law by who issued it, what it is, when, and its number.  The
grammar is that of RFC 9676, section 8, as this program uses it::

    urn          = "urn:lex:" jurisdiction ":" authority ":" measure ":" period ";" number
    jurisdiction = "vn" *(";" unit)        ; section 2.2: province, then district, commune
    authority    = issuer *("+" issuer)    ; section 6.1.2: joint documents
    measure      = word *("." word)        ; section 6.2: the type of document
    period       = year ["." month] / "ten"  ; section 6.3.1: the series that the number belongs to
    number       = running *("-" letters)  ; section 6.3.4: "/" and whatever is reserved become "-"

Letters are unaccented lower case ASCII (sections 3.3 and 3.4), words are joined by ``.``.

================================  =====================================================================
Nghị định 60/2024/NĐ-CP           ``urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp``
01/QĐ-UBND Hậu Giang, 05/01/2024  ``urn:lex:vn;hau.giang:uy.ban.nhan.dan:quyet.dinh:2024;01-qd-ubnd``
18-NQ/TW, 25/10/2017              ``urn:lex:vn:trung.uong.dang:nghi.quyet:2017;18-nq-tw``
Luật Điện lực 2004                ``urn:lex:vn:quoc.hoi:luat:2004;dien.luc``
================================  =====================================================================

The period is the year alone: Nghị định 30/2020/NĐ-CP, article 15, starts every series anew
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
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

from kg.documents.authority import Issuer, Sign, issuer_of_body, name_at, new_series, read_issuer, read_sign, same_body
from kg.ontology.tables import DocType, doc_types, treaties
from kg.text.slugs import slug, unaccented

__all__ = [
    "CANDIDATE",
    "Identity",
    "Parts",
    "identify",
    "is_candidate",
    "is_urn",
    "lookup_keys",
    "parse_candidate",
    "parse_urn",
    "parts_of",
    "running_key",
    "slug",
]

CANDIDATE = "https://w3id.org/vn-legal-kg/candidate/"
"""What every candidate identifier starts with; a key of the citing document and the known parts follow."""

_UNKNOWN = "-"
_BY_NAME = "ten"  # "tên", name: the period of a treaty, which is known by its name alone
_STATE = "cong.hoa.xa.hoi.chu.nghia.viet.nam"  # the contracting party: Law 108/2016/QH13, article 2


@dataclass(frozen=True, slots=True)
class Identity:
    """What a citation refers to: ``id`` is a LEX URN if ``decided``, else a candidate identifier.

    ``reason`` is a code: ``year-in-number``, ``year-of-date``, ``named`` for a decided one, else what
    is missing: ``no-number``, ``no-type``, ``no-symbol``, ``no-issuer``, ``no-place``, ``no-year``,
    ``two-series`` (the body was founded anew in that year and its numbers began again).
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


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an identifier, as slugs; what a candidate does not tell is None."""

    jurisdiction: tuple[str, ...]
    authority: tuple[str, ...]
    type: str | None
    period: str | None
    number: str | None
    scope: str | None = None

    @property
    def year(self) -> int | None:
        """The year, where the period has one."""
        return int(self.period[:4]) if self.period and self.period[:4].isdigit() else None

    @property
    def province(self) -> str | None:
        """Slug of the province with ``.`` between words, None for a central body."""
        return self.jurisdiction[1] if len(self.jurisdiction) > 1 else None


# RFC 9676, section 8, at work level, in the lower case that section 3.3 recommends.
_ALF = r"[a-z0-9][a-z0-9.]*"
_OTH = r"[a-z0-9][a-z0-9.\-_'=()]*"
_DATE = r"\d{4}-\d\d-\d\d"
_URN = re.compile(
    rf"""urn:lex:
    (?P<jurisdiction>{_ALF}(?:;{_ALF})*) :
    (?P<authority>{_ALF}(?:;{_ALF})*(?:\+{_ALF}(?:;{_ALF})*)*) :
    (?P<type>{_ALF}(?:;{_ALF})*) :
    (?P<period>{_DATE}(?:,{_DATE})*|{_ALF}) ;
    (?P<number>{_OTH}(?:,{_OTH})*)""",
    re.VERBOSE,
)
_CANDIDATE = re.compile(
    rf"""{re.escape(CANDIDATE)}(?P<scope>[0-9a-f]{{16}}|-)/
    (?P<jurisdiction>{_ALF}(?:;{_ALF})*) :
    (?P<authority>{_ALF}(?:\+{_ALF})*|-) :
    (?P<type>{_ALF}|-) :
    (?P<period>{_ALF}|-) ;
    (?P<number>{_OTH}|-)""",
    re.VERBOSE,
)


def is_urn(text: str) -> bool:
    """Tell whether ``text`` is a LEX URN of a document (work level, RFC 9676 section 5.4).

    >>> is_urn("urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp")
    True
    >>> is_urn("urn:lex:vn:chinh.phu:nghi.quyet:;01-nq-cp"), is_urn("60/2024/NĐ-CP")
    (False, False)
    """
    return _URN.fullmatch(text.lower()) is not None


def is_candidate(text: str) -> bool:
    """Tell whether ``text`` is a candidate identifier of this program."""
    return _CANDIDATE.fullmatch(text) is not None


def parse_urn(urn: str) -> Parts:
    """Return the parts of a LEX URN; raise ValueError for any other string.

    >>> parts = parse_urn("urn:lex:vn;hau.giang:uy.ban.nhan.dan:quyet.dinh:2024;01-qd-ubnd")
    >>> parts.jurisdiction, parts.authority, parts.type, parts.year, parts.number
    (('vn', 'hau.giang'), ('uy.ban.nhan.dan',), 'quyet.dinh', 2024, '01-qd-ubnd')
    >>> parse_urn("urn:isbn:0451450523")
    Traceback (most recent call last):
    ValueError: not a LEX URN of a document: urn:isbn:0451450523
    """
    found = _URN.fullmatch(urn.lower())
    if not found:
        raise ValueError(f"not a LEX URN of a document: {urn}")
    return _parts(found)


def parse_candidate(iri: str) -> Parts:
    """Return the known parts of a candidate identifier; raise ValueError for any other string."""
    found = _CANDIDATE.fullmatch(iri)
    if not found:
        raise ValueError(f"not a candidate identifier: {iri}")
    return _parts(found)


@lru_cache(maxsize=65536)
def parts_of(iri: str) -> Parts:
    """Return the parts of a LEX URN, or the known ones of a candidate identifier; raise ValueError for another string.

    >>> parts_of("urn:lex:vn:quoc.hoi:luat:2004;dien.luc").number
    'dien.luc'
    """
    return parse_candidate(iri) if iri.startswith(CANDIDATE) else parse_urn(iri)


@lru_cache(maxsize=65536)
def lookup_keys(iri: str) -> tuple[str, ...]:
    """Return what a LEX URN or candidate identifier is looked up by: its running number with its type, and its number.

    Of a law known by its name both are that name; an identifier without a number has none.

    >>> lookup_keys("urn:lex:vn;hau.giang:uy.ban.nhan.dan:quyet.dinh:2024;01-qd-ubnd")
    ('quyet.dinh-01', '01-qd-ubnd')
    >>> lookup_keys("urn:lex:vn:quoc.hoi:luat:2004;dien.luc")
    ('dien.luc',)
    """
    parts = parts_of(iri)
    number = parts.number or ""
    running = number.partition("-")[0]
    return tuple(dict.fromkeys(filter(None, (running_key(parts.type, running), number))))


def running_key(type_: str | None, running: str) -> str:
    """Return what documents of a type are looked up by, of which no more than the running number is known.

    >>> running_key("nghi.dinh", "60"), running_key(None, "60")
    ('nghi.dinh-60', '60')
    """
    return f"{type_}-{running}" if type_ and running[:1].isdigit() else running


def _parts(found: re.Match[str]) -> Parts:
    part = {k: None if v == _UNKNOWN else v for k, v in found.groupdict().items()}
    return Parts(
        tuple((part["jurisdiction"] or "").split(";")),
        tuple((part["authority"] or "").split("+")) if part["authority"] else (),
        part["type"],
        part["period"],
        part["number"],
        part.get("scope"),
    )


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
    key = sha256(scope.encode()).hexdigest()[:16]
    return Identity(f"{CANDIDATE}{key}{found.id[len(CANDIDATE) + len(_UNKNOWN) :]}", False, found.reason)


@lru_cache(maxsize=16_384)  # the same few documents, again and again
def _identify(type: str | None, number: str | None, date: str | None, issuer: str | None, name: str | None) -> Identity:
    if number and number.strip():
        found = _numbered(_read(type, number, date, issuer))
        year = parse_urn(found.id).year if found.decided else None
        alias = _named(type, name, str(year)) if name and year else None
        return Identity(found.id, True, found.reason, (alias.id,)) if alias and alias.decided else found
    if name:
        return _named(type, name, date)
    return _candidate("no-number", type=_type_slug(type), period=date[:4] if date else None)


def _candidate(
    reason: str,
    *,
    jurisdiction: Iterable[str] = ("vn",),
    authority: str | None = None,
    type: str | None = None,
    period: str | None = None,
    number: str | None = None,
) -> Identity:
    known = (part or _UNKNOWN for part in (authority, type, period))
    iri = f"{CANDIDATE}{_UNKNOWN}/{';'.join(jurisdiction)}:{':'.join(known)};{number or _UNKNOWN}"
    return Identity(iri, False, reason)


@cache
def _types_by_name() -> dict[str, DocType]:
    return {slug(n, "."): t for t in reversed(doc_types()) for n in (*t.aliases, t.name)}


@cache
def _types_by_letters(loose: bool) -> dict[str, tuple[DocType, ...]]:
    """Types by their letters, in the order of the table; ``loose`` takes D for Đ."""
    found: dict[str, list[DocType]] = {}
    for kind in doc_types():
        for abbr in kind.abbr:
            found.setdefault(slug(abbr, "") if loose else unaccented(abbr), []).append(kind)
    return {letters: tuple(kinds) for letters, kinds in found.items()}


def _type_slug(type: str | None) -> str | None:
    known = _types_by_name().get(slug(type or "", "."))
    return slug(known.name if known else type or "", ".") or None


def _kind(type: str | None) -> DocType | None:
    return _types_by_name().get(type or "")


_GENERIC = frozenset({"van.ban", "cong.van"})
"""Words for a document whose number may know better what it is."""
_NUMBER = re.compile(
    r"""
    (?P<lead> [a-zđ]+(?=\d) )?                              # NĐ60/2024
    (?P<running> \d{1,3}\.\d{3}(?=[-/]) | \d+(?:\.\d+)? )  # 1.740 is 1740, but 66.1 is a number of its own
    (?P<letter> (?:bis|[a-z])(?![a-zđ]) )?                  # 30a, 30c; not the T of 12TT
    (?: [-/.]+ (?P<year> (?:19|20)\d\d ) (?!\d) )?
    (?P<rest> .* )
    """,
    re.VERBOSE,
)
_HYPHENS = re.compile(r"[\u2010-\u2015\u2212_]")
_WORDS = re.compile(r"[a-zđ0-9]+")
# From this year on every number of these types has its year in it (symbols from Nghị định 101/CP of 1997 on).
_YEAR_IN_NUMBER = {"nghi.dinh": 1998, "thong.tu": 1999, "thong.tu.lien.tich": 1999, "luat": 1998, "phap.lenh": 1998}


@dataclass(frozen=True, slots=True)
class _Citation:
    """A numbered citation taken apart; ``tokens`` are the letters of the symbol, đ kept."""

    type: str | None
    running: str
    number_year: str | None
    tokens: tuple[str, ...]
    date: str | None
    issuers: tuple[Issuer, ...]

    @property
    def year(self) -> str | None:
        """The number knows its year better than a date that may be mistyped."""
        return self.number_year or (self.date[:4] if self.date else None)

    @property
    def issuer(self) -> Issuer | None:
        return self.issuers[0] if len(self.issuers) == 1 else None


def _read(type: str | None, number: str, date: str | None, issuer: str | None) -> _Citation:
    plain = "".join(_HYPHENS.sub("-", unaccented(number)).split())
    issuers = tuple(read_issuer(part.strip()) for part in (issuer or "").split(";") if slug(part))
    found = _NUMBER.fullmatch(plain)
    if not found:
        return _Citation(_type_slug(type), "", None, tuple(_WORDS.findall(plain)), date, issuers)
    whole, dot, part = found["running"].partition(".")
    if len(part) == 3:
        whole, dot, part = whole + part, "", ""
    running = whole.lstrip("0").zfill(2) + dot + part + (found["letter"] or "")
    tokens = _unglued((*_WORDS.findall(found["lead"] or ""), *_WORDS.findall(found["rest"])))
    return _Citation(_type_slug(type), running, found["year"], tokens, date, issuers)


def _unglued(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Put back the hyphen that ``NĐCP`` lost."""
    types = _types_by_letters(False)
    if not tokens or tokens[0] in types or read_sign(tokens, None):
        return tokens
    first = tokens[0]
    for cut in range(2, len(first)):
        sign = read_sign((first[cut:],), None) if first[:cut] in types else None
        if sign and sign.exact:
            return (first[:cut], first[cut:], *tokens[1:])
    return tokens


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a symbol says: the type, its letters in their one spelling, the bodies it names."""

    type: str | None
    letters: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


def _numbered(c: _Citation) -> Identity:
    year = int(c.year) if c.year else None
    sole = _sole_symbol(c.type, year)
    tokens = sole if sole and c.tokens in ((), sole[:1]) else c.tokens
    symbol = _read_symbol(c, tokens, year)
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
    jurisdiction, authority = _who(issuers, year)
    reason = next((code for code, applies in missing if applies), None)
    if reason:
        return _candidate(
            reason,
            jurisdiction=jurisdiction,
            authority=authority,
            type=symbol.type,
            period=period,
            number=number,
        )
    urn = f"urn:lex:{';'.join(jurisdiction)}:{authority}:{symbol.type}:{period};{number}"
    return Identity(urn, True, "year-in-number" if c.number_year else "year-of-date")


def _sole_symbol(type: str | None, year: int | None) -> tuple[str, ...]:
    """The letters of a type that one body issues under one symbol: Nghị định 60/2024 is NĐ-CP."""
    kind = _kind(type)
    if not kind or not kind.issuer or not kind.abbr or year is None or year < 1998:
        return ()
    sign = next((s for s in _SOLE if s[0] == kind.issuer), None)
    return (unaccented(kind.abbr[0]), sign[1]) if sign else ()


_SOLE = (("Chính phủ", "cp"), ("Chủ tịch nước", "ctn"))
"""Bodies whose letters follow the type; those of the Assembly have its term in place of the type."""


def _read_symbol(c: _Citation, tokens: tuple[str, ...], year: int | None) -> _Reading:
    if not tokens:
        return _Reading(c.type)
    first = read_sign(tokens, year, c.issuer)
    after = read_sign(tokens[1:], year, c.issuer)
    type = _symbol_type(c.type, tokens[0], after)
    if first and type != c.type and ((first.exact and not after) or (year or 9999) < 1998):
        type = None  # 1234/CT-CS is a letter of CT, 74 TC/TCT a circular of TC: no type in the symbol
    letters: list[str] = [slug(tokens[0], "")] if type else []
    rest = tokens[1:] if type else tokens
    if not type:
        type = _untyped(c.type, first, first is not None and len(tokens) > first.used, year)
    joint = type is not None and "lien" in type.split(".")
    signs: list[Sign] = []
    while (joint or not signs) and (sign := read_sign(rest, year, c.issuer)):
        signs.append(sign)
        letters.append(sign.letters)
        rest = rest[sign.used :]
    return _Reading(type, (*letters, *(slug(t, "") for t in rest)), tuple(signs))


def _untyped(given: str | None, body: Sign | None, unit_follows: bool, year: int | None) -> str | None:
    """The type of a document whose symbol has no letters for it."""
    if given in ("luat", "bo.luat"):
        return "luat"  # one series for laws and codes
    if body and _TERMED.fullmatch(body.letters):
        return given if given in ("nghi.quyet", "phap.lenh") else None
    if unit_follows and (given is None or given in _GENERIC or (year or 0) >= 2000):
        return "cong.van"  # NN/ISSUER-UNIT is the form of a letter
    return given


_TERMED = re.compile(r"(?:qh|ubtvqh)\d+")


def _symbol_type(given: str | None, token: str, after: Sign | None) -> str | None:
    """The type that the first letters of a symbol stand for; None where they stand for none."""
    exact = _types_by_letters(False).get(token, ())
    loose = _types_by_letters(True).get(slug(token, ""), ())
    names = {slug(t.name, ".") for t in loose}
    kind = _kind(given)
    if after and after.body.kind == "Party body":
        if kind and kind.category == "party":
            return given  # 29-TT/TU is a Thông tri
        if slug(token) == "qd":
            return given if given in names else None  # QĐ is Quyết định and Quy định, each with its own series
    if given in names and given not in {slug(t.name, ".") for t in exact}:
        return given  # a DA typed for ĐA
    types = exact or (loose if given is None else ())
    if given and types and types[0].name == "Thông tư" and not (after and after.body.level == "central"):
        return given  # only ministries issue circulars; others write TT for other types
    if after:
        types = tuple(t for t in types if t.issuer == after.body.name) or types  # L-CTN is a Lệnh
    return slug(types[0].name, ".") if types else None


def _issuers(c: _Citation, symbol: _Reading) -> tuple[Issuer, ...]:
    """Who issued it: the symbol where it tells, with the place that the text tells."""
    kind = _kind(symbol.type)
    if kind and kind.issuer == "Quốc hội":
        return (read_issuer(kind.issuer),)
    if len(symbol.signs) > 1:
        return tuple(issuer_of_body(s.body) for s in symbol.signs)
    if not symbol.signs or len(c.issuers) > 1:
        return c.issuers
    sign = symbol.signs[0]
    if c.issuer is None:
        return (issuer_of_body(sign.body),)
    if same_body(c.issuer, sign.body) or not sign.exact:
        return c.issuers
    return (issuer_of_body(sign.body, c.issuer.units),)


def _period(c: _Citation, issuers: tuple[Issuer, ...]) -> tuple[str | None, bool]:
    """The series that the number belongs to, and whether that can't be told from the year alone."""
    day = new_series().get(issuers[0].units[0]) if issuers and issuers[0].units else None
    if not day or not c.year or day[:4] != c.year:
        return c.year, False
    if not c.date or c.date[:4] != c.year or len(c.date) < 7:
        return c.year, True
    return (f"{c.year}.{day[5:7]}" if c.date[:7] >= day[:7] else c.year), False


def _who(issuers: tuple[Issuer, ...], year: int | None) -> tuple[tuple[str, ...], str | None]:
    """Return jurisdiction and authority as they stand in a URN."""
    places = {i.units for i in issuers}
    units = places.pop() if len(places) == 1 else ()
    heads = "+".join(name_at(i, year).replace("-", ".") for i in issuers)
    return ("vn", *(u.replace("-", ".") for u in units)), heads or None


@cache
def _types_longest_first() -> list[tuple[str, str]]:
    """Names of types, longest first, each with the slug of its type."""
    return [(n, slug(t.name, ".")) for n, t in sorted(_types_by_name().items(), key=lambda p: len(p[0]), reverse=True)]


@cache
def _treaties() -> dict[str, tuple[str, str]]:
    """Any name of a treaty, without its type -> (type, acronym), all slugs."""
    found = {}
    for treaty in treaties():
        kind, acronym = slug(treaty.type, "."), slug(treaty.abbr, ".")
        for name in (treaty.abbr, treaty.name, *treaty.variants):
            found[slug(name, ".").removeprefix(kind + ".")] = (kind, acronym)
    return found


_ACRONYM = re.compile(r"\(([A-Z][A-Za-z-]{2,})\)")


def _named(type: str | None, name: str, date: str | None) -> Identity:
    """Identify a document that goes by its name: Constitution, code, law, ordinance, treaty."""
    year = date[:4] if date else None
    words = slug(re.sub(r"\(.*?\)", " ", name), ".").removesuffix(".sua.doi") or slug(name, ".")
    kind = _type_slug(type)
    for known, slugged in _types_longest_first():
        if words.startswith(known) and f"{words}.".startswith(f"{known}."):
            kind, words = slugged, words[len(known) + 1 :] or words
            break
    acronym = _ACRONYM.search(name)
    treaty = _treaties().get(words) or _treaties().get(slug(acronym[1], ".") if acronym else "")
    found = _kind(kind)
    if treaty or (found and found.category == "treaty"):
        kind, number = treaty or (kind, words)
        period = year if year and not treaty else _BY_NAME
        return Identity(f"urn:lex:vn:{_STATE}:{kind}:{period};{number}", True, "named")
    authority = slug(found.issuer, ".") if found and found.issuer else None
    if authority and year:
        return Identity(f"urn:lex:vn:{authority}:{kind}:{year};{words}", True, "named")
    reason = "no-type" if not kind else "no-year" if authority else "no-issuer"
    return _candidate(reason, authority=authority, type=kind, period=year, number=words)
