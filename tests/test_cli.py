"""The command line as people use it: results, messages, exit codes, pipes and locales."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
import question_samples as sample
from click.testing import CliRunner, Result
from command_tree import commands
from shape_samples import GOOD, parsed

import kg
from kg.answers import questions
from kg.cli import main
from kg.output.render import as_csv, records, table

REPORT = """SỞ CÔNG THƯƠNG
TỈNH HẬU GIANG

Số: 120/BC-SCT

Hậu Giang, ngày 10 tháng 12 năm 2024

BÁO CÁO
Kết quả công tác năm 2024

I. KẾT QUẢ
1. Sở đã triển khai thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ về phát triển và quản lý chợ.
2. Sở thực hiện Quyết định số 500/QĐ-TTg ngày 31/02/2023 của Thủ tướng Chính phủ <b>&"'.
"""
QUESTION = "tỉnh nào thực hiện Nghị định 60/2024"


def run(*arguments: str, code: int = 0, **settings: Any) -> Result:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False, **settings)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, in a bare environment."""
    bare = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=bare | environment)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("báo cáo") / "Hậu Giang.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, report: Path) -> str:
    folder = str(tmp_path_factory.mktemp("cli") / "graph")
    run("build", str(report), "--graph", folder)
    return folder


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The graph whose answers are known."""
    return str(sample.make(tmp_path_factory.mktemp("known") / "graph"))


# --- documents ---------------------------------------------------------------------------------------------


def test_extract_gives_the_object_of_the_package(report: Path) -> None:
    found = json.loads(run("extract", str(report), "--format", "json").stdout)
    assert found == json.loads(json.dumps(kg.extract(REPORT, name=report.name).to_dict()))
    assert {"document", "mentions", "relations", "tasks", "findings"} <= set(found)
    mention = found["mentions"][0]
    assert REPORT[mention["start"] : mention["end"]] == mention["text"] == "Nghị định số 60/2024/NĐ-CP"


def test_extract_writes_one_mention_a_line_and_a_table(report: Path) -> None:
    lines = run("extract", str(report), "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["number"] for line in lines] == ["60/2024/NĐ-CP", "500/QĐ-TTg"]
    assert "60/2024/NĐ-CP" in run("extract", str(report), "--format", "table").stdout
    vietnamese = run("extract", str(report), "--format", "table", env={"KG_LANG": "vi"}).stdout
    assert vietnamese.split("\n", 1)[0].split()[:4] == ["vị", "trí", "văn", "bản"]
    assert "done" not in vietnamese and "2024-06" not in vietnamese
    bare = run("extract", "-", "--format", "table", input="Không có gì cả.".encode())
    assert (bare.stdout, bare.stderr) == ("", "kg: no citation\n")


def test_extract_reads_stdin() -> None:
    found = run("extract", "-", input=REPORT.encode()).stdout
    assert len(json.loads(found)["mentions"]) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "does not exist"), (b"", "is empty"), (b"PK\x03\x04 not a document", "")],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(content: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    if content is not None:
        path.write_bytes(content)
    result = run("extract", str(path), code=1)
    assert result.stdout == ""
    assert result.stderr.startswith(f"kg: {path}: ") and message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", None, "không có tệp này; hãy kiểm tra đường dẫn"),
        ("a.txt", b"", "là tệp rỗng; hãy tải lại"),
        ("a.txt", b" \n", "không có chữ nào; hãy kiểm tra xem có đúng tệp không"),
        ("a.docx", b"\x81\x00\x9d\x8f" * 99, "không phải tệp Word như phần đuôi của tên; hãy tải lại"),
        ("a.txt", b"\x89PNG\r\n", "không phải văn bản mà là ảnh; hãy chuyển sang .docx, .pdf hoặc .txt"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_vietnamese(
    name: str, content: bytes | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LANG", "vi")
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert run("check", str(path), code=1).stderr == f"kg: {path}: {message}\n"


def test_the_system_is_told_in_the_users_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = tmp_path / "graph"
    assert "no document to read" in run("build", str(tmp_path), "--graph", str(graph)).stderr
    monkeypatch.setenv("KG_LANG", "vi")
    result = run("sparql", "nowhere.rq", "--graph", str(graph), code=1)
    assert result.stderr == "kg: nowhere.rq: không có tệp hay thư mục này\n"


def test_check_tells_what_a_writer_should_mend(report: Path) -> None:
    found = json.loads(run("check", str(report), "--format", "json").stdout)
    (finding,) = [f for f in found if f["code"] == "impossible-date"]
    assert REPORT[finding["start"] : finding["end"]] == finding["quote"] == "31/02/2023"
    assert finding["severity"] == "error"
    assert {"code", "severity", "start", "end", "message", "suggestion"} <= set(finding)
    assert "impossible-date" in run("check", str(report)).stdout
    assert next(csv.DictReader(io.StringIO(run("check", str(report), "--format", "csv").stdout)))["code"]


def test_check_fails_only_when_it_is_asked_to(report: Path, tmp_path: Path) -> None:
    run("check", str(report), "--strict", code=1)
    clean = tmp_path / "a.txt"
    clean.write_text("Thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ.", encoding="utf-8")
    assert run("check", str(clean), "--strict").stdout == "nothing to look at\n"


def test_a_file_that_may_not_be_read_fails_alone(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads it says so, and the other files are read; click would refuse all of them."""
    closed = tmp_path / "closed.txt"
    closed.write_text("Nghị định số 60/2024/NĐ-CP", encoding="utf-8")
    read = Path.read_bytes
    denied = PermissionError(errno.EACCES, "Permission denied", str(closed))

    def read_bytes(path: Path) -> bytes:
        if path.name == closed.name:
            raise denied
        return read(path)

    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    for command in ("extract", "check"):
        said = run(command, str(closed), code=1, env={"KG_LANG": "vi"}).stderr
        assert said == f"kg: {closed}: không đọc được (không có quyền); hãy kiểm tra quyền đọc\n"
    assert json.loads(run("extract", str(report)).stdout)["mentions"]


