"""Parameters of a stored question as people write them -> the RDF terms that enter the query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.answers.questions import cited, units
from kg.answers.questions.bound import Bound, did_you_mean, named, no_such, one
from kg.entities.dates import shown
from kg.entities.periods import PeriodError, Span, read_period
from kg.messages import KgError, language, say
from kg.text.slugs import slug

if TYPE_CHECKING:
    from kg.answers.questions.files import StoredQuery
    from kg.graph.store import Graph

__all__ = ["read_day", "resolve"]


def resolve(
    graph: Graph, query: StoredQuery, params: Mapping[str, str | int | None], day: str | None = None
) -> dict[str, Bound]:
    """Return the value of each given parameter, defaults included, as RDF terms; units are those of ``day``."""
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.4)
            remedy = did_you_mean(near) if near else say("param.takes", names=", ".join(known))
            raise KgError(say("param.unknown", name=name, query=query.name), remedy)
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


def _one_of(given: str, allowed: tuple[str, ...]) -> str:
    near = get_close_matches(given.lower(), allowed, n=3, cutoff=0.5) if len(allowed) > _FEW else ()
    return did_you_mean(near) if near else say("value.allowed", names=", ".join(allowed))


_FEW = 6
"""Lists up to this length are shown whole."""


def read_day(given: str | None) -> str | None:
    """Return the day that ``given`` ends on, ISO: a date, a month, a year, ``today``; None for nothing."""
    if not given:
        return None
    return date.today().isoformat() if given == "today" else _span(given).end


def _report(graph: Graph, name: str, given: str, _day: str | None) -> Bound:
    """The report with that IRI, path, file name, number or title, else those whose path or title contains it."""
    reports = named(graph, "kg:Report", "dcterms:source|dcterms:title|eli:id_local")
    whole, wanted = given.casefold(), slug(given)
    exact = {iri for iri, label in reports if whole in (iri.casefold(), label.casefold(), _file_name(label).casefold())}
    if found := exact or {iri for iri, label in reports if wanted and wanted in slug(label)}:
        return one(name, given, *map(NamedNode, sorted(found)))
    files = [(slug(file), file) for file in (_file_name(label) for _, label in reports) if _FILE_NAME.search(file)]
    titles = [(slug(label), label) for _, label in reports if not _FILE_NAME.search(label)]
    raise no_such("report.unknown", given, files if _FILE_NAME.search(given) else [*files, *titles])


_FILE_NAME = re.compile(r"(?<=\w)\.[a-z]{2,5}\Z", re.IGNORECASE)


def _file_name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _date(_graph: Graph, name: str, given: str, _day: str | None) -> Bound:
    if given != "today":
        return one(name, given, Literal(_span(given).end))
    today = date.today().isoformat()
    told = say("date.today", date=shown(today) if language() == "vi" else today)
    return one(name, today, Literal(today), notes=(told,))


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
    return one(name, given, Literal(int(given)))


def _text(_graph: Graph, name: str, given: str, _day: str | None) -> Bound:
    return one(name, given, Literal(given))


_RESOLVERS: Mapping[str, Callable[[Graph, str, str, str | None], Bound]] = {
    "document": cited.document,
    "province": units.province,
    "body": units.body,
    "report": _report,
    "date": _date,
    "period": _period,
    "integer": _integer,
    "text": _text,
}
