"""A verb of the document at hand that governs a citation, with the words around it."""

from __future__ import annotations

import re
from typing import Final

from kg.citations import Citation
from kg.model import Header
from kg.relations.acts import Act
from kg.relations.triggers import CHANGES, Trigger
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["Verb", "change_in", "changed_at"]

_ADJUSTS: Final = re.compile(rf"{begun('điều chỉnh')}(?! (?:theo|tại|bởi)(?!\w))")
_CONCERNS: Final = late(rf"{begun('đối với|cho|theo')}\s[^,]*\Z")
_MADE: Final = ("issued", "approves", *CHANGES)


class Verb:
    """A verb of the document at hand that governs a citation, with the words around it."""

    __slots__ = ("before", "changing", "citation", "clause", "head", "header", "kind", "sentence", "tail", "trigger")

    def __init__(
        self,
        header: Header,
        changing: bool,
        kind: str,
        trigger: Trigger,
        clause: str,
        citation: Citation,
        sentence: str,
        before: Act | None,
    ) -> None:
        self.header: Header = header
        self.changing: bool = changing
        self.kind: str = kind
        """What the verb tells, as far as it has been read."""
        self.trigger: Trigger = trigger
        self.clause: str = clause
        self.head: str = clause[: trigger.start]
        """The clause up to the verb."""
        self.tail: str = clause[trigger.end :]
        """The clause from the verb to the citation."""
        self.citation: Citation = citation
        self.sentence: str = sentence
        """The sentence up to the citation."""
        self.before: Act | None = before
        """The act of the document listed beside the citation."""


def change_in(found: tuple[Trigger, ...]) -> Trigger | None:
    """The last verb of change among the verbs of a clause."""
    return next((t for t in reversed(found) if t.kind in CHANGES), None)


def changed_at(found: tuple[Trigger, ...], head: str) -> str | None:
    """What is done to the document behind ``tại``, a part of which the words before it change; None: nothing.

    ``found`` are the verbs of ``head``: between the change and ``tại`` stands at most how the part came about,
    ``điều chỉnh chỉ tiêu được phê duyệt tại``.
    """
    change = change_in(found)
    start, kind = (change.start, change.kind) if change and not change.passive else (-1, "amends")
    if start < 0 and (adjusts := _ADJUSTS.search(head) if "điều chỉnh" in head else None):
        start = -1 if head[: adjusts.start()].rstrip().endswith(("được", "đã")) else adjusts.start()
    rest = head[start:]
    if start < 0 or ";" in rest or "(" in rest or _CONCERNS.search(rest):
        return None  # "Bổ sung kinh phí cho đối tượng quy định tại X": whom the deed concerns
    return kind if all(t.kind in _MADE for t in found if t.start > start) else None
