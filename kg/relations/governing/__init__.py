"""Who acts upon each citation of a sentence, and how: rules in their order, one list for each place of a citation.

`between` governs a citation by the words behind the one before it, `first` the first of its
sentence, `leads` one that a passage opens with; `manner` tells by the verb what is done, `lists`
what members of a list share.  `revising` looks at last at the whole sentence.
"""

from __future__ import annotations

import re
from typing import Final

from kg.relations.acts import CITES
from kg.relations.governing.between import between
from kg.relations.governing.first import first
from kg.relations.governing.lists import Acts
from kg.relations.governing.revising import REVISIONS
from kg.relations.scene import Scene

__all__ = ["Acts", "govern"]

_OF_COMMITTEE: Final = re.compile(
    r"ban chỉ đạo (?:[^,;.:]{0,60}\s)?về (?:việc )?(?:tổng kết|sơ kết|thực hiện|triển khai)"
    r"(?: việc)?(?: thực hiện)?\s\Z"
)


def govern(acts: Acts, group: list[int]) -> None:
    """Find the acts of one sentence's citations; those of the sentences before it are found."""
    previous: int | None = None
    for index in group:
        if _names_body(acts.scene, index, previous):
            acts.found[index] = CITES
            continue
        act = first(acts, index) if previous is None else between(acts, index, previous)
        for revise in REVISIONS:
            act = revise(acts.scene, index, act)
        acts.keep(index, act)
        previous = index
    acts.close()


def _names_body(scene: Scene, index: int, previous: int | None) -> bool:
    """Whether the citation stands in a body's name: ``Ban Chỉ đạo … về tổng kết Nghị quyết số 18-NQ/TW``."""
    if previous is not None and scene.citations[index].start < scene.citations[previous].tail:
        return True
    before = scene.before(index)
    return "ban chỉ đạo" in before and bool(_OF_COMMITTEE.search(before))
