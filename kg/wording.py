"""Words of administrative Vietnamese that the rules look for, kept in ``ontology/wording.tsv``.

>>> import re
>>> bool(re.fullmatch(words("denials"), "chưa"))
True
"""

from __future__ import annotations

import re
from functools import cache

from kg.tables import read

__all__ = ["entries", "stems", "words"]


@cache
def _lists() -> dict[str, str]:
    return {row["list"]: row["words"] for row in read("wording")}


@cache
def words(name: str) -> str:
    """A regular expression group for one of the words of the list ``name``."""
    return f"(?:{_lists()[name].replace('(', '(?:').replace('(?:?', '(?')})"


@cache
def stems(name: str) -> tuple[str, ...]:
    """The words of the list ``name`` without their groups: what matches ``words(name)`` holds one of them.

    >>> "giao" in stems("orders")
    True
    """
    return tuple(re.sub(r"\([^()]*\)\??", "", _lists()[name]).split("|"))


@cache
def entries(name: str) -> tuple[str, ...]:
    """The words of a list that has no groups, one by one."""
    return tuple(_lists()[name].split("|"))
