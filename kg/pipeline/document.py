"""One document to its named graph: the pure function behind every way of building.

Nothing here knows a store, a folder or another document, so documents can be read in any order,
by threads, processes or machines, and their N-Quads loaded by whatever loads N-Quads::

    store.load(nquads(Document.of(data, "reports/a.docx")), RdfFormat.N_QUADS)

The same content under the same IRI gives the same bytes, with the same version of the program and
of its tables (`extractor_version`).

>>> found = statements(Document.of("Triển khai Nghị định số 60/2024/NĐ-CP.", "a.txt", iri="file:///a.txt"))
>>> found.mentions, sorted(found.documents)
(1, ['urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp'])
>>> found.nquads().splitlines()[0].decode().split()[::3]
['<file:///a.txt>', '<file:///a.txt>']
"""

from __future__ import annotations

import json
import os
from dataclasses import astuple, dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Final

from kg.documents.record import Record
from kg.loaders import Source, loads

__all__ = ["READERS", "Document", "Statements", "extractor_version", "nquads", "statements"]

READERS: Final = ("kg.extract", "kg.graph.rdf", *(f"kg.loaders.{kind}" for kind in ("text", "docx", "pdf", "html")))
"""What `statements` imports when it is first called, or when it meets a file of that kind."""

_NO_RECORD: Final = Record()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is to be read.

    ``content`` is the bytes of a file, which a loader turns into text, or text itself, or the path
    of a file that whoever reads the document fetches (`fetched`).  ``iri`` is the name of its
    graph, ``path`` what answers show, ``name`` its file name: it tells the kind of file and hints
    at type and number.
    """

    iri: str
    path: str
    content: bytes | str | Path
    name: str
    record: Record = _NO_RECORD
    """What a catalogue says of it, for what its header leaves open."""

    @classmethod
    def of(cls, content: bytes | str, path: str | os.PathLike[str], *, iri: str | None = None) -> Document:
        """Return the document at ``path``; without ``iri`` its ``file:`` URI is the name of its graph."""
        place = iri or Path(os.path.realpath(path)).as_uri()  # Path.resolve fails on links that go round
        return cls(place, str(path), content, PurePosixPath(Path(path).as_posix()).name)

    def fetched(self) -> Document:
        """Return the document with its content in memory; raises OSError."""
        return replace(self, content=self.content.read_bytes()) if isinstance(self.content, Path) else self

    def sha256(self) -> str:
        """Hex digest of the content, of text in UTF-8, and of the record where there is one."""
        content = self.fetched().content
        assert not isinstance(content, Path)
        digest = sha256(content.encode() if isinstance(content, str) else content)
        if self.record:
            digest.update(json.dumps(astuple(self.record)).encode())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Statements:
    """What one document says: ``triples`` are N-Triples, all of the named graph ``iri``, and counts."""

    iri: str
    sha256: str
    triples: bytes
    characters: int
    mentions: int
    relations: int
    tasks: int
    documents: frozenset[str]
    """URNs of the legal documents that it names."""

    def nquads(self) -> bytes:
        """The triples with the name of their graph, for any store that loads N-Quads."""
        # Only the end of a line has this: a line break in a literal is escaped.
        return self.triples.replace(b" .\n", f" <{self.iri}> .\n".encode())


def statements(document: Document, *, extractor: str | None = None) -> Statements:
    """Read one document.

    ``extractor`` is the version to note in the graph, by default that of this program.  Raises
    LoadError for content that no loader can read, ValueError for an ``iri`` that is none,
    OSError for a file that can't be fetched.
    """
    from kg.extract import extract
    from kg.graph.rdf import triples

    document = document.fetched()
    source = _source(document)
    found = extract(source.text, name=document.name, record=document.record)
    digest, reader = document.sha256(), extractor or extractor_version()
    return Statements(
        document.iri,
        digest,
        triples(found, source, iri=document.iri, sha256=digest, extractor=reader, record=document.record),
        len(source.text),
        len(found.mentions),
        len(found.relations),
        len(found.tasks),
        frozenset(m.urn for m in found.mentions if m.urn),
    )


def nquads(document: Document) -> bytes:
    """Return the N-Quads of one document; raises as `statements` does."""
    return statements(document).nquads()


def _source(document: Document) -> Source:
    if isinstance(document.content, bytes):
        return loads(document.content, document.path)
    assert isinstance(document.content, str)
    return Source(document.path, document.content, "text/plain")


@cache
def extractor_version() -> str:
    """Version of the program and of its tables; documents that another one read are read again."""
    digest = sha256()
    for table in sorted(files("kg.ontology").iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".tsv"):
            digest.update(table.read_bytes())
    return f"{version('vn-legal-kg')}+{digest.hexdigest()[:12]}"
