"""Any number of reports in the likeness of a few real ones, as graphs.

A real report is read once; each copy of it is the report of a province and a year drawn at random.
The documents that it cites are drawn anew, the same one for the same citation: those of the
State by a Zipf-Mandelbrot law within their series (``n/yyyy/NĐ-CP``), younger ones first, those of
the province from the numbers of its year.  So a copy has as many citations, relations and tasks as
the original, provinces share documents of the State and hardly any of their own, and a few
documents are cited by very many reports.  In the years 2024 and 2025 one report in ten carries out
Nghị định 60/2024/NĐ-CP, far more than cite it in a mixed corpus (one in 400).

The quads are those that `kg.graph.rdf.quads` writes, so the density follows the model.  The texts
keep their length; their digits change from copy to copy, since stores keep equal strings once.
"""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from pyoxigraph import Quad

from kg.documents.identity import identify
from kg.extract import extract
from kg.graph.rdf import quads
from kg.loaders import load
from kg.loaders.source import Source
from kg.model import Extraction, Mention
from kg.ontology.tables import Province, provinces
from kg.text.slugs import slug

__all__ = ["Report", "reports"]

YEARS = range(2019, 2026)
A_YEAR = 250
"""Documents that one series of the State has in a year."""
SERIES = 2500
LOCAL = 2500
"""Running numbers of a province's series in a year."""
HEADLINE = ("60/2024/NĐ-CP", "2024-06-05")
HEADLINE_SHARE = 0.1
HEADLINE_YEARS = (2024, 2025)

_NUMBER = re.compile(r"(?P<running>\d+)(?P<year>/(?:19|20)\d\d)?(?P<rest>\D.*)?")
_WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(SERIES)))


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its IRI and its graph."""

    iri: str
    quads: list[Quad]


@dataclass(frozen=True, slots=True)
class _Original:
    extraction: Extraction
    source: Source
    province: str
    full_name: str
    year: int


def reports(folder: Path, seed: int = 1) -> Iterator[Report]:
    """Yield reports without end in the likeness of those in ``folder``; the same ``seed`` gives the same ones."""
    rows = {p.name: p for p in provinces() if (p.valid_from or "") < "2019" and (p.valid_to or "9999") > "2025-06"}
    originals = [found for path in sorted(folder.glob("*.txt")) if (found := _read(path, rows))]
    titles = [m.title for o in originals for m in o.extraction.mentions if m.title]
    for number in range(10**9):
        rng = random.Random(f"{seed}:{number}")
        yield _Copy(originals[number % len(originals)], rng, rng.choice(list(rows.values())), titles).report(number)


def _read(path: Path, rows: dict[str, Province]) -> _Original | None:
    source = load(path)
    found = extract(source.text, name=path.name)
    header = found.document
    if not header.province or not header.period or header.province not in rows:
        return None
    return _Original(found, source, header.province, rows[header.province].full_name, int(header.period[:4]))


class _Copy:
    """One report made after an original."""

    def __init__(self, original: _Original, rng: random.Random, province: Province, titles: list[str]) -> None:
        self.original, self.rng, self.province, self.titles = original, rng, province, titles
        self.year = rng.choice(YEARS)
        self.headline = self.year in HEADLINE_YEARS and rng.random() < HEADLINE_SHARE
        self.drawn: dict[tuple[object, ...], tuple[str, str | None]] = {}

    def report(self, number: int) -> Report:
        found, header = self.original.extraction, self.original.extraction.document
        iri = f"file:///reports/{slug(self.province.name)}/{self.year}/{number:07}.txt"
        copied = replace(
            found,
            document=replace(
                header,
                province=self.province.name,
                issuer=self.local(header.issuer),
                period=self.dated(header.period),
                date=self.dated(header.date),
                title=(header.title or "").replace(str(self.original.year), str(self.year)),
            ),
            mentions=tuple(map(self.mention, found.mentions)),
            tasks=tuple(
                replace(
                    task,
                    assignees=tuple(filter(None, map(self.local, task.assignees))),
                    deadline=self.dated(task.deadline),
                )
                for task in found.tasks
            ),
        )
        source = replace(self.original.source, path=iri.removeprefix("file://"), text=self.scrambled())
        digest = sha256(iri.encode()).hexdigest()
        return Report(iri, list(quads(copied, source, iri=iri, sha256=digest, extractor="likeness")))

    def scrambled(self) -> str:
        """The text with one digit for another, the same throughout."""
        digits = self.rng.sample("0123456789", 10)
        return self.original.source.text.translate(str.maketrans("0123456789", "".join(digits)))

    def local(self, name: str | None) -> str | None:
        """The body of this province that does what ``name`` does in the original's."""
        if not name:
            return name
        name = name.replace(self.original.full_name, self.province.full_name)
        return name.replace(self.original.province, self.province.name)

    def dated(self, date: str | None) -> str | None:
        """The date, as many years before the end of the report as in the original."""
        if not date or not date[:4].isdigit():
            return date
        day = date[4:] if date[4:] != "-02-29" else "-02-28"
        return f"{int(date[:4]) + self.year - self.original.year}{day}"

    def mention(self, mention: Mention) -> Mention:
        issuer = self.local(mention.issuer)
        if not mention.number:
            return mention
        key = (mention.type, mention.number, mention.date, mention.issuer)
        if key not in self.drawn:
            self.drawn[key] = self.draw(mention)
        number, date = self.drawn[key]
        urn = _urn(mention.type, number, date, issuer, mention.name) if mention.urn else None
        title = mention.title and self.titles[int(sha256((urn or number).encode()).hexdigest(), 16) % len(self.titles)]
        return replace(mention, number=number, intended=None, date=date, issuer=issuer, urn=urn, title=title)

    def draw(self, mention: Mention) -> tuple[str, str | None]:
        """Another document of the same series: its number and date."""
        parts = _NUMBER.match(mention.intended or mention.number or "")
        if parts is None:
            return mention.number or "", self.dated(mention.date)
        if self.headline and (parts["rest"] or "").endswith("/NĐ-CP") and HEADLINE not in self.drawn.values():
            return HEADLINE
        if mention.urn and mention.urn.startswith("urn:lex:vn;"):
            running, year = self.rng.randint(1, LOCAL), int((self.dated(mention.date) or str(self.year))[:4])
        else:
            rank = bisect(_WEIGHTS, self.rng.random() * _WEIGHTS[-1])
            running, year = 1 + rank % A_YEAR, self.year - rank // A_YEAR
            running += (running, year) == (60, 2024)
        number = f"{running:02}{f'/{year}' if parts['year'] else ''}{parts['rest'] or ''}"
        day = f"{year}-{1 + running * 12 // (LOCAL + 1):02}-{1 + running % 28:02}"
        return number, day[: len(mention.date)] if mention.date else None


@cache
def _urn(kind: str | None, number: str, date: str | None, issuer: str | None, name: str | None) -> str | None:
    return identify(kind, number, date, issuer, name=name).urn
