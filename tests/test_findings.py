"""Findings in one document: what contradicts what, and what is only a coincidence."""

from __future__ import annotations

import re
import string

import pytest
from work import calls

from kg.documents.findings import find, kinds
from kg.extract import extract
from kg.model import Finding, Header, Mention, Rel, Relation, Severity

PROVINCE = "tỉnh Hậu Giang"
UBND, SCT, HDND = f"Ủy ban nhân dân {PROVINCE}", f"Sở Công Thương {PROVINCE}", f"Hội đồng nhân dân {PROVINCE}"
MARKETS = "về phát triển và quản lý chợ"


class Text:
    """A text put together citation by citation, with the mentions that belong to it."""

    def __init__(self) -> None:
        self.text, self.mentions = "", list[Mention]()

    def cite(
        self,
        type: str,
        number: str,
        date: str | None = None,
        issuer: str | None = None,
        *,
        before: str = "Ngoài ra, ",
        title: str | None = None,
        written: str | None = None,
        intended: str | None = None,
    ) -> Text:
        self.text += before
        start = len(self.text)
        self.text += written or f"{type} số {number}"
        mention = Mention(
            f"m{len(self.mentions) + 1}",
            start,
            len(self.text),
            self.text[start:],
            type,
            number,
            date,
            issuer,
            title=title,
            intended=intended,
        )
        self.mentions.append(mention)
        self.text += f" {title or ''}. "
        return self

    def find(
        self, header: Header | None = None, relations: tuple[Relation, ...] = (), lang: str = "en"
    ) -> tuple[Finding, ...]:
        return find(self.mentions, header or Header(), self.text, relations, lang=lang)

    def codes(self, header: Header | None = None) -> list[str]:
        return [f.code for f in self.find(header)]


def test_one_number_and_day_under_two_types_names_the_likely_one() -> None:
    text = Text()
    text.cite("Nghị quyết", "60/2024/NQ-CP", "2024-06-05", "Chính phủ", title=MARKETS)
    text.cite("Nghị định", "60/2024/NĐ-CP", "2024-06-05", "Chính phủ", title=MARKETS)
    [found] = text.find()
    assert (found.code, found.suggestion, found.mentions) == ("type-variant", "60/2024/NĐ-CP", ("m1", "m2"))
    assert text.text[found.start : found.end] == "Nghị quyết số 60/2024/NQ-CP"
    assert found.confidence >= 0.8
    assert found.message.endswith(
        "Nghị định 60/2024/NĐ-CP is likely meant: that body hardly ever numbers documents as Nghị quyết 60/2024/NQ-CP"
    )


def test_the_message_says_why_one_of_two_is_likely_meant() -> None:
    text = Text()
    amends = "sửa đổi, bổ sung một số điều của Quyết định số 37/2022/QĐ-UBND"
    text.cite("Quyết định", "01/2024/QĐ-UBND", "2024-01-05", UBND, title=amends)
    text.cite("Quyết định", "01/2024/QĐ-UBND", "2024-01-05", UBND, title=amends)
    text.cite("Quyết định", "01/QĐ-UBND", "2024-01-05", UBND, title=amends)
    [found] = text.find()
    assert found.suggestion == "01/2024/QĐ-UBND"
    assert found.message.endswith("01/2024/QĐ-UBND is likely meant: cited 2 times, the other 1 time")
    assert "có lẽ đúng là Quyết định 01/2024/QĐ-UBND: được dẫn 2 lần" in text.find(lang="vi")[0].message


def test_two_types_of_one_number_and_day_on_different_subjects_are_two_documents() -> None:
    text = Text()
    text.cite("Quyết định", "15/QĐ-UBND", "2024-01-24", UBND, title="phê duyệt đề cương khuyến công")
    text.cite("Kế hoạch", "15/KH-UBND", "2024-01-24", UBND, title="phát triển thương mại điện tử năm 2024")
    assert text.codes() == []


def test_one_plan_ascribed_to_two_bodies_names_the_one_that_the_text_calls_issuer() -> None:
    text = Text()
    text.cite("Kế hoạch", "315/KH-UBND", "2024-07-09", UBND)
    text.cite("Kế hoạch", "315/KH-SCT", "2024-07-09", SCT, before="UBND tỉnh cũng đã ban hành ")
    [found] = text.find()
    assert (found.code, found.suggestion, found.mentions) == ("body-variant", "315/KH-UBND", ("m1", "m2"))


