"""Stored questions on a Neo4j server: each ``queries/NAME.cypher`` answers as its ``NAME.rq`` does.

A file's leading comments give its parameters as Neo4j Browser sets them, ``// :param NAME => example``.
Every parameter of the question is one: a list of IRIs for documents, provinces, bodies and reports;
a text, a number or an ISO date for the others; for a period a list of its first and last day, and
``NAME_within``, a list of the periods that it contains.  One that is not given is null.  Questions that
count by province or body take ``units_province`` or ``units_body``, a map from the IRI of a unit to
the units that it stands for on another day, each an IRI and a name.  User input enters a query as
these values and in no other way.

>>> sorted(parameters("provinces-implementing"))
['document', 'period_within', 'province', 'status']
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.answers.questions import Answer, Bound, answered, read_day, stored
from kg.graph.binding import Rows
from kg.graph.results import Value
from kg.neo4j.names import bind
from kg.neo4j.server import Server

__all__ = ["cypher", "parameters", "run"]

_Value: TypeAlias = str | int | list[str] | None

_PARAMETER: Final = re.compile(r"^// :param (\w+) => ", re.MULTILINE)
_LISTS: Final = frozenset({"document", "province", "body", "report"})
_XSD_INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"


@cache
def cypher(name: str) -> str:
    """Return the Cypher text of a stored question; raises KgError where there is no such question."""
    return files("kg.queries").joinpath(f"{stored(name).name}.cypher").read_text(encoding="utf-8")


def parameters(name: str) -> set[str]:
    """Return the names of the parameters that the Cypher text takes."""
    return set(_PARAMETER.findall(cypher(name)))


def run(server: Server, name: str, /, *, as_of: str | None = None, **given: str | int | None) -> Answer:
    """Answer the stored question ``name`` from a replica; parameters and errors as in `kg.answers.questions.run`."""
    query, day = stored(name), read_day(as_of)
    bound, units = bind(server, query, given, day)
    kinds = {parameter.name: parameter.type for parameter in query.parameters}
    values: dict[str, Any] = dict.fromkeys(parameters(name)) | _values(bound, kinds)
    values |= {place.replace(".", "_"): _units(rows) for place, rows in units.items()}
    columns = tuple(column.name for column in query.columns)
    rows = [{column: _cell(row[column]) for column in columns} for row in server.read(cypher(name), **values)]
    return answered(query, bound, rows, day)


def _units(rows: Rows) -> dict[str, list[list[str]]]:
    """The units that each one stands for: IRI -> pairs of an IRI and a name."""
    found: dict[str, list[list[str]]] = {}
    for unit, *other in rows:
        found.setdefault(unit.value, []).append([term.value for term in other])
    return found


def _values(bound: Mapping[str, Bound], kinds: Mapping[str, str]) -> dict[str, _Value]:
    values: dict[str, _Value] = {}
    for name, value in bound.items():
        kind = kinds[name]
        for place, rows in value.values.items():
            terms = [_plain(term) for row in rows for term in row]
            several = kind in _LISTS or kind == "period"
            values[place.replace(".", "_")] = [str(t) for t in terms] if several else terms[0]
    return values


def _plain(term: NamedNode | Literal) -> str | int:
    if isinstance(term, Literal) and term.datatype.value == _XSD_INTEGER:
        return int(term.value)
    return term.value


def _cell(value: Any) -> Value:
    """A list of names is one cell, as SPARQL's GROUP_CONCAT makes it; an empty text is no value."""
    text: Value = "; ".join(value) if isinstance(value, list) else value
    return None if text == "" else text
