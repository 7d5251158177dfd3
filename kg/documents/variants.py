"""Two identifiers that may be one document, cited differently.

Authors write the wrong letters (``60/2024/NQ-CP`` for ``NĐ-CP``), the wrong body
(``315/KH-UBND``, ``315/KH-SCT``), leave out the year (``01/QĐ-UBND``, ``01/2024/QĐ-UBND``) or
mistype a letter of the symbol (``76/2025/TT-BNMT`` for ``BNNMT``) or a date.  `compare` says whether two
cited documents look like one and how surely; that they are is for a person to judge, so nothing is ever merged.

A series starts anew each year, so a number with two dates is a conflict only where the year
stands in the number, or where the subject tells that both citations mean one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.documents.assembly import in_term, term_of_number
from kg.documents.authority import signs
from kg.documents.doctypes import types_by_letters
from kg.documents.symbol import one_slip
from kg.documents.urn import Parts
from kg.text.slugs import unaccented

__all__ = [
    "Cited",
    "Variant",
    "compare",
    "day_conflict",
    "known_letters",
    "pairs",
    "similar",
    "split_number",
    "unusual",
]

_NUMBER: Final = re.compile(r"(?P<running>\d[\d.]*[a-z]{0,3})(?:-(?P<year>(?:19|20)\d\d))?(?:-(?P<letters>.+))?")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_YEARS: Final = re.compile(r"\b(?:19|20)\d\d\b")
# What every title has: about, on, the, promulgate, approve, carry out …
_COMMON: Final = frozenset(
    "ve viec ban hanh phe đuyet quy đinh thuc hien trien khai cua va cac tren đia ban tinh nam so".split()
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document as one or more citations describe it.

    ``dates`` are the distinct dates given, ISO; ``subjects`` the titles, or the words before the
    citations; ``count`` how often it is cited.
    """

    id: str
    label: str
    parts: Parts
    dates: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    count: int = 1
    titled: bool = True
    """Whether the subjects are titles."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Two documents that may be one: a code of ``ontology/findings.tsv``, the likely one, how sure."""

    code: str
    confidence: float
    meant: str | None = None
    """Identifier of the one that is likely meant, where evidence tells."""
    sure: bool = False
    """Whether nothing else can be meant, so that the other one may be taken for it."""


def split_number(number: str | None) -> tuple[str, str | None, str] | None:
    """Running number, year in the number, letters, of the number part of an identifier.

    >>> split_number("60-2024-nd-cp"), split_number("01-qd-ubnd"), split_number("dien.luc")
    (('60', '2024', 'nd-cp'), ('01', None, 'qd-ubnd'), None)
    """
    found = _NUMBER.fullmatch(number or "")
    return (found["running"], found["year"], found["letters"] or "") if found else None


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unaccented(text))) - _COMMON


def similar(a: Iterable[str], b: Iterable[str]) -> float | None:
    """How much two sets of subjects have in common, 0 to 1; None where one has nothing to compare.

    Subjects that name different years (the plan for 2023, the plan for 2024) are not alike.

    >>> similar(["về phát triển và quản lý chợ"], ["phát triển, quản lý chợ trên địa bàn tỉnh"])
    1.0
    >>> similar(["nhiệm vụ chủ yếu thực hiện Kế hoạch năm 2023"], ["nhiệm vụ chủ yếu thực hiện Kế hoạch năm 2024"])
    0.0
    """
    best: float | None = None
    for x in a:
        for y in b:
            one, two = _words(x), _words(y)
            if min(len(one), len(two)) < 3:
                continue
            years = set(_YEARS.findall(x)), set(_YEARS.findall(y))
            apart = years[0] and years[1] and not years[0] & years[1]
            score = 0.0 if apart else len(one & two) / min(len(one), len(two))
            best = max(best or 0.0, score)
    return best


def day_conflict(a: Iterable[str], b: Iterable[str]) -> tuple[str, str] | None:
    """The first two dates that exclude each other; a date of less precision agrees with one it begins.

    >>> day_conflict(["2024-12-10"], ["2024-12", "2024-12-19"])
    ('2024-12-10', '2024-12-19')
    """
    return next(((x, y) for x in a for y in b if not (x.startswith(y) or y.startswith(x))), None)


