"""Files and folders into a graph directory.

Documents are independent of each other, so they are read in parallel, each by one worker,
and written one by one, each in one transaction.  What is unchanged since the last build (same
content, same version of the program and of its tables) is skipped, what is gone from a folder
is removed, and a file that can't be read is reported and keeps what the graph already knows
of it.  The second pass over the corpus follows, and then the new state is published.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from kg.document import Document, extractor_version, statements
from kg.graph import reference
from kg.loaders import LoadError, loaders
from kg.messages import say
from kg.resolve import resolve
from kg.store import Graph, KgError
from kg.vocabulary import REFERENCE

__all__ = ["Failure", "Progress", "Report", "build", "extractor_version"]

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called after each file with the number of files done, the number of all files and the path."""

_Value = TypeVar("_Value")

_WORTH_WORKERS: Final = 2_000_000
"""Bytes of input from which on worker processes pay for their start, about a second each."""
_QUEUED_PER_WORKER: Final = 4
_SECONDS: Final = 60.0
_BYTES_PER_SECOND: Final = 2000.0
"""A document that is read slower than this, a hundredth of what is usual, has met a fault of ours."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and one line that says why and what to do."""

    path: str
    message: str


_FINDINGS: Final = "SELECT DISTINCT ?finding WHERE { ?finding a kg:Finding }"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did; the counts are of the files that it read."""

    files: int
    read: int
    unchanged: int
    removed: int
    failures: tuple[Failure, ...]
    ignored: tuple[str, ...]
    """Files of a kind that no loader reads."""
    documents: int
    """Distinct legal documents."""
    mentions: int
    relations: int
    tasks: int
    findings: int
    """Findings in the whole graph, those among several documents included."""
    characters: int
    seconds: float

    @property
    def characters_per_second(self) -> float:
        """Speed of the whole build, 0 where nothing was read."""
        return self.characters / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class _Job:
    path: str
    iri: str
    known: str | None
    """Content hash of the file when this version last read it."""
    extractor: str


@dataclass(frozen=True, slots=True)
class _Result:
    job: _Job
    counts: dict[str, int]
    """What to add to the counts of the report."""
    triples: bytes | None = None
    """The new graph as N-Triples, None where the file is unchanged or unreadable."""
    error: str | None = None
    documents: frozenset[str] = frozenset()


def build(
    paths: Iterable[str | os.PathLike[str]],
    graph_dir: str | os.PathLike[str],
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read files and folders (recursively) into the graph in ``graph_dir``.

    ``jobs`` is the number of worker processes; by default one a processor, none for a small
    corpus.  Raises KgError where the directory is no graph or another build is writing to it;
    whatever is wrong with single files is in the report.  When interrupted, readers keep the
    last complete state and the next build goes on with what is already read.
    """
    started = time.perf_counter()
    found = _find(paths, Path(graph_dir).resolve())
    failures, documents = list(found.failures), set[str]()
    counts = Counter({"files": len(found.files), "read": 0, "unchanged": 0, "mentions": 0, "relations": 0})
    counts.update({"tasks": 0, "characters": 0})
    with Graph.open(graph_dir, read_only=False) as graph:
        sources = graph.sources()
        current = extractor_version()
        known = {s.iri: s.sha256 for s in sources if s.extractor == current}
        work = [_Job(path, iri, known.get(iri), current) for iri, path in found.files.items()]
        _write_reference(graph)
        for done, result in enumerate(_results(work, _workers(work, jobs)), 1):
            if result.triples is not None:
                graph.replace(result.job.iri, result.triples)
            if result.error:
                failures.append(Failure(result.job.path, result.error))
            counts.update(result.counts)
            documents |= result.documents
            if progress:
                progress(done, len(work), result.job.path)
        gone = [s.iri for s in sources if s.iri not in found.files and s.iri.startswith(found.folders)]
        for iri in gone:
            graph.remove(iri)
        if graph.unpublished:
            resolve(graph)
        findings = graph.select(_FINDINGS)
    return Report(
        **counts,
        findings=len(findings),
        removed=len(gone),
        failures=tuple(sorted(failures, key=lambda failure: failure.path)),
        ignored=tuple(found.ignored),
        documents=len(documents),
        seconds=time.perf_counter() - started,
    )


@dataclass(slots=True)
class _Found:
    """The files to read by IRI, the prefixes of the IRIs of all files in the folders named, and the rest."""

    files: dict[str, str]
    folders: tuple[str, ...]
    failures: list[Failure]
    ignored: list[str]


def _find(paths: Iterable[str | os.PathLike[str]], graph_dir: Path) -> _Found:
    found = _Found({}, (), [], [])
    suffixes = {suffix for loader in loaders() for suffix in loader.suffixes}
    for path in map(Path, paths):
        if path.is_dir():
            found.folders += (path.resolve().as_uri().rstrip("/") + "/",)
            for file in _walk(path, graph_dir):
                if file.suffix.lower() in suffixes:
                    found.files.setdefault(_iri(file), str(file))
                else:
                    found.ignored.append(str(file))
        elif path.exists():
            found.files.setdefault(_iri(path), str(path))
        else:
            found.failures.append(Failure(str(path), _absent(path)))
    return found


