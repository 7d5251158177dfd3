"""What part of a document does, where no letterhead tells its type: report or order.

An extract from a report has lost its title; its sentences still tell of deeds (``UBND tỉnh đã ban hành …``), those of
a plan or a notice ask for them.
"""

from __future__ import annotations

from kg.model import Status
from kg.relations.tense import tense
from kg.relations.units import Page
from kg.structure import PassageKind
from kg.structure.headings import title_part

__all__ = ["genre"]

_READ = 400
"""Passages that are looked at: enough to know a text by, however long it is."""
_SHORT = 60
"""Characters below which a passage is a heading or a cell."""
_SENTENCE = 400
"""Characters of a sentence that are read."""
_ENOUGH = 3
"""Deeds below which a text may be anything."""
_SILENT = (PassageKind.HEADING, PassageKind.PREAMBLE, PassageKind.CLOSING, PassageKind.ROW, PassageKind.FOOTNOTE)


def genre(page: Page) -> str:
    """``Báo cáo`` for a text that tells of more deeds than orders, else empty."""
    told = {Status.DONE: 0, Status.PLANNED: 0}
    for index, passage in enumerate(page.outline.passages[:_READ]):
        if passage.kind in _SILENT or passage.end - passage.start < _SHORT:
            continue
        for start, end in page.sentences(index):
            if mood := tense(page.flat(start, min(end, start + _SENTENCE), index)):
                told[mood] += 1
    for section in page.outline.sections[:_READ]:
        if (part := title_part(section.title)) in ("done", "planned"):
            told[Status(part)] += 1
    return "Báo cáo" if told[Status.DONE] >= max(_ENOUGH, told[Status.PLANNED]) else ""
