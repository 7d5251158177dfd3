"""What one document says becomes quads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graph_samples import DECREE, IRI, OLD, OWN, PLAN, SHA256, TEXT, extraction, source, span
from pyoxigraph import Literal, NamedNode, Quad

import kg
from kg.graph.rdf import quads
from kg.graph.reference import reference
from kg.graph.terms import body_iri, date_literal, place_iri
from kg.loaders.source import Source
from kg.model import REPORT, Extraction, Header, Mention, Rel, Relation
from kg.ontology import tables
from kg.ontology.vocabulary import PREDICATES, PREFIXES, REFERENCE, term


def made(found: Extraction | None = None, text: Source | None = None) -> list[Quad]:
    return list(quads(found or extraction(), text or source(), iri=IRI, sha256=SHA256, extractor="1+abc"))


def values(found: list[Quad], subject: str, predicate: str) -> list[str]:
    node, name = NamedNode(subject), term(predicate)
    return [q.object.value for q in found if q.subject == node and q.predicate == name]


def test_the_same_document_gives_the_same_quads_in_the_same_order_and_each_once() -> None:
    first, second = made(), made()
    assert first == second
    assert len(set(first)) == len(first)


def test_everything_stands_in_the_graph_of_the_source() -> None:
    assert {quad.graph_name for quad in made()} == {NamedNode(IRI)}


def test_report_says_who_tells_of_which_province_and_period() -> None:
    found = made()
    assert values(found, IRI, "rdf:type") == [term("kg:Report").value]
    assert values(found, IRI, "dcterms:source") == ["báo cáo.txt"]
    assert values(found, IRI, "kg:sha256") == [SHA256]
    assert values(found, IRI, "kg:extractor") == ["1+abc"]
    assert values(found, IRI, "kg:forProvince") == [place_iri("Hậu Giang").value]
    assert values(found, IRI, "kg:period") == ["2024"]
    assert values(found, IRI, "eli:passed_by") == [body_iri("Sở Công Thương tỉnh Hậu Giang").value]
    assert values(found, IRI, "eli:realizes") == [OWN]
    assert values(found, OWN, "rdfs:label") == ["Báo cáo 120/BC-SCT"]


def test_only_what_the_report_itself_carries_out_is_of_its_province() -> None:
    found = made()
    relation = ("rdf:subject", "rdf:predicate")
    told = [q.subject.value for q in found if q.predicate == term("kg:byProvince")]
    assert told and all(values(found, node, "kg:byProvince") == [place_iri("Hậu Giang").value] for node in told)
    assert {tuple(v for name in relation for v in values(found, node, name)) for node in told} == {
        (IRI, term("eli:implements").value)
    }


def test_document_is_described_once_from_all_its_mentions() -> None:
    found = made()
    assert values(found, DECREE, "rdf:type") == [term("kg:LegalDocument").value]
    assert values(found, DECREE, "rdfs:label") == ["Nghị định 60/2024/NĐ-CP"]
    assert values(found, DECREE, "eli:id_local") == ["60/2024/NĐ-CP"]
    assert values(found, DECREE, "eli:date_document") == ["2024-06-05"]
    assert values(found, DECREE, "eli:type_document") == [PREFIXES["kgtype"] + "nghi-dinh"]
    assert values(found, DECREE, "eli:passed_by") == [body_iri("Chính phủ").value]
    assert values(found, DECREE, "kg:year") == ["2024"]
    assert values(found, DECREE, "dcterms:title") == ["về phát triển và quản lý chợ"]


def test_a_more_precise_date_stands_for_a_less_precise_one() -> None:
    found = extraction()
    first, _, third, *_ = found.mentions
    dated = replace(found, mentions=(first, replace(third, date="2024-06")), relations=(), tasks=(), findings=())
    assert values(made(dated), DECREE, "eli:date_document") == ["2024-06-05"]


def test_damaged_number_keeps_what_is_written_beside_what_is_meant() -> None:
    found = made()
    assert values(found, OLD, "eli:id_local") == ["02/2003/NĐ-CP"]
    assert values(found, f"{IRI}#m4", "kg:citedAs") == ["O2/2003/NĐ-CP"]
    assert values(found, f"{IRI}#m4", "kg:intended") == ["02/2003/NĐ-CP"]


def test_mention_quotes_its_place_in_the_source() -> None:
    found = made()
    node = f"{IRI}#m1"
    start, end = span("Nghị định số 60/2024/NĐ-CP")
    assert values(found, node, "oa:start") == [str(start)]
    assert values(found, node, "oa:end") == [str(end)]
    assert values(found, node, "oa:exact") == [TEXT[start:end]]
    assert values(found, node, "oa:hasBody") == [DECREE]
    assert values(found, node, "kg:section") == ["I. Kết quả thực hiện > 1. Phát triển chợ"]
    assert values(found, node, "kg:page") == ["1"]
    assert values(found, node, "kg:pinpoint") == ["Điều 4"]
    assert values(found, node, "kg:status") == [term("kg:done").value]
    assert values(found, f"{IRI}#m3", "kg:confidence") == ["0.875"]
    assert values(found, f"{IRI}#m5", "kg:section") == ["II. Nhiệm vụ"]
    assert values(found, f"{IRI}#m5", "kg:page") == ["2"]


def test_text_before_the_first_heading_has_no_section_and_a_source_without_pages_no_page() -> None:
    found = extraction()
    moved = replace(found.mentions[0], start=0, end=7)
    plain = replace(source(), places=())
    alone = replace(found, mentions=(moved,), relations=(), tasks=(), findings=())
    assert values(made(alone, plain), f"{IRI}#m1", "kg:section") == []
    assert values(made(alone, plain), f"{IRI}#m1", "kg:page") == []
    assert values(made(alone, plain), f"{IRI}#m1", "oa:exact") == ["BÁO CÁO"]


def test_citation_without_year_is_a_candidate_of_its_own_source() -> None:
    found = made()
    (candidate,) = values(found, f"{IRI}#m5", "oa:hasBody")
    assert values(found, candidate, "rdf:type") == [term("kg:CandidateDocument").value]
    assert values(found, candidate, "rdfs:label") == ["Nghị quyết 01/NQ-CP"]
    elsewhere = quads(extraction(), source(), iri="file:///other.txt", sha256=SHA256)
    assert candidate not in {q.subject.value for q in elsewhere}


def test_named_document_is_labelled_by_its_name() -> None:
    found = made()
    (law,) = values(found, f"{IRI}#m6", "oa:hasBody")
    assert values(found, law, "rdfs:label") == ["Luật Điện lực"]


def test_numbered_law_with_a_name_is_also_known_by_its_name() -> None:
    urn = "urn:lex:vn:quoc.hoi:luat:2004;28-2004-qh11"
    law = Mention("m1", 0, 4, "Luật", "Luật", "28/2004/QH11", name="Luật Điện lực", issuer="Quốc hội", urn=urn)
    found = made(Extraction(Header(), (law,)), Source("a.txt", "Luật", "text/plain"))
    assert values(found, urn, "owl:sameAs") == ["urn:lex:vn:quoc.hoi:luat:2004;dien.luc"]
    assert values(found, urn, "rdfs:label") == ["Luật 28/2004/QH11"]


def test_relation_is_a_triple_and_a_statement_with_its_clause() -> None:
    found = made()
    assert Quad(NamedNode(PLAN), term("eli:implements"), NamedNode(DECREE), NamedNode(IRI)) in found
    node = f"{IRI}#r3"
    assert values(found, node, "rdf:type") == [term("kg:Statement").value, term("rdf:Statement").value]
    assert values(found, node, "rdf:subject") == [PLAN]
    assert values(found, node, "rdf:predicate") == [term("eli:implements").value]
    assert values(found, node, "rdf:object") == [DECREE]
    assert values(found, node, "kg:mention") == [f"{IRI}#m3"]
    assert values(found, node, "kg:trigger") == ["thực hiện"]
    (exact,) = values(found, node, "oa:exact")
    assert exact.startswith("UBND tỉnh ban hành")
    assert values(found, f"{IRI}#r1", "rdf:subject") == [IRI]


@pytest.mark.parametrize("rel", list(Rel))
def test_every_relation_has_its_predicate(rel: Rel) -> None:
    found = extraction()
    whole = tuple(replace(mention, pinpoint=None) for mention in found.mentions)
    one = replace(found, mentions=whole, relations=(Relation(REPORT, rel, "m1", 0, 7),), tasks=(), findings=())
    assert values(made(one), IRI, f"{'kg' if 'vn-legal-kg' in PREDICATES[rel].value else 'eli'}:{rel}") == [DECREE]


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("Bãi bỏ Điều 66 của Luật An toàn thực phẩm số 55/2010/QH12.", "eli:amends"),
        ("Thay thế một số cụm từ của Luật Phí và lệ phí số 97/2015/QH13.", "eli:amends"),
        ("Bãi bỏ một phần Nghị quyết số 07/2009/NQ-HĐND ngày 10/7/2009 của HĐND tỉnh Lào Cai.", "eli:amends"),
        ("Thay thế Mẫu số 05/TNDN ban hành kèm theo Thông tư số 80/2021/TT-BTC.", "eli:amends"),
        ("Bãi bỏ toàn bộ Thông tư số 73/2017/TT-BTC ngày 17/7/2017 của Bộ Tài chính.", "eli:repeals"),
        ("Thông tư này thay thế Thông tư số 314/2016/TT-BTC ngày 28/11/2016 quy định một số điều.", "kg:replaces"),
        ("Thay thế Quy chế ban hành kèm theo Quyết định số 2215/QĐ-TTg ngày 17/12/2020.", "kg:replaces"),
    ],
)
def test_what_ends_a_part_of_a_document_amends_it(sentence: str, predicate: str) -> None:
    text = f"{_HEAD}Điều 2. Hiệu lực thi hành\n1. {sentence}\n"
    found = made(kg.extract(text), Source("a.txt", text, "text/plain"))
    (target,) = {q.object for q in found if q.predicate == term("oa:hasBody")}
    told = {q.predicate for q in found if q.object == target}
    assert term(predicate) in told and not told & {term(p) for p in _CHANGES if p != predicate}


_HEAD = "BỘ TÀI CHÍNH\nSố: 10/2026/TT-BTC\nHà Nội, ngày 15 tháng 01 năm 2026\nTHÔNG TƯ\nQuy định về hóa đơn\n"
_CHANGES = ("eli:amends", "eli:repeals", "kg:replaces")


def test_two_mentions_of_one_document_make_no_relation_with_itself() -> None:
    found = made()
    assert values(found, f"{IRI}#r6", "rdf:type") == []
    assert not [q for q in found if q.subject == q.object]


def test_task_carries_out_what_the_report_implements_or_issued() -> None:
    found = made()
    assert values(found, f"{IRI}#t1", "eli:implements") == [PLAN]
    assert values(found, f"{IRI}#t1", "kg:mentions") == [PLAN, DECREE]
    assert values(found, f"{IRI}#t2", "kg:deadline") == ["2024-12-31"]
    assert values(found, f"{IRI}#t2", "kg:assignedTo") == [body_iri("Sở Công Thương tỉnh Hậu Giang").value]
    assert values(found, f"{IRI}#t2", "kg:status") == [term("kg:planned").value]


def test_a_deadline_by_quarter_is_the_last_month_of_the_quarter() -> None:
    whole = extraction()
    found = made(replace(whole, tasks=tuple(replace(task, deadline="2025-Q2") for task in whole.tasks)))
    assert values(found, f"{IRI}#t2", "kg:deadline") == ["2025-06"]


def test_finding_names_the_documents_and_what_it_suggests() -> None:
    found = made()
    assert values(found, f"{IRI}#f1", "kg:about") == [OLD]
    assert values(found, f"{IRI}#f1", "kg:suggestion") == ["02/2003/NĐ-CP"]
    assert values(found, f"{IRI}#f1", "kg:severity") == [term("kg:warning").value]
    assert values(found, f"{IRI}#f2", "kg:suggests") == [DECREE]
    assert values(found, f"{IRI}#f2", "kg:suggestion") == []


def test_local_body_belongs_to_its_province_and_a_central_one_to_none() -> None:
    found = made()
    local = body_iri("Ủy ban nhân dân tỉnh Hậu Giang").value
    assert values(found, local, "kg:inProvince") == [place_iri("Hậu Giang").value]
    assert values(found, place_iri("Hậu Giang").value, "rdfs:label") == ["Hậu Giang"]
    assert values(found, body_iri("Chính phủ").value, "kg:inProvince") == []


def test_an_empty_document_is_only_a_report() -> None:
    found = made(Extraction(Header()), Source("a.txt", "", "text/plain"))
    assert {q.subject.value for q in found} == {IRI}


@pytest.mark.parametrize(
    ("value", "datatype"), [("2024-06-05", "xsd:date"), ("2024-06", "xsd:gYearMonth"), ("2024", "xsd:gYear")]
)
def test_date_has_the_type_of_its_precision(value: str, datatype: str) -> None:
    assert date_literal(value) == Literal(value, datatype=term(datatype))


@pytest.mark.parametrize("value", ["2024-02-30", "2024-13", "24", "", "20240605", "2024-W01-1"])
def test_what_is_no_date_has_no_date_type(value: str) -> None:
    assert date_literal(value) is None


def test_a_date_that_cannot_be_stands_nowhere() -> None:
    found = extraction()
    dated = replace(found.mentions[0], date="2024-02-30")
    alone = made(replace(found, mentions=(dated,), relations=(), tasks=(), findings=()))
    assert values(alone, DECREE, "eli:date_document") == []
    assert values(alone, f"{IRI}#m1", "kg:citedDate") == []


def test_an_identifier_that_is_no_iri_is_an_error() -> None:
    found = extraction()
    broken = replace(found, mentions=(replace(found.mentions[0], urn="urn:lex: x"),), relations=(), tasks=())
    with pytest.raises(ValueError, match="Invalid IRI"):
        made(replace(broken, findings=()))


def test_reference_graph_tells_every_province_with_today_and_its_end() -> None:
    found = list(reference())
    assert {quad.graph_name for quad in found} == {REFERENCE}
    for province in tables.provinces():
        assert values(found, place_iri(province.name).value, "kg:currentUnit")
    merged, today = place_iri("Hậu Giang").value, place_iri("Cần Thơ").value
    assert values(found, merged, "kg:currentUnit") == [today]
    assert values(found, merged, "kg:validTo") == ["2025-06-30"]
    assert values(found, merged, "dcterms:isReplacedBy") == [today]
    assert values(found, today, "kg:currentUnit") == [today]
    assert values(found, today, "kg:validTo") == []


def test_a_unit_that_changed_has_each_of_its_periods() -> None:
    found = list(reference())
    node = place_iri("An Giang").value
    rows = [p for p in tables.provinces() if p.name == "An Giang"]
    versions = values(found, node, "kg:version")
    assert len(versions) == len(rows) > 1
    assert f"{node}#_2025-06-30" in versions
    assert values(found, f"{node}#_2025-06-30", "kg:validTo") == ["2025-06-30"]
    assert values(found, f"{node}#2025-07-01_", "kg:validFrom") == ["2025-07-01"]


def test_reference_graph_has_the_types_and_bodies_of_the_tables() -> None:
    found = list(reference())
    decree = PREFIXES["kgtype"] + "nghi-dinh"
    assert values(found, decree, "skos:notation") == ["NĐ"]
    assert "Decree" in values(found, decree, "skos:prefLabel")
    for body in tables.bodies():
        assert body.name in values(found, body_iri(body.name).value, "rdfs:label")


def test_no_uncertain_variant_becomes_a_name() -> None:
    assert not [q for q in reference() if isinstance(q.object, Literal) and q.object.value.endswith("?")]


def test_a_local_body_is_of_a_listed_kind() -> None:
    found = {
        (q.subject, q.object)
        for q in quads(extraction(), source(), iri=IRI, sha256=SHA256)
        if q.predicate == term("kg:ofKind")
    }
    assert (body_iri("Sở Công Thương tỉnh Hậu Giang"), body_iri("Sở Công Thương")) in found
    assert all(subject != body_iri("Chính phủ") for subject, _ in found)
