"""Which of the words behind a citation are the cited document's own title.

What stands there may also tell what others did to the document (``được sửa đổi, bổ sung bởi Luật …``), what it is
cited for (``để bảo đảm …``), or be the rest of a title that another citation breaks off (``về việc``).
"""

from __future__ import annotations

import re
from typing import Final

from kg.ontology.wording import entries, words

__all__ = ["own_title"]

_DONE_TO: Final = re.compile(
    r"^(?:(?:đã|vừa|mới|nay)\s+){0,2}(?:được|bị)\s.*"
    rf"|,?\s(?:(?:đã|vừa|mới|nay)\s+){{0,2}}(?:được|bị)\s+{words('changed')}[^;]{{0,60}}?\s(?:bởi|tại|theo|bằng)\s.*",
    re.IGNORECASE | re.DOTALL,
)
_PURPOSE: Final = re.compile(r"(?:theo|để|nhằm)\s", re.IGNORECASE)
_REST: Final = re.compile(rf"(?:{words('title_openings')}(?:[\s,]+|\Z))*", re.IGNORECASE)
_NAMED: Final = frozenset(("Hiến pháp", *entries("named_types")))


def own_title(type: str | None, written: str | None) -> str | None:
    """Return of the words written behind a citation those that are the document's own title, None where none are.

    >>> own_title("Nghị định", "về kinh doanh khí được sửa đổi, bổ sung bởi Nghị định số 17/2020/NĐ-CP")
    'về kinh doanh khí'
    >>> own_title("Luật", "được sửa đổi, bổ sung bởi Luật số 43/2024/QH15"), own_title("Quyết định", "về việc")
    (None, None)
    >>> own_title("Quyết định", "công bố thủ tục hành chính được sửa đổi, bị bãi bỏ")
    'công bố thủ tục hành chính được sửa đổi, bị bãi bỏ'
    """
    if written is None or _PURPOSE.match(written):
        return None
    lower = written.lower()
    title = (_DONE_TO.sub("", written) if "được" in lower or "bị" in lower else written).rstrip(" ,;.")
    # A law goes by its name: what it "quy định" is told of one of its provisions.
    if _REST.fullmatch(title) or (type in _NAMED and lower.startswith("quy định")):
        return None
    return title
