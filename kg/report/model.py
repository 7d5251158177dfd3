"""What an implementation report tells, free of language and form.

A `Report` is about one or several central documents; each has a `Chapter`.  Its rows are
province-level units, and what a unit does about a document is a `Cell` with a `Coverage`.
Dates are ISO with the precision that the sources give (``2024-06-05``, ``2024-06``, ``2024``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kg.model import apart
from kg.report.documents import Document

__all__ = [
    "Cell",
    "Chapter",
    "Coverage",
    "Event",
    "Evidence",
    "Finding",
    "Issued",
    "Partial",
    "Report",
    "Source",
    "Step",
    "Task",
    "Unit",
    "Unresolved",
]


class Coverage(StrEnum):
    """How far a unit's sources tell that a document is carried out, the strongest first.

    ``SILENT`` and ``NAMED`` need a source from after the signing; a unit whose sources are all
    older, or undated, is ``EARLIER``: they can't speak of the document.  ``ABSENT`` has no source.
    """

    DONE = "done"
    PLANNED = "planned"
    UNCLEAR = "unclear"
    NAMED = "named"
    SILENT = "silent"
    EARLIER = "earlier"
    ABSENT = "absent"

    @property
    def active(self) -> bool:
        """Whether the unit carries the document out, as `provinces-implementing` counts."""
        return self in (Coverage.DONE, Coverage.PLANNED, Coverage.UNCLEAR)


@dataclass(frozen=True, slots=True)
class Source:
    """A source document; ``name`` is its file name, with as many folders as tell it from others."""

    iri: str
    name: str
    title: str | None
    type: str | None
    number: str | None
    issuer: str | None
    provinces: tuple[str, ...]
    period: str | None
    date: str | None
    document: str | None
    """The legal document that the source itself is."""

    @property
    def label(self) -> str | None:
        """Type and number, where the source has a number."""
        return " ".join(filter(None, (self.type, self.number))) if self.number else None

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that the source is of."""
        return apart(self.issuer)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that speaks of the document, verbatim, and where it stands (``start`` in code points)."""

    id: str
    source: Source
    quote: str
    start: int
    section: str | None
    page: int | None
    relation: str
    """``implements``, ``based_on``, ``cites`` …"""
    status: str | None
    units: tuple[str, ...]
    """Units that it says something of: those that carry the document out, else those of its source."""
    tellers: tuple[str, ...]
    """Units of its source: they name the document, whoever carries it out."""
    via: Document | None
    """The document that carries it out, where it is not the source itself."""
    pinpoint: str | None

    @property
    def implements(self) -> bool:
        """Whether the clause says that the document is carried out."""
        return self.relation == "implements"

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that carry the document out or name it."""
        return apart(self.via.issuer) if self.via and self.implements else self.source.bodies

    def of(self, unit: str) -> bool:
        """Whether the clause says something of ``unit``, or a source of ``unit`` says it."""
        return unit in self.units or unit in self.tellers


@dataclass(frozen=True, slots=True)
class Cell:
    """What a unit does about a document."""

    coverage: Coverage
    evidence: tuple[Evidence, ...] = ()
    first_document: Document | None = None
    """The earliest local document with a date that carries it out."""
    first_source: Source | None = None
    """The earliest source with a date that tells of it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A province-level unit with sources; ``now`` are today's units where they are others."""

    name: str
    full_name: str
    now: tuple[str, ...]
    reported: tuple[str, ...]
    """Units that the sources name, where the row was restated for another day."""
    sources: tuple[Source, ...]

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that the sources are of, those with the most first."""
        counted = Counter(body for source in self.sources for body in source.bodies)
        return tuple(body for body, _ in counted.most_common())


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that was issued to carry out the central one, with the clauses that say so."""

    document: Document
    units: tuple[str, ...]
    """Empty for a document of a central body."""
    days: int | None
    """From the signing of the central document, where both days are known."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: ``lower`` carries out ``upper``, ``hop`` steps below the central document."""

    hop: int
    upper: str
    kind: str
    """``document``, ``report`` or ``task``."""
    lower: Document | None
    name: str
    by: str | None
    province: str | None
    status: str | None
    deadline: str | None
    source: Source
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class Task:
    """Work to carry the document out, or a plan below it (``upper``)."""

    assignee: str | None
    issuer: str | None
    deadline: str | None
    status: str | None
    province: str | None
    upper: str | None
    overdue: bool
    """Whether the deadline has passed and the source tells of work to come."""
    source: Source
    quote: str
    start: int
    section: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something with a date: ``kind`` is ``signed``, ``effective``, ``document``, ``source`` or ``deadline``."""

    date: str
    kind: str
    name: str
    unit: str | None
    days: int | None
    """Since the signing, where both days are known."""
    quote: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation that may mean the document and that nothing has decided."""

    source: Source
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction or variant that touches the document, for a person to judge."""

    code: str
    severity: str
    message: str
    about: str | None
    suggests: str | None
    confidence: float | None
    source: Source | None
    quote: str | None
    start: int | None


@dataclass(frozen=True, slots=True)
class Partial:
    """A unit of the map part of whose territory has no source: the former units without one."""

    name: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """All about one central document."""

    document: Document
    cells: Mapping[str, Cell]
    """By name of the unit, in the order of the rows."""
    bodies: Mapping[str, Cell]
    """By name of a body without a province."""
    tiles: Mapping[str, tuple[tuple[str, Coverage], ...]]
    """Unit of the map -> the rows on its territory with what each does; empty where there is none."""
    evidence: tuple[Evidence, ...]
    issued: tuple[Issued, ...]
    """Documents issued to carry it out."""
    chain: tuple[Step, ...]
    """What carries those out, tasks left out."""
    tasks: tuple[Task, ...]
    events: tuple[Event, ...]
    unresolved: tuple[Unresolved, ...]
    findings: tuple[Finding, ...]

    def units(self, *coverage: Coverage) -> tuple[str, ...]:
        """Names of the units with one of these, in the order of the rows."""
        return tuple(name for name, cell in self.cells.items() if cell.coverage in coverage)

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the units that carry it out."""
        return tuple(name for name, cell in self.cells.items() if cell.coverage.active)

    @property
    def central(self) -> tuple[Evidence, ...]:
        """What bodies without a province say."""
        return tuple(found for found in self.evidence if not found.units)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report."""

    made: date
    graph: datetime
    """When the graph was last changed."""
    as_of: str | None
    """The day whose units the rows are, None for the units that the sources name."""
    map_day: str
    """The day whose units the map shows."""
    units: tuple[Unit, ...]
    bodies: tuple[str, ...]
    """Bodies without a province that speak of a document."""
    sources: tuple[Source, ...]
    absent: tuple[str, ...]
    """Units of the map of which nothing is in the graph."""
    partial: tuple[Partial, ...]
    chapters: tuple[Chapter, ...]
