"""Documents that a parameter means, cited in any way: every one that the citation fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.answers.questions.bound import Bound, did_you_mean, one
from kg.documents.urn import is_candidate, is_urn
from kg.messages import KgError, say

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["document", "one_document"]


def one_document(graph: Graph, citation: str) -> Bound:
    """Return the one document that ``citation`` fits; raises KgError where there is none or several."""
    from kg.answers.lookup import find, told_apart

    found = document(graph, "document", citation)
    # An identifier stands for itself, whether or not the graph has it.
    if not found.iris or not find(graph, found.iris[0]):
        raise _no_document(found)
    if found.iris[1:]:
        fitting = [match for match in find(graph, citation) if match.iri in found.iris]
        names = "".join(f"\n    {told_apart(graph, match)}" for match in fitting)
        raise KgError(
            say("document.choose", given=citation, count=len(fitting)), say("document.choose.remedy", names=names)
        )
    return found


def _no_document(found: Bound) -> KgError:
    return KgError(found.notes[0] if found.notes else say("document.absent", given=found.given), say("document.lookup"))


def document(graph: Graph, name: str, given: str, _day: str | None = None) -> Bound:
    """Return every document that ``given`` fits, else the one of its number whose date or issuer is another, or none.

    Raises KgError for what names no document.
    """
    # Kept out of the module's imports: reading a citation loads the tables, which other questions don't need.
    from kg.answers.lookup import find, is_citation, told_apart

    if is_urn(given) or is_candidate(given):
        return one(name, given, NamedNode(given.lower() if is_urn(given) else given))
    matches = find(graph, given)
    exact = [match for match in matches if match.exact]
    if exact:
        labels = ", ".join(told_apart(graph, match) for match in exact)
        notes = (say("document.several", given=given, count=len(exact), names=labels),) if exact[1:] else ()
        return one(name, given, *(NamedNode(match.iri) for match in exact), notes=notes)
    if detail := [match for match in matches if match.detail]:
        told = tuple(say("document.detail", given=given, document=told_apart(graph, m), why=m.why) for m in detail)
        return one(name, given, *(NamedNode(match.iri) for match in detail), notes=told)
    if not is_citation(given):
        raise KgError(say("document.unreadable", given=given), say("document.example"))
    alike = [match.label for match in matches[:3]]
    near = ", ".join(told_apart(graph, m) if alike.count(m.label) > 1 else m.label for m in matches[:3])
    note = say("document.absent", given=given)
    return one(name, given, notes=(f"{note}; {did_you_mean([near])}" if near else note,))
