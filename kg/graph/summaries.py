"""What all sources say of a document, counted by the second pass: how often it is cited, by which
provinces it is carried out, what it does to others and they to it.

A document of the State is cited by hundreds of reports, and who looks it up must not read them
all.  So its summary is one literal in the graph, `kg:summary`, a JSON object::

    {"mentions": 6, "places": ["ca-mau", "hau-giang"], "title": "về phát triển và quản lý chợ",
     "relations": [["cites", "in", "", 1], ["implements", "in", "urn:lex:vn;hau.giang:…", 2]]}

``places`` are the ends of the provinces' IRIs; a relation is its kind, its direction (``in``: done to
this document), the other document (reports are not told apart: an empty string) and how many
statements say so.  Names are not kept here, since each of them would have to follow its document.

Where sources give a document dates that exclude each other, or a day only where they cite it in another way, that
which questions show is given as well (``kg:settledDate``, `kg.documents.settled`).

A law is given its name besides (``rdfs:label "Luật Đất đai 31/2024/QH15"``), since a source may cite it by its
number alone; of a document's labels every question shows the greatest, which is that one.

`renew` writes the summaries of the documents that `kg.graph.facts` knows as stale, from its tables;
`summaries` reads them.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.documents.called import amending, named_law, usual_title
from kg.documents.settled import Dated, settled
from kg.documents.urn import CANDIDATE, is_candidate, is_urn, parts_of
from kg.graph.binding import fill
from kg.graph.terms import date_literal
from kg.ontology.vocabulary import PLACE, REGISTRY, term

if TYPE_CHECKING:
    import sqlite3

    from kg.graph.store import Graph

__all__ = [
    "Relation",
    "Summary",
    "about",
    "counted",
    "mentions",
    "read",
    "renew",
    "summaries",
    "triples",
]

Relation = tuple[str, str, str, int]
"""Kind, direction, other document or an empty string, how many statements."""

_SUMMARY, _LABEL, _SETTLED_DATE = term("kg:summary"), term("rdfs:label"), term("kg:settledDate")
_TOGETHER: Final = 1000
"""Documents that are summed up at once."""
_TABLES: Final = (
    "renewed (iri TEXT PRIMARY KEY)",
    "due (iri TEXT PRIMARY KEY)",
    "part (cited TEXT PRIMARY KEY, document TEXT)",
)
# CROSS JOIN: the few documents that are due come first, whatever SQLite thinks of tables without statistics.
# A candidate that was resolved has no summary of its own: what is said of it is said of its document.
_PARTS: Final = """
INSERT INTO part SELECT iri, iri FROM due WHERE iri NOT IN (SELECT candidate FROM resolved)
    UNION SELECT candidate, document FROM due CROSS JOIN resolved ON due.iri = document
"""
_MENTIONS_KEPT: Final = "SELECT document, sum(mentions) FROM part CROSS JOIN doc ON doc.iri = cited GROUP BY 1"
_TITLES_KEPT: Final = "SELECT iri, title, count(*) FROM due CROSS JOIN title USING (iri) GROUP BY 1, 2"
_DATES_KEPT: Final = f"""
SELECT document, date.day, count(*), sum(told), max(own), max(teller.iri = '{REGISTRY.value}'), max(cited = document)
FROM part CROSS JOIN date ON date.iri = cited CROSS JOIN teller ON teller.id = date.teller GROUP BY 1, 2 ORDER BY 1, 2
"""
_LABELS_KEPT: Final = "SELECT iri, max(label) FROM due CROSS JOIN doc USING (iri) GROUP BY 1"
# Laws that sources call by the name of an older one, and at least as many say that they amend it.
_AMENDING_KEPT: Final = """
SELECT alias.iri FROM due CROSS JOIN alias USING (iri) CROSS JOIN link ON subject = alias.iri AND rel = 'amends'
WHERE object <> alias.iri AND object IN (
    SELECT iri FROM alias AS same WHERE same.key = alias.key
    UNION SELECT iri FROM doc AS same WHERE same.key = alias.key)
GROUP BY alias.iri, alias.key HAVING count(DISTINCT link.teller) >= count(DISTINCT alias.teller)
"""
_AMENDS: Final = "sửa đổi, bổ sung"
_RELATIONS_KEPT: Final = f"""
SELECT document, rel, direction,
       CASE WHEN other GLOB 'urn:lex:*' OR other GLOB '{CANDIDATE}*' THEN other ELSE '' END, sum(told)
FROM (SELECT part.document, rel, 'in' AS direction, coalesce(known.document, subject) AS other, told
      FROM part CROSS JOIN link ON object = cited LEFT JOIN resolved AS known ON known.candidate = subject
      UNION ALL SELECT part.document, rel, 'out', coalesce(known.document, object), told
      FROM part CROSS JOIN link ON subject = cited LEFT JOIN resolved AS known ON known.candidate = object)
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
# The rule of provinces-implementing.rq: the province of the report that does it, or of the body whose document does.
_PLACES_KEPT: Final = """
SELECT document, place FROM part CROSS JOIN link ON object = cited AND rel = 'implements'
    CROSS JOIN place ON place.iri = subject
UNION
SELECT part.document, place FROM part CROSS JOIN link ON object = cited AND rel = 'implements'
    CROSS JOIN resolved ON resolved.candidate = subject CROSS JOIN place ON place.iri = resolved.document
ORDER BY 1, 2
"""


