"""Relations come with their evidence; each citation is led to from the report."""

from __future__ import annotations

from kg.extract import extract
from kg.model import REPORT, Rel
from kg.ontology.tables import bodies
from kg.relations.ownership import succeeds

TEXT = (
    "I. KẾT QUẢ THỰC HIỆN\n"
    "- Thực hiện Nghị định số 60/2024/NĐ-CP về chợ.\n"
    "- Tham mưu UBND tỉnh ban hành Kế hoạch số 77/KH-UBND ngày 11/3/2024 triển khai Quyết định số 1968/QĐ-TTg.\n"
    "- Nghị định số 80/2023/NĐ-CP sửa đổi Nghị định số 83/2014/NĐ-CP.\n"
    "- Các doanh nghiệp chấp hành Thông tư số 43/2023/TT-BCT."
)


def test_every_citation_has_a_relation_from_the_report() -> None:
    result = extract(TEXT)
    assert {r.target for r in result.relations if r.source == REPORT} == {m.id for m in result.mentions}


def test_the_quote_of_a_relation_holds_its_citation_and_its_verb_stands_there_or_above() -> None:
    result = extract(TEXT)
    mentions = {m.id: m for m in result.mentions}
    assert {r.rel for r in result.relations} >= {Rel.IMPLEMENTS, Rel.AMENDS, Rel.CITES}
    for relation in result.relations:
        target = mentions[relation.target]
        assert relation.start <= target.start and target.end <= relation.end
        if relation.trigger:
            assert relation.trigger in TEXT[: relation.end].lower()


def test_no_document_acts_on_itself_and_no_relation_stands_twice() -> None:
    result = extract(TEXT)
    rows = [(r.source, r.rel, r.target) for r in result.relations]
    assert len(rows) == len(set(rows))
    assert all(source != target for source, _, target in rows)


def test_a_relation_with_a_verb_is_surer_than_one_without() -> None:
    told, bare = extract("Triển khai Nghị định số 60/2024/NĐ-CP."), extract("Xem Nghị định số 60/2024/NĐ-CP.")
    assert told.relations[0].confidence > bare.relations[0].confidence
    assert (told.relations[0].rel, bare.relations[0].rel) == (Rel.IMPLEMENTS, Rel.CITES)


def test_a_heading_ends_the_reach_of_a_verb() -> None:
    text = "I. Triển khai thực hiện\nThông tin chung.\n\nII. Văn bản\nNghị định số 60/2024/NĐ-CP về chợ."
    assert [r.rel for r in extract(text).relations] == [Rel.CITES]


def test_a_document_changes_none_that_came_after_it() -> None:
    """The second decree of the list is applied beside the first, whatever verb stands in the title between."""
    text = (
        "Áp dụng Nghị định số 204/2004/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 117/2016/NĐ-CP về sửa đổi, bổ sung "
        "một số điều của Nghị định số 204/2004/NĐ-CP về chế độ tiền lương và Nghị định số 111/2022/NĐ-CP về hợp đồng."
    )
    result = extract(text)
    number = {m.id: m.number for m in result.mentions}
    changes = {(number[r.source], number[r.target]) for r in result.relations if r.rel is Rel.AMENDS}
    assert changes == {("117/2016/NĐ-CP", "204/2004/NĐ-CP")}


def test_succession_comes_to_an_end_for_every_listed_body() -> None:
    """Names come back: Cục Địa chất và Khoáng sản Việt Nam is its own heir by way of three others."""
    names = {body.name for body in bodies()}
    assert not [name for name in names if succeeds("Bộ không có", name)]
    assert succeeds("Cục Khoáng sản Việt Nam", "Cục Địa chất và Khoáng sản Việt Nam")
