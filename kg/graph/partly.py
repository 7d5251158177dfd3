"""Whether what ends a document ends all of it.

A law that repeals an article, a phrase or an annex of another one (``Bãi bỏ Điều 66 của Luật An toàn thực phẩm``,
``thay thế một số biểu mẫu của Thông tư …``) changes a part of it: the document stays in force, and in the graph it is
amended (``eli:amends``: changes a part of another document), as the legal portals' ``hết hiệu lực một phần`` is.
Luật 64/2025/QH15, article 8, speaks of the two apart: replacing or repealing a document, or a part of one.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import Rel
from kg.ontology.wording import words

__all__ = ["change"]

_ENDING: Final = re.compile(rf"(?<!\w){words('endings')}(?!\w)", re.IGNORECASE)
_PART: Final = re.compile(rf"\W{{1,4}}(?:(?:các|những)\s+)?{words('ended_parts')}(?!\w)", re.IGNORECASE)
_ENDS: Final = frozenset({Rel.REPLACES, Rel.REPEALS})


def change(rel: Rel, before: str, pinpoint: str | None) -> Rel:
    """Return what a relation does to a document, of which ``pinpoint`` is the place that is concerned.

    ``before`` is what the clause says before it names the document.

    >>> change(Rel.REPEALS, "Bãi bỏ Điều 66 của ", "Điều 66").value
    'amends'
    >>> change(Rel.REPLACES, "Thông tư này thay thế ", None).value
    'replaces'
    >>> change(Rel.REPLACES, "Thay thế một số biểu mẫu của phần II Phụ lục I ban hành kèm theo ", None).value
    'amends'
    """
    if rel not in _ENDS:
        return rel
    if pinpoint:
        return Rel.AMENDS
    ends = [found.end() for found in _ENDING.finditer(before)]
    return Rel.AMENDS if ends and _PART.match(before, ends[-1]) else rel
