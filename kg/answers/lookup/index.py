"""The documents of a graph by what they are looked up by: identifier, number, running number with type."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.answers.lookup.names import names
from kg.answers.lookup.properties import Properties
from kg.documents.urn import CANDIDATE, Parts, is_urn, lookup_keys, parts_of, running_key
from kg.graph.binding import Rows, fill

if TYPE_CHECKING:
    from kg.answers.lookup.wording import Wanted
    from kg.graph.store import Graph

__all__ = ["Index", "Named", "keys_narrowest_first", "keys_of_any_type", "rank"]

Named = tuple[str, Parts]
"""A document and the parts of an identifier by which it is known."""

_MANY, _SOME = 200, 30
"""Of more than ``_MANY`` documents of one number, and of more than ``_SOME`` of one name, only ``_SOME`` are
looked at more closely, unless more are asked for."""


class Index:
    """Documents of a graph by what they are looked up by; ``limit`` is how many are asked for, None for all.

    ``whole`` is false once there were too many to read them all; ``closely`` is how many are then read, None for all.
    """

    def __init__(self, graph: Graph, limit: int | None) -> None:
        self.graph = graph
        self.properties = Properties(graph)
        self.whole = True
        self.closely = None if limit is None else max(_SOME, limit)

    def knows(self, iri: str) -> bool:
        """Tell whether the graph says anything of a document."""
        return any(True for _ in self.graph.objects(iri, "rdf:type"))

    def known_as(self, urn: str) -> str | None:
        """Return the document of that identifier: of a law by name the one with its number, if the graph knows that."""
        if not self.knows(urn):
            return None
        return next(iter(self.properties.values(urn, "kg:resolvedTo")), urn)

    def identified(self, urns: Iterable[str]) -> set[Named]:
        """Return those of these identifiers that the graph knows, also as another name of a document."""
        found: set[Named] = set()
        for urn in urns:
            parts = parts_of(urn)
            if not (parts.number or "")[:1].isdigit():
                found.update((iri, parts) for iri in self.graph.subjects("owl:sameAs", urn))
            if self.knows(urn) and not self.properties.terms(urn, "kg:resolvedTo"):
                found.add((urn, parts))
        return found

    def documents(self, keys: Iterable[str]) -> set[Named]:
        """Return the documents with an identifier of one of these keys, without those resolved to another one.

        A law with a number is known by its name as well (``owl:sameAs``): the parts are those of the identifier found.
        """
        wanted = dict.fromkeys(filter(None, keys))
        found: set[Named] = set()
        for iri in self._bearers(wanted):
            resolved = self.properties.values(iri, "kg:resolvedTo")
            if not wanted.keys().isdisjoint(lookup_keys(iri)):
                if is_urn(iri) or not resolved:  # what is under a mistaken number is the document that is meant
                    found.add((resolved[0] if resolved else iri, parts_of(iri)))
            elif not resolved:
                aliases = (name for name in self.properties.values(iri, "owl:sameAs") if is_urn(name))
                found.update(
                    (iri, parts_of(name)) for name in aliases if not wanted.keys().isdisjoint(lookup_keys(name))
                )
        return self._without_amending(found)

    def _without_amending(self, found: set[Named]) -> set[Named]:
        """Leave out laws that are called by the name of the law that they amend: Luật Xây dựng sửa đổi."""
        years = {iri: parts.year or 0 for iri, parts in found}

        def amends(iri: str, name: Parts) -> bool:
            by_name = iri != name.urn and not (name.number or "")[:1].isdigit()
            changed = self.properties.values(iri, "eli:amends") if by_name else ()
            return any(years.get(other, 9999) < (name.year or 0) for other in changed)

        return {(iri, parts) for iri, parts in found if not amends(iri, parts)}

    def _bearers(self, keys: Collection[str]) -> Sequence[str]:
        values: dict[str, Rows] = {"key": [(Literal(key),) for key in keys]}
        most = None
        if self.closely is not None:
            # Documents of one number differ; those of one name are laws, each by its year, and what leaves that open.
            numbered = any(key[:1].isdigit() or "-" in key for key in keys)
            most = max(_MANY, self.closely) if numbered else self.closely
            values["most"] = [(Literal(most + 1),)]
        bearers = [str(row["document"]) for row in self.graph.select(fill(_BEARERS, values))]
        if most is None or len(bearers) <= most:
            return list(dict.fromkeys(bearers))
        self.whole = False
        return sorted(set(bearers), key=rank)[: self.closely]

    def count(self, keys: Iterable[str]) -> int:
        """Return how many documents and candidates have one of these keys; an index is counted, no document read."""
        (row,) = self.graph.select(fill(_COUNT, {"key": [(Literal(key),) for key in keys]}))
        return int(str(row["n"]))


_BEARERS = """
SELECT ?document WHERE {
  VALUES ?key { UNDEF }  # parameter key
  ?document kg:lookupKey ?key
}
LIMIT 1000000000  # parameter most
"""
_COUNT = """
SELECT (COUNT(*) AS ?n) WHERE {
  VALUES ?key { UNDEF }  # parameter key
  ?document kg:lookupKey ?key
}
"""


def rank(iri: str) -> tuple[bool, bool, str]:
    """Sort by this: documents of the State first, then those of provinces, then what is undecided.

    That is the order of how often they are cited.
    """
    return iri.startswith(CANDIDATE), iri.startswith("urn:lex:vn;"), iri


def keys_narrowest_first(wanted: Wanted) -> Iterator[list[str]]:
    """Yield the keys by which the documents that fit may be found, those that fewest documents have first."""
    running, _, symbol = wanted.number.partition("-")
    if symbol and not symbol.isdigit():  # it is whole, unless a last part of the symbol is left out
        yield [wanted.number]
    yield [running_key(wanted.type, running)] if wanted.type else keys_of_any_type(running)


def keys_of_any_type(running: str) -> list[str]:
    """Return the keys of all documents of a running number."""
    return [running_key(kind, running) for kind in (None, *names("type"))]
