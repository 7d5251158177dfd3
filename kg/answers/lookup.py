"""Any way of writing a citation -> the documents of the graph that it fits.

The wording is read as a citation is read in a text (`kg.citations`), with or without accents,
in Vietnamese or English; what is left over may add a year, a province or a body.  A document
fits exactly where everything that the wording says is true of it; what the wording leaves out
(the year of ``01/NQ-CP``, the province of ``01/QĐ-UBND``) is left open, so several may fit.
One that the number identifies is found as well where the date or the issuer is another.
Where none does, the nearest are returned and marked as such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import cache, partial
from itertools import groupby, product
from string import digits
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.documents.identity import (
    CANDIDATE,
    Identity,
    Parts,
    identify,
    is_candidate,
    is_urn,
    lookup_keys,
    parts_of,
    running_key,
)
from kg.graph.binding import Rows, fill
from kg.graph.summaries import Summary, mentions, summaries
from kg.messages import say
from kg.ontology.tables import bodies, doc_types, laws, provinces, treaties
from kg.ontology.vocabulary import PLACE
from kg.text.lexicon import Lexicon
from kg.text.normalization import fold, normalize
from kg.text.slugs import slug

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = [
    "Candidate",
    "Found",
    "Match",
    "Wanted",
    "find",
    "is_citation",
    "lookup",
    "read_wording",
    "search",
    "told_apart",
]


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


@dataclass(frozen=True, slots=True)
class Match:
    """A document of the graph: ``exact`` where nothing in the wording speaks against it, ``why`` in words."""

    iri: str
    label: str
    exact: bool
    score: float
    why: str
    mentions: int = 0
    detail: bool = False
    """Whether it is the one that the number identifies, and only the date or the issuer differs."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match with what the graph knows of the document."""

    urn: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    label: str
    title: str | None
    exact: bool
    score: float
    why: str
    mentions: int
    implemented_by: tuple[str, ...]
    """Provinces that implement it."""
    relations: tuple[dict[str, Any], ...]
    """``rel``, ``direction`` (``in``: done to it), ``document`` (None for reports), ``label``, ``count``.

    Of each kind reports come first, then the documents that most statements name, as many as were asked for.
    """
    related: tuple[dict[str, Any], ...]
    """Of each kind ``rel``, ``direction``, ``documents`` (how many there are in all), ``count`` (statements in all)."""
    findings: tuple[dict[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return asdict(self)


# --- the wording -------------------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?<![\w/.-])(?P<number>\d{1,5}(?:\.\d+)?[a-z]?(?P<year>/(?:19|20)\d\d)?(?P<symbol>[/-][a-z][a-z0-9&]*(?:-[a-z0-9&]+)*)?)"
    r"(?![\w/])"
)
_NO = re.compile(r"(?:(?<![a-z])(?:so|no)[\s.:]*)?\Z")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
_WORD = re.compile(r"(?<!\w)[a-z]")
_LINK = re.compile(r"(?=[\s,(])[\s,(]*(?:(?:nam|of|cua|ubnd|hdnd|tinh|thanh pho|tp|province)(?!\w)[\s.]*)*")
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
    names += [
        (f"{treaty.type} {name}", (treaty.type, treaty.abbr)) for treaty in treaties() for name in treaty.variants
    ]
    return Lexicon(names)


def is_citation(wording: str) -> bool:
    """Tell whether ``wording`` names a document at all, in the graph or not."""
    return is_urn(wording) or is_candidate(wording) or next(read_wording(wording), None) is not None


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
        wanted = _wanted(identity, citation.start, end, folded, until)
        issuer = _issuer_in(text, folded, citation.start, end) if citation.issuer_written else None
        yield replace(wanted, date=citation.date, issuer=issuer)
    if not found:
        yield from _read_loosely(text, folded)


def _read_loosely(text: str, folded: str) -> Iterator[Wanted]:
    """Names of laws in any case, and numbers that no text would cite so: ``nd 60/2024``, ``60/2024``."""
    for start in (match.start() for match in _WORD.finditer(folded)):
        if law := _law_names().match(folded, start):
            (law_type, name), end = law
            written = text[start:end]
            # "who cites" is no question about the convention CITES.
            if " " not in written and not written.isupper() and written != text.strip():
                continue
            yield _wanted(identify(law_type, None, None, None, name=name), start, end, folded)
    for match in _NUMBER.finditer(folded):
        start, kind = _type_before(folded, match.start())
        if kind or match["year"] or match["symbol"]:
            yield _wanted(identify(kind, match["number"], None, None), start, match.end(), folded)


def _type_before(folded: str, end: int) -> tuple[int, str | None]:
    """Where the type and "số" before a number begin, and the type; its letters count in any case."""
    end = _NO.search(folded, 0, end).start()  # type: ignore[union-attr]  # matches the empty string as well
    words = [match.span() for match in re.finditer(r"[^\s.]+", folded[:end])][-_LONGEST_TYPE:]
    for start, _ in words:
        if kind := _types_by_word().get(" ".join(folded[start:end].strip(" .").split())):
            return start, kind
    return end, None


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


def _wanted(identity: Identity, start: int, end: int, folded: str, until: int | None = None) -> Wanted:
    """Complete what the citation says by a year and a province written behind it."""
    parts = parts_of(identity.id)
    # A province beside a document of a central body is somewhere else in the question.
    local = not parts.province and (not parts.authority or identity.reason in ("no-place", "no-type"))
    rest = folded[end:until]
    written = _YEAR.search(rest)
    place = _province_in(rest) if local else None
    return Wanted(
        parts.type,
        parts.number or "",
        parts.year or (int(written[0]) if written else None),
        parts.province or (slug(place, ".") if place else None),
        "+".join(parts.authority) or None,
        identity.urn,
        start,
        _narrowed(folded[:until], end, parts.year is None, local),
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


def _province_in(folded: str) -> str | None:
    places = (_province_at(folded, word.start()) for word in _WORD.finditer(folded))
    return next((found[0] for found in places if found), None)


# --- the graph ---------------------------------------------------------------------------------------------

_DETAIL = 0.7
"""Score of a match whose date or issuer is another than that of the wording."""
_NEAR, _LIKE = 5, 0.45
"""At most so many near matches, each at least so like."""
_MANY, _SOME = 200, 30
"""Of more than ``_MANY`` documents of one number, and of more than ``_SOME`` of one name, only ``_SOME`` are
looked at more closely, unless more are asked for."""
_FIRST_YEAR = 1945
"""No document of this State is older."""


def find(graph: Graph, wording: str, limit: int | None = None) -> list[Match]:
    """Return the documents that ``wording`` fits, best first; the nearest where none fits exactly.

    At most ``limit`` of them.  The first document that the wording names counts.  An identifier (LEX URN
    or candidate) is taken as it stands; a wording that names no document gives an empty list.
    """
    return _find(graph, wording, limit)[0]


def _find(graph: Graph, wording: str, limit: int | None) -> tuple[list[Match], int]:
    """What `find` returns, and how many fit (see `Found.total`)."""
    if is_urn(wording) or is_candidate(wording):
        # A LEX URN is the same in any case (RFC 9676, section 3.3).
        iri = wording.lower() if is_urn(wording) else wording
        same = _matches(graph, {iri: (True, 1.0, say("why.identifier"))}) if _known(graph, iri) else []
        return same, len(same)
    wanted = _plain(fold(normalize(wording).text)) or next(read_wording(wording), None)
    if wanted is None:
        return [], 0
    if wanted.urn and _known(graph, wanted.urn):
        return _matches(graph, _checked(graph, wanted, {wanted.urn: (1.0, say("why.same"))}), detail=True), 1
    keyed = _Keyed(graph, limit)
    own: set[_Named] = set()
    for keys in _narrowest_first(wanted):
        same_number = keyed.documents(keys)
        own |= same_number if keyed.whole else same_number | _apart_in_time(graph, wanted)
        if fitting := {iri: reason for iri, parts in sorted(own) if (reason := _fits(wanted, parts))}:
            found = _checked(graph, wanted, fitting)
            exact = {iri: reason for iri, reason in found.items() if reason[0]} or found
            likely = sorted(exact, key=lambda iri: (-exact[iri][1], _rank(iri)))
            cited = {iri: mentions(graph, iri) for iri in likely[: limit and max(_SOME, limit)]}
            best = sorted(cited, key=lambda iri: (-exact[iri][1], -cited[iri], iri))[:limit]
            matches = _matches(graph, {iri: exact[iri] for iri in best}, cited, detail=True)
            return matches, len(exact) if keyed.whole else _count(graph, keys)
    return _nearest(graph, wanted, own, keyed, min(_NEAR, limit or _NEAR)), 0


def _nearest(graph: Graph, wanted: Wanted, own: set[_Named], keyed: _Keyed, limit: int) -> list[Match]:
    """Documents that differ in one thing come first; what has little in common is looked for where these are few."""
    # One number stands in each province and each year, and comparing takes longer than reading.
    alike = cache(lambda number: SequenceMatcher(None, wanted.number, number).ratio())

    def ranked(known: Iterable[_Named]) -> list[tuple[float, str, Parts]]:
        scored = sorted((-_likeness(wanted, parts, alike), iri, parts) for iri, parts in known)
        return [one for one in scored[:limit] if -one[0] >= _LIKE]

    known = own | _identified(graph, _with_one_slip(wanted, apart=not keyed.whole))
    near = ranked(known)
    if len(near) < limit:
        running, _, symbol = wanted.number.partition("-")
        # A mistyped running number leaves its symbol, which may tell the document.
        others = [f"{other}-{symbol}" for other in sorted(_mistyped(running))] if symbol else []
        near = ranked(known | keyed.documents([*_of_any_type(running), *others]))
    return _matches(graph, {iri: (False, -score, _difference(wanted, parts)) for score, iri, parts in near})


def _with_one_slip(wanted: Wanted, *, apart: bool) -> Iterator[str]:
    """Identifiers that differ in one thing from a wording that tells all: in the running number, in the type.

    ``apart``: also those of another year or province, which have the same number.
    """
    if not (wanted.type and wanted.authority and wanted.year):
        return
    running, _, symbol = wanted.number.partition("-")
    urn = partial(_urn, wanted)
    if symbol:
        for other in _mistyped(running):
            yield urn(number=f"{other}-{symbol}")
    number = _cut(wanted.number)
    year = f"{wanted.year}-"
    letters, _, body = number.symbol.partition("-")
    for kind, own in _letters():
        if kind != wanted.type and letters and body:
            yield urn(type=kind, number=f"{number.running}-{year if number.year else ''}{own}-{body}")
    if number.symbol:
        yield urn(number=f"{number.running}-{'' if number.year else year}{number.symbol}")
    for place in _names("province") if apart and wanted.province else ():
        yield urn(province=place)
    for when in range(_FIRST_YEAR, date.today().year + 2) if apart else ():
        yield urn(year=when, number=wanted.number.replace(f"-{year}", f"-{when}-"))


def _apart_in_time(graph: Graph, wanted: Wanted) -> set[_Named]:
    """The documents that a wording without a year fits, where it tells all else: a law by its name, of each year."""
    if not (wanted.type and wanted.authority) or wanted.year:
        return set()
    return _identified(graph, (_urn(wanted, year=year) for year in range(_FIRST_YEAR, date.today().year + 2)))


def _urn(wanted: Wanted, **other: Any) -> str:
    """The LEX URN of what is wanted, with some of its parts exchanged."""
    parts = {name: other.get(name, getattr(wanted, name)) for name in ("province", "type", "year", "number")}
    place = f";{parts['province']}" if parts["province"] else ""
    return f"urn:lex:vn{place}:{wanted.authority}:{parts['type']}:{parts['year']};{parts['number']}"


def _identified(graph: Graph, urns: Iterable[str]) -> set[_Named]:
    """Those of these identifiers that the graph knows, also as another name of a document."""
    found: set[_Named] = set()
    for urn in urns:
        if not (parts_of(urn).number or "")[:1].isdigit():
            found.update((iri, parts_of(urn)) for iri in graph.subjects("owl:sameAs", urn))
        if _known(graph, urn):
            found.add((urn, parts_of(urn)))
    return found


def _narrowest_first(wanted: Wanted) -> Iterator[list[str]]:
    """Keys by which the documents that fit may be found, those that fewest documents have first."""
    running, _, symbol = wanted.number.partition("-")
    if symbol and not symbol.isdigit():  # it is whole, unless a last part of the symbol is left out
        yield [wanted.number]
    yield [running_key(wanted.type, running)] if wanted.type else _of_any_type(running)


def _of_any_type(running: str) -> list[str]:
    return [running_key(kind, running) for kind in (None, *_type_slugs())]


@cache
def _type_slugs() -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug(kind.name, ".") for kind in doc_types()))


