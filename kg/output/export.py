"""The graph, or a view of it, as a file for other programs.

``turtle``, ``nquads`` and ``jsonld`` are RDF (`kg.output.rdf_formats`); ``graphml``, ``gexf``,
``cytoscape``, ``dot`` and ``csv`` are the property graph of a view (`kg.output.network`).
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Final

from kg.graph.store import Graph
from kg.messages import KgError
from kg.output.files import replacing
from kg.output.network import VIEWS, network
from kg.output.network_formats import NETWORK, write_csv
from kg.output.parquet import write_parquet
from kg.output.rdf_formats import RDF, graphs

__all__ = ["FORMATS", "export"]

FORMATS: Final = (*NETWORK, *RDF, "csv", "parquet")


def export(
    graph: Graph,
    format: str,
    out: str | os.PathLike[str] | IO[bytes],
    *,
    view: str = "full",
    document: str | None = None,
    depth: int = 1,
) -> None:
    """Write ``graph`` to ``out``: a path, where an earlier file stays until the new one is whole, or an open file.

    ``document`` (an IRI) keeps what is at most ``depth`` steps from that document, in any
    direction.  ``csv`` writes ``nodes.csv`` and ``edges.csv`` into the folder ``out``, or into an
    archive if its name ends in ``.zip``, never into an open file; ``parquet`` writes the tables of
    `kg.output.frames` into the folder ``out``, always of the whole graph.  Raises KgError for an unknown
    format, view or document.
    """
    if format not in FORMATS:
        raise KgError.of("export.format", given=format, names=", ".join(FORMATS))
    if view not in VIEWS:
        raise KgError.of("export.view", given=view, names=", ".join(VIEWS))
    if write := RDF.get(format):
        whole = view == "full" and document is None
        keep = None if whole else frozenset(network(graph, view=view, document=document, depth=depth))
        with _opened(out) as file:
            write(graphs(graph, keep), file)
    elif format == "parquet":
        if view != "full" or document is not None:
            raise KgError.of("export.whole")
        if not isinstance(out, str | os.PathLike):
            raise KgError.of("export.folder")
        write_parquet(graph, Path(out))
    elif format == "csv":
        if not isinstance(out, str | os.PathLike):
            raise KgError.of("export.folder")
        write_csv(network(graph, view=view, document=document, depth=depth), Path(out))
    else:
        found = network(graph, view=view, document=document, depth=depth)
        with _opened(out) as file:
            NETWORK[format](found, file)


def _opened(out: str | os.PathLike[str] | IO[bytes]) -> AbstractContextManager[IO[bytes]]:
    return replacing(Path(out)) if isinstance(out, str | os.PathLike) else nullcontext(out)
