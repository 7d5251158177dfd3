"""What the words of a clause tell of its work: done, to be done, or weighed.

The first finite word decides: ``UBND tỉnh đã có văn bản giao Sở …`` tells of a deed, ``Đề nghị Sở
rà soát các dự án đã được giao`` asks.  A verb of asking behind a noun or a preposition is no
request (``theo đề nghị của …``, ``về việc giao …``).  The words are those of ``ontology/wording.tsv``.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import Status
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.patterns import begun

__all__ = [
    "appraises",
    "caused",
    "comes_about",
    "commands",
    "instructs",
    "narrates",
    "only_weighs",
    "tells",
    "tense",
    "weighs",
]

_PAST: Final = r"(?:đã|(?<!nhỏ và )(?:vừa|mới)(?= (?:ban hành|được|ký|có|mới|phê duyệt|công bố)(?!\w)))"
_DEED: Final = re.compile(
    begun(
        rf"{_PAST}(?!\w)(?!\s{words('no_deeds')}(?!\w))|(?<=\A)ngày \d|nhận được(?!\w)"
        rf"|có (?:các |những )?{words('letters')}(?: sau)?:? (?=số |\d)"
    )
)
_ASKED: Final = re.compile(rf"{begun(words('planned'))}(?!\w)")
_NOUNED: Final = re.compile(begun(rf"{words('nouned')}|(?:được|bị)\s[^,;.:]{{1,40}}") + r"\s\Z")
_NARRATED: Final = late(
    rf"(?:[^,;.:]{{1,90}},\s){{0,2}}{words('subjects')}(?!\w)[^,;.:]{{0,70}}?\s{_PAST}(?!\w)(?!\s{words('no_deeds')}(?!\w))"
)
_APPRAISED: Final = re.compile(rf"{words('appraisals')}(?!\w)")
_WEIGHED: Final = late(rf"{begun(words('weighing'))}(?!\w)")
_CAME_ABOUT: Final = late(
    rf"{begun('được')}\s(?:[^,;.:]{{0,60}}?\s)?(?:{words('passives')}(?! kèm)\s[^;.:]{{0,120}}?(?:tại|theo|bằng)|cấp)\s"
)
_BODY: Final = rf"{words('subjects')}(?!\w)(?:(?! (?:được|bị|về|việc|có|là|đã|đang|chưa|không) )[^;.:]){{0,160}}?\s"
_TOLD_TO: Final = late(rf"(?:{_BODY})?{words('imperatives')}(?!\w)")
_BARE: Final = late(rf"{words('imperatives')}(?!\w)")
_QUOTED_TITLE: Final = late(r"“(?:(?<=về “)|(?<=về việc “))[^“”]*”")
"""A title in marks says nothing of the clause: ``Kết luận … về “Tiếp tục đổi mới …”``."""
_LATELY: Final = late(
    r"(?:trong )?(?:(?:những|các|mấy) (?:năm|tháng) (?:vừa )?qua|thời gian (?:vừa )?qua|vừa qua)(?!\w)"
)
_CONNECTIVE: Final = late(rf"{words('connectives')},?\s")
_TERM: Final = re.compile(r"(?:trong (?:thời hạn|vòng)|trước ngày|chậm nhất)\s[^,;:]*,\s(?:kể từ\s[^,;:]*,\s)?")
"""``Trong thời hạn 06 tháng, kể từ ngày …, các bộ thực hiện …``: the term of an order."""
_CONDITION: Final = re.compile(rf"{words('conditions')}(?!\w)")
_BY_WHOM: Final = re.compile(r"\sdo\s[^;.:]{1,80}\Z")
"""``Rà soát các văn bản do Bộ đã ban hành``: whose deed it is, the object of the order."""
_SINCE_THEN: Final = re.compile(r"(?:do|vì|bởi)\s.{1,400}?(?:,|\s)nên\s")
"""A cause before its consequence: ``Do các tỉnh phải rà soát …, nên …``."""
_WHO_DID: Final = late(rf",\s(?:{words('subjects')}(?!\w)[^,;.:]{{0,70}}?\s)?{_PAST}(?!\w)|(?:thời gian|vừa) qua(?!\w)")
_BY_THE_RULE: Final = re.compile(
    r"[^;:]{1,200}?\s(?<!đã )(?:được )?(?:thực hiện|lập|xây dựng|nộp|gửi) theo"
    r" (?:đúng )?(?:các )?(?:quy định|hướng dẫn|mẫu)(?!\w)"
)
_DUTIES: Final = ("có trách nhiệm", "chịu trách nhiệm")
_LAID_DOWN: Final = late(
    rf"(?:{begun('có nêu|nêu rõ')}|{begun('quy định')}(?! (?:tại|của|về|này|trên)(?!\w)))\s[^;:.]*\Z"
)
"""``Điều 5 quy định Sở Công Thương có trách nhiệm …``: what a document says asks for nothing."""
_TOLD: Final = 200
"""Code points before a duty in which it is said who lays it down."""
_SOON: Final = 100
"""Code points from the beginning of a clause within which a deed is its own."""
_NEAR: Final = 48
"""Code points before a verb in which the words stand that make it a noun or a passive."""


def tense(lower: str) -> Status | None:
    """What the first finite word of a lower-case clause tells; None where there is none.

    >>> tense("sở đã ban hành kế hoạch, đề nghị các huyện thực hiện").value
    'done'
    >>> tense("đề nghị sở xem xét các dự án đã có").value
    'planned'
    >>> tense("theo đề nghị của sở")
    """
    if _CONDITION.match(lower):
        lower = lower.partition(" thì ")[2] or lower.partition(", ")[2]
    lower = lower[caused(lower) :]
    lower = _QUOTED_TITLE.sub(" ", lower) if "“" in lower else lower
    if _LATELY.match(lower) and _DEED.search(lower):
        return Status.DONE
    may = "đã" in lower or "vừa " in lower or "mới " in lower or "nhận được" in lower or "có " in lower
    may = may or lower.startswith("ngày")
    deed, asked = _DEED.search(lower) if may else None, _first_request(lower)
    if deed and (asked < 0 or deed.start() < asked):
        return Status.DONE
    return Status.PLANNED if asked >= 0 else None


def caused(lower: str) -> int:
    """Where the consequence begins in a sentence that opens with its cause, 0 in any other.

    >>> caused("do các tỉnh phải rà soát nên đến nay mới có 29 báo cáo")
    29
    """
    cause = _SINCE_THEN.match(lower) if lower.startswith(("do ", "vì ", "bởi ")) else None
    return cause.end() if cause else 0


def _first_request(lower: str) -> int:
    for match in _ASKED.finditer(lower):
        start = match.start()
        told = match[0] in _DUTIES and _LAID_DOWN.search(lower, max(0, start - _TOLD), start)
        if not (told or _NOUNED.search(lower, max(0, start - _NEAR), start)):
            return start
    return -1


def _behind(opening: re.Pattern[str], lower: str) -> str:
    """A clause without what it opens with: ``Đồng thời, …``."""
    found = opening.match(lower)
    return lower[found.end() :] if found else lower


def tells(lower: str) -> bool:
    """Whether a clause of a letter tells somebody to act: ``Sở Xây dựng chủ trì, phối hợp …``, ``Rà soát …``."""
    lower = _behind(_TERM, _behind(_CONNECTIVE, lower))
    return bool(_TOLD_TO.match(lower) or _TOLD_TO.match(lower.partition(": ")[2]))


def commands(lower: str) -> bool:
    """Whether a clause begins with a bare verb and tells of no deed soon: ``Rà soát các mỏ … đã được cấp phép``."""
    lower = _behind(_CONNECTIVE, lower)
    if not _BARE.match(lower):
        return False
    deed = _DEED.search(lower, 0, _SOON)
    return not deed or bool(_BY_WHOM.search(lower, 0, deed.start()))


def instructs(lower: str) -> bool:
    """Whether an item of an order tells what to do, whatever it calls done: ``Thống kê khoáng sản đã khai thác``.

    >>> instructs("rà soát các dự án đã cấp phép"), instructs("triển khai luật, sở đã rà soát 12 mỏ")
    (True, False)
    """
    lower = _behind(_CONNECTIVE, lower)
    return bool(_BARE.match(lower) or _BY_THE_RULE.match(lower)) and not _WHO_DID.search(lower)


def narrates(lower: str) -> bool:
    """Whether a sentence opens with a body and what it has done: ``Thời gian qua, UBND tỉnh đã …``."""
    may = "đã" in lower or "vừa" in lower or "mới" in lower
    return may and _NARRATED.match(lower) is not None


def appraises(lower: str) -> bool:
    """Whether a sentence opens by weighing what was done, and asks for nothing: ``Ghi nhận, đánh giá cao …``."""
    return bool(_APPRAISED.match(lower)) and _first_request(lower) < 0


def weighs(lower: str) -> bool:
    """Whether a clause weighs a rule or a state somewhere: ``quy định … còn bất cập``, ``không còn phù hợp với …``."""
    return bool(_WEIGHED.search(lower))


def only_weighs(lower: str) -> bool:
    """Whether a clause weighs a rule or a state and tells of no deed or request."""
    return weighs(lower) and tense(lower) is None


def comes_about(lower: str) -> bool:
    """Whether a clause tells how something came about: ``được thành lập tại Quyết định số …``."""
    return bool(_CAME_ABOUT.search(lower))
