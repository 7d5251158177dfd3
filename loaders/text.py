"""Plain text and Markdown: the file's own text, nothing added and nothing taken away.

Only a byte order mark is not text.  Line ends stay as they are, so that offsets count in
the file's decoded text; for Markdown too, where headings and footnotes become places.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from kg.loaders.encodings import Decoded, DecodingError, decode
from kg.loaders.source import LoadError, Place, Source

__all__ = ["MARKDOWN", "PLAIN", "load_markdown", "load_text"]

PLAIN = "text/plain"
MARKDOWN = "text/markdown"

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or an office file of another kind"),
    (b"\xd0\xcf\x11\xe0", "an old office file of another kind than Word"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_KINDS = {
    ".pdf": "PDF file",
    ".rtf": "RTF file",
    ".doc": "Word document",
    ".docx": "Word document",
    ".docm": "Word document",
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
            raise LoadError(path, f"is not text but {what}", "convert it to .docx, .pdf or .txt")
    try:
        decoded = decode(data, encoding)
    except DecodingError as error:
        _deny_name(path)
        raise LoadError(path, str(error), "save it as UTF-8 or name its encoding") from error
    except LookupError as error:
        raise LoadError(path, f"can't be read as {encoding!r}, an unknown encoding", "name another") from error
    if len(_CONTROL.findall(decoded.text)) * 200 > len(decoded.text):
        _deny_name(path)
        raise LoadError(path, "is not text (full of control characters)", "convert it to .docx, .pdf or .txt")
    return decoded


def _deny_name(path: str) -> None:
    """Raise `LoadError` where the name promises more than text."""
    if kind := _KINDS.get(PurePath(path).suffix.lower()):
        raise LoadError(path, f"is no {kind}, whatever its name says", "fetch it again")


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
