"""Which Constitution a document means that names none by its year: the one in force on its day.

There is one Constitution at a time, so ``Hiến pháp`` needs no year, and hardly any document of after 2013 gives it
one.  The days are those of ``ontology/constitutions.tsv``: when the National Assembly passed it, or the day that
its resolution on putting it in force gives (Nghị quyết 64/2013/QH13: 1 January 2014).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.ontology.tables import read

__all__ = ["TYPE", "in_force"]

TYPE: Final = "Hiến pháp"


@cache
def _since() -> tuple[tuple[str, str], ...]:
    return tuple((row["from"], row["year"]) for row in read("constitutions"))


def in_force(day: str | None) -> str | None:
    """Return the year of the Constitution in force on a day (ISO, of a less precise date at its end); None before 1946.

    >>> in_force("2013-06-20"), in_force("2025-06"), in_force("2014"), in_force("1930"), in_force(None)
    ('1992', '2013', '2013', None, None)
    """
    last = f"{day}-99-99"[:10] if day else ""
    return next((year for since, year in reversed(_since()) if since <= last), None)
