"""Names in running text: the longest name of a table that stands at a place.

Names are compared as sequences of unaccented words, so that case, accents, commas,
hyphens and line breaks inside a name make no difference.

>>> names = Lexicon([("Luật Phòng, chống tham nhũng", 1), ("Luật Phòng thủ dân sự", 2)])
>>> names.match("theo luat phong chong tham nhung 2018", 5)
(1, 32)
>>> names.match("luat phong chong tham nhung2.", 0)  # the mark of a footnote
(1, 27)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

from kg.text.normalization import fold

__all__ = ["Lexicon"]

T = TypeVar("T")

_WORD: Final = re.compile(r"[0-9a-z]+")
_MARKED: Final = re.compile(r"([a-z]{2,}+|o)(\d{1,2})")
"""A word with the mark of a footnote behind it; of one letter "ở", as in ``Luật Nhà ở11``."""
_NEXT: Final = re.compile(r"[\s,.&()\"'*-]{0,6}([0-9a-z]+)")


class Lexicon(Generic[T]):
    """A trie of names over unaccented words."""

    __slots__ = ("_root",)

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._root: dict[str, Any] = {}
        for name, value in names:
            node = self._root
            for word in _WORD.findall(fold(name)):
                node = node.setdefault(word, {})
            node.setdefault("", value)

    def openings(self) -> frozenset[str]:
        """First words of the names, unaccented."""
        return frozenset(self._root) - {""}

    def match(self, folded: str, pos: int) -> tuple[T, int] | None:
        """Value and end of the longest name that begins at ``pos`` of a folded text, or None."""
        word = _WORD.match(folded, pos)
        node: dict[str, Any] = self._root
        found = None
        while word and word[word.lastindex or 0] in node:
            node = node[word[word.lastindex or 0]]
            if "" in node:
                found = node[""], word.end()
                if len(node) == 1:
                    return found
            word = _NEXT.match(folded, word.end())
        if word and folded[word.end() - 1].isdigit() and (bare := _MARKED.fullmatch(word[word.lastindex or 0])):
            last = node.get(bare[1], {})
            if "" in last:
                return last[""], word.end() - len(bare[2])
        return found
