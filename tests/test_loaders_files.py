"""Real files of each kind, from a folder that is not part of the project (``KG_SHARED``)."""

import difflib
import os
import re
import shutil
from pathlib import Path

import pytest

from kg.loaders import load, ocr
from kg.loaders.spelling import share

SHARED = Path(os.environ.get("KG_SHARED") or Path(__file__).parents[2] / "shared")
FILES = SHARED / "files"
CONVERTER = shutil.which("antiword") or shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="KG_SHARED names no folder with real files")
needs_converter = pytest.mark.skipif(CONVERTER is None, reason="no converter for .doc is installed")
needs_recognition = pytest.mark.skipif(ocr.missing() is not None, reason=f"{ocr.missing()}")


def words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def alike(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, words(a), words(b), autojunk=False).ratio()


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+/[\d/]*[A-ZĐ][\w-]+|\d+/\d+/\d{4}", text))


@pytest.mark.parametrize("path", sorted((SHARED / "seeds").glob("*.txt")), ids=lambda path: path.name)
def test_a_report_in_plain_text_is_the_files_own_text(path):
    with path.open(encoding="utf-8", newline="") as file:
        assert load(path).text == file.read()


@pytest.mark.parametrize(
    ("name", "quotes"),
    [
        ("f01_baocao_sct_atvsld.docx", ["Văn bản số 606/BCT-ATMT ngày 29/01/2026", "\nII. ĐÁNH GIÁ CHUNG\n"]),
        ("f03_thongbao_ketluan_ubnd.docx", ["THÔNG BÁO\nKết luận của đồng chí Nguyễn Tuấn Anh"]),
        ("f04_kehoach_2242_sct.docx", ["\n4.\tTổ chức chấm bài\tVũ Việt Linh\n", "564/QĐ-SCT ngày 31/01/2026"]),
        ("f06b_ttr2114_snv.pdf", ["UBND TỈNH BÌNH THUẬN\nSỞ NỘI VỤ\nSố: 2114/TTr-SNV\n"]),
        ("f10_tb_ubnd_quangngai.pdf", ["Số: 542 /TB-UBND Quảng Ngãi, ngày 06 tháng 11 năm 2024\n"]),
        ("f14_qd05_2025_hanoi.pdf", ["Số: 05 /2025/QĐ-UBND Hà Nội, ngày 23 tháng 01 năm 2025", "1102/QĐTPT-\nTCHC"]),
        ("f15_vbpl_tt102_2025.html", ["Số: 102/2025/TT-BNNMT\tHà Nội, ngày 31 tháng 12 năm 2025\nTHÔNG TƯ\n"]),
        ("f16_tvpl_luat.html", ["Luật số: 31/2013/QH13", "Nguyễn Sinh Hùng"]),
        pytest.param("f07_cv_tuchoi_tkbvtc.doc", ["175/2024/NĐ-CP ngày 30/12/2024"], marks=needs_converter),
        pytest.param("f08_ub_giahan_daihoi.doc", ["\n2. Giao các sở: Nông nghiệp"], marks=needs_converter),
        ("f09_phieutrinh_519.rtf", ["Tờ trình số 519/SNV-TCCC ngày 24/02/2025", "nhiệm kỳ (2025 - 2030)"]),
        pytest.param("f17_tt38_2025_bct.doc", ["\nĐiều 19. Sửa đổi, bổ sung, thay thế"], marks=needs_converter),
    ],
)
def test_a_file_of_each_kind(name, quotes):
    source = load(FILES / name)
    assert share(source.text) > 0.95
    for quote in quotes:
        assert quote in source.text
    for place in source.places:
        assert 0 <= place.start <= place.end <= len(source.text)


def test_a_document_reads_alike_as_docx_and_as_pdf():
    assert alike(load(FILES / "f06a_ttr2114_snv.docx").text, load(FILES / "f06b_ttr2114_snv.pdf").text) > 0.998


@needs_recognition
def test_a_broken_text_layer_is_recognised_with_every_number_and_date():
    right = load(FILES / "f12_qd1050_sct.txt").text
    read = load(FILES / "f12_qd1050_sct_broken_tounicode.pdf").text
    assert alike(right, read) > 0.93
    assert len(numbers(right) - numbers(read)) <= 1


@needs_recognition
def test_a_scan_is_recognised():
    source = load(FILES / "f11_qd87_ubnd_quangngai_scan.pdf")
    assert share(source.text) > 0.9
    assert "6389/TTr-STNMT ngày 30/12/2024" in source.text
