"""How surely a citation that leaves something out is a document that the corpus knows, and by what evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.documents.assembly import in_term, term_of_number
from kg.documents.namesakes import namesakes
from kg.documents.urn import Parts
from kg.documents.variants import similar, split_number
from kg.graph.facts import Described, Teller
from kg.ontology.tables import bodies

__all__ = ["Match", "agrees", "decided", "laws", "score", "term_fits", "two_laws"]

_SURE: Final = 0.6
"""From this confidence on a candidate is linked."""
_AHEAD: Final = 0.15
"""By how much the best of several must be better than the next."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document that a citation may be, how surely, and the reason: a code of ``ontology/findings.tsv``."""

    document: Described
    confidence: float
    reason: str


def decided(matches: list[Match]) -> bool:
    """Whether the best of the matches, one at least, is sure enough and far enough ahead of the next."""
    best, *others = matches
    return best.confidence >= _SURE and (not others or best.confidence - others[0].confidence >= _AHEAD)


def agrees(candidate: Parts, document: Parts) -> bool:
    """Whether all that a candidate tells is so of a document."""
    one, two = split_number(candidate.number), split_number(document.number)
    if one and two:
        numbers = one[0] == two[0] and (not one[2] or one[2] == two[2])
        # A short form may leave out the year; a number with its symbol says whether it has one.
        numbers = numbers and (one[1] == two[1] if one[2] or one[1] else True)
    else:
        numbers = candidate.number == document.number or not one
    return (
        numbers
        and (not candidate.type or candidate.type in (document.type, "van.ban"))
        and (not candidate.authority or candidate.authority == document.authority)
        and (len(candidate.jurisdiction) == 1 or candidate.jurisdiction == document.jurisdiction)
        and (not candidate.period or candidate.period[:4] == str(document.year))
    )


def score(candidate: Described, document: Described, source_iri: str, source: Teller, *, alone: bool) -> Match:
    """How surely a candidate is a document, and the evidence that says so."""
    alike = similar(candidate.titles, document.titles)
    if source_iri in document.sources:
        return Match(document, 0.95 if alone or (alike or 0) >= 0.6 else 0.7, "resolved-same-source")
    confidence, reason = 0.45, "resolved-only-one"
    if alike is not None:
        confidence += 0.4 if alike >= 0.6 else -0.3
        reason = "resolved-subject" if alike >= 0.6 else reason
    if candidate.parts.period:
        confidence += 0.3  # the year is told, something else is missing
    elif source.year and document.parts.year:
        confidence += _by_age(document.parts, source.year - document.parts.year)
    if not candidate.parts.province and document.parts.province and document.parts.province == source.province:
        confidence, reason = confidence + 0.15, "resolved-province"
    split = split_number(document.parts.number)
    if split and len(re.sub(r"\D", "", split[0])) >= 3:
        confidence += 0.1  # few series run that far, and fewer of them are cited
    return Match(document, round(min(confidence, 0.9), 2), reason)


def _by_age(parts: Parts, years: int) -> float:
    """What the age of a document adds: a number of the State is mostly cited in its own year.

    A Party number runs through a term of five years and its resolutions are cited for a decade.
    """
    if _of_party(parts):
        return 0.25 if years <= 10 else 0.0
    return 0.2 if years == 0 else 0.05 if years == 1 else -0.1


def _of_party(parts: Parts) -> bool:
    letters = (split_number(parts.number) or ("", None, ""))[2].split("-")
    return bool(_PARTY & set(letters[1:]))


_PARTY: Final = frozenset(b.abbr.lower().replace("đ", "d") for b in bodies() if b.kind == "Party body")


def two_laws(law: Described, claims: list[Described]) -> bool:
    """Whether a law by name is of several days, and each of these that of another number: two laws of one name."""
    return len({frozenset(law.days() & document.days()) for document in claims} - {frozenset()}) > 1


def laws(
    cited: Parts, possible: list[Described], told: Mapping[str, int], source_iri: str, year: int | None
) -> list[Match]:
    """A law cited by name alone: the one the source also cites with its year, else the latest before it.

    ``told`` is how many sources cite each of the possible ones.  Of two laws of one name and year, of which no day is
    told, it is neither.
    """
    here = [d for d in possible if source_iri in d.sources]
    if len(here) == 1:
        return [Match(here[0], 0.95, "resolved-same-source")]
    known = [d for d in possible if term_fits(d.parts)]
    often = max((told[d.id] for d in known), default=0)
    # Beside a law that many cite, one that a single source cites is a mistyped year.
    known = [d for d in known if told[d.id] > 1 or often < 4]
    ranked = sorted(known, key=lambda d: (d.parts.year or 0, max(d.days(), default=""), d.id), reverse=True)
    if cited.year and namesakes(f"{cited.type}.{cited.number}", str(cited.year)):
        return [Match(d, 0.5, "resolved-law") for d in ranked]
    if len(ranked) == 1:
        return [Match(ranked[0], 0.75, "resolved-only-one")]
    # A new law is in force some months after its date, so one of the report's own year decides nothing.
    confidence = 0.65 if ranked and year and (ranked[0].parts.year or 0) < year else 0.4
    rest = [Match(d, 0.3, "resolved-law") for d in ranked[1:]]
    return [*(Match(d, confidence, "resolved-law") for d in ranked[:1]), *rest]


def term_fits(parts: Parts) -> bool:
    """Whether the year of a number of the National Assembly is one of the term that it ends with."""
    term = term_of_number(parts.number or "")
    return term is None or in_term(term, str(parts.year))
