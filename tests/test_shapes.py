"""The context and the shapes: complete, and able to say no."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest
from graph_samples import IRI, SHA256, extraction, source
from pyoxigraph import RdfFormat, serialize
from rdflib import Graph as Rdf
from rdflib import Namespace
from rdflib.namespace import RDF, SH

from kg.graph import quads, reference
from kg.vocabulary import ONTOLOGY, PREDICATES, PREFIXES, SEVERITIES, STATUSES

KGSH = Namespace("https://w3id.org/vn-legal-kg/shapes#")
OWN = re.compile(re.escape(ONTOLOGY) + r"\w+")


def turtle(name: str) -> Rdf:
    return Rdf().parse(data=files("kg.ontology").joinpath(name).read_text("utf-8"), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> Rdf:
    return turtle("kg.ttl")


@pytest.fixture(scope="module")
def shapes() -> Rdf:
    return turtle("shapes.ttl")


def nt() -> bytes:
    found = quads(extraction(), source(), iri=IRI, sha256=SHA256, extractor="1+abc")
    return serialize((q.triple for found in (found, reference()) for q in found), format=RdfFormat.N_TRIPLES) or b""


@pytest.fixture(scope="module")
def used() -> set[str]:
    """Every term of ours that a graph uses, and the predicates of all relations."""
    terms = [*PREDICATES.values(), *STATUSES.values(), *SEVERITIES.values()]
    return {*OWN.findall(nt().decode()), *(t.value for t in terms if t.value.startswith(ONTOLOGY))}


def test_context_names_every_predicate_of_a_graph_once(used: set[str]) -> None:
    text = files("kg.ontology").joinpath("context.jsonld").read_text("utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    for prefix, namespace in PREFIXES.items():
        assert context[prefix] == namespace
    ids = [d["@id"] for d in context.values() if isinstance(d, dict)]
    assert len(ids) == len(set(ids))
    expanded = {PREFIXES[i.split(":")[0]] + i.split(":")[1] for i in ids}
    predicates = {line.split(" ")[1][1:-1] for line in nt().decode().splitlines()}
    predicates |= {t.value for t in PREDICATES.values()}
    assert predicates - {str(RDF.type)} <= expanded


def violations(data: Rdf, shapes: Rdf, ontology: Rdf) -> set[str]:
    """Names of the shapes that the data violates."""
    import pyshacl

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, inference="none")
    assert isinstance(report, Rdf)
    found = set()
    for shape in report.objects(None, SH.sourceShape):
        owner = shape
        while (parent := next(shapes.subjects(None, owner), None)) is not None and not str(owner).startswith(KGSH):
            owner = parent
        found.add(str(owner).removeprefix(KGSH))
    return found


def test_a_graph_of_the_program_conforms(shapes: Rdf, ontology: Rdf) -> None:
    import pyshacl

    data = Rdf().parse(data=nt(), format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, inference="none")
    assert conforms, text
    for wanted in shapes.objects(None, SH.targetClass):
        assert (None, RDF.type, wanted) in data, f"no {wanted} to look at"


# One small graph that is right, and for each shape ways to break it: what to take out of it, what to put in.
GOOD = """
<file:///a.txt> a kg:Report ; dcterms:source "a.txt" ; dcterms:format "text/plain" ;
  kg:sha256 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" ;
  kg:forProvince kgplace:ha-tinh ; kg:period "2024-H1" ; eli:passed_by kgbody:so ;
  eli:cites <urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp> .
<urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp> a kg:LegalDocument ; rdfs:label "Nghị định"@vi ;
  kg:year "2024"^^xsd:gYear ; eli:type_document kgtype:nghi-dinh ; eli:date_document "2024-06"^^xsd:gYearMonth .
<https://w3id.org/vn-legal-kg/candidate/-/vn:-:-:-;01> a kg:CandidateDocument ; rdfs:label "01"@vi .
kgtype:nghi-dinh a skos:Concept ; skos:prefLabel "Nghị định"@vi ; skos:inScheme <urn:x:scheme> .
<urn:x:scheme> a skos:ConceptScheme .
kgplace:ha-tinh a kg:Province ; rdfs:label "Hà Tĩnh"@vi ; kg:currentUnit kgplace:ha-tinh ;
  kg:version <https://w3id.org/vn-legal-kg/place/ha-tinh#_> .
