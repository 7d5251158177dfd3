"""The implementation report as page, workbook and Markdown: whole, safe, in both languages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from lxml import etree
from markdown_it import MarkdownIt

import kg
from kg.cli import main
from kg.graph.store import Graph
from kg.messages import LANGUAGES, KgError, messages
from kg.report.charts import GLYPHS, scale
from kg.report.implementation import implementation
from kg.report.model import Coverage, Report
from kg.report.output import save, write
from kg.report.words import Words
from kg.report.workbook import COLUMNS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kg" / "report"
TODAY = date(2026, 11, 22)
DECREE = "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
OTHER = "urn:lex:vn:chinh.phu:nghi.dinh:2024;32-2024-nd-cp"
HOSTILE = """SỞ CÔNG THƯƠNG TỈNH HẬU GIANG

Số: 120/BC-SCT

Hậu Giang, ngày 10 tháng 12 năm 2024

BÁO CÁO
Kết quả <script>alert("1")</script> | `công tác` **năm** 2024

I. KẾT QUẢ
=HYPERLINK("http://example.org"), sở đã thực hiện Nghị định số 60/2024/NĐ-CP <img src=x onerror=alert(2)> \
| [x](javascript:alert(3)) & "<i>'|`.
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("output")
    hostile = folder / "+cmd|' =1 &<i>.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    kg.build([ROOT / "examples" / "reports", hostile], folder / "graph", jobs=1)
    with Graph.open(folder / "graph") as opened:
        yield opened


@pytest.fixture(scope="module", params=["one", "two"])
def report(graph: Graph, request: pytest.FixtureRequest) -> Report:
    if request.param == "one":
        return implementation(graph, [DECREE], today=TODAY)
    return implementation(graph, [DECREE, OTHER], as_of="2024-12-31", today=TODAY)


def written(report: Report, format: str, language: str) -> bytes:
    out = BytesIO()
    write(report, out, language=language, format=format)
    return out.getvalue()


def page(report: Report, language: str) -> Any:
    """The page, read as strictly as XML is."""
    text = written(report, "html", language).decode()
    assert text.startswith("<!DOCTYPE html>")
    return etree.fromstring(text.encode())


def tables(report: Report, language: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(written(report, "xlsx", language)))


# --- all forms ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", ["html", "md", "xlsx"])
def test_nothing_of_the_machine_is_told(report: Report, format: str, language: str) -> None:
    content = written(report, format, language)
    if format == "xlsx":
        book = openpyxl.load_workbook(BytesIO(content))
        content = "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row).encode()
    text = unescape(content.decode())
    assert "file:" not in text
    assert not any(str(folder) in text for folder in (ROOT, Path(report.sources[0].iri.removeprefix("file://")).parent))
    assert {source.name for source in report.sources} >= {"hau-giang-2024.docx", "+cmd|' =1 &<i>.txt"}


@pytest.mark.parametrize("format", ["html", "md", "xlsx"])
def test_the_same_report_is_written_the_same_way(report: Report, format: str) -> None:
    assert written(report, format, "vi") == written(report, format, "vi")


def test_sources_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "bc.txt").write_text(HOSTILE.replace("120/BC", f"{year}/BC"), encoding="utf-8")
    kg.build([tmp_path / "2023", tmp_path / "2024"], tmp_path / "graph", jobs=1)
    with Graph.open(tmp_path / "graph") as opened:
        report = implementation(opened, [DECREE], today=TODAY)
    assert [source.name for source in report.sources] == ["2023/bc.txt", "2024/bc.txt"]


# --- texts -------------------------------------------------------------------------------------------------


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(messages("report")))
def test_a_text_exists_in_both_languages_with_the_same_places(key: str) -> None:
    texts = messages("report")[key]
    assert set(texts) == set(LANGUAGES) and all(texts.values())
    assert fields(texts["vi"]) == fields(texts["en"])


