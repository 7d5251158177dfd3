"""What a heading promises: work done, work to come, legal grounds (``ontology/headings.tsv``)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from kg.ontology.tables import read
from kg.text.late import late

__all__ = ["title_part"]

# Words before the one that tells: "Một số nhiệm vụ", "Về kết quả", "Công tác chỉ đạo".
_PREAMBLE_WORDS: Final = r"(?:(?:về|việc|một số|những|các|mọi|công tác|nội dung|phần|đối với)\s)*"


@cache
def _heading_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((late(rf"{_PREAMBLE_WORDS}{row['pattern']}(?!\w)"), row["part"]) for row in read("headings"))


@cache
def _any_heading() -> re.Pattern[str]:
    """What no heading of the table escapes: most titles are told apart by one pattern."""
    return re.compile(rf"{_PREAMBLE_WORDS}(?:{'|'.join(row['pattern'] for row in read('headings'))})(?!\w)")


@lru_cache(maxsize=4096)  # the headings of forms and laws, again and again
def title_part(title: str) -> str | None:
    """``done``, ``planned``, ``basis`` or ``other`` as the first row of the table that fits says, else None.

    >>> title_part("Một số nhiệm vụ trọng tâm"), title_part("Công nghiệp")
    ('planned', None)
    """
    plain = " ".join(title[:200].lower().split()).strip(" .:;*_")
    if not _any_heading().match(plain):
        return None
    return next((value for pattern, value in _heading_rules() if pattern.match(plain)), None)
