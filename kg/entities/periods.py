"""Periods as people ask for them: a year, a quarter, a month, half a year, a span of years.

The labels are those of a report's header (``2024``, ``2024-H1``, ``2024-Q3``, ``2020-M9``: the
first nine months) and ISO 8601 dates and intervals (``2024-06``, ``2020/2022``).

>>> read_period("2024-H1").start, read_period("2024-H1").end
('2024-01-01', '2024-06-30')
>>> read_period("2020/2022").labels
('2020', '2021', '2022')
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Final

from kg.text.late import late

__all__ = ["PeriodError", "Span", "last_month", "read_period"]


class PeriodError(ValueError):
    """A text that is no period."""


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, ISO, and what the label or date of a report within the period begins with."""

    start: str
    end: str
    labels: tuple[str, ...]


_YEAR: Final = r"(?:19|20)\d\d"
_FORMS: Final = late(
    rf"""(?P<from>{_YEAR})\s*[/–-]\s*(?P<to>{_YEAR})
    | (?P<y>{_YEAR}) (?: -(?P<part>H[12]|Q[1-4]|M(?:[1-9]|1[012])) | -(?P<m>\d\d) (?:-(?P<d>\d\d))? )?
    | (?P<d2>\d{{1,2}}) [/.-] (?P<m2>\d{{1,2}}) [/.-] (?P<y2>{_YEAR})
    | (?P<m3>\d{{1,2}}) [/.-] (?P<y3>{_YEAR})""",
    re.VERBOSE | re.IGNORECASE,
)


def read_period(text: str) -> Span:
    """Return the period that ``text`` stands for; raises PeriodError for anything else."""
    found = _FORMS.fullmatch(text.strip())
    if not found:
        raise PeriodError(text)
    if found["from"]:
        first, last = int(found["from"]), int(found["to"])
        if first > last:
            raise PeriodError(text)
        return Span(f"{first}-01-01", f"{last}-12-31", tuple(str(y) for y in range(first, last + 1)))
    year = int(found["y"] or found["y2"] or found["y3"])
    if found["part"]:
        return _part(year, found["part"].upper())
    month = found["m"] or found["m2"] or found["m3"]
    if not month:
        return Span(f"{year}-01-01", f"{year}-12-31", (str(year),))
    if not 1 <= int(month) <= 12:
        raise PeriodError(text)
    days = monthrange(year, int(month))[1]
    day = found["d"] or found["d2"]
    if not day:
        label = f"{year}-{int(month):02}"
        return Span(f"{label}-01", f"{label}-{days}", (label,))
    if not 1 <= int(day) <= days:
        raise PeriodError(text)
    label = f"{year}-{int(month):02}-{int(day):02}"
    return Span(label, label, (label,))


def last_month(deadline: str) -> str:
    """Return a quarter as its last month, since a deadline counts from its end; any other deadline as it is.

    >>> last_month("2025-Q2"), last_month("2025-06-30")
    ('2025-06', '2025-06-30')
    """
    year, _, quarter = deadline.partition("-Q")
    return f"{year}-{3 * int(quarter):02d}" if quarter else deadline


def _part(year: int, part: str) -> Span:
    """Half a year, a quarter, or the first months: the parts and months inside it are within it as well."""
    number = int(part[1:])
    length = {"H": 6, "Q": 3, "M": number}[part[0]]
    first = 1 if part[0] == "M" else (number - 1) * length + 1
    months = range(first, first + length)
    quarters = [f"{year}-Q{q}" for q in range(1, 5) if {3 * q - 2, 3 * q} <= set(months)]
    halves = [f"{year}-H{h}" for h in (1, 2) if {6 * h - 5, 6 * h} <= set(months)]
    labels = dict.fromkeys([f"{year}-{part}", *halves, *quarters, *(f"{year}-{m:02}" for m in months)])
    last = monthrange(year, months[-1])[1]
    return Span(f"{year}-{first:02}-01", f"{year}-{months[-1]:02}-{last}", tuple(labels))
