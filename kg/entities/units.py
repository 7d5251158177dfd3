"""Provinces and bodies on a day: which unit another one has become, or had been before.

On 1 July 2025 63 provinces became 34 (Nghị quyết 202/2025/QH15), on 1 March 2025 ministries and
departments merged; the tables ``provinces.tsv`` and ``issuers.tsv`` hold each period of a unit
with its successors.  A name that is in force on the day stands for itself, whatever its
territory was before; one that has ended stands for its successors, one that had not begun for
its predecessors.  A unit that was divided stands for all its parts: nobody can tell which one a
report of the whole speaks of.

>>> provinces_on("Hậu Giang", "2025-06-30"), provinces_on("Hậu Giang", "2025-07-01")
(('Hậu Giang',), ('Cần Thơ',))
>>> provinces_on("Huế", "2024-12-31"), provinces_on("Hải Hưng", "2025-07-01")
(('Thừa Thiên Huế',), ('Hải Phòng', 'Hưng Yên'))
>>> bodies_on("Sở Kế hoạch và Đầu tư tỉnh Hậu Giang", "2025-07-01")
('Sở Tài chính thành phố Cần Thơ',)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.entities.bodies import province_of, with_place
from kg.ontology.tables import bodies, provinces

__all__ = [
    "bodies_on",
    "bodies_within",
    "forerunner",
    "forerunners",
    "kind_of",
    "local_kind",
    "official",
    "provinces_on",
    "provinces_within",
]


@dataclass(frozen=True, slots=True)
class _Period:
    """One period of a unit; ``first`` and ``last`` are days, ISO, open where they are empty."""

    name: str
    first: str
    last: str
    successors: tuple[str, ...]

    def covers(self, day: str) -> bool:
        return self.first <= day and (not self.last or day <= self.last)


_Periods = Mapping[str, tuple[_Period, ...]]


@cache
def _provinces() -> _Periods:
    short = {row.full_name: row.name for row in provinces()}
    return _by_name(
        _Period(row.name, row.valid_from or "", row.valid_to or "", tuple(short[s] for s in row.successors))
        for row in provinces()
    )


@cache
def _bodies() -> _Periods:
    return _by_name(_Period(row.name, row.valid_from or "", row.valid_to or "", row.successors) for row in bodies())


def _by_name(periods: Iterable[_Period]) -> _Periods:
    found: dict[str, tuple[_Period, ...]] = {}
    for period in periods:
        found[period.name] = (*found.get(period.name, ()), period)
    return found


def _on(periods: _Periods, name: str, day: str, seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The names on ``day``; a name without a period, successor or predecessor there stays as it is."""
    own = periods.get(name, ())
    if name in seen or not own or any(period.covers(day) for period in own):
        return (name,)
    if ended := [period for period in own if period.last and period.last < day]:
        others = max(ended, key=lambda period: period.last).successors
    else:
        others = _predecessors(periods, min(own, key=lambda period: period.first))
    found = (unit for other in others for unit in _on(periods, other, day, seen | {name}))
    return tuple(dict.fromkeys(found)) or (name,)


def _predecessors(periods: _Periods, begun: _Period) -> tuple[str, ...]:
    before = [p for own in periods.values() for p in own if begun.name in p.successors and p.last < begun.first]
    latest = max((period.last for period in before), default="")
    return tuple(dict.fromkeys(period.name for period in before if period.last == latest))


@cache
def provinces_on(name: str, day: str) -> tuple[str, ...]:
    """Short names of the province-level units that ``name`` stands for on ``day``, ISO."""
    return _on(_provinces(), name, day)


@cache
def forerunner(name: str, day: str) -> str | None:
    """The unit that a province-level one was on a ``day`` before it was set up; None on a later day, or if several.

    >>> forerunner("Huế", "2023-01-05"), forerunner("Huế", "2025-01-05"), forerunner("Kiên Giang", "2025-09-01")
    ('Thừa Thiên Huế', None, None)
    """
    if any(period.first <= day for period in _provinces().get(name, ())):
        return None
    before = provinces_on(name, day)
    return before[0] if len(before) == 1 and before[0] != name else None


