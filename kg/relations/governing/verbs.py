"""A verb of the document at hand that governs a citation, with the words around it."""

from __future__ import annotations

from kg.citations import Citation
from kg.model import Header
from kg.relations.acts import Act
from kg.relations.triggers import CHANGES, Trigger

__all__ = ["Verb", "change_in"]


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
