"""What the number of a document says by itself: its running number, its year, and what its symbol stands for.

A symbol (``NĐ-CP``, ``QĐ-BNN-TCLN``) has the letters of the type, then those of the body and of its
unit: Nghị định 30/2020/NĐ-CP, Phụ lục I.  Older ones and letters leave the type out (``74 TC/TCT``,
``1234/CT-CS``), and not all are typed as the law spells them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.documents.assembly import term_of, term_of_number
from kg.documents.authority import Issuer, Sign, body_letters, read_issuer, read_sign, signs
from kg.documents.doctypes import doc_type, type_slug, types_by_letters
from kg.model import apart
from kg.text.slugs import slug, unaccented

__all__ = ["Numbered", "Symbol", "one_slip", "read_number", "read_symbol"]

_GENERIC: Final = frozenset({"van.ban", "cong.van"})
"""Words for a document whose number may know better what it is."""
_NUMBER: Final = re.compile(
    r"""
    (?P<lead> [a-zđ]+(?=\d) )?                              # NĐ60/2024
    (?P<running> \d{1,3}\.\d{3}(?=[-/]) | \d+(?:\.\d+)? )  # 1.740 is 1740, but 66.1 is a number of its own
    (?P<letter> (?:bis|[a-z])(?![a-zđ]) )?                  # 30a, 30c; not the T of 12TT
    (?: [-/.]+ (?P<year> (?:19|20)\d\d ) (?!\d) )?
    (?P<rest> .* )
    """,
    re.VERBOSE | re.ASCII,
)
_HYPHENS: Final = re.compile(r"[\u2010-\u2015\u2212_]")
_WORDS: Final = re.compile(r"[a-zđ0-9]+")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered citation taken apart; ``tokens`` are the letters of the symbol, đ kept."""

    type: str | None
    running: str
    number_year: str | None
    tokens: tuple[str, ...]
    date: str | None
    issuers: tuple[Issuer, ...]

    @property
    def year(self) -> str | None:
        """The year; the number knows it better than a date that may be mistyped."""
        return self.number_year or (self.date[:4] if self.date else None)

    @property
    def issuer(self) -> Issuer | None:
        """The issuer, where it is one."""
        return self.issuers[0] if len(self.issuers) == 1 else None


def read_number(type: str | None, number: str, date: str | None, issuer: str | None) -> Numbered:
    """Return a citation by number taken apart; the parameters are those of `kg.documents.identity.identify`."""
    plain = "".join(_HYPHENS.sub("-", unaccented(number)).split())
    issuers = tuple(read_issuer(name) for name in apart(issuer) if slug(name))
    found = _NUMBER.fullmatch(plain)
    if not found:
        return Numbered(type_slug(type), "", None, tuple(_WORDS.findall(plain)), date, issuers)
    whole, dot, part = found["running"].partition(".")
    if len(part) == 3:
        whole, dot, part = whole + part, "", ""
    running = whole.lstrip("0").zfill(2) + dot + part + (found["letter"] or "")
    tokens = _unglued((*_WORDS.findall(found["lead"] or ""), *_WORDS.findall(found["rest"])))
    return Numbered(type_slug(type), running, found["year"], tokens, date, issuers)


def _unglued(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Put back the hyphen that ``NĐCP`` lost."""
    types = types_by_letters(False)
    if not tokens or tokens[0] in types or read_sign(tokens, None):
        return tokens
    first = tokens[0]
    for cut in range(2, len(first)):
        sign = read_sign((first[cut:],), None) if first[:cut] in types else None
        if sign and sign.exact:
            return (first[:cut], first[cut:], *tokens[1:])
    return tokens


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a symbol says: the type, its letters in their one spelling, the bodies it names."""

    type: str | None
    letters: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


def read_symbol(c: Numbered, tokens: tuple[str, ...], year: int | None) -> Symbol:
    """Return what the symbol of a citation says in a year; ``tokens`` are its letters, which a type may complete."""
    if not tokens:
        return Symbol(c.type)
    tokens = _meant(c, tokens)
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
    if c.number_year and signs and not rest and (assembly := _ASSEMBLY.fullmatch(signs[0].letters)):
        letters = [assembly[1] + _term(assembly[2], c.number_year, c.date or "")]
    return Symbol(type, (*letters, *(slug(t, "") for t in rest)), tuple(signs))


_ASSEMBLY: Final = re.compile(r"(qh|ubtvqh)(\d*)")
"""A number with its year has the Assembly's letters alone, with the term (Luật 64/2025/QH15, Điều 7): texts add the
type (``755/2005/NQ-UBTVQH11``) or leave out the term or a part of it (``28/2004/QH``, ``43/2024/QH1``)."""


def _term(written: str, year: str, date: str) -> str:
    """The term that a number of the Assembly has, as far as it is written and the year tells."""
    term = str(term_of(year) or (term_of(date) if date.startswith(year) else None) or "")
    return term if term.startswith(written) else written


def _meant(c: Numbered, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Letters that no table has as the words of the citation have them, where these differ by one slip.

    ``373/TTr-SNY`` of a Sở Nội vụ is TTr-SNV, ``Nghị quyết 37/2023/NO-HĐND`` is NQ-HĐND.
    """
    if len(tokens) != 2:
        return tokens
    kind, body = tokens
    if kind in types_by_letters(False):
        own = body_letters(c.issuer) if c.issuer and not signs((body,)) else None
        return (kind, own) if own and len(own) > 2 and one_slip(body, own) else tokens
    written = doc_type(c.type)
    if not written or not signs((body,)) or signs((kind,)) or kind in types_by_letters(True):
        return tokens
    return next(((own, body) for own in map(unaccented, written.abbr) if one_slip(kind, own)), tokens)


def one_slip(one: str, other: str) -> bool:
    """Whether letters differ by one too many, too few or wrong, or by two that changed places.

    >>> one_slip("tt-bnmt", "tt-bnnmt"), one_slip("qd-ubdn", "qd-ubnd"), one_slip("kh-sct", "kh-ubnd")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = next((k for k, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _untyped(given: str | None, body: Sign | None, unit_follows: bool, year: int | None) -> str | None:
    """The type of a document whose symbol has no letters for it."""
    if given in ("luat", "bo.luat"):
        return "luat"  # one series for laws and codes
    if body and term_of_number(body.letters):
        return given if given in ("nghi.quyet", "phap.lenh") else None
    if unit_follows and (given is None or given in _GENERIC or (year or 0) >= 2000):
        return "cong.van"  # NN/ISSUER-UNIT is the form of a letter
    return given


def _symbol_type(given: str | None, token: str, after: Sign | None) -> str | None:
    """The type that the first letters of a symbol stand for; None where they stand for none."""
    exact = types_by_letters(False).get(token, ())
    loose = types_by_letters(True).get(slug(token, ""), ())
    names = {slug(t.name, ".") for t in loose}
    kind = doc_type(given)
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
