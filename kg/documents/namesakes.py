"""Laws of one year that bear one name: their names tell them apart by the month alone.

The National Assembly passed a Luật Tổ chức chính quyền địa phương in February and another one in June 2025.
Such laws are rows of ``ontology/namesakes.tsv``.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kg.ontology.tables import read
from kg.text.slugs import slug

__all__ = ["namesakes", "period"]


@cache
def _table() -> dict[tuple[str, str], dict[str, str]]:
    """Name with its type, and year -> number of each law as a slug -> its day."""
    found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in read("namesakes"):
        found[slug(f"{row['type']} {row['name']}", "."), row["date"][:4]][slug(row["number"])] = row["date"]
    return dict(found)


def namesakes(name: str, year: str) -> dict[str, str]:
    """Return the laws of ``year`` that share a name, type included, as a slug: number as a slug -> day; mostly none."""
    return _table().get((name, year), {})


def period(name: str, date: str, number: str | None = None) -> str | None:
    """Return what tells a law by its name: the year, of namesakes with the month; None where that can't be told.

    >>> period("luat.dat.dai", "2024"), period("luat.to.chuc.chinh.quyen.dia.phuong", "2025")
    ('2024', None)
    >>> period("luat.to.chuc.chinh.quyen.dia.phuong", "2025-06-16")
    '2025.06'
    >>> period("luat.to.chuc.chinh.quyen.dia.phuong", "2025", "65/2025/QH15")
    '2025.02'
    """
    same = namesakes(name, date[:4])
    if not same:
        return date[:4]
    day = same.get(slug(number or ""), date)
    return f"{day[:4]}.{day[5:7]}" if day[:7] in {known[:7] for known in same.values()} else None
