"""How a passage stands to the work it tells of: done, planned, its basis, or neither.

The sentence decides first (``Căn cứ …``, ``Thực hiện …, Sở đã …``), then the heading above
it (KẾT QUẢ, NHIỆM VỤ, HẠN CHẾ), then the type of the document.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.model import Status
from kg.ontology.wording import entries, words
from kg.relations.clauses import BASIS, GROUNDS, TITLE, asks, left_place, main_clause, main_part, sets_out
from kg.relations.reader import Reader
from kg.relations.tense import (
    appraises,
    caused,
    comes_about,
    commands,
    instructs,
    narrates,
    only_weighs,
    tells,
    tense,
    weighs,
)
from kg.structure import Passage, PassageKind
from kg.text.late import late
from kg.text.patterns import among, begun

__all__ = ["statuses"]

_DONE: Final = late(rf"{begun(words('done'))}(?!\w)")
_REPEAL: Final = re.compile(
    r"(?:điều \d+\. )?((?:\w+ ){1,3})này (?:có hiệu lực [^;.]{0,120}?(?:và|,) )?(?:thay thế|bãi bỏ|hủy bỏ)"
    rf" (?:toàn bộ )?(?:các )?(?:{words('plan_words')}(?!\w)|(?:danh mục|quy trình|phụ lục)"
    r"\s(?:(?!số|mục|phần|điều)[^;.\s]+\s)*(?:tại|theo)\s)"
)
_REPEALING_ASIDE: Final = re.compile(r"\(((?:\w+ ){1,3})này (?:thay thế|bãi bỏ|hủy bỏ)\s\Z")
_IN_FORCE: Final = re.compile(r"(?:điều \d+\. )?((?:\w+ ){1,3})này có hiệu lực [^;.]{0,120}\. (?:thay thế|bãi bỏ)")
_REQUEST: Final = re.compile(rf"(?:\d{{1,2}}\s)?(?:{words('connectives')},?\s)?{words('requests')}(?!\w)")
_AT: Final = re.compile(r"tại (?:(?:điểm|tiết|khoản|điều|mục|phần|chương|phụ lục) [\w.]+,? ){0,4}(?:của )?")
_ANNEXED: Final = re.compile(r"\([*_\s]*(?:ban hành )?kèm theo\s", re.IGNORECASE)
_BELOW: Final = 120
"""Code points behind the title of an annex within which it is said what it belongs to."""
_DECIDED: Final = late(
    r"(?:\((?P<bracket>)(?:đã )?|đ(?<!\wđ)ã )(?:được|bị)\s[^;.()]{0,80}(?:(?<!\w)(?:tại|theo)(?: các)?|\()\s?\Z"
)
_IS: Final = re.compile(r", (?:là|gồm|bao gồm)\s")
"""Behind a citation the predicate of what was decided by it: ``Các xã đã được công bố … theo X, là những nơi …``."""
_DAY: Final = 10
"""Characters of a date that gives the day."""
_SPEAKS: Final = 40
"""Characters of a quotation from which on it is another document's text, not a name in marks."""
_LAST: Final = 3000
"""Code points behind a passage within which a quotation that began in it is closed."""
_RECEIVED: Final = re.compile(
    begun(rf"(?<!\w sau khi ){words('receiving')}") + r"(?!\w)(?![^;.]*\s(?:vướng mắc|khó khăn|phản ánh)\s)"
)
_COMPLAINED: Final = late(rf"{begun(words('complaining'))}(?!\w)[^;.]*\s(?:đối với|về)\s[^;.]*\Z")
"""``… nhận được đơn của ông A khiếu nại đối với Quyết định X``: X is what the matter is about."""
_AGREED: Final = late(
    rf"{begun(words('agreeing'))} (?:về nguyên tắc )?(?:với|theo) (?:các |nội dung )*{words('said')}(?!\w)"
    r"[^;.]*\s(?:tại|trong)(?: các)?\s(?:[^;.]* và )?\Z"
)
"""``Sở đồng ý với đề nghị của Công ty tại Văn bản …``: what is answered is the ground of the answer."""
_SUMS_UP: Final = late(r"[\W\d]*(?:[a-z]\W+)?(?:sơ kết|tổng kết)(?!\w)", re.IGNORECASE)
_NOT_YET: Final = late(rf"(?:(?:{words('until_now')}|hiện(?: nay)?),?\s)?(?:vẫn )?chưa\s(?!kể |tính |bao gồm )")
"""``Chưa có hướng dẫn thực hiện A``: among results, a state."""
_STILL: Final = late(rf"(?:{words('until_now')}|hiện nay),?\s[^;:]{{1,160}}?\s(?:chưa|vẫn còn)\s")
"""``Đến nay, Sở A chưa báo cáo …``: a state among orders."""
_SINCE: Final = late(rf"{begun(words('since'))}(?!\w)")
_REPLY: Final = re.compile(r"(?:trả lời|phúc đáp|tiếp theo)\s")
_ANNOUNCED: Final = re.compile(r"có ý kiến(?: chỉ đạo)? như sau\s?:\Z")
_EXAMINED: Final = re.compile(rf"{words('examined')},?\s")
_SHOWN: Final = re.compile(rf"{words('examined')}\s|căn cứ")
_LEGAL: Final = re.compile(
    r"(?:(?:tài liệu|hồ sơ|văn bản) làm căn cứ|(?:các )?(?:căn cứ|cơ sở) (?:pháp lý|pháp luật|ban hành|thực hiện))"
)
_FOLLOWS: Final = re.compile(r"(?:\A|[,;]\s)tiếp theo\s[^.;]{0,300}\Z")
_TOLD: Final = re.compile(r"trên cơ sở\s")
_BY_MANDATE: Final = late(
    rf"căn cứ (?:theo |vào )?(?:các )?{words('mandates')}[^;:]*?"
    rf"\s(?<!ban )(?<!được )(?:có trách nhiệm|{words('imperatives')})(?!\w)"
)
_LAID: Final = ("được quy định", "được hướng dẫn")
_LAID_DOWN: Final = late(
    rf"(?!{words('grounds')}\s)(?:[^,;.:]{{1,160}}?\s)?(?:đã |hiện |hiện nay )?(?:{'|'.join(_LAID)})"
    rf"(?: \w+){{0,4}}? (?:tại|trong)(?: các)?\s(?:\Z|{words('plan_words')}(?!\w))"
)
"""``Việc quản lý văn bản được quy định tại Nghị định …`` gives the law."""
_TOLD_THEN: Final = re.compile(
    r"căn cứ (?:dự toán|nhu cầu|tình hình|điều kiện|kế hoạch|chức năng)[^;]*?, (?:chủ trì|thực hiện|tổ chức)\s"
)
"""``Sở Tài chính: Căn cứ dự toán được lập, thực hiện thẩm định …``: an order to whom the label names."""
_CELL: Final = late(rf"[\s*-]*(?:(?:{words('plan_words')}|luật|bộ luật|pháp lệnh)\s|\Z)")
"""A cell of a decision's table that begins with a document names the grounds of its entry."""
_TEAM: Final = re.compile(
    begun(rf"(?<!vai trò\s){words('teams').lower()}") + r"(?:\s[^\s,;.:()]+){0,6}?\s(?:được thành lập )?theo\s\Z"
)
_CHANGED: Final = late(rf"{words('changing')}\s(?:(?!(?<!\w)(?:theo|tại)\s)[^,;:])*,?\s?\Z")
_ANSWERED: Final = late(r"\|\W*(?:(?:đã )?hoàn thành|đang (?:thực hiện|triển khai))\W*(?=\||\Z)", re.IGNORECASE)
"""A cell that tells how far the work of its row has come; ``Đang thực hiện`` is work, too."""
_ORDERED: Final = late(
    rf"(?:[^,;.:]{{1,160}},\s){{0,4}}?{words('subjects')}(?!\w)[^,;.:]{{0,60}}?"
    rf"\sđã\s(?:có (?:văn bản|công văn) )?{words('orders')}(?!\w)"
)
_TROUBLE: Final = re.compile(rf"(?<!\w){words('troubles')}(?!\w)", re.IGNORECASE)
_MERIT: Final = re.compile(r"(?<!\w)(?:thuận lợi|ưu điểm|kết quả|mặt được)(?!\w)", re.IGNORECASE)
_RESTATED: Final = late(
    rf"{begun('ban hành')} (?:kế hoạch|chương trình)(?: hành động)?(?: tổ chức)?(?: {words('carrying')}){{1,2}}(?!\w)"
)
"""``UBND tỉnh ban hành Kế hoạch thực hiện Luật … như sau:`` gives the title once more."""
_ONGOING: Final = late(rf"{words('subjects')}(?!\w)[^,;.:]{{0,60}}?\sđang\s")
_CLAUSE_MARK: Final = re.compile(r"[(;]|, (?=sở|ubnd|ủy ban|bộ|cục)")
_AFTER: Final = re.compile(r"(?:ngay )?sau khi ")
_BY_RULE: Final = re.compile(
    r"t(?<!\wt)heo (?:đúng )?(?:các )?(?:quy định )?(?:tại )?(?:(?:điểm|khoản|điều)\s[^;.()]{0,60})?\Z"
)
_OCCASION: Final = late(
    rf"(?:ngày \d[^,;.]{{0,30}},?\s)?{words('principals')}[^,;.]{{0,60}}?\s(?:đã\s)?"
    rf"(?:(?:ký\s)?ban hành\s|(?<!đã )có {words('letters')}\s)"
)
_ACHIEVED: Final = re.compile(begun(rf"đã\s(?:\w+\s){{0,6}}?{words('achieved')}(?!\w)|nhận được(?!\w)|(?<=\A)ngày \d"))


