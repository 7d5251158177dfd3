"""The words of a report in one language: texts, dates, periods, lists, names of statuses.

The texts are rows of ``locale/report.tsv``, a key and one column a language.

>>> Words("vi").date("2024-06-05"), Words("en").date("2024-06-05"), Words("en").period("2024-H1")
('05/06/2024', '5 June 2024', 'first half of 2024')
>>> Words("vi").all_of(["Hà Tĩnh", "Hậu Giang", "Cà Mau"])
'Hà Tĩnh, Hậu Giang và Cà Mau'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.messages import LANGUAGES, messages, worded
from kg.ontology.tables import doc_types
from kg.output.retelling import retold
from kg.output.spoken import period
from kg.text.slugs import slug

if TYPE_CHECKING:
    from kg.report.documents import Document
    from kg.report.model import Coverage, Evidence, Finding, Source

__all__ = ["Words"]

_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Words:
    """The texts in ``lang``, ``vi`` or ``en``; called with a key, it gives that text with the values put in."""

    lang: str

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ValueError(f"no such language: {self.lang}")

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of ``key``; an unknown one or a missing value raises KeyError."""
        return worded(messages("report")[key][self.lang], self.lang, **values)

    def date(self, value: str | None) -> str:
        """A date of any precision as people write it; empty for none."""
        if not value:
            return ""
        year, month, day = (*value.split("-"), "", "")[:3]
        if self.lang == "vi":
            return "/".join(filter(None, (day, month, year)))
        name = _MONTHS[int(month) - 1] if month else ""
        return " ".join(filter(None, (day.lstrip("0"), name, year)))

    def dates(self, values: Iterable[str]) -> str:
        """Several dates in a row."""
        return self.all_of(self.date(value) for value in values)

    def period(self, value: str | None) -> str:
        """The label of a report's period in words; what is no label stays as it is."""
        return period(value, self.lang) if value else ""

    def all_of(self, names: Iterable[str]) -> str:
        """Names in a row: ``A, B and C``."""
        *first, last = names
        return f"{', '.join(first)} {self('and')} {last}" if first else last

    def coverage(self, value: Coverage) -> str:
        """The name of a status."""
        return self(f"coverage.{value.value}")

    def status(self, value: str | None) -> str:
        """What a clause tells of the work."""
        return self(f"status.{value or 'other'}")

    def relation(self, value: str) -> str:
        """What a clause says of the document."""
        key = f"rel.{value}"
        return self(key) if key in messages("report") else value

    def days(self, value: int | None) -> str:
        """A number of days; empty for none."""
        return "" if value is None else self("days", days=value)

    def document(self, document: Document) -> str:
        """The document as people cite it, in English with what its type means."""
        if self.lang == "vi":
            return document.label
        kinds = {slug(kind.name): kind.english for kind in doc_types()}
        meaning = kinds.get(slug(document.type or ""), ())
        return f"{document.label} ({meaning[0]})" if meaning else document.label

    def force(self, document: Document) -> str:
        """Whether the document is in force, as far as a register of known documents says so."""
        said = [self(f"force.{document.force}")] if document.force else []
        if document.effective:
            said.append(self("force.since", date=self.date(document.effective)))
        return f"{', '.join(said)} ({self('force.register')})" if said else self("force.unknown")

    def finding(self, finding: Finding) -> str:
        """What a finding says, in this language, whatever language the graph was built in."""
        return self.message(finding.code, finding.message)

    def message(self, code: str, message: str) -> str:
        """The message of a finding with that code, in this language."""
        return retold(code, message, self.lang)

    @staticmethod
    def number(id: str) -> str:
        """The number of a piece of evidence as it is shown: ``d2e15`` is 2.15."""
        return id[1:].replace("e", ".")

    @property
    def methods(self) -> tuple[str, ...]:
        """Last parts of the keys that tell how a report is made, in their order."""
        return ("count", "says", "absent", "time", "units", "read", "version")

    def place(self, evidence: Evidence) -> str:
        """Where a clause stands in its source: page, character, section."""
        parts = (
            self("page", page=evidence.page) if evidence.page is not None else "",
            self("offset", start=evidence.start),
            evidence.section or "",
        )
        return " · ".join(filter(None, parts))

    def when(self, source: Source) -> str:
        """Date or period of a source."""
        return self.date(source.date) or self.period(source.period) or self("sources.undated")
