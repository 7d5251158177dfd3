"""The order of the Vietnamese alphabet: Bình Dương, Cà Mau, Đắk Lắk, Đồng Nai, Gia Lai.

Code points order Đ behind all other letters, Ă and Â beside A's tones.  The letters stand in the order of
the alphabet (a ă â b c d đ e ê … o ô ơ … u ư …), and of names that differ in nothing else the tones decide, as
Unicode's collation for Vietnamese (CLDR, locale ``vi``) has them: none, grave, hook, tilde, acute, dot below.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, TypeAlias

__all__ = ["Place", "place_of"]

Place: TypeAlias = tuple[tuple[tuple[str, int], ...], tuple[int, ...], str]
"""What a name is sorted by: its letters, then their tones, then itself."""

_MARKS: Final = {"\u0306": 1, "\u0302": 2, "\u031b": 3}
"""Breve, circumflex, horn: what makes another letter; ô stands before ơ."""
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


@lru_cache(maxsize=8192)  # the same few names of provinces and bodies, again and again
def place_of(name: str) -> Place:
    """Return the place of ``name`` in the order of the alphabet; capitals make no difference, spaces come first.

    >>> sorted(["Đồng Nai", "Thái Bình", "Điện Biên", "Ðà Nẵng", "Cà Mau", "Gia Lai", "Daklak"], key=place_of)
    ['Cà Mau', 'Daklak', 'Ðà Nẵng', 'Điện Biên', 'Đồng Nai', 'Gia Lai', 'Thái Bình']
    >>> sorted(["mã", "ma", "mạ", "má", "mà", "mả", "mâm"], key=place_of)
    ['ma', 'mà', 'mả', 'mã', 'má', 'mạ', 'mâm']
    """
    letters: list[tuple[str, int]] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", name.lower().replace("ð", "đ")):
        if char in _MARKS and letters:
            letters[-1] = (letters[-1][0], _MARKS[char])
        elif char in _TONES and tones:
            tones[-1] = _TONES[char]
        else:
            letters.append(("d", 1) if char == "đ" else (char, 0))
            tones.append(0)
    return tuple(letters), tuple(tones), name
