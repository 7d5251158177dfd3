"""Documents read in parallel: tasks for worker processes, and what came of them.

Small documents share a task, large ones come first, so that all workers end at about the same time.
A worker that dies costs no other document: what it had is read again, one at a time, until it is
known which document did it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.graph.interrupts import finished, held, outcome, submit
from kg.messages import KgError, say
from kg.pipeline.attempt import attempt
from kg.pipeline.document import READERS, Document, Statements
from kg.pipeline.inputs import Stamp
from kg.pipeline.memory import be_frugal

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

__all__ = ["Job", "Result", "prepare", "processors", "results"]

_WORTH_WORKERS: Final = 2_000_000
"""Bytes of input from which on worker processes pay for their start."""
_QUEUED_PER_WORKER: Final = 3
_GARBAGE: Final = 20_000
"""Objects after which a worker looks for garbage: documents leave little; to look every 700 takes 4% of reading."""
_AHEAD: Final = 8_000_000
"""Bytes of input that are looked at to find what is large."""


@dataclass(frozen=True, slots=True)
class Job:
    """A document that must be read."""

    document: Document
    size: int
    """Bytes of input, for the progress."""
    stamp: Stamp | None
    known: str | None
    """Digest of the document when this version last read it."""
    extractor: str

    @property
    def weight(self) -> int:
        """How long the document is, roughly: in characters or in bytes."""
        content = self.document.content
        return self.size if isinstance(content, Path) else len(content)

    def done(self, statements: Statements | None = None, error: str | None = None) -> Result:
        """What came of this job."""
        return Result(self.document.iri, self.document.path, self.size, self.stamp, statements, error)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: statements, or what went wrong; neither where the document is unchanged."""

    iri: str
    path: str
    size: int
    stamp: Stamp | None
    statements: Statements | None
    error: str | None


def _read(jobs: list[Job]) -> list[Result]:
    return [_read_one(job) for job in jobs]


def _read_one(job: Job) -> Result:
    found = attempt(job.document, known=job.known, extractor=job.extractor)
    return job.done(error=found) if isinstance(found, str) else job.done(found)


def results(chunks: Iterator[list[Job]], jobs: int | None) -> Iterator[Result]:
    """Yield the result of every job, in any order, with a bounded number in memory.

    ``jobs`` is the number of worker processes; by default one a processor, none for a small corpus.
    """
    begun, workers = list[list[Job]](), jobs if jobs is not None and jobs > 1 else 0
    if jobs is None and (available := processors()) > 1:
        size = 0
        for chunk in chunks:
            begun.append(chunk)
            size += sum(job.size for job in chunk)
            if size >= _WORTH_WORKERS:
                workers = available
                break
    waiting = _largest_first(chain(begun, chunks))
    if not workers:
        for chunk in waiting:
            yield from map(_read_one, chunk)
        return
    suspects: list[Job] = []
    while True:
        suspects += yield from _pooled(waiting, workers, _QUEUED_PER_WORKER)
        if (more := next(waiting, None)) is None:
            break
        waiting = chain([more], waiting)
    # A worker died (a fault in a native library, or out of memory).  One document at a time tells which did it.
    alone = ([job] for job in suspects)
    while culprit := (yield from _pooled(alone, 1, 1)):
        yield from (job.done(error=say("build.crash", path=job.document.path)) for job in culprit)


def _largest_first(chunks: Iterator[list[Job]]) -> Iterator[list[Job]]:
    """Yield the tasks in another order: of those that are ahead, the largest."""
    ahead, size = list[tuple[int, int, list[Job]]](), 0
    for number, chunk in enumerate(chunks):
        weight = sum(job.weight for job in chunk)
        heappush(ahead, (-weight, number, chunk))
        size += weight
        while size > _AHEAD:
            lightness, _, largest = heappop(ahead)
            size += lightness
            yield largest
    while ahead:
        yield heappop(ahead)[2]


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pooled(waiting: Iterator[list[Job]], workers: int, queued: int) -> Generator[Result, None, list[Job]]:
    """Yield results from a pool of processes; return the jobs that were lost when one of them died."""
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    first = next(waiting, None)
    if first is None:
        return []
    waiting = chain([first], waiting)
    pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_start_worker)
    running: dict[Future[list[Result]], list[Job]] = {}
    chunk: list[Job] = []
    ready = submit(pool, _ready)
    try:
        while True:
            for chunk in islice(waiting, workers * queued - len(running)):
                running[submit(pool, _read, chunk)] = chunk
            if not running:
                _dismiss(pool)
                return []
            for future in finished(running):
                results = outcome(future)
                del running[future]
                yield from results
    except BrokenProcessPool:
        with held():
            unable = ready.exception()
        if unable:
            raise KgError.of("build.workers") from None
        # The last one may not have been taken; one too many is only read again.
        lost = {job.document.iri: job for jobs in (*running.values(), chunk) for job in jobs}
        return list(lost.values())
    finally:
        with held():
            pool.shutdown(wait=False, cancel_futures=True)


def _dismiss(pool: ProcessPoolExecutor) -> None:
    """End workers that have nothing left to do.

    Asked to end, they would wait for ever for a lock that one of them, killed, held.
    """
    with held():
        # The public way is ProcessPoolExecutor.kill_workers, from Python 3.14 on.
        for worker in list(pool._processes.values()):
            worker.kill()


def _context() -> BaseContext:
    """How worker processes are started: never as a copy of this one, whose store has threads."""
    import multiprocessing

    return multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")


def prepare(jobs: int | None) -> None:
    """Begin to start what so many worker processes need, where it is sure that there will be some.

    On POSIX that is the process that workers are copies of, with all that they import.
    """
    if sys.platform != "win32" and jobs is not None and jobs > 1:
        import multiprocessing
        from multiprocessing import forkserver

        with held():
            multiprocessing.set_forkserver_preload([__name__, *READERS])
            forkserver.ensure_running()


def _ready() -> bool:
    return True


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    be_frugal()
    # What is imported stays: nothing looks through it for garbage, which also leaves it shared among the workers.
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
