"""Time of every stored question and of lookups as the graph grows.

    python benchmarks/queries.py [--triples 100000 1000000 10000000] [--keep DIR] [--only NAME …] [--limit 60]

Each graph is filled with reports in the likeness of real ones (`likeness`; those of ``--base``, by
default of ``$KG_SHARED/seeds``, else the examples), loaded in bulk and taken through the second pass,
as a build would.  ``--keep`` leaves the graphs there and takes them from there the next time.  Each
question is asked in an opened graph, with the same parameters at every size; ``--rdflib N`` (100,000)
asks rdflib the same SPARQL on the same triples, 0 leaves it out.  Each question is asked until
``--patience`` seconds are over, at least once, and given up when no answer has come for ``--limit``
seconds; ``--only`` asks these questions alone, and no lookups unless ``lookups`` is among them.  So
graphs that were kept are measured in minutes.

Shown are the median of wall times, the CPU time of one run (what another load on the machine leaves
untouched) and how many rows came, since an answer of a thousand rows costs what its rows cost.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import likeness
from pyoxigraph import DefaultGraph, RdfFormat, serialize

from kg.answers.lookup import lookup
from kg.answers.questions import names, resolve, run, stored
from kg.graph.binding import fill
from kg.graph.reference import reference
from kg.graph.store import Graph
from kg.ontology.vocabulary import PREFIXES, REFERENCE
from kg.pipeline.resolve import resolve as second_pass

HERE = Path(__file__).parent
GIVEN = {
    "document": "Nghị định 60/2024",
    "province": "Hậu Giang",
    "body": "Sở Công Thương tỉnh Hậu Giang",
    "period": "2024",
    "date": "2025-06-30",
}
LOOKUPS = (
    "Nghị định 60/2024",
    "Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ",
    "urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp",
    "ND 60/2024",
    "Decree No. 60/2024/ND-CP",
    "Nghị định 60",
    "Nghị quyết 01/NQ-CP năm 2024",
    "12/QĐ-UBND Hậu Giang 2024",
    "12/QĐ-UBND",
    "Hiệp định CPTPP",
    "Luật Bảo vệ quyền lợi người tiêu dùng",
    "Nghị định 999/2024/NĐ-CP",
)
"""In full, short, by identifier, in English, without a year, of a province, by name, and one that nobody cites."""
BATCH = 500
"""Reports that are loaded at once."""


def fill_graph(directory: Path, base: Path, triples: int) -> dict[str, Any]:
    """Write, load and resolve a graph of at least ``triples`` triples; return what took how long."""
    started, made, known = time.perf_counter(), 0, 0
    with Graph.open(directory, read_only=False) as graph:
        graph.replace(REFERENCE.value, reference())
        batch: list[tuple[str, bytes]] = []
        for report in likeness.reports(base):
            triples_of = serialize((q.triple for q in report.quads), format=RdfFormat.N_TRIPLES)
            batch.append((report.iri, triples_of or b""))
            made, known = made + 1, known + len(report.quads)
            if known >= triples or len(batch) == BATCH:
                graph.add(batch)
                batch = []
            if known >= triples:
                break
        loaded = time.perf_counter()
        links = second_pass(graph)
        passed = time.perf_counter()
    return {
        "triples": known,
        "reports": made,
        "resolved": links,
        "seconds": {
            "write and load": round(loaded - started, 1),
            "second pass": round(passed - loaded, 1),
            "publish": round(time.perf_counter() - passed, 1),
        },
    }


def questions(graph: Graph) -> Iterator[tuple[str, dict[str, str | int | None]]]:
    """Each stored question with its required parameters."""
    given = {**GIVEN, "report": graph.sources()[0].path}
    for name in names():
        parameters = stored(name).parameters
        yield name, {p.name: given[p.type] for p in parameters if p.required or p.type == "date"}


def timed(work: Callable[[], Any], repeat: int, patience: float) -> dict[str, Any]:
    """Milliseconds of ``work``: first time, median of the next, CPU; fewer repeats once they take ``patience`` s.

    One that takes so long by itself is not repeated: its first time stands for all.
    """
    walls, processor = list[float](), list[float]()
    while len(walls) <= repeat and (not walls or sum(walls) < patience):
        begin, cpu = time.perf_counter(), time.process_time()
        found = work()
        processor.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - begin)
    rest = walls[1:] or walls
    return {
        "rows": len(found),
        "first": round(walls[0] * 1000, 2),
        "median": round(statistics.median(rest) * 1000, 2),
        "cpu": round(statistics.median(processor[1:] or processor) * 1000, 2),
        "runs": len(rest),
    }


def measure(directory: Path, repeat: int, patience: float, limit: float, only: list[str]) -> dict[str, Any]:
    with Graph.open(directory) as graph:
        asked = [(name, given) for name, given in questions(graph) if not only or name in only]
    looked_up = [(wording, {}) for wording in LOOKUPS if not only or "lookups" in only]
    return {
        "questions": in_turn(_questions, (str(directory), repeat, patience), asked, limit)[1],
        "lookups": in_turn(_lookups, (str(directory), repeat, patience), looked_up, limit)[1],
    }


def _questions(answers: Any, asked: list[tuple[str, dict[str, Any]]], path: str, repeat: int, patience: float) -> None:
    with Graph.open(path) as graph:
        answers.send(None)
        for name, given in asked:
            answers.send(timed(lambda n=name, g=given: run(graph, n, **g).rows, repeat, patience))  # type: ignore[misc]


def _lookups(answers: Any, asked: list[tuple[str, Any]], path: str, repeat: int, patience: float) -> None:
    with Graph.open(path) as graph:
        answers.send(None)
        for wording, _ in asked:
            answers.send(timed(lambda w=wording: lookup(graph, w), repeat, patience))  # type: ignore[misc]


def in_turn(
    target: Callable[..., None], given: tuple[Any, ...], asked: list[tuple[str, Any]], limit: float
) -> tuple[Any, dict[str, Any]]:
    """What ``target`` sends before its first answer, and the answer to each of ``asked``.

    It works in a process of its own: one that is silent for ``limit`` seconds is ended, and another one goes on
    with the next.
    """
    context = multiprocessing.get_context("spawn")
    found: dict[str, Any] = {}
    ready, waiting = None, asked
    while waiting:
        ours, theirs = context.Pipe()
        process = context.Process(target=target, args=(theirs, waiting, *given))
        process.start()
        theirs.close()
        ready = ours.recv()
        done = 0
        while done < len(waiting) and ours.poll(limit):
            found[waiting[done][0]] = ours.recv()
            done += 1
        if done < len(waiting):
            found[waiting[done][0]] = {"over": limit}
        process.kill()
        process.join()
        waiting = waiting[done + 1 :]
    return ready, found


def measure_rdflib(directory: Path, repeat: int, limit: float, only: list[str]) -> dict[str, Any]:
    """The same questions by rdflib; how long it takes to load the triples, and the memory that they take."""
    with Graph.open(directory) as graph, tempfile.NamedTemporaryFile(suffix=".nt") as file:
        union = (q.triple for q in graph.store.quads_for_pattern(None, None, None, DefaultGraph()))
        serialize(union, file, format=RdfFormat.N_TRIPLES)
        file.flush()
        asked = []
        for name, given in questions(graph):
            if not only or name in only:
                bound = resolve(graph, stored(name), given)
                values = {place: rows for value in bound.values() for place, rows in value.values.items()}
                asked.append((name, fill(stored(name).sparql, values)))
        loaded, found = in_turn(_rdflib, (file.name, repeat), asked, limit)
    return {"load": loaded, **found}


def _rdflib(answers: Any, asked: list[tuple[str, str]], path: str, repeat: int) -> None:
    import rdflib

    graph = rdflib.Graph()
    begin = time.perf_counter()
    graph.parse(path, format="nt")
    seconds = round(time.perf_counter() - begin, 1)
    answers.send({"seconds": seconds, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024})
    for _, sparql in asked:
        try:
            found = timed(lambda s=sparql: list(graph.query(s, initNs=dict(PREFIXES))), min(repeat, 3), 5)  # type: ignore[misc]
        except Exception as error:
            found = {"error": " ".join(f"{type(error).__name__}: {error}".split())[:120]}
        answers.send(found)


def table(results: dict[str, Any]) -> str:
    """Median milliseconds, wall and CPU, and rows of each question at each size, as Markdown."""
    sizes = list(results["sizes"])
    other = results.get("rdflib")
    head = ["question", *(f"{int(size):,} triples" for size in sizes), *(["rdflib"] if other else [])]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for kind in ("questions", "lookups"):
        for name in results["sizes"][sizes[0]][kind]:
            cells = [_cell(results["sizes"][size][kind][name]) for size in sizes]
            cells += [_cell(other.get(name, {}))] if other else []
            lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    for kind in ("questions", "lookups"):
        if not results["sizes"][sizes[0]][kind]:
            continue
        medians = [
            statistics.median(v.get("median", math.inf) for v in results["sizes"][s][kind].values()) for s in sizes
        ]
        lines.append(
            f"| median of the {kind} | " + " | ".join(f"{m:.1f}" for m in medians) + (" |  |" if other else " |")
        )
    return "\n".join(lines)


def _cell(found: dict[str, Any]) -> str:
    if "over" in found:
        return f"over {found['over']:.0f} s"
    if "error" in found:
        return found["error"].split(":")[0]
    return f"{found['median']:.1f}, CPU {found['cpu']:.1f} ({found['rows']:,})" if found else ""


def main() -> None:
    seeds = Path(os.environ.get("KG_SHARED", HERE.parent.parent / "shared")) / "seeds"
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--triples", type=int, nargs="+", default=[10**5, 10**6, 10**7])
    options.add_argument("--base", type=Path, default=seeds if seeds.is_dir() else HERE.parent / "examples" / "reports")
    options.add_argument("--keep", type=Path)
    options.add_argument("--out", type=Path)
    options.add_argument("--repeat", type=int, default=9)
    options.add_argument("--patience", type=float, default=5.0)
    options.add_argument("--limit", type=float, default=60.0)
    options.add_argument("--only", nargs="+", default=[])
    options.add_argument("--rdflib", type=int, default=10**5)
    given = options.parse_args()
    results: dict[str, Any] = {"date": date.today().isoformat(), "base": given.base.name, "sizes": {}}
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        for triples in given.triples:
            directory = folder / f"graph-{triples}"
            facts = folder / f"graph-{triples}.json"
            if not facts.exists():
                facts.parent.mkdir(parents=True, exist_ok=True)
                facts.write_text(json.dumps(fill_graph(directory, given.base, triples)))
            results["sizes"][str(triples)] = {
                **json.loads(facts.read_text()),
                **measure(directory, given.repeat, given.patience, given.limit, given.only),
            }
            if triples == given.rdflib:
                results["rdflib"] = measure_rdflib(directory, given.repeat, given.limit, given.only)
    if given.out:
        given.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for size, found in results["sizes"].items():
        print(f"{int(size):,}: {found['reports']:,} reports, {found['triples']:,} triples, {found['seconds']}")
    print(table(results))


if __name__ == "__main__":
    main()
