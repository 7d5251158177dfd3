"""What the sources say of documents, on disk and by number: the material of the second pass.

The second pass compares only documents that share a running number ("60"), or a name where a law
has no number.  Here each source's word on a document is a row under that key, taken from the named
graphs as they are put into the store (`Facts.take`) or, where that is not known, from the store
(`Facts.follow`), so that the pass can take one key after the other, whatever
the size of the corpus, and only the keys that a change touches (`Facts.changed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from pyoxigraph import NamedNode, Store

from kg.documents.called import named_law, usual_title
from kg.documents.urn import CANDIDATE, Parts, parts_of
from kg.documents.variants import Cited
from kg.graph.catalogue import Catalogue
from kg.graph.told import COLUMNS, Told, itself, rows, stored, written
from kg.ontology.vocabulary import FINDINGS, PROVINCES, RESOLUTION, SUMMARIES, term

__all__ = ["Described", "Facts", "Group", "Teller"]

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS teller (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, province TEXT, day INT, period INT,
    findings INT DEFAULT 0);
CREATE TABLE IF NOT EXISTS doc (teller INT, iri TEXT, key TEXT, year INT, candidate INT, label TEXT DEFAULT '',
    mention TEXT, mentions INT DEFAULT 0, PRIMARY KEY (teller, iri)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS title (iri TEXT, teller INT, title TEXT, PRIMARY KEY (iri, teller, title)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS date (iri TEXT, teller INT, day TEXT, told INT, own INT, PRIMARY KEY (iri, teller, day))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alias (iri TEXT, teller INT, alias TEXT, key TEXT, PRIMARY KEY (iri, teller, alias))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS about (teller INT, finding TEXT, iri TEXT, key TEXT, PRIMARY KEY (teller, finding, iri))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (object TEXT, rel TEXT, subject TEXT, teller INT, told INT,
    PRIMARY KEY (object, rel, subject, teller)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (iri TEXT, teller INT, place TEXT, PRIMARY KEY (iri, teller, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changed (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stale (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS resolved (candidate TEXT PRIMARY KEY, document TEXT, key TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS summary (iri TEXT PRIMARY KEY, triples TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS result (key TEXT, graph TEXT, count INT, triples TEXT, PRIMARY KEY (key, graph))
    WITHOUT ROWID;
"""
_INDEXES: Final = """
CREATE INDEX IF NOT EXISTS doc_key ON doc (key);
CREATE INDEX IF NOT EXISTS doc_iri ON doc (iri);
CREATE INDEX IF NOT EXISTS title_teller ON title (teller);
CREATE INDEX IF NOT EXISTS date_teller ON date (teller);
CREATE INDEX IF NOT EXISTS alias_teller ON alias (teller);
CREATE INDEX IF NOT EXISTS alias_key ON alias (key);
CREATE INDEX IF NOT EXISTS about_key ON about (key);
CREATE INDEX IF NOT EXISTS link_subject ON link (subject);
CREATE INDEX IF NOT EXISTS link_teller ON link (teller);
CREATE INDEX IF NOT EXISTS place_teller ON place (teller);
CREATE INDEX IF NOT EXISTS resolved_document ON resolved (document);
CREATE INDEX IF NOT EXISTS resolved_key ON resolved (key);
"""
_TELLER: Final = "INSERT INTO teller (iri, province, day, period, findings) VALUES (?, ?, ?, ?, ?)"
_INSERT: Final = {
    table: f"INSERT OR IGNORE INTO {table} (teller, {columns}) VALUES (?{', ?' * len(columns.split(','))})"
    for table, columns in COLUMNS.items()
}
_WRITTEN_BY_THE_PASS: Final = frozenset({RESOLUTION.value, FINDINGS.value, PROVINCES.value, SUMMARIES.value})
_INDEXED: Final = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_CARRIED_OUT_BY: Final = "SELECT object FROM link WHERE rel = 'implements' AND subject IN ({})"
_RELATED: Final = f"""
INSERT OR IGNORE INTO stale SELECT iri FROM
    (SELECT object AS iri FROM link WHERE subject = ?1 UNION SELECT subject FROM link WHERE object = ?1)
    WHERE iri GLOB 'urn:lex:*' OR iri GLOB '{CANDIDATE}*'
"""

# Its numbered citations tell which law amends another one of the name that some call it by.
_AMENDING: Final = """
WITH named AS (SELECT DISTINCT iri FROM alias WHERE key = ?1 UNION SELECT iri FROM doc WHERE key = ?1)
SELECT subject FROM named CROSS JOIN link ON subject = iri
    WHERE rel = 'amends' AND object <> subject AND object IN named
    GROUP BY subject
    HAVING count(DISTINCT teller) >= (SELECT count(DISTINCT teller) FROM alias WHERE iri = subject AND key = ?1)
"""