def statuses(reader: Reader, group: list[int]) -> tuple[Status, dict[int, Status]]:
    """Status of the work that one sentence tells of, and of each of its citations; ``reader`` has read it."""
    sentence = _Sentence(reader, group)
    out: dict[int, Status] = {}
    for index in group:
        hosts = reader.acts[index].actors
        known = (out.get(k, reader.told.get(k)) for k in hosts if k in out or k in reader.told)
        told = next(known, None) if hosts else None
        # What stands in the title of another document shares its status.
        ruled = told in (Status.DONE, Status.PLANNED) and sentence.ruled(index)
        out[index] = sentence.noted or (Status.BASIS if ruled else told) or sentence.of(index)
    return sentence.general, out


class _Sentence:
    """One sentence with what its own words, its heading, its list and its footnote mark tell."""

    def __init__(self, reader: Reader, group: list[int]) -> None:
        self.reader, self.unit = reader, reader.units[group[0]]
        page, kind = reader.page, reader.kind
        self.passage = passage = page.passage(self.unit.passage)
        self.lower = lower = page.flat(self.unit.start, self.unit.end, self.unit.passage)
        mark = page.anchor(passage) if passage and passage.kind is PassageKind.FOOTNOTE else -1
        self.host = host = page.anchored(passage) if passage and mark > 0 else passage
        self.headed = _of_heading(reader, host)
        # "Đề nghị đơn vị … . Đồng thời chấp hành …": the request goes on.
        asked = page.sentence(self.unit.start - 2) if lower.startswith("đồng thời") and self.unit.start > 1 else lower
        if _REQUEST.match(asked) and not (self.headed is Status.DONE and kind == "Báo cáo"):
            self.headed = Status.PLANNED
        if self.headed is Status.PLANNED and "đã" in lower and _ORDERED.match(lower):
            self.headed = Status.DONE
        if passage and passage.kind is PassageKind.ROW and _ANSWERED.search(page.text, passage.start, passage.end):
            self.headed = Status.DONE
        if self.headed is Status.OTHER and narrates(lower) and not (self.troubled or weighs(lower)):
            self.headed = Status.DONE
        if self.headed is Status.PLANNED and lower.startswith("việc ") and only_weighs(lower):
            self.headed = Status.OTHER  # under "Kiến nghị": what is wrong, before what is asked for
        short = lower.startswith(("việc ", "công tác ")) and only_weighs(lower)
        if self.headed is Status.DONE and (short or appraises(lower) or _NOT_YET.match(lower)):
            self.headed = Status.OTHER
        if self.headed is Status.DONE and lower.startswith(("trong thời gian tới", "thời gian tới")):
            self.headed = Status.PLANNED
        # "Ngày …, Chính phủ ban hành Nghị định …" opens a letter: what gave rise to it.
        unmarked = passage is not None and not passage.marker
        opening = kind in entries("occasioned_types") and unmarked and self.unit.start < reader.body
        self.occasion = (opening or lower.startswith("ngày")) and bool(
            _OCCASION.match(lower) or (opening and _OCCASION.match(main_part(lower)))
        )
        self.kind = kind
        self.orders = kind in entries("ordering_types") or reader.changing
        self.proposing = kind in entries("proposing_types")
        prefaced = self.headed is Status.BASIS and passage is not None and passage.kind is PassageKind.PREAMBLE
        based = bool(BASIS.match(lower))  # so are grounds, and what was examined
        grounds = based and bool(GROUNDS.match(lower))
        self.examined = based and bool(_EXAMINED.match(lower))
        rests = based and not (self.proposing or self.examined)
        if prefaced and not reader.changing and not rests and main_clause(lower):
            self.headed = None
        told = _of_itself(reader, lower, host) or self.headed
        self.general: Status = told or _of_sentence(reader, page.sentence(mark - 1) if mark > 0 else lower, host)
        if self.general is Status.OTHER and not told and mark < 0 and self._goes_on():
            self.general = Status.PLANNED
        colon = lower.find(":")
        head = lower[colon + 1 :].lstrip() if 0 <= colon < 80 else lower.lstrip("(")
        behind = head != lower and bool(BASIS.match(head))
        self.grounds = grounds or (behind and bool(GROUNDS.match(head))) or self._under_grounds()
        self.opening = based or behind
        if lower.startswith(("để ", "nhằm ")) and self.unit.start >= reader.body:
            self.opening = False  # in the body a purpose goes with the work that it is told of
        self.preamble = passage is not None and _preamble(reader, passage)
        # "Thực hiện Công văn số …;" before the letter says anything
        ends = ";,." if grounds or _REPLY.match(lower) else ";,"
        above = unmarked and self.unit.start < reader.body
        self.alone = above and lower[-1:] in ends
        # "Về việc triển khai Kế hoạch …" above the letter, the headline of a notice
        self.restating = lower.endswith(":") and bool(_RESTATED.search(lower))
        above = above or (passage is not None and passage.kind is PassageKind.HEADING and not passage.marker)
        self.entitling = above and lower[-1:] not in ";,.:" and tense(lower) is None
        # "Về kết luận tại …, Phó Thủ tướng có ý kiến như sau:": what an opinion is about is its ground.
        self.announced = self.proposing and bool(_ANNOUNCED.search(lower))
        # "Trên cơ sở ý kiến của Sở tại …, UBND tỉnh đã …" tells what happened.
        self.telling = bool(_TOLD.match(lower)) and Status.DONE in (self.general, tense(main_part(lower)))
        # A letter or a proposal that begins with a document speaks of that document.
        self.topical = unmarked and self.headed is None and self.proposing
        self.after = self.headed is None and bool(_AFTER.match(lower))
        first = reader.citations[group[0]].start == self.unit.start
        self.group = group
        # The annex of a decision names the grounds of each of its entries without a word.
        self.entered = bool(kind == "Quyết định" and first and passage and passage.start > reader.signed)
        self.celled = kind == "Quyết định" and passage is not None and passage.kind is PassageKind.ROW
        self.decided: set[int] = set()
        complained = kind in entries("answers") and among(entries("complaining"), lower)
        self.complained = complained and bool(_RECEIVED.search(lower))
        titles = mark > 0 and bool(TITLE.match(lower))
        self.noted = reader.noted(self.unit, mark, titles) if titles or (mark > 0 and first) else None

    def _goes_on(self) -> bool:
        """Whether a sentence that tells nothing stands behind one that asks, in the same passage of a letter."""
        passage, start = self.passage, self.unit.start
        if passage is None or start <= passage.start or self.kind not in entries("proposing_types"):
            return False
        if tense(self.lower) is not None or weighs(self.lower) or _AFTER.match(self.lower):
            return False
        above = self.reader.page.sentence(start - 2)
        return above != self.lower and (tense(main_part(above)) is Status.PLANNED or tells(above))

    @property
    def troubled(self) -> bool:
        """Whether headings say that what is told is a shortcoming."""
        titles = self.reader.page.outline.titles(self.host.section if self.host else -1)
        return any(map(_of_trouble, titles))

    @property
    def annexed(self) -> bool:
        """Whether the sentence is the title of what a decision carries with it."""
        return self.passage is not None and _heads_annex(self.reader, self.passage)

    @property
    def charging(self) -> bool:
        """Whether the sentence tells what its first citation charges whom with."""
        return not self.reader.changing and self.reader.charging(self.group)

    def _under_grounds(self) -> bool:
        """Whether the sentence opens an item of a list of grounds: ``Căn cứ pháp lý: - Luật …``."""
        if not self.passage or self.unit.start > self.passage.start:
            return False
        if not (lead := self.reader.page.passage(self.passage.lead)):
            return False
        words = self.reader.page.flat(lead.start, min(lead.end, lead.start + 300), self.passage.lead)
        if _LEGAL.match(words):
            return True
        return bool(_SHOWN.match(words)) and words.endswith(":") and not main_clause(words)

    def of(self, index: int) -> Status:
        """Status of one citation of the sentence."""
        if self.entered:
            return Status.BASIS
        reader, act = self.reader, self.reader.acts[index].kind
        before = reader.before(index)
        if self.complained and _COMPLAINED.search(before):
            return Status.OTHER
        if self.celled and _CELL.match(before.rpartition("|")[2]):
            return Status.BASIS
        if before.endswith((" thay thế ", " bỏ ")) and (aside := _REPEALING_ASIDE.search(before)):
            return _by_type(aside[1], reader)
        column = reader.column(index)
        if column is Status.BASIS:
            return Status.BASIS
        given = self._given(index, before, act)
        if self._stated(index, before, act) or (given and not self.telling):
            return Status.BASIS
        if given:
            return Status.DONE
        if column is not None and not narrates(_CLAUSE_MARK.split(before)[-1].lstrip()):
            return column
        if "kết quả" in before and self.annexed:
            return Status.DONE
        if (self.occasion and act != "issued") or (
            act in ("implements", "based_on") and (self.entitling or self.annexed)
        ):
            return Status.BASIS
        if self.restating and act == "implements" and _RESTATED.search(before):
            return Status.BASIS
        done = self.general is Status.DONE and tense(self.lower) is not None
        if act == "issued" and not self.after and self._signed(index, before):
            return Status.DONE
        charging = self.charging
        if charging and self.unit.start < reader.body:
            return Status.BASIS
        subject = not done and not reader.changing and reader.subject(index)
        subject = subject or (charging and "giao" not in before)
        if (subject and not _AFTER.match(self.lower)) or (self.topical and not before):
            return Status.OTHER
        # HIỆN TRẠNG: "… chưa đồng bộ (Sở Công Thương đang rà soát theo …)"
        clause = _CLAUSE_MARK.split(before)[-1].lstrip() if self.headed is Status.OTHER and not self.troubled else ""
        if clause and (narrates(clause) or _ONGOING.match(clause)):
            return Status.DONE
        if len(before) < caused(self.lower) and self.proposing:
            return Status.OTHER  # "Do các tỉnh phải đối chiếu với X …, nên …": why it took so long
        after = self.after and not main_clause(before)
        if after and self.proposing and self.general is Status.DONE:
            return Status.OTHER  # "Sau khi Thủ tướng ban hành Chỉ thị X, Bộ đã …": X led to what was done
        deed = (act == "issued" or self.headed is not Status.OTHER) and not (after or reader.changing)
        ordered = self.general is Status.PLANNED and commands(self.lower)
        if deed and not ordered and _achieved(act, self.general, before):
            return Status.DONE
        if self.orders and act != "implements" and self._decided(index, before):
            return Status.DONE
        # A council before it decides: "Công tác quản lý có tiến bộ; các cơ quan đã bám sát Luật …"
        if self.orders and self.headed is None and ";" in before and narrates(before.rpartition(";")[2].lstrip()):
            return Status.DONE
        open_ = self.headed is None and self.general in (Status.DONE, Status.OTHER)
        return self._of_clause(before) if open_ and ";" in before else self.general

    def _signed(self, index: int, before: str) -> bool:
        """Whether a document is told to have been issued: it has its number and its day, and nobody is asked for it."""
        citation = self.reader.citations[index]
        dated = len(citation.date or "") == _DAY and citation.number is not None and not self.reader.changing
        return dated and tense(before.rpartition(";")[2]) is not Status.PLANNED

    def _decided(self, index: int, before: str) -> bool:
        """Whether a plan tells of what has been decided by the document, or by the one that it is listed beside."""
        beside = self.reader.acts[index].inherited and index - 1 in self.decided
        if beside or (_come_about(before) and not _IS.search(self._behind(index))):
            self.decided.add(index)
        return index in self.decided

    def _behind(self, index: int) -> str:
        return self.reader.page.flat(self.reader.citations[index].tail, self.unit.end, self.unit.passage)

    def ruled(self, index: int) -> bool:
        """Whether the citation is a provision by which something is done: ``theo quy định tại khoản 2 Điều 30 …``."""
        placed = "iều" in (self.reader.citations[index].pinpoint or "")
        return placed and bool(_BY_RULE.search(self.reader.before(index)))

    def _of_clause(self, before: str) -> Status:
        """``Sở đã rà soát A; đề nghị Bộ sửa đổi B; Bộ chưa ban hành C``: B is asked for, C is weighed."""
        end = self.lower.find(";", len(before))
        if not before[before.rfind(";") + 1 :].strip():
            return self.general  # the next member of a list, whatever its title says
        clause = self.lower[before.rfind(";") + 1 : end if end >= 0 else len(self.lower)].lstrip()
        if tense(clause) is Status.PLANNED or ((self.proposing or not self.kind) and tells(clause)):
            return Status.PLANNED
        return Status.OTHER if only_weighs(clause) else self.general

    def _stated(self, index: int, before: str, act: str) -> bool:
        """Whether the citation gives a rule, wherever it stands: a provision by its article, a quotation."""
        reader, citation = self.reader, self.reader.citations[index]
        if reader.changing and citation.start < reader.body:
            return True
        if before[-5:-1].lower() == "theo" and _TEAM.search(before):
            return True  # the decision by which a team acts is its mandate, whatever is told of the team
        placed = "iều" in (citation.pinpoint or "") and act != "issued"
        if (placed and not _changed(before)) or _AT.fullmatch(before):
            return True
        answers = reader.header.type in entries("answers")
        if answers and (_RECEIVED.search(before) or _AGREED.search(before)):
            return True
        laid = _LAID_DOWN.match(before) if among(_LAID, before) else None
        if laid and tense(laid[0]) is None:
            return True
        return reader.quoted(index) or (_quoted(before) and _closes(reader, citation.end, self.passage))

    def _given(self, index: int, before: str, act: str) -> bool:
        """Whether the citation stands in the grounds with which the sentence opens."""
        opens = self.opening or self.announced or (self.preamble and self.lower.endswith(":"))
        if not (opens or self.grounds or ("tiếp theo" in before and _FOLLOWS.search(before))):
            return False
        if left_place(before):
            return False
        turned = main_clause(before) or bool(_BY_MANDATE.match(before) or (self.orders and _TOLD_THEN.search(before)))
        if self.opening and self.preamble and act != "issued" and not (turned and (self.proposing or self.examined)):
            return True
        if turned:
            return False
        behind = self._behind(index)
        return not opens or self.grounds or (self.opening and self.alone) or main_clause(behind)


