"""A report as a file: which form, and whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Final

from kg.messages import KgError
from kg.output.files import replacing
from kg.report.model import Report
from kg.report.words import Words

__all__ = ["FORMATS", "format_of", "save", "write"]

FORMATS: Final = ("html", "md", "xlsx")
_SUFFIXES: Final = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".xlsx": "xlsx"}


def format_of(path: str | os.PathLike[str]) -> str | None:
    """Return the format that the suffix of ``path`` stands for, None where it stands for none.

    >>> format_of("bao-cao.HTML"), format_of("report")
    ('html', None)
    """
    return _SUFFIXES.get(Path(path).suffix.lower())


def save(report: Report, path: str | os.PathLike[str], *, language: str, format: str | None = None) -> None:
    """Write ``report`` to ``path``, in the format of its suffix unless another is given.

    An earlier file stays until the new one is whole.  Raises KgError for a format that there is
    not, a folder that is not there, and a place where nothing can be written.
    """
    out = Path(path)
    chosen = format or format_of(out)
    if chosen is None:
        raise KgError.of("report.format", path=out)
    if not out.parent.is_dir():
        raise KgError.of("report.folder", path=out.parent)
    with replacing(out) as file:
        write(report, file, language=language, format=chosen)


def write(report: Report, file: IO[bytes], *, language: str, format: str) -> None:
    """Write ``report`` to an open file; raises KgError where a library for its format is missing."""
    _WRITERS[format](report, Words(language), file)


def _html(report: Report, words: Words, file: IO[bytes]) -> None:
    from kg.report.page import html

    file.write(html(report, words).encode())


def _markdown(report: Report, words: Words, file: IO[bytes]) -> None:
    from kg.report.page import markdown

    file.write(markdown(report, words).encode())


def _workbook(report: Report, words: Words, file: IO[bytes]) -> None:
    from kg.report.workbook import write as write_workbook

    write_workbook(report, words, file)


_WRITERS: Final[Mapping[str, Callable[[Report, Words, IO[bytes]], None]]] = {
    "html": _html,
    "md": _markdown,
    "xlsx": _workbook,
}
