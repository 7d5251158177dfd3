"""How a passage stands to the work it tells of: done, planned, its basis, or neither.

The sentence decides first (``Căn cứ …``, ``Thực hiện …, Sở đã …``), then the heading above
it (KẾT QUẢ, NHIỆM VỤ, HẠN CHẾ), then the type of the document.
"""

from __future__ import annotations

import re

from kg.model import Status
from kg.relations.clauses import GROUNDS, TITLE, asks, main_clause, main_part
from kg.relations.reader import Reader
from kg.relations.tense import appraises, comes_about, fails, narrates, tells, tense
from kg.structure import Passage, PassageKind
from kg.wording import entries, words

__all__ = ["statuses"]

_BASIS = re.compile(rf"{words('basis_openings')},?\s")
_DONE = re.compile(rf"(?<!\w){words('done')}(?!\w)")
_REPEAL = re.compile(r"((?:\w+ ){1,3})này (?:thay thế|bãi bỏ|hủy bỏ)")
_REQUEST = re.compile(rf"{words('requests')}(?!\w)")
_PLANNED = re.compile(rf"(?<!\w){words('planned')}(?!\w)")
_AT = re.compile(
    r"(?:ngày [\d/.-]+, ?)?tại (?:(?:điểm|tiết|khoản|điều|mục|phần|chương|phụ lục) [\w.]+,? ){0,4}(?:của )?"
)
_SPEAKS = 40
"""Characters of a quotation from which on it is another document's text, not a name in marks."""
_LAST = 3000
"""Code points behind a passage within which a quotation that began in it is closed."""
_RECEIVED = re.compile(r"(?<!\w)(?:nhận được|tiếp nhận)(?!\w)")
_TOLD = re.compile(r"trên cơ sở\s")
_CHANGED = re.compile(rf"{words('changing')}\s(?:(?!(?<!\w)(?:theo|tại)\s)[^,;:])*\Z")
_AFTER = re.compile(r"(?:ngay )?sau khi ")
_ACHIEVED = re.compile(rf"(?<!\w)đã\s(?:\w+\s){{0,6}}?{words('achieved')}(?!\w)|(?<!\w)nhận được(?!\w)|^ngày \d")


def statuses(reader: Reader, group: list[int]) -> tuple[Status, dict[int, Status]]:
    """Status of the work that one sentence tells of, and of each of its citations; ``reader`` has read it."""
    unit, page = reader.units[group[0]], reader.page
    lower = page.flat(unit.start, unit.end, unit.passage)
    passage = page.passage(unit.passage)
    mark = page.anchor(passage) if passage and passage.kind is PassageKind.FOOTNOTE else -1
    host = page.anchored(passage) if passage and mark > 0 else passage
    headed = _of_heading(reader, host)
    if _REQUEST.match(lower) and not (headed is Status.DONE and reader.header.type == "Báo cáo"):
        headed = Status.PLANNED
    if headed is Status.DONE and appraises(lower):
        headed = Status.OTHER
    general = _of_itself(reader, lower, host) or headed
    general = general or _of_sentence(reader, page.sentence(mark - 1) if mark > 0 else lower, host)
    colon = lower.find(":")
    head = lower[colon + 1 :].lstrip() if 0 <= colon < 80 else lower
    grounds = bool(GROUNDS.match(lower) or GROUNDS.match(head))
    opening = bool(_BASIS.match(lower) or _BASIS.match(head))
    preamble = passage is not None and _preamble(reader, passage)
    # "Thực hiện Công văn số …;" before the letter says anything
    alone = passage is not None and not passage.marker and unit.start < reader.body and lower[-1:] in ";,"
    # "Trên cơ sở ý kiến của Sở tại …, UBND tỉnh đã …" tells what happened.
    telling = bool(_TOLD.match(lower)) and Status.DONE in (general, tense(main_part(lower)))
    # A letter or a proposal that begins with a document speaks of that document.
    topical = reader.header.type in entries("proposing_types") and passage is not None and not passage.marker
    after = headed is None and bool(_AFTER.match(lower))
    noted = reader.noted(unit, mark) if mark > 0 and TITLE.match(lower) else None
    out: dict[int, Status] = {}
    for index in group:
        citation = reader.citations[index]
        before = page.flat(unit.start, citation.start, unit.passage)
        turned = (grounds or opening or preamble or alone) and main_clause(before)
        act = reader.acts[index].kind
        enacting = reader.changing and citation.start < reader.body
        placed = not enacting and act in ("based_on", "cites") and "iều" in (citation.pinpoint or "")
        by_article = placed and not _CHANGED.search(before)
        ahead = (
            (opening or (preamble and lower.endswith(":")))
            and not turned
            and main_clause(page.flat(citation.tail, unit.end, unit.passage))
        )
        named = bool(_AT.fullmatch(before)) or (reader.header.type in entries("answers") and _RECEIVED.search(before))
        stated = by_article or named or (_quoted(before) and _closes(reader, citation.end, passage))
        prefaced = opening and ((preamble and act != "issued") or (alone and not turned))
        given = (grounds and not turned) or prefaced or ahead
        hosts = [k for k in reader.acts[index].actors if k in out or k in reader.told]
        if noted is not None:
            out[index] = noted
        elif hosts:
            # What stands in the title of another document shares its status.
            out[index] = out[hosts[0]] if hosts[0] in out else reader.told[hosts[0]]
        elif stated or (given and not telling) or enacting:
            out[index] = Status.BASIS
        elif given:
            out[index] = Status.DONE
        elif (general is not Status.DONE and reader.subject(index) and not _AFTER.match(lower)) or (
            topical and headed is None and not before
        ):
            out[index] = Status.OTHER
        elif (act == "issued" or headed is not Status.OTHER) and not after and _achieved(act, general, before):
            out[index] = Status.DONE
        else:
            out[index] = general
    return general, out


