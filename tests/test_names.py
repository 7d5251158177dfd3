"""Laws and treaties cited by name: where the name ends, and which law it is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.citations.names import scan
from kg.text.normalization import fold


def names(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.name) for s in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luật Điện lực năm 2004", [("Luật Điện lực", "Luật Điện lực")]),
        (
            "Luật Phòng, chống tham nhũng và các nghị định",
            [("Luật Phòng, chống tham nhũng", "Luật Phòng, chống tham nhũng")],
        ),
        ("tận dụng EVFTA, CPTPP", [("EVFTA", "Hiệp định EVFTA"), ("CPTPP", "Hiệp định CPTPP")]),
        ("BLDS và BLHS", [("BLDS", "Bộ luật Dân sự"), ("BLHS", "Bộ luật Hình sự")]),
        ("Luật PCTN", [("Luật PCTN", "Luật Phòng, chống tham nhũng")]),
        (
            "các Luật: Đầu tư, Doanh nghiệp",
            [("Luật: Đầu tư", "Luật Đầu tư"), ("Doanh nghiệp", "Luật Doanh nghiệp")],
        ),
    ],
)
def test_names_end_where_the_sentence_goes_on(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


def test_the_name_of_an_amending_law_is_one() -> None:
    text = "Luật sửa đổi, bổ sung một số điều của Luật Quản lý thuế và Luật Hải quan ngày 01/7/2016"
    assert [found for found, _ in names(text)] == [text.partition(" ngày")[0]]


@pytest.mark.parametrize(
    "text",
    [
        "theo pháp luật Việt Nam",
        "kỷ luật Đảng",
        "dự thảo Luật Đất đai",
        "Luật sư Lê Văn A",
        "các luật có liên quan",
        "hiệp định thương mại",
    ],
)
def test_common_nouns_drafts_and_people_are_no_law(text: str) -> None:
    assert names(text) == []


def test_a_name_without_accents_is_known() -> None:
    [found] = scan(fold("phổ biến Luật Điện lực năm 2024"))
    assert found.name == "Luật Điện lực"


def test_names_stand_in_order_and_apart() -> None:
    spans = scan("Luật Đầu tư, Luật Đầu tư công; Bộ luật Lao động; Hiến pháp; Hiệp định EVFTA; Pháp lệnh Ngoại hối")
    assert [s.type for s in spans] == ["Luật", "Luật", "Bộ luật", "Hiến pháp", "Hiệp định", "Pháp lệnh"]
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_name_may_break_its_line_anywhere() -> None:
    text = "theo Bộ\nluật Lao động năm 2019 và Luật\nĐiện lực"
    assert [found.name for found in scan(text)] == ["Bộ luật Lao động", "Luật Điện lực"]
