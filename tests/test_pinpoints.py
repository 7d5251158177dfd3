"""Places inside a document are put from large to small, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.citations.pinpoints import after, before
from kg.text.normalization import fold


def places(text: str) -> str | None:
    found = before(fold(text), len(text), text)
    return found[0] if found else None


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(1, 300), st.integers(1, 30), st.sampled_from("abcdđeghiklmnopqrstuvxy"))
def test_both_orders_mean_the_same_place(article: int, clause: int, point: str) -> None:
    expected = f"Điều {article} khoản {clause} điểm {point}"
    assert places(f"điểm {point} khoản {clause} Điều {article} ") == expected
    assert places(f"Điều {article}, khoản {clause}, điểm {point} của ") == expected
    behind = f", Điều {article}, khoản {clause}, điểm {point}"
    assert after(fold(behind), 0, behind) == (expected, len(behind))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khoản 3, khoản 4 Điều 8 và Điều 10 ", "Điều 8 khoản 3; Điều 8 khoản 4; Điều 10"),
        ("các điểm a, b và đ khoản 1 Điều 4 ", "Điều 4 khoản 1 điểm a; Điều 4 khoản 1 điểm b; Điều 4 khoản 1 điểm đ"),
        ("từ Điều 12 đến Điều 15 ", "Điều 12-Điều 15"),
        ("Mục 3 Chương IV ", "Chương IV Mục 3"),
        ("Phụ lục II ban hành kèm theo ", "Phụ lục II"),
        ("Clause 2, Article 42 of ", "Điều 42 khoản 2"),
    ],
)
def test_several_places(text: str, expected: str) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text", ["tài khoản 2 ", "địa điểm 5 ", "thời điểm 31 ", "hạng mục 3 ", "theo ", "Điều 5. Theo "]
)
def test_words_that_only_look_like_units_are_none(text: str) -> None:
    assert places(text) is None


def test_the_place_begins_where_its_first_word_does() -> None:
    text = "thực hiện theo khoản 2 Điều 5 "
    found = before(fold(text), len(text), text)
    assert found is not None and text[found[1] :] == "khoản 2 Điều 5 "