def test_check_suggests_documents_by_their_names_and_days_as_people_write_them(known: str, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "Căn cứ Nghị định số 02/2003/NĐ-CP ngày 14/01/2003 và Nghị định số 60/2024/NĐ-CP ngày 15/6/2024.\n"
        "Thực hiện Nghị quyết số 01/NQ-CP của Chính phủ.",
        encoding="utf-8",
    )
    said = " ".join(run("check", str(draft), "--graph", known, env={"KG_LANG": "vi"}).stdout.split())
    assert "gợi ý Nghị định 60/2024/NĐ-CP ngày 05/06/2024 của Chính phủ" in said
    assert "gợi ý 05/06/2024" in said
    assert "gợi ý Nghị quyết 01/NQ-CP ngày" in said and "; Nghị quyết 01/NQ-CP ngày" in said and "urn:" not in said
    found = json.loads(run("check", str(draft), "--graph", known, "--format", "json").stdout)
    assert any(str(f["suggestion"]).startswith("urn:lex:vn:") for f in found)


def test_annotate_links_every_citation_and_escapes_the_rest(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    run("annotate", str(report), "-o", str(out))
    page = out.read_text(encoding="utf-8")
    assert page.count('class="cite') == 2
    assert "&lt;b&gt;&amp;&quot;&#x27;." in page and "<b>&" not in page
    assert run("annotate", str(report), "-o", "-").stdout == page
    assert "must hold {urn}" in run("annotate", str(report), "-o", "-", "--link", "http://x/", code=2).stderr
    for link in ("https://x/{urn}", "/a:b?{urn}", "{urn}", "urn:x:{urn}", "../{urn}"):
        assert link.split("{")[0] in run("annotate", str(report), "-o", "-", "--link", link).stdout
    for link in ("javascript:alert('{urn}')", " JavaScript:{urn}", "java\tscript:{urn}", "data:text/html,{urn}"):
        assert "relative address" in run("annotate", str(report), "-o", "-", "--link", link, code=2).stderr
    assert "<title>stdin</title>" in run("annotate", "-", "-o", "-", input="Quyết định số 5/QĐ-TTg.".encode()).stdout


# --- the graph ---------------------------------------------------------------------------------------------


def test_build_ends_with_a_summary_and_skips_what_is_unchanged(report: Path, graph: str) -> None:
    again = json.loads(run("build", str(report), "--graph", graph, "--format", "json").stdout)
    assert (again["files"], again["read"], again["unchanged"], again["failures"]) == (1, 0, 1, [])
    summary = run("build", str(report), "--graph", graph).stdout
    assert "unchanged" in summary and graph in summary


def test_build_names_each_failure_and_does_the_rest(report: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in" / "bad.txt").write_bytes(b"")
    result = run("build", str(tmp_path / "in"), str(tmp_path / "gone.txt"), "--graph", str(tmp_path / "g"), code=1)
    assert "bad.txt" in result.stderr and "gone.txt" in result.stderr
    assert "kg: " in result.stderr and "%" not in result.stderr, "no progress bar in a pipe"
    rows = json.loads(run("query", "reports", "--graph", str(tmp_path / "g"), "--format", "json").stdout)
    assert [row["report"].endswith("good.txt") for row in rows] == [True]


def test_ask_says_what_it_understood_and_answers(graph: str) -> None:
    result = run("ask", QUESTION, "--graph", graph)
    assert "understood as: kg query provinces-implementing document='Nghị định 60/2024'" in result.stderr
    assert "Hậu Giang" in result.stdout
    assert "“Sở đã triển khai thực hiện Nghị định số 60/2024/NĐ-CP" in result.stdout
    found = json.loads(run("ask", *QUESTION.split(), "--graph", graph, "--format", "json").stdout)
    assert found["query"] == "provinces-implementing"
    assert found["parameters"]["document"] == ["urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"]
    assert found["rows"][0]["province"] == "Hậu Giang"


def test_ask_lists_what_it_can_answer_when_it_does_not_understand(graph: str) -> None:
    result = run("ask", "thời tiết hôm nay", "--graph", graph, code=1)
    assert result.stdout == ""
    assert "was not understood" in result.stderr and "kg query provinces-implementing document=…" in result.stderr
    near = json.loads(run("ask", "Nghị định 60/2024", "--graph", graph, "--format", "json", code=1).stdout)
    assert near["query"] is None and "amended-by" in near["nearest"]
    for lang, said in (("vi", "Dữ liệu có gì về Nghị định 60?"), ("en", "What is known of Nghị định 60?")):
        told = run("ask", "Nghị định 60 nói về gì", "--graph", graph, code=1, env={"KG_LANG": lang}).stderr
        assert told.splitlines()[1:3] == [f"    {said}", '        kg lookup "Nghị định 60"']
        # The questions are told about the document that was named.
        assert 'kg query amended-by document="Nghị định 60"' in told and "{document}" not in told


def test_query_gives_rows_with_evidence_in_every_form(graph: str) -> None:
    arguments = ("query", "provinces-implementing", "document=Nghị định 60/2024", "--graph", graph)
    (row,) = json.loads(run(*arguments, "--format", "json").stdout)
    assert row["province"] == "Hậu Giang"
    assert row["document"] == "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp"
    assert row["report"].endswith("H%E1%BA%ADu%20Giang.txt")
    assert REPORT[row["start"] :].startswith(row["quote"])
    (cells,) = csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout))
    assert cells["quote"] == row["quote"]
    shown = run(*arguments).stdout
    assert "Hậu Giang.txt:" in shown and max(map(len, shown.splitlines())) <= 120


