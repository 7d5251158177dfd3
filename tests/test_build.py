"""Files and folders become a graph: again, in parallel, with bad files, interrupted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.vocabulary import REFERENCE
from kg.pipeline.attempt import _time_limit, _TooSlow
from kg.pipeline.build import Report, Step, build, extractor_version

TEXT = """SỞ CÔNG THƯƠNG TỈNH HÀ TĨNH
BÁO CÁO
Kết quả năm 2024
I. KẾT QUẢ
Sở đã triển khai thực hiện Nghị định số {number}/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ.
"""


def write(folder: Path, name: str, number: int = 60) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(TEXT.format(number=number), encoding="utf-8")
    return path


def content(graph_dir: Path) -> set[Quad]:
    with Graph.open(graph_dir, read_only=True) as graph:
        return set(graph.store.quads_for_pattern(None, None, None, None))


def names(graph_dir: Path) -> list[str]:
    with Graph.open(graph_dir, read_only=True) as graph:
        return [Path(source.path).name for source in graph.sources()]


def numbers(graph_dir: Path) -> set[object]:
    with Graph.open(graph_dir, read_only=True) as graph:
        rows = graph.select("SELECT DISTINCT ?n { ?m a kg:Mention ; kg:citedAs ?n }")
        return {row["n"] for row in rows}


def outcome(report: Report) -> tuple[int, int, int, int, int]:
    return report.files, report.read, report.unchanged, report.removed, len(report.failures)


def test_folders_are_read_recursively_and_counted(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt", 60)
    write(tmp_path / "in/deep/er", "b.txt", 61)
    report = build([tmp_path / "in"], tmp_path / "g")
    assert outcome(report) == (2, 2, 0, 0, 0)
    assert names(tmp_path / "g") == ["a.txt", "b.txt"]
    assert numbers(tmp_path / "g") == {"60/2024/NĐ-CP", "61/2024/NĐ-CP"}
    assert (report.documents, report.mentions) == (2, 2)
    assert report.relations >= 2
    assert report.characters == sum(len(TEXT.format(number=n)) for n in (60, 61))
    assert report.characters_per_second > 0


def test_a_file_named_itself_is_read_under_its_uri(tmp_path: Path) -> None:
    path = write(tmp_path, "báo cáo #1.txt")
    build([path], tmp_path / "g")
    with Graph.open(tmp_path / "g", read_only=True) as graph:
        (source,) = graph.sources()
    assert source.iri == path.resolve().as_uri()
    assert source.path == str(path)
    assert source.extractor == extractor_version()


def test_the_reference_graph_is_loaded(tmp_path: Path) -> None:
    build([write(tmp_path, "a.txt")], tmp_path / "g")
    assert any(quad.graph_name == REFERENCE for quad in content(tmp_path / "g"))


def test_what_is_unchanged_is_skipped_and_what_changed_is_read_again(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt", 60)
    write(tmp_path / "in", "b.txt", 61)
    build([tmp_path / "in"], tmp_path / "g")
    before = content(tmp_path / "g")
    assert outcome(build([tmp_path / "in"], tmp_path / "g")) == (2, 0, 2, 0, 0)
    assert content(tmp_path / "g") == before
    write(tmp_path / "in", "b.txt", 99)
    assert outcome(build([tmp_path / "in"], tmp_path / "g")) == (2, 1, 1, 0, 0)
    assert numbers(tmp_path / "g") == {"60/2024/NĐ-CP", "99/2024/NĐ-CP"}


def test_what_another_version_read_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt")
    build([path], tmp_path / "g")
    before = content(tmp_path / "g")
    with Graph.open(tmp_path / "g", read_only=False) as graph:
        (source,) = graph.sources()
        quads = [q for q in before if q.graph_name == NamedNode(source.iri)]
        old = "".join(f"{q.triple} .\n" for q in quads).replace(source.extractor, "0.0.1+0")
        graph.replace(source.iri, old.encode())
    assert outcome(build([path], tmp_path / "g")) == (1, 1, 0, 0, 0)
    assert content(tmp_path / "g") == before


def test_what_is_gone_from_a_folder_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for folder in ("in", "in2", "out"):
        write(tmp_path / folder, "a.txt")
        write(tmp_path / folder, "b.txt")
    build([tmp_path / "in", tmp_path / "in2", tmp_path / "out"], tmp_path / "g")
    for folder in ("in", "in2", "out"):
        (tmp_path / folder / "b.txt").unlink()
    assert outcome(build([tmp_path / "in"], tmp_path / "g")) == (1, 0, 1, 1, 0)
    assert names(tmp_path / "g") == ["a.txt", "a.txt", "b.txt", "a.txt", "b.txt"]


def test_hidden_files_caches_unknown_kinds_and_the_graph_itself_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, ".hidden.txt")
    write(tmp_path / ".git", "b.txt")
    write(tmp_path / "__pycache__", "c.txt")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    for _ in range(2):
        report = build([tmp_path], tmp_path / "kg-graph")
        assert report.files == 1
        assert report.ignored == (str(tmp_path / "photo.jpg"),)
    assert names(tmp_path / "kg-graph") == ["a.txt"]


def test_a_file_met_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.txt")
    (tmp_path / "in" / "link.txt").symlink_to(path)
    assert build([tmp_path / "in", path, tmp_path / "in" / ".." / "in"], tmp_path / "g").files == 1


def test_bad_documents_are_reported_and_the_others_read(tmp_path: Path) -> None:
    write(tmp_path / "in", "good.txt")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    (tmp_path / "in" / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "in" / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    report = build([tmp_path / "in", tmp_path / "missing"], tmp_path / "g")
    assert report.read == 1
    failed = {Path(failure.path).name: failure.message for failure in report.failures}
    assert set(failed) == {"empty.txt", "broken.docx", "dangling.txt", "missing"}
    for failure in report.failures:
        assert failure.path in failure.message
        assert "\n" not in failure.message
    assert names(tmp_path / "g") == ["good.txt"]


def test_a_file_that_can_no_longer_be_read_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.txt")
    build([tmp_path / "in"], tmp_path / "g")
    before = content(tmp_path / "g")
    path.write_bytes(b"")
    assert outcome(build([tmp_path / "in"], tmp_path / "g")) == (1, 0, 0, 0, 1)
    assert content(tmp_path / "g") == before


def test_progress_tells_every_file(tmp_path: Path) -> None:
    paths = {str(write(tmp_path, f"{n}.txt", n)) for n in (60, 61, 62)}
    told: list[Step] = []
    build(sorted(paths), tmp_path / "g", progress=told.append)
    size = sum(Path(path).stat().st_size for path in paths)
    assert [step.documents for step in told] == [1, 2, 3]
    assert [step.characters for step in told] == [n * len(TEXT.format(number=60)) for n in (1, 2, 3)]
    assert [(step.done, step.total) for step in told] == [(size * n // 3, size) for n in (1, 2, 3)]
    assert {step.path for step in told} == paths


def test_workers_give_the_same_graph_as_one_process(tmp_path: Path) -> None:
    for n in range(10, 30):
        write(tmp_path / "in", f"{n}.txt", n)
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    one = build([tmp_path / "in"], tmp_path / "one", jobs=1)
    two = build([tmp_path / "in"], tmp_path / "two", jobs=2)
    assert outcome(one) == outcome(two) == (21, 20, 0, 0, 1)
    assert one.failures == two.failures
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_worker_that_dies_costs_no_document(tmp_path: Path) -> None:
    for n in range(10, 50):
        write(tmp_path / "in", f"{n}.txt", n)
    killed: list[int] = []

    def kill_one(_step: Step) -> None:
        if not killed and (workers := active_children()):
            killed.append(workers[0].pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    report = build([tmp_path / "in"], tmp_path / "g", jobs=2, progress=kill_one)
    assert killed
    assert outcome(report) == (40, 40, 0, 0, 0)
    assert len(numbers(tmp_path / "g")) == 40


_STOPPING = """
import os, signal, sys
from multiprocessing import active_children
from kg.pipeline.build import build

