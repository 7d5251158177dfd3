"""A report in a few sentences, each made of its figures."""

from __future__ import annotations

from collections.abc import Iterator

from kg.report.days import days_between, is_day
from kg.report.model import Chapter, Coverage, Report
from kg.report.words import Words

__all__ = ["of_chapter", "of_data"]


def of_data(report: Report, words: Words) -> str:
    """Say what the data are: sources, provinces and other bodies."""
    units = {unit.name for unit in report.units if unit.sources}
    others = {body for source in report.sources if not source.provinces for body in source.bodies}
    if others:
        return words("s.sources-others", sources=len(report.sources), units=len(units), others=len(others))
    return words("s.sources", sources=len(report.sources), units=len(units))


def of_chapter(report: Report, chapter: Chapter, words: Words) -> Iterator[str]:
    """Yield what is known of one central document, and what is not known."""
    yield _carried_out(chapter, words)
    yield from _first(chapter, words)
    if central := [body for body, cell in chapter.bodies.items() if cell.evidence]:
        yield words("s.central", count=len(central), names=words.all_of(central))
    for coverage in (Coverage.NAMED, Coverage.SILENT, Coverage.EARLIER):
        if names := chapter.units(coverage):
            yield words(f"s.{coverage.value}", count=len(names), names=words.all_of(names))
    if len(report.chapters) == 1:
        yield of_data(report, words)
    if report.absent:
        yield words("s.absent", count=len(report.absent), all=len(chapter.tiles))
    else:
        yield words("s.all", all=len(chapter.tiles))
    if tasks := chapter.tasks:
        yield words("s.tasks", count=len(tasks), dated=sum(bool(task.deadline) for task in tasks))
    if overdue := sum(task.overdue for task in chapter.tasks):
        yield words("s.overdue", count=overdue)
    if chapter.findings:
        yield words("s.findings", count=len(chapter.findings))
    if chapter.unresolved:
        yield words("s.unresolved", count=len(chapter.unresolved))


def _carried_out(chapter: Chapter, words: Words) -> str:
    document = words.document(chapter.document)
    if not chapter.active:
        return words("s.none", document=document)
    said = [words("s.active", count=len(chapter.active), document=document)]
    parts = [(coverage, chapter.units(coverage)) for coverage in Coverage if coverage.active]
    said += [
        words("s.part", status=words.coverage(coverage), count=len(names), names=words.all_of(names))
        for coverage, names in parts
        if names
    ]
    return " ".join(said)


def _first(chapter: Chapter, words: Words) -> Iterator[str]:
    """Since when: the earliest local document and the earliest source, where their days are known."""
    signed = chapter.document.date
    local = [item for item in chapter.issued if item.units and is_day(item.document.date)]
    if local:
        item = local[0]
        told = words(
            "s.first-document",
            label=item.document.label,
            date=words.date(item.document.date),
            unit=words.all_of(item.units),
        )
        yield told + _after(item.days, words)
    first = {name: cell.first_source for name, cell in chapter.cells.items()}
    dated = [(source.date or "", name) for name, source in first.items() if source and is_day(source.date)]
    if dated:
        day, name = min(dated)
        told = words("s.first-source", unit=name, date=words.date(day))
        yield told + _after(days_between(signed, day), words)


def _after(days: int | None, words: Words) -> str:
    return words("s.stop") if days is None else words("s.after", days=days)
