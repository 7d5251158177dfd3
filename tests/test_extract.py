"""One document from text to findings: a pure function whose every span quotes the text it was given."""

from __future__ import annotations

import json

import pytest

import kg
from kg.extract import extract
from kg.model import Extraction, Header

REPORT_TEXT = """UBND TỈNH KIÊN GIANG
SỞ CÔNG THƯƠNG
Số: 412/BC-SCT

Kiên Giang, ngày 20 tháng 6 năm 2024

BÁO CÁO
Kết quả triển khai Nghị định số 60/2024/NĐ-CP 6 tháng đầu năm 2024

I. KẾT QUẢ THỰC HIỆN
- Triển khai Nghi\u0323 đi\u0323nh số 60/2024/N\u00d0\u2011CP ngày 05/6/2024; đã ban hành Kế hoạch số 58/KH-SCT.
- Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng tăng 11,4% so với cùng kỳ năm trước.

II. NHIỆM VỤ THỜI GIAN TỚI
- Giao Phòng Quản lý Thương mại thực hiện Chỉ thị số 20/CT-TTg ngày 08/6/2023 trước ngày 30/9/2024.
"""


def test_the_package_gives_the_function_itself() -> None:
    assert kg.extract is extract


def test_a_document_is_read_whole() -> None:
    result = extract(REPORT_TEXT)
    head = result.document
    assert (head.type, head.number, head.date, head.period) == ("Báo cáo", "412/BC-SCT", "2024-06-20", "2024-H1")
    assert (head.issuer, head.province) == ("Sở Công Thương tỉnh Kiên Giang", "Kiên Giang")
    body = [m.number for m in result.mentions if m.start > REPORT_TEXT.index("I. KẾT")]
    assert body == ["60/2024/NĐ-CP", "58/KH-SCT", "20/CT-TTg"]
    assert [section.title for section in result.sections] == ["KẾT QUẢ THỰC HIỆN", "NHIỆM VỤ THỜI GIAN TỚI"]
    assert result.tasks[-1].deadline == "2024-09-30"


def test_spans_quote_the_text_as_it_was_given() -> None:
    mention = next(m for m in extract(REPORT_TEXT).mentions if "\u0323" in m.text)
    assert mention.text == "Nghi\u0323 đi\u0323nh số 60/2024/N\u00d0\u2011CP"
    assert REPORT_TEXT[mention.start : mention.end] == mention.text
    assert mention.number == "60/2024/NĐ-CP"


def test_the_same_text_gives_the_same_result() -> None:
    assert extract(REPORT_TEXT) == extract(REPORT_TEXT)


def test_the_plain_form_is_json_with_the_agreed_keys() -> None:
    plain = json.loads(json.dumps(extract(REPORT_TEXT).to_dict()))
    assert set(plain) >= {"document", "mentions", "relations", "tasks", "findings", "sections", "references"}
    assert set(plain["relations"][0]) >= {"from", "rel", "to", "start", "end", "status"}
    for relation in plain["relations"]:
        assert relation["quote"] == REPORT_TEXT[relation["start"] : relation["end"]]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\u0301", "abc", "/" * 50])
def test_a_text_without_citations_gives_none(text: str) -> None:
    result = extract(text)
    assert (result.mentions, result.relations, result.tasks) == ((), (), ())
    assert result.document == Header()
    assert isinstance(result, Extraction)


@pytest.mark.parametrize(
    "text",
    [
        "QUYẾT ĐỊNH:\nNghị định ",
        "[1: Căn cứ Thông tư PHỤ LỤC\n[1: Nghị quyết số 35/2023/UBTVQH15 ngày 12/7/2023 ",
    ],
)
def test_torn_layouts_are_read(text: str) -> None:
    assert extract(text).text == text


def test_a_law_does_not_cite_itself_by_its_title() -> None:
    law = (
        "QUỐC HỘI\nLuật số: 61/2030/QH17\n\nLUẬT\n\nBẢO TỒN LÀNG NGHỀ\n\n"
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật Bảo tồn làng nghề.\n"
        + "Điều 1. Phạm vi\nLuật này quy định việc bảo tồn làng nghề, quyền và nghĩa vụ của tổ chức, cá nhân.\n" * 5
        + "Luật này được Quốc hội khóa XVII thông qua ngày 19 tháng 6 năm 2030.\n"
    )
    found = extract(law)
    assert [m.text.split()[0] for m in found.mentions] == ["Hiến"]
    assert found.document.date == "2030-06-19"


def test_a_title_that_begins_with_the_own_number_cites_nothing() -> None:
    text = (
        "# CÔNG VĂN SỐ 6240/BGDĐT-KHCNTT - HƯỚNG DẪN KẾT NỐI\n\nBỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 6240 /BGDĐT-KHCNTT\n"
        "Hà Nội, ngày 15 tháng 09 năm 2026\n\nKính gửi: Các cơ sở giáo dục đại học\n\n"
        "Thực hiện Kế hoạch số 1496/KH-BGDĐT ngày 23/7/2026, Bộ hướng dẫn các cơ sở đào tạo kết nối như sau.\n"
    ) + "Các cơ sở rà soát số liệu tuyển sinh, đối chiếu với báo cáo của năm trước và gửi kết quả đúng hạn.\n" * 3
    assert [mention.number for mention in extract(text).mentions] == ["1496/KH-BGDĐT"]
