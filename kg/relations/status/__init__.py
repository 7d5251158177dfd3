"""How a citation stands to the work that its sentence tells of: done, planned, its basis, or neither.

The sentence decides first (``Căn cứ …``, ``Thực hiện …, Sở đã …``; `opening`), then the heading
above it (KẾT QUẢ, NHIỆM VỤ, HẠN CHẾ; `headings`), then the type of the document (`work`).  Each
citation is then asked about by `RULES` (`rules`): its grounds (`grounds`), what is spoken about
(`matters`), what has been done (`deeds`).
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Status
from kg.relations.acts import Act
from kg.relations.clauses import TITLE
from kg.relations.scene import BESIDE, Scene
from kg.relations.status.cited import Cited, Told
from kg.relations.status.rules import RULES
from kg.relations.status.sentence import Sentence

__all__ = ["Statuses"]


class Statuses:
    """The statuses of the citations of one document, by their indexes, as far as it has been read."""

    def __init__(self, scene: Scene) -> None:
        self.found: dict[int, Status] = {}
        self._scene = scene

    def read(self, group: list[int], acts: Mapping[int, Act]) -> Status:
        """Find the statuses of one sentence's citations; return that of the work that the sentence tells of."""
        told = Told(self._scene, group, self.found)
        noted = self._noted(told.sentence)
        for index in group:
            self.found[index] = noted or _status(told, Cited(self._scene, index, acts[index]))
        return told.work

    def _noted(self, sentence: Sentence) -> Status | None:
        """In a footnote that gives the title of the citation before its mark, or whose mark touches it: its status."""
        scene, mark = self._scene, sentence.mark
        if mark <= 0:
            return None
        titles = bool(TITLE.match(sentence.lower))
        if not titles and scene.citations[sentence.group[0]].start != sentence.unit.start:
            return None
        beside = scene.before_mark(mark)
        if beside < 0 or scene.units[beside] == sentence.unit:
            return None
        return self.found.get(beside) if titles or mark - scene.tails[beside] <= BESIDE else None


def _status(told: Told, cited: Cited) -> Status:
    for rule in RULES:
        if (status := rule(told, cited)) is not None:
            return status
    return told.work
