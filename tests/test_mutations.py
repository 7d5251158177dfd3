"""Ways of writing that are no difference leave what a citation says the same; no text at all breaks the reader."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import REPORT, Extraction, Mention

CITATIONS = (
    "Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ",
    "Quyết định số 1588/QĐ-TTg ngày 08 tháng 12 năm 2023 của Thủ tướng Chính phủ",
    "Nghị quyết số 29-NQ/TW ngày 17/11/2022 của Ban Chấp hành Trung ương Đảng",
    "Kế hoạch số 77/KH-UBND ngày 11/3/2024 của UBND tỉnh Kiên Giang",
    "Công văn số 3411/BCT-TTTN ngày 22/5/2024 của Bộ Công Thương",
    "Thông tư liên tịch số 58/2015/TTLT-BCT-BKHCN ngày 31/12/2015",
    "Luật Giá số 16/2023/QH15 ngày 19/6/2023",
    "Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025 của Chính phủ",
    "Nghị quyết số 35/2023/UBTVQH15 ngày 12/7/2023",
    "Quyết định số 17/2023/QĐ-UBND ngày 30/6/2023 của Ủy ban nhân dân tỉnh Đồng Tháp",
    "Nghị quyết số 30c/NQ-CP ngày 08/11/2011 của Chính phủ",
    "Chương trình số 28-CTr/TU ngày 14/3/2023 của Tỉnh ủy Sơn La",
)
LEAD = "Căn cứ "

quick = settings(max_examples=60, deadline=None, derandomize=True)
thorough = settings(max_examples=200, deadline=None, derandomize=True)

citations = st.sampled_from(CITATIONS)
Draw = Callable[[st.SearchStrategy[str]], str]
Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
forms: st.SearchStrategy[Form] = st.sampled_from(get_args(Form))


def said(text: str) -> list[tuple[str | None, ...]]:
    """What identifies each citation of a text; for a law also its name."""
    return [(m.type, m.number, m.date, m.issuer, m.name, m.urn) for m in extract(text).mentions]


def quotes_are_exact(text: str, result: Extraction) -> None:
    known = {REPORT, *(m.id for m in result.mentions)}
    quoted: list[tuple[int, int, str]] = [(m.start, m.end, m.text) for m in result.mentions]
    quoted += [(t.start, t.end, t.text) for t in result.tasks]
    quoted += [(r.start, r.end, r.text) for r in result.references]
    for start, end, quote in quoted:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quote
    spans = [(r.start, r.end) for r in result.relations] + [(f.start, f.end) for f in result.findings]
    for start, end in spans + [(s.start, s.end) for s in result.sections]:
        assert 0 <= start <= end <= len(text)
    assert {r.source for r in result.relations} | {r.target for r in result.relations} <= known
    assert {i for t in result.tasks for i in t.mentions} <= known
    assert {i for r in result.references for i in r.to} <= known


def replaced(draw: Draw, text: str, old: str, choices: list[str]) -> str:
    """``text`` with each ``old`` replaced by a drawn choice."""
    return "".join(draw(st.sampled_from(choices)) if char == old else char for char in text)


@quick
@given(citations, forms)
def test_unicode_form_is_no_difference(citation: str, form: Form) -> None:
    assert said(unicodedata.normalize(form, LEAD + citation)) == said(LEAD + citation)


@thorough
@given(citations, st.data())
def test_kinds_of_blank_are_no_difference(citation: str, data: st.DataObject) -> None:
    blanks = [" ", "  ", "\u00a0", "\u202f", "\u2009", "\t", "\u00a0 "]
    assert said(LEAD + replaced(data.draw, citation, " ", blanks)) == said(LEAD + citation)


@thorough
@given(citations, st.data())
def test_a_line_may_end_at_any_blank(citation: str, data: st.DataObject) -> None:
    text = LEAD + replaced(data.draw, citation, " ", [" ", " ", "\n", " \n", "\r\n"])
    assert said(text) == said(LEAD + citation)


@quick
@given(citations, st.data())
def test_a_line_may_end_behind_a_mark_of_the_symbol(citation: str, data: st.DataObject) -> None:
    head, number, tail = citation.partition(said(LEAD + citation)[0][1] or "")
    broken = replaced(data.draw, replaced(data.draw, number, "-", ["-", "-\n", "- "]), "/", ["/", "/\n", "/ "])
    assert said(LEAD + head + broken + tail) == said(LEAD + citation)


@quick
@given(citations, st.data())
def test_kinds_of_hyphen_are_no_difference(citation: str, data: st.DataObject) -> None:
    hyphens = ["-", "\u2010", "\u2011", "\u2012", "–", "—", "\u2212", "-\u00ad", "\ufe58"]
    assert said(LEAD + replaced(data.draw, citation, "-", hyphens)) == said(LEAD + citation)


@quick
@given(citations, st.data())
def test_kinds_of_the_letter_dj_are_no_difference(citation: str, data: st.DataObject) -> None:
    text = replaced(data.draw, replaced(data.draw, citation, "Đ", ["Đ", "\u00d0", "\u0189"]), "đ", ["đ", "\u00f0"])
    assert said(LEAD + text) == said(LEAD + citation)


@thorough
@given(citations, st.data())
def test_invisible_characters_are_no_difference(citation: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(citation)))
    mark = data.draw(st.sampled_from(["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"]))
    assert said(LEAD + citation[:at] + mark + citation[at:]) == said(LEAD + citation)


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title], ids=["upper", "lower", "title"])
@pytest.mark.parametrize("citation", CITATIONS)
def test_case_of_the_type_words_is_no_difference(citation: str, case: Callable[[str], str]) -> None:
    kind = said(LEAD + citation)[0][0] or ""
    assert citation.startswith(kind)
    assert said(LEAD + case(kind) + citation.removeprefix(kind)) == said(LEAD + citation)


@quick
@given(
    st.lists(st.integers(1, 999), min_size=2, max_size=4, unique=True),
    st.integers(2010, 2026),
    st.sampled_from([", số ", ", "]),
)
def test_the_order_of_a_list_is_no_difference(serials: list[int], year: int, glue: str) -> None:
    numbers = [f"{serial:02d}/{year}/NĐ-CP" for serial in serials]

    def listed(order: list[str]) -> list[tuple[str | None, ...]]:
        return said(f"Căn cứ các Nghị định số {glue.join(order[:-1])} và số {order[-1]} của Chính phủ.")

    forward, backward = listed(numbers), listed(numbers[::-1])
    assert [row[1] for row in forward] == numbers
    assert sorted(forward, key=str) == sorted(backward, key=str)


@pytest.mark.parametrize("written", ["9/QĐ-UBND", "09/QĐ-UBND", "009/QĐ-UBND"])
def test_leading_zeros_do_not_change_the_identifier(written: str) -> None:
    [mention] = extract(f"Theo Quyết định số {written} ngày 05/01/2024 của UBND tỉnh Kiên Giang.").mentions
    assert mention.number == written
    assert mention.urn == "urn:lex:vn;kien.giang:uy.ban.nhan.dan:quyet.dinh:2024;09-qd-ubnd"


@quick
@given(citations, st.sampled_from(["Trong kỳ, ", "Kết quả 15/20 xã; ", "Ngày hội năm trước, "]))
def test_a_passage_before_moves_offsets_and_nothing_else(citation: str, before: str) -> None:
    def moved(mention: Mention, by: int) -> tuple[int, int, str, str | None]:
        return mention.start - by, mention.end - by, mention.text, mention.number

    alone, behind = extract(LEAD + citation), extract(before + LEAD + citation)
    assert [moved(m, len(before)) for m in behind.mentions] == [moved(m, 0) for m in alone.mentions]


WORDS = """
Nghị định ·Quyết định·Luật ·Luật sửa đổi, bổ sung một số điều của ·Thông tư liên tịch ·NĐ ·KH ·số ·số: ·60/2024/NĐ-CP
·1588/QĐ-TTg·18-NQ/TW·/·-·.·12·2024·/2024·QH15·30c·TTLT-· ngày ·05/6/2024·tháng 6· năm 2024· của ·Chính phủ·UBND tỉnh
·Hậu Giang·Sở Công Thương·TP. ·khoản 2 ·Điều 42 ·điểm a ·các · và ·, ·; ·(·)·“·:·| ·BÁO CÁO⏎·I. ·1. ·- ·a) ·Số: ·V/v
·[footnoteRef:3]·<sup>2</sup>·**·[^1]·[1: ·[bookmark: x]·triển khai ·ban hành ·sửa đổi, bổ sung ·bãi bỏ ·được ·chưa
·này· nêu trên·các văn bản trên·QUYẾT ĐỊNH:⏎·Nơi nhận:⏎·giao ·trước ngày ·PHỤ LỤC⏎·Kính gửi: ·Điều 1. ·Căn cứ
·UBND TỈNH HÀ TĨNH⏎·6 tháng đầu năm 2024·⏎·⏎⏎·Thực hiện """
FRAGMENTS = (
    *(word.replace("⏎", "\n") for word in WORDS.replace("\n", " ").split("·")),
    *("\t", "\r\n", "\f", "\u0323", "\u0302", "\u00ad", "\u200b", "\u00d0", "\u2011"),
)


@thorough
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_fragments_in_any_order_are_read_and_quoted_exactly(text: str) -> None:
    quotes_are_exact(text, extract(text))


@thorough
@given(st.text(max_size=300))
def test_any_text_is_read_and_quoted_exactly(text: str) -> None:
    quotes_are_exact(text, extract(text))


@quick
@given(st.text(alphabet="0123456789/-. QĐNCPTgUBDsố\n", max_size=200))
def test_figures_and_marks_are_read_and_quoted_exactly(text: str) -> None:
    quotes_are_exact(text, extract(text))


@quick
@given(st.lists(citations, min_size=1, max_size=4), forms, st.data())
def test_mutated_citations_are_quoted_exactly(chosen: list[str], form: Form, data: st.DataObject) -> None:
    text = unicodedata.normalize(form, "; ".join(chosen))
    text = replaced(data.draw, text, " ", [" ", "\n", "\u00a0", " \u00ad", "\u200b "])
    quotes_are_exact(text, extract(text))
