"""The result of a SPARQL query as a page shows it: a table, yes or no, or triples as text."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kg.output.identified import is_identifier
from kg.server.view import MOST, Cell, document_path
from kg.server.worker import Found

__all__ = ["ACCEPTED", "Result", "result"]

_TABLE, _TRIPLES = "application/sparql-results+json", "text/turtle"
ACCEPTED = f"{_TABLE}, {_TRIPLES}"
"""The forms that `result` reads."""


@dataclass(frozen=True, slots=True)
class Result:
    """``rows`` of a SELECT (``count`` in all), the ``boolean`` of an ASK, or ``triples`` in Turtle."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    count: int = 0
    boolean: bool | None = None
    triples: str | None = None


def result(found: Found) -> Result:
    """Return what a page shows of ``found``, which is in one of the forms `ACCEPTED`."""
    if found.media == _TRIPLES:
        return Result(triples=found.content.decode())
    told = json.loads(found.content)
    if "boolean" in told:
        return Result(boolean=told["boolean"])
    heads, rows = tuple(told["head"]["vars"]), told["results"]["bindings"]
    return Result(
        heads, tuple(tuple(_cell(name, row.get(name, {})) for name in heads) for row in rows[:MOST]), len(rows)
    )


def _cell(name: str, term: dict[str, str]) -> Cell:
    value = term.get("value", "")
    known = term.get("type") == "uri" and is_identifier(value)
    return Cell(name, name, value, document_path(value) if known else None)
