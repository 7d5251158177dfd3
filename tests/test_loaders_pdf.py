"""PDF files: sound text, text drawn by signatures, scans and broken text layers."""

import io

import pytest

pytest.importorskip("pypdfium2")

from kg.loaders import LoadError, loads, ocr
from kg.loaders.pdf import is_garbled

Line = tuple[int, int, str]
LOCK = b"<< /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >>" % (b"x" * 32, b"y" * 32)
WRECK = ["6Ӣ CÔNG THѬѪNG 7KӵF KLӋQ ÿӏQK", "Vӕ ngày 06/3/2026 FӫD GiÆm ÿӕF 6ӣ", "YӅ YLӋF WLӃQ hành NLӇP tra"]


def pdf(*pages: list[Line], signed: Line | None = None, lock: bytes = b"", title: str = "") -> bytes:
    """A PDF of lines at (x, y); ``signed`` is drawn by the signature field of the first page."""
    used = sorted({c for page in pages for _, _, line in page for c in line} | set(signed[2] if signed else ""))
    to_unicode = "".join(f"<{ord(c):04x}> <{ord(c):04x}>\n" for c in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(used)} beginbfchar\n{to_unicode}endbfchar endcmap end"
    )

    def stream(content: str, more: str = "") -> bytes:
        return f"<< {more} /Length {len(content)} >>\nstream\n{content}\nendstream".encode("latin-1")

    def shown(line: Line) -> str:
        return f"BT /F 12 Tf {line[0]} {line[1]} Td <{''.join(f'{ord(c):04x}' for c in line[2])}> Tj ET"

    font = "/Resources << /Font << /F 3 0 R >> >>"
    kids = " ".join(f"{7 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 500"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(cmap),
        stream(shown((2, 2, signed[2])), f"/Type /XObject /Subtype /Form /BBox [0 0 200 16] {font}")
        if signed
        else b"null",
    ]
    for i, page in enumerate(pages):
        field = ""
        if signed and i == 0:
            x, y, _ = signed
            box = f"[{x - 2} {y - 2} {x + 198} {y + 14}]"
            field = (
                f"/Annots [<< /Type /Annot /Subtype /Widget /FT /Sig /T (S) /F 132 /Rect {box} /AP << /N 6 0 R >> >>]"
            )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {font} /Contents {8 + 2 * i} 0 R {field} >>".encode()
        )
        objects.append(stream("\n".join(map(shown, page))))
    objects.append(f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>".encode())
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    xref = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info %d 0 R" % (len(objects) + 1, len(objects)))
    out.write((b" /Encrypt %s /ID [(i) (i)]" % lock if lock else b"") + b" >>\nstartxref\n%d\n%%%%EOF\n" % xref)
    return out.getvalue()


def lines(*texts: str) -> list[Line]:
    return [(60, 700 - 20 * i, text) for i, text in enumerate(texts)]


def scan(*texts: str) -> bytes:
    """A PDF that is a picture of ``texts``."""
    drawing = pytest.importorskip("PIL.ImageDraw")
    from PIL import Image, ImageFont

    image = Image.new("L", (1240, 600), 255)
    for i, line in enumerate(texts):
        drawing.Draw(image).text((80, 80 + 80 * i), line, fill=0, font=ImageFont.load_default(44))
    out = io.BytesIO()
    image.save(out, "PDF", resolution=150)
    return out.getvalue()


@pytest.fixture
def without_recognition(monkeypatch):
    monkeypatch.setenv("PATH", "")
    ocr.missing.cache_clear()
    yield
    ocr.missing.cache_clear()


def test_each_printed_line_is_a_line_and_each_page_a_place():
    source = loads(pdf(lines("QUYẾT ĐỊNH", "Điều 1. Ban hành"), lines("Điều 2. Hiệu lực"), title="Quyết định"), "a.pdf")
    assert source.text == "QUYẾT ĐỊNH\nĐiều 1. Ban hành\nĐiều 2. Hiệu lực\n"
    assert [(p.kind, p.number, source.text[p.start : p.end]) for p in source.places] == [
        ("page", 1, "QUYẾT ĐỊNH\nĐiều 1. Ban hành\n"),
        ("page", 2, "Điều 2. Hiệu lực\n"),
    ]
    assert source.metadata == (("title", "Quyết định"),)


def test_columns_of_the_letterhead_stay_apart():
    left = [(40, 700, "UBND TỈNH"), (40, 680, "SỞ NỘI VỤ")]
    right = [(300, 700, "CỘNG HÒA XÃ HỘI"), (300, 680, "Độc lập")]
    assert loads(pdf(left + right), "a.pdf").text.splitlines() == [
        "UBND TỈNH",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI",
        "Độc lập",
    ]


def test_a_word_broken_at_the_line_end_keeps_its_hyphen():
    assert loads(pdf(lines("Công văn số 12/UBND-", "KT2 ngày 05/6/2024")), "a.pdf").text == (
        "Công văn số 12/UBND-\nKT2 ngày 05/6/2024\n"
    )


def test_page_numbers_are_dropped_and_other_numbers_stay():
    pages = [
        lines("Một", "2024"),
        lines("2", "Hai"),
        lines("Ba", "- 3 -"),
        lines("Trang 4/5", "Bốn"),
        lines("7", "Năm"),
    ]
    assert loads(pdf(*pages), "a.pdf").text == "Một\n2024\nHai\nBa\nBốn\n7\nNăm\n"


def test_a_number_that_a_signature_draws_fills_the_gap_where_it_shows():
    page = [(60, 700, "Số:"), (130, 700, "/TB-UBND"), (60, 680, "THÔNG BÁO")]
    source = loads(pdf(page, signed=(90, 700, "542")), "a.pdf")
    assert source.text == "Số: 542 /TB-UBND\nTHÔNG BÁO\n"
    assert source.metadata == ()


def test_what_else_a_signature_shows_is_metadata():
    source = loads(pdf(lines("THÔNG BÁO về việc tham dự"), signed=(300, 300, "Ký bởi: UBND tỉnh")), "a.pdf")
    assert source.text == "THÔNG BÁO về việc tham dự\n"
    assert source.metadata == (("signature", "Ký bởi: UBND tỉnh"),)


def test_text_in_tcvn3_fonts_becomes_unicode():
    assert loads(pdf(lines("NghÞ ®Þnh sè 60 cña ChÝnh phñ")), "a.pdf").text == "Nghị định số 60 của Chính phủ\n"


def test_a_locked_file_is_an_error_that_says_so():
    with pytest.raises(LoadError, match=r"^a\.pdf: is locked by a password; [^\n]+$"):
        loads(pdf(lines("mật"), lock=LOCK), "a.pdf")


@pytest.mark.parametrize("length", [20, 300])
def test_a_damaged_file_is_an_error(length):
    with pytest.raises(LoadError, match="damaged PDF"):
        loads(pdf(lines("Điều 1"))[:length], "a.pdf")


def test_an_empty_page_is_an_error():
    with pytest.raises(LoadError, match="no text"):
        loads(pdf([]), "a.pdf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" ".join(WRECK), True),
        ("SO CONG ]'HTJONG Kinh gfri: Linh tl4o S& Cdng Thucrng NQi dung trinh: K6t qu6 thAm dfnh viQc d6 nghi", True),
        ("Sở Công Thương đã ban hành Kế hoạch số 12/KH-SCT", False),
        ("The Department of Industry and Trade shall report on the implementation of this decree.", False),
        ("1 2 3", False),
        ("", False),
    ],
)
def test_wrecks_are_told_from_sound_text_and_from_other_languages(text, expected):
    assert is_garbled(text) is expected


