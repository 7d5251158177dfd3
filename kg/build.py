"""Files, folders, archives and tables of documents into a graph directory.

Documents are independent of each other, so they are read in parallel, many small ones in one
task, and written many at a time, each whole.  What is unchanged since the last build (same
content, same version of the program and of its tables) is skipped, what is gone from a folder, an
archive or a table is removed, and what can't be read is reported and keeps what the graph already
knows of it.  The second pass over the corpus follows, and then the new state is published.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from kg.attempt import attempt
from kg.document import Document, Statements, extractor_version
from kg.facts import Facts
from kg.graph import reference
from kg.inputs import Collection, Failure, Found, Ignored, Item, Stamp, documents
from kg.messages import say
from kg.resolve import resolve
from kg.store import Graph, KgError
from kg.vocabulary import FINDINGS, REFERENCE

__all__ = ["Failure", "Progress", "Report", "Step", "build", "extractor_version"]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a build is: documents and characters read, and bytes of input done, of all bytes."""

    documents: int
    characters: int
    done: int
    total: int
    path: str
    """The document that was read last."""


Progress: TypeAlias = Callable[[Step], None]
"""Called after each document."""

_Value = TypeVar("_Value")

_WORTH_WORKERS: Final = 2_000_000
"""Bytes of input from which on worker processes pay for their start, about a second each."""
_CHUNK: Final = 200_000
"""Bytes of small documents that are read in one task."""
_TOGETHER: Final = 64
"""Documents that are read in one task at most."""
_QUEUED_PER_WORKER: Final = 3
_BATCH: Final = 10_000_000
"""Bytes of N-Triples that are written at once: more need more memory, fewer cost more merging in the store."""
_BATCH_SECONDS = 5.0
"""After so many seconds what is read is written in any case: more work is not lost when a build is interrupted."""

_SETTLED: Final = 2_000_000_000
"""Nanoseconds after which the time of change of a file tells surely whether it has changed since."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did; the counts are of the documents that it read."""

    files: int
    """Documents: files, members of archives, rows of tables."""
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
    document: Document
    size: int
    """Bytes of input, for the progress."""
    stamp: Stamp | None
    known: str | None
    """Digest of the document when this version last read it."""
    extractor: str

    def done(self, statements: Statements | None = None, error: str | None = None) -> _Result:
        """What came of this job."""
        return _Result(self.document.iri, self.document.path, self.size, self.stamp, statements, error)


@dataclass(frozen=True, slots=True)
class _Result:
    """What came of a job: statements, or what went wrong; neither where the document is unchanged."""

    iri: str
    path: str
    size: int
    stamp: Stamp | None
    statements: Statements | None
    error: str | None


