"""How a passage stands to the work it tells of: done, planned, its basis, or neither.

The sentence decides first (``Căn cứ …``, ``Thực hiện …, Sở đã …``), then the heading above
it (KẾT QUẢ, NHIỆM VỤ, HẠN CHẾ), then the type of the document.
"""

from __future__ import annotations

import re

from kg.model import Status
from kg.relations.clauses import GROUNDS, main_clause
from kg.relations.reader import Reader
from kg.structure import Passage, PassageKind, part
from kg.wording import entries, words

__all__ = ["statuses"]

_BASIS = re.compile(rf"{words('basis_openings')}\s")
_DONE = re.compile(rf"(?<!\w){words('done')}(?!\w)")
_PLANNED = re.compile(rf"(?<!\w){words('planned')}(?!\w)")
_AT = re.compile(r"tại (?:(?:điểm|tiết|khoản|điều|mục|phần|chương|phụ lục) [\w.]+,? ){0,4}(?:của )?")
_ASKED = re.compile(rf"(?<!đã )(?<!theo )(?<!sự )(?<!báo cáo và )(?<!\w){words('orders')}(?!\w)[^.;]*:\W*\Z")
_SPEAKS = 40
"""Characters of a quotation from which on it is another document's text, not a name in marks."""
_RECEIVED = re.compile(r"(?<!\w)nhận được(?!\w)")
_ACHIEVED = re.compile(rf"(?<!\w)đã\s(?:\w+\s){{0,6}}?{words('achieved')}(?!\w)|(?<!\w)nhận được(?!\w)|^ngày \d")


def statuses(reader: Reader, group: list[int]) -> dict[int, Status]:
    """Status of each citation of one sentence; ``reader`` has read the sentence."""
    unit, page = reader.units[group[0]], reader.page
    lower = page.flat(unit.start, unit.end, unit.passage)
    passage = page.passage(unit.passage)
    if passage and passage.kind is PassageKind.FOOTNOTE and (mark := page.anchor(passage)) > 0:
        general = _of_passage(reader, page.sentence(mark - 1), page.anchored(passage))
    else:
        general = _of_passage(reader, lower, passage)
    colon = lower.find(":")
    head = lower[colon + 1 :].lstrip() if 0 <= colon < 80 else lower
    grounds = bool(GROUNDS.match(lower) or GROUNDS.match(head))
    opening = bool(_BASIS.match(lower))
    preamble = passage is not None and _preamble(reader, passage)
    out: dict[int, Status] = {}
    for index in group:
        citation = reader.citations[index]
        before = page.flat(unit.start, citation.start, unit.passage)
        turned = main_clause(before)
        by_article = reader.acts[index].kind == "based_on" and "iều" in (citation.pinpoint or "")
        ahead = opening and not turned and main_clause(page.flat(citation.tail, unit.end, unit.passage))
        enacting = reader.changing and citation.start < reader.body
        named = bool(_AT.fullmatch(before)) or (_RECEIVED.search(before) and reader.header.type in entries("answers"))
        stated = by_article or named or _quoted(before)
        if stated or (grounds and not turned) or (opening and preamble) or ahead or enacting:
            out[index] = Status.BASIS
        elif general is not Status.DONE and reader.subject(index):
            out[index] = Status.OTHER
        elif _ACHIEVED.search(before.rpartition(";")[2]):
            out[index] = Status.DONE
        else:
            out[index] = general
    return out


def _quoted(before: str) -> bool:
    """Whether the words before a citation open a quotation that is still going on: another document speaks."""
    opened = before.rfind("“")
    return opened > before.rfind("”") and len(before) - opened > _SPEAKS


def _preamble(reader: Reader, passage: Passage) -> bool:
    """Whether a passage stands before the body, as the grounds of what follows."""
    return passage.kind is PassageKind.PREAMBLE or (bool(reader.page.outline.sections) and passage.start < reader.body)


def _of_passage(reader: Reader, lower: str, passage: Passage | None) -> Status:
    told = part(reader.page.text, reader.page.outline.sections, passage.section if passage else -1)
    if told is not None:
        return Status(told)
    if passage is not None and passage.kind is PassageKind.PREAMBLE:
        return Status.BASIS
    kind = reader.header.type or ""
    done, planned = _DONE.search(lower), _PLANNED.search(lower)
    if reader.changing:
        return Status.PLANNED
    if kind == "Báo cáo":
        return Status.PLANNED if planned and not done and lower.startswith("tiếp tục") else Status.DONE
    lead = reader.page.passage(passage.lead) if passage else None
    if passage and lead and _ASKED.search(reader.page.flat(lead.start, lead.end, passage.lead)):
        return Status.PLANNED
    if done and not planned:
        return Status.DONE
    if planned or kind in entries("ordering_types"):
        return Status.PLANNED
    return Status.DONE if kind == "Tờ trình" else Status.OTHER
