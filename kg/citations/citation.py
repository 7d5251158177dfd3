"""A mention as found, with what later steps need to know of its place in the text."""

from __future__ import annotations

from typing import NamedTuple

from kg.citations.titles import own_title
from kg.entities.symbols import Symbol
from kg.model import Mention, Status

__all__ = ["Citation"]


class Citation(NamedTuple):
    """One place where a normalized text names a document; offsets are into that text.

    ``core`` is where the number itself begins (the name, for a document cited by name alone),
    ``tail`` the end of the date and issuer behind it.
    """

    start: int
    end: int
    core: int
    tail: int
    type: str | None
    type_written: bool
    number: str | None = None
    symbol: Symbol | None = None
    date: str | None = None
    issuer: str | None = None
    issuer_written: bool = False
    pinpoint: str | None = None
    name: str | None = None
    title: str | None = None
    """The words behind it that may be its title."""
    confidence: float = 1.0

    @property
    def named(self) -> bool:
        """Whether the document is cited by name alone."""
        return self.number is None

    @property
    def _bare_place(self) -> bool:
        """Whether a place inside the document is cited, without day and issuer: ``khoản 2 Điều 5 Nghị định số …``."""
        return self.pinpoint is not None and self.tail == self.end

    def mention(
        self, ident: str, span: tuple[int, int], text: str, status: Status, urn: str | None, intended: str | None = None
    ) -> Mention:
        """The public form: ``span`` is that of the original and ``text`` what it quotes.

        ``intended`` is the number that is meant where its symbol is damaged.
        """
        # A law goes by its name.
        told = self.title is not None and not self.name
        title = own_title(self.type, self.title, bare=self._bare_place) if told else None
        # In the order of the fields: to name each takes a quarter longer.
        return Mention(
            ident,
            *span,
            text,
            self.type,
            self.number,
            self.date,
            self.issuer,
            self.issuer_written,
            self.pinpoint,
            status,
            self.number is None,
            self.name,
            title,
            intended,
            urn,
            self.confidence,
        )
