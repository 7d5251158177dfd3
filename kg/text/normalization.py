"""Normal form of a text, with the way back to the original.

Vietnamese documents reach us composed and decomposed, with the Icelandic ``Ð`` for
``Đ``, with a dozen kinds of hyphen and space, and with the residue of word processors
(footnote anchors, bookmarks, emphasis marks) in the middle of a citation.  The rules
below fold what is not a difference and remember where each character came from, so that
every span found in the normal form can be quoted exactly from the original.

>>> norm = normalize("Nghị định số 60/2024/N\\u00d0\\u2011CP")
>>> norm.text
'Nghị định số 60/2024/NĐ-CP'
>>> decomposed = normalize("Nghi\\u0323 đi\\u0323nh 60")
>>> decomposed.text, decomposed.span(0, 9)
('Nghị định 60', (0, 11))
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

__all__ = [
    "GAZETTE_PAGE",
    "PAGE_END",
    "UPPER",
    "Normalized",
    "fold",
    "normalize",
    "on_one_line",
    "unbroken",
]

UPPER: Final = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The capitals of Vietnamese, as they stand in a set of a regular expression."""

PAGE_END: Final = r"(?:\n\s{0,4}(?:-\s?)?\d{1,3}(?:\s?-)?\s{0,4}\n\s{0,4})"
"""Pattern of a line with the number of a page, where the page ends within a phrase."""

GAZETTE_PAGE: Final = (
    r"(?:\s{0,12}(?:\n\s{0,4}\d{1,3}(?=\s)\s{0,4}){0,4}\s{0,9}"
    r"cong\sbao/so\s[\d\s+]{1,14}/ngay\s[\d-]{8,10}\s{1,9}(?:\d{1,3}\s{1,9})?)"
)
"""Pattern of the head of a page of the gazette, in folded text, where the page ends within a phrase."""

