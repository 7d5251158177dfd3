"""What the legal portals call the relations of a document, in the terms of the graph.

A portal shows one document and lists others under headings.  The heading names the part that the
*listed* document plays: under "Văn bản bị thay thế" (replaced) stand documents that the shown one
replaces, under "Văn bản thay thế" (replacing) those that replace it.  Passive headings (bị, được)
so point from the shown document to the listed one, active ones back.  "Căn cứ" points out, and
"Văn bản dẫn chiếu" pointed out in the national database until 2025 and points back since.

The headings stand in ``ontology/portal_relations.tsv``: those of the national database (vbpl.vn,
its pages before and since 2025 and the names of its relations in open data) and of the two
portals most used, thuvienphapluat.vn and luatvietnam.vn.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from kg.ontology.tables import read
from kg.ontology.vocabulary import term
from kg.text.slugs import slug

__all__ = ["Ambiguous", "Heading", "heading", "headings"]


class Ambiguous(ValueError):
    """A heading that portals use for different relations."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a portal and the relation it stands for."""

    portal: str
    label: str
    predicate: NamedNode | None
    """None for the heading of the shown document itself."""
    outgoing: bool
    """Whether the shown document does it to the listed one; else the listed one to the shown."""
    partial: bool
    """Whether only a part of the document is concerned."""

    def triple(self, shown: NamedNode, listed: NamedNode) -> tuple[NamedNode, NamedNode, NamedNode] | None:
        """The relation between the shown and a listed document, subject first; None if there is none."""
        if self.predicate is None:
            return None
        return (shown, self.predicate, listed) if self.outgoing else (listed, self.predicate, shown)


@cache
def headings() -> tuple[Heading, ...]:
    """Every heading, in the order of the table."""
    return tuple(
        Heading(
            row["portal"],
            row["label"],
            term(row["predicate"]) if row["predicate"] else None,
            row["direction"] == "out",
            row["part"] == "y",
        )
        for row in read("portal_relations")
    )


@cache
def _by_label() -> dict[str, tuple[Heading, ...]]:
    found: defaultdict[str, list[Heading]] = defaultdict(list)
    for one in headings():
        found[slug(one.label)].append(one)
    return {label: tuple(all_of_it) for label, all_of_it in found.items()}


def heading(label: str, portal: str | None = None) -> Heading | None:
    """The heading that ``label`` is, on ``portal`` or on any; None for a text that is none.

    Commas, case and accents make no difference; a portal that the table lacks counts as none.
    Raises `Ambiguous` where portals mean different relations by it and none is named.

    >>> found = heading("Văn bản bị sửa đổi, bổ sung")
    >>> found.predicate.value, found.outgoing
    ('http://data.europa.eu/eli/ontology#amends', True)
    >>> heading("Văn bản sửa đổi bổ sung").outgoing
    False
    >>> heading("Văn bản dẫn chiếu", "vbpl.vn").outgoing
    False
    """
    named = _by_label().get(slug(label), ())
    known = any(one.portal == portal for one in headings())
    found = [one for one in named if one.portal == portal or not known]
    if len({(one.predicate, one.outgoing) for one in found}) > 1:
        raise Ambiguous(f"{label}: {', '.join(one.portal for one in found)}")
    return found[0] if found else None
