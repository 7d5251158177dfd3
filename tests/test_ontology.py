"""The vocabulary: complete, in both languages, in the program's use, and free of contradictions."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import example_graph
import networkx as nx
import pytest
from graph_samples import IRI, SHA256, extraction, source
from pyoxigraph import RdfFormat, serialize
from rdflib import Graph as Rdf
from rdflib import Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, VANN, XSD
from reasoner import consistent, needs_java

from kg.documents.record import Record
from kg.graph.rdf import quads
from kg.graph.reference import reference
from kg.model import Rel, Severity, Status
from kg.ontology.vocabulary import ONTOLOGY, PREDICATES, PREFIXES, SEVERITIES, STATUSES

ROOT = Path(__file__).parents[1]
ABOUT = URIRef(ONTOLOGY.removesuffix("#"))
ELI = Namespace(PREFIXES["eli"])
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
# What RDF, RDFS, OWL and XML Schema themselves define needs no note here.
LANGUAGES_OF_THE_WEB = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "owl", "xsd"))

# What the ELI ontology defines and this one names; ELI is not to be had as a package.
ELI_TERMS = """
    LegalResource LegalExpression InForce id_local type_document date_document passed_by realizes relevant_for
    in_force first_date_entry_in_force implements implemented_by applies amends amended_by repeals repealed_by
    changes changed_by based_on basis_for cites cited_by consolidates consolidated_by corrects corrected_by
    related_to ensures_implementation_of
