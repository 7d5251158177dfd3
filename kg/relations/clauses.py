"""Where a clause begins anew, and where a sentence leaves the grounds that it opens with for its main clause."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.ontology.wording import words
from kg.text.late import late
from kg.text.patterns import begun

__all__ = [
    "BASIS",
    "GROUNDS",
    "PAUSE",
    "TITLE",
    "aside",
    "asks",
    "left_place",
    "main_clause",
    "main_part",
    "opens_grounds",
    "opens_main",
    "segment",
    "sets_out",
    "subtitle",
    "unbracketed",
]

TITLE: Final = re.compile(rf"{words('note_titles')}(?!\w)")
"""A footnote that opens so gives the subject of the document at its mark."""

GROUNDS: Final = re.compile(rf"(?:{words('further_grounds')}|{words('grounds')}):?\s")
"""A sentence that opens so gives its legal basis."""

PAUSE: Final = re.compile(r"[;:.]")
"""Behind it a citation's own predicate doesn't begin."""
# Scans misread marks and lose the ornate first letter of a text: "Thục hiện", "hực hiện".
_RESTS_ON: Final = rf"(?:{words('grounds')}|(?:{words('earnestly')}\s)?(?:t?h[ựụư]c hiện|tri[ểêéễế]n khai))"

BASIS: Final = re.compile(
    rf"(?:{words('further_grounds')}|(?:(?:để|nhằm) )?{_RESTS_ON}|{words('basis_openings')}|{words('examined')})[,:]?\s"
)
"""A sentence that opens so, with a main clause behind, gives its basis: the grounds, or what led to it."""
_SUBJECT: Final = rf"{words('subjects')}(?!\w)"
_VERB: Final = rf"{words('verbs')}(?!\w)"
# The report takes the word again: a new subject, or a verb that titles don't begin with.  Here and below each branch
# begins with one letter or mark, over which a search hops.
_TURN: Final = re.compile(
    rf";|\(|\[|\.\s| thì\s|,\s+(?:{words('turn_phrases')}(?!\w)|(?=(?:{words('turns')}|{words('title_verbs')})\s)"
    rf"|(?={_SUBJECT}(?!\s(?:trong|khi)\s)[^,;]{{0,80}}?\s{_VERB}))|và\s+(?={words('title_verbs')}\s)"
)
_CLAUSE: Final = rf"{_SUBJECT}[^,;.:]{{0,60}}?\s{_VERB}"
_BEHIND_MARK: Final = rf"\s+(?:{_CLAUSE}|(?:đã|tham mưu)\s|{words('asking')}\s{_SUBJECT})"
_MAIN: Final = late(rf",{_BEHIND_MARK}|;{_BEHIND_MARK}|\.\s+{_CLAUSE}|như sau\s*:|cụ thể như sau| thì\s")
_OPENS_MAIN: Final = late(_CLAUSE)
_OPENS_GROUNDS: Final = late(rf"(?:{words('further_grounds')}|{_RESTS_ON})[,:]?\s")
_ASIDE: Final = late(rf"\s?(?:đã |và |nay |nay đã )?{words('asides')}(?!\w)")
_WHERE: Final = re.compile(
    r"\s?(?:(?:đã )?(?:được )?(?:ban hành|phê duyệt|thông qua)\s)?(?:kèm theo|tại|theo)(?: các| nội dung)?\s*\Z"
)
_SUBTITLE: Final = late(rf"\s?\((?:về (?:việc )?|tổ chức )?{words('carrying')}(?:,? (?:và )?{words('carrying')})*\s")
_NEXT_PLACE: Final = late(rf"\s*(?:và )?(?:tại|căn cứ|theo|khoản|điểm|điều|{words('plan_words')})\s|\s*\Z")
_BRACKETED: Final = re.compile(r"\((?:đã |được ){0,2}(?:sửa đổi|bổ sung)[^()]{0,60}\)")
_NOT_ASKED: Final = "(?<!đã )(?<!theo )(?<!sự )(?<!báo cáo và )"
_ASKED: Final = late(rf"{begun(_NOT_ASKED + words('orders'))}(?!\w)[^.;]*:\W*\Z")
_SET_OUT: Final = late(rf"{begun(words('setting_out'))}(?!\w)[^.;:]*:\W*\Z")
_REPORTED: Final = re.compile(rf"{begun('báo cáo|kính trình|trình|có ý kiến')}\s[^.;]*như sau\W*\Z")


@lru_cache(maxsize=1024)  # the same few words between citations, again and again
def segment(lower: str) -> tuple[str, bool]:
    """The part of a clause behind its last turn to the report, and whether there is such a turn.

    >>> segment(" về chợ; rà soát theo ")
    (' rà soát theo ', True)
    """
    for turn in reversed(list(_TURN.finditer(lower))):
        rest = lower[turn.start() :]
        # A bracket that is closed again, speaks of the document before it or tells where it all stands is no turn.
        if turn[0] in "([" and (_closed(rest) or _ASIDE.match(lower, turn.end()) or _WHERE.match(lower, turn.end())):
            continue
        return lower[turn.end() :], True
    return lower, False


def aside(lower: str) -> str:
    """What a bracket at the end says of the document before it: ``… thuế; phí (được sửa đổi bởi``; else empty.

    >>> aside(" về thủ tục; kiểm tra (được sửa đổi, bổ sung bởi ")
    '(được sửa đổi, bổ sung bởi '
    """
    opened = lower.rfind("(")
    return lower[opened:] if opened >= 0 and ")" not in lower[opened:] and _ASIDE.match(lower, opened + 1) else ""


def subtitle(lower: str) -> str:
    """A bracket right behind a citation that says what its document carries out: ``(triển khai thực hiện``."""
    return lower if _SUBTITLE.fullmatch(lower) else ""


def unbracketed(lower: str) -> str:
    """The words without a bracket that says that a law was amended: ``Luật … (sửa đổi) khi``."""
    return _BRACKETED.sub(" ", lower) if "(" in lower else lower


def _closed(text: str) -> bool:
    return text.count("(") + text.count("[") <= text.count(")") + text.count("]")


def main_clause(lower: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a main clause with a body as its subject begins in the text."""
    return bool(_MAIN.search(lower, start, len(lower) if end is None else end))


def main_part(lower: str) -> str:
    """A sentence from its main clause on: without the grounds that it opens with."""
    found = _MAIN.search(lower) if opens_grounds(lower) else None
    return lower[found.start() :].lstrip(" ,;.") if found else lower


def asks(lower: str) -> bool:
    """Whether the words introduce what is asked or ordered: ``… yêu cầu:``, ``… đề nghị Bộ Công Thương:``."""
    return ":" in lower and bool(_ASKED.search(lower)) and not _REPORTED.search(lower)


def sets_out(lower: str) -> bool:
    """Whether the words introduce what is to be done: ``Sở đề ra một số giải pháp như sau:``."""
    return ":" in lower and bool(_SET_OUT.search(lower)) and "đã " not in lower


def opens_grounds(lower: str) -> bool:
    """Whether a sentence opens with what its deed rests on: ``Căn cứ …``, ``Thực hiện …``."""
    return bool(_OPENS_GROUNDS.match(lower))


def opens_main(lower: str) -> bool:
    """Whether a sentence opens with a body and its verb."""
    return bool(_OPENS_MAIN.match(lower))


def left_place(lower: str) -> bool:
    """Whether the words leave the place that they open with: ``Tại Điều 3 Quyết định A có nêu …; Cục B đã gửi``.

    >>> left_place("tại điều 3 quyết định a có nêu chủ nợ; cục b đã gửi "), left_place("tại điều 3 luật a; điều 4 ")
    (True, False)
    """
    first, mark, rest = lower.rpartition(";")
    return bool(mark) and first.startswith("tại ") and not _NEXT_PLACE.match(rest)
