"""The second pass: what only the whole corpus tells.

A citation without year, issuer or place is a candidate within the document that cites it.  Here
each candidate is compared with the identified documents that its known parts allow, and linked
by ``kg:resolvedTo`` where evidence leaves one, with the reason and a confidence.  What stays
open gets a finding that names the possible documents.  A law cited by its name and year is linked to the
number that other sources give it.  Conflicts between source documents, two
dates of one number, likely variants, become findings too.

Last, what all sources say of a document is counted (`kg.graph.summaries`).  Each of these results is a
named graph of its own, so the pass can be repeated at will and never touches what a source document
says.  It compares only documents that share a number or a name, and takes one such group after the
other (`kg.graph.facts`), so it needs no more memory for more documents; a group of which no source has
changed keeps its results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.documents.findings import kinds
from kg.graph import summaries
from kg.graph.facts import Described, Facts
from kg.graph.named import ntriples
from kg.graph.store import Graph
from kg.messages import language
from kg.ontology.vocabulary import FINDINGS, PROVINCES, RESOLUTION, SUMMARIES, term
from kg.pipeline.document import extractor_version
from kg.pipeline.groups import SHOWN, Group, decimal
from kg.pipeline.matching import Match, decided

__all__ = ["RESOLUTION", "resolve"]


def resolve(graph: Graph) -> int:
    """Bring the graphs of resolutions and of corpus-wide findings up to date; return the number of links.

    Only what a change since the last pass touches is worked out again; the result is that of a
    pass over everything.
    """
    facts = graph.facts
    whole = graph.catalogue.note(_DONE_BY) != _done_by()
    graph.catalogue.put_note(_DONE_BY, "")  # until this pass is complete
    facts.follow()
    if whole:
        facts.change_all()
    rewritten = whole or facts.count_changed() > _MANY_CHANGED
    old, new = defaultdict[NamedNode, list[str]](list), defaultdict[NamedNode, list[str]](list)
    with graph.catalogue.transaction():
        for key in facts.changed():
            resolved, links, findings = _group(Group(key, facts, graph.store))
            shown = _provinces(key, resolved, facts, graph.store)
            results = ((RESOLUTION, links), (FINDINGS, findings), (PROVINCES, shown))
            if not rewritten:
                before = facts.result(key)
                for name, found in results:
                    old[name].append(before.get(name.value, ""))
                    new[name].append(found.triples)
            results_of_key = ((name.value, found.count, found.triples) for name, found in results)
            facts.settle(key, resolved, results_of_key)
        for before_it, after_it in summaries.renew(facts.db):
            if not rewritten:
                old[SUMMARIES].append(before_it)
                new[SUMMARIES].append(after_it)
        facts.settled()
    if rewritten:
        parts = {name.value: facts.results(name.value) for name in (RESOLUTION, FINDINGS, PROVINCES)}
        graph.rewrite({**parts, SUMMARIES.value: summaries.triples(facts.db)})
    else:
        for name in new:
            graph.exchange(name.value, "".join(old[name]), "".join(new[name]))
    graph.catalogue.put_note(_DONE_BY, _done_by())
    return facts.count(RESOLUTION.value)


_DONE_BY: Final = "second pass"
_MANY_CHANGED: Final = 1000
"""So many groups changed are written anew together with all others."""


def _done_by() -> str:
    """What the results depend on beside the sources: the program with its tables, and the language of findings."""
    return f"{extractor_version()} {language()}"


@dataclass(frozen=True, slots=True)
class _Found:
    count: int
    triples: str
    """N-Triples."""


def _group(group: Group) -> tuple[dict[str, str], _Found, _Found]:
    """The links of one group, candidate or law by name -> document, and as triples; and its findings."""
    found = {document.id: (document, match) for document, match in (*group.numbered(), *group.mistaken())}
    findings = list[Quad]()
    for candidate in group.candidates.values():
        matches = group.matches(candidate) if candidate.id not in found else []
        if matches and decided(matches):
            best = matches[0]
            _, known = found.get(best.document.id, (None, best))  # what the document itself is, if it is another one
            found[candidate.id] = candidate, replace(best, document=known.document)
        elif 0 < len(matches) <= SHOWN:
            findings += group.open_question(candidate, matches)
    findings += (*group.namesakes(), *group.conflicts())
    told = _Found(len({quad.subject for quad in findings}), ntriples(findings).decode())
    links = ntriples([quad for document, match in found.values() for quad in _link(document, match)]).decode()
    resolved = {iri: match.document.id for iri, (_, match) in found.items()}
    return resolved, _Found(len(resolved), links), told


def _provinces(key: str, resolved: dict[str, str], facts: Facts, store: Store) -> _Found:
    """The provinces that carry something out by the documents of one group: those of the issuing bodies.

    What a report itself carries out is of its own province, and the source says so (`kg.graph.rdf`).
    """
    found = list[Quad]()
    for iri in facts.implementing(key):
        places = facts.places(iri, resolved.get(iri))
        for told in store.quads_for_pattern(None, _SUBJECT, NamedNode(iri), DefaultGraph()) if places else ():
            assert isinstance(told.subject, NamedNode)
            if any(store.quads_for_pattern(told.subject, _PREDICATE, _IMPLEMENTS, DefaultGraph())):
                found += (Quad(told.subject, _BY_PROVINCE, NamedNode(place), PROVINCES) for place in places)
    return _Found(len(found), ntriples(found).decode())


_SUBJECT, _PREDICATE, _IMPLEMENTS = term("rdf:subject"), term("rdf:predicate"), term("eli:implements")
_BY_PROVINCE: Final = term("kg:byProvince")


def _link(candidate: Described, match: Match) -> Iterator[Quad]:
    node = NamedNode(candidate.id)
    for predicate, value in (
        (term("kg:resolvedTo"), NamedNode(match.document.id)),
        (term("kg:reason"), Literal(kinds()[match.reason].texts["en"], language="en")),
        (term("kg:reason"), Literal(kinds()[match.reason].texts["vi"], language="vi")),
        (term("kg:confidence"), decimal(match.confidence)),
    ):
        yield Quad(node, predicate, value, RESOLUTION)
