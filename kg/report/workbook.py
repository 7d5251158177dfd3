"""A report as an Excel workbook: one sheet for each kind of row, with real dates and filters.

Texts are written as strings whatever they begin with, so none becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from importlib.metadata import version
from typing import IO, TYPE_CHECKING, Final

from kg.messages import KgError
from kg.report import summary
from kg.report.days import days_between, is_day
from kg.report.model import Cell, Chapter, Coverage, Evidence, Report
from kg.report.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write"]

Value = str | int | float | date | Coverage | None
Row = Sequence[Value]

_MOST: Final = 32_767
"""Characters that a cell can hold."""
_NAME: Final = 31
"""Characters that the name of a sheet can have."""
_WIDTHS: Final = (8, 60)
"""Least and greatest width of a column, in characters."""
_LINE: Final = 15
"""Height of a line, in points."""
_TALL: Final = 409
"""Greatest height of a row, in points."""
_CENTRAL: Final = "t.central"
COLUMNS: Final = {
    "coverage": (
        _CENTRAL,
        "t.unit",
        "t.now",
        "t.issuer",
        "t.status",
        "t.first-document",
        "t.date",
        "t.days",
        "t.first-source",
        "t.days",
        "t.sources",
        "t.evidence",
    ),
    "events": (_CENTRAL, "t.date", "t.days", "t.event", "t.what", "t.who", "t.file", "t.quote"),
    "issued": (_CENTRAL, "t.document", "t.date", "t.days", "t.issuer", "t.unit", "t.title", "t.evidence"),
    "chain": (
        _CENTRAL,
        "t.step",
        "t.upper",
        "t.kind",
        "t.lower",
        "t.by",
        "t.status",
        "t.quote",
        "t.file",
        "t.start",
    ),
    "tasks": (
        _CENTRAL,
        "t.assignee",
        "t.issuer",
        "t.unit",
        "t.deadline",
        "t.status",
        "t.overdue",
        "t.upper",
        "t.task",
        "t.file",
        "t.start",
    ),
    "evidence": (
        _CENTRAL,
        "t.number",
        "t.unit",
        "t.relation",
        "t.status",
        "t.via",
        "t.pinpoint",
        "t.quote",
        "t.issuer",
        "t.period",
        "t.date",
        "t.file",
        "t.section",
        "t.page",
        "t.start",
    ),
    "gaps": (_CENTRAL, "t.unit", "t.now", "t.status", "t.meaning"),
    "findings": (_CENTRAL, "t.severity", "t.about", "t.suggests", "t.finding", "t.quote", "t.file", "t.start"),
    "sources": ("t.file", "t.document", "t.title", "t.issuer", "t.unit", "t.period", "t.date"),
}
"""Sheet -> keys of its columns; that of the central document is left out where there is only one."""
_COLORS: Final = {
    Coverage.DONE: "#14693a",
    Coverage.PLANNED: "#1f5fa8",
    Coverage.UNCLEAR: "#5b4a9c",
    Coverage.NAMED: "#f2c14e",
    Coverage.SILENT: "#e07a3f",
    Coverage.EARLIER: "#c9ced6",
    Coverage.ABSENT: "#ffffff",
}


def write(report: Report, words: Words, file: IO[bytes]) -> None:
    """Write the workbook to ``file``; raises KgError where the library for it is missing."""
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise KgError.of("report.missing") from error
    with Workbook(file, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        title = words("title.of", document=words.all_of(c.document.label for c in report.chapters))
        # The time of writing would make two workbooks of one report differ.
        book.set_properties({"title": title[:255], "created": datetime.combine(report.made, datetime.min.time())})
        _Book(book, report, words).write(title)


def _width(name: str, texts: Iterable[str]) -> int:
    """A column is as wide as its longest text, and as the longest word of its name with the mark of the filter."""
    least, most = _WIDTHS
    return min(most, max(least, *(len(word) + 3 for word in name.split()), *(len(text) + 1 for text in texts)))


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    return min(_TALL, _LINE * max(-(-max(1, len(text)) // width) for text, width in zip(texts, widths, strict=True)))


class _Book:
    def __init__(self, book: Workbook, report: Report, words: Words) -> None:
        self.book, self.report, self.t = book, report, words
        self.head = book.add_format(
            {"bold": True, "bg_color": "#eef1f5", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.cell = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.left = book.add_format({"align": "left"})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.status = {
            coverage: book.add_format(
                {
                    "bg_color": color,
                    "font_color": "#ffffff" if coverage.active else "#1b2430",
                    "text_wrap": True,
                    "valign": "top",
                    "border": 1,
                    "border_color": "#d5dae1",
                }
            )
            for coverage, color in _COLORS.items()
        }

    def write(self, title: str) -> None:
        self.summary(title)
        if len(self.report.chapters) > 1:
            self.matrix()
        for name, rows in (
            ("coverage", self.coverage()),
            ("events", self.events()),
            ("issued", self.issued()),
            ("chain", self.chain()),
            ("tasks", self.tasks()),
            ("evidence", self.evidence()),
            ("gaps", self.gaps()),
            ("findings", self.findings()),
            ("sources", self.sources()),
        ):
            columns = COLUMNS[name]
            if len(self.report.chapters) == 1 and columns[0] == _CENTRAL:
                columns, rows = columns[1:], (row[1:] for row in rows)
            self.table(self.sheet(f"sheet.{name}"), [self.t(column) for column in columns], rows)
        self.method()

    def sheet(self, key: str) -> Worksheet:
        sheet = self.book.add_worksheet(self.t(key)[:_NAME])
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.fit_to_pages(1, 0)
        return sheet

    # --- cells ---------------------------------------------------------------------------------------------

    def put(self, sheet: Worksheet, row: int, column: int, value: Value, form: Format | None = None) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, form or self.day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, form or self.cell)
        elif value:
            # XML has no control characters, and Excel refuses a longer text.
            text = "".join(c if c.isprintable() else " " for c in " ".join(value.split()))
            sheet.write_string(row, column, text[:_MOST], form or self.cell)

    def table(self, sheet: Worksheet, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Write a table with a frozen, filtered header and rows as high as their texts need."""
        cells = [tuple(row) for row in rows]
        texts = [[self.shown(value) for value in row] for row in cells]
        widths = [_width(name, (row[column] for row in texts)) for column, name in enumerate(columns)]
        for column, (name, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.write_string(0, column, name, self.head)
            sheet.set_column(column, column, width)
        sheet.set_row(0, _height(columns, widths))
        for number, row in enumerate(cells, 1):
            # Excel would find the height by itself, other programs don't.
            sheet.set_row(number, _height(texts[number - 1], widths))
            for column, value in enumerate(row):
                form = self.status[value] if isinstance(value, Coverage) else None
                self.put(sheet, number, column, self.t.coverage(value) if isinstance(value, Coverage) else value, form)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, len(cells), len(columns) - 1)

    def shown(self, value: Value) -> str:
        """The text of a cell, as far as its size goes."""
        if isinstance(value, Coverage):
            return self.t.coverage(value)
        return "dd/mm/yyyy" if isinstance(value, date) else str(value or "")

    def date(self, value: str | None) -> Value:
        """A date that Excel can reckon with where the day is known, else as people write it."""
        return date.fromisoformat(value) if value and is_day(value) else self.t.date(value)

    # --- sheets --------------------------------------------------------------------------------------------

    def summary(self, title: str) -> None:
        t, report = self.t, self.report
        sheet = self.sheet("sheet.summary")
        sheet.set_portrait()
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, title, self.title)
        row = 2
        facts: list[tuple[str, Value]] = [
            (t("made", date="").strip(), report.made),
            (t("graph.updated"), report.graph.date()),
            (t("t.sources"), str(len(report.sources))),
        ]
        row = self.facts(sheet, facts, row)
        for chapter in report.chapters:
            row = self.chapter(sheet, chapter, row + 1)

    def facts(self, sheet: Worksheet, facts: list[tuple[str, Value]], row: int) -> int:
        for name, value in facts:
            self.put(sheet, row, 0, name, self.bold)
            self.put(sheet, row, 1, value)
            row += 1
        return row

    def chapter(self, sheet: Worksheet, chapter: Chapter, row: int) -> int:
        t, document = self.t, chapter.document
        facts: list[tuple[str, Value]] = [
            (t("t.document"), t.document(document)),
            (t("fact.date"), self.date(document.date)),
            (t("fact.issuer"), document.issuer),
            (t("fact.title"), document.title),
            (t("fact.force"), t.force(document)),
            (t("fact.identifier"), document.iri),
        ]
        row = self.facts(sheet, facts, row)
        for sentence in summary.of_chapter(self.report, chapter, t):
            sheet.set_row(row, _height([sentence], [85]))
            self.put(sheet, row, 1, sentence)
            row += 1
        first = row + 1
        self.put(sheet, first, 0, t("t.status"), self.head)
        self.put(sheet, first, 1, t("t.count"), self.head)
        for row, coverage in enumerate(Coverage, first + 1):
            absent = coverage is Coverage.ABSENT
            self.put(sheet, row, 0, t.coverage(coverage), self.status[coverage])
            count = len(self.report.absent) if absent else len(chapter.units(coverage))
            sheet.write_number(row, 1, count, self.left)
        chart = self.book.add_chart({"type": "bar"})
        if chart is not None:
            span = [sheet.get_name(), first + 1, 0, row - 1, 0]
            counts = [sheet.get_name(), first + 1, 1, row - 1, 1]
            points = [{"fill": {"color": color}} for color in _COLORS.values()]
            chart.add_series({"categories": span, "values": counts, "points": points, "data_labels": {"value": True}})
            chart.set_title({"name": document.label, "name_font": {"size": 12}})
            chart.set_legend({"none": True})
            chart.set_y_axis({"reverse": True})
            chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
            chart.set_size({"width": 640, "height": 280})
            sheet.insert_chart(row + 2, 0, chart, {"description": t("bar.alt", parts=document.label)})
        return row + 18

    def matrix(self) -> None:
        """Units by documents."""
        columns = [self.t("t.unit"), self.t("t.now"), *(label for label, _ in self.rows())]
        found = (
            (unit.full_name, ", ".join(unit.now), *(c.cells[unit.name].coverage for c in self.report.chapters))
            for unit in self.report.units
        )
        central = ((body, "", *(c.bodies[body].coverage for c in self.report.chapters)) for body in self.report.bodies)
        self.table(self.sheet("sheet.matrix"), columns, [*found, *central])

    def coverage(self) -> Iterator[Row]:
        for label, chapter in self.rows():
            signed = chapter.document.date
            for unit in self.report.units:
                cell = chapter.cells[unit.name]
                now, bodies = ", ".join(unit.now), ", ".join(unit.bodies)
                yield label, unit.full_name, now, bodies, *self.done(cell, signed), len(unit.sources), self.refs(cell)
            for body, cell in chapter.bodies.items():
                yield label, None, None, body, *self.done(cell, signed), None, self.refs(cell)

    def done(self, cell: Cell, signed: str | None) -> Iterator[Value]:
        """Status, first local document with date and days, first source with days."""
        local, source = cell.first_document, cell.first_source
        yield cell.coverage
        yield local.label if local else None
        yield self.date(local.date) if local else None
        yield days_between(signed, local.date) if local else None
        yield self.date(source.date) if source else None
        yield days_between(signed, source.date) if source else None

    def refs(self, cell: Cell) -> str:
        return ", ".join(self.t.number(found.id) for found in cell.evidence)

    def rows(self) -> Iterator[tuple[str, Chapter]]:
        return ((chapter.document.label, chapter) for chapter in self.report.chapters)

    def events(self) -> Iterator[Row]:
        for label, chapter in self.rows():
            for e in chapter.events:
                source = e.source.name if e.source else None
                yield label, self.date(e.date), e.days, self.t(f"event.{e.kind}"), e.name, e.unit, source, e.quote

    def issued(self) -> Iterator[Row]:
        for label, chapter in self.rows():
            for item in chapter.issued:
                lower, numbers = item.document, ", ".join(self.t.number(found.id) for found in item.evidence)
                units = ", ".join(item.units)
                yield label, lower.label, self.date(lower.date), item.days, lower.issuer, units, lower.title, numbers

    def chain(self) -> Iterator[Row]:
        for label, chapter in self.rows():
            for s in chapter.chain:
                kind, status = self.t(f"kind.{s.kind}"), self.t.status(s.status)
                yield label, s.hop, s.upper, kind, s.name, s.by, status, s.quote, s.source.name, s.start

    def tasks(self) -> Iterator[Row]:
        for label, chapter in self.rows():
            for task in chapter.tasks:
                yield (
                    label,
                    task.assignee,
                    task.issuer,
                    task.province,
                    self.date(task.deadline),
                    self.t.status(task.status),
                    self.t("task.overdue") if task.overdue else None,
                    task.upper,
                    task.quote,
                    task.source.name,
                    task.start,
                )

    def evidence(self) -> Iterator[Row]:
        for label, chapter in self.rows():
            for found in chapter.evidence:
                yield label, *self.clause(found)

    def clause(self, found: Evidence) -> Iterator[Value]:
        t, source = self.t, found.source
        yield from (t.number(found.id), ", ".join(found.units), t.relation(found.relation))
        yield t.status(found.status) if found.implements else None
        yield found.via.label if found.via else None
        yield from (found.pinpoint, found.quote, source.issuer, t.period(source.period), self.date(source.date))
        yield from (source.name, found.section, found.page, found.start)

    def gaps(self) -> Iterator[Row]:
        now = {unit.name: ", ".join(unit.now) for unit in self.report.units}
        for label, chapter in self.rows():
            for coverage in (Coverage.NAMED, Coverage.SILENT, Coverage.EARLIER, Coverage.ABSENT):
                names = self.report.absent if coverage is Coverage.ABSENT else chapter.units(coverage)
                for name in names:
                    meaning = self.t(f"meaning.{coverage.value}")
                    yield label, name, now.get(name), coverage, meaning
        for part in self.report.partial:
            for name in part.missing:
                yield "", name, part.name, Coverage.ABSENT, self.t("gap.partial")

    def findings(self) -> Iterator[Row]:
        for label, chapter in self.rows():
            for f in chapter.findings:
                place = f.source.name if f.source else None
                severity = self.t(f"severity.{f.severity}")
                yield label, severity, f.about, f.suggests, self.t.finding(f), f.quote, place, f.start
            for u in chapter.unresolved:
                yield (
                    label,
                    self.t("severity.info"),
                    None,
                    label,
                    self.t("gap.unresolved"),
                    u.quote,
                    u.source.name,
                    u.start,
                )

    def sources(self) -> Iterator[Row]:
        for source in self.report.sources:
            yield (
                source.name,
                source.label,
                source.title,
                source.issuer,
                ", ".join(source.provinces),
                self.t.period(source.period),
                self.date(source.date),
            )

    def method(self) -> None:
        t = self.t
        sheet = self.sheet("sheet.method")
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 1, 110)
        row = 0
        for row, coverage in enumerate(Coverage):
            self.put(sheet, row, 0, t.coverage(coverage), self.status[coverage])
            self.put(sheet, row, 1, t(f"meaning.{coverage.value}"))
        for key in t.methods:
            row += 1
            self.put(sheet, row + 1, 1, t(f"method.{key}", version=version("vn-legal-kg")))
