"""Laws that one text cites by name with two years that lie too near for two laws.

A law is cited by its name and year (Nghị định 78/2025/NĐ-CP, Điều 68), and a law of that name is
not made anew within two years; so ``Luật Đất đai năm 2023`` beside ``Luật Đất đai số 31/2024/QH15``
is a slip.  A name that amends another is left out: a law may be amended every year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from kg.documents.namesakes import namesakes
from kg.documents.variants import day_conflict, split_number
from kg.model import Mention
from kg.ontology.wording import entries
from kg.text.slugs import slug

__all__ = ["Doubt", "doubts"]

_NEAR: Final = 2
"""Years within which no law is followed by another of its name."""


class Doubt(NamedTuple):
    """A law that is given two years, or two days of one year, ``told`` earlier in the text and at ``where``."""

    code: str
    where: Mention
    mentions: tuple[Mention, ...]
    one: str
    other: str
    meant: str | None
    """The year, or the day, that a number or most citations have."""
    numbered: bool = False
    """Whether the number of the law has that year."""


def doubts(mentions: Iterable[Mention]) -> Iterator[Doubt]:
    """Yield what the citations of laws by name contradict of each other, by their names."""
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        law = mention.type in entries("named_types") and mention.name and "sua doi" not in slug(mention.name, " ")
        if law and mention.name and _year(mention) and not _contradicts_itself(mention):
            by_name.setdefault(mention.name, []).append(mention)
    for group in by_name.values():
        yield from _two_years(group)
        yield from _two_days(group)


def _contradicts_itself(mention: Mention) -> bool:
    """Whether number and date have different years, which is a finding of its own and proves neither."""
    number = _of_number(mention)
    return bool(number and mention.date) and (mention.date or "")[:4] != number


def _year(mention: Mention) -> str:
    return _of_number(mention) or (mention.date or "")[:4]


def _of_number(mention: Mention) -> str:
    split = split_number(slug(mention.number or "", "-"))
    return (split[1] if split else None) or ""


def _two_years(group: list[Mention]) -> Iterator[Doubt]:
    sure = {_year(m) for m in group if _of_number(m)}
    years = sorted({_year(m) for m in group})
    for one, other in pairwise(years):
        if int(other) - int(one) > _NEAR or {one, other} <= sure:
            continue
        those = {year: [m for m in group if _year(m) == year] for year in (one, other)}
        meant = next(iter({one, other} & sure), None) or _most(those)
        wrong = those[one] if meant == other else those[other]
        where = wrong[0] if meant else max((those[one][0], those[other][0]), key=lambda m: m.start)
        involved = tuple(sorted(those[one] + those[other], key=lambda m: m.start))
        yield Doubt("two-years", where, involved, one, other, meant, meant in sure)


def _most(those: dict[str, list[Mention]]) -> str | None:
    """The year that is told at least twice as often as the other."""
    (_, few), (year, many) = sorted(those.items(), key=lambda item: len(item[1]))
    return year if len(many) >= 2 * len(few) else None


def _two_days(group: list[Mention]) -> Iterator[Doubt]:
    dated = [m for m in group if m.date and not m.number and re.fullmatch(r"\d{4}-\d\d-\d\d", m.date)]
    for year in sorted({_year(m) for m in dated}):
        those = [m for m in dated if _year(m) == year]
        same = namesakes(slug(those[0].name or "", "."), year)
        if not same and (days := day_conflict([m.date or "" for m in those], [m.date or "" for m in those])):
            where = next(m for m in those if m.date == days[1])
            yield Doubt("two-dates", where, tuple(those), *days, None)
