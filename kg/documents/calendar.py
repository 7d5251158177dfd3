"""Days, months and years in a text that the calendar does not have: slips of whoever typed or scanned it.

``31/6/2024``, ``tháng 13/2024``, ``năm 20205``.  A figure too many at a year may be the mark of a
footnote that lost its height, so that is told apart.  What a citation is dated can't be of another
century either: ``01-9-1011`` is no day of a decree.

>>> [slip.kind for slip in slips("den ngay 31/9/2024, trong thang 13/2024, nam 20205; ngay 05/6/2024")]
['impossible-date', 'impossible-date', 'impossible-year']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.entities.dates import iso
from kg.text.patterns import zeros

__all__ = ["Slip", "slips"]


class Slip(NamedTuple):
    """Figures at ``start:end`` that are no date."""

    kind: str
    """A code of ``ontology/findings.tsv``."""
    start: int
    end: int
    meant: str | None = None
    """The day with its month in the right place, where these were exchanged."""
    citation: int | None = None
    """Which citation it dates, in the order that was given."""


_B = r"\s{0,2}"
_END: Final = r"(?!\d|[/.,-]\d)"


def _figures(form: int, marks: str) -> str:
    """Pattern of ``31/6/2024`` with the groups d, m, y of that form."""
    return (
        rf"(?P<d{form}>\d{{1,2}}){_B}(?P<k{form}>[{marks}]){_B}(?P<m{form}>\d{{1,2}})"
        rf"{_B}(?P=k{form}){_B}(?P<y{form}>\d{{4,5}}){_END}"
    )


_DATE: Final = re.compile(
    rf"""
      ngay\s{{1,3}}(?P<d1>\d{{1,2}})\s{{1,3}}thang\s{{1,3}}(?P<m1>\d{{1,2}})\s{{1,3}}nam\s{{1,3}}(?P<y1>\d{{4,5}}){_END}
    | ngay\s{{0,3}}{_figures(2, "/.-")}
    | thang\s{{1,3}}(?P<m3>\d{{1,2}})(?:{_B}[/-]{_B}|\s{{1,3}}nam\s{{1,3}})(?P<y3>\d{{4,5}}){_END}
    | nam\s{{1,3}}(?P<y4>\d{{5}})(?![a-z]){_END}
    """,
    re.VERBOSE,
)
_OPENINGS: Final = ("ngay", "thang", "nam")
"""Words with which `_DATE` begins, the first that may stand in a day first."""
_PARTS: Final = {"1": "ymd", "2": "ymd", "3": "ym", "4": "y", "5": "ymd"}
_GROUPS: Final = {form: tuple(part + form for part in parts) for form, parts in _PARTS.items()}
"""The groups of each form, from the year to the day."""
_BEFORE_YEAR: Final = frozenset(c for c in map(chr, range(256)) if c.isspace()) | {"/", ".", "-"}
_PARTED: Final = "".join(_BEFORE_YEAR) + "0123456789"
"""What stands between the last word of a day and its year."""
_REACH: Final = 32
"""Code points that a day takes at most before its year."""
_WORD: Final = re.compile(r"ngay\s{0,3}")
# Behind a citation a day needs no word.
_BEHIND: Final = re.compile(rf"[\s,(]{{0,8}}{_figures(5, '/.')}")
_GAP: Final = re.compile(r"[\s,(]{0,8}(?:ngay\s{0,3})?")
# "mỗi năm 20500 lượt", "5 năm 19800": a number of something.
_COUNTED: Final = re.compile(r"(?:\b(?:moi|hang|mot)|\d)\s{1,3}\Z")


def slips(folded: str, citations: Sequence[tuple[int, int]] = ()) -> Iterator[Slip]:
    """Yield the slips of a folded text in its order; ``citations`` are spans in it, by their beginnings.

    A year of another century is a slip only behind a citation: a text may tell of the year 1802.
    """
    starts = [start for start, _ in citations]
    bare = [match for _, end in citations if (match := _BEHIND.match(folded, end))]
    done = 0
    dates = list(_dates(folded))
    for match in sorted([*dates, *bare], key=lambda match: match.start()) if bare else dates:
        form = (match.lastgroup or "")[1:]
        figures = [match[group] for group in _GROUPS[form]]
        start = match.start("d5") if match.re is _BEHIND else match.start()
        if start < done or _holds(*figures):
            continue
        found = dict(zip(_PARTS[form], figures, strict=True))
        before = bisect_right(starts, start) - 1
        end = citations[before][1] if before >= 0 else 0
        dates_it = before >= 0 and (start < end or bool(_GAP.fullmatch(folded, end, start)))
        if kind := _kind(found, dates_it, bool(_COUNTED.search(folded, max(0, start - 8), start))):
            word = _WORD.match(folded, start)
            done = match.end()
            yield Slip(kind, word.end() if word else start, done, _swapped(found), before if dates_it else None)


def _dates(folded: str) -> Iterator[re.Match[str]]:
    """What a search for `_DATE` finds: from each year back to the word before it."""
    figures = zeros(folded)
    done = 0
    year = figures.find("0000")
    while year >= 0:
        if folded[year - 1] in _BEFORE_YEAR:
            low = max(done, year - _REACH)
            dated = folded[low:year].rstrip(_PARTED).endswith(_OPENINGS)
            for opening in _OPENINGS if dated else ():
                at = folded.rfind(opening, low, year)
                if at >= 0 and (match := _DATE.match(folded, at)):
                    yield match
                    done = match.end()
                    break
        year = figures.find("0000", year + 4)


@lru_cache(maxsize=4096)  # a document dates what it cites, again and again
def _holds(year: str, month: str = "1", day: str = "1") -> bool:
    """Whether the figures are a day or month of this century or the last."""
    return 1900 <= int(year) < 2100 and bool(iso(int(year), int(month), int(day)))


def _kind(found: dict[str, str], cited: bool, counted: bool) -> str | None:
    year = found["y"]
    if len(year) > len("2024"):
        likely = cited or "m" in found or (year[:2] in ("19", "20") and not counted)
        return "impossible-year" if likely else None
    # The calendar of 1802 is that of any year but for leap years.
    day = iso(2000 + int(year) % 400, int(found.get("m", 1)), int(found.get("d", 1)))
    return "impossible-date" if cited or not day else None


def _swapped(found: dict[str, str]) -> str | None:
    """The day with its month in the right place."""
    if "d" not in found or not _holds(found["y"], found["d"], found["m"]):
        return None
    return f"{int(found['m']):02}/{int(found['d']):02}/{found['y']}"
