"""The directory of a graph: what it holds, and how a state is published.

A graph directory holds::

    graph.json     what this directory is, and which snapshot is the current one
    work/          the database that builds write to
    unpublished    there while work/ has changes that the current snapshot hasn't
    catalogue.sqlite  notes of writers, made anew when lost (`kg.graph.catalogue`)
    loading        names of the graphs that are being loaded in bulk, one a line
    snapshot-N/    the last complete state, never written again (files shared with work/)

Writers change ``work/``; every change of one named graph is one transaction, so a killed
process leaves each source document either as it was or as it became.  When a writer closes
without an error, its state is published: a snapshot by hard links and one atomic rename of
``graph.json``.  Readers open the current snapshot, since RocksDB leaves undefined what a
reader of a database under writing sees.  So a build can be interrupted at any moment, and
readers can read all the while: they see the last complete state.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from pyoxigraph import NamedNode, Store

from kg.graph.named import drop
from kg.messages import KgError, told

__all__ = [
    "CATALOGUE",
    "LOADING",
    "MARKER",
    "UNPUBLISHED",
    "WAITING",
    "WORK",
    "borrow",
    "bytes_in",
    "current_snapshot",
    "files_of",
    "first_line",
    "open_for_writing",
    "publish_snapshot",
]

MARKER: Final = "graph.json"
WORK: Final = "work"
UNPUBLISHED: Final = "unpublished"
CATALOGUE: Final = "catalogue.sqlite"
LOADING: Final = "loading"
WAITING: Final = ".loading-"
"""What the names of files begin with in which graphs wait."""
_IN_USE: Final = "in-use"
_FORMAT: Final = "vn-legal-kg graph"
_VERSION: Final = 4


def first_line(error: BaseException) -> str:
    """Return the first line of what the database says."""
    return str(error).strip().split("\n", 1)[0]


def current_snapshot(path: Path, *, create: bool) -> str | None:
    """Name of the current snapshot; None where nothing is published yet."""
    marker = path / MARKER
    try:
        if create and not (path.is_dir() and any(path.iterdir())):
            path.mkdir(parents=True, exist_ok=True)
            _mark(path, None)
        if not path.exists():
            raise KgError.of("graph.absent", path=path)
        found = json.loads(marker.read_text(encoding="utf-8"))
    except (FileNotFoundError, FileExistsError, NotADirectoryError, ValueError):
        found = None
    except OSError as error:
        raise KgError.of("graph.denied", path=path, error=told(error)) from error
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise KgError.of("graph.foreign", path=path)
    if found.get("version") != _VERSION:
        raise KgError.of("graph.version", path=path)
    current = found.get("current")
    return current if isinstance(current, str) else None


def _mark(path: Path, current: str | None) -> None:
    """Write ``graph.json`` in one step."""
    text = json.dumps({"format": _FORMAT, "version": _VERSION, "current": current}) + "\n"
    with tempfile.NamedTemporaryFile("w", dir=path, prefix=".graph-", delete=False, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path / MARKER)


def open_for_writing(path: Path) -> Store:
    """Open what builds write to, without what an interrupted one left; raises KgError."""
    work, current = path / WORK, current_snapshot(path, create=False)
    try:
        if current and not work.exists():
            shutil.copytree(path / current, work, ignore=shutil.ignore_patterns(_IN_USE))
            for notes in path.glob(f"{CATALOGUE}*"):
                notes.unlink()  # they may be of another state
        for log in work.glob("LOG.old.*"):
            log.unlink()  # RocksDB leaves one each time, and keeps a thousand
        store = Store(str(work))
        for left in path.glob(f"{WAITING}*"):
            left.unlink()  # of a writer that was killed
        if (loading := path / LOADING).exists():
            # A load in bulk was interrupted; no graph of it was there before.
            for iri in loading.read_text(encoding="utf-8").split():
                store.update(drop(NamedNode(iri)))
            loading.unlink()
        return store
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise KgError.of("graph.locked", path=path) from error
        raise KgError.of("graph.unreadable", path=path, error=first_line(error)) from error


def publish_snapshot(path: Path, store: Store) -> None:
    """Make the state of ``store`` the current snapshot; remove the earlier ones that nobody reads."""
    earlier = list(_snapshots(path))
    name = f"snapshot-{max((number for number, _ in earlier), default=0) + 1}"
    store.backup(str(path / name))
    (path / name / _IN_USE).touch()
    _mark(path, name)
    for _, snapshot in earlier:
        _discard(snapshot)


def files_of(database: Path) -> str:
    """What tells that nobody has opened a closed database for writing since: its files and their sizes."""
    try:
        with os.scandir(database) as entries:
            found = sorted((entry.name, entry.stat().st_size) for entry in entries if not entry.name.startswith("LOG"))
    except OSError:
        return ""
    return " ".join(f"{name}:{size}" for name, size in found)


def bytes_in(database: Path) -> int:
    """Bytes of the files that hold a database's data."""
    size = 0
    for file in database.glob("*.sst"):
        with suppress(FileNotFoundError):  # the store removes files at any time
            size += file.stat().st_size
    return size


def _snapshots(path: Path) -> Iterator[tuple[int, Path]]:
    for child in path.glob("snapshot-*"):
        if (number := child.name.removeprefix("snapshot-")).isdigit():
            yield int(number), child


def borrow(snapshot: Path) -> IO[bytes]:
    """Tell writers that this process reads ``snapshot`` until the returned file is closed."""
    lease = (snapshot / _IN_USE).open("rb")
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(lease, fcntl.LOCK_SH)
    return lease


def _discard(snapshot: Path) -> None:
    """Remove ``snapshot`` unless some process reads it; then a later writer will."""
    try:
        if sys.platform != "win32" and (snapshot / _IN_USE).exists():
            import fcntl

            with (snapshot / _IN_USE).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(snapshot)
        else:
            # Windows refuses to rename a directory with open files, so nothing is removed by halves.
            shutil.rmtree(snapshot.rename(snapshot.with_name(f"discarded-{snapshot.name}")))
    except OSError:
        return
