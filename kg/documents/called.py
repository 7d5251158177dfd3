"""The usual title of a document, and what a law is called by it.

People know a law by its name; the number tells which one it is.  A law, code or ordinance goes by type and
name (``Luật Đất đai``; Nghị định 78/2025/NĐ-CP, Điều 68), any other document by type and number.  A citation
may leave the name out, so what a source calls ``Luật 31/2024/QH15`` gets the name that most sources give it.

>>> named_law("Luật 31/2024/QH15", "Luật Đất đai"), named_law("Luật 42/2024/QH15", "về Quản lý, sử dụng vũ khí")
('Luật Đất đai 31/2024/QH15', 'Luật Quản lý, sử dụng vũ khí 42/2024/QH15')
>>> named_law("Nghị định 60/2024/NĐ-CP", "về phát triển và quản lý chợ") is None
True
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from kg.ontology.wording import entries
from kg.text.slugs import slug

__all__ = ["amending", "named_law", "usual_title"]

_NUMBERED: Final = re.compile(r"(?P<type>\D+?)\s(?P<number>\d\S*[/-]\S+)")
_BEGINNING: Final = re.compile(r"(?:ve viec |ve )?(?:bo luat |luat |phap lenh )?")
_ABOUT: Final = re.compile(r"về(?:\s+việc)?\s+", re.IGNORECASE)
_KIND: Final = re.compile(r"(?:về\s+(?:việc\s+)?)?(?:Bộ luật|Luật|Pháp lệnh)?\s*", re.IGNORECASE)
_AMENDING: Final = re.compile(r"sửa\s+đổi|bổ\s+sung", re.IGNORECASE)
# What may stand behind a name to tell which law it is: the number does.
_WHICH: Final = re.compile(r"\s+(?:số\s+)?\d+/\S*[^\s,;]|\s+(?:ngày|năm)\s+\d\S*[^\s,;]|\s+(?:19|20)\d\d\b")
_LONGEST: Final = 80
"""Letters of a name that is told whole: those of laws that amend several others have two hundred."""


def amending(title: str) -> bool:
    """Whether a title tells by itself that its law amends another one.

    >>> amending("Luật sửa đổi, bổ sung một số điều của Luật Giá"), amending("Luật Giá")
    (True, False)
    """
    kind = _KIND.match(title)
    return _AMENDING.match(title, kind.end() if kind else 0) is not None


def usual_title(told: Iterable[tuple[str, int]]) -> str | None:
    """Return the title that most sources give (title, sources); one with a colon has likely swallowed what follows.

    Titles that differ in their first words alone, or in case and accents, count as one.

    >>> told = [("Luật Hải quan", 1), ("Luật sửa đổi Luật Giá", 1), ("về sửa đổi Luật Giá", 1), ("sửa đổi Luật giá", 1)]
    >>> usual_title(told)
    'Luật sửa đổi Luật Giá'
    """
    titles = list(told)
    if len(titles) < 2:
        return titles[0][0] if titles else None
    words = {title: _BEGINNING.sub("", slug(title, " ")) for title, _ in titles}
    sources: Counter[str] = Counter()
    for title, count in titles:
        sources[words[title]] += count
    return min(titles, key=lambda one: (":" in one[0], -sources[words[one[0]]], -one[1], one[0]))[0]


def named_law(label: str, title: str | None) -> str | None:
    """Return what to call the law that ``label`` calls by type and number, None where ``title`` is no name of a law.

    >>> named_law("Luật 57/2024/QH15", "sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư, Luật Đấu thầu")
    'Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư, Luật Đấu thầu 57/2024/QH15'
    >>> several = "Luật Sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15, Luật Nhà ở số 27/2023/QH15"
    >>> named_law("Luật 43/2024/QH15", several)
    'Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở 43/2024/QH15'
    >>> named_law("Luật 31/2024/QH15", "có hiệu lực từ ngày 01/8/2024") is None
    True
    >>> named_law("Luật 45/2019/QH14", "Bộ luật Lao động")
    'Bộ luật Lao động 45/2019/QH14'
    """
    found = _NUMBERED.fullmatch(label)
    if not found or not title or found["type"] not in entries("named_types"):
        return None
    words = " ".join(_WHICH.sub("", title).split()).rstrip(" ,;.")
    # Codes have the numbers of laws: "Luật 45/2019/QH14" is the Bộ luật Lao động.
    kind = next((t for t in entries("named_types") if f"{words} ".lower().startswith(f"{t} ".lower())), None)
    if kind:
        name = words[len(kind) + 1 :]
    elif about := _ABOUT.match(words):
        name = words[about.end() :]
    elif words[:1].isupper() or _AMENDING.match(words):
        name = words
    else:
        return None
    kind = kind or found["type"]
    name = name[:1].lower() + name[1:] if _AMENDING.match(name) else name
    return f"{_short(f'{kind} {name}')} {found['number']}" if name else None


def _short(name: str) -> str:
    """A name, of many words the first."""
    if len(name) <= _LONGEST:
        return name
    return name[:_LONGEST].rpartition(" ")[0].rstrip(" ,;") + " …"
