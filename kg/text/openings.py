"""The words with which names may begin: most words of a text begin none, and a set tells so before any pattern does."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kg.text.patterns import alternatives

__all__ = ["Openings", "first_words"]

_FIRST: Final = re.compile(r"[0-9a-z]+")
_WORD: Final = re.compile(r"\w+")
_EITHER_CASE: Final = re.compile(r"\[\w(\w)\]")


class Openings(NamedTuple):
    """First words of names in small letters: ``bare`` of those compared without accents, ``spelt`` of the others."""

    bare: frozenset[str]
    spelt: frozenset[str]

    def at(self, text: str, folded: str, pos: int) -> bool:
        """Whether one of the names may begin at ``pos`` of a text; ``folded`` is ``fold(text)``.

        >>> names = Openings(frozenset({"so"}), frozenset({"quỹ"}))
        >>> [names.at(text, folded, 0) for text, folded in (("Số", "so"), ("Quỹ", "quy"), ("Quy", "quy"))]
        [True, True, False]
        """
        word = _FIRST.match(folded, pos)
        return word is not None and (word[0] in self.bare or text[pos : word.end()].lower() in self.spelt)


def first_words(pattern: str) -> frozenset[str]:
    """The first words, in small letters, of what a pattern finds; each of its alternatives must begin with one.

    >>> sorted(first_words("(?:Tổng |Chi )?[Cc]ục|Quỹ(?= )"))
    ['chi', 'cục', 'quỹ', 'tổng']
    """
    words: set[str] = set()
    for one in alternatives(_EITHER_CASE.sub(r"\1", pattern)):
        if (first := _WORD.match(one)) is None:
            raise ValueError(f"no first word: {one}")
        words.add(first[0].lower())
    return frozenset(words)
