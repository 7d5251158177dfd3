"""What the headings above a sentence tell of its work, where its own words don't tell otherwise.

A heading tells first (KẾT QUẢ, NHIỆM VỤ, HẠN CHẾ); `CORRECTIONS` are made one after the other,
each by what the sentence says in spite of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.model import Status
from kg.ontology.wording import entries, words
from kg.relations.clauses import main_clause
from kg.relations.status.opening import Opening
from kg.relations.status.sentence import BASIS, DONE, OTHER, PLANNED, Sentence
from kg.relations.tense import appraises, narrates, only_weighs, weighs
from kg.structure import PassageKind
from kg.text.late import late

__all__ = ["CORRECTIONS", "REQUEST", "headed"]

REQUEST: Final = re.compile(rf"(?:\d{{1,2}}\s)?(?:{words('connectives')},?\s)?{words('requests')}(?!\w)")
"""A sentence that opens so asks for something."""
_SUMS_UP: Final = late(r"[\W\d]*(?:[a-z]\W+)?(?:sơ kết|tổng kết)(?!\w)", re.IGNORECASE)
_NOT_YET: Final = late(rf"(?:(?:{words('until_now')}|hiện(?: nay)?),?\s)?(?:vẫn )?chưa\s(?!kể |tính |bao gồm )")
_ANSWERED: Final = late(r"\|\W*(?:(?:đã )?hoàn thành|đang (?:thực hiện|triển khai))\W*(?=\||\Z)", re.IGNORECASE)
_ORDERED: Final = late(
    rf"(?:[^,;.:]{{1,160}},\s){{0,4}}?{words('subjects')}(?!\w)[^,;.:]{{0,60}}?"
    rf"\sđã\s(?:có (?:văn bản|công văn) )?{words('orders')}(?!\w)"
)


def headed(sentence: Sentence, opening: Opening) -> Status | None:
    """What headings, or the words that stand in for one, tell of a sentence; None where they tell nothing."""
    told = _heading(sentence)
    for correct in CORRECTIONS:
        told = correct(sentence, opening, told)
    return told


def _heading(sentence: Sentence) -> Status | None:
    outline, host = sentence.scene.page.outline, sentence.host
    section = host.section if host else -1
    told = outline.part(section)
    if told == DONE and sentence.kind in entries("ordering_types"):
        # "3. Sơ kết, tổng kết" in a plan is work to come.
        title = next(iter(outline.titles(section)), "")
        return PLANNED if _SUMS_UP.match(title) else DONE
    if told is not None:
        return Status(told)
    return BASIS if host is not None and host.kind is PassageKind.PREAMBLE else None


def request(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """``Đề nghị đơn vị … . Đồng thời chấp hành …``: a request, or one that goes on, but among results."""
    lower, start = sentence.lower, sentence.unit.start
    goes_on = lower.startswith("đồng thời") and start > 1
    asked = sentence.scene.page.sentence(start - 2) if goes_on else lower
    return PLANNED if REQUEST.match(asked) and not (told is DONE and sentence.kind == "Báo cáo") else told


def order_given(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """``UBND tỉnh đã chỉ đạo các Sở …`` among tasks: the order has been given."""
    return DONE if told is PLANNED and "đã" in sentence.lower and _ORDERED.match(sentence.lower) else told


def answered(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """A cell tells how far the work of its row has come; ``Đang thực hiện`` is work, too."""
    passage = sentence.passage
    if passage is None or passage.kind is not PassageKind.ROW:
        return told
    return DONE if _ANSWERED.search(sentence.scene.page.text, passage.start, passage.end) else told


def deed_beside(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """``Thời gian qua, UBND tỉnh đã …`` under a heading that weighs, not one of shortcomings."""
    deed = told is OTHER and narrates(sentence.lower) and not (sentence.troubled or weighs(sentence.lower))
    return DONE if deed else told


def wrong_before_request(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """``Việc … còn bất cập`` under "Kiến nghị": what is wrong, before what is asked for."""
    return OTHER if told is PLANNED and sentence.lower.startswith("việc ") and only_weighs(sentence.lower) else told


def state_among_results(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """``Chưa có hướng dẫn thực hiện A``, ``Công tác … còn chậm``, ``Ghi nhận …``: among results, a state."""
    if told is not DONE:
        return told
    lower = sentence.lower
    short = lower.startswith(("việc ", "công tác ")) and only_weighs(lower)
    return OTHER if short or appraises(lower) or _NOT_YET.match(lower) else DONE


def time_to_come(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """``Trong thời gian tới, …`` at the end of what was done."""
    return PLANNED if told is DONE and sentence.lower.startswith(("trong thời gian tới", "thời gian tới")) else told


def main_clause_ahead(sentence: Sentence, opening: Opening, told: Status | None) -> Status | None:
    """``Sau khi xem xét A, Sở đã …`` before the body: its main clause decides, whatever stands around it."""
    passage = sentence.passage
    if told is not BASIS or passage is None or passage.kind is not PassageKind.PREAMBLE or sentence.scene.changing:
        return told
    rests = opening.based and not (sentence.proposing or opening.examined)
    return None if not rests and main_clause(sentence.lower) else told


CORRECTIONS: Final[tuple[Callable[[Sentence, Opening, Status | None], Status | None], ...]] = (
    request,
    order_given,
    answered,
    deed_beside,
    wrong_before_request,
    state_among_results,
    time_to_come,
    main_clause_ahead,
)