def _iri(path: Path) -> str:
    return Path(os.path.realpath(path)).as_uri()  # Path.resolve fails on links that go round


def _walk(folder: Path, graph_dir: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` in order of their names, hidden ones and the graph itself left out."""
    for directory, folders, names in os.walk(folder):
        here = Path(directory)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name != "__pycache__" and (here / name).resolve() != graph_dir
        )
        yield from (here / name for name in sorted(names) if not name.startswith("."))


def _write_reference(graph: Graph) -> None:
    quads = set(reference())
    if quads != set(graph.store.quads_for_pattern(None, None, None, REFERENCE)):
        graph.replace(REFERENCE.value, sorted(quads, key=str))


def _absent(path: Path) -> str:
    return say("build.dangling" if path.is_symlink() else "build.absent", path=path)


def _read(job: _Job) -> _Result:
    """Read one document; whatever goes wrong with it is told in the result."""
    try:
        if not stat.S_ISREG(Path(job.path).stat().st_mode):
            return _Result(job, {}, error=say("build.special", path=job.path))  # a pipe would be waited for
        document = Document.of(Path(job.path).read_bytes(), job.path, iri=job.iri)
        if document.sha256 == job.known:
            return _Result(job, {"unchanged": 1})
        with _time_limit(_SECONDS + len(document.content) / _BYTES_PER_SECOND):
            found = statements(document, extractor=job.extractor)
        return _Result(
            job,
            {
                "read": 1,
                "mentions": found.mentions,
                "relations": found.relations,
                "tasks": found.tasks,
                "characters": found.characters,
            },
            triples=found.triples,
            documents=found.documents,
        )
    except LoadError as error:
        return _Result(job, {}, error=str(error))
    except FileNotFoundError:
        return _Result(job, {}, error=_absent(Path(job.path)))
    except OSError as error:
        return _Result(job, {}, error=say("build.unreadable", path=job.path, error=error.strerror))
    except _TooSlow:
        return _Result(job, {}, error=say("build.slow", path=job.path))
    except Exception as error:
        # A fault of ours must not stop the other documents.
        line = " ".join(f"{type(error).__name__}: {error}".split())
        return _Result(job, {}, error=say("build.fault", path=job.path, error=line))


class _TooSlow(BaseException):
    """The time of a document is over; not an Exception, so that nothing on the way takes it for a fault."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise _TooSlow when the body takes longer; only the main thread of a POSIX process can tell."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _workers(work: list[_Job], jobs: int | None) -> int:
    """Return how many worker processes to start; 0 reads in this process."""
    if jobs is not None:
        return jobs if jobs > 1 else 0
    size = 0
    for job in work:
        with suppress(OSError):
            size += Path(job.path).stat().st_size
        if size >= _WORTH_WORKERS:
            processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
            return processors if processors > 1 else 0
    return 0


def _results(work: list[_Job], workers: int) -> Iterator[_Result]:
    """Yield the result of every job, in any order, with a bounded number in memory."""
    if not workers:
        yield from map(_read, work)
        return
    suspects: list[_Job] = []
    waiting = iter(work)
    while True:
        suspects += yield from _pooled(waiting, workers)
        if (job := next(waiting, None)) is None:
            break
        waiting = chain([job], waiting)
    # A worker died (a fault in a native library, or out of memory).  One document at a time tells which did it.
    for suspect in suspects:
        if (yield from _pooled(iter([suspect]), 1)):
            yield _Result(suspect, {}, error=say("build.crash", path=suspect.path))


def _pooled(waiting: Iterator[_Job], workers: int) -> Generator[_Result, None, list[_Job]]:
    """Yield results from a pool of processes; return the jobs that were lost when one of them died."""
    context = multiprocessing.get_context("spawn")  # a fork would copy the store's threads in a broken state
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
    running: dict[Future[_Result], _Job] = {}
    job: _Job | None = None
    try:
        _submit(pool, _ready).result()
    except BrokenProcessPool:
        raise KgError.of("build.workers") from None
    try:
        while True:
            for job in islice(waiting, workers * _QUEUED_PER_WORKER - len(running)):
                running[_submit(pool, _read, job)] = job
            if not running:
                return []
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                result = future.result()
                del running[future]
                yield result
    except BrokenProcessPool:
        # The last one may not have been taken; one too many is only read again.
        return list(dict.fromkeys([*running.values(), *([job] if job else [])]))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, function: Callable[..., _Value], *arguments: object) -> Future[_Value]:
    """Give a task to the pool; a process that it starts for it leaves Ctrl-C to this one from its first moment."""
    with _interrupt_held():
        return pool.submit(function, *arguments)


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Let a Ctrl-C wait until the block is left."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    # A process inherits what is blocked; a thread of the store may still take the signal for this one.
    handler = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def _ready() -> bool:
    return True


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
