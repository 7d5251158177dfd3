"""A schematic map of the provinces: a tile for each unit of a day.

The places are ``ontology/province_tiles.tsv``, once for the 63 units until 30/6/2025 and once
for the 34 since 1/7/2025 (Nghị quyết 202/2025/QH15); which units there are on a day says
``ontology/provinces.tsv``.

>>> len(in_force("2025-06-30")), len(in_force("2025-07-01"))
(63, 34)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.ontology.tables import Province, provinces, read
from kg.text.alphabet import place_of

__all__ = ["Tile", "in_force", "tiles", "unit_since"]


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on the schematic map, counted from the upper left corner."""

    name: str
    column: int
    row: int


def _lives(province: Province, day: str) -> bool:
    return (province.valid_from or "") <= day <= (province.valid_to or "9999")


@cache
def in_force(day: str) -> tuple[str, ...]:
    """Names of the units of the ISO date ``day``, in alphabetical order without accents."""
    return tuple(sorted({p.name for p in provinces() if _lives(p, day)}, key=place_of))


def unit_since(name: str, day: str) -> str | None:
    """First day of the unit ``name`` with the territory that it has on ``day``, None where it was always so.

    A change of form or name alone (from province to city) is no change of territory.
    """
    found = [p for p in provinces() if p.name == name and _lives(p, day)]
    while found and (before := [p for p in provinces() if found[0].full_name in p.successors]):
        if len(before) > 1 or len(before[0].successors) > 1:
            return found[0].valid_from
        found = before
    return None


@cache
def tiles(day: str) -> tuple[Tile, ...]:
    """The map of the units of ``day``; a unit that the table doesn't place stands in a row of its own below."""
    rows = read("province_tiles")
    layout = max(row["valid_from"] for row in rows if row["valid_from"] <= day)
    units = in_force(day)
    placed = [
        Tile(row["name"], int(row["column"]), int(row["row"]))
        for row in rows
        if row["valid_from"] == layout and row["name"] in units
    ]
    below = max((tile.row for tile in placed), default=-1) + 2
    missing = [name for name in units if name not in {tile.name for tile in placed}]
    return (*placed, *(Tile(name, column, below) for column, name in enumerate(missing)))
