"""Web pages: the document without the site around it."""

import pytest

from kg.loaders import LoadError, loads
from kg.ontology.tables import read


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Trang</title>{head}</head><body>{body}</body></html>".encode()


def text(body: str) -> str:
    return loads(page(body), "a.html").text


def test_scripts_styles_navigation_and_hidden_parts_are_left_out():
    body = (
        "<header>Đầu</header><nav>Mục lục</nav><script>let x</script><style>p{}</style><!-- ghi chú -->"
        "<p>Điều 1.</p><p style='display: none'>ẩn</p><p hidden>ẩn</p><aside>Xem thêm</aside><footer>Chân</footer>"
    )
    assert text(body) == "Điều 1.\n"


@pytest.mark.parametrize(
    "opening",
    [
        '<div data-vbpl-content-root="true">',
        '<div id="toanvancontent">',
        '<div id="divContentDoc">',
        "<main>",
        "<article>",
    ],
)
def test_the_main_part_is_found(opening):
    tag = opening.split()[0].strip("<>")
    assert text(f"<div>Quảng cáo</div>{opening}<p>Nghị định</p></{tag}><p>Liên hệ</p>") == "Nghị định\n"


def test_every_selector_of_the_table_is_sound():
    from bs4 import BeautifulSoup

    for row in read("portals"):
        BeautifulSoup("<p>", "lxml").select(row["selector"])


def test_an_empty_main_part_does_not_hide_the_page():
    assert text("<main></main><p>Nội dung</p>") == "Nội dung\n"


def test_white_space_folds_and_blocks_and_br_end_lines():
    assert text("<div>Số:\n  <b>60</b>/2024<br/>NĐ-CP<p>của\tChính phủ</p>sau</div>") == (
        "Số: 60/2024\nNĐ-CP\ncủa Chính phủ\nsau\n"
    )


def test_preformatted_text_keeps_its_lines():
    assert text("<pre>dòng một\ndòng hai</pre>") == "dòng một\ndòng hai\n"


def test_tables_are_rows_of_cells():
    body = "<table><tr><th>TT</th><th>Việc</th></tr><tr><td>1</td><td>Ban hành<br>kế hoạch</td></tr></table>"
    assert text(body) == "TT\tViệc\n1\nBan hành\nkế hoạch\n"


def test_headings_and_cells_have_places():
    source = loads(page("<h2>Chương I</h2><p>a</p><table><tr><td>b</td></tr></table>"), "a.html")
    assert [(p.kind, source.text[p.start : p.end]) for p in source.places] == [
        ("heading", "Chương I"), ("paragraph", "a"), ("table", "b"), ("cell", "b"),
    ]  # fmt: skip
    assert ("title", "Trang") in source.metadata


def test_a_page_saved_as_doc_is_known_by_its_content():
    assert loads(page("<p>Quyết định</p>"), "a.doc").media_type == "text/html"


def test_markup_quoted_in_a_text_file_is_text():
    assert loads(page("<p>a</p>"), "a.txt").media_type == "text/plain"


def test_a_page_in_tcvn3_entities_becomes_unicode():
    assert text("<p>NghÞ ®Þnh sè 60 cña ChÝnh phñ</p>") == "Nghị định số 60 của Chính phủ\n"


def test_a_page_without_text_is_an_error():
    with pytest.raises(LoadError, match="no text"):
        loads(page("<script>x</script>"), "a.html")


def test_a_page_of_unknown_encoding_is_an_error():
    with pytest.raises(LoadError, match="UTF-8"):
        loads(b"<html><p>" + "Преступление и наказание".encode("koi8-r") * 9, "a.html")