def stop(step):
    if step.documents == 40:
        for worker in active_children():
            os.kill(worker.pid, signal.SIGSTOP)
        print("stopped", flush=True)

if __name__ == "__main__":
    build(sys.argv[1:2], sys.argv[2], jobs=2, progress=stop)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_build_ends_without_waiting_for_workers_that_no_longer_answer(tmp_path: Path) -> None:
    for n in range(10, 50):
        write(tmp_path / "in", f"{n}.txt", n)
    (tmp_path / "run.py").write_text(_STOPPING)
    done = run(tmp_path / "run.py", tmp_path / "in", tmp_path / "g")
    assert (done.returncode, done.stdout) == (0, "stopped\n"), done.stderr
    assert len(numbers(tmp_path / "g")) == 40


_BUILD = """
import sys
from importlib import import_module
from kg.pipeline.build import build
if __name__ == "__main__":
    import_module("kg.pipeline.build")._BATCH_SECONDS = 0.05
    print(build(sys.argv[1:2], sys.argv[2], jobs=2))
"""
_CRASHING_LOADER = """
import os
from kg.loaders import Loader
def crash(data, path, encoding):
    os._exit(3)
loader = Loader("crash", lambda data, suffix: suffix == ".crash", crash, frozenset({".crash"}))
"""