@cache
def _letters() -> tuple[tuple[str, str], ...]:
    """Each type with each of its letters in a symbol."""
    return tuple((slug(kind.name, "."), slug(letters)) for kind in doc_types() for letters in kind.abbr)


def _known(graph: Graph, iri: str) -> bool:
    return any(True for _ in graph.objects(iri, "rdf:type"))


_Reasons = Mapping[str, tuple[bool, float, str]]
"""Documents -> exact, score and why."""


def _matches(
    graph: Graph, found: _Reasons, cited: Mapping[str, int] | None = None, *, detail: bool = False
) -> list[Match]:
    """Matches in the order of ``found``; ``cited`` is how often each is, where that is known.

    ``detail`` tells what those are that are not exact.
    """
    read = _Reader(graph)
    return [
        Match(
            iri,
            max(read.values(iri, "rdfs:label"), default=iri),
            exact,
            round(score, 3),
            why,
            mentions(graph, iri) if cited is None else cited[iri],
            detail and not exact,
        )
        for iri, (exact, score, why) in found.items()
    ]


class _Reader:
    """Values of properties, each read once: documents of one number have types and bodies in common."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._read: dict[tuple[str, str], list[NamedNode | Literal]] = {}

    def terms(self, iri: str, name: str) -> list[NamedNode | Literal]:
        if (found := self._read.get((iri, name))) is None:
            found = self._read[iri, name] = list(self.graph.objects(iri, name))
        return found

    def values(self, iri: str, name: str) -> list[str]:
        return [value.value for value in self.terms(iri, name)]


def _checked(graph: Graph, wanted: Wanted, fitting: Mapping[str, tuple[float, str]]) -> _Reasons:
    """Which fit by number; lower those of which the graph knows another date or issuer than the wording gives."""
    found = {}
    read = _Reader(graph)
    for iri, reason in fitting.items():
        differs = None
        if wanted.date or wanted.issuer:
            days = read.values(iri, "eli:date_document") or read.values(iri, "kg:year")
            differs = _contradicted(wanted, set(days), set(_issuers(read, iri)))
        found[iri] = (False, _DETAIL, differs) if differs else (True, *reason)
    return found


def _issuers(read: _Reader, iri: str) -> list[str]:
    return [name for body in read.values(iri, "eli:passed_by") for name in read.values(body, "rdfs:label")]


def _contradicted(wanted: Wanted, days: set[str], names: set[str]) -> str | None:
    said = []
    date = wanted.date or ""
    if date and days and not any(day.startswith(date) or date.startswith(day) for day in days):
        said.append(_instead("date", date, ", ".join(sorted(days))))
    if wanted.issuer and names and not any(_same_body(wanted.issuer, name) for name in names):
        said.append(_instead("issuer", wanted.issuer, ", ".join(sorted(names))))
    return "; ".join(said) or None


def _same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body; a body and its head (Chính phủ, Thủ tướng Chính phủ) count as one."""
    from kg.documents.authority import read_issuer

    a, b = read_issuer(one), read_issuer(other)
    heads = f"-{a.head}".endswith(f"-{b.head}") or f"-{b.head}".endswith(f"-{a.head}")
    return heads and (not a.units or not b.units or a.units == b.units)


