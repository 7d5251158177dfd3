"""Rules for what is done under a document: ``theo X``, ``tại X``, ``kèm theo X``."""

from __future__ import annotations

import re
from typing import Final

from kg.ontology.wording import entries, words
from kg.relations.deeds import (
    charge,
    charged,
    denied,
    entrusted,
    fitted,
    obeyed,
    proposed,
    rests_on_words,
    told_by_rule,
    without_asides,
)
from kg.relations.governing.verbs import Verb, change_in, changed_at
from kg.relations.triggers import PREPOSITIONS, triggers
from kg.text.late import late
from kg.text.patterns import begun

__all__ = [
    "carried_out_by",
    "changes_annexed",
    "changes_at",
    "defined_or_funded",
    "in_scope",
    "rests_on",
    "under_provision",
]

_DEFINED: Final = late(
    r"(?<!\w)đối với (?:(?!theo\s)[^\s,;:.]+\s){1,24}(?:được )?(?:quy định|nêu)\s"
    r"(?:(?:tại|trong)\s(?:các )?(?:khoản|điểm|điều)\s[^;:]{0,40})?\Z"
)
"""``Điều chỉnh mức trợ cấp đối với đối tượng quy định tại X``: X says whom the deed concerns."""
_FUNDED: Final = late(
    rf"{begun(words('means'))}\s(?:[^\s,;:]+\s){{0,4}}?(?:đã )?(?:được )?(?:giao|bố trí|phân bổ)\s[^,;:]{{0,60}}\Z"
)
"""``… từ nguồn kinh phí đã giao cho Công an tỉnh tại X``: X gives the means."""
_OPINIONS: Final = ("cho ý kiến", "có ý kiến", "góp ý", "tham gia ý kiến")
# "Kinh phí thực hiện Kế hoạch bố trí theo Luật …", "… để thực hiện nhiệm vụ theo Luật …", "… phải nộp khi thực hiện
# thủ tục theo …": what a deed serves or goes with is not the deed; nor is what those do whom it
# concerns, nor what a body is there for ("X là đơn vị thực hiện chức năng … theo …").
_PURPOSE: Final = late(
    rf"{begun(words('means') + '|để|khi|trong (?:quá trình|thời gian)')}\s"
    r"(?:(?:để|cho|bảo đảm|đảm bảo|phục vụ|tổ chức|triển khai|việc)\s)*\Z"
    rf"|(?<!\w)(?:nơi|đối với (?:các |những )?{words('people')}(?:, {words('people')})*)\s(?:đang |đã |được )?\Z"
    r"|(?<!\w)là\s(?:đơn vị|cơ quan|tổ chức|cá nhân|người|doanh nghiệp)\s\Z"
)
_OFFICE: Final = re.compile(
    r"(?<!\w)là\s(?:đơn vị|cơ quan|tổ chức)(?:\s(?!đầu mối|chủ trì|thường trực|được)[^\s,;:.]+){1,9}\s\Z"
)
_FUNCTIONS: Final = re.compile(r"thực hiện (?:các )?(?:chức năng|nhiệm vụ)")
"""``Sở A là cơ quan chuyên môn … thực hiện chức năng … quy định tại X``: what a body is there for."""
_INSPECTED: Final = late(begun(words("inspecting") + r"\s(?:việc|công tác|tình hình)|sự") + r"\s\Z")
"""``Kiểm tra việc chấp hành … theo X``: what is inspected is done by others."""
_MEANS: Final = late(rf"{words('means')}\s\Z")
_RIGHT_BY: Final = re.compile(r"(?:được )?thực hiện\s(?:đúng\s)?(?:theo (?:đúng )?(?:các )?(?:quy định|hướng dẫn)\s)?")
"""``Việc quyết toán kinh phí thực hiện theo X``, ``để thực hiện đúng theo X``: nothing else is done by X."""
_APPRAISED: Final = re.compile(r"(?:(?:,|và|\s)*(?:sơ kết|tổng kết))+")
"""``Tổng kết việc công nhận … theo X``: what is looked back at need not be the carrying out of X."""
_DONE_BY_IT: Final = re.compile(
    r"(?<!khi )thực hiện(?: đúng| nghiêm| đầy đủ)* theo(?: đúng)?(?: các)? (?:quy định|hướng dẫn)\s?\Z"
)
"""``Việc hỗ trợ được thực hiện theo quy định tại khoản 2 Điều 7 X``: what is done is what X says."""
_BY_PART: Final = re.compile(begun("theo") + r"(?!\w)[^,;:()]*\Z")
_OBEYS: Final = ("tuân thủ", "chấp hành", "bám sát")
"""``Tuân thủ thời hạn góp ý theo quy định tại X``: what is obeyed is the time limit; X is its ground."""
_NOT_SO: Final = re.compile(r"(?<!\w)(?:mà|thì|nhưng)\s(?:không|chưa)(?!\w)")
"""``… được áp dụng cơ chế mới mà không phải trả nợ theo X``: what is not done is another deed."""
_SCOPE: Final = late(rf"\W*(?:{words('plan_words')}) này (?:quy định|ban hành|hướng dẫn|áp dụng)(?!\w)")


