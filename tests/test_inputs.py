"""Archives and tables of documents are read one document at a time; what is wrong with one stops no other."""

from __future__ import annotations

import gzip
import io
import json
import random
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.graph.store import Graph
from kg.loaders import LoadError, archives, load
from kg.messages import speaking
from kg.pipeline.attempt import attempt
from kg.pipeline.build import Report, build
from kg.pipeline.document import Document
from kg.pipeline.inputs import Collection, Failure, Found, Ignored, documents

TEXT = "BÁO CÁO\nSở đã triển khai thực hiện Nghị định số {number}/2024/NĐ-CP ngày 05/6/2024 của Chính phủ.\n"


def zipped(path: Path, members: Iterable[tuple[str, str | bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def tarred(path: Path, members: Iterable[tuple[str, bytes]]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def lines(path: Path, rows: Iterable[object]) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def text(number: int) -> str:
    return TEXT.format(number=number)


def shown(path: Path) -> list[str]:
    """Paths of the documents at ``path``, below it."""
    return [item.document.path.removeprefix(f"{path}/") for item in documents([path]) if isinstance(item, Found)]


def failures(path: Path) -> dict[str, str]:
    found = [item for item in documents([path]) if isinstance(item, Failure)]
    for item in found:
        assert item.path in item.message and "\n" not in item.message
    return {item.path.removeprefix(str(path)).lstrip("/"): item.message for item in found}


def whole(path: Path) -> bool:
    (collection,) = [item for item in documents([path]) if isinstance(item, Collection)]
    return collection.whole


def content(graph_dir: Path) -> set[Quad]:
    with Graph.open(graph_dir) as graph:
        return set(graph.store.quads_for_pattern(None, None, None, None))


def outcome(report: Report) -> tuple[int, int, int, int, int]:
    return report.files, report.read, report.unchanged, report.removed, len(report.failures)


# --- archives


@pytest.mark.parametrize("kind", ["a.zip", "a.tar.gz"])
def test_members_are_documents_in_their_folders_with_iris_of_their_own(tmp_path: Path, kind: str) -> None:
    members = [("năm 2024/quý 1/a #1.txt", text(60).encode()), ("./b.md", text(61).encode()), ("photo.jpg", b"\xff")]
    path = tmp_path / kind
    zipped(path, members) if kind == "a.zip" else tarred(path, members)
    found = list(documents([path]))
    read = [item.document for item in found if isinstance(item, Found)]
    assert [(d.path, d.name) for d in read] == [
        (f"{path}/năm 2024/quý 1/a #1.txt", "a #1.txt"),
        (f"{path}/b.md", "b.md"),
    ]
    assert read[0].iri == f"{path.as_uri()}/n%C4%83m%202024/qu%C3%BD%201/a%20%231.txt"
    assert read[0].content == text(60).encode()
    assert [item.path for item in found if isinstance(item, Ignored)] == [f"{path}/photo.jpg"]
    assert whole(path)


def test_an_archive_gives_the_graph_that_its_files_give(tmp_path: Path) -> None:
    members = [(f"{n}.txt", text(n).encode()) for n in range(10, 20)]
    zipped(tmp_path / "a.zip", members)
    (tmp_path / "folder").mkdir()
    for name, data in members:
        (tmp_path / "folder" / name).write_bytes(data)
    build([tmp_path / "a.zip"], tmp_path / "zip")
    build([tmp_path / "folder"], tmp_path / "files")
    moved = {str(q).replace(str(tmp_path / "folder"), str(tmp_path / "a.zip")) for q in content(tmp_path / "files")}
    assert {str(q) for q in content(tmp_path / "zip")} == moved


def test_names_in_utf8_without_the_mark_are_read_as_such(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("Báo cáo.txt", text(60))])
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + flags
        assert data[at + 1] & 0x08
        data[at + 1] &= ~0x08
    path.write_bytes(data)
    assert shown(path) == ["Báo cáo.txt"]


@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "x/../../a.txt", "C:/a.txt", "..\\a.txt"])
@pytest.mark.parametrize("kind", ["a.zip", "a.tar.gz"])
def test_names_that_lead_out_are_refused_and_the_rest_is_read(tmp_path: Path, name: str, kind: str) -> None:
    members = [(name, text(60).encode()), ("good.txt", text(61).encode())]
    path = (zipped if kind == "a.zip" else tarred)(tmp_path / kind, members)
    assert shown(path) == ["good.txt"]
    (message,) = failures(path).values()
    assert "leads out of the archive" in message
    assert not whole(path)


def test_hidden_members_links_and_what_systems_leave_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in ("__MACOSX/._a.txt", ".git/b.txt", "a.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(text(60).encode())
            archive.addfile(info, io.BytesIO(text(60).encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert shown(path) == ["a.txt"]
    assert failures(path) == {}


def test_a_locked_member_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("locked.txt", text(60)), ("open.txt", text(61))])
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert shown(path) == ["open.txt"]
    assert "password" in failures(path)["locked.txt"]


def test_a_damaged_member_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("broken.txt", text(60) * 50), ("good.txt", text(61))])
    data = bytearray(path.read_bytes())
    data[50:60] = bytes(10)
    path.write_bytes(data)
    assert shown(path) == ["good.txt"]
    assert "damaged" in failures(path)["broken.txt"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tgz", "a.tar"])
@pytest.mark.parametrize("data", [b"", b"no archive at all", b"PK\x03\x04 \x1f\x8b"])
def test_what_is_no_archive_is_told_in_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert shown(path) == []
    (message,) = failures(path).values()
    assert "damaged" in message
    assert not whole(path)


def test_an_archive_that_is_cut_off_gives_what_it_has(tmp_path: Path) -> None:
    noise = random.Random(0)
    members = [(f"{n}.txt", (text(60) + str(noise.random()) * 2000).encode()) for n in range(20)]
    path = tarred(tmp_path / "a.tar.gz", members)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 0 < len(shown(path)) < 20
    assert "damaged" in next(iter(failures(path).values()))
    assert not whole(path)


@pytest.mark.parametrize("kind", ["a.zip", "a.tar.gz"])
def test_bombs_are_neither_unpacked_nor_do_they_stop_the_rest(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 1_000_000)
    members = [("good.txt", text(60).encode()), ("bomb.txt", b"a" * 3_000_000), ("other.txt", text(61).encode())]
    path = (zipped if kind == "a.zip" else tarred)(tmp_path / kind, members)
    assert shown(path) == ["good.txt", "other.txt"]
    assert "too large" in failures(path)["bomb.txt"]


@pytest.mark.parametrize("kind", ["a.zip", "a.tar.gz"])
def test_an_archive_that_holds_more_than_its_size_can_is_given_up(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_ALWAYS", 1_000_000)
    monkeypatch.setattr(archives, "_DENSEST", 1)
    members = [(f"{n}.txt", b"a" * 400_000) for n in range(30)]
    path = (zipped if kind == "a.zip" else tarred)(tmp_path / kind, members)
    assert len(shown(path)) == 2
    assert failures(path)


# --- tables


ROWS = [
    {"id": f"d/{n}", "number": f"{n}/KH-UBND", "issuer": "UBND TỈNH HẬU GIANG", "url": "https://a.vn", "text": text(n)}
    for n in range(10, 15)
]


def parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.mark.parametrize("name", ["c.jsonl", "c.jsonl.gz", "c.parquet"])
def test_rows_are_documents_with_their_record(tmp_path: Path, name: str) -> None:
    path = parquet(tmp_path / name, ROWS) if name == "c.parquet" else lines(tmp_path / name, ROWS)
    found = [item.document for item in documents([path]) if isinstance(item, Found)]
    assert [d.path for d in found] == [f"{path}/d/{n}" for n in range(10, 15)]
    assert found[0].iri == f"{path.as_uri()}/d%2F10"
    assert (found[0].content, found[0].record.number) == (text(10), "10/KH-UBND")
    build([path], tmp_path / "g")
    with Graph.open(tmp_path / "g") as graph:
        rows = graph.select(
            "SELECT ?id ?url ?number ?given WHERE { ?r a kg:Report ; dcterms:identifier ?id ; schema:url ?url ;"
            " eli:id_local ?number ; kg:suppliedByRecord ?given ; kg:forProvince ?place } ORDER BY ?id"
        )
    assert rows[0] == {"id": "d/10", "url": "https://a.vn", "number": "10/KH-UBND", "given": "number issuer"}
    assert len(rows) == 5


def test_the_column_of_the_text_is_known_by_its_name_or_told(tmp_path: Path) -> None:
    path = lines(tmp_path / "c.jsonl", [{"Mã": 1, "Nội dung": text(60)}, {"Mã": 2, "full": text(61)}])
    assert shown(path) == ["1"]
    assert "--text-column" in failures(path)["2"]
    told = [item.document.path for item in documents([path], text_column="full") if isinstance(item, Found)]
    assert told == [f"{path}/2"]


def test_bad_rows_are_told_by_their_line_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    good = json.dumps({"id": "good", "text": text(60)})
    path.write_text(
        f'{good}\n{{"id": \n[1]\n\n{{"id": "e", "text": " "}}\n{{"id": "n", "text": 5}}\n{{"text": "x y"}}\n'
    )
    assert shown(path) == ["good", "7"]
    assert sorted(failures(path)) == ["2", "3", "5", "6"]
    assert not whole(path)


def test_a_table_that_is_cut_off_or_no_table_is_told(tmp_path: Path) -> None:
    path = lines(tmp_path / "c.jsonl.gz", ROWS * 500)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 0 < len(shown(path)) < len(ROWS) * 500
    assert "damaged" in failures(path)[""]
    pytest.importorskip("pyarrow")
    other = tmp_path / "c.parquet"
    other.write_bytes(b"PAR1 no table")
    assert "damaged" in failures(other)[""]


def test_what_is_wrong_with_a_file_is_told_in_vietnamese_throughout(tmp_path: Path) -> None:
    table = lines(tmp_path / "c.jsonl.gz", ROWS * 500)
    table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])
    (tmp_path / "b.jsonl").write_text('{"id": \n[1]\n')
    (tmp_path / "a.zip").write_bytes(b"no zip")
    (tmp_path / "a.tgz").write_bytes(b"no tar")
    with speaking("vi"):
        found = {name.removeprefix("/"): message.split(": ", 1)[1] for name, message in failures(tmp_path).items()}
    assert found == {
        "a.tgz": "tệp nén bị hỏng (tệp tar không nguyên vẹn); hãy tải lại",
        "a.zip": "tệp nén bị hỏng (tệp zip không nguyên vẹn); hãy tải lại",
        "b.jsonl/1": "không phải JSON (sai cú pháp ở ký tự thứ 7); hãy kiểm tra dòng này",
        "b.jsonl/2": "không phải JSON (không phải đối tượng JSON); hãy kiểm tra dòng này",
        "c.jsonl.gz": "bảng bị hỏng (tệp bị cụt); hãy tải lại",
    }


