"""Where each citation of a document stands: its sentence, the words before and behind it, quotations, footnotes."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

from kg.citations import Citation
from kg.model import Header
from kg.relations.clauses import PAUSE
from kg.relations.document import Document
from kg.relations.predicates import tells_of_itself
from kg.relations.quotations import Quotations
from kg.relations.units import Page, flattened
from kg.structure import PassageKind

__all__ = ["BESIDE", "Scene"]

BESIDE: Final = 2
"""Code points between a citation and the mark of its footnote: a blank, a bracket."""
_BEHIND: Final = 260
"""Code points behind a citation that may tell of it."""


class Scene:
    """The citations of one document, each told by its index; ``units`` are their sentences.

    All that rules ask of the place of a citation, and nothing of what they have found out.
    """

    def __init__(self, page: Page, citations: list[Citation], header: Header) -> None:
        self.page, self.citations, self.header = page, citations, header
        self.document = Document(page, header)
        self.changing = self.document.changing
        self.units = [page.unit(c) for c in citations]
        self.tails = [c.tail for c in citations]
        self._quotations = Quotations(page.text, self.tails)
        self._befores: dict[int, str] = {}
        """Many rules look at the words before a citation."""
        self._subjects: dict[int, bool] = {}
        """Two rules ask whether a citation is its sentence's subject."""

    def sentences(self) -> list[list[int]]:
        """Citations grouped by sentence."""
        groups: list[list[int]] = []
        for index, unit in enumerate(self.units):
            if groups and self.units[groups[-1][0]] == unit:
                groups[-1].append(index)
            else:
                groups.append([index])
        return groups

    def before(self, index: int) -> str:
        """The sentence of a citation up to it."""
        known = self._befores.get(index)
        if known is None:
            unit, start = self.units[index], self.citations[index].start
            passage = self.page.passage(unit.passage)
            begin = unit.start
            if passage is not None and passage.kind is PassageKind.ROW:
                begin = max(begin, self.page.text.rfind("|", begin, start) + 1)
            known = self._befores[index] = self.page.flat(begin, start, unit.passage)
        return known

    def rest(self, index: int) -> str:
        """The sentence of a citation from its end on."""
        unit = self.units[index]
        return self.page.flat(self.citations[index].tail, unit.end, unit.passage)

    def behind(self, index: int) -> str:
        """The words behind a citation, up to the next one."""
        return self.page.flat(*self._following(index), -1)

    def _following(self, index: int) -> tuple[int, int]:
        tail, end = self.citations[index].tail, len(self.page.text)
        if index + 1 < len(self.citations):
            end = self.citations[index + 1].start
        return tail, min(tail + _BEHIND, end)

    def subject(self, index: int) -> bool:
        """Whether a citation is itself the subject of its sentence: ``Nghị định … đã quy định …``."""
        known = self._subjects.get(index)
        if known is None:
            tail, end = self._following(index)
            pause = PAUSE.search(self.page.text, tail, end)
            told = self.page.text[tail : pause.start() if pause else end]
            known = self._subjects[index] = _tells_of_itself(told)
        return known

    def quoted(self, index: int) -> bool:
        """Whether a citation stands in a quotation, of whatever document: a rule that is given word for word."""
        return not self.changing and self._quotations.encloses(self.citations[index].start)

    def speaker(self, index: int) -> int | None:
        """The citation whose words a quotation around this one gives, if any."""
        return None if self.changing else self._quotations.host(self.citations[index].start)

    def before_mark(self, mark: int) -> int:
        """The last citation before the mark of a footnote, or -1; its date may stand behind the mark."""
        behind = bisect_right(self.tails, mark)
        return behind if behind < len(self.citations) and self.citations[behind].end <= mark else behind - 1


@lru_cache(maxsize=1024)  # the same few words behind citations, again and again
def _tells_of_itself(behind: str) -> bool:
    return tells_of_itself(flattened(behind))
