"""Words of administrative Vietnamese that the rules look for, kept in ``ontology/wording.tsv``.

>>> import re
>>> bool(re.fullmatch(words("denials"), "chưa"))
True
"""

from __future__ import annotations

from functools import cache

from kg.tables import read

__all__ = ["entries", "words"]


@cache
def _lists() -> dict[str, str]:
    return {row["list"]: row["words"] for row in read("wording")}


def words(name: str) -> str:
    """A regular expression group for one of the words of the list ``name``."""
    return f"(?:{_lists()[name].replace('(', '(?:').replace('(?:?', '(?')})"


def entries(name: str) -> tuple[str, ...]:
    """The words of a list that has no groups, one by one."""
    return tuple(_lists()[name].split("|"))
