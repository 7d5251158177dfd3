"""The status of the work that a sentence tells of: its own words first, then headings, then the type of document.

A report tells of what was done; a plan or a directive orders; in a letter or a proposal the first
finite word decides (`kg.relations.tense`).
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import Status
from kg.ontology.wording import entries, words
from kg.relations.clauses import asks, main_part, sets_out
from kg.relations.status.sentence import DONE, OTHER, PLANNED, Sentence
from kg.relations.tense import (
    appraises,
    comes_about,
    commands,
    instructs,
    narrates,
    only_weighs,
    tells,
    tense,
    weighs,
)
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["ACHIEVED", "AFTER", "by_type", "work"]

AFTER: Final = re.compile(r"(?:ngay )?sau khi ")
"""``Sau khi Thủ tướng ban hành Chỉ thị …``: what led to what is told."""
ACHIEVED: Final = re.compile(begun(rf"đã\s(?:\w+\s){{0,6}}?{words('achieved')}(?!\w)|nhận được(?!\w)|(?<=\A)ngày \d"))
"""A deed is told: a document issued, a letter received."""
_RESULT: Final = late(rf"{begun(words('done'))}(?!\w)")
_REPEAL: Final = re.compile(
    r"(?:điều \d+\. )?((?:\w+ ){1,3})này (?:có hiệu lực [^;.]{0,120}?(?:và|,) )?(?:thay thế|bãi bỏ|hủy bỏ)"
    rf" (?:toàn bộ )?(?:các )?(?:{words('plan_words')}(?!\w)|(?:danh mục|quy trình|phụ lục)"
    r"\s(?:(?!số|mục|phần|điều)[^;.\s]+\s)*(?:tại|theo)\s)"
)
_IN_FORCE: Final = re.compile(r"(?:điều \d+\. )?((?:\w+ ){1,3})này có hiệu lực [^;.]{0,120}\. (?:thay thế|bãi bỏ)")
_STILL: Final = late(rf"(?:{words('until_now')}|hiện nay),?\s[^;:]{{1,160}}?\s(?:chưa|vẫn còn)\s")
"""``Đến nay, Sở A chưa báo cáo …``: a state among orders."""
_SINCE: Final = late(rf"{begun(words('since'))}(?!\w)")


def work(sentence: Sentence, headed: Status | None) -> Status:
    """What a sentence tells of its work; ``headed`` is what its headings tell.

    The sentence of its mark tells it for a footnote.
    """
    told = _of_itself(sentence) or headed
    if told is not None:
        return told
    mark = sentence.mark
    told = _of_words(sentence, sentence.scene.page.sentence(mark - 1) if mark > 0 else sentence.lower)
    return PLANNED if told is OTHER and mark < 0 and _goes_on(sentence) else told


def _of_itself(sentence: Sentence) -> Status | None:
    """``Kế hoạch này thay thế …`` speaks of the document itself, ``Nghị quyết này …`` in a proposal of one to come."""
    page, lower, host = sentence.scene.page, sentence.lower, sentence.host
    found = _REPEAL.match(lower) if "này" in lower else None
    lead = page.passage(host.lead) if host and not found else None
    if host and lead and "này" in page.text[lead.start : lead.start + 80].lower():
        found = _REPEAL.match(page.flat(lead.start, min(lead.end, lead.start + 80), host.lead))
    if not found and host and lower.startswith(("thay thế ", "bãi bỏ ")):
        # "Quyết định này có hiệu lực kể từ ngày ký. Thay thế Quyết định số …"
        found = _IN_FORCE.match(page.flat(host.start, min(host.end, host.start + 200), -1))
    return by_type(found[1], sentence) if found else None


def by_type(named: str, sentence: Sentence) -> Status:
    """What is told of ``named`` này: of the document itself nothing to do, of another one the work to come."""
    return OTHER if named.strip() == (sentence.scene.header.type or "").lower() else PLANNED


def _of_words(sentence: Sentence, lower: str) -> Status:
    """What ``lower``, the words that introduce its list and the type of the document tell."""
    document, kind, host = sentence.scene.document, sentence.kind, sentence.host
    if document.changing:
        return PLANNED
    if kind == "Báo cáo":
        return _of_report(sentence, lower)
    if host and host.start < document.orders:
        return DONE if ACHIEVED.search(lower) else OTHER
    if appraises(lower):
        return OTHER
    if asks(sentence.lead):
        return PLANNED
    main = main_part(lower)
    if kind in entries("ordering_types"):
        return _of_order(main)
    ordered = host and 0 < document.orders < host.start and kind in entries("proposing_types")
    return PLANNED if ordered and instructs(main) else _of_letter(kind, main)


def _of_report(sentence: Sentence, lower: str) -> Status:
    """A report tells of deeds, but for what goes on and what it sets out to do."""
    if (lower.startswith("tiếp tục") or sets_out(sentence.lead)) and not _RESULT.search(lower):
        return PLANNED
    return OTHER if appraises(lower) else DONE


def _of_order(main: str) -> Status:
    """``Đánh giá kết quả thực hiện …`` is an order here; only a body with ``đã`` tells of a deed."""
    if _STILL.match(main):
        return OTHER
    return DONE if narrates(main) else PLANNED


def _of_letter(kind: str, main: str) -> Status:
    """In a letter, a proposal or a text without a type the first finite word decides, else a bare verb asks."""
    commanded = commands(main) and (not kind or kind in entries("proposing_types"))
    told = PLANNED if commanded else tense(main)
    if AFTER.match(main) and told is not PLANNED and not narrates(main):
        return OTHER  # "Sau khi Thủ tướng ban hành Chỉ thị …, tình hình …": what led to the letter
    if told is not None:
        return told
    if tells(main):
        return PLANNED
    if only_weighs(main):
        return OTHER
    if comes_about(main) or _SINCE.search(main):
        return DONE
    return DONE if kind == "Tờ trình" and " được " in main else OTHER


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence that tells nothing stands behind one that asks, in the same passage of a letter."""
    passage, start, lower = sentence.passage, sentence.unit.start, sentence.lower
    if passage is None or start <= passage.start or not sentence.proposing:
        return False
    if sentence.tense is not None or weighs(lower) or AFTER.match(lower):
        return False
    above = sentence.scene.page.sentence(start - 2)
    return above != lower and (tense(main_part(above)) is PLANNED or tells(above))