def test_a_document_that_crashes_its_reader_is_named_and_the_others_read(tmp_path: Path) -> None:
    plugin = tmp_path / "plugin"
    (plugin / "crasher-1.dist-info").mkdir(parents=True)
    (plugin / "crasher.py").write_text(_CRASHING_LOADER)
    (plugin / "crasher-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: crasher\nVersion: 1\n")
    (plugin / "crasher-1.dist-info" / "entry_points.txt").write_text("[kg.loaders]\ncrash = crasher:loader\n")
    for n in range(10, 20):
        write(tmp_path / "in", f"{n}.txt", n)
    write(tmp_path / "in", "15.crash")
    (tmp_path / "run.py").write_text(_BUILD)
    done = run(tmp_path / "run.py", tmp_path / "in", tmp_path / "g", path=plugin)
    assert "15.crash: the program that reads it crashed" in done.stdout, done.stderr
    assert len(names(tmp_path / "g")) == 10


def test_a_document_that_takes_too_long_is_given_up() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(_TooSlow), _time_limit(0.05):
        while True:
            with suppress(Exception):  # as the code that is stuck may do
                time.sleep(0.001)
    assert signal.getsignal(signal.SIGALRM) == before
    with _time_limit(0.01):
        pass
    time.sleep(0.05)  # what is over raises nothing any more


def run(*args: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a Python script with ``path`` before the other places of modules."""
    places = [str(path) if path else "", os.environ.get("PYTHONPATH", "")]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places))}
    command = [sys.executable, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=120)


def test_a_script_without_a_main_guard_is_told_so(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt")
    (tmp_path / "run.py").write_text(
        "import sys; from kg.pipeline.build import build\nbuild(sys.argv[1:2], sys.argv[2], jobs=2)"
    )
    done = run(tmp_path / "run.py", tmp_path / "in", tmp_path / "g")
    assert done.returncode == 1
    assert "worker processes can't start" in done.stderr.splitlines()[-1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", "a.txt").parent
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to(folder / "none")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    report = build([folder, folder / "pipe.txt", tmp_path / "absent.txt"], tmp_path / "g")
    assert report.read == 1
    told = {Path(failure.path).name: failure.message.split(": ", 1)[1] for failure in report.failures}
    assert told.keys() == {"absent.txt", "nowhere.txt", "pipe.txt", "round.txt"}
    assert "not a regular file" in told["pipe.txt"] and "points nowhere" in told["nowhere.txt"]
    assert "no such file" in told["absent.txt"]


def descendants(pid: int) -> list[int]:
    """Processes below one: the server that workers are copies of, and below it the workers."""
    below = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*below, *(deeper for child in below for deeper in descendants(child))]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_build_leaves_the_last_complete_state_and_can_go_on(tmp_path: Path, way: signal.Signals) -> None:
    write(tmp_path / "in", "a.txt", 60)
    build([tmp_path / "in"], tmp_path / "g")
    complete = content(tmp_path / "g")
    for n in range(100, 700):
        write(tmp_path / "in", f"{n}.txt", n)
    (tmp_path / "run.py").write_text(_BUILD)
    with subprocess.Popen(
        [sys.executable, tmp_path / "run.py", tmp_path / "in", tmp_path / "g"], stderr=subprocess.DEVNULL
    ) as process:
        # Wait until it is writing documents.
        while not (tmp_path / "g" / "unpublished").exists():
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(0.1)
        workers = descendants(process.pid)
        process.send_signal(way)
    assert process.returncode != 0, "the build was over before it was interrupted"
    assert content(tmp_path / "g") == complete
    # No worker outlives the build.
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() and alive(pid) for pid in workers):
        assert time.monotonic() < until, "a worker is still there"
        time.sleep(0.05)
    report = build([tmp_path / "in"], tmp_path / "g", jobs=1)
    assert report.files == 601
    assert report.unchanged > 0
    shutil.rmtree(tmp_path / "whole", ignore_errors=True)
    build([tmp_path / "in"], tmp_path / "whole", jobs=1)
    assert content(tmp_path / "g") == content(tmp_path / "whole")


def alive(pid: int) -> bool:
    """Tell whether a process is more than a zombie that its new parent has yet to bury."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_directory_that_is_no_graph_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.txt")
    with pytest.raises(KgError, match="not a graph directory"):
        build([path], tmp_path / "in")
    assert [p.name for p in (tmp_path / "in").iterdir()] == ["a.txt"]
