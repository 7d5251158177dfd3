"""What the outline consists of: passages, and sections around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model import Section
from kg.structure.headings import title_part

__all__ = ["Outline", "Passage", "PassageKind", "Span"]

Span = tuple[int, int]


class PassageKind(StrEnum):
    """What a passage is in the layout of its document."""

    HEADING = "heading"
    ITEM = "item"
    SUBITEM = "subitem"
    PARAGRAPH = "paragraph"
    PREAMBLE = "preamble"
    """Before the first section, opening with Căn cứ, Theo đề nghị, Thực hiện …: the legal basis."""
    FOOTNOTE = "footnote"
    ROW = "row"
    """A line of a table."""
    CLOSING = "closing"
    """Recipients and signature."""


class Passage:
    """The smallest unit that stands on its own; ``start``, ``end`` leave out marker and trailing space.

    Every printed line begins as one.  The steps of the outline join them and fill in their places, since a frozen
    copy for each step costs a tenth of a full extraction; nothing changes them once the outline is made.
    It is no dataclass, because compiled such a one takes twenty times as long to make.
    """

    __slots__ = ("end", "first", "gaps", "hashes", "kind", "lead", "marker", "reference", "section", "start", "style")

    first: int
    """Where its first line begins: before the marker."""
    start: int
    end: int
    style: str
    """How it is marked: a key of ``markers.RANK``, ``note``, ``bare`` or empty; of lines also ``row`` and ``skip``."""
    marker: str
    hashes: int
    kind: PassageKind
    section: int
    """Index of the innermost section around it, or -1."""
    lead: int
    """Index of the passage that introduces the list it stands in (``… các nhiệm vụ sau:``), or -1."""
    gaps: list[Span] | None
    """Spans inside it that are not its own: page numbers, footnotes printed in between."""
    reference: int
    """For a page footnote, the offset of the mark that refers to it."""

    def __init__(
        self,
        first: int,
        start: int,
        end: int,
        style: str = "",
        marker: str = "",
        hashes: int = 0,
        kind: PassageKind = PassageKind.PARAGRAPH,
        section: int = -1,
        lead: int = -1,
    ) -> None:
        self.first = first
        self.start = start
        self.end = end
        self.style = style
        self.marker = marker
        self.hashes = hashes
        self.kind = kind
        self.section = section
        self.lead = lead
        self.gaps = None
        self.reference = -1


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections and passages of one text; their indexes refer to these tuples."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    _starts: list[int] = field(init=False, repr=False, compare=False)
    _parents: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parents: list[int] = []
        open_: list[int] = []
        for index, section in enumerate(self.sections):
            while open_ and self.sections[open_[-1]].level >= section.level:
                open_.pop()
            parents.append(open_[-1] if open_ else -1)
            open_.append(index)
        object.__setattr__(self, "_starts", [p.start for p in self.passages])
        object.__setattr__(self, "_parents", parents)

    def at(self, offset: int) -> int:
        """Index of the innermost passage around ``offset``, or -1."""
        k = bisect_right(self._starts, offset) - 1
        while k >= 0:
            p = self.passages[k]
            if offset < p.end and not (p.gaps and any(a <= offset < b for a, b in p.gaps)):
                return k
            # Only sub-items and page footnotes stand inside another passage.
            if p.kind is PassageKind.SUBITEM:
                k = p.lead
            elif p.kind is PassageKind.FOOTNOTE:
                k -= 1
            else:
                return -1
        return -1

    def titles(self, index: int) -> Iterator[str]:
        """Titles of the sections around and including section ``index``, the innermost first; none for -1.

        >>> from kg.structure import outline
        >>> list(outline("B. NHIỆM VỤ\\n1. Sở Tài chính\\nRà soát các khoản chi.").titles(1))
        ['Sở Tài chính', 'NHIỆM VỤ']
        """
        while index >= 0:
            yield self.sections[index].title
            index = self._parents[index]

    def part(self, index: int) -> str | None:
        """``done``, ``planned``, ``basis`` or ``other`` as the headings around section ``index`` tell, else None.

        The innermost heading that ``headings.tsv`` knows decides.

        >>> from kg.structure import outline
        >>> outline("B. NHIỆM VỤ NĂM 2025\\n1. Công nghiệp\\nPhát triển cụm công nghiệp.").part(1)
        'planned'
        """
        while index >= 0:
            if value := title_part(self.sections[index].title):
                return value
            index = self._parents[index]
        return None