def test_query_list_tells_every_question_in_the_language_of_the_user() -> None:
    listed = run("query", "--list", env={"KG_LANG": "vi"}).stdout
    assert "Tỉnh nào thực hiện {document}?" in listed
    described = json.loads(run("query", "--list", "--format", "json").stdout)
    assert {query["name"] for query in described} == set(questions.names())
    assert run("query", "who-cites", "--show").stdout.startswith("# title.vi: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query",), "which question? see kg query --list"),
        (("query", "who-cite"), "did you mean: who-cites"),
        (("query", "who-cites", "Nghị định 60"), "write a parameter as NAME=VALUE"),
        (("query", "who-cites", "dokument=x"), "did you mean: document?"),
        (("query", "who-cites", "document=hôm qua"), "names no document"),
        (("sparql", "DELETE WHERE { ?s ?p ?o }"), "queries can't change the graph"),
        (("sparql", "SELECT nonsense { }"), "not well formed"),
        (("sparql", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), "another machine"),
        (("export", "--format", "docx", "-o", "x"), "choose one of graphml"),
        (("export", "--format", "dot", "-o", "x", "--document", "Nghị định 1/1999/NĐ-CP"), "the graph has no document"),
        (("build",), "Missing argument"),
        (("frobnicate",), "No such command"),
    ],
)
def test_wrong_usage_is_told_with_a_remedy(arguments: tuple[str, ...], message: str, graph: str) -> None:
    result = run(*arguments, code=2, env={"KG_GRAPH": graph})
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", [("stats",), ("lookup", "x/QĐ-TTg"), ("ask", QUESTION), ("sparql", "ASK {}")])
def test_a_missing_graph_is_told_with_a_remedy(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command, "--graph", str(tmp_path / "none"), code=2)
    assert "no graph here; build one with kg build" in result.stderr


