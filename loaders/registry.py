"""Which loader reads which file.

A file is known by its content first (magic bytes, members of a ZIP, the opening of a web
page), by its suffix only where content can't tell: Markdown is text, and a ``.txt`` that
quotes HTML is text too.  Other packages add a loader by an entry point in the group
``kg.loaders`` whose value is a `Loader`; those are asked before the ones here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath

from kg.loaders.kinds import is_doc, is_docx, is_html, is_pdf, is_rtf
from kg.loaders.source import LoadError, Source
from kg.messages import told

__all__ = ["LOADERS", "Loader", "load", "loaders", "loads"]

_LETTER = re.compile(r"[^\W\d_]")
_TEXT_SUFFIXES = frozenset({".txt", ".text"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class Loader:
    """A way to read one kind of file.

    ``recognizes(data, suffix)`` gets the content and the lower-case suffix (``.docx``, or
    empty); ``read(data, path, encoding)`` returns the `Source` or raises `LoadError`.
    """

    name: str
    recognizes: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, str | None], Source]
    suffixes: frozenset[str]
    """The usual suffixes, for those who look for files; recognition doesn't depend on them."""


def _is_html(data: bytes, suffix: str) -> bool:
    return suffix not in _TEXT_SUFFIXES | _MARKDOWN_SUFFIXES and (suffix in _HTML_SUFFIXES or is_html(data))


_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def _by(module: str, function: str) -> Callable[[bytes, str, str | None], Source]:
    """A reader that is imported with what it needs when it reads its first file."""

    def read(data: bytes, path: str, encoding: str | None) -> Source:
        source: Source = getattr(import_module(f"kg.loaders.{module}"), function)(data, path, encoding)
        return source

    return read


LOADERS: tuple[Loader, ...] = (
    Loader("pdf", lambda data, _: is_pdf(data), _by("pdf", "load_pdf"), frozenset({".pdf"})),
    Loader("docx", is_docx, _by("docx", "load_docx"), frozenset({".docx", ".docm"})),
    Loader("doc", lambda data, _: is_doc(data), _by("convert", "load_doc"), frozenset({".doc"})),
    Loader("rtf", lambda data, _: is_rtf(data), _by("convert", "load_rtf"), frozenset({".rtf"})),
    Loader("html", _is_html, _by("html", "load_html"), _HTML_SUFFIXES),
    Loader(
        "markdown", lambda _, suffix: suffix in _MARKDOWN_SUFFIXES, _by("text", "load_markdown"), _MARKDOWN_SUFFIXES
    ),
    Loader("text", lambda _data, _suffix: True, _by("text", "load_text"), _TEXT_SUFFIXES),
)
"""The loaders of this package, in the order in which they are asked; the last takes anything."""


@cache
def loaders() -> tuple[Loader, ...]:
    """Return the loaders of other packages (entry points ``kg.loaders``), then `LOADERS`."""
    from importlib.metadata import entry_points  # which needs what reads e-mail

    return (*(point.load() for point in entry_points(group="kg.loaders")), *LOADERS)


def load(path: str | Path, *, encoding: str | None = None) -> Source:
    """Return the text of a file.

    ``encoding`` names that of a text file where the text itself doesn't show it: a Python
    codec, ``tcvn3`` or ``vni``.  Raises `LoadError` for a file that isn't there, can't be
    read, is damaged or locked, is of no known kind, needs a program or library that isn't
    installed, or holds no text.
    """
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        if Path(path).is_symlink():
            raise LoadError.of(name, "dangling") from error
        raise LoadError.of(name, "absent") from error
    except IsADirectoryError as error:
        raise LoadError.of(name, "folder") from error
    except OSError as error:
        raise LoadError.of(name, "unreadable", error=told(error)) from error
    return loads(data, name, encoding=encoding)


def loads(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """Return the text of a file's content; ``name`` is its name or path. Raises as `load` does."""
    if not data:
        raise LoadError.of(name, "empty")
    suffix = PurePath(name).suffix.lower()
    loader = next(loader for loader in loaders() if loader.recognizes(data, suffix))
    source = loader.read(data, name, encoding)
    if not _LETTER.search(source.text):
        raise LoadError.of(name, "blank")
    return source
