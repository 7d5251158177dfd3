"""Who acts upon a citation that a passage opens with: what introduces the passage decides.

`RULES` are asked in their order: the sentence of a footnote's mark, the heading that the citation
is itself, the lead of its list, the list that goes on from the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.relations.acts import CITES, DOES, PASSIVES, Act
from kg.relations.gaps import GLUE
from kg.relations.governing.lists import Acts
from kg.relations.ownership import of_the_body, of_the_province
from kg.relations.predicates import of_documents
from kg.relations.scene import Scene
from kg.relations.triggers import CHANGES, PREPOSITIONS, Trigger, triggers
from kg.structure import Passage, PassageKind

__all__ = ["RULES", "introduced"]

_CARRIES: Final = ("issued", *DOES)
_BY_LIST: Final = re.compile(r"được (?:sửa đổi|bổ sung|thay thế|bãi bỏ)[^.;]*(?:bởi|tại|theo):\s?\Z")
_REACH: Final = 300
"""Code points of a lead, or before a footnote's mark, that are looked at."""


def introduced(acts: Acts, index: int) -> Act:
    """What governs a citation with which a passage opens; one that stands elsewhere is merely cited."""
    unit = acts.scene.units[index]
    passage = acts.scene.page.passage(unit.passage)
    if passage is None or unit.start > passage.start:
        return CITES
    for rule in RULES:
        if (act := rule(acts, index, passage)) is not None:
            return act
    return CITES


def by_mark(acts: Acts, index: int, passage: Passage) -> Act | None:
    """A footnote that lists documents: the sentence of its mark governs them; the body's own it has issued."""
    if passage.kind is not PassageKind.FOOTNOTE:
        return None
    scene, citation = acts.scene, acts.scene.citations[index]
    own = not (scene.changing or citation.pinpoint) and of_the_body(citation, scene.header)
    anchor = scene.page.anchor(passage)
    if anchor < 0:
        return Act((), "issued" if own else "cites", None)
    where = scene.page.outer(anchor - 1)
    host = scene.page.passage(where)
    begin = max(host.start if host else 0, anchor - _REACH)
    found = triggers(scene.page.flat(begin, anchor, where).rpartition(". ")[2])
    kind = found[-1].kind if found else "cites"
    if citation.pinpoint and kind not in PREPOSITIONS:
        kind = "cites"  # a provision in a footnote says where the rule stands
    return acts.like(index, Act((), "issued" if own else kind, found[-1].text if found else None))


def behind_words(acts: Acts, index: int, passage: Passage) -> Act | None:
    """Words stand before the citation, if only in another clause: nothing introduces it."""
    return None if GLUE.fullmatch(acts.scene.before(index)) else CITES


def by_heading(acts: Acts, index: int, passage: Passage) -> Act | None:
    """``1. Chỉ thị số 03/CT-TTg về …``: a document that heads what a report tells of it is carried out."""
    if acts.scene.document.kind != "Báo cáo":
        return None
    at, passages = acts.scene.units[index].passage, acts.scene.page.outline.passages
    below = passages[at + 1] if at + 1 < len(passages) else None
    if below is None or below.kind is PassageKind.HEADING:
        return None
    # A long title of two documents is an item in form; what tells of it stands below without a marker.
    long = passage.kind is PassageKind.ITEM and bool(passage.marker) and not below.marker
    heads = passage.kind is PassageKind.HEADING or (long and acts.scene.page.text[passage.end - 1] not in ".;:,")
    return Act((), "implements", None) if heads else None


def by_lead(acts: Acts, index: int, passage: Passage) -> Act | None:
    """``… đã ban hành các văn bản sau:``: the last verb of the lead governs the members of its list."""
    scene = acts.scene
    above = passage.lead if passage.lead >= 0 else _left_open(acts, index, scene.units[index].passage - 1)
    lead = scene.page.passage(above)
    if lead is None:
        return None
    headed = lead.kind is PassageKind.HEADING
    words = scene.page.flat(max(lead.start, lead.end - _REACH), lead.end, above).rstrip(" :")
    words = words if headed else words.rpartition(". ")[2]
    found = triggers(words)
    titles = headed and found and found[-1].kind in _CARRIES
    listed = titles and found[-1].kind in CHANGES and scene.page.text[lead.end - 1] != ":"
    # "Điều 1. Bãi bỏ toàn bộ các quyết định của Thủ tướng Chính phủ" heads what it ends.
    listed = listed and not (scene.changing and not words[: found[-1].start].strip(" *_"))
    if not found or listed or (titles and not of_documents(words[found[-1].end :])):
        return None
    return _under_lead(acts, index, above, found[-1])


def _left_open(acts: Acts, index: int, above: int) -> int:
    """Index of the paragraph that ends with a colon and lists this one without a marker, or -1.

    Only ``… được sửa đổi, bổ sung bởi:`` is followed so, in consolidated texts.
    """
    scene = acts.scene
    while index > 0 and above >= 0 and above >= scene.units[index - 1].passage:
        passage = scene.page.outline.passages[above]
        if scene.page.text[passage.end - 1] == ":":
            words = scene.page.flat(max(passage.start, passage.end - 40), passage.end, above)
            return above if _BY_LIST.search(words) else -1
        if acts.found[index - 1].kind not in PASSIVES or scene.units[index - 1].passage != above:
            return -1
        index, above = index - 1, above - 1
    return -1


def _under_lead(acts: Acts, index: int, lead: int, trigger: Trigger) -> Act:
    """A member of the list that ``trigger`` introduces; ``… được sửa đổi, bổ sung bởi:`` turns round."""
    if not (trigger.kind in CHANGES and trigger.passive):
        return acts.like(index, Act((), trigger.kind, trigger.text))
    citations = acts.scene.citations
    above = [k for k in _standing_in(acts.scene, lead, index) if not acts.found[k].actors]
    changed = next((k for k in above if citations[k].type == citations[index].type), above[-1] if above else None)
    return CITES if changed is None else Act((changed,), "by-" + trigger.kind, trigger.text, True)


def _standing_in(scene: Scene, passage: int, before: int) -> list[int]:
    """Indexes of the citations of a passage that stand before another citation."""
    end = before
    while end > 0 and scene.units[end - 1].passage > passage:
        end -= 1
    begin = end
    while begin > 0 and scene.units[begin - 1].passage == passage:
        begin -= 1
    return list(range(begin, end))


def goes_on(acts: Acts, index: int, passage: Passage) -> Act | None:
    """A list of issued documents may go on in the next paragraph without a verb of its own."""
    scene, of_list = acts.scene, acts.of_list
    if of_list is None or of_list.kind != "issued" or index == 0:
        return None
    next_to = scene.units[index - 1].passage == scene.units[index].passage - 1
    own = next_to and of_the_province(scene.citations[index], scene.header)
    return acts.like(index, of_list) if own else None


RULES: Final[tuple[Callable[[Acts, int, Passage], Act | None], ...]] = (
    by_mark,
    behind_words,
    by_heading,
    by_lead,
    goes_on,
)
"""Asked in this order; what none of them decides is merely cited."""