def test_sparql_takes_a_query_a_file_or_stdin(graph: str, tmp_path: Path) -> None:
    query = "SELECT ?n WHERE { ?r a kg:Report ; kg:forProvince/rdfs:label ?n }"
    path = tmp_path / "q.rq"
    path.write_text(query, encoding="utf-8")
    for given, stdin in ((query, None), (str(path), None), ("-", query)):
        found = json.loads(run("sparql", given, "--graph", graph, "--format", "json", input=stdin).stdout)
        assert found["results"]["bindings"][0]["n"]["value"] == "Hậu Giang"
    assert "Hậu Giang" in run("sparql", query, "--graph", graph).stdout
    assert run("sparql", query, "--graph", graph, "--format", "csv").stdout.splitlines()[0] == "n"
    assert run("sparql", "ASK { ?r a kg:Report }", "--graph", graph).stdout == "yes\n"
    construct = "CONSTRUCT { ?r a kg:Report } WHERE { ?r a kg:Report }"
    assert "kg:Report" in run("sparql", construct, "--graph", graph, "--format", "turtle").stdout
    assert "kg:Report" in run("sparql", construct, "--graph", graph).stdout


def test_a_query_is_told_from_the_name_of_a_file(graph: str, tmp_path: Path) -> None:
    described = run("sparql", "DESCRIBE <urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp>", "--graph", graph)
    assert "eli:" in described.stdout
    for update in ("CLEAR ALL", "LOAD <http://example.org/x>"):
        assert "can't change the graph" in run("sparql", update, "--graph", graph, code=2).stderr
    for wrong in ("", "SELECT * { ?s ?p }", "nghị quyết " * 40):
        assert "not well formed" in run("sparql", wrong, "--graph", graph, code=2).stderr
    run("sparql", str(tmp_path / "none.rq"), "--graph", graph, code=1)
    path = tmp_path / "old.rq"
    path.write_bytes("SELECT * { ?s ?p 'chợ' }".encode("utf-16"))
    shown = run("sparql", str(path), "--graph", graph, code=2).stderr
    assert shown == f"kg: {path}: not text in UTF-8; save it as UTF-8\n"


def test_odd_answers_of_sparql_are_shown(graph: str) -> None:
    assert run("sparql", "SELECT * { }", "--graph", graph).stdout == ""
    assert "abc" in run("sparql", 'SELECT ?x { BIND("abc"^^xsd:integer AS ?x) }', "--graph", graph).stdout
    for format_ in ("csv", "tsv", "json"):
        shown = run("sparql", "SELECT ?x { BIND(1 AS ?x) }", "--format", format_, "--graph", graph).stdout
        assert shown.endswith("\n") and not shown.endswith("\n\n")


