"""Documents in the rows of an answer: which columns name them, and which have their identifiers.

An identifier is for programs.  People read the name: that which stands beside it in the row, else the
full one, with day and issuer, by which the document can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kg.documents.urn import is_candidate, is_urn

__all__ = ["beside", "called", "identifiers", "is_identifier", "nameless", "parts"]

Row = Mapping[str, Any]

_BESIDE: Final = {
    "label": ("other", "amended", "basis", "document"),
    "by": ("byDocument",),
    "amended": ("amendedDocument",),
    "plan": ("planDocument",),
}
"""Columns that name a document -> columns that may have its identifier."""


def is_identifier(value: object) -> bool:
    """Tell whether ``value`` is the identifier of a document: a LEX URN or a candidate."""
    return isinstance(value, str) and (is_urn(value) or is_candidate(value))


def parts(value: object) -> list[str]:
    """Return the identifiers that a cell has, with "; " between them; none where it has anything else.

    >>> parts("urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"), parts("60/2024/NĐ-CP; 61/2024/NĐ-CP")
    (['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp'], [])
    """
    found = value.split("; ") if isinstance(value, str) else []
    return found if all(map(is_identifier, found)) else []


def beside(columns: Iterable[str], rows: Sequence[Row]) -> dict[str, str]:
    """Return the columns that name a document -> the column of its identifier.

    >>> row = {"by": "Luật Đất đai", "byDocument": "urn:lex:vn:quoc.hoi:luat:2024;31-2024-qh15"}
    >>> beside(row, [row])
    {'by': 'byDocument'}
    """
    there, found = set(columns), {}
    for name, others in _BESIDE.items():
        known = [c for c in others if c in there and any(is_identifier(row[c]) for row in rows)]
        if name in there and known:
            found[name] = known[0]
    return found


def identifiers(rows: Iterable[Row]) -> set[str]:
    """Return the documents that the rows name by their identifiers."""
    return {iri for row in rows for value in row.values() for iri in parts(value)}


def nameless(rows: Sequence[Row], columns: Sequence[str]) -> set[str]:
    """Return the identifiers that `called` needs full names for: no name beside them, or one of several documents."""
    pairs = _pairs(rows, columns)
    return {iri for row in rows for _, iris in _needy(row, pairs, columns) for iri in iris}


def called(rows: Sequence[Row], columns: Sequence[str], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return ``rows`` with each document called by a name that tells it from the others of the rows.

    ``names`` are full names by identifier; what has none keeps its identifier.

    >>> ours, theirs = (f"urn:lex:vn;{p}:uy.ban.nhan.dan:quyet.dinh:2024;01-qd-ubnd" for p in ("ca.mau", "ha.noi"))
    >>> rows = [{"label": "Quyết định 01/QĐ-UBND", "document": urn} for urn in (ours, theirs)]
    >>> full = {ours: "Quyết định 01/QĐ-UBND của Ủy ban nhân dân tỉnh Cà Mau"}
    >>> [row["label"] for row in called(rows, ["label", "document"], full)]
    ['Quyết định 01/QĐ-UBND của Ủy ban nhân dân tỉnh Cà Mau', 'Quyết định 01/QĐ-UBND']
    """
    pairs = _pairs(rows, columns)
    several = _several((names[iri], iri) for iri in names)
    shown = {iri: f"{name} [{iri}]" if name in several else name for iri, name in names.items()}
    return [
        {**row, **{c: "; ".join(shown.get(iri) or (iri if iris[1:] else row[c]) for iri in iris) for c, iris in needy}}
        for row in rows
        for needy in [list(_needy(row, pairs, columns))]
    ]


Pairs = tuple[dict[str, str], frozenset[str]]


def _pairs(rows: Sequence[Row], columns: Sequence[str]) -> Pairs:
    """Columns with that of the identifier beside them, and the names that several documents of the rows have."""
    pairs = beside(columns, rows)
    return pairs, _several((row[c], row[identifier]) for row in rows for c, identifier in pairs.items())


def _several(named: Iterable[tuple[str | None, str]]) -> frozenset[str]:
    """The names that more than one document has."""
    found: dict[str, set[str]] = {}
    for name, iri in named:
        if name:
            found.setdefault(name, set()).add(iri)
    return frozenset(name for name, iris in found.items() if len(iris) > 1)


def _needy(row: Row, pairs: Pairs, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The columns of a row that are to be filled by the full names of documents, with their identifiers."""
    beside_them, several = pairs
    hidden = set(beside_them.values())
    for column in columns:
        identifier = row[beside_them[column]] if row[column] in several and column in beside_them else row[column]
        if column not in hidden and (iris := parts(identifier)):
            yield column, iris
