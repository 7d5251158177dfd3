"""Numbers with their symbols: styles, parts, and what is mended without a doubt."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.entities.symbols import Style, find, issuers, scan, types

quick = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "style", "kind", "bodies"),
    [
        ("01/QĐ-UBND", Style.STATE, "QĐ", ("UBND",)),
        ("60/2024/NĐ-CP", Style.STATE, "NĐ", ("CP",)),
        ("58/2015/TTLT-BCT-BKHCN", Style.STATE, "TTLT", ("BCT", "BKHCN")),
        ("3685/UBND-KT2", Style.LETTER, None, ("UBND", "KT2")),
        ("45/2019/QH14", Style.ASSEMBLY, None, ("QH14",)),
        ("18-NQ/TW", Style.PARTY, "NQ", ("TW",)),
        ("36/CP", Style.OLD, None, ("CP",)),
        ("178-HĐBT", Style.OLD, None, ("HĐBT",)),
    ],
)
def test_the_style_tells_type_and_bodies(text: str, style: Style, kind: str | None, bodies: tuple[str, ...]) -> None:
    found = find(text)
    assert found is not None
    assert (found.number, found.style, found.type_abbr, found.bodies) == (text, style, kind, bodies)


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("60/2024/ND-CP", "60/2024/NĐ-CP"),
        ("60/2024/NĐCP", "60/2024/NĐ-CP"),
        ("60/2024/NĐ-\nCP", "60/2024/NĐ-CP"),
        ("60 / 2024 / NĐ - CP", "60/2024/NĐ-CP"),
        ("60/2O24/NĐ-CP", "60/2024/NĐ-CP"),
        ("1588/QĐ-TTG", "1588/QĐ-TTg"),
        ("1588/QĐ/TTg", "1588/QĐ-TTg"),
        ("74/QĐ.UBND", "74/QĐ-UBND"),
    ],
)
def test_what_the_tables_leave_no_doubt_of_is_mended(damaged: str, mended: str) -> None:
    found = find(damaged)
    assert found is not None and found.number == mended
    assert (found.start, found.end) == (0, len(damaged))


@pytest.mark.parametrize(
    "text", ["19/51 xã", "500/220kV", "05/6/2024", "2021-2025", "24/24 giờ", "12,8/78MW", "95A-123.45"]
)
def test_look_alikes_have_no_symbol(text: str) -> None:
    assert scan(text) == []


def test_serials_keep_letters_points_and_zeros() -> None:
    texts = ("30a/2008/NQ-CP", "66.7/2025/NQ-CP", "09/QĐ-TTg", "88bis/QĐ-UBND")
    assert [s.serial for text in texts for s in scan(text)] == ["30a", "66.7", "09", "88bis"]


@quick
@given(
    st.integers(1, 99999),
    st.none() | st.integers(1990, 2026),
    st.sampled_from(["NĐ-CP", "QĐ-TTg", "TT-BCT", "KH-UBND", "NQ-HĐND", "CT-TTg", "TTr-SCT", "QĐ-BGDĐT"]),
)
def test_numbers_are_read_back_as_they_are_built(serial: int, year: int | None, letters: str) -> None:
    number = "/".join([f"{serial:02d}", *([str(year)] if year else []), letters])
    [found] = scan(f"theo số {number} ngày")
    assert (found.number, found.serial, found.year) == (number, f"{serial:02d}", str(year) if year else None)


@quick
@given(st.text(max_size=80))
def test_symbols_are_in_order_and_apart(text: str) -> None:
    found = scan(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[s.start : s.end].strip() for s in found)


def test_tables_answer_with_and_without_accents() -> None:
    assert types()["NĐ"] == types()["ND"]
    assert issuers()["HĐND"][0] in issuers()["HDND"]
