"""Parts of a question in words that fill parameters: file names, citations, dates, periods, bodies, provinces, numbers.

They are read in this order, without accents or case, in Vietnamese and English; what one reader takes is
blank for the next.

>>> text = "ai giao việc cho Sở Công Thương năm 2024"
>>> [(slot.kind, slot.value) for slot in read_slots(text, fold(text), None)]
[('period', '2024'), ('body', 'Sở Công Thương')]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.answers.lookup import read_wording
from kg.entities import bodies, dates
from kg.ontology.tables import provinces
from kg.text.lexicon import Lexicon
from kg.text.normalization import fold

__all__ = ["Slot", "read_slots"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the wording that fills a parameter: its kind, its value, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


_FILE = re.compile(r"(?<!\S)\S+\.(?:txt|md|html?|pdf|docx?|rtf)(?!\w)")
_Y = r"(?P<y>(?:19|20)\d\d)"
_IN_YEAR = r"(?:\s*(?:nam|of|in|/|,)?\s*)"
_MONTHS = "january february march april may june july august september october november december".split()
_FIGURES = {"i": "1", "ii": "2", "iii": "3", "iv": "4"} | {m: str(n) for n, m in enumerate(_MONTHS, 1)}
# Pattern of a period and how its groups make its label, the more particular first.
_PERIODS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![\w/.-]){pattern}(?![\w/])"), label)
    for pattern, label in (
        (
            r"(?:tu|giai doan|between|from)?(?:\s*nam)?\s*"
            + _Y
            + r"\s*(?:-|den(?: nam)?|and|to|va)\s*(?P<z>(?:19|20)\d\d)",
            "{y}/{z}",
        ),
        (r"(?:6|sau) thang dau" + _IN_YEAR + _Y, "{y}-H1"),
        (r"(?:6|sau) thang cuoi" + _IN_YEAR + _Y, "{y}-H2"),
        (r"(?:(?:in |the )*first (?:half|six months))" + _IN_YEAR + _Y, "{y}-H1"),
        (r"(?:(?:in |the )*second half)" + _IN_YEAR + _Y, "{y}-H2"),
        (r"(?P<m>[1-9]|1[0-2]) thang(?: dau)?" + _IN_YEAR + _Y, "{y}-M{m}"),
        (r"(?:trong )?(?:quy|q|quarter)\s*(?P<q>iv|i{1,3}|[1-4])" + _IN_YEAR + _Y, "{y}-Q{q}"),
        (r"(?:trong |in )?(?:thang )(?P<n>\d{1,2})" + _IN_YEAR + _Y, "{y}-{n:0>2}"),
        (r"(?P<n>\d{1,2})/" + _Y, "{y}-{n:0>2}"),
        (rf"(?:in )?(?P<n>{'|'.join(_MONTHS)})" + _IN_YEAR + _Y, "{y}-{n:0>2}"),
        (r"(?:trong )?(?:nam|in|for|during|of|since)?\s*" + _Y, "{y}"),
    )
)
_MONTH = re.compile(rf"(?:0?[1-9]|1[0-2])/{_Y}")
_LIMIT = re.compile(r"(?<![\w/.-])(?:top\s+)?(?P<n>[1-9]\d{0,2})(?![\w/.-])")
_DAY = re.compile(r"(?<![\w/.-])(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?![\w-])")
_WORD_START = re.compile(r"(?<![^\W_])[^\W\d_]")
_BEFORE_PLACE = re.compile(r"\s+(?:(?:cua|of)\s+)?(?:(?:tinh|thanh pho|tp\.?)\s+)?")
_BEHIND_PLACE = re.compile(r"\s+(?:(?:provincial|city|municipal)\s+)?")
_PLACE_WORD = re.compile(r"(?:(?:cua|o|tai|trong|in|of)\s+)?(?:cac\s+)?(?:tinh|thanh pho|tp\.?|province(?: of)?)\s+\Z")


def read_slots(text: str, folded: str, known: Lexicon[str] | None) -> Iterator[Slot]:
    """Yield the parts of a wording that fill parameters; ``known`` are names of bodies that the tables don't have."""
    rest = list(folded)

    def take(kind: str, value: str, start: int, end: int) -> Slot:
        rest[start:end] = "\x00" * (end - start)
        return Slot(kind, value, start, end)

    for match in _FILE.finditer(text):
        yield take("report", match[0], *match.span())
    for wanted in read_wording(text):
        if "\x00" not in rest[wanted.start : wanted.end] and not _is_month(folded, wanted.start, wanted.end):
            yield take("document", text[wanted.start : wanted.end], wanted.start, wanted.end)
    for kind, value, start, end in (*_days("".join(rest)), *_periods("".join(rest))):
        if "\x00" not in rest[start:end]:
            yield take(kind, value, start, end)
    for kind, value, start, end in _places(text, "".join(rest), known):
        if "\x00" not in rest[start:end]:
            yield take(kind, value, start, end)
    if number := _LIMIT.search("".join(rest)):
        yield take("integer", number["n"], *number.span())


