"""Provinces and bodies that a parameter means, and those that a question counts by, as they are on a given day.

Units have merged and been renamed (34 provinces since 1 July 2025): who asks for one of today asks for those
that became a part of it as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.answers.questions.bound import Bound, bare_slug, named, no_such, one
from kg.graph.binding import Rows, places
from kg.messages import say
from kg.ontology.tables import provinces
from kg.ontology.vocabulary import BODY, PLACE
from kg.text.slugs import slug

if TYPE_CHECKING:
    from kg.answers.questions.files import StoredQuery
    from kg.graph.store import Graph

__all__ = ["body", "province", "unit_values"]

_BY_PROVINCE, _BY_BODY = "units.province", "units.body"
_BODIES = ("org:Organization", "rdfs:label")


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
            for iri, name in sorted(named(graph, *_BODIES))
            for unit in bodies_on(name, day)
        )
    return found


def _iri(space: str, name: str) -> NamedNode:
    """The IRI of a province or body, as `kg.graph.terms` makes it, without loading what writes graphs."""
    return NamedNode(space + slug(name))


def province(graph: Graph, name: str, given: str, day: str | None) -> Bound:
    """Return the unit of that name on ``day`` with all names that stand for it; see `_meant` where no day is given."""
    known = [(iri, label, bare_slug(label)) for iri, label in named(graph, "kg:Province", "rdfs:label|skos:altLabel")]
    own = dict(named(graph, "kg:Province", "rdfs:label"))
    wanted = bare_slug(given)
    if found := {iri for iri, _, bare in known if bare == wanted or iri == given}:
        meant, notes = _meant(sorted(own.get(iri, iri) for iri in found), day)
        return one(name, given, *(_iri(PLACE, unit) for unit in meant), notes=notes)
    # Any of its names leads to a province, which is suggested by its own.
    raise no_such("province.unknown", given, ((bare, own.get(iri, label)) for iri, label, bare in known))


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


def body(graph: Graph, name: str, given: str, day: str | None) -> Bound:
    """Return the bodies of that name, of a kind (``Sở Tài chính``) all; else those whose name contains it as words.

    A body of a province is asked for as its province is (`_meant`); another one stands for those
    that it succeeds only where a day is given.
    """
    from kg.entities.bodies import below_province, canonical, province_of
    from kg.entities.units import bodies_on, bodies_within

    def bound(iris: Iterable[str], *notes: str) -> Bound:
        return one(name, given, *map(NamedNode, sorted(iris)), notes=notes)

    known = named(graph, *_BODIES)
    full = canonical(given) or given
    wanted = {slug(given), slug(full)}
    found = {iri for iri, label in known if slug(label) in wanted or iri == given}
    if of_kind := {member for iri in found for member in graph.subjects("kg:ofKind", iri)}:
        return bound(found | of_kind, say("body.kind", given=given, count=len(of_kind)))
    if below_province(full) and not province_of(full):
        # The name of a district tells none of the provinces that have one.
        found |= {iri for iri, label in known if label.startswith(f"{full}, ")}
    if found and below_province(full) and not province_of(full):
        return bound(found, *([say("body.several", given=given, count=len(found))] if len(found) > 1 else ()))
    asked = {label for iri, label in known if iri in found} or {full}
    when = day or date.today().isoformat()
    of_today = any(map(province_of, asked)) and any((one_asked,) == bodies_on(one_asked, when) for one_asked in asked)
    if day or of_today:
        labels = dict.fromkeys(label for _, label in known)
        within = {label for one_asked in asked for label in bodies_within(one_asked, when, labels)}
        if others := sorted(within - asked):
            units = dict.fromkeys(unit for one_asked in sorted(asked) for unit in bodies_on(one_asked, when))
            key = "units.answered" if day else "units.includes"
            note = say(key, unit=", ".join(units), names=", ".join(others), day=when)
            return bound(found | {iri for iri, label in known if label in within}, note)
    if found:
        return bound(found)
    found = {iri for iri, label in known if any(f"-{words}-" in f"-{slug(label)}-" for words in wanted if words)}
    if not found:
        raise no_such("body.unknown", given, ((slug(label), label) for _, label in known))
    return bound(found, *([say("body.several", given=given, count=len(found))] if len(found) > 1 else ()))
