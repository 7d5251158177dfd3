"""HermiT, an OWL 2 DL reasoner, on a graph: what contradicts the axioms of the vocabulary."""

from __future__ import annotations

import io
import shutil

import pytest
from rdflib import OWL, RDF, RDFS, Graph

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT runs on Java")

_SAYS_SOMETHING = (RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.inverseOf)


def consistent(ontology: Graph, data: Graph) -> bool:
    """Whether the data agrees with the ontology; datatypes that OWL 2 lacks (xsd:gYear) are not looked at."""
    import owlready2

    speaking = {s for axiom in _SAYS_SOMETHING for s in ontology.subjects(axiom)} | {RDF.type, OWL.sameAs}
    asked = Graph()
    for triple in ontology:
        asked.add(triple)
    for triple in data:
        if triple[1] in speaking:  # no axiom names the others, so they contradict none
            asked.add(triple)
    world = owlready2.World()
    world.get_ontology("https://w3id.org/vn-legal-kg/ns#").load(
        fileobj=io.BytesIO(asked.serialize(format="nt", encoding="utf-8"))
    )
    try:
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    finally:
        world.close()
    return True
