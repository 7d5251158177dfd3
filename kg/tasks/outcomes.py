"""What comes of grounds, or of a document issued: where such a piece of work ends, and what is told of it.

Before the sections a document gives grounds; they are work only where a deed or an order follows.  What an
order tells of a document issued is work to come where others are asked to act on it.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import Status
from kg.ontology.wording import words
from kg.structure import sentences
from kg.tasks.assignees import acting, named, orders
from kg.tasks.speech import Speech
from kg.text.late import late

__all__ = ["asked", "of_grounds"]

_DEED: Final = late(
    rf",\s[^;:]{{1,400}}?\sđã\s(?:được\s)?(?:{words('order_adverbs')},?\s|tập trung\s|quyết liệt\s)*"
    rf"{words('worked')}\s[^:]*[^:\s]\Z",
    re.IGNORECASE,
)
"""Behind the grounds of a preamble: somebody has worked: ``Thực hiện A, các bộ, ngành đã triển khai …``."""
_UNTIL_NOW: Final = late(rf"{words('until_now')},?\s[^;:]{{1,200}}?\sđã\s", re.IGNORECASE)
_ASKS: Final = late(rf"[,;]\s(?={words('assigning')}\s)")
_GIVEN: Final = late(rf"(?:(?:trong|theo) đó,?\s{words('entrusting')}|được {words('entrusting')})\s", re.IGNORECASE)
_ENTRUSTS: Final = late(rf"{words('entrusting')}\s", re.IGNORECASE)


def of_grounds(
    text: str, span: tuple[int, int], cited: tuple[int, int], last: int, speech: Speech
) -> tuple[int, Status] | None:
    """Where a piece of work before the sections ends, and its status; None for a mere ground.

    ``cited`` are the ends of the first citation that is worked on and of the last of the piece, ``last`` is where the
    passage ends.
    """
    start, end = span
    first, behind = cited
    if _DEED.search(text, behind, end):
        return end, Status.DONE
    # "Thực hiện A, trong đó giao Sở B chủ trì …": the ground itself tells whose work it is.
    if _GIVEN.search(text, first, end):
        return end, Status.BASIS
    # "Giao Sở B thực hiện các nhiệm vụ theo quy định tại A"; "Thực hiện A, UBND tỉnh yêu cầu các sở rà soát" is
    # an order; one that introduces a list is told below.
    if _ENTRUSTS.match(text, start) or (text[end - 1] != ":" and _asks_others(text[behind:end], speech)):
        return end, Status.PLANNED
    if told := _told_next(text, end, last):
        return told, Status.DONE
    return None


def _told_next(text: str, end: int, last: int) -> int:
    """Where the sentence ends that tells what came of grounds with no clause of their own; 0 where none does so.

    ``Thực hiện Quyết định A. Đến nay, các địa phương đã lập Đề án.``
    """
    low, high = _next(text, end, last)
    return high if _UNTIL_NOW.match(text, low, high) else 0


def asked(text: str, begin: int, end: int, last: int, speech: Speech) -> int:
    """Where the piece ends in which others are asked to act on what has been issued; 0 where nobody is.

    ``UBND tỉnh đã ban hành A, đề nghị UBND cấp huyện hướng dẫn``; ``… A. Đề nghị các địa phương thực hiện.``
    """
    found = _ASKS.search(text, begin, end)
    if found and _asks_others(text[found.end() : end], speech):
        return end
    low, high = _next(text, end, last)
    return high if acting(text[low:high], speech) and _asks_others(text[low:high], speech) else 0


def _next(text: str, end: int, last: int) -> tuple[int, int]:
    """The sentence behind ``end`` up to ``last``; empty where there is none."""
    return next(iter(sentences(text, end, last)), (end, end))


def _asks_others(words: str, speech: Speech) -> bool:
    """Whether what follows a ground tells others than the one who speaks to act."""
    return orders(words, speech) and speech.issuer not in named(words, speech)
