"""Rules by which a citation is the basis of what is told, or tells a rule: status ``basis``."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Status
from kg.ontology.wording import entries, stems, words
from kg.relations.clauses import left_place, main_clause
from kg.relations.status.cited import Cited, Told
from kg.relations.status.opening import RESTATED
from kg.relations.status.sentence import BASIS, DONE, PLANNED, Sentence
from kg.relations.tense import tense
from kg.structure import Passage, PassageKind
from kg.text.late import late
from kg.text.patterns import among, begun

__all__ = [
    "RECEIVED",
    "ahead_of_change",
    "answered",
    "charged_ahead",
    "cited_by_title",
    "entered_in_annex",
    "in_cell",
    "in_grounds",
    "in_grounds_column",
    "in_quotation",
    "in_title",
    "laid_down",
    "mandate",
    "occasion",
    "provision",
    "restated",
    "result_in_annex",
]

_AT: Final = re.compile(r"tại (?:(?:điểm|tiết|khoản|điều|mục|phần|chương|phụ lục) [\w.]+,? ){0,4}(?:của )?")
_ANNEXED: Final = re.compile(r"\([*_\s]*(?:ban hành )?kèm theo\s", re.IGNORECASE)
_BELOW: Final = 120
"""Code points behind the title of an annex within which it is said what it belongs to."""
_SPEAKS: Final = 40
"""Characters of a quotation from which on it is another document's text, not a name in marks."""
_LAST: Final = 3000
"""Code points behind a passage within which a quotation that began in it is closed."""
RECEIVED: Final = re.compile(
    begun(rf"(?<!\w sau khi ){words('receiving')}") + r"(?!\w)(?![^;.]*\s(?:vướng mắc|khó khăn|phản ánh)\s)"
)
"""Somebody has received the document that follows."""
_AGREED: Final = late(
    rf"{begun(words('agreeing'))} (?:về nguyên tắc )?(?:với|theo) (?:các |nội dung |hồ sơ )*{words('said')}(?!\w)"
    r"[^;.]*\s(?:tại|trong)(?: các)?\s(?:[^;.]* và )?\Z"
)
"""``Sở đồng ý với đề nghị của Công ty tại Văn bản …``: what is answered is the ground of the answer."""
_FOLLOWS: Final = re.compile(r"(?:\A|[,;]\s)tiếp theo\s[^.;]{0,300}\Z")
_BY_MANDATE: Final = late(
    rf"(?:căn cứ (?:theo |vào )?|theo )(?:các |đúng )?{words('mandates')}[^;:]*?"
    rf"\s(?<!ban )(?<!được )(?:có trách nhiệm|{words('imperatives')})(?!\w)"
)
_LAID: Final = ("được quy định", "được hướng dẫn")
_LAID_DOWN: Final = late(
    rf"(?!{words('grounds')}\s)(?:[^,;.:]{{1,160}}?\s)?(?:đã |hiện |hiện nay )?(?:{'|'.join(_LAID)})"
    rf"(?: \w+){{0,4}}? (?:tại|trong)(?: các)?\s(?:\Z|(?:{words('plan_words')}|{words('letters')})(?!\w))"
)
_TOLD_THEN: Final = re.compile(
    r"căn cứ (?:vào )?(?:dự toán|nhu cầu|tình hình|điều kiện|kế hoạch|chức năng|khả năng|nguồn)"
    r"[^;]*?, (?:chủ trì|thực hiện|tổ chức|phối hợp|tham mưu|bố trí|xây dựng|lập)\s"
)
"""``Sở Tài chính: Căn cứ dự toán được lập, thực hiện thẩm định …``: an order to whom the label names."""
_CELL: Final = late(rf"[\s*-]*(?:(?:{words('plan_words')}|luật|bộ luật|pháp lệnh)\s|\Z)")
_TEAM: Final = re.compile(
    begun(rf"(?<!vai trò\s){words('teams').lower()}") + r"(?:\s[^\s,;.:()]+){0,6}?\s(?:được thành lập )?theo\s\Z"
)
_CHANGES: Final = stems("changing")
_CHANGED: Final = late(rf"{words('changing')}\s(?:(?!(?<!\w)(?:theo|tại)\s)[^,;:])*,?\s?\Z")
_BY_RULE: Final = re.compile(
    r"t(?<!\wt)heo (?:đúng )?(?:các )?(?:quy định )?(?:tại )?(?:(?:điểm|khoản|điều)\s[^;.()]{0,60})?\Z"
)


