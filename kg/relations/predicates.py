"""What the words around a citation tell of it: carried out, planned for, telling or charging somebody itself."""

from __future__ import annotations

import re
from typing import Final

from kg.ontology.wording import stems, words
from kg.relations.clauses import main_clause
from kg.text.late import late
from kg.text.patterns import among, begun

__all__ = [
    "carried_out",
    "charges",
    "done_by",
    "ends",
    "followed_up",
    "of_documents",
    "plans_for",
    "tells_of_itself",
]

_DOCUMENTS: Final = late(rf"[^,;]*?(?<!\w){words('documents')}(?!\w)|\W*\Z")
_RULES_BESIDE: Final = late(
    r"\s(?:và|cùng)(?: với)? các (?:văn bản|quy định)(?: (?:quy định chi tiết|hướng dẫn(?: thi hành| thực hiện)?),?)*"
    r"(?: thi hành)?(?: (?:bộ luật|luật)(?: (?!được)[^\s,;.:]+){1,16}| này)?"
)
"""``Luật A và các văn bản hướng dẫn thi hành Luật A``: what is said of these is said of the law."""
_CARRIED: Final = late(rf"\s(?:đã |đang |được |sẽ ){{0,2}}được\s(?:[^,;.:]{{0,60}}?\s)?{words('carrying')}(?!\w)")
_THROUGH: Final = r"(?:tại|bằng|thông qua)(?: các)?"
_BY: Final = re.compile(rf"(?:(?<!\w){_THROUGH}|\((?:tại|theo|qua)?)\s?\Z")
_BY_ENDS: Final = ("tại", "bằng", "qua", "các", "theo", "(")
_REFERRED: Final = late(rf"{words('referred')}\s{_THROUGH}\s?\Z")
_DEED: Final = late(
    r"(?<!\w)đã\s(?!có (?:trong|trên|tại)\s|được\s|đầu tư\s)[^;]*\Z"
    rf"|(?<!\w)(?:{words('orders')}|hướng dẫn)\s[^;]*\(\s?\Z"
)
_AFTER: Final = re.compile(rf"(?:ngay )?sau khi\s(?!hết|{words('examining')})")
_PLANS_FOR: Final = late(
    rf"{begun('kế hoạch|chương trình')}(?: hành động)?(?: tổ chức)?(?: {words('carrying')}){{1,2}}"
    r"(?:,|\s(?:với|như sau|cụ thể|trên địa bàn))"
)
_ENDS: Final = late(
    rf"(?:hết|chấm dứt) hiệu lực(?: thi hành| pháp luật| toàn bộ)?,? (?:kể )?từ (?:ngày|khi|thời điểm) "
    rf"(?P<named>{words('ended_by')}) này|(?:kể )?từ (?:ngày|khi|thời điểm) (?P<before>{words('ended_by')}) này "
    r"có hiệu lực[^.;:]{0,400}?(?:hết|chấm dứt) hiệu lực"
)
_COME: Final = late(rf"{begun(words('coming'))}(?!\w)")
_GOT: Final = re.compile(words("receiving"))
_CHARGES: Final = late(
    rf"[^;:.]{{0,300}}?\s(?<!về )(?<!việc )(?<!được )giao (?:cho )?(?:các )?{words('assigned')}(?!\w)"
)
_TELLING_STEMS: Final = stems("telling")
_TELLING: Final = re.compile(rf"\s(?<!để\s){words('telling')}(?!\w)")
_TOLD: Final = 160
"""Code points behind a citation within which its own predicate begins."""


def of_documents(lower: str) -> bool:
    """Whether the words behind the verb of a heading speak of documents or of nothing at all."""
    return bool(_DOCUMENTS.match(lower))


def done_by(lower: str) -> str | None:
    """``tại`` or the bracket with which words end that tell of a deed: ``đã phê duyệt danh mục tại``."""
    by = _BY.search(lower) if lower.rstrip().endswith(_BY_ENDS) else None
    return by[0].strip() if by and _DEED.search(lower) and not _REFERRED.search(lower) else None


def followed_up(before: str, behind: str) -> bool:
    """Whether a sentence tells what was done once the document had come: ``Sau khi … được ban hành, Sở đã …``."""
    come = _COME.search(before) or _COME.search(behind[:60]) if _AFTER.match(before) else None
    if come is None or not main_clause(behind):
        return False
    # "Sau khi nhận được Công văn A, Sở có ý kiến": an answer carries out nothing.
    return not _GOT.fullmatch(come[0]) or " đã " in behind


def plans_for(lower: str) -> bool:
    """Whether the words behind a ground announce the plan that carries it out, without naming anything else.

    >>> plans_for(" về biển, ủy ban nhân dân tỉnh ban hành kế hoạch triển khai thực hiện, với những nội dung sau:")
    True
    >>> plans_for(", ủy ban nhân dân tỉnh ban hành kế hoạch triển khai thực hiện đề án 06 như sau:")
    False
    """
    return bool(_PLANS_FOR.search(lower))


def ends(lower: str, named: str) -> bool:
    """Whether the words say that documents lose their force as the one ``named`` này takes effect.

    >>> ends(" hết hiệu lực kể từ ngày quyết định này có hiệu lực thi hành.", "quyết định")
    True
    >>> ends(" hết hiệu lực kể từ ngày 01/7/2025.", "quyết định")
    False
    """
    if "hết hiệu lực" not in lower or f"{named} này" not in lower:
        return False
    found = _ENDS.search(lower)
    return found is not None and (found["named"] or found["before"]) == named


def carried_out(lower: str) -> bool:
    """Whether the words behind a citation say that it is carried out: ``… đã được Sở triển khai``.

    >>> carried_out(" và các văn bản hướng dẫn thi hành luật nhà ở được thực hiện thống nhất")
    True
    """
    if "được " not in lower:
        return False
    beside = _RULES_BESIDE.match(lower)
    return bool(_CARRIED.match(lower, beside.end() if beside else 0))


def charges(lower: str) -> bool:
    """Whether the words behind a citation say whom it charges with work: ``… năm 2020 giao Bộ Tài chính chủ trì``."""
    found = _CHARGES.match(lower) if "giao " in lower else None
    return bool(found) and not main_clause(lower, 0, found.end() if found else 0)


def tells_of_itself(lower: str) -> bool:
    """Whether the words behind a citation, up to a `PAUSE`, are its own predicate: ``… đã quy định …``."""
    if not among(_TELLING_STEMS, lower):
        return False
    found = _TELLING.search(lower)
    return found is not None and found.start() <= _TOLD and not main_clause(lower, 0, found.end())