_Named = tuple[str, Parts]
"""A document and the parts of an identifier by which it is known."""


class _Keyed:
    """Documents by what they are looked up by.

    ``whole`` is false once there were too many to read them all; ``limit`` is how many are asked for.
    """

    def __init__(self, graph: Graph, limit: int | None) -> None:
        self.whole = True
        self._graph = graph
        self._limit = limit
        self._read = _Reader(graph)

    def documents(self, keys: Iterable[str]) -> set[_Named]:
        """Documents with an identifier of one of these keys, without candidates that were resolved to another one.

        A law with a number is known by its name as well (``owl:sameAs``): the parts are those of the identifier found.
        """
        wanted = dict.fromkeys(filter(None, keys))
        found: set[_Named] = set()
        for iri in self._bearers(wanted):
            if not wanted.keys().isdisjoint(lookup_keys(iri)):
                if not (iri.startswith(CANDIDATE) and self._read.terms(iri, "kg:resolvedTo")):
                    found.add((iri, parts_of(iri)))
            else:
                names = (name for name in self._read.values(iri, "owl:sameAs") if is_urn(name))
                found.update((iri, parts_of(name)) for name in names if not wanted.keys().isdisjoint(lookup_keys(name)))
        return found

    def _bearers(self, keys: Collection[str]) -> Sequence[str]:
        values: dict[str, Rows] = {"key": [(Literal(key),) for key in keys]}
        some = max(_SOME, self._limit or 0)
        # Documents of one number differ; those of one name are laws, each by its year, and what leaves that open.
        most = max(_MANY, some) if any(key[:1].isdigit() or "-" in key for key in keys) else some
        if self._limit is not None:
            values["most"] = [(Literal(most + 1),)]
        bearers = [str(row["document"]) for row in self._graph.select(fill(_KEYED, values))]
        if self._limit is None or len(bearers) <= most:
            return list(dict.fromkeys(bearers))
        self.whole = False
        return sorted(set(bearers), key=_rank)[:some]


