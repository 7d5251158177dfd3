"""The words between two citations, or before the first: what joins them, and what belongs to the first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.ontology.wording import words
from kg.text.late import late
from kg.text.patterns import begun

__all__ = [
    "ALIAS",
    "GLUE",
    "advised_beside",
    "coordinate",
    "entitled",
    "headless",
    "joined",
    "named_again",
    "names_several",
    "unplaced",
]

GLUE: Final = late(
    r"[\s,;:|*\"“”()\[\].-]*"
    r"(?:(?:và|cùng|với|hoặc|đồng thời|các|số|\d{1,2}|(?:[ivx]{1,4}|[a-hđ])(?=\)))[\s,;:|*()-]*)*\Z"
)
"""Marks and conjunctions between members of a list, with their numbers: ``; (ii) ``."""

ALIAS: Final = re.compile(rf"\(\s?(?:{words('short_naming')}\s)?\Z")
"""An opening bracket, with or without the words that announce a short name."""
_COORDINATE: Final = late(
    rf"[\s)]*(?:,|;|và|cùng với)\s+(?={words('plan_words')}\s)"
    rf"|[^;]*\s(?:và|cùng với)\s(?:các )?{words('plan_words')}(?:\s(?!theo|tại)\w+){{0,4}}\s?\Z"
)
# "Kết luận số … khóa XIII về", not "Nghị định … và để thực hiện".
_ENTITLED: Final = late(
    rf"\s(?:(?:(?!{words('links')}\s)\w+\s){{0,6}}?{words('entitling')}|(?:(?!{words('links')}\s)[\w-]+\s){{0,20}}?về)\s"
)
_NAMED: Final = late(rf"(?:,|;|và|cùng với)\s(?:các )?(?:{words('plan_words')}|kết luận|ý kiến)\s[^;(]*\(\Z")
_SEVERAL: Final = late(rf"\s(?:các|những|nhiều|một số|\d+)\s(?:{words('plan_words')}|{words('letters')})(?!\w)")
_JOINED: Final = re.compile(r"(?:^|[\w”\")])\s?(?:,|,?\s?(?:và|cùng(?: với)?))\s?\Z")
_JOINS: Final = (",", "và", "cùng", "với")
_CLOSED_BEFORE: Final = re.compile(r"\A\s?\([^()]*\)\s?")
_BESIDE_AT: Final = re.compile(rf"(?:,|\svà)\s(?:ý kiến )?{words('said')}\scủa\s[^,;:.()]{{2,80}}\stại\s?\Z")
_PIN_UNITS: Final = "điểm|tiết|khoản|điều|mục|phần|chương|phụ lục|số thứ tự|stt|pl"
_PIN_VALUE: Final = r"(?:\d[\w.]*|[ivxlc]+|[a-zđ]{1,2})(?=[\s,])"
_PINPOINT: Final = late(
    rf"(?:{begun(_PIN_UNITS)}\s{_PIN_VALUE}(?:(?:,|\svà|\shoặc|\sđến)\s{_PIN_VALUE})*(?:,|\svà|\scủa)?\s)+\Z"
)
_LIST_HEAD: Final = late(
    rf"(?:(?<=[;,]\s)(?:và\s)?(?:các|những)\s{words('documents')}|(?<=\scó\s)(?:(?:các|những)\s)?{words('letters')})"
    r"(?:\ssau)?(?:\scủa\s[^;:.()]{1,80})?\s?:\s?\Z"
)


def coordinate(lower: str) -> bool:
    """Whether the words behind a citation begin with a plan or decision listed beside it."""
    return bool(_COORDINATE.match(lower))


def entitled(lower: str) -> bool:
    """Whether the words behind a citation are its title: ``… của Bộ Chính trị khóa XIII về tiếp tục …``."""
    return bool(_ENTITLED.match(lower) or (")" in lower and _ENTITLED.match(_CLOSED_BEFORE.sub(" ", lower))))


def named_again(lower: str) -> bool:
    """Whether a bracket gives the number of what stands in a row: ``… và Kết luận tại Hội nghị … (Thông báo số``."""
    return bool(_NAMED.search(lower))


def names_several(lower: str) -> bool:
    """Whether the words between a verb and the list that a colon opens begin with what is listed.

    >>> names_several(" các kế hoạch và văn bản chỉ đạo các đơn vị thực hiện bao gồm: ")
    True
    """
    return bool(_SEVERAL.match(lower))


def joined(lower: str) -> bool:
    """Whether the words end with a comma or ``và``: what follows stands in a row with what came before."""
    return lower.rstrip().endswith(_JOINS) and bool(_JOINED.search(lower))


@lru_cache(maxsize=1024)  # the same few words between citations, again and again
def unplaced(lower: str) -> str:
    """The words before a citation without the place in it with which they end.

    >>> unplaced("; khoản 1, 2 và điểm a khoản 3 điều 91 của ")
    '; '
    """
    return _PINPOINT.sub("", lower)


def headless(lower: str) -> str:
    """The words before a number without the head of the list that it opens.

    >>> headless("; các nghị quyết của hội đồng nhân dân tỉnh: "), headless(" về chợ; ")
    ('; ', ' về chợ; ')
    >>> headless("sở có các văn bản: ")
    'sở có '
    """
    return _LIST_HEAD.sub("", lower) if lower.rstrip().endswith(":") else lower


def advised_beside(lower: str) -> bool:
    """Whether the words behind a citation name guidance listed beside it: ``… và hướng dẫn của Bộ Nội vụ tại``."""
    return bool(_BESIDE_AT.search(lower))
