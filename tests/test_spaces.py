"""Lost spaces are put back where citations need them, and every span still quotes the text as it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.entities.spaces import restored
from kg.text.normalization import normalize


@pytest.mark.parametrize(
    ("written", "text", "number", "issuer", "pinpoint"),
    [
        ("vàNghị định số 137/2015/NĐ-CP", "Nghị định số 137/2015/NĐ-CP", "137/2015/NĐ-CP", "Chính phủ", None),
        (
            "quy định tạiĐiều 12 Thông tư số 17/2018/TT-BTC",
            "Thông tư số 17/2018/TT-BTC",
            "17/2018/TT-BTC",
            "Bộ Tài chính",
            "Điều 12",
        ),
        ("Thông tưsố19/2011/TT-BTCngày 14/02/2011", "Thông tưsố19/2011/TT-BTC", "19/2011/TT-BTC", "Bộ Tài chính", None),
        (
            "Quyếtđịnh số 15/QĐ-UBND ngày 3/1/2024 củaỦyban nhândântỉnh Hậu Giang",
            "Quyếtđịnh số 15/QĐ-UBND",
            "15/QĐ-UBND",
            "Ủy ban nhân dân tỉnh Hậu Giang",
            None,
        ),
        ("theo LuậtThương mại năm 2005", "LuậtThương mại", None, "Quốc hội", None),
        ("khoản2Điều12 Luật Đầu tư năm 2020", "Luật Đầu tư", None, "Quốc hội", "Điều 12 khoản 2"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_citation_is_read_as_if_its_spaces_were_there_and_quoted_as_it_stands(
    form: str, written: str, text: str, number: str | None, issuer: str, pinpoint: str | None
) -> None:
    raw = unicodedata.normalize(form, f"Thực hiện {written}, cơ quan báo cáo")
    (mention,) = kg.extract(raw).mentions
    assert raw[mention.start : mention.end] == mention.text == unicodedata.normalize(form, text)
    assert (mention.number, mention.issuer, mention.pinpoint) == (number, issuer, pinpoint)


@pytest.mark.parametrize(
    "text",
    [
        "PowerPoint, YouTube, eCoSys, maDoiTuong, chinhphu.vn, H2O, m2",
        "Chủ tịch Ủy ban nhân dân tỉnh; khoản 2 Điều 12; nghiêng ngả, khuyếch trương",
        "TT-BTTTT, QĐ-TTg, ĐKXe, thoảthích",
    ],
)
def test_what_is_no_lost_space_stays(text: str) -> None:
    assert restored(normalize(text)).text == text


@given(st.text("ạ\u0323\u0302e*<[ÐK 1", max_size=30), st.sets(st.integers(1, 30)))
def test_each_character_stands_where_it_stood(raw: str, at: set[int]) -> None:
    norm = normalize(raw)
    places = sorted(place for place in at if place < len(norm.text))
    spaced = norm.spaced(places)
    put_in = {place + i for i, place in enumerate(places)}
    own = [k for k in range(len(spaced.text)) if k not in put_in]
    assert "".join(spaced.text[k] for k in own) == norm.text
    assert [spaced.span(k, k + 1) for k in own] == [norm.span(k, k + 1) for k in range(len(norm.text))]
    for i, place in enumerate(places):
        start, end = spaced.span(place + i, place + i + 1)
        assert spaced.text[place + i] == " " and start == end