def _rank(iri: str) -> tuple[bool, bool, str]:
    """Documents of the State first, then those of provinces, then what is undecided: the order of how often cited."""
    return iri.startswith(CANDIDATE), iri.startswith("urn:lex:vn;"), iri


_KEYED = """
SELECT ?document WHERE {
  VALUES ?key { UNDEF }  # parameter key
  ?document kg:lookupKey ?key
}
LIMIT 1000000000  # parameter most
"""


def _count(graph: Graph, keys: Iterable[str]) -> int:
    """How many documents and candidates are looked up by one of these keys; an index is counted, no document read."""
    values = {"key": [(Literal(key),) for key in keys]}
    (row,) = graph.select(fill(_COUNT, values))
    return int(str(row["n"]))


_COUNT = """
SELECT (COUNT(*) AS ?n) WHERE {
  VALUES ?key { UNDEF }  # parameter key
  ?document kg:lookupKey ?key
}
"""


def _mistyped(running: str) -> set[str]:
    """Running numbers that one slip of the finger makes of this one: a digit too many, too few, wrong, or two swapped.

    >>> sorted(_mistyped("60"))[:4], len(_mistyped("60"))
    (['0', '00', '06', '060'], 49)
    """
    cut = [(running[:k], running[k:]) for k in range(len(running) + 1)]
    found = {a + b[1:] for a, b in cut if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cut if len(b) > 1}
    found |= {a + digit + b for a, b in cut for digit in digits}
    found |= {a + digit + b[1:] for a, b in cut if b for digit in digits}
    return {key for key in found if key[:1].isdigit()} - {running}


