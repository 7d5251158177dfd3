"""Values in a query text: RDF terms at marked places, never pasted words.

A place is the end of a line: ``VALUES ?x { … }  # parameter NAME``, ``VALUES (?x ?y) { … }  # parameter
NAME`` or ``LIMIT n  # parameter NAME``.  What stands there is an example, so that the text runs as
it is; `fill` replaces it.

>>> print(fill("VALUES ?x { UNDEF }  # parameter x", {"x": [(Literal('" } DROP ALL'),)]}))
VALUES ?x { "\\" } DROP ALL" }
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

__all__ = ["Rows", "Term", "fill", "places"]

Term = NamedNode | Literal
Rows = Sequence[tuple[Term, ...]]
"""Rows of a VALUES clause; no row means that nothing fits."""

_PLACE = re.compile(
    r"^(?P<head> *(?:VALUES (?:\?\w+|\([?\w ]+\)) (?=\{)|LIMIT ))(?P<data>.*?)  # parameter (?P<name>[\w.-]+)\n?",
    re.MULTILINE,
)


def places(sparql: str) -> set[str]:
    """Return the names of the marked places."""
    return {match["name"] for match in _PLACE.finditer(sparql)}


def fill(sparql: str, values: Mapping[str, Rows]) -> str:
    """Put ``values`` into their places; a VALUES line without a value is left out, a LIMIT stays.

    Terms are written by pyoxigraph in N-Triples syntax, so a quotation mark or a brace in a value stays a value.
    """

    def put(match: re.Match[str]) -> str:
        head, rows = match["head"], values.get(match["name"])
        if rows is None:
            return "" if "VALUES" in head else match[0]
        if "LIMIT" in head:
            return f"{head}{rows[0][0].value}"
        written = (" ".join(map(str, row)) for row in rows)
        data = (f"({row})" for row in written) if "(" in head else written
        return f"{head}{{ {' '.join(data)} }}\n" if match[0].endswith("\n") else f"{head}{{ {' '.join(data)} }}"

    return _PLACE.sub(put, sparql)
