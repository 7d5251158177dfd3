"""Rows of the queries beside this module, and what their cells hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.graph.binding import Rows, fill

if TYPE_CHECKING:
    from kg.graph.results import Value
    from kg.graph.store import Graph

__all__ = ["number", "select", "text"]


@cache
def _query(name: str) -> str:
    return files("kg.report").joinpath(f"{name}.rq").read_text(encoding="utf-8")


def select(graph: Graph, name: str, values: Mapping[str, Rows] | None = None) -> list[dict[str, Value]]:
    """Return what the query of that name finds, with rows of values filled in where it has a place for them."""
    return graph.select(fill(_query(name), values or {}))


def text(value: Value) -> str | None:
    """Return a cell as text; an empty one is None."""
    return None if value is None or value == "" else str(value)


def number(value: Value) -> int | None:
    """Return a cell as a whole number."""
    return int(value) if value is not None else None