@pytest.mark.usefixtures("without_recognition")
def test_a_broken_text_layer_without_recognition_is_an_error():
    with pytest.raises(LoadError, match="garbled text layer; install Tesseract"):
        loads(pdf(lines(*WRECK)), "a.pdf")


@pytest.mark.usefixtures("without_recognition")
def test_a_scan_without_recognition_is_an_error():
    with pytest.raises(LoadError, match="scan without text; install Tesseract"):
        loads(scan("Quyet dinh"), "a.pdf")


@pytest.mark.usefixtures("without_recognition")
def test_a_broken_page_among_sound_ones_is_left_out_and_named():
    source = loads(pdf(lines("Điều 1. Ban hành kèm theo"), lines(*WRECK)), "a.pdf")
    assert source.text == "Điều 1. Ban hành kèm theo\n"
    assert dict(source.metadata)["warning"].startswith("left out pages 2, which need recognition; install")


@pytest.mark.skipif(ocr.missing() is not None, reason=f"{ocr.missing()}")
def test_a_scan_is_read():
    source = loads(scan("Cong van so 2003/UBDT-CT", "ngay 01/11/2024"), "a.pdf")
    assert "2003/UBDT" in source.text
    assert "01/11/2024" in source.text
    assert source.metadata == (("recognised pages", "1"),)
