"""How far a text is spelled as Vietnamese is, to tell a sound text from a garbled one.

A Vietnamese syllable is an onset, a vowel and a coda from three short lists, with at most
one tone mark; the pattern below is a little wider than the language (it takes ``kăch``),
which is enough: fewer than one word in a hundred of a real report falls outside, one in
two when a font map or an encoding is wrong.

>>> share("Căn cứ Nghị định số 126/2024/NĐ-CP của Chính phủ")
1.0
>>> share("C¨n cø NghÞ ®Þnh sè 126/2024/N§-CP cña ChÝnh phñ") < 0.3
True
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LETTERS", "WORD", "is_syllable", "share"]

LETTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzđ"
    + "".join(
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưy"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
)
"""The letters of Vietnamese and the four of the basic alphabet that it borrows (f, j, w, z)."""

_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:[bdđhlmrsvx]|c|ch|gh?|gi|kh?|ng?h?|nh|ph?|qu|t|th|tr)?"  # onset
    r"[ou]?(?:i[êa]|y[êa]|u[ôa]|ư[ơa]|uê|uy|[aăâeêioôơuưy])"  # glide and vowel
    r"(?:ch?|k|m|ng?|nh|p|t|[iouy])?"  # coda; k in names: Đắk Lắk
)
WORD = re.compile(r"[^\s/\-–.,;:()\[\]“”\"'‘’…]+")
"""What stands between blanks and marks, as spelling is asked about it."""


def is_syllable(word: str) -> bool:
    """Return whether Vietnamese spelling allows ``word``, with or without its marks."""
    bare, tones = _TONE.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def share(text: str, *, limit: int = 20_000) -> float:
    """Return the share (0 to 1) of the words of ``text[:limit]`` that Vietnamese spelling allows.

    Words without a lower-case letter (numbers, abbreviations) don't count; a text without
    words has the share 1, as nothing speaks against it.
    """
    words = [
        w
        for w in WORD.findall(unicodedata.normalize("NFC", text[:limit]))
        if len(w) > 1 and any(c.islower() for c in w)
    ]
    return sum(map(is_syllable, words)) / len(words) if words else 1.0
