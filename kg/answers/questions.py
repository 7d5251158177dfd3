"""Stored questions: each is a SPARQL file in ``queries/`` that opens with its own description.

The file's leading comments have a fixed form, one ``key: value`` a line, a value continued
on lines that begin with ``#`` and three blanks::

    # title.vi: …              # title.en: …
    # question.vi: …           # question.en: …      with {parameter} for what varies
    # reasoning: why the query is right, and its edge cases
    # param NAME: TYPE[ of LIST][, required][ = DEFAULT] | Vietnamese | English
    # column NAME: Vietnamese | English
    # ask: wording pattern of kg.ask

A parameter enters the query as RDF terms at the places that `kg.graph.binding` knows, so no text of a
user ever becomes part of a query, and a file runs as it stands on any SPARQL 1.1 store that
takes the union of the named graphs as its default graph.

>>> query = stored("provinces-implementing")
>>> query.title["en"], [p.name for p in query.parameters if p.required]
('Provinces implementing a document', ['document'])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.documents.identity import is_candidate, is_urn, slug
from kg.entities.periods import PeriodError, Span, read_period
from kg.graph.binding import Rows, Term, fill, places
from kg.graph.store import KgError, Value
from kg.messages import say
from kg.model import Severity, Status
from kg.ontology.tables import provinces, read
from kg.ontology.vocabulary import BODY, PLACE

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = [
    "Answer",
    "Bound",
    "Column",
    "Parameter",
    "StoredQuery",
    "answered",
    "documents",
    "names",
    "one_document",
    "read_day",
    "resolve",
    "run",
    "stored",
    "stored_queries",
    "unit_values",
]

Text = Mapping[str, str]
"""One text in each language: ``{"vi": …, "en": …}``."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What varies in a stored query.

    ``type`` is ``document``, ``province``, ``body``, ``report``, ``date``, ``period``, ``integer`` or ``text``.
    """

    name: str
    type: str
    required: bool
    default: str | None
    description: Text
    values: tuple[str, ...] = ()
    """What it may be, where that is a list: ``text of status`` in the header."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    description: Text


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question with its query: what the header says, and the SPARQL text as it stands in the file."""

    name: str
    title: Text
    question: Text
    reasoning: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    patterns: tuple[str, ...]
    sparql: str

    def to_dict(self) -> dict[str, Any]:
        """Return what its header says, as plain JSON-ready values."""
        return {
            "name": self.name,
            "title": dict(self.title),
            "question": dict(self.question),
            "reasoning": self.reasoning,
            "parameters": [
                {
                    "name": p.name,
                    "type": p.type,
                    "required": p.required,
                    "default": p.default,
                    "description": dict(p.description),
                }
                for p in self.parameters
            ],
            "columns": [{"name": c.name, "description": dict(c.description)} for c in self.columns],
        }


@dataclass(frozen=True, slots=True)
class Bound:
    """A parameter's value: the words given, the terms they stand for, and what to tell the user about that."""

    given: str
    values: Mapping[str, Rows]
    """Place in the query (``period``, ``period.within``) -> rows of terms."""
    notes: tuple[str, ...] = ()

    @property
    def iris(self) -> list[str]:
        """The IRIs that the words stand for."""
        rows = next(iter(self.values.values()), ())
        return [term.value for row in rows for term in row if isinstance(term, NamedNode)]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a stored query; ``params`` are the values as understood, ``notes`` what a person should know."""

    query: StoredQuery
    params: Mapping[str, Value | list[str]]
    columns: tuple[str, ...]
    rows: list[dict[str, Value]]
    notes: tuple[str, ...] = ()
    as_of: str | None = None
    """The day whose provinces and bodies the rows are told for, ISO; None for those that the sources name."""

    @property
    def readable(self) -> list[str]:
        """Columns for people: an identifier says nothing beside its label, a short name beside the full one."""
        columns = [c for c in self.columns if c != "province" or "answeredFor" not in self.columns]
        if "label" not in columns:
            return columns
        iris = ("urn:", "https://w3id.org/")
        return [c for c in columns if not all(str(row[c]).startswith(iris) for row in self.rows)]

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-ready values."""
        return {
            "query": self.query.name,
            "parameters": dict(self.params),
            "as_of": self.as_of,
            "columns": list(self.columns),
            "rows": self.rows,
            "notes": list(self.notes),
        }


