"""Words of administrative Vietnamese that the rules look for, kept in ``ontology/wording.tsv``.

``{name}`` in a row stands for the words of the row of that name.

>>> import re
>>> bool(re.fullmatch(words("denials"), "chưa"))
True
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.ontology.tables import read

__all__ = ["entries", "stems", "words"]

_OTHER: Final = re.compile(r"\{([a-z_]+)\}")
_GROUP: Final = re.compile(r"\((?:[^()]|\([^()]*\))*\)\??")


@cache
def _lists() -> dict[str, str]:
    rows = {row["list"]: row["words"] for row in read("wording")}
    return {name: _OTHER.sub(lambda other: rows[other[1]], listed) for name, listed in rows.items()}


@cache
def words(name: str) -> str:
    """A regular expression group for one of the words of the list ``name``."""
    return f"(?:{_lists()[name].replace('(', '(?:').replace('(?:?', '(?')})"


@cache
def stems(name: str) -> tuple[str, ...]:
    """Of each word of the list ``name`` the longest part without a group: what ``words(name)`` matches holds one.

    >>> stems("telling")
    ('đã quy định', 'quy định ', ' hiệu lực ', 'hết hiệu lực', 'nêu rõ')
    """
    alternatives = _GROUP.sub("\0", _lists()[name]).split("|")
    return tuple(max(alternative.split("\0"), key=len) for alternative in alternatives)


@cache
def entries(name: str) -> tuple[str, ...]:
    """The words of a list that has no groups, one by one."""
    return tuple(_lists()[name].split("|"))
