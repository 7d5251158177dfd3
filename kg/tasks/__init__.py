"""Tasks: who carries out which cited documents, by when.

A task is the smallest passage that states one piece of work: a list item, a paragraph, or a
sentence of it; of a list of issued documents each semicolon item.  Its assignees are the
bodies that the passage, or the sentence that introduces its list, tells to do it; a body
that is only advised, asked for approval or worked with is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final

from kg.citations import Citation
from kg.model import Header, Status, Task
from kg.ontology.wording import entries, words
from kg.relations import Reading, Unit, key
from kg.relations.units import Page
from kg.structure import Outline, PassageKind, sentences
from kg.tasks.addressees import speech_of
from kg.tasks.assignees import acting, labelled, named, orders, petitions, row_across
from kg.tasks.duties import Duties
from kg.tasks.governing import Governing
from kg.tasks.speech import Speech
from kg.text.late import late

__all__ = ["find"]

_CARRIED: Final = ("implements", "issued")
_WORKED: Final = (*_CARRIED, "based_on")
_TO_COME: Final = (Status.PLANNED, Status.BASIS)


def find(
    text: str,
    citations: list[Citation],
    reading: Reading,
    outline: Outline,
    header: Header,
    anchors: tuple[tuple[int, str], ...] = (),
) -> tuple[Task, ...]:
    """Tasks of a normalized text, in order; ``mentions`` holds citation indexes as text.

    ``anchors`` are the offsets and numbers of footnote marks.
    """
    done: dict[int, str] = {r.target: r.rel for r in reading.relations if r.source is None}
    carried = {k: rel for k, rel in done.items() if rel in _CARRIED}
    around = Governing(text, outline)
    units = _rows(_with_asides(text, reading, citations, outline), carried, outline, around)
    inside: dict[Unit, list[int]] = {}
    for index, unit in enumerate(units):
        inside.setdefault(unit, []).append(index)
    groups: dict[tuple[int, int], list[int]] = {}
    speech = speech_of(text, header)
    administrative = header.type is not None and header.type not in entries("law_types")
    ordering = {k for k, rel in done.items() if _ordering(reading.statuses[k], rel, administrative)}
    worked_on = ordering.union(carried)
    for unit, members in inside.items():
        if worked_on.isdisjoint(members):
            continue
        if unit.passage >= 0 and around.given(unit.passage) == (unit.start, unit.end):
            groups.setdefault(_trimmed(text, unit.start, unit.end), []).extend(members)
            continue
        cuts = _cuts(text, citations, outline, carried, unit, members)
        if unit.passage >= 0 and any(done.get(k) in _WORKED for k in members):
            others = None if labelled(text[unit.start : unit.end], speech) else _orders(text, unit, speech)
            cuts = sorted({*cuts, *others}) if cuts and others else cuts or others
        bounds = {k: _bounds(text, citations[k], outline, unit, cuts) for k in members}
        whole = _trimmed(text, unit.start, unit.end)
        if any(bounds[k] == whole for k in members if k in carried):
            # "Sở đã có Văn bản A đề nghị: (i) …; (ii) rà soát theo B": the item tells of the sentence's work.
            working = {bounds[k] for k in members if k in carried}
            bounds = {k: bound if bound in working else whole for k, bound in bounds.items()}
        for index in members:
            groups.setdefault(bounds[index], []).append(index)
    duties = Duties(text, outline, speech, around, Page(text, outline, anchors), [c.start for c in citations])
    listed = _listed(outline) if administrative else len(outline.passages)
    tasks: list[Task] = []
    for (start, end), members in sorted(groups.items()):
        work = [k for k in members if k in carried] or [k for k in members if k in ordering]
        if not work or _titles(text, start, end, units[work[0]], outline):
            continue
        unit = units[work[0]]
        # "Triển khai X, Sở đã ban hành Y": the deed tells the status, not its ground.
        told = [reading.statuses[k] for k in work]
        worked = all(s is Status.BASIS for s in told) and _preamble(outline, unit, listed)
        deeds: list[Status] = [s for s in told if s is not Status.BASIS] or [reading.works[k] for k in work]
        status = max(deeds, key=deeds.count)
        last = outline.passages[unit.passage].end if unit.passage >= 0 else end
        if worked:
            cited = (citations[work[0]].end, citations[members[-1]].end)
            if not (told_above := _above(text, (start, end), cited, last, speech)):
                continue
            end, status = told_above
        if status is Status.DONE and header.type in entries("ordering_types"):
            following = members[-1] + 1
            last = min(last, citations[following].start) if following < len(citations) else last
            if asked := _asked(text, citations[members[-1]].end, end, last, speech):
                end, status = asked, Status.PLANNED
        # "Giao Phòng … rà soát theo A", "Sở B tuyên truyền nội dung của A" order work; who only cites A has no task.
        ordered = work[0] not in carried
        if ordered and not (
            status is Status.PLANNED
            and (start < citations[work[0]].start or (administrative and duties.reads(unit)))
            and duties.ordered(
                (start, end), unit, others=all(done.get(k) == "cites" for k in work), listed=administrative
            )
        ):
            continue
        assignees = duties.assignees(
            (start, end),
            citations[work[0]].start,
            unit,
            status,
            tuple(citations[k].issuer for k in work if carried.get(k) == "issued"),
        )
        if ordered and not assignees:
            continue
        tasks.append(
            Task(
                id=f"t{len(tasks) + 1}",
                start=start,
                end=end,
                text="",
                mentions=tuple(str(k) for k in members),
                assignees=assignees,
                deadline=duties.deadline((start, end), unit, status),
                status=status,
            )
        )
    return tuple(tasks)


def _above(
    text: str, span: tuple[int, int], cited: tuple[int, int], last: int, speech: Speech
) -> tuple[int, Status] | None:
    """Where a piece of work before the sections ends, and its status; None for a mere ground.

    ``cited`` are the ends of the first citation that is worked on and of the last of the piece, ``last`` is where the
    passage ends.
    """
    start, end = span
    first, behind = cited
    if _DEED.search(text, behind, end):
        return end, Status.DONE
    # "Thực hiện A, trong đó giao Sở B chủ trì …": the ground itself tells whose work it is.
    if _GIVEN.search(text, first, end):
        return end, Status.BASIS
    # "Giao Sở B thực hiện các nhiệm vụ theo quy định tại A"; "Thực hiện A, UBND tỉnh yêu cầu các sở rà soát" is
    # an order; one that introduces a list is told below.
    if _ENTRUSTS.match(text, start) or (text[end - 1] != ":" and _asks_others(text[behind:end], speech)):
        return end, Status.PLANNED
    if told := _told_next(text, end, last):
        return told, Status.DONE
    return None


def _titles(text: str, start: int, end: int, unit: Unit, outline: Outline) -> bool:
    """Whether a piece is a title: in capitals, what is asked for, or above a list of the work itself.

    ``1. Về kiến nghị hướng dẫn thực hiện Luật A:``, ``1. Công tác phổ biến Luật A``.
    """
    if text[start:end].isupper() or (text[end - 1] == ":" and petitions(text[start:end])):
        return True
    index = unit.passage
    if not 0 <= index < len(outline.passages) - 1 or text[end - 1] in ".;:,":
        return False
    here, below = outline.passages[index], outline.passages[index + 1]
    return (
        here.kind is PassageKind.HEADING
        and bool(here.marker and below.marker)
        and _TOPIC.match(text, start) is not None
    )


_TOPIC: Final = late(rf"(?:{words('topic_openings')})\s", re.IGNORECASE)
_UNTIL_NOW: Final = late(rf"{words('until_now')},?\s[^;:]{{1,200}}?\sđã\s", re.IGNORECASE)


def _told_next(text: str, end: int, last: int) -> int:
    """Where the sentence ends that tells what came of grounds with no clause of their own; 0 where none does so.

    ``Thực hiện Quyết định A. Đến nay, các địa phương đã lập Đề án.``
    """
    low, high = next(iter(sentences(text, end, last)), (end, end))
    return high if _UNTIL_NOW.match(text, low, high) else 0


_ASKS: Final = late(rf"[,;]\s(?={words('assigning')}\s)")
_GIVEN: Final = late(rf"(?:(?:trong|theo) đó,?\s{words('entrusting')}|được {words('entrusting')})\s", re.IGNORECASE)
_ENTRUSTS: Final = late(rf"{words('entrusting')}\s", re.IGNORECASE)


def _asked(text: str, begin: int, end: int, last: int, speech: Speech) -> int:
    """Where the piece ends in which others are asked to act on what has been issued; 0 where nobody is.

    ``UBND tỉnh đã ban hành A, đề nghị UBND cấp huyện hướng dẫn``; ``… A. Đề nghị các địa phương thực hiện.``
    """
    asked = _ASKS.search(text, begin, end)
    if asked and _asks_others(text[asked.end() : end], speech):
        return end
    low, high = next(iter(sentences(text, end, last)), (end, end))
    return high if acting(text[low:high], speech) and _asks_others(text[low:high], speech) else 0


def _asks_others(words: str, speech: Speech) -> bool:
    """Whether what follows a ground tells others than the one who speaks to act."""
    return orders(words, speech) and speech.issuer not in named(words, speech)


def _listed(outline: Outline) -> int:
    """Index of the first numbered item, where the work begins in a text without sections."""
    return next(
        (k for k, p in enumerate(outline.passages) if p.kind is PassageKind.ITEM and p.marker.strip("(")[:1].isalnum()),
        len(outline.passages),
    )


def _preamble(outline: Outline, unit: Unit, listed: int) -> bool:
    """Whether a passage stands before the work: a legal basis, or any before the first section and numbered item."""
    if unit.passage < 0:
        return False
    passage = outline.passages[unit.passage]
    return passage.kind is PassageKind.PREAMBLE or (passage.section < 0 and unit.passage < listed)


def _ordering(status: Status, rel: str | None, administrative: bool) -> bool:
    """Whether a citation may be that of an order which does not carry the document out: ``Sở A phổ biến Nghị định B``.

    What a law merely cites orders nothing.
    """
    return (rel == "based_on" and status in _TO_COME) or (
        rel == "cites" and administrative and status is Status.PLANNED
    )


_DEED: Final = late(
    rf",\s[^;:]{{1,400}}?\sđã\s(?:được\s)?(?:{words('order_adverbs')},?\s|tập trung\s|quyết liệt\s)*"
    rf"{words('worked')}\s[^:]*[^:\s]\Z",
    re.IGNORECASE,
)
"""Behind the grounds of a preamble: somebody has worked: ``Thực hiện A, các bộ, ngành đã triển khai …``."""


def _rows(units: list[Unit], carried: dict[int, str], outline: Outline, around: Governing) -> list[Unit]:
    """The row of a table that tells of one piece of work is one, with what its other cells cite.

    So is each row of a table that names the documents by which its work was given.
    """
    working: dict[int, set[Unit]] = {}
    for index, unit in enumerate(units):
        if index in carried and unit.passage >= 0 and outline.passages[unit.passage].kind is PassageKind.ROW:
            working.setdefault(unit.passage, set()).add(unit)
    for index, unit in enumerate(units):
        if len(working.get(unit.passage, ())) == 1:
            row = outline.passages[unit.passage]
            units[index] = Unit(row.start, row.end, unit.passage)
        elif unit.passage >= 0 and (given := around.given(unit.passage)):
            units[index] = Unit(*given, max(outline.at(given[0]), 0))
    return units


_ASIDE: Final = late(r"\(|(?:Trong đó|Theo đó|Cụ thể)[ ,:]|Đồng thời,? (?=[a-zđ])(?!các |toàn )")
"""A sentence that opens so goes on with the work of the one before it."""


def _with_asides(text: str, reading: Reading, citations: list[Citation], outline: Outline) -> list[Unit]:
    """Of each citation its sentence, together with those that go on with it: ``… ban hành A. Trong đó …``.

    In a list item a sentence that speaks of the same document again goes on with the work as well.
    """
    joined: list[Unit] = []
    fielded = _fielded(text, {unit.passage for unit in reading.units if unit.passage > 0}, outline)
    for index, unit in enumerate(reading.units):
        before = joined[-1] if joined else None
        if unit.passage in fielded:
            unit = fielded[unit.passage]
        if before and unit.passage == before.passage + 1 and _below(text, before, unit, outline):
            unit = Unit(before.start, unit.end, before.passage)
            for k in range(len(joined) - 1, -1, -1):
                if joined[k] != before:
                    break
                joined[k] = unit
        elif before and unit != before and unit.passage == before.passage >= 0 and before.start < unit.start:
            if unit.end <= before.end:
                unit = before
            elif not text[before.end : unit.start].strip() and (
                _ASIDE.match(text, unit.start) or _same_work(text, index, joined, reading, citations, outline)
            ):
                unit = Unit(before.start, unit.end, unit.passage)
                for k in range(len(joined) - 1, -1, -1):
                    if joined[k] != before:
                        break
                    joined[k] = unit
        joined.append(unit)
    return joined


_FIELDS: Final = 30
"""Passages within which the fields of a list item stand."""
_FIELD: Final = late(rf"{words('task_fields')}\s*:", re.IGNORECASE)


def _fielded(text: str, cited: set[int], outline: Outline) -> dict[int, Unit]:
    """Passages of list items whose fields the lines below tell (``+ Nội dung: …``), each with its item.

    ``cited`` are the passages that cite documents; an item none of whose fields does so is left out.
    """
    passages, found = outline.passages, dict[int, Unit]()
    for index in sorted(cited):
        item = passages[index].lead
        if index in found or not 0 <= item < index or not passages[index].marker:
            continue
        if passages[item].kind is not PassageKind.ITEM or not _FIELD.match(text, passages[index].start):
            continue
        last = index
        for below in range(index + 1, min(len(passages), index + _FIELDS)):
            if passages[below].lead == item:
                last = below
            elif passages[below].marker or passages[below].section != passages[item].section:
                break
        whole = Unit(passages[item].start, passages[last].end, item)
        found.update(dict.fromkeys(range(item, last + 1), whole))
    return found


_GOES_INTO: Final = re.compile(r"(?:Trong đó|Cụ thể)(?!\w)")


def _below(text: str, before: Unit, unit: Unit, outline: Outline) -> bool:
    """Whether a line below a list item goes into its work: ``- Thực hiện A.`` / ``Trong đó lập kế hoạch theo B.``."""
    passage = outline.passages[unit.passage]
    if before.passage < 0 or passage.marker or not outline.passages[before.passage].marker:
        return False
    goes = unit.start == passage.start and _GOES_INTO.match(text, unit.start)
    return bool(goes) and not text[before.end : unit.start].strip()


_NOTHING: Final = re.compile(r"(?<!\w)(?:chưa|không) (?:có|phát sinh)(?!\w)")
_OTHER_MATTER: Final = re.compile(r"\s*(?:Đối với|Riêng|Về|Bên cạnh đó|Ngoài ra)\s")


def _same_work(
    text: str, index: int, joined: list[Unit], reading: Reading, citations: list[Citation], outline: Outline
) -> bool:
    """Whether the sentence of a citation goes on with the item before it: it cites nothing new, nor turns to others."""
    before, units, unit = joined[-1], reading.units, reading.units[index]
    if not outline.passages[unit.passage].marker or "\n" in text[before.end : unit.start].strip(" "):
        return False
    if _OTHER_MATTER.match(text, unit.start) or _NOTHING.search(text, unit.start, unit.end):
        return False
    first, last = index, index
    while first and joined[first - 1] == before:
        first -= 1
    while last < len(units) and units[last] == unit:
        last += 1
    # "Trong năm chưa có đơn vị nào đề nghị theo A" tells of something else.
    same = set(reading.statuses[index:last]) <= set(reading.statuses[first:index])
    return same and {key(c) for c in citations[index:last]} <= {key(c) for c in citations[first:index]}


_SEMICOLON: Final = re.compile(r";|\([^()]{0,400}\)")
"""A semicolon, or a bracket, whose semicolons are its own."""
_ITEM_MARKS: Final = re.compile(r"(?:\s|\(\d{1,2}\)\s)*+")
_LIST_LEAD: Final = re.compile(rf"{words('list_leads')}[^;:]{{0,120}}:", re.IGNORECASE)


def _cuts(
    text: str, citations: list[Citation], outline: Outline, carried: dict[int, str], unit: Unit, members: list[int]
) -> list[int] | None:
    """Offsets of the semicolons of a sentence that lists issued documents; None for any other."""
    issued = [citations[k].start for k in members if carried.get(k) == "issued"]
    note = unit.passage >= 0 and outline.passages[unit.passage].kind is PassageKind.FOOTNOTE
    first = citations[members[0]].start
    listed = note or (text.find(":", unit.start, first) >= 0 and _LIST_LEAD.search(text, unit.start, first))
    if len(issued) < 2 and not listed:
        return None
    cuts = [m.start() for m in _SEMICOLON.finditer(text, unit.start, unit.end) if m[0] == ";"]
    # "Thực hiện A; UBND tỉnh đã ban hành B": what comes before the deed is its ground.
    return cuts if listed else cuts[bisect_right(cuts, min(issued)) :]


def _orders(text: str, unit: Unit, speech: Speech) -> list[int] | None:
    """Offsets of the semicolons behind which another unit is told or acts: ``Sở A rà soát …; Sở B bố trí …``."""
    if text.find(";", unit.start, unit.end) < 0:
        return None
    words = text[unit.start : unit.end]
    marks = [m.start() for m in _SEMICOLON.finditer(words) if m[0] == ";"]
    clauses = [(mark, words[mark + 1 : end]) for mark, end in pairwise((*marks, len(words)))]
    if not any(acting(clause, speech) for _, clause in clauses):
        return None
    told = named(words[: marks[0]], speech)
    # "Sở A tuyên truyền; chỉ đạo Chi cục B rà soát": the order is that of Sở A.
    ordering = bool(told) and orders(words[: marks[0]], speech)
    cuts: list[int] = []
    for mark, clause in clauses if told else ():
        others = acting(clause, speech, told=ordering)
        if others and others != told and not row_across(words, mark, speech):
            cuts.append(unit.start + mark)
            told = others
    return cuts or None


def _bounds(text: str, citation: Citation, outline: Outline, unit: Unit, cuts: list[int] | None) -> tuple[int, int]:
    """The sentence; of an enumeration or a list of issued documents, the item around the citation."""
    inner = outline.at(citation.core)
    if inner >= 0 and outline.passages[inner].kind is PassageKind.SUBITEM:
        item = outline.passages[inner]
        return _trimmed(text, max(unit.start, item.start), min(unit.end, item.end))
    if cuts is None:
        return _trimmed(text, unit.start, unit.end)
    before, behind = bisect_left(cuts, citation.start), bisect_left(cuts, citation.end)
    return _trimmed(
        text, cuts[before - 1] + 1 if before else unit.start, cuts[behind] if behind < len(cuts) else unit.end
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    match = _ITEM_MARKS.match(text, start, end)
    start = match.end() if match else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
