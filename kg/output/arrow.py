"""The tables of `kg.output.frames` in Arrow, for Parquet files and for Spark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa  # type: ignore[import-untyped]

from kg.output.frames import TABLES, Kind

__all__ = ["schema"]

_TYPES: Final = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.JOINED: pa.string(),
}
_KEYS: Final[Mapping[str, Iterable[str]]] = {"sources": ("source",), "resolutions": ("id",)}


def schema(table: str) -> Any:
    """Return the Arrow schema of a table: its key (``source``, ``id``) and its columns."""
    keys = [(name, pa.string()) for name in _KEYS.get(table, ("source", "id"))]
    return pa.schema([*keys, *((column.name, _TYPES[column.kind]) for column in TABLES[table])])
