"""How fast a graph gets into Neo4j, by Bolt and by CSV import, beside Oxigraph.

    python benchmarks/neo4j_load.py [--nodes 1000000] [--base WHAT] [--heap 2g] [--work DIR] [--json FILE]

``--base`` is what the graph is made of: a folder of documents, a ``.jsonl.gz`` with a ``text`` in
each line, or a graph directory; by default ``$KG_SHARED/corpus/corpus.jsonl.gz`` where it is, else
the examples.  Its documents are read once and then copied until there are enough nodes.  Each copy
is a source of its own that cites the same documents of the State and local documents of its own, so
the density is that of the base, and what many cite is as crowded as in a real corpus.

With ``--work`` the graph and the files are kept, and the steps that are done are not done again:
an interrupted run goes on.  Seconds are those of the clock; CPU seconds tell what a quiet machine
with a core for each program would need.  The server is that of the tests.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.graph.named import ntriples
from kg.graph.store import Graph
from kg.neo4j.bulk import export_csv
from kg.neo4j.load import load
from kg.neo4j.server import Server
from kg.pipeline.build import build

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))
import neo4j_server  # noqa: E402

LONGEST = 50_000
"""Characters of a document of the base; longer ones are codes and codifications, not what offices write."""
_LOCAL = re.compile(rb"<(urn:lex:vn;[^>]*)>")
_CANDIDATE = re.compile(rb"(/candidate/[0-9a-f]+)/")
_NODES = re.compile(
    rb"^<[^>]*> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> .*#(?:Report|Mention|Task|Finding)> \.$", re.M
)
_COLUMNS = ("rows", "seconds", "rows_per_second", "client_cpu", "client_mb", "server_cpu", "server_mb")
Step = dict[str, Any]


# --- what a step takes ---------------------------------------------------------------------------------------


def peak(pid: int | str = "self") -> int:
    """Largest resident size of a process since the last `forget`, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return round(int(found[1]) / 1024) if found else 0