def _changed(before: str) -> bool:
    """Whether the words before a citation say that it is changed: ``… sửa đổi khoản 2 Điều 5``."""
    # No mark stands between the verb and the citation but one right before it.
    mark = max(before.rfind(mark, 0, -2) for mark in ",;:")
    return _CHANGED.search(before, mark + 1) is not None


def _heads_annex(reader: Reader, passage: Passage) -> bool:
    """Whether a passage is the title of what a decision carries with it: ``(Ban hành kèm theo …)`` stands below."""
    text = reader.page.text
    labelled = passage.marker.lower().startswith("phụ lục") if passage.marker else False
    if not labelled and (passage.marker or passage.kind not in (PassageKind.PARAGRAPH, PassageKind.HEADING)):
        return False
    below = text.find("(", passage.start, passage.end + _BELOW)
    return below >= 0 and _ANNEXED.match(text, below) is not None


def _of_itself(reader: Reader, lower: str, passage: Passage | None) -> Status | None:
    """``Kế hoạch này thay thế …`` speaks of the document itself, ``Nghị quyết này …`` in a proposal of one to come."""
    found = _REPEAL.match(lower) if "này" in lower else None
    lead = reader.page.passage(passage.lead) if passage and not found else None
    if passage and lead and "này" in reader.page.text[lead.start : lead.start + 80].lower():
        found = _REPEAL.match(reader.page.flat(lead.start, min(lead.end, lead.start + 80), passage.lead))
    if not found and passage and lower.startswith(("thay thế ", "bãi bỏ ")):
        # "Quyết định này có hiệu lực kể từ ngày ký. Thay thế Quyết định số …"
        found = _IN_FORCE.match(reader.page.flat(passage.start, min(passage.end, passage.start + 200), -1))
    return _by_type(found[1], reader) if found else None


