"""Tasks: who carries out which cited documents, by when.

A task is the smallest passage that states one piece of work (`kg.tasks.pieces`).  Its assignees are the
bodies that the passage, or the sentence that introduces its list, tells to do it; a body that is only
advised, asked for approval or worked with is none (`kg.tasks.duties`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, NamedTuple

from kg.citations import Citation
from kg.model import Header, Status, Task
from kg.ontology.wording import entries, words
from kg.relations import Reading, Unit
from kg.relations.units import Page
from kg.structure import Outline, PassageKind, sentences
from kg.structure.markers import LEGAL
from kg.tasks.addressees import speech_of
from kg.tasks.assignees import headed, named, petitions
from kg.tasks.duties import Duties
from kg.tasks.governing import Governing
from kg.tasks.outcomes import asked, of_grounds
from kg.tasks.pieces import Pieces, Span, Worked, administrative
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import UPPER

__all__ = ["find"]

_ACTS: Final = late(rf"(?=[{UPPER}])(?i:{words('acts')}|trên cơ sở)(?!\w)")
_SEQUEL: Final = late(rf"{words('sequels')}(?!\w)", re.IGNORECASE)
_LEAVES_OUT: Final = late(r"không (?:áp dụng|điều chỉnh) (?:đối với|cho|tại|trong)\s[^;.]*:\Z", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
"""Below the title of a form: ``(Thực hiện Dự án … theo Quyết định A)``."""
_QUOTED_ARTICLE: Final = re.compile(r"[“\"]Điều \d")
"""The heading of an article in the words by which another document is changed."""
_LEAD: Final = 30
"""Code points of words that only introduce a list."""
_BODIES: Final = 240
"""Code points of the lines that name the bodies whose work follows."""
_HEADING: Final = 300
"""Code points of the longest heading of an article."""
_TOPIC: Final = late(rf"(?:{words('topic_openings')})\s", re.IGNORECASE)


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
    around, speech, worked = Governing(text, outline), speech_of(text, header), Worked.of(reading, header)
    pieces, units = Pieces(text, citations, reading, outline, around, speech).find(worked)
    duties = Duties(text, outline, speech, around, Page(text, outline, anchors), [c.start for c in citations])
    reader = _Reader(text, citations, reading, outline, speech, worked, units, duties)
    told = (reader.read(span, members) for span, members in sorted(pieces.items()))
    return tuple(
        Task(
            id=f"t{number}",
            start=task.span[0],
            end=task.span[1],
            text="",
            mentions=tuple(map(str, task.members)),
            assignees=task.assignees,
            deadline=task.deadline,
            status=task.status,
        )
        for number, task in enumerate(filter(None, told), 1)
    )


class _Told(NamedTuple):
    """A piece of work as it has been read."""

    span: Span
    members: list[int]
    assignees: tuple[str, ...]
    deadline: str | None
    status: Status


class _Reader:
    """Reads pieces of work: whether one is a task, its status, who does it and by when."""

    def __init__(
        self,
        text: str,
        citations: list[Citation],
        reading: Reading,
        outline: Outline,
        speech: Speech,
        worked: Worked,
        units: list[Unit],
        duties: Duties,
    ) -> None:
        self.text, self.citations, self.reading, self.outline = text, citations, reading, outline
        self.speech, self.worked, self.units, self.duties = speech, worked, units, duties
        self.administrative = administrative(speech.header)
        self.listed = _listed(outline) if self.administrative else len(outline.passages)

    def read(self, span: Span, members: list[int]) -> _Told | None:
        """The task that a piece states; None where it states none."""
        work = self.worked.of_piece(members)
        if not work or _titles(self.text, span, self.units[work[0]], self.outline, self.speech):
            return None
        if self.text[span[0] : self.citations[work[0]].start].isupper():
            return None  # the title of an annex, what follows it in small letters: "(Kèm theo Kế hoạch …)"
        told = None if self._of_a_case(self.units[work[0]]) else self._outcome(span, members, work)
        if told is None:
            return None
        span, status = (span[0], told[0]), told[1]
        carried = work[0] in self.worked.carried
        if not carried and not self._orders(span, members, work, status):
            return None
        unit = self.units[work[0]]
        issuers = tuple(self.citations[k].issuer for k in work if self.worked.carried.get(k) == "issued")
        assignees = self.duties.assignees(span, self.citations[work[0]].start, unit, status, issuers)
        if not carried and not assignees:
            return None
        deadline = self.duties.deadline(span, unit, status)
        return _Told(
            (self._behind_bodies(span, unit), self._whole(span[1], unit)), members, assignees, deadline, status
        )

    def _of_a_case(self, unit: Unit) -> bool:
        """Whether an item is one of the cases that a rule leaves out: ``Quy định này không áp dụng đối với: …``."""
        leads = self.duties.around.leads(unit.passage) if unit.passage >= 0 else iter(())
        lead, _ = next(leads, ("", False))
        return lead.endswith(":") and _LEAVES_OUT.search(lead) is not None

    def _outcome(self, span: Span, members: list[int], work: list[int]) -> tuple[int, Status] | None:
        """Where a piece ends and its status; None for a mere ground."""
        text, citations, end = self.text, self.citations, span[1]
        unit = self.units[work[0]]
        # "Triển khai X, Sở đã ban hành Y": the deed tells the status, not its ground.
        told = [self.reading.statuses[k] for k in work]
        grounds = all(s is Status.BASIS for s in told)
        if grounds and citations[work[0]].start == span[0]:
            return None  # an item or a cell that lists a ground: "Căn cứ pháp lý: 1. Luật A; 2. Nghị định B."
        deeds: list[Status] = [s for s in told if s is not Status.BASIS] or [self.reading.works[k] for k in work]
        status = max(deeds, key=deeds.count)
        last = self.outline.passages[unit.passage].end if unit.passage >= 0 else end
        if grounds and _preamble(self.outline, unit, self.listed):
            cited = (citations[work[0]].end, citations[members[-1]].end)
            if not (found := of_grounds(text, span, cited, last, self.speech)):
                return None
            end, status = found
        if status is Status.DONE and self.speech.header.type in entries("ordering_types"):
            following = members[-1] + 1
            last = min(last, citations[following].start) if following < len(citations) else last
            if until := asked(text, citations[members[-1]].end, end, last, self.speech):
                return until, Status.PLANNED
        return end, status

    def _behind_bodies(self, span: Span, unit: Unit) -> int:
        """Where a piece begins behind lines that name those who do it: ``2. Giao Sở Xây dựng⏎Chủ trì, phối hợp …``."""
        start, line = span[0], span[0]
        if unit.passage < 0 or start > self.outline.passages[unit.passage].start:
            return start
        while (line := self.text.find("\n", line, min(span[1], start + _BODIES))) >= 0:
            line += 1
            if _ACTS.match(self.text, line) and headed(self.text[start:line], self.speech, alone=True):
                return line
        return start

    def _whole(self, end: int, unit: Unit) -> int:
        """Where a piece ends with the sentences behind that tell what came of it: ``… ban hành A. Đến nay, …``."""
        if unit.passage < 0 or self.text[end : unit.end].strip():
            return end
        for low, high in sentences(self.text, unit.end, self.outline.passages[unit.passage].end):
            cites = bisect_left(self.duties.cited, low) < bisect_left(self.duties.cited, high)
            lead = self.text[high - 1] == ":" and high - low < _LEAD  # "Cụ thể:" goes with its list
            if cites or lead or not _SEQUEL.match(self.text, low, high):
                break
            end = high
        return end

    def _orders(self, span: Span, members: list[int], work: list[int], status: Status) -> bool:
        """Whether a piece that carries nothing out orders work, as ``Giao Phòng … rà soát theo A`` does.

        Who only cites a document has no task.
        """
        if status is not Status.PLANNED:
            return False
        unit = self.units[work[0]]
        behind = span[0] < self.citations[work[0]].start
        if not behind and not (self.administrative and self.duties.reads(unit)):
            return False
        others = all(self.worked.done.get(k) == "cites" for k in work)
        return self.duties.ordered(span, unit, others=others, listed=self.administrative)


def _titles(text: str, span: Span, unit: Unit, outline: Outline, speech: Speech) -> bool:
    """Whether a piece is a title: in capitals, what is asked for, or above the text or the list of the work itself.

    ``1. Về kiến nghị hướng dẫn thực hiện Luật A:``, ``Điều 5. Biểu mẫu thực hiện thủ tục theo Nghị định B``.
    """
    piece = text[slice(*span)]
    if _IN_BRACKETS.fullmatch(piece) or piece.isupper() or (piece.endswith(":") and petitions(piece)):
        return True
    index = unit.passage
    if not 0 <= index < len(outline.passages) - 1 or piece.endswith((".", ";", ":", ",")):
        return False
    here, below = outline.passages[index], outline.passages[index + 1]
    if len(piece) <= _HEADING and _QUOTED_ARTICLE.match(text, here.start):
        return True
    if here.kind is not PassageKind.HEADING or not here.marker or below.kind is PassageKind.HEADING:
        return False
    if here.style not in LEGAL:
        return bool(below.marker) and _TOPIC.match(piece) is not None
    return below.section == here.section and not named(piece, speech, people=False)


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
