"""Dates of unequal precision: the days that one may be, and the days between two.

>>> last_day("2024-06"), last_day("2024-H1"), days_between("2024-06-05", "2024-07-06")
('2024-06-30', '2024-06-30', 31)
"""

from __future__ import annotations

from datetime import date

from kg.entities.periods import PeriodError, read_period

__all__ = ["days_between", "is_day", "last_day"]

_DAY = len("2024-06-05")


def is_day(value: str | None) -> bool:
    """Whether ``value`` is known to the day."""
    return value is not None and len(value) == _DAY


def last_day(value: str | None) -> str | None:
    """Return the last day of a date or period, ISO; None where ``value`` is none."""
    try:
        return read_period(value).end if value else None
    except PeriodError:
        return None


def days_between(start: str | None, end: str | None) -> int | None:
    """Return the number of days from one date to another, None unless both are known to the day."""
    if start is None or end is None or not is_day(start) or not is_day(end):
        return None
    return (date.fromisoformat(end) - date.fromisoformat(start)).days
