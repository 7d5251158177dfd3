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

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Normalized", "fold", "normalize"]

_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SAME_LENGTH = str.maketrans(
    {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ", "\uff0f": "/", "\u2215": "/", "\u2044": "/"}
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_SPACES, " ")
)
_FOLDED = re.compile("[\u00d0\u00f0\u0189\u0256\uff0f\u2215\u2044" + _HYPHENS + _SPACES + "]")

# A letter with combining marks; invisible characters; residue of Word, HTML and Markdown inside a line.
_CHANGED = re.compile(
    "[^\\W\\d_][\u0300-\u036f]+"
    "|[\u00ad\u200b-\u200f\u2060\ufeff]"
    r"|\[footnoteRef:\d{0,4}\]|\[bookmark:[^\]\n]{0,80}\]|(?<=[^\n])<sup>[^<\n]{0,12}</sup>|\*\*\*?"
)
_NOTE = re.compile(r"\d{1,4}")
_HINT = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]|\\[(?:footnoteRef|bookmark):|<sup>|\\*\\*")


@dataclass(frozen=True, slots=True)
class Normalized:
    """Text in normal form; the three tuples map its offsets to those of the original."""

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    widths: tuple[int, ...] = (0,)
    """Characters of the original behind one composed character; 0 where the run is one to one."""
    anchors: tuple[tuple[int, str], ...] = ()
    """Footnote anchors that were dropped: offset in ``text`` and the note's number."""

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
        last = self.origins[k] + (self.widths[k] or end - self.starts[k])
        return self.origin(start), last


def normalize(raw: str) -> Normalized:
    """Return ``raw`` in normal form: NFC letters, Đ as U+0110, plain hyphens and spaces; line breaks stay."""
    text = raw.translate(_SAME_LENGTH) if _FOLDED.search(raw) else raw
    if not _HINT.search(text):
        return Normalized(text)
    parts: list[str] = []
    starts, origins, widths = [0], [0], [0]
    anchors: list[tuple[int, str]] = []
    length = done = 0
    for match in _CHANGED.finditer(text):
        begin, end = match.span()
        composed = unicodedata.normalize("NFC", match[0]) if "\u0300" <= match[0][-1] <= "\u036f" else ""
        parts += (text[done:begin], composed)
        length += begin - done
        if composed:
            starts.append(length)
            origins.append(begin)
            widths.append(end - begin)
        elif note := _NOTE.search(match[0]):
            anchors.append((length, note[0]))
        length += len(composed)
        starts.append(length)
        origins.append(end)
        widths.append(0)
        done = end
    parts.append(text[done:])
    return Normalized("".join(parts), tuple(starts), tuple(origins), tuple(widths), tuple(anchors))


def _fold_table() -> dict[int, str]:
    """Each Vietnamese letter -> its bare lower-case ASCII letter, one for one."""
    table = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("Đ"): "d", ord("đ"): "d"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Return NFC ``text`` without accents, in lower case, of the same length.

    >>> fold("Nghị định của Chính phủ")
    'nghi dinh cua chinh phu'
    """
    return text.translate(_FOLD)
