"""The implementation report: how far a central document is carried out, as the sources tell.

What counts is what `provinces-implementing` counts; the report adds who is silent, since when,
through which documents and tasks.  It never takes a province without sources for a silent
one, nor one whose sources are all older than the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.entities.units import official, provinces_on
from kg.ontology.wording import entries
from kg.report import gather
from kg.report.days import days_between, is_day, last_day
from kg.report.documents import Document
from kg.report.documents import documents as known_documents
from kg.report.model import (
    Cell,
    Chapter,
    Coverage,
    Event,
    Evidence,
    Issued,
    Partial,
    Report,
    Source,
    Task,
    Unit,
)
from kg.report.rows import number, text
from kg.report.tiles import in_force, unit_since
from kg.text.alphabet import Place, place_of

if TYPE_CHECKING:
    from kg.graph.results import Value
    from kg.graph.store import Graph

__all__ = ["implementation"]


def implementation(
    graph: Graph, documents: Sequence[str], *, as_of: str | None = None, today: date | None = None
) -> Report:
    """Return the report on ``documents``, the IRIs of legal documents in ``graph``.

    ``as_of``, an ISO date, tells the rows for the units of that day; without it they are the
    units that the sources name, and the map shows the units of ``today``.
    """
    made = today or date.today()
    sources = gather.sources(graph)
    reader = _Reader(graph, sources, as_of, as_of or made.isoformat(), made.isoformat())
    facts = known_documents(graph, documents)
    said = {iri: reader.evidence(iri) for iri in dict.fromkeys(documents)}
    rows = reader.rows(name for evidence in said.values() for clause in evidence for name in clause.units)
    rank = {coverage: place for place, coverage in enumerate(Coverage)}

    def strength(name: str) -> tuple[list[int], Place]:
        ranks = [rank[_coverage(facts[iri], rows[name], evidence, name)] for iri, evidence in said.items()]
        return ranks, place_of(name)

    order = {name: rows[name] for name in sorted(rows, key=strength)}
    units = tuple(reader.unit(name, found) for name, found in order.items())
    # Bodies without a province get a row where they speak of one of the documents.
    heard = {body for evidence in said.values() for clause in evidence if not clause.units for body in clause.bodies}
    bodies = {body: reader.of_body(body) for body in sorted(heard, key=place_of)}
    on_map = {unit for name in rows for unit in provinces_on(name, reader.map_day)}
    return Report(
        made,
        graph.updated,
        as_of,
        reader.map_day,
        units,
        tuple(bodies),
        tuple(sources.values()),
        tuple(name for name in in_force(reader.map_day) if name not in on_map),
        tuple(reader.partial()),
        tuple(
            reader.chapter(facts[iri], order, bodies, _numbered(order, evidence, number))
            for number, (iri, evidence) in enumerate(said.items(), 1)
        ),
    )


def _numbered(order: Iterable[str], evidence: Sequence[Evidence], chapter: int) -> tuple[Evidence, ...]:
    """Put the evidence in the order in which a reader finds it: by row, the strongest first, central bodies last."""
    place = {name: number for number, name in enumerate(order)}
    sort = sorted(evidence, key=lambda c: (min((place[name] for name in c.units), default=len(place)), _strength(c)))
    return tuple(replace(clause, id=f"d{chapter}e{number}") for number, clause in enumerate(sort, 1))


class _Reader:
    """Makes the parts of a report; ``as_of`` is the day of its rows, ``map_day`` that of its map."""

    def __init__(
        self, graph: Graph, sources: Mapping[str, Source], as_of: str | None, map_day: str, today: str
    ) -> None:
        self.graph, self.sources, self.as_of, self.map_day, self.today = graph, sources, as_of, map_day, today

    def units_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The rows that stand for the units that a source names."""
        if self.as_of is None:
            return tuple(dict.fromkeys(names))
        return tuple(dict.fromkeys(unit for name in names for unit in provinces_on(name, self.as_of)))

    def rows(self, told: Iterable[str]) -> dict[str, list[Source]]:
        """Name of each row with its sources; one that only others tell of has none."""
        found: dict[str, list[Source]] = {name: [] for name in told}
        for source in self.sources.values():
            for name in self.units_of(source.provinces):
                found.setdefault(name, []).append(source)
        return found

    def unit(self, name: str, sources: Sequence[Source]) -> Unit:
        now = provinces_on(name, self.today)
        named = {province for source in sources for province in source.provinces if name in self.units_of([province])}
        return Unit(
            name,
            official(name, self.as_of or max(filter(None, map(_latest, sources)), default=self.today)),
            tuple(unit for unit in now if now != (name,)),
            tuple(sorted(named - {name}, key=place_of)),
            tuple(sources),
        )

    def of_body(self, name: str) -> list[Source]:
        """The sources of a body without a province."""
        return [source for source in self.sources.values() if name in source.bodies and not source.provinces]

    def partial(self) -> Iterator[Partial]:
        """Units of the map that were joined from others, with those of which there is no source."""
        known: dict[str, list[Source]] = {}
        for source in self.sources.values():
            for province in source.provinces:
                known.setdefault(province, []).append(source)
        for name in in_force(self.map_day):
            since = unit_since(name, self.map_day)
            if since is None or any((_latest(source) or "") >= since for source in known.get(name, ())):
                continue
            before = date.fromordinal(date.fromisoformat(since).toordinal() - 1).isoformat()
            former = [unit for unit in in_force(before) if name in provinces_on(unit, since)]
            missing = tuple(unit for unit in former if unit not in known)
            if missing and len(missing) < len(former):
                yield Partial(name, missing)

    def evidence(self, document: str) -> tuple[Evidence, ...]:
        """Every clause that speaks of the document, not numbered yet."""
        rows = gather.statements(self.graph, document)
        cited = {str(row[name]) for row in rows for name in ("subject", "resolved") if row[name]} - set(self.sources)
        known = known_documents(self.graph, cited)
        carried = {_clause(row) for row in rows if row["rel"] == "implements"}
        # The plan in a clause carries the document out; that the report cites it there says nothing more.
        found = {
            (*_clause(row), row["rel"], row["subject"]): self._clause(row, known)
            for row in rows
            if row["rel"] == "implements" or _clause(row) not in carried
        }
        return tuple(found.values())

    def _clause(self, row: Mapping[str, Value], known: Mapping[str, Document]) -> Evidence:
        source, subject = self.sources[str(row["report"])], known.get(str(row["subject"]))
        resolved = known.get(str(row["resolved"]))
        # Who merely names the document speaks for the report's own province.
        speaking = [found for found in (subject, resolved) if found] if row["rel"] == "implements" else []
        places = [name for found in speaking for name in found.provinces] if speaking else source.provinces
        return Evidence(
            "",
            source,
            str(row["quote"]),
            int(row["start"] or 0),
            text(row["section"]),
            number(row["page"]),
            str(row["rel"]),
            text(row["status"]),
            self.units_of(places),
            self.units_of(source.provinces),
            resolved or subject,
            text(row["pinpoint"]),
        )

    def chapter(
        self,
        document: Document,
        rows: Mapping[str, Sequence[Source]],
        bodies: Mapping[str, Sequence[Source]],
        evidence: tuple[Evidence, ...],
    ) -> Chapter:
        graph, sources, iri = self.graph, self.sources, document.iri
        issued = tuple(self.issued(document, evidence))
        below = tuple(gather.steps(graph, iri, sources))
        tasks = tuple(gather.tasks(graph, iri, sources, below, self.today))
        cells = {name: _cell(document, found, evidence, issued, name) for name, found in rows.items()}
        central = [clause for clause in evidence if not clause.units]
        return Chapter(
            document,
            cells,
            {
                body: _cell(document, found, [clause for clause in central if body in clause.bodies], (), None)
                for body, found in bodies.items()
            },
            self.tiles(cells),
            evidence,
            issued,
            tuple(step for step in below if step.kind != "task"),
            tasks,
            tuple(sorted(_events(document, evidence, issued, tasks), key=lambda event: last_day(event.date) or "")),
            tuple(gather.unresolved(graph, iri, sources)),
            tuple(gather.findings(graph, iri, sources)),
        )

    def tiles(self, cells: Mapping[str, Cell]) -> dict[str, tuple[tuple[str, Coverage], ...]]:
        found: dict[str, list[tuple[str, Coverage]]] = {name: [] for name in in_force(self.map_day)}
        for name, cell in cells.items():
            for unit in provinces_on(name, self.map_day):
                if cell.coverage is not Coverage.ABSENT and unit in found:
                    found[unit].append((name, cell.coverage))
        return {
            unit: tuple(sorted(parts, key=lambda part: list(Coverage).index(part[1]))) for unit, parts in found.items()
        }

    def issued(self, document: Document, evidence: Sequence[Evidence]) -> Iterator[Issued]:
        """Documents that carry it out: those that sources name, and sources that are themselves orders."""
        found: dict[str, tuple[Document, list[Evidence]]] = {}
        orders = entries("ordering_types")
        for clause in evidence:
            own = clause.source
            if not clause.implements:
                continue
            if clause.via:
                found.setdefault(clause.via.iri, (clause.via, []))[1].append(clause)
            elif own.type in orders and own.number:
                iri = own.document or own.iri
                itself = Document(
                    iri, own.label or own.name, own.type, own.number, own.date, own.issuer, title=own.title
                )
                found.setdefault(iri, (itself, []))[1].append(clause)
        for lower, clauses in sorted(found.values(), key=lambda item: (item[0].date or "9999", item[0].iri)):
            units = tuple(dict.fromkeys(name for clause in clauses for name in clause.units))
            yield Issued(lower, units, days_between(document.date, lower.date), tuple(clauses))


