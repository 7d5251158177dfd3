"""What the document, and each document that it cites, does to the documents cited.

A citation is governed by the last verb before it in its clause.  Where another citation
stands between that verb and the clause's beginning, the verb belongs to that one's title
(``Kế hoạch số 15/KH-UBND … triển khai thực hiện Quyết định số 980/QĐ-TTg``) and the relation
holds between the two; else it is the document at hand that acts.  Members of a list share
their verb.  The verbs are those of ``ontology/triggers.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import bodies
from kg.citations import Citation
from kg.model import REPORT, Header, Rel, Relation, Status
from kg.structure import Outline, Passage, PassageKind, part, passage_at, sentences
from kg.tables import read
from kg.text import fold

__all__ = ["Reading", "Unit", "relate"]


@dataclass(frozen=True, slots=True)
class Unit:
    """The sentence in which a citation stands, and the passage around it (index, -1 where there is none)."""

    start: int
    end: int
    passage: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Relations and, for each citation, its sentence and status."""

    relations: tuple[Relation, ...]
    units: tuple[Unit, ...]
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class _Trigger:
    kinds: tuple[str, ...]
    start: int
    end: int
    text: str
    passive: bool


@dataclass(frozen=True, slots=True)
class _Act:
    """What governs a citation: who acts (REPORT or citation indexes), how, by which words."""

    actors: tuple[int, ...]
    kind: str
    trigger: str | None
    inherited: bool = False


# ---------------------------------------------------------------- triggers

_PASSIVE = re.compile(r"(?:được|bị|đã được)\s+(?:[^\s]+\s+){0,6}\Z")
# "do UBND tỉnh ban hành" tells whose documents are spoken of.
_AGENT = re.compile(r"(?<!\w)do\s[^;.:]{2,90}\s\Z")
_GROUPED = re.compile(r"(?:,|và|hoặc|,\s*và|\s|tổ chức|công tác|việc)*\Z")
_PREPOSITIONS = ("based_on", "annexed", "place")
_CHANGES = ("amends", "replaces", "repeals")
_RANK = (
    "implements",
    "issued",
    "amends",
    "replaces",
    "repeals",
    "guides",
    "approves",
    "promulgates",
    "based_on",
    "annexed",
    "place",
    "cites",
)


@cache
def _pattern() -> re.Pattern[str]:
    rows = read("triggers")
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<k{i}>{r['pattern']})" for i, r in enumerate(rows)) + r")(?!\w)")


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(row["kind"] for row in read("triggers"))


def _triggers(lower: str) -> list[_Trigger]:
    """Verbs of a clause in order; neighbours in one enumeration count as one trigger."""
    found: list[_Trigger] = []
    for match in _pattern().finditer(lower):
        name = next(k for k, v in match.groupdict().items() if v is not None)
        kind = _kinds()[int(name[1:])]
        if match[0] == "có" and lower[match.end() :].strip():
            continue
        if kind == "issued" and _AGENT.search(lower, max(0, match.start() - 96), match.start()):
            continue
        passive = bool(_PASSIVE.search(lower, max(0, match.start() - 60), match.start()))
        last = found[-1] if found else None
        if last and _GROUPED.fullmatch(lower[last.end : match.start()]) and kind not in _PREPOSITIONS:
            kinds = (*last.kinds, kind)
            found[-1] = _Trigger(kinds, last.start, match.end(), lower[last.start : match.end()], last.passive)
            continue
        found.append(_Trigger((kind,), match.start(), match.end(), match[0], passive))
    return found


def _strongest(kinds: tuple[str, ...]) -> str:
    return min(kinds, key=_RANK.index)


# ---------------------------------------------------------------- clauses

