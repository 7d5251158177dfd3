"""What governs a citation: who acts, how, and by which words."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.citations import Citation
from kg.model import Rel
from kg.relations.triggers import CHANGES
from kg.text.normalization import fold

__all__ = ["CITES", "DOES", "PASSIVES", "Act", "Said", "after", "key", "year"]

DOES: Final = ("implements", *CHANGES)
"""What a document does to another one, in its title or by itself."""
PASSIVES: Final = tuple(f"by-{kind}" for kind in CHANGES)
"""Kinds of an act that the document is subjected to by its actors: ``… được sửa đổi bởi``."""


class Act(NamedTuple):
    """What governs a citation: who acts (no citation: the document at hand), how, by which words."""

    actors: tuple[int, ...]
    kind: str
    trigger: str | None
    inherited: bool = False


class Said(NamedTuple):
    """What a citation, or without a ``source`` the document at hand, is said to do to the citation ``target``."""

    source: int | None
    rel: Rel
    target: int
    start: int
    end: int
    """The clause that says so."""
    trigger: str | None
    confidence: float


CITES: Final = Act((), "cites", None)


def key(citation: Citation) -> str:
    """What a document is known again by: its number, else its name without accents.

    >>> key(Citation(0, 13, 0, 13, "Luật", True, name="Luật Việc làm"))
    'luat viec lam'
    """
    return citation.number or fold(citation.name or "")


def after(one: Citation, other: Citation) -> bool:
    """Whether a document came after another one, by their years or their days."""
    dates = one.date or "", other.date or ""
    return year(one, 0) > year(other) or (len(dates[0]) == len(dates[1]) == 10 and dates[0] > dates[1])


def year(citation: Citation, unknown: int = 9999) -> int:
    """The year that the number gives, else the date; ``unknown`` where neither does."""
    written = (citation.symbol.year if citation.symbol else None) or (citation.date or "")[:4]
    return int(written) if written and written.isdigit() else unknown
