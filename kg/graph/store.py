"""The embedded store: an Oxigraph database in a directory.

The default graph is the union of the named graphs, kept as such: Oxigraph's own union matches
a triple once for each graph that states it, so a label that a thousand reports repeat would
multiply every answer by a thousand.

`kg.graph.directory` tells what the directory holds, and how readers see the last complete state
while a writer changes the graph.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final, Self

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
)

from kg.graph.bulk import Batch, Loader, known
from kg.graph.catalogue import Catalogue, Known
from kg.graph.directory import (
    CATALOGUE,
    LOADING,
    MARKER,
    UNPUBLISHED,
    WORK,
    borrow,
    bytes_in,
    current_snapshot,
    files_of,
    first_line,
    open_for_writing,
    publish_snapshot,
)
from kg.graph.interrupts import outcome, submit
from kg.graph.named import drop, in_graph, ntriples
from kg.graph.results import Value, plain, written
from kg.graph.syntax import calls_service, changes, fault
from kg.messages import KgError
from kg.ontology.vocabulary import PREFIXES, term

if TYPE_CHECKING:
    from kg.graph.facts import Facts

__all__ = ["Graph", "SourceRecord"]

_FLUSH_AFTER: Final = 16_000_000
"""Bytes of N-Triples after which they go to disk; Oxigraph itself would keep gigabytes in memory."""
_GROWN: Final = 1.2
"""By so much the files of the store may grow until they are merged."""
_SMALL: Final = 32_000_000
"""Bytes of files that a reader finds its way through in any case."""
_STATE: Final = "state"
"""The note that tells what the database looked like when a build had closed it."""
_MERGED: Final = "merged"
"""The note that tells how large the files were when they were last merged."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source document in the graph: its graph name, path, content hash and the version that read it."""

    iri: str
    path: str
    sha256: str
    extractor: str