def test_what_libraries_say_of_damaged_files_is_told_in_vietnamese(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n1 0 obj")
    (tmp_path / "b.txt").write_bytes("Nghị định".encode("utf-16") + b"\xd8")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 no table")
    (tmp_path / "d.parquet").write_bytes(b"PAR1" + b"\xff" * 64 + b"PAR1")
    with speaking("vi"):
        found = {name.removeprefix("/"): message.split(": ", 1)[1] for name, message in failures(tmp_path).items()}
        for name in ("a.pdf", "b.txt"):
            with pytest.raises(LoadError) as problem:
                load(tmp_path / name)
            found[name] = str(problem.value).split(": ", 1)[1]
    assert found == {
        "a.pdf": "là tệp PDF bị hỏng (không đúng dạng PDF hoặc bị cụt); hãy tải lại hoặc in ra tệp PDF mới",
        "b.txt": "là UTF-16 bị hỏng ở byte thứ 21; hãy lưu bằng UTF-8 hoặc nêu bảng mã",
        "c.parquet": "bảng bị hỏng (tệp Parquet không nguyên vẹn); hãy tải lại",
        "d.parquet": "bảng bị hỏng (tệp Parquet không nguyên vẹn); hãy tải lại",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="a file that is there and can't be read, also by root")
def test_what_the_system_says_of_a_document_is_told_in_vietnamese() -> None:
    memory = Document("file:///m", "/proc/self/mem", Path("/proc/self/mem"), "mem")
    with speaking("vi"):
        told = attempt(memory, known=None, extractor="x")
    assert told == "/proc/self/mem: đọc, ghi đĩa bị lỗi; hãy kiểm tra quyền đọc"


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "c.parquet"
    path.write_bytes(b"PAR1")
    assert "pip install 'vn-legal-kg[parquet]'" in failures(path)[""]


def test_half_a_surrogate_pair_hurts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "a", "text": "Nghị định số 60/2024/NĐ-CP \\ud800 và \\ud83d\\ude00"}\n', encoding="utf-8")
    assert outcome(build([path], tmp_path / "g")) == (1, 1, 0, 0, 0)