def test_the_same_number_of_two_provinces_is_no_variant() -> None:
    text = Text()
    text.cite("Quyết định", "15/QĐ-UBND", "2024-01-24", UBND)
    text.cite("Quyết định", "15/QĐ-UBND", "2024-01-24", "Ủy ban nhân dân tỉnh Sóc Trăng")
    assert text.codes() == []


def test_a_number_with_a_year_has_one_date() -> None:
    text = Text()
    text.cite("Nghị quyết", "23/2024/NQ-HĐND", "2024-12-10", HDND)
    text.cite("Nghị quyết", "23/2024/NQ-HĐND", "2024-12-19", HDND)
    text.cite("Nghị quyết", "23/2024/NQ-HĐND", "2024-12-10", HDND)
    [found] = text.find()
    assert (found.code, found.suggestion) == ("two-dates", "2024-12-10")
    assert found.start == text.mentions[1].start
    assert "10/12/2024" in found.message and "19/12/2024" in found.message


def test_a_date_of_less_precision_contradicts_nothing() -> None:
    text = Text()
    for date in ("2024-12-10", "2024-12", "2024", None):
        text.cite("Nghị quyết", "23/2024/NQ-HĐND", date, HDND)
    assert text.codes() == []


def test_a_year_that_most_citations_have_decides_between_no_two_dates() -> None:
    text = Text()
    for date in ("2013", "2013", "2013-01", "2013-12"):
        text.cite("Quyết định", "01/QĐ-UBND", date, UBND)
    [found] = text.find()
    assert (found.code, found.suggestion) == ("two-dates", None)


def test_a_number_without_year_has_one_date_within_a_year() -> None:
    text = Text()
    text.cite("Quyết định", "974/QĐ-UBND", "2024-07-10", UBND)
    text.cite("Quyết định", "974/QĐ-UBND", "2024-07-11", UBND)
    assert text.codes() == ["two-dates"]


def test_the_yearly_first_resolutions_are_different_documents() -> None:
    text = Text()
    subject = "về nhiệm vụ, giải pháp chủ yếu thực hiện Kế hoạch phát triển kinh tế - xã hội năm {}"
    text.cite("Nghị quyết", "01/NQ-CP", "2023-01-06", "Chính phủ", title=subject.format(2023))
    text.cite("Nghị quyết", "01/NQ-CP", "2024-01-05", "Chính phủ", title=subject.format(2024))
    text.cite("Nghị quyết", "01/NQ-CP", "2021-01-01", "Chính phủ", title=None)
    text.cite("Nghị quyết", "01/NQ-CP", "2020-01-01", "Chính phủ", title=None)
    assert text.codes() == []


def test_one_subject_with_two_years_is_a_mistyped_date() -> None:
    text = Text()
    lead = "Chương trình cấp điện nông thôn, miền núi và hải đảo theo "
    text.cite("Quyết định", "1740/QĐ-TTg", "2018-12-13", "Thủ tướng Chính phủ", before=lead)
    text.cite("Quyết định", "1740/QĐ-TTg", "2021-12-13", "Thủ tướng Chính phủ", before=lead)
    [found] = text.find()
    assert found.code == "two-dates"
    assert "13/12/2018" in found.message and "13/12/2021" in found.message


def test_a_number_with_and_without_its_year_on_one_day_looks_like_one_document() -> None:
    text = Text()
    amends = "sửa đổi, bổ sung một số điều của Quyết định số 37/2022/QĐ-UBND"
    text.cite("Quyết định", "01/QĐ-UBND", "2024-01-05", UBND, title=amends)
    text.cite("Quyết định", "01/2024/QĐ-UBND", "2024-01-05", UBND, title=amends)
    assert text.codes() == ["year-variant"]