_BLANKS = re.compile(r"\s+")
_GLUE = re.compile(r"[\s,;:|*\"“”()\[\].-]*(?:(?:và|cùng|với|hoặc|đồng thời|các|số|\d{1,2})[\s,;:|*()-]*)*\Z")
# The report takes the word again: a new subject, or a verb that titles don't begin with.
_TURN = re.compile(
    r"[;(\[]|\.\s|,\s+(?:(?:qua|từ|nhờ) đó|đồng thời|trong đó|cụ thể|kết quả)(?!\w)"
    r"|,\s+(?=(?:đã|chủ động|tham mưu|trình|thường xuyên|kịp thời|sẽ|tiếp tục|yêu cầu|đề nghị|giao)\s)"
    r"|(?:,|và)\s+(?=tiến hành\s)"
    r"|\s+thì\s|,\s+(?=(?:các |lãnh đạo )?(?:sở|ubnd|ủy ban nhân dân|hđnd|cục|bộ|ban|phòng|đơn vị|cơ quan|tỉnh|thành phố|trung tâm|"
    r"chính phủ|thủ tướng|chi cục|văn phòng|đảng ủy|tập thể)\s[^,;]{0,80}?\s?(?:đã|báo cáo|ban hành|xây dựng|tham mưu|triển khai|"
    r"tổ chức|thực hiện|đề nghị|yêu cầu|trình|kính|phối hợp|tiếp tục|có|giúp|đề ra|giao|hướng dẫn|thông báo)(?!\w))"
)
# The citation stands in a row with the one before, whose title lies between them.
_JOINED = re.compile(r"(?:^|\w)\s?(?:,|và|,\s?và|cùng(?: với)?)\s?\Z")
# "(được sửa đổi, bổ sung tại …)" still speaks of the document before it.
_ASIDE = re.compile(r"\s?(?:đã |và )?(?:được|bị|sửa đổi|bổ sung|thay thế|đính chính)(?!\w)")
_COORDINATE = re.compile(
    r"\s*(?:,|;|và|cùng với)\s+(?=(?:kế hoạch|chương trình|quyết định|nghị quyết|đề án|nghị định|thông tư|chỉ thị|quy hoạch)\s)"
)
_NEGATED = re.compile(r"(?:chưa|không|chậm)\s+(?:kịp\s+|thể\s+|được\s+)?(?:\w+\s+)?\Z")
_DENIED = re.compile(r"(?<!\w)(?:chưa|không|chậm)\s")
_THIRD_PARTY = re.compile(
    r"(?:các\s+)?(?:doanh nghiệp|thương nhân|công ty|hợp tác xã|người dân|hộ kinh doanh|chủ đầu tư|cơ sở kinh doanh|cơ sở sản xuất)"
    r"[^,;.:]{0,60}?\s(?:chấp hành|tuân thủ|thực hiện|áp dụng)\Z"
)
_GUIDED = re.compile(
    r"(?:hướng dẫn|đôn đốc|yêu cầu|tuyên truyền|chỉ đạo|vận động|hỗ trợ|nhắc nhở|kiểm tra|đề nghị|đến)\s[^,;.:]{0,60}\Z"
)


def _segment(lower: str) -> tuple[str, bool]:
    """The part of a gap behind its last turn to the report, and whether there is such a turn."""
    turns = list(_TURN.finditer(lower))
    # A bracket that is closed again before the end is no turn.
    for turn in reversed(turns):
        if turn[0] in "([" and (_closed(lower[turn.start() :]) or _ASIDE.match(lower, turn.end())):
            continue
        return lower[turn.end() :], True
    return lower, False


def _closed(text: str) -> bool:
    return text.count("(") + text.count("[") <= text.count(")") + text.count("]")


# ---------------------------------------------------------------- one sentence

_SUBJECT_TITLE = re.compile(
    r"\s*[(\[\"“]?\s*(?:của\s[^,;]{2,60}?\s)?(?:về|quy định|sửa đổi|ban hành|phê duyệt|triển khai|thực hiện|tổ chức|hướng dẫn|được|thay thế|bãi bỏ|theo|v/v)"
)


# Documents that change others by their own words; a report only tells of changes.
_NORMATIVE = frozenset(
    {"Quyết định", "Nghị định", "Nghị quyết", "Thông tư", "Luật", "Thông tư liên tịch", "Pháp lệnh", "Quy định"}
)


_PREDICATE = re.compile(
    r"[^;.]{0,160}?\s(?:(?:đã )?quy định (?:khá|rõ|cụ thể|chi tiết|đầy đủ)|đã quy định|hết hiệu lực|nêu rõ)(?!\w)"
)


