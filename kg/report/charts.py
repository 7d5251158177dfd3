"""The geometry of the pictures: a tile map, a bar of shares, marks on a scale of days.

Everything here is numbers and names; ``templates/charts.html`` draws them as SVG.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log10

from kg.report.days import days_between
from kg.report.model import Chapter, Coverage, Report
from kg.report.tiles import tiles

__all__ = ["GLYPHS", "Band", "Dots", "Lane", "Map", "Part", "Square", "bar", "dots", "scale", "tile_map"]

GLYPHS = {
    Coverage.DONE: "●",
    Coverage.PLANNED: "◐",
    Coverage.UNCLEAR: "◔",
    Coverage.NAMED: "○",
    Coverage.SILENT: "–",
    Coverage.EARLIER: "×",
    Coverage.ABSENT: "",
}
"""What tells the statuses apart where there is no color."""

_WIDTH, _HEIGHT, _GAP = 78, 34, 4
_LINE = 13
"""Letters of a name that fit on one line of a tile."""


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a tile: a unit with its own status."""

    x: float
    width: float
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Square:
    """A tile: its place in pixels, its bands, and its name in lines."""

    x: int
    y: int
    name: str
    lines: tuple[str, ...]
    base: float
    """Where the first line is written, from the top of the tile."""
    coverage: Coverage
    """The strongest of its bands, which the name is written on."""
    bands: tuple[Band, ...]
    parts: tuple[tuple[str, Coverage], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A tile map in pixels."""

    width: int
    height: int
    tile_width: int
    tile_height: int
    squares: tuple[Square, ...]


def tile_map(report: Report, chapter: Chapter) -> Map:
    """Lay out the units of the report's map with what they do about the chapter's document."""
    squares = []
    for tile in tiles(report.map_day):
        parts = chapter.tiles[tile.name]
        shown = sorted({coverage for _, coverage in parts}, key=list(Coverage).index) or [Coverage.ABSENT]
        width = _WIDTH / len(shown)
        bands = tuple(Band(round(width * n, 2), round(width, 2), coverage) for n, coverage in enumerate(shown))
        x, y = tile.column * (_WIDTH + _GAP), tile.row * (_HEIGHT + _GAP)
        lines = _lines(tile.name)
        # A mark stands below the name, unless there is none.
        base = (_HEIGHT + 7) / 2 - 5 * (len(lines) - 1) - (5 if GLYPHS[shown[0]] else 0)
        squares.append(Square(x, y, tile.name, lines, base, shown[0], bands, parts))
    right, bottom = max(square.x for square in squares), max(square.y for square in squares)
    return Map(right + _WIDTH, bottom + _HEIGHT, _WIDTH, _HEIGHT, tuple(squares))


def _lines(name: str) -> tuple[str, ...]:
    """The name on one line, or on two of nearly equal length.

    >>> _lines("Hà Nội"), _lines("Bà Rịa - Vũng Tàu")
    (('Hà Nội',), ('Bà Rịa -', 'Vũng Tàu'))
    """
    if len(name) <= _LINE:
        return (name,)
    cuts = [place for place, letter in enumerate(name) if letter == " "]
    cut = min(cuts, key=lambda place: abs(2 * place - len(name)), default=None)
    return (name,) if cut is None else (name[:cut], name[cut + 1 :])


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a bar, in hundredths of its length."""

    coverage: Coverage
    count: int
    start: float
    share: float


def bar(chapter: Chapter) -> tuple[Part, ...]:
    """Return how many units there are of each status, those without sources left out."""
    counts = [(coverage, len(chapter.units(coverage))) for coverage in Coverage if coverage is not Coverage.ABSENT]
    total = sum(count for _, count in counts) or 1
    parts, done = [], 0
    for coverage, count in counts:
        if count:
            parts.append(Part(coverage, count, round(100 * done / total, 3), round(100 * count / total, 3)))
            done += count
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Lane:
    """A unit's marks: days since the signing, None where the day is not known."""

    name: str
    coverage: Coverage
    document: int | None
    source: int | None


@dataclass(frozen=True, slots=True)
class Dots:
    """Marks of several units over one scale of days."""

    lanes: tuple[Lane, ...]
    ticks: tuple[int, ...]
    undated: tuple[str, ...]
    """Units that carry the document out since a day that is not known."""

    def at(self, days: int) -> float:
        """Place on the scale, from 0 to 1."""
        return round((days - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]), 4)


def dots(chapter: Chapter) -> Dots:
    """Return when each unit that carries the document out has first shown it, the earliest first."""
    signed, lanes, undated = chapter.document.date, [], []
    for name in chapter.active:
        cell = chapter.cells[name]
        document = days_between(signed, cell.first_document.date) if cell.first_document else None
        source = days_between(signed, cell.first_source.date) if cell.first_source else None
        if document is None and source is None:
            undated.append(name)
        else:
            lanes.append(Lane(name, cell.coverage, document, source))
    lanes.sort(key=lambda lane: (min(_known(lane)), lane.name))
    return Dots(tuple(lanes), scale([days for lane in lanes for days in _known(lane)]), tuple(undated))


def _known(lane: Lane) -> Iterator[int]:
    return (days for days in (lane.document, lane.source) if days is not None)


def scale(values: Sequence[int]) -> tuple[int, ...]:
    """Return round, evenly spaced ticks from 0, or the first value below it, to beyond the last.

    >>> scale([31, 476])
    (0, 100, 200, 300, 400, 500)
    >>> scale([3]), scale([])
    ((0, 1, 2, 3), (0, 1))
    """
    low, high = min([0, *values]), max([1, *values])
    rough = (high - low) / 5
    power = 10 ** max(0, int(log10(rough))) if rough >= 1 else 1
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough)
    start = -ceil(-low / step) if low < 0 else 0
    return tuple(step * n for n in range(start, ceil(high / step) + 1))
