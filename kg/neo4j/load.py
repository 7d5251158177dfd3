"""Writes a graph to a Neo4j server.

Each named graph carries a digest of its content on its node, set in the transaction that
completes it.  So a load writes what is new or changed and nothing else, and one that was
interrupted goes on where it stopped.  A changed named graph is taken back and written again in
one transaction; one of more than `BATCH` triples, which no single document is, takes several.

Shared nodes whose descriptions changed are marked ``Stale`` by the same transactions; in the end
`kg.neo4j.settle` gives each of them the union of its descriptions and takes the mark away.
Only one load at a time may write to a database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from kg.graph.interrupts import outcome, submit
from kg.graph.store import Graph
from kg.neo4j.model import (
    DESCRIBES,
    EVIDENCE,
    OWNED,
    Description,
    Digest,
    Item,
    Link,
    Node,
    digest,
    image,
    owned_prefix,
)
from kg.neo4j.schema import prepare
from kg.neo4j.server import Server, Step
from kg.neo4j.settle import ENDS, settle

__all__ = ["BATCH", "Loaded", "Phase", "Progress", "load"]

BATCH: Final = 30_000
"""Triples a transaction, about 10,000 nodes and relationships."""

Phase: TypeAlias = Literal["comparing", "writing", "settling"]
Progress: TypeAlias = Callable[[Phase, int, int], None]
"""Called with the phase, how much of it is done, and how much there is: ``comparing`` counts named
graphs, ``writing`` triples, ``settling`` shared nodes."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: named graphs written, unchanged and removed, and the items written for them."""

    written: int
    unchanged: int
    removed: int
    nodes: int
    relationships: int
    settled: int
    """Shared nodes that were brought up to date."""


def load(graph: Graph, server: Server, *, progress: Progress | None = None, batch: int = BATCH) -> Loaded:
    """Make the server's database hold exactly ``graph``, as far as labels of this package go.

    Raises KgError where the server can't be reached or refuses; the next load goes on from there.
    """
    prepare(server)
    known = {row["uri"]: row["digest"] for row in server.read(_KNOWN)}
    found = _digests(graph, progress)
    todo = {iri: state for iri, state in sorted(found.items()) if known.get(iri) != state.value}
    gone = sorted(known.keys() - found.keys())
    for start in range(0, len(gone), 100):
        removal = _removal(gone[start : start + 100])
        server.write(removal, again=removal)
    with ThreadPoolExecutor(max_workers=1) as pool:
        writer = _Writer(server, graph, known, pool, batch, progress, sum(state.triples for state in todo.values()))
        for iri, state in todo.items():
            writer.add(iri, state)
        writer.flush()
        writer.wait()
    settled = settle(server, partial(progress, "settling") if progress else None)
    return Loaded(len(todo), len(found) - len(todo), len(gone), writer.nodes, writer.relationships, settled)


def _digests(graph: Graph, progress: Progress | None) -> dict[str, Digest]:
    names = [name.value for name in graph.names()]
    found = {}
    for number, name in enumerate(names, 1):
        found[name] = digest(graph.store, name)
        if progress:
            progress("comparing", number, len(names))
    return found


# --- named graphs ------------------------------------------------------------------------------------------

_KNOWN: Final = "MATCH (g:Graph) RETURN g.uri AS uri, g.digest AS digest"


@dataclass(slots=True)
class _Batch:
    """What one transaction writes."""

    graphs: dict[str, str | None] = field(default_factory=dict)
    """IRI -> digest, None while more of the graph is to come."""
    begun: list[str] = field(default_factory=list)
    """Graphs of which this is the first part."""
    triples: int = 0
    items: list[Item] = field(default_factory=list)


class _Writer:
    """Collects whole named graphs until they are worth a transaction; while one is written, the next is read."""

    def __init__(
        self,
        server: Server,
        graph: Graph,
        known: Container[str],
        pool: Executor,
        size: int,
        progress: Progress | None,
        total: int,
    ) -> None:
        self.server, self.store, self.pool, self.known = server, graph.store, pool, known
        self.writing: tuple[Future[Any], _Batch] | None = None
        self.size, self.progress, self.total = size, progress, total
        self.done = self.nodes = self.relationships = 0
        self.batch = _Batch()

    def add(self, iri: str, state: Digest) -> None:
        if self.batch.triples and self.batch.triples + state.triples > self.size:
            self.flush()
        self.batch.begun.append(iri)
        self.batch.graphs[iri] = None
        left = state.triples
        for item in image(self.store, iri):
            self.batch.items.append(item)
            if len(self.batch.items) >= self.size:  # only a graph that is alone in its batch grows so large
                self.batch.triples = len(self.batch.items)  # at least; the rest counts in the end
                left -= self.batch.triples
                self.flush()
                self.batch.graphs[iri] = None
        self.batch.graphs[iri] = state.value
        self.batch.triples += left

    def flush(self) -> None:
        batch, self.batch = self.batch, _Batch()
        if not batch.graphs:
            return
        insertion = _insertion(batch)
        steps = [*_removal([iri for iri in batch.begun if iri in self.known]), *insertion]
        whole = len(batch.begun) == len(batch.graphs)
        again = [*_removal(batch.begun), *insertion] if whole else []
        self.wait()
        self.writing = submit(self.pool, self.server.write, steps, again=again), batch

    def wait(self) -> None:
        """Wait for the transaction that is under way, and count what it wrote."""
        if self.writing is None:
            return
        (under_way, batch), self.writing = self.writing, None
        outcome(under_way)
        self.nodes += sum(not isinstance(item, Link) for item in batch.items)
        self.relationships += sum(not isinstance(item, Node) for item in batch.items)
        self.done += batch.triples
        if self.progress:
            self.progress("writing", self.done, self.total)