def _by_type(named: str, reader: Reader) -> Status:
    """What is told of ``named`` này: of the document itself nothing to do, of another one the work to come."""
    return Status.OTHER if named.strip() == (reader.header.type or "").lower() else Status.PLANNED


def _achieved(act: str, general: Status, before: str) -> bool:
    """Whether a deed is told, whatever the heading says: a document issued, a letter received."""
    if act == "issued" and general in (Status.OTHER, Status.BASIS):
        return True
    told = before.rpartition(";")[2]
    # The pattern is slow, and a sentence may cite very often.
    return ("đã" in told or "được" in told or told.startswith("ngày")) and bool(_ACHIEVED.search(told))


def _come_about(before: str) -> bool:
    """Whether the words before a citation tell, in a plan, of what has been decided: ``(đã được phê duyệt tại``."""
    if "được " not in before and "bị " not in before:
        return False
    found = _DECIDED.search(before)
    if not found or found["bracket"] is not None:
        return found is not None
    clause = before[max(before.rfind(mark, 0, found.start()) for mark in ";:(") + 1 : found.start()].lstrip()
    return not (commands(clause) or _REQUEST.match(clause) or tense(clause) is Status.PLANNED)


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
    outline, section = reader.page.outline, passage.section if passage else -1
    told = outline.part(section)
    if told == Status.DONE and reader.kind in entries("ordering_types"):
        # "3. Sơ kết, tổng kết" in a plan is work to come.
        title = next(iter(outline.titles(section)), "")
        return Status.PLANNED if _SUMS_UP.match(title) else Status.DONE
    if told is not None:
        return Status(told)
    return Status.BASIS if passage is not None and passage.kind is PassageKind.PREAMBLE else None


