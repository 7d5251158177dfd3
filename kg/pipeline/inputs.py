"""What there is to read in files, folders, archives and tables of documents.

`documents` yields each document as a work item that is cheap to make and to send elsewhere: a file
by its path, a member of an archive or a row of a table with its content.  A document's IRI, the
name of its graph, is that of its file; in an archive or a table it goes on with the member's name
or the row's id, so it is the same however often the container is read::

    file:///data/reports/a.docx
    file:///data/2024.zip/quy%201/a.docx       path in answers: 2024.zip/quy 1/a.docx
    file:///data/corpus.jsonl.gz/d00001        path in answers: corpus.jsonl.gz/d00001

A row without an id is known by its number in the table.  Containers within containers are not opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import quote, quote_from_bytes

from kg.documents.record import Record
from kg.loaders import archives, loaders, tables
from kg.messages import say, told
from kg.pipeline.document import Document

__all__ = [
    "Collection",
    "Failure",
    "Found",
    "Ignored",
    "Stamp",
    "Unchanged",
    "documents",
    "iri_of",
    "is_collection",
    "missing",
]

_COLLECTIONS: Final = (*archives.ARCHIVES, *tables.TABLES)
_TOGETHER: Final = 1000
"""Files of a folder that are compared with what is known of them at once."""


class Stamp(NamedTuple):
    """Size in bytes and time of change in nanoseconds: what tells cheaply that a file is as it was."""

    size: int
    changed: int

    @classmethod
    def of(cls, path: Path | os.DirEntry[str]) -> Stamp | None:
        """Return the stamp of a regular file, None for what is none or isn't there."""
        try:
            found = path.stat()
        except OSError:
            return None
        return cls(found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and one line that says why and what to do."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file of a kind that no loader reads."""

    path: str


@dataclass(frozen=True, slots=True)
class Collection:
    """An archive or table that has been read to its end; ``whole`` unless some of it could not be read."""

    iri: str
    stamp: Stamp
    whole: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A document, and how many bytes of input it stands for."""

    document: Document
    size: int
    stamp: Stamp | None
    """Of a file of its own."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Documents in files of their own that are as they were: how many, their bytes, and the path of the last."""

    files: int
    size: int
    path: str


Item: TypeAlias = Found | Failure | Ignored | Collection | Unchanged


def iri_of(path: Path) -> str:
    """The ``file:`` URI of a file, links followed."""
    return Path(os.path.realpath(path)).as_uri()  # Path.resolve fails on links that go round


def is_collection(name: str) -> bool:
    """Whether a file of this name is an archive or a table.

    >>> is_collection("Báo cáo 2024.ZIP"), is_collection("a.tar.gz"), is_collection("corpus.jsonl.gz")
    (True, True, True)
    >>> is_collection("a.docx")
    False
    """
    return name.lower().endswith(_COLLECTIONS)


def documents(
    paths: Iterable[str | os.PathLike[str]],
    *,
    text_column: str | None = None,
    leave_out: Path | None = None,
    unchanged: Callable[[str, Stamp], bool] = lambda _iri, _stamp: False,
    same: Callable[[Mapping[str, Stamp]], Set[str]] = lambda _stamps: frozenset(),
) -> Iterator[Item]:
    """Yield every document of files and folders (recursively), and what is wrong or left out.

    ``text_column`` names the column of the text in tables that don't call it so, ``leave_out`` is
    a folder that is not entered.  A collection for which ``unchanged`` is true is not opened; what
    it holds is then not yielded, only the `Collection`.  Of many files at once, by IRI, ``same`` tells
    which are as they were; they are only counted, as `Unchanged`.  Nothing is raised for single files.
    """
    suffixes = tuple(suffix for loader in loaders() for suffix in loader.suffixes)
    walk = _Walk(text_column, unchanged, same, suffixes)
    for path in map(Path, paths):
        if path.is_dir():
            root = Path(os.path.realpath(path)).as_uri().rstrip("/")
            for files in _files(str(path), root, leave_out):
                yield from [files] if isinstance(files, Failure) else walk.files(files, named=False)
        else:
            yield from walk.named(path)


class _File(NamedTuple):
    path: str
    name: str
    iri: str
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class _Walk:
    text_column: str | None
    unchanged: Callable[[str, Stamp], bool]
    same: Callable[[Mapping[str, Stamp]], Set[str]]
    suffixes: tuple[str, ...]

    def named(self, path: Path) -> Iterator[Item]:
        if os.path.lexists(path) and path.exists():
            yield from self.files([_File(str(path), path.name, iri_of(path), Stamp.of(path))], named=True)
        else:
            yield Failure(str(path), missing(path))

    def files(self, files: list[_File], *, named: bool) -> Iterator[Item]:
        stamps = {file.iri: file.stamp for file in files if file.stamp and self.is_document(file, named)}
        if stamps and (same := self.same(stamps)):
            as_before = [file for file in files if file.iri in same]
            yield Unchanged(len(as_before), sum(stamps[file.iri].size for file in as_before), as_before[-1].path)
            files = [file for file in files if file.iri not in same]
        for file in files:
            if is_collection(file.name):
                yield from self.collection(file, file.stamp) if file.stamp else self.unopened(file)
            elif self.is_document(file, named):
                document = Document(file.iri, file.path, Path(file.path), file.name)
                yield Found(document, file.stamp.size if file.stamp else 0, file.stamp)
            else:
                yield Ignored(file.path)

    def is_document(self, file: _File, named: bool) -> bool:
        return (named or file.name.lower().endswith(self.suffixes)) and not is_collection(file.name)

    def unopened(self, file: _File) -> Iterator[Item]:
        yield Failure(file.path, missing(Path(file.path)))
        yield Collection(file.iri, Stamp(0, 0), whole=False)

    def collection(self, file: _File, stamp: Stamp) -> Iterator[Item]:
        whole, position = True, 0
        if not self.unchanged(file.iri, stamp):
            for item, reached in self.rows(file) if tables.is_table(file.name) else self.members(file):
                if isinstance(item, Document):
                    yield Found(item, reached - position, None)
                    position = reached
                else:
                    whole = whole and not isinstance(item, Failure)
                    yield item
        yield Collection(file.iri, stamp, whole)

    def members(self, file: _File) -> Iterator[tuple[Document | Failure | Ignored, int]]:
        for member in archives.members(Path(file.path), file.path):
            if isinstance(member, archives.Problem):
                yield Failure(member.path, str(member)), 0
                continue
            shown, name = f"{file.path}/{member.name}", PurePosixPath(member.name)
            if name.suffix.lower() not in self.suffixes:
                yield Ignored(shown), 0
                continue
            try:
                content = member.read()
            except archives.Problem as problem:
                yield Failure(problem.path, str(problem)), 0
                continue
            yield Document(f"{file.iri}/{quote(member.name)}", shown, content, name.name), member.position

    def rows(self, file: _File) -> Iterator[tuple[Document | Failure, int]]:
        for row in tables.rows(Path(file.path), file.path, self.text_column):
            if isinstance(row, archives.Problem):
                yield Failure(row.path, str(row)), 0
                continue
            record = Record.of(row.rest)
            ident = record.id or str(row.number)
            name = PurePosixPath(record.path).name if record.path else ident
            document = Document(f"{file.iri}/{quote(ident, safe='')}", f"{file.path}/{ident}", row.text, name, record)
            yield document, row.position


def missing(path: Path) -> str:
    """Why there is no file to read at ``path``, in one line."""
    if path.is_symlink() and not os.path.exists(path):  # noqa: PTH110 - Path.exists fails on links that go round
        return say("build.dangling", path=path)
    return say("build.special" if os.path.lexists(path) else "build.absent", path=path)


def _files(folder: str, iri: str, leave_out: Path | None) -> Iterator[list[_File] | Failure]:
    """Yield the files below ``folder`` in order of their names, many at once, without hidden ones and links to folders.

    The IRI of a file is put together from that of its folder: asking the system for each is slow.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(folder, say("build.unreadable", path=folder, error=told(error)))
        return
    files, folders = list[_File](), list[tuple[str, str]]()
    for entry in entries:
        path, place = entry.name if folder == "." else entry.path, f"{iri}/{_quoted(entry.name)}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            if not _is_folder(entry):
                files.append(_File(path, entry.name, iri_of(Path(path)), Stamp.of(Path(path))))
        elif entry.is_dir():
            if entry.name != "__pycache__" and Path(path).resolve() != leave_out:
                folders.append((path, place))
        else:
            files.append(_File(path, entry.name, place, Stamp.of(entry)))
        if len(files) == _TOGETHER:
            yield files
            files = []
    if files:
        yield files
    for path, place in folders:
        yield from _files(path, place, leave_out)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that goes round
        return False


_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]+")


def _quoted(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else quote_from_bytes(os.fsencode(name))