def in_title(told: Told, cited: Cited) -> Status | None:
    """What stands in the title of another document shares its status, but a provision by which something is done."""
    actors = cited.act.actors
    if not actors:
        return None
    status = next((s for s in map(told.statuses.get, actors) if s is not None), None)
    if status not in (DONE, PLANNED):
        return status
    placed = "iều" in (told.sentence.scene.citations[cited.index].pinpoint or "")
    return BASIS if placed and _BY_RULE.search(cited.before) else status


def entered_in_annex(told: Told, cited: Cited) -> Status | None:
    """The annex of a decision names the grounds of each of its entries without a word."""
    sentence = told.sentence
    scene, passage = sentence.scene, sentence.passage
    if sentence.kind != "Quyết định" or passage is None or passage.start <= scene.document.signed:
        return None
    return BASIS if scene.citations[sentence.group[0]].start == sentence.unit.start else None


def in_cell(told: Told, cited: Cited) -> Status | None:
    """A cell of a decision's table that begins with a document names the grounds of its entry."""
    sentence = told.sentence
    if sentence.kind != "Quyết định" or sentence.passage is None or sentence.passage.kind is not PassageKind.ROW:
        return None
    return BASIS if _CELL.match(cited.before.rpartition("|")[2]) else None


def in_grounds_column(told: Told, cited: Cited) -> Status | None:
    """``Căn cứ pháp lý`` heads the column."""
    return BASIS if cited.column is BASIS else None


def ahead_of_change(told: Told, cited: Cited) -> Status | None:
    """What a document that changes others cites before its body."""
    scene = told.sentence.scene
    return BASIS if scene.changing and scene.citations[cited.index].start < scene.document.body else None


def mandate(told: Told, cited: Cited) -> Status | None:
    """``Đoàn kiểm tra theo Quyết định X``: the decision by which a team acts, whatever is told of the team."""
    return BASIS if cited.before[-5:-1].lower() == "theo" and _TEAM.search(cited.before) else None


def provision(told: Told, cited: Cited) -> Status | None:
    """``Điều 5 của X``, but not where it is changed, and what a sentence opens with: ``Tại khoản 1 Điều 5 của X``."""
    placed = "iều" in (told.sentence.scene.citations[cited.index].pinpoint or "") and cited.act.kind != "issued"
    return BASIS if (placed and not _changed(cited.before)) or _AT.fullmatch(cited.before) else None


def _changed(before: str) -> bool:
    """Whether the words before a citation say that it is changed: ``… sửa đổi khoản 2 Điều 5``."""
    if not among(_CHANGES, before):
        return False
    # No mark stands between the verb and the citation but one right before it.
    mark = max(before.rfind(mark, 0, -2) for mark in ",;:")
    return _CHANGED.search(before, mark + 1) is not None


def answered(told: Told, cited: Cited) -> Status | None:
    """What a letter has received, or agrees with, is the ground of the answer."""
    if told.sentence.scene.header.type not in entries("answers"):
        return None
    return BASIS if RECEIVED.search(cited.before) or _AGREED.search(cited.before) else None


def laid_down(told: Told, cited: Cited) -> Status | None:
    """``Việc quản lý văn bản được quy định tại Nghị định …`` gives the law."""
    laid = _LAID_DOWN.match(cited.before) if among(_LAID, cited.before) else None
    return BASIS if laid and tense(laid[0]) is None else None


def in_quotation(told: Told, cited: Cited) -> Status | None:
    """What a quotation says, wherever it stands."""
    scene, before = told.sentence.scene, cited.before
    open_ = _quoted(before) and _closes(told.sentence, scene.citations[cited.index].end)
    return BASIS if open_ or scene.quoted(cited.index) else None


