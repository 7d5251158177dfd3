"""Bodies get the full name that the table of bodies and their place give them."""

from __future__ import annotations

import pytest

from kg.entities.bodies import canonical, initials, of_symbol, parse, province_at, province_of, with_place
from kg.text.normalization import fold


@pytest.mark.parametrize(
    ("written", "province", "name"),
    [
        ("UBND tỉnh", "Hậu Giang", "Ủy ban nhân dân tỉnh Hậu Giang"),
        ("Uỷ ban nhân dân tỉnh Khánh Hoà", None, "Ủy ban nhân dân tỉnh Khánh Hòa"),
        ("UBND TP. Hồ Chí Minh", "Hậu Giang", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("UBND huyện Gò Quao", "Kiên Giang", "Ủy ban nhân dân huyện Gò Quao"),
        ("UBND các huyện, thành phố", "Kiên Giang", "Ủy ban nhân dân cấp huyện"),
        ("SỞ CÔNG THƯƠNG TỈNH HÀ TĨNH", None, "Sở Công Thương tỉnh Hà Tĩnh"),
        ("Giám đốc Sở Công Thương", "Trà Vinh", "Sở Công Thương tỉnh Trà Vinh"),
        ("Bộ trưởng Bộ Công Thương", None, "Bộ Công Thương"),
        ("Thủ tướng", None, "Thủ tướng Chính phủ"),
        ("Ban Thường vụ Tỉnh ủy", "Sóc Trăng", "Tỉnh ủy Sóc Trăng"),
        ("Thành ủy Cần Thơ", None, "Thành ủy Cần Thơ"),
        ("Thành ủy Thành phố Hồ Chí Minh", None, "Thành ủy Thành phố Hồ Chí Minh"),
        ("Thành ủy TP. Hồ Chí Minh", None, "Thành ủy Thành phố Hồ Chí Minh"),
        ("Ban Tổ chức Thành ủy", "Hồ Chí Minh", "Ban Tổ chức Thành ủy Thành phố Hồ Chí Minh"),
        ("Thành ủy Thành phố Hà Nội", None, "Thành ủy Hà Nội"),
        ("Ủy ban Quốc gia Tìm kiếm cứu nạn về việc", "Hà Tĩnh", "Ủy ban Quốc gia Tìm kiếm cứu nạn"),
        ("Phòng Kinh tế và Hạ tầng huyện Kỳ Anh", "Hà Tĩnh", "Phòng Kinh tế và Hạ tầng huyện Kỳ Anh"),
        ("Phòng Kinh tế thị xã Kỳ Anh", "Hà Tĩnh", "Phòng Kinh tế thị xã Kỳ Anh"),
        ("Văn phòng UBND tỉnh", "Trà Vinh", "Văn phòng Ủy ban nhân dân tỉnh Trà Vinh"),
        ("Đảng ủy", "Hậu Giang", "Đảng ủy"),
        ("Ban Thường vụ Đảng ủy", "Hậu Giang", "Đảng ủy"),
        ("Bí thư Đảng ủy", "Hậu Giang", "Đảng ủy"),
        ("Đảng ủy xã Tân Hòa", "Hậu Giang", "Đảng ủy xã Tân Hòa"),
        ("Đảng ủy Sở Công Thương", "Hậu Giang", "Đảng ủy Sở Công Thương tỉnh Hậu Giang"),
        ("Đảng ủy các cơ quan Đảng tỉnh", "Hậu Giang", "Đảng ủy các cơ quan Đảng tỉnh Hậu Giang"),
        ("Đảng ủy Quân sự tỉnh", "Hậu Giang", "Đảng ủy Quân sự tỉnh Hậu Giang"),
        ("PHÒNG NCKSTTHC", "Bình Thuận", "Phòng NCKSTTHC"),
        ("PHÒNG GD&ĐT", None, "Phòng GD&ĐT"),
        ("TAND huyện Bảo Yên", "Lào Cai", "Tòa án nhân dân huyện Bảo Yên"),
        ("TAND tỉnh", "Lào Cai", "Tòa án nhân dân tỉnh Lào Cai"),
        ("Giám đốc Đại học Thái Nguyên", None, "Đại học Thái Nguyên"),
        ("Thuế cơ sở 3 tỉnh Lào Cai", None, "Thuế cơ sở 3 tỉnh Lào Cai"),
        ("Trường Tiểu học số 1 Việt Tiến", "Lào Cai", "Trường Tiểu học số 1 Việt Tiến"),
        ("BẢO HIỂM XÃ HỘI TỈNH AN GIANG", None, "Bảo hiểm xã hội tỉnh An Giang"),
        ("Ngân hàng Nhà nước Việt Nam - Chi nhánh Lào Cai", None, "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Lào Cai"),
        ("Kho bạc Nhà nước huyện Gò Quao", "Kiên Giang", "Kho bạc Nhà nước huyện Gò Quao"),
        ("Trung tâm Kiểm định kỹ thuật an toàn khu vực I cấp", None, "Trung tâm Kiểm định kỹ thuật an toàn khu vực I"),
        ("Cục Hàng hải và Đường thủy Việt Nam không thực hiện", None, "Cục Hàng hải và Đường thủy Việt Nam"),
        ("Văn phòng Điều phối nông thôn mới tỉnh", "Cà Mau", "Văn phòng Điều phối nông thôn mới tỉnh Cà Mau"),
        (
            "Phòng CS PCCC & CNCH thuộc Công an tỉnh cấp",
            "Cà Mau",
            "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ Công an tỉnh Cà Mau",
        ),
    ],
)
def test_the_full_name_of_what_a_text_writes(written: str, province: str | None, name: str) -> None:
    assert canonical(written, province) == name


@pytest.mark.parametrize(
    "text",
    ["hội nghị ngày 05/6", "Bộ luật Lao động", "Phòng cháy, chữa cháy", "Thuế thu nhập", "triển khai", "", "   "],
)
def test_other_words_are_no_body(text: str) -> None:
    assert canonical(text) is None


def test_a_body_tells_whether_its_place_is_written() -> None:
    for text, placed in (("UBND tỉnh Hậu Giang", True), ("UBND tỉnh", False)):
        found = parse(text, fold(text), 0, "Hậu Giang")
        assert found is not None
        assert (found.name, found.placed, found.end) == ("Ủy ban nhân dân tỉnh Hậu Giang", placed, len(text))


def test_letters_mean_the_body_of_their_time() -> None:
    assert of_symbol(("BNN",), day="2016")[0] == "Bộ Nông nghiệp và Phát triển nông thôn"
    assert of_symbol(("BNNMT",), day="2025")[0] == "Bộ Nông nghiệp và Môi trường"
    assert of_symbol(("SCT",), "Hà Tĩnh") == ("Sở Công Thương tỉnh Hà Tĩnh", True)
    assert of_symbol(("XYZ",)) == (None, False)


def test_the_committee_of_a_body_is_not_the_provinces() -> None:
    """A province's committee is its Tỉnh ủy or Thành ủy; whose committee a bare Đảng ủy is stays open."""
    assert of_symbol(("ĐU",), "Hậu Giang") == ("Đảng ủy", True)
    assert of_symbol(("TU",), "Hậu Giang") == ("Tỉnh ủy Hậu Giang", True)


def test_letters_of_the_document_s_own_body_are_its_initials() -> None:
    assert initials("Trung tâm Khuyến công và Xúc tiến thương mại tỉnh Trà Vinh") == "TTKCXTTM"
    assert of_symbol(("BQLC",), own="Ban Quản lý chợ")[0] == "Ban Quản lý chợ"


@pytest.mark.parametrize(
    "province", ["Hậu Giang", "Thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Thừa Thiên Huế", "Đắk Lắk"]
)
def test_a_body_s_name_tells_its_province(province: str) -> None:
    found = province_at(fold(province), 0)
    assert found is not None
    name, end = found
    assert end == len(province)
    assert province_of(with_place("Sở Công Thương", name)) == name


def test_a_central_body_has_no_province() -> None:
    assert province_of("Bộ Công Thương") is None
    assert province_of(None) is None


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("CỤC KINH TẾ - QUẢN LÝ ĐẦU TƯ XÂY DỰNG", "Cục Kinh tế - Quản lý đầu tư xây dựng"),
        ("CỤC KINH TẾ HỢP TÁC VÀ PHÁT TRIỂN NÔNG THÔN", "Cục Kinh tế hợp tác và Phát triển nông thôn"),
        ("CỤC PHÒNG, CHỐNG TỆ NẠN XÃ HỘI", "Cục Phòng, chống tệ nạn xã hội"),
        ("CHI CỤC CHĂN NUÔI VÀ THÚ Y TỈNH TRÀ VINH", "Chi cục Chăn nuôi và Thú y tỉnh Trà Vinh"),
        ("HIỆP HỘI DOANH NGHIỆP NHỎ VÀ VỪA TỈNH THANH HÓA", "Hiệp hội Doanh nghiệp nhỏ và vừa tỉnh Thanh Hóa"),
        ("HỘI LIÊN HIỆP PHỤ NỮ TỈNH AN GIANG", "Hội Liên hiệp Phụ nữ tỉnh An Giang"),
        ("HỘI NÔNG DÂN HUYỆN THOẠI SƠN", "Hội Nông dân huyện Thoại Sơn"),
        ("CHI CỤC THUẾ KHU VỰC LONG MỸ - VỊ THỦY", "Chi cục Thuế khu vực Long Mỹ - Vị Thủy"),
        ("BAN TUYÊN GIÁO HUYỆN ỦY KỲ ANH", "Ban Tuyên giáo Huyện ủy Kỳ Anh"),
        ("TRUNG TÂM KIỂM SOÁT BỆNH TẬT TỈNH KHÁNH HÒA", "Trung tâm Kiểm soát bệnh tật tỉnh Khánh Hòa"),
        ("BAN QUẢN LÝ KHU KINH TẾ DUNG QUẤT", "Ban Quản lý Khu kinh tế Dung Quất"),
        (
            "BAN QUẢN LÝ KHU KINH TẾ DUNG QUẤT VÀ CÁC KHU CÔNG NGHIỆP QUẢNG NGÃI",
            "Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi",
        ),
        ("BAN QUẢN LÝ KHU KINH TẾ CỬA KHẨU MỘC BÀI", "Ban Quản lý Khu kinh tế cửa khẩu Mộc Bài"),
        ("BAN QUẢN LÝ KHU CÔNG NGHỆ CAO HÒA LẠC", "Ban Quản lý khu công nghệ cao Hòa Lạc"),
        ("BAN QUẢN LÝ KHU KINH TẾ TỈNH QUẢNG TRỊ", "Ban Quản lý Khu kinh tế tỉnh Quảng Trị"),
        ("KHO BẠC NHÀ NƯỚC KHU VỰC XI", "Kho bạc Nhà nước khu vực XI"),
        ("CHI CỤC THUẾ KHU VỰC V", "Chi cục Thuế khu vực V"),
        ("BAN DÂN TỘC VÀ TÔN GIÁO TỈNH HÀ GIANG", "Ban Dân tộc và Tôn giáo tỉnh Hà Giang"),
        ("SỞ Y TẾ VÀ SỞ CÔNG THƯƠNG", "Sở Y tế"),
        ("TRUNG TÂM Y TẾ HUYỆN CHÂU THÀNH", "Trung tâm Y tế huyện Châu Thành"),
        ("VỤ THỊ TRƯỜNG CHÂU Á - CHÂU PHI", "Vụ Thị trường Châu Á - Châu Phi"),
        ("PHÒNG NÔNG NGHIỆP VÀ PTNT HUYỆN YÊN MÔ", "Phòng Nông nghiệp và PTNT huyện Yên Mô"),
        ("CHI CỤC KIỂM LÂM VÙNG II", "Chi cục Kiểm lâm vùng II"),
        ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "Ban Chỉ đạo chuyển đổi số"),
        (
            "BAN CHỈ ĐẠO QUỐC GIA VỀ TÌM KIẾM, QUY TẬP HÀI CỐT LIỆT SĨ",
            "Ban Chỉ đạo quốc gia về tìm kiếm, quy tập hài cốt liệt sĩ",
        ),
    ],
)
def test_a_body_of_no_table_that_stands_in_capitals_is_written_as_in_a_text(capitals: str, written: str) -> None:
    assert canonical(capitals) == written


def test_the_beginning_of_a_listed_name_in_capitals_is_no_body() -> None:
    assert canonical("ỦY BAN THƯỜNG VỤ") is None