def forget(pid: int | str) -> None:
    """Begin to measure the peak anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def cpu(pid: int | str = "self") -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def measured(step: Step, server: int | None = None) -> Iterator[None]:
    """Add to ``step`` what the work inside takes in this process and in the server."""
    pids: dict[str, int | str] = {"client": "self"} | ({"server": server} if server else {})
    for pid in pids.values():
        forget(pid)
    before = {name: cpu(pid) for name, pid in pids.items()}
    started = time.perf_counter()
    yield
    step["seconds"] = round(time.perf_counter() - started, 1)
    for name, pid in pids.items():
        step[f"{name}_cpu"] = round(cpu(pid) - before[name], 1)
        step[f"{name}_mb"] = peak(pid)


def run(command: list[str], log: Path, **environment: str) -> Step:
    """Run a program to its end; raise CalledProcessError with the end of what it said where it fails."""
    started = time.perf_counter()
    with log.open("wb") as file:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=file, stderr=file)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.stderr.write(log.read_text(errors="replace")[-4000:])
        raise subprocess.CalledProcessError(process.returncode, command)
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "server_cpu": round(usage.ru_utime + usage.ru_stime, 1),
        "server_mb": round(usage.ru_maxrss / 1024),
    }


# --- the graph -----------------------------------------------------------------------------------------------


def base_graph(base: Path, scratch: Path) -> Path:
    """Return the directory of the graph of the base, building it where it is not one."""
    if (base / "graph.json").exists():
        return base
    target = scratch / "base"
    if not target.exists():
        folder = base
        if base.is_file():
            folder = scratch / "texts"
            folder.mkdir(exist_ok=True)
            with gzip.open(base, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    if len(text := json.loads(line)["text"]) <= LONGEST:
                        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        build([folder], scratch / "base-part", jobs=os.cpu_count() or 1)
        (scratch / "base-part").rename(target)
    return target


def sources(graph: Graph) -> Iterator[tuple[bytes, bytes]]:
    """IRI and N-Triples of each source of a graph, over and over."""
    for record in cycle(graph.sources()):
        quads = graph.store.quads_for_pattern(None, None, None, NamedNode(record.iri))
        yield record.iri.encode(), ntriples(quads)


def copy(iri: bytes, triples: bytes, number: int) -> tuple[str, bytes]:
    """A source of its own with local documents of its own."""
    new = b"file:///reports/%07d.txt" % number
    found = triples.replace(iri, new)
    found = _LOCAL.sub(rb"<\1-%d>" % number, found)
    return new.decode(), _CANDIDATE.sub(rb"\g<1>%d/" % number, found)


def oxigraph(base: Path, directory: Path, nodes: int) -> Step:
    """Write copies until there are ``nodes`` nodes, each source in a transaction; only the writing is timed."""
    made = known = triples = 0
    seconds = used = 0.0
    forget("self")

    def timed(work: Callable[[], object]) -> None:
        nonlocal seconds, used
        started, before = time.perf_counter(), cpu()
        work()
        seconds += time.perf_counter() - started
        used += cpu() - before

    partial = directory.with_name("graph-part")
    shutil.rmtree(partial, ignore_errors=True)
    with Graph.open(base) as original:
        graph = Graph.open(partial, read_only=False)
        for number, (iri, text) in enumerate(sources(original)):
            name, copied = copy(iri, text, number)
            timed(lambda name=name, copied=copied: graph.replace(name, copied))  # type: ignore[misc]
            known += len(_NODES.findall(copied)) + len(set(_LOCAL.findall(copied)))
            triples += copied.count(b" .\n")
            made += 1
            if known >= nodes:
                break
        timed(graph.close)
    partial.rename(directory)
    size = sum(file.stat().st_size for file in (directory / "work").rglob("*")) / 1e6
    return {
        "sources": made,
        "triples": triples,
        "disk_mb": round(size),
        "seconds": round(seconds, 1),
        "client_cpu": round(used, 1),
        "client_mb": peak(),
    }


# --- the steps -----------------------------------------------------------------------------------------------


@dataclass
class Benchmark:
    """Does the steps that are not in the file of results yet."""

    work: Path
    output: Path
    results: dict[str, Any]

    def done(self, name: str) -> bool:
        return name in self.results["steps"]

    def keep(self, name: str, step: Step) -> None:
        self.results["steps"][name] = step
        self.output.write_text(json.dumps(self.results, indent=2) + "\n")
        print(json.dumps({name: step}), file=sys.stderr, flush=True)

    @property
    def rows(self) -> tuple[int, int]:
        exported = self.results["steps"]["CSV export"]
        return exported["nodes"], exported["relationships"]

    def make(self, base: Path, nodes: int) -> None:
        if not self.done("Oxigraph"):
            self.keep("Oxigraph", oxigraph(base_graph(base, self.work), self.work / "graph", nodes))
        if not self.done("CSV export"):
            shutil.rmtree(self.work / "csv", ignore_errors=True)
            step: Step = {}
            with Graph.open(self.work / "graph") as graph, measured(step):
                exported = export_csv(graph, self.work / "csv")
            step |= {"nodes": exported.nodes, "relationships": exported.relationships}
            self.keep("CSV export", step)

    def bolt(self, server: Any) -> None:
        with Graph.open(self.work / "graph") as graph:
            for name in ("Bolt load", "Bolt load again, nothing changed"):
                step: Step = {}
                with Server(server.bolt, server.user, server.password) as connection:
                    with measured(step, server.pid):
                        load(graph, connection)
                    self.compare(connection)
                self.keep(name, step)

    def bulk(self, server: Any) -> None:
        server.stop()
        command = ["sh", str(self.work / "csv" / "import.sh")]
        step = run(command, self.work / "import.log", NEO4J_ADMIN=str(server.admin()))
        server.start()
        with (
            Graph.open(self.work / "graph") as graph,
            Server(server.bolt, server.user, server.password) as connection,
        ):
            self.compare(connection)
            self.keep("CSV import", step)
            step = {}
            with measured(step, server.pid):
                load(graph, connection)
            self.compare(connection)
        self.keep("load after the import: schema only", step)

    def compare(self, connection: Server) -> None:
        """Stop where the server does not hold what was exported."""
        (nodes,) = connection.read("MATCH (n) RETURN count(n) AS n")
        (links,) = connection.read("MATCH ()-[r]->() RETURN count(r) AS n")
        if (found := (nodes["n"], links["n"])) != self.rows:
            raise SystemExit(f"the server holds {found}, the export has {self.rows}")

    def table(self) -> str:
        """The results as a table in Markdown."""
        names = {"rows": "nodes and relationships", "rows_per_second": "a second"}
        heads = ["", *(names.get(column, column.replace("_", " ")) for column in _COLUMNS)]
        lines = [heads, ["---", *["---:"] * len(_COLUMNS)]]
        rows = sum(self.rows)
        for name, step in self.results["steps"].items():
            full = {**step, "rows": rows, "rows_per_second": round(rows / step["seconds"])}
            lines.append([name, *(f"{full[column]:,}" if column in full else "" for column in _COLUMNS)])
        graph = self.results["steps"]["Oxigraph"]
        said = (
            f"{graph['sources']:,} sources, {graph['triples']:,} triples;"
            f" in Neo4j {self.rows[0]:,} nodes, {self.rows[1]:,} relationships"
        )
        return "\n".join([said, self.results["machine"], "", *(f"| {' | '.join(line)} |" for line in lines)])


def machine() -> str:
    """What the figures were measured on."""
    names = re.findall(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(), re.M)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [f"{os.cpu_count()} × {names[0] if names else platform.machine()}", f"{memory:.0f} GB", platform.system()]
    return ", ".join([*parts, f"Python {platform.python_version()}"])


def main() -> None:
    shared = Path(os.environ.get("KG_SHARED", HERE.parent.parent / "shared")) / "corpus" / "corpus.jsonl.gz"
    default = shared if shared.exists() else HERE.parent / "examples" / "reports"
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=1_000_000)
    options.add_argument("--base", type=Path, default=default)
    options.add_argument("--heap", default="2g")
    options.add_argument("--work", type=Path, help="folder that is kept, instead of a temporary one")
    options.add_argument("--json", type=Path, help="where the results go besides standard output")
    given = options.parse_args()
    if reason := neo4j_server.available():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as name:
        work = given.work or Path(name)
        work.mkdir(parents=True, exist_ok=True)
        kept = work / "results.json"
        results = json.loads(kept.read_text()) if kept.exists() else {"steps": {}}
        results |= {"machine": machine(), "nodes": given.nodes, "heap": given.heap}
        benchmark = Benchmark(work, kept, results)
        benchmark.make(given.base, given.nodes)
        with neo4j_server.running(heap=given.heap, page_cache="512m") as server:
            if not benchmark.done("Bolt load again, nothing changed"):
                benchmark.bolt(server)
            if not benchmark.done("load after the import: schema only"):
                benchmark.bulk(server)
        if given.json:
            given.json.write_text(json.dumps(results, indent=2) + "\n")
        print(benchmark.table())


if __name__ == "__main__":
    main()