@dataclass(slots=True)
class Summary:
    """What all sources say of one document."""

    mentions: int = 0
    places: list[str] = field(default_factory=list)
    """IRIs of the provinces that carry it out."""
    title: str | None = None
    relations: list[Relation] = field(default_factory=list)

    def text(self) -> str:
        """The literal of the graph."""
        told: dict[str, Any] = {"mentions": self.mentions}
        if self.places:
            told["places"] = [iri.removeprefix(PLACE) for iri in self.places]
        if self.title:
            told["title"] = self.title
        if self.relations:
            told["relations"] = self.relations
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Summary:
    """Return the summary that a literal of the graph holds.

    >>> read('{"mentions":2,"places":["ca-mau"],"relations":[["cites","in","",1]]}').relations
    [('cites', 'in', '', 1)]
    """
    told = json.loads(text)
    return Summary(
        told["mentions"],
        [PLACE + name for name in told.get("places", ())],
        told.get("title"),
        [(rel, direction, other, count) for rel, direction, other, count in told.get("relations", ())],
    )


def renew(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Sum up the stale documents anew; yield the N-Triples of each that differs, as it was and as it is."""
    for table in _TABLES:
        db.execute(f"CREATE TEMP TABLE {table} WITHOUT ROWID")
    db.execute(
        "INSERT INTO renewed SELECT iri FROM stale UNION"
        " SELECT document FROM stale CROSS JOIN resolved ON candidate = stale.iri"
    )
    for iris in _pages(db):
        db.execute("DELETE FROM due")
        db.execute("DELETE FROM part")
        db.executemany("INSERT INTO due VALUES (?)", ((iri,) for iri in iris))
        db.execute(_PARTS)
        known = dict(db.execute("SELECT iri, triples FROM due CROSS JOIN summary USING (iri)").fetchall())
        labels = dict(db.execute(_LABELS_KEPT).fetchall())
        others = {iri for (iri,) in db.execute(_AMENDING_KEPT)}
        days = _dates(db)
        found = {
            iri: _written(iri, summary, labels.get(iri, ""), days.get(iri), amends=iri in others)
            for iri, summary in _summed_up(db).items()
        }
        for iri in iris:
            before, after = known.get(iri, ""), found.get(iri, "")
            if before != after:
                db.execute("DELETE FROM summary WHERE iri = ?", (iri,))
                if after:
                    db.execute("INSERT INTO summary VALUES (?, ?)", (iri, after))
                yield before, after
    db.execute("DELETE FROM stale")
    for table in _TABLES:
        db.execute(f"DROP TABLE temp.{table.split()[0]}")


def _pages(db: sqlite3.Connection) -> Iterator[list[str]]:
    last = ""
    while rows := db.execute(
        "SELECT iri FROM renewed WHERE iri > ? ORDER BY iri LIMIT ?", (last, _TOGETHER)
    ).fetchall():
        yield [iri for (iri,) in rows]
        last = rows[-1][0]


def _summed_up(db: sqlite3.Connection) -> dict[str, Summary]:
    found = {iri: Summary(mentions) for iri, mentions in db.execute(_MENTIONS_KEPT)}
    titles: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for iri, title, count in db.execute(_TITLES_KEPT):
        titles[iri].append((title, count))
    for iri, told in titles.items():
        if iri in found:
            found[iri].title = usual_title(told)
    for iri, rel, direction, other, count in db.execute(_RELATIONS_KEPT):
        found[iri].relations.append((rel, direction, other, count))
    for iri, place in db.execute(_PLACES_KEPT):
        found[iri].places.append(place)
    return found


def _dates(db: sqlite3.Connection) -> dict[str, str]:
    """Documents of which the sources give dates that exclude each other -> the one to show.

    Also those that get a day only where they are cited in another way: a law by its name.
    """
    told: defaultdict[str, list[Dated]] = defaultdict(list)
    alone: defaultdict[str, list[str]] = defaultdict(list)
    for iri, day, sources, mentions, own, registered, itself in db.execute(_DATES_KEPT):
        told[iri].append(Dated(day, sources, mentions, bool(own), bool(registered)))
        if itself:
            alone[iri].append(day)
    found = {}
    for iri, days in told.items():
        finest = max((one.day for one in days), key=len)
        known = max(map(len, alone[iri]), default=len("2024"))  # the year stands in the identifier
        if day := settled(days, parts_of(iri).year) or (finest if len(finest) > known else None):
            found[iri] = day
    return found


def _written(iri: str, summary: Summary, label: str, day: str | None, *, amends: bool) -> str:
    """The N-Triples of a summary, of the date to show and of the name of a law.

    The name may say that the law ``amends`` the law so called.
    """
    title = summary.title
    if amends and title and not amending(title):
        title = f"{_AMENDS} {title}"
    name = named_law(label, title)
    if name and name < label:  # a code that others call a law: "bộ luật Lao động" behind "Luật 45/2019/QH14"
        name = name[:1].lower() + name[1:]
    told = [(_SUMMARY, Literal(summary.text())), *([(_LABEL, Literal(name, language="vi"))] if name else [])]
    if shown := date_literal(day) if day else None:
        told.append((_SETTLED_DATE, shown))
    return "".join(f"{Triple(NamedNode(iri), predicate, value)} .\n" for predicate, value in told)


def triples(db: sqlite3.Connection) -> Iterator[str]:
    """The N-Triples of all summaries."""
    for (text,) in db.execute("SELECT triples FROM summary"):
        yield text


# --- the same without the tables, for a graph that the second pass has not been over

_D: Final = "VALUES ?document { UNDEF }  # parameter document"
_MENTIONS: Final = f"""
SELECT ?document (COUNT(DISTINCT ?mention) AS ?n) WHERE {{
  {_D}
  ?cited kg:resolvedTo? ?document .
  ?mention oa:hasBody ?cited
}} GROUP BY ?document
"""
_TITLES: Final = f"""
SELECT ?document ?title (COUNT(DISTINCT ?source) AS ?n) WHERE {{
  {_D}
  GRAPH ?source {{ ?document dcterms:title ?title }}
}} GROUP BY ?document ?title
"""
# The rule of provinces-implementing.rq.
_PLACES: Final = f"""
SELECT DISTINCT ?document ?place WHERE {{
  {_D}
  ?cited kg:resolvedTo? ?document .
  ?statement rdf:object ?cited ; rdf:predicate eli:implements ; rdf:subject ?subject .
  {{ ?subject kg:forProvince ?place }}
  UNION {{ ?subject eli:passed_by/kg:inProvince ?place }}
  UNION {{ ?subject kg:resolvedTo/eli:passed_by/kg:inProvince ?place }}
}} ORDER BY ?document ?place
"""
_STATEMENTS: Final = f"""
SELECT ?document ?predicate ?direction ?other (COUNT(DISTINCT ?statement) AS ?n) WHERE {{
  {{
    {_D}
    ?cited kg:resolvedTo? ?document .
    ?statement rdf:object ?cited ; rdf:predicate ?predicate ; rdf:subject ?end .
    BIND("in" AS ?direction)
  }} UNION {{
    {_D}
    ?cited kg:resolvedTo? ?document .
    ?statement rdf:subject ?cited ; rdf:predicate ?predicate ; rdf:object ?end .
    BIND("out" AS ?direction)
  }}
  OPTIONAL {{ ?end kg:resolvedTo ?known }}
  BIND(COALESCE(?known, ?end) AS ?other)
}} GROUP BY ?document ?predicate ?direction ?other
"""


def summaries(graph: Graph, iris: Sequence[str]) -> dict[str, Summary]:
    """Return what all sources say of each document: its summary in the graph, or what that would be."""
    found = {iri: read(kept) for iri in iris if (kept := _kept(graph, iri))}
    missing = [iri for iri in iris if iri not in found]
    return found | (counted(graph, missing) if missing else {})


def mentions(graph: Graph, iri: str) -> int:
    """Return how often a document is cited."""
    kept = _BEGINNING.match(_kept(graph, iri) or "")
    return int(kept[1]) if kept else counted(graph, [iri])[iri].mentions


_BEGINNING: Final = re.compile(r'\{"mentions":(\d+)')


def _kept(graph: Graph, iri: str) -> str | None:
    return next((text.value for text in graph.objects(iri, "kg:summary")), None)


def counted(graph: Graph, iris: Iterable[str]) -> dict[str, Summary]:
    """Return what the mentions and statements in the graph that speak of each document come to."""
    found = {iri: Summary() for iri in iris}
    for row in about(graph, _MENTIONS, found):
        found[row["document"]].mentions = row["n"]
    titles: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in about(graph, _TITLES, found):
        titles[row["document"]].append((str(row["title"]), row["n"]))
    for iri, told in titles.items():
        found[iri].title = usual_title(told)
    for row in about(graph, _PLACES, found):
        found[row["document"]].places.append(row["place"])
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for row in about(graph, _STATEMENTS, found):
        other = row["other"] if is_urn(row["other"]) or is_candidate(row["other"]) else ""
        counts[row["document"], re.split("[#/]", row["predicate"])[-1], row["direction"], other] += row["n"]
    for (iri, rel, direction, other), count in sorted(counts.items()):
        found[iri].relations.append((rel, direction, other, count))
    return found


def about(graph: Graph, sparql: str, iris: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows of ``sparql``, which has a parameter ``document``, for all of ``iris`` at once."""
    return graph.select(fill(sparql, {"document": [(NamedNode(iri),) for iri in iris]}))