def test_every_text_is_used() -> None:
    files = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".html", ".md")]
    files.append(PACKAGE.parent / "output" / "spoken.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    made = set(re.findall(r"""f["']([a-z]+\.)\{|["']([a-z]+\.)["'] ~""", code))
    heads = {head for pair in made for head in pair if head}
    for key in messages("report"):
        used = re.search(rf"""["']{re.escape(key)}["']""", code)
        assert used or any(key.startswith(head) for head in heads), f"{key} is used nowhere"


def test_an_english_page_has_vietnamese_only_where_it_says_so(report: Report) -> None:
    root = page(report, "en")
    for part in root.xpath("//*[@lang='vi']"):
        part.getparent().remove(part) if part.tail is None else part.clear(keep_tail=True)
    text = " ".join(" ".join(root.itertext()).split())
    only = [
        texts["vi"]
        for texts in messages("report").values()
        if len(texts["vi"]) > 12 and "{" not in texts["vi"] and texts["vi"] != texts["en"]
    ]
    assert len(only) > 80
    assert [phrase for phrase in only if phrase in text] == []


@pytest.mark.parametrize(
    ("label", "vi", "en"),
    [
        ("2024", "năm 2024", "2024"),
        ("2024-H2", "6 tháng cuối năm 2024", "second half of 2024"),
        ("2024-Q3", "quý III/2024", "3rd quarter of 2024"),
        ("2020-M9", "9 tháng đầu năm 2020", "first 9 months of 2020"),
        ("2024-06", "tháng 6/2024", "6/2024"),
        ("2020/2022", "2020–2022", "2020–2022"),
        (None, "", ""),
    ],
)
def test_periods_are_told_in_words(label: str | None, vi: str, en: str) -> None:
    assert (Words("vi").period(label), Words("en").period(label)) == (vi, en)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_told_in_the_language_of_the_report(graph: Graph, language: str) -> None:
    (finding,) = implementation(graph, [DECREE], today=TODAY).chapters[0].findings
    other = replace(
        finding,
        code="year-contradiction",
        message="Nghị định 1/2024/NĐ-CP is dated 2023-01-02, another year than its number has; for no reason",
    )
    # Either of the two sources that cite the decree of that day may be named.
    where = finding.message.split("Nghị định 60/2024/NĐ-CP in ", 1)[1].split(" have one number")[0]
    told = [Words(language).finding(f) for f in (finding, other, replace(finding, message="something else"))]
    assert (
        told
        == {
            "en": [finding.message, other.message, "something else"],
            "vi": [
                f"Nghị quyết 60/2024/NQ-CP ở đây và Nghị định 60/2024/NĐ-CP ở {where} cùng số, cùng ngày, "
                "có lẽ là một văn bản",
                "Nghị định 1/2024/NĐ-CP ghi 2023-01-02, khác năm trong số hiệu",
                "something else",
            ],
        }[language]
    )


def test_dates_keep_the_precision_that_they_have() -> None:
    assert [Words("vi").date(d) for d in ("2024-06-05", "2024-06", "2024", None)] == [
        "05/06/2024",
        "06/2024",
        "2024",
        "",
    ]
    assert [Words("en").date(d) for d in ("2024-06-05", "2024-06", "2024")] == ["5 June 2024", "June 2024", "2024"]


# --- the page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_well_formed_and_stands_alone(report: Report, language: str) -> None:
    root = page(report, language)
    assert root.get("lang") == language
    assert root.xpath("//script | //img | //link | //iframe | //object | //*[@onerror or @onclick]") == []
    assert [a for a in root.xpath("//@href | //@src") if not a.startswith("#")] == []
    assert "url(" not in root.findtext(".//style") and "@import" not in root.findtext(".//style")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_can_be_read_without_seeing_it(report: Report, language: str) -> None:
    root = page(report, language)
    levels = [int(heading.tag[1]) for heading in root.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(table.find("caption") is not None for table in root.xpath("//table"))
    assert all(cell.get("scope") for cell in root.xpath("//th"))
    for picture in root.xpath("//svg"):
        assert (picture.get("role") == "img" and picture.get("aria-label")) or picture.get("aria-hidden")


def test_links_lead_somewhere_and_ids_are_unique(report: Report) -> None:
    root = page(report, "vi")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {href[1:] for href in root.xpath("//@href")}
    assert links <= set(ids)
    assert {found.id for chapter in report.chapters for found in chapter.evidence} <= set(ids)


def test_what_a_source_says_stays_text(report: Report) -> None:
    root = page(report, "vi")
    text = " ".join("".join(root.itertext()).split())
    assert '=HYPERLINK("http://example.org"), sở đã thực hiện Nghị định số 60/2024/NĐ-CP <img' in text
    assert "[x](javascript:alert(3)) & \"<i>'|`" in text
    assert '<script alert("1")' in text
    assert "+cmd|' =1 &<i>.txt" in text


def test_status_can_be_told_without_color_and_read_on_it() -> None:
    css = (PACKAGE / "templates" / "report.css").read_text(encoding="utf-8")
    assert len({GLYPHS[coverage] for coverage in Coverage}) == len(Coverage)
    colors = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    for coverage in Coverage:
        rule = re.search(rf"\.chip\.{coverage} {{([^}}]*)}}", css)
        assert rule is not None
        own = re.search(r"(?<!-)color: (#[0-9a-f]+)", rule[1])
        ink = own[1] if own else colors["ink"]
        assert contrast(ink, colors[coverage]) >= 4.5, coverage
    assert contrast(colors["soft"], colors["wash"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: relative luminance of the lighter to that of the darker color."""

    def luminance(color: str) -> float:
        digits = color[1:] if len(color) == 7 else "".join(2 * c for c in color[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_map_names_every_unit_and_what_it_does(report: Report) -> None:
    for number, chapter in enumerate(report.chapters, 1):
        titles = page(report, "vi").xpath(f"//section[@id='c{number}']//svg[@class='map']/g/title/text()")
        assert len(titles) == len(chapter.tiles) in (34, 63)
        for name, cell in chapter.cells.items():
            assert any(f"{name} – {Words('vi').coverage(cell.coverage)}" in title for title in titles)


@pytest.mark.parametrize("values", [[], [0], [1], [7], [31, 476], [-40, 200], [99_999]])
def test_a_scale_is_even_and_holds_every_value(values: list[int]) -> None:
    ticks = scale(values)
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert 2 <= len(ticks) <= 12
    assert ticks[0] <= min([0, *values]) and max([0, *values]) <= ticks[-1]


# --- Markdown ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_has_whole_tables_and_no_html_of_others(report: Report, language: str) -> None:
    text = written(report, "md", language).decode()
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    root = etree.fromstring(f"<div>{rendered}</div>", etree.HTMLParser())
    for table in root.iter("table"):
        rows = [len(row.findall("th") + row.findall("td")) for row in table.iter("tr")]
        assert len(rows) > 1 and len(set(rows)) == 1
    assert [link for link in root.xpath("//a/@href") if not link.startswith("#")] == []
    assert root.xpath("//script | //img | //i") == []
    assert set(root.xpath("//a/@id")) >= {href[1:] for href in root.xpath("//a/@href")}
    assert '=HYPERLINK("http://example.org"), sở đã thực hiện Nghị định' in " ".join("".join(root.itertext()).split())


# --- the workbook ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_has_its_sheets_with_frozen_filtered_heads(report: Report, language: str) -> None:
    book, t = tables(report, language), Words(language)
    several = len(report.chapters) > 1
    names = ["summary", *(["matrix"] if several else []), *COLUMNS, "method"]
    assert book.sheetnames == [t(f"sheet.{name}") for name in names]
    for name, columns in COLUMNS.items():
        sheet = book[t(f"sheet.{name}")]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
        head = [cell.value for cell in sheet[1]]
        assert head == [t(key) for key in columns if several or key != "t.central"]


def test_cells_hold_dates_numbers_and_texts_never_formulas(report: Report) -> None:
    book, t = tables(report, "vi"), Words("vi")
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    quotes = [cell.value for row in book[t("sheet.evidence")] for cell in row if cell.data_type == "s"]
    assert any(str(quote).startswith('=HYPERLINK("http://example.org")') for quote in quotes)
    issued = book[t("sheet.issued")]
    names = [cell.value for cell in issued[1]]
    dates = [row[names.index(t("t.date"))].value for row in issued.iter_rows(min_row=2)]
    assert datetime(2024, 7, 6) in dates and all(isinstance(day, datetime) for day in dates)
    assert not any(cell.hyperlink for sheet in book for row in sheet for cell in row)


def test_a_workbook_tells_what_the_report_tells(report: Report) -> None:
    book, t = tables(report, "en"), Words("en")
    sheet = book[t("sheet.coverage")]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    told = [(chapter, unit) for chapter in report.chapters for unit in report.units]
    names = [cell.value for cell in sheet[1]]
    place, status = names.index(t("t.unit")), names.index(t("t.status"))
    provinces = [row for row in rows if row[place]]
    assert [(row[place], row[status]) for row in provinces] == [
        (unit.full_name, t.coverage(chapter.cells[unit.name].coverage)) for chapter, unit in told
    ]
    assert len(rows) == len(provinces) + len(report.bodies) * len(report.chapters)
    assert book[t("sheet.evidence")].max_row == 1 + sum(len(chapter.evidence) for chapter in report.chapters)
    assert book[t("sheet.sources")].max_row == 1 + len(report.sources)


def test_a_missing_library_is_told_and_leaves_the_old_file(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.xlsx"
    out.write_bytes(b"old")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(KgError, match=r"vn-legal-kg\[report\]"):
        save(report, out, language="vi")
    assert out.read_bytes() == b"old" and list(tmp_path.iterdir()) == [out]


# --- the command -------------------------------------------------------------------------------------------


def run(graph: Graph, *arguments: str, code: int = 0) -> Result:
    command = ["report", "implementation", "--graph", str(graph.directory), *arguments]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_the_suffix_chooses_the_format_and_an_earlier_file_is_replaced(graph: Graph, tmp_path: Path) -> None:
    starts = {"a.html": b"<!DOCTYPE html>", "a.md": "# Tình hình".encode(), "a.xlsx": b"PK"}
    for name, start in starts.items():
        (tmp_path / name).write_bytes(b"old")
        run(graph, "--document", "ND 60/2024", "--language", "vi", "-o", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(start)
    assert {path.name for path in tmp_path.iterdir()} == set(starts)


def test_the_language_is_that_of_the_program_unless_another_is_asked_for(graph: Graph) -> None:
    arguments = ("--document", "Nghị định 60/2024", "--format", "md", "-o", "-")
    assert run(graph, *arguments).stdout.startswith("# Implementation of Nghị định 60/2024")
    assert run(graph, *arguments, "--language", "vi").stdout.startswith("# Tình hình triển khai Nghị định 60/2024")


def test_the_units_are_those_of_the_day_that_is_asked_for(graph: Graph) -> None:
    arguments = ("--document", "Nghị định 60/2024", "--format", "md", "-o", "-")
    assert "of the 63 provinces" in run(graph, *arguments, "--as-of", "2024-12-31").stdout
    assert "(sources name: Hậu Giang)" in run(graph, *arguments, "--today-units").stdout
    assert "don't go together" in run(graph, *arguments, "--as-of", "2024", "--today-units", code=2).stderr


@pytest.mark.parametrize(
    ("document", "out", "message"),
    [
        ("Nghị định 61/2024/NĐ-CP", "a.html", "did you mean: Nghị định 60/2024"),
        ("01/NQ-CP", "a.html", "name one by its URN"),
        ("xin chào", "a.html", "names no document"),
        ("Nghị định 60/2024", "a.pdf", "name a file .html, .xlsx or .md"),
        ("Nghị định 60/2024", "gone/a.html", "no such folder"),
    ],
)
def test_what_can_be_mended_is_told_in_one_line(
    graph: Graph, tmp_path: Path, document: str, out: str, message: str
) -> None:
    result = run(graph, "--document", document, "-o", str(tmp_path / out), code=2)
    assert message in result.stderr and result.stderr.startswith("kg: ")
    assert list(tmp_path.iterdir()) == []


def test_another_date_than_the_graphs_is_told(graph: Graph) -> None:
    document = "Nghị định 60/2024/NĐ-CP ngày 6/7/2024"
    result = run(graph, "--document", document, "--format", "md", "-o", "-")
    assert "instead of" in result.stderr
