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
from kg.store import Graph, KgError
from kg.vocabulary import term

__all__ = ["Exported", "export_csv"]

_A: Final = term("rdf:type")
_BETWEEN: Final = "\x1f"
"""Stands between the values of a list: the unit separator, which no text has."""
_TYPES: Final = {str: "string", int: "long", float: "double", bool: "boolean"}
_SEEN: Final = 100_000
_COMMAND: Final = """\
#!/bin/sh
# Writes a new database from the files of this folder; the server must not be running on it.
# Usage: sh import.sh [database]      NEO4J_ADMIN names the program if it is not on the PATH.
cd "$(dirname "$0")" || exit
exec "${{NEO4J_ADMIN:-neo4j-admin}}" database import full "${{1:-neo4j}}" --overwrite-destination=true \\
  --id-type=string --array-delimiter=U+001F --multiline-fields=true --bad-tolerance=0 \\
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
    """A table for each set of labels and each type of relationship."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, _Table] = {}
        self.nodes = self.relationships = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in self._tables.values():
            table.close()

    def node(self, labels: Iterable[str | None], properties: Properties) -> None:
        names = ":".join(["Resource", *filter(None, labels)])
        if names not in self._tables:
            self._tables[names] = _Table(self._folder, f"--nodes={names}", f"nodes-{names.replace(':', '-')}")
        self._tables[names].row({"uri:ID": properties["uri"]}, {k: v for k, v in properties.items() if k != "uri"})
        self.nodes += 1

    def link(self, link: Link) -> None:
        if link.type not in self._tables:
            table = _Table(self._folder, f"--relationships={link.type}", f"relationships-{link.type}")
            self._tables[link.type] = table
        self._tables[link.type].row({":START_ID": link.start, ":END_ID": link.end}, link.properties)
        self.relationships += 1

    @property
    def options(self) -> list[str]:
        """What names the files to the import."""
        return [option for _, table in sorted(self._tables.items()) for option in table.options]


class _Table:
    """Rows in CSV files; a property that turns up late begins another file, with one column more."""

    def __init__(self, folder: Path, option: str, name: str) -> None:
        self._folder, self._option, self._name = folder, option, name
        self._columns: dict[str, str] = {}
        self._file: IO[str] | None = None
        self.options: list[str] = []

    def row(self, keys: Mapping[str, Property], properties: Properties) -> None:
        late = False
        for key, value in properties.items():
            column = f"{key}:{_kind(value)}"
            late = late or key not in self._columns
            if self._columns.setdefault(key, column) != column:
                raise KgError.of("neo4j.types", key=key, label=self._name)
        if self._file is None or late:
            self._file = self._next(keys)
        values = [*keys.values(), *map(properties.get, self._columns)]
        self._file.write(",".join(map(_cell, values)) + "\n")

    def _next(self, keys: Iterable[str]) -> IO[str]:
        self.close()
        name = f"{self._name}-{len(self.options) + 1}.csv"
        self.options.append(f"{self._option}={name}")
        file = (self._folder / name).open("w", encoding="utf-8", newline="")
        file.write(",".join([*keys, *self._columns.values()]) + "\n")
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
        value = _BETWEEN.join(str(one).replace(_BETWEEN, " ") for one in value)
    return '"' + value.replace('"', '""') + '"'
