"""Word documents: what a reader of the page sees, in order."""

import io
import zipfile

import pytest

from kg.loaders import LoadError, Source, loads
from kg.loaders.numbering import count

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, **parts: str) -> bytes:
    """A .docx with ``body`` and parts such as ``numbering``, whose content is given without the root element."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}
    spaces = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{roots[name]} {spaces}>{content}</w:{roots[name]}>")
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(i: int, format: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, extra: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}'
    )


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def load(body: str, **parts: str) -> Source:
    return loads(document(body, **parts), "a.docx")


def text(body: str, **parts: str) -> str:
    return load(body, **parts).text


def test_paragraphs_and_tables_keep_the_order_of_the_body():
    assert text(p("Một") + table((p("Hai"), p("Ba"))) + p("Bốn")) == "Một\nHai\tBa\nBốn\n"


def test_cells_of_several_lines_follow_each_other_whole():
    body = table((p("UBND TỈNH") + p("SỞ NỘI VỤ"), p("CỘNG HÒA") + p("Độc lập")))
    assert text(body) == "UBND TỈNH\nSỞ NỘI VỤ\nCỘNG HÒA\nĐộc lập\n"


def test_a_table_in_a_cell_and_cells_merged_away():
    merged = "<w:tcPr><w:vMerge/></w:tcPr>" + p("thừa")
    assert text(table((table((p("a"), p("b"))), p("c")), (merged, p("d")))) == "a\tb\nc\nd\n"


def test_places_name_paragraphs_headings_tables_cells_and_notes():
    body = p("I. CHUNG", '<w:outlineLvl w:val="0"/>') + p("Đoạn") + table((p("x"), p("y")))
    source = load(body)
    assert [(place.kind, source.text[place.start : place.end]) for place in source.places] == [
        ("heading", "I. CHUNG"),
        ("paragraph", "Đoạn"),
        ("table", "x\ty"),
        ("cell", "x"),
        ("cell", "y"),
    ]


def test_automatic_numbers_are_printed_as_word_prints_them():
    levels = numbering(
        level(0, "decimal", "Điều %1."),
        level(1, "decimal", "%1.%2."),
        level(2, "lowerLetter", "%3)"),
        level(3, "bullet", "\uf0b7"),
        level(4, "upperRoman", "%5."),
    )
    body = "".join(
        item(t, i)
        for t, i in [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 3), ("F", 0), ("G", 1), ("H", 2), ("I", 4)]
    )
    assert text(body, numbering=levels).splitlines() == [
        "Điều 1. A", "1.1. B", "a) C", "b) D", "- E", "Điều 2. F", "2.1. G", "a) H", "I. I",
    ]  # fmt: skip


def test_two_lists_of_one_kind_count_on_unless_one_starts_over():
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    levels = numbering(level(0, "decimal", "%1."), extra=again)
    body = item("a") + item("b", number=2) + item("c", number=3) + item("d", number=3)
    assert text(body, numbering=levels) == "1. a\n2. b\n1. c\n2. d\n"


def test_an_empty_numbered_paragraph_counts_and_shows_its_number():
    levels = numbering(level(0, "decimal", "%1."))
    body = table((item(""), p("Việc một")), (item(""), p("Việc hai")))
    assert text(body, numbering=levels) == "1.\tViệc một\n2.\tViệc hai\n"


def test_a_level_that_never_restarts_and_legal_numbering():
    levels = numbering(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
    )
    body = item("a") + item("b", 1) + item("c", 0) + item("d", 1) + item("e", 2)
    assert text(body, numbering=levels) == "I. a\n1. b\nII. c\n2. d\n2.1 e\n"


def test_numbers_come_from_the_style_and_can_be_taken_off():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="Base"/></w:style>'
    )
    levels = numbering(level(0, "decimal", "Điều %1."))
    body = p("Phạm vi", '<w:pStyle w:val="Dieu"/>') + p(
        "Không số", '<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    source = load(body, numbering=levels, styles=styles)
    assert source.text == "Điều 1. Phạm vi\nKhông số\n"
    assert source.places[0].kind == "heading"


def test_notes_follow_the_paragraph_that_refers_to_them():
    body = (
        "<w:p><w:r><w:t>Luật Đất đai</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> và</w:t></w:r>"
        "<w:r><w:endnoteReference w:id='5'/></w:r></w:p>" + p("Tiếp")
    )
    notes = (
        f"<w:footnote w:id='-1' w:type='separator'>{p('---')}</w:footnote>"
        f"<w:footnote w:id='2'>{p('Số 31/2024/QH15')}</w:footnote>"
    )
    source = load(body, footnotes=notes, endnotes=f"<w:endnote w:id='5'>{p('Cuối')}</w:endnote>")
    assert source.text == "Luật Đất đai[1] và[i]\n[1: Số 31/2024/QH15]\n[i: Cuối]\nTiếp\n"
    assert [place.kind for place in source.places] == ["paragraph", "footnote", "footnote", "paragraph"]


def test_insertions_are_read_and_deletions_are_not():
    body = (
        "<w:p><w:r><w:t>Điều </w:t></w:r><w:del><w:r><w:delText>4</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5</w:t></w:r></w:ins></w:p>"
    )
    assert text(body) == "Điều 5\n"


def test_fields_show_their_result_links_their_text_and_hidden_text_nothing():
    body = (
        "<w:p><w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:hyperlink><w:r><w:t>60/2024/NĐ</w:t></w:r></w:hyperlink>"
        "<w:r><w:noBreakHyphen/></w:r><w:r><w:t>CP</w:t><w:tab/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:t>của</w:t></w:r></w:p>"
    )
    assert text(body) == "60/2024/NĐ\u2011CP\tcủa\n"


def test_text_drawn_in_capitals_is_capitals():
    assert text("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>quyết định</w:t></w:r></w:p>") == "QUYẾT ĐỊNH\n"


def test_a_text_box_comes_once_after_its_paragraph():
    box = f"<w:txbxContent>{p('Dấu đến')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Kính gửi</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>"
        f"{box}</mc:Choice><mc:Fallback><v:shape>{box}</v:shape></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(body) == "Kính gửi\nDấu đến\n"


def test_content_controls_are_walked_through():
    assert text(f"<w:sdt><w:sdtContent>{p('Trong khung')}</w:sdtContent></w:sdt>") == "Trong khung\n"


def font(name: str, content: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:ascii="{name}"/></w:rPr><w:t xml:space="preserve">{content}</w:t></w:r>'


def test_runs_in_old_fonts_become_unicode_and_the_font_of_capitals_capitals():
    body = (
        "<w:p>" + font(".VnTimeH", "quyÕt ®Þnh ") + font(".VnTime", "cña Thñ tíng ChÝnh phñ")
        + font("Times New Roman", " số 5") + "</w:p><w:p>" + font("VNI-Times", "UÛy ban nhaân daân tænh") + "</w:p>"
    )  # fmt: skip
    assert text(body).startswith("QUYẾT ĐỊNH của Thủ t")
    assert text(body).endswith(" số 5\nỦy ban nhân dân tỉnh\n")


def test_unicode_in_an_old_font_stays():
    assert text(f"<w:p>{font('.VnTime', 'Các tổ chức được giao')}</w:p>") == "Các tổ chức được giao\n"


def test_line_breaks_in_a_paragraph_stay_and_blank_lines_go():
    assert text("<w:p><w:r><w:t>a b</w:t><w:br/><w:br/><w:t>c d</w:t></w:r></w:p><w:p/>") == "a b\nc d\n"


def test_a_document_that_python_docx_wrote():
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.core_properties.title = "Báo cáo"
    made.add_heading("I. KẾT QUẢ", 1)
    made.add_paragraph("Thực hiện Nghị định số 60/2024/NĐ-CP;", style="List Bullet")
    made.add_table(1, 2).rows[0].cells[1].text = "ô"
    made.sections[0].header.paragraphs[0].text = "đầu trang"
    out = io.BytesIO()
    made.save(out)
    source = loads(out.getvalue(), "a.docx")
    assert source.text == "I. KẾT QUẢ\n- Thực hiện Nghị định số 60/2024/NĐ-CP;\nô\n"
    assert ("title", "Báo cáo") in source.metadata


def test_a_document_without_a_suffix_is_known_by_its_content():
    assert loads(document(p("Nội dung")), "tải-về").media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("length", [30, 200, 400])
def test_a_document_cut_short_is_an_error(length):
    with pytest.raises(LoadError, match="damaged Word document"):
        loads(document(p("Nội dung"))[:length], "a.docx")


def test_broken_xml_is_an_error():
    with pytest.raises(LoadError, match=r"^a\.docx: is a damaged Word document; "):
        loads(document("<w:p>"), "a.docx")


def test_another_zip_called_docx_is_an_error():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("content.xml", "<a/>")
    with pytest.raises(LoadError, match="not a Word document"):
        loads(out.getvalue(), "a.docx")


def test_a_locked_document_is_an_error_that_says_so():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(LoadError, match="password"):
        loads(locked, "a.docx")


def test_a_document_without_text_is_an_error():
    with pytest.raises(LoadError, match="no text"):
        loads(document("<w:p/>"), "a.docx")


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("mật")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{W}"><w:body>'
            f"<w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body></w:document>",
        )
    assert "mật" not in loads(out.getvalue(), "a.docx").text


@pytest.mark.parametrize(
    ("number", "format", "expected"),
    [
        (27, "lowerLetter", "aa"),
        (4, "upperLetter", "D"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "none", ""),
        (3, "ordinal", "3"),
    ],
)
def test_number_formats(number, format, expected):
    assert count(number, format) == expected
