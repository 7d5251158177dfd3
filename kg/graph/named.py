"""A named graph as text: its N-Triples, the same as N-Quads, and the update that removes it."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

__all__ = ["drop", "in_graph", "ntriples"]


def ntriples(quads: Iterable[Quad]) -> bytes:
    """The triples of quads as N-Triples, whatever their graphs."""
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def in_graph(triples: bytes, iri: str) -> bytes:
    """N-Triples as N-Quads of a named graph."""
    # Only the end of a line has this: a line break in a literal is escaped.
    return triples.replace(b" .\n", f" <{iri}> .\n".encode())


def drop(graph: NamedNode) -> str:
    """Update that removes a named graph, and from the default graph what no other one states."""
    return f"""
        DELETE {{ ?s ?p ?o }} WHERE {{
          GRAPH {graph} {{ ?s ?p ?o }}
          FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {graph}) }}
        }} ;
        DROP SILENT GRAPH {graph}"""
