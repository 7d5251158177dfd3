"""What the graph knows for a report: plain rows of the stored questions and of the queries beside this module.

The questions `tasks-of`, `implementation-chain` and `findings` are asked as they are; the ``.rq`` files
give what no stored question has: every statement with what does it, the header of each source,
and undecided citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pyoxigraph import Literal, NamedNode

from kg.answers.questions import run
from kg.documents.urn import Parts, is_urn, lookup_keys, parse_candidate, parse_urn, running_key
from kg.report.days import last_day
from kg.report.documents import documents
from kg.report.model import Finding, Source, Step, Task, Unresolved
from kg.report.rows import number, select, text

if TYPE_CHECKING:
    from kg.graph.results import Value
    from kg.graph.store import Graph

__all__ = ["findings", "sources", "statements", "steps", "tasks", "unresolved"]


# --- sources -----------------------------------------------------------------------------------------------


def sources(graph: Graph) -> dict[str, Source]:
    """Return every source document by IRI, in the order of their names."""
    by_report: dict[str, list[dict[str, Value]]] = {}
    for row in select(graph, "sources"):
        by_report.setdefault(str(row["report"]), []).append(row)
    names = _short_names({iri: str(rows[0]["path"] or iri) for iri, rows in by_report.items()})
    found = [_source(iri, names[iri], rows) for iri, rows in by_report.items()]
    return {source.iri: source for source in sorted(found, key=lambda source: (source.name, source.iri))}


def _source(iri: str, name: str, rows: list[dict[str, Value]]) -> Source:
    first = rows[0]
    return Source(
        iri,
        name,
        title=text(first["title"]),
        type=text(first["type"]),
        number=text(first["number"]),
        issuer=text(first["issuer"]),
        provinces=tuple(str(row["province"]) for row in rows if row["province"]),
        period=text(first["period"]),
        date=text(first["date"]),
        document=text(first["document"]),
    )


def _short_names(paths: Mapping[str, str]) -> dict[str, str]:
    """The file name of each path, with as many folders as tell it from another: no more of a machine is told.

    >>> _short_names({"a": "/home/x/2023/bc.txt", "b": "/home/x/2024/bc.txt", "c": "/home/x/kh.txt"})
    {'a': '2023/bc.txt', 'b': '2024/bc.txt', 'c': 'kh.txt'}
    """
    parts = {iri: [p for p in re.split(r"[/\\]", _path(path)) if p] or [path] for iri, path in paths.items()}
    names: dict[str, str] = {}
    depth, left = 1, set(parts)
    while left:
        tried: dict[str, list[str]] = {}
        for iri in left:
            tried.setdefault("/".join(parts[iri][-depth:]), []).append(iri)
        for name, iris in tried.items():
            if len(iris) == 1 or all(len(parts[iri]) <= depth for iri in iris):
                names.update(dict.fromkeys(iris, name))
                left -= set(iris)
        depth += 1
    return {iri: names[iri] for iri in paths}


def _path(path: str) -> str:
    return unquote(urlsplit(path).path) if path.startswith("file:") else path


# --- what is said of one document --------------------------------------------------------------------------


def statements(graph: Graph, document: str) -> list[dict[str, Value]]:
    """Return the rows of ``statements.rq`` for the document."""
    return select(graph, "statements", {"document": [(NamedNode(document),)]})


def steps(graph: Graph, document: str, known: Mapping[str, Source]) -> Iterator[Step]:
    """Yield what carries out the documents that carry out ``document``: the hops below the first."""
    for row in run(graph, "implementation-chain", document=document).rows:
        if int(row["hop"] or 0) > 1:
            yield Step(
                int(row["hop"] or 0),
                str(row["upper"]),
                str(row["kind"]),
                None,
                str(row["lower"]),
                text(row["by"]),
                text(row["province"]),
                text(row["status"]),
                text(row["deadline"]),
                known[str(row["report"])],
                str(row["quote"]),
                int(row["start"] or 0),
            )


def tasks(graph: Graph, document: str, known: Mapping[str, Source], below: Iterable[Step], day: str) -> list[Task]:
    """Return the tasks that carry out ``document`` or one of ``below``, the steps under it.

    What is still to be done comes first, by its deadline.  On ``day`` a task that was planned for
    an earlier day is overdue.
    """
    found = [*_own_tasks(graph, document, known, day), *(_task(step, day) for step in below if step.kind == "task")]
    once = {(task.source.iri, task.start): task for task in reversed(found)}
    return sorted(once.values(), key=lambda t: (t.status == "done", t.deadline or "9999", t.source.name, t.start))


def _own_tasks(graph: Graph, document: str, known: Mapping[str, Source], day: str) -> Iterator[Task]:
    for row in run(graph, "tasks-of", document=document).rows:
        deadline, status = text(row["deadline"]), text(row["status"])
        yield Task(
            text(row["assignee"]),
            text(row["issuer"]),
            deadline,
            status,
            text(row["province"]),
            None,
            _overdue(deadline, status, day),
            known[str(row["report"])],
            str(row["quote"]),
            int(row["start"] or 0),
            text(row["section"]),
        )


def _task(step: Step, day: str) -> Task:
    return Task(
        step.by,
        step.source.issuer,
        step.deadline,
        step.status,
        step.province,
        step.upper,
        _overdue(step.deadline, step.status, day),
        step.source,
        step.quote,
        step.start,
        None,
    )


def _overdue(deadline: str | None, status: str | None, day: str) -> bool:
    return status == "planned" and (last_day(deadline) or day) < day


def findings(graph: Graph, document: str, known: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield the findings that touch ``document``."""
    rows = run(graph, "findings", document=document).rows
    told = [[(text(row[column]) or "").split("; ") for column in ("about", "suggests")] for row in rows]
    iris = {iri for cells in told for cell in cells for iri in cell if is_urn(iri)}
    labels = {iri: found.label for iri, found in documents(graph, iris).items()}
    for row, cells in zip(rows, told, strict=True):
        about, suggests = ("; ".join(labels.get(iri, iri) for iri in cell) or None for cell in cells)
        yield Finding(
            str(row["code"]),
            str(row["severity"]),
            str(row["message"] or ""),
            about,
            suggests,
            float(row["confidence"]) if row["confidence"] is not None else None,
            known.get(str(row["report"])),
            text(row["quote"]),
            number(row["start"]),
        )


def unresolved(graph: Graph, document: str, known: Mapping[str, Source]) -> Iterator[Unresolved]:
    """Yield the undecided citations that leave open what would tell them from ``document``, and say nothing else."""
    if not is_urn(document):
        return
    meant = parse_urn(document)
    keys = {*lookup_keys(document), running_key(None, (meant.number or "").partition("-")[0])}
    for row in select(graph, "unresolved", {"key": [(Literal(key),) for key in sorted(keys)]}):
        if _may_mean(parse_candidate(str(row["candidate"])), meant):
            yield Unresolved(known[str(row["report"])], str(row["quote"]), int(row["start"] or 0))


def _may_mean(cited: Parts, meant: Parts) -> bool:
    """Whether all that the citation says is true of the document.

    >>> decree = parse_urn("urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp")
    >>> [_may_mean(Parts((), (), "nghi.dinh", None, number), decree) for number in ("60", "6", "60-nq-cp")]
    [True, False, False]
    """
    return (
        cited.type in (None, meant.type)
        and bool(cited.number)
        and (cited.number == meant.number or (meant.number or "").startswith(f"{cited.number}-"))
        and cited.year in (None, meant.year)
        and (not cited.authority or cited.authority == meant.authority)
        and cited.province in (None, meant.province)
    )
