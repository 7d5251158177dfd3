"""Who must do a piece of work and by when: read from its passage, else from what governs it.

The nearest words that name somebody decide: the clause that cites the document, its sentence, the sentences
before it in the same item, the labels below (``Đơn vị chủ trì: …``), the lead of its list, the headings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.model import Status
from kg.ontology.wording import entries
from kg.ontology.wording import words as listed
from kg.relations import Unit
from kg.relations.units import Page
from kg.structure import Outline, PassageKind, sentences
from kg.tasks import deadlines, rosters
from kg.tasks.actors import foreign
from kg.tasks.assignees import acting, anybody, approves, charges, directs, headed, helps, labelled, named, row_across
from kg.tasks.governing import Governing
from kg.tasks.meant import meant
from kg.tasks.people import unnamed
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import fold, on_one_line, unbroken

__all__ = ["Duties"]

Span = tuple[int, int]

_ANNOUNCES: Final = late(rf"(?<!\w){listed('announcing')}\s[^;]*sau\s*:\W*\Z", re.IGNORECASE)
_DRAWS_UP: Final = re.compile(r"(?<!\w)(?:ban hành|xây dựng)\s[^;:]*sau\s*:\W*\Z", re.IGNORECASE)
"""What a body says of the document itself: ``… Tỉnh ủy ban hành Chương trình hành động như sau:``."""
_IMPERATIVE: Final = re.compile(rf"(?!căn cứ\s){listed('acts')}(?!\w)", re.IGNORECASE)
_GOES_ON: Final = late(
    r"(?:đồng thời,?\s+)?(?:đối với\s[^,;.:]{1,120},\s+)?"
    rf"(?:{listed('acts')}|{listed('assigning')})(?!\w)",
    re.IGNORECASE,
)
_LINES: Final = 12
"""Lines over which a list goes on."""
_BEHIND: Final = 3000
"""Code points behind a piece of work within which sentences go on with it."""
_REQUEST: Final = late(rf"\W*{listed('assigning')}\s", re.IGNORECASE)
_TOPIC: Final = late(rf"{listed('topics')}\s", re.IGNORECASE)
_CLOSES: Final = late(rf"\W*{listed('closings')}(?!\w)", re.IGNORECASE)
_PARTY: Final = re.compile(r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy|Ban Bí thư|Bộ Chính trị|Ban Chấp hành")
_ADVISED: Final = re.compile(r"(?i:tham mưu|trình|đề xuất|giúp|gửi)\s")
_SILENT: Final = re.compile(r"(?:Sau khi|Trên cơ sở|Sau đó)[^,;.]{0,120}?,?\sđã\s")
"""A sentence without a subject that tells of a deed: ``Sau khi hoàn thiện hồ sơ đã có Tờ trình …``."""
_ADDS: Final = re.compile(r"\W*(?:Đặc biệt|Nhất là|Trong đó|Đồng thời|Bên cạnh đó)(?:,| là|:)?\s")
_COMMITTEES: Final = ("Ủy ban nhân dân ", "Hội đồng nhân dân ")
_READS: Final = late(
    rf"{listed('studying')}\s[^.;:]*(?:văn bản|quy định|tài liệu|nghị định|thông tư)[^.;:]*:\W*\Z", re.IGNORECASE
)
_NO_ORDER: Final = re.compile(
    r"(?:Lưu ý:?\s)?(?:Căn cứ|Theo|Đối với|Trường hợp|Khi|Nếu|Tại|Về|Là|Những|Các)\s"
    r"|[^,;:.]{1,80}\s(?:được|là)\s(?:quy định|xác định|hướng dẫn|thống kê|thực hiện|áp dụng|tính)(?!\w)",
    re.IGNORECASE,
)
"""An item that opens so tells a ground, a case or a thing, not what to do."""
_SEMICOLON, _LIST = re.compile(";"), re.compile(":")
"""Where a clause ends, and the words that introduce an enumeration."""

_POWER: Final = re.compile(r"\s(?:được phép|được quyền|có quyền)\s")
"""``Chủ tịch UBND cấp tỉnh được phép …``: who may do something is not told to do it."""
_QUOTED: Final = re.compile(r"“[^”]{30,}")
"""The words of another document: what they order is no order here."""
_PROCEDURES: Final = late(rf"(?i:\W*{listed('procedure_columns')})(?!\w)")
"""Heads of a list of administrative procedures: who handles each is told, not charged with work."""
_ASSIGNEE_COLUMN: Final = late(rf"\W*(?i:{listed('assignee_labels')})\W*\Z")
_TOLD: Final = late(rf"(?i:(?:{listed('told_before')})(?!\w)|[^,;:]{{1,60}}\scó\s{listed('letters_alone')}\ssố\s)")
"""``Trước đó, UBND tỉnh có Văn bản số …`` tells what was before."""
_DUE_COLUMN: Final = re.compile(rf"(?i:\W*{listed('due_columns')})")


class _Piece(NamedTuple):
    """A piece of work that is to be read; ``words`` are its text on one line."""

    span: Span
    work: int
    unit: Unit
    status: Status
    issuers: tuple[str | None, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Duties:
    """Reads the tasks of one normalized text."""

    text: str
    outline: Outline
    speech: Speech
    around: Governing
    page: Page
    cited: list[int]
    """Where citations begin, in order."""

    def assignees(
        self, span: Span, work: int, unit: Unit, status: Status, issuers: tuple[str | None, ...]
    ) -> tuple[str, ...]:
        """The bodies told or said to act: the nearest words that name some decide.

        ``work`` is where the citation stands that the work is about; ``issuers`` has the issuer, if known, of each
        document that the passage tells to have been issued.
        """
        piece = _Piece(span, work, unit, status, issuers, unbroken(self.text[slice(*span)]))
        for rule in (self._labelled, self._charged, self._in_column, self._directing, self._heading, self._named):
            if found := rule(piece):
                return found
        if unit.passage < 0:
            return ()
        for rule in (self._clauses_before, self._at_mark, self._sentences_before, self._labels_below, self._around):
            if found := rule(piece):
                return found
        return ()

    def _labelled(self, piece: _Piece) -> tuple[str, ...]:
        """``Cơ quan chủ trì: Sở A`` in the piece itself."""
        return labelled(piece.words, self.speech)

    def _charged(self, piece: _Piece) -> tuple[str, ...]:
        """The body that a decision sets up, whose duty it is to ask others: ``Đề nghị Bộ Tư pháp thu hồi …``."""
        asks = self.speech.charged and piece.status is Status.PLANNED and _REQUEST.match(piece.words)
        return self.speech.charged if asks else ()

    def _in_column(self, piece: _Piece) -> tuple[str, ...]:
        return self._leading(piece.unit)

    def _directing(self, piece: _Piece) -> tuple[str, ...]:
        """``Chỉ đạo Phòng A …`` is the work of those whom the words above name."""
        if piece.unit.passage < 0 or not directs(piece.words):
            return ()
        found = self._above(piece.unit)
        return self._with_directed(found, piece.words) if found else ()

    def _heading(self, piece: _Piece) -> tuple[str, ...]:
        """``Sở A: Tăng cường kiểm tra, yêu cầu các cơ sở …``: the heading says whose work it is."""
        below = piece.unit.passage >= 0 and _IMPERATIVE.match(piece.words)
        return self._headed(piece.unit) if below else ()

    def _named(self, piece: _Piece) -> tuple[str, ...]:
        """Whom the piece names, of several clauses first that which tells of the document."""
        (start, end), words, issued = piece.span, piece.words, bool(piece.issuers)
        nearest = self.text.rfind(";", start, piece.work) + 1 or start
        own = words if nearest == start else self.text[nearest:end]
        if nearest > start and (
            directs(own) or helps(own, self.speech) or row_across(self.text[start:end], nearest - start, self.speech)
        ):
            own = words
        found = named(own, self.speech, issued=issued) or named(words, self.speech, issued=issued)
        if found == (self.speech.issuer,) and piece.status is Status.PLANNED and not self._opening(start, end, issued):
            found = ()  # "Triển khai A. Bộ gửi kèm …": what the one who orders does besides
        # "Đoàn kiểm tra yêu cầu Công ty khắc phục": who is told acts, not who tells.
        open_ = found in ((), (self.speech.issuer,)) or unnamed(found)
        told = meant(self.text, start, end, self.outline) if open_ else ()
        return told or found

    def _clauses_before(self, piece: _Piece) -> tuple[str, ...]:
        """Who acts in the clauses of the sentence before the piece."""
        begin, start = piece.unit.start, piece.span[0]
        found = self._before(begin, start) if start > begin else ()
        # "Tỉnh ủy đã ban hành Chỉ thị A; Kế hoạch số …/KH-UBND": who could not sign it has not issued it.
        signed = tuple(name for name in dict.fromkeys(piece.issuers) if name)
        other = len(signed) == len(found) == 1 and bool(_PARTY.match(signed[0])) != bool(_PARTY.match(found[0]))
        return signed if other and not _ADVISED.search(self.text, begin, start) else found

    def _at_mark(self, piece: _Piece) -> tuple[str, ...]:
        return self._noted(piece.unit, bool(piece.issuers))

    def _sentences_before(self, piece: _Piece) -> tuple[str, ...]:
        """``Giao Sở A rà soát chợ. Triển khai B``: an order goes on, and a deed whose sentence has no subject."""
        words, unit = piece.words, piece.unit
        goes_on = _GOES_ON if piece.status is Status.PLANNED else _IMPERATIVE
        if not (goes_on.match(words) or _SILENT.match(words)):
            return ()
        begin = self.outline.passages[unit.passage].start
        for low, high in reversed(sentences(self.text, begin, unit.start)):
            if found := named(self.text[low:high], self.speech):
                return found
        return ()

    def _labels_below(self, piece: _Piece) -> tuple[str, ...]:
        return self._labels(piece.unit)

    def _around(self, piece: _Piece) -> tuple[str, ...]:
        """Who acts by the paragraph before, the lead of the list, the headings, the words before the sections."""
        words, unit = piece.words, piece.unit
        if _TOPIC.match(words) or foreign(words) or approves(words):
            return ()
        return self._goes_on(words, unit) or self._above(unit) or self._told_at_first(words, unit, piece.status)

    def ordered(self, span: Span, unit: Unit, *, others: bool, listed: bool) -> bool:
        """Whether a passage that carries no document out tells bodies to act: itself, or as an item of an order.

        ``others`` asks for bodies other than the one that speaks; ``listed`` says whether items may be orders.
        """
        words = _QUOTED.sub("“", unbroken(self.text[slice(*span)]))
        if _TOLD.match(words) or self._empowers(words):
            return False
        if told := named(words, self.speech, people=False):
            return not (others and self.speech.issuer in told)
        if not listed or unit.passage < 0:
            return False
        if self._leading(unit):
            return True
        if not self._imperative(words, unit):
            return False
        if self.text[self.outline.passages[unit.passage].start : span[0]].strip(" ."):
            return False
        told = labelled(words, self.speech) or self._above(unit) or self._beyond(unit) or self._labels(unit)
        return bool(told) and self.speech.issuer not in told

    def _empowers(self, words: str) -> bool:
        """Whether a passage says what the bodies may do with which it opens."""
        if not _POWER.search(words):
            return False
        roster = rosters.read(words, fold(words), 0, self.speech)
        return roster is not None and _POWER.match(words, roster.end) is not None

    def reads(self, unit: Unit) -> bool:
        """Whether an item is one of the documents that somebody is to work on: ``… nghiên cứu các văn bản sau:``."""
        leads = self.around.leads(unit.passage) if unit.passage >= 0 else iter(())
        lead, _ = next(leads, ("", False))
        return bool(_READS.search(unbroken(lead)))

    def _imperative(self, words: str, unit: Unit) -> bool:
        """Whether a passage says what to do: by its verb, or as an item that names no ground and no thing."""
        item = self.outline.passages[unit.passage].marker and not _TOPIC.match(words)
        return bool(item and not _NO_ORDER.match(words)) or bool(_IMPERATIVE.match(words))

    def _with_directed(self, found: tuple[str, ...], words: str) -> tuple[str, ...]:
        """With a committee told to direct others these act as well; what is a part of the body told is that body."""
        if not all(name.startswith(_COMMITTEES) for name in found):
            return found
        directed = (name for name in named(words, self.speech, people=False) if not name.startswith("Phòng "))
        return tuple(dict.fromkeys((*found, *directed)))

    def _labels(self, unit: Unit) -> tuple[str, ...]:
        """Who acts by the sentences that go on with a piece of work, or by the labels below it."""
        for line in (*self._behind(unit), *self.around.labels(unit.passage)):
            if found := labelled(line, self.speech) or (named(line, self.speech) if _REQUEST.match(line) else ()):
                return found
        return ()

    def _noted(self, unit: Unit, issued: bool) -> tuple[str, ...]:
        """Who acts in the sentence that a footnote belongs to: ``UBND tỉnh đã ban hành các văn bản[1]``."""
        note = self.page.passage(unit.passage)
        if note is None or note.kind is not PassageKind.FOOTNOTE or (mark := self.page.anchor(note)) <= 0:
            return ()
        index = self.page.outer(mark - 1)
        spans = self.page.sentences(index) if index >= 0 else ()
        host = next((span for span in spans if span[0] < mark <= span[1]), (mark, mark))
        return named(self.text[slice(*host)], self.speech, issued=issued)

    def _opening(self, start: int, end: int, issued: bool) -> tuple[str, ...]:
        """Who acts in the first sentence of a piece of work."""
        low, high = next(iter(sentences(self.text, start, end)), (start, end))
        return named(self.text[low:high], self.speech, issued=issued)

    def _before(self, begin: int, end: int) -> tuple[str, ...]:
        """Who acts in the clauses before one of a sentence: the last subject, else those of the words before a list."""
        first, *rest = _SEMICOLON.split(self.text[begin:end])
        told = (acting(clause, self.speech, told=False) for clause in reversed(rest))
        return next(filter(None, told), ()) or self._introduced(first)

    def _introduced(self, words: str) -> tuple[str, ...]:
        """Who acts in the words before a list, behind a day or a topic as well: ``03/10: Sở A có các Văn bản:``."""
        lead, colon, _ = words.rpartition(":")
        return named(_LIST.split(words, maxsplit=1)[0], self.speech) or (named(lead, self.speech) if colon else ())

    def _goes_on(self, words: str, unit: Unit) -> tuple[str, ...]:
        """Who acts in the paragraph before one that goes on with it: ``Đặc biệt là thực hiện …``, or with its list."""
        passages, index = self.outline.passages, unit.passage
        if not index or passages[index].marker or passages[index - 1].section != passages[index].section:
            return ()
        before = passages[index - 1]
        if _ADDS.match(words) and passages[index].kind is before.kind:
            return named(self.text[before.start : before.end], self.speech)
        # "UBND tỉnh đã ban hành: Kế hoạch A;" / "Chỉ thị B.": a list of documents over several lines.
        listed = bisect_left(self.cited, passages[index].start) < bisect_left(self.cited, passages[index].start + 1)
        if not listed:
            return ()
        for above in reversed(passages[max(0, index - _LINES) : index]):
            if self.text[above.end - 1] != ";" or above.section != before.section:
                break
            if (found := named(self.text[above.start : above.end], self.speech)) or above.marker:
                return found
        return ()

    def _above(self, unit: Unit) -> tuple[str, ...]:
        for words, heading in self.around.leads(unit.passage):
            silent = heading or _ANNOUNCES.search(words)
            if found := headed(words if heading else _last(words), self.speech) or (
                () if silent else self._lead(words)
            ):
                return found
            at = self.text.rfind(words, 0, unit.start)
            if not silent and at >= 0 and (found := meant(self.text, at, at + len(words), self.outline)):
                return found
            if charges(words):
                return ()  # "3. Trách nhiệm của văn thư": whoever it is, not those of the headings above
        for words in self.around.headings(unit.passage):
            if (found := headed(words, self.speech)) or charges(words):
                return found
        return ()

    def _headed(self, unit: Unit) -> tuple[str, ...]:
        above = [*(words for words, heading in self.around.leads(unit.passage) if heading)]
        for words in (*above, *self.around.headings(unit.passage)):
            if (found := headed(words, self.speech)) or charges(words):
                return found
        return ()

    def _lead(self, words: str) -> tuple[str, ...]:
        """Whom the words before a list tell: their last sentence introduces it."""
        found = named(_last(words), self.speech) or named(words, self.speech)
        # "Hội đồng nhân dân tỉnh thống nhất quy định …:" decides, others act.
        decides = self.speech.header.type in entries("changing_types") and found == (self.speech.issuer,)
        return () if decides else found

    def _told_at_first(self, words: str, unit: Unit, status: Status) -> tuple[str, ...]:
        """Whom the words before the sections tell to do all that follows, if it is still to be done."""
        if status is not Status.PLANNED or not (_GOES_ON.match(words) or self._imperative(words, unit)):
            return ()
        if any(map(charges, self.around.headings(unit.passage))):
            return ()
        return self._beyond(unit) or self.speech.charged

    def _beyond(self, unit: Unit) -> tuple[str, ...]:
        """Whom the words before the sections around tell, other than the one who speaks."""
        leads = (words for words in self.around.beyond(unit.passage) if not _DRAWS_UP.search(words))
        told = (named(_last(words), self.speech) or named(words, self.speech) for words in leads)
        return next((found for found in told if found and self.speech.issuer not in found), ())

    def deadline(self, span: Span, unit: Unit, status: Status) -> str | None:
        """The day by which the work must be done, as its row, its passage, the labels below or its lead tell."""
        today = self.speech.header.date or (self.speech.header.period or "")[:4] or None
        past = status is Status.DONE
        row = self.around.row(unit.passage, unit.start)
        for cell in row.under(_DUE_COLUMN) if row else ():
            if found := deadlines.labelled(f"thời hạn: {cell}", today):
                return found
        words = self.text[slice(*span)]
        law = self.speech.header.type in entries("law_types")
        if found := deadlines.due(words, today, past=past, law=law) or deadlines.labelled(words, today):
            return found
        if unit.passage < 0 or past:
            return None
        passage = self.outline.passages[unit.passage]
        if passage.marker and (found := deadlines.bracketed(self.text[passage.start : passage.end], today)):
            return found
        for words in self._behind(unit):
            if found := deadlines.due(words, today) or deadlines.labelled(words, today):
                return found
        for line in self.around.labels(unit.passage):
            if found := deadlines.labelled(line, today):
                return found
        # A lead that tells of work of its own sets no day for the work below it.
        leads = (
            deadlines.due(_last(words), today, lead=True, law=law)
            for words, heading in self.around.leads(unit.passage)
            if heading or words.rstrip(" *_").endswith(":")
        )
        return next(filter(None, leads), None)

    def _behind(self, unit: Unit) -> Iterator[str]:
        """Sentences behind that of a piece of work that go on with it: ``Báo cáo kết quả trước ngày …``.

        One that tells a body to do something tells who does the work where that of the work names nobody:
        ``Triển khai A. Giao Sở B chủ trì …``.
        """
        end = min(self.outline.passages[unit.passage].end, unit.end + _BEHIND)
        for low, high in sentences(self.text, unit.end, end):
            words = self.text[low:high]
            if named(words, self.speech):
                mute = _REQUEST.match(words) and bisect_left(self.cited, low) == bisect_left(self.cited, high)
                if mute and not named(self.text[unit.start : unit.end], self.speech):
                    yield words
                return  # what others are told next is no more of this
            if _CLOSES.match(words) or labelled(words, self.speech):
                yield words

    def _leading(self, unit: Unit) -> tuple[str, ...]:
        """The bodies in the column of its row that tells who leads; without bars those who help stand behind them."""
        row = self.around.row(unit.passage, unit.start)
        if row is None or next(row.under(_PROCEDURES), None) is not None:
            return ()
        for cell in row.under(_ASSIGNEE_COLUMN):
            if row.table.mark:
                found = headed(cell, self.speech, alone=True) or anybody(on_one_line(cell))
            else:
                roster = rosters.read(cell, fold(cell), 0, self.speech, known=True)
                found = roster.names if roster else ()
            if found:
                return found
        return ()


def _last(words: str) -> str:
    """The last sentence of a passage: the one that introduces the list below it."""
    low, high = (sentences(words) or ((0, len(words)),))[-1]
    return words[low:high]
