"""What the head of its column tells of a citation in a table: grounds, difficulties, work to come."""

from __future__ import annotations

from kg.model import Status
from kg.relations.heads import among_grounds, of_grounds, of_orders, of_outcome
from kg.relations.status.sentence import BASIS, PLANNED
from kg.structure import tables
from kg.structure.headings import title_part

__all__ = ["told"]


def told(text: str, start: int) -> Status | None:
    """What the head of its column tells of the citation at ``start``, if it stands in one and the head tells."""
    row = tables.at(text, start)
    above = row.heads(start) if row else ()
    if not above:
        return None
    if of_grounds(above[0]):
        return BASIS
    if of_orders(above[0]):
        return PLANNED if not any(map(of_outcome, above)) else None
    what, *others = ("basis" if among_grounds(head) else title_part(head) for head in above)
    # "Nhiệm vụ | Kết quả thực hiện": what the next column answers is no work to come.
    answered = what == "planned" and "done" in others
    return None if what in (None, "done") or answered else Status(what)
