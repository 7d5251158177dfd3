"""The pieces of work that a text tells of, each with the citations that belong to it.

A piece is the smallest passage that states its work: a list item, a paragraph, a sentence of it; of a list of
issued documents each semicolon item, of a sentence that orders several units the clause of each; the row of a
table, a list item together with the lines below that tell its fields.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.citations import Citation
from kg.model import Header, Status
from kg.ontology.wording import entries, words
from kg.relations import Reading, Unit, key
from kg.structure import Outline, PassageKind
from kg.tasks.assignees import acting, helps, labelled, named, orders, row_across
from kg.tasks.governing import Governing
from kg.tasks.speech import Speech
from kg.text.late import late

__all__ = ["Pieces", "Span", "Worked", "administrative"]

Span = tuple[int, int]

_CARRIED: Final = ("implements", "issued")
_WORKED: Final = (*_CARRIED, "based_on")
_TO_COME: Final = (Status.PLANNED, Status.BASIS)


def administrative(header: Header) -> bool:
    """Whether a document is known to be none that lays down law."""
    return header.type is not None and header.type not in entries("law_types")


@dataclass(frozen=True, slots=True)
class Worked:
    """What a document does to each of its citations, by their indexes."""

    done: dict[int, str]
    """The relation of the document to each."""
    carried: dict[int, str]
    """Those that it carries out or has issued."""
    ordering: frozenset[int]
    """Those that an order may speak of without carrying them out."""

    @classmethod
    def of(cls, reading: Reading, header: Header) -> Worked:
        """What the relations and statuses of a document tell of it."""
        done: dict[int, str] = {r.target: r.rel for r in reading.relations if r.source is None}
        carried = {k: rel for k, rel in done.items() if rel in _CARRIED}
        plain = administrative(header)
        ordering = frozenset(k for k, rel in done.items() if _ordering(reading.statuses[k], rel, plain))
        return cls(done, carried, ordering)

    def of_piece(self, members: list[int]) -> list[int]:
        """Of the citations of a piece those that its work is about: carried out or issued, else only ordered."""
        return [k for k in members if k in self.carried] or [k for k in members if k in self.ordering]


def _ordering(status: Status, rel: str | None, plain: bool) -> bool:
    """Whether a citation may be that of an order which does not carry the document out: ``Sở A phổ biến Nghị định B``.

    What a law merely cites orders nothing.
    """
    return (rel == "based_on" and status in _TO_COME) or (rel == "cites" and plain and status is Status.PLANNED)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Finds the pieces of work of one normalized text."""

    text: str
    citations: list[Citation]
    reading: Reading
    outline: Outline
    around: Governing
    speech: Speech

    def find(self, worked: Worked) -> tuple[dict[Span, list[int]], list[Unit]]:
        """The citations of each piece by its span, and of each citation the words that go with it."""
        units = _with_asides(self.text, self.reading, self.citations, self.outline)
        _rows(units, worked, self.outline, self.around)
        inside: dict[Unit, list[int]] = {}
        for index, unit in enumerate(units):
            inside.setdefault(unit, []).append(index)
        pieces: dict[Span, list[int]] = {}
        for unit, members in inside.items():
            if worked.carried.keys().isdisjoint(members) and worked.ordering.isdisjoint(members):
                continue
            if unit.passage >= 0 and self.around.given(unit.passage) == (unit.start, unit.end):
                pieces.setdefault(_trimmed(self.text, unit.start, unit.end), []).extend(members)
                continue
            bounds = self._bounds(self._untitled(unit), members, worked)
            for index in members:
                pieces.setdefault(bounds[index], []).append(index)
        return pieces, units

    def _bounds(self, unit: Unit, members: list[int], worked: Worked) -> dict[int, Span]:
        """The span of the piece of each citation of a unit."""
        cuts = self._parted(unit, members, worked)
        bounds = {k: _bounds(self.text, self.citations[k], self.outline, unit, cuts) for k in members}
        working = {bounds[k] for k in members if k in worked.carried}
        whole = _trimmed(self.text, unit.start, unit.end)
        if whole in working:
            # "Sở đã có Văn bản A đề nghị: (i) …; (ii) rà soát theo B": the item tells of the sentence's work.
            return {k: bound if bound in working else whole for k, bound in bounds.items()}
        return bounds

    def _untitled(self, unit: Unit) -> Unit:
        """A unit without the title of its section, where this stands in capitals on a line of its own.

        ``II. NHIỆM VỤ CỤ THỂ⏎Để đạt mục tiêu của Chỉ thị A, các bộ cần …``.
        """
        start, end, passage = unit
        if passage < 0 or not self.outline.passages[passage].marker or start > self.outline.passages[passage].start:
            return unit
        line = self.text.find("\n", start, min(end, start + _TITLE))
        titled = line >= 0 and self.text[start:line].isupper() and self.text[line + 2 : line + 3].islower()
        return Unit(line + 1, end, passage) if titled else unit

    def _parted(self, unit: Unit, members: list[int], worked: Worked) -> list[int] | None:
        """Offsets of the semicolons that part the pieces of a unit, None for one piece."""
        if unit.passage >= 0 and unit.end > self.outline.passages[unit.passage].end:
            return None  # an item with the fields below it
        cuts = _cuts(self.text, self.citations, self.outline, worked.carried, unit, members)
        if unit.passage < 0 or not any(worked.done.get(k) in _WORKED for k in members):
            return cuts
        whole = labelled(self.text[unit.start : unit.end], self.speech)
        others = None if whole else _orders(self.text, unit, self.speech)
        return sorted({*cuts, *others}) if cuts and others else cuts or others