_SHA256, _EXTRACTOR = term("kg:sha256"), term("kg:extractor")


@dataclass(slots=True)
class Teller:
    """A source document: the last year it can cite, its province (slug with points), its name."""

    year: int | None
    province: str | None
    name: str


@dataclass(slots=True)
class Described:
    """A document as all sources describe it; ``sources`` maps each to its first mention."""

    id: str
    parts: Parts
    label: str = ""
    titles: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    """Date -> the first source that gives it."""
    sources: dict[str, str | None] = field(default_factory=dict)

    def days(self) -> set[str]:
        """The dates that sources give it to the day."""
        return {date for date in self.dates if len(date) == len("2024-01-18")}

    def cited(self) -> Cited:
        """The document as `kg.documents.variants` compares it."""
        return Cited(self.id, self.label, self.parts, tuple(self.dates), tuple(self.titles), len(self.sources))


@dataclass(frozen=True, slots=True)
class Group:
    """Everything under one key."""

    documents: dict[str, Described]
    """Identified documents with this number or name."""
    candidates: dict[str, Described]
    named: dict[str, tuple[Described, ...]]
    """Name (a URN with this key) -> the numbered documents that sources cite under it too, by most sources first."""
    disputed: frozenset[str]
    """Names under which sources cite several numbered documents, and none of them much more often."""
    told: frozenset[frozenset[str]]
    """Pairs of documents that a finding of one source is about."""


