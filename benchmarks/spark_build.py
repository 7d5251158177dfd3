"""A build on Spark beside a local one: the same quads, and how long each took.

    python benchmarks/spark_build.py [--documents 200] [--parts 8] [--master 'local[2]']

Takes the first documents of ``$KG_SHARED/corpus/corpus.jsonl.gz`` that are no longer than
``--longest`` characters, in ``--parts`` tables, as Hadoop keeps them.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from kg.graph.store import Graph
from kg.output.export import export
from kg.pipeline.build import build
from kg.spark.load import load

SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parent.parent.parent / "shared"))


def slice_of(corpus: Path, folder: Path, documents: int, parts: int, longest: int) -> int:
    """Write the slice; return its characters."""
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        short = ((line, size) for line in file if (size := len(json.loads(line)["text"])) <= longest)
        chosen = list(islice(short, documents))
    for part in range(parts):
        with gzip.open(folder / f"part-{part:05}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(line for line, _ in chosen[part::parts])
    return sum(size for _, size in chosen)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 1)


def quads(directory: Path) -> set[bytes]:
    written = io.BytesIO()
    with Graph.open(directory) as graph:
        export(graph, "nquads", written)
    return set(written.getvalue().splitlines())


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--parts", type=int, default=8)
    options.add_argument("--longest", type=int, default=100_000)
    options.add_argument("--master", default="local[2]")
    given = options.parse_args()
    corpus = SHARED / "corpus" / "corpus.jsonl.gz"
    if not corpus.exists():
        sys.exit(f"{corpus}: not here; KG_SHARED names the folder of annotated texts")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "corpus").mkdir()
        characters = slice_of(corpus, folder / "corpus", given.documents, given.parts, given.longest)
        command = [sys.executable, "-P", "-m", "kg", "spark", "build", str(folder / "corpus")]
        command += ["-o", str(folder / "out")]
        spark = [*command, "--master", given.master, "--conf", "spark.ui.enabled=false"]
        found: dict[str, object] = {"documents": given.documents, "characters": characters, "master": given.master}
        found["local_s"] = timed(lambda: build([folder / "corpus"], folder / "local", jobs=1))
        found["spark_s"] = timed(lambda: subprocess.run(spark, check=True, capture_output=True))
        found["spark_again_s"] = timed(lambda: subprocess.run(spark, check=True, capture_output=True))
        found["load_s"] = timed(lambda: load(folder / "out", folder / "graph"))
        ours, theirs = quads(folder / "graph"), quads(folder / "local")
        found |= {"quads": len(theirs), "same": ours == theirs}
        run = json.loads((folder / "out" / "current").read_text())["run"]
        for table in sorted((folder / "out" / run).iterdir()):
            found[f"{table.name}_mb"] = round(sum(file.stat().st_size for file in table.rglob("*")) / 1e6, 2)
        print(json.dumps(found, indent=1))
        if ours != theirs:
            sys.exit("the graphs differ")


if __name__ == "__main__":
    main()
