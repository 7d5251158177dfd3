"""Sentences and semicolon items of Vietnamese administrative prose.

A full stop ends a sentence only where a new one plainly begins: not in ``TP. Vị Thanh``,
``QĐ.UBND``, ``v.v.``, ``05.6.2024`` or ``9.502``.  A semicolon separates items only outside
brackets and quotation marks.  Both functions read a span of a text once and return spans of
the same text, so that whatever is found inside can be quoted exactly.
"""

from __future__ import annotations

import re
from typing import Final

from kg.text.late import late

__all__ = ["clauses", "sentences"]

Span = tuple[int, int]

# A stop with the closing marks that belong to it; the rule of what may follow is in ``_ends``.
_STOP: Final = re.compile(r"[.!?…](?:(?<=\.)/\.|[.!?…]*)[\"”’)\]*_]*")
# Words that are written with a full stop inside a sentence; compared in lower case.
_ABBREVIATIONS: Final = frozenset(
    "tp tx tt q p h kt tl tm tuq bs ts ths pgs gs cn ks ls th tr st nxb mr mrs dr co ltd corp jsc no vol art stt đ/c đc"
    " o/c".split()
)
_YEAR: Final = 4
"""Digits of a year, which may begin a printed line in the middle of a sentence."""
_NUMBERED: Final = re.compile(r"\d{1,6}\s?[/-]")
"""Behind "số." the number of a document: a stop that recognition or typing put there."""
_WORD_BEFORE: Final = re.compile(r"[\w/]+\Z")
_SPACE: Final = " \t\n\r\f\v\xa0"
_OPENING: Final = '"“‘(*_[-+•'


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return start, end


def _ends(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Tell whether the mark at ``stop``..``after`` ends the sentence that began at ``start``."""
    mark = text[stop:after]
    if mark.startswith("./."):
        return True
    follow = after
    while follow < end and text[follow] in _SPACE:
        follow += 1
    if follow == end:
        return True
    letter = follow
    while letter < end and text[letter] in _OPENING:
        letter += 1
    if letter == end:
        return False
    char = text[letter]
    before = _WORD_BEFORE.search(text, max(start, stop - 24), stop)
    word = before[0] if before else ""
    if follow == after:
        # No space: only a typing slip after a whole word ("phát triển chợ….Kêu gọi") counts.
        glued = char.isupper() and letter + 1 < end and text[letter + 1].islower()
        return glued and ("…" in mark or ".." in mark or (len(word) > 2 and word.islower()))
    if mark[0] == ".":
        if word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()):
            return False
        if char.isdigit() and word.lower() == "số" and _NUMBERED.match(text, letter, end):
            return False
        if word.isdigit() and len(word) < _YEAR and before is not None and _is_marker(text, start, before.start()):
            return False
    if char.isupper():
        return True
    return char.isdigit() and mark[0] != "…" and ".." not in mark and not word.isdigit()


def _is_marker(text: str, start: int, number: int) -> bool:
    """Tell whether a number is a list marker: first in the sentence or in its line."""
    while number > start and text[number - 1] in " \t":
        number -= 1
    return number == start or text[number - 1] == "\n"


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Spans of the sentences of ``text[start:end]``, without the space around them.

    >>> t = "Họp tại TP. Vị Thanh ngày 05.6.2024. Giao Sở v.v. thực hiện QĐ.UBND."
    >>> [t[a:b] for a, b in sentences(t)]
    ['Họp tại TP. Vị Thanh ngày 05.6.2024.', 'Giao Sở v.v. thực hiện QĐ.UBND.']
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if _ends(text, begin, match.start(), match.end(), end):
            found.append(_trim(text, begin, match.end()))
            begin = match.end()
    rest = _trim(text, begin, end)
    if rest[0] < rest[1]:
        found.append(rest)
    return tuple(found)


_PUNCTUATION: Final = late(r"[;()\[\]“”\"]")
_ITEM_NUMBER: Final = late(r"\s*\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*")
_PAIR: Final = {")": "(", "]": "[", "”": "“"}


def clauses(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Spans of the semicolon items of ``text[start:end]``, without separators and item numbers.

    In a list whose items begin with capitals, a piece that begins in lower case belongs to the
    item before it (``danh mục thủ tục mới ban hành; được sửa đổi thuộc thẩm quyền``).

    >>> t = "Tham mưu: (1) Quyết định số 1 (Điều 2; Điều 3); (2) Kế hoạch số 2."
    >>> [t[a:b] for a, b in clauses(t)]
    ['Tham mưu: (1) Quyết định số 1 (Điều 2; Điều 3)', 'Kế hoạch số 2.']
    """
    end = len(text) if end is None else end
    marks = list(_PUNCTUATION.finditer(text, start, end))
    cuts = [m.start() for m, open_ in zip(marks, _enclosed(marks), strict=True) if m[0] == ";" and not open_]
    pieces = [_trim(text, a, b) for a, b in zip([start, *(c + 1 for c in cuts)], [*cuts, end], strict=True)]
    pieces = [p for p in pieces if p[0] < p[1]]
    lower = sum(text[_skip_number(text, a, b)].islower() for a, b in pieces[1:])
    glue = len(pieces) > 2 and lower * 3 <= len(pieces) - 1
    items: list[Span] = []
    for a, b in pieces:
        first = _skip_number(text, a, b)
        if items and glue and text[first].islower():
            items[-1] = (items[-1][0], b)
        else:
            items.append((first, b))
    return tuple(items)


def _skip_number(text: str, start: int, end: int) -> int:
    match = _ITEM_NUMBER.match(text, start, end)
    return match.end() if match and match.end() < end else start


def _enclosed(marks: list[re.Match[str]]) -> list[bool]:
    """For each punctuation mark whether it stands inside a closed pair of brackets or quotes.

    A bracket that is never closed, or closed without being opened, encloses nothing.
    """
    depth = [0] * (len(marks) + 1)
    waiting: dict[str, list[int]] = {"(": [], "[": [], "“": [], '"': []}
    for i, match in enumerate(marks):
        char = match[0]
        opener = _PAIR.get(char, '"' if char == '"' and waiting['"'] else None)
        if opener is not None:
            if waiting[opener]:
                depth[waiting[opener].pop()] += 1
                depth[i] -= 1
        elif char != ";":
            waiting[char].append(i)
    inside, result = 0, []
    for i in range(len(marks)):
        inside += depth[i]
        result.append(inside > 0)
    return result