class Facts:
    """The tables, in the catalogue of a graph."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.catalogue, self.db, self.store = catalogue, catalogue.db, store
        self.db.executescript(_SCHEMA)

    # --- following the store

    def take(self, graphs: Iterable[tuple[str, bytes]]) -> None:
        """Take over named graphs that have just been put into the store, from their N-Triples; in a transaction."""
        for iri, triples in graphs:
            self._forget(iri)
            self._take(iri, written(triples))
            self.db.execute("DELETE FROM touched WHERE iri = ?", (iri,))

    def follow(self) -> None:
        """Take over from the store what else has changed in the named graphs; note the keys that all this touches."""
        with self.catalogue.transaction():
            if not self.catalogue.complete:
                self._touch_strays()
            for (iri,) in self.db.execute("SELECT iri FROM touched ORDER BY iri").fetchall():
                self._forget(iri)
                if self.store.contains_named_graph(NamedNode(iri)):
                    self._take(iri, stored(self.store, NamedNode(iri)))
            self.db.execute("DELETE FROM touched")
            self._index()

    def _index(self) -> None:
        """Make the indexes where there are none yet; all that is there is new then."""
        if not self._indexed():
            for statement in _INDEXES.split(";"):  # indexes that are made at once are written in order
                self.db.execute(statement)
            self._note_all()

    def _indexed(self) -> bool:
        return bool(self.db.execute(_INDEXED).fetchone()[0])

    def _touch_strays(self) -> None:
        """Touch what others have put into the store, or taken from it."""
        self.db.execute("CREATE TEMP TABLE there (iri TEXT PRIMARY KEY) WITHOUT ROWID")
        self.db.executemany("INSERT INTO there VALUES (?)", ((graph.value,) for graph in self.store.named_graphs()))
        self.db.execute("INSERT OR IGNORE INTO touched SELECT iri FROM teller WHERE iri NOT IN (SELECT iri FROM there)")
        self.db.execute("INSERT OR IGNORE INTO touched SELECT iri FROM there WHERE iri NOT IN (SELECT iri FROM teller)")
        self.db.execute("DROP TABLE there")
        unknown = "SELECT iri FROM touched WHERE iri NOT IN (SELECT iri FROM source)"
        for (iri,) in self.db.execute(unknown).fetchall():
            graph = NamedNode(iri)
            told = {
                predicate: str(getattr(quad.object, "value", ""))
                for predicate in (_SHA256, _EXTRACTOR)
                for quad in self.store.quads_for_pattern(graph, predicate, None, graph)
            }
            if _SHA256 in told:
                row = (iri, told[_SHA256], told.get(_EXTRACTOR, ""))
                self.db.execute("INSERT INTO source (iri, sha256, extractor) VALUES (?, ?, ?)", row)

    def _forget(self, iri: str) -> None:
        row = self.db.execute("SELECT id FROM teller WHERE iri = ?", (iri,)).fetchone()
        if row:
            self._index()
            self._note(row[0])
            for table in COLUMNS:
                self.db.execute(f"DELETE FROM {table} WHERE teller = ?", row)
            self.db.execute("DELETE FROM teller WHERE id = ?", row)

    def _take(self, iri: str, told: Told) -> None:
        if iri in _WRITTEN_BY_THE_PASS:
            self.db.execute("INSERT INTO teller (iri) VALUES (?)", (iri,))
            return
        teller = self.db.execute(_TELLER, (iri, *itself(iri, told))).lastrowid or 0
        for table, found in rows(told).items():
            self.db.executemany(_INSERT[table], ((teller, *row) for row in found))
        if self._indexed():
            self._note(teller)

    def _note(self, teller: int) -> None:
        """Note what a source touches: the keys of its documents, and those whose summaries tell of it.

        A document's keys are those of its own and of the names that any source gives it.
        """
        self.db.execute(
            "INSERT OR IGNORE INTO changed SELECT key FROM doc WHERE teller = ?1 UNION"
            " SELECT key FROM alias WHERE iri IN (SELECT iri FROM doc WHERE teller = ?1)",
            (teller,),
        )
        placed = "SELECT iri FROM place WHERE teller = ?1"
        self.db.execute(
            "INSERT OR IGNORE INTO stale SELECT iri FROM doc WHERE teller = ?1 UNION"
            f" {_CARRIED_OUT_BY.format(placed)} UNION"
            f" {_CARRIED_OUT_BY.format(f'SELECT candidate FROM resolved WHERE document IN ({placed})')}",
            (teller,),
        )

    def _note_all(self) -> None:
        self.db.execute("INSERT OR IGNORE INTO changed SELECT key FROM doc UNION SELECT key FROM alias")
        self.db.execute("INSERT OR IGNORE INTO stale SELECT iri FROM doc")

    # --- one key after the other

    def changed(self) -> Iterator[str]:
        """Keys that must be looked at again."""
        key = ""
        while row := self.db.execute("SELECT min(key) FROM changed WHERE key > ?", (key,)).fetchone():
            if row[0] is None:
                return
            key = row[0]
            yield key

    def change_all(self) -> None:
        """Note that all keys must be looked at again, and those that are gone."""
        self.db.execute(
            "INSERT OR IGNORE INTO changed SELECT key FROM doc UNION SELECT key FROM alias UNION SELECT key FROM result"
        )
        self.db.execute("INSERT OR IGNORE INTO stale SELECT iri FROM doc UNION SELECT iri FROM summary")

    def count_changed(self) -> int:
        """How many keys must be looked at again."""
        return int(self.db.execute("SELECT count(*) FROM changed").fetchone()[0])

    def settled(self) -> None:
        """Note that all keys have been looked at."""
        self.db.execute("DELETE FROM changed")

    def group(self, key: str) -> Group:
        """Everything under ``key``."""
        documents, candidates = dict[str, Described](), dict[str, Described]()
        amending = self.amending(key)
        for described, candidate in self._described("doc.key = ?1", key):
            (candidates if candidate else documents)[described.id] = described
        named: dict[str, tuple[Described, ...]] = {}
        numbered: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for alias, iri, told in self.db.execute(
            "SELECT alias, iri, count(*) FROM alias WHERE key = ? GROUP BY alias, iri ORDER BY alias", (key,)
        ):
            if iri not in amending:
                numbered[alias].append((-told, iri))
        disputed = {alias for alias, told in numbered.items() if 3 * min(told)[0] > 2 * sum(count for count, _ in told)}
        for alias, claims in numbered.items():
            known = [documents.get(iri) or self._document(iri) for _, iri in sorted(claims)]
            if known[0]:
                named[alias] = tuple(filter(None, known))
        pairs = self.db.execute(
            "SELECT a.iri, b.iri FROM about a JOIN about b USING (teller, finding)"
            " WHERE a.key = ?1 AND b.key = ?1 AND a.iri < b.iri",
            (key,),
        )
        return Group(documents, candidates, named, frozenset(disputed), frozenset(map(frozenset, pairs)))

    def _document(self, iri: str) -> Described | None:
        """A document under any key; None for a candidate."""
        return next((found for found, candidate in self._described("doc.iri = ?1", iri) if not candidate), None)

    def amending(self, key: str) -> set[str]:
        """The laws that are called by the name of ``key`` and amend the law of that name.

        ``Luật Xây dựng sửa đổi số 62/2020/QH14`` is not the Luật Xây dựng.
        """
        return {iri for (iri,) in self.db.execute(_AMENDING, (key,))}

    def _described(self, which: str, value: str) -> Iterator[tuple[Described, bool]]:
        """Documents with all their sources, by IRI."""
        found: dict[str, tuple[Described, bool]] = {}
        rows = self.db.execute(
            "SELECT doc.iri, teller.iri, candidate, label, mention FROM doc JOIN teller ON teller.id = doc.teller"
            f" WHERE {which} ORDER BY doc.iri, teller.iri",
            (value,),
        )
        for iri, source, candidate, label, mention in rows:
            if iri not in found:
                found[iri] = (Described(iri, parts_of(iri)), bool(candidate))
            described = found[iri][0]
            described.sources[source] = mention
            described.label = max(described.label or label, label, key=lambda text: (len(text), text))
        ofs = f"FROM {{0}} WHERE iri IN (SELECT iri FROM doc WHERE {which})"
        titles: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        counted = f"SELECT iri, title, count(*) {ofs.format('title')} GROUP BY 1, 2 ORDER BY 1, 2"
        for iri, title, count in self.db.execute(counted, (value,)):
            titles[iri].append((title, count))
        for iri, told in titles.items():
            described = found[iri][0]
            described.titles += [title for title, _ in told]
            described.label = named_law(described.label, usual_title(told)) or described.label
        for iri, day, source in self.db.execute(
            "SELECT date.iri, date.day, min(teller.iri) FROM date JOIN teller ON teller.id = date.teller"
            f" WHERE date.iri IN (SELECT iri FROM doc WHERE {which}) GROUP BY 1, 2 ORDER BY 1, 2",
            (value,),
        ):
            found[iri][0].dates[day] = source
        return iter(found.values())

    def implementing(self, key: str) -> list[str]:
        """The documents and candidates under ``key`` that carry out another one."""
        found = self.db.execute(
            "SELECT iri FROM (SELECT DISTINCT iri FROM doc WHERE key = ?)"
            " WHERE EXISTS (SELECT 1 FROM link WHERE subject = iri AND rel = 'implements') ORDER BY iri",
            (key,),
        )
        return [iri for (iri,) in found.fetchall()]

    def places(self, *iris: str | None) -> list[str]:
        """The provinces of the bodies that issued these documents, or of these reports."""
        found = self.db.execute(
            f"SELECT DISTINCT place FROM place WHERE iri IN ({', '.join('?' * len(iris))}) ORDER BY 1", iris
        )
        return [place for (place,) in found.fetchall()]

    def teller(self, iri: str) -> Teller:
        """What there is to know of a source; nothing of one that is not there."""
        row = self.db.execute(
            "SELECT coalesce(day, period, (SELECT max(year) FROM doc WHERE teller = teller.id AND NOT candidate)),"
            " province FROM teller WHERE iri = ?",
            (iri,),
        ).fetchone()
        year, province = row or (None, None)
        return Teller(year or None, province, PurePosixPath(unquote(urlsplit(iri).path)).name or iri)

    # --- results

    def settle(self, key: str, links: Mapping[str, str], results: Iterable[tuple[str, int, str]]) -> None:
        """Keep what came of a key: candidate -> document, and graph, count and N-Triples of each result."""
        known = dict(self.db.execute("SELECT candidate, document FROM resolved WHERE key = ?", (key,)).fetchall())
        if known != links:
            for candidate, _ in known.items() ^ links.items():
                touched = filter(None, (candidate, known.get(candidate), links.get(candidate)))
                self.db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", ((iri,) for iri in touched))
                self.db.execute(_RELATED, (candidate,))
            self.db.execute("DELETE FROM resolved WHERE key = ?", (key,))
            self.db.executemany(
                "INSERT OR REPLACE INTO resolved VALUES (?, ?, ?)", ((*link, key) for link in links.items())
            )
        self.db.execute("DELETE FROM result WHERE key = ?", (key,))
        rows = ((key, graph, count, triples) for graph, count, triples in results if triples)
        self.db.executemany("INSERT INTO result VALUES (?, ?, ?, ?)", rows)

    def result(self, key: str) -> dict[str, str]:
        """N-Triples that came of a key when it was last looked at, by graph."""
        return dict(self.db.execute("SELECT graph, triples FROM result WHERE key = ?", (key,)).fetchall())

    def results(self, graph: str) -> Iterator[str]:
        """The N-Triples of all keys in one graph."""
        for (triples,) in self.db.execute("SELECT triples FROM result WHERE graph = ?", (graph,)):
            yield triples

    def count(self, graph: str) -> int:
        """How many results there are in a graph."""
        return int(
            self.db.execute("SELECT coalesce(sum(count), 0) FROM result WHERE graph = ?", (graph,)).fetchone()[0]
        )

    def findings(self) -> int:
        """How many findings the sources have, each by itself."""
        return int(self.db.execute("SELECT coalesce(sum(findings), 0) FROM teller").fetchone()[0])

    def documents_read(self) -> int:
        """How many distinct documents the sources cite that this build has read."""
        found = self.db.execute(
            "SELECT count(DISTINCT iri) FROM doc WHERE NOT candidate AND mention IS NOT NULL AND teller IN"
            " (SELECT teller.id FROM teller JOIN met USING (iri) WHERE met.read)"
        )
        return int(found.fetchone()[0])
