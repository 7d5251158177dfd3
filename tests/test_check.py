"""The lint of a document's citations, alone and against what a graph knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import question_samples as sample
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.checks.check import check
from kg.graph.store import Graph
from kg.model import Finding, Severity
from kg.output.annotate import annotate


def found(text: str, graph: Graph | None = None) -> list[Finding]:
    return check(kg.extract(text), graph)


def codes(text: str, graph: Graph | None = None) -> set[str]:
    return {finding.code for finding in found(text, graph)}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with Graph.open(sample.make(tmp_path_factory.mktemp("check") / "graph"), read_only=True) as opened:
        yield opened


CLEAN = "Sở đã thực hiện Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ."


def test_a_right_citation_has_no_finding() -> None:
    assert found(CLEAN) == []


@pytest.mark.parametrize(
    ("date", "suggestion"),
    [("31/02/2024", None), ("06/25/2024", "25/06/2024"), ("ngày 30 tháng 2 năm 2024", None), ("00/6/2024", None)],
)
def test_a_day_that_is_not_in_the_calendar(date: str, suggestion: str | None) -> None:
    text = f"Sở đã thực hiện Nghị định số 60/2024/NĐ-CP ngày {date.removeprefix('ngày ')} của Chính phủ."
    (finding,) = [f for f in found(text) if f.code == "impossible-date"]
    assert text[finding.start : finding.end] == date.removeprefix("ngày ")
    assert (finding.severity, finding.suggestion) == (Severity.ERROR, suggestion)


def test_the_first_citation_should_have_a_date() -> None:
    (finding,) = found("Thực hiện Kế hoạch số 15/KH-UBND của UBND tỉnh Hậu Giang. Kế hoạch số 15/KH-UBND đã xong.")
    assert (finding.code, finding.severity) == ("missing-date", Severity.WARNING)
    (milder,) = found("Thực hiện Nghị định số 60/2024/NĐ-CP của Chính phủ.")
    assert (milder.code, milder.severity) == ("missing-date", Severity.INFO)
    assert "missing-date" not in codes(CLEAN + " Theo Nghị định số 60/2024/NĐ-CP, chợ phải có nội quy.")


def test_the_findings_of_the_extraction_are_there() -> None:
    assert "year-contradiction" in codes("Thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2023 của Chính phủ.")
    assert "type-contradiction" in codes("Thực hiện Thông tư số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ.")


def test_a_symbol_of_no_known_body() -> None:
    assert "unknown-issuer" in codes("Thực hiện Quyết định số 12/QĐ-XYZWV ngày 05/6/2023.")


def test_a_date_that_differs_from_that_of_the_graph(graph: Graph) -> None:
    text = "Sở đã thực hiện Nghị định số 60/2024/NĐ-CP ngày 15/6/2024 của Chính phủ."
    (finding,) = [f for f in found(text, graph) if f.code == "date-differs"]
    assert finding.suggestion == "2024-06-05"
    assert "date-differs" not in codes(CLEAN, graph) | codes(text)


def test_a_document_that_the_graph_knows_as_replaced(graph: Graph) -> None:
    text = "Căn cứ Nghị định số 02/2003/NĐ-CP ngày 14/01/2003 của Chính phủ về chợ."
    (finding,) = [f for f in found(text, graph) if f.code == "replaced"]
    assert finding.suggestion == sample.DECREE.iri("")
    assert "Nghị định 60/2024/NĐ-CP replaces or repeals" in finding.message


def test_a_document_that_is_almost_in_the_graph(graph: Graph) -> None:
    (finding,) = [
        f for f in found("Căn cứ Nghị định số 61/2024/NĐ-CP ngày 05/6/2024.", graph) if f.code == "near-match"
    ]
    assert finding.suggestion == sample.DECREE.iri("")


def test_a_law_of_another_number_is_not_near(graph: Graph) -> None:
    text = "Căn cứ Luật Đất đai số 32/2024/QH15 ngày 18/01/2024."
    assert "near-match" not in codes(text, graph)


def test_a_citation_of_no_real_day_has_a_date(graph: Graph) -> None:
    for date in ("ngày 05/6/20245", "tháng 13/2024", "ngày 31/02/2024"):
        assert not {"missing-date", "date-differs"} & codes(f"Thực hiện Kế hoạch số 15/KH-UBND {date}.", graph)


def test_a_citation_that_fits_several_documents(graph: Graph) -> None:
    (finding,) = [f for f in found("Thực hiện Nghị quyết số 01/NQ-CP của Chính phủ.", graph) if f.code == "several-fit"]
    assert finding.suggestion is not None
    assert set(finding.suggestion.split(", ")) == {sample.RESOLUTION.iri(""), sample.EARLIER.iri("")}


def test_offsets_are_those_of_the_text_as_loaded() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Thực hiện Nghị định số 60/2024/NĐ-CP ngày 31/02/2024.")
    (finding,) = [f for f in found(text) if f.code == "impossible-date"]
    assert text[finding.start : finding.end] == "31/02/2024"


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([CLEAN, "số 60/2024", "ngày 31/02/2024", "QĐ-UBND 5", "<b>"])).map(" ".join)
)
def test_any_text_is_linted_and_annotated(text: str) -> None:
    extraction = kg.extract(text)
    for finding in check(extraction):
        assert 0 <= finding.start <= finding.end <= len(text)
    page = annotate(extraction, title="t")
    assert page.count('<a class="cite') == len(extraction.mentions)


def test_an_annotated_page_runs_nothing_and_keeps_the_text(tmp_path: Path) -> None:
    from lxml import html

    text = CLEAN + ' <script>alert("x")</script> " onmouseover="alert(1) Nghị quyết số 01/NQ-CP.\n\n  Hết & hết.'
    page = annotate(kg.extract(text), title="<script>", link="https://example.org/d/{urn}?a=1&b=2")
    tree = html.document_fromstring(page)
    assert tree.xpath("string(//div[@class='text'])") == text
    assert not tree.xpath("//script") and not tree.xpath("//@onmouseover")
    targets = [link.get("href")[1:] for link in tree.xpath("//div[@class='text']//a")]
    assert len(targets) == 2 and all(tree.xpath(f"//li[@id='{target}']") for target in targets)
    assert tree.xpath("//li//a/@href")[0].startswith("https://example.org/d/urn:lex:vn:chinh.phu:")


def test_an_annotated_page_marks_what_is_no_citation_too() -> None:
    from lxml import html

    text = CLEAN + " Báo cáo trước ngày 31/9/2024."
    tree = html.document_fromstring(annotate(kg.extract(text), title="t"))
    assert tree.xpath("string(//div[@class='text'])") == text
    (mark,) = tree.xpath("//mark")
    assert mark.text == "31/9/2024" and "is no real date" in mark.get("title")
    assert tree.xpath("//ul/li/a/@href") == [f"#{mark.get('id')}"]
    assert not html.document_fromstring(annotate(kg.extract(CLEAN), title="t")).xpath("//mark | //ul")


def test_a_document_cited_twice_has_one_entry_that_leads_back_to_both() -> None:
    from lxml import html

    tree = html.document_fromstring(annotate(kg.extract(CLEAN + " " + CLEAN), title="t"))
    assert len(tree.xpath("//li")) == 1
    assert tree.xpath("//li//div[@class='back']/a/@href") == ["#m1", "#m2"]
