"""Namespaces and terms of the graph.

Terms of the field are reused first: ELI for legal resources and what they do to each
other, Dublin Core, SKOS (types), ORG (bodies), Web Annotation (evidence).  The ``kg:``
terms, defined in ``ontology/kg.ttl``, name only what those lack.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

from kg.model import Rel, Severity, Status

__all__ = [
    "BODY",
    "FINDING",
    "FINDINGS",
    "ONTOLOGY",
    "PLACE",
    "PREDICATES",
    "PREFIXES",
    "PROVINCES",
    "REFERENCE",
    "REGISTRY",
    "RESOLUTION",
    "SEVERITIES",
    "STATUSES",
    "SUMMARIES",
    "TYPE",
    "TYPES",
    "term",
]

ONTOLOGY: Final = "https://w3id.org/vn-legal-kg/ns#"
BODY: Final = "https://w3id.org/vn-legal-kg/body/"
PLACE: Final = "https://w3id.org/vn-legal-kg/place/"
TYPE: Final = "https://w3id.org/vn-legal-kg/type/"
FINDING: Final = "https://w3id.org/vn-legal-kg/finding/"
"""What the IRI of a finding of the corpus starts with."""

TYPES: Final = NamedNode("https://w3id.org/vn-legal-kg/type")
"""The concept scheme of the document types."""
REFERENCE: Final = NamedNode("https://w3id.org/vn-legal-kg/graph/reference")
"""The named graph of provinces, bodies and document types."""
REGISTRY: Final = NamedNode("https://w3id.org/vn-legal-kg/graph/registry")
"""The named graph of a register of known documents (`kg.pipeline.registry`)."""
RESOLUTION: Final = NamedNode("https://w3id.org/vn-legal-kg/graph/resolution")
"""The named graph of the links from candidates to documents."""
FINDINGS: Final = NamedNode("https://w3id.org/vn-legal-kg/graph/findings")
"""The named graph of what only the whole corpus tells: resolved citations, conflicts, variants."""
PROVINCES: Final = NamedNode("https://w3id.org/vn-legal-kg/graph/provinces")
"""The named graph of the provinces that carry something out by a document of their own."""
SUMMARIES: Final = NamedNode("https://w3id.org/vn-legal-kg/graph/summaries")
"""The named graph of what the sources say of each document, counted (`kg.graph.summaries`)."""

PREFIXES: Final = MappingProxyType(
    {
        "kg": ONTOLOGY,
        "kgbody": BODY,
        "kgplace": PLACE,
        "kgtype": TYPE,
        "dcterms": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


@cache
def term(name: str) -> NamedNode:
    """Return the term that a prefixed name stands for; an unknown prefix raises KeyError.

    >>> term("eli:implements").value
    'http://data.europa.eu/eli/ontology#implements'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


_ELI: Final = frozenset({Rel.IMPLEMENTS, Rel.AMENDS, Rel.REPEALS, Rel.BASED_ON, Rel.CITES})

PREDICATES: Final = MappingProxyType({rel: term(f"{'eli' if rel in _ELI else 'kg'}:{rel.value}") for rel in Rel})
"""The predicate of each relation."""
STATUSES: Final = MappingProxyType({status: term(f"kg:{status.value}") for status in Status})
SEVERITIES: Final = MappingProxyType({severity: term(f"kg:{severity.value}") for severity in Severity})
