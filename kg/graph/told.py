"""What one named graph says of documents, as rows of the tables of `kg.graph.facts`.

A graph is read from the N-Triples that are being put into the store, or from the store itself: `written`
and `stored` both give the subject and object of each triple of a predicate.  The rest is one function
of these, so that it makes no difference where a graph was read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.documents.urn import CANDIDATE, parts_of
from kg.documents.variants import split_number
from kg.entities.periods import PeriodError, read_period
from kg.ontology.vocabulary import PREDICATES, term

__all__ = ["COLUMNS", "Itself", "Told", "itself", "rows", "stored", "written"]

Told: TypeAlias = Callable[[NamedNode], Iterable[tuple[str, str]]]
"""From a predicate to the subject and object of each of its triples, in no order."""

COLUMNS: Final = {
    "doc": "iri, key, year, candidate, label, mention, mentions",
    "title": "iri, title",
    "date": "iri, day, told, own",
    "alias": "iri, alias, key",
    "about": "finding, iri, key",
    "link": "object, rel, subject, told",
    "place": "iri, place",
}
"""The tables that keep what a source says, with the columns of `rows`."""

_A, _LABEL, _TITLE = term("rdf:type"), term("rdfs:label"), term("dcterms:title")
_DATE, _BODY, _SAME_AS, _ABOUT = term("eli:date_document"), term("oa:hasBody"), term("owl:sameAs"), term("kg:about")
_CITED_DATE: Final = term("kg:citedDate")
_PLACE, _PERIOD, _REALIZES = term("kg:forProvince"), term("kg:period"), term("eli:realizes")
_SIGNER, _SEAT = term("eli:passed_by"), term("kg:inProvince")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_READ: Final = frozenset(
    str(predicate).encode()
    for predicate in (
        *(_A, _LABEL, _TITLE, _DATE, _CITED_DATE, _BODY, _SAME_AS, _ABOUT, _PLACE, _PERIOD, _REALIZES, _SIGNER, _SEAT),
        *(_SUBJECT, _PREDICATE, _OBJECT),
    )
)
_RELATIONS: Final = {predicate.value: rel.value for rel, predicate in PREDICATES.items()}
_KINDS: Final = {term("kg:LegalDocument").value: 0, term("kg:CandidateDocument").value: 1}
_FINDING: Final = term("kg:Finding").value


class Itself(NamedTuple):
    """What a source says of itself: province (slug with points), year, last year of its period, its findings."""

    province: str | None
    day: int | None
    period: int | None
    findings: int


def written(triples: bytes) -> Told:
    """Read N-Triples as pyoxigraph writes them, one a line with single spaces.

    >>> told = written(b'<urn:lex:vn:x> <http://purl.org/dc/terms/title> "ch\\xe1\\xbb\\xa3 \\\\"A\\\\""@vi .\\n')
    >>> told(term("dcterms:title"))
    [('urn:lex:vn:x', 'chợ "A"')]
    """
    found = defaultdict[bytes, list[tuple[str, str]]](list)
    for line in triples.splitlines():
        subject, predicate, value = line.split(b" ", 2)
        if predicate in _READ:
            found[predicate].append((subject[1:-1].decode(), _value(value, line)))
    return lambda predicate: found.get(str(predicate).encode(), [])


def _value(value: bytes, line: bytes) -> str:
    if value.startswith(b"<"):
        return value[1:-3].decode()
    if b"\\" in value:
        (told,) = parse(line, format=RdfFormat.N_TRIPLES)
        return str(getattr(told.object, "value", ""))
    return value[1 : value.rindex(b'"')].decode()


def stored(store: Store, graph: NamedNode) -> Told:
    """Read a named graph of a store."""

    def told(predicate: NamedNode) -> Iterator[tuple[str, str]]:
        for subject, _, value, _ in store.quads_for_pattern(None, predicate, None, graph):
            yield getattr(subject, "value", ""), getattr(value, "value", "")

    return told


def itself(iri: str, told: Told) -> Itself:
    """What the source ``iri`` says of itself."""

    def own(predicate: NamedNode) -> str | None:
        return max((value for subject, value in told(predicate) if subject == iri), default=None)

    place, day, period = own(_PLACE), own(_DATE), own(_PERIOD)
    return Itself(
        place.rsplit("/", 1)[-1].replace("-", ".") if place else None,
        int(day[:4]) if day else None,
        _last_year(period) if period else None,
        sum(value == _FINDING for _, value in told(_A)),
    )


def rows(told: Told) -> dict[str, Iterable[tuple[object, ...]]]:
    """What a source says of documents: rows for each of `COLUMNS`."""
    labels, mentions = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for iri, label in told(_LABEL):
        if _names_document(iri):
            labels[iri].append(label)
    cited = dict(told(_CITED_DATE))
    for mention, iri in told(_BODY):
        mentions[iri].append(mention)
    times = Counter((iri, cited[mention]) for mention, iri in told(_BODY) if mention in cited)
    own = {(iri, day) for report, iri in told(_REALIZES) for node, day in told(_DATE) if node == report}
    kinds = {(iri, _KINDS[kind]) for iri, kind in told(_A) if kind in _KINDS}
    return {
        "doc": [
            (
                *(iri, *_place_of(iri), kind),
                max(labels[iri], key=lambda label: (len(label), label), default=""),  # the longest has the full number
                *(min(mentions[iri], default=None), len(mentions[iri])),
            )
            for iri, kind in sorted(kinds)
        ],
        "title": [row for row in told(_TITLE) if _names_document(row[0])],
        "date": [(iri, day, times[iri, day], (iri, day) in own) for iri, day in told(_DATE) if _names_document(iri)],
        "alias": [(iri, alias, _place_of(alias)[0]) for iri, alias in told(_SAME_AS) if _names_document(iri)],
        "about": [(finding, iri, _place_of(iri)[0]) for finding, iri in told(_ABOUT) if _names_document(iri)],
        "link": _links(told),
        "place": _places(told),
    }


def _links(told: Told) -> list[tuple[object, ...]]:
    """Which relations the source tells of, and how often."""
    predicates, objects = dict(told(_PREDICATE)), dict(told(_OBJECT))
    found = Counter(
        (objects[statement], _RELATIONS[predicates[statement]], subject)
        for statement, subject in told(_SUBJECT)
        if statement in objects and predicates.get(statement) in _RELATIONS
    )
    return [(*link, count) for link, count in found.items()]


def _places(told: Told) -> set[tuple[object, ...]]:
    """Of which province the source is, and the documents by their issuing bodies."""
    seats = defaultdict[str, list[str]](list)
    for body, place in told(_SEAT):
        seats[body].append(place)
    return {*told(_PLACE), *((iri, place) for iri, body in told(_SIGNER) for place in seats[body])}


def _names_document(iri: str) -> bool:
    return iri.startswith(("urn:lex:", CANDIDATE))


@lru_cache(maxsize=65536)
def _place_of(iri: str) -> tuple[str, int | None]:
    """Key and year of a document."""
    parts = parts_of(iri)
    split = split_number(parts.number)
    return split[0] if split else f"{parts.type}/{parts.number}", parts.year


def _last_year(period: str) -> int | None:
    try:
        return int(read_period(period).end[:4])
    except PeriodError:
        return None
