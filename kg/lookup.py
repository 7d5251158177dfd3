"""Any way of writing a citation -> the documents of the graph that it fits.

The wording is read as a citation is read in a text (`kg.citations`), with or without accents,
in Vietnamese or English; what is left over may add a year, a province or a body.  A document
fits exactly where everything that the wording says is true of it; what the wording leaves out
(the year of ``01/NQ-CP``, the province of ``01/QĐ-UBND``) is left open, so several may fit.
Where none does, the nearest are returned and marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg import bodies, citations
from kg.binding import fill
from kg.identity import Parts, identify, is_candidate, is_urn, parse_candidate, parse_urn
from kg.messages import say
from kg.slugs import slug
from kg.tables import doc_types
from kg.text import fold, normalize

if TYPE_CHECKING:
    from kg.store import Graph

__all__ = ["Candidate", "Match", "Wanted", "find", "is_citation", "lookup", "read_wording"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a wording says of a document, as slugs with ``.`` between words; None is not said."""

    type: str | None
    number: str
    """Slug of the number as far as it is given: ``60-2024-nd-cp``, ``60-2024``, ``01-qd-ubnd``; of the name of a law."""
    year: int | None
    province: str | None
    authority: str | None
    urn: str | None
    """The LEX URN, where the wording alone identifies the document."""
    start: int
    end: int
    """Where it stands in the normalized wording."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document of the graph: ``exact`` where nothing in the wording speaks against it, ``why`` in words."""

    iri: str
    label: str
    exact: bool
    score: float
    why: str
    mentions: int = 0


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
    """``rel``, ``direction`` (``in``: done to it), ``document`` (None for reports), ``label``, ``count``."""
    findings: tuple[dict[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return asdict(self)


# --- the wording -------------------------------------------------------------------------------------------

_TYPED = r"(?:(?P<type>{types})\.?\s+)?(?:(?:so|no)\b[\s.:]*)?"
_NUMBER = r"(?P<number>\d{1,5}(?:\.\d+)?[a-z]?(?:/(?:19|20)\d\d)?(?:[/-][a-z&][a-z0-9&]*(?:-[a-z0-9&]+)*)?)"
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
_WORD = re.compile(r"(?<!\w)\w")


@cache
def _loose() -> re.Pattern[str]:
    """A number after a type word or letters in any case, or a number with a year or a symbol alone."""
    words = {fold(name) for kind in doc_types() for name in (kind.name, *kind.aliases, *kind.english, *kind.abbr)}
    types = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(r"(?<![\w/.-])" + _TYPED.format(types=types) + _NUMBER + r"(?![\w/])")


@cache
def _types_by_word() -> dict[str, str]:
    """Folded word or letters of a type -> its slug, the earlier row where two share one."""
    found: dict[str, str] = {}
    for kind in doc_types():
        for name in (kind.name, *kind.aliases, *kind.english, *kind.abbr):
            found.setdefault(fold(name), slug(kind.name, "."))
    return found


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
    found = citations.find(text) or citations.find(_spelled(text))
    for index, citation in enumerate(found):
        until = found[index + 1].start if index + 1 < len(found) else len(text)
        identity = identify(
            citation.type, citation.number, citation.date, citation.issuer, name=citation.name
        )
        parts = parse_urn(identity.id) if identity.decided else parse_candidate(identity.id)
        rest = " " * citation.end + folded[citation.end : until]
        yield _wanted(parts, identity.urn, citation.start, citation.end, text, rest)
    if not found:
        yield from _read_loosely(text, folded)


def _spelled(text: str) -> str:
    """The wording with capitals at its words: names of laws are only read as names where they look like one."""
    return _WORD.sub(lambda m: m[0].upper(), text, count=1)


def _read_loosely(text: str, folded: str) -> Iterator[Wanted]:
    for match in _loose().finditer(folded):
        number, kind = match["number"], match["type"]
        if not kind and "/" not in number:
            continue
        type_ = _types_by_word().get(kind or "")
        written = next((k.name for k in doc_types() if slug(k.name, ".") == type_), None)
        identity = identify(written, number, None, None)
        parts = parse_urn(identity.id) if identity.decided else parse_candidate(identity.id)
        rest = " " * match.end() + folded[match.end() :]
        yield _wanted(parts, identity.urn, match.start(), match.end(), text, rest)


def _wanted(parts: Parts, urn: str | None, start: int, end: int, text: str, rest: str) -> Wanted:
    """Complete what the citation says by a year, a province or a body written behind it."""
    province, authority, year = parts.province, "+".join(parts.authority) or None, parts.year
    for word in re.finditer(r"(?<!\w)[a-z]", rest):
        if province is None and (place := bodies.province_at(rest, word.start())):
            province = slug(place[0], ".")
    if year is None and (written := _YEAR.search(rest)):
        year = int(written[0])
    return Wanted(parts.type, parts.number or "", year, province, authority, urn, start, end)


# --- the graph ---------------------------------------------------------------------------------------------

_D = "VALUES ?document { UNDEF }  # parameter document"
_EXISTS = f"""
SELECT ?class WHERE {{
  {_D}
  ?document a ?class .
}} LIMIT 1
"""
_SAME_RUNNING = """
SELECT DISTINCT ?document WHERE {
  VALUES ?needle { UNDEF }  # parameter needle
  VALUES ?class { kg:LegalDocument kg:CandidateDocument }
  ?document a ?class .
  FILTER(CONTAINS(STR(?document), ?needle))
}
"""
_RESOLVED = "SELECT DISTINCT ?document ?resolved WHERE { ?document kg:resolvedTo ?resolved }"
_LABEL = f"""
SELECT (MAX(STR(?name)) AS ?label) WHERE {{
  {_D}
  ?document rdfs:label ?name
}}
"""
_MENTIONS = f"""
SELECT (COUNT(DISTINCT ?mention) AS ?n) WHERE {{
  {_D}
  ?cited kg:resolvedTo? ?document .
  ?mention oa:hasBody ?cited
}}
"""
_NEAR = 5


def find(graph: Graph, wording: str) -> list[Match]:
    """Return the documents that ``wording`` fits, best first; the nearest where none fits exactly.

    The first document that the wording names counts.  An identifier (LEX URN or candidate) is
    taken as it stands; a wording that names no document gives an empty list.
    """
    if is_urn(wording) or is_candidate(wording):
        if not _about(graph, _EXISTS, wording):
            return []
        return [_match(graph, wording, True, 1.0, say("why.identifier"))]
    wanted = next(read_wording(wording), None)
    if wanted is None:
        return []
    if wanted.urn and _about(graph, _EXISTS, wanted.urn):
        return [_match(graph, wanted.urn, True, 1.0, say("why.same"))]
    iris = _same_running_number(graph, wanted)
    exact = [_match(graph, iri, True, *reason) for iri in iris if (reason := _fits(wanted, iri))]
    if exact:
        return sorted(exact, key=lambda m: (-m.score, -m.mentions, m.iri))
    near = sorted(((_likeness(wanted, iri), iri) for iri in iris), key=lambda pair: (-pair[0], pair[1]))
    return [
        _match(graph, iri, False, score, _difference(wanted, iri)) for score, iri in near[:_NEAR] if score > 0
    ]


def _about(graph: Graph, sparql: str, iri: str) -> list[dict[str, Any]]:
    return graph.select(fill(sparql, {"document": [(NamedNode(iri),)]}))


def _match(graph: Graph, iri: str, exact: bool, score: float, why: str) -> Match:
    label = _about(graph, _LABEL, iri)[0]["label"]
    mentions = _about(graph, _MENTIONS, iri)[0]["n"]
    return Match(iri, str(label or iri), exact, round(score, 3), why, int(mentions or 0))


def _same_running_number(graph: Graph, wanted: Wanted) -> list[str]:
    """Documents with the same running number or name, but not the candidates that were resolved to another one."""
    running = wanted.number.split("-", 1)[0]
    rows = graph.select(fill(_SAME_RUNNING, {"needle": [(Literal(f";{running}"),)]}))
    iris = [iri for row in rows if _parts(iri := str(row["document"])).number.split("-", 1)[0] == running]
    resolved = {str(row["document"]) for row in graph.select(_RESOLVED)} if iris else set()
    return [iri for iri in iris if iri not in resolved]


def _parts(iri: str) -> Parts:
    return parse_urn(iri) if is_urn(iri) else parse_candidate(iri)


def _fits(wanted: Wanted, iri: str) -> tuple[float, str] | None:
    """How well a document fits and why, None where something in the wording is not true of it."""
    parts = _parts(iri)
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
    if not is_urn(iri):
        return 0.5, say("why.candidate")
    if not wanted.year and parts.year:
        return 0.8, say("why.year-open", year=parts.year)
    return 0.9, say("why.fits")


def _likeness(wanted: Wanted, iri: str) -> float:
    """Between 0 and 1: how much of what the wording says is true of the document."""
    parts = _parts(iri)
    number = SequenceMatcher(None, wanted.number, parts.number or "").ratio()
    facts = [
        (wanted.type, parts.type),
        (wanted.year, parts.year),
        (wanted.province, parts.province),
        (wanted.authority, "+".join(parts.authority) or None),
    ]
    said = [float(a == b) for a, b in facts if a]
    return (2 * number + sum(said)) / (2 + len(said))


def _difference(wanted: Wanted, iri: str) -> str:
    parts = _parts(iri)
    differs = [
        say(f"part.{name}")
        for name, a, b in (
            ("type", wanted.type, parts.type),
            ("year", wanted.year, parts.year),
            ("province", wanted.province, parts.province),
            ("issuer", wanted.authority, "+".join(parts.authority)),
            ("number", wanted.number, parts.number),
        )
        if a and a != b
    ]
    return say("why.near", differs=", ".join(differs))


# --- what is known of a document ----------------------------------------------------------------------------

_FACTS = f"""
SELECT (MAX(STR(?t)) AS ?type) (MAX(?n) AS ?number) (MAX(STR(?d)) AS ?date) (MAX(STR(?i)) AS ?issuer)
       (MAX(STR(?s)) AS ?title) WHERE {{
  {_D}
  GRAPH ?g {{
    ?document a ?class .
    OPTIONAL {{ ?document eli:type_document/skos:prefLabel ?t }}
    OPTIONAL {{ ?document eli:id_local ?n }}
    OPTIONAL {{ ?document eli:date_document|kg:year ?d }}
    OPTIONAL {{ ?document eli:passed_by/rdfs:label ?i }}
    OPTIONAL {{ ?document dcterms:title ?s }}
  }}
}}
"""
_IMPLEMENTED_BY = f"""
SELECT DISTINCT ?province WHERE {{
  {_D}
  ?cited kg:resolvedTo? ?document .
  GRAPH ?report {{ ?statement rdf:object ?cited ; rdf:predicate eli:implements ; rdf:subject ?subject }}
  {{
    GRAPH ?report {{ ?subject kg:forProvince|(eli:passed_by/kg:inProvince) ?place }}
  }} UNION {{
    ?subject kg:resolvedTo ?issued .
    GRAPH ?elsewhere {{ ?issued eli:passed_by/kg:inProvince ?place }}
  }}
  GRAPH <https://w3id.org/vn-legal-kg/graph/reference> {{ ?place rdfs:label ?province }}
}} ORDER BY ?province
"""
_RELATIONS = f"""
SELECT ?rel ?direction ?other (MAX(STR(?name)) AS ?label) (COUNT(DISTINCT ?statement) AS ?count) WHERE {{
  {_D}
  ?cited kg:resolvedTo? ?document .
  {{
    GRAPH ?report {{ ?statement rdf:object ?cited ; rdf:predicate ?predicate ; rdf:subject ?doer }}
    BIND("in" AS ?direction)
  }} UNION {{
    GRAPH ?report {{ ?statement rdf:subject ?cited ; rdf:predicate ?predicate ; rdf:object ?doer }}
    BIND("out" AS ?direction)
  }}
  GRAPH ?report {{
    OPTIONAL {{ ?doer a ?class . FILTER(?class = kg:Report) }}
    OPTIONAL {{ ?doer rdfs:label ?name }}
  }}
  OPTIONAL {{ ?doer kg:resolvedTo ?resolved }}
  BIND(IF(BOUND(?class), ?none, COALESCE(?resolved, ?doer)) AS ?other)
  BIND(REPLACE(STR(?predicate), "^.*[#/]", "") AS ?rel)
}}
GROUP BY ?rel ?direction ?other
ORDER BY ?direction ?rel DESC(?count) ?other
"""
_FINDINGS = f"""
SELECT DISTINCT ?code ?severity ?message ?suggests ?report WHERE {{
  {_D}
  ?cited kg:resolvedTo? ?document .
  {{ ?finding kg:about ?cited }} UNION {{ ?finding kg:suggests ?cited }}
  ?finding a kg:Finding ; kg:code ?code .
  OPTIONAL {{ ?finding kg:severity ?severityTerm }}
  BIND(REPLACE(STR(?severityTerm), "^.*[#/]", "") AS ?severity)
  OPTIONAL {{ ?finding rdfs:comment ?message }}
  OPTIONAL {{ ?finding kg:suggests ?suggests }}
  OPTIONAL {{ ?finding oa:hasSource ?report }}
}} ORDER BY ?code ?report ?message
"""


def lookup(graph: Graph, citation: str, limit: int = 10) -> list[Candidate]:
    """Resolve any way of writing a citation; at most ``limit`` candidates, best first, with what is known of each."""
    return [_describe(graph, match) for match in find(graph, citation)[:limit]]


def _describe(graph: Graph, match: Match) -> Candidate:
    facts = _about(graph, _FACTS, match.iri)[0]
    relations = _about(graph, _RELATIONS, match.iri)
    return Candidate(
        urn=match.iri,
        type=_text(facts["type"]),
        number=_text(facts["number"]),
        date=_text(facts["date"]),
        issuer=_text(facts["issuer"]),
        label=match.label,
        title=_text(facts["title"]),
        exact=match.exact,
        score=match.score,
        why=match.why,
        mentions=match.mentions,
        implemented_by=tuple(_texts(_about(graph, _IMPLEMENTED_BY, match.iri), "province")),
        relations=tuple(
            {
                "rel": row["rel"],
                "direction": row["direction"],
                "document": row["other"],
                "label": row["label"] if row["other"] else None,
                "count": row["count"],
            }
            for row in relations
        ),
        findings=tuple(_about(graph, _FINDINGS, match.iri)),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(rows: Iterable[dict[str, Any]], column: str) -> Iterator[str]:
    return (str(row[column]) for row in rows)
