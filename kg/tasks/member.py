"""A member of a row of bodies, and what its kinds share."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from kg.ontology.tables import shortenings
from kg.ontology.wording import words
from kg.text.late import late

__all__ = ["GLUE", "LEADERS", "MANY", "Member", "passed", "spelt"]


class Member(NamedTuple):
    """Full names of the bodies that one member of a row stands for, where it ends, and whether it is a group."""

    names: tuple[str, ...]
    end: int
    group: bool = False


LEADERS: Final = late(
    rf"(?:(?:các|toàn thể|tất cả)\s+)?"
    rf"(?:{words('leaders')}\s+(?:\({words('leaders')}\)\s+)?(?:các\s+(?={words('leaders')}\s))?)*",
    re.IGNORECASE,
)
MANY: Final = re.compile(r"(?:các|toàn thể|tất cả)\s+", re.IGNORECASE)
GLUE: Final = re.compile(
    r"\s*(?:\([^()]{1,120}\)\s*)?(?:(?:,|;|và|,\s*và|;\s*và|cùng)\s+|/\s*(?=[^\W\d_]))", re.IGNORECASE
)


def passed(pattern: re.Pattern[str], piece: str, at: int) -> int:
    """Where the rest begins behind what ``pattern`` matches at ``at``; ``at`` itself where it does not."""
    match = pattern.match(piece, at)
    return match.end() if match else at


@cache
def spelt(name: str) -> str:
    """A name with the letters in it written out: ``Cục THADS tỉnh Lào Cai`` -> ``Cục Thi hành án dân sự …``."""
    return " ".join(shortenings().get(word, word) for word in name.split(" "))
