"""Files, folders, archives and tables of documents into a graph directory.

Documents are independent of each other, so they are read in parallel, many small ones in one
task, and written many at a time, each whole.  What is unchanged since the last build (same
content, same version of the program and of its tables) is skipped, what is gone from a folder, an
archive or a table is removed, and what can't be read is reported and keeps what the graph already
knows of it.  The second pass over the corpus follows, and then the new state is published.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from kg.graph.bulk import Loader
from kg.graph.store import Graph
from kg.messages import say
from kg.ontology.vocabulary import FINDINGS, REFERENCE
from kg.pipeline.document import extractor_version
from kg.pipeline.inputs import Collection, Failure, Found, Ignored, Item, Stamp, Unchanged, documents
from kg.pipeline.workers import Job, Result, prepare, processors, results

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

_CHUNK: Final = 200_000
"""Bytes of small documents that are read in one task."""
_TOGETHER: Final = 64
"""Documents that are read in one task at most."""
_BATCH_SECONDS = 15.0
"""After so many seconds what is read is written in any case: more work is not lost when a build is interrupted."""

_REFERENCE: Final = "reference"
"""The note that tells which version wrote the reference graph."""

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
    prepare(jobs)
    roots, folder = list(map(Path, paths)), Path(graph_dir).resolve()
    total = _bytes_in(roots, folder) if progress else 0
    with Graph.open(graph_dir, read_only=False) as graph:
        with graph.loader(beside=jobs != 1 and processors() > 1) as loader:
            _write_reference(graph, loader)
            run = _Run(graph, loader, total, progress)
            found = documents(roots, text_column=text_column, leave_out=folder, unchanged=run.unchanged, same=run.same)
            for result in results(run.chunks(found), jobs):
                run.take(result)
            run.finish(roots)
        if graph.unpublished:
            from kg.pipeline.resolve import resolve

            with graph.merging():
                resolve(graph)
        graph.complete()
        return run.report(started)


class _Run:
    """One build: takes what is found, hands out what must be read, writes what was read, keeps count."""

    def __init__(self, graph: Graph, loader: Loader, total: int, progress: Progress | None) -> None:
        self.graph, self.loader, self.total, self.progress = graph, loader, total, progress
        self.catalogue, self.extractor = graph.catalogue, extractor_version()
        self.count: Counter[str] = Counter()
        self.failures, self.ignored = list[Failure](), list[str]()
        self.whole, self.kept = list[Collection](), list[str]()
        self.trusted = time.time_ns() - _SETTLED
        self.done = 0
        self.batch, self.since = list[str](), time.monotonic()
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

    def same(self, stamps: Mapping[str, Stamp]) -> set[str]:
        """Which documents this version has read, and their files are as they were."""
        same = self.catalogue.same(self.extractor, stamps)
        met = self.catalogue.meet_all(same)  # what is given twice counts once
        self.count.update(files=met, unchanged=met)
        return same

    def chunks(self, found: Iterable[Item]) -> Iterator[list[Job]]:
        """Yield the documents that must be read, small ones together."""
        chunk, size = list[Job](), 0
        for item in found:
            if (job := self._job(item)) is None:
                continue
            chunk.append(job)
            size += job.weight
            if size >= _CHUNK or len(chunk) == _TOGETHER:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _job(self, item: Item) -> Job | None:
        if isinstance(item, Failure):
            self.failures.append(item)
        elif isinstance(item, Ignored):
            self.ignored.append(item.path)
        elif isinstance(item, Collection):
            self._close(item)
        elif isinstance(item, Unchanged):
            self._tell(item.path, item.size)
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

    def _new(self, item: Found) -> Job | None:
        document = item.document
        self.count["files"] += 1
        known = self.catalogue.known(document.iri)
        if known and known.extractor != self.extractor:
            known = None
        if known and not isinstance(document.content, Path) and document.sha256() == known.sha256:
            self.count["unchanged"] += 1
            self._tell(document.path, item.size)
            return None
        return Job(document, item.size, item.stamp, known.sha256 if known else None, self.extractor)

    def take(self, result: Result) -> None:
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
            self.loader.put(found.iri, found.triples)
            self.batch.append(found.iri)
        else:
            self.count["unchanged"] += 1
        # What changed a moment ago may change again within the precision of its time.
        if result.stamp and not result.error and result.stamp.changed < self.trusted:
            self.stamps.append((result.iri, result.stamp.size, result.stamp.changed))
        self._tell(result.path, result.size)
        if self.loader.full or (time.monotonic() - self.since > _BATCH_SECONDS and not self.loader.busy):
            self.write()

    def _tell(self, path: str, size: int) -> None:
        self.done += size
        if self.progress:
            read = self.count["read"] + self.count["unchanged"]
            self.progress(Step(read, self.count["characters"], self.done, max(self.total, self.done), path))

    def write(self, *, last: bool = False) -> None:
        """Write what is waiting."""
        read, stamps = self.batch, self.stamps

        def note() -> None:
            self.catalogue.read(read)
            self.catalogue.stamp(stamps)

        self.loader.load(note, last=last)
        self.batch, self.stamps, self.since = [], [], time.monotonic()

    def finish(self, roots: list[Path]) -> None:
        """Write the rest, and remove what is no longer in the folders, archives and tables that were read whole."""
        self.write(last=True)
        self.loader.settle()
        self.catalogue.put_note(_REFERENCE, self.extractor)
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
        facts = self.graph.facts
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


def _bytes_in(roots: list[Path], graph_dir: Path) -> int:
    """Size of all input, collections not opened."""
    found = documents(roots, leave_out=graph_dir, unchanged=lambda _iri, _stamp: True)
    return sum(
        item.size if isinstance(item, Found) else item.stamp.size
        for item in found
        if isinstance(item, Found | Collection)
    )


def _write_reference(graph: Graph, loader: Loader) -> None:
    if graph.catalogue.note(_REFERENCE) != extractor_version():
        from kg.graph.reference import reference, reference_triples

        quads = graph.store.quads_for_pattern(None, None, None, REFERENCE)
        if set(reference()) != set(quads):
            loader.put(REFERENCE.value, reference_triples())