@lru_cache(maxsize=4096)  # the same few headings, for each sentence below them
def _of_trouble(title: str) -> bool:
    return bool(_TROUBLE.search(title)) and not _MERIT.search(title)


def _of_sentence(reader: Reader, lower: str, passage: Passage | None) -> Status:
    """What the words of a sentence, the words that introduce its list and the type of the document tell."""
    kind = reader.kind
    if reader.changing:
        return Status.PLANNED
    lead = reader.page.passage(passage.lead) if passage else None
    words_of_lead = reader.page.flat(lead.start, lead.end, passage.lead) if passage and lead else ""
    if kind == "Báo cáo":
        if (lower.startswith("tiếp tục") or sets_out(words_of_lead)) and not _DONE.search(lower):
            return Status.PLANNED
        return Status.OTHER if appraises(lower) else Status.DONE
    if passage and passage.start < reader.orders:
        return Status.DONE if _ACHIEVED.search(lower) else Status.OTHER
    if appraises(lower):
        return Status.OTHER
    if asks(words_of_lead):
        return Status.PLANNED
    main = main_part(lower)
    if kind in entries("ordering_types"):
        # "Đánh giá kết quả thực hiện …" is an order here; only a body with "đã" tells of a deed.
        if _STILL.match(main):
            return Status.OTHER
        return Status.DONE if narrates(main) else Status.PLANNED
    if passage and 0 < reader.orders < passage.start and kind in entries("proposing_types") and instructs(main):
        return Status.PLANNED
    told = Status.PLANNED if commands(main) and (not kind or kind in entries("proposing_types")) else tense(main)
    if _AFTER.match(main) and told is not Status.PLANNED and not narrates(main):
        return Status.OTHER  # "Sau khi Thủ tướng ban hành Chỉ thị …, tình hình …": what led to the letter
    return told or _untold(kind, main)


def _untold(kind: str, lower: str) -> Status:
    """Status of a sentence of a letter or a proposal in which nothing is said to be done or asked."""
    if tells(lower):
        return Status.PLANNED
    if only_weighs(lower):
        return Status.OTHER
    if comes_about(lower) or _SINCE.search(lower):
        return Status.DONE
    return Status.DONE if kind == "Tờ trình" and " được " in lower else Status.OTHER