def _quoted(before: str) -> bool:
    """Whether the words before a citation open a quotation that is still going on: another document speaks."""
    opened = before.rfind("“")
    return opened > before.rfind("”") and len(before) - opened > _SPEAKS


def _closes(sentence: Sentence, offset: int) -> bool:
    """Whether a quotation is closed behind ``offset``; one that never is was opened by mistake."""
    passage = sentence.passage
    return passage is None or sentence.scene.page.text.find("”", offset, passage.end + _LAST) >= 0


def in_grounds(told: Told, cited: Cited) -> Status | None:
    """``Căn cứ A, Sở …``, ``Trên cơ sở ý kiến tại A, UBND tỉnh đã …``: the grounds that the sentence opens with."""
    return BASIS if _stands_in_grounds(told, cited) else None


def _stands_in_grounds(told: Told, cited: Cited) -> bool:
    sentence, opening, before = told.sentence, told.opening, cited.before
    opens = opening.rests or opening.announces or (opening.preamble and sentence.lower.endswith(":"))
    if not (opens or opening.grounds or ("tiếp theo" in before and _FOLLOWS.search(before))):
        return False
    if left_place(before):
        return False
    turned = _turned(sentence, before)
    if opening.rests and opening.preamble and cited.act.kind != "issued":
        return not (turned and (sentence.proposing or opening.examined))
    if turned:
        return False
    behind = sentence.scene.rest(cited.index)
    return not opens or opening.grounds or (opening.rests and opening.alone) or main_clause(behind)


def _turned(sentence: Sentence, before: str) -> bool:
    """Whether the sentence has come to its main clause, or to what is ordered."""
    if main_clause(before) or _BY_MANDATE.match(before):
        return True
    return sentence.orders and _TOLD_THEN.search(before) is not None


def result_in_annex(told: Told, cited: Cited) -> Status | None:
    """``Kết quả thực hiện Nghị quyết X`` as the title of an annex: X has been carried out."""
    return DONE if "kết quả" in cited.before and _annexed(told.sentence) else None


def occasion(told: Told, cited: Cited) -> Status | None:
    """``Ngày …, Chính phủ ban hành Nghị định …`` gave rise to the letter; what the body itself issued did not."""
    return BASIS if told.opening.occasion and cited.act.kind != "issued" else None


def cited_by_title(told: Told, cited: Cited) -> Status | None:
    """In a headline, or in the title of an annex, what is carried out is what the work rests on.

    A letter rests on whatever its headline names: ``V/v phúc đáp đề nghị tại Tờ trình …``.
    """
    if cited.act.kind not in ("implements", "based_on"):
        return BASIS if told.opening.entitles and told.sentence.kind in entries("answers") else None
    return BASIS if told.opening.entitles or _annexed(told.sentence) else None


def _annexed(sentence: Sentence) -> bool:
    """Whether the sentence is the title of what a decision carries with it: ``(Ban hành kèm theo …)`` stands below."""
    return sentence.passage is not None and _heads_annex(sentence.scene.page.text, sentence.passage)


def _heads_annex(text: str, passage: Passage) -> bool:
    labelled = passage.marker.lower().startswith("phụ lục") if passage.marker else False
    if not labelled and (passage.marker or passage.kind not in (PassageKind.PARAGRAPH, PassageKind.HEADING)):
        return False
    below = text.find("(", passage.start, passage.end + _BELOW)
    return below >= 0 and _ANNEXED.match(text, below) is not None


def restated(told: Told, cited: Cited) -> Status | None:
    """``UBND tỉnh ban hành Kế hoạch thực hiện Luật … như sau:`` gives the title once more."""
    again = told.opening.restates and cited.act.kind == "implements"
    return BASIS if again and RESTATED.search(cited.before) else None


def charged_ahead(told: Told, cited: Cited) -> Status | None:
    """``Nghị định A giao Bộ Tài chính chủ trì …`` before the body: why there is a document."""
    return BASIS if told.sentence.ahead and told.charging else None
