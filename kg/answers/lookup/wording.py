"""What the wording of a citation says of a document, written as people ask for it.

It is read as a citation is read in a text (`kg.citations`), with or without accents, in
Vietnamese or English; what is left over may add a year, a province or a body.  Beside that the
names of laws are known in any case, and numbers that no text would cite so: ``nd 60/2024``, ``60/2024``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date as date_
from functools import cache

from kg.answers.lookup.letters import body_behind, typed
from kg.documents.constitution import TYPE as _CONSTITUTION
from kg.documents.identity import Identity, identify
from kg.documents.urn import Parts, is_candidate, is_urn, parts_of
from kg.ontology.tables import doc_types, laws, treaties
from kg.text.lexicon import Lexicon
from kg.text.normalization import fold, normalize
from kg.text.slugs import slug

__all__ = ["Wanted", "first_wanted", "is_citation", "read_wording"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a wording says of a document, as slugs with ``.`` between words; None is not said."""

    type: str | None
    number: str
    """Slug of the number as far as it is given: ``60-2024-nd-cp``, ``60-2024``, ``01-qd-ubnd``; or of a law's name."""
    year: int | None
    province: str | None
    authority: str | None
    urn: str | None
    """The LEX URN, where the wording alone identifies the document."""
    start: int
    end: int
    """Where it stands in the normalized wording, with the year and the province right behind it."""
    date: str | None = None
    """The date that the wording gives, ISO."""
    issuer: str | None = None
    """The body that the wording names as issuer."""
    unit: str | None = None
    """The district or commune that issued it, perhaps with words behind: ``huyen.chau.thanh.co.gi``."""
    of_province: bool = False
    """Whether the wording names a body of a province itself as issuer."""

    def within(self, units: tuple[str, ...]) -> bool:
        """Whether a document of these units below a province may be meant; without any it is of no district."""
        if self.unit:
            return bool(units) and f"{self.unit}.".startswith(f"{units[-1]}.")
        return not (self.of_province and units)

    def urn_with(
        self,
        *,
        type: str | None = None,
        number: str | None = None,
        year: int | None = None,
        province: str | None = None,
    ) -> str:
        """Return the LEX URN of what is wanted, with some of its parts exchanged; it tells the rest itself."""
        place = province or self.province
        where = ("vn", *((place,) if place else ()), *((self.unit,) if self.unit else ()))
        who, when = (self.authority or "",), str(year or self.year)
        return Parts(where, who, type or self.type, when, number or self.number).urn

    def urns_of_each_year(self) -> Iterator[str]:
        """Yield the LEX URNs of what is wanted in each year that there may be; a year in the number changes too."""
        for year in range(_FIRST_YEAR, date_.today().year + 2):
            yield self.urn_with(year=year, number=self.number.replace(f"-{self.year}-", f"-{year}-"))


_FIRST_YEAR = 1945
"""No document of this State is older."""


_NUMBER = re.compile(
    r"(?<![\w/.-])(?P<number>\d{1,5}(?:\.\d+)?[a-z]?(?P<year>/(?:19|20)\d\d)?(?P<symbol>[/-][a-z][a-z0-9&]*(?:-[a-z0-9&]+)*)?)"
    r"(?![\w/])"
)
# A long name as answers show it, "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư … 57/2024/QH15": the number tells.
# The types stand here, since a plain lookup reads no table of words.
_SHORTENED = re.compile(r"\b(Luật|Bộ luật|Pháp lệnh)\s[^…]+…\s(?=\d)")
_NO = re.compile(r"(?:(?<![a-z])(?:so|no)[\s.:]*)?\Z")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
_WORD = re.compile(r"(?<!\w)[a-z]")
_UNIT = re.compile(
    r"[\s,(]+(?:(?:cua|nam \d{4}|of|ubnd|hdnd)[\s,]+)*"
    r"((?:huyen|quan|thi xa|thanh pho|xa|phuong|thi tran|dac khu) [a-z\d]+(?: [a-z\d]+)*)"
)
_LINK = re.compile(r"(?=[\s,(])[\s,(]*(?:(?:nam|of|cua|ubnd|hdnd|tinh|thanh pho|tp|province)(?!\w)[\s.]*)*")
# "Luật Đất đai 31/2024": a name with its number as far as people remember it.
_NUMBER_BEHIND = re.compile(r"[\s,(]*(?:so\s+)?(?P<number>\d{1,3}/(?:19|20)\d\d)(?![\w/])")
_SPACE = re.compile(r"[\s,(]*")
_LONGEST_TYPE = 5
"""Words in the name of a type."""


