"""The normal form folds what is no difference and finds the way back to every character."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
import kg.extract
from kg.ontology.tables import read
from kg.text.late import late
from kg.text.normalization import fold, normalize
from kg.text.patterns import alternatives, begun

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"

pieces = st.lists(
    st.sampled_from(
        ["Nghị định", "\u0110", "\u00d0", "o\u0302\u0323", " ", "\u00a0", "–", "\u00ad", "**", "<sup>3</sup>", "a"]
    )
    | st.characters(codec="utf-8"),
    max_size=40,
).map("".join)
many = settings(max_examples=200, deadline=None, derandomize=True)


def test_text_in_normal_form_is_left_alone() -> None:
    text = "Nghị định số 60/2024/NĐ-CP ngày 05/6/2024\n"
    norm = normalize(text)
    assert norm.text == text
    assert [norm.origin(i) for i in range(len(text))] == list(range(len(text)))


def test_letters_composed_or_not_become_the_same() -> None:
    text = "Uỷ ban, Hòa Bình, Nghị quyết, Đắk Lắk"
    assert normalize(unicodedata.normalize("NFD", text)).text == text


def test_marks_of_word_processors_are_dropped_and_remembered_as_anchors() -> None:
    norm = normalize("NĐ-CP[footnoteRef:12] ngày<sup>3</sup> **05**")
    assert norm.text == "NĐ-CP ngày 05"
    assert norm.anchors == ((5, "12"), (10, "3"))


def test_a_span_covers_the_marks_of_its_last_letter() -> None:
    raw = "số 1/QĐ-UBND của Huye\u0302\u0323n"
    norm = normalize(raw)
    start = norm.text.index("Huyện")
    assert raw[slice(*norm.span(start, len(norm.text)))] == "Huye\u0302\u0323n"


def test_a_span_leaves_out_what_was_dropped_behind_it() -> None:
    raw = "NĐ-CP[footnoteRef:12] ngày"
    assert raw[slice(*normalize(raw).span(0, 5))] == "NĐ-CP"


def test_line_breaks_stay() -> None:
    assert normalize("a\u00a0\r\n\u200bb\n").text == "a \r\nb\n"


@many
@given(pieces)
def test_the_normal_form_is_its_own_normal_form(raw: str) -> None:
    once = normalize(raw).text
    assert normalize(once).text == once or "\u0300" <= max(once, default="") <= "\u036f" or "*" in once or "[" in once


@many
@given(pieces)
def test_origins_rise_and_stay_inside(raw: str) -> None:
    norm = normalize(raw)
    origins = [norm.origin(i) for i in range(len(norm.text))]
    assert origins == sorted(origins)
    assert all(0 <= i < len(raw) for i in origins)


@many
@given(st.text())
def test_folding_keeps_the_length_of_composed_text(raw: str) -> None:
    assert len(fold(raw)) == len(raw)


def test_folding_drops_accents_and_case() -> None:
    assert fold("NGHỊ ĐỊNH của Ủy ban nhân dân Thừa Thiên Huế") == "nghi dinh cua uy ban nhan dan thua thien hue"


def _spans(pattern: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text)]


@pytest.mark.parametrize("row", read("wording") + read("triggers"), ids=lambda row: row.get("list", row.get("kind")))
def test_a_pattern_that_hops_finds_what_the_plain_one_finds(row: dict[str, str]) -> None:
    pattern = (row.get("words") or row["pattern"]).replace("(", "(?:").replace("(?:?", "(?")
    plain = [kg.load(path).text.lower() for path in EXAMPLES.glob("*.txt")]
    # Each word of the list itself, behind a blank and behind a letter, so that something is found.
    written = " ".join(f"{word} x{word}" for word in alternatives(pattern))
    for text in (*plain, *map(fold, plain), written):
        assert _spans(begun(pattern), text) == _spans(rf"(?<!\w)(?:{pattern})", text)


def test_all_patterns_that_wait_for_their_first_use_are_well_formed() -> None:
    late_type = type(late(""))
    modules = [module for name, module in sys.modules.items() if name.startswith("kg.")]
    waiting = [value for module in modules for value in vars(module).values() if isinstance(value, late_type)]
    assert len(waiting) > 50
    for pattern in waiting:
        assert re.compile(pattern.pattern)


def test_a_late_pattern_does_what_a_compiled_one_does() -> None:
    number, text = late(r"SỐ (\d+)", re.IGNORECASE), "số 60, số 61"
    match = number.search(text)
    assert match and match[1] == "60" and number.findall(text) == ["60", "61"]
    assert number.sub("x", text) == "x, x" and number.pattern == r"SỐ (\d+)"
    with pytest.raises(re.error):
        late("(").match("a")
