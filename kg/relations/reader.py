"""Reads, sentence by sentence, what governs each citation."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from kg.citations import Citation
from kg.model import Header, Status
from kg.ontology.wording import entries, words
from kg.relations.acts import CITES, DOES, PASSIVES, Act, Said, after, year
from kg.relations.clauses import (
    ALIAS,
    GLUE,
    GROUNDS,
    PAUSE,
    TITLE,
    advised_beside,
    aside,
    asks,
    carried_out,
    charges,
    coordinate,
    done_by,
    entitled,
    followed_up,
    headless,
    joined,
    left_place,
    main_clause,
    named_again,
    names_several,
    of_documents,
    opens_grounds,
    plans_for,
    segment,
    subtitle,
    tells_of_itself,
    unbracketed,
    unplaced,
)
from kg.relations.genre import genre
from kg.relations.manner import Manner
from kg.relations.ownership import central, of_the_body, of_the_province
from kg.relations.quotations import Quotations
from kg.relations.statements import Statements
from kg.relations.triggers import CHANGES, PREPOSITIONS, Trigger, triggers
from kg.relations.units import Page, Unit, flattened
from kg.structure import Passage, PassageKind
from kg.structure.columns import Column, Table, columns, tables
from kg.structure.headings import title_part
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["Reader"]

_BEHIND: Final = 260
"""Code points behind a citation that may tell of it."""
_BESIDE: Final = 2
"""Code points between a citation and the mark of its footnote: a blank, a bracket."""


_CARRIES: Final = ("issued", *DOES)
_AMENDING: Final = ("amends", *PASSIVES)
_ISSUED_AT: Final = re.compile(r"(?:ban hành|phê duyệt|công bố|thành lập|chấp thuận) (?:tại|theo)\s?\Z")
_OF_COMMITTEE: Final = re.compile(
    r"ban chỉ đạo (?:[^,;.:]{0,60}\s)?về (?:việc )?(?:tổng kết|sơ kết|thực hiện|triển khai)"
    r"(?: việc)?(?: thực hiện)?\s\Z"
)
_AGAIN: Final = re.compile(r"(?:,|\svà)\s(theo|tại)(?: các)?\s\Z")
_NOTE_OPENS: Final = late(
    r"\s?(?:(?:gồm|bao gồm|cụ thể|như|các văn bản)\s?:?\s|(?:các |những )?quy định (?:của|tại)\s)(?:các\s)?"
)
_NEXT_GROUND: Final = re.compile(
    r"(?:\sngày [\d/. ]+)?(?:\scủa [^,;:()]{3,60})?,\s"
    r"(?:thực hiện|triển khai|căn cứ|theo)\s(?!số\s)[^,;:()]{3,90}\stại\s"
)
"""``Để hoàn thành các chỉ tiêu tại A, thực hiện ý kiến của Chủ tịch tại B, Sở …``: B is a ground of its own."""
_GROUNDS_HEAD: Final = late(rf"{begun(words('grounds_columns'))}[ *_]*(?=[|\t\n])")
_AMONG_GROUNDS: Final = late(rf"[^()]*\((?:[^()]*, )?{words('grounds_columns')}\)")
"""The head of a column that holds grounds beside other things: ``Dự án (chủ đầu tư, cơ sở pháp lý)``."""
_TITLE_GOES_ON: Final = re.compile(r"\s?(?:và )?(?:quy định|hướng dẫn|sửa đổi|bổ sung|bãi bỏ|thay thế)\s")
_BY_LIST: Final = re.compile(r"được (?:sửa đổi|bổ sung|thay thế|bãi bỏ)[^.;]*(?:bởi|tại|theo):\s?\Z")


class Reader:
    """The citations of one document; lists may run over several passages, so the state outlives a sentence."""

    def __init__(
        self, page: Page, citations: list[Citation], header: Header, carried: frozenset[str] = frozenset()
    ) -> None:
        self.page, self.citations, self.header = page, citations, header
        self.carried = carried
        self._tails = [c.tail for c in citations]
        self.units = [page.unit(c) for c in citations]
        self._befores: dict[int, str] = {}
        """Many rules look at the words before a citation."""
        self._quotations = Quotations(page.text, self._tails)
        self.acts: dict[int, Act] = {}
        self.told: dict[int, Status] = {}
        """Statuses of the citations read so far."""
        self.body = page.body()
        self._list_act: Act | None = None
        self._outside: Act | None = None
        """The list's act before the bracket that is open."""
        self.changing = header.type in entries("changing_types")
        self._manner = Manner(header, self.changing)
        self._statements = Statements(page, citations, self.units, header, carried)
        # Kept by hand: compiled, a cached property is worked out again each time.
        self._kind: str | None = None
        self._closing_at = self._orders_at = -1
        self._grounds: tuple[Column, ...] | None = None
        self._tables: tuple[Table, ...] | None = None

    @property
    def relations(self) -> list[Said]:
        """The relations found so far."""
        return self._statements.relations

    @property
    def kind(self) -> str:
        """The type of the document, of a text without a letterhead what it seems to be part of; else empty."""
        if self._kind is None:
            reports = self.header.type in entries("reporting_types")
            self._kind = "Báo cáo" if reports else self.header.type or genre(self.page)
        return self._kind

    @property
    def signed(self) -> int:
        """Offset of recipients and signature, the end of the text where there are none; annexes stand behind."""
        if self._closing_at < 0:
            closing = (p.start for p in self.page.outline.passages if p.kind is PassageKind.CLOSING)
            self._closing_at = next(closing, len(self.page.text))
        return self._closing_at

    @property
    def orders(self) -> int:
        """Offset of the passage that introduces the document's orders (``… yêu cầu:``), 0 where none does."""
        if self._orders_at < 0:
            self._orders_at = self._introduced()
        return self._orders_at

    def _introduced(self) -> int:
        page = self.page
        for index, passage in enumerate(page.outline.passages):
            if passage.marker and not page.addressed(passage):
                break
            open_list = passage.section < 0 and ":" in page.text[passage.end - 4 : passage.end]
            if open_list and asks(page.flat(passage.start, passage.end, index)):
                return passage.start
        return 0

    def sentences(self) -> list[list[int]]:
        """Citation indexes grouped by sentence."""
        groups: list[list[int]] = []
        for index, unit in enumerate(self.units):
            if groups and self.units[groups[-1][0]] == unit:
                groups[-1].append(index)
            else:
                groups.append([index])
        return groups

    def read(self, group: list[int]) -> None:
        """Find the acts of one sentence's citations and write down the relations."""
        previous: int | None = None
        for index in group:
            if self._names_body(index, previous):
                self.acts[index] = CITES
                continue
            act = self._grounded(index, self._by_document(index, self._govern(index, previous)))
            act = self.acts[index] = self._quoted(index, act)
            if not act.actors:
                self._list_act = act
            previous = index
        self._statements.write(group, self.acts)

    def _names_body(self, index: int, previous: int | None) -> bool:
        """Whether the citation stands in a body's name: ``Ban Chỉ đạo … về tổng kết Nghị quyết số 18-NQ/TW``."""
        start = self.citations[index].start
        if previous is not None and start < self.citations[previous].tail:
            return True
        before = self.before(index)
        return "ban chỉ đạo" in before and bool(_OF_COMMITTEE.search(before))

    def subject(self, index: int) -> bool:
        """Whether the citation is itself the subject of its sentence: ``Nghị định … đã quy định …``."""
        tail, end = self._following(index)
        pause = PAUSE.search(self.page.text, tail, end)
        return _tells_of_itself(self.page.text[tail : pause.start() if pause else end])

    def charging(self, group: list[int]) -> bool:
        """Whether the citation that opens a sentence is its subject: ``Nghị định … giao Bộ Tài chính chủ trì``."""
        unit, first = self.units[group[0]], self.citations[group[0]]
        return not self.before(group[0]).strip() and charges(self.page.flat(first.tail, unit.end, unit.passage))

    def ground(self, index: int) -> bool:
        """Whether the citation stands in a column of grounds: ``Căn cứ pháp lý``."""
        if self._grounds is None:
            text = self.page.text
            tabled = "|" in text or "\t" in text
            self._grounds = columns(text, _GROUNDS_HEAD) if tabled else ()
        if not self._grounds:
            return False
        start = self.citations[index].start
        return any(column.holds(self.page.text, start) for column in self._grounds)

    def column(self, index: int) -> Status | None:
        """What the head of its column tells of the citation: grounds, difficulties, work to come."""
        if self.ground(index):
            return Status.BASIS
        text = self.page.text
        if self._tables is None:
            self._tables = tables(text) if "|" in text else ()
        if not self._tables:
            return None
        start = self.citations[index].start
        above = bisect_right(self._tables, start, key=lambda table: table.start)
        table = self._tables[above - 1] if above else None
        heads = table.columns(text, start) if table and start < table.end else ()
        if not heads:
            return None
        told, *others = ("basis" if _AMONG_GROUNDS.fullmatch(head) else title_part(head) for head in heads)
        # "Nhiệm vụ | Kết quả thực hiện": what the next column answers is no work to come.
        answered = told == "planned" and "done" in others
        return None if told in (None, "done") or answered else Status(told)

    def quoted(self, index: int) -> bool:
        """Whether the citation stands in a quotation, of whatever document: a rule that is given word for word."""
        return not self.changing and self._quotations.encloses(self.citations[index].start)

    def noted(self, unit: Unit, mark: int, titles: bool) -> Status | None:
        """Status of the citation before the mark of a footnote that gives its title, or stands right at its end."""
        beside = self._before_mark(mark)
        if beside < 0 or self.units[beside] == unit or not (titles or mark - self._tails[beside] <= _BESIDE):
            return None
        return self.told.get(beside)

    def _before_mark(self, mark: int) -> int:
        """The last citation before the mark of a footnote, or -1; its date may stand behind the mark."""
        behind = bisect_right(self._tails, mark)
        return behind if behind < len(self.citations) and self.citations[behind].end <= mark else behind - 1

    # ------------------------------------------------------------ who acts

    def _govern(self, index: int, previous: int | None) -> Act:
        citation, unit = self.citations[index], self.units[index]
        begin = unit.start if previous is None else max(unit.start, self.citations[previous].tail)
        gap = self.page.flat(begin, citation.start, unit.passage)
        gap = unplaced(gap) if citation.pinpoint else headless(gap)
        if previous is None:
            return self._opening(index, gap)
        if not gap.strip() and self._amending(previous):
            return Act((previous,), "amends", "sửa đổi, bổ sung")
        gap = unbracketed(gap)
        opened, closed = gap.count("("), gap.count(")")
        closes = closed > opened
        if closes and self._outside and GLUE.fullmatch(gap):
            return self._like(index, self._outside)
        if closes != (opened > closed):
            self._outside = None if closes else self._list_act
        # "Nghị định A (được sửa đổi bởi Nghị định B) quy định chi tiết Luật C": the title is that of A.
        if closes and self.acts[previous].kind in PASSIVES and _TITLE_GOES_ON.match(gap, gap.find(")") + 1):
            title = gap[gap.find(")") + 1 :]
            if found := triggers(title):
                return Act(self.acts[previous].actors, self._manner.of_title(found, title), found[-1].text)
        clause, turned = segment(gap)
        if not turned and _NEXT_GROUND.fullmatch(gap):
            clause, turned = gap[gap.index(",") :], True
        # "Căn cứ Nghị định A quy định về phân cấp; quy định chi tiết Luật B": the title of A goes on.
        if turned and ";" in gap and _TITLE_GOES_ON.match(clause) and self._within_grounds(index, gap):
            clause, turned = gap, False
        told = (aside(gap) or subtitle(gap)) if turned else ""
        if told:
            clause, turned = told, False
        # "Thông tư liên tịch … của Bộ A, Bộ B hướng dẫn thực hiện": those are its issuers.
        joint = ";" not in gap and "liên tịch" in (self.citations[previous].type or "")
        if joint and turned:
            clause, turned = gap, False
        if ALIAS.search(gap) and (alias := self._same_document(index, previous)) is not None:
            return self.acts[alias] if not self.acts[alias].actors else CITES
        # "Giấy đề nghị theo mẫu kèm theo Nghị định A (Giấy đề nghị số 02)": what was drawn up follows A.
        if gap.rstrip().endswith("(") and (self.acts[previous].trigger or "").endswith("kèm theo"):
            return CITES
        if GLUE.fullmatch(gap):
            return self._listed(index, previous, ";" in gap)
        if turned and GLUE.fullmatch(clause):
            inside = triggers(gap) if gap.rstrip().endswith("(") else ()
            if inside and not named_again(gap.rstrip()):
                return self._done(index, inside[-1], gap)
            return self._listed(index, previous, True)
        if _said_again(gap, self.acts[previous]):
            return self._like(index, self.acts[previous])
        if advised_beside(gap) and self._list_act and self._list_act.kind in ("implements", "based_on", "cites"):
            return self._like(index, self._list_act)
        found = triggers(clause)
        beside = coordinate(gap) and not turned
        before = self.acts[previous]
        further = self._changed_too(gap, before)
        if further is not None:
            return further
        # "đã ban hành 02 Quyết định: A phê duyệt … và Quyết định B": B is issued as A is.
        issued = before.kind == "issued" and not before.actors and clause.rstrip().endswith(" và")
        # "các Quyết định: số A về …, số B về … và số C": numbers in a row share their type.
        counted = citation.type_written or not self.citations[previous].type_written
        if not turned and counted and joined(clause) and (issued or not (found and beside)):
            return self._listed(index, previous, not before.actors)
        # "Thực hiện Công văn A về phổ biến pháp luật; xây dựng xã đạt chuẩn và Công văn B, Sở …": B stands beside A.
        ends = joined(clause) if turned else gap.rstrip().endswith(":")
        if ends and citation.type_written and self._within_grounds(index, gap):
            return self._listed(index, previous, True)
        # Only words that open a subject behind the citation belong to its title.
        titled = joint or self.citations[previous].title is not None or entitled(gap)
        titled = titled or (before.kind == "issued" and gap[1:2].isalpha()) or bool(subtitle(gap))
        # "Kế hoạch A về thực hiện B và Kế hoạch … về triển khai C": C stands in the title of A, as B does.
        within = bool(before.actors) and not before.kind.startswith("by-")
        if not found:
            return Act((previous,), "cites", None) if titled and not turned else CITES
        trigger = found[-1]
        if within and beside and trigger.kind == "implements" and not citation.pinpoint:
            return Act(before.actors, self._manner.of_title(found, clause), trigger.text)
        # "Nghị định A có hiệu lực từ …, thay thế Nghị định B": A is the subject without a title.
        if turned or beside or not (titled or any(t.kind in CHANGES for t in found)):
            # "Triển khai Luật A theo Kế hoạch B" carries B out as well.
            by = len(found) == 1 and trigger.kind == "based_on" and not before.actors and not turned
            return self._done(index, trigger, clause, before if beside or (by and "," not in clause) else None)
        kind = self._manner.of_title(found, clause)
        # Of the documents before it decrees amend decrees, laws amend laws.
        heads = (self._changed(index, previous),) if kind.startswith("by-") else self._heads(previous)
        return Act(heads, kind, trigger.text)

    def _amending(self, index: int) -> bool:
        """Whether a law is cited by the name of an amending one: the number behind is that of what it amends."""
        return self.citations[index].named and "sửa đổi" in (self.citations[index].name or "")

    def _within_grounds(self, index: int, gap: str) -> bool:
        """Whether a citation, ``gap`` behind the one before, stands in grounds that open its sentence."""
        return opens_grounds(self.before(index)) and not main_clause(gap)

    def _changed_too(self, gap: str, before: Act) -> Act | None:
        """``Thông tư A sửa đổi B và thay thế C``: what changed the document before changes this one too."""
        found = triggers(gap) if before.actors and before.kind in CHANGES else ()
        if len(found) != 1 or found[0].kind not in CHANGES:
            return None
        joint = gap[: found[0].start]
        if found[0].passive or not (joint.strip() and GLUE.fullmatch(joint)):
            return None
        return Act(before.actors, found[0].kind, found[0].text)

    def _same_document(self, index: int, previous: int) -> int | None:
        """The citation of this sentence that a bracket repeats: ``… (sau đây gọi là Nghị quyết 214/NQ-CP)``."""
        for k in range(previous, -1, -1):
            if self.units[k] != self.units[index]:
                return None
            one, other = self.citations[k], self.citations[index]
            short = (other.number or "").isdigit() and one.type == other.type
            if one.number == other.number or (short and re.match(rf"0*{other.number}[/-]", one.number or "")):
                return k
        return None

    def _by_document(self, index: int, act: Act) -> Act:
        """``UBND tỉnh đã phê duyệt … tại Quyết định số …``: by what one's own body did its work, that it issued."""
        citation = self.citations[index]
        if self.changing or act.actors or citation.pinpoint or not of_the_body(citation, self.header):
            return act
        before = self.before(index)
        by = done_by(before)
        # "Thực hiện A; UBND tỉnh đã phê duyệt … tại B": A is carried out, B issued.
        verbs = triggers(before[before.rfind(";") + 1 :]) if by and act.kind == "implements" else ()
        carried = any("implements" in t.kinds for t in verbs)
        if by and (not carried or ("đã " in before and by.startswith("("))):
            return Act((), "issued", act.trigger if by.startswith("(") else by)
        return act

    def _quoted(self, index: int, act: Act) -> Act:
        """In a quotation the quoted document acts: ``Điều 8 Nghị định A quy định: “… thực hiện theo Luật B”``."""
        citation, unit = self.citations[index], self.units[index]
        host = None if self.changing else self._quotations.host(citation.start)
        if host is None and not act.actors and act.kind in ("implements", "issued") and self.quoted(index):
            return Act((), "cites", act.trigger)
        if host is None or host >= index or (act.actors and host not in act.actors):
            return act
        if act.kind in ("implements", "based_on") and not _ISSUED_AT.search(
            self.page.flat(unit.start, citation.start, unit.passage)
        ):
            return Act((host,), "based_on", act.trigger)
        return Act((host,), act.kind if act.kind in CHANGES else "cites", act.trigger)

    def _grounded(self, index: int, act: Act) -> Act:
        """Before the main clause of ``Căn cứ …``, ``Theo đề nghị … tại …``, and in the preamble of a decision,
        a document that is merely cited is a legal basis."""
        unit, citation = self.units[index], self.citations[index]
        followed = act.kind == "implements" and act.trigger == "bám sát"
        if act.actors or not (followed or act.kind in ("cites", "based_on")):
            return act
        behind = self.page.flat(citation.tail, unit.end, unit.passage)
        if followed:
            # "Bám sát Nghị quyết X để xây dựng giải pháp": X is the measure of what is done.
            return Act((), "based_on", act.trigger) if " để " in behind else act
        # "Luật X và các văn bản hướng dẫn thi hành Luật X được thực hiện thống nhất"
        if (act.trigger or "quy định").startswith(("quy định", "hướng dẫn")) and carried_out(behind):
            return Act((), "implements", "được triển khai")
        before = self.before(index)
        if followed_up(before, behind):
            return Act((), "implements", "sau khi")
        grounds = GROUNDS.match(before) and not (main_clause(before) or left_place(before))
        if grounds and not citation.pinpoint and plans_for(behind):
            return Act((), "implements", act.trigger or "căn cứ")
        if grounds or (self.changing and citation.start < self.body):
            return Act((), "based_on", act.trigger or "căn cứ")
        return act

    def _heads(self, index: int) -> tuple[int, ...]:
        """The citation and those listed right before it whose title it shares."""
        heads = [index]
        while index > 0 and self.units[index - 1] == self.units[index]:
            left, right = self.citations[index - 1], self.citations[index]
            gap = self.page.flat(left.tail, right.start, self.units[index].passage)
            shared = left.symbol and right.symbol and (left.issuer == right.issuer or left.type == right.type)
            shared = shared and left.title is None
            same_act = self.acts[index - 1].actors == self.acts[index].actors
            if not (GLUE.fullmatch(gap) and ";" not in gap and shared and same_act):
                break
            index -= 1
            heads.insert(0, index)
        return tuple(heads)

    def _listed(self, index: int, previous: int, top: bool) -> Act:
        """A member of a list does what its neighbour does; behind a semicolon, what the list's verb says."""
        before = self.acts[previous]
        for actor in before.actors:
            if self.citations[actor].number == self.citations[previous].number is not None:
                return self._listed(index, actor, top)  # named again, it stands for itself
            # "Nghị định A … thi hành Luật B và Nghị định C": C stands beside A, not beside B.  "Kế hoạch A của Tỉnh ủy
            # thực hiện Kết luận B và Kế hoạch C của Bộ Chính trị": C stands beside B.
            member, head, last = (self.citations[k] for k in (index, actor, previous))
            above = central(member) and central(last) and not central(head)
            # Nor does a document carry out one that came after it.
            later = before.kind == "implements" and after(member, head)
            if later or (member.type == head.type != last.type and not above):
                return self._listed(index, actor, top)
        if before.kind in PASSIVES and self._bare(previous) and self.citations[index].name:
            # "Luật A sửa đổi theo Luật số …, Luật B": B stands beside A.
            return self._listed(index, before.actors[0], top)
        if before.kind in CHANGES and before.actors:
            later = year(self.citations[index], 0) > year(self.citations[before.actors[-1]])
            if later and self.citations[index].type == self.citations[before.actors[-1]].type:
                return self._beside_changing(index, before.actors[-1])
        if before.kind in _AMENDING and self.citations[index].type != self.citations[previous].type:
            top = True  # no decree amends a decree and a circular in one breath
        amenders = before.kind in PASSIVES and self._bare(index) and self._bare(previous)
        if top and before.actors and not amenders:
            return self._like(index, self._list_act) if self._list_act else CITES
        if before.actors:
            return Act(before.actors, before.kind, before.trigger, True)
        return self._like(index, before)

    def _bare(self, index: int) -> bool:
        """Whether a citation is a law's number alone, as laws that amended another are listed: ``Luật số …;``."""
        citation = self.citations[index]
        return citation.type == "Luật" and not (citation.title or citation.name) and citation.number is not None

    def _beside_changing(self, index: int, actor: int) -> Act:
        """No decree changes one that came after it: this one stands beside the one that changes, or all of it."""
        host = self.acts[actor]
        if host.actors and "sửa đổi" in self._behind(index):
            return Act(host.actors, host.kind, host.trigger, True)
        if not host.actors:
            return self._like(index, host)
        outer = self._list_act
        return CITES if outer is None or outer.kind in CHANGES else self._like(index, outer)

    def _behind(self, index: int) -> str:
        """The words behind a citation, up to the next one."""
        return self.page.flat(*self._following(index), -1)

    def _following(self, index: int) -> tuple[int, int]:
        tail, end = self.citations[index].tail, len(self.page.text)
        if index + 1 < len(self.citations):
            end = self.citations[index + 1].start
        return tail, min(tail + _BEHIND, end)

    def _done(self, index: int, trigger: Trigger, clause: str, before: Act | None = None) -> Act:
        """What the document at hand does by ``trigger``; ``before`` is the act of the document listed beside."""
        kind = self._manner.of_report(trigger, clause, self.citations[index], self.before(index), before)
        return Act((), kind, trigger.text)

    def before(self, index: int) -> str:
        """The sentence of a citation up to it."""
        known = self._befores.get(index)
        if known is None:
            unit = self.units[index]
            known = self._befores[index] = self.page.flat(unit.start, self.citations[index].start, unit.passage)
        return known

    def _changed(self, index: int, nearest: int) -> int:
        """Of the citations before it in the sentence the nearest of the same type: decrees amend decrees."""
        for k in range(index - 1, -1, -1):
            if self.units[k] != self.units[index]:
                break
            if self.citations[k].type == self.citations[index].type:
                return k
        return nearest

    def _like(self, index: int, act: Act) -> Act:
        """The report does to this citation what it does to another."""
        citation, kind = self.citations[index], act.kind
        if kind == "spreads":
            kind = "implements" if citation.issuer else "cites"
        foreign = kind == "issued" and not of_the_province(citation, self.header)
        return Act((), "cites" if foreign else kind, act.trigger, True)

    def _opening(self, index: int, gap: str) -> Act:
        """The first citation of a sentence."""
        if self.subject(index):
            return CITES
        titled = self._titled_in_note(index)
        if titled is not None:
            found = triggers(gap)
            kind = self._manner.of_title(found, gap) if found else "cites"
            return Act((titled,), kind, found[-1].text if found else None)
        clause, _ = segment(gap)
        found = triggers(clause)
        if not found and GLUE.fullmatch(clause):
            clause, found = gap, triggers(gap)
            bracketed = gap.rstrip().endswith("(") and self.citations[index].pinpoint
            if bracketed and found and found[-1].kind not in PREPOSITIONS:
                found = ()  # a provision in a bracket says where the rule stands
        if clause.rstrip().endswith(":") and (made := [t for t in found if "issued" in t.kinds]):
            # "đã ban hành 02 Quyết định phê duyệt trữ lượng, cụ thể: Quyết định số …": what was issued is listed.
            whole = found[-1].kind in ("approves", "promulgates") or names_several(clause[made[-1].end :])
            found = found[: found.index(made[-1]) + 1] if whole else found
        if found:
            return self._done(index, found[-1], clause)
        return self._from_lead(index) if GLUE.fullmatch(clause) or _NOTE_OPENS.fullmatch(gap) else CITES

    def _titled_in_note(self, index: int) -> int | None:
        """The citation at whose end stands the mark of this footnote, where the footnote gives its title."""
        unit = self.units[index]
        note = self.page.passage(unit.passage)
        if note is None or note.kind is not PassageKind.FOOTNOTE or unit.start > note.start:
            return None
        if not TITLE.match(self.page.flat(note.start, self.citations[index].start, unit.passage)):
            return None
        anchor = self.page.anchor(note)
        beside = self._before_mark(anchor)
        return beside if 0 <= beside < index and anchor - self._tails[beside] <= _BESIDE else None

    def _from_lead(self, index: int) -> Act:
        """A passage that opens with a citation: the sentence that introduces its list governs it."""
        unit = self.units[index]
        passage = self.page.passage(unit.passage)
        if passage is None or unit.start > passage.start:
            return CITES
        if passage.kind is PassageKind.FOOTNOTE:
            return self._from_anchor(index, passage)
        if not GLUE.fullmatch(self.before(index)):
            return CITES
        if self.kind == "Báo cáo" and self._headed_by(index):
            return Act((), "implements", None)
        above = passage.lead if passage.lead >= 0 else self._left_open(index, unit.passage - 1)
        lead = self.page.passage(above)
        if lead:
            headed = lead.kind is PassageKind.HEADING
            words = self.page.flat(max(lead.start, lead.end - 300), lead.end, above).rstrip(" :")
            words = words if headed else words.rpartition(". ")[2]
            found = triggers(words)
            titles = headed and found and found[-1].kind in _CARRIES
            listed = titles and found[-1].kind in CHANGES and self.page.text[lead.end - 1] != ":"
            if found and not listed and (not titles or of_documents(words[found[-1].end :])):
                return self._under_lead(index, above, found[-1])
        # A list of issued documents may go on in the next paragraph without a verb of its own.
        goes_on = index > 0 and self.units[index - 1].passage == unit.passage - 1
        if (
            self._list_act
            and self._list_act.kind == "issued"
            and goes_on
            and of_the_province(self.citations[index], self.header)
        ):
            return self._like(index, self._list_act)
        return CITES

    def _headed_by(self, index: int) -> bool:
        """Whether a document is the heading of what a report tells of it: ``1. Chỉ thị số 03/CT-TTg về …``."""
        at, passages = self.units[index].passage, self.page.outline.passages
        head, below = passages[at], passages[at + 1] if at + 1 < len(passages) else None
        if below is None or below.kind is PassageKind.HEADING:
            return False
        # A long title of two documents is an item in form; what tells of it stands below without a marker.
        long = head.kind is PassageKind.ITEM and bool(head.marker) and not below.marker
        return head.kind is PassageKind.HEADING or (long and self.page.text[head.end - 1] not in ".;:,")

    def _left_open(self, index: int, above: int) -> int:
        """Index of the paragraph that ends with a colon and lists this one without a marker, or -1.

        Only ``… được sửa đổi, bổ sung bởi:`` is followed so, in consolidated texts.
        """
        while index > 0 and above >= 0 and above >= self.units[index - 1].passage:
            passage = self.page.outline.passages[above]
            if self.page.text[passage.end - 1] == ":":
                return (
                    above
                    if _BY_LIST.search(self.page.flat(max(passage.start, passage.end - 40), passage.end, above))
                    else -1
                )
            if self.acts[index - 1].kind not in PASSIVES or self.units[index - 1].passage != above:
                return -1
            index, above = index - 1, above - 1
        return -1

    def _under_lead(self, index: int, lead: int, trigger: Trigger) -> Act:
        """A member of the list that ``trigger`` introduces; ``… được sửa đổi, bổ sung bởi:`` turns round."""
        if not (trigger.kind in CHANGES and trigger.passive):
            return self._like(index, Act((), trigger.kind, trigger.text))
        kind = self.citations[index].type
        above = [k for k in self._standing_in(lead, index) if not self.acts[k].actors]
        changed = next((k for k in above if self.citations[k].type == kind), above[-1] if above else None)
        return CITES if changed is None else Act((changed,), "by-" + trigger.kind, trigger.text, True)

    def _standing_in(self, passage: int, before: int) -> list[int]:
        """Indexes of the citations of a passage that stand before another citation."""
        end = before
        while end > 0 and self.units[end - 1].passage > passage:
            end -= 1
        begin = end
        while begin > 0 and self.units[begin - 1].passage == passage:
            begin -= 1
        return list(range(begin, end))

    def _from_anchor(self, index: int, note: Passage) -> Act:
        """A footnote that lists documents: the sentence of its mark governs them."""
        citation = self.citations[index]
        own = not (self.changing or citation.pinpoint) and of_the_body(citation, self.header)
        anchor = self.page.anchor(note)
        if anchor < 0:
            return Act((), "issued" if own else "cites", None)
        where = self.page.outer(anchor - 1)
        host = self.page.passage(where)
        begin = max(host.start if host else 0, anchor - 300)
        found = triggers(self.page.flat(begin, anchor, where).rpartition(". ")[2])
        kind = found[-1].kind if found else "cites"
        if citation.pinpoint and kind not in PREPOSITIONS:
            kind = "cites"  # a provision in a footnote says where the rule stands
        return self._like(index, Act((), "issued" if own else kind, found[-1].text if found else None))


@lru_cache(maxsize=1024)  # the same few words behind citations, again and again
def _tells_of_itself(behind: str) -> bool:
    return tells_of_itself(flattened(behind))


def _said_again(gap: str, before: Act) -> bool:
    """Whether the words between two citations end with the preposition of the first: ``theo A và theo``."""
    if before.actors or before.trigger not in ("theo", "tại"):
        return False
    found = _AGAIN.search(gap)
    return found is not None and found[1] == before.trigger
