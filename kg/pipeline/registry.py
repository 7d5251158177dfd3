"""Known documents from a register: names, dates and effect of what reports cite.

A register is a CSV file with a header line, or JSON Lines (either may be compressed with gzip):
one document a row, with the columns below in English or Vietnamese, in any order.

==========  ===============================================  ==============================
column      also called                                      example
==========  ===============================================  ==============================
number      Số ký hiệu, Số hiệu                              60/2024/NĐ-CP
type        Loại văn bản                                     Nghị định
issuer      Cơ quan ban hành                                 Chính phủ
date        Ngày ban hành                                    2024-06-05 or 05/06/2024
title       Trích yếu, Tên văn bản                           Về phát triển và quản lý chợ
status      Tình trạng hiệu lực, Hiệu lực                    Còn hiệu lực
effective   Ngày có hiệu lực, Ngày hiệu lực                  2024-08-01
==========  ===============================================  ==============================

A column may also be named by a heading under which a legal portal lists related documents (see
`kg.pipeline.portals`): "Văn bản bị thay thế", "Căn cứ ban hành".  It holds citations, a list in JSON,
separated by ``;`` in CSV, and gives the relations in their direction.  A heading that portals
use for different relations needs a column ``portal``.

The graph of the register is replaced whole; run `kg.pipeline.resolve.resolve` afterwards, so that
citations without year or issuer find their documents in it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.answers.lookup import read_wording
from kg.documents.identity import Identity, identify
from kg.documents.record import iso_date
from kg.documents.urn import lookup_keys, parse_urn
from kg.entities.bodies import canonical, province_of
from kg.entities.units import kind_of
from kg.graph.store import Graph
from kg.graph.terms import body_iri, date_literal, place_iri, type_iri
from kg.messages import KgError, say, told
from kg.ontology.tables import column, doc_types
from kg.ontology.vocabulary import REGISTRY, TYPES, term
from kg.ontology.wording import words
from kg.pipeline.portals import Ambiguous, Heading, heading
from kg.text.slugs import slug

__all__ = ["Imported", "Problem", "import_registry"]

_COLUMNS: Final = ("number", "type", "issuer", "date", "title", "status", "effective", "portal")
# Values of eli:in_force by what the national database (vbpl.vn) calls them.
_IN_FORCE: Final = {
    "con-hieu-luc": "inForce",
    "con-hieu-luc-mot-phan": "partiallyInForce",
    "het-hieu-luc-mot-phan": "partiallyInForce",
    "ngung-hieu-luc-mot-phan": "partiallyInForce",
    "het-hieu-luc-toan-bo": "notInForce",
    "het-hieu-luc": "notInForce",
    "ngung-hieu-luc": "notInForce",
    "chua-co-hieu-luc": "notInForce",
    "khong-con-phu-hop": "notInForce",
}
_YEAR_BEHIND = re.compile(r"[\s,]+(?:năm\s+)?(?:19|20)\d\d\s*$")
_ENACTED = re.compile(rf"(?:{words('named_types')}|Hiến pháp)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a relation of a row, that was not imported: its line in the file (from 1) and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows read, distinct documents known, rows and relations left out."""

    rows: int
    documents: int
    problems: tuple[Problem, ...]


def import_registry(graph: Graph, path: str | os.PathLike[str]) -> Imported:
    """Put the register at ``path`` (.csv, .jsonl, also .gz) in the place of the last one.

    A row that does not identify a document, or has an impossible date, is left out and told by its
    line; the others are imported.  Raises KgError where the file can't be read as a register.
    """
    found: dict[Quad, None] = {}
    problems, documents, rows = list[Problem](), set[str](), 0
    for line, row in _rows(Path(path)):
        rows += 1
        if isinstance(row, str):
            problems.append(Problem(line, row))
            continue
        try:
            known = _Row.read(row)
        except ValueError as error:
            problems.append(Problem(line, str(error)))
            continue
        documents.add(known.identity.id)
        found.update(dict.fromkeys(known.quads()))
        for quads in _relations(known, row):
            if isinstance(quads, str):
                problems.append(Problem(line, quads))
            else:
                found.update(dict.fromkeys(quads))
    graph.replace(REGISTRY.value, found)
    return Imported(rows, len(documents), tuple(problems))


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str | None] | str]]:
    """Line number and row, or what is wrong with the line."""
    try:
        data = path.read_bytes()
        name = path.name.lower()
        if name.endswith(".gz"):
            data, name = gzip.decompress(data), name.removesuffix(".gz")
        text = data.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise KgError.of("registry.unreadable", path=path, error=told(error)) from error
    except UnicodeDecodeError:
        raise KgError.of("registry.encoding", path=path) from None
    if name.endswith((".jsonl", ".ndjson")):
        return _json_rows(text)
    if name.endswith((".csv", ".tsv")):
        return _csv_rows(text, path)
    raise KgError.of("registry.kind", path=path)


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, str | None] | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield number, say("registry.json", error=told(error))
            continue
        yield number, _fields(row) if isinstance(row, dict) else say("registry.object")


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, str | None] | str]]:
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    columns = next(reader, [])
    if "number" not in _fields(dict.fromkeys(columns, "")):
        raise KgError.of("registry.column", path=path, names=", ".join(_COLUMNS))
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield line, say("registry.csv")
            line = reader.line_num + 1
            continue
        if cells is None:
            return
        if len(cells) > len(columns):
            yield line, say("registry.cells", cells=len(cells), columns=len(columns))
        elif any(cells):
            yield line, _fields(dict(zip(columns, cells, strict=False)))
        line = reader.line_num + 1


