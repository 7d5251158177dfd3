"""Lint of the citations of one document: what its reader, or the one who signs it, should look at.

To the findings of the extraction (impossible dates, damaged numbers, contradictions of year, type and term; codes in
``ontology/findings.tsv``) this adds what only a writer can mend:

=================  ========  ===============================================================================
missing-date       warning   first citation without date; Nghị định 30/2020/NĐ-CP, Phụ lục I, asks for it
                   (info)    where the number has its year
unknown-issuer     warning   the letters of the symbol belong to no known body
date-differs       warning   the graph knows the document under another date
replaced           warning   by the graph, another document replaces or repeals it
not-in-force       warning   by the register in the graph, the document is not in force
near-match         info      the graph has no such document, but one that is written almost so
several-fit        info      the citation fits several documents of the graph
=================  ========  ===============================================================================

The last five are found only with a graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.entities.dates import shown
from kg.messages import say
from kg.model import Extraction, Finding, Mention, Severity

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["check"]

_SLIPS = frozenset({"impossible-date", "impossible-year"})
_YEAR_IN_NUMBER = re.compile(r"[/-](?:19|20)\d\d(?!\d)")


def check(extraction: Extraction, graph: Graph | None = None) -> list[Finding]:
    """Return the findings of one document in the order of the text; offsets count its code points.

    ``extraction`` comes from `kg.extract`; ``graph`` adds what the rest of the corpus knows.
    """
    found = [*extraction.findings, *_dates(extraction), *_issuers(extraction)]
    if graph is not None:
        found += _against(graph, extraction)
    return sorted(found, key=lambda f: (f.start, f.end, f.code, f.message))


def _finding(
    code: str, severity: Severity, mention: Mention, suggestion: str | None = None, /, **values: object
) -> Finding:
    message = say(f"check.{code}", cited=" ".join(mention.text.split()), **values)
    return Finding(code, severity, mention.start, mention.end, message, suggestion, (mention.id,))


def _key(mention: Mention) -> tuple[str | None, ...]:
    return (mention.urn,) if mention.urn else (mention.type, mention.number, mention.issuer)


def _dates(extraction: Extraction) -> Iterator[Finding]:
    """First citations without a date."""
    # A later citation often leaves the issuer out, so type and number alone tell what was cited before.
    dated = {(m.type, m.number) for m in extraction.mentions if m.date}
    slipped = {ident for f in extraction.findings if f.code in _SLIPS for ident in f.mentions}
    seen: set[tuple[str | None, str | None]] = set()
    for mention in extraction.mentions:
        cited = (mention.type, mention.number)
        first = cited not in seen
        seen.add(cited)
        if mention.named or not mention.number:
            continue
        if first and cited not in dated and not mention.date and mention.id not in slipped:
            told = _YEAR_IN_NUMBER.search(mention.number)
            yield _finding("missing-date", Severity.INFO if told else Severity.WARNING, mention)


def _issuers(extraction: Extraction) -> Iterator[Finding]:
    for mention in extraction.mentions:
        if mention.number and re.search(r"[A-ZĐ]{2}", mention.number) and not mention.issuer:
            yield _finding("unknown-issuer", Severity.WARNING, mention, number=mention.number)


# --- against the graph -------------------------------------------------------------------------------------

_KNOWN = """
SELECT ?date ?by ?byName ?ended WHERE {
  VALUES ?document { UNDEF }  # parameter document
  { ?document eli:date_document ?date } UNION { ?by kg:replaces|eli:repeals ?document . ?by rdfs:label ?byName }
  UNION { ?document eli:in_force eli:InForce-notInForce . BIND(true AS ?ended) }
}
"""


def _against(graph: Graph, extraction: Extraction) -> Iterator[Finding]:
    """What the graph knows otherwise; each document once, at its first citation."""
    seen: set[tuple[str | None, ...]] = set()
    for mention in extraction.mentions:
        if _key(mention) not in seen:
            seen.add(_key(mention))
            yield from _known(graph, mention) if mention.urn else _open(graph, mention)


def _known(graph: Graph, mention: Mention) -> Iterator[Finding]:
    from pyoxigraph import NamedNode

    from kg.graph.binding import fill

    rows: list[dict[str, Any]] = graph.select(fill(_KNOWN, {"document": [(NamedNode(mention.urn or ""),)]}))
    dates = sorted({str(row["date"]) for row in rows if row["date"]})
    if mention.date and dates and not any(d.startswith(mention.date) or mention.date.startswith(d) for d in dates):
        told = "; ".join(map(shown, dates))
        yield _finding(
            "date-differs", Severity.WARNING, mention, "; ".join(dates), date=shown(mention.date), known=told
        )
    for by, name in sorted({(str(row["by"]), str(row["byName"])) for row in rows if row["by"]}):
        if by != mention.urn:
            yield _finding("replaced", Severity.WARNING, mention, by, by=name)
    if any(row["ended"] for row in rows):
        yield _finding("not-in-force", Severity.WARNING, mention)
    # A law of another number is another law, which its name tells.
    if not rows and not (mention.name and mention.number):
        yield from _near(graph, mention)


def _near(graph: Graph, mention: Mention) -> Iterator[Finding]:
    """A document that is written almost so, of the same issuer and year."""
    from kg.answers.lookup import find

    near = [match for match in find(graph, " ".join(mention.text.split())) if not match.exact and match.score > 0.9]
    if near:
        yield _finding("near-match", Severity.INFO, mention, near[0].iri, near=near[0].label)


def _open(graph: Graph, mention: Mention) -> Iterator[Finding]:
    """A citation that does not identify its document: which documents of the graph it fits."""
    from kg.answers.lookup import find

    wording = " ".join(mention.text.split())
    fits = [match for match in find(graph, wording) if match.exact and match.iri.startswith("urn:")]
    if len(fits) > 1:
        names = ", ".join(match.iri for match in fits[:5])
        yield _finding("several-fit", Severity.INFO, mention, names, count=len(fits))
