"""Documents in the rows of an answer: which columns name them, and which have their identifiers.

An identifier is for programs.  People read the name: that which stands beside it in the row, else the
full one, with day and issuer, by which the document can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kg.documents.urn import is_candidate, is_urn

__all__ = ["beside", "called", "identifiers", "is_identifier", "nameless", "together"]

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
    return {value for row in rows for value in row.values() if is_identifier(value)}


def nameless(rows: Sequence[Row], columns: Sequence[str]) -> set[str]:
    """Return the identifiers that `called` needs full names for: no name beside them, or one of several documents."""
    pairs = _pairs(rows, columns)
    return {iri for row in rows for _, iri in _needy(row, pairs, columns)}


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
    return [{**row, **{c: shown.get(iri, row[c]) for c, iri in _needy(row, pairs, columns)}} for row in rows]


def together(rows: Iterable[Row], column: str) -> list[dict[str, Any]]:
    """Return the rows that differ in ``column`` alone as one: what is told of two documents is told once.

    >>> together([{"code": "two-dates", "about": name} for name in ("A", "B")], "about")
    [{'code': 'two-dates', 'about': 'A; B'}]
    """
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in rows:
        same = found.setdefault(tuple(value for name, value in row.items() if name != column), {**row, column: None})
        same[column] = "; ".join(filter(None, (same[column], row[column]))) or None
    return list(found.values())


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


def _needy(row: Row, pairs: Pairs, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The columns of a row that are to be filled by the full name of a document, with its identifier."""
    beside_them, several = pairs
    hidden = set(beside_them.values())
    for column in columns:
        identifier = row[beside_them[column]] if row[column] in several and column in beside_them else row[column]
        if column not in hidden and is_identifier(identifier):
            yield column, identifier
