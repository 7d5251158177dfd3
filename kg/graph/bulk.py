"""New named graphs into the store, many at a time.

A load in bulk costs half of what transactions cost: it sorts the quads of a batch and puts whole
files beside those of the store.  It holds in memory about seven times the N-Triples that it reads,
so batches are bounded, and what waits for the next one waits on disk.  The named graphs go in
first, the union of them after: what of a batch an interruption leaves can then be told by its graphs.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Protocol, Self

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.graph.catalogue import Known
from kg.graph.directory import WAITING
from kg.graph.interrupts import finished, held, submit
from kg.graph.named import in_graph
from kg.ontology.vocabulary import term

__all__ = ["Batch", "Loader", "Target", "known"]

_FULL: Final = 20_000_000
"""Bytes of N-Triples that are loaded at once: more need more memory, fewer are merged by the store more often."""
_WORTH_HALVES: Final = 1_000_000
"""Bytes of N-Triples from which on two threads load them sooner than one."""

_SHA256: Final = re.compile(f'^<[^>]*> {term("kg:sha256")} "([^"]*)" .$'.encode(), re.MULTILINE)
_EXTRACTOR: Final = re.compile(f'^<[^>]*> {term("kg:extractor")} "([^"]*)" .$'.encode(), re.MULTILINE)


def known(iri: str, triples: bytes) -> Iterator[Known]:
    """What the N-Triples of a source document say of their own reading; nothing for another graph."""
    digest, extractor = _SHA256.search(triples), _EXTRACTOR.search(triples)
    if digest:
        yield Known(iri, digest[1].decode(), extractor[1].decode() if extractor else "")


class Batch:
    """New named graphs that wait in two files of ``directory``: as N-Quads, and as N-Triples for the union."""

    def __init__(self, directory: Path) -> None:
        self._named, self._united = (_file(directory) for _ in range(2))
        self.graphs: dict[str, int] = {}
        """Bytes of N-Triples of each named graph."""
        self.known: list[Known] = []
        self.size = 0
        """Bytes of N-Triples."""

    def put(self, iri: str, triples: bytes) -> None:
        """Let N-Triples wait that are to be the named graph ``iri``."""
        self._named.write(in_graph(triples, iri))
        self._united.write(triples)
        self.graphs[iri] = self.graphs.get(iri, 0) + len(triples)
        self.known += known(iri, triples)
        self.size += len(triples)

    @property
    def full(self) -> bool:
        """Whether so much waits that it should be loaded."""
        return self.size > _FULL

    def load(self, store: Store, *, threads: int = 1) -> None:
        """Load all that waits; with two ``threads`` in nearly half the time and twice the memory."""
        for file, form in ((self._named, RdfFormat.N_QUADS), (self._united, RdfFormat.N_TRIPLES)):
            file.flush()
            # What `kg.graph.rdf` writes it has checked; the parser need not do so again.
            if threads == 1:
                store.bulk_load(path=file.name, format=form, lenient=True)
            else:
                _load_halves(store, Path(file.name).read_bytes(), form)

    def said(self) -> Iterator[tuple[str, bytes]]:
        """Each named graph with its N-Triples."""
        self._united.seek(0)
        for iri, size in self.graphs.items():
            yield iri, self._united.read(size)

    def close(self) -> None:
        """Remove the files."""
        self._named.close()
        self._united.close()


def _file(directory: Path) -> IO[bytes]:
    return tempfile.NamedTemporaryFile(dir=directory, prefix=WAITING)


def _load_halves(store: Store, lines: bytes, form: RdfFormat) -> None:
    middle = lines.find(b"\n", len(lines) // 2) + 1
    with ThreadPoolExecutor(2) as pool:
        halves = [pool.submit(store.bulk_load, half, form, lenient=True) for half in (lines[:middle], lines[middle:])]
    for half in halves:
        half.result()


class Target(Protocol):
    """What named graphs are loaded into: `kg.graph.store.Graph`."""

    directory: Path

    @property
    def store(self) -> Store:
        """The database."""

    def replace(self, iri: str, data: bytes, /) -> None:
        """Put N-Triples in the place of the named graph ``iri``, in one transaction."""

    def begin(self, batch: Batch, /) -> None:
        """Note that the graphs of ``batch`` are going to be loaded."""

    def end(self, batch: Batch, loaded: Future[None], /) -> None:
        """Note that they are there; raise what the load raised."""


class Loader:
    """Takes named graphs one by one; loads the new ones in bulk, ``beside`` taking more: in a thread of its own.

    In ``with``: what is being loaded when the block is left is loaded to its end, what waits is dropped.
    """

    def __init__(self, target: Target, *, beside: bool) -> None:
        self.target = target
        self._pool = ThreadPoolExecutor(1) if beside else None
        self._batch = Batch(target.directory)
        self._running: tuple[Batch, Future[None], Callable[[], None]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.settle()
        finally:
            self._batch.close()
            if self._pool:
                self._pool.shutdown()

    @property
    def full(self) -> bool:
        """Whether so much waits that it should be loaded."""
        return self._batch.full

    @property
    def busy(self) -> bool:
        """Whether a load is going on."""
        return self._running is not None and not finished([self._running[1]], seconds=0)

    def put(self, iri: str, triples: bytes) -> None:
        """Put N-Triples in the place of the named graph ``iri``: at once where there is one, else soon."""
        if iri in self._batch.graphs or (self._running and iri in self._running[0].graphs):
            self.load()
            self.settle()
        if self.target.store.contains_named_graph(NamedNode(iri)):
            self.target.replace(iri, triples)
        else:
            self._batch.put(iri, triples)

    def load(self, then: Callable[[], None] = lambda: None, *, last: bool = False) -> None:
        """Load all that waits, after what is being loaded; call ``then`` when it is there to stay.

        With ``last`` nothing else goes on, so that both threads and memory may be used for it.
        """
        self.settle()
        if not self._batch.graphs:
            then()
            return
        batch, self._batch = self._batch, Batch(self.target.directory)
        self.target.begin(batch)
        future: Future[None]
        if self._pool:
            threads = 2 if last and batch.size > _WORTH_HALVES else 1
            with held():  # else a load could go on that nobody knows of
                future = submit(self._pool, batch.load, self.target.store, threads=threads)
                self._running = batch, future, then
        else:
            batch.load(self.target.store)
            future = Future()
            future.set_result(None)
            self._running = batch, future, then

    def settle(self) -> None:
        """Wait for the load that goes on, and note what came of it."""
        if self._running is None:
            return
        batch, future, then = self._running
        try:
            self.target.end(batch, future)
        finally:
            if future.done():  # an interruption may have come before
                self._running = None
                batch.close()
        then()
