"""One sentence with citations: its words, the passage and the document that it stands in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.model import Status
from kg.ontology.wording import entries, words
from kg.relations.scene import Scene
from kg.relations.tense import tense
from kg.structure import Passage, PassageKind

__all__ = ["BASIS", "DONE", "OTHER", "PLANNED", "Sentence"]

# A member of an enumeration is looked up through its class each time.
DONE: Final = Status.DONE
PLANNED: Final = Status.PLANNED
BASIS: Final = Status.BASIS
OTHER: Final = Status.OTHER

_TROUBLE: Final = re.compile(rf"(?<!\w){words('troubles')}(?!\w)", re.IGNORECASE)
_MERIT: Final = re.compile(r"(?<!\w)(?:thuận lợi|ưu điểm|kết quả|mặt được)(?!\w)", re.IGNORECASE)


class Sentence:
    """One sentence; ``group`` are its citations."""

    def __init__(self, scene: Scene, group: list[int]) -> None:
        page, unit, kind = scene.page, scene.units[group[0]], scene.document.kind
        passage = page.passage(unit.passage)
        self.scene, self.group, self.unit = scene, group, unit
        self.passage: Passage | None = passage
        self.lower = page.flat(unit.start, unit.end, unit.passage)
        self.mark = page.anchor(passage) if passage and passage.kind is PassageKind.FOOTNOTE else -1
        """Offset of the mark of the footnote that the sentence stands in, or -1."""
        self.host: Passage | None = page.anchored(passage) if passage and self.mark > 0 else passage
        """The passage that the sentence belongs to: of a footnote that of its mark."""
        self.unmarked = passage is not None and not passage.marker
        """Whether it stands in a paragraph, not in an item of a list."""
        self.ahead = unit.start < scene.document.body
        """Whether it stands before the body of the document."""
        self.kind = kind
        self.orders = kind in entries("ordering_types") or scene.changing
        """Whether the document gives orders."""
        self.proposing = kind in entries("proposing_types")
        """Whether the document asks or proposes, as a letter does."""
        self._tense: Status | None = None
        self._tense_read = False

    @property
    def tense(self) -> Status | None:
        """What the first finite word of the sentence tells."""
        if not self._tense_read:
            self._tense, self._tense_read = tense(self.lower), True
        return self._tense

    @property
    def lead(self) -> str:
        """The words that introduce the list in which the sentence stands; else empty."""
        page, host = self.scene.page, self.host
        lead = page.passage(host.lead) if host else None
        return page.flat(lead.start, lead.end, host.lead) if host and lead else ""

    @property
    def troubled(self) -> bool:
        """Whether headings say that what is told is a shortcoming."""
        titles = self.scene.page.outline.titles(self.host.section if self.host else -1)
        return any(map(_of_trouble, titles))


@lru_cache(maxsize=4096)  # the same few headings, for each sentence below them
def _of_trouble(title: str) -> bool:
    return bool(_TROUBLE.search(title)) and not _MERIT.search(title)