def test_lookup_lists_candidates(known: str) -> None:
    found = json.loads(run("lookup", "nghi dinh 60/2024", "--graph", known, "--format", "json").stdout)
    assert [c["urn"] for c in found] == [sample.DECREE.iri("")]
    fields = {"urn", "type", "number", "date", "issuer", "mentions", "implemented_by", "relations", "findings"}
    assert fields <= set(found[0])
    shown = run("lookup", "01/NQ-CP", "--graph", known)
    assert shown.stdout.count("Nghị quyết 01/NQ-CP") == 2 and shown.stderr == ""
    assert "each with what differs" in run("lookup", "Nghị định 61/2024/NĐ-CP", "--graph", known).stderr
    assert "names no document" in run("lookup", "hôm qua", "--graph", known, code=1).stderr


def test_export_stats_and_validate(graph: str, tmp_path: Path) -> None:
    out = tmp_path / "graph.dot"
    arguments = ("--document", "nghi dinh 60/2024", "--depth", "1", "--graph", graph)
    run("export", "--format", "dot", "-o", str(out), *arguments)
    assert "Nghị định 60/2024/NĐ-CP" in out.read_text(encoding="utf-8")
    assert json.loads(run("stats", "--graph", graph, "--format", "json").stdout)["sources"] == 1
    assert "source documents" in run("stats", "--graph", graph).stdout
    assert run("validate", "--graph", graph).stdout == "The graph is valid.\n"


def test_export_goes_to_stdout_and_refuses_what_is_not_clear(known: str, tmp_path: Path) -> None:
    shown = run("export", "--format", "turtle", "-o", "-", "--graph", known)
    assert shown.stdout.startswith("@prefix") and shown.stderr == ""
    assert "can't go to stdout" in run("export", "--format", "csv", "-o", "-", "--graph", known, code=2).stderr
    assert "needs --document" in run("export", "--format", "dot", "-o", "-", "--depth", "2", code=2).stderr
    several = run("export", "--format", "dot", "-o", "-", "--document", "01/NQ-CP", "--graph", known, code=2)
    assert several.stdout == "" and several.stderr.count("urn:lex:") == 2
    folder = run("export", "--format", "dot", "-o", str(tmp_path), "--graph", known, code=2).stderr
    assert folder.startswith(f"kg: {tmp_path}: can't be written (Is a directory)")


def test_validate_names_what_is_broken(tmp_path: Path) -> None:
    broken = parsed(GOOD) - parsed("<file:///a.txt#m1> kg:status kg:done .")
    with kg.Graph.open(tmp_path / "g", read_only=False) as written:
        written.replace("file:///a.txt", broken.serialize(format="nt", encoding="utf-8"))
    found = json.loads(run("validate", "--graph", str(tmp_path / "g"), "--format", "json", code=1).stdout)
    assert [(f["severity"], f["rule"], f["node"], f["sources"], f["quote"]) for f in found] == [
        ("error", "EvidenceShape.status", "file:///a.txt#m1", ["a.txt"], "60")
    ]
    told = run("validate", "--graph", str(tmp_path / "g"), code=1).stdout
    assert told.startswith("Error: Evidence has one status. [EvidenceShape.status]\n  a.txt: 60\n  → read the file")
    assert told.endswith("1 error, 0 warnings\n")


# --- the process -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_explains_every_command_with_examples(language: str) -> None:
    for path, command in commands(main):
        shown = run(*path, "--help", env={"KG_LANG": language}).stdout
        assert "{{" not in shown
        assert ("Ví dụ:" if language == "vi" else "Examples:") in shown or isinstance(command, click.Group)
    assert ("viện dẫn" in run("--help", env={"KG_LANG": language}).stdout) == (language == "vi")


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LANG": "vi_VN.UTF-8"}],
)
def test_output_is_utf8_in_every_locale(environment: dict[str, str], graph: str) -> None:
    done = shell("query", "provinces-implementing", "document=Nghị định 60/2024", "--graph", graph, **environment)
    assert done.returncode == 0, done.stderr.decode()
    assert "Hậu Giang".encode() in done.stdout
    asked = shell("ask", QUESTION, "--graph", graph, **environment)
    assert "Nghị định 60/2024".encode() in asked.stderr
    assert ("hiểu là" in asked.stderr.decode()) == ("LANG" in environment)


