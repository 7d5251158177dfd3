"""Terms of the National Assembly, with which the numbers of its laws and resolutions end: ``31/2024/QH15``.

The terms and their first days are rows of ``ontology/terms.tsv``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.ontology.tables import read

__all__ = ["in_term", "term_of", "term_of_number"]

_AT_END: Final = re.compile(r"(?:\A|-)(?:ubtv)?qh(\d{1,2})\Z")


@cache
def _terms() -> dict[int, tuple[str, str]]:
    """First day of each term, and of the next."""
    rows = [(int(row["term"]), row["from"]) for row in read("terms")]
    ends = [day for _, day in rows[1:]] + ["9999-12-31"]
    return {number: (day, end) for (number, day), end in zip(rows, ends, strict=True)}


def in_term(number: int, given: str) -> bool:
    """Whether a date (ISO, of any precision) is in a term of the National Assembly.

    >>> in_term(15, "2024"), in_term(15, "2021-07"), in_term(14, "2022")
    (True, True, False)
    """
    first, last = _terms().get(number, ("0001", "9999"))
    return first[: len(given)] <= given[: len(first)] and given[: len(last)] <= last[: len(given)]


def term_of(given: str) -> int | None:
    """Return the term that a date (ISO, of any precision) is in, None where it is in none or may be in two.

    >>> term_of("2025"), term_of("2021"), term_of("2021-11-12"), term_of("1960")
    (15, None, 15, None)
    """
    found = [number for number in _terms() if in_term(number, given)]
    return found[0] if len(found) == 1 else None


def term_of_number(number: str) -> int | None:
    """Return the term with which the number of a document, or its letters, as a slug, ends; None where it has none.

    >>> term_of_number("31-2024-qh15"), term_of_number("ubtvqh13"), term_of_number("60-2024-nd-cp")
    (15, 13, None)
    """
    found = _AT_END.search(number)
    return int(found[1]) if found else None
