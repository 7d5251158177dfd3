"""What source documents say, as tables: one row a citation, a relation, a task, a finding, a document.

The tables are those of ``kg export --format parquet`` and of a build on Spark, made of the same
triples by the same function, so both have the same columns.  Every row has ``source``, the IRI of
the source document, and ``id`` where it is a node of that document's graph (``…#m12``).  Bodies,
provinces and types are given by their names; documents by their IRI, a LEX URN or a candidate;
statuses and relations by their local names (``done``, ``implements``).

==============  ===================================================  =========================================
table           a row is                                             beside the columns of `TABLES`
==============  ===================================================  =========================================
sources         a source document                                    ``source`` alone is its key
documents       a legal document as one source describes it          ``id`` is its URN or candidate
mentions        a citation                                           quote, offsets, headings, page
relations       a statement of one document about another            the clause that says so
tasks           a piece of work with its units and documents         the passage
findings        what a person should look at                         the passage
resolutions     a candidate and the document that it is              from the second pass
==============  ===================================================  =========================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.ontology.vocabulary import PREDICATES, term

__all__ = ["TABLES", "Column", "Kind", "Rows", "resolutions", "rows"]


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    TEXTS = "texts"
    """A list, in order of its values."""
    JOINED = "joined"
    """A text; of several values all, in their order, with ``; `` between them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, the term that its values come from; ``shown`` by name (``n``), by local name (``l``) or as it is."""

    name: str
    term: str
    kind: Kind = Kind.TEXT
    shown: str = ""


_PLACE: Final = (
    Column("quote", "oa:exact"),
    Column("start", "oa:start", Kind.INTEGER),
    Column("end", "oa:end", Kind.INTEGER),
    Column("section", "kg:section"),
    Column("page", "kg:page", Kind.INTEGER),
)
_SAID: Final = (Column("status", "kg:status", shown="l"), Column("confidence", "kg:confidence", Kind.NUMBER))
_LEGAL: Final = (
    Column("type", "eli:type_document", shown="n"),
    Column("number", "eli:id_local"),
    Column("date", "eli:date_document"),
    Column("issuer", "eli:passed_by", Kind.JOINED, "n"),
)

TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "sources": (
        Column("path", "dcterms:source"),
        Column("media_type", "dcterms:format"),
        Column("sha256", "kg:sha256"),
        Column("extractor", "kg:extractor"),
        Column("title", "dcterms:title"),
        *_LEGAL,
        Column("province", "kg:forProvince", shown="n"),
        Column("period", "kg:period"),
        Column("document", "eli:realizes"),
    ),
    "documents": (
        Column("class", "rdf:type", shown="l"),
        Column("label", "rdfs:label"),
        *_LEGAL,
        Column("year", "kg:year"),
        Column("title", "dcterms:title"),
        Column("same_as", "owl:sameAs", Kind.TEXTS),
    ),
    "mentions": (
        Column("document", "oa:hasBody"),
        *_PLACE,
        *_SAID,
        Column("cited_as", "kg:citedAs"),
        Column("cited_date", "kg:citedDate"),
        Column("intended", "kg:intended"),
        Column("pinpoint", "kg:pinpoint"),
    ),
    "relations": (
        Column("subject", "rdf:subject"),
        Column("relation", "rdf:predicate", shown="l"),
        Column("object", "rdf:object"),
        Column("mention", "kg:mention"),
        *_PLACE,
        *_SAID,
        Column("trigger", "kg:trigger"),
    ),
    "tasks": (
        *_PLACE,
        Column("status", "kg:status", shown="l"),
        Column("deadline", "kg:deadline"),
        Column("assignees", "kg:assignedTo", Kind.TEXTS, "n"),
        Column("documents", "kg:mentions", Kind.TEXTS),
        Column("implements", "eli:implements", Kind.TEXTS),
    ),
    "findings": (
        Column("code", "kg:code"),
        Column("severity", "kg:severity", shown="l"),
        Column("message", "rdfs:comment"),
        Column("confidence", "kg:confidence", Kind.NUMBER),
        *_PLACE,
        Column("about", "kg:about", Kind.TEXTS),
        Column("mentions", "kg:mention", Kind.TEXTS),
        Column("suggests", "kg:suggests", Kind.TEXTS),
        Column("suggestion", "kg:suggestion"),
    ),
    "resolutions": (
        Column("document", "kg:resolvedTo"),
        Column("confidence", "kg:confidence", Kind.NUMBER),
        Column("reason", "kg:reason"),
    ),
}
"""Each table and its columns beside ``source`` and ``id``."""

Rows = dict[str, list[dict[str, Any]]]
"""Table -> its rows."""

_CLASSES: Final = {
    term("kg:LegalDocument").value: "documents",
    term("kg:CandidateDocument").value: "documents",
    term("kg:Mention").value: "mentions",
    term("kg:Statement").value: "relations",
    term("kg:Task").value: "tasks",
    term("kg:Finding").value: "findings",
}
_A, _SOURCE = term("rdf:type"), term("oa:hasSource")
_NAMES: Final = (term("rdfs:label"), term("skos:prefLabel"))
_RELATIONS: Final = {predicate.value: rel.value for rel, predicate in PREDICATES.items()}

_Node = dict[NamedNode, list[NamedNode | Literal]]


def rows(source: str, said: Iterable[Quad | Triple]) -> Rows:
    """Return the rows of one named graph.

    ``source`` is its IRI.  In the graph of a source document every row is of that source; in one
    that has many sources (corpus-wide findings) a row's source is the one that its node names.
    """
    nodes = _nodes(said)
    found: Rows = {name: [] for name in TABLES if name != "resolutions"}
    if own := nodes.get(source):
        found["sources"].append({"source": source, **_cells("sources", own, nodes)})
    for iri, node in sorted(nodes.items()):
        tables = {_CLASSES[kind.value] for kind in node.get(_A, ()) if kind.value in _CLASSES}
        for table in tables:
            sources = [value.value for value in node.get(_SOURCE, ())]
            found[table].append({"source": sources[0] if sources else source, "id": iri, **_cells(table, node, nodes)})
    return found


def resolutions(said: Iterable[Quad | Triple]) -> list[dict[str, Any]]:
    """Return the rows of the graph of links from candidates to documents."""
    nodes = _nodes(said)
    return [{"id": iri, **_cells("resolutions", node, nodes)} for iri, node in sorted(nodes.items())]


def _nodes(said: Iterable[Quad | Triple]) -> dict[str, _Node]:
    nodes: defaultdict[str, defaultdict[NamedNode, list[NamedNode | Literal]]]
    nodes = defaultdict(lambda: defaultdict(list))
    for statement in said:
        subject, value = statement.subject, statement.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            nodes[subject.value][statement.predicate].append(value)
    return dict(nodes)


def _cells(table: str, node: _Node, nodes: Mapping[str, _Node]) -> dict[str, Any]:
    return {column.name: _cell(column, node.get(term(column.term), []), nodes) for column in TABLES[table]}


def _cell(column: Column, values: list[NamedNode | Literal], nodes: Mapping[str, _Node]) -> Any:
    shown = sorted(_shown(value, column.shown, nodes) for value in values)
    if column.kind is Kind.TEXTS:
        return shown
    if not shown:
        return None
    if column.kind is Kind.JOINED:
        return "; ".join(shown)
    # Of several the least: the same graph gives the same table.
    first = shown[0]
    return int(first) if column.kind is Kind.INTEGER else float(first) if column.kind is Kind.NUMBER else first


def _shown(value: NamedNode | Literal, shown: str, nodes: Mapping[str, _Node]) -> str:
    if not shown or isinstance(value, Literal):
        return value.value
    if shown == "n":
        node = nodes.get(value.value, {})
        names = sorted(name.value for predicate in _NAMES for name in node.get(predicate, ()))
        return names[0] if names else value.value
    return _RELATIONS.get(value.value) or value.value.replace("#", "/").rsplit("/", 1)[-1]
