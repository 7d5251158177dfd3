"""Identifiers of documents: stable under spelling, distinct where the law distinguishes, reversible."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.identity import Identity, identify
from kg.documents.urn import CANDIDATE, is_candidate, is_urn, parse_candidate, parse_urn
from kg.text.slugs import slug

HAU_GIANG = "Ủy ban nhân dân tỉnh Hậu Giang"

DECIDED = [
    (("Nghị định", "60/2024/NĐ-CP", "2024-06-05", "Chính phủ"), "vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"),
    (("Quyết định", "01/QĐ-UBND", "2024-01-05", HAU_GIANG), "vn;hau.giang:uy.ban.nhan.dan:quyet.dinh:2024;01-qd-ubnd"),
    (
        ("Quyết định", "01/2024/QĐ-UBND", None, HAU_GIANG),
        "vn;hau.giang:uy.ban.nhan.dan:quyet.dinh:2024;01-2024-qd-ubnd",
    ),
    (
        ("Kế hoạch", "22/KH-SCT", "2024-03-27", "Sở Công Thương tỉnh Hậu Giang"),
        "vn;hau.giang:so.cong.thuong:ke.hoach:2024;22-kh-sct",
    ),
    (
        ("Quyết định", "25/QĐ-TT", "2024-07-03", "Thanh tra Sở Công Thương tỉnh Hậu Giang"),
        "vn;hau.giang:thanh.tra.so.cong.thuong:quyet.dinh:2024;25-qd-tt",
    ),
    (
        ("Quyết định", "05/QĐ-UBND", "2020-01-02", "Ủy ban nhân dân huyện Phụng Hiệp, tỉnh Hậu Giang"),
        "vn;hau.giang;huyen.phung.hiep:uy.ban.nhan.dan:quyet.dinh:2020;05-qd-ubnd",
    ),
    (
        ("Quyết định", "05/QĐ-UBND", "2020-01-02", "Ủy ban nhân dân xã Tân Bình, huyện Phụng Hiệp, tỉnh Hậu Giang"),
        "vn;hau.giang;huyen.phung.hiep;xa.tan.binh:uy.ban.nhan.dan:quyet.dinh:2020;05-qd-ubnd",
    ),
    (
        ("Nghị quyết", "05-NQ/HU", "2020-01-02", "Huyện ủy Phụng Hiệp, tỉnh Hậu Giang"),
        "vn;hau.giang;huyen.phung.hiep:huyen.uy:nghi.quyet:2020;05-nq-hu",
    ),
    (
        ("Quyết định", "12/QĐ-UBND", "2024-02-01", "Ủy ban nhân dân thành phố Cần Thơ"),
        "vn;can.tho:uy.ban.nhan.dan:quyet.dinh:2024;12-qd-ubnd",
    ),
    (
        ("Chương trình", "274-CTr/TU", "2024-08-28", "Tỉnh ủy Hậu Giang"),
        "vn;hau.giang:tinh.uy:chuong.trinh:2024;274-ctr-tu",
    ),
    (("Nghị quyết", "05-NQ/TU", "2020-01-02", "Thành ủy Cần Thơ"), "vn;can.tho:thanh.uy:nghi.quyet:2020;05-nq-tu"),
    (("Luật", "28/2004/QH11", "2004-12-03", "Quốc hội"), "vn:quoc.hoi:luat:2004;28-2004-qh11"),
    (
        ("Nghị quyết", "1656/NQ-UBTVQH15", "2025-06-16", None),
        "vn:uy.ban.thuong.vu.quoc.hoi:nghi.quyet:2025;1656-nq-ubtvqh15",
    ),
    (("Lệnh", "18/2013/L-CTN", None, None), "vn:chu.tich.nuoc:lenh:2013;18-2013-l-ctn"),
    (("Nghị quyết", "66.7/2025/NQ-CP", None, None), "vn:chinh.phu:nghi.quyet:2025;66.7-2025-nq-cp"),
    (("Nghị quyết", "30a/2008/NQ-CP", None, None), "vn:chinh.phu:nghi.quyet:2008;30a-2008-nq-cp"),
    (("Nghị định", "36/CP", "1997-04-24", "Chính phủ"), "vn:chinh.phu:nghi.dinh:1997;36-cp"),
    (("Luật", "28/2004/QH", None, "Quốc hội"), "vn:quoc.hoi:luat:2004;28-2004-qh11"),
    # The Assembly's numbers with their year have no type and always the term.
    (
        ("Nghị quyết", "755/2005/NQ-UBTVQH11", None, None),
        "vn:uy.ban.thuong.vu.quoc.hoi:nghi.quyet:2005;755-2005-ubtvqh11",
    ),
    (("Nghị quyết", "755/2005/UBTVQH11", None, None), "vn:uy.ban.thuong.vu.quoc.hoi:nghi.quyet:2005;755-2005-ubtvqh11"),
    (("Luật", "43/2024/QH1", None, None), "vn:quoc.hoi:luat:2024;43-2024-qh15"),
    (("Nghị quyết", "27/2021/QH", "2021-07-25", None), "vn:quoc.hoi:nghi.quyet:2021;27-2021-qh15"),
    (("Nghị quyết", "27/2021/QH", None, None), "vn:quoc.hoi:nghi.quyet:2021;27-2021-qh"),
    (("Luật", "31/2024/QH13", None, None), "vn:quoc.hoi:luat:2024;31-2024-qh13"),
    # Letters that are nobody's, one slip from those of the type or body that the text names.
    (
        ("Tờ trình", "373/TTr-SNY", "2024-12-30", "Sở Nội vụ tỉnh Cà Mau"),
        "vn;ca.mau:so.noi.vu:to.trinh:2024;373-ttr-snv",
    ),
    (
        ("Thông tư", "36/2025/TT-BNMT", None, "Bộ Nông nghiệp và Môi trường"),
        "vn:bo.nong.nghiep.va.moi.truong:thong.tu:2025;36-2025-tt-bnnmt",
    ),
    (
        ("Nghị quyết", "37/2023/NO-HĐND", None, "Hội đồng nhân dân tỉnh Cà Mau"),
        "vn;ca.mau:hoi.dong.nhan.dan:nghi.quyet:2023;37-2023-nq-hdnd",
    ),
    (
        ("Quyết định", "547/QĐ-LĐTBXH", "2015-04-22", "Bộ Lao động - Thương binh và Xã hội"),
        "vn:bo.lao.dong.thuong.binh.va.xa.hoi:quyet.dinh:2015;547-qd-bldtbxh",
    ),
    (("Công văn", "1234/CT-CS", "2025-04-01", None), "vn:cuc.thue:cong.van:2025;1234-ct-cs"),
    (
        ("Thông tư", "26/2025/TT-BVHTTDL", None, None),
        "vn:bo.van.hoa.the.thao.va.du.lich:thong.tu:2025;26-2025-tt-bvhttdl",
    ),
    (
        ("Quyết định", "170/QĐ-BCĐNNDL", "2025-11-03", "Ban Chỉ đạo Nhà nước về Du lịch"),
        "vn:ban.chi.dao.nha.nuoc.ve.du.lich:quyet.dinh:2025;170-qd-bcdnndl",
    ),
    (
        ("Quyết định", "120/QĐ-BCT", "2005-03-04", "Bộ Công Thương"),
        "vn:bo.cong.thuong:quyet.dinh:2005;120-qd-bct",
    ),
    (("Tờ trình", "04/TTr-GTYB", "2024-03-01", "Công ty GTYB"), "vn:cong.ty.gtyb:to.trinh:2024;04-ttr-gtyb"),
    (("Nghị định", "53-HĐBT", "1988-03-26", None), "vn:hoi.dong.bo.truong:nghi.dinh:1988;53-hdbt"),
    (("Thông tư", "74 TC/TCT", "1997-10-20", "Bộ Tài chính"), "vn:bo.tai.chinh:thong.tu:1997;74-btc-tct"),
    (
        ("Thông tư liên tịch", "13/2014/TTLT-BYT-BNNPTNT-BCT", None, None),
        "vn:bo.y.te+bo.nong.nghiep.va.phat.trien.nong.thon+bo.cong.thuong"
        ":thong.tu.lien.tich:2014;13-2014-ttlt-byt-bnnptnt-bct",
    ),
]


@pytest.mark.parametrize(("citation", "local"), DECIDED)
def test_identifier_names_jurisdiction_authority_type_year_and_number(
    citation: tuple[str, str, str | None, str | None], local: str
) -> None:
    assert identify(*citation).urn == f"urn:lex:{local}"


NAMED = [
    (("Luật", None, "2004", "Quốc hội"), "Luật Điện lực", "vn:quoc.hoi:luat:2004;dien.luc"),
    (("Luật", None, "2024-11-30", None), "Luật Điện lực (sửa đổi)", "vn:quoc.hoi:luat:2024;dien.luc"),
    (("Bộ luật", None, "2019", None), "Bộ luật Lao động", "vn:quoc.hoi:bo.luat:2019;lao.dong"),
    (("Hiến pháp", None, "2013", None), "Hiến pháp", "vn:quoc.hoi:hien.phap:2013;hien.phap"),
    (
        ("Pháp lệnh", None, "2020", None),
        "Pháp lệnh Ưu đãi người có công với cách mạng",
        "vn:uy.ban.thuong.vu.quoc.hoi:phap.lenh:2020;uu.dai.nguoi.co.cong.voi.cach.mang",
    ),
]


@pytest.mark.parametrize(("citation", "name", "local"), NAMED)
def test_a_document_cited_by_name_is_known_by_name_and_year(
    citation: tuple[str, str | None, str | None, str | None], name: str, local: str
) -> None:
    assert identify(*citation, name=name).urn == f"urn:lex:{local}"


GOVERNMENT = "Luật Tổ chức chính quyền địa phương"


@pytest.mark.parametrize(
    ("number", "date", "period"),
    [(None, "2025-02-19", "2025.02"), (None, "2025-06", "2025.06"), (None, "2015-06-19", "2015")],
)
def test_two_laws_of_one_name_and_year_are_told_apart_by_the_month(number: str | None, date: str, period: str) -> None:
    law = f"urn:lex:vn:quoc.hoi:luat:{period};to.chuc.chinh.quyen.dia.phuong"
    assert identify("Luật", number, date, "Quốc hội", name=GOVERNMENT).urn == law


def test_a_law_of_a_year_with_two_of_its_name_stays_open_but_for_its_number() -> None:
    loose = identify("Luật", None, "2025", "Quốc hội", name=GOVERNMENT)
    assert (loose.decided, loose.reason) == (False, "two-laws")
    whole = identify("Luật", "72/2025/QH15", None, "Quốc hội", name=GOVERNMENT)
    assert whole.aliases == ("urn:lex:vn:quoc.hoi:luat:2025.06;to.chuc.chinh.quyen.dia.phuong",)


@pytest.mark.parametrize(
    "name",
    [
        "Hiệp định EVFTA",
        "EVFTA",
        "Hiệp định Thương mại tự do giữa Việt Nam và Liên minh châu Âu",
        "Hiệp định thương mại tự do giữa các bên (EVFTA)",
    ],
)
def test_a_treaty_has_one_identifier_under_all_its_names_and_needs_no_year(name: str) -> None:
    assert identify("Hiệp định", None, None, None, name=name).urn == (
        "urn:lex:vn:cong.hoa.xa.hoi.chu.nghia.viet.nam:hiep.dinh:ten;evfta"
    )


SAME = [
    # Đ/Ð, case, spaces, hyphens, zeros, marks out of place
    (
        ("Nghị định", "60/2024/NĐ-CP", None, "Chính phủ"),
        [
            ("Nghị định", "60/2024/NÐ-CP", None, None),
            ("nghị định", "060/2024/nđ-cp", None, None),
            ("Nghị định", "60 /2024/ NĐ - CP", None, None),
            ("Nghị định", "60/2024/NĐ\u2011CP", None, None),
            ("Nghị định", "60-2024/NĐ-CP", None, None),
            ("Nghị định", "60/2024/NĐCP", None, None),
            ("Nghị định", "60/2024/NĐ/CP", None, None),
            (None, "60/2024/NĐ-CP", None, None),
            # short forms of a type that has one issuer, and a year left out of the number
            ("Nghị định", "60/2024", None, None),
            ("Nghị định", "60", "2024-06-05", None),
            ("Nghị định", "60/2024/NĐ", None, None),
            ("Nghị định", "60/NĐ-CP", "2024-06-05", "Chính phủ"),
        ],
    ),
    # The symbol decides against a loosely written issuer
    (
        ("Chỉ thị", "16/CT-TTg", "2023-05-27", "Thủ tướng Chính phủ"),
        [("Chỉ thị", "16/CT-TTg", "2023-05", "Chính phủ"), ("Chỉ thị", "16/CT-TTG", "2023", None)],
    ),
    (
        ("Kế hoạch", "315/KH-SCT", "2023-02-01", "Sở Công Thương tỉnh Hậu Giang"),
        [("Kế hoạch", "315/KH-SCT", "2023-02-01", HAU_GIANG)],
    ),
    # Central Committee, Politburo and Secretariat share symbol and series; styles crossed
    (
        ("Nghị quyết", "18-NQ/TW", "2017-10-25", "Ban Chấp hành Trung ương Đảng"),
        [
            ("Nghị quyết", "18-NQ/TW", "2017-10-25", "Bộ Chính trị"),
            ("Nghị quyết", "18-NQ/TW", "2017-10-25", "Ban Bí thư Trung ương Đảng"),
            ("Nghị quyết", "18/NQ-TW", "2017-10-25", None),
            ("Nghị quyết", "18-NQ/TƯ", "2017-10-25", "Ban Chấp hành Trung ương Đảng"),
        ],
    ),
    # The type of the symbol decides over the word of the text
    (
        ("Chương trình", "03/CTr-UBND", "2021-01-13", HAU_GIANG),
        [
            ("Chương trình hành động", "03/CTR-UBND", "2021-01-13", HAU_GIANG),
            (None, "3/CTr-UBND", "2021-01-13", HAU_GIANG),
        ],
    ),
    (
        ("Công văn", "7700/BCT-KH", "2023-11-03", "Bộ Công Thương"),
        [("Văn bản", "7700/BCT-KH", "2023-11-03", None), (None, "7700/BCT-KH", "2023", None)],
    ),
    (("Quyết định", "06/QĐ-TTg", "2022-01-06", None), [("Đề án", "06/QĐ-TTg", "2022-01-06", None)]),
    (("Luật", "45/2019/QH14", None, None), [("Bộ luật", "45/2019/QH14", None, None)]),
    # Bodies spell their letters in several ways
    (
        ("Quyết định", "1439/QĐ-BNN-TCLN", "2023-03-01", None),
        [
            ("Quyết định", "1439/QĐ-BNNPTNT-TCLN", "2023-03-01", None),
            ("Quyết định", "1439/QĐ-BNN&PTNT-TCLN", "2023-03-01", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ],
    ),
    (
        ("Thông tư liên tịch", "13/2014/TTLT-BYT-BNNPTNT-BCT", None, None),
        [
            (
                "Thông tư liên tịch",
                "13/2014/TTLT-BYT-BNN&PTNT-BCT",
                "2014-04-09",
                "Bộ Y tế; Bộ Nông nghiệp và Phát triển nông thôn; Bộ Công Thương",
            )
        ],
    ),
    (
        ("Quyết định", "44/2025/QĐ-CTUBND", "2025-11-20", "Ủy ban nhân dân tỉnh Gia Lai"),
        [("Quyết định", "44/2025/QĐ-CTUBND", "2025-11-20", "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai")],
    ),
    (("Quyết định", "1740/QĐ-TTg", "2018-12-13", None), [("Quyết định", "1.740/QĐ-TTg", "2018-12-13", None)]),
    (
        ("Luật", "28/2004/QH11", None, "Quốc hội"),
        [("Luật", "28/QH11", "2004-12-03", None)],
    ),
]


@pytest.mark.parametrize(("citation", "variants"), SAME)
def test_ways_of_writing_one_citation_have_one_identifier(
    citation: tuple[str | None, str, str | None, str | None],
    variants: list[tuple[str | None, str, str | None, str | None]],
) -> None:
    expected = identify(*citation)
    assert expected.decided
    assert {v: identify(*v).id for v in variants} == dict.fromkeys(variants, expected.id)


DISTINCT = [
    ("Luật", "01/2021/QH15", None, "Quốc hội"),
    ("Nghị quyết", "01/2021/QH15", None, "Quốc hội"),
    ("Nghị quyết", "01/NQ-CP", "2023-01-06", "Chính phủ"),
    ("Nghị quyết", "01/NQ-CP", "2024-01-05", "Chính phủ"),
    ("Nghị quyết", "01/NQ-HĐND", "2024-01-05", "Hội đồng nhân dân tỉnh Hậu Giang"),
    ("Quyết định", "01/QĐ-UBND", "2024-01-05", HAU_GIANG),
    ("Quyết định", "01/QĐ-UBND", "2024-01-05", "Ủy ban nhân dân tỉnh Sóc Trăng"),
    ("Quyết định", "01/2024/QĐ-UBND", "2024-01-05", HAU_GIANG),
    ("Quyết định", "01/QĐ-UBND", "2024-01-05", "Ủy ban nhân dân huyện Phụng Hiệp, tỉnh Hậu Giang"),
    ("Quyết định", "01/QĐ-UBND", "2024-01-05", "Ủy ban nhân dân thành phố Trà Vinh"),
    ("Quyết định", "01/QĐ-UBND", "2024-01-05", "Ủy ban nhân dân tỉnh Trà Vinh"),
    ("Quyết định", "37-QĐ/TW", "2021-10-25", None),
    ("Quy định", "37-QĐ/TW", "2021-10-25", None),
    ("Đề án", "12/ĐA-UBND", "2024-01-05", HAU_GIANG),
    ("Dự án", "12/DA-UBND", "2024-01-05", HAU_GIANG),
    ("Nghị quyết", "60/2024/NQ-CP", None, None),
    ("Nghị định", "60/2024/NĐ-CP", None, None),
    ("Thông tri", "29-TT/TU", "2021-10-25", "Tỉnh ủy Sóc Trăng"),
    ("Nghị quyết", "30/NQ-CP", "2011-11-08", None),
    ("Nghị quyết", "30c/NQ-CP", "2011-11-08", None),
]


def test_documents_that_the_law_distinguishes_have_different_identifiers() -> None:
    found = [identify(*c) for c in DISTINCT]
    assert all(i.decided for i in found)
    assert [(a, b) for (a, x), (b, y) in combinations(zip(DISTINCT, found, strict=True), 2) if x.id == y.id] == []


UNDECIDED = [
    (("Nghị quyết", "01/NQ-CP", None, "Chính phủ"), None, "no-year"),
    (("Nghị quyết", "18-NQ/TW", None, "Bộ Chính trị"), None, "no-year"),
    (("Nghị định", "60", None, None), None, "no-symbol"),
    (("Thông tư", "38/2025", None, None), None, "no-symbol"),
    (("Quyết định", "01/QĐ-UBND", "2024-01-05", None), None, "no-place"),
    (("Quyết định", "01/QĐ-UBND", "2024-01-05", "Ủy ban nhân dân huyện Châu Thành"), None, "no-place"),
    (("Kế hoạch", "06/KH-BCĐ", "2024-01-05", None), None, "no-place"),
    (("Quyết định", "12/QĐ-SATTP", "2024-01-05", "Sở An toàn thực phẩm"), None, "no-place"),
    (("Nghị quyết", "12/NQ-HĐND", "2024-01-05", "Hội đồng nhân dân tỉnh"), None, "no-place"),
    (("Quyết định", "12/QĐ-XYZQ", "2024-01-05", None), None, "no-issuer"),
    ((None, "01/2021/QH15", None, "Quốc hội"), None, "no-type"),
    ((None, "37-QĐ/TW", "2021-10-25", None), None, "no-type"),
    (("Quy định", "54/2024/QH15", None, "Quốc hội"), None, "no-type"),
    (("Quyết định", "120/QĐ-BCT", "1999-03-04", None), None, "no-issuer"),
    (("Báo cáo", "116/BC-BQX", "2025-11-24", None), None, "no-issuer"),
    (("Luật", None, None, "Quốc hội"), "Luật Điện lực", "no-year"),
    (("Nghị quyết", None, None, None), None, "no-number"),
]


@pytest.mark.parametrize(("citation", "name", "reason"), UNDECIDED)
def test_what_a_citation_does_not_tell_leaves_a_candidate_with_its_reason(
    citation: tuple[str | None, str | None, str | None, str | None], name: str | None, reason: str
) -> None:
    found = identify(*citation, name=name, scope="file:///a.docx")
    assert (found.decided, found.reason, found.urn) == (False, reason, None)
    assert is_candidate(found.id) and not is_urn(found.id)


def test_candidates_of_two_documents_differ_and_those_of_one_document_agree() -> None:
    def in_source(scope: str, number: str) -> str:
        return identify("Nghị quyết", number, None, "Chính phủ", scope=scope).id

    assert in_source("a", "01/NQ-CP") == in_source("a", "1/NQ - CP")
    assert in_source("a", "01/NQ-CP") != in_source("b", "01/NQ-CP")


def test_a_candidate_tells_the_parts_that_are_known() -> None:
    parts = parse_candidate(identify("Quyết định", "12/QĐ-UBND", None, HAU_GIANG, scope="a").id)
    assert (parts.jurisdiction, parts.authority, parts.type) == (
        ("vn", "hau.giang"),
        ("uy.ban.nhan.dan",),
        "quyet.dinh",
    )
    assert (parts.year, parts.number, parts.province) == (None, "12-qd-ubnd", "hau.giang")


def test_a_province_founded_anew_in_a_year_has_two_series_in_it() -> None:
    def signed(date: str | None) -> Identity:
        return identify("Quyết định", "100/2025/QĐ-UBND", date, "Ủy ban nhân dân tỉnh Phú Thọ")

    old, new = signed("2025-06-20"), signed("2025-07-02")
    assert old.urn == "urn:lex:vn;phu.tho:uy.ban.nhan.dan:quyet.dinh:2025;100-2025-qd-ubnd"
    assert new.urn == "urn:lex:vn;phu.tho:uy.ban.nhan.dan:quyet.dinh:2025.07;100-2025-qd-ubnd"
    assert parse_urn(new.id).year == 2025
    assert [signed(d).reason for d in (None, "2025")] == ["two-series", "two-series"]
    unchanged = identify("Quyết định", "100/2025/QĐ-UBND", None, "Ủy ban nhân dân tỉnh Hà Tĩnh")
    assert unchanged.decided


def test_a_law_with_name_and_number_goes_by_its_number_and_keeps_the_name_as_alias() -> None:
    both = identify("Luật", "28/2004/QH11", None, "Quốc hội", name="Luật Điện lực")
    by_name = identify("Luật", None, "2004", "Quốc hội", name="Luật Điện lực")
    assert both.urn == "urn:lex:vn:quoc.hoi:luat:2004;28-2004-qh11"
    assert both.aliases == (by_name.urn,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "60/2024/NĐ-CP",
        "urn:lex:vn:chinh.phu:nghi.quyet:;01-nq-cp",
        "urn:lex:vn:chinh.phu:nghi.quyet:2024",
        "urn:lex:vn:chinh phu:nghi.dinh:2024;60",
        "urn:lex:vn:chính.phủ:nghi.dinh:2024;60",
        "urn:lex:vn:chinh.phu:nghi.dinh:2024;60/2024",
        "urn:isbn:0451450523",
        f"{CANDIDATE}-/vn:chinh.phu:nghi.quyet:-;01-nq-cp",
    ],
)
def test_what_rfc_9676_does_not_allow_is_no_urn(text: str) -> None:
    assert not is_urn(text)
    with pytest.raises(ValueError, match="not a LEX URN"):
        parse_urn(text)


@pytest.mark.parametrize(
    "text",
    [
        "urn:lex:br:federal:lei:2008-06-19;11705",
        "urn:lex:it:ministero.giustizia+ministero.finanze:decreto:1999-12-20;lex-3",
        "URN:LEX:VN:CHINH.PHU:NGHI.DINH:2024;60-2024-ND-CP",
    ],
)
def test_urns_of_other_jurisdictions_and_in_capitals_are_read(text: str) -> None:
    assert is_urn(text)


# --- properties ------------------------------------------------------------------------------------------

_DECIDED_CITATIONS = [c for c, _ in DECIDED] + [v for _, variants in SAME for v in variants]
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"


@st.composite
def _respelled(draw: st.DrawFn, text: str) -> str:
    """The same words as a careless or differently encoded text has them."""
    text = draw(st.sampled_from([text, text.lower(), text.upper()]))
    text = text.replace("Đ", draw(st.sampled_from("ĐÐ"))).replace("đ", draw(st.sampled_from("đð")))
    text = re.sub("-", lambda _: draw(st.sampled_from(_HYPHENS)), text)
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


@st.composite
def _respelled_citation(
    draw: st.DrawFn,
) -> tuple[tuple[str | None, str, str | None, str | None], tuple[str | None, str, str | None, str | None]]:
    citation = draw(st.sampled_from(_DECIDED_CITATIONS))
    type, number, date, issuer = citation
    spaced = re.sub(
        r"[/-]", lambda m: draw(st.sampled_from(["", " "])) + m[0] + draw(st.sampled_from(["", " ", "\n"])), number
    )
    spelled = draw(_respelled("0" * draw(st.integers(0, 2)) + spaced))
    other = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), issuer) if issuer else None
    return citation, (draw(_respelled(type)) if type else None, spelled, date, other)


@given(_respelled_citation())
def test_spelling_never_changes_an_identifier(
    pair: tuple[tuple[str | None, str, str | None, str | None], tuple[str | None, str, str | None, str | None]],
) -> None:
    citation, respelled = pair
    assert identify(*respelled).id == identify(*citation).id


@given(
    kind=st.sampled_from([("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Chương trình", "CTr"), ("Báo cáo", "BC")]),
    running=st.integers(1, 99999),
    body=st.sampled_from([("Ủy ban nhân dân", "UBND"), ("Hội đồng nhân dân", "HĐND"), ("Sở Công Thương", "SCT")]),
    province=st.sampled_from(["Hậu Giang", "Sóc Trăng", "Bà Rịa - Vũng Tàu", "Hà Tĩnh"]),
    year=st.integers(2009, 2024),
    in_number=st.booleans(),
)
def test_parsing_an_identifier_gives_its_parts_back(
    kind: tuple[str, str], running: int, body: tuple[str, str], province: str, year: int, in_number: bool
) -> None:
    number = f"{running:02}/{year}/{kind[1]}-{body[1]}" if in_number else f"{running:02}/{kind[1]}-{body[1]}"
    found = identify(kind[0], number, None if in_number else f"{year}-03-01", f"{body[0]} tỉnh {province}")
    parts = parse_urn(found.id)
    assert parts.jurisdiction == ("vn", slug(province, "."))
    assert parts.authority == (slug(body[0], "."),)
    assert (parts.type, parts.year, parts.number) == (slug(kind[0], "."), year, slug(number))


@given(
    st.none() | st.text(max_size=20),
    st.none() | st.text(max_size=20),
    st.none() | st.sampled_from(["2024", "2024-06", "2024-06-05"]),
    st.none() | st.text(max_size=20),
    st.none() | st.text(max_size=20),
)
def test_any_input_gives_a_urn_or_a_candidate(
    type: str | None, number: str | None, date: str | None, issuer: str | None, name: str | None
) -> None:
    found = identify(type, number, date, issuer, name=name, scope="s")
    assert is_urn(found.id) if found.decided else is_candidate(found.id)


@given(st.text())
def test_a_slug_is_plain_ascii_and_stable(text: str) -> None:
    found = slug(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", found)
    assert slug(found) == found == slug(unicodedata.normalize("NFD", text))
