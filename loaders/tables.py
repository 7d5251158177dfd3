"""Tables of documents: JSON Lines (.jsonl, also .gz) and Parquet, a document a row.

The column with the text is known by its name (``ontology/columns.tsv``) or is told; the others
are metadata.  Rows are read a few at a time, whatever the size of the table.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

from kg.loaders.archives import Problem
from kg.messages import messages, say, told
from kg.ontology.tables import column

__all__ = ["TABLES", "Row", "is_table", "rows"]

TABLES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet")
"""The suffixes of tables that are read."""
_LONGEST: Final = 100_000_000
"""Bytes of the longest line that is read."""
_ROWS: Final = 32
"""Rows of a Parquet table that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a table: its number in it (from 1), its text and all other columns."""

    number: int
    text: str
    rest: Mapping[str, object]
    position: int
    """Bytes of the file that are read by now, for those who show progress."""


def is_table(name: str) -> bool:
    """Whether a file of this name is a table of documents.

    >>> is_table("corpus.jsonl.gz"), is_table("corpus.csv")
    (True, False)
    """
    return name.lower().endswith(TABLES)


def rows(path: Path, shown: str, text_column: str | None = None) -> Iterator[Row | Problem]:
    """Yield the documents of the table at ``path``; ``shown`` is its name in messages.

    ``text_column`` names the column of the text where its name doesn't tell.  A row without text
    is a `Problem`; one with the table itself is the last thing that is yielded.
    """
    try:
        found = _parquet(path, text_column) if path.name.lower().endswith(".parquet") else _lines(path, shown)
        for number, row, position in found:
            if isinstance(row, Problem):
                yield row
                continue
            name = text_column if text_column in row else _text_column(row) if text_column is None else None
            text = row.get(name) if name else None
            where = f"{shown}/{number}"
            if name is None:
                wanted = text_column or "text"
                yield Problem(where, say("table.no-column", path=where, column=wanted, columns=", ".join(row)))
            elif not isinstance(text, str) or not text.strip():
                yield Problem(where, say("table.no-text", path=where, column=name))
            else:
                yield Row(number, _sound(text), {k: v for k, v in row.items() if k != name}, position)
    except ModuleNotFoundError:
        yield Problem(shown, say("table.pyarrow", path=shown))
    except (OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
        yield Problem(shown, say("table.damaged", path=shown, error=_told(error)))


def _told(error: Exception) -> str:
    """What is wrong with a table; what Arrow tells in English alone is that it is not sound."""
    by_arrow = type(error).__module__.startswith("pyarrow") or (type(error) is OSError and error.errno is None)
    return told(error) if f"system.{type(error).__name__}" in messages() or not by_arrow else say("system.ArrowInvalid")


def _text_column(row: Mapping[str, object]) -> str | None:
    return next((name for name, value in row.items() if column(name) == "text" and isinstance(value, str)), None)


def _lines(path: Path, shown: str) -> Iterator[tuple[int, dict[str, object] | Problem, int]]:
    with path.open("rb") as file:
        lines: gzip.GzipFile | BufferedReader = (
            gzip.GzipFile(fileobj=file) if path.name.lower().endswith(".gz") else file
        )
        number = 0
        while line := lines.readline(_LONGEST):
            number += 1
            if len(line) == _LONGEST and not line.endswith(b"\n"):
                while (more := lines.readline(_LONGEST)) and not more.endswith(b"\n"):
                    pass
                where = f"{shown}/{number}"
                yield number, Problem(where, say("table.long", path=where)), file.tell()
            elif line.strip():
                yield number, _object(line, f"{shown}/{number}"), file.tell()


def _object(line: bytes, where: str) -> dict[str, object] | Problem:
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf").rstrip())
    except (ValueError, RecursionError) as error:
        why = told(error)
    else:
        if isinstance(row, dict):
            return row
        why = say("registry.object")
    return Problem(where, say("table.not-json", path=where, error=why))


def _parquet(path: Path, text_column: str | None) -> Iterator[tuple[int, dict[str, object], int]]:
    import pyarrow.parquet  # type: ignore[import-untyped]

    with pyarrow.parquet.ParquetFile(path, pre_buffer=False) as table:
        # Nested columns are no metadata, and a wide table has many others that nobody reads.
        wanted = [
            field.name for field in table.schema_arrow if column(field.name) is not None or field.name == text_column
        ]
        total, number = max(table.metadata.num_rows, 1), 0
        size = path.stat().st_size
        for batch in table.iter_batches(batch_size=_ROWS, columns=wanted or None, use_threads=False):
            found: list[dict[str, Any]] = batch.to_pylist()
            for row in found:
                number += 1
                yield number, row, size * number // total


def _sound(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON can hold and no encoding can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