def test_an_id_that_is_there_twice_is_told(tmp_path: Path) -> None:
    path = lines(tmp_path / "c.jsonl", [{"id": "a", "text": text(60)}, {"id": "a", "text": text(61)}])
    report = build([path], tmp_path / "g")
    assert outcome(report) == (1, 1, 0, 0, 1)
    assert "twice" in report.failures[0].message


# --- again and again


def test_only_what_changed_in_a_collection_is_read_again_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    table = lines(tmp_path / "in.jsonl", ROWS)
    archive = zipped(tmp_path / "a.zip", [("a.txt", text(60)), ("b.txt", text(61))])
    assert outcome(build([table, archive], tmp_path / "g")) == (7, 7, 0, 0, 0)
    lines(table, [*ROWS[1:4], {**ROWS[4], "number": "99/KH-UBND"}])
    zipped(archive, [("b.txt", text(61)), ("c.txt", text(62))])
    assert outcome(build([table, archive], tmp_path / "g")) == (6, 2, 4, 2, 0)
    build([table, archive], tmp_path / "whole")
    assert content(tmp_path / "g") == content(tmp_path / "whole")


def test_a_collection_that_can_no_longer_be_read_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    archive = zipped(tmp_path / "in" / "a.zip", [("a.txt", text(60)), ("b.txt", text(61))])
    build([tmp_path / "in"], tmp_path / "g")
    before = content(tmp_path / "g")
    archive.write_bytes(b"PK")
    assert outcome(build([tmp_path / "in"], tmp_path / "g")) == (0, 0, 0, 0, 1)
    assert content(tmp_path / "g") == before
    archive.unlink()
    assert build([tmp_path / "in"], tmp_path / "g").removed == 2


