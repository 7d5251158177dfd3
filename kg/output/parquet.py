"""The graph as Parquet files: the tables of `kg.output.frames`, one file each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.vocabulary import REFERENCE, RESOLUTION
from kg.output.files import replacing
from kg.output.frames import TABLES, resolutions, rows

__all__ = ["write_parquet"]

_ROWS: Final = 20_000
"""Rows that wait in memory, and make a row group."""


def write_parquet(graph: Graph, folder: Path) -> None:
    """Write ``mentions.parquet`` and the other tables into ``folder``, each file whole or not at all.

    Raises KgError where pyarrow is missing or ``folder`` can't be written.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise KgError.of("export.pyarrow") from error
    from kg.output.arrow import schema

    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for name in TABLES:
            file = stack.enter_context(replacing(folder / f"{name}.parquet"))
            writers[name] = stack.enter_context(pq.ParquetWriter(file, schema(name), compression="zstd"))
        waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        for table, found in _tables(graph):
            waiting[table] += found
            if len(waiting[table]) >= _ROWS:
                writers[table].write_table(pa.Table.from_pylist(waiting.pop(table), schema=schema(table)))
                waiting[table] = []
        for table, rest in waiting.items():
            writers[table].write_table(pa.Table.from_pylist(rest, schema=schema(table)))


def _tables(graph: Graph) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of each named graph; those of provinces, bodies and types alone are no rows of a table."""
    for name in graph.names():
        said = graph.store.quads_for_pattern(None, None, None, name)
        if name == RESOLUTION:
            yield "resolutions", resolutions(said)
        elif name != REFERENCE:
            yield from rows(name.value, said).items()