# --- the files ---------------------------------------------------------------------------------------------


@cache
def names() -> tuple[str, ...]:
    """Names of the stored queries, in alphabetical order."""
    found = (entry.name for entry in files("kg.queries").iterdir())
    return tuple(sorted(name.removesuffix(".rq") for name in found if name.endswith(".rq")))


@cache
def stored(name: str) -> StoredQuery:
    """Return the stored query ``name``; raises KgError with the nearest names where there is none."""
    if name not in names():
        near = get_close_matches(name, names(), n=3, cutoff=0.4)
        raise KgError(say("query.unknown", name=name), _did_you_mean(near) if near else say("query.see-list"))
    return _read(name, files("kg.queries").joinpath(f"{name}.rq").read_text(encoding="utf-8"))


def stored_queries() -> tuple[StoredQuery, ...]:
    """Every stored query, by name."""
    return tuple(stored(name) for name in names())


_HEADER = re.compile(r"# (?P<key>[a-z]+)(?:[ .](?P<name>[\w-]+))?: (?P<value>.*)")


def _read(name: str, text: str) -> StoredQuery:
    """Parse one file; a header out of form raises ValueError with the line."""
    entries: list[tuple[str, str | None, str]] = []
    for line in text.split("\n\n", 1)[0].splitlines():
        if line.startswith("#   ") and entries:
            key, label, value = entries.pop()
            entries.append((key, label, f"{value} {line[1:].strip()}"))
        elif found := _HEADER.fullmatch(line):
            entries.append((found["key"], found["name"], found["value"]))
        else:
            raise ValueError(f"{name}.rq: header line out of form: {line}")
    one = {(key, label): value for key, label, value in entries}
    return StoredQuery(
        name,
        {lang: one["title", lang] for lang in ("vi", "en")},
        {lang: one["question", lang] for lang in ("vi", "en")},
        one["reasoning", None],
        tuple(_parameter(label or "", value) for key, label, value in entries if key == "param"),
        tuple(Column(label or "", _texts(value)) for key, label, value in entries if key == "column"),
        tuple(value for key, _, value in entries if key == "ask"),
        text,
    )


def _parameter(name: str, value: str) -> Parameter:
    kind, texts = value.split(" | ", 1)
    kind, _, default = kind.partition(" = ")
    kind, _, required = kind.partition(", ")
    kind, _, of = kind.partition(" of ")
    return Parameter(name, kind, required == "required", default or None, _texts(texts), _LISTS[of]() if of else ())


_LISTS: Mapping[str, Callable[[], tuple[str, ...]]] = {
    "status": lambda: tuple(Status),
    "severity": lambda: tuple(Severity),
    "findings": lambda: tuple(row["code"] for row in read("findings")),
}


def _texts(value: str) -> Text:
    vi, en = value.split(" | ")
    return {"vi": vi, "en": en}


# --- values ------------------------------------------------------------------------------------------------


def run(graph: Graph, name: str, /, *, as_of: str | None = None, **params: str | int | None) -> Answer:
    """Answer the stored question ``name``; a parameter that is None or empty counts as not given.

    A ``document`` may be written in any way a citation is; it stands for every document that it
    fits.  ``as_of``, a date or ``today``, asks for the provinces and bodies of that day.  Raises
    KgError for an unknown query or parameter, a missing one, and a value that can't be read.
    """
    query, day = stored(name), read_day(as_of)
    bound = resolve(graph, query, params, day)
    values = {place: rows for value in bound.values() for place, rows in value.values.items()}
    found = graph.select(fill(query.sparql, values | unit_values(graph, query, day)))
    return answered(query, bound, found, day)


def answered(
    query: StoredQuery, bound: Mapping[str, Bound], found: Iterable[Mapping[str, Value]], day: str | None
) -> Answer:
    """Make the answer of the rows that a store gave, for the provinces of ``day``."""
    columns = tuple(column.name for column in query.columns)
    notes = tuple(note for value in bound.values() for note in value.notes)
    shown: dict[str, Value | list[str]] = {key: value.iris or value.given for key, value in bound.items()}
    # GROUP_CONCAT of nothing is an empty string.
    rows = [{c: None if row[c] == "" else row[c] for c in columns} for row in found]
    if day:
        from kg.answers.restate import restate

        rows, columns, stands = restate(rows, columns, day)
        asked = any(p.name in bound and p.type == "province" for p in query.parameters)
        notes += () if asked else stands  # of a province asked for it has been told already
    return Answer(query, shown, columns, rows, notes, day)


