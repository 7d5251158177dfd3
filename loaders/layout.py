"""Paragraphs and tables laid out as lines, with a `Place` for each.

The loaders of Word and web pages turn a file into blocks; here blocks become one text.
A paragraph is a line (or more, where it has line breaks of its own).  A table row whose
cells hold one line each is one line, its cells parted by tabs; else the cells follow each
other, line by line, so that a citation inside a cell is never cut by its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.loaders.encodings import legacy_encoding, recode
from kg.loaders.source import Place

__all__ = ["Block", "Layout", "Paragraph", "Table", "lay_out"]

_BREAKS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``kind`` is ``paragraph``, ``heading`` or ``footnote``."""

    text: str
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of blocks."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Layout:
    """The text, its places in order, and the legacy encoding that was undone, if any."""

    text: str
    places: tuple[Place, ...]
    legacy: str | None


def lay_out(blocks: Iterable[Block]) -> Layout:
    """Return ``blocks`` as one text that ends in a line break; empty paragraphs and cells leave no trace."""
    blocks = tuple(blocks)
    legacy = legacy_encoding("\n".join(p.text for p in _paragraphs(blocks)))
    page = _Page(legacy)
    for block in blocks:
        page.add(block)
    places = sorted(page.places, key=lambda p: (p.start, -p.end, p.kind == "cell"))
    return Layout("".join(page.parts), tuple(places), legacy)


class _Page:
    def __init__(self, legacy: str | None) -> None:
        self.parts: list[str] = []
        self.places: list[Place] = []
        self._length = 0
        self._legacy = legacy
        self._numbers: dict[str, int] = {}

    def add(self, block: Block, *, in_cell: bool = False) -> None:
        if isinstance(block, Table):
            start, number = self._length, self._number("table")
            for row in block.rows:
                self._add_row(row)
            self._mark("table", number, start, self._length - 1)
        elif text := self._clean(block.text):
            start = self._length
            self._write(text, "\n")
            if not in_cell or block.kind == "footnote":
                self._mark(block.kind, self._number(block.kind), start, start + len(text))

    def _add_row(self, row: tuple[tuple[Block, ...], ...]) -> None:
        lines = [[self._clean(p.text) for p in _paragraphs(cell) if p.text.strip()] for cell in row]
        filled = [cell for cell in lines if cell]
        if all(len(cell) == 1 and "\n" not in cell[0] for cell in filled):
            for i, (text,) in enumerate(filled):
                start = self._length
                self._write(text, "\n" if i == len(filled) - 1 else "\t")
                self._mark("cell", self._number("cell"), start, start + len(text))
            return
        for cell in row:
            start = self._length
            for block in cell:
                self.add(block, in_cell=True)
            if self._length > start:
                self._mark("cell", self._number("cell"), start, self._length - 1)

    def _clean(self, text: str) -> str:
        text = _BREAKS.sub("\n", text.strip())
        return recode(text, self._legacy) if self._legacy else text

    def _write(self, text: str, end: str) -> None:
        self.parts += (text, end)
        self._length += len(text) + len(end)

    def _number(self, kind: str) -> int:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return self._numbers[kind]

    def _mark(self, kind: str, number: int, start: int, end: int) -> None:
        if end > start:
            self.places.append(Place(kind, number, start, end))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell)
