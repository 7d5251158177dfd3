"""Quotations in which another document speaks: ``Điều 8 Nghị định … quy định: “…”``.

What stands in such a quotation is said by the document that is cited before it, its host, not by
the document at hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from kg.ontology.wording import words
from kg.text.late import late

__all__ = ["Quotations"]

_SAYS: Final = late(
    rf"(?:(?![.;:]\s|\n\s*\d)[\s\S])*?(?<!\w){words('saying')}(?!\w)[^.;:]{{0,60}}:[\s*_]*", re.IGNORECASE
)
_REACH: Final = 400
"""Code points between a citation and the quotation from it: the body that signed, the subject, "quy định như sau:"."""
_LINE: Final = 40
"""Characters of a quotation between straight marks: a name in such marks is shorter, and says nothing."""
_INTRODUCED: Final = " \t\n\r*_"
"""What may stand between a colon and the quotation that it introduces."""
_STRAIGHT: Final = late(rf':[{_INTRODUCED}]*"(?=[^"]{{{_LINE}}})')


def _straight(text: str, known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Quotations between straight marks, outside of those that are known."""
    found: list[tuple[int, int]] = []
    closed = 0
    for match in _STRAIGHT.finditer(text):
        opened = match.end() - 1
        k = bisect_left(known, (opened, 0)) - 1
        if opened >= closed and not (k >= 0 and opened < known[k][1]):
            closed = text.find('"', opened + 1) + 1
            if not closed:
                break
            found.append((opened, closed))
    return found


def _host(text: str, tails: Sequence[int], opened: int) -> int | None:
    """Index of the citation whose words the quotation at ``opened`` gives, if any."""
    host = bisect_right(tails, opened) - 1
    near = host >= 0 and opened - tails[host] <= _REACH
    return host if near and _SAYS.fullmatch(text, tails[host], opened) else None


class Quotations:
    """The quotations of one text behind a colon, each with its host; a mark that is never closed quotes nothing."""

    def __init__(self, text: str, tails: Sequence[int]) -> None:
        """``tails`` are the ends of the citations, in order."""
        spans: list[tuple[int, int]] = []
        closed = 0
        # A second opening mark begins the next paragraph of one quotation, or a name in it.
        while (opened := text.find("“", closed)) >= 0 and (closed := text.find("”", opened) + 1):
            if text[max(0, opened - 8) : opened].rstrip(_INTRODUCED)[-1:] != ":":
                continue
            spans.append((opened, closed))
        if '"' in text:
            spans = sorted(spans + _straight(text, spans))
        self._spans: list[tuple[int, int]] = spans
        self._hosts: list[int | None] = [_host(text, tails, opened) for opened, _ in spans]

    def _at(self, offset: int) -> int:
        """Index of the quotation around ``offset``, or -1."""
        k = bisect_left(self._spans, (offset + 1, 0)) - 1 if self._spans else -1
        return k if k >= 0 and offset < self._spans[k][1] else -1

    def encloses(self, offset: int) -> bool:
        """Whether ``offset`` stands in a quotation, with a host or without."""
        return self._at(offset) >= 0

    def host(self, offset: int) -> int | None:
        """Index of the citation whose words stand at ``offset``, None where no cited document speaks."""
        k = self._at(offset)
        return self._hosts[k] if k >= 0 else None