class Graph:
    """The knowledge graph in a directory; open it with `Graph.open`, close it or use it in ``with``."""

    def __init__(self, directory: Path, store: Store, *, read_only: bool, lease: IO[bytes] | None = None) -> None:
        self.directory, self.read_only = directory, read_only
        self._store: Store | None = store
        self._lease = lease
        self._unflushed = 0
        self._complete = False
        self._catalogue: Catalogue | None = None
        self._facts: Facts | None = None

    @classmethod
    def open(cls, directory: str | os.PathLike[str], read_only: bool = True) -> Graph:
        """Open the graph in ``directory``; a writer (``read_only=False``) creates it where there is none.

        A reader sees the last complete state and never waits for a writer; only one process
        can write at a time.  Raises KgError where there is no graph (reader), where the
        directory holds something else, or where another process is writing (writer).
        """
        path = Path(directory)
        current = current_snapshot(path, create=not read_only)
        if not read_only:
            state = files_of(path / WORK)
            graph = cls(path, open_for_writing(path), read_only=False)
            graph.catalogue.complete = graph.catalogue.note(_STATE) == state
            return graph
        if current is None:
            # The first build was interrupted: each of its documents is whole, so show those.
            publish_snapshot(path, open_for_writing(path))
        return cls._open_snapshot(path)

    @classmethod
    def _open_snapshot(cls, path: Path) -> Graph:
        while True:
            current = current_snapshot(path, create=False)
            assert current is not None
            lease: IO[bytes] | None = None
            try:
                lease = borrow(path / current)
                return cls(path, Store.read_only(str(path / current)), read_only=True, lease=lease)
            except (OSError, RuntimeError) as error:
                if lease:
                    lease.close()
                # A writer may publish, and remove this snapshot, between the lines above.
                if current_snapshot(path, create=False) == current:
                    raise KgError.of("graph.unreadable", path=path, error=first_line(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(publish=kind is None)

    def close(self, *, publish: bool = True) -> None:
        """Close the graph; a writer's changes become what readers see, unless ``publish`` is false.

        Unpublished changes stay in the directory, and the next writer goes on from them.
        """
        if self._store is None:
            return
        try:
            if publish and self.unpublished:
                with self.merging():
                    pass
                publish_snapshot(self.directory, self._store)
                (self.directory / UNPUBLISHED).unlink()
        finally:
            self._store = self._facts = None
            if self._catalogue:
                if self._complete:
                    self._catalogue.put_note(_STATE, files_of(self.directory / WORK))
                self._catalogue.close()
            if self._lease:
                self._lease.close()

    @property
    def unpublished(self) -> bool:
        """Whether there are changes that readers don't see yet, from here or from an interrupted writer."""
        return not self.read_only and (self.directory / UNPUBLISHED).exists()

    @property
    def updated(self) -> datetime:
        """When the state that readers see was published, in local time."""
        return datetime.fromtimestamp((self.directory / MARKER).stat().st_mtime)

    @property
    def store(self) -> Store:
        """The pyoxigraph store, for what this class doesn't offer; a closed graph raises KgError."""
        if self._store is None:
            raise KgError.of("graph.closed", path=self.directory)
        return self._store

    def replace(self, iri: str, data: Iterable[Quad] | bytes) -> None:
        """Put ``data`` in the place of the named graph ``iri``, in one transaction.

        ``data`` is quads, whose own graph names don't matter, or N-Triples as pyoxigraph writes
        them; blank nodes are not allowed, since nothing could be said of them elsewhere.
        """
        triples = data if isinstance(data, bytes) else ntriples(data)
        graph = NamedNode(iri)
        store = self._writable([iri])
        if store.contains_named_graph(graph):
            # N-Triples are SPARQL as they stand, and an update is the only transaction that deletes and inserts.
            text = triples.decode()
            store.update(f"{drop(graph)} ; INSERT DATA {{ {text} GRAPH {graph} {{ {text} }} }}")
        else:
            store.load(triples + in_graph(triples, iri), format=RdfFormat.N_QUADS)
        self._unflushed += len(triples)
        if self._unflushed > _FLUSH_AFTER:
            self.flush()
        facts = self.facts
        with self.catalogue.transaction():
            self.catalogue.learn(known(iri, triples))
            facts.take([(iri, triples)])

    def add(self, graphs: Iterable[tuple[str, bytes]]) -> None:
        """Put several named graphs, each as N-Triples like `replace`; those that are new in one go.

        A new graph is in the store whole or not at all, also when the process is killed: what an
        interrupted call leaves is removed when the graph is next opened for writing.
        """
        with self.loader() as loader:
            for iri, triples in graphs:
                loader.put(iri, triples)
                if loader.full:
                    loader.load()
            loader.load()

    def loader(self, *, beside: bool = False) -> Loader:
        """Return a loader of named graphs; what `add` says of new graphs holds for each of its loads."""
        return Loader(self, beside=beside)

    def begin(self, batch: Batch) -> None:
        """Note that new graphs are going to be loaded."""
        self._writable(batch.graphs)
        (self.directory / LOADING).write_text("\n".join(batch.graphs), encoding="utf-8")

    def end(self, batch: Batch, loaded: Future[None]) -> None:
        """Note what new graphs say while they are loaded, and then that they are there; raise what a load raises."""
        facts = self.facts
        with self.catalogue.transaction():
            facts.take(batch.said())
            self.catalogue.learn(batch.known)
            outcome(loaded)
            (self.directory / LOADING).unlink()

    def remove(self, iri: str) -> None:
        """Remove the named graph ``iri`` in one transaction; one that isn't there is no error."""
        self._writable([iri]).update(drop(NamedNode(iri)))

    def rewrite(self, graphs: Mapping[str, Iterable[str]]) -> None:
        """Put N-Triples in the place of named graphs whose subjects no other graph speaks of in the same way.

        In parts, so that their size doesn't matter; when interrupted, they are to be rewritten again.  All go in
        together: each load leaves the store a file more an index, to be merged with all others.
        """
        for iri in graphs:
            self.remove(iri)
        waiting = ((iri, part) for iri, parts in graphs.items() for part in parts)
        for first in waiting:
            with closing(Batch(self.directory)) as batch:
                for iri, part in chain([first], waiting):
                    batch.put(iri, part.encode())
                    if batch.full:
                        break
                batch.load(self._writable(graphs))

    def exchange(self, iri: str, old: str, new: str) -> None:
        """Exchange N-Triples of a named graph for others, in one transaction; what another graph states remains so."""
        before, after = set(old.splitlines()), set(new.splitlines())
        gone, come = "\n".join(before - after), "\n".join(after - before)
        if gone or come:
            graph = NamedNode(iri)
            silent = "\n".join(line for line in before - after if not self._stated(line, beside=graph))
            delete = f"DELETE DATA {{ {silent} GRAPH {graph} {{ {gone} }} }}"
            self._writable([iri]).update(f"{delete} ; INSERT DATA {{ {come} GRAPH {graph} {{ {come} }} }}")

    def _stated(self, line: str, *, beside: NamedNode) -> bool:
        """Whether another named graph states this line of N-Triples."""
        return any(
            quad.graph_name not in (beside, DefaultGraph())
            for told in parse(line, format=RdfFormat.N_TRIPLES)
            for quad in self.store.quads_for_pattern(told.subject, told.predicate, told.object, None)
        )

    @property
    def catalogue(self) -> Catalogue:
        """The writer's notes beside the store."""
        if self.read_only:
            raise KgError.of("graph.read-only", path=self.directory)
        if self._catalogue is None:
            self._catalogue = Catalogue(self.directory / CATALOGUE)
            if self._catalogue.empty:
                sources = self.sources()
                self._catalogue.learn(Known(s.iri, s.sha256, s.extractor) for s in sources)
        return self._catalogue

    @property
    def facts(self) -> Facts:
        """What the sources say of documents, in the writer's notes."""
        if self._facts is None:
            from kg.graph.facts import Facts

            self._facts = Facts(self.catalogue, self.store)
        return self._facts

    def complete(self) -> None:
        """Note that the second pass has followed all changes: until others write, nothing must be looked for."""
        self._complete = True

    def flush(self) -> None:
        """Bring what is written to disk, for good."""
        self.store.flush()
        self._unflushed = 0

    @contextmanager
    def merging(self) -> Iterator[None]:
        """Have the store merge its files beside what the block does, where much was written.

        What lies in many files is read several times as slowly.
        """
        size = bytes_in(self.directory / WORK)
        if size <= max(_SMALL, _GROWN * int(self.catalogue.note(_MERGED) or 0)):
            yield
            return
        with ThreadPoolExecutor(1) as pool:
            merged = submit(pool, self.store.optimize)
            yield
        outcome(merged)
        self.catalogue.put_note(_MERGED, str(bytes_in(self.directory / WORK)))

    def _writable(self, graphs: Iterable[str]) -> Store:
        """The store, for a change of these named graphs."""
        if self.read_only:
            raise KgError.of("graph.read-only", path=self.directory)
        self.catalogue.touch(graphs)
        (self.directory / UNPUBLISHED).touch()
        return self.store

    def names(self) -> list[NamedNode]:
        """The names of all named graphs, in order."""
        return sorted((name for name in self.store.named_graphs() if isinstance(name, NamedNode)), key=str)

    def sources(self) -> list[SourceRecord]:
        """Every source document in the graph, by IRI."""
        paths = self._texts(term("dcterms:source"))
        extractors = self._texts(term("kg:extractor"))
        return sorted(
            (
                SourceRecord(iri, paths.get(iri, ""), digest, extractors.get(iri, ""))
                for iri, digest in self._texts(term("kg:sha256")).items()
            ),
            key=lambda record: record.iri,
        )

    def _texts(self, predicate: NamedNode) -> dict[str, str]:
        found = self.store.quads_for_pattern(None, predicate, None, DefaultGraph())
        return {quad.subject.value: quad.object.value for quad in found}  # type: ignore[union-attr]

    def objects(self, iri: str, name: str) -> Iterator[NamedNode | Literal]:
        """The values of a property, a prefixed name, of a node: one read, where the least query costs ten."""
        for quad in self.store.quads_for_pattern(NamedNode(iri), term(name), None, DefaultGraph()):
            assert isinstance(quad.object, NamedNode | Literal)
            yield quad.object

    def subjects(self, name: str, iri: str) -> Iterator[str]:
        """The nodes of which a property, a prefixed name, has the node ``iri`` as value; one read as well."""
        for quad in self.store.quads_for_pattern(None, term(name), NamedNode(iri), DefaultGraph()):
            assert isinstance(quad.subject, NamedNode)
            yield quad.subject.value

    def query(self, sparql: str, /, **values: NamedNode | Literal) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Evaluate a SPARQL 1.1 query; the default graph is the union of all named graphs.

        The prefixes of `kg.ontology.vocabulary.PREFIXES` are known.  ``values`` binds variables that the
        query selects, by name.  Raises KgError for an update, for SERVICE (a query never leaves
        this machine) and for a query that isn't well formed.
        """
        if calls_service(sparql):
            raise KgError.of("sparql.service")
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {}
        bound.update((Variable(name), value) for name, value in values.items())
        try:
            return self.store.query(sparql, prefixes=dict(PREFIXES), substitutions=bound)
        except (SyntaxError, RuntimeError, ValueError) as error:
            if changes(sparql) and isinstance(error, SyntaxError):
                raise KgError.of("sparql.update") from error
            key, told = fault(sparql, str(error))
            raise KgError.of(key, **told, known=", ".join(PREFIXES)) from error

    def select(self, sparql: str, /, **values: NamedNode | Literal) -> list[dict[str, Value]]:
        """Evaluate a SELECT query to a list of dictionaries of plain values; unbound is None."""
        found = self.query(sparql, **values)
        if not isinstance(found, QuerySolutions):
            raise KgError.of("sparql.form", form="SELECT")
        return plain(found)

    def ask(self, sparql: str, /, **values: NamedNode | Literal) -> bool:
        """Evaluate an ASK query."""
        found = self.query(sparql, **values)
        if not isinstance(found, QueryBoolean):
            raise KgError.of("sparql.form", form="ASK")
        return bool(found)

    def answer(self, sparql: str, /, format: str | None = None) -> bytes:
        """Evaluate a query and write the answer in a standard form.

        SELECT and ASK: ``json`` (W3C SPARQL 1.1 results, the default), ``csv``, ``tsv``, ``xml``.
        CONSTRUCT and DESCRIBE: ``turtle`` (the default), ``ntriples``, ``jsonld``, ``rdfxml``.
        """
        return written(self.query(sparql), format)
