"""Regular expressions that are compiled when they are first used.

Compiling takes long, half a millisecond for a list of words, and most rules meet nothing in most documents: of 460
patterns a short letter needs 160.  A program that reads one document after another has changed spends a tenth of its
time on the others.  So a long pattern of a rare rule is made by `late`; for one that every document needs,
`re.compile` is as good, and each use of it a fiftieth of a microsecond shorter.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

__all__ = ["late"]

_METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern")


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, or what behaves like it; a pattern out of form raises at its first use.

    >>> number = late(r"\\d+")
    >>> number.search("Nghị định 60")[0]
    '60'
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Compile, and answer from then on as the compiled pattern does: this is asked for what is not there yet."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
