"""What part of a document does, where no letterhead tells its type: report or order.

An extract from a report has lost its title; its sentences still tell of deeds (``UBND tỉnh đã ban hành …``) and give
figures (``đạt 95%``), those of a plan or a directive ask for deeds.
"""

from __future__ import annotations

from typing import Final

from kg.model import Status
from kg.ontology.wording import words
from kg.relations.heads import of_tasks
from kg.relations.tense import commands, tense
from kg.relations.units import Page
from kg.structure import PassageKind, tables
from kg.structure.headings import title_part
from kg.text.late import late

__all__ = ["genre"]

_READ: Final = 400
"""Passages that are looked at: enough to know a text by, however long it is."""
_SHORT: Final = 60
"""Characters below which a passage is a heading or a cell."""
_SENTENCE: Final = 400
"""Characters of a sentence that are read."""
_DEEDS: Final = 3
"""Deeds below which a text is no report."""
_ORDERS: Final = 5
"""Orders below which a text may be anything."""
_EACH: Final = 4
"""Orders that a plan has for each deed that it tells of, at least."""
_FIGURE: Final = late(rf"\d[\d.,]*\s?(?:%|{words('counted')}(?!\w))")
_SILENT: Final = (PassageKind.HEADING, PassageKind.PREAMBLE, PassageKind.CLOSING, PassageKind.ROW, PassageKind.FOOTNOTE)


def genre(page: Page) -> str:
    """``Báo cáo`` for a text that tells of more deeds and figures than orders, ``Kế hoạch`` for one of orders."""
    told, read = {Status.DONE: 0, Status.PLANNED: 0}, list[str]()
    for index, passage in enumerate(page.outline.passages[:_READ]):
        if passage.kind is PassageKind.ROW:
            row = tables.at(page.text, passage.start)
            told[Status.PLANNED] += row is not None and of_tasks(row.table.heads)
            continue
        if passage.kind in _SILENT or passage.end - passage.start < _SHORT:
            continue
        for start, end in page.sentences(index):
            lower = page.flat(start, min(end, start + _SENTENCE), index)
            if mood := tense(lower):
                told[mood] += 1
            read.append(lower)
    done, asked = told[Status.DONE], told[Status.PLANNED]
    done += sum(title_part(section.title) == "done" for section in page.outline.sections[:_READ])
    # Figures, and orders by a bare verb, are looked for only where they decide.
    if done >= _DEEDS and (done >= asked or done + sum(bool(_FIGURE.search(lower)) for lower in read) >= asked):
        return "Báo cáo"
    orders = max(_ORDERS, _EACH * done)
    return "Kế hoạch" if asked >= orders or asked + sum(map(commands, read)) >= orders else ""
