"""A build on Spark gives the graph that a local build gives, whatever the workers are."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph.store import Graph
from kg.output.export import export
from kg.output.frames import TABLES
from kg.pipeline.build import build

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'vn-legal-kg[spark]'")
pq = pytest.importorskip("pyarrow.parquet")
pytestmark = pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java 17, and there is no java here")

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def spark(corpus: Path, out: Path, master: str) -> subprocess.CompletedProcess[str]:
    """Run ``kg spark build`` in a process of its own, as there is one Spark to a process."""
    command = [sys.executable, "-m", "kg", "spark", "build", str(corpus), "-o", str(out), "--master", master]
    quick = ("spark.ui.enabled=false", "spark.sql.shuffle.partitions=2", "spark.driver.host=127.0.0.1")
    command += [part for setting in quick for part in ("--conf", setting)]
    environment = {**os.environ, "KG_LANG": "en", "SPARK_LOCAL_IP": "127.0.0.1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def quads(graph_dir: Path) -> set[bytes]:
    written = io.BytesIO()
    with Graph.open(graph_dir) as graph:
        export(graph, "nquads", written)
    return set(written.getvalue().splitlines())


def table(out: Path, name: str) -> list[dict[str, object]]:
    run = json.loads((out / "current").read_text())["run"]
    rows: list[dict[str, object]] = pq.read_table(out / run / name).to_pylist()
    return rows


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, a table and an archive of documents, and a file that is no document."""
    folder = tmp_path_factory.mktemp("corpus") / "báo cáo 1"
    shutil.copytree(EXAMPLES, folder)
    texts = [f"Thực hiện Nghị định số {n}/2024/NĐ-CP ngày 05/6/2024 và Quyết định 0{n}/QĐ-UBND." for n in (60, 61)]
    with gzip.open(folder / "table.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": f"d{n}", "text": text}) + "\n" for n, text in enumerate(texts))
        file.write("no JSON\n")
    shutil.make_archive(str(folder / "more"), "zip", EXAMPLES, sorted(EXAMPLES.iterdir())[0].name)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    return folder


@pytest.fixture(scope="module")
def local(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("local") / "graph"
    report = build([corpus], directory, jobs=1)
    assert report.read > len(list(EXAMPLES.iterdir()))
    assert len(report.failures) == 2
    return directory


@pytest.fixture(scope="module")
def out(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark") / "out"
    done = spark(corpus, folder, "local[2]")
    assert done.returncode == 1, done.stderr[-3000:]  # two documents are failures, all others are read
    assert "2 failed" in done.stdout
    return folder


def loaded(out: Path, directory: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "spark", "load", str(out), "--graph", str(directory)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return directory


def test_the_graph_is_that_of_a_local_build(local: Path, out: Path, tmp_path: Path) -> None:
    assert quads(loaded(out, tmp_path / "graph")) == quads(local)


def test_the_graph_is_the_same_from_worker_processes_of_a_cluster(corpus: Path, local: Path, tmp_path: Path) -> None:
    done = spark(corpus, tmp_path / "out", "local-cluster[2,1,1024]")
    assert done.returncode == 1, done.stderr[-3000:]
    assert quads(loaded(tmp_path / "out", tmp_path / "graph")) == quads(local)


def test_failures_are_a_table(out: Path) -> None:
    found = {Path(str(row["path"])).name: str(row["message"]) for row in table(out, "failures")}
    assert set(found) == {"broken.docx", "3"}
    assert all(found.values())


def test_tables_are_those_of_the_export(local: Path, out: Path, tmp_path: Path) -> None:
    with Graph.open(local) as graph:
        export(graph, "parquet", tmp_path / "tables")
    for name in TABLES:
        exported = pq.read_table(tmp_path / "tables" / f"{name}.parquet")
        if name == "resolutions":
            assert exported.num_rows
            continue
        ours = [
            row
            for row in exported.to_pylist()
            if not str(row.get("id")).startswith("https://w3id.org/vn-legal-kg/finding/")
        ]
        assert sorted(ours, key=str) == sorted(table(out, name), key=str), name


def test_a_second_run_reads_what_has_changed(corpus: Path, out: Path, tmp_path: Path) -> None:
    graph = loaded(out, tmp_path / "graph")
    before = json.loads((out / "current").read_text())["run"]
    changed = corpus / "new.txt"
    changed.write_text("Kế hoạch thực hiện Nghị định số 62/2024/NĐ-CP ngày 07/6/2024.", encoding="utf-8")
    try:
        done = spark(corpus, out, "local[2]")
        assert "1 read, " in done.stdout, done.stdout + done.stderr[-3000:]
        assert json.loads((out / "current").read_text())["run"] != before
        build([corpus], tmp_path / "again", jobs=1)
        assert quads(loaded(out, graph)) == quads(tmp_path / "again")
    finally:
        changed.unlink()


def test_without_a_run_there_is_nothing_to_load(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "spark", "load", str(tmp_path), "--graph", str(tmp_path / "graph")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "no complete run" in done.stderr
    assert not (tmp_path / "graph").exists()
