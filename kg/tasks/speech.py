"""Who speaks in a document, to whom, and by which short names."""

from __future__ import annotations

from dataclasses import dataclass

from kg.entities import enterprises
from kg.model import Header, apart

__all__ = ["Speech"]


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Who speaks, to whom, and the short names that the document gives to bodies; each document has its own."""

    header: Header
    addressees: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    about: str | None = None
    """The province that a central document is about: its ``Tỉnh``."""
    charged: tuple[str, ...] = ()
    """The bodies whose functions and duties the document lays down."""
    day: str = ""
    """The date of the document, or as much as it tells of the time in which it was written; ISO, empty if unknown."""

    @property
    def issuer(self) -> str:
        """Full name of the body that speaks, of several the first; empty where it is not known."""
        return next(iter(apart(self.header.issuer)), "")

    @property
    def firms(self) -> bool:
        """Whether the document is a letter to enterprises alone."""
        return bool(self.addressees) and all(enterprises.read(name, 0) for name in self.addressees)