def test_a_closed_pipe_is_no_error(graph: str) -> None:
    command = f"{sys.executable} -m kg sparql 'SELECT * {{ ?s ?p ?o }}' --format csv --graph '{graph}' | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert len(done.stdout) == 10
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_ends_without_a_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1)  # it waits for stdin by then
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=20)
    assert process.returncode != 0
    assert out == b"" and b"Traceback" not in error


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="signals of POSIX, looks at /proc")
def test_an_interrupted_build_is_told_in_one_line_also_while_its_workers_start(tmp_path: Path) -> None:
    for n in range(300):
        (tmp_path / f"{n}.txt").write_text(REPORT, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(tmp_path), "--jobs", "2", "--graph", str(tmp_path / "g")]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, env=os.environ | {"KG_LANG": "en"}, start_new_session=True
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while len(children.read_text().split()) < 2:  # the tracker of resources, then the first worker
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    error = process.communicate(timeout=60)[1].decode()
    assert error == "kg: interrupted; the last complete state is kept and the next build goes on\n"
    assert process.returncode == 130


def test_the_package_is_imported_at_once() -> None:
    program = "import sys, kg; sys.exit(len([m for m in sys.modules if m.startswith('kg.')]))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_public_name_stays_what_it_is_when_its_module_is_imported() -> None:
    import kg.answers.ask
    import kg.extract

    assert callable(kg.extract) and callable(kg.ask) and callable(kg.build)
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense


# --- tables ------------------------------------------------------------------------------------------------


def test_a_table_fits_its_width_and_keeps_every_word() -> None:
    rows = [{"a": "một hai ba bốn năm sáu bảy tám chín mười", "b": 7, "c": None}]
    shown = table(rows, ("a", "b", "c"), 30)
    assert max(map(len, shown.splitlines())) <= 30
    assert set("một hai ba bốn năm sáu bảy tám chín mười 7".split()) <= set(shown.split())


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    shown = records(
        [{"province": "A\x1b[31m", "quote": "x\x07y\n z", "report": "file:///a.txt", "start": 1}],
        ["province", "quote", "report", "start"],
    )
    assert "\x1b" not in shown and "\x07" not in shown


def test_a_cell_is_no_formula_in_a_spreadsheet() -> None:
    assert (
        as_csv([{"a": '=HYPERLINK("x")', "b": -3, "c": None}], ("a", "b", "c")) == 'a,b,c\n"\'=HYPERLINK(""x"")",-3,\n'
    )


def test_a_lookup_tells_which_date_it_could_not_use(known: str) -> None:
    found = run("lookup", "Nghị định 60/2024/NĐ-CP ngày 31/02/2024", "--graph", str(known))
    assert 'kg: "31/02/2024" is no real date; not used\n' in found.stderr
    assert "no real date" not in run("lookup", "Nghị định 60/2024/NĐ-CP ngày 05/6/2024", "--graph", str(known)).stderr