class _Reader:
    """Reads the citations of one sentence after the other; lists may run over several passages."""

    def __init__(
        self,
        text: str,
        citations: list[Citation],
        outline: Outline,
        header: Header,
        anchors: tuple[tuple[int, str], ...],
    ) -> None:
        self.text, self.citations, self.outline, self.header = text, citations, outline, header
        self.anchors = anchors
        self.relations: list[Relation] = []
        self.acts: dict[int, _Act] = {}
        self.statuses: dict[int, Status] = {}
        self.units: list[Unit] = [self._unit(c) for c in citations]
        self.last_top: _Act | None = None

    def _outer(self, index: int) -> int:
        while index >= 0 and self.outline.passages[index].kind is PassageKind.SUBITEM:
            here = self.outline.passages[index]
            index -= 1
            while index >= 0 and not (
                self.outline.passages[index].start <= here.start and here.end <= self.outline.passages[index].end
            ):
                index -= 1
        return index

    def _unit(self, citation: Citation) -> Unit:
        index = self._outer(passage_at(self.outline.passages, citation.core))
        if index < 0:
            low = self.text.rfind("\n", 0, citation.start) + 1
            high = self.text.find("\n", citation.end)
            return Unit(low, high if high >= 0 else len(self.text), -1)
        passage = self.outline.passages[index]
        for start, end in sentences(self.text, passage.start, passage.end):
            if start <= citation.core < end:
                return Unit(min(start, citation.start), end, index)
        return Unit(passage.start, passage.end, index)

    def flat(self, start: int, end: int, index: int) -> str:
        """Lower-case text of a span, with what the page put in between (footnotes, page numbers) blanked."""
        piece = self.text[start:end]
        if index >= 0:
            for low, high in self.outline.passages[index].gaps:
                if start < high and low < end:
                    a, b = max(low, start) - start, min(high, end) - start
                    piece = piece[:a] + " " * (b - a) + piece[b:]
        return _BLANKS.sub(" ", piece).lower()

    def run(self) -> Reading:
        groups: list[list[int]] = []
        for index, unit in enumerate(self.units):
            if groups and self.units[groups[-1][0]] == unit:
                groups[-1].append(index)
            else:
                groups.append([index])
        for group in groups:
            self._sentence(group)
        units, statuses = tuple(self.units), tuple(self.statuses[i] for i in range(len(self.citations)))
        return Reading(tuple(self.relations), units, statuses)

    # -- who acts

    def _sentence(self, group: list[int]) -> None:
        unit = self.units[group[0]]
        previous: int | None = None
        for index in group:
            act = self._govern(index, previous, unit)
            self.acts[index] = act
            self._emit(index, act, unit)
            previous = index
        self._preamble_links(group)
        self._amending_laws(group)
        statuses = _statuses(self, group, unit)
        self.statuses.update(statuses)

    def _govern(self, index: int, previous: int | None, unit: Unit) -> _Act:
        citation = self.citations[index]
        begin = unit.start if previous is None else max(unit.start, self.citations[previous].tail)
        lower = self.flat(begin, max(begin, citation.start), unit.passage)
        if previous is None:
            return self._opening(index, lower, unit)
        before = self.acts[previous]
        segment, turned = _segment(lower)
        if _GLUE.fullmatch(lower):
            return self._listed(index, previous, ";" in lower)
        if turned and _GLUE.fullmatch(segment):
            inside = lower.rstrip().endswith("(") and _triggers(lower)
            if inside:
                return _Act((), self._kind(inside[-1], lower, citation, None), inside[-1].text)
            return self._listed(index, previous, True)
        found = _triggers(segment)
        coordinate = bool(_COORDINATE.match(lower)) and not turned
        if not turned and citation.type_written and _JOINED.search(segment) and not (found and coordinate):
            return self._listed(index, previous, before.actors == ())
        if not found:
            return _Act((), "cites", None) if turned else _Act((previous,), "cites", None)
        trigger = found[-1]
        kind = self._kind(trigger, segment, citation, before if coordinate else None)
        if turned or coordinate:
            return _Act((), kind, trigger.text)
        heads = self._heads(previous)
        return _Act(heads, self._title_kind(trigger, found), trigger.text)

    def _heads(self, index: int) -> tuple[int, ...]:
        """The citation and those listed right before it whose title it shares."""
        heads = [index]
        while index > 0 and self.units[index - 1] == self.units[index]:
            left, right = self.citations[index - 1], self.citations[index]
            gap = self.flat(left.tail, right.start, self.units[index].passage)
            shared = left.symbol and right.symbol and left.issuer == right.issuer
            same_act = self.acts[index - 1].actors == self.acts[index].actors
            if not (_GLUE.fullmatch(gap) and ";" not in gap and shared and same_act):
                break
            index -= 1
            heads.insert(0, index)
        return tuple(heads)

    def _listed(self, index: int, previous: int, top: bool) -> _Act:
        """A member of a list does what its neighbour does; behind a semicolon, what the list's verb says."""
        before = self.acts[previous]
        for actor in before.actors:
            kind = self.citations[index].type
            if kind == self.citations[actor].type != self.citations[previous].type:
                return self._listed(index, actor, top)
        if top and before.actors:
            return self._home_act(index, self.last_top) if self.last_top else _Act((), "cites", None)
        if before.actors:
            return _Act(before.actors, before.kind, before.trigger, True)
        return self._home_act(index, before)

    def _home_act(self, index: int, act: _Act) -> _Act:
        kind = act.kind
        if kind == "issued" and not self._ours(self.citations[index]):
            kind = "cites"
        return _Act((), kind, act.trigger, True)

    def _opening(self, index: int, lower: str, unit: Unit) -> _Act:
        citation = self.citations[index]
        if self.predicate(citation):
            return _Act((), "cites", None)
        segment, _ = _segment(lower)
        found = _triggers(segment)
        if not found and segment is not lower and _GLUE.fullmatch(segment):
            segment = lower
            found = _triggers(segment)
        if found:
            trigger = found[-1]
            if _NEGATED.search(segment[: trigger.start]) and _strongest(trigger.kinds) in ("implements", "issued"):
                return _Act((), "cites", trigger.text)
            return _Act((), self._kind(trigger, segment, citation, None), trigger.text)
        if _GLUE.fullmatch(segment):
            return self._from_lead(index, unit)
        return _Act((), "cites", None)

    def _from_lead(self, index: int, unit: Unit) -> _Act:
        """A passage that opens with a citation: the sentence that introduces its list governs it."""
        citation = self.citations[index]
        passage = self.outline.passages[unit.passage] if unit.passage >= 0 else None
        if passage is None or unit.start > passage.start:
            return _Act((), "cites", None)
        if passage.kind is PassageKind.FOOTNOTE:
            return self._from_anchor(index, passage)
        if passage.lead >= 0:
            lead = self.outline.passages[passage.lead]
            begin = max(lead.start, lead.end - 300)
            found = _triggers(self.flat(begin, lead.end, passage.lead).rstrip(" :"))
            if found:
                return self._home_act(index, _Act((), _strongest(found[-1].kinds), found[-1].text))
        above = unit.passage - 1
        if (
            self.last_top
            and self.last_top.kind == "issued"
            and index > 0
            and self._outer(self.units[index - 1].passage) == above
            and self._ours(citation)
        ):
            return self._home_act(index, self.last_top)
        return _Act((), "cites", None)

    def _from_anchor(self, index: int, note: Passage) -> _Act:
        """A footnote that lists documents: the sentence of its anchor governs them."""
        anchor = self._anchor(note)
        if anchor < 0:
            own = self.citations[index].issuer == self.header.issuer
            return _Act((), "issued" if own else "cites", None)
        where = self._outer(passage_at(self.outline.passages, anchor - 1))
        begin = max(self.outline.passages[where].start if where >= 0 else 0, anchor - 300)
        found = _triggers(self.flat(begin, anchor, where).rpartition(". ")[2])
        kind = _strongest(found[-1].kinds) if found else "cites"
        if self.citations[index].issuer == self.header.issuer:
            kind = "issued"
        return self._home_act(index, _Act((), kind, found[-1].text if found else None))

    def anchored(self, note: Passage) -> Passage:
        """The passage that a footnote belongs to; the footnote itself where its mark is not found."""
        anchor = self._anchor(note)
        where = self._outer(passage_at(self.outline.passages, anchor - 1)) if anchor > 0 else -1
        return self.outline.passages[where] if where >= 0 else note

    def _anchor(self, note: Passage) -> int:
        """Offset of the mark in the text that points to a footnote, or -1."""
        number = re.search(r"\d{1,4}", note.marker)
        if not number:
            return -1
        for offset, label in reversed(self.anchors):
            if label == number[0] and offset <= note.start:
                return offset
        marks = list(
            re.finditer(
                rf"(?<=\w)\({number[0]}\)|(?<=[^\W\d_]){number[0]}(?=[\s.,;])|\[{number[0]}\]", self.text[: note.start]
            )
        )
        return marks[-1].start() if marks else -1

    def predicate(self, citation: Citation) -> bool:
        """Whether the citation is itself the subject of its sentence: ``Nghị định … đã quy định …``."""
        tail = _BLANKS.sub(" ", self.text[citation.tail : citation.tail + 260]).lower()
        match = _PREDICATE.match(tail)
        return bool(match) and not _MAIN_CLAUSE.search(tail, 0, match.end())

    def _ours(self, citation: Citation) -> bool:
        """Whether the cited document was issued by the reporting body or in its province."""
        if citation.issuer is None or self.header.issuer is None:
            return citation.issuer is None
        if citation.issuer == self.header.issuer or citation.issuer in self.header.issuer:
            return True
        place = bodies.province_of(citation.issuer)
        return place is not None and place == self.header.province

    # -- how

    def _kind(self, trigger: _Trigger, segment: str, citation: Citation, before: _Act | None) -> str:
        kind = _strongest(trigger.kinds)
        head = segment[: trigger.start]
        if kind == "implements":
            third = _THIRD_PARTY.search(segment[: trigger.end])
            if third and not _GUIDED.search(segment[: third.start()]):
                return "cites"
            return "cites" if _NEGATED.search(head) else "implements"
        if kind == "issued":
            if _NEGATED.search(head):
                return "cites"
            return "issued" if self._ours(citation) else "cites"
        if kind in _PREPOSITIONS:
            if citation.pinpoint and kind != "annexed":
                return "based_on"
            earlier = [t for t in _triggers(head) if "implements" in t.kinds]
            if earlier and not _DENIED.search(head[: earlier[-1].end]):
                return "implements"
            if before and before.kind == "implements":
                return "implements"
            if kind == "based_on":
                return "based_on"
            granted = re.search(
                r"(?:quy định|phê duyệt|giao|ban hành|công bố|chấp thuận|thống nhất|thành lập)\s*\Z", head
            )
            return "based_on" if granted else "cites"
        if kind in _CHANGES:
            return kind
        if kind == "approves" and self._ours(citation) and "trình" in head:
            return "issued"
        return "cites"

    def _title_kind(self, trigger: _Trigger, found: list[_Trigger]) -> str:
        kind = _strongest(trigger.kinds)
        if kind in _CHANGES and trigger.passive:
            return "by-" + kind
        if kind in _PREPOSITIONS:
            earlier = found[:-1]
            change = next((t for t in reversed(earlier) if _strongest(t.kinds) in _CHANGES), None)
            if change and (change.passive or kind == "annexed"):
                return ("by-" if change.passive else "") + _strongest(change.kinds)
            if any("implements" in t.kinds for t in earlier):
                return "implements"
            return "based_on" if kind == "based_on" else "cites"
        return "cites" if kind in ("issued", "approves", "promulgates") else kind

    # -- writing down

    def _emit(self, index: int, act: _Act, unit: Unit) -> None:
        start, end = self._evidence(index, unit)

        def add(source: int | None, rel: str, target: int) -> None:
            self.relations.append(
                Relation(
                    REPORT if source is None else str(source),
                    Rel(rel),
                    str(target),
                    start,
                    end,
                    act.trigger,
                    confidence=self._confidence(act, rel),
                )
            )

        if not act.actors:
            self.last_top = act
            add(None, act.kind if act.kind in ("implements", "issued", "based_on") else "cites", index)
            if act.kind in _CHANGES and self.header.type in _NORMATIVE:
                add(None, act.kind, index)
            return
        add(None, "cites", index)
        for actor in act.actors:
            if act.kind.startswith("by-"):
                add(index, act.kind.removeprefix("by-"), self._changed(index, actor))
            else:
                add(actor, act.kind, index)

    def _changed(self, index: int, nearest: int) -> int:
        """Of the citations before it in the sentence the nearest of the same type: decrees amend decrees."""
        for k in range(index - 1, -1, -1):
            if self.units[k] != self.units[index]:
                break
            if self.citations[k].type == self.citations[index].type:
                return k
        return nearest

    def _confidence(self, act: _Act, rel: str) -> float:
        if act.trigger is None:
            return 0.7
        return 0.85 if act.inherited else 0.95 if rel in ("implements", "issued", "amends") else 0.9

    def _evidence(self, index: int, unit: Unit) -> tuple[int, int]:
        """The sentence; of a long one the semicolon item that holds the citation."""
        if unit.end - unit.start <= 700:
            return unit.start, unit.end
        citation = self.citations[index]
        low = self.text.rfind(";", unit.start, citation.start)
        high = self.text.find(";", citation.end, unit.end)
        start = unit.start if low < 0 else low + 1
        while start < citation.start and self.text[start].isspace():
            start += 1
        return start, unit.end if high < 0 else high

    def _preamble_links(self, group: list[int]) -> None:
        """``Căn cứ A và B, Sở đã ban hành C``: C is based on A and B."""
        bases = [i for i in group if not self.acts[i].actors and self.acts[i].kind == "based_on"]
        issued = [i for i in group if not self.acts[i].actors and self.acts[i].kind == "issued"]
        if not bases or not issued or fold(self.text[self.units[group[0]].start :][:7]) != "can cu ":
            return
        for source in issued:
            for target in bases:
                if target < source:
                    start, end = self._evidence(source, self.units[source])
                    self.relations.append(
                        Relation(str(source), Rel.BASED_ON, str(target), start, end, "căn cứ", confidence=0.8)
                    )

    def _amending_laws(self, group: list[int]) -> None:
        """``Luật X và Luật sửa đổi, bổ sung một số điều của Luật X``: the second amends the first."""
        for later in group:
            name = self.citations[later].name or ""
            if not fold(name).startswith(("luat sua doi", "bo luat sua doi", "phap lenh sua doi")):
                continue
            for earlier in group:
                base = self.citations[earlier].name
                if earlier < later and base and fold(base) in fold(name):
                    start, end = self._evidence(later, self.units[later])
                    self.relations.append(
                        Relation(str(later), Rel.AMENDS, str(earlier), start, end, "sửa đổi", confidence=0.9)
                    )