_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d"
_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Letters of another alphabet that look the same: typed or pasted into symbols (``BТС`` for ``BTC``).
_CYRILLIC: Final = "АВЕКМНОРСТХ"
_SAME_LENGTH: Final = (
    {
        "\u00d0": "Đ",
        "\u0189": "Đ",
        "\u00f0": "đ",
        "\u0256": "đ",
        "\u01a2": "Ư",
        "\u01a3": "ư",
        "\uff0f": "/",
        "\u2215": "/",
        "\u2044": "/",
    }
    | dict(zip(_CYRILLIC, "ABEKMHOPCTX", strict=True))
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_SPACES, " ")
)
# What a text may hold that its normal form does not.
_DROPPED: Final = "\u00ad\u200b-\u200f\u2060\ufeff"
_COMBINING: Final = "\u0300-\u036f"
_ODD: Final = re.compile(rf"[{''.join(_SAME_LENGTH)}{_COMBINING}{_DROPPED}*<\[]")
_RESIDUE: Final = re.compile(
    rf"[{_COMBINING}]+|[{_DROPPED}]|\*+|<sup>[^<\n]{{0,12}}</sup>|\[(?:footnoteRef:\d{{0,4}}|bookmark:[^\]\n]{{0,80}})\]"
)
"""Combining marks, invisible characters, residue of Markdown, HTML and Word."""
_MARKUP: Final = tuple(
    (mark, re.compile(re.escape(mark))) for mark in (b"*", b"<sup>", b"[footnoteRef:", b"[bookmark:")
)
_UNKNOWN: Final = re.compile(rb"\?")
_NOTE: Final = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Normalized:
    """Text in normal form; the three tuples map its offsets to those of the original."""

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    widths: tuple[int, ...] = (0,)
    """Characters of the original behind one composed character; 0 where the run is one to one, -1 behind none."""
    anchors: tuple[tuple[int, str], ...] = ()
    """Footnote anchors that were dropped: offset in ``text`` and the note's number."""
    coded: bytes | None = field(default=None, repr=False, compare=False)
    """``text`` in the code of `fold`, where it has been worked out."""

    def folded(self) -> str:
        """``fold(text)``."""
        return fold(self.text) if self.coded is None else _bare(self.coded)

    def origin(self, index: int) -> int:
        """Offset in the original of the character at ``index``."""
        if len(self.starts) == 1:
            return index
        k = bisect_right(self.starts, index) - 1
        return self.origins[k] + (0 if self.widths[k] else index - self.starts[k])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span in the original of the half-open span ``start, end`` (``start < end``)."""
        if len(self.starts) == 1:
            return start, end
        k = bisect_right(self.starts, end - 1) - 1
        run, origin, width = self.starts[k], self.origins[k], self.widths[k]
        if run <= start and not width:
            return origin + start - run, origin + end - run
        return self.origin(start), origin + (max(width, 0) if width else end - run)

    def spaced(self, places: Sequence[int]) -> Normalized:
        """Return the text with a space put in at each of these offsets, in order, which is of no original character.

        >>> norm = normalize("tạiĐiều 12").spaced([3])
        >>> norm.text, norm.span(0, 3), norm.span(4, 11)
        ('tại Điều 12', (0, 3), (3, 10))
        """
        runs = [
            (start, origin, width) for start, origin, width in zip(self.starts, self.origins, self.widths, strict=True)
        ]
        begun = {start for start, _, _ in runs}
        runs += [(place, self.origin(place), -1) for place in places]
        for place in places:
            if place not in begun:
                runs.append((place, self.origin(place), self.widths[bisect_right(self.starts, place) - 1]))
        # At one place what is put in comes first.
        runs.sort(key=lambda run: (run[0], run[2] >= 0))
        shifted, shift = list[tuple[int, int, int]](), 0
        for start, origin, width in runs:
            shifted.append((start + shift, origin, width))
            shift += width < 0
        starts, origins, widths = zip(*shifted, strict=True)
        pieces = [self.text[begin:end] for begin, end in pairwise((0, *places, len(self.text)))]
        anchors = tuple((at + bisect_right(places, at), note) for at, note in self.anchors)
        text, ends = " ".join(pieces), (0, *places, len(self.text))
        coded = None if self.coded is None else b" ".join([self.coded[a:b] for a, b in pairwise(ends)])
        return Normalized(text, starts, origins, widths, anchors, coded)

    def kinds(self) -> str:
        """The kind of each character of ``text``: ``a`` and ``A`` for a letter, ``0`` for a figure, a space for others.

        >>> normalize("Điều 12, khoản").kinds()
        'Aaaa 00  aaaaa'
        """
        coded = _coded(self.text) if self.coded is None else self.coded
        return coded.translate(_KINDS).decode("latin-1")


def normalize(raw: str) -> Normalized:
    """Return ``raw`` in normal form: NFC letters, Đ as U+0110, plain hyphens and spaces; line breaks stay."""
    coded = _coded(raw)
    odd = _odd(raw, coded)
    alike = [at for at in odd if raw[at] in _SAME_LENGTH]
    text, coded = _replaced(raw, coded, alike) if alike else (raw, coded)
    if len(alike) == len(odd):
        return Normalized(text, coded=coded)
    parts: list[str] = []
    codes: list[bytes] = []
    starts, origins, widths = [0], [0], [0]
    anchors: list[tuple[int, str]] = []
    length = done = past = 0
    for begin in odd:
        match = _RESIDUE.match(text, begin) if begin >= past else None
        if match is None:
            continue
        end = past = match.end()
        first, composed = text[begin], ""
        if "\u0300" <= first <= "\u036f":
            if begin == done:
                continue
            begin -= 1
            composed = _composed(text[begin:end])
        elif first == "<" and (begin == 0 or text[begin - 1] == "\n"):
            continue  # a footnote's own number opens its line
        elif first == "*" and end - begin == 1 and text[end : end + 1].isspace() and _opens_line(text, begin):
            continue  # a bullet
        parts += (text[done:begin], composed)
        codes += (coded[done:begin], _coded(composed))
        length += begin - done
        if composed:
            starts.append(length)
            origins.append(begin)
            widths.append(end - begin)
        elif first in "[<" and (note := _NOTE.search(match[0])):
            anchors.append((length, note[0]))
        length += len(composed)
        starts.append(length)
        origins.append(end)
        widths.append(0)
        done = end
    if not done:
        return Normalized(text, coded=coded)
    whole, coded = "".join([*parts, text[done:]]), b"".join([*codes, coded[done:]])
    return Normalized(whole, tuple(starts), tuple(origins), tuple(widths), tuple(anchors), coded)


def _replaced(text: str, coded: bytes, places: list[int]) -> tuple[str, bytes]:
    """Text and code with the letters at these offsets written as their likes."""
    codes = bytearray(coded)
    for at in places:
        codes[at] = _LIKES[text[at]]
    for letter in {text[at] for at in places}:
        text = text.replace(letter, _SAME_LENGTH[letter])
    return text, bytes(codes)


@lru_cache(maxsize=4096)  # the same few letters, again and again
def _composed(letter: str) -> str:
    return unicodedata.normalize("NFC", letter)


def _opens_line(text: str, at: int) -> bool:
    while at and text[at - 1].isspace():
        if text[at - 1] == "\n":
            return True
        at -= 1
    return not at


# The alphabet with its tones, and the marks that citations are written with.
_LETTERS: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_MARKS: Final = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": ".", "•": "*", "«": '"', "»": '"'}


def _fold_tables() -> tuple[Any, bytes, bytes]:
    """A one-byte code that holds ASCII and the Vietnamese letters, each code's bare lower-case letter, and its kind."""
    bare_of = {c: unicodedata.normalize("NFD", c.lower())[0] for c in _LETTERS + _LETTERS.upper()}
    bare_of |= {"đ": "d", "Đ": "d"} | _MARKS
    # They are more than the 128 codes above ASCII: the rest take control codes that no text uses.
    codes = [*range(128, 256), *range(1, 9), *range(14, 28)]
    table = [chr(code) for code in range(128)] + ["\ufffe"] * 128
    bare = bytearray(range(256))
    for code in range(ord("A"), ord("Z") + 1):
        bare[code] = code + 32
    for code, (letter, plain) in zip(codes, bare_of.items(), strict=False):
        table[code] = letter
        bare[code] = ord(plain)
    kinds = "".join(
        "A" if c.isupper() else "a" if c.isalpha() else "0" if c.isascii() and c.isdigit() else " " for c in table
    )
    return codecs.charmap_build("".join(table)), bytes(bare), kinds.encode()


