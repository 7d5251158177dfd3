"""What is in a graph, in numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kg.graph.store import Graph

__all__ = ["Stats", "stats"]


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of what is in a graph; each dictionary is ordered by count, the largest first."""

    sources: int
    provinces: int
    """Provinces that some source document reports for."""
    documents: int
    """Legal documents that are identified."""
    candidates: int
    """Citations that their own document does not identify."""
    resolved: int
    """Candidates that the rest of the corpus identifies."""
    mentions: int
    documents_by_type: dict[str, int]
    relations: dict[str, int]
    """Statements by kind: ``implements``, ``cites`` …"""
    tasks: dict[str, int]
    """Tasks by status."""
    findings: dict[str, int]
    """Findings by code."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return asdict(self)


_ONE = "SELECT (COUNT(DISTINCT ?x) AS ?n) { %s }"
# A law cited by its name alone may be one that has a number as well.
_DOCUMENT = "?x a kg:LegalDocument FILTER NOT EXISTS { ?x kg:resolvedTo ?known }"
_MANY = "SELECT ?key (COUNT(DISTINCT ?x) AS ?n) { %s } GROUP BY ?key ORDER BY DESC(?n) ?key"


def stats(graph: Graph) -> Stats:
    """Count what is in ``graph``."""

    def one(pattern: str) -> int:
        (row,) = graph.select(_ONE % pattern)
        return int(row["n"] or 0)

    def many(pattern: str) -> dict[str, int]:
        return {str(row["key"]): int(row["n"] or 0) for row in graph.select(_MANY % pattern)}

    return Stats(
        sources=one("?x a kg:Report"),
        provinces=one("?report kg:forProvince ?x"),
        documents=one(_DOCUMENT),
        candidates=one("?x a kg:CandidateDocument"),
        resolved=one("?x a kg:CandidateDocument ; kg:resolvedTo ?document"),
        mentions=one("?x a kg:Mention"),
        documents_by_type=many(
            f"{_DOCUMENT} ?x eli:type_document/skos:prefLabel ?label"
            " FILTER(LANG(?label) = 'vi') BIND(STR(?label) AS ?key)"
        ),
        relations=many("?x a kg:Statement ; rdf:predicate ?p BIND(REPLACE(STR(?p), '^.*#', '') AS ?key)"),
        tasks=many("?x a kg:Task ; kg:status ?s BIND(REPLACE(STR(?s), '^.*#', '') AS ?key)"),
        findings=many("?x a kg:Finding ; kg:code ?key"),
    )
