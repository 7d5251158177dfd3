"""Rows of an answer told for the provinces of another day, those of the sources beside them.

``province`` then names the unit on that day, by its short name; ``answeredFor`` gives that unit's
full name and ``reported`` the full name of the unit that the source names.  A question that
counts by province is mapped within its query (`kg.answers.questions`) and has ``reported`` already.

>>> rows = [{"province": "Hậu Giang", "quote": "…"}]
>>> restate(rows, ("province", "quote"), "2025-07-01")[0]
[{'province': 'Cần Thơ', 'answeredFor': 'thành phố Cần Thơ', 'reported': 'tỉnh Hậu Giang', 'quote': '…'}]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from kg.answers.questions.order import by_name
from kg.entities.units import official, provinces_on
from kg.messages import say
from kg.ontology.tables import provinces

__all__ = ["restate"]

_PLACE, _UNIT, _REPORTED, _TODAY = "province", "answeredFor", "reported", "now"
_BETWEEN = "; "

Row = dict[str, Any]


def restate(
    rows: Sequence[Row], columns: Sequence[str], day: str
) -> tuple[list[Row], tuple[str, ...], tuple[str, ...]]:
    """Return the rows for ``day``, ISO, their columns, and a note on each unit that another one stands for."""
    if _PLACE not in columns:
        return list(rows), tuple(columns), ()
    place = columns.index(_PLACE) + 1
    rest = [column for column in columns[place:] if column != _REPORTED]
    shown = (*columns[:place], _UNIT, _REPORTED, *rest)
    told = [_restated(row, shown, day) for row in rows]
    if columns[0] == _PLACE:  # a list of provinces stays in the order of their names
        told.sort(key=lambda row: by_name(row[_PLACE]))
    return told, shown, tuple(_notes(told, day))


def _notes(rows: Sequence[Row], day: str) -> Iterator[str]:
    stands: dict[str, set[str]] = {}
    for row in rows:
        if unit := row[_UNIT]:
            stands.setdefault(unit, set()).update(set(_parts(row[_REPORTED])) & _full_names() - {unit})
    for unit, names in sorted(stands.items()):
        if names:
            yield say("units.answered", unit=unit, day=day, names=", ".join(sorted(names)))


def _restated(row: Row, columns: Sequence[str], day: str) -> Row:
    names = _parts(row[_PLACE])
    if _REPORTED in row:
        units, sources = names, _parts(row[_REPORTED])
    else:
        units, sources = list(dict.fromkeys(u for name in names for u in provinces_on(name, day))), names
    own = {
        _PLACE: _joined(units),
        _UNIT: _joined(official(unit, day) for unit in units),
        # A source's own unit by the last of its names before today's.
        _REPORTED: _joined(official(name, day) if name in units else _former(name) for name in sources),
    }
    if row.get(_TODAY) == own[_PLACE]:
        own[_TODAY] = None
    return {column: own.get(column, row.get(column)) for column in columns}


@cache
def _full_names() -> frozenset[str]:
    """The names of provinces; where a question counts by body, what is reported is a body."""
    return frozenset(row.full_name for row in provinces())


def _former(name: str) -> str:
    return official(name, "9999-12-31")


def _parts(cell: object) -> list[str]:
    return str(cell).split(_BETWEEN) if cell else []


def _joined(names: Any) -> str | None:
    return _BETWEEN.join(names) or None
