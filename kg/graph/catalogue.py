"""The writer's own notes beside the store: what is read already, and what the second pass must look at.

A SQLite file in the graph directory, for writers alone.  It holds nothing that the store does not
tell: lost or out of date it is made anew, at the cost of one reading of the store.  What it saves
is exactly that reading, so a rebuild after one changed document looks at one document.

=============  =================================================================================
table          a row is
=============  =================================================================================
source         a source document in the store: digest, version that read it, stamp of its file
collection     an archive or table that was read whole, with the stamp of its file
touched        a named graph that has changed since the second pass last looked at it
note           anything else, by name
=============  =================================================================================

`kg.graph.facts` keeps its tables in the same file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["Catalogue", "Known"]

_VERSION: Final = 3
_SCHEMA: Final = """
CREATE TABLE source (iri TEXT PRIMARY KEY, sha256 TEXT, extractor TEXT, size INT, changed INT) WITHOUT ROWID;
CREATE TABLE collection (iri TEXT PRIMARY KEY, extractor TEXT, size INT, changed INT) WITHOUT ROWID;
CREATE TABLE touched (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
_LAST: Final = "\U0010ffff"


class Known(NamedTuple):
    """What is known of a source document; size and time of change (ns) of its file where those can be trusted."""

    iri: str
    sha256: str
    extractor: str
    size: int | None = None
    changed: int | None = None


class Catalogue:
    """The notes in one file; ``empty`` tells that they were just begun."""

    def __init__(self, path: Path) -> None:
        self.db = _opened(path)
        self.empty = self.db.execute("PRAGMA user_version").fetchone()[0] != _VERSION
        if self.empty:
            for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                self.db.execute(f'DROP TABLE "{name}"')
            self.db.executescript(f"{_SCHEMA} PRAGMA user_version = {_VERSION};")
        self.complete = False
        """Whether nobody has changed the store since the last build but whoever notes it here."""
        self.db.execute("CREATE TEMP TABLE met (iri TEXT PRIMARY KEY, read INT) WITHOUT ROWID")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written in the block, or nothing; a block within a block is part of it."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def touch(self, iris: Iterable[str]) -> None:
        """Note named graphs that are about to change; of what they were nothing is known any more."""
        with self.transaction():
            for iri in iris:
                self.db.execute("INSERT OR IGNORE INTO touched VALUES (?)", (iri,))
                self.db.execute("DELETE FROM source WHERE iri = ?", (iri,))

    def learn(self, sources: Iterable[Known]) -> None:
        """Note what the store has; to be called when it is there to stay."""
        with self.transaction():
            self.db.executemany("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?)", sources)

    def stamp(self, stamps: Iterable[tuple[str, int, int]]) -> None:
        """Note size and time of change (ns) of the files of sources."""
        with self.transaction():
            self.db.executemany("UPDATE source SET size = ?2, changed = ?3 WHERE iri = ?1", stamps)

    def known(self, iri: str) -> Known | None:
        """What is known of a source document."""
        row = self.db.execute("SELECT * FROM source WHERE iri = ?", (iri,)).fetchone()
        return Known(*row) if row else None

    def same(self, extractor: str, stamps: Mapping[str, tuple[int, int]]) -> set[str]:
        """Which source documents were read by this version, and their files have these stamps still."""
        found = self.db.execute(
            f"SELECT iri, size, changed FROM source WHERE extractor = ? AND iri IN ({', '.join('?' * len(stamps))})",
            (extractor, *stamps),
        )
        return {iri for iri, *stamp in found if stamps[iri] == (*stamp,)}

    def below(self, prefix: str) -> int:
        """How many source documents have IRIs that begin so."""
        found = self.db.execute("SELECT count(*) FROM source WHERE iri >= ? AND iri < ?", (prefix, prefix + _LAST))
        return int(found.fetchone()[0])

    # --- collections

    def unchanged(self, iri: str, extractor: str, size: int, changed: int) -> bool:
        """Whether an archive or table was read whole by this version and its file has this stamp still."""
        row = self.db.execute("SELECT extractor, size, changed FROM collection WHERE iri = ?", (iri,)).fetchone()
        return bool(row == (extractor, size, changed))

    def learn_collection(self, iri: str, extractor: str, size: int, changed: int) -> None:
        """Note an archive or table that was read whole."""
        self.db.execute("INSERT OR REPLACE INTO collection VALUES (?, ?, ?, ?)", (iri, extractor, size, changed))

    # --- one build

    def meet(self, iri: str) -> bool:
        """Note that a build has found this document; false where it has before."""
        return self.db.execute("INSERT OR IGNORE INTO met VALUES (?, 0)", (iri,)).rowcount == 1

    def meet_all(self, iris: Iterable[str]) -> int:
        """Note that a build has found these documents; return how many of them it had not before."""
        with self.transaction():
            return self.db.executemany("INSERT OR IGNORE INTO met VALUES (?, 0)", ((iri,) for iri in iris)).rowcount

    def read(self, iris: Iterable[str]) -> None:
        """Note which of the documents that were met were read."""
        self.db.executemany("INSERT OR REPLACE INTO met VALUES (?, 1)", ((iri,) for iri in iris))

    def gone(self, prefixes: Iterable[str], kept: tuple[str, ...]) -> list[str]:
        """Source documents below ``prefixes`` and not below ``kept`` that this build has not met."""
        found = dict[str, None]()
        for prefix in prefixes:
            rows = self.db.execute(
                "SELECT iri FROM source WHERE iri >= ? AND iri < ? AND iri NOT IN (SELECT iri FROM met)",
                (prefix, prefix + _LAST),
            )
            found.update((iri, None) for (iri,) in rows if not iri.startswith(kept))
        return list(found)

    # --- notes

    def note(self, name: str) -> str | None:
        """The value noted under a name."""
        row = self.db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def put_note(self, name: str, value: str) -> None:
        """Note a value under a name."""
        self.db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.DatabaseError:  # damaged; the store knows it all
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -32000")
    return db