def under_provision(verb: Verb) -> str | None:
    """``theo Điều 5 của X``: a rule by which something is done, unless it is to be carried out itself."""
    if not _provision(verb):
        return None
    told = entrusted(verb.sentence) or (not verb.changing and told_by_rule(verb.sentence))
    by_it = _DONE_BY_IT.search(verb.head) and verb.sentence.rfind("“") <= verb.sentence.rfind("”")
    told = told or (bool(by_it) and carried_out_by(verb) == "implements")
    return "implements" if told or (verb.kind == "place" and obeyed(verb.head)) else "based_on"


def _provision(verb: Verb) -> bool:
    """Whether an article or an annex of the document is cited, and more than what goes with it."""
    part = verb.citation.pinpoint if verb.kind in PREPOSITIONS and verb.kind != "annexed" else None
    return part is not None and ("Điều" in part or ("Phụ lục" in part and not _BY_PART.search(verb.head)))


def changes_at(verb: Verb) -> str | None:
    """``Sửa đổi một số nội dung tại X`` in a decision changes X."""
    found = triggers(verb.head) if verb.changing and verb.kind == "place" else ()
    change = change_in(found)
    if not verb.changing or verb.kind != "place" or proposed(verb.head[: change.start] if change else verb.head):
        return None
    return changed_at(found, verb.head)


def changes_annexed(verb: Verb) -> str | None:
    """``Sửa đổi Quy chế ban hành kèm theo X`` changes X."""
    change = change_in(triggers(verb.head)) if verb.kind == "annexed" else None
    return change.kind if change and not (change.passive or proposed(verb.head[: change.start])) else None


def in_scope(verb: Verb) -> str | None:
    """``Quyết định này quy định quy trình thực hiện Dự án 1 … theo X``: what it is about, not what is done."""
    return "based_on" if verb.kind == "based_on" and _SCOPE.match(verb.sentence) else None


def defined_or_funded(verb: Verb) -> str | None:
    """``… đối với đối tượng quy định tại X``, ``… từ nguồn kinh phí đã giao tại X``: X gives the object, the means.

    ``Thực hiện biện pháp đã được Sở cho ý kiến tại X``: what was said of it, not what is done.
    """
    if verb.kind != "place":
        return None
    given = _DEFINED.search(verb.head) or _FUNDED.search(verb.head) or verb.head.rstrip().endswith(_OPINIONS)
    return "based_on" if given else None


def carried_out_by(verb: Verb) -> str | None:
    """``Thực hiện … theo X`` carries X out, as does what stands beside a document carried out."""
    if verb.kind not in PREPOSITIONS:
        return None
    if verb.before and verb.before.kind == "implements":
        return "implements"
    head = _deed_of(verb)
    earlier = [t for t in triggers(head) if "implements" in t.kinds and not _serves(head, t.start, verb.kind)]
    # "Sau 03 năm thực hiện, nhiều chỉ tiêu nêu tại X chưa đạt": a deed without an object is done with.
    earlier = [t for t in earlier if not (denied(head[: t.start]) or _NOT_SO.search(head, t.end))]
    earlier = [t for t in earlier if not (_APPRAISED.fullmatch(t.text) or head.startswith((",", ":"), t.end))]
    if verb.kind != "place" or _BY_PART.search(head):
        earlier = [t for t in earlier if t.text not in _OBEYS]
    if not earlier:
        return None
    last = earlier[-1]
    # "Thực hiện đề nghị của Sở tại …": what is to be carried out may be read as one of the verbs.
    objects = verb.kind != "place" or charged(head[last.end :]) or charged(head[last.start : last.end])
    return "implements" if objects else None


def _deed_of(verb: Verb) -> str:
    """The words before ``theo`` or ``tại`` that tell of the deed: no brackets, not what it fits or who does it."""
    return charge(fitted(without_asides(verb.head)))


def rests_on(verb: Verb) -> str | None:
    """Any other deed ``theo X``, or one granted or laid down ``tại X``, is based on it."""
    if verb.kind == "based_on":
        return "based_on"
    if verb.kind not in PREPOSITIONS:
        return None
    part = verb.citation.pinpoint if verb.kind != "annexed" else None
    head = _deed_of(verb)
    granted = head.rstrip().endswith(entries("granting")) or part or rests_on_words(verb.head)
    granted = granted or verb.trigger.text == "ban hành theo"
    granted = granted or (verb.kind == "annexed" and bool(_BY_PART.search(head)))  # "lập theo Mẫu số 05 kèm theo X"
    return "based_on" if granted else None


def _serves(head: str, start: int, kind: str) -> bool:
    """Whether the verb at ``start`` tells what another deed serves or, with ``theo`` behind, what is inspected.

    ``Để thực hiện …`` at the beginning is the deed.
    """
    if (kind != "place" or _BY_PART.search(head)) and _INSPECTED.search(head, 0, start):
        return True
    if _FUNCTIONS.match(head, start) and _OFFICE.search(head, 0, start):
        return True
    purpose = _PURPOSE.search(head, 0, start)
    right_by = purpose and _RIGHT_BY.fullmatch(head, start)
    if purpose and right_by and (purpose[0].startswith("để ") or _MEANS.match(purpose[0])):
        return False
    return purpose is not None and not (purpose.start() <= 1 and purpose[0].startswith("để"))