def _clause(row: Mapping[str, Value]) -> tuple[Value, Value]:
    return row["report"], row["start"]


def _latest(source: Source) -> str | None:
    """The last day that a source may be of; a period ends before its report is written."""
    return last_day(source.date) or last_day(source.period)


def _cell(
    document: Document,
    sources: Sequence[Source],
    evidence: Sequence[Evidence],
    issued: Sequence[Issued],
    unit: str | None,
) -> Cell:
    """What a unit does; without one, what the body does whose clauses ``evidence`` are."""
    carried = [clause for clause in evidence if clause.implements and (unit is None or unit in clause.units)]
    dated = [item.document for item in issued if unit in item.units and is_day(item.document.date)]
    telling = sorted({c.source.iri: c.source for c in carried if c.source.date}.values(), key=lambda s: s.date or "")
    return Cell(
        _coverage(document, sources, evidence, unit),
        tuple(clause for clause in evidence if unit is None or clause.of(unit)),
        min(dated, key=lambda lower: lower.date or "", default=None),
        next(iter(telling), None),
    )


def _coverage(
    document: Document, sources: Sequence[Source], evidence: Sequence[Evidence], unit: str | None
) -> Coverage:
    statuses = {clause.status for clause in evidence if clause.implements and (unit is None or unit in clause.units)}
    if statuses:
        return next((c for c in (Coverage.DONE, Coverage.PLANNED) if c.value in statuses), Coverage.UNCLEAR)
    if any(unit is None or clause.of(unit) for clause in evidence):
        return Coverage.NAMED
    if not sources:
        return Coverage.ABSENT
    later = any((_latest(source) or "") >= (document.date or "") for source in sources)
    return Coverage.SILENT if later else Coverage.EARLIER


