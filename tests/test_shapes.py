"""The shapes: they cover the vocabulary, accept what the program makes, and each constraint can say no."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import example_graph
import pyshacl
import pytest
from graph_samples import IRI, SHA256
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store
from rdflib import Graph as Rdf
from rdflib import URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import BNode, Node
from shape_samples import GOOD, focus_nodes, parsed, spoil_node, spoil_value

import kg
from kg.checks.suspects import questions
from kg.checks.validate import Violation, shown, validate
from kg.graph.rdf import quads
from kg.graph.reference import reference
from kg.graph.store import Graph
from kg.loaders.source import Source
from kg.ontology.vocabulary import ONTOLOGY, PLACE, PREFIXES, REFERENCE

KGSH = "https://w3id.org/vn-legal-kg/shapes#"
# What stands beside the constraints of a shape.
ABOUT = {SH.path, SH.message, SH.severity, SH.property, SH.sparql, SH.description, RDF.type, RDFS.label, RDFS.comment}
ABOUT |= {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}

SHAPES = Rdf().parse(data=files("kg.ontology").joinpath("shapes.ttl").read_text("utf-8"), format="turtle")
ONTOLOGY_GRAPH = Rdf().parse(data=files("kg.ontology").joinpath("kg.ttl").read_text("utf-8"), format="turtle")
RIGHT = parsed(GOOD)
VALUES = [URIRef(KGSH + name) for name in ("Date", "Document", "DocumentOrReport")]
"""Shapes without a target, which others refer to."""


def named() -> list[URIRef]:
    """The shapes with a target."""
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    return sorted({s for target in targets for s in SHAPES.subjects(target) if isinstance(s, URIRef)})


def results(data: Rdf, *shapes: Node) -> list[dict[str, Any]]:
    """What pyshacl says of the data, by all shapes or by these."""
    _, report, _ = pyshacl.validate(
        data, shacl_graph=SHAPES, inference="none", use_shapes=[*shapes, *VALUES] if shapes else None
    )
    assert isinstance(report, Rdf)
    return [
        {
            "node": report.value(r, SH.focusNode),
            "path": report.value(r, SH.resultPath),
            "component": str(report.value(r, SH.sourceConstraintComponent)).removeprefix(str(SH)),
            "messages": {(str(m), m.language) for m in report.objects(r, SH.resultMessage)},  # type: ignore[attr-defined]
            "severity": report.value(r, SH.resultSeverity),
        }
        for r in report.subjects(RDF.type, SH.ValidationResult)
    ]


def component(parameter: URIRef) -> str:
    name = parameter.removeprefix(str(SH))
    return f"{name[0].upper()}{name[1:]}ConstraintComponent"


# --- What the shapes cover -----------------------------------------------------------------------------------


def test_every_class_of_the_vocabulary_has_a_shape() -> None:
    looked_at = {*SHAPES.objects(None, SH.targetClass), *SHAPES.objects(None, SH["class"])}
    listed = {member for values in SHAPES.objects(None, SH["in"]) for member in Collection(SHAPES, values)}
    for term in ONTOLOGY_GRAPH.subjects(RDF.type, OWL.Class):
        if str(term).startswith(ONTOLOGY):
            members = set(ONTOLOGY_GRAPH.subjects(RDF.type, term))
            assert term in looked_at or (members and members <= listed), term


def test_every_property_of_the_vocabulary_has_a_constraint() -> None:
    constrained = set(SHAPES.objects(None, SH.path))
    for target in (SH.targetSubjectsOf, SH.targetObjectsOf):
        constrained |= set(SHAPES.objects(None, target))
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ONTOLOGY_GRAPH.subjects(RDF.type, kind):
            if str(term).startswith(ONTOLOGY):
                assert term in constrained, term


def test_every_predicate_of_a_graph_has_a_constraint() -> None:
    """But the statement that a thing is of a class."""
    constrained = set(SHAPES.objects(None, SH.path))
    for target in (SH.targetSubjectsOf, SH.targetObjectsOf):
        constrained |= set(SHAPES.objects(None, target))
    assert set(example_graph.triples().predicates()) - constrained - {RDF.type} == set()


def test_every_constraint_tells_in_both_languages_what_it_asks_for() -> None:
    owners: set[Node] = {*SHAPES.objects(None, SH.property), *SHAPES.objects(None, SH.sparql)}
    owners |= {s for s in named() if set(SHAPES.predicates(s)) - ABOUT}
    for owner in owners:
        languages = sorted(str(m.language) for m in SHAPES.objects(owner, SH.message))  # type: ignore[attr-defined]
        assert languages == ["en", "vi"], (owner, SHAPES.value(owner, SH.path))
    texts = [str(m) for owner in owners for m in SHAPES.objects(owner, SH.message)]
    assert len(texts) == len(set(texts)), "two constraints with one message"


# --- What the program makes is right ---------------------------------------------------------------------------


def test_the_small_graph_is_right() -> None:
    assert results(RIGHT) == []


def test_the_ontology_beside_the_graph_makes_no_difference() -> None:
    conforms, _, text = pyshacl.validate(RIGHT, shacl_graph=SHAPES, ont_graph=ONTOLOGY_GRAPH, inference="none")
    assert conforms, text


def test_the_graph_of_the_examples_has_no_violation() -> None:
    with Graph.open(example_graph.folder()) as graph:
        assert [v for v in validate(graph) if v.severity == "error"] == []


DOCUMENTS = st.sampled_from(
    [
        *("Nghị định số 60/2024/NĐ-CP", "Nghị định 60", "Quyết định số 1740/QĐ-TTg", "QĐ 01/QĐ-UBND", "36/CP"),
        *("Nghị quyết số 01/NQ-CP", "Nghị quyết 18-NQ/TW", "Luật Điện lực", "Luật Đất đai năm 2024"),
        *("Thông tư 38/2025/TT-BCT", "Kế hoạch số 15/KH-UBND", "Công văn số 7700/BCT-KH", "Chỉ thị 16/CT-TTg"),
        *("66.7/2025/NQ-CP", "Hiệp định CPTPP", "Nghị định số 6O/2024/NĐ-CP", "Văn bản số 5", "Quyết định 22/QĐ-SCT"),
        *("Thông tư liên tịch 55/2005/TTLT-BNV-VPCP", "Chương trình 274-CTr/TU", "Nghị định số 111/2030/NĐ-CP"),
    ]
)
DATES = st.sampled_from(
    ["", " ngày 05/6/2024", " ngày 31/02/2023", " năm 2030", " ngày 01 tháng 7 năm 2025", " (12/1/99)"]
)
ISSUERS = st.sampled_from(["", " của Chính phủ", " của UBND tỉnh", " của Bộ Công Thương", " của UBND tỉnh Hậu Giang"])
VERBS = st.sampled_from(
    [
        *("Thực hiện ", "Căn cứ ", "Đã ban hành ", "thay thế ", "sửa đổi, bổ sung ", ", ", "; ", "và "),
        *("bãi bỏ ", "\n- ", "hướng dẫn ", "Trước 31/12/2024, "),
    ]
)
HEADS = st.sampled_from(
    [
        "",
        "UBND TỈNH HẬU GIANG\nSỞ CÔNG THƯƠNG\nSố: 120/BC-SCT\nHậu Giang, ngày 15 tháng 12 năm 2024\n"
        "BÁO CÁO\nKết quả năm 2024\n",
        "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH\nSố: 05/QĐ-UBND\nHà Tĩnh, ngày 3 tháng 1 năm 2023\nQUYẾT ĐỊNH\n",
    ]
)
SENTENCES = st.lists(st.tuples(VERBS, DOCUMENTS, DATES, ISSUERS).map("".join), max_size=12)
NOISE = st.text(max_size=30)


def known_of(found: list[Quad]) -> list[Quad]:
    """What the reference graph tells of the things in a graph, and of those in turn."""
    table = list(reference())
    named, before = {quad.object for quad in found}, 0
    while len(named) > before:
        before = len(named)
        named |= {quad.object for quad in table if quad.subject in named}
    return [quad for quad in table if quad.subject in named]


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # each graph takes a second, so none to spare for the smallest one
    suppress_health_check=[HealthCheck.too_slow],
)
@given(HEADS, SENTENCES, NOISE)
def test_whatever_the_text_its_graph_has_no_violation(head: str, sentences: list[str], noise: str) -> None:
    text = head + ". ".join([*sentences, noise]) + "."
    found = list(quads(kg.extract(text), Source("a.txt", text, "text/plain"), iri=IRI, sha256=SHA256, extractor="1"))
    with tempfile.TemporaryDirectory() as folder, Graph.open(Path(folder) / "g", read_only=False) as graph:
        graph.replace(IRI, found)
        graph.replace(REFERENCE.value, known_of(found))
        assert [v for v in validate(graph) if v.severity == "error"] == []


# --- Each constraint of SHACL Core finds what breaks it ----------------------------------------------------------


def core_constraints() -> Iterator[Any]:
    """Shape, property (None for the node itself), parameter and its value."""
    for shape in named():
        name = shape.removeprefix(KGSH)
        for parameter, value in SHAPES.predicate_objects(shape):
            if parameter not in ABOUT:
                yield pytest.param(shape, None, parameter, value, id=f"{name}-{component(parameter)}")  # type: ignore[arg-type]
        for node in SHAPES.objects(shape, SH.property):
            path = SHAPES.value(node, SH.path)
            for parameter, value in SHAPES.predicate_objects(node):
                if parameter not in ABOUT:
                    local = str(path).rpartition("#")[2].rpartition("/")[2]
                    yield pytest.param(shape, node, parameter, value, id=f"{name}.{local}-{component(parameter)}")  # type: ignore[arg-type]


@pytest.mark.parametrize(("shape", "property", "parameter", "value"), list(core_constraints()))
def test_constraint_finds_what_breaks_it_and_says_so(
    shape: URIRef, property: Node | None, parameter: URIRef, value: Node
) -> None:
    path = SHAPES.value(property, SH.path) if property else None
    nodes = [n for n in focus_nodes(SHAPES, shape, RIGHT) if path is None or RIGHT.value(n, path) is not None]
    assert nodes, "the small graph has nothing to break"
    node = nodes[0]
    if path is None:
        data, node = spoil_node(RIGHT, node, parameter, value)
    else:
        assert isinstance(path, URIRef)
        data = spoil_value(RIGHT, node, path, parameter, value)
    said = {(str(m), m.language) for m in SHAPES.objects(property or shape, SH.message)}  # type: ignore[attr-defined]
    found = results(data, shape)
    assert [
        r
        for r in found
        if r["component"] == component(parameter)
        and (r["node"] == node or isinstance(node, BNode))
        and r["path"] == path
        and r["messages"] == said
    ], found
    store = Store()
    store.load(data.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)
    suspects = {row["this"] for asked in questions(SHAPES) for row in store.query(asked)}  # type: ignore[union-attr, index]
    assert isinstance(node, BNode) or NamedNode(str(node)) in suspects
    assert any(isinstance(one, BlankNode) for one in suspects) or not isinstance(node, BNode)


def test_a_right_graph_has_no_suspects() -> None:
    """Else pyshacl would look at every node of a large graph."""
    with Graph.open(example_graph.folder()) as graph:
        for asked in questions(SHAPES):
            assert len(list(graph.query(asked))) < 10, asked  # type: ignore[arg-type]


def test_a_constraint_without_words_makes_suspects_of_all() -> None:
    shapes = parsed(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . "
        "<x:s> sh:targetClass kg:Report ; sh:property [ sh:path dcterms:source ; sh:languageIn ( 'vi' ) ] . "
        "<x:t> sh:targetClass kg:Task ; sh:property [ sh:path ( kg:status rdf:type ) ; sh:minCount 1 ] ."
    )
    store = Store()
    store.load(RIGHT.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)
    suspects = {str(row["this"]) for asked in questions(shapes) for row in store.query(asked)}  # type: ignore[union-attr, index]
    kinds = (URIRef(PREFIXES["kg"] + kind) for kind in ("Report", "Task"))
    assert suspects == {f"<{node}>" for kind in kinds for node in RIGHT.subjects(RDF.type, kind)}


# --- Each query finds what breaks it -----------------------------------------------------------------------------

D = "<urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp>"
OLD = "<urn:lex:vn:chinh.phu:nghi.dinh:2003;02-2003-nd-cp>"
R, M, S, T, F = ("<file:///a.txt>", *(f"<file:///a.txt#{n}>" for n in ("m1", "r1", "t1", "f1")))
PERIOD = "<https://w3id.org/vn-legal-kg/place/ha-tinh#_>"
LATE = '"2025-01"^^xsd:gYearMonth'
ODDITIES = ("DeadlinePastShape", "LocalIssuerShape", "SilentSourceShape")
# Rule, what to take out of the small graph, what to put in, the node, the message.
BROKEN = [
    (
        "ResolvedShape",
        "",
        f'{OLD} kg:resolvedTo {D} ; kg:reason "clear"@en , "rõ"@vi ; kg:confidence 0.9 .',
        OLD,
        "Only a candidate, a law cited by its name alone, or one number of one year in another spelling is resolved.",
    ),
    (
        "LegalDocumentShape",
        f'{D} kg:year "2024"^^xsd:gYear .',
        f'{D} kg:year "2023"^^xsd:gYear .',
        D,
        "The year 2023 is not that of the LEX URN.",
    ),
    (
        "ReportShape",
        f"{S} rdf:object {D} .",
        f"{S} rdf:object {OLD} .",
        R,
        f"No statement tells where the source says that relation: {PREFIXES['eli']}implements.",
    ),
    ("QuoteShape", f'{M} oa:exact "60" .', f'{M} oa:exact "6" .', M, "The quote is not as long as its offsets say."),
    (
        "QuoteShape",
        "",
        f'<file:///b.txt#m1> a kg:Mention ; oa:exact "60" ; oa:start 1 ; oa:end 3 ; oa:hasSource {R} ; '
        f"oa:hasBody {D} ; kg:status kg:done ; kg:confidence 1.0 .",
        "<file:///b.txt#m1>",
        "The evidence is not named after its source.",
    ),
    (
        "StatementShape",
        f"{R} eli:implements {D} .",
        "",
        S,
        "The triple that a statement is about is not in the graph.",
    ),
    (
        "StatementShape",
        f"{S} rdf:subject {R} .",
        f"{S} rdf:subject {D} .",
        S,
        "A statement is about two documents, not about one and itself.",
    ),
    (
        "StatementShape",
        f"{S} kg:byProvince kgplace:ha-tinh .",
        "",
        S,
        f"What carries a document out is of the province {PLACE}ha-tinh, and the statement does not say so.",
    ),
    (
        "StatementShape",
        "",
        "<file:///a.txt#r2> kg:byProvince kgplace:ha-tinh .",
        "<file:///a.txt#r2>",
        f"The statement names the province {PLACE}ha-tinh, of which what carries the document out is not.",
    ),
    ("TaskShape", f"{T} kg:mentions {D} .", "", T, "A task carries out a document that it does not mention."),
    (
        "UnitShape",
        f'{PERIOD} kg:validTo "2099-12-31"^^xsd:date .',
        f'{PERIOD} kg:validTo "1990-12-31"^^xsd:date .',
        PERIOD,
        "A period ends (1990-12-31) before it begins (1991-08-12).",
    ),
    (
        "UnitShape",
        "",
        'kgplace:ha-tinh kg:version <urn:x:v> . <urn:x:v> a kg:UnitVersion ; rdfs:label "x"@vi ; '
        'kg:validFrom "2001-01-01"^^xsd:date .',
        "kgplace:ha-tinh",
        f"Two periods of a unit overlap: {PERIOD[1:-1]} and urn:x:v.",
    ),
    (
        "ImplementsLaterShape",
        f'{M} kg:citedDate "2024-06"^^xsd:gYearMonth . {F} kg:mention {M} .',
        f"{M} kg:citedDate {LATE} .",
        S,
        "The source of 2024-07-01 says that it carried out a document dated 2025-01.",
    ),
    (
        "AmendsYoungerShape",
        f'{OLD} kg:year "2003"^^xsd:gYear .',
        f'{OLD} kg:year "2030"^^xsd:gYear .',
        "<file:///a.txt#r3>",
        "A document of 2024 is said to change one of 2030.",
    ),
    (
        "IssuerInBeingShape",
        "",
        '<urn:lex:vn:chinh.phu:nghi.dinh:1980;01-cp> a kg:LegalDocument ; rdfs:label "x"@vi ; kg:lookupKey "01" ; '
        'kg:year "1980"^^xsd:gYear ; eli:passed_by kgbody:chinh-phu .',
        "<urn:lex:vn:chinh.phu:nghi.dinh:1980;01-cp>",
        "The document is of 1980; Chính phủ was not in being in that year.",
    ),
    (
        "DeadlinePastShape",
        f'{T} kg:deadline "2024-12-31"^^xsd:date .',
        f'{T} kg:deadline "2024-06-30"^^xsd:date .',
        T,
        "A task of the time to come is due on 2024-06-30, before the date of its source (2024-07-01).",
    ),
    (
        "LocalIssuerShape",
        "",
        '<urn:lex:vn;ha.tinh:so:bao.cao:1980;1-bc-s> a kg:LegalDocument ; rdfs:label "x"@vi ; kg:lookupKey "1" ; '
        'kg:year "1980"^^xsd:gYear ; eli:passed_by kgbody:so .',
        "<urn:lex:vn;ha.tinh:so:bao.cao:1980;1-bc-s>",
        "The document is of 1980; provinces had no Các sở in that year.",
    ),
    (
        "SilentSourceShape",
        "",
        '<file:///b.txt> a kg:Report ; dcterms:source "b.txt" ; dcterms:format "text/plain" ; kg:sha256 "'
        + "b" * 64
        + '" .',
        "<file:///b.txt>",
        "The source cites no document; is its text readable?",
    ),
]


def examined(data: Rdf, folder: Path) -> list[Violation]:
    """What ``kg validate`` finds; each source in its own graph."""
    graphs: dict[str, Rdf] = {}
    for triple in data:
        name = str(triple[0]).partition("#")[0]
        graphs.setdefault(name if name.startswith("file:") else "urn:x:rest", Rdf()).add(triple)
    with Graph.open(folder, read_only=False) as graph:
        for name, part in graphs.items():
            graph.replace(name, part.serialize(format="nt", encoding="utf-8"))
        return validate(graph)


@pytest.mark.parametrize(("rule", "without", "added", "node", "message"), BROKEN)
def test_query_finds_what_breaks_it_and_says_so(
    rule: str, without: str, added: str, node: str, message: str, tmp_path: Path
) -> None:
    taken = parsed(without)
    assert all(triple in RIGHT for triple in taken), "the test takes out what is not there"
    broken = RIGHT - taken + parsed(added)
    wanted = str(next(parsed(f"{node} a kg:Finding .").subjects()))
    found = [v for v in examined(broken, tmp_path) if v.message == message]
    assert [(v.rule, v.node) for v in found] == [(rule, wanted)]
    assert found[0].severity == ("warning" if rule in ODDITIES else "error")
    # A SHACL processor, which binds the node and asks for each, finds the same.
    standard = [r for r in results(broken, URIRef(KGSH + rule)) if r["component"] == "SPARQLConstraintComponent"]
    assert wanted in {str(r["node"]) for r in standard if message in {text for text, _ in r["messages"]}}, standard
    assert len(standard) == sum(v.rule == rule and "." not in v.rule for v in examined(broken, tmp_path / "again"))


def test_every_query_is_broken_by_some_graph() -> None:
    asked = sorted(str(shape).removeprefix(KGSH) for shape, _ in SHAPES.subject_objects(SH.sparql))
    assert asked == sorted(rule for rule, *_ in BROKEN)


def test_a_law_by_its_name_is_resolved_to_the_one_that_bears_it(tmp_path: Path) -> None:
    told = f'{OLD} kg:resolvedTo {D} ; kg:reason "clear"@en , "rõ"@vi ; kg:confidence 0.9 . {D} owl:sameAs {OLD} .'
    assert not [v for v in examined(RIGHT + parsed(told), tmp_path) if v.rule == "ResolvedShape"]


def test_a_contradiction_that_a_finding_tells_is_no_violation(tmp_path: Path) -> None:
    taken = parsed(f'{M} kg:citedDate "2024-06"^^xsd:gYearMonth .')
    assert examined(RIGHT - taken + parsed(f"{M} kg:citedDate {LATE} ."), tmp_path) == []


# --- kg validate ----------------------------------------------------------------------------------------------------


def test_a_violation_names_its_source_its_passage_and_what_to_do(tmp_path: Path) -> None:
    broken = RIGHT - parsed(f"{M} kg:status kg:done .") + parsed(f"{D} eli:type_document kgplace:ha-tinh .")
    found = {v.rule: v for v in examined(broken, tmp_path)}
    status = found["EvidenceShape.status"]
    assert (status.sources, status.quote, status.severity) == (("a.txt",), "60", "error")
    assert status.message == "Evidence has one status."
    assert "kg build" in status.remedy
    assert found["DescribedShape.type_document"].node == D[1:-1]
    lines = list(shown(found.values()))
    assert "Error: Evidence has one status. [EvidenceShape.status]" in lines
    assert "  a.txt: 60" in lines
    assert lines[-1] == f"{len(found)} errors, 0 warnings"


def test_violations_speak_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANG", "vi")
    broken = RIGHT - parsed(f"{M} kg:status kg:done . {T} kg:mentions {D} .")
    found = examined(broken, tmp_path)
    assert {v.message for v in found} == {
        "Chứng cứ có một trạng thái.",
        "Nhiệm vụ thực hiện văn bản mà nó không nêu.",
    }
    assert list(shown(found))[-1] == "2 lỗi, 0 cảnh báo"


def test_many_places_of_one_rule_are_summed_up() -> None:
    one = Violation("warning", "R", "urn:x", ("a.txt",), None, "Odd.", "Look.")
    lines = list(shown([one] * 12))
    assert lines.count("  a.txt: urn:x") == 10
    assert "  … and 2 more" in lines


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    only = examined(RIGHT + parsed(BROKEN[-1][2]), tmp_path)
    assert [v.severity for v in only] == ["warning"]
