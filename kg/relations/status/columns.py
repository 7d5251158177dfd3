"""What the head of its column tells of a citation in a table: grounds, difficulties, work to come."""

from __future__ import annotations

from typing import Final

from kg.model import Status
from kg.ontology.wording import words
from kg.relations.status.sentence import BASIS, PLANNED
from kg.structure import tables
from kg.structure.headings import title_part
from kg.text.late import late

__all__ = ["told"]

_GROUNDS: Final = late(words("grounds_columns"))
_ASSIGNING: Final = late(words("assigning_columns"))
_OUTCOME: Final = late(rf"(?i:{words('outcome_columns')})")
_AMONG_GROUNDS: Final = late(rf"[^()]*\((?:[^()]*, )?{words('grounds_columns')}\)")
"""The head of a column that holds grounds beside other things: ``Dự án (chủ đầu tư, cơ sở pháp lý)``."""


def told(text: str, start: int) -> Status | None:
    """What the head of its column tells of the citation at ``start``, if it stands in one and the head tells."""
    row = tables.at(text, start)
    heads = row.heads(start) if row else ()
    if not heads:
        return None
    if _GROUNDS.fullmatch(heads[0]):
        return BASIS
    if _ASSIGNING.fullmatch(heads[0]):
        return PLANNED if not any(_OUTCOME.match(head) for head in heads) else None
    what, *others = ("basis" if _AMONG_GROUNDS.fullmatch(head) else title_part(head) for head in heads)
    # "Nhiệm vụ | Kết quả thực hiện": what the next column answers is no work to come.
    answered = what == "planned" and "done" in others
    return None if what in (None, "done") or answered else Status(what)