_CODE, _BARE, _KINDS = _fold_tables()


def _coded(text: str) -> bytes:
    return codecs.charmap_encode(text, "replace", _CODE)[0]


_LIKES: Final = {odd: _coded(plain)[0] for odd, plain in _SAME_LENGTH.items()}
"""The code of what each letter is replaced by."""


def _odd(text: str, coded: bytes) -> list[int]:
    """Where a text may be other than its normal form, in order; ``coded`` is the text in the code of `fold`."""
    if coded.count(b"?") > len(coded) // 16:
        return [found.start() for found in _ODD.finditer(text)]
    # Whatever has no code became a question mark, which is looked for many times as fast as a set.
    unknown = [found.start() for found in _UNKNOWN.finditer(coded) if _ODD.match(text, found.start())]
    marks = [found.start() for mark, residue in _MARKUP if mark in coded for found in residue.finditer(coded)]
    return sorted(unknown + marks) if marks else unknown


def fold(text: str) -> str:
    """Return NFC ``text`` without accents, in lower case, of the same length; other scripts become ``?``.

    >>> fold("Nghị định của Chính phủ")
    'nghi dinh cua chinh phu'
    """
    # One byte a letter and back: some ten times as fast as str.translate on Vietnamese text.
    return _bare(_coded(text))


def on_one_line(text: str) -> str:
    """Return a passage on one line, without the marks of bold and slanted words.

    >>> on_one_line("**Sở A**\\nchủ trì")
    'Sở A chủ trì'
    """
    return unbroken(text.replace("*", " ") if "*" in text else text)


def unbroken(text: str) -> str:
    """Return a passage on one line, with one blank between its words.

    >>> unbroken("Sở A\\nchủ trì ")
    'Sở A chủ trì'
    """
    # To see that it is on one line takes a quarter of the time that it takes to make one of it.
    # Of all blanks only the space can be printed.
    return text.strip() if "  " not in text and text.isprintable() else " ".join(text.split())


def _bare(coded: bytes) -> str:
    return coded.translate(_BARE).decode("latin-1")