def _of_itself(reader: Reader, lower: str, passage: Passage | None) -> Status | None:
    """``Kế hoạch này thay thế …`` speaks of the document itself, ``Nghị quyết này …`` in a proposal of one to come."""
    lead = reader.page.passage(passage.lead) if passage else None
    above = reader.page.flat(lead.start, min(lead.end, lead.start + 80), passage.lead) if passage and lead else ""
    found = _REPEAL.match(lower) or _REPEAL.match(above)
    if not found or reader.changing:
        return None
    return Status.OTHER if found[1].strip() == (reader.header.type or "").lower() else Status.PLANNED


def _achieved(act: str, general: Status, before: str) -> bool:
    """Whether a deed is told, whatever the heading says: a document issued, a letter received."""
    return (act == "issued" and general is Status.OTHER) or bool(_ACHIEVED.search(before.rpartition(";")[2]))


def _quoted(before: str) -> bool:
    """Whether the words before a citation open a quotation that is still going on: another document speaks."""
    opened = before.rfind("“")
    return opened > before.rfind("”") and len(before) - opened > _SPEAKS


def _closes(reader: Reader, offset: int, passage: Passage | None) -> bool:
    """Whether a quotation is closed behind ``offset``; one that never is was opened by mistake."""
    return passage is None or reader.page.text.find("”", offset, passage.end + _LAST) >= 0


def _preamble(reader: Reader, passage: Passage) -> bool:
    """Whether a passage stands before the body, as the grounds of what follows."""
    return passage.kind is PassageKind.PREAMBLE or (bool(reader.page.outline.sections) and passage.start < reader.body)


def _of_heading(reader: Reader, passage: Passage | None) -> Status | None:
    """What the headings around a passage tell of it, if anything."""
    told = reader.page.outline.part(passage.section if passage else -1)
    if told is not None:
        return Status(told)
    return Status.BASIS if passage is not None and passage.kind is PassageKind.PREAMBLE else None


def _of_sentence(reader: Reader, lower: str, passage: Passage | None) -> Status:
    """What the words of a sentence, the words that introduce its list and the type of the document tell."""
    kind = reader.header.type or ""
    if reader.changing:
        return Status.PLANNED
    if kind == "Báo cáo":
        if lower.startswith("tiếp tục") and _PLANNED.search(lower) and not _DONE.search(lower):
            return Status.PLANNED
        return Status.OTHER if appraises(lower) else Status.DONE
    if passage and passage.start < reader.orders:
        return Status.DONE if _ACHIEVED.search(lower) else Status.OTHER
    if appraises(lower):
        return Status.OTHER
    lead = reader.page.passage(passage.lead) if passage else None
    if passage and lead and asks(reader.page.flat(lead.start, lead.end, passage.lead)):
        return Status.PLANNED
    main = main_part(lower)
    if kind in entries("ordering_types"):
        # "Đánh giá kết quả thực hiện …" is an order here; only a body with "đã" tells of a deed.
        return Status.DONE if narrates(main) else Status.PLANNED
    told = tense(main)
    if _AFTER.match(main) and told is not Status.PLANNED:
        return Status.OTHER  # "Sau khi Thủ tướng ban hành Chỉ thị …, tình hình …": what led to the letter
    return told or _untold(kind, main)


def _untold(kind: str, lower: str) -> Status:
    """Status of a sentence of a letter or a proposal in which nothing is said to be done or asked."""
    if tells(lower):
        return Status.PLANNED
    if fails(lower):
        return Status.OTHER
    if comes_about(lower) or _DONE.search(lower):
        return Status.DONE
    return Status.DONE if kind == "Tờ trình" and " được " in lower else Status.OTHER