# ---------------------------------------------------------------- status

_BASIS_OPENING = re.compile(
    r"(?:để\s+)?(?:căn cứ|theo(?! dõi)|thực hiện|triển khai|trên cơ sở|chiếu theo|tại (?:khoản|điểm|điều))\s"
)
_GROUND_OPENING = re.compile(r"(?:căn cứ|theo(?! dõi)|trên cơ sở|chiếu theo|tại (?:khoản|điểm|điều))\s")
_SUBJECT = (
    r"(?:các |lãnh đạo |tập thể )?(?:sở|ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|cục|bộ|ban|phòng|đơn vị|cơ quan|tỉnh|"
    r"thành phố|trung tâm|chi cục|văn phòng|đảng ủy|ngành|công ty|doanh nghiệp|chính phủ|thủ tướng)(?!\w)"
)
_VERB = (
    r"(?:đã|sẽ|báo cáo|ban hành|xây dựng|tham mưu|triển khai|tổ chức|thực hiện|đề nghị|yêu cầu|trình|kính|phối hợp|tiếp tục|có(?! liên quan)|giúp|"
    r"đề ra|giao|hướng dẫn|thông báo|chỉ đạo|quyết định)(?!\w)"
)
_MAIN_CLAUSE = re.compile(
    rf"[,;]\s+{_SUBJECT}[^,;.:]{{0,60}}?\s{_VERB}|[,;]\s+(?:đã|tham mưu)\s|như sau\s*:|cụ thể như sau|\sthì\s"
)
_DONE = re.compile(r"(?<!\w)(?:đã|vừa|kết quả|trong (?:năm|quý|tháng|kỳ)|ước|lũy kế|đến nay|hiện nay)(?!\w)")
_PLANNED = re.compile(
    r"(?<!\w)(?:sẽ|trong thời gian tới|thời gian tới|đề nghị|yêu cầu|giao|tiếp tục|khẩn trương|phấn đấu|đẩy mạnh|tăng cường|cần|dự kiến)(?!\w)"
)
_ACHIEVED = re.compile(r"(?<!\w)đã\s(?:\w+\s){0,6}?(?:ban hành|tham mưu|ký|có|trình|xây dựng)(?!\w)|^ngày \d")
_BY_TYPE = {"Báo cáo": Status.DONE, "Tờ trình": Status.DONE, "Công văn": Status.OTHER}


