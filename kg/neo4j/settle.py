"""Brings shared nodes up to date: each shows the union of what named graphs say of it.

Transactions that change descriptions mark the nodes as ``Stale``; so what an interrupted load has
left is known to the next one.  A node that nothing describes any more loses its class, and goes
if nothing points to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from kg.neo4j.model import EVIDENCE, OWNED, SHARED, union
from kg.neo4j.server import Server, Step

__all__ = ["AT_ONCE", "ENDS", "settle"]

AT_ONCE: Final = 2_000
"""Nodes a transaction."""
ENDS: Final = "UNWIND $rows AS uri MERGE (:Resource {uri: uri})"
"""Makes sure that there is what relationships point to."""

_STALE: Final = """
MATCH (n:Stale)
WITH n LIMIT $limit
OPTIONAL MATCH (n)<-[d:DESCRIBES]-()
WITH n, collect(DISTINCT properties(d)) AS descriptions
RETURN n.uri AS uri, labels(n) AS labels, descriptions
"""


def settle(server: Server, progress: Callable[[int, int], None] | None = None) -> int:
    """Bring every stale node up to date, then what becomes stale by that; return how many they were.

    ``progress`` is called with the number of nodes done and of all that are known to be stale.
    """
    (stale,) = server.read("MATCH (n:Stale) RETURN count(n) AS count")
    count = 0
    while rows := server.read(_STALE, limit=AT_ONCE):
        settlement = _settlement(rows)
        server.write(settlement, again=settlement)
        count += len(rows)
        if progress:
            progress(count, max(count, stale["count"]))
    return count


def _settlement(rows: list[dict[str, Any]]) -> list[Step]:
    owned = {row["uri"]: None for row in rows if OWNED.intersection(row["labels"])}
    nodes, left = list[dict[str, Any]](), list[str]()
    links: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["uri"] in owned:
            continue
        label = next((label for label in SHARED if label in row["labels"] and row["descriptions"]), None)
        properties, found = union(row["uri"], label, row["descriptions"])
        nodes.append({"uri": row["uri"], "properties": properties, "links": [list(link) for link in sorted(found)]})
        if not row["descriptions"]:
            left.append(row["uri"])
        for kind, end in sorted(found):
            links[kind].append({"start": row["uri"], "end": end})
    ends = sorted({link["end"] for several in links.values() for link in several})
    return [
        ("UNWIND $rows AS uri MATCH (n:Resource {uri: uri}) REMOVE n:Stale", {"rows": list(owned)}),
        (_REMOVE_LINKS, {"rows": nodes, "evidence": [*EVIDENCE]}),
        (_SETTLED, {"rows": nodes}),
        (ENDS, {"rows": ends}),
        *((_LINK.format(type=kind), {"rows": several}) for kind, several in links.items()),
        (f"UNWIND $rows AS uri MATCH (n:Resource {{uri: uri}}) REMOVE n:{':'.join(SHARED)}", {"rows": left}),
        ("UNWIND $rows AS uri MATCH (n:Resource {uri: uri}) WHERE NOT (n)--() DELETE n", {"rows": left}),
    ]


_REMOVE_LINKS: Final = """
UNWIND $rows AS row
MATCH (:Resource {uri: row.uri})-[r]->(end)
WHERE NOT type(r) IN $evidence AND NOT [type(r), end.uri] IN row.links
SET end:Stale
DELETE r
"""
_SETTLED: Final = "UNWIND $rows AS row MATCH (n:Resource {uri: row.uri}) SET n = row.properties REMOVE n:Stale"
_LINK: Final = """
UNWIND $rows AS row
MATCH (start:Resource {{uri: row.start}})
MATCH (end:Resource {{uri: row.end}})
MERGE (start)-[:{type}]->(end)
"""
