"""The full names of documents: type, number, day and issuer, for people, where the graph has an identifier."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kg.model import apart
from kg.report.documents import Document, documents
from kg.report.words import Words

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["full_name", "names"]

_PRECISION: Final = {4: "year", 7: "month", 10: "day"}
"""Letters of an ISO date -> what it tells."""


def names(graph: Graph, iris: Iterable[str], words: Words) -> dict[str, str]:
    """Return the full name of each document; one that the graph has no name for is left out."""
    found = documents(graph, iris)
    return {iri: full_name(document, words) for iri, document in found.items() if document.label != iri}


def full_name(document: Document, words: Words) -> str:
    """Return the document's name with its day and issuer, as far as they are known.

    >>> decree = Document("urn:…", "Nghị định 60/2024/NĐ-CP", "Nghị định", "60/2024/NĐ-CP", "2024-06-05", "Chính phủ")
    >>> full_name(decree, Words("vi"))
    'Nghị định 60/2024/NĐ-CP ngày 05/06/2024 của Chính phủ'
    >>> full_name(decree, Words("en"))
    'Nghị định 60/2024/NĐ-CP (Decree) of 5 June 2024, Chính phủ'
    """
    name, date = words.document(document), document.date or ""
    precision = _PRECISION.get(len(date))
    # A number that has the year tells it already.
    if precision and not (precision == "year" and re.search(rf"\b{date}\b", document.label)):
        name = words(f"document.{precision}", document=name, date=words.date(date))
    by = ", ".join(apart(document.issuer))
    return words("document.by", document=name, issuer=by) if by else name