@cache
def _types_by_word() -> dict[str, str]:
    """Folded word or letters of a type -> its name, the earlier row where two share one."""
    found: dict[str, str] = {}
    for kind in doc_types():
        for name in (kind.name, *kind.aliases, *kind.english, *kind.abbr):
            found.setdefault(fold(name), kind.name)
    return found


@cache
def _law_names() -> Lexicon[tuple[str, str]]:
    """Names of laws and treaties, with the abbreviations that stand for them."""
    names = [(law.abbr, (law.type, f"{law.type} {law.name}")) for law in laws() if law.abbr]
    names += [(name, (treaty.type, treaty.abbr)) for treaty in treaties() for name in (treaty.abbr, treaty.name)]
    names += [(f"{law.type} {law.name}", (law.type, f"{law.type} {law.name}")) for law in laws()]
    names.append((_CONSTITUTION, (_CONSTITUTION, _CONSTITUTION)))
    names += [
        (f"{treaty.type} {name}", (treaty.type, treaty.abbr)) for treaty in treaties() for name in treaty.variants
    ]
    return Lexicon(names)


def is_citation(wording: str) -> bool:
    """Tell whether ``wording`` names a document at all, in the graph or not."""
    return is_urn(wording) or is_candidate(wording) or first_wanted(wording) is not None


def read_wording(wording: str) -> Iterator[Wanted]:
    """Yield the documents that ``wording`` names, in its order.

    >>> [w.urn for w in read_wording("nghi dinh 60/2024")]
    ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp']
    >>> next(read_wording("01/QĐ-UBND Hậu Giang năm 2024")).province
    'hau.giang'
    """
    text = normalize(wording).text
    folded = fold(text)
    from kg import citations

    found = citations.find(text)
    for index, citation in enumerate(found):
        until = found[index + 1].start if index + 1 < len(found) else len(text)
        identity = identify(citation.type, citation.number, citation.date, citation.issuer, name=citation.name)
        end = max(citation.end, citation.tail)
        if citation.named and (number := _NUMBER_BEHIND.match(folded, end)):
            identity, end = identify(citation.type, number["number"], None, citation.issuer), number.end()
        wanted = _wanted(identity, citation.start, end, folded, until)
        issuer = _issuer_in(text, folded, citation.start, end) if citation.issuer_written else None
        if not issuer and not wanted.authority:
            issuer = _issuer_last(text, folded, end)
        yield replace(wanted, date=citation.date, issuer=issuer)
    if not found:
        yield from _read_loosely(text, folded)


def first_wanted(wording: str) -> Wanted | None:
    """Return the first document that ``wording`` names, None where it names none."""
    wording = _SHORTENED.sub(r"\1 ", wording) if "…" in wording else wording
    return _plain(fold(normalize(wording).text)) or next(read_wording(wording), None)


def _plain(folded: str) -> Wanted | None:
    """A wording that is only what identifies a document: a number with its year, and a type or symbol.

    Nothing is left to read, so what reads running text need not be loaded.
    """
    match = _NUMBER.search(folded)
    if not match or not match["year"]:
        return None
    start, kind = _type_before(folded, match.start())
    identity = identify(kind, match["number"], None, None)
    if folded[:start].strip() or folded[match.end() :].strip() or not identity.urn:
        return None
    return _wanted(identity, start, match.end(), folded, match.end())


