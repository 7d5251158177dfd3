"""Citations are read outward from their core: spans, what a list shares, who issues."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.citations import Citation, find
from kg.model import Header
from kg.text.normalization import normalize

HOME = Header(province="Kiên Giang", issuer="Sở Công Thương tỉnh Kiên Giang")


def cite(text: str, header: Header | None = None) -> list[Citation]:
    return find(normalize(text).text, header)


def test_the_span_is_type_so_and_number_and_the_tail_date_and_issuer() -> None:
    text = "Căn cứ Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ về chợ;"
    [found] = cite(text)
    assert text[found.start : found.end] == "Nghị định số 60/2024/NĐ-CP"
    assert text[found.core : found.end] == "60/2024/NĐ-CP"
    assert text[found.end : found.tail] == " ngày 05/6/2024 của Chính phủ"


def test_the_issuer_written_with_the_citation_is_told_from_the_one_that_follows() -> None:
    text = "Theo Kế hoạch số 77/KH-UBND của UBND tỉnh và Kế hoạch số 31/KH-SCT"
    assert [(c.issuer, c.issuer_written) for c in cite(text, HOME)] == [
        ("Ủy ban nhân dân tỉnh Kiên Giang", True),
        ("Sở Công Thương tỉnh Kiên Giang", False),
    ]


def test_letters_that_several_share_lend_no_issuer_to_another_citation_with_figures_or_without() -> None:
    for letters, issuer in (("CT", None), ("CT05", None), ("YHA", "Công ty Điện lực Yên Hà")):
        text = f"Quyết định số 12/QĐ-{letters} của Công ty Điện lực Yên Hà; Quyết định số 13/QĐ-{letters} về giá điện."
        assert [c.issuer for c in cite(text, HOME)] == ["Công ty Điện lực Yên Hà", issuer]


def test_spans_of_the_document_itself_hold_no_citation() -> None:
    text = "Số: 12/BC-SCT\nTheo Nghị định số 60/2024/NĐ-CP"
    assert [c.number for c in find(text, None, ((0, 13),))] == ["60/2024/NĐ-CP"]


def test_a_law_by_name_and_number_is_one_citation_with_both() -> None:
    [found] = cite("Luật Giá số 16/2023/QH15 ngày 19/6/2023")
    assert (found.number, found.name, found.named) == ("16/2023/QH15", "Luật Giá", False)
    [named] = cite("Luật Giá năm 2023")
    assert (named.number, named.name, named.named) == (None, "Luật Giá", True)


def test_a_list_shares_its_head_and_date() -> None:
    found = cite("Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương")
    assert [(c.type, c.type_written, c.date) for c in found] == [
        ("Nghị quyết", True, "2017-10-25"),
        ("Nghị quyết", False, "2017-10-25"),
    ]


def test_the_subject_behind_a_citation_is_its_title() -> None:
    [found] = cite("Quyết định số 645/QĐ-TTg ngày 15/5/2020 phê duyệt Kế hoạch thương mại điện tử; sau đó")
    assert found.title == "phê duyệt Kế hoạch thương mại điện tử"


@pytest.mark.parametrize("after", [".]", ".[1] Sở đã làm.", ". Sở đã làm."])
def test_a_title_ends_with_its_sentence_in_a_footnote_and_before_its_mark(after: str) -> None:
    [found] = cite(f"Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ{after}")
    assert found.title == "về phát triển và quản lý chợ"


def test_a_plain_citation_is_surer_than_a_short_one() -> None:
    [full] = cite("Nghị định số 60/2024/NĐ-CP")
    [short] = cite("Nghị định 60 về chợ")
    assert 0 < short.confidence < full.confidence <= 1


def test_citations_stand_in_order_and_apart() -> None:
    found = cite(
        "Luật Giá; NĐ 83/2014, 95/2021; các Kế hoạch số 12, 17 và 20/KH-SCT; Điều 5 Luật Đầu tư số 61/2020/QH14"
    )
    assert len(found) == 7
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_local_body_has_the_name_that_its_province_had_on_the_day() -> None:
    """Huế was Thừa Thiên Huế until 2024 (Nghị quyết 175/2024/QH15)."""
    home = Header(province="Huế", issuer="Sở Công Thương thành phố Huế", date="2025-10-20")
    text = "Theo Quyết định số 12/QĐ-UBND ngày 5/1/2023 của UBND tỉnh, Nghị quyết số 54-NQ/TU ngày 5/3/2021, "
    text += "Công văn số 11/SCT-TM ngày 3/9/2025"
    assert [c.issuer for c in find(text, home)] == [
        "Ủy ban nhân dân tỉnh Thừa Thiên Huế",
        "Tỉnh ủy Thừa Thiên Huế",
        "Sở Công Thương thành phố Huế",
    ]


def test_letters_without_a_day_are_read_by_that_of_the_report() -> None:
    for date, department in (
        ("2024-05-10", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("2025-10-06", "Sở Nông nghiệp và Môi trường"),
    ):
        (letter,) = find("Theo Công văn số 3113/SNN-CCTL", Header(province="Bắc Ninh", date=date))
        assert letter.issuer == f"{department} tỉnh Bắc Ninh"
