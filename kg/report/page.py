"""A report as text: one HTML page that stands alone, or Markdown for GitHub.

All that comes from a source is escaped: by Jinja in the page, by `_markdown` in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.report import charts, summary
from kg.report.days import days_between
from kg.report.model import Chapter, Coverage, Evidence, Report
from kg.report.words import Words

__all__ = ["html", "markdown"]

_LISTED: Final = 200
"""Sources up to this number are all listed; beyond it only those that speak of a document."""


def html(report: Report, words: Words) -> str:
    """Return the report as an HTML page that fetches nothing."""
    return _rendered("report.html", report, words)


def markdown(report: Report, words: Words) -> str:
    """Return the report as GitHub Flavored Markdown."""
    text = _rendered("report.md", report, words)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _rendered(template: str, report: Report, words: Words) -> str:
    chapters = report.chapters
    return (
        _environment(template.endswith(".html"))
        .get_template(template)
        .render(
            report=report,
            t=words,
            title=_title(report, words),
            data=summary.of_data(report, words),
            summaries=[tuple(summary.of_chapter(report, chapter, words)) for chapter in chapters],
            units_note=_units_note(report, words),
            coverages=tuple(Coverage),
            glyphs=charts.GLYPHS,
            bars=[charts.bar(chapter) for chapter in chapters],
            maps=[charts.tile_map(report, chapter) for chapter in chapters],
            lanes=[charts.dots(chapter) for chapter in chapters],
            groups=[tuple(_groups(chapter)) for chapter in chapters],
            listed=_listed(report),
            between=days_between,
            version=version("vn-legal-kg"),
        )
    )


@cache
def _environment(escaped: bool) -> Environment:
    found = Environment(
        loader=PackageLoader("kg.report", "templates"),
        autoescape=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters.update(plain=_plain, number=Words.number, md=_markdown, code=_code, whole=_whole)
    return found


def _plain(text: str) -> str:
    """A quote on one line, as people read it."""
    return " ".join(text.split())


def _markdown(text: object) -> str:
    r"""Text on one line with nothing in it that Markdown or HTML would read as its own.

    >>> _markdown("a|b <i> [x](y) *z*")
    'a\\|b &lt;i&gt; \\[x\\](y) \\*z\\*'
    """
    line = _plain(str(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]|~#$@])", r"\\\1", line)


def _title(report: Report, words: Words) -> str:
    return words("title.of", document=words.all_of(chapter.document.label for chapter in report.chapters))


def _units_note(report: Report, words: Words) -> str:
    return words("units.as-of" if report.as_of else "units.named", date=words.date(report.map_day))


_LABEL = re.compile(r"[^\s<>&]*\d[^\s<>&]*[/-][^\s<>&]*")


def _whole(text: object) -> Markup:
    """Text whose numbers and symbols are never broken at a hyphen or stroke.

    >>> str(_whole("Nghị định 60/2024/NĐ-CP <b>"))
    'Nghị định <span class="whole">60/2024/NĐ-CP</span> &lt;b&gt;'
    """
    return Markup(_LABEL.sub(r'<span class="whole">\g<0></span>', str(escape(text))))


def _code(text: str) -> str:
    """Text for a code span, which takes anything but a backtick; a bar would end the cell of a table."""
    return _plain(text).replace("`", "'").replace("|", "\\|")


def _groups(chapter: Chapter) -> Iterator[tuple[str | None, list[Evidence]]]:
    """The evidence of what each unit does in the order of the rows, that of other bodies last; each piece once."""
    shown: set[str] = set()
    for name in chapter.cells:
        if group := [found for found in chapter.evidence if name in found.units and found.id not in shown]:
            shown.update(found.id for found in group)
            yield name, group
    if chapter.central:
        yield None, list(chapter.central)


def _listed(report: Report) -> dict[str, str]:
    """IRI of each source that is listed -> its anchor."""
    speaking = {found.source.iri for chapter in report.chapters for found in chapter.evidence}
    everything = len(report.sources) <= _LISTED
    return {
        source.iri: f"s{number}"
        for number, source in enumerate(report.sources, 1)
        if everything or source.iri in speaking
    }
