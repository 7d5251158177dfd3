"""What the document at hand is: its type, where its body and its orders begin, where it is signed."""

from __future__ import annotations

from kg.model import Header
from kg.ontology.wording import entries
from kg.relations.clauses import asks
from kg.relations.genre import genre
from kg.relations.units import Page
from kg.structure import PassageKind

__all__ = ["Document"]


class Document:
    """The document at hand; ``changing`` ones change others by their own words, as a law or a decree does."""

    def __init__(self, page: Page, header: Header) -> None:
        self.page, self.header = page, header
        self.changing = header.type in entries("changing_types")
        self.body = page.body()
        # Kept by hand: compiled, a cached property is worked out again each time.
        self._kind: str | None = None
        self._closing_at = self._orders_at = -1

    @property
    def kind(self) -> str:
        """Its type, of a text without a letterhead what it seems to be part of; else empty."""
        if self._kind is None:
            reports = self.header.type in entries("reporting_types")
            self._kind = "Báo cáo" if reports else self.header.type or genre(self.page)
        return self._kind

    @property
    def signed(self) -> int:
        """Offset of recipients and signature, the end of the text where there are none; annexes stand behind."""
        if self._closing_at < 0:
            closing = (p.start for p in self.page.outline.passages if p.kind is PassageKind.CLOSING)
            self._closing_at = next(closing, len(self.page.text))
        return self._closing_at

    @property
    def orders(self) -> int:
        """Offset of the passage that introduces its orders (``… yêu cầu:``), 0 where none does."""
        if self._orders_at < 0:
            self._orders_at = self._introduced()
        return self._orders_at

    def _introduced(self) -> int:
        page = self.page
        for index, passage in enumerate(page.outline.passages):
            if passage.marker and not page.addressed(passage):
                break
            open_list = passage.section < 0 and ":" in page.text[passage.end - 4 : passage.end]
            if open_list and asks(page.flat(passage.start, passage.end, index)):
                return passage.start
        return 0
