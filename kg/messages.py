"""What the program says to people, in Vietnamese and English.

The texts are rows of ``locale/messages.tsv``: a key and one column a language, with
``{names}`` for what varies; ``{count:row|rows}`` is the first for one, else the second, and numbers
are written as the language does (``{count:,}``: 12.345 in Vietnamese).  The
language is that of `speaking`, else that of ``KG_LANG`` (``vi`` or ``en``), else Vietnamese where the locale is
(``vi_VN.UTF-8``), else English.

>>> say("answer.rows", "en", count=3), say("answer.rows", "en", count=1)
('3 rows', '1 row')
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from errno import errorcode
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Self

__all__ = ["LANGUAGES", "KgError", "figure", "language", "messages", "say", "speaking", "told", "worded"]

LANGUAGES = ("vi", "en")
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


_TURNED = str.maketrans(",.", ".,")


class _Numbers(Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: object, spec: str) -> str:
        one, bar, more = spec.partition("|")
        if bar:
            return one if value == 1 else more
        return figure(value, spec, self.lang) if isinstance(value, int | float) else format(value, spec)


def figure(value: float, spec: str = ",", lang: str | None = None) -> str:
    """Return a number as it is written in a language, by default that of the user; ``spec`` is that of `format`.

    >>> figure(12345.5, ",.1f", "vi"), figure(12345.5, ",.1f", "en"), figure(2024, "", "vi")
    ('12.345,5', '12,345.5', '2024')
    """
    text = format(value, spec)
    return text.translate(_TURNED) if (lang or language()) == "vi" else text


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Say all in ``lang`` within the block, in this thread or task alone: a server has many users at once.

    >>> with speaking("vi"):
    ...     say("answer.yes")
    'có'
    """
    token = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language() -> str:
    """Return ``vi`` or ``en``; a ``KG_LANG`` that is neither counts as not set."""
    if spoken := _SPOKEN.get():
        return spoken
    wanted = os.environ.get("KG_LANG", "").lower()[:2]
    if wanted in LANGUAGES:
        return wanted
    # POSIX: the first of these that is set and not empty decides.
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "vi" if locale.lower().startswith("vi") else "en"


@cache
def messages(table: str = "messages") -> dict[str, dict[str, str]]:
    """Return key -> language -> text of ``locale/TABLE.tsv``; ``\\n`` in the table is a line break."""
    rows = files("kg").joinpath(f"locale/{table}.tsv").read_text(encoding="utf-8")
    head, *lines = (line.split("\t") for line in rows.splitlines())
    return {
        line[0]: {name: cell.replace("\\n", "\n") for name, cell in zip(head[1:], line[1:], strict=True)}
        for line in lines
    }


def say(key: str, lang: str | None = None, /, **values: object) -> str:
    """Return the text of ``key`` in ``lang``, by default that of the user, with ``values`` put in.

    An unknown key or a missing value raises KeyError: that is a mistake of the program.
    """
    spoken = lang or language()
    return worded(messages()[key][spoken], spoken, **values)


def told(error: Exception) -> str:
    """Return what the system or a library says of a file, in the user's language where it is a usual trouble.

    A text ``system.NAME`` is for the name of an errno or of a class of errors, whose attributes it may show.

    >>> with speaking("vi"):
    ...     told(FileNotFoundError(2, "No such file or directory")), told(EOFError())
    ('không có tệp hay thư mục này', 'tệp bị cụt')
    """
    number = error.errno if isinstance(error, OSError) else None
    key = f"system.{errorcode.get(number or 0, type(error).__name__)}"
    if key in messages():
        return say(key, **vars(error))
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return " ".join(said.split()) or type(error).__name__


def worded(text: str, lang: str | None = None, /, **values: object) -> str:
    """Put ``values`` into ``text``, which is in ``lang``, as `say` does; a missing one raises KeyError."""
    return _Numbers(lang or language()).vformat(text, (), values)


class KgError(Exception):
    """Something the user can mend: what is wrong, and what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem, self.remedy = problem, remedy

    @classmethod
    def of(cls, key: str, /, **values: object) -> Self:
        """Return the error whose texts are the messages ``key`` and ``key.remedy``."""
        return cls(say(key, **values), say(f"{key}.remedy", **values))
