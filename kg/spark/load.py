"""N-Quads of a build on Spark into a graph directory, and the second pass over them."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.vocabulary import REFERENCE
from kg.pipeline.resolve import resolve

__all__ = ["load"]

_BATCH: Final = 12_000_000
"""Bytes of N-Triples that are loaded at once."""


def load(out: str | os.PathLike[str], graph_dir: str | os.PathLike[str]) -> tuple[int, int]:
    """Bring the graph in ``graph_dir`` to the state of the current run in ``out``, a folder of this machine.

    Return how many documents the graph has and how many citations the second pass resolved.  What
    the graph knows as it is stays; what the run no longer has is removed.  Raises KgError where
    there is no complete run.
    """
    folder = Path(out)
    try:
        run = folder / json.loads((folder / "current").read_text(encoding="utf-8"))["run"]
        parts = sorted((run / "nquads").glob("part-*.nq.gz"))
    except (OSError, ValueError, KeyError) as error:
        raise KgError.of("spark.no-run", path=folder) from error
    with Graph.open(graph_dir, read_only=False) as graph:
        known = {source.iri: (source.sha256, source.extractor) for source in graph.sources()}
        seen, batch, size = set[str](), list[tuple[str, bytes]](), 0
        for iri, triples in _graphs(parts):
            seen.add(iri)
            if iri == REFERENCE.value:
                graph.replace(iri, triples)
            elif known.get(iri) != _state(triples):
                batch.append((iri, triples))
                size += len(triples)
            if size > _BATCH:
                graph.add(batch)
                batch, size = [], 0
        graph.add(batch)
        for iri in known.keys() - seen:
            graph.remove(iri)
        links = resolve(graph)
    return len(seen - {REFERENCE.value}), links


def _graphs(parts: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Each named graph with its N-Triples; the lines of one graph stand together."""
    for part in parts:
        with gzip.open(part) as file:
            for name, lines in groupby(file, lambda line: line[line.rindex(b"<") :]):
                iri = name[1 : name.rindex(b">")].decode()
                yield iri, b"".join(line[: line.rindex(b"<")] + b".\n" for line in lines)


_SHA256: Final = b"<https://w3id.org/vn-legal-kg/ns#sha256> "
_EXTRACTOR: Final = b"<https://w3id.org/vn-legal-kg/ns#extractor> "


def _state(triples: bytes) -> tuple[str, str]:
    """Digest and version that a graph tells of itself."""
    return _after(triples, _SHA256), _after(triples, _EXTRACTOR)


def _after(triples: bytes, predicate: bytes) -> str:
    _, _, rest = triples.partition(predicate)
    return rest.split(b'"', 2)[1].decode() if rest else ""
