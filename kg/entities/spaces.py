"""Spaces that a page of the web or a scan has lost: ``tạiĐiều 12``, ``Ủyban nhân dân``, ``khoản2``.

Vietnamese writes one syllable a word, so a word that is several of them has lost spaces.  They are put back in
the normal form where that is beyond doubt: before a capital behind a syllable in small letters; between syllables
that follow one another in the names of types, bodies, provinces and laws; between "Điều", "khoản" and a number.
A word without any accent (``maDoiTuong``, ``chinhphu.vn``) is another thing and stays.

>>> from kg.text.normalization import normalize
>>> restored(normalize("theo quy định tạiĐiều12 Quyếtđịnh của Ủyban nhândân tỉnh")).text
'theo quy định tại Điều 12 Quyết định của Ủy ban nhân dân tỉnh'
>>> restored(normalize("PowerPoint, m2, khoản 2Điều 12, tuyvậy")).text
'PowerPoint, m2, khoản 2 Điều 12, tuyvậy'
>>> restored(normalize("Số hiệu:5736/CT-QLNNgày ban hành")).text
'Số hiệu:5736/CT-QLN Ngày ban hành'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from kg.ontology.tables import bodies, doc_types, laws, provinces
from kg.text.late import late
from kg.text.normalization import Normalized, fold

__all__ = ["restored"]

_SYLLABLE: Final = late(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.ASCII
)
_WORD: Final = re.compile("[a-z]+", re.ASCII)
_LETTERS: Final = re.compile("[a-z]*", re.ASCII)
_NUMBERED: Final = ("điều", "khoản")
_NUMBERED_PLAIN: Final = tuple(map(fold, _NUMBERED))
_OPENERS: Final = frozenset(("dieu", "khoan", "nghi", "thong", "quyet", "luat", "bo", "uy", "hoi", "chinh", "thu"))
"""Words whose capital opens a place in a document, a type or a body, whatever they are glued to."""
_SHORT: Final = (re.compile("yban(?<=uyban)"), re.compile("so(?:(?<=tuso)|(?<=vanso))"))
"""Shorter than many a syllable and worth a look at each text; longer words tell by their length."""
_GLUED_CAPITAL: Final = re.compile("Aa(?<=[a0]Aa)")
"""Of the kinds of letters: a capital, with a small letter behind it, right behind a small letter or a figure."""
_GLUED_FIGURE: Final = re.compile("0(?<!00)(?:(?<=a0)|(?<=aaaaa 0)(?=0))")
"""A number right behind a word, or behind what may be a year's word glued to another: ``cáonăm 1998``."""
_LONG: Final = re.compile("a" * 7)
"""Hardly a syllable has more than six letters: ``nghiêng``."""
_YEAR: Final = "nam"
_DAY: Final = "Ngày"
"""The next label of a portal, glued to the letters of a number."""


def restored(norm: Normalized, folded: str | None = None) -> Normalized:
    """Return a text with the spaces that it has lost; they stand for no character of the original.

    ``folded`` is ``norm.folded()``, where it is at hand.
    """
    places = sorted(set(_lost(norm, norm.folded() if folded is None else folded)))
    return norm.spaced(places) if places else norm


def _lost(norm: Normalized, folded: str) -> Iterator[int]:
    # Nearly all texts have lost none: what costs is to see that.
    told = norm.kinds()
    for capital in _GLUED_CAPITAL.finditer(told):
        at = capital.start()
        if told[at - 1] == "a":
            if _meet(norm.text, folded, told, at):
                yield at
        elif (opener := _WORD.match(folded, at)) and opener[0] in _OPENERS:
            yield at
    for figure in _GLUED_FIGURE.finditer(told):
        end = figure.start()
        if told[end - 1] == " ":
            year = end - len(_YEAR) - 1
            if folded.startswith(_YEAR, year) and _closed(folded, told, year):
                yield year
        elif folded.endswith(_NUMBERED_PLAIN, 0, end) and norm.text[max(0, end - 5) : end].lower().endswith(_NUMBERED):
            yield end
    for at in _found(norm.text, _DAY):
        letters = norm.text[max(0, at - 2) : at]
        if len(letters) == 2 and letters.isalpha() and letters.isupper():
            yield at
    for pattern in _SHORT:
        for part in pattern.finditer(folded):
            yield from _within(norm.text, folded, part.start())
    done = 0
    for long in _LONG.finditer(told.replace("A", "a")):
        if (at := long.start()) >= done:
            yield from _within(norm.text, folded, at)
            word = _LETTERS.match(folded, at)
            done = word.end() if word else at


def _found(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _closed(folded: str, told: str, at: int) -> bool:
    """Whether the letters before a place are a syllable: ``cáonăm 1998``."""
    start = at
    while told[start - 1 : start] in ("a", "A"):
        start -= 1
    return bool(_SYLLABLE.fullmatch(folded, start, at))


def _meet(text: str, folded: str, told: str, at: int) -> bool:
    """Whether a word in small letters ends before the capital at a place, with which another one begins."""
    start, end = at, at + 1
    while told[start - 1 : start] == "a":
        start -= 1
    start -= told[start - 1 : start] == "A"
    while told[end : end + 1] == "a":
        end += 1
    if text[start:end].isascii():
        return False
    opener = folded[at:end] in _OPENERS
    return opener or bool(_SYLLABLE.fullmatch(folded, start, at) and _SYLLABLE.fullmatch(folded, at, end))


def _within(text: str, folded: str, at: int) -> Iterator[int]:
    """Where the word at a place, which is several syllables, has lost its spaces."""
    while folded[at - 1 : at].isalpha():
        at -= 1
    word = _LETTERS.match(folded, at)
    if word and not text[at : word.end()].isascii():
        yield from (at + cut for cut in _cut(word[0]))


@lru_cache(maxsize=4096)  # the words of other languages
def _cut(word: str) -> tuple[int, ...]:
    """Where the syllables of a word meet, if each pair of them is known and there is but one way to part them."""
    if len(word) > _MOST or _SYLLABLE.fullmatch(word):
        return ()
    ways = list(_ways(word, 0, ""))
    return ways[0] if len(ways) == 1 else ()


_MOST: Final = 40


def _ways(word: str, at: int, before: str) -> Iterator[tuple[int, ...]]:
    for end in range(at + 2, min(len(word), at + 7) + 1):
        syllable = word[at:end]
        if before and (before, syllable) not in _pairs():
            continue
        if end == len(word):
            if before:
                yield ()
        elif syllable in _firsts():
            for rest in _ways(word, end, syllable):
                yield (end, *rest)


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """Syllables that follow one another in names, and in a name and what stands before or behind it."""
    types = [kind.name for kind in doc_types()]
    of = [name for body in bodies() for name in (body.name, *body.name_variants) if " " in name]
    places = [f"{row.form} {row.name}" for row in provinces()]
    around = ["hướng dẫn thi hành một số điều của Luật", "sửa đổi, bổ sung một số điều của Nghị định"]
    around += [f"{kind} số" for kind in types] + [f"của {body}" for body in of]
    around += [f"{body} {unit}" for body in ("nhân dân", "công thương") for unit in ("tỉnh", "thành", "huyện", "xã")]
    names = (*types, *of, *places, *around, *(f"Luật {law.name}" for law in laws()))
    return frozenset(pair for name in names for pair in pairwise(_WORD.findall(fold(name))))


@cache
def _firsts() -> frozenset[str]:
    return frozenset(first for first, _ in _pairs())
