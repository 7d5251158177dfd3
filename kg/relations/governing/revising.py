"""What the rest of its sentence makes of the act that the words before a citation tell.

`REVISIONS` are made one after the other; each gives the act back, or another in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.relations.acts import Act
from kg.relations.clauses import GROUNDS, left_place, main_clause
from kg.relations.gaps import GLUE
from kg.relations.heads import of_grounds, of_orders
from kg.relations.ownership import of_the_body
from kg.relations.predicates import carried_out, done_by, ends, followed_up, plans_for
from kg.relations.scene import Scene
from kg.relations.triggers import CHANGES, triggers
from kg.structure import tables

__all__ = ["REVISIONS"]

_FORCE: Final = "hiệu lực"
_ITEM: Final = re.compile(r";|\n\s*[-+•]")
"""What parts the items of a cell."""
_ISSUED_AT: Final = re.compile(r"(?:ban hành|phê duyệt|công bố|thành lập|chấp thuận) (?:tại|theo)\s?\Z")


def by_own_document(scene: Scene, index: int, act: Act) -> Act:
    """``UBND tỉnh đã phê duyệt … tại Quyết định số …``: by what one's own body did its work, that it issued."""
    citation = scene.citations[index]
    if scene.changing or act.actors or citation.pinpoint or not of_the_body(citation, scene.header):
        return act
    before = scene.before(index)
    by = done_by(before)
    # "Thực hiện A; UBND tỉnh đã phê duyệt … tại B": A is carried out, B issued.
    verbs = triggers(before[before.rfind(";") + 1 :]) if by and act.kind == "implements" else ()
    carried = any("implements" in t.kinds for t in verbs)
    if by and (not carried or ("đã " in before and by.startswith("("))):
        return Act((), "issued", act.trigger if by.startswith("(") else by)
    return act


def as_ground(scene: Scene, index: int, act: Act) -> Act:
    """What is merely cited: carried out by what the sentence tells behind it, or a legal basis of it.

    A basis are the documents before the main clause of ``Căn cứ …``, ``Theo đề nghị … tại …``, and those in the
    preamble of a decision.
    """
    if act.actors or not (act.kind in ("cites", "based_on") or _measured(act)):
        return act
    citation, behind = scene.citations[index], scene.rest(index)
    if _measured(act):
        # "Bám sát Nghị quyết X để xây dựng giải pháp": X is the measure of what is done.
        return Act((), "based_on", act.trigger) if " để " in behind else act
    # "Luật X và các văn bản hướng dẫn thi hành Luật X được thực hiện thống nhất"
    if (act.trigger or "quy định").startswith(("quy định", "hướng dẫn")) and carried_out(behind):
        return Act((), "implements", "được triển khai")
    before = scene.before(index)
    if followed_up(before, behind):
        return Act((), "implements", "sau khi")
    grounds = GROUNDS.match(before) and not (main_clause(before) or left_place(before))
    if grounds and not citation.pinpoint and plans_for(behind):
        return Act((), "implements", act.trigger or "căn cứ")
    if grounds or (scene.changing and citation.start < scene.document.body):
        return Act((), "based_on", act.trigger or "căn cứ")
    return act


def _measured(act: Act) -> bool:
    return act.kind == "implements" and act.trigger == "bám sát"


def ended(scene: Scene, index: int, act: Act) -> Act:
    """``Quyết định A hết hiệu lực kể từ ngày Quyết định này có hiệu lực``: the document at hand repeals A.

    So it does each of a list under ``Các quyết định sau hết hiệu lực kể từ ngày …:``.
    """
    if act.actors or act.kind != "cites" or not scene.changing or scene.citations[index].start < scene.document.body:
        return act
    page, unit, start = scene.page, scene.units[index], scene.citations[index].start
    # Behind it stands what is excepted: "… hết hiệu lực, trừ trường hợp quy định tại Luật B".
    told = page.text.find(_FORCE, start, unit.end) >= 0 and _ends(scene, unit.start, unit.end, unit.passage)
    if not told and (colon := page.text.rfind(":", unit.start, start)) >= 0:
        told = _ends(scene, unit.start, colon, unit.passage)
    passage = page.passage(unit.passage)
    lead = page.passage(passage.lead) if passage and not told else None
    told = told or (lead is not None and passage is not None and _ends(scene, lead.start, lead.end, passage.lead))
    return Act((), "repeals", "hết hiệu lực") if told and not scene.quoted(index) else act


def _ends(scene: Scene, start: int, end: int, passage: int) -> bool:
    """Whether a span says that documents lose their force as the one at hand takes effect."""
    if scene.page.text.find(_FORCE, start, end) < 0:
        return False
    return ends(scene.page.flat(start, end, passage), (scene.header.type or "").lower())


def by_column(scene: Scene, index: int, act: Act) -> Act:
    """``Nhiệm vụ | Văn bản giao nhiệm vụ``: the head of its column tells of a document with which a cell or item opens.

    A table of tasks carries out what gave them; documents in a column of grounds are those.
    """
    if act.actors:
        return act
    start = scene.citations[index].start
    row = tables.at(scene.page.text, start)
    head = row.head(start) if row else ""
    if not (row and head):
        return act
    kind = "based_on" if of_grounds(head) else "implements" if of_orders(head) else None
    opens = kind and GLUE.fullmatch(_ITEM.split(row.before(start))[-1].strip())
    return Act((), kind, head) if kind and opens else act


def in_quotation(scene: Scene, index: int, act: Act) -> Act:
    """In a quotation the quoted document acts: ``Điều 8 Nghị định A quy định: “… thực hiện theo Luật B”``."""
    speaker = scene.speaker(index)
    if speaker is None and not act.actors and act.kind in ("implements", "issued") and scene.quoted(index):
        return Act((), "cites", act.trigger)
    if speaker is None or speaker >= index or (act.actors and speaker not in act.actors):
        return act
    if act.kind in ("implements", "based_on") and not _ISSUED_AT.search(scene.before(index)):
        return Act((speaker,), "based_on", act.trigger)
    return Act((speaker,), act.kind if act.kind in CHANGES else "cites", act.trigger)


REVISIONS: Final[tuple[Callable[[Scene, int, Act], Act], ...]] = (
    by_own_document,
    as_ground,
    ended,
    by_column,
    in_quotation,
)