def _statuses(reader: _Reader, group: list[int], unit: Unit) -> dict[int, Status]:
    lower = reader.flat(unit.start, unit.end, unit.passage)
    passage = reader.outline.passages[unit.passage] if unit.passage >= 0 else None
    where = reader.anchored(passage) if passage and passage.kind is PassageKind.FOOTNOTE else passage
    general = _passage_status(reader, lower, where)
    head = lower[lower.find(":") + 1 :].lstrip() if 0 <= lower.find(":") < 80 else lower
    ground = _GROUND_OPENING.match(lower) or _GROUND_OPENING.match(head)
    opening = _BASIS_OPENING.match(lower)
    preamble = passage is not None and _in_preamble(reader, passage)
    out: dict[int, Status] = {}
    for index in group:
        citation, act = reader.citations[index], reader.acts[index]
        before = reader.flat(unit.start, max(unit.start, citation.start), unit.passage)
        turned = bool(_MAIN_CLAUSE.search(before))
        status = general
        if citation.pinpoint and act.kind == "based_on" and "iều" in citation.pinpoint:
            status = Status.BASIS
        elif (ground and not turned) or (opening and preamble):
            status = Status.BASIS
        elif opening and not turned and _MAIN_CLAUSE.search(reader.flat(citation.tail, unit.end, unit.passage)):
            status = Status.BASIS
        elif reader.predicate(citation) and general is not Status.DONE:
            status = Status.OTHER
        elif _ACHIEVED.search(before.rpartition(";")[2]):
            status = Status.DONE
        out[index] = status
    return out


