"""Which date of a document is shown where those that its sources give exclude each other.

A date may be mistyped by whoever cites a document, or by many who copy each other.  The word of a register of known
documents counts first, then that of the document's own file, then a date of the year that its number has, then what
most sources say, then what most citations say; of what is left the latest, as of any other property questions show
the greatest value.  That the dates differ is a finding all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Dated", "settled"]


class Dated(NamedTuple):
    """A date (ISO, of any precision) that so many sources give, the register or the document's own file among them."""

    day: str
    sources: int
    mentions: int = 0
    """How often, in all of them."""
    own: bool = False
    registered: bool = False


def settled(told: Iterable[Dated], year: int | None) -> str | None:
    """Return the date to show for a document of ``year``; None where the dates that it is given agree.

    >>> settled([Dated("2024-03-15", 2), Dated("2024-03-25", 1), Dated("2024", 9)], 2024)
    '2024-03-15'
    >>> settled([Dated("2024-03-15", 9), Dated("2024-03-25", 1, own=True)], 2024)
    '2024-03-25'
    >>> settled([Dated("2024-03", 2), Dated("2024-03-25", 1)], 2024) is None
    True
    """
    given = list(told)
    # A month agrees with each of its days and tells nothing about them.
    exact = [one for one in given if not any(other.day != one.day and other.day.startswith(one.day) for other in given)]
    if len(exact) < 2:
        return None
    year_of_number = str(year)
    return max(
        exact, key=lambda d: (d.registered, d.own, d.day[:4] == year_of_number, d.sources, d.mentions, d.day)
    ).day
