"""Plain text and Markdown: the file's own text, nothing added and nothing taken away.

Only a byte order mark is not text.  Line ends stay as they are, so that offsets count in
the file's decoded text; for Markdown too, where headings and footnotes become places.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from kg.loaders.encodings import Decoded, DecodingError, decode
from kg.loaders.source import LoadError, Place, Source
from kg.messages import say

__all__ = ["MARKDOWN", "PLAIN", "load_markdown", "load_text"]

PLAIN = "text/plain"
MARKDOWN = "text/markdown"

_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "old-office"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"Rar!", "compressed"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_KINDS = {
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".doc": "word",
    ".docx": "word",
    ".docm": "word",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # 0x1A ends files of DOS programs
_LINE_END = re.compile(r"\r\n?|\n")
_FOOTNOTE = re.compile(r"^\[\^[^\]\r\n]+\]:[^\r\n]*", re.MULTILINE)


def load_text(data: bytes, path: str, encoding: str | None = None) -> Source:
    """Return a text file, its encoding found or given; raises `LoadError` if it is not text."""
    decoded = _decoded(data, path, encoding)
    return Source(path, decoded.text, PLAIN, (), (("encoding", decoded.encoding),))


def load_markdown(data: bytes, path: str, encoding: str | None = None) -> Source:
    """Return a Markdown file as it is written, with a place for each heading and footnote."""
    decoded = _decoded(data, path, encoding)
    places = sorted((*_headings(decoded.text), *_footnotes(decoded.text)), key=lambda place: place.start)
    return Source(path, decoded.text, MARKDOWN, tuple(places), (("encoding", decoded.encoding),))


def _decoded(data: bytes, path: str, encoding: str | None) -> Decoded:
    for magic, what in _SIGNATURES:
        if data.startswith(magic) and encoding is None:
            raise LoadError.of(path, "other-kind", what=say(f"file.{what}"))
    try:
        decoded = decode(data, encoding)
    except DecodingError as error:
        _deny_name(path)
        raise LoadError.of(path, "encoding", problem=error) from error
    except LookupError as error:
        raise LoadError.of(path, "unknown-encoding", encoding=repr(encoding)) from error
    if len(_CONTROL.findall(decoded.text)) * 200 > len(decoded.text):
        _deny_name(path)
        raise LoadError.of(path, "control")
    return decoded


def _deny_name(path: str) -> None:
    """Raise `LoadError` where the name promises more than text."""
    if kind := _KINDS.get(PurePath(path).suffix.lower()):
        raise LoadError.of(path, "misnamed", kind=say(f"file.{kind}"))


def _headings(text: str) -> list[Place]:
    from markdown_it import MarkdownIt

    starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    lines = [token.map for token in MarkdownIt("commonmark").parse(text) if token.type == "heading_open" and token.map]
    return [
        Place("heading", number, starts[first], starts[first] + len(text[starts[first] : starts[end]].rstrip()))
        for number, (first, end) in enumerate(lines, 1)
    ]


def _footnotes(text: str) -> list[Place]:
    return [Place("footnote", i, *match.span()) for i, match in enumerate(_FOOTNOTE.finditer(text), 1)]