def build(
    paths: Iterable[str | os.PathLike[str]],
    graph_dir: str | os.PathLike[str],
    *,
    jobs: int | None = None,
    text_column: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read files, folders (recursively), archives and tables into the graph in ``graph_dir``.

    ``jobs`` is the number of worker processes; by default one a processor, none for a small
    corpus.  ``text_column`` names the column of the text in tables that don't call it so.  Raises
    KgError where the directory is no graph or another build is writing to it; whatever is wrong
    with single files is in the report.  When interrupted, readers keep the last complete state
    and the next build goes on with what is already read.
    """
    started = time.perf_counter()
    roots, folder = list(map(Path, paths)), Path(graph_dir).resolve()
    total = _bytes_in(roots, folder) if progress else 0
    with Graph.open(graph_dir, read_only=False) as graph:
        _write_reference(graph)
        run = _Run(graph, total, progress)
        found = documents(roots, text_column=text_column, leave_out=folder, unchanged=run.unchanged)
        for result in _results(run.chunks(found), jobs):
            run.take(result)
        run.finish(roots)
        if graph.unpublished:
            resolve(graph)
        return run.report(started)


class _Run:
    """One build: takes what is found, hands out what must be read, writes what was read, keeps count."""

    def __init__(self, graph: Graph, total: int, progress: Progress | None) -> None:
        self.graph, self.total, self.progress = graph, total, progress
        self.catalogue, self.extractor = graph.catalogue, extractor_version()
        self.count: Counter[str] = Counter()
        self.failures, self.ignored = list[Failure](), list[str]()
        self.whole, self.kept = list[Collection](), list[str]()
        self.trusted = time.time_ns() - _SETTLED
        self.done = 0
        self.batch, self.size, self.since = list[Statements](), 0, time.monotonic()
        self.failed = list[str]()
        self.stamps = list[tuple[str, int, int]]()

    def unchanged(self, iri: str, stamp: Stamp) -> bool:
        """Whether a collection was read whole, and its file is as it was."""
        if not self.catalogue.unchanged(iri, self.extractor, stamp.size, stamp.changed):
            return False
        known = self.catalogue.below(f"{iri}/")
        self.count.update(files=known, unchanged=known)
        self.kept.append(f"{iri}/")
        return True

    def chunks(self, found: Iterable[Item]) -> Iterator[list[_Job]]:
        """Yield the documents that must be read, small ones together."""
        chunk, size = list[_Job](), 0
        for item in found:
            if (job := self._job(item)) is None:
                continue
            chunk.append(job)
            size += _weight(job.document, item)
            if size >= _CHUNK or len(chunk) == _TOGETHER:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _job(self, item: Item) -> _Job | None:
        if isinstance(item, Failure):
            self.failures.append(item)
        elif isinstance(item, Ignored):
            self.ignored.append(item.path)
        elif isinstance(item, Collection):
            self._close(item)
        elif self.catalogue.meet(item.document.iri):
            return self._new(item)
        elif not isinstance(item.document.content, Path):
            path = item.document.path
            self.failures.append(Failure(path, say("build.twice", path=path)))
        return None

    def _close(self, collection: Collection) -> None:
        below = f"{collection.iri}/"
        if not collection.whole:
            self.kept.append(below)
        elif below not in self.kept:
            self.whole.append(collection)

    def _new(self, item: Found) -> _Job | None:
        document, stamp = item.document, item.stamp
        self.count["files"] += 1
        known = self.catalogue.known(document.iri)
        if known and known.extractor != self.extractor:
            known = None
        same_file = known and stamp == Stamp(known.size or -1, known.changed or -1)
        if same_file or (known and not isinstance(document.content, Path) and document.sha256() == known.sha256):
            self.count["unchanged"] += 1
            self._tell(document.path, item.size)
            return None
        return _Job(document, item.size, stamp, known.sha256 if known else None, self.extractor)

    def take(self, result: _Result) -> None:
        """Count a result and write it, soon."""
        if result.error:
            self.failures.append(Failure(result.path, result.error))
            self.failed.append(result.iri)
        elif found := result.statements:
            self.count.update(
                read=1,
                mentions=found.mentions,
                relations=found.relations,
                tasks=found.tasks,
                characters=found.characters,
            )
            self.batch.append(found)
            self.size += len(found.triples)
        else:
            self.count["unchanged"] += 1
        # What changed a moment ago may change again within the precision of its time.
        if result.stamp and not result.error and result.stamp.changed < self.trusted:
            self.stamps.append((result.iri, result.stamp.size, result.stamp.changed))
        self._tell(result.path, result.size)
        if self.size > _BATCH or time.monotonic() - self.since > _BATCH_SECONDS:
            self.write()

    def _tell(self, path: str, size: int) -> None:
        self.done += size
        if self.progress:
            read = self.count["read"] + self.count["unchanged"]
            self.progress(Step(read, self.count["characters"], self.done, max(self.total, self.done), path))

    def write(self) -> None:
        """Write what is waiting."""
        if self.batch:
            self.graph.add((found.iri, found.triples) for found in self.batch)
            self.catalogue.read(found.iri for found in self.batch)
        self.catalogue.stamp(self.stamps)
        self.batch, self.stamps, self.size, self.since = [], [], 0, time.monotonic()

    def finish(self, roots: list[Path]) -> None:
        """Write the rest, and remove what is no longer in the folders, archives and tables that were read whole."""
        self.write()
        for collection in self.whole:
            below = f"{collection.iri}/"
            if any(iri.startswith(below) for iri in self.failed):
                self.kept.append(below)  # it is looked at again next time
            elif collection.stamp.changed < self.trusted:
                self.catalogue.learn_collection(
                    collection.iri, self.extractor, collection.stamp.size, collection.stamp.changed
                )
        folders = [f"{root.resolve().as_uri().rstrip('/')}/" for root in roots if root.is_dir()]
        whole = [f"{collection.iri}/" for collection in self.whole]
        for iri in self.catalogue.gone([*folders, *whole], tuple(self.kept)):
            self.graph.remove(iri)
            self.count["removed"] += 1

    def report(self, started: float) -> Report:
        """What the build did; ``started`` is a time of `time.perf_counter`."""
        facts = Facts(self.catalogue, self.graph.store)
        return Report(
            files=self.count["files"],
            read=self.count["read"],
            unchanged=self.count["unchanged"],
            mentions=self.count["mentions"],
            relations=self.count["relations"],
            tasks=self.count["tasks"],
            characters=self.count["characters"],
            findings=facts.findings() + facts.count(FINDINGS.value),
            removed=self.count["removed"],
            failures=tuple(sorted(self.failures, key=lambda failure: failure.path)),
            ignored=tuple(self.ignored),
            documents=facts.documents_read(),
            seconds=time.perf_counter() - started,
        )


def _weight(document: Document, item: Item) -> int:
    if isinstance(document.content, Path):
        return item.size if isinstance(item, Found) else 0
    return len(document.content)


def _bytes_in(roots: list[Path], graph_dir: Path) -> int:
    """Size of all input, collections not opened."""
    found = documents(roots, leave_out=graph_dir, unchanged=lambda _iri, _stamp: True)
    return sum(
        item.size if isinstance(item, Found) else item.stamp.size
        for item in found
        if isinstance(item, Found | Collection)
    )


def _write_reference(graph: Graph) -> None:
    if graph.catalogue.note("reference") == extractor_version():
        return
    quads = set(reference())
    if quads != set(graph.store.quads_for_pattern(None, None, None, REFERENCE)):
        graph.replace(REFERENCE.value, sorted(quads, key=str))
    graph.catalogue.put_note("reference", extractor_version())


def _read(jobs: list[_Job]) -> list[_Result]:
    return [_read_one(job) for job in jobs]


def _read_one(job: _Job) -> _Result:
    found = attempt(job.document, known=job.known, extractor=job.extractor)
    return job.done(error=found) if isinstance(found, str) else job.done(found)


def _results(chunks: Iterator[list[_Job]], jobs: int | None) -> Iterator[_Result]:
    """Yield the result of every job, in any order, with a bounded number in memory."""
    begun, workers = list[list[_Job]](), jobs if jobs is not None and jobs > 1 else 0
    if jobs is None and (processors := _processors()) > 1:
        size = 0
        for chunk in chunks:
            begun.append(chunk)
            size += sum(job.size for job in chunk)
            if size >= _WORTH_WORKERS:
                workers = processors
                break
    waiting = chain(begun, chunks)
    if not workers:
        for chunk in waiting:
            yield from map(_read_one, chunk)
        return
    suspects: list[_Job] = []
    while True:
        suspects += yield from _pooled(waiting, workers, _QUEUED_PER_WORKER)
        if (more := next(waiting, None)) is None:
            break
        waiting = chain([more], waiting)
    # A worker died (a fault in a native library, or out of memory).  One document at a time tells which did it.
    alone = ([job] for job in suspects)
    while culprit := (yield from _pooled(alone, 1, 1)):
        yield from (job.done(error=say("build.crash", path=job.document.path)) for job in culprit)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pooled(waiting: Iterator[list[_Job]], workers: int, queued: int) -> Generator[_Result, None, list[_Job]]:
    """Yield results from a pool of processes; return the jobs that were lost when one of them died."""
    context = multiprocessing.get_context("spawn")  # a fork would copy the store's threads in a broken state
    first = next(waiting, None)
    if first is None:
        return []
    waiting = chain([first], waiting)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
    running: dict[Future[list[_Result]], list[_Job]] = {}
    chunk: list[_Job] = []
    try:
        _submit(pool, _ready).result()
    except BrokenProcessPool:
        raise KgError.of("build.workers") from None
    try:
        while True:
            for chunk in islice(waiting, workers * queued - len(running)):
                running[_submit(pool, _read, chunk)] = chunk
            if not running:
                return []
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                results = future.result()
                del running[future]
                yield from results
    except BrokenProcessPool:
        # The last one may not have been taken; one too many is only read again.
        lost = {job.document.iri: job for jobs in (*running.values(), chunk) for job in jobs}
        return list(lost.values())
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