def _fits(wanted: Wanted, parts: Parts) -> tuple[float, str] | None:
    """How well a document fits and why, None where something in the wording is not true of it."""
    if wanted.type and wanted.type != parts.type:
        return None
    if wanted.number != parts.number and not (parts.number or "").startswith(f"{wanted.number}-"):
        return None
    if wanted.year and wanted.year != parts.year:
        return None
    if wanted.province and wanted.province != parts.province:
        return None
    if wanted.authority and wanted.authority != "+".join(parts.authority):
        return None
    if parts.scope is not None:
        return 0.5, say("why.candidate")
    if not wanted.year and parts.year:
        return 0.8, say("why.year-open", year=parts.year)
    return 0.9, say("why.fits")


def _likeness(wanted: Wanted, parts: Parts, alike: Callable[[str], float]) -> float:
    """Between 0 and 1: how much of what the wording says is true of the document.

    ``alike`` compares its number with that of the wording.
    """
    number = alike(parts.number or "")
    facts = [
        (wanted.type, parts.type),
        (wanted.year, parts.year),
        (wanted.province, parts.province),
        (wanted.authority, "+".join(parts.authority) or None),
    ]
    said = [float(a == b) for a, b in facts if a]
    return (2 * number + sum(said)) / (2 + len(said))