CONTRADICTIONS: list[tuple[tuple[str, str, str | None, str], str, str | None]] = [
    (("Quyết định", "37/2022/QĐ-UBND", "2021-11-07", UBND), "year-contradiction", None),
    (("Quyết định", "120/QĐ-BCT", "2005-03-04", "Bộ Công Thương"), "date-before-body", None),
    (("Quyết định", "120/QĐ-BKHĐT", "2025-09-04", "Bộ Kế hoạch và Đầu tư"), "date-after-body", None),
    (("Quyết định", "999/QĐ-UBND", "2025-11-20", UBND), "date-after-body", None),
    (("Luật", "14/2019/QH15", "2019-06-14", "Quốc hội"), "term-contradiction", None),
    (("Nghị định", "60/NĐ-CP", "2024-06-05", "Chính phủ"), "year-missing", "60/2024/NĐ-CP"),
    (("Nghị định", "60/2024/NQ-CP", "2024-06-05", "Chính phủ"), "type-contradiction", None),
    (("Luật", "31/2024/QH13", None, "Quốc hội"), "term-contradiction", None),
    (("Luật", "72/2025/QH", "2025-06-16", "Quốc hội"), "term-missing", "72/2025/QH15"),
    (("Luật", "43/2024/QH1", None, "Quốc hội"), "term-missing", "43/2024/QH15"),
    (("Nghị quyết", "30c-NQ/CP", "2011-11-08", "Chính phủ"), "styles-crossed", "30c/NQ-CP"),
    (("Nghị quyết", "18/NQ-TW", "2017-10-25", "Bộ Chính trị"), "styles-crossed", "18-NQ/TW"),
]


@pytest.mark.parametrize(("citation", "code", "suggestion"), CONTRADICTIONS)
def test_a_citation_that_contradicts_itself_or_what_is_known_is_found(
    citation: tuple[str, str, str | None, str], code: str, suggestion: str | None
) -> None:
    [found] = Text().cite(*citation).find()
    assert (found.code, found.suggestion, found.mentions) == (code, suggestion, ("m1",))


@pytest.mark.parametrize(
    ("cited", "meant"),
    [
        ("Tờ trình số 373/TTr-SNY ngày 30/12/2024 của Sở Nội vụ tỉnh Cà Mau", "373/TTr-SNV"),
        ("Nghị quyết số 37/2023/NO-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh Cà Mau", "37/2023/NQ-HĐND"),
        ("Thông tư số 36/2025/TT-BNMT ngày 02/7/2025 của Bộ Nông nghiệp và Môi trường", "36/2025/TT-BNNMT"),
        ("Quyết định số 547/QĐ-LĐTBXH ngày 22/4/2015 của Bộ Lao động - Thương binh và Xã hội", None),
        ("Thông tư số 10/2019/TT-BNN&PTNT ngày 20/9/2019 của Bộ Nông nghiệp và Phát triển nông thôn", None),
        ("Tờ trình số 373/TTr-HND ngày 30/12/2024 của Sở Nội vụ tỉnh Cà Mau", None),
    ],
)
def test_letters_that_are_nobodys_are_those_of_the_body_or_type_that_the_text_names(
    cited: str, meant: str | None
) -> None:
    found = extract(f"Theo {cited}.")
    (mention,) = found.mentions
    assert mention.intended == meant
    damaged = [finding for finding in found.findings if finding.code == "number-damaged"]
    assert [finding.suggestion for finding in damaged] == ([meant] if meant else [])


def test_the_type_of_a_list_contradicts_no_member() -> None:
    text = Text().cite("Thông tư", "22/2023/QĐ-UBND", "2023-09-06", UBND, written="số 22/2023/QĐ-UBND")
    assert text.codes() == []


def test_another_day_of_the_documents_own_number_is_one_finding() -> None:
    text = Text()
    for _ in range(2):
        text.cite("Quyết định", "2969/QĐ-UBND", "2025-06-21", UBND)
    assert text.codes(Header("Quyết định", UBND, number="2969/QĐ-UBND", date="2025-05-21")) == ["two-dates"]


