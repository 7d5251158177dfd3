"""What amends a document is of the body that issued that: ``Quyết định A về sửa đổi Quyết định B của UBND huyện C``.

Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15, article 8: a document is amended by one of who issued it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from kg.citations.citation import Citation
from kg.text.late import late

__all__ = ["of_the_amended"]

_CHANGES: Final = late(
    r"[\s,(]{0,3}(?:về\s{1,3}(?:việc\s{1,3})?)?(?:sửa\s{1,3}đổi|bổ\s{1,3}sung|điều\s{1,3}chỉnh|đính\s{1,3}chính)(?!\w)"
    r"[^.;:]{0,160}\Z",
    re.IGNORECASE,
)
_LONGEST: Final = 200
"""Code points between the two."""


def of_the_amended(text: str, found: list[Citation]) -> list[Citation]:
    """Give what amends a document, and names nobody itself, the body that is written with that document."""
    out = list(found)
    for index, (one, other) in enumerate(pairwise(found)):
        if one.issuer_written or not other.issuer_written or one.issuer == other.issuer:
            continue
        same = one.symbol and other.symbol and one.symbol.bodies == other.symbol.bodies and one.type == other.type
        if same and other.start - one.tail <= _LONGEST and _CHANGES.match(text, one.tail, other.start):
            out[index] = one._replace(issuer=other.issuer)
    return out