@cache
def forerunners(name: str, day: str, since: str) -> tuple[str, ...]:
    """The units whose territory is that of a province-level one of the day ``since``, as they were on a ``day`` before.

    Days are ISO, ``day`` of any precision.  A unit with an old name may have several.

    >>> forerunners("Đồng Tháp", "2024-01-05", "2025-09-01"), forerunners("Lai Châu", "2024", "2025-09-01")
    (('Tiền Giang', 'Đồng Tháp'), ('Lai Châu',))
    >>> forerunners("Đồng Tháp", "2024", "2024-05-01")
    ('Đồng Tháp',)
    """
    own = next((period for period in _provinces().get(name, ()) if period.covers(since)), None)
    if own is None or own.first <= day:
        return (name,)
    return tuple(sorted(_predecessors(_provinces(), own))) or (name,)


@cache
def bodies_on(name: str, day: str) -> tuple[str, ...]:
    """Full names of the bodies that ``name`` stands for on ``day``; a local one follows its province too.

    Bodies that no table lists, such as those of districts, stay as they are.
    """
    province = province_of(name)
    base = _base(name, province) if province else name
    if province is None or base is None:
        return _on(_bodies(), name, day)
    places = provinces_on(province, day)
    return tuple(with_place(unit, place) for unit in _on(_bodies(), base, day) for place in places)


@cache
def kind_of(name: str) -> str | None:
    """The listed body that a local one is, without its place; None for one of the centre or of no table.

    >>> kind_of("Sở Công Thương tỉnh Hậu Giang"), kind_of("Bộ Công Thương"), kind_of("Bộ Y tế tỉnh Hậu Giang")
    ('Sở Công Thương', None, None)
    """
    province = province_of(name)
    base = _base(name, province) if province else None
    return base if base in _local_names() else None


@cache
def _local_names() -> frozenset[str]:
    return frozenset(row.name for row in bodies() if row.level not in ("central", "enterprise"))


def local_kind(name: str) -> str | None:
    """The listed body that a local one is, with its place or without; None for one of the centre or of no table.

    >>> local_kind("Sở Công Thương tỉnh Hậu Giang"), local_kind("Ủy ban nhân dân"), local_kind("Bộ Công Thương")
    ('Sở Công Thương', 'Ủy ban nhân dân', None)
    """
    return name if name in _local_names() else kind_of(name)


def _base(name: str, province: str) -> str | None:
    """The name of a listed body without its place."""
    return next((base for base in _bodies() if with_place(base, province) == name), None)


@cache
def provinces_within(name: str, day: str) -> tuple[str, ...]:
    """All names that stand for a unit on ``day`` for which ``name`` stands as well, that unit's own first.

    >>> provinces_within("Cần Thơ", "2025-07-01")
    ('Cần Thơ', 'Hậu Giang', 'Sóc Trăng')
    """
    units = provinces_on(name, day)
    others = (other for other in _provinces() if set(units) & set(provinces_on(other, day)))
    return tuple(dict.fromkeys((*units, *sorted(others))))


def bodies_within(name: str, day: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of the ``known`` bodies that stand for a body on ``day`` for which ``name`` stands as well."""
    units = set(bodies_on(name, day))
    return tuple(sorted(other for other in known if units & set(bodies_on(other, day))))


@cache
def official(name: str, day: str) -> str:
    """The full name of a province-level unit on ``day``: ``thành phố Cần Thơ``; its last one after its end.

    >>> official("Hậu Giang", "2024-12-31"), official("Cần Thơ", "2003-01-01")
    ('tỉnh Hậu Giang', 'tỉnh Cần Thơ')
    """
    rows = [row for row in provinces() if row.name == name]
    if not rows:
        return name
    begun = [row for row in rows if (row.valid_from or "") <= day] or [min(rows, key=lambda row: row.valid_from or "")]
    return max(begun, key=lambda row: row.valid_from or "").full_name
