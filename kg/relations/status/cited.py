"""What the rules for a citation's status ask: its sentence as it has been read, and the citation in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.model import Status
from kg.relations.acts import Act
from kg.relations.predicates import charges
from kg.relations.scene import Scene
from kg.relations.status import columns
from kg.relations.status.headings import headed
from kg.relations.status.opening import Opening
from kg.relations.status.sentence import Sentence
from kg.relations.status.work import AFTER, work

__all__ = ["Cited", "Told"]

_CLAUSE_MARK: Final = re.compile(r"[(;]|, (?=sở|ubnd|ủy ban|bộ|cục)")


class Told:
    """One sentence, how it opens, what its headings and its words tell of its work; ``statuses`` are those so far."""

    def __init__(self, scene: Scene, group: list[int], statuses: Mapping[int, Status]) -> None:
        self.sentence: Sentence = Sentence(scene, group)
        self.opening: Opening = Opening(self.sentence)
        self.headed: Status | None = headed(self.sentence, self.opening)
        self.work: Status = work(self.sentence, self.headed)
        self.statuses: Mapping[int, Status] = statuses
        self.decided: set[int] = set()
        """Citations of the sentence by which, in a plan, something has been decided."""
        self.after: bool = self.headed is None and bool(AFTER.match(self.sentence.lower))
        """Whether the sentence opens with what led to its deed."""
        self._charging: bool | None = None

    @property
    def charging(self) -> bool:
        """Whether its first citation is its subject and charges somebody: ``Nghị định … giao Bộ Tài chính chủ trì``."""
        if self._charging is None:
            scene, first = self.sentence.scene, self.sentence.group[0]
            opens = not scene.changing and not scene.before(first).strip()
            self._charging = opens and charges(scene.rest(first))
        return self._charging


class Cited:
    """One citation in its sentence."""

    def __init__(self, scene: Scene, index: int, act: Act) -> None:
        self.index: int = index
        self.act: Act = act
        self.before: str = scene.before(index)
        """The sentence up to it."""
        self._scene = scene
        self._column: Status | None = None
        self._column_read = False

    @property
    def column(self) -> Status | None:
        """What the head of its column tells."""
        if not self._column_read:
            start = self._scene.citations[self.index].start
            self._column, self._column_read = columns.told(self._scene.page.text, start), True
        return self._column

    @property
    def clause(self) -> str:
        """The last clause before it, or what its bracket opens with."""
        return _CLAUSE_MARK.split(self.before)[-1].lstrip()
