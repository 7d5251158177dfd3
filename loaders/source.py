"""The text of one document, and where each part of it stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from kg.messages import say

__all__ = ["LoadError", "Place", "Source"]


class LoadError(ValueError):
    """A file that can't be read: ``path``, what is wrong with it and what to do about it."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path, self.problem, self.remedy = path, problem, remedy

    @classmethod
    def of(cls, path: str, key: str, /, **values: object) -> Self:
        """Return the error whose texts are the messages ``load.KEY`` and ``load.KEY.remedy``."""
        return cls(path, say(f"load.{key}", **values), say(f"load.{key}.remedy", **values))


@dataclass(frozen=True, slots=True)
class Place:
    """Part of the text: ``kind`` is ``page``, ``paragraph``, ``table``, ``cell``, ``footnote`` or ``heading``."""

    kind: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One document's text; offsets count code points of ``text``, half open."""

    path: str
    text: str
    media_type: str
    places: tuple[Place, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    """What the file itself says: title, author, encoding … in order."""
