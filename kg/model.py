"""What one document says: mentions, relations, tasks and findings.

Every offset counts Unicode code points of the source text exactly as the loader
yields it, half open: ``text[start:end]`` is the quoted passage.  Dates are ISO 8601
strings of the precision that the text gives (``2024-06-05``, ``2024-06``, ``2024``).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

__all__ = [
    "REPORT",
    "Extraction",
    "Finding",
    "Header",
    "Mention",
    "Reference",
    "Rel",
    "Relation",
    "Section",
    "Severity",
    "Status",
    "Task",
    "apart",
]

REPORT = "REPORT"
"""The document at hand, as the subject of a relation."""

_T = TypeVar("_T")


def _quick(cls: type[_T]) -> type[_T]:
    """Let a frozen dataclass with slots be made in a third of the time, or less the more fields it has.

    Its own ``__init__`` sets each field by a call, since it is frozen.  This one sets them while the object is one of
    a class with the same slots that is not frozen.
    """
    names = [each.name for each in fields(cls)]  # type: ignore[arg-type]
    given = cls.__init__
    told = {"become": object.__setattr__, "frozen": cls, "open_": type(cls.__name__, (), {"__slots__": names})}
    lines = (
        "become(self, '__class__', open_)",
        *(f"self.{name} = {name}" for name in names),
        "self.__class__ = frozen",
    )
    exec(f"def __init__(self, {', '.join(names)}):\n  " + "\n  ".join(lines), told)
    made: Any = told["__init__"]
    made.__defaults__, made.__annotations__ = given.__defaults__, given.__annotations__
    made.__qualname__, made.__module__ = given.__qualname__, cls.__module__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls


class Status(StrEnum):
    """How the passage stands to the work it tells of."""

    DONE = "done"
    PLANNED = "planned"
    BASIS = "basis"
    OTHER = "other"


class Rel(StrEnum):
    """What one document does to another; the names are those of ELI where it has one."""

    IMPLEMENTS = "implements"
    ISSUED = "issued"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    GUIDES = "guides"
    APPROVES = "approves"
    PROMULGATES = "promulgates"
    BASED_ON = "based_on"
    CITES = "cites"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@lru_cache(maxsize=4096)  # the same few bodies, again and again
def apart(issuer: str | None) -> tuple[str, ...]:
    """The bodies that issued a document: of a joint one ``issuer`` holds each of them, joined by ``; ``.

    >>> apart("Bộ Y tế; Bộ Tài chính"), apart("Chính phủ"), apart(None)
    (('Bộ Y tế', 'Bộ Tài chính'), ('Chính phủ',), ())
    """
    return tuple(dict.fromkeys(name for part in (issuer or "").split(";") if (name := part.strip())))


@dataclass(frozen=True, slots=True)
class Header:
    """Who reports, for which province and which period; `apart` tells the bodies of a joint document."""

    type: str | None = None
    issuer: str | None = None
    province: str | None = None
    number: str | None = None
    date: str | None = None
    period: str | None = None
    title: str | None = None
    urn: str | None = None


@_quick
@dataclass(frozen=True, slots=True)
class Section:
    """A headed part: ``label`` is its number as written (``II``, ``3.4``), ``level`` 1 is the outermost."""

    start: int
    end: int
    level: int
    label: str
    title: str


@_quick
@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names a particular document."""

    id: str
    start: int
    end: int
    text: str
    type: str | None
    number: str | None
    date: str | None = None
    issuer: str | None = None
    issuer_written: bool = False
    pinpoint: str | None = None
    status: Status = Status.OTHER
    named: bool = False
    name: str | None = None
    """For a named document its canonical name: ``Luật Điện lực``, ``Hiệp định CPTPP``."""
    title: str | None = None
    """The subject written after the citation: ``về phát triển và quản lý chợ``."""
    intended: str | None = None
    """What a damaged number stands for, where that is beyond doubt."""
    urn: str | None = None
    confidence: float = 1.0


@_quick
@dataclass(frozen=True, slots=True)
class Reference:
    """A reference back (``Nghị định này``, ``các văn bản nêu trên``): ``to`` lists mention ids or REPORT."""

    start: int
    end: int
    text: str
    to: tuple[str, ...]
    reason: str


@_quick
@dataclass(frozen=True, slots=True)
class Relation:
    """``source`` does ``rel`` to ``target``; ``text[start:end]`` is the clause that says so."""

    source: str
    rel: Rel
    target: str
    start: int
    end: int
    trigger: str | None = None
    status: Status = Status.OTHER
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work that is reported or ordered, with the documents it carries out."""

    id: str
    start: int
    end: int
    text: str
    mentions: tuple[str, ...]
    assignees: tuple[str, ...] = ()
    deadline: str | None = None
    status: Status = Status.OTHER


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at: a conflict, a variant, an impossible date."""

    code: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str | None = None
    mentions: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says."""

    document: Header
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    tasks: tuple[Task, ...] = ()
    findings: tuple[Finding, ...] = ()
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    supplied: tuple[str, ...] = ()
    """Fields of the header that a catalogue gave, the text being silent."""
    text: str = field(default="", repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values; a relation's ends are called ``from`` and ``to``."""
        return {
            "document": asdict(self.document),
            "mentions": [asdict(m) for m in self.mentions],
            "relations": [self._plain(r) for r in self.relations],
            "tasks": [{**asdict(t), "mentions": list(t.mentions), "assignees": list(t.assignees)} for t in self.tasks],
            "findings": [{**asdict(f), "mentions": list(f.mentions)} for f in self.findings],
            "sections": [asdict(s) for s in self.sections],
            "references": [{**asdict(r), "to": list(r.to)} for r in self.references],
        }

    def _plain(self, relation: Relation) -> dict[str, Any]:
        return {
            "from": relation.source,
            "rel": relation.rel.value,
            "to": relation.target,
            "start": relation.start,
            "end": relation.end,
            "quote": self.text[relation.start : relation.end],
            "trigger": relation.trigger,
            "status": relation.status.value,
            "confidence": relation.confidence,
        }