def read_day(given: str | None) -> str | None:
    """Return the day that ``given`` ends on, ISO: a date, a month, a year, ``today``; None for nothing."""
    if not given:
        return None
    return date.today().isoformat() if given == "today" else _span(given).end


def unit_values(graph: Graph, query: StoredQuery, day: str | None) -> dict[str, Rows]:
    """Return the rows (unit of a source, unit on ``day``, its name) for the places where ``query`` counts by unit.

    Every unit is there, also one that stands for itself.
    """
    if day is None:
        return {}
    from kg.entities.units import bodies_on, provinces_on

    found: dict[str, Rows] = {}
    if _BY_PROVINCE in places(query.sparql):
        found[_BY_PROVINCE] = tuple(
            (_iri(PLACE, name), _iri(PLACE, unit), Literal(unit))
            for name in sorted({row.name for row in provinces()})
            for unit in provinces_on(name, day)
        )
    if _BY_BODY in places(query.sparql):
        found[_BY_BODY] = tuple(
            (NamedNode(iri), _iri(BODY, unit), Literal(unit))
            for iri, name in sorted(_named(graph, _BODIES))
            for unit in bodies_on(name, day)
        )
    return found


def _iri(space: str, name: str) -> NamedNode:
    """The IRI of a province or body, as `kg.graph.rdf` makes it, without loading what writes graphs."""
    return NamedNode(space + slug(name))


_BY_PROVINCE, _BY_BODY = "units.province", "units.body"


def resolve(
    graph: Graph, query: StoredQuery, params: Mapping[str, str | int | None], day: str | None = None
) -> dict[str, Bound]:
    """Return the value of each given parameter, defaults included, as RDF terms; units are those of ``day``."""
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
            raise KgError(say("param.unknown", name=name, query=query.name), _did_you_mean(near))
    found = {}
    for name, parameter in known.items():
        given = params.get(name)
        text = str(given).strip() if given is not None else ""
        text = text or parameter.default or ""
        if text:
            if parameter.values and text not in parameter.values:
                raise KgError(say("value.unknown", name=name, given=text), _one_of(text, parameter.values))
            found[name] = _RESOLVERS[parameter.type](graph, name, text, day)
        elif parameter.required:
            example = f"{name}=…"
            raise KgError(say("param.missing", name=name, query=query.name), say("param.give", example=example))
    return found


def documents(graph: Graph, citation: str) -> list[str]:
    """Return the IRIs of the documents that ``citation`` fits, best first; raises KgError where there is none."""
    found = _document(graph, "document", citation)
    if not found.iris:
        raise _no_document(found)
    return found.iris


def one_document(graph: Graph, citation: str) -> Bound:
    """Return the one document that ``citation`` fits; raises KgError where there is none or several."""
    from kg.answers.lookup import find, lookup

    found = _document(graph, "document", citation)
    # An identifier stands for itself, whether or not the graph has it.
    if not found.iris or not find(graph, found.iris[0]):
        raise _no_document(found)
    if count := len(found.iris[1:]):
        names = "".join(
            "\n    " + " · ".join(filter(None, (match.label, match.issuer, match.date, match.urn)))
            for match in lookup(graph, citation, count + 1)
        )
        raise KgError(
            say("document.choose", given=citation, count=count + 1), say("document.choose.remedy", names=names)
        )
    return found


def _no_document(found: Bound) -> KgError:
    return KgError(found.notes[0] if found.notes else say("document.absent", given=found.given), say("document.lookup"))


def _one_of(given: str, allowed: tuple[str, ...]) -> str:
    near = get_close_matches(given.lower(), allowed, n=3, cutoff=0.5) if len(allowed) > _FEW else ()
    return _did_you_mean(near) if near else say("value.allowed", names=", ".join(allowed))


_FEW = 6
"""Lists up to this length are shown whole."""


def _did_you_mean(near: Iterable[str]) -> str:
    return say("did-you-mean", names=", ".join(near))


def _one(name: str, given: str, *terms: Term, notes: tuple[str, ...] = ()) -> Bound:
    return Bound(given, {name: tuple((term,) for term in terms)}, notes)