RIGHT = [
    ("Nghị quyết", "18-NQ/TW", "2017-10-25", "Ban Chấp hành Trung ương Đảng"),
    ("Lệnh", "23-L/CTN", "1993-07-24", "Chủ tịch nước"),
    ("Nghị định", "36/CP", "1997-04-24", "Chính phủ"),
    ("Luật", "45/2019/QH14", "2019-11-20", "Quốc hội"),
    ("Nghị quyết", "755/2005/NQ-UBTVQH11", "2005-04-02", "Ủy ban Thường vụ Quốc hội"),
    ("Quyết định", "547/QĐ-LĐTBXH", "2015-04-22", "Bộ Lao động - Thương binh và Xã hội"),
    ("Thông tư", "10/2019/TT-BNN&PTNT", "2019-09-20", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("Giấy đề nghị", "01/GĐN-DH", "2026-01-12", "Công ty TNHH Duy Hiếu"),
    ("Đề án", "06/QĐ-TTg", "2022-01-06", "Thủ tướng Chính phủ"),
    ("Văn bản", "7700/BCT-KH", "2023-11-03", "Bộ Công Thương"),
    ("Chương trình hành động", "03/CTr-UBND", "2021-01-13", UBND),
    ("Quyết định", "01/QĐ-UBND", "2003-05-06", "Ủy ban nhân dân tỉnh Sóc Trăng"),
    ("Quyết định", "1050/QĐ-UBND", "2025-06-30", UBND),
    ("Thông tư", "08/2013/TT-BNV", "2013-07-31", "Bộ Nội vụ"),
    ("Quyết định", "12/2025/QĐ-UBND", "2025-11-20", "Ủy ban nhân dân thành phố Cần Thơ"),
    ("Quyết định", "03-QĐ/BCĐ", "2024-03-01", f"Ban Chỉ đạo 389 {PROVINCE}"),
    ("Quyết định", "42/2018/QĐ-UBND", "2018-08-08", "Ủy ban nhân dân thành phố Huế"),
    ("Báo cáo", "116/BC-BĐT", "2025-11-24", "Ban Đô thị tỉnh Hà Tĩnh"),
    ("Giấy phép", "20541/2025/GP-TM", "2025-12-31", "Bộ Thương mại"),
    ("Tờ trình", "011/TT-LĐCL", "2024-03-01", "Công ty Điện lực Cửu Long"),
    ("Kế hoạch", "27-CTr/TWĐTN-CTĐ", "2024-03-01", "Trung ương Đoàn TNCS Hồ Chí Minh"),
]


@pytest.mark.parametrize("citation", RIGHT)
def test_a_right_citation_has_no_finding(citation: tuple[str, str, str, str]) -> None:
    assert Text().cite(*citation).codes() == []


def test_a_number_that_scanning_damaged_is_found_with_what_was_meant() -> None:
    text = Text().cite("Quyết định", "l0/2024/QĐ-UBND", "2024-02-01", UBND, intended="10/2024/QĐ-UBND")
    [found] = text.find()
    assert (found.code, found.suggestion) == ("number-damaged", "10/2024/QĐ-UBND")


@pytest.mark.parametrize(
    ("header", "date", "code"),
    [
        (Header(date="2024-06-20"), "2024-06-21", ["date-after-report"]),
        (Header(date="2024-06-20"), "2024-06-20", []),
        (Header(date="2024-06"), "2024-06-21", []),
        (Header(period="2020-M9"), "2021-12-13", ["date-after-report"]),
        (Header(period="2024"), "2025-02-10", []),
        (Header(), "2029-01-01", []),
    ],
)
def test_what_is_cited_is_not_later_than_what_cites_it(header: Header, date: str, code: list[str]) -> None:
    assert Text().cite("Quyết định", "1740/QĐ-TTg", date, None).codes(header) == code


def test_documents_that_act_on_each_other_are_two() -> None:
    amends = "sửa đổi quy định về quản lý chợ trên địa bàn tỉnh"
    text = Text().cite("Quyết định", "10/QĐ-UBND", "2024-01-05", UBND, title=amends)
    text.cite("Quyết định", "10/2024/QĐ-UBND", "2024-01-05", UBND, title=amends)
    assert [f.code for f in text.find()] == ["year-variant"]
    assert text.find(relations=(Relation("m1", Rel.AMENDS, "m2", 0, 5),)) == ()
    assert [f.code for f in text.find(relations=(Relation("m1", Rel.CITES, "m2", 0, 5),))] == ["year-variant"]


def test_findings_are_in_the_language_asked_for_and_every_kind_has_both() -> None:
    text = Text().cite("Quyết định", "37/2022/QĐ-UBND", "2021-11-07", UBND)
    assert "another year" in text.find(lang="en")[0].message
    assert "khác năm" in text.find(lang="vi")[0].message
    for kind in kinds().values():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(kind.texts[lang]) if name} for lang in ("vi", "en")
        ]
        assert fields[0] == fields[1], kind.code
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)
        assert isinstance(kind.severity, Severity)


def test_findings_come_in_the_order_of_the_text_and_the_same_each_time() -> None:
    text = Text()
    for citation, _, _ in CONTRADICTIONS:
        text.cite(*citation)
    found = text.find()
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert found == text.find()


def test_work_grows_with_the_number_of_citations_not_with_its_square() -> None:
    def work(count: int) -> int:
        text = Text()
        for n in range(count):
            text.cite("Quyết định", f"{n % 40}/QĐ-UBND", f"{2000 + n % 20}-0{n % 9 + 1}-1{n % 10}", UBND)
        return calls(text.find)

    work(100)
    assert work(2000) < 15 * work(200)


# --- dates that are none, laws with two years

