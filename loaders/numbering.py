"""The numbers that Word prints before paragraphs and doesn't store in them.

A paragraph names a list (``w:numId``) and a level (``w:ilvl``); ``numbering.xml`` says how a
level counts (``w:numFmt``), where it starts and what it prints (``w:lvlText``, where ``%1``
stands for the count of the first level).  ECMA-376 Part 1, §17.9.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Numbering", "W", "count", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_PLAIN_BULLETS = frozenset("-–—+*•▪◦")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    restart: int | None
    """Restart when a level above this number (1-based) counts; 0 is never, None whenever any does."""
    legal: bool
    """All counts of the label in decimal (``w:isLgl``)."""
    style: str | None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document, counting as its paragraphs are read in order."""

    def __init__(self, root: _Element | None) -> None:
        """Take the root of ``numbering.xml``, or None for a document without lists."""
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._started: set[str] = set()
        if root is None:
            return
        styled: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self._lists[name] = _List(dict(map(_level, abstract.iterfind(f"{W}lvl"))))
            if style := value(abstract, "styleLink"):
                styled[style] = name
            if style := value(abstract, "numStyleLink"):
                links[name] = style
        for name, style in links.items():
            self._lists[name] = self._lists.get(styled.get(style, ""), self._lists[name])
        for number in root.iterfind(f"{W}num"):
            starts, levels = {}, {}
            for override in number.iterfind(f"{W}lvlOverride"):
                level = int(override.get(f"{W}ilvl", "0"))
                if start := value(override, "startOverride"):
                    starts[level] = int(start)
                for own in override.iterfind(f"{W}lvl"):
                    levels[level] = _level(own)[1]
            self._numbers[number.get(f"{W}numId", "")] = (value(number, "abstractNumId") or "", starts, levels)

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level of list ``number`` that belongs to a paragraph style; 0 when none does."""
        levels = self._levels(number)
        return next((i for i, level in levels.items() if level.style == style), 0)

    def label(self, number: str, level: int) -> str:
        """Count one paragraph of list ``number`` at ``level`` (from 0) and return what Word prints before it."""
        levels = self._levels(number)
        if level not in levels:
            return ""
        abstract, starts, _ = self._numbers[number]
        counts = self._lists[abstract].counts
        if number not in self._started:
            self._started.add(number)
            for i in starts:
                counts.pop(i, None)
        counts[level] = counts.get(level, starts.get(level, levels[level].start) - 1) + 1
        for i in [i for i in counts if i > level]:
            restart = levels[i].restart if i in levels else None
            if restart is None or level < restart:
                del counts[i]
        return self._text(levels, level, counts, starts)

    def _levels(self, number: str) -> dict[int, _Level]:
        abstract, _, own = self._numbers.get(number, ("", {}, {}))
        known = self._lists.get(abstract)
        return {**known.levels, **own} if known else {}

    @staticmethod
    def _text(levels: dict[int, _Level], level: int, counts: dict[int, int], starts: dict[int, int]) -> str:
        here = levels[level]
        if here.format == "bullet":
            # Symbol fonts keep bullets in the private area; a letter "o" is a hollow dot.
            return here.text if here.text in _PLAIN_BULLETS else "-"
        text = here.text
        for i in range(level + 1):
            if (mark := f"%{i + 1}") in text and i in levels:
                number = counts.setdefault(i, starts.get(i, levels[i].start))
                text = text.replace(mark, count(number, "decimal" if here.legal else levels[i].format))
        return text.strip()


def count(number: int, format: str) -> str:
    """Return ``number`` in a Word number format; formats of other scripts come out as decimal.

    >>> count(4, "lowerRoman"), count(28, "lowerLetter"), count(3, "decimalZero")
    ('iv', 'bb', '03')
    """
    match format:
        case "lowerLetter" | "upperLetter" if number > 0:
            letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letters if format == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if number > 0:
            roman = ""
            for size, sign in _ROMAN:
                roman += sign * (number // size)
                number %= size
            return roman if format == "lowerRoman" else roman.upper()
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case _:
            return str(number)


def value(element: _Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a child of ``element``, or None."""
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else child.get(f"{W}val")


def _level(element: _Element) -> tuple[int, _Level]:
    restart = value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return int(element.get(f"{W}ilvl", "0")), _Level(
        int(value(element, "start") or 1),
        value(element, "numFmt") or "decimal",
        value(element, "lvlText") or "",
        None if restart is None else int(restart),
        legal is not None and legal.get(f"{W}val") not in {"0", "false"},
        value(element, "pStyle"),
    )
