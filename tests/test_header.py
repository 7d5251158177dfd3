"""The header: type, issuer, province, number, date, period, title of the document itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import calls

from kg.documents.header import own_spans, read_header
from kg.extract import extract
from kg.text.normalization import normalize

SHARED = Path(os.environ.get("KG_SHARED", "../shared"))

COLUMNS = """ỦY BAN NHÂN DÂN
TỈNH HƯNG YÊN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1973/QĐ-UBND
Hưng Yên, ngày 28 tháng 11 năm 2025
QUYẾT ĐỊNH
Về việc công bố danh mục thủ tục hành chính
của Sở Y tế
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
"""


def test_the_two_columns_of_a_decision() -> None:
    head = read_header(COLUMNS)
    assert (head.type, head.issuer, head.province) == ("Quyết định", "Ủy ban nhân dân tỉnh Hưng Yên", "Hưng Yên")
    assert (head.number, head.date, head.period) == ("1973/QĐ-UBND", "2025-11-28", None)
    assert head.title == "Về việc công bố danh mục thủ tục hành chính của Sở Y tế"


@pytest.mark.parametrize(
    ("letterhead", "issuer", "province"),
    [
        (
            "UBND HUYỆN KỲ ANH\nPHÒNG KINH TẾ VÀ HẠ TẦNG\nSố: 12/BC-PKT",
            "Phòng Kinh tế và Hạ tầng huyện Kỳ Anh",
            None,
        ),
        # merged columns of a PDF
        (
            "UBND TỈNH LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ XÂY DỰNG Độc lập - Tự do - Hạnh phúc",
            "Sở Xây dựng tỉnh Lào Cai",
            "Lào Cai",
        ),
        # a table row, the lower body in its second line
        (
            "UBND TỈNH LÀO CAI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ | Độc lập - Tự do - Hạnh phúc",
            "Sở Nội vụ tỉnh Lào Cai",
            "Lào Cai",
        ),
        # two bodies that a table has put on one line
        ("| BỘ TÀI CHÍNH TỔNG CỤC THUẾ ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", "Tổng cục Thuế", None),
        (
            "| ỦY BAN NHÂN DÂN TỈNH LÀO CAI SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |",
            "Sở Nội vụ tỉnh Lào Cai",
            "Lào Cai",
        ),
        # an office alone below the body that it serves
        (
            "UBND TỈNH LÀO CAI\nVĂN PHÒNG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Văn phòng Ủy ban nhân dân tỉnh Lào Cai",
            "Lào Cai",
        ),
        # cells on lines of their own, a word broken off
        (
            "|\n**VĂN\nPHÒNG CHÍNH PHỦ**\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Văn phòng Chính phủ",
            None,
        ),
        ("THỦ TƯỚNG CHÍNH PHỦ\n____\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Thủ tướng Chính phủ", None),
        ("BỘ TÀI CHÍNH\nCỤC THUẾ\n-----\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cục Thuế", None),
        (
            "BỘ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Bộ Lao động - Thương binh và Xã hội",
            None,
        ),
        (
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Ủy ban nhân dân thành phố Hà Nội",
            "Hà Nội",
        ),
        ("TỈNH ỦY HẬU GIANG\n*\nĐẢNG CỘNG SẢN VIỆT NAM", "Tỉnh ủy Hậu Giang", "Hậu Giang"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nĐẢNG CỘNG SẢN VIỆT NAM", "Ban Chấp hành Trung ương Đảng", None),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TUYÊN GIÁO\n*\nĐẢNG CỘNG SẢN VIỆT NAM", "Ban Tuyên giáo Trung ương", None),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG\nĐẢNG ĐOÀN QUỐC HỘI\n*\nĐẢNG CỘNG SẢN VIỆT NAM", "Đảng đoàn Quốc hội", None),
        (
            "CHỦ TỊCH ỦY\nBAN NHÂN DÂN\nTỈNH ĐỒNG THÁP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Ủy ban nhân dân tỉnh Đồng Tháp",
            "Đồng Tháp",
        ),
        ("**V****Ă****N PHÒNG\nCHÍNH PHỦ**\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Văn phòng Chính phủ", None),
        (
            "BỘ CÔNG THƯƠNG\nCỤC ĐỔI MỚI SÁNG TẠO,\nCHUYỂN ĐỔI XANH VÀ\nKHUYẾN CÔNG\n",
            "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công",
            None,
        ),
        (
            "UBND TỈNH LÀO CAI\nSỞ GIAO THÔNG VẬN TẢI -\nXÂY DỰNG\n",
            "Sở Giao thông vận tải - Xây dựng tỉnh Lào Cai",
            "Lào Cai",
        ),
        (
            "BAN CHỈ ĐẠO NHÀ NƯỚC\nVỀ DU LỊCH\n---\nHà Nội, ngày 05 tháng 11 năm 2025",
            "Ban Chỉ đạo nhà nước về du lịch",
            None,
        ),
        (
            "HỘI ĐỒNG NHÂN DÂN\nTỈNH ĐIỆN BIÊN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Hội đồng nhân dân tỉnh Điện Biên",
            "Điện Biên",
        ),
    ],
)
def test_issuer_of_a_letterhead(letterhead: str, issuer: str, province: str | None) -> None:
    head = read_header(f"{letterhead}\n\nTHÔNG BÁO\nKết luận cuộc họp\nCăn cứ Luật Đất đai;\n")
    assert (head.type, head.issuer, head.province) == ("Thông báo", issuer, province)


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        ("SỞ Y TẾ LÀO CAI\nBỆNH VIỆN ĐA KHOA TỈNH", "Bệnh viện Đa khoa tỉnh Lào Cai"),
        ("SỞ Y TẾ TỈNH LÀO CAI\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT", "Trung tâm Kiểm soát bệnh tật tỉnh Lào Cai"),
        ("UBND HUYỆN BẢO YÊN\nTRUNG TÂM PHÁT TRIỂN QUỸ ĐẤT", "Trung tâm Phát triển quỹ đất huyện Bảo Yên"),
        ("UBND HUYỆN BẢO YÊN\nPHÒNG QLCN", "Phòng QLCN"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO LÀO CAI\nTRƯỜNG THPT SỐ 1 BẢO YÊN", "Trường THPT Số 1 Bảo Yên"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG TỈNH LÀO CAI\nCHI CỤC KIỂM LÂM", "Chi cục Kiểm lâm tỉnh Lào Cai"),
        ("CHI CỤC KIỂM LÂM TỈNH LÀO CAI\nHẠT KIỂM LÂM HUYỆN BẢO YÊN", "Hạt Kiểm lâm huyện Bảo Yên"),
        ("CỤC THUẾ TỈNH LÀO CAI\nCHI CỤC THUẾ KHU VỰC BẢO YÊN", "Chi cục Thuế khu vực Bảo Yên"),
        ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM\nCHI NHÁNH TỈNH LÀO CAI", "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Lào Cai"),
        ("KHO BẠC NHÀ NƯỚC\nKHO BẠC NHÀ NƯỚC LÀO CAI", "Kho bạc Nhà nước tỉnh Lào Cai"),
        ("ỦY BAN MTTQ VIỆT NAM TỈNH LÀO CAI\nBAN THƯỜNG TRỰC", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai"),
        ("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM\nBAN CHẤP HÀNH TỈNH LÀO CAI", "Hội Liên hiệp Phụ nữ tỉnh Lào Cai"),
        ("HUYỆN ỦY BẢO YÊN\nBAN TỔ CHỨC", "Ban Tổ chức Huyện ủy Bảo Yên"),
        ("SỞ CÔNG THƯƠNG\nPHÒNG QUẢN LÝ CÔNG NGHIỆP", "Phòng Quản lý công nghiệp Sở Công Thương tỉnh Lào Cai"),
        ("SỞ XÂY DỰNG\nTHANH TRA SỞ XÂY DỰNG", "Thanh tra Sở Xây dựng tỉnh Lào Cai"),
        ("BỘ NỘI VỤ\nTHANH TRA BỘ", "Thanh tra Bộ Nội vụ"),
        ("BỘ CÔNG THƯƠNG\nVỤ PHÁP CHẾ", "Vụ Pháp chế Bộ Công Thương"),
        ("UBND TỈNH LÀO CAI\nQUỸ BẢO VỆ MÔI TRƯỜNG", "Quỹ bảo vệ môi trường tỉnh Lào Cai"),
        (
            "SỞ CÔNG THƯƠNG TỈNH LÀO CAI\nTRUNG TÂM KHUYẾN CÔNG VÀ TƯ VẤN\nPHÁT TRIỂN CÔNG NGHIỆP",
            "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp tỉnh Lào Cai",
        ),
    ],
)
def test_a_subordinate_body_has_its_whole_name_and_its_place(letterhead: str, issuer: str) -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    day = "Lào Cai, ngày 05 tháng 11 năm 2024"
    head = read_header(f"{letterhead}\n{motto}\n{day}\nBÁO CÁO\nKết quả công tác năm 2024\nĐơn vị báo cáo như sau:\n")
    assert head.issuer == issuer


@pytest.mark.parametrize(
    ("letterhead", "number", "type", "issuers"),
    [
        # one below the other, side by side, over two lines, in columns
        (
            "SỞ Y TẾ - BẢO HIỂM XÃ HỘI\nTỈNH AN GIANG",
            "05/KHLT-SYT-BHXH",
            "KẾ HOẠCH LIÊN TỊCH",
            "Sở Y tế tỉnh An Giang; Bảo hiểm xã hội tỉnh An Giang",
        ),
        ("BỘ Y TẾ\nBỘ TÀI CHÍNH", "12/2014/TTLT-BYT-BTC", "THÔNG TƯ LIÊN TỊCH", "Bộ Y tế; Bộ Tài chính"),
        (
            "BỘ Y TẾ - BỘ TÀI CHÍNH - BỘ\nLAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
            "12/2014/TTLT-BYT-BTC-BLĐTBXH",
            "THÔNG TƯ LIÊN TỊCH",
            "Bộ Y tế; Bộ Tài chính; Bộ Lao động - Thương binh và Xã hội",
        ),
        ("BỘ CÔNG AN VÀ BỘ QUỐC PHÒNG", "17/KH-BCA-BQP", "KẾ HOẠCH", "Bộ Công an; Bộ Quốc phòng"),
        (
            "| UBND TỈNH AN GIANG | ỦY BAN MTTQ VIỆT NAM TỈNH AN GIANG |",
            "17/QCPH-UBND-UBMTTQ",
            "QUY CHẾ PHỐI HỢP",
            "Ủy ban nhân dân tỉnh An Giang; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh An Giang",
        ),
        # one place for all
        (
            "ỦY BAN NHÂN DÂN TỈNH AN GIANG\nSỞ Y TẾ - SỞ TÀI CHÍNH",
            "05/KHLT-SYT-STC",
            "KẾ HOẠCH LIÊN TỊCH",
            "Sở Y tế tỉnh An Giang; Sở Tài chính tỉnh An Giang",
        ),
        (
            "ĐẢNG ỦY - UBND - UBMTTQ XÃ AN PHÚ",
            "12/KH-LT",
            "KẾ HOẠCH LIÊN TỊCH",
            "Đảng ủy xã An Phú; Ủy ban nhân dân xã An Phú; Ủy ban Mặt trận Tổ quốc Việt Nam xã An Phú",
        ),
        # one body below another, a name that joins two, a plan of one body on working together
        ("UBND TỈNH AN GIANG\nSỞ Y TẾ", "05/KH-SYT", "KẾ HOẠCH PHỐI HỢP", "Sở Y tế tỉnh An Giang"),
        ("BỘ CÔNG THƯƠNG\nTỔNG CỤC QUẢN LÝ THỊ TRƯỜNG", "12/BC-TCQLTT", "BÁO CÁO", "Tổng cục Quản lý thị trường"),
        (
            "BỘ NÔNG NGHIỆP\nVÀ PHÁT TRIỂN NÔNG THÔN",
            "05/KH-BNN",
            "KẾ HOẠCH",
            "Bộ Nông nghiệp và Phát triển nông thôn",
        ),
    ],
)
def test_a_joint_document_is_of_all_bodies_of_its_letterhead(
    letterhead: str, number: str, type: str, issuers: str
) -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    below = f"Số: {number}\nAn Giang, ngày 02 tháng 5 năm 2014\n{type}\nVề công tác phối hợp\nCăn cứ Luật Đất đai;\n"
    head = read_header(f"{letterhead}\n{motto}\n{below}")
    assert head.issuer == issuers
    assert head.title == "Về công tác phối hợp"  # the words of the type line are none of its


def test_a_joint_circular_without_letterhead_is_of_the_bodies_of_its_enacting_clause() -> None:
    head = read_header(
        "THÔNG TƯ LIÊN TỊCH\nHướng dẫn phụ cấp\nCăn cứ Nghị định số 60/2003/NĐ-CP ngày 06/6/2003 của Chính phủ;\n"
        "Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc và Bộ trưởng Bộ Tài chính ban hành Thông tư liên tịch hướng dẫn như sau:\n"
    )
    assert head.issuer == "Ủy ban Dân tộc; Bộ Tài chính"


@pytest.mark.parametrize("serial", ["      ", "0 ", "00"])
def test_a_blank_number_is_null_and_a_blank_day_leaves_the_month(serial: str) -> None:
    head = read_header(
        f"Số: {serial}/BC-SCT\nTrà Vinh, ngày      tháng 12 năm 2021\nBÁO CÁO\nTổng kết năm 2021\nNội dung."
    )
    assert (head.number, head.date) == (None, "2021-12")
    assert (head.issuer, head.province) == ("Sở Công Thương tỉnh Trà Vinh", "Trà Vinh")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("ngày Íð tháng 3 năm 2024", "2024-03"),
        ("ngày @3 tháng 0I năm 2025", "2025-01"),
        ("ngày 2l tháng 3 năm 2024", "2024-03"),
        ("ngày 05 tháng 6 năm 2024", "2024-06-05"),
    ],
)
def test_a_day_written_by_hand_and_scanned_is_no_day(written: str, date: str) -> None:
    assert read_header(f"UBND TỈNH LÀO CAI\nSố: 22/BC-UBND | Lào Cai, {written}\nBÁO CÁO\nTình hình\n").date == date


@pytest.mark.parametrize("written", ["ngày 26 tháng 0 6 năm 2018", "ngày 2 6 tháng 6 năm 20 18"])
def test_a_converter_may_set_the_figures_of_a_day_apart(written: str) -> None:
    assert read_header(f"CHÍNH PHỦ\nSố: 12/NQ-CP | Hà Nội, {written}\nNGHỊ QUYẾT\nVề chợ\n").date == "2018-06-26"


def test_the_seat_of_a_central_body_is_not_its_province() -> None:
    head = read_header("CHÍNH PHỦ\nSố: 60/2024/NĐ-CP\nHà Nội, ngày 05 tháng 6 năm 2024\nNGHỊ ĐỊNH\nVề quản lý chợ\n")
    assert (head.issuer, head.province, head.date) == ("Chính phủ", None, "2024-06-05")


def test_an_official_letter_has_a_subject_and_no_type_line() -> None:
    text = (
        "UBND TỈNH BÌNH THUẬN\nSỞ TƯ PHÁP\nSố:  788/STP-HCBT\nV/v trình hồ sơ phê chuẩn kết quả\nĐại hội Đoàn Luật sư\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBình Thuận, ngày  16  tháng 5  năm 2025\nKính gửi: Ủy ban nhân dân tỉnh.\n"
        "Sở Tư pháp nhận được Văn bản số 2377/UBND-NCKS ngày 13/5/2025.\n"
    )
    head = read_header(text)
    assert (head.type, head.number, head.date) == ("Công văn", "788/STP-HCBT", "2025-05-16")
    assert head.issuer == "Sở Tư pháp tỉnh Bình Thuận"
    assert head.title == "V/v trình hồ sơ phê chuẩn kết quả Đại hội Đoàn Luật sư"


def test_the_title_of_a_web_page_above_the_letterhead_does_not_end_it() -> None:
    head = read_header(
        "Công văn số: 2728/TCT-DNL V/v thực hiện quy định về hóa đơn\n\nBỘ TÀI CHÍNH\nTỔNG CỤC THUẾ\n-------\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 2728/TCT-DNL\n"
        "V/v thực hiện quy định về hóa đơn\nHà Nội, ngày 18 tháng 7 năm 2014\nKính gửi: Cục Thuế tỉnh Đắk Nông.\n"
    )
    assert (head.type, head.issuer, head.number) == ("Công văn", "Tổng cục Thuế", "2728/TCT-DNL")


def test_a_number_left_blank_tells_the_type_by_its_letters() -> None:
    head = read_header(
        "ĐẢNG BỘ TỈNH HÀ TĨNH\nĐẢNG ỦY XÃ CẨM BÌNH\n*\nSố       -CV/ĐU\nTham mưu triển khai kế hoạch\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nCẩm Bình, ngày     tháng 6 năm 2026\nKính gửi: Ủy ban nhân dân xã\n"
    )
    assert (head.type, head.number, head.issuer) == ("Công văn", None, "Đảng ủy xã Cẩm Bình")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("b3  /TB-UBND", "b3/TB-UBND"),
        ("II /2026/QĐ-UBND", "11/2026/QĐ-UBND"),
        ("0     7/2024/QĐ-UBND", "07/2024/QĐ-UBND"),
        ("4@` /TB-UBND", None),
        ("đ# /QĐ-UBND", None),
    ],
)
def test_a_number_that_a_scan_has_damaged_is_the_own_one(written: str, number: str | None) -> None:
    """It stays as it stands where a number can be told from it, and is no citation in either case."""
    text = f"UBND TỈNH QUẢNG NGÃI\nSố: {written} Quảng Ngãi, ngày 05 tháng 02 năm 2025\nTHÔNG BÁO\nVề việc thụ lý\n"
    assert read_header(text).number == number
    span = own_spans(text).number
    assert span is not None
    assert text[slice(*span)] == f"Số: {written}"
    assert not extract(text).mentions


def test_the_authority_line_stands_in_for_a_lost_letterhead() -> None:
    text = "NGHỊ QUYẾT\nTHÔNG QUA DỰ ÁN THỦY LỢI\nHỘI ĐỒNG NHÂN DÂN TỈNH ĐIỆN BIÊN\nKHÓA XIV\nCăn cứ Luật;\n"
    head = read_header(text, "71-2017-nq-hđnd.md")
    assert (head.issuer, head.title) == ("Hội đồng nhân dân tỉnh Điện Biên", "THÔNG QUA DỰ ÁN THỦY LỢI")
    assert head.number == "71/2017/NQ-HĐND"
    assert read_header(text, "ban-nhap-2.md").number is None


def test_without_a_letterhead_the_body_that_reports_is_the_issuer() -> None:
    text = (
        "BÁO CÁO\nTình hình 6 tháng đầu năm 2024\n\nThực hiện ý kiến của Bộ Công Thương, Sở Công Thương báo cáo:\n"
        "Tham mưu UBND tỉnh Hậu Giang ban hành kế hoạch trên địa bàn tỉnh Hậu Giang.\n"
        "Hội chợ tại các tỉnh Bắc Giang, Bắc Ninh.\nTrên đây là báo cáo của Sở Công Thương./.\n"
    )
    head = read_header(text)
    assert (head.issuer, head.province, head.period) == ("Sở Công Thương tỉnh Hậu Giang", "Hậu Giang", "2024-H1")


def test_a_web_page_around_the_document_fills_what_it_lacks() -> None:
    text = (
        "Đang tải văn bản...\n**Số hiệu:**\n|\n377/NQ-CP\n|\n**Loại văn bản:**\n|\nNghị quyết\n|\n"
        "**Nơi ban hành:**\n|\nChính phủ\n|\n**Ngày ban hành:**\n|\n21/11/2025\n|\nNội dung tóm tắt.\n"
    )
    head = read_header(text)
    assert (head.type, head.number, head.issuer, head.date) == ("Nghị quyết", "377/NQ-CP", "Chính phủ", "2025-11-21")


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Tình hình thực hiện nhiệm vụ năm 2024 và Kế hoạch năm 2025", "2024"),
        ("Sơ kết hoạt động 9 tháng đầu năm và một số nhiệm vụ chủ yếu 3 tháng cuối năm 2020", "2020-M9"),
        ("Tình hình tháng 3, lũy kế Quí I/2023 và Chương trình công tác Quí II/2023", "2023-Q1"),
        ("Kết quả công tác tháng 6 và 6 tháng đầu năm 2024", "2024-H1"),
        ("Kết quả công tác tháng 12 và năm 2024; nhiệm vụ năm 2025", "2024"),
        ("Công tác quý 3 năm 2022", "2022-Q3"),
        ("Cải cách thủ tục hành chính tháng 01/2025", "2025-01"),
        ("Kết quả phát triển ngành đến năm 2030, tầm nhìn đến năm 2045", None),
        ("Kết quả thực hiện Chỉ thị ngày 05 tháng 6 năm 2020 của Thủ tướng", None),
        ("Kinh tế số giai đoạn 2026 - 2030", None),
    ],
)
def test_period_of_a_report(title: str, period: str | None) -> None:
    assert read_header(f"BÁO CÁO\n{title}\n\nNội dung báo cáo.").period == period


def test_own_spans_quote_number_type_and_title() -> None:
    found = own_spans(COLUMNS)
    assert found.number and COLUMNS[slice(*found.number)] == "Số: 1973/QĐ-UBND"
    assert found.type and COLUMNS[slice(*found.type)] == "QUYẾT ĐỊNH"
    assert found.title and COLUMNS[slice(*found.title)].endswith("của Sở Y tế")


def test_the_number_of_a_cited_document_is_not_the_own_one() -> None:
    text = "BÁO CÁO\nTổng kết năm 2021\n\nThực hiện Kế hoạch số 13/KH-UBND ngày 19/01/2024, Sở báo cáo.\n"
    assert read_header(text).number is None and own_spans(text).number is None


@given(st.text(alphabet="SỐ: 12/QĐ-UBND\n|*_BÁOCN, ngày tháng năm 2024.VvKgửi", max_size=300))
def test_any_text_has_a_header(text: str) -> None:
    head, own = read_header(text), own_spans(text)
    assert head.date is None or len(head.date) in (4, 7, 10)
    for span in (own.number, own.type, own.title):
        assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    line = "Sở Công Thương báo cáo tỉnh Hậu Giang.\n"
    read_header(COLUMNS)
    assert calls(read_header, COLUMNS + line * 10_000) == calls(read_header, COLUMNS + line * 1_000)


@pytest.mark.parametrize("name", ["000", "003"])
def test_annotated_headers(name: str) -> None:
    gold = SHARED / "gold" / "dev" / f"{name}.header.json"
    if not gold.exists():
        pytest.skip("no annotated reports here")
    source = next((SHARED / "seeds").glob(f"{name}*"))
    head = read_header(normalize(source.read_bytes().decode("utf-8")).text)
    assert {k: getattr(head, k) for k in json.loads(gold.read_text(encoding="utf-8"))} == json.loads(
        gold.read_text(encoding="utf-8")
    )


def test_a_team_belongs_to_the_body_above_it_and_its_decision_is_not_its_number() -> None:
    head = read_header(
        "SỞ CÔNG THƯƠNG HÀ TĨNH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "ĐOÀN KIỂM TRA            Độc lập - Tự do - Hạnh phúc\n"
        "THEO QUYẾT ĐỊNH\nSỐ 214/QĐ-SCT\n\nSố: 9/BC-ĐKT      Hà Tĩnh, ngày 12 tháng 6 năm 2024\n\n"
        "BÁO CÁO\nKết quả kiểm tra kinh doanh xăng dầu\n"
    )
    assert (head.issuer, head.province, head.number) == (
        "Đoàn kiểm tra Sở Công Thương tỉnh Hà Tĩnh",
        "Hà Tĩnh",
        "9/BC-ĐKT",
    )


def test_marks_that_scanning_leaves_before_a_line_are_no_part_of_the_letterhead() -> None:
    head = read_header(
        '" ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH HÀ TĨNH Độc lập - Tự do - Hạnh phúc\n'
        "Số: 08/CT-UBND Hà Tĩnh, ngày 12 tháng 4 năm 2019\nCHỈ THỊ\nVề việc tăng cường quản lý chợ\n"
    )
    assert head.issuer == "Ủy ban nhân dân tỉnh Hà Tĩnh"


def test_a_law_without_a_date_in_its_head_bears_that_of_the_vote() -> None:
    law = (
        "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLuật số: 61/2030/QH17\n\n"
        "LUẬT\n\nBẢO TỒN LÀNG NGHỀ\n\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\nLuật này quy định về làng nghề.\n\n"
        "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XVII, kỳ họp thứ 3\n"
        "thông qua ngày 19 tháng 6 năm 2030.\n\nCHỦ TỊCH QUỐC HỘI\n"
    )
    head = read_header(law)
    assert (head.type, head.issuer, head.number, head.date) == ("Luật", "Quốc hội", "61/2030/QH17", "2030-06-19")


def test_the_vote_does_not_date_a_report_that_tells_of_it() -> None:
    report = (
        "SỞ CÔNG THƯƠNG\nSố:   /BC-SCT\nBÁO CÁO\nTình hình thực hiện pháp luật\n"
        "Luật này được Quốc hội thông qua ngày 19 tháng 6 năm 2030.\n"
    )
    assert read_header(report).date is None


def test_a_consolidation_is_the_document_that_certifies_it() -> None:
    text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nTHÔNG TƯ\nQUY ĐỊNH VỀ CHỢ PHIÊN\n\n"
        "Thông tư số 5/2020/TT-BCT ngày 4 tháng 3 năm 2020 của Bộ trưởng Bộ Công Thương, được sửa đổi, bổ sung bởi:\n"
        "Thông tư số 7/2024/TT-BCT ngày 6 tháng 5 năm 2024 của Bộ trưởng Bộ Công Thương.\n\nĐiều 1. Phạm vi\n\n"
        "BỘ CÔNG THƯƠNG\n\nXÁC THỰC VĂN BẢN\nHỢP NHẤT\nSố: 31/VBHN-BCT\nHà Nội, ngày 02 tháng 7 năm 2024\nTHỨ TRƯỞNG\n"
    )
    head = read_header(text)
    assert (head.type, head.number, head.issuer, head.date) == (
        "Văn bản hợp nhất",
        "31/VBHN-BCT",
        "Bộ Công Thương",
        "2024-07-02",
    )


def test_place_and_date_may_stand_above_the_signature() -> None:
    plan = "KẾ HOẠCH\nTuyên truyền pháp luật\n\nCăn cứ Luật Giáo dục;\nNhà trường lập kế hoạch.\n\n{}\n\nHIỆU TRƯỞNG\n"
    assert read_header(plan.format("Cái Bè, ngày 28 tháng 4 năm 2026")).date == "2026-04-28"
    two = "Cái Bè, ngày 28 tháng 4 năm 2026\n\nCái Bè, ngày 29 tháng 4 năm 2026"
    assert read_header(plan.format(two)).date is None, "a text with two such lines does not tell which is its own"


def test_a_page_of_a_legal_portal_labels_number_and_date_below_the_text() -> None:
    page = "Trang chủ\n>\nVăn bản hợp nhất\n" + "Điều 1. Nội dung của điều này.\n" * 1200
    page += "Số hiệu17/VBHN-BNV\nLoại văn bảnVăn bản hợp nhất\nNgày ký xác thực18/12/2025\nCơ quan ban hànhBộ Nội vụ\n"
    head = read_header(page)
    assert (head.type, head.number, head.issuer, head.date) == (
        "Văn bản hợp nhất",
        "17/VBHN-BNV",
        "Bộ Nội vụ",
        "2025-12-18",
    )


def test_the_caption_of_a_page_numbers_a_law_of_its_year_alone() -> None:
    page = (
        "Luật Chợ phiên số {}\nNguồn: Cổng thông tin\n\nCăn cứ Hiến pháp;\nQuốc hội ban hành Luật Chợ phiên.\n"
        "Luật này được Quốc hội khóa XIV, kỳ họp thứ 6 thông qua ngày 19 tháng 11 năm 2018.\n"
    )
    assert read_header(page.format("30/2018/QH14")).number == "30/2018/QH14"
    assert read_header(page.format("8/2003/QH11")).number is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("*Hà Nội ngày 01\ntháng 12 năm 2025*", "2025-12-01"),
        ("Ngày 01 tháng 12 năm 2025", "2025-12-01"),
        ("Kết luận ngày 01 tháng 12 năm 2025", None),
    ],
)
def test_place_and_date_may_stand_without_a_comma(line: str, date: str | None) -> None:
    head = read_header(
        f"CHÍNH PHỦ\nSố: 388/NQ-CP\n|\n{line}\n|\nNGHỊ QUYẾT\nVề việc giải trình\nCăn cứ Luật Đất đai;\n"
    )
    assert head.date == date


def test_of_a_day_that_does_not_exist_the_month_remains() -> None:
    assert read_header(COLUMNS.replace("ngày 28 tháng 11", "ngày 82 tháng 11")).date == "2025-11"


def test_the_prime_minister_may_take_two_lines() -> None:
    assert (
        read_header("THỦ TƯỚNG\nCHÍNH PHỦ\n----\nSố: 26/QĐ-TTg\nHà Nội, ngày 29 tháng 11 năm 2025\nQUYẾT ĐỊNH\n").issuer
        == "Thủ tướng Chính phủ"
    )


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Về kế hoạch vốn đầu tư năm 2017", "2017"),
        ("Quy định chi tiết một số điều của Luật Đất đai năm 2024", None),
        ("Công tác phổ biến, giáo dục pháp luật năm 2024", "2024"),
    ],
)
def test_a_decision_has_the_year_of_its_title_unless_that_is_a_law_s(title: str, period: str | None) -> None:
    assert (
        read_header(COLUMNS.replace("Về việc công bố danh mục thủ tục hành chính\ncủa Sở Y tế", title)).period == period
    )


RESOLUTION = """HỘI ĐỒNG NHÂN DÂN
TỈNH BẮC GIANG
-----
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