<https://w3id.org/vn-legal-kg/place/ha-tinh#_> a kg:UnitVersion ; rdfs:label "tỉnh Hà Tĩnh"@vi .
kgbody:so a org:Organization ; rdfs:label "Sở"@vi ; kg:inProvince kgplace:ha-tinh .
<file:///a.txt#m1> a kg:Mention ; oa:hasSource <file:///a.txt> ; oa:exact "60" ; oa:start 1 ; oa:end 3 ;
  oa:hasBody <urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp> ; kg:status kg:done ; kg:confidence 1.0 .
<file:///a.txt#r1> a kg:Statement , rdf:Statement ; oa:hasSource <file:///a.txt> ; oa:exact "60" ;
  oa:start 1 ; oa:end 3 ; kg:status kg:done ; kg:confidence 1.0 ; kg:mention <file:///a.txt#m1> ;
  rdf:subject <file:///a.txt> ; rdf:predicate eli:cites ;
  rdf:object <urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp> .
<file:///a.txt#t1> a kg:Task ; oa:hasSource <file:///a.txt> ; oa:exact "60" ; oa:start 1 ; oa:end 3 ;
  kg:status kg:done ; kg:assignedTo kgbody:so ; kg:mentions <urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp> .
<file:///a.txt#f1> a kg:Finding ; kg:code "variant" ; kg:severity kg:info ; rdfs:comment "x" ; kg:confidence 0.5 .
"""
D = "<urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp>"
R, M, S, T, F = ("<file:///a.txt>", *(f"<file:///a.txt#{n}>" for n in ("m1", "r1", "t1", "f1")))
C = "<https://w3id.org/vn-legal-kg/candidate/-/vn:-:-:-;01>"
BAD = [
    ("DescribedShape", "", f'{D} eli:date_document "2024-06-05" .'),
    ("DescribedShape", "", f'{D} eli:type_document "Nghị định" .'),
    ("DescribedShape", "", f"{D} eli:passed_by kgplace:ha-tinh ."),
    ("DescribedShape", "", f'{D} eli:id_local "" .'),
    ("DescribedShape", "", f'{R} dcterms:title "no language" .'),
    ("LegalDocumentShape", "", '<urn:lex:vn:01-qd-ubnd> a kg:LegalDocument ; rdfs:label "x"@vi .'),
    ("LegalDocumentShape", "", '<https://example.org/60> a kg:LegalDocument ; rdfs:label "x"@vi .'),
    ("LegalDocumentShape", f'{D} rdfs:label "Nghị định"@vi .', ""),
    ("LegalDocumentShape", "", f'{D} kg:year "2023"^^xsd:gYear .'),
    ("LegalDocumentShape", "", f"{D} owl:sameAs <https://example.org/60> ."),
    ("LegalDocumentShape", "", f"{D} a kg:CandidateDocument ."),
    ("CandidateDocumentShape", "", '<file:///a.txt#c1> a kg:CandidateDocument ; rdfs:label "x"@vi .'),
    ("CandidateDocumentShape", "", f"{C} kg:resolvedTo kgplace:ha-tinh ."),
    ("ResolvedShape", "", f"{R} kg:resolvedTo {D} ."),
    ("ReportShape", f'{R} dcterms:source "a.txt" .', ""),
    ("ReportShape", f'{R} dcterms:format "text/plain" .', ""),
    ("ReportShape", "", f'{R} kg:sha256 "abc" .'),
    ("ReportShape", "", f"{R} kg:forProvince kgbody:so ."),
    ("ReportShape", f'{R} kg:period "2024-H1" .', f'{R} kg:period "2024-H3" .'),
    ("ReportShape", "", f"{R} eli:realizes kgplace:ha-tinh ."),
    ("EvidenceShape", f"{M} oa:end 3 .", f"{M} oa:end 1 ."),
    ("EvidenceShape", f"{T} oa:start 1 .", f"{T} oa:start -1 ."),
    ("EvidenceShape", f'{S} oa:exact "60" .', f'{S} oa:exact "" .'),
    ("EvidenceShape", f"{M} oa:hasSource {R} .", ""),
    ("EvidenceShape", f"{T} kg:status kg:done .", f"{T} kg:status kg:error ."),
    ("ConfidenceShape", f"{M} kg:confidence 1.0 .", f"{M} kg:confidence 1.5 ."),
    ("MentionShape", f"{M} oa:hasBody {D} .", ""),
    ("MentionShape", f"{M} oa:hasBody {D} .", f"{M} oa:hasBody {R} ."),
    ("MentionShape", "", f'{M} kg:citedDate "hôm qua" .'),
    ("StatementShape", f"{S} rdf:predicate eli:cites .", f"{S} rdf:predicate rdfs:seeAlso ."),
    ("StatementShape", f"{S} rdf:subject {R} .", f"{S} rdf:subject kgbody:so ."),
    ("StatementShape", f"{S} kg:mention {M} .", f"{S} kg:mention {T} ."),
    ("StatementShape", f"{R} eli:cites {D} .", ""),
    ("IssuedShape", "", f"{C} kg:issued {D} ."),
    ("DoneToShape", "", f"{R} eli:implements kgplace:ha-tinh ."),
    ("TaskShape", "", f'{T} kg:deadline "2024-12-31" .'),
    ("TaskShape", "", f"{T} kg:assignedTo kgplace:ha-tinh ."),
    ("TaskShape", "", f"{T} kg:mentions {R} ."),
    ("TaskShape", f"{T} kg:mentions {D} .", f"{T} eli:implements {D} ."),
    ("FindingShape", "", f'{F} kg:code "other" .'),
    ("FindingShape", f"{F} kg:severity kg:info .", f"{F} kg:severity kg:done ."),
    ("FindingShape", f'{F} rdfs:comment "x" .', ""),
    ("FindingShape", "", f"{F} kg:about kgbody:so ."),
    ("FindingShape", "", f"{F} kg:suggests {R} ."),
    ("BodyShape", "", '<https://example.org/so> a org:Organization ; rdfs:label "x"@vi .'),
    ("BodyShape", "", "kgbody:so kg:inProvince kgbody:so ."),
    ("ProvinceShape", 'kgplace:ha-tinh rdfs:label "Hà Tĩnh"@vi .', ""),
    ("ProvinceShape", "", "kgplace:ha-tinh kg:currentUnit kgbody:so ."),
    ("UnitShape", "", 'kgplace:ha-tinh kg:validTo "2025" .'),
    ("UnitShape", "", "kgplace:ha-tinh dcterms:isReplacedBy <urn:x:nowhere> ."),
    ("UnitVersionShape", "", '<https://w3id.org/vn-legal-kg/place/ha-tinh#_> rdfs:label "Hà Tĩnh"@vi .'),
    ("TypeShape", "", f"{D} eli:type_document <https://example.org/decree> ."),
    ("TypeShape", "", 'kgtype:nghi-dinh skos:prefLabel "Nghi dinh"@vi .'),
]
HEADER = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def parsed(text: str) -> Rdf:
    return Rdf().parse(data=HEADER + text, format="turtle")


def test_the_small_graph_is_right(shapes: Rdf, ontology: Rdf) -> None:
    assert violations(parsed(GOOD), shapes, ontology) == set()


@pytest.mark.parametrize(("shape", "without", "added"), BAD)
def test_a_shape_finds_what_is_wrong(shapes: Rdf, ontology: Rdf, shape: str, without: str, added: str) -> None:
    graph = parsed(GOOD)
    taken = parsed(without)
    assert all(triple in graph for triple in taken), "the test takes out what is not there"
    assert shape in violations(graph - taken + parsed(added), shapes, ontology)


def test_every_shape_with_a_target_is_broken_by_some_graph(shapes: Rdf) -> None:
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    named = {str(s).removeprefix(KGSH) for target in targets for s in shapes.subjects(target)}
    assert named == {shape for shape, _, _ in BAD}


def test_every_property_of_a_shape_tells_what_it_asks_for(shapes: Rdf) -> None:
    for node in shapes.objects(None, SH.property):
        assert shapes.value(node, SH.message), shapes.value(node, SH.path)