def _is_month(folded: str, start: int, end: int) -> bool:
    """Whether a number with a year is a month: tháng 10/2024."""
    return bool(_MONTH.fullmatch(folded, start, end) and folded[:start].rstrip().endswith("thang"))


def _days(folded: str) -> Iterator[tuple[str, str, int, int]]:
    for match in _DAY.finditer(folded):
        yield "date", match["iso"], *match.span()
    for match in re.finditer(r"(?<![\w/.-])(?:ngay\s+)?\d", folded):
        found = dates.parse(folded, match.start())
        if found and len(found[0]) == 10:
            yield "date", found[0], match.start(), found[1]
    for match in re.finditer(r"(?<!\w)[a-z]{3,9}\.? \d", folded):
        found = dates.parse(folded, match.start())
        if found and len(found[0]) == 10:
            yield "date", found[0], match.start(), found[1]


def _periods(folded: str) -> Iterator[tuple[str, str, int, int]]:
    for pattern, label in _PERIODS:
        for match in pattern.finditer(folded):
            groups = {k: _FIGURES.get(v, v) for k, v in match.groupdict().items()}
            yield "period", label.format(**groups), *match.span()


def _places(text: str, folded: str, known: Lexicon[str] | None) -> Iterator[tuple[str, str, int, int]]:
    """Bodies with the place in their name, then provinces; a body of the graph is known by its label."""
    starts = [match.start() for match in _WORD_START.finditer(folded)]
    named, taken = [], 0
    for start in starts:
        if start < taken:
            continue
        place = bodies.province_at(folded, start)
        if place and _written_so(text[start : place[1]], place[0]):
            lead = _PLACE_WORD.search(folded, 0, start)
            if local := _of_place_before(text, folded, place):
                name, taken = local
                yield "body", name, start, taken
                continue
            named.append(("province", place[0], lead.start() if lead else start, place[1]))
            taken = place[1]
            continue
        label = known.match(folded, start) if known else None
        body = bodies.parse(text, folded, start)
        if body and _is_name(text[start : body.end]) and (not label or (body.body and body.end > label[1])):
            name, taken = (body.name, body.end) if body.placed else _of_place(body.name, body.end, folded)
            yield "body", name, start, taken
        elif label:
            name, taken = _of_place(*label, folded)
            yield "body", name, start, taken
    yield from named


def _written_so(written: str, name: str) -> bool:
    """Whether a name of a province may be meant: in small letters only with the accents of the name or none.

    >>> [_written_so(written, "Điện Biên") for written in ("diễn biến", "điện biên", "dien bien", "Điện Biên")]
    [False, True, True, True]
    """
    return not written[:1].islower() or written.isascii() or _spelling(written) in _spellings().get(name, ())


@cache
def _spellings() -> dict[str, set[tuple[str, ...]]]:
    """Name of a province -> how it may be spelled."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for row in provinces():
        found.setdefault(row.name, set()).update(map(_spelling, (row.name, row.full_name, *row.variants)))
    return found


def _spelling(name: str) -> tuple[str, ...]:
    """Letters and accents of a name; those of a syllable may stand in any order: Hoà, Hòa."""
    return tuple(
        "".join(sorted(unicodedata.normalize("NFD", syllable))) for syllable in re.findall(r"[^\W\d_]+", name.lower())
    )


def _of_place(name: str, end: int, folded: str) -> tuple[str, int]:
    """A local body with the province that stands right behind its name, and where that ends."""
    gap = _BEFORE_PLACE.match(folded, end)
    place = bodies.province_at(folded, gap.end()) if gap else None
    body = bodies.parse(name, fold(name), 0, place[0]) if place else None
    return (body.name, place[1]) if body and place and not body.placed and body.name != name else (name, end)


def _of_place_before(text: str, folded: str, place: tuple[str, int]) -> tuple[str, int] | None:
    """The local body whose name stands behind that of its province, and where it ends: Ha Tinh People's Committee."""
    gap = _BEHIND_PLACE.match(folded, place[1])
    body = bodies.parse(text, folded, gap.end()) if gap else None
    if not body or body.placed or not _is_name(text[body.start : body.end]):
        return None
    full = bodies.parse(body.name, fold(body.name), 0, place[0])
    return (full.name, body.end) if full and full.name != body.name else None


def _is_name(written: str) -> bool:
    """One word is a body only as an abbreviation: MOST is a ministry, "most" is not, nor is "trung ương" alone."""
    return (" " in written or written.isupper()) and fold(written) != "trung uong"