def test_findings_of_a_build_in_vietnamese_are_told_in_english(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Thực hiện Nghị định số 60/2024/NĐ-CP ngày 31/02/2024.", encoding="utf-8")
    graph = str(tmp_path / "graph")
    run("build", str(tmp_path / "a.txt"), "--graph", graph, env={"KG_LANG": "vi"})
    english = run("query", "findings", "--graph", graph, env={"KG_LANG": "en"}).stdout
    assert 'Nghị định 60/2024/NĐ-CP: "31/02/2024" is no real date' in english and "impossible-date" in english


def test_an_answer_with_several_rows_a_province_tells_how_many_provinces(tmp_path: Path) -> None:
    for name in ("Hậu Giang", "Trà Vinh"):
        acts = "triển khai thực hiện Nghị định số 60/2024/NĐ-CP; phổ biến Nghị định số 60/2024/NĐ-CP"
        report = f"ỦY BAN NHÂN DÂN\nTỈNH {name.upper()}\nBÁO CÁO\nKết quả năm 2024\n" + "\n".join(
            f"{n}. Đã {act}." for n, act in enumerate(acts.split("; "), 1)
        )
        (tmp_path / f"{name}.txt").write_text(report, encoding="utf-8")
    graph = str(tmp_path / "graph")
    run("build", str(tmp_path), "--graph", graph)
    asked = ("query", "provinces-implementing", "document=60/2024", "--graph", graph)
    assert run(*asked, env={"KG_LANG": "vi"}).stdout.endswith("\n4 dòng · 2 tỉnh\n")
    assert run(*asked, env={"KG_LANG": "en"}).stdout.endswith("\n4 rows · 2 provinces\n")
    assert run(*asked, "province=Trà Vinh", env={"KG_LANG": "en"}).stdout.endswith("\n2 rows\n")


def test_a_finding_about_two_documents_is_told_once(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    cited = "Quyết định số 1740/QĐ-TTg ngày 13/12/{} của Thủ tướng Chính phủ về quy hoạch chợ"
    report.write_text(f"Thực hiện {cited.format(2018)}.\nTheo {cited.format(2021)}.", encoding="utf-8")
    graph = str(tmp_path / "graph")
    run("build", str(report), "--graph", graph)
    asked = ("query", "findings", "code=two-dates", "--graph", graph)
    shown = run(*asked, env={"KG_LANG": "en"}).stdout
    assert shown.count("two-dates") == 1 and shown.endswith("\n1 row\n")
    assert "13 December 2018" in shown and "13 December 2021" in shown
    (row,) = json.loads(run(*asked, "--format", "json").stdout)
    decision = "urn:lex:vn:thu.tuong.chinh.phu:quyet.dinh:{};1740-qd-ttg"
    assert row["about"] == f"{decision.format(2018)}; {decision.format(2021)}"


def test_a_table_tells_which_of_the_documents_asked_for_a_row_is_about(known: str) -> None:
    asked = ("query", "co-implemented", "--graph", str(known))
    one = run(*asked, "document=Nghị định 60/2024", env={"KG_LANG": "en"}).stdout
    assert one.splitlines()[2] == "document: Nghị định 60/2024/NĐ-CP (Decree) of 5 June 2024, Chính phủ"
    assert one.count("Nghị định 60/2024") == 1
    both = run(*asked, "document=500/QĐ-TTg", env={"KG_LANG": "en"}).stdout
    assert both.splitlines()[2].startswith("document: Quyết định 500/QĐ-TTg")


def test_an_answer_speaks_the_language_of_the_user(known: str) -> None:
    """The names of the model stay for programs: in JSON, in CSV, and in English, whose words they are."""
    asked = ("query", "provinces-implementing", "document=60/2024", "--graph", str(known))
    vietnamese, english = (run(*asked, env={"KG_LANG": lang}).stdout for lang in ("vi", "en"))
    assert "tình trạng: " in vietnamese or "đã hoặc đang làm" in vietnamese or "sẽ làm" in vietnamese
    assert not re.search(r"\b(?:done|planned|implements|status)\b", re.sub("“[^”]*”", "", vietnamese))
    assert re.search(r"\b(?:done|planned)\b", english)
    assert json.loads(run(*asked, "--format", "json", env={"KG_LANG": "vi"}).stdout)[0]["rel"] == "implements"
    assert "province" in run(*asked, "--format", "csv", env={"KG_LANG": "vi"}).stdout.splitlines()[0]
    table = run("query", "most-implemented", "--graph", str(known), env={"KG_LANG": "vi"}).stdout
    assert "số báo cáo" in table and "reports" not in table