def _document(graph: Graph, name: str, given: str, _day: str | None = None) -> Bound:
    # Kept out of the module's imports: reading a citation loads the tables, which other questions don't need.
    from kg.answers.lookup import find, is_citation, told_apart

    if is_urn(given) or is_candidate(given):
        return _one(name, given, NamedNode(given.lower() if is_urn(given) else given))
    matches = find(graph, given)
    exact = [match for match in matches if match.exact]
    if exact:
        labels = ", ".join(told_apart(graph, match) for match in exact)
        notes = (say("document.several", given=given, count=len(exact), names=labels),) if exact[1:] else ()
        return _one(name, given, *(NamedNode(match.iri) for match in exact), notes=notes)
    if detail := [match for match in matches if match.detail]:
        told = tuple(say("document.detail", given=given, document=told_apart(graph, m), why=m.why) for m in detail)
        return _one(name, given, *(NamedNode(match.iri) for match in detail), notes=told)
    if not is_citation(given):
        raise KgError(say("document.unreadable", given=given), say("document.example"))
    near = ", ".join(match.label for match in matches[:3])
    note = say("document.absent", given=given)
    return _one(name, given, notes=(f"{note}; {_did_you_mean([near])}" if near else note,))


_PLACES = """
SELECT DISTINCT ?node ?name WHERE { ?node a kg:Province ; rdfs:label|skos:altLabel ?name }
"""
_BODIES = """
SELECT DISTINCT ?node ?name WHERE { ?node a org:Organization ; rdfs:label ?name }
"""
_REPORTS = """
SELECT DISTINCT ?node ?name WHERE { ?node a kg:Report ; dcterms:source|dcterms:title|eli:id_local ?name }
"""
_PLACE_FORM = re.compile(r"^(?:tinh|thanh-pho|tp|province-of|city-of)-|-(?:province|city)$")


def _named(graph: Graph, sparql: str) -> list[tuple[str, str]]:
    return [(str(row["node"]), str(row["name"])) for row in graph.select(sparql)]


def _province(graph: Graph, name: str, given: str, day: str | None) -> Bound:
    """The unit of that name on ``day`` with all names that stand for it; see `_today` where no day is given."""
    wanted = _PLACE_FORM.sub("", slug(given))
    places = _named(graph, _PLACES)
    names = dict(_named(graph, _PLACES.replace("|skos:altLabel", "")))
    if found := {iri for iri, label in places if _PLACE_FORM.sub("", slug(label)) == wanted or iri == given}:
        asked = sorted(names.get(iri, iri) for iri in found)
        meant, notes = _meant(asked, day)
        return _one(name, given, *(_iri(PLACE, unit) for unit in meant), notes=notes)
    # Any of its names leads to a province, which is suggested by its own.
    raise _no_such("province.unknown", given, ((_PLACE_FORM.sub("", slug(n)), names.get(i, n)) for i, n in places))


def _meant(asked: Iterable[str], day: str | None) -> tuple[list[str], tuple[str, ...]]:
    """The names to look for, and what to tell of them.

    On a given day that is every name of the unit.  Without one, a unit of today is asked for with
    those that became a part of it, and a former one alone.
    """
    from kg.entities.units import official, provinces_on, provinces_within

    today = day or date.today().isoformat()
    meant: list[str] = []
    notes = []
    for name in asked:
        units = provinces_on(name, today)
        former = day is None and name not in units
        within = (name,) if former else provinces_within(name, today)
        meant += within
        told = ", ".join(official(unit, today) for unit in units)
        others = ", ".join(official(other, _LAST_DAY) for other in within if other not in units)
        if former:
            notes.append(say("units.became", name=official(name, _LAST_DAY), units=told))
        elif others:
            notes.append(say("units.answered" if day else "units.includes", unit=told, names=others, day=day))
    return list(dict.fromkeys(meant)), tuple(notes)


_LAST_DAY = "9999-12-31"


