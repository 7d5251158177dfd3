"""Rules by which a deed is told of a citation, whatever its sentence tells of its work: status ``done``."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Status
from kg.ontology.wording import words
from kg.relations.clauses import main_clause
from kg.relations.status.cited import Cited, Told
from kg.relations.status.headings import REQUEST
from kg.relations.status.sentence import BASIS, DONE, OTHER, PLANNED
from kg.relations.status.work import ACHIEVED
from kg.relations.tense import commands, narrates, tense
from kg.text.late import late

__all__ = ["achieved", "debated", "decided", "deed_beside", "signed"]

_DECIDED: Final = late(
    r"(?:\((?P<bracket>)(?:đã )?|đ(?<!\wđ)ã )(?:được|bị)\s[^;.()]{0,80}(?:(?<!\w)(?:tại|theo)(?: các)?|\()\s?\Z"
)
_IS: Final = re.compile(r", (?:là|gồm|bao gồm)\s")
"""Behind a citation the predicate of what was decided by it: ``Các xã đã được công bố … theo X, là những nơi …``."""
_ONGOING: Final = late(rf"{words('subjects')}(?!\w)[^,;.:]{{0,60}}?\sđang\s")
_DAY: Final = 10
"""Characters of a date that gives the day."""


def signed(told: Told, cited: Cited) -> Status | None:
    """A document is told to have been issued: it has its number and its day, and nobody is asked for it."""
    if cited.act.kind != "issued" or told.after or told.sentence.scene.changing:
        return None
    citation = told.sentence.scene.citations[cited.index]
    dated = len(citation.date or "") == _DAY and citation.number is not None
    return DONE if dated and tense(cited.before.rpartition(";")[2]) is not PLANNED else None


def deed_beside(told: Told, cited: Cited) -> Status | None:
    """HIỆN TRẠNG: ``… chưa đồng bộ (Sở Công Thương đang rà soát theo …)``: a deed beside what is weighed."""
    clause = cited.clause if told.headed is OTHER and not told.sentence.troubled else ""
    return DONE if clause and (narrates(clause) or _ONGOING.match(clause)) else None


def achieved(told: Told, cited: Cited) -> Status | None:
    """A document issued, a letter received, whatever the heading says."""
    act, before = cited.act.kind, cited.before
    if (act != "issued" and told.headed is OTHER) or told.sentence.scene.changing:
        return None
    if told.after and not main_clause(before):
        return None
    if told.work is PLANNED and commands(told.sentence.lower):
        return None
    if act == "issued" and told.work in (OTHER, BASIS):
        return DONE
    clause = before.rpartition(";")[2]
    # The pattern is slow, and a sentence may cite very often.
    may = "đã" in clause or "được" in clause or clause.startswith("ngày")
    return DONE if may and ACHIEVED.search(clause) else None


def decided(told: Told, cited: Cited) -> Status | None:
    """A plan tells of what has been decided by the document, or by the one that it is listed beside."""
    if not told.sentence.orders or cited.act.kind == "implements":
        return None
    beside = cited.act.inherited and cited.index - 1 in told.decided
    if beside or (_come_about(cited.before) and not _IS.search(told.sentence.scene.rest(cited.index))):
        told.decided.add(cited.index)
        return DONE
    return None


def _come_about(before: str) -> bool:
    """Whether the words before a citation tell, in a plan, of what has been decided: ``(đã được phê duyệt tại``."""
    if "được " not in before and "bị " not in before:
        return False
    found = _DECIDED.search(before)
    if not found or found["bracket"] is not None:
        return found is not None
    clause = before[max(before.rfind(mark, 0, found.start()) for mark in ";:(") + 1 : found.start()].lstrip()
    return not (commands(clause) or REQUEST.match(clause) or tense(clause) is PLANNED)


def debated(told: Told, cited: Cited) -> Status | None:
    """A council before it decides: ``Công tác quản lý có tiến bộ; các cơ quan đã bám sát Luật …``."""
    if not told.sentence.orders or told.headed is not None or ";" not in cited.before:
        return None
    return DONE if narrates(cited.before.rpartition(";")[2].lstrip()) else None