def _difference(wanted: Wanted, parts: Parts) -> str:
    """In what the document differs from the wording, each with both values."""
    asked, known = _cut(wanted.number), _cut(parts.number or "")
    authority = "+".join(parts.authority)
    said = [
        _instead(name, _called(name, a), _called(name, b) if b else None)
        for name, a, b in (
            ("type", wanted.type, parts.type),
            ("year", wanted.year, parts.year),
            ("province", wanted.province, parts.province),
            ("issuer", wanted.authority, authority),
            ("number", asked.running, known.running),
        )
        if a and a != b
    ]
    # Where the type is another, its numbers are written in another way.
    if asked.symbol and wanted.type in (None, parts.type) and bool(asked.year) != bool(known.year):
        said.append(say("why.year-in-number" if known.year else "why.no-year-in-number", year=known.year))
    # The symbol tells type and issuer, so one that differs with these needs no word of its own.
    same = wanted.type in (None, parts.type) and wanted.authority in (None, authority)
    if same and not known.symbol.startswith(asked.symbol):
        said.append(_instead("symbol", asked.symbol.upper(), known.symbol.upper() or None))
    return say("why.near", differs="; ".join(said))


def _instead(name: str, given: object, known: object) -> str:
    return say("why.instead", part=say(f"part.{name}"), known=known or say("part.unknown"), given=given)


class _Cut(NamedTuple):
    running: str
    year: str | None
    symbol: str


def _cut(number: str) -> _Cut:
    """The running number, the year and the symbol in the slug of a number; a law's name is all running number.

    >>> tuple(_cut("60-2024-nd-cp")), tuple(_cut("01-qd-ubnd")), tuple(_cut("dau-tu"))
    (('60', '2024', 'nd-cp'), ('01', None, 'qd-ubnd'), ('dau-tu', None, ''))
    """
    found = _SLUG.fullmatch(number)
    return _Cut(found["running"], found["year"], found["symbol"] or "") if found else _Cut(number, None, "")


_SLUG = re.compile(r"(?P<running>\d+[a-z]?)(?:-(?P<year>(?:19|20)\d\d))?(?:-(?P<symbol>.+))?")


@cache
def _names(part: str) -> dict[str, str]:
    """Slug with ``.`` between words -> name, of types, provinces or issuers."""
    known = {
        "type": (row.name for row in doc_types()),
        "province": (row.name for row in provinces()),
        "issuer": (row.name for row in bodies()),
    }
    return {slug(name, "."): name for name in known.get(part, ())}


def _called(part: str, value: object) -> str:
    return " + ".join(_names(part).get(name, name.replace(".", " ")) for name in str(value).split("+"))


# --- what is known of a document ----------------------------------------------------------------------------


class _Facts(NamedTuple):
    """What identifies a document; of several values the greatest, as in the stored questions."""

    type: str | None
    number: str | None
    date: str | None
    issuer: str | None


def _facts(read: _Reader, iri: str) -> _Facts:
    names = [name for kind in read.values(iri, "eli:type_document") for name in read.terms(kind, "skos:prefLabel")]
    types = [name.value for name in names if isinstance(name, Literal) and name.language == "vi"]
    days = [*read.values(iri, "eli:date_document"), *read.values(iri, "kg:year")]
    told = (types, read.values(iri, "eli:id_local"), days, _issuers(read, iri))
    return _Facts(*(max(values, default=None) for values in told))


def _findings(read: _Reader, iri: str) -> Iterator[dict[str, str | None]]:
    """What was found wrong or open about a document, also where it is cited as a candidate."""
    subjects = read.graph.subjects
    cited = (iri, *subjects("kg:resolvedTo", iri))
    found = {node for one in cited for name in ("kg:about", "kg:suggests") for node in subjects(name, one)}
    rows = {row for node in found for row in _rows(read, node)}
    for row in sorted(
        rows, key=lambda row: [value or "" for value in (row.code, row.report, row.message, row.suggests)]
    ):
        yield row._asdict()