_BUILD = """
import sys
from importlib import import_module
if __name__ == "__main__":
    import_module("kg.pipeline.build")._BATCH_SECONDS = 0.05
    def tell(step):
        if step.documents == 300:
            print("far enough", flush=True)
    import_module("kg.pipeline.build").build(sys.argv[1:-1], sys.argv[-1], jobs=2, progress=tell)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["c.zip", "c.tar.gz", "c.jsonl.gz"])
def test_an_interrupted_build_of_a_collection_goes_on_where_it_was(tmp_path: Path, name: str) -> None:
    many = [(f"{n}.txt", text(n)) for n in range(100, 900)]
    if name == "c.jsonl.gz":
        path = lines(tmp_path / name, ({"id": member, "text": content} for member, content in many))
    else:
        encoded = [(member, content.encode()) for member, content in many]
        path = (zipped if name == "c.zip" else tarred)(tmp_path / name, encoded)
    (tmp_path / "run.py").write_text(_BUILD)
    command = [sys.executable, str(tmp_path / "run.py"), str(path), str(tmp_path / "g")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"far enough\n"
        process.send_signal(signal.SIGINT)
    assert process.returncode != 0, "the build was over before it was interrupted"
    report = build([path], tmp_path / "g", jobs=1)
    assert report.files == 800
    assert report.unchanged > 0
    build([path], tmp_path / "whole", jobs=1)
    assert content(tmp_path / "g") == content(tmp_path / "whole")


def test_documents_are_found_without_reading_them_all(tmp_path: Path) -> None:
    """Work items come one by one: the first is there before a later member is looked at."""
    path = zipped(tmp_path / "a.zip", [(f"{n}.txt", text(60)) for n in range(3)])
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x03\x04", 10)
    data[at : at + 4] = b"XXXX"
    path.write_bytes(data)
    found = documents([path])
    first = next(found)
    assert isinstance(first, Found) and first.document.name == "0.txt"
    assert isinstance(next(found), Failure)