def _body(graph: Graph, name: str, given: str, day: str | None) -> Bound:
    """Bodies of that name; where there is none, those whose name contains it as whole words.

    A body of a province is asked for as its province is (`_meant`); another one stands for those
    that it succeeds only where a day is given.
    """
    from kg.entities.bodies import canonical, province_of
    from kg.entities.units import bodies_on, bodies_within

    bodies = _named(graph, _BODIES)
    full = canonical(given) or given
    wanted = {slug(given), slug(full)}
    known = dict.fromkeys(label for _, label in bodies)
    found = {iri for iri, label in bodies if slug(label) in wanted or iri == given}
    asked = {label for iri, label in bodies if iri in found} or {full}
    when = day or (date.today().isoformat() if any(map(province_of, asked)) else None)
    if when and (day or any((body,) == bodies_on(body, when) for body in asked)):
        within = {other for body in asked for other in bodies_within(body, when, known)}
        if others := sorted(within - asked):
            units = ", ".join(dict.fromkeys(unit for body in sorted(asked) for unit in bodies_on(body, when)))
            key = "units.answered" if day else "units.includes"
            note = say(key, unit=units, names=", ".join(others), day=when)
            found |= {iri for iri, label in bodies if label in within}
            return _one(name, given, *map(NamedNode, sorted(found)), notes=(note,))
    if found:
        return _one(name, given, *map(NamedNode, sorted(found)))
    found = {iri for iri, label in bodies if any(f"-{w}-" in f"-{slug(label)}-" for w in wanted if w)}
    if not found:
        raise _no_such("body.unknown", given, ((slug(label), label) for _, label in bodies))
    notes = (say("body.several", given=given, count=len(found)),) if len(found) > 1 else ()
    return _one(name, given, *map(NamedNode, sorted(found)), notes=notes)


def _report(graph: Graph, name: str, given: str, _day: str | None = None) -> Bound:
    """The report with that IRI, path, file name, number or title, else those whose path or title contains it."""
    reports = _named(graph, _REPORTS)
    whole, wanted = given.casefold(), slug(given)
    exact = {iri for iri, label in reports if whole in (iri.casefold(), label.casefold(), _file_name(label).casefold())}
    if found := exact or {iri for iri, label in reports if wanted and wanted in slug(label)}:
        return _one(name, given, *map(NamedNode, sorted(found)))
    files = [(slug(file), file) for file in (_file_name(label) for _, label in reports) if _FILE_NAME.search(file)]
    titles = [(slug(label), label) for _, label in reports if not _FILE_NAME.search(label)]
    raise _no_such("report.unknown", given, files if _FILE_NAME.search(given) else [*files, *titles])


_FILE_NAME = re.compile(r"(?<=\w)\.[a-z]{2,5}\Z", re.IGNORECASE)


def _file_name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _no_such(key: str, given: str, known: Iterable[tuple[str, str]]) -> KgError:
    """The error with the nearest of ``known`` (slug, name), else with the question that lists them."""
    by_slug = dict(known)
    near = get_close_matches(_PLACE_FORM.sub("", slug(given)), by_slug, n=5, cutoff=0.6)
    names = list(dict.fromkeys(by_slug[s] for s in near))[:3]
    return KgError(say(key, given=given), _did_you_mean(names) if names else say(f"{key}.remedy"))


def _date(_graph: Graph, name: str, given: str, _day: str | None) -> Bound:
    if given == "today":
        given = date.today().isoformat()
    return _one(name, given, Literal(_span(given).end))


def _period(_graph: Graph, name: str, given: str, _day: str | None) -> Bound:
    span = _span(given)
    within = tuple((Literal(prefix),) for prefix in span.labels)
    return Bound(given, {name: ((Literal(span.start), Literal(span.end)),), f"{name}.within": within})


def _span(given: str) -> Span:
    try:
        return read_period(given)
    except PeriodError as error:
        raise KgError(say("period.unreadable", given=given), say("period.example")) from error


_MOST = 1_000_000
"""Rows that an answer may ask for."""


def _integer(_graph: Graph, name: str, given: str, _day: str | None) -> Bound:
    if len(given) > len(str(_MOST)) or not given.isascii() or not given.isdigit() or not 1 <= int(given) <= _MOST:
        raise KgError(
            say("integer.unreadable", name=name, given=given[:20], most=_MOST), say("integer.example", name=name)
        )
    return _one(name, given, Literal(int(given)))


def _text(_graph: Graph, name: str, given: str, _day: str | None) -> Bound:
    return _one(name, given, Literal(given))


_RESOLVERS: Mapping[str, Callable[[Graph, str, str, str | None], Bound]] = {
    "document": _document,
    "province": _province,
    "body": _body,
    "report": _report,
    "date": _date,
    "period": _period,
    "integer": _integer,
    "text": _text,
}
