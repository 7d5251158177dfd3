"""Letters of enterprises: an enterprise signs with the first letters of the last words of its name.

``28/CV-ĐĐT`` is a letter of Công ty TNHH Đại Đồng Tiến, ``92/BC-GTYB`` a report of Công ty cổ phần xây dựng giao
thông Yên Bái.  Where a text names one enterprise whose name ends so, letters that no table knows are its own.

>>> "ĐĐT" in signatures("Công ty TNHH Đại Đồng Tiến"), "MS" in signatures("Công ty cổ phần Mông Sơn")
(True, True)
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from kg.citations.citation import Citation
from kg.entities import enterprises
from kg.entities.symbols import shared, signing

__all__ = ["signatures", "signed"]

_LEAST: Final = 2
"""Letters that tell an enterprise by its name."""
_MOST: Final = 10
_WORDS: Final = re.compile(r"[^\W\d_]+")


def signatures(name: str) -> list[str]:
    """The letters with which an enterprise of that name may sign, the shortest first.

    >>> signatures("Công ty cổ phần xây dựng giao thông Yên Bái")[:3]
    ['YB', 'TYB', 'GTYB']
    """
    words = _WORDS.findall(name)
    first = "".join(word[0].upper() for word in words)
    # Two letters are those of a name of its own: "Mông Sơn", not "Thương mại".
    least = _LEAST if all(word[0].isupper() for word in words[-_LEAST:]) else _LEAST + 1
    return [first[-count:] for count in range(least, min(len(first), _MOST) + 1)]


def signed(text: str, found: list[Citation]) -> list[Citation]:
    """Give citations whose letters no table knows the only enterprise of the text that signs so."""
    unknown = {letters for c in found if (letters := _letters(c))}
    if not unknown:
        return found
    owners: dict[str, list[str]] = {}
    for name, _ in Counter(found_name for _, found_name in enterprises.find(text, 0, len(text))).most_common():
        for letters in signatures(name):
            owners.setdefault(letters, []).append(name)
    only = {letters: _only(owners.get(letters, []), letters) for letters in unknown}
    return [c._replace(issuer=only[letters]) if (letters := _letters(c)) else c for c in found]


def _only(own: list[str], letters: str) -> str | None:
    """Of the names that ``letters`` fit the first, where all are one enterprise's; None where several sign so."""
    ends = {tuple(_WORDS.findall(name.lower())[-len(letters) :]) for name in own}
    return own[0] if len(ends) == 1 else None


def _letters(citation: Citation) -> str | None:
    """The letters behind the type of a citation that has no issuer, where they are no listed body's."""
    symbol = citation.symbol
    if symbol is None or citation.issuer or not 0 < len(symbol.bodies) <= (1 if symbol.type_abbr else 2):
        return None
    letters = symbol.bodies[-1]
    # "01/PANM-MS": before the letters those of a kind of document that no table has.
    if symbol.type_abbr is None and (len(symbol.bodies) < 2 or signing(symbol.bodies[0]) or not citation.type_written):
        return None
    known = len(letters) < _LEAST or not letters.isalpha() or bool(signing(letters)) or shared(letters)
    return None if known else letters
