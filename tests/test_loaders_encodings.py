"""Bytes and legacy text become Unicode; Unicode stays as it is."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.loaders import LoadError, loads
from kg.loaders.encodings import LEGACY, decode, legacy_encoding, modernize, recode
from kg.loaders.spelling import is_syllable, share
from kg.ontology.tables import read

TEXT = (
    "Căn cứ Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ về phát triển và quản lý chợ;\r\n"
    "Sở Công Thương tỉnh Hậu Giang đã ban hành Kế hoạch số 12/KH-SCT để thực hiện nhiệm vụ được giao.\n"
)
LETTERS = {name: {row["letter"]: row[name] for row in read("legacy_encodings") if row[name]} for name in LEGACY}


def legacy_bytes(text: str, name: str) -> bytes:
    return b"".join(
        bytes.fromhex(LETTERS[name][c]) if c in LETTERS[name] else c.encode("cp1252")
        for c in unicodedata.normalize("NFC", text)
    )


def windows_1258(text: str) -> bytes:
    """The bytes that a Vietnamese keyboard for Windows-1258 types: the letter, then its tone."""
    marks = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        out.append(unicodedata.normalize("NFC", marks.sub("", parts)) + "".join(marks.findall(parts)))
    return "".join(out).encode("cp1258")


def test_utf8_text_is_exactly_the_files_own():
    assert decode(TEXT.encode()).text == TEXT
    assert loads(("  \n\t" + TEXT + "\x0c \r\n").encode(), "a.txt").text == "  \n\t" + TEXT + "\x0c \r\n"


def test_decomposed_utf8_is_not_composed():
    decomposed = unicodedata.normalize("NFD", TEXT)
    assert decode(decomposed.encode()).text == decomposed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_is_not_text(encoding):
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_utf16_big_endian_with_mark():
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_windows_1258_is_found_and_keeps_its_combining_marks():
    decoded = decode(windows_1258(TEXT))
    assert decoded.encoding == "cp1258"
    assert "\u0323" in decoded.text
    assert unicodedata.normalize("NFC", decoded.text) == TEXT


@pytest.mark.parametrize("name", LEGACY)
def test_legacy_bytes_are_found(name):
    decoded = decode(legacy_bytes(TEXT, name))
    assert (decoded.encoding, decoded.text) == (name, TEXT)


@pytest.mark.parametrize("name", LEGACY)
def test_legacy_text_saved_as_utf8_is_found(name):
    decoded = decode(legacy_bytes(TEXT, name).decode("cp1252").encode())
    assert (decoded.encoding, decoded.text) == (name, TEXT)


@pytest.mark.parametrize("name", [*LEGACY, "ABC"])
def test_a_legacy_encoding_can_be_forced_on_text_too_short_to_show_it(name):
    table = "tcvn3" if name == "ABC" else name
    assert loads(legacy_bytes("Đà Nẵng", table), "a.txt", encoding=name).text == "Đà Nẵng"


def test_a_codec_can_be_forced():
    text = loads(windows_1258("đã rõ"), "a.txt", encoding="cp1258").text
    assert unicodedata.normalize("NFC", text) == "đã rõ"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Nghò ñònh soá", "Nghị định số"), ("NghÞ ®Þnh", "Nghị định"), ("NGHÒ ÑÒNH", "NGHỊ ĐỊNH"), ("Hà Nội", "Hà Nội")],
)
def test_short_titles_are_put_right(given, expected):
    assert modernize(given) == expected


def test_tcvn3_capitals_with_tones_come_back_in_words_of_capitals():
    assert recode("QUYÕT §ÞNH cña Bé trëng", "tcvn3").startswith("QUYẾT ĐỊNH của Bộ")


def test_the_soft_hyphen_of_tcvn3_comes_back_where_an_editor_made_it_a_hyphen():
    assert recode("n-íc, nh- sau, §Þa ph-¬ng, UBND-KT, 2021-2025", "tcvn3") == (
        "nước, như sau, Địa phương, UBND-KT, 2021-2025"
    )


@pytest.mark.parametrize("text", ["Où est le café où déjà été?", "plain ASCII", "Hà Nam và Hà Nội", ""])
def test_what_is_not_legacy_stays(text):
    assert legacy_encoding(text) is None


@given(st.text(st.sampled_from(sorted(LETTERS["vni"]) + list("abcdghiklmnopqrstuvxyABC 0123/-.,")), max_size=60))
def test_vni_round_trip(text):
    assert recode(legacy_bytes(text, "vni").decode("cp1252"), "vni") == text


@given(st.text(st.sampled_from([c for c in LETTERS["tcvn3"] if c.islower()] + list("abcdghiklm 0123/.,")), max_size=60))
def test_tcvn3_round_trip_of_small_letters(text):
    assert recode(legacy_bytes(text, "tcvn3").decode("cp1252"), "tcvn3") == text


def test_the_table_has_every_vietnamese_letter_and_no_code_twice():
    tones = "\u0300\u0301\u0303\u0309\u0323"
    small = {unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in ("", *tones)} - set("aeiouy")
    assert set(LETTERS["vni"]) == {c for letter in small | {"đ"} for c in (letter, letter.upper())}
    for table in LETTERS.values():
        assert len(set(table.values())) == len(table)


@pytest.mark.parametrize("name", ["utf-8", "ascii", "no-such-codec"])
def test_a_forced_encoding_that_does_not_fit_is_an_error_in_one_line(name):
    with pytest.raises(LoadError, match=r"^a\.txt: .*; .*$") as caught:
        loads(legacy_bytes(TEXT, "vni"), "a.txt", encoding=name)
    assert "\n" not in str(caught.value)


def test_bytes_of_no_known_encoding_are_an_error():
    with pytest.raises(LoadError, match="UTF-8"):
        loads("Преступление и наказание, роман".encode("koi8-r") * 20, "a.txt")


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "ƯỚC", "giấy", "thuở", "khuỷu", "Đắk", "y", "uỷ"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["viQc", "d6nghi", "strength", "ñònh", "ÿӏQK", "ấậ", ""])
def test_no_syllables(word):
    assert not is_syllable(word)


def test_share_of_text_without_words_is_full():
    assert share("123 / 2024 NĐ-CP") == 1.0