NGHỊ QUYẾT
Về việc đặt tên đường

Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT NGHỊ:
Điều 1. Đặt tên các tuyến đường (có danh mục kèm theo).

PHỤ LỤC
DANH MỤC TÊN ĐƯỜNG
(Kèm theo Nghị quyết số {}
ngày 13 tháng 7 năm 2031 của Hội đồng nhân dân tỉnh)
1. Đường A
"""


def test_an_annex_names_the_document_that_attaches_it() -> None:
    head = read_header(RESOLUTION.format("17/NQ-HĐND"))
    assert (head.number, head.date) == ("17/NQ-HĐND", "2031-07-13")
    other = RESOLUTION.format("17/NQ-HĐND") + "DANH MỤC CHỢ\n(Kèm theo Nghị quyết số 18/NQ-HĐND)\n"
    assert read_header(other).number is None, "two numbers do not tell which is its own"
    assert read_header(RESOLUTION.format("17/NQ-HĐND").replace("Nghị quyết số", "Quyết định số")).number is None


def test_a_letter_may_have_lost_its_head() -> None:
    head = read_header("Kính gửi: Bộ Tài chính\n\nĐề nghị quý Bộ cho ý kiến.\nTL. BỘ TRƯỞNG\nCỤC TRƯỞNG\n")
    assert (head.type, head.issuer) == ("Công văn", None), "an officer alone is no body"


def test_the_tax_office_of_a_province_stands_below_the_department() -> None:
    head = read_header(
        "CỤC THUẾ\nTHUẾ TỈNH VĨNH LONG\n-------\nSố: 139/VLO-QLDN3\nVĩnh Long, ngày 02 tháng 12 năm 2025\nKính gửi: A\n"
    )
    assert (head.issuer, head.province) == ("Thuế tỉnh Vĩnh Long", "Vĩnh Long")


def test_a_department_signs_where_only_its_superior_is_legible() -> None:
    head = read_header(
        "BỘ TÀI CHÍNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTONG CYC THUE Độc lập - Tự do - Hạnh phúc\n"
        "Số: 4046/TCT-TTKT Hà Nội, ngày 12 tháng 3 năm 2020\nV/v thanh tra\nKính gửi: Cục Thuế\n"
    )
    assert head.issuer == "Tổng cục Thuế"
    ministry = read_header(
        "BỘ TÀI CHÍNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 46/BTC-TCT Hà Nội, ngày 12 tháng 3 năm 2020\nV/v thuế\n"
    )
    assert ministry.issuer == "Bộ Tài chính"


def test_what_has_no_head_is_spoken_by_who_addresses_its_superior() -> None:
    draft = (
        "Về việc ban hành Kế hoạch phát triển chợ trên địa bàn tỉnh Kiên Giang\n"
        "Bộ Công Thương ban hành Thông tư số 15/2024/TT-BCT.\n"
        f"{'Chợ là nơi mua bán của nhân dân trên địa bàn tỉnh Kiên Giang. ' * 90}\n"
        "Sở Công Thương kính trình UBND tỉnh xem xét, quyết định./.\n"
    )
    head = read_header(draft)
    assert (head.issuer, head.province) == ("Sở Công Thương tỉnh Kiên Giang", "Kiên Giang")
    assert read_header(draft.replace("kính trình UBND tỉnh", "ban hành thông báo")).issuer is None


def test_the_party_committee_of_the_province_tells_the_province() -> None:
    plan = (
        "Số      -KH/ĐU\nCông Hải, ngày   tháng   năm 2026\nKẾ HOẠCH\nChuyển đổi số trong 100 ngày\n"
        "Căn cứ Kế hoạch số 101-KH/TU ngày 15/6/2026 của Ban Thường vụ Tỉnh ủy Khánh Hòa;\nI. MỤC ĐÍCH\n"
    )
    assert read_header(plan).province == "Khánh Hòa"


def test_a_title_goes_on_with_the_day_of_what_it_cites() -> None:
    decree = (
        "CHÍNH PHỦ\n\nSố: 359/2025/NĐ-CP\n\nHà Nội, ngày 31 tháng 12 năm 2025\n\nNGHỊ ĐỊNH\n"
        "Sửa đổi, bổ sung một số điều của Nghị định số 181/2025/NĐ-CP\n"
        "ngày 01 tháng 7 năm 2025 của Chính phủ quy định chi tiết thi hành\n"
        "một số điều của Luật Thuế giá trị gia tăng\n\nCăn cứ Luật Tổ chức Chính phủ;\n"
    )
    title = read_header(decree).title
    assert title is not None and title.endswith(
        "số 181/2025/NĐ-CP ngày 01 tháng 7 năm 2025 của Chính phủ quy định chi tiết thi hành"
        " một số điều của Luật Thuế giá trị gia tăng"
    )


def test_the_type_line_of_a_consolidation_bears_the_mark_of_a_footnote() -> None:
    head = read_header(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nNGHỊ ĐỊNH1\nVề phát triển và quản lý chợ\n"
        "____\nNghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ về phát triển và quản lý chợ.\n"
    )
    assert (head.type, head.number, head.title) == ("Nghị định", None, "Về phát triển và quản lý chợ")


def test_a_citation_that_opens_a_line_is_not_the_own_number() -> None:
    assert read_header("Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ\nvề quản lý chợ.\n").number is None
    assert read_header("BỘ Y TẾ\nSố 09/2024/TT-BYT\nHà Nội, ngày 05/6/2024\nTHÔNG TƯ\nVề chợ\n").number is not None


def test_the_type_of_a_number_on_a_line_of_its_own_is_not_the_type_line() -> None:
    head = read_header(
        "QUỐC HỘI\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nLuật\nsố: 22/2023/QH15\n\n"
        "Hà Nội, ngày 23 tháng 6 năm 2023\n\nLUẬT\n\nĐẤU THẦU\n\nCăn cứ Hiến pháp;\n"
    )
    assert (head.type, head.number, head.title) == ("Luật", "22/2023/QH15", "ĐẤU THẦU")


def test_the_caption_of_a_page_that_is_type_and_title_gives_the_number() -> None:
    law = "LUẬT\nTRƯNG CẦU Ý DÂN\n____\nCăn cứ Hiến pháp;\n"
    assert read_header(f"Luật Trưng cầu ý dân số 96/2015/QH13\nNguồn: Cổng thông tin\n\n{law}").number == "96/2015/QH13"
    assert read_header(f"Luật trưng cầu ý dân 2015 số 96/2015/QH13\nNguồn: Cổng\n\n{law}").number == "96/2015/QH13"
    assert read_header(f"{law}Luật Trưng cầu ý dân số 96/2015/QH13 ngày 25/11/2015 của Quốc hội\n").number is None


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        (
            "Kết luận của đồng chí Phó Bí thư Tỉnh ủy, Chủ tịch\nỦy ban nhân dân tỉnh tại phiên họp tháng 6",
            "Kết luận của đồng chí Phó Bí thư Tỉnh ủy, Chủ tịch Ủy ban nhân dân tỉnh tại phiên họp tháng 6",
        ),
        (
            "Kết quả kiểm tra chợ trên địa bàn của\nSở Công Thương tỉnh Trà Vinh",
            "Kết quả kiểm tra chợ trên địa bàn của Sở Công Thương tỉnh Trà Vinh",
        ),
        (
            "Kế hoạch thực hiện Hiệp định\nThương mại giữa Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam và"
            " Chính phủ nước Cộng hòa dân chủ nhân dân Lào giai đoạn 2025 - 2030",
            "Kế hoạch thực hiện Hiệp định Thương mại giữa Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam và"
            " Chính phủ nước Cộng hòa dân chủ nhân dân Lào giai đoạn 2025 - 2030",
        ),
        (
            "Kết luận phiên họp về phát triển chợ giai đoạn 2026-2035\nNgày 18 tháng 6 năm 2026, tại trụ sở, Sở họp.",
            "Kết luận phiên họp về phát triển chợ giai đoạn 2026-2035",
        ),
        (
            "Kết quả phát triển chợ trong thời gian đến\nỦy ban nhân dân tỉnh báo cáo như sau",
            "Kết quả phát triển chợ trong thời gian đến",
        ),
        (
            "BAN HÀNH QUY CHẾ CỦA BAN CHỈ ĐẠO VỀ CHỢ\nTRƯỞNG BAN CHỈ ĐẠO VỀ CHỢ\nCăn cứ Luật Thương mại;",
            "BAN HÀNH QUY CHẾ CỦA BAN CHỈ ĐẠO VỀ CHỢ",
        ),
    ],
)
def test_a_title_goes_on_behind_a_word_that_governs_and_ends_before_who_signs(printed: str, title: str) -> None:
    head = "VĂN PHÒNG\n\nSố: 12/TB-VP\n\nTrà Vinh, ngày 20 tháng 6 năm 2026\n\nTHÔNG BÁO\n"
    assert read_header(f"{head}{printed}\n\nI. Đánh giá chung\n").title == title


def test_the_caption_of_a_portal_s_page_gives_the_title_of_what_has_no_head() -> None:
    caption = "Nghị định số 60/2024/NĐ-CP Về phát triển\nvà quản lý chợ"
    labels = "Số hiệu60/2024/NĐ-CP\nLoại văn bảnNghị định\nNgày ban hành05/06/2024\nCơ quan ban hànhChính phủ\n"
    assert read_header(f"Trang chủ\n>\n{caption}\n\nThuộc tính\n{labels}\nĐiều 1. Chợ.\n").title == (
        "Về phát triển và quản lý chợ"
    )
    assert read_header(f"Trang chủ\n>\n{caption}\n\nĐiều 1. Chợ.\n").title is None, "nothing says that this is a page"