_STRENGTH = {"done": 0, "planned": 1}


def _strength(clause: Evidence) -> tuple[bool, int, str, int]:
    return not clause.implements, _STRENGTH.get(clause.status or "", 2), clause.source.name, clause.start


def _events(
    document: Document, evidence: Sequence[Evidence], issued: Sequence[Issued], tasks: Iterable[Task]
) -> Iterator[Event]:
    def days(when: str) -> int | None:
        return days_between(document.date, when)

    if document.date:
        yield Event(document.date, "signed", document.label, None, days(document.date))
    if document.effective:
        yield Event(document.effective, "effective", document.label, None, days(document.effective))
    own = {item.document.iri for item in issued}
    for item in issued:
        if when := item.document.date:
            name = ", ".join(item.units) or item.document.issuer
            yield Event(
                when, "document", item.document.label, name, days(when), item.evidence[0].quote, item.evidence[0].source
            )
    sources = {clause.source.iri: clause for clause in reversed(evidence) if clause.implements}
    for clause in sources.values():
        source = clause.source
        if source.date and not own & {source.iri, source.document}:
            unit = ", ".join(source.provinces) or source.issuer
            yield Event(
                source.date,
                "source",
                source.label or source.title or source.name,
                unit,
                days(source.date),
                clause.quote,
                source,
            )
    for task in tasks:
        if task.deadline:
            who = task.assignee or task.issuer or ""
            yield Event(task.deadline, "deadline", who, task.province, days(task.deadline), task.quote, task.source)