def _same_day(a: Cited, b: Cited) -> bool:
    return any(len(x) == 10 and x in b.dates for x in a.dates)


def compare(a: Cited, b: Cited) -> Variant | None:
    """Tell whether two different identifiers look like one document; None where they don't."""
    one, two = split_number(a.parts.number), split_number(b.parts.number)
    if not one or not two or one[0] != two[0] or not a.parts.type or not b.parts.type:
        return None
    alike = similar(a.subjects, b.subjects)
    same_body = (a.parts.jurisdiction, a.parts.authority) == (b.parts.jurisdiction, b.parts.authority)
    same_type = a.parts.type == b.parts.type
    if same_type and one[:2] == two[:2] and a.parts.jurisdiction == b.parts.jurisdiction:
        found = _symbol_slip(a, b, one[2], two[2], alike, in_number=one[1] is not None) or _same_series(
            a, b, one[2], two[2]
        )
        if found:
            return found
    if same_body and same_type:
        if one == two:
            return _two_years(a, b, int(re.sub(r"\D.*", "", one[0])), alike)
        if one[2] == two[2] and None in (one[1], two[1]) and _same_day(a, b):
            confidence = 0.7 if alike is None else 0.9 if alike >= 0.6 else 0.3
            return Variant("year-variant", confidence) if confidence > 0.5 else None
        return None
    same_day = _same_day(a, b) and not day_conflict(a.dates, b.dates)
    same_year = one[1] is not None and one[1] == two[1] and not day_conflict(a.dates, b.dates)
    if not (same_day or same_year) or one[1] != two[1]:
        return None
    if same_body and (alike or 0) >= 0.5:
        return Variant("type-variant", 0.9 if same_day else 0.75, _likelier(a, b))
    if same_body and alike is None and same_day and one[1]:
        return Variant("type-variant", 0.6, _likelier(a, b))
    if one[2] == two[2] or a.parts.province != b.parts.province:
        return None
    # TTLT-BCT-BKHCN, TTLT-BKHCN-BCT: the same bodies turned round, or a number of the other one's series.
    if same_type and alike != 0.0 and sorted(one[2].split("-")) == sorted(two[2].split("-")):
        return Variant("body-variant", 0.85 if same_day else 0.7, _likelier(a, b))
    if not same_day:
        return None
    if same_type:
        confidence = 0.6 if alike is None else 0.85 if alike >= 0.5 else 0.0
        return Variant("body-variant", confidence, _likelier(a, b)) if confidence else None
    if (alike or 0) >= 0.7 and a.titled and b.titled:
        return Variant("type-variant", 0.7, _likelier(a, b))
    return None


def _two_years(a: Cited, b: Cited, running: int, alike: float | None) -> Variant | None:
    """One number in two years of its series: two documents, unless much else agrees."""
    days = day_conflict(a.dates, b.dates)
    # The first resolutions and decisions of each year have one subject, and are signed on about one day.
    if not days or running < _RITUAL:
        return None
    same_day_of_year = len(days[0]) == len(days[1]) == 10 and days[0][4:] == days[1][4:]
    if alike is not None and alike >= 0.8:
        return Variant("two-dates", 0.85 if same_day_of_year else 0.6, _likelier(a, b))
    if alike is None and same_day_of_year:
        return Variant("two-dates", 0.6, _likelier(a, b))
    return None


_RITUAL: Final = 20


def _symbol_slip(a: Cited, b: Cited, one: str, two: str, alike: float | None, *, in_number: bool) -> Variant | None:
    """One number and type of one day, or subject, with letters that are nobody's in one citation, and one slip off.

    ``in_number`` tells that the year stands in the number.
    """
    if not one_slip(one, two) or day_conflict(a.dates, b.dates):
        return None
    known = [document for document in (a, b) if _signed(document.parts)]
    if len(known) != 1:
        return None
    (right,) = known
    wrong = b if right is a else a
    titled = a.titled and b.titled
    if wrong.parts.authority not in ((), right.parts.authority) or (alike == 0.0 and titled):
        return None
    if not _same_day(a, b) and not (titled and (alike or 0.0) >= 0.8 and in_number):
        return None
    sure = not titled or alike is None or alike >= 0.5
    return Variant("symbol-variant", 0.9 if sure else 0.6, right.id, sure)