def _rows(units: list[Unit], worked: Worked, outline: Outline, around: Governing) -> None:
    """Make one of the row of a table that tells of one piece of work, with what its other cells cite.

    So with each row of a table that names the documents by which its work was given.
    """
    working: dict[int, set[Unit]] = {}
    for index, unit in enumerate(units):
        if index in worked.carried and unit.passage >= 0 and outline.passages[unit.passage].kind is PassageKind.ROW:
            working.setdefault(unit.passage, set()).add(unit)
    for index, unit in enumerate(units):
        if len(working.get(unit.passage, ())) == 1:
            row = outline.passages[unit.passage]
            units[index] = Unit(row.start, row.end, unit.passage)
        elif unit.passage >= 0 and (given := around.given(unit.passage)):
            units[index] = Unit(*given, max(outline.at(given[0]), 0))


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
            _lengthen(joined, unit)
        elif before and unit != before and unit.passage == before.passage >= 0 and before.start < unit.start:
            if unit.end <= before.end:
                unit = before
            elif not text[before.end : unit.start].strip() and (
                _ASIDE.match(text, unit.start) or _same_work(text, index, joined, reading, citations, outline)
            ):
                unit = Unit(before.start, unit.end, unit.passage)
                _lengthen(joined, unit)
        joined.append(unit)
    return joined


def _lengthen(joined: list[Unit], unit: Unit) -> None:
    """Put ``unit`` in the place of the last of those joined, with which it begins, wherever it stands at their end."""
    last = joined[-1]
    for k in range(len(joined) - 1, -1, -1):
        if joined[k] != last:
            break
        joined[k] = unit


_FIELDS: Final = 30
"""Passages within which the fields of a list item stand."""
_ITEMS: Final = (PassageKind.ITEM, PassageKind.HEADING)
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
        if passages[item].kind not in _ITEMS or not _FIELD.match(text, passages[index].start):
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
_TITLE_GOES_ON: Final = late(rf"\s+{words('title_goes_on')}(?!\w)")
"""``công bố thủ tục mới ban hành; được sửa đổi, bổ sung …``: a semicolon of the title."""
_ITEM_MARKS: Final = re.compile(r"(?:\s|\(\d{1,2}\)\s)*+")
_TITLE: Final = 160
"""Code points of the longest title on a line of its own."""
_ADVISES: Final = re.compile(r"tham mưu(?!.*(?:ban hành|xây dựng))", re.IGNORECASE)
_LIST_LEAD: Final = re.compile(rf"{words('list_leads')}[^;:]{{0,120}}:", re.IGNORECASE)


def _cuts(
    text: str, citations: list[Citation], outline: Outline, carried: dict[int, str], unit: Unit, members: list[int]
) -> list[int] | None:
    """Offsets of the semicolons of a sentence that lists issued documents; None for any other."""
    issued = [citations[k].start for k in members if carried.get(k) == "issued"]
    passage = outline.passages[unit.passage] if unit.passage >= 0 else None
    note = passage is not None and passage.kind is PassageKind.FOOTNOTE
    first = citations[members[0]].start
    lead = _LIST_LEAD.search(text, unit.start, first) if text.find(":", unit.start, first) >= 0 else None
    # "Tham mưu: triển khai A; xây dựng kế hoạch thực hiện B" is one piece, as is a note of what is carried out.
    listed = (note or lead is not None) if issued else lead is not None and not _ADVISES.match(lead[0])
    if len(issued) < 2 and not listed:
        return None
    gaps = (passage.gaps if passage else None) or ()
    cuts = [
        m.start()
        for m in _SEMICOLON.finditer(text, unit.start, unit.end)
        if m[0] == ";" and not _TITLE_GOES_ON.match(text, m.end()) and not any(a <= m.start() < b for a, b in gaps)
    ]
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
        if others and others != told and not (row_across(words, mark, speech) or helps(clause, speech)):
            cuts.append(unit.start + mark)
            told = others
    return cuts or None


def _bounds(text: str, citation: Citation, outline: Outline, unit: Unit, cuts: list[int] | None) -> Span:
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


def _trimmed(text: str, start: int, end: int) -> Span:
    match = _ITEM_MARKS.match(text, start, end)
    start = match.end() if match else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
