"""The order of the rows of an answer.

A store compares texts by their code points, so Đắk Lắk comes behind Yên Bái and a bare year before all of its
days.  Rows stay in the order that the question's ``ORDER BY`` gives them, but for what it takes of names and
dates: provinces and bodies go by the alphabet, a date or period by its last day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from kg.entities.periods import PeriodError, read_period
from kg.text.alphabet import place_of

__all__ = ["by_name", "in_order"]

Row: TypeAlias = dict[str, Any]

_LAST: Final = re.compile(r"^ORDER BY (?P<keys>.+)$(?!.*^ORDER BY )", re.MULTILINE | re.DOTALL)
_KEY: Final = re.compile(r"\?(\w+)")


def in_order(sparql: str, rows: list[Row]) -> list[Row]:
    """Return ``rows`` of the question ``sparql``, which a store has put in order, with names and dates in theirs.

    >>> told = [{"date": day} for day in ("2024", "2024-06-05", "2024-H1", "2024-12-01", "2025")]
    >>> [row["date"] for row in in_order("ORDER BY ?date ?event", told)]
    ['2024-06-05', '2024-H1', '2024-12-01', '2024', '2025']
    """
    found = _LAST.search(sparql)
    keys = _KEY.findall(found["keys"].split("\n")[0]) if found and rows else []
    asked = [key for key in keys if key in rows[0]] if rows else []
    for index, key in reversed(list(enumerate(asked))):
        if key in _PLACES and asked[: index + 1] == keys[: index + 1]:
            rows = _sorted(rows, asked[:index], key)
    return rows


def _sorted(rows: list[Row], before: list[str], key: str) -> list[Row]:
    """The rows by ``key`` among those that agree in the columns ``before``."""
    first: dict[tuple[Any, ...], int] = {}
    for index, row in enumerate(rows):
        first.setdefault(tuple(row[column] for column in before), index)
    return sorted(rows, key=lambda row: (first[tuple(row[column] for column in before)], _PLACES[key](row[key])))


def by_name(name: Any) -> tuple[Any, ...]:
    """The place of a name, of none before all others."""
    return (name is not None, place_of(str(name or "")))


def _by_last_day(date: Any) -> tuple[Any, ...]:
    """The place of a date or period: its last day, of less precise ones behind that day."""
    text = str(date or "")
    try:
        end = read_period(text).end
    except PeriodError:
        end = text
    return (date is not None, end, end != text, text)


_PLACES: Final[dict[str, Callable[[Any], tuple[Any, ...]]]] = {
    "province": by_name,
    "date": _by_last_day,
    "period": _by_last_day,
    "deadline": _by_last_day,
}