SLIPS = [
    ("Thực hiện Nghị định số 60/2024/NĐ-CP ngày 31/6/2024.", "impossible-date", "31/6/2024", None),
    (
        "Thực hiện Quyết định số 01/QĐ-UBND ngày 30 tháng 02\nnăm 2024.",
        "impossible-date",
        "30 tháng 02\nnăm 2024",
        None,
    ),
    ("Thực hiện Quyết định số 01/QĐ-UBND (ngày 29/02/2023).", "impossible-date", "29/02/2023", None),
    ("Thực hiện Công văn số 77/UBND-KT ngày 5/14/2024.", "impossible-date", "5/14/2024", "14/05/2024"),
    ("Thực hiện Nghị định số 78/2011/NĐ-CP ngày 01-9-1011.", "impossible-date", "01-9-1011", None),
    ("Thực hiện Thông tư số 13/2024/TT-BCT tháng 13/2024.", "impossible-date", "tháng 13/2024", None),
    ("Thực hiện Luật Tổ chức chính quyền địa phương năm 20205.", "impossible-year", "năm 20205", None),
    ("Thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/20245 của Chính phủ.", "impossible-year", "05/6/20245", None),
]


@pytest.mark.parametrize(("text", "code", "written", "meant"), SLIPS)
def test_what_a_citation_is_dated_stands_in_the_calendar(text: str, code: str, written: str, meant: str | None) -> None:
    extraction = extract(text)
    [found] = [f for f in extraction.findings if f.code in ("impossible-date", "impossible-year")]
    assert (found.code, text[found.start : found.end], found.suggestion) == (code, written, meant)
    assert found.mentions == ("m1",)


def test_a_slip_belongs_to_its_citation_in_the_title_as_in_the_body() -> None:
    text = (
        "SỞ CÔNG THƯƠNG HẬU GIANG\nSố: 45/KH-SCT\nHậu Giang, ngày 15 tháng 8 năm 2024\n\nKẾ HOẠCH\n"
        "Triển khai Nghị định số 60/2024/NĐ-CP ngày 31/6/2024 của Chính phủ\n\n"
        "Căn cứ Quyết định số 10/QĐ-UBND ngày 30/02/2024 của UBND tỉnh;\n"
    )
    extraction = extract(text)
    numbers = {m.id: m.number for m in extraction.mentions}
    found = [f for f in extraction.findings if f.code == "impossible-date"]
    assert [numbers[ident] for f in found for ident in f.mentions] == ["60/2024/NĐ-CP", "10/QĐ-UBND"]


def test_a_date_of_no_citation_is_told_with_the_words_around_it() -> None:
    text = "Báo cáo Bộ Công Thương trước ngày 31/9/2024; tổng kết trong năm 20204."
    day, year = extract(text).findings
    assert (day.code, text[day.start : day.end], day.mentions) == ("impossible-date", "31/9/2024", ())
    assert day.message == 'Công Thương trước ngày: "31/9/2024" is no real date'
    assert (year.code, text[year.start : year.end]) == ("impossible-year", "năm 20204")


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị định số 60/2024/NĐ-CP ngày 29/02/2024 và Nghị định số 61/2024/NĐ-CP ngày 31/12/2024.",
        "Thành lập năm 1802, tu bổ ngày 02/9/1885; mỗi năm 20500 lượt khách, 5 năm 19800 lượt.",
        "Trong 6 tháng 2024 thu 20.500 đồng; từ ngày 01-31/12/2024; mục 31.2.2024; số 45/13/2024.",
        "Năm 2024, 2025; năm 2024.5; giai đoạn năm 2020-20255 tấn.",
    ],
)
def test_figures_that_are_no_slip(text: str) -> None:
    assert {f.code for f in extract(text).findings} <= {"date-after-report"}


def test_a_year_beside_that_of_the_number_is_doubted() -> None:
    text = "Căn cứ Luật Đất đai số 31/2024/QH15 ngày 18/01/2024. Theo Luật Đất đai năm 2023, Nhà nước thu hồi đất."
    [found] = extract(text).findings
    assert (found.code, found.suggestion, found.mentions) == ("two-years", "2024", ("m1", "m2"))
    assert found.start == text.index("Luật Đất đai năm 2023")
    assert (
        found.message
        == "Luật Đất đai is given two years: 2023 and 2024; 2024 is likely meant: its number has that year"
    )


