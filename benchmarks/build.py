"""How fast a corpus becomes a graph, with how much memory, and what a rebuild costs.

    python benchmarks/build.py [--corpus FILE.jsonl.gz] [--millions 20] [--small 10000] [--long 10000] [--json FILE]

The corpus is a table of documents (by default ``$KG_SHARED/corpus/corpus.jsonl.gz``, 2,778 documents
of central and provincial bodies); its documents are taken in a fixed mixed order until there are so
many million characters.  Without one, letters are generated.  Each build is a process of its own,
``kg build`` as a user runs it, start included:

- speed: once with one process, once with two;
- memory: with two processes at half, twice and five times the size.  The peak is that of the
  sum over all processes of what each has for itself and its part of what they share (PSS in
  ``/proc/PID/smaps_rollup``), looked at every 100 ms;
- rebuild: 10,000 small documents in a folder, built, built again, and again after one has changed; and the same
  with the corpus cut into 10,000 documents as long as half of its documents are.

CPU seconds are of all processes together: they tell what the work costs where the machine is shared
and the clock tells what else it does.
"""

from __future__ import annotations

import argparse
import ctypes
import gzip
import hashlib
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path

_SEED = 7
_LENGTH = 21_000
"""Code points of the middle one of the corpus's documents."""
_ADDED = "\nCăn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư.\n"
_PR_SET_CHILD_SUBREAPER = 36
_BODIES = ("Chính phủ", "Thủ tướng Chính phủ", "Ủy ban nhân dân tỉnh Hậu Giang", "Bộ Công Thương")
_KINDS = (
    ("Nghị định", "NĐ-CP", 0),
    ("Quyết định", "QĐ-TTg", 1),
    ("Quyết định", "QĐ-UBND", 2),
    ("Thông tư", "TT-BCT", 3),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One build: what it read, how long it took, what it needed."""

    name: str
    processes: int
    documents: int
    characters: int
    seconds: float
    cpu_seconds: float
    peak_mb: float
    store_mb: float

    def row(self) -> str:
        def per(seconds: float) -> str:
            return f"{self.characters / seconds / 1e6:6.2f}" if self.characters else "     -"

        return (
            f"{self.name:34} {self.processes:4} {self.documents:7,} {self.characters / 1e6:8.1f} {self.seconds:8.2f}"
            f" {self.cpu_seconds:8.2f} {self.documents / self.seconds:8.0f} {per(self.seconds)}"
            f" {per(self.cpu_seconds)} {self.peak_mb:8.0f} {self.store_mb:8.0f}"
        )


_HEAD = (
    f"{'build':34} {'proc':>4} {'docs':>7} {'M chars':>8} {'seconds':>8} {'CPU s':>8} {'docs/s':>8}"
    f" {'M/s':>6} {'M/CPU':>6} {'peak MB':>8} {'store MB':>8}"
)


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def proportional(pid: int) -> int:
    """Proportional set size in kB, 0 for a process that is over."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def adopt() -> None:
    """Become the parent of processes that lose theirs: workers are not children of the build but of their server."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury() -> None:
    """Wait for all that were adopted, so that their time counts."""
    with suppress(ChildProcessError):
        while True:
            os.wait()


def size_mb(folder: Path) -> float:
    """What a graph takes on disk; files that a snapshot shares with the work are counted once."""
    seen = {(stat := path.stat()).st_ino: stat.st_blocks * 512 for path in folder.rglob("*") if path.is_file()}
    return sum(seen.values()) / 1e6


def build(name: str, source: Path, graph: Path, processes: int) -> Run:
    """Run ``kg build`` and measure it."""
    command = [sys.executable, "-P", "-m", "kg", "build", str(source), "--graph", str(graph)]
    command += ["--jobs", str(processes), "--format", "json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        output: list[bytes] = []
        reader = threading.Thread(target=lambda: output.append(process.stdout.read()))  # type: ignore[union-attr]
        reader.start()
        while process.poll() is None:
            peak = max(peak, sum(map(proportional, tree(process.pid))))
            time.sleep(0.1)
        reader.join()
    seconds = time.perf_counter() - started
    bury()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    report = json.loads(output[0])
    return Run(name, processes, report["files"], report["characters"], seconds, cpu, peak * 1024 / 1e6, size_mb(graph))


def table(corpus: Path) -> Iterator[dict[str, object]]:
    with gzip.open(corpus) as file:
        yield from map(json.loads, file)


def mixed(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Rows in a fixed order that has nothing to do with where they come from."""
    return sorted(rows, key=lambda row: hashlib.sha256(str(row["id"]).encode()).digest())


def sample(corpus: Path | None, characters: int, out: Path) -> Path:
    """Write a table of about so many characters."""
    total, number = 0, 0
    rows = iter(mixed(table(corpus))) if corpus else None
    with out.open("w", encoding="utf-8") as file:
        while total < characters:
            row = next(rows, None) if rows else {"id": number, "text": letter(number, 8000)}
            if row is None:
                break
            number += 1
            total += len(str(row["text"]))
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return out


def letter(number: int, length: int) -> str:
    """A letter of a provincial department that cites some documents, as many letters do."""
    choice = random.Random(number * 1000 + _SEED)
    text = (
        f"UBND TỈNH HẬU GIANG\nSỞ CÔNG THƯƠNG\n\nSố: {number % 900 + 1}/BC-SCT\n\n"
        f"Hậu Giang, ngày {choice.randint(1, 28):02} tháng {choice.randint(1, 12):02} năm 2024\n\n"
        "BÁO CÁO\nKết quả thực hiện nhiệm vụ\n\nI. KẾT QUẢ THỰC HIỆN\n"
    )
    line = 0
    while len(text) < length:
        line += 1
        kind, letters, body = choice.choice(_KINDS)
        year, running = choice.randint(2018, 2024), choice.randint(1, 400)
        year_in = f"/{year}" if letters in ("NĐ-CP", "TT-BCT") else ""
        text += (
            f"{line}. Sở đã tham mưu triển khai thực hiện {kind} số {running}{year_in}/{letters}"
            f" ngày {choice.randint(1, 28)}/{choice.randint(1, 12)}/{year} của {_BODIES[body]};"
            " phối hợp với các đơn vị liên quan tuyên truyền, phổ biến đến doanh nghiệp trên địa bàn,"
            " kiểm tra việc chấp hành quy định và tổng hợp kết quả báo cáo theo yêu cầu.\n"
            "   Trong kỳ, hoạt động sản xuất, kinh doanh và lưu thông hàng hóa cơ bản ổn định; nguồn cung dồi dào,"
            " giá cả không có biến động lớn. Công tác kiểm tra được duy trì thường xuyên, kịp thời nhắc nhở các cơ sở"
            " còn thiếu sót. Bên cạnh kết quả đạt được, một số nội dung triển khai còn chậm do thiếu kinh phí và nhân"
            " lực; đơn vị đã đề nghị bổ sung và cam kết hoàn thành trong quý tới.\n"
        )
    return text


def letters(count: int, length: int) -> Iterator[str]:
    """Letters of about so many characters, one after the other."""
    return (letter(number, length) for number in range(count))


def pieces(corpus: Path) -> Iterator[str]:
    """The corpus in documents of about `_LENGTH` characters, in the mixed order of its documents.

    What is longer is cut at line ends into parts of nearly equal length, what is shorter stays whole.
    """
    for row in mixed(table(corpus)):
        text = str(row["text"])
        parts = max(1, round(len(text) / _LENGTH))
        ends = [text.find("\n", len(text) * part // parts) + 1 or len(text) for part in range(1, parts)]
        yield from filter(str.strip, (text[start:end] for start, end in pairwise([0, *ends, len(text)])))


def rebuilds(name: str, texts: Iterable[str], folder: Path) -> Iterator[Run]:
    """Build many documents, then again, then after one of middle length has changed."""
    source, graph = folder / "documents", folder / "documents.graph"
    lengths: dict[Path, int] = {}
    for number, text in enumerate(texts):
        path = source / str(number // 1000) / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
        lengths[path] = len(text)
    count, median = len(lengths), statistics.median_low(lengths.values())
    full = build(f"{count:,} {name}", source, graph, 2)
    yield full
    yield build("again, nothing changed", source, graph, 1)
    changed = next(path for path, length in lengths.items() if length == median)
    with changed.open("a", encoding="utf-8") as file:
        file.write(_ADDED)
    one = build("again, one changed", source, graph, 1)
    yield one
    assert one.characters < 2 * median, "more than one document was read"
    print(f"of {median:,} characters, the middle one; {sum(lengths.values()) / count:,.0f} on average")
    print(f"rebuild after one change: {one.seconds / full.seconds:.2%} of the time of the full build,")
    print(f"  {one.cpu_seconds / full.cpu_seconds:.2%} of its CPU time")


def main() -> None:
    shared = os.environ.get("KG_SHARED")
    known = Path(shared) / "corpus" / "corpus.jsonl.gz" if shared else None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=known if known and known.exists() else None)
    parser.add_argument("--millions", type=float, default=20.0, help="million characters of the speed test")
    parser.add_argument("--small", type=int, default=10_000, help="small documents of the rebuild test")
    parser.add_argument("--long", type=int, default=10_000, help="documents of usual length of the rebuild test")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--keep", type=Path, help="work in this folder and keep it")
    given = parser.parse_args()
    adopt()
    runs: list[Run] = []

    def add(run: Run) -> None:
        print(run.row(), flush=True)
        runs.append(run)

    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        print(_HEAD)
        for part in (0.5, 1.0, 2.0, 5.0) if given.millions else ():
            source = sample(given.corpus, int(given.millions * part * 1e6), folder / f"{part}.jsonl")
            if part == 1.0:
                add(build("documents of a table", source, folder / "one.graph", 1))
            add(build("documents of a table", source, folder / f"{part}.graph", 2))
        if given.small:
            for run in rebuilds("small documents", letters(given.small, 1800), folder / "small"):
                add(run)
        if given.long:
            texts = islice(pieces(given.corpus), given.long) if given.corpus else letters(given.long, _LENGTH)
            for run in rebuilds("long documents", texts, folder / "long"):
                add(run)
    if given.millions:
        one, two = (next(r for r in runs[1:] if r.processes == n) for n in (1, 2))
        print(f"two processes: {one.seconds / two.seconds:.2f} times as fast as one")
    print(f"highest peak: {max(run.peak_mb for run in runs):.0f} MB")
    if given.json:
        machine = {"processors": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
        given.json.write_text(json.dumps({"machine": machine, "runs": [asdict(run) for run in runs]}, indent=1) + "\n")


if __name__ == "__main__":
    main()