def _read_loosely(text: str, folded: str) -> Iterator[Wanted]:
    """Names of laws in any case, and numbers that no text would cite so: ``nd 60/2024``, ``60/2024``."""
    for start in (match.start() for match in _WORD.finditer(folded)):
        if law := _law_names().match(folded, start):
            (law_type, name), end = law
            written = text[start:end]
            # "who cites" is no question about the convention CITES.
            if " " not in written and not written.isupper() and written != text.strip():
                continue
            number = _NUMBER_BEHIND.match(folded, end)
            identity = identify(law_type, number and number["number"], None, None, name=name)
            yield _wanted(identity, start, number.end() if number else end, folded)
    letters = list(typed(text, folded))
    for found in letters:
        wanted = _wanted(identify(found.type, found.number, None, None), found.start, found.end, folded)
        yield replace(wanted, authority=found.authority or wanted.authority)
    for match in _NUMBER.finditer(folded):
        if any(found.start <= match.start() < found.end for found in letters):
            continue
        start, kind = _type_before(folded, match.start())
        if kind or match["year"] or match["symbol"]:
            body = None if match["symbol"] else body_behind(text, folded, match.end(), kind)
            end = body[1] if body else match.end()
            wanted = _wanted(identify(kind, match["number"], None, None), start, end, folded)
            issuer = None if match["symbol"] else _issuer_last(text, folded, end)
            yield replace(wanted, authority=body[0]) if body else replace(wanted, issuer=issuer)


def _type_before(folded: str, end: int) -> tuple[int, str | None]:
    """Where the type and "số" before a number begin, and the type; its letters count in any case."""
    end = _NO.search(folded, 0, end).start()  # type: ignore[union-attr]  # matches the empty string as well
    words = [match.span() for match in re.finditer(r"[^\s.]+", folded[:end])][-_LONGEST_TYPE:]
    for start, _ in words:
        if kind := _types_by_word().get(" ".join(folded[start:end].strip(" .").split())):
            return start, kind
    return end, None


def _wanted(identity: Identity, start: int, end: int, folded: str, until: int | None = None) -> Wanted:
    """Complete what the citation says by a year and a province written behind it."""
    parts = parts_of(identity.id)
    # A province beside a document of a central body is somewhere else in the question.
    local = not parts.province and (not parts.authority or identity.reason in ("no-place", "no-type"))
    rest = folded[end:until]
    written = _YEAR.search(rest)
    place = _province_in(rest) if local else None
    below = _UNIT.match(rest) if local else None
    return Wanted(
        parts.type,
        parts.number or "",
        parts.year or (int(written[0]) if written else None),
        parts.province or (slug(place, ".") if place else None),
        "+".join(parts.authority) or None,
        identity.urn,
        start,
        _narrowed(folded[:until], end, parts.year is None, local),
        unit=parts.units[-1] if parts.units else below[1].strip().replace(" ", ".") if below else None,
        of_province=bool(parts.province),
    )


def _narrowed(folded: str, end: int, dateless: bool, local: bool) -> int:
    """Where a citation ends with the year or province that it lacks, if they stand right behind it."""
    while (dateless or local) and (link := _LINK.match(folded, end)):
        if dateless and (year := _YEAR.match(folded, link.end())):
            end, dateless = year.end(), False
        elif local and (place := _province_at(folded, link.end())):
            end, local = place[1], False
        else:
            break
    return end


def _province_at(folded: str, pos: int) -> tuple[str, int] | None:
    from kg.entities.bodies import province_at

    return province_at(folded, pos)


def _issuer_in(text: str, folded: str, start: int, end: int) -> str | None:
    """The body named within a citation."""
    from kg.entities.bodies import parse

    found = (parse(text, folded, word.start()) for word in _WORD.finditer(folded, start, end))
    return next((body.name for body in found if body and body.end <= end), None)


def _issuer_last(text: str, folded: str, start: int) -> str | None:
    """The body that is all that stands behind a citation but for a year: ``Thông tư 23 Bộ Công Thương``."""
    from kg.entities.bodies import parse

    body = parse(text, folded, _SPACE.match(folded, start).end())  # type: ignore[union-attr]  # matches the empty string too
    return body.name if body and not re.sub(r"nam|\d|\W", "", folded[body.end :]) else None


def _province_in(folded: str) -> str | None:
    places = (_province_at(folded, word.start()) for word in _WORD.finditer(folded))
    return next((found[0] for found in places if found), None)