def _fields(row: Mapping[str, object]) -> dict[str, str | None]:
    """The columns known, under their English names, and those of relations; empty cells are None."""
    found: dict[str, str | None] = {}
    for name, value in row.items():
        field = known if (known := column(name)) in _COLUMNS else None
        if field or _is_heading(name):
            text = ";".join(map(str, value)) if isinstance(value, list) else str(value)
            found[field or name] = text.strip() or None if value is not None else None
    return found


def _is_heading(name: str) -> bool:
    try:
        return heading(name) is not None
    except Ambiguous:
        return True


def _relations(known: _Row, row: Mapping[str, str | None]) -> Iterator[tuple[Quad, ...] | str]:
    """The quads of each relation that a row tells, or why it is left out."""
    for name, cell in row.items():
        if name in _COLUMNS or not cell:
            continue
        try:
            found = heading(name, row.get("portal"))
        except Ambiguous as error:
            yield say("registry.ambiguous", heading=str(error))
            continue
        if found is not None:
            for citation in filter(None, (part.strip() for part in cell.split(";"))):
                wanted = next(read_wording(citation), None)
                if wanted is None or wanted.urn is None:
                    yield say("registry.related", heading=name, citation=citation)
                else:
                    yield tuple(_related(known, found, NamedNode(wanted.urn), citation))


def _related(known: _Row, found: Heading, other: NamedNode, citation: str) -> Iterator[Quad]:
    triple = found.triple(NamedNode(known.identity.id), other)
    if triple and other.value != known.identity.id:
        yield Quad(*triple, REGISTRY)
        yield Quad(other, term("rdf:type"), term("kg:LegalDocument"), REGISTRY)
        yield Quad(other, term("rdfs:label"), Literal(citation, language="vi"), REGISTRY)
        for key in lookup_keys(other.value):
            yield Quad(other, term("kg:lookupKey"), Literal(key), REGISTRY)


def _date(text: str | None, name: str) -> str | None:
    if not text:
        return None
    iso = iso_date(text)
    if iso is None:
        raise ValueError(say("registry.date", name=name, text=text))
    return iso


def _body(issuer: str | None) -> str | None:
    """Canonical names of the bodies that a register lists, joined by ``; ``."""
    if not issuer:
        return None
    return "; ".join(canonical(part) or part for part in (p.strip() for p in re.split(r"[;|]", issuer)) if part)


@dataclass(frozen=True, slots=True)
class _Row:
    """One document of the register."""

    identity: Identity
    number: str | None
    type: str | None
    issuer: str | None
    date: str | None
    title: str | None
    status: str | None
    effective: str | None

    @classmethod
    def read(cls, row: Mapping[str, str | None]) -> _Row:
        """Read a row; raise ValueError with the reason for one that does not identify a document."""
        number, type, title = row.get("number"), row.get("type"), row.get("title")
        issuer, day = _body(row.get("issuer")), _date(row.get("date"), "date")
        enacted = _YEAR_BEHIND.sub("", title) if title and _ENACTED.match(title) else None
        if not number and not enacted:
            raise ValueError(say("registry.nameless"))
        identity = identify(type, number, day, issuer, name=enacted)
        if not identity.decided:
            why = say(f"reason.{identity.reason}")
            raise ValueError(say("registry.undecided", given=number or enacted, why=why))
        effective = _date(row.get("effective"), "effective")
        return cls(identity, number, type, issuer, day, title, row.get("status"), effective)

    def quads(self) -> Iterator[Quad]:
        for subject, predicate, value in self._triples():
            yield Quad(subject, term(predicate), value, REGISTRY)

    def _triples(self) -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
        node, parts = NamedNode(self.identity.id), parse_urn(self.identity.id)
        type = next((k.name for k in doc_types() if slug(k.name, ".") == parts.type), self.type)
        label = " ".join(p for p in (type, self.number) if p) if self.number else self.title or self.identity.id
        yield node, "rdf:type", term("kg:LegalDocument")
        yield node, "rdfs:label", Literal(label, language="vi")
        if type:
            concept = type_iri(type)
            yield node, "eli:type_document", concept
            yield concept, "rdf:type", term("skos:Concept")
            yield concept, "skos:prefLabel", Literal(type, language="vi")
            yield concept, "skos:inScheme", TYPES
        if self.number:
            yield node, "eli:id_local", Literal(self.number)
        if parts.year:
            yield node, "kg:year", Literal(str(parts.year), datatype=term("xsd:gYear"))
        for predicate, day in (("eli:date_document", self.date), ("eli:first_date_entry_in_force", self.effective)):
            if day and (literal := date_literal(day)):
                yield node, predicate, literal
        if self.title:
            yield node, "dcterms:title", Literal(self.title, language="vi")
        if force := _IN_FORCE.get(slug(self.status or "")):
            yield node, "eli:in_force", term(f"eli:InForce-{force}")
        for alias in self.identity.aliases:
            yield node, "owl:sameAs", NamedNode(alias)
        for identifier in (self.identity.id, *self.identity.aliases):
            for key in lookup_keys(identifier):
                yield node, "kg:lookupKey", Literal(key)
        for issuer in (self.issuer or "").split("; "):
            if slug(issuer):
                yield from self._passed_by(node, issuer)

    def _passed_by(self, node: NamedNode, issuer: str) -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
        body = body_iri(issuer)
        yield node, "eli:passed_by", body
        yield body, "rdf:type", term("org:Organization")
        yield body, "rdfs:label", Literal(issuer, language="vi")
        if kind := kind_of(issuer):
            listed = body_iri(kind)
            yield body, "kg:ofKind", listed
            yield listed, "rdf:type", term("org:Organization")
            yield listed, "rdfs:label", Literal(kind, language="vi")
        if province := province_of(issuer):
            place = place_iri(province)
            yield body, "kg:inProvince", place
            yield place, "rdf:type", term("kg:Province")
            yield place, "rdfs:label", Literal(province, language="vi")
