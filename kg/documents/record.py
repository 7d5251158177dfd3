"""What a catalogue says of a document: the columns of a table beside its text, as hints.

The text's own header always stands.  A record supplies what the header leaves open, and only
where both are plainly of one document: a record whose number or type contradicts the header's
supplies nothing.  What was supplied is told in the graph (``kg:suppliedByRecord``), so nobody
takes a catalogue's word for the document's.

========  =====================================================================================
field     supplied when
========  =====================================================================================
type      it is one of the types of ``ontology/doctypes.tsv``, in any case or by an alias
number    it has a running number and letters
date      it is a date that exists: ``2024-06-05``, ``05/06/2024``, ``2024-06``, ``2024``
issuer    it is a body of the tables or a local one, put in its canonical form; its province
          is supplied with it where the header has none
title     the header has none
========  =====================================================================================

>>> given = Record(number="60/2024/NĐ-CP", type="NGHỊ ĐỊNH", issuer="CHÍNH PHỦ", date="05/06/2024")
>>> header, fields = given.supply(Header(type="Nghị định"))
>>> header.number, header.issuer, header.date, fields
('60/2024/NĐ-CP', 'Chính phủ', '2024-06-05', ('number', 'date', 'issuer'))
>>> given.supply(Header(number="61/2024/NĐ-CP"))[1]
()
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache

from kg.model import Header, apart
from kg.ontology.tables import column, doc_types
from kg.text.slugs import slug

__all__ = ["Record", "iso_date"]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table of documents, as it is written there; None where it has no value."""

    id: str | None = None
    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    date: str | None = None
    title: str | None = None
    source: str | None = None
    """The collection that the document was taken from, and below its place in it."""
    path: str | None = None
    url: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Record:
        """Return the record of a row; columns are known by their names in Vietnamese or English.

        >>> Record.of({"Số ký hiệu": "18-NQ/TW", "Trích yếu": "", "pages": 3}) == Record(number="18-NQ/TW")
        True
        """
        known = {field.name for field in fields(cls)}
        found: dict[str, str] = {}
        for name, value in row.items():
            field = column(name)
            if field in known and field not in found and value is not None and (text := _line(value)):
                found[field] = text
        return cls(**found)

    def __bool__(self) -> bool:
        return self != _NOTHING

    def supply(self, header: Header) -> tuple[Header, tuple[str, ...]]:
        """Return the header with what it lacks and this record has, and the names of those fields."""
        given = self._header()
        if _contradicts(header.number, given.number) or _contradicts(header.type, given.type):
            return header, ()
        new = {
            name: getattr(given, name)
            for name in ("type", "number", "date", "issuer", "title")
            if getattr(given, name) and not getattr(header, name)
        }
        supplied = tuple(new)
        if "issuer" in new and not header.province:
            new["province"] = given.province
        return replace(header, **new), supplied

    def _header(self) -> Header:
        from kg.entities.bodies import canonical, province_of

        bodies = [canonical(name) for name in apart(self.issuer)]
        issuer = "; ".join(name for name in bodies if name) if all(bodies) else None
        number = self.number if self.number and _NUMBER.fullmatch(self.number) else None
        return Header(
            type=_types().get(slug(self.type or "")),
            number=number,
            date=iso_date(self.date) if self.date else None,
            issuer=issuer or None,
            province=next(filter(None, map(province_of, bodies)), None),
            title=self.title,
        )


_NOTHING = Record()
_NUMBER = re.compile(r"\d{1,6}[a-zđ]?\s?[/-]\s?\S.{0,60}", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


def iso_date(text: str) -> str | None:
    """Return a date of a table in ISO form with the precision that it has, None if there is no such date.

    >>> iso_date("05/6/2024"), iso_date("2024-06-05T00:00:00"), iso_date("2024"), iso_date("31/02/2024")
    ('2024-06-05', '2024-06-05', '2024', None)
    """
    day = _DAY.fullmatch(text)
    iso = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else text[:10]
    if not _ISO.fullmatch(iso):
        return None
    try:
        date.fromisoformat(iso + "0001-01-01"[len(iso) :])
    except ValueError:
        return None
    return iso


@cache
def _types() -> dict[str, str]:
    names = {slug(alias): kind.name for kind in doc_types() for alias in kind.aliases}
    return names | {slug(kind.name): kind.name for kind in doc_types()}


def _contradicts(own: str | None, given: str | None) -> bool:
    return bool(own and given) and _bare(own or "") != _bare(given or "")


def _bare(text: str) -> str:
    return slug(text, "").lstrip("0")


def _line(value: object) -> str:
    return " ".join(str(value).split())
