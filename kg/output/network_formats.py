"""A property graph in the forms of other programs: GraphML, GEXF, Cytoscape, Graphviz, tables for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

from kg.output.files import replacing
from kg.output.network import ATTRIBUTES

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = nx.MultiDiGraph[str]

__all__ = ["NETWORK", "write_csv"]


def _write_graphml(found: Network, file: IO[bytes]) -> None:
    import networkx as nx

    nx.write_graphml(found, file, named_key_ids=True)


def _write_gexf(found: Network, file: IO[bytes]) -> None:
    import networkx as nx

    for start, end, key, attributes in found.edges(keys=True, data=True):
        found.edges[start, end, key].update(id=key, **attributes)
    nx.write_gexf(found, file)


def _write_cytoscape(found: Network, file: IO[bytes]) -> None:
    import networkx as nx

    data = nx.cytoscape_data(found, name="label", ident="iri")
    file.write(json.dumps(data, ensure_ascii=False, indent=1).encode())


def _write_dot(found: Network, file: IO[bytes]) -> None:
    """Write Graphviz DOT; quoted strings need no escape but that of quote and backslash."""

    def line(*words: str, **attributes: str) -> bytes:
        listed = ", ".join(f"{name}={_dot(value)}" for name, value in attributes.items())
        return f"  {' -> '.join(map(_dot, words))} [{listed}];\n".encode()

    file.write(b"digraph kg {\n  node [shape=box];\n")
    for node, data in found.nodes(data=True):
        file.write(line(node, label=data["label"], class_=data["kind"]).replace(b"class_=", b"class="))
    for start, end, data in found.edges(data=True):
        file.write(line(start, end, label=data["rel"], tooltip=data.get("quote", data["rel"])))
    file.write(b"}\n")


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n")
    return f'"{escaped}"'


_NODE_COLUMNS: Final = ("id", "label", "kind", *ATTRIBUTES)
_EDGE_COLUMNS: Final = ("source", "target", "rel", "quote", "status", "section", "report")


def write_csv(found: Network, path: Path) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` into the folder ``path``, or an archive whose name ends in ``.zip``."""
    nodes = ({**data, "id": node} for node, data in found.nodes(data=True))
    edges = ({**data, "source": start, "target": end} for start, end, data in found.edges(data=True))
    tables = {"nodes.csv": _csv(_NODE_COLUMNS, nodes), "edges.csv": _csv(_EDGE_COLUMNS, edges)}
    if path.suffix.lower() == ".zip":
        with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in tables.items():
                # A fixed date, so that the same graph gives the same archive.
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        with replacing(path / name) as file:
            file.write(content)


def _csv(columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


NETWORK: Final[dict[str, Callable[[Any, IO[bytes]], None]]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "cytoscape": _write_cytoscape,
    "dot": _write_dot,
}
