"""Rules by which a citation is what is spoken about, or what led to it: status ``other``, or that of its column."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Status
from kg.ontology.wording import entries, words
from kg.relations.clauses import main_clause
from kg.relations.status.cited import Cited, Told
from kg.relations.status.grounds import RECEIVED
from kg.relations.status.sentence import DONE, OTHER, PLANNED
from kg.relations.status.work import AFTER, by_type
from kg.relations.tense import caused, commands, narrates, only_weighs, tells, tense
from kg.structure import PassageKind
from kg.text.late import late
from kg.text.patterns import among, begun

__all__ = [
    "complained_of",
    "in_cause",
    "in_column",
    "in_repealing_aside",
    "of_clause",
    "subject",
    "told_in_cell",
    "topic",
    "what_led_to_it",
]

_REPEALING_ASIDE: Final = re.compile(r"\(((?:\w+ ){1,3})này (?:thay thế|bãi bỏ|hủy bỏ)\s\Z")
_COMPLAINED: Final = late(rf"{begun(words('complaining'))}(?!\w)[^;.]*\s(?:đối với|về)\s[^;.]*\Z")
_COMPLAINT: Final = late(
    rf"{begun(words('complaining'))}(?: lần \w+)?(?: (?:đối với|về|các))? "
    rf"(?:\Z|(?:{words('plan_words')}|{words('letters')})(?!\w))"
)


def complained_of(told: Told, cited: Cited) -> Status | None:
    """``… nhận được đơn của ông A khiếu nại đối với Quyết định X``: X is what the matter is about.

    So it is where the complaint was looked into: ``Qua xem xét nội dung đơn khiếu nại Quyết định X``.
    """
    sentence = told.sentence
    if sentence.kind not in entries("answers") or not among(entries("complaining"), sentence.lower):
        return None
    if told.opening.examined and _COMPLAINT.search(cited.before):
        return OTHER
    return OTHER if RECEIVED.search(sentence.lower) and _COMPLAINED.search(cited.before) else None


def in_repealing_aside(told: Told, cited: Cited) -> Status | None:
    """``(Quyết định này thay thế X)`` beside what is told."""
    aside = _REPEALING_ASIDE.search(cited.before) if cited.before.endswith((" thay thế ", " bỏ ")) else None
    return by_type(aside[1], told.sentence) if aside else None


def in_column(told: Told, cited: Cited) -> Status | None:
    """The head of its column tells (``Khó khăn``, ``Nhiệm vụ``), unless the clause in the cell tells of a deed."""
    column = cited.column
    return column if column is not None and not narrates(cited.clause) else None


def subject(told: Told, cited: Cited) -> Status | None:
    """``Nghị định A đã quy định …``, ``Nghị định A giao Bộ …``: what the citation itself says, nobody has done."""
    sentence = told.sentence
    scene = sentence.scene
    if AFTER.match(sentence.lower):
        return None
    done = told.work is DONE and sentence.tense is not None
    if not done and not scene.changing and scene.subject(cited.index):
        return OTHER
    return OTHER if told.charging and "giao" not in cited.before else None


def topic(told: Told, cited: Cited) -> Status | None:
    """A letter or a proposal that begins with a document speaks of that document."""
    sentence = told.sentence
    topical = not cited.before and told.headed is None and sentence.unmarked and sentence.proposing
    return OTHER if topical else None


def in_cause(told: Told, cited: Cited) -> Status | None:
    """``Do các tỉnh phải đối chiếu với X …, nên …`` in a letter: why it took so long."""
    return OTHER if told.sentence.proposing and len(cited.before) < caused(told.sentence.lower) else None


def what_led_to_it(told: Told, cited: Cited) -> Status | None:
    """``Sau khi Thủ tướng ban hành Chỉ thị X, Bộ đã …`` in a letter: X led to what was done."""
    led = told.after and told.sentence.proposing and told.work is DONE and not main_clause(cited.before)
    return OTHER if led else None


def told_in_cell(told: Told, cited: Cited) -> Status | None:
    """``… | Bổ sung vào Quy hoạch tỉnh theo X``: a cell with a bare verb asks, where nothing else tells of its row."""
    passage = told.sentence.passage
    if told.work is not OTHER or told.headed is not None or passage is None or passage.kind is not PassageKind.ROW:
        return None
    return PLANNED if commands(cited.before.lstrip(" -+*")) else None


def of_clause(told: Told, cited: Cited) -> Status | None:
    """``Sở đã rà soát A; đề nghị Bộ sửa đổi B; Bộ chưa ban hành C``: B is asked for, C is weighed."""
    sentence, before = told.sentence, cited.before
    if told.headed is not None or told.work is PLANNED or ";" not in before:
        return None
    start = before.rfind(";") + 1
    if not before[start:].strip():
        return None  # the next member of a list, whatever its title says
    end = sentence.lower.find(";", len(before))
    clause = sentence.lower[start : end if end >= 0 else len(sentence.lower)].lstrip()
    if tense(clause) is PLANNED or ((sentence.proposing or not sentence.kind) and tells(clause)):
        return PLANNED
    return OTHER if only_weighs(clause) else None