def _removal(graphs: list[str]) -> list[Step]:
    """Take back what graphs say; their own nodes stay, bare and stale, as long as others point to them."""
    if not graphs:
        return []
    prefixes = [owned_prefix(iri) for iri in graphs]
    own = f"SET n = {{uri: n.uri}}, n:Stale REMOVE n:{':'.join(sorted(OWNED))}"
    return [
        *((_REMOVE_EVIDENCE.format(type=kind), {"graphs": graphs}) for kind in EVIDENCE),
        (f"{_OWN} OPTIONAL MATCH (n)-[r]->(end) SET end:Stale DELETE r", {"prefixes": prefixes}),
        (f"{_OWN} {own}", {"prefixes": prefixes}),
        (f"{_SELF} OPTIONAL MATCH (n)-[r]->(end) SET end:Stale DELETE r", {"graphs": graphs}),
        (f"{_SELF} {own}", {"graphs": graphs}),
    ]


_REMOVE_EVIDENCE: Final = """
UNWIND $graphs AS graph
MATCH (start)-[r:{type}]->(end) WHERE r.hasSource = graph
SET start:Stale, end:Stale
DELETE r
"""
_OWN: Final = "UNWIND $prefixes AS prefix MATCH (n:Resource) WHERE n.uri STARTS WITH prefix"
_SELF: Final = "UNWIND $graphs AS graph MATCH (n:Resource {uri: graph})"


def _insertion(batch: _Batch) -> list[Step]:
    nodes: defaultdict[str | None, list[dict[str, Any]]] = defaultdict(list)
    described: defaultdict[str | None, list[str]] = defaultdict(list)
    links: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    ends = dict[str, None]()
    for item in batch.items:
        if isinstance(item, Node):
            nodes[item.label].append(item.properties)
        elif isinstance(item, Description):
            described[item.label].append(item.uri)
            links[DESCRIBES].append({"start": item.graph, "end": item.uri, "properties": item.properties})
        else:
            links[item.type].append({"start": item.start, "end": item.end, "properties": item.properties})
            ends.update({item.start: None, item.end: None})
    there = {row["uri"] for rows in nodes.values() for row in rows} | {u for uris in described.values() for u in uris}
    return [
        (_BEGIN, {"rows": list(batch.graphs)}),
        *((_node(label), {"rows": rows}) for label, rows in nodes.items()),
        *((_described(label), {"rows": list(dict.fromkeys(uris))}) for label, uris in described.items()),
        (ENDS, {"rows": [uri for uri in ends if uri not in there]}),
        *((_CREATE.format(type=kind), {"rows": rows}) for kind, rows in links.items()),
        (_COMPLETE, {"rows": [{"uri": iri, "digest": value} for iri, value in batch.graphs.items()]}),
    ]


_BEGIN: Final = "UNWIND $rows AS uri MERGE (n:Resource {uri: uri}) SET n:Graph REMOVE n:Stale"
_CREATE: Final = """
UNWIND $rows AS row
MATCH (start:Resource {{uri: row.start}})
MATCH (end:Resource {{uri: row.end}})
CREATE (start)-[r:{type}]->(end)
SET r = row.properties
"""
_COMPLETE: Final = "UNWIND $rows AS row MATCH (g:Resource {uri: row.uri}) SET g.digest = row.digest"


def _node(label: str | None) -> str:
    labels = f"SET n:{label}" if label else ""
    return f"UNWIND $rows AS row MERGE (n:Resource {{uri: row.uri}}) SET n = row {labels} REMOVE n:Stale"


def _described(label: str | None) -> str:
    more = {None: "", "LegalDocument": ":LegalDocument, n.urn = uri"}.get(label, f":{label}")
    return f"UNWIND $rows AS uri MERGE (n:Resource {{uri: uri}}) SET n:Stale{more}"
