"""Markers of sections and items (``Điều 5.``, ``II.``, ``1.2.``, ``a)``, ``-``): rank, and number in a series.

The order of ranks is that of Decree 30/2020/NĐ-CP (Appendix I) where it says one, else that of reports.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["DOTTED", "HEADED", "LEGAL", "NUMBERED", "RANK", "TITLE_STAR", "ordinal"]

_PARTS: Final = ("annex", "part", "chapter", "division", "subdivision", "article")
LEGAL: Final = frozenset(_PARTS)
RANK: Final = {
    style: float(rank)
    for rank, style in enumerate(
        (
            *_PARTS,
            *("letter", "roman", "digit", "digits2", "digits3", "digits4", "digits5", "digits6"),
            *("ordinal", "point", "paren", "dash", "plus", "star", "bullet"),
        )
    )
}
# Above the dash where it titles a list ("* Kết quả thực hiện:"), else the innermost.
TITLE_STAR: Final = RANK["dash"] - 0.5
NUMBERED: Final = frozenset(RANK) - {"dash", "plus", "star", "bullet"}
DOTTED: Final = frozenset(style for style in RANK if style.startswith("digits"))
HEADED: Final = DOTTED | {"letter", "roman", "digit", "point"}

_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ALPHABET: Final = "abcdđeghiklmnopqrstuvxy"
_WORDS: Final = {w: i for i, w in enumerate("nhất hai ba tư năm sáu bảy tám chín mười".split(), 1)} | {
    "một": 1,
    "bốn": 4,
}


@lru_cache(maxsize=4096)  # the same few markers, again and again
def ordinal(style: str, marker: str) -> int:
    """Number of a marker in its series, from 1; 0 where it has none.

    >>> ordinal("roman", "IV."), ordinal("point", "đ)"), ordinal("digits2", "1.3."), ordinal("dash", "-")
    (4, 5, 3, 0)
    """
    core = marker.strip(" .)(/-:,;")
    if style == "roman":
        values = [_ROMAN[c] for c in core if c in _ROMAN]
        return sum(v if v >= max(values[i:]) else -v for i, v in enumerate(values))
    if style in ("letter", "point", "paren") and core[:1].isalpha():
        if style == "paren" and core in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"):
            return ordinal("roman", core.upper())
        return _ALPHABET.find(core[0].lower()) + 1
    if style == "ordinal":
        word = core.removeprefix("Thứ ").removesuffix(" là").split(" ")[0].lower()
        return _WORDS.get(word, 0)
    digits = re.findall(r"\d+", core)
    return int(digits[-1]) if digits else 0