def test_a_number_against_its_own_date_proves_no_year() -> None:
    text = "Căn cứ Luật Bảo vệ môi trường số 72/2022/QH14 ngày 17/11/2020; theo Luật Bảo vệ môi trường năm 2020."
    assert [f.code for f in extract(text).findings] == ["year-contradiction"]


def test_two_near_years_of_one_law_are_doubted_by_count() -> None:
    text = "Theo Luật Giá năm 2024, giá được niêm yết. Luật Giá năm 2023 có hiệu lực."
    [found] = extract(text).findings
    assert (found.code, found.suggestion, found.start) == ("two-years", None, text.index("Luật Giá năm 2023"))
    [found] = extract(text + " Luật Giá năm 2023 quy định điều này.").findings
    assert (found.suggestion, found.start) == ("2023", text.index("Luật Giá năm 2024"))
    assert found.message.endswith("most citations say so")


def test_laws_of_one_name_may_follow_each_other() -> None:
    for text in (
        "Luật Đất đai năm 2013 được thay thế bằng Luật Đất đai năm 2024.",
        "Luật sửa đổi, bổ sung một số điều của Luật Điện lực năm 2022; Luật Điện lực năm 2024.",
        "Luật Đất đai số 45/2023/QH15; Luật Đất đai số 31/2024/QH15.",
        "Hiệp định CPTPP năm 2018; Hiệp định CPTPP năm 2019.",
    ):
        assert "two-years" not in {f.code for f in extract(text).findings}


def test_two_days_of_one_law_by_name_are_doubted() -> None:
    text = "Căn cứ Luật Đất đai ngày 18/01/2024; theo Luật Đất đai ngày 19/01/2024."
    [found] = extract(text).findings
    assert (found.code, found.message) == ("two-dates", "Luật Đất đai is dated 18/01/2024 and 19/01/2024")


def test_a_type_against_its_symbol_names_both() -> None:
    [found] = extract("Thực hiện Nghị định số 60/2024/NQ-CP ngày 05/6/2024 của Chính phủ.").findings
    assert found.message == "the text says Nghị định, but 60/2024/NQ-CP has the symbol of a Nghị quyết"


SEVERAL = """BỘ TÀI CHÍNH
Số: 10/2024/TT-BTC
Hà Nội, ngày 05 tháng 02 năm 2024
THÔNG TƯ
Quy định về hóa đơn điện tử

Căn cứ Nghị định số 70/2025/NĐ-CP ngày 20 tháng 3 năm 2025 của Chính phủ;
{more}
Bộ trưởng Bộ Tài chính ban hành Thông tư quy định về hóa đơn điện tử và chứng từ điện tử khi bán hàng hóa, dịch vụ.
Điều 1. Thông tư này có hiệu lực từ ngày ký. Các đơn vị, tổ chức và cá nhân có liên quan chịu trách nhiệm thi hành.
"""


def test_a_document_that_cites_several_of_a_later_day_is_itself_dated_wrongly() -> None:
    more = "Căn cứ Nghị định số 29/2025/NĐ-CP ngày 24/02/2025; Nghị định số 70/2025/NĐ-CP ngày 20/3/2025;"
    (found,) = extract(SEVERAL.format(more=more)).findings
    assert (found.code, len(found.mentions)) == ("date-before-cited", 3)
    assert (
        "05/02/2024" in found.message and "Nghị định 70/2025/NĐ-CP" in found.message and "20/03/2025" in found.message
    )


def test_one_document_of_a_later_day_is_a_finding_of_its_own_at_each_place() -> None:
    more = "Căn cứ Nghị định số 70/2025/NĐ-CP ngày 20/3/2025;"
    assert [found.code for found in extract(SEVERAL.format(more=more)).findings] == ["date-after-report"] * 2


def test_its_own_number_with_a_later_day_is_one_document_with_two_dates() -> None:
    text = SEVERAL.replace("Căn cứ Nghị định số 70/2025/NĐ-CP ngày 20 tháng 3 năm 2025 của Chính phủ;\n", "").format(
        more=""
    )
    annex = "(Ban hành kèm theo Thông tư số 10/2024/TT-BTC ngày 05 tháng 3 năm 2024 của Bộ trưởng Bộ Tài chính)\n"
    assert [found.code for found in extract(f"{text}\nPHỤ LỤC\n{annex}").findings] == ["two-dates"]


def test_the_ministry_of_home_affairs_is_as_old_as_the_state() -> None:
    assert not extract("Căn cứ Thông tư số 03/NV ngày 01/02/1963 của Bộ Nội vụ").findings
