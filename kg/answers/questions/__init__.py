"""Stored questions: asked by name, with parameters as people write them, answered in rows with their evidence.

`files` reads what a question is, `parameters` what is asked for (`cited` documents, `units` of a day);
a parameter enters the query as RDF terms at the places that `kg.graph.binding` knows, so no text of a
user ever becomes part of a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.answers.questions.bound import Bound
from kg.answers.questions.cited import one_document
from kg.answers.questions.files import Column, Parameter, StoredQuery, names, stored, stored_queries
from kg.answers.questions.order import in_order
from kg.answers.questions.parameters import read_day, resolve
from kg.answers.questions.units import unit_values
from kg.graph.binding import fill
from kg.graph.results import Value
from kg.text.alphabet import place_of
from kg.text.slugs import slug

if TYPE_CHECKING:
    from kg.graph.store import Graph


__all__ = [
    "Answer",
    "Bound",
    "Column",
    "Parameter",
    "StoredQuery",
    "answered",
    "names",
    "one_document",
    "read_day",
    "resolve",
    "run",
    "stored",
    "stored_queries",
    "unit_values",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a stored query; ``params`` are the values as understood, ``notes`` what a person should know."""

    query: StoredQuery
    params: Mapping[str, Value | list[str]]
    columns: tuple[str, ...]
    rows: list[dict[str, Value]]
    notes: tuple[str, ...] = ()
    as_of: str | None = None
    """The day whose provinces and bodies the rows are told for, ISO; None for those that the sources name."""

    @property
    def readable(self) -> list[str]:
        """Columns for people: a short name of a province says nothing beside the full one."""
        return [c for c in self.columns if c != "province" or "answeredFor" not in self.columns]

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return {
            "query": self.query.name,
            "parameters": dict(self.params),
            "as_of": self.as_of,
            "columns": list(self.columns),
            "rows": self.rows,
            "notes": list(self.notes),
        }


def run(graph: Graph, name: str, /, *, as_of: str | None = None, **params: str | int | None) -> Answer:
    """Answer the stored question ``name``; a parameter that is None or empty counts as not given.

    A ``document`` may be written in any way a citation is; it stands for every document that it
    fits.  ``as_of``, a date or ``today``, asks for the provinces and bodies of that day.  Raises
    KgError for an unknown query or parameter, a missing one, and a value that can't be read.
    """
    query, day = stored(name), read_day(as_of)
    bound = resolve(graph, query, params, day)
    values = {place: rows for value in bound.values() for place, rows in value.values.items()}
    found = graph.select(fill(query.sparql, values | unit_values(graph, query, day)))
    return answered(query, bound, found, day)


_BODIES: Final = frozenset({"issuer", "by", "assignee"})
"""Columns that may name several bodies."""
_LISTS: Final = frozenset({"about", "suggests"})
"""Columns that may have several identifiers."""


def _names(column: str, cell: Value) -> Value:
    """A cell; several bodies in the order of their names, each once however sources spell it, identifiers in theirs."""
    if column in _LISTS and isinstance(cell, str):
        return "; ".join(sorted(cell.split("; ")))
    if column not in _BODIES or not isinstance(cell, str) or "; " not in cell:
        return cell
    return "; ".join(sorted({slug(name): name for name in sorted(cell.split("; "))}.values(), key=place_of))


def answered(
    query: StoredQuery, bound: Mapping[str, Bound], found: Iterable[Mapping[str, Value]], day: str | None
) -> Answer:
    """Make the answer of the rows that a store gave, for the provinces of ``day``."""
    columns = tuple(column.name for column in query.columns)
    notes = tuple(note for value in bound.values() for note in value.notes)
    shown: dict[str, Value | list[str]] = {key: value.iris or value.given for key, value in bound.items()}
    # GROUP_CONCAT of nothing is an empty string.
    rows = [{c: None if row[c] == "" else _names(c, row[c]) for c in columns} for row in found]
    rows = in_order(query.sparql, rows)
    if day:
        from kg.answers.questions.restate import restate

        rows, columns, stands = restate(rows, columns, day)
        asked = any(p.name in bound and p.type == "province" for p in query.parameters)
        notes += () if asked else stands  # of a province asked for it has been told already
    return Answer(query, shown, columns, rows, notes, day)
