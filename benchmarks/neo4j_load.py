"""How fast a graph gets into Neo4j, by Bolt and by CSV import, beside Oxigraph.

    python benchmarks/neo4j_load.py [--nodes 1000000] [--base FOLDER] [--heap 2g]

The reports of ``--base`` (by default those of ``$KG_SHARED/seeds``, real ones, else the examples)
are read once and then copied until there are enough nodes.  Each copy is a report of its own that
cites the same documents of the State and local documents of its own, so the density is that of the
base and what many cite is as crowded as in a real corpus.  The server is that of the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, serialize

from kg.build import build
from kg.neo4j.bulk import export_csv
from kg.neo4j.load import load
from kg.neo4j.server import Server
from kg.store import Graph

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
import neo4j_server  # noqa: E402

_LOCAL = re.compile(rb"<(urn:lex:vn;[^>]*)>")
_CANDIDATE = re.compile(rb"(/candidate/[0-9a-f]+)/")
_NODES = re.compile(
    rb"^<[^>]*> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> .*#(?:Report|Mention|Task|Finding)> \.$", re.M
)


def peak(pid: int | str = "self") -> float:
    """Largest resident size of a process since the last `forget`, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def forget(pid: int | str = "self") -> None:
    """Begin to measure the peak anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def timed(name: str, rows: int, work: Callable[[], object], pid: int | str | None = None) -> dict[str, object]:
    forget()
    if pid:
        forget(pid)
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    found: dict[str, object] = {
        "step": name,
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        "client_mb": round(peak()),
    }
    if pid:
        found["server_mb"] = round(peak(pid))
    print(json.dumps(found), flush=True)
    return found


def base_triples(folder: Path, scratch: Path) -> list[tuple[bytes, bytes]]:
    """IRI and N-Triples of each report of the base."""
    build([folder], scratch, jobs=1)
    with Graph.open(scratch) as graph:
        return [
            (
                record.iri.encode(),
                serialize(
                    (q.triple for q in graph.store.quads_for_pattern(None, None, None, NamedNode(record.iri))),
                    format=RdfFormat.N_TRIPLES,
                )
                or b"",
            )
            for record in graph.sources()
        ]


def copy(iri: bytes, triples: bytes, number: int) -> tuple[str, bytes]:
    """A report of its own with local documents of its own."""
    new = b"file:///reports/%07d.txt" % number
    found = triples.replace(iri, new)
    found = _LOCAL.sub(rb"<\1-%d>" % number, found)
    return new.decode(), _CANDIDATE.sub(rb"\g<1>%d/" % number, found)


def fill(directory: Path, base: list[tuple[bytes, bytes]], nodes: int) -> tuple[int, int, float]:
    """Write copies until there are ``nodes`` nodes; return reports, triples and the seconds that Oxigraph took."""
    known = made = triples = 0
    spent = 0.0
    with Graph.open(directory, read_only=False) as graph:
        while known < nodes:
            iri, text = copy(*base[made % len(base)], made)
            started = time.perf_counter()
            graph.replace(iri, text)
            spent += time.perf_counter() - started
            known += len(_NODES.findall(text)) + len(set(_LOCAL.findall(text)))
            triples += text.count(b" .\n")
            made += 1
        started = time.perf_counter()
    return made, triples, spent + time.perf_counter() - started


def main() -> None:
    shared = Path(os.environ.get("KG_SHARED", HERE.parent.parent / "shared")) / "seeds"
    default = shared if shared.is_dir() else HERE.parent / "examples" / "reports"
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("--nodes", type=int, default=1_000_000)
    options.add_argument("--base", type=Path, default=default)
    options.add_argument("--heap", default="2g")
    given = options.parse_args()
    if reason := neo4j_server.available():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = base_triples(given.base, folder / "base")
        measure(folder, base, given.nodes, given.heap)


def measure(folder: Path, base: list[tuple[bytes, bytes]], nodes: int, heap: str) -> None:
    forget()
    reports, triples, seconds = fill(folder / "graph", base, nodes)
    size = sum(file.stat().st_size for file in (folder / "graph" / "work").rglob("*")) / 1e6
    oxigraph = {"step": "Oxigraph", "reports": reports, "triples": triples, "seconds": round(seconds, 1)}
    oxigraph |= {"triples_per_second": round(triples / seconds), "client_mb": round(peak()), "disk_mb": round(size)}
    print(json.dumps(oxigraph), flush=True)
    with Graph.open(folder / "graph") as graph:
        started = time.perf_counter()
        forget()
        done = export_csv(graph, folder / "csv")
        rows = done.nodes + done.relationships
        seconds = time.perf_counter() - started
        csv = {"step": "CSV export", "nodes": done.nodes, "relationships": done.relationships}
        csv |= {"seconds": round(seconds, 1), "rows_per_second": round(rows / seconds), "client_mb": round(peak())}
        print(json.dumps(csv), flush=True)
        with neo4j_server.running(heap=heap, page_cache="512m") as server:
            with Server(server.bolt, server.user, server.password) as connection:
                timed("Bolt load", rows, lambda: load(graph, connection), server.pid)
                timed("Bolt load again, nothing changed", rows, lambda: load(graph, connection), server.pid)
                (row,) = connection.read("MATCH (n) WITH count(n) AS n MATCH ()-[r]->() RETURN n, count(r) AS r")
                assert (row["n"], row["r"]) == (done.nodes, done.relationships), row
            server.stop()
            environment = {**os.environ, "NEO4J_ADMIN": str(server.admin())}
            command = ["sh", str(done.command)]

            def run() -> None:
                imported = subprocess.run(command, env=environment, capture_output=True, text=True)
                assert imported.returncode == 0, imported.stdout[-2000:] + imported.stderr[-2000:]
                print(*re.findall(r"IMPORT DONE in .*|Peak memory usage: .*", imported.stdout), sep="; ")

            timed("CSV import", rows, run)
            server.start()
            with Server(server.bolt, server.user, server.password) as connection:
                timed("load after the import: schema only", rows, lambda: load(graph, connection), server.pid)


if __name__ == "__main__":
    main()
