"""Bodies of districts and communes: the province that tells them apart.

Ten provinces had a district Châu Thành, and a text calls its body by that name alone: the province is that of
the document at hand.  It is added to the name, with the reason.  Where it can't be told (a ministry writes;
another province of that name is told as well; the document's province was several when the district still
existed), the name stays as it is and holds within that document alone.

>>> own = Places("Đồng Tháp", "2024-01-05")
>>> own.of("Ủy ban nhân dân huyện Châu Thành")
Placed(name='Ủy ban nhân dân huyện Châu Thành, tỉnh Đồng Tháp', reason='place-of-document')
>>> own.of("Công an xã An Khánh, huyện Châu Thành, tỉnh Long An").reason
'place-written'
>>> Places(None, None).of("Huyện ủy Châu Thành").reason, own.of("Sở Công Thương tỉnh Đồng Tháp")
('place-untold', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from kg.entities.bodies import below_province, in_province, province_of
from kg.entities.units import forerunners
from kg.model import Header, apart

__all__ = ["Placed", "Places", "Reason", "of_document"]

Reason: TypeAlias = Literal["place-written", "place-of-document", "place-untold"]
"""How a province is known; what each means stands in ``ontology/findings.tsv``."""

_LAST_OF_DISTRICTS: Final = "2025-06-30"
"""Luật 72/2025/QH15: from 1 July 2025 on there are only provinces and communes."""
_COMMUNE: Final = re.compile(r"\s(?:xã|phường|đặc khu)\s[^,]*\Z")


class Placed(NamedTuple):
    """A body of a district or commune: its name, with the province unless that is untold, and why."""

    name: str
    reason: Reason


class Places:
    """The province of a document's bodies of districts and communes.

    ``province`` is that of the document, ``day`` its date, ISO; ``told`` maps names of bodies to the provinces
    that the document writes beside them.
    """

    def __init__(self, province: str | None, day: str | None, told: Mapping[str, frozenset[str]] | None = None) -> None:
        self.province, self.day, self.told = province, day, told or {}

    def of(self, name: str, cited: str | None = None) -> Placed | None:
        """Place a body by its full name; None for one that is not of a district or commune.

        ``cited`` is the day that it acted on, ISO of any precision, where another one than the document's.
        """
        if not below_province(name):
            return None
        if province_of(name):
            return Placed(name, "place-written")
        own = _then(self.province, self.day, cited, name) if self.province else ()
        possible = self.told.get(name, frozenset()).union(own)
        if len(possible) == 1:
            return Placed(in_province(name, next(iter(possible))), "place-of-document")
        return Placed(name, "place-untold")

    def named(self, names: str | None, cited: str | None = None) -> str | None:
        """Return the bodies of a document, joined by ``; ``, each with its place where that is told."""
        if not names:
            return names
        if known := _above_districts(names):
            return known
        return "; ".join(placed.name if (placed := self.of(name, cited)) else name for name in apart(names))


def of_document(header: Header, issuers: Iterable[str | None]) -> Places:
    """Return the places of a document by its header and the issuers of what it cites."""
    told: dict[str, frozenset[str]] = {}
    for issuer in {header.issuer, *issuers}:
        for name in apart(issuer) if issuer and ", " in issuer else ():
            if below_province(name) and (province := province_of(name)):
                bare = name.rpartition(", ")[0]
                told[bare] = told.get(bare, frozenset()) | {province}
    return Places(header.province, header.date, told)


@lru_cache(maxsize=4096)  # the same few bodies, again and again
def _above_districts(names: str) -> str | None:
    """The bodies joined by ``; `` where none of them is of a district or commune."""
    each = apart(names)
    return None if any(map(below_province, each)) else "; ".join(each)


@lru_cache(maxsize=4096)  # the same few bodies, again and again
def _then(province: str, day: str | None, cited: str | None, name: str) -> tuple[str, ...]:
    """The provinces that a document's province was when the body existed, or acted."""
    if not day:
        return (province,)
    then = min(cited or day, day)
    if not _COMMUNE.search(name):
        then = min(then, _LAST_OF_DISTRICTS)
    return forerunners(province, then, day)
