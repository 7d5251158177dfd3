"""Values of properties in a graph, each read once: documents of one number have types and bodies in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    from kg.graph.store import Graph

__all__ = ["Properties"]


class Properties:
    """What a graph says of its nodes; properties are named with their prefix, ``eli:date_document``."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._read: dict[tuple[str, str], list[NamedNode | Literal]] = {}

    def terms(self, iri: str, name: str) -> list[NamedNode | Literal]:
        """Return the values of a property as RDF terms."""
        if (found := self._read.get((iri, name))) is None:
            found = self._read[iri, name] = list(self.graph.objects(iri, name))
        return found

    def values(self, iri: str, name: str) -> list[str]:
        """Return the values of a property as text."""
        return [value.value for value in self.terms(iri, name)]

    def label(self, iri: str) -> str | None:
        """Return the label, of several the greatest, as in the stored questions."""
        return max(self.values(iri, "rdfs:label"), default=None)

    def issuers(self, iri: str) -> list[str]:
        """Return the names of the bodies that issued a document."""
        return [name for body in self.values(iri, "eli:passed_by") for name in self.values(body, "rdfs:label")]
