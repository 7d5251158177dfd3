"""The reference graph: what the tables say of document types, provinces and bodies, with periods and successors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.graph.terms import (
    Add,
    adder,
    body_resource,
    date_text,
    parsed,
    place_resource,
    string,
    tagged,
    term_text,
    type_resource,
)
from kg.ontology import tables
from kg.ontology.vocabulary import REFERENCE, TYPES

__all__ = ["reference", "reference_triples"]

_A, _LABEL = term_text("rdf:type"), term_text("rdfs:label")
_CONCEPT, _SCHEME, _IN_SCHEME = term_text("skos:Concept"), term_text("skos:ConceptScheme"), term_text("skos:inScheme")
_PREF_LABEL, _ALT_LABEL, _NOTATION = term_text("skos:prefLabel"), term_text("skos:altLabel"), term_text("skos:notation")
_ORGANIZATION, _PROVINCE = term_text("org:Organization"), term_text("kg:Province")
_UNIT_VERSION, _VERSION = term_text("kg:UnitVersion"), term_text("kg:version")
_CURRENT_UNIT, _REPLACED_BY = term_text("kg:currentUnit"), term_text("dcterms:isReplacedBy")
_VALID_FROM, _VALID_TO = term_text("kg:validFrom"), term_text("kg:validTo")
_TYPES = str(TYPES)


def reference() -> Iterator[Quad]:
    """Yield the reference graph: document types, provinces and bodies with their periods and successors."""
    return parsed(reference_triples(), REFERENCE)


def reference_triples() -> bytes:
    """Return the reference graph as N-Triples."""
    lines: dict[str, None] = {}
    add = adder(lines)
    _add_types(add)
    _add_provinces(add)
    _add_bodies(add)
    return "".join(lines).encode()


def _add_types(add: Add) -> None:
    add(_TYPES, _A, _SCHEME)
    add(_TYPES, _PREF_LABEL, tagged("Loại văn bản"))
    add(_TYPES, _PREF_LABEL, tagged("Document types", "en"))
    for kind in tables.doc_types():
        node = type_resource(kind.name)
        add(node, _A, _CONCEPT)
        add(node, _IN_SCHEME, _TYPES)
        add(node, _PREF_LABEL, tagged(kind.name))
        for number, english in enumerate(kind.english):
            add(node, _ALT_LABEL if number else _PREF_LABEL, tagged(english, "en"))
        for alias in kind.aliases:
            add(node, _ALT_LABEL, tagged(alias))
        for abbreviation in kind.abbr:
            add(node, _NOTATION, string(abbreviation))


def _add_provinces(add: Add) -> None:
    rows = tables.provinces()
    name_of = {p.full_name: p.name for p in rows}
    alive = {p.name for p in rows if p.valid_to is None}
    for province in rows:
        node = place_resource(province.name)
        add(node, _A, _PROVINCE)
        add(node, _LABEL, tagged(province.name))
        for variant in (province.full_name, *province.variants):
            # A variant with "?" is right only in some contexts, so it is no name of the place.
            if not variant.endswith("?"):
                add(node, _ALT_LABEL, tagged(variant))
        for current in province.current:
            if province.name not in alive or name_of[current] == province.name:
                add(node, _CURRENT_UNIT, place_resource(name_of[current]))
        successors = [place_resource(name_of[s]) for s in province.successors]
        gone = province.name not in alive
        _add_version(add, node, province.full_name, province.valid_from, province.valid_to, successors, gone=gone)


def _add_bodies(add: Add) -> None:
    rows = tables.bodies()
    alive = {b.name for b in rows if b.valid_to is None}
    for body in rows:
        node = body_resource(body.name)
        add(node, _A, _ORGANIZATION)
        add(node, _LABEL, tagged(body.name))
        for variant in body.name_variants:
            if not variant.endswith("?"):
                add(node, _ALT_LABEL, tagged(variant))
        for symbol in (body.abbr, *body.abbr_variants):
            if not symbol.endswith("?"):
                add(node, _NOTATION, string(symbol))
        successors = [body_resource(s) for s in body.successors]
        for successor, name in zip(successors, body.successors, strict=True):
            add(successor, _A, _ORGANIZATION)  # a local one need not have a row of its own
            add(successor, _LABEL, tagged(name))
    for name in dict.fromkeys(b.name for b in rows):
        for first, last, heirs in _periods(b for b in rows if b.name == name):
            successors = [body_resource(heir) for heir in heirs]
            _add_version(add, body_resource(name), name, first, last, successors, gone=name not in alive)


def _periods(rows: Iterable[tables.Body]) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    """First day, last day and successors of each period of one body.

    A body that changed its letters has a row for each (UB, UBND); rows that overlap are one period.
    """
    found: list[tuple[str | None, str | None, tuple[str, ...]]] = []
    for row in sorted(rows, key=lambda b: b.valid_from or ""):
        if found and (found[-1][1] or "9999") >= (row.valid_from or ""):
            first, last, heirs = found.pop()
            open_end = last is None or row.valid_to is None
            last = None if open_end else max(last or "", row.valid_to or "")
            found.append((first, last, () if open_end else tuple(dict.fromkeys((*heirs, *row.successors)))))
        else:
            found.append((row.valid_from, row.valid_to, row.successors))
    return found


def _add_version(
    add: Add,
    unit: str,
    name: str,
    valid_from: str | None,
    valid_to: str | None,
    successors: list[str],
    *,
    gone: bool,
) -> None:
    """Add one period of a unit; what is ``gone`` for good says so on the unit itself as well."""
    version = f"{unit[:-1]}#{valid_from or ''}_{valid_to or ''}>"
    add(unit, _VERSION, version)
    add(version, _A, _UNIT_VERSION)
    add(version, _LABEL, tagged(name))
    for node in (version, unit) if gone else (version,):
        if valid_from and node is version and (day := date_text(valid_from)):
            add(node, _VALID_FROM, day)
        if valid_to and (day := date_text(valid_to)):
            add(node, _VALID_TO, day)
        for successor in successors:
            if successor != unit:
                add(node, _REPLACED_BY, successor)