class _Finding(NamedTuple):
    code: str
    severity: str | None
    message: str | None
    suggests: str | None
    report: str | None


def _rows(read: _Reader, finding: str) -> Iterator[_Finding]:
    """A finding with each of what it suggests, a document or another wording."""

    def values(name: str) -> Sequence[str | None]:
        return read.values(finding, name) or (None,)

    suggested = read.values(finding, "kg:suggests") or values("kg:suggestion")
    severities = [term and re.split("[#/]", term)[-1] for term in values("kg:severity")]
    for row in product(
        read.values(finding, "kg:code"), severities, values("rdfs:comment"), suggested, values("oa:hasSource")
    ):
        yield _Finding(*row)


class Found(NamedTuple):
    """What a citation was resolved to."""

    candidates: list[Candidate]
    """Best first."""
    total: int
    """How many documents fit, listed or not; where that number has very many, all that have it.  0: none fits."""


def lookup(graph: Graph, citation: str, limit: int = 10, relations: int | None = 20) -> list[Candidate]:
    """Resolve any way of writing a citation; at most ``limit`` candidates, best first, with what is known of each.

    Of what is done to a document and what it does, each kind lists at most ``relations`` other documents,
    None lists all; `Candidate.related` counts them all.
    """
    return search(graph, citation, limit, relations).candidates


def search(graph: Graph, citation: str, limit: int = 10, relations: int | None = 20) -> Found:
    """Like `lookup`, with how many documents fit."""
    found, total = _find(graph, citation, limit)
    told = summaries(graph, [match.iri for match in found])
    read = _Reader(graph)
    candidates = [
        Candidate(
            urn=match.iri,
            **_facts(read, match.iri)._asdict(),
            label=match.label,
            title=told[match.iri].title,
            exact=match.exact,
            score=match.score,
            why=match.why,
            mentions=match.mentions,
            implemented_by=tuple(sorted(_province(read, place) for place in told[match.iri].places)),
            relations=tuple(_relations(read, told[match.iri], relations)),
            related=tuple(_related(told[match.iri])),
            findings=tuple(_findings(read, match.iri)),
        )
        for match in found
    ]
    return Found(candidates, total)


def _province(read: _Reader, iri: str) -> str:
    """The name of a province, from the table where it has it: a document may have dozens."""
    name = _names("province").get(iri.removeprefix(PLACE).replace("-", "."))
    return name or max(read.values(iri, "rdfs:label"), default=iri)


def _relations(read: _Reader, summary: Summary, most: int | None) -> Iterator[dict[str, Any]]:
    """What is done to a document and what it does, to which other one; all reports count as one and come first."""
    ordered = sorted(summary.relations, key=lambda one: (*one[:2], one[2] != "", -one[3], one[2]))
    for _, same in groupby(ordered, key=lambda one: one[:2]):
        told = list(same)
        reports = not told[0][2]
        for rel, direction, other, n in told[: most if most is None else most + reports]:
            label = max(read.values(other, "rdfs:label"), default=None) if other else None
            yield {"rel": rel, "direction": direction, "document": other or None, "label": label, "count": n}


def _related(summary: Summary) -> Iterator[dict[str, Any]]:
    """Of each kind of relation, how many other documents there are and how many statements say so, reports included."""
    documents, statements = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for rel, direction, other, n in summary.relations:
        documents[rel, direction] += bool(other)
        statements[rel, direction] += n
    for rel, direction in sorted(statements):
        n = statements[rel, direction]
        yield {"rel": rel, "direction": direction, "documents": documents[rel, direction], "count": n}


def told_apart(graph: Graph, match: Match) -> str:
    """How to call one of several documents of one number: label, issuer, date and identifier."""
    facts = _facts(_Reader(graph), match.iri)
    known = ", ".join(filter(None, (facts.issuer, facts.date)))
    return f"{match.label} ({known}) <{match.iri}>" if known else f"{match.label} <{match.iri}>"
