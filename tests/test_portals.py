"""The headings of the legal portals: each relation with its direction."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.graph.store import Graph
from kg.ontology.vocabulary import REGISTRY, term
from kg.pipeline.portals import Ambiguous, Heading, heading, headings
from kg.pipeline.registry import import_registry

SHOWN, LISTED = NamedNode("urn:x:shown"), NamedNode("urn:x:listed")
OUT, BACK = (SHOWN, LISTED), (LISTED, SHOWN)
OLD, NEW, NAMES, TVPL, LVN = (
    "vbpl.vn before 2025",
    "vbpl.vn",
    "vbpl.vn relation names",
    "thuvienphapluat.vn",
    "luatvietnam.vn",
)

# Each direction as a person reads it: what the shown document does, and what is done to it.
DOES = {
    OLD: {
        "eli:based_on": ["Văn bản căn cứ"],
        "eli:cites": ["Văn bản dẫn chiếu"],
        "kg:guides": ["Văn bản được HD, QĐ chi tiết"],
        "eli:amends": ["Văn bản được sửa đổi", "Văn bản được bổ sung", "Văn bản bị hết hiệu lực 1 phần"],
        "eli:repeals": ["Văn bản hết hiệu lực"],
        "kg:suspends": ["Văn bản bị đình chỉ", "Văn bản bị đình chỉ 1 phần"],
        "eli:related_to": ["Văn bản liên quan khác"],
    },
    NEW: {
        "eli:based_on": ["Căn cứ ban hành"],
        "eli:cites": ["Văn bản được dẫn chiếu"],
        "kg:guides": ["Văn bản được hướng dẫn áp dụng", "Văn bản được quy định chi tiết, hướng dẫn thi hành"],
        "eli:amends": ["Văn bản được sửa đổi bổ sung"],
        "eli:corrects": ["Văn bản được đính chính"],
        "eli:consolidates": ["Văn bản được hợp nhất"],
        "kg:replaces": ["Văn bản được thay thế"],
        "eli:repeals": ["Văn bản bị bãi bỏ"],
        "kg:interprets": ["Văn bản được giải thích"],
        "kg:suspends": ["Văn bản bị đình chỉ thi hành", "Văn bản bị tạm ngưng hiệu lực"],
        "kg:promulgates": ["Văn bản được công bố"],
        "eli:related_to": ["Bản dịch"],
    },
    TVPL: {
        "kg:guides": ["Văn bản được hướng dẫn"],
        "eli:consolidates": ["Văn bản được hợp nhất"],
        "eli:amends": ["Văn bản bị sửa đổi bổ sung"],
        "eli:corrects": ["Văn bản bị đính chính"],
        "kg:replaces": ["Văn bản bị thay thế"],
        "eli:cites": ["Văn bản được dẫn chiếu"],
        "eli:based_on": ["Văn bản được căn cứ"],
        "eli:related_to": ["Văn bản liên quan ngôn ngữ", "Văn bản liên quan cùng nội dung"],
    },
    LVN: {
        "eli:based_on": ["Văn bản căn cứ"],
        "eli:cites": ["Văn bản dẫn chiếu"],
        "kg:guides": ["Văn bản được hướng dẫn"],
        "eli:amends": ["Văn bản bị sửa đổi, bổ sung", "Văn bản hết hiệu lực một phần"],
        "eli:repeals": ["Văn bản hết hiệu lực", "Văn bản bị quy định hết hiệu lực"],
        "eli:related_to": ["Văn bản tiếng Anh"],
    },
}
IS_DONE_TO = {
    OLD: {
        "kg:guides": ["Văn bản HD, QĐ chi tiết"],
        "eli:amends": ["Văn bản sửa đổi", "Văn bản bổ sung", "Văn bản quy định hết hiệu lực 1 phần"],
        "eli:repeals": ["Văn bản quy định hết hiệu lực"],
        "kg:suspends": ["Văn bản đình chỉ", "Văn bản đình chỉ 1 phần"],
    },
    NEW: {
        "eli:based_on": ["Văn bản áp dụng"],
        "eli:cites": ["Văn bản dẫn chiếu"],
        "kg:guides": ["Văn bản hướng dẫn áp dụng", "Văn bản quy định chi tiết, hướng dẫn thi hành"],
        "eli:amends": ["Văn bản sửa đổi bổ sung"],
        "eli:corrects": ["Văn bản đính chính"],
        "eli:consolidates": ["Văn bản hợp nhất"],
        "kg:replaces": ["Văn bản thay thế"],
        "eli:repeals": ["Văn bản bãi bỏ"],
        "kg:interprets": ["Văn bản giải thích"],
        "kg:suspends": ["Văn bản đình chỉ thi hành", "Văn bản tạm ngưng hiệu lực"],
        "kg:promulgates": ["Văn bản công bố"],
    },
    TVPL: {
        "kg:guides": ["Văn bản hướng dẫn"],
        "eli:consolidates": ["Văn bản hợp nhất"],
        "eli:amends": ["Văn bản sửa đổi bổ sung"],
        "eli:corrects": ["Văn bản đính chính"],
        "kg:replaces": ["Văn bản thay thế"],
    },
    LVN: {
        "kg:guides": ["Văn bản hướng dẫn"],
        "eli:amends": ["Văn bản sửa đổi, bổ sung", "Văn bản quy định hết hiệu lực một phần"],
        "eli:repeals": ["Văn bản quy định hết hiệu lực"],
        "eli:corrects": ["Văn bản đính chính"],
        "eli:consolidates": ["Văn bản hợp nhất"],
        "kg:replaces": ["Văn bản thay thế"],
        "kg:suspends": ["Văn bản đình chỉ", "Văn bản đình chỉ một phần"],
    },
}
EXPECTED = [
    (portal, label, predicate, ends)
    for table, ends in ((DOES, OUT), (IS_DONE_TO, BACK))
    for portal, relations in table.items()
    for predicate, labels in relations.items()
    for label in labels
]


@pytest.mark.parametrize(("portal", "label", "predicate", "ends"), EXPECTED)
def test_heading_gives_its_relation_in_its_direction(
    portal: str, label: str, predicate: str, ends: tuple[NamedNode, NamedNode]
) -> None:
    found = heading(label, portal)
    assert found is not None
    assert found.triple(SHOWN, LISTED) == (ends[0], term(predicate), ends[1])


def test_names_of_relations_say_what_the_first_document_does() -> None:
    for one in headings():
        if one.portal == NAMES:
            assert one.outgoing, one


def test_every_heading_is_tested_but_those_of_the_document_itself() -> None:
    listed = Counter((h.portal, h.label) for h in headings() if h.predicate is not None and h.portal != NAMES)
    assert set(listed) == {(portal, label) for portal, label, _, _ in EXPECTED}
    assert set(listed.values()) == {1}
    assert {h.label for h in headings() if h.predicate is None} == {"Văn bản hiện thời", "Văn bản đang xem"}


def test_both_sides_of_a_relation_point_in_opposite_directions() -> None:
    """The passive heading (được, bị) and the active one, where a portal has both."""

    def active(label: str) -> str:
        return label.replace("Văn bản được ", "Văn bản ").replace("Văn bản bị ", "Văn bản ")

    pairs = defaultdict(set)
    for one in headings():
        pairs[one.portal, active(one.label)].add(one)
    both = [sorted(group, key=lambda h: len(h.label)) for group in pairs.values() if len(group) == 2]
    assert len(both) >= 20
    for actively, passively in both:
        assert actively.predicate == passively.predicate, (actively, passively)
        assert (actively.outgoing, passively.outgoing) == (False, True)


def test_parts_are_told() -> None:
    assert {h.label for h in headings() if h.partial} == {
        h.label for h in headings() if "1 phần" in h.label or "một phần" in h.label
    }


def test_a_heading_of_two_meanings_needs_its_portal() -> None:
    with pytest.raises(Ambiguous, match=r"vbpl\.vn"):
        heading("Văn bản dẫn chiếu")
    old, new = (heading("Văn bản dẫn chiếu", portal) for portal in (OLD, NEW))
    assert isinstance(old, Heading) and isinstance(new, Heading)
    assert (old.outgoing, new.outgoing) == (True, False)
    assert heading("Trích yếu") is None


def test_a_register_gives_the_relations_under_the_headings_of_a_portal(tmp_path: Path) -> None:
    rows = [
        {
            "number": "60/2024/NĐ-CP",
            "type": "Nghị định",
            "date": "2024-06-05",
            "Văn bản bị thay thế": ["Nghị định 02/2003/NĐ-CP ngày 14/01/2003"],
            "Văn bản được căn cứ": ["Luật Thương mại 2005", "Luật 76/2015/QH13"],
            "Văn bản sửa đổi, bổ sung": "Nghị định 123/2025/NĐ-CP",
            "Văn bản dẫn chiếu": ["Nghị định 1/2024/NĐ-CP"],
            "Văn bản hướng dẫn": ["Công văn không số"],
        },
        {"number": "61/2024/NĐ-CP", "Văn bản dẫn chiếu": "Nghị định 60/2024/NĐ-CP", "portal": "vbpl.vn"},
    ]
    path = tmp_path / "register.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    with Graph.open(tmp_path / "graph", read_only=False) as graph:
        done = import_registry(graph, path)
        found = graph.select(
            f"""SELECT ?a ?p ?b {{ GRAPH {REGISTRY} {{ ?a ?p ?b . ?b a kg:LegalDocument .
                  FILTER(?p != owl:sameAs) }} }} ORDER BY ?a ?p ?b"""
        )
    decree = "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
    named = {(str(r["a"]), str(r["p"]).rsplit("#")[-1].rsplit("/")[-1], str(r["b"])) for r in found}
    assert named == {
        (decree, "replaces", "urn:lex:vn:chinh.phu:nghi.dinh:2003;02-2003-nd-cp"),
        (decree, "based_on", "urn:lex:vn:quoc.hoi:luat:2005;thuong.mai"),
        (decree, "based_on", "urn:lex:vn:quoc.hoi:luat:2015;76-2015-qh13"),
        ("urn:lex:vn:chinh.phu:nghi.dinh:2025;123-2025-nd-cp", "amends", decree),
        (decree, "cites", "urn:lex:vn:chinh.phu:nghi.dinh:2024;61-2024-nd-cp"),
    }
    assert [(p.line, p.message.split(":")[0].split(" (")[0]) for p in done.problems] == [
        (1, "portals mean different relations by this heading"),
        (1, "Văn bản hướng dẫn"),
    ]
