"""Identifiers of legal documents: LEX URNs (RFC 9676) and candidates, written and read.

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

A candidate identifier says the same of a citation that does not identify its document, with ``-`` for what
is not told, within the document that cites it.  Which of the two a citation gets is told by
`kg.documents.identity`.

>>> Parts(("vn",), ("chinh.phu",), "nghi.dinh", "2024", "60-2024-nd-cp").urn
'urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp'
>>> Parts(("vn",), ("chinh.phu",), "nghi.quyet", None, "01-nq-cp").candidate.removeprefix(CANDIDATE)
'-/vn:chinh.phu:nghi.quyet:-;01-nq-cp'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from kg.text.late import late

__all__ = [
    "CANDIDATE",
    "Parts",
    "is_candidate",
    "is_urn",
    "lookup_keys",
    "parse_candidate",
    "parse_urn",
    "parts_of",
    "running_key",
    "scope_key",
    "scoped",
]

CANDIDATE: Final = "https://w3id.org/vn-legal-kg/candidate/"
"""What every candidate identifier starts with; a key of the citing document and the known parts follow."""

_UNKNOWN: Final = "-"


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
        """Slug of the province with ``.`` between words, None for a central body and where it is not told."""
        told = self.jurisdiction[1:2]
        return None if not told or _BELOW.match(told[0]) else told[0]

    @property
    def units(self) -> tuple[str, ...]:
        """Slugs of the district and commune, the larger first, with their forms: ``huyen.chau.thanh``."""
        return self.jurisdiction[2 if self.province else 1 :]

    @property
    def urn(self) -> str:
        """The LEX URN that consists of these parts, all of which must be there."""
        where, who = ";".join(self.jurisdiction), "+".join(self.authority)
        return f"urn:lex:{where}:{who}:{self.type}:{self.period};{self.number}"

    @property
    def candidate(self) -> str:
        """The candidate identifier that consists of the parts that are there."""
        where, who = ";".join(self.jurisdiction), "+".join(self.authority)
        what = ":".join(part or _UNKNOWN for part in (who, self.type, self.period))
        return f"{CANDIDATE}{self.scope or _UNKNOWN}/{where}:{what};{self.number or _UNKNOWN}"


_BELOW: Final = re.compile(r"(?:huyen|quan|thi\.xa|thanh\.pho|xa|phuong|thi\.tran|dac\.khu)\.")
"""A unit below a province has its form in its name, a province has none."""

# RFC 9676, section 8, at work level, in the lower case that section 3.3 recommends.
_ALF: Final = r"[a-z0-9][a-z0-9.]*"
_OTH: Final = r"[a-z0-9][a-z0-9.\-_'=()]*"
_DATE: Final = r"\d{4}-\d\d-\d\d"
_URN: Final = re.compile(
    rf"""urn:lex:
    (?P<jurisdiction>{_ALF}(?:;{_ALF})*) :
    (?P<authority>{_ALF}(?:;{_ALF})*(?:\+{_ALF}(?:;{_ALF})*)*) :
    (?P<type>{_ALF}(?:;{_ALF})*) :
    (?P<period>{_DATE}(?:,{_DATE})*|{_ALF}) ;
    (?P<number>{_OTH}(?:,{_OTH})*)""",
    re.VERBOSE,
)
_CANDIDATE: Final = late(
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


def scoped(candidate: str, scope: str) -> str:
    """Return a candidate identifier without a scope as that of the citing document with the key ``scope``."""
    return f"{CANDIDATE}{scope_key(scope)}{candidate[len(CANDIDATE) + len(_UNKNOWN) :]}"


def scope_key(scope: str) -> str:
    """Return what stands for a citing document in the identifiers of what holds within it alone."""
    return sha256(scope.encode()).hexdigest()[:16]