def _same_series(a: Cited, b: Cited, one: str, two: str) -> Variant | None:
    """One number of one body and day: one citation calls it by a longer name, or has the joint bodies turned round."""
    heads = [document.parts.authority for document in (a, b)]
    if not _same_day(a, b) or day_conflict(a.dates, b.dates) or not all(heads):
        return None
    if one == two and len(heads[0]) == len(heads[1]) == 1:
        short, long = sorted((heads[0][0], heads[1][0]), key=len)
        if short != long and f"{long}.".startswith(f"{short}."):
            return Variant("body-variant", 0.9, a.id if heads[0][0] == long else b.id, sure=True)
    if one != two and heads[0][0] == heads[1][0] and len(heads[0]) > 1 and sorted(heads[0]) == sorted(heads[1]):
        return Variant("body-variant", 0.9, _likelier(a, b) or min(a.id, b.id), sure=True)
    return None


def _signed(parts: Parts) -> bool:
    """Whether the letters of a number, if it has some, are those of a type and a body, or of the term of its year."""
    number = split_number(parts.number)
    if not number or not number[2]:
        return True
    term = term_of_number(number[2])
    return in_term(term, str(parts.year)) if term else known_letters(number[2])


@lru_cache(maxsize=4096)  # the letters of a few bodies, again and again
def known_letters(letters: str) -> bool:
    """Whether the letters of a number are those of a type, where they have one, and of a body.

    >>> known_letters("tt-bnnmt"), known_letters("tt-bnmt"), known_letters("no-hdnd")
    (True, False, False)
    """
    first, *rest = letters.split("-")
    return signs(tuple(rest) if rest and first in types_by_letters(True) else (first, *rest))


def _likelier(a: Cited, b: Cited) -> str | None:
    """The one of two that evidence favours: a series that exists, else the more often cited."""
    for one, other in ((a, b), (b, a)):
        if unusual(other.parts) and not unusual(one.parts):
            return one.id
    if a.count == b.count:
        return None
    return a.id if a.count > b.count else b.id


def unusual(parts: Parts) -> bool:
    """Whether the number belongs to a series that hardly exists.

    The Government issued no normative resolutions under the promulgation laws of 2008 and 2015,
    that is, from 2009 until 2025-03-31; a few have a year in their number all the same.
    """
    number = split_number(parts.number)
    return (
        number is not None
        and parts.type == "nghi.quyet"
        and parts.authority == ("chinh.phu",)
        and number[1] is not None
        and 2009 <= int(number[1]) <= 2024
    )


def pairs(documents: Sequence[Cited], limit: int = 50) -> Iterator[tuple[Cited, Cited]]:
    """Pairs worth comparing, each once: one running number, and one day, one year or one series.

    A bucket of more than ``limit`` documents tells nothing and is left out, so the work stays linear.
    """
    buckets: dict[tuple[str | None, ...], list[Cited]] = {}
    for document in documents:
        if not (number := split_number(document.parts.number)):
            continue
        running, year, letters = number
        where = document.parts.province
        keys: list[tuple[str | None, ...]] = [("day", running, where, d) for d in document.dates if len(d) == 10]
        if year:
            keys.append(("year", running, where, year))
        keys.append(("series", running, where, document.parts.type, letters))
        for key in keys:
            buckets.setdefault(key, []).append(document)
    seen: set[tuple[str, str]] = set()
    for bucket in buckets.values():
        if len(bucket) > limit:
            continue
        for index, one in enumerate(bucket):
            for other in bucket[index + 1 :]:
                if one.id != other.id and (one.id, other.id) not in seen:
                    seen.add((one.id, other.id))
                    yield one, other
