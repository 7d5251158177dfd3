"""What a catalogue says of a document helps where its text is silent, and never against the text."""

from __future__ import annotations

import pytest

from kg.documents.record import Record
from kg.extract import extract
from kg.model import Header

GIVEN = Record(
    id="d1",
    number="15/KH-UBND",
    type="KẾ HOẠCH",
    issuer="UBND TỈNH HẬU GIANG",
    date="08/01/2024",
    title="Phát triển chợ",
)


def test_a_silent_header_is_supplied_in_canonical_form() -> None:
    header, fields = GIVEN.supply(Header())
    assert header == Header(
        type="Kế hoạch",
        number="15/KH-UBND",
        date="2024-01-08",
        issuer="Ủy ban nhân dân tỉnh Hậu Giang",
        province="Hậu Giang",
        title="Phát triển chợ",
    )
    assert fields == ("type", "number", "date", "issuer", "title")


def test_what_the_text_says_of_itself_stands() -> None:
    own = Header(type="Kế hoạch", number="015/KH-UBND", date="2024-01-09", issuer="Ủy ban nhân dân tỉnh Trà Vinh")
    header, fields = GIVEN.supply(own)
    assert fields == ("title",)
    assert (header.number, header.date, header.issuer) == (own.number, own.date, own.issuer)


@pytest.mark.parametrize("own", [Header(number="16/KH-UBND"), Header(type="Quyết định")])
def test_a_record_of_another_document_supplies_nothing(own: Header) -> None:
    assert GIVEN.supply(own) == (own, ())


@pytest.mark.parametrize(
    "given", [Record(number="không số"), Record(type="Bài báo"), Record(date="31/02/2024"), Record(issuer="Nhiều nơi")]
)
def test_what_is_no_number_type_date_or_body_is_no_hint(given: Record) -> None:
    assert given.supply(Header()) == (Header(), ())


def test_the_province_of_the_record_names_the_local_bodies_of_the_text() -> None:
    text = "KẾ HOẠCH\nThực hiện chương trình\n\nCăn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2024 của UBND tỉnh;\n"
    (mention,) = extract(text, record=GIVEN).mentions
    assert mention.issuer == "Ủy ban nhân dân tỉnh Hậu Giang"


def test_columns_are_known_by_their_names_in_both_languages() -> None:
    row = {"Mã": 7, "Số ký hiệu": " 01/QĐ-UBND ", "LOẠI VĂN BẢN": "Quyết định", "url": None, "pages": 3}
    assert Record.of(row) == Record(id="7", number="01/QĐ-UBND", type="Quyết định")