""".split()


@pytest.fixture(scope="module")
def ontology() -> Rdf:
    return Rdf().parse(data=files("kg.ontology").joinpath("kg.ttl").read_text("utf-8"), format="turtle")


def triples(*, with_reference: bool = True) -> Rdf:
    record = Record(id="1", source="samples", url="https://example.org/1")
    told = replace(extraction(), supplied=("date",))
    found = [*quads(told, source(), iri=IRI, sha256=SHA256, extractor="1+abc", record=record)]
    if with_reference:
        found += reference()
    data = serialize((q.triple for q in found), format=RdfFormat.N_TRIPLES)
    return Rdf().parse(data=data, format="nt")


def own(ontology: Rdf, *kinds: URIRef) -> list[URIRef]:
    """Terms of ours of these kinds, or all."""
    found = {s for kind in kinds or (None,) for s in ontology.subjects(RDF.type, kind)}
    return sorted(s for s in found if isinstance(s, URIRef) and s.startswith(ONTOLOGY))


def named_in_code() -> set[str]:
    """Every term that the modules that write a graph name, with the predicates, statuses and severities."""
    name = re.compile(rf'"({"|".join(PREFIXES)}):([\w-]+)"')
    graph = (f"graph/{name}.py" for name in ("terms", "rdf", "reference", "summaries"))
    modules = (*graph, "pipeline/resolve.py", "pipeline/registry.py")
    found = {t.value for table in (PREDICATES, STATUSES, SEVERITIES) for t in table.values()}
    for module in modules:
        code = files("kg").joinpath(module).read_text("utf-8")
        found |= {PREFIXES[prefix] + local for prefix, local in name.findall(code)}
    for row in files("kg.ontology").joinpath("portal_relations.tsv").read_text("utf-8").splitlines()[1:]:
        if predicate := row.split("\t")[2]:
            prefix, local = predicate.split(":")
            found.add(PREFIXES[prefix] + local)
    return found


# --- The terms and the program ----------------------------------------------------------------------------


def test_every_term_that_the_program_writes_is_in_the_ontology(ontology: Rdf) -> None:
    known = {str(s) for s in ontology.subjects(RDF.type)}
    written = {t for t in named_in_code() if not t.startswith(LANGUAGES_OF_THE_WEB)}
    assert written - known == set()
    seen = {str(p) for p in triples().predicates()} | {str(o) for o in triples().objects(None, RDF.type)}
    assert {t for t in seen if not t.startswith(LANGUAGES_OF_THE_WEB)} <= known


def test_every_own_term_is_written_by_the_program_or_named_by_an_axiom(ontology: Rdf) -> None:
    ranges = {str(o) for o in ontology.objects(None, RDFS.range)}
    assert [t for t in own(ontology) if str(t) not in named_in_code() | ranges] == []


def test_every_foreign_term_is_written_by_the_program_or_named_by_an_axiom(ontology: Rdf) -> None:
    kinds = {OWL.Class, *PROPERTIES}
    foreign = {s for kind in kinds for s in ontology.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf)
    named = {o for axiom in axioms for o in ontology.objects(None, axiom)}
    named |= {member for members in ontology.objects(None, OWL.unionOf) for member in Collection(ontology, members)}
    assert sorted(t for t in foreign if str(t) not in named_in_code() and t not in named) == []


def test_every_status_severity_and_relation_of_the_model_has_a_term() -> None:
    assert set(STATUSES) == set(Status)
    assert set(SEVERITIES) == set(Severity)
    assert set(PREDICATES) == set(Rel)


# --- What a good ontology has (after the pitfalls that OOPS! looks for) ------------------------------------


def test_ontology_tells_its_version_licence_creator_and_dates(ontology: Rdf) -> None:
    for predicate in (
        DCTERMS.creator,
        DCTERMS.license,
        DCTERMS.created,
        DCTERMS.modified,
        VANN.preferredNamespacePrefix,
    ):
        assert ontology.value(ABOUT, predicate), predicate
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert languages(ontology, ABOUT, predicate) == ["en", "vi"]
    release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert str(ontology.value(ABOUT, OWL.versionInfo)) == release
    assert str(ontology.value(ABOUT, OWL.versionIRI)).endswith(f"/{release}")


def languages(ontology: Rdf, term: URIRef, predicate: URIRef) -> list[str]:
    return sorted(o.language or "" for o in ontology.objects(term, predicate) if isinstance(o, Literal))


def test_every_own_term_has_its_name_and_definition_in_both_languages(ontology: Rdf) -> None:
    for term in own(ontology):
        assert languages(ontology, term, RDFS.label) == ["en", "vi"], term
        assert languages(ontology, term, SKOS.definition) == ["en", "vi"], term
        assert ontology.value(term, RDFS.isDefinedBy) == ABOUT, term


def test_every_foreign_term_says_in_both_languages_how_it_is_used(ontology: Rdf) -> None:
    for kind in (OWL.Class, *PROPERTIES):
        for term in ontology.subjects(RDF.type, kind):
            if isinstance(term, URIRef) and not term.startswith(ONTOLOGY):
                assert languages(ontology, term, SKOS.scopeNote) == ["en", "vi"], term


def test_labels_tell_terms_of_a_kind_apart(ontology: Rdf) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual):
        for language in ("en", "vi"):
            labels = [
                str(o) for t in own(ontology, kind) for o in ontology.objects(t, RDFS.label) if o.language == language
            ]  # type: ignore[attr-defined]
            assert sorted(labels) == sorted(set(labels)), (kind, language)


def test_every_property_has_a_domain_and_a_range(ontology: Rdf) -> None:
    for term in own(ontology, *PROPERTIES):
        assert len(list(ontology.objects(term, RDFS.domain))) == 1, term
        assert len(list(ontology.objects(term, RDFS.range))) == 1, term


def test_every_class_stands_below_one_of_a_standard(ontology: Rdf) -> None:
    for term in own(ontology, OWL.Class):
        above = [str(o) for o in ontology.objects(term, RDFS.subClassOf)]
        assert above and not any(o.startswith(ONTOLOGY) for o in above), term


def test_no_term_stands_alone(ontology: Rdf) -> None:
    """Each class is the domain or range of a property, or its members are listed."""
    used = set(ontology.objects(None, RDFS.domain)) | set(ontology.objects(None, RDFS.range))
    for node in {o for o in used if not isinstance(o, URIRef)}:
        for members in ontology.objects(node, OWL.unionOf):
            used |= set(Collection(ontology, members))
    used |= {c for c in own(ontology, OWL.Class) if ontology.value(c, OWL.equivalentClass)}
    assert [t for t in own(ontology, OWL.Class) if t not in used] == []


def test_names_keep_to_the_convention(ontology: Rdf) -> None:
    for kind, form in ((OWL.Class, "[A-Z]"), (RDFS.Datatype, "[A-Z]"), (OWL.NamedIndividual, "[a-z]")):
        for term in own(ontology, kind):
            assert re.fullmatch(rf"{form}[A-Za-z]*", term.removeprefix(ONTOLOGY)), term
    for term in own(ontology, *PROPERTIES):
        assert re.fullmatch(r"[a-z][A-Za-z0-9]*", term.removeprefix(ONTOLOGY)), term


def test_inverses_are_declared_both_ways(ontology: Rdf) -> None:
    pairs = set(ontology.subject_objects(OWL.inverseOf))
    assert len(pairs) >= 16
    assert {(b, a) for a, b in pairs} == pairs


@pytest.mark.parametrize("axiom", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_hierarchies_have_no_cycle(ontology: Rdf, axiom: URIRef) -> None:
    assert nx.is_directed_acyclic_graph(nx.DiGraph(list(ontology.subject_objects(axiom))))


def test_a_property_is_of_one_kind_and_a_superproperty_of_the_same(ontology: Rdf) -> None:
    for term in own(ontology, *PROPERTIES):
        kinds = [k for k in PROPERTIES if (term, RDF.type, k) in ontology]
        assert len(kinds) == 1, term
        for above in ontology.objects(term, RDFS.subPropertyOf):
            assert (above, RDF.type, kinds[0]) in ontology, (term, above)


def test_what_is_deprecated_says_what_to_use_instead(ontology: Rdf) -> None:
    for term in ontology.subjects(OWL.deprecated, Literal(True)):
        assert ontology.value(term, DCTERMS.isReplacedBy), term


def test_every_term_has_an_example_that_parses_and_shows_it(ontology: Rdf) -> None:
    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())
    for term in own(ontology):
        example = ontology.value(term, SKOS.example)
        graph = Rdf().parse(data=prefixes + str(example), format="turtle", publicID="file:///bao-cao.docx")
        shown = {node for triple in graph for node in triple}
        shown |= {o.datatype for o in graph.objects() if isinstance(o, Literal)}
        assert term in shown or term == URIRef(ONTOLOGY + "Date"), term


def test_mappings_name_terms_that_exist(ontology: Rdf) -> None:
    """Closed namespaces of rdflib raise for a name that the standard lacks; ELI is listed above."""
    closed = {str(n): n for n in (DCTERMS, ORG, PROV, SKOS, XSD)}
    named = {node for triple in ontology for node in triple if isinstance(node, URIRef)}
    for term in named:
        space, _, local = re.split(r"(?<=[#/])(?=[^#/]*$)", str(term))[0], "", re.split(r"[#/]", str(term))[-1]
        if space in closed and local:
            assert closed[space][local] == term
        if space == str(ELI) and local:
            assert local in ELI_TERMS, term


def test_relations_point_the_way_that_eli_and_schema_do(ontology: Rdf) -> None:
    """Active forms are mapped to active forms: never amends to amended_by."""
    passive = {ELI[name] for name in ELI_TERMS if name.endswith("_by") and name != "passed_by"} | {ELI.basis_for}
    assert {b for _, b in ontology.subject_objects(OWL.inverseOf)} >= passive
    for predicate in (RDFS.subPropertyOf, SKOS.closeMatch):
        for term, mapped in ontology.subject_objects(predicate):
            assert (term in passive) == (mapped in passive), (term, mapped)
    assert (ELI.amends, OWL.inverseOf, ELI.amended_by) in ontology
    assert (ELI.based_on, OWL.inverseOf, ELI.basis_for) in ontology


# --- Consistency ---------------------------------------------------------------------------------------------

DECREE = "<urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp>"
CONTRADICTIONS = {
    "a document that is also a candidate": f"{DECREE} a kg:LegalDocument , kg:CandidateDocument .",
    "a body in the place of a province": "<file:///a> kg:forProvince kgbody:so . kgbody:so a org:Organization .",
    "a severity as status": "<file:///a#m1> kg:status kg:error .",
    "a task given to a document": f"<file:///a#t1> kg:assignedTo {DECREE} . {DECREE} a kg:LegalDocument .",
    "a document that replaces itself": f"{DECREE} kg:replaces {DECREE} .",
    "two documents that replace each other": f"{DECREE} kg:replaces <urn:x:a> . <urn:x:a> kg:replaces {DECREE} .",
    "a report as a mention": "<file:///a> a kg:Report , kg:Mention .",
}
CONTRADICTIONS_OF_VALUES = {
    "two digests of one file": '<file:///a> kg:sha256 "a" , "b" .',
    "a confidence of more than one": "<file:///a#m1> kg:confidence 1.5 .",
    "a page in words": '<file:///a#m1> kg:page "ba" .',
}


def closure_errors(data: Rdf) -> list[str]:
    """What the OWL 2 RL rules find contradictory."""
    import owlrl

    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    errors = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")
    return [str(data.value(e, errors.error)) for e in data.subjects(RDF.type, errors.ErrorMessage)]


def turtle(text: str) -> Rdf:
    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())
    return Rdf().parse(data=prefixes + text, format="turtle")


def test_rules_find_no_contradiction_in_a_graph_of_the_program(ontology: Rdf) -> None:
    closed = triples(with_reference=False) + ontology
    assert closure_errors(closed) == []
    assert (URIRef(IRI), RDF.type, ELI.LegalExpression) in closed


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_rules_report_a_contradiction(ontology: Rdf, what: str) -> None:
    assert closure_errors(turtle(CONTRADICTIONS[what]) + ontology)


@needs_java
def test_reasoner_finds_the_graph_of_the_examples_consistent(ontology: Rdf) -> None:
    assert consistent(ontology, example_graph.triples())


@needs_java
def test_reasoner_reports_contradictions(ontology: Rdf) -> None:
    for what, text in CONTRADICTIONS_OF_VALUES.items():
        assert not consistent(ontology, turtle(text)), what
    assert not consistent(ontology, turtle(CONTRADICTIONS["a document that is also a candidate"]))
