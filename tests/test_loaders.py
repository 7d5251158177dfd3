"""Which loader reads which file, and what a bad file is answered with."""

import os
import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from kg.loaders import LOADERS, Loader, LoadError, Source, load, loaders, loads

MARKDOWN = (
    "# Báo cáo\r\n\r\nNội dung[^1]\r\n\r\nKết quả\r\n=======\r\n\r\n## Tiểu mục ##\r\n\r\n[^1]: Số 60/2024/NĐ-CP\r\n"
)


def test_a_text_file_is_its_own_text_to_the_last_space(tmp_path):
    path = tmp_path / "báo cáo.txt"
    path.write_bytes("  BÁO CÁO \r\n\r\n\tĐiều 1\n ".encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert load(path) == Source(str(path), file.read(), "text/plain", (), (("encoding", "utf-8"),))


def test_markdown_is_its_own_text_with_places_for_headings_and_footnotes():
    source = loads(MARKDOWN.encode(), "a.md")
    assert (source.text, source.media_type) == (MARKDOWN, "text/markdown")
    assert [(p.kind, source.text[p.start : p.end]) for p in source.places] == [
        ("heading", "# Báo cáo"),
        ("heading", "Kết quả\r\n======="),
        ("heading", "## Tiểu mục ##"),
        ("footnote", "[^1]: Số 60/2024/NĐ-CP"),
    ]


def test_a_heading_inside_a_fence_is_no_heading():
    assert loads(b"```\n# no\n```\n", "a.md").places == ()


@pytest.mark.parametrize("name", ["a.csv", "a", "a.log", "a.doc"])
def test_text_of_any_suffix_is_text(name):
    assert loads("Điều 1".encode(), name).media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        (b"\x7fELF\2\1\1" + bytes(range(256)), "a.txt"),
        (bytes(range(256)) * 8, "a.txt"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.txt"),
        (b"PK\x03\x04" + bytes(99), "a.xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.xls"),
        (b"\xff\xfe" + b"a", "a.txt"),
        (b" \n\t 123", "a.txt"),
        (b"PK\x03\x04" + bytes(99), "a.docx"),
        (b"%PDF-1.7\n", "a.pdf"),
        (b"---\n\n1.\n", "a.md"),
    ],
)
def test_a_bad_file_is_an_error_of_one_line_that_names_file_problem_and_remedy(data, name):
    with pytest.raises(LoadError) as caught:
        loads(data, name)
    error = caught.value
    assert str(error) == f"{name}: {error.problem}; {error.remedy}"
    assert "\n" not in str(error)
    assert error.problem
    assert error.remedy


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(LoadError, match="does not exist"):
        load(tmp_path / "không có.txt")


def test_a_folder(tmp_path):
    with pytest.raises(LoadError, match="is a folder"):
        load(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("mật")
    path.chmod(0)
    with pytest.raises(LoadError, match="permissions"):
        load(path)


def test_a_path_that_the_system_refuses():
    with pytest.raises(LoadError, match="can't be read"):
        load("a" * 5000)


def test_names_and_suffixes_of_loaders_are_unique():
    assert len({loader.name for loader in LOADERS}) == len(LOADERS)
    suffixes = [suffix for loader in LOADERS for suffix in loader.suffixes]
    assert len(suffixes) == len(set(suffixes))


def read_letter(data: bytes, path: str, encoding: str | None) -> Source:
    return Source(path, data[1:].decode(), "text/x-letter")


LETTER_LOADER = Loader("letter", lambda data, suffix: suffix == ".letter", read_letter, frozenset({".letter"}))


def test_another_package_adds_a_loader_by_an_entry_point(monkeypatch):
    point = EntryPoint("letter", f"{__name__}:LETTER_LOADER", "kg.loaders")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [point] if group == "kg.loaders" else [])
    loaders.cache_clear()
    try:
        assert loads("~Thư".encode(), "a.letter") == Source("a.letter", "Thư", "text/x-letter")
        assert loads("~Thư".encode(), "a.txt").text == "~Thư"
    finally:
        loaders.cache_clear()


def test_a_text_file_is_loaded_without_the_libraries_of_other_kinds():
    code = (
        "import sys; from kg.loaders import loads; loads('Điều 1'.encode(), 'a.txt');"
        "print({'lxml', 'bs4', 'pypdfium2', 'markdown_it', 'PIL', 'rdflib', 'striprtf'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("name", "kind"), [("a.pdf", "PDF file"), ("a.RTF", "RTF file"), ("a.doc", "Word document"), ("a.docx", "Word")]
)
def test_rubbish_is_told_by_the_kind_that_its_name_promises(name, kind):
    for rubbish in (bytes(range(255, 0, -1)) * 8, b"\0\1\2\3abc" * 50):
        with pytest.raises(LoadError, match=f"is no {kind}"):
            loads(rubbish, name)


def test_a_link_to_nowhere_is_named_so(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "none")
    with pytest.raises(LoadError, match="points nowhere"):
        load(tmp_path / "a.txt")
