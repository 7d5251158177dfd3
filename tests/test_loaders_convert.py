"""Word 97 and RTF files, through whichever converter is there."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kg.loaders import LoadError, convert, loads

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RTF = (
    rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Times New Roman;}}"
    rb"Ngh\u7883? \'f0\u7883?nh s\u7889? 60/2024/N\u272?-CP\par"
    rb"\trowd\cellx2000\cellx4000\intbl TT\cell Vi\u7879?c\cell\row\pard H\u7871?t\par}"
)
RTF_TEXT = "Nghị ðịnh số 60/2024/NĐ-CP\nTT\tViệc\nHết\n"


@pytest.fixture
def without_office(monkeypatch):
    monkeypatch.setattr(convert, "_office", lambda: None)


@pytest.mark.usefixtures("without_office")
def test_rtf_is_read_without_an_office():
    pytest.importorskip("striprtf")
    source = loads(RTF, "a.rtf")
    assert (source.text, source.media_type) == (RTF_TEXT, "application/rtf")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_rtf_is_read_through_an_office():
    source = loads(RTF, "không dấu.rtf")
    assert source.text == RTF_TEXT
    assert ("converter", "LibreOffice") in source.metadata


def test_without_a_converter_the_error_names_one(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(LoadError, match=r"needs a converter for \.doc; install LibreOffice or antiword"):
        loads(b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "a.doc")


@pytest.mark.skipif(shutil.which("antiword") is None and OFFICE is None, reason="no converter for .doc is installed")
def test_a_damaged_doc_is_an_error_in_one_line():
    with pytest.raises(LoadError, match=r"^a\.doc: [^\n]+; [^\n]+$"):
        loads(b"\xd0\xcf\x11\xe0" + b"\0" * 900 + "WordDocument".encode("utf-16-le"), "a.doc")


@pytest.mark.usefixtures("without_office")
@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice, which writes the .doc of this test, is not installed")
def test_antiword_and_the_office_read_a_doc_alike(tmp_path: Path):
    given = tmp_path / "a.rtf"
    given.write_bytes(
        RTF[:-1] + rb" C\u259?n c\u7913? Lu\u7853?t s\u7889? 31/2024/QH15\par" * 99 + b"}"
    )  # antiword refuses a few words
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    source = loads((tmp_path / "a.doc").read_bytes(), "a.doc")
    assert source.text == RTF_TEXT + "Căn cứ Luật số 31/2024/QH15\n" * 99
    assert source.metadata == (("converter", "antiword"),)