def _in_preamble(reader: _Reader, passage: Passage) -> bool:
    """Whether a passage stands before the first section, as the grounds of what follows."""
    if passage.kind is PassageKind.PREAMBLE:
        return True
    first = reader.outline.sections[0].start if reader.outline.sections else 0
    return passage.start < first and not passage.marker


def _passage_status(reader: _Reader, lower: str, passage: Passage | None) -> Status:
    section = passage.section if passage else -1
    told = part(reader.text, reader.outline.sections, section)
    kind = reader.header.type
    done, planned = _DONE.search(lower), _PLANNED.search(lower)
    if told == "basis":
        return Status.BASIS
    if told == "other":
        return Status.OTHER
    if told == "planned":
        return Status.PLANNED
    if told == "done":
        return Status.DONE
    if passage is not None and passage.kind is PassageKind.PREAMBLE:
        return Status.BASIS
    if kind == "Báo cáo":
        return Status.PLANNED if planned and not done and lower.startswith("tiếp tục") else Status.DONE
    if done and not planned:
        return Status.DONE
    if planned or kind in (
        "Kế hoạch",
        "Thông báo",
        "Chỉ thị",
        "Công điện",
        "Quyết định",
        "Nghị quyết",
        "Chương trình",
        "Kết luận",
    ):
        return Status.PLANNED
    return _BY_TYPE.get(kind or "", Status.OTHER)


def relate(
    text: str,
    citations: list[Citation],
    outline: Outline,
    header: Header,
    anchors: tuple[tuple[int, str], ...] = (),
) -> Reading:
    """Relations among the citations of a normalized text and from the document itself.

    ``anchors`` are the offsets and numbers of footnote marks.  A relation's ends are REPORT or
    the index of a citation, as text.
    """
    return _Reader(text, citations, outline, header, anchors).run()
