"""The graph, or a view of it, as a file for other programs.

``turtle``, ``nquads`` and ``jsonld`` are RDF.  ``graphml``, ``gexf``, ``cytoscape``, ``dot`` and
``csv`` are a property graph: nodes are documents, reports, bodies, provinces and tasks, each
with a readable ``label`` and a ``kind``; edges carry ``rel``, the ``quote`` that proves them, its
``status`` and ``section``, and the ``report`` that says so.

Views: ``full``; ``documents``, documents and reports with what they do to each other;
``implementation``, who carries out what: provinces, their reports and documents, and the
documents that these implement or were issued for.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from kg.graph.store import Graph
from kg.messages import KgError
from kg.ontology.vocabulary import PREFIXES, term
from kg.output.files import replacing
from kg.output.parquet import write_parquet

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = nx.MultiDiGraph[str]

__all__ = ["FORMATS", "VIEWS", "export", "network"]

VIEWS: Final = ("full", "documents", "implementation")

_KINDS: Final = {
    "kg:LegalDocument": "document",
    "kg:CandidateDocument": "candidate",
    "kg:Report": "report",
    "org:Organization": "body",
    "kg:Province": "province",
    "kg:Task": "task",
}
_DOCUMENTS: Final = ("document", "candidate", "report")
_KINDS_IN_VIEW: Final = {
    "full": frozenset(_KINDS.values()),
    "documents": frozenset(_DOCUMENTS),
    "implementation": frozenset((*_DOCUMENTS, "body", "province")),
}
_CARRIED_OUT: Final = frozenset({"implements", "issued", "guides"})

# What a node says of itself: name of the attribute and the term it comes from.
_ATTRIBUTES: Final = {
    "type": "eli:type_document",
    "number": "eli:id_local",
    "date": "eli:date_document",
    "year": "kg:year",
    "title": "dcterms:title",
    "period": "kg:period",
    "path": "dcterms:source",
    "status": "kg:status",
    "deadline": "kg:deadline",
    "text": "oa:exact",
    "section": "kg:section",
}
# Edges without a statement of their own.
_LINKS: Final = (
    "eli:realizes",
    "eli:passed_by",
    "kg:forProvince",
    "kg:inProvince",
    "kg:resolvedTo",
    "kg:assignedTo",
    "kg:currentUnit",
)
_STATEMENTS: Final = """
SELECT ?node ?from ?rel ?to ?quote ?status ?section ?report {
  ?node a kg:Statement ; rdf:subject ?from ; rdf:predicate ?rel ; rdf:object ?to ;
    oa:exact ?quote ; oa:hasSource ?report .
  OPTIONAL { ?node kg:status ?status }
  OPTIONAL { ?node kg:section ?section }
} ORDER BY ?node
"""
_TASKS: Final = """
SELECT ?node ?rel ?to ?quote ?status ?report {
  ?node a kg:Task ; oa:exact ?quote ; oa:hasSource ?report ; ?rel ?to .
  FILTER(?rel IN (eli:implements, kg:mentions, oa:hasSource))
  OPTIONAL { ?node kg:status ?status }
} ORDER BY ?node ?rel ?to
"""


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
    if write := _RDF.get(format):
        whole = view == "full" and document is None
        keep = None if whole else frozenset(network(graph, view=view, document=document, depth=depth))
        with _opened(out) as file:
            write(_graphs(graph, keep), file)
    elif format == "parquet":
        if view != "full" or document is not None:
            raise KgError.of("export.whole")
        if not isinstance(out, str | os.PathLike):
            raise KgError.of("export.folder")
        write_parquet(graph, Path(out))
    elif format == "csv":
        if not isinstance(out, str | os.PathLike):
            raise KgError.of("export.folder")
        _write_csv(network(graph, view=view, document=document, depth=depth), Path(out))
    else:
        found = network(graph, view=view, document=document, depth=depth)
        with _opened(out) as file:
            _NETWORK[format](found, file)


def network(graph: Graph, *, view: str = "full", document: str | None = None, depth: int = 1) -> Network:
    """Return the property graph of a view, as a networkx graph with IRIs for nodes."""
    import networkx as nx

    found: Network = nx.MultiDiGraph()
    for iri, attributes in _nodes(graph, _KINDS_IN_VIEW[view]):
        found.add_node(iri, **attributes)
    for number, (start, end, attributes) in enumerate(_edges(graph, view), 1):
        if start in found and end in found:
            found.add_edge(start, end, key=f"e{number}", **attributes)
    if view == "implementation":
        # Documents first: a body or province stays for the documents and bodies that stay.
        for kinds in (_DOCUMENTS, ("body",), ("province",)):
            nodes = [node for node, data in found.nodes(data=True) if data["kind"] in kinds]
            found.remove_nodes_from([node for node in nodes if not _carries_out(found, node, kinds[0])])
    if document is None:
        return found
    if document not in found:
        raise KgError.of("export.absent", document=document)
    near: Network = nx.ego_graph(found, document, radius=depth, undirected=True)
    return near


def _carries_out(found: Network, node: str, kind: str) -> bool:
    """Tell whether a document carries out another or is carried out, and anything else belongs to one."""
    if kind in _DOCUMENTS:
        edges = [*found.out_edges(node, data="rel"), *found.in_edges(node, data="rel")]
        return any(rel in _CARRIED_OUT for _, _, rel in edges)
    return any(other != node for other in found.predecessors(node))


def _nodes(graph: Graph, kinds: frozenset[str]) -> Iterator[tuple[str, dict[str, str]]]:
    values: dict[str, dict[str, str]] = {}
    texts: dict[NamedNode, str] = {}

    def first(predicate: str, node: NamedNode, lang: str | None = None) -> str | None:
        """Least value of a property, in ``lang`` if one is given: a document may be described by many reports."""
        found = graph.store.quads_for_pattern(node, term(predicate), None, DefaultGraph())
        told = (quad.object for quad in found)
        return min((text_of(o) for o in told if not lang or getattr(o, "language", None) == lang), default=None)

    def text_of(value: object) -> str:
        if isinstance(value, Literal):
            return value.value
        assert isinstance(value, NamedNode)
        if value not in texts:
            name = first("skos:prefLabel", value, "vi") if value.value.startswith(PREFIXES["kgtype"]) else None
            texts[value] = name or _local(value.value)
        return texts[value]

    for class_name, kind in _KINDS.items():
        if kind not in kinds:
            continue
        for quad in graph.store.quads_for_pattern(None, term("rdf:type"), term(class_name), DefaultGraph()):
            node = quad.subject
            assert isinstance(node, NamedNode)
            if node.value in values:
                continue
            attributes = {
                name: text for name, predicate in _ATTRIBUTES.items() if (text := first(predicate, node)) is not None
            }
            label = first("rdfs:label", node) or _label(attributes, node.value)
            values[node.value] = _clean({"label": label, "kind": kind, "iri": node.value, **attributes})
    return iter(sorted(values.items()))


def _label(attributes: dict[str, str], iri: str) -> str:
    """Name what has no label of its own: a report by its title or file, a task by its words."""
    name = attributes.get("title") or attributes.get("text") or Path(attributes.get("path", iri)).name
    line = " ".join(name.split())
    return line if len(line) <= 80 else line[:79] + "…"


def _edges(graph: Graph, view: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    for row in graph.select(_STATEMENTS):
        if view != "implementation" or _local(str(row["rel"])) in _CARRIED_OUT:
            yield _edge(row)
    if view == "full":
        for row in graph.select(_TASKS):
            yield _edge({**row, "from": row["node"]})
    for name in _LINKS:
        found = graph.store.quads_for_pattern(None, term(name), None, DefaultGraph())
        links = {(quad.subject.value, quad.object.value) for quad in found}  # type: ignore[union-attr]
        for start, end in sorted(links):
            yield start, end, {"rel": _local(name), "label": _local(name)}


def _edge(row: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
    rel = _local(row["rel"])
    attributes = {"rel": rel, "label": rel, "quote": row["quote"], "report": row["report"]}
    for name in ("status", "section"):
        if row.get(name):
            attributes[name] = _local(row[name]) if name == "status" else row[name]
    return row["from"], row["to"], _clean(attributes)


def _local(iri: str) -> str:
    """Last part of an IRI or prefixed name."""
    return re.split(r"[#/:]", iri)[-1]


# Characters that XML 1.0 does not allow, section 2.2.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(attributes: dict[str, str]) -> dict[str, str]:
    return {name: _NOT_XML.sub("", value) for name, value in attributes.items()}


# --- property graph formats ------------------------------------------------------------------------------


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


_NODE_COLUMNS: Final = ("id", "label", "kind", *_ATTRIBUTES)
_EDGE_COLUMNS: Final = ("source", "target", "rel", "quote", "status", "section", "report")


def _write_csv(found: Network, path: Path) -> None:
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


_NETWORK: Final[dict[str, Callable[[Any, IO[bytes]], None]]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "cytoscape": _write_cytoscape,
    "dot": _write_dot,
}


# --- RDF formats -----------------------------------------------------------------------------------------

_Graphs: TypeAlias = Iterator[tuple[NamedNode, list[Quad]]]


def _graphs(graph: Graph, keep: frozenset[str] | None) -> _Graphs:
    """Yield each named graph with its quads in order; ``keep`` selects nodes and what is said of them."""
    for name in graph.names():
        quads = sorted(graph.store.quads_for_pattern(None, None, None, name), key=str)
        if keep is not None:
            quads = _selected(quads, keep)
        if quads:
            yield name, quads


def _selected(quads: list[Quad], keep: frozenset[str]) -> list[Quad]:
    ends: dict[str, int] = {}
    for quad in quads:
        if quad.predicate in _ENDS and _value(quad.object) in keep:
            ends[_value(quad.subject)] = ends.get(_value(quad.subject), 0) + 1
    return [
        quad
        for quad in quads
        if ends.get(_value(quad.subject)) == len(_ENDS)
        or (
            _value(quad.subject) in keep
            and (isinstance(quad.object, Literal) or quad.predicate in _CLASSES or _value(quad.object) in keep)
        )
    ]


_ENDS: Final = (term("rdf:subject"), term("rdf:object"))
_CLASSES: Final = (term("rdf:type"), term("eli:type_document"), term("kg:status"))


def _value(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


def _write_nquads(graphs: _Graphs, file: IO[bytes]) -> None:
    for _, quads in graphs:
        serialize(quads, file, RdfFormat.N_QUADS)


def _write_turtle(graphs: _Graphs, file: IO[bytes]) -> None:
    """Write the union of the graphs."""
    serialize(
        sorted({quad.triple for _, quads in graphs for quad in quads}, key=str),
        file,
        RdfFormat.TURTLE,
        prefixes=dict(PREFIXES),
    )


def _write_jsonld(graphs: _Graphs, file: IO[bytes]) -> None:
    """Write one JSON-LD document, compacted with the project's context, a named graph at a time."""
    file.write(b'{"@context": ' + json.dumps(_context(), ensure_ascii=False).encode())
    file.write(b',\n"@graph": [')
    for number, (name, quads) in enumerate(graphs):
        nodes: dict[str, dict[str, Any]] = {}
        for quad in quads:
            subject = _value(quad.subject)
            node = nodes.setdefault(subject, {"id": subject})
            key, value = _compact(quad)
            node.setdefault(key, []).append(value)
        block = {"id": name.value, "@graph": [_unwrap(node) for node in nodes.values()]}
        file.write(b",\n" if number else b"\n")
        file.write(json.dumps(block, ensure_ascii=False).encode())
    file.write(b"\n]}\n")


