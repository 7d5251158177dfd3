"""The graph as CSV files for ``neo4j-admin database import full``, for millions of nodes.

The import writes a new database at once, without transactions, and in the end it is the same as
after `kg.neo4j.load.load`: digests included, so a later load writes only what has changed since.
``import.sh`` in the folder runs the import, ``schema.cypher`` creates constraints and indexes
afterwards (so does the next load).  What is in memory does not grow with the graph.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from pyoxigraph import DefaultGraph, NamedNode, Store

from kg.graph.store import Graph
from kg.messages import KgError
from kg.neo4j.model import (
    DESCRIBES,
    SHARED,
    Description,
    Link,
    Node,
    Properties,
    Property,
    digest,
    image,
    label_of,
    shared,
)
from kg.neo4j.schema import SCHEMA
from kg.ontology.vocabulary import term

__all__ = ["Exported", "export_csv"]

_A: Final = term("rdf:type")
_BETWEEN: Final = "\ufdd0"
"""Stands between the values of a list: a noncharacter, which Unicode keeps for such use and out of texts."""
_INSTEAD: Final = "\ufffd"
_TYPES: Final = {str: "string", int: "long", float: "double", bool: "boolean"}
_SEEN: Final = 100_000
_COMMAND: Final = """\
#!/bin/sh
# Writes a database from the files of this folder IN PLACE OF what it holds; the server must be stopped.
# Usage: sh import.sh [database]      NEO4J_ADMIN names the program if it is not on the PATH.
admin=$(command -v "${{NEO4J_ADMIN:-neo4j-admin}}") || {{ echo "no neo4j-admin: set NEO4J_ADMIN" >&2; exit 2; }}
case $admin in /*) ;; *) admin=$PWD/$admin ;; esac
cd "$(dirname "$0")" || exit
exec "$admin" database import full "${{1:-neo4j}}" --overwrite-destination=true \\
  --id-type=string --array-delimiter=U+FDD0 --multiline-fields=true --bad-tolerance=0 \\
{files}
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    nodes: int
    relationships: int
    command: Path
    """The shell script that runs the import."""


def export_csv(graph: Graph, directory: str | os.PathLike[str]) -> Exported:
    """Write ``graph`` into ``directory``, which must be empty or not exist (else KgError)."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise KgError.of("neo4j.foreign", path=folder)
    with _Tables(folder) as tables:
        _write(graph.store, tables)
    command = folder / "import.sh"
    command.write_text(
        _COMMAND.format(files=" \\\n".join(f"  '{option}'" for option in tables.options)), encoding="utf-8"
    )
    (folder / "schema.cypher").write_text("".join(f"{line};\n" for line in SCHEMA), encoding="utf-8")
    return Exported(tables.nodes, tables.relationships, command)


def _write(store: Store, tables: _Tables) -> None:
    untyped = _Untyped(store)
    for name in store.named_graphs():
        if isinstance(name, NamedNode):
            _write_graph(store, name.value, tables, untyped)
    for uri in _shared(store):
        _write_shared(store, uri, tables, untyped)
    # What is pointed to and has no class, such as a document that is only suggested.
    for uri in untyped:
        _write_shared(store, uri, tables, untyped)


def _write_graph(store: Store, graph: str, tables: _Tables, untyped: _Untyped) -> None:
    own = Node(graph, None, {"uri": graph})
    for item in image(store, graph):
        if isinstance(item, Description):
            if item.label is None:
                untyped.see(item.uri)
            lists: Properties = {**item.properties}
            tables.link(Link(graph, DESCRIBES, item.uri, lists))
        elif isinstance(item, Link):
            tables.link(item)
            untyped.see(item.start)
            untyped.see(item.end)
        elif item.uri == graph:
            own = item
        else:
            tables.node((item.label,), item.properties)
    tables.node(("Graph", own.label), {**own.properties, "digest": digest(store, graph).value})


def _shared(store: Store) -> Iterator[str]:
    """Yield the nodes with a class of their own that many graphs speak of."""
    for quad in store.quads_for_pattern(None, _A, None, DefaultGraph()):
        if isinstance(quad.object, NamedNode) and label_of(quad.object) in SHARED:
            yield quad.subject.value  # type: ignore[union-attr]


def _write_shared(store: Store, uri: str, tables: _Tables, untyped: _Untyped) -> None:
    label, properties, links = shared(store, uri)
    tables.node((label,), properties)
    for kind, end in sorted(links):
        tables.link(Link(uri, kind, end, {}))
        untyped.see(end)


class _Untyped:
    """The nodes without a class among those that are seen; seeing goes on while they are iterated over."""

    def __init__(self, store: Store) -> None:
        self._found: dict[str, None] = {}
        self.see = lru_cache(maxsize=_SEEN)(self._see)
        self._store = store

    def _see(self, uri: str) -> None:
        typed = self._store.quads_for_pattern(NamedNode(uri), _A, None, DefaultGraph())
        if next(typed, None) is None:
            self._found[uri] = None

    def __iter__(self) -> Iterator[str]:
        done = 0
        while done < len(self._found):
            for uri in list(self._found)[done:]:
                done += 1
                yield uri


class _Tables:
    """Tables for each set of labels and each type of relationship: one, or more where types of values differ."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, list[_Table]] = {}
        self.nodes = self.relationships = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in self._all():
            table.close()

    def node(self, labels: Iterable[str | None], properties: Properties) -> None:
        names = ["Resource", *filter(None, labels)]
        others = {key: value for key, value in properties.items() if key != "uri"}
        self._row("nodes", names, {"uri:ID": properties["uri"]}, others)
        self.nodes += 1

    def link(self, link: Link) -> None:
        self._row("relationships", [link.type], {":START_ID": link.start, ":END_ID": link.end}, link.properties)
        self.relationships += 1

    def _row(self, what: str, names: list[str], keys: Mapping[str, Property], properties: Properties) -> None:
        option = f"--{what}={':'.join(names)}"
        several = self._tables.setdefault(option, [])
        table = next((table for table in several if table.takes(properties)), None)
        if table is None:
            table = _Table(self._folder, option, "-".join([what, *names, str(len(several) + 1)]))
            several.append(table)
        table.row(keys, properties)

    def _all(self) -> Iterator[_Table]:
        for _, several in sorted(self._tables.items()):
            yield from several

    @property
    def options(self) -> list[str]:
        """What names the files to the import."""
        return [option for table in self._all() for option in table.options]


class _Table:
    """Rows in CSV files; a property that turns up late begins another file, with one column more."""

    def __init__(self, folder: Path, option: str, name: str) -> None:
        self._folder, self._option, self._name = folder, option, name
        self._kinds: dict[str, str] = {}
        self._file: IO[str] | None = None
        self.options: list[str] = []

    def takes(self, properties: Properties) -> bool:
        """Tell whether the values are of the types that the columns have: one text is no list of texts."""
        kinds = self._kinds
        return all(
            kinds.get(key, kind) == kind for key, kind in zip(properties, map(_kind, properties.values()), strict=True)
        )

    def row(self, keys: Mapping[str, Property], properties: Properties) -> None:
        """Write a row that the table takes."""
        late = properties.keys() - self._kinds.keys()
        if self._file is None or late:
            self._kinds |= {key: _kind(value) for key, value in properties.items() if key in late}
            self._file = self._next(keys)
        values = [*keys.values(), *map(properties.get, self._kinds)]
        self._file.write(",".join(map(_cell, values)) + "\n")

    def _next(self, keys: Iterable[str]) -> IO[str]:
        self.close()
        name = f"{self._name}-{len(self.options) + 1}.csv"
        self.options.append(f"{self._option}={name}")
        file = (self._folder / name).open("w", encoding="utf-8", newline="")
        columns = (f"{key}:{kind}" for key, kind in self._kinds.items())
        file.write(",".join([*keys, *columns]) + "\n")
        return file

    def close(self) -> None:
        if self._file:
            self._file.close()


def _kind(value: Property) -> str:
    if isinstance(value, list):
        return f"{_TYPES[type(value[0])]}[]"
    return _TYPES[type(value)]


def _cell(value: Property | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        value = _BETWEEN.join(str(one).replace(_BETWEEN, _INSTEAD) for one in value)
    return '"' + value.replace('"', '""') + '"'
