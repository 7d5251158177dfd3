"""What the workers do: functions from Arrow batches to Arrow batches, for ``DataFrame.mapInArrow``.

A document that can't be read becomes a row with its ``error``, never a failed task.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pyarrow as pa  # type: ignore[import-untyped]
from pyoxigraph import RdfFormat, parse

from kg.documents.record import Record
from kg.output.arrow import schema
from kg.output.frames import TABLES, rows
from kg.pipeline.attempt import attempt
from kg.pipeline.document import Document, Statements
from kg.pipeline.inputs import Failure, Found, documents

__all__ = ["DIGESTS", "DOCUMENTS", "READ", "READ_TABLES", "digests", "iri_of", "opener", "reader", "shown"]

READ_TABLES: Final = tuple(name for name in TABLES if name != "resolutions")
"""The tables that the reading of one document fills."""
DOCUMENTS: Final = pa.schema(
    [
        ("iri", pa.string()),
        ("path", pa.string()),
        ("name", pa.string()),
        ("content", pa.binary()),
        ("text", pa.string()),
        ("record", pa.string()),
        ("error", pa.string()),
    ]
)
"""A document to be read: its content as bytes of a file or as text, its record as JSON."""
READ: Final = pa.schema(
    [
        ("source", pa.string()),
        ("path", pa.string()),
        ("digest", pa.string()),
        ("extractor", pa.string()),
        ("characters", pa.int64()),
        ("error", pa.string()),
        ("nquads", pa.string()),
        *((f"t_{name}", pa.list_(pa.struct(list(schema(name))))) for name in READ_TABLES),
    ]
)
"""A document that was read: its N-Quads and its rows of each table, or its error."""
DIGESTS: Final = pa.schema([("source", pa.string()), ("digest", pa.string())])

_TOGETHER: Final = 16
"""Documents that one batch holds."""

Batches = Iterable[Any]
"""``pyarrow.RecordBatch``."""


def iri_of(path: str) -> str:
    """The name of the graph of the file at a Hadoop path, as a local build gives it.

    >>> iri_of("file:/data/quý 1/a.txt"), iri_of("hdfs://nn:8020/data/a.txt")
    ('file:///data/qu%C3%BD%201/a.txt', 'hdfs://nn:8020/data/a.txt')
    """
    scheme, _, rest = path.partition(":")
    if scheme == "file":
        return "file://" + quote("/" + rest.lstrip("/"))
    authority, slash, below = rest.removeprefix("//").partition("/")
    return f"{scheme}://{authority}{slash}{quote(below)}"


def shown(path: str) -> str:
    """The path that answers show: of a local file without ``file:``."""
    return "/" + path.removeprefix("file:").lstrip("/") if path.startswith("file:") else path


def opener(text_column: str | None) -> Callable[[Batches], Batches]:
    """Return the function from files (``path``, ``content``) to the documents in them (`DOCUMENTS`).

    Archives and tables are opened as `kg.pipeline.inputs` opens them, ``text_column`` as there.
    """
    return lambda batches: _batched(_opened(batches, text_column), DOCUMENTS)


def _opened(batches: Batches, text_column: str | None) -> Iterator[dict[str, Any]]:
    for path, content in _columns(batches, "path", "content"):
        with tempfile.TemporaryDirectory() as folder:
            # The readers of archives and tables seek, so they need a file.
            file = Path(folder).resolve() / path.rsplit("/", 1)[-1]
            file.write_bytes(content)
            for item in documents([file], text_column=text_column):
                if isinstance(item, Found):
                    yield _moved(item.document, file, path)
                elif isinstance(item, Failure):
                    place, message = (text.replace(str(file), shown(path)) for text in (item.path, item.message))
                    yield {"iri": iri_of(path), "path": place, "error": message}


def _moved(document: Document, file: Path, path: str) -> dict[str, Any]:
    content = document.content
    return {
        "iri": iri_of(path) + document.iri.removeprefix(file.as_uri()),
        "path": shown(path) + document.path.removeprefix(str(file)),
        "name": document.name,
        "content": content if isinstance(content, bytes) else None,
        "text": content if isinstance(content, str) else None,
        "record": json.dumps(asdict(document.record), ensure_ascii=False) if document.record else None,
    }


def reader(extractor: str) -> Callable[[Batches], Batches]:
    """Return the function from documents (`DOCUMENTS`) to what they say (`READ`).

    ``extractor`` is the version of the program on the driver: a worker with another one reads nothing.
    """
    return lambda batches: _batched(_read(batches, extractor), READ)


def _read(batches: Batches, extractor: str) -> Iterator[dict[str, Any]]:
    from kg.pipeline.document import extractor_version

    if extractor_version() != extractor:
        raise RuntimeError(f"a worker has {extractor_version()}, the driver {extractor}: ship one package to all")
    for document, error in _documents(batches):
        iri, path = document.iri, document.path
        if error:
            yield {"source": iri, "path": path, "error": error}
            continue
        found = attempt(document, known=None, extractor=extractor)
        if isinstance(found, Statements):
            said = (quad.triple for quad in parse(found.triples, format=RdfFormat.N_TRIPLES))
            yield {
                "source": iri,
                "path": path,
                "digest": found.sha256,
                "extractor": extractor,
                "characters": found.characters,
                "nquads": found.nquads().decode().removesuffix("\n"),
                **{f"t_{table}": of for table, of in rows(iri, said).items()},
            }
        else:
            yield {"source": iri, "path": path, "error": found}


def digests(batches: Batches) -> Batches:
    """From documents (`DOCUMENTS`) to their digests (`DIGESTS`)."""
    known = (
        {"source": document.iri, "digest": document.sha256()} for document, error in _documents(batches) if not error
    )
    return _batched(known, DIGESTS)


def _documents(batches: Batches) -> Iterator[tuple[Document, str | None]]:
    for iri, path, name, content, text, record, error in _columns(batches, *DOCUMENTS.names):
        known = Record(**json.loads(record)) if record else Record()
        yield Document(iri, path, (text or "") if content is None else content, name or "", known), error


def _columns(batches: Batches, *names: str) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        for row in zip(*(batch.column(name) for name in names), strict=True):
            yield tuple(cell.as_py() for cell in row)


def _batched(found: Iterable[dict[str, Any]], of: Any) -> Iterator[Any]:
    waiting: list[dict[str, Any]] = []
    for row in found:
        waiting.append(row)
        if len(waiting) == _TOGETHER:
            yield pa.RecordBatch.from_pylist(waiting, schema=of)
            waiting = []
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=of)