def _unwrap(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


def _context() -> dict[str, Any]:
    text = files("kg.ontology").joinpath("context.jsonld").read_text(encoding="utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


@cache
def _terms() -> dict[tuple[str, str | None], str]:
    """Terms of the context by IRI and what their values are: ``@id``, a datatype or ``@language``."""
    terms: dict[tuple[str, str | None], str] = {}
    for name, definition in _context().items():
        if isinstance(definition, dict):
            kind = definition.get("@type") or ("@" + definition["@language"] if "@language" in definition else None)
            terms[_expand(definition["@id"]), _expand(kind) if kind else None] = name
    return terms


def _expand(name: str) -> str:
    return name if name.startswith("@") else term(name).value


def _shorten(iri: str) -> str:
    """Return a prefixed name if there is a prefix for it, else the IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _compact(quad: Quad) -> tuple[str, Any]:
    """Return the key and the value of a quad in the JSON-LD of the project's context."""
    predicate, value = quad.predicate.value, quad.object
    if not isinstance(value, Literal):
        iri = _value(value)
        if quad.predicate == _CLASSES[0]:
            return "type", _shorten(iri)
        key = _terms().get((predicate, "@id"))
        return (key, _shorten(iri)) if key else (_shorten(predicate), {"id": _shorten(iri)})
    kind = f"@{value.language}" if value.language else value.datatype.value
    plain = kind == term("xsd:string").value
    if key := _terms().get((predicate, None if plain else kind)):
        return key, int(value.value) if kind == term("xsd:integer").value else value.value
    shape = {"@language": value.language} if value.language else {"@type": _shorten(kind)}
    return _shorten(predicate), value.value if plain else {"@value": value.value, **shape}


_RDF: Final[dict[str, Callable[[_Graphs, IO[bytes]], None]]] = {
    "turtle": _write_turtle,
    "nquads": _write_nquads,
    "jsonld": _write_jsonld,
}

FORMATS: Final = (*_NETWORK, *_RDF, "csv", "parquet")


def _opened(out: str | os.PathLike[str] | IO[bytes]) -> AbstractContextManager[IO[bytes]]:
    return replacing(Path(out)) if isinstance(out, str | os.PathLike) else nullcontext(out)
