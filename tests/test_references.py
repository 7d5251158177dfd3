"""References back are resolved with a reason, or left open; nothing is guessed."""

from __future__ import annotations

import pytest

from kg.extract import extract

FULL = "Theo Nghị định số 60/2024/NĐ-CP ngày 05/6/2024. "


@pytest.mark.parametrize(
    ("text", "to", "reason"),
    [
        (FULL + "Nghị định này có hiệu lực.", ("m1",), "nearest-same-type"),
        (FULL + "Thông tư này có hiệu lực.", (), "no-antecedent"),
        (FULL + "Nghị định 60 quy định về chợ.", ("m1",), "same-number"),
        (FULL + "Khác Nghị định số 60/2003/NĐ-CP. Nghị định 60 quy định.", (), "ambiguous"),
    ],
)
def test_a_reference_is_resolved_with_its_reason(text: str, to: tuple[str, ...], reason: str) -> None:
    [reference] = extract(text).references
    assert (reference.to, reference.reason) == (to, reason)
    assert text[reference.start : reference.end] == reference.text


def test_what_stands_behind_is_no_antecedent() -> None:
    [reference] = extract("Nghị định này có hiệu lực. " + FULL).references
    assert reference.to == ()


def test_an_antecedent_far_above_is_not_taken() -> None:
    [reference] = extract(FULL + "Sản xuất ổn định. " * 200 + "Nghị định này có hiệu lực.").references
    assert (reference.to, reference.reason) == ((), "no-antecedent")
