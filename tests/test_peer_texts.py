"""Texts that other programs are compared on hold what real ones hold, and are the same each time."""

import argparse
import sys
from pathlib import Path

import pytest

import kg

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import extraction
import peer_texts

SIZE, EACH = 80_000, 20_000


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    return {language: peer_texts.generated(language, SIZE, EACH) for language in ("en", "de", "vi")}


def test_the_seed_decides(texts: dict[str, list[str]]) -> None:
    assert texts["de"] == peer_texts.generated("de", SIZE, EACH)
    assert texts["de"] != peer_texts.generated("de", SIZE, EACH, seed=8)
    assert len(set(texts["de"])) == 4


@pytest.mark.parametrize("language", ["en", "de", "vi"])
def test_counts_are_those_of_the_table(texts: dict[str, list[str]], language: str) -> None:
    kinds = peer_texts.kinds(language)
    found = peer_texts.counts(texts[language], kinds)
    off = {k.name: (k.often, found[k.name]) for k in kinds if abs(found[k.name] - k.often) > max(0.2 * k.often, 0.6)}
    assert not off


def test_sizes(texts: dict[str, list[str]]) -> None:
    assert all(EACH <= len(text) < EACH + 1_000 for written in texts.values() for text in written)


def test_every_place_is_filled(texts: dict[str, list[str]]) -> None:
    assert not [c for written in texts.values() for text in written for c in "{}\\\t" if c in text]


def test_denser_texts_have_more_citations_and_no_more_of_the_rest(texts: dict[str, list[str]]) -> None:
    kinds = peer_texts.kinds("vi")
    plain = peer_texts.counts(texts["vi"], kinds)
    dense = peer_texts.counts(peer_texts.generated("vi", SIZE, denser=2.8), kinds)
    assert 2.4 < dense["number with symbol"] / plain["number with symbol"] < 3.2
    assert dense["per cent"] < 1.2 * plain["per cent"]


def test_mentions_are_as_many_as_in_five_real_reports(texts: dict[str, list[str]]) -> None:
    found = sum(len(kg.extract(text).mentions) for text in texts["vi"])
    assert 0.8 < found * 1_000 / sum(map(len, texts["vi"])) < 1.2


def test_what_is_counted_in_an_opinion() -> None:
    text = "See Ash v. Vance, 512 U.S. 10, 12, 114 S. Ct. 20 (1994); 41 F.3d 7 (5th Cir. 1995). Id. at 9; 41 F.3d at 8."
    found = peer_texts.counts([text], peer_texts.kinds("en"))
    each = {name: round(often * len(text) / 10_000) for name, often in found.items()}
    expected = {"case with reporter and page": 3, "parallel citation": 1, "short citation": 1, "court in brackets": 1}
    expected |= {"year alone in brackets": 1, "id. or ibid.": 1, "versus": 1, "signal": 1, "supra": 0, "statute": 0}
    assert {name: each[name] for name in expected} == expected


def test_what_is_counted_in_a_judgment() -> None:
    text = "Nach § 8 Abs. 1 Satz 2 UWG und §§ 3, 5 BGB (vgl. BGH, Urt. v. 2.4.2009 - I ZR 209/06, GRUR 2009, 678)."
    found = peer_texts.counts([text], peer_texts.kinds("de"))
    each = {name: round(often * len(text) / 10_000) for name, often in found.items()}
    expected = {"§ with one provision": 1, "§§ with several": 1, "paragraph of a provision": 1, "code": 2, "court": 1}
    expected |= {"sentence of a provision": 1, "file number": 1, "law report": 1, "vgl.": 1, "date in digits": 1}
    assert {name: each[name] for name in expected} == expected


def test_texts_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("hai", encoding="utf-8")
    (tmp_path / "a.txt").write_text("một", encoding="utf-8")
    assert peer_texts.files(tmp_path) == ["một", "hai"]
    assert extraction.named_folder(f"refex={tmp_path}") == ("refex", tmp_path)


@pytest.mark.parametrize("written", ["refex", "lexnlp=.", "eyecite=nowhere"])
def test_a_folder_that_cannot_be_read_is_told(written: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"nowhere|expected"):
        extraction.named_folder(written)
