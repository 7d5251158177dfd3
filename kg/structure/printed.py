"""Tables of tasks that a converter has printed cell below cell, without bars: who leads each row.

The annex of a plan lists its tasks with ``Cơ quan chủ trì``, ``Cơ quan phối hợp``, what comes of them and by when.
Out of a PDF come the heads on lines of their own, then each row: its number, the lines of its task, then the lines of
the further cells, which are narrow.

>>> text = '''
... TT
... Tên nhiệm vụ
... Cơ quan
... chủ trì
... Cơ quan phối hợp
... 1.
... Xây dựng kế hoạch phát triển chợ biên giới, chợ đầu mối
... trên địa bàn tỉnh đến năm 2030.
... Sở Công
... Thương
... Các sở,
... ngành
... '''
>>> row = text.index("Xây")
>>> text[next(leaders(text, heads(text), row, len(text))) :].split()
['Sở', 'Công', 'Thương', 'Các', 'sở,', 'ngành']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from kg.text.late import late

__all__ = ["heads", "leaders"]

_HEADS: Final = late(
    r"\n[ \t]*(?:TT|STT|Số TT)[ \t]*\n(?:[^\n|]{1,40}\n){1,3}?[ \t]*(?:Cơ\s+quan|Đơn\s+vị|Bộ)[^|]{0,30}?chủ\s+trì"
)
"""The numbers of the rows, the tasks and then who leads them."""
_REACH: Final = 60_000
"""Code points of the longest table of many pages."""
_WIDE: Final = 30
"""Code points of a line that only the column of the tasks has room for."""
_NARROW: Final = 0.62
"""How wide at most the lines of the further cells are beside those of the task."""
_GOES_ON: Final = re.compile(r"(?:,|\b(?:của|và|tại|do|cho|với|từ|về|là|theo|các))\Z")
"""A line that ends so goes on in the next one."""


def heads(text: str) -> tuple[int, ...]:
    """Where the heads of such tables end, in order; ``text`` is a normalized one."""
    return tuple(m.end() for m in _HEADS.finditer(text)) if "hủ" in text else ()


def leaders(text: str, tables: tuple[int, ...], start: int, end: int) -> Iterator[int]:
    """Offsets in the row at ``start:end`` where the cell of who leads may begin, the likeliest first.

    ``tables`` is what `heads` has found.  None is given outside such tables and where no line is narrow.
    """
    above = bisect_right(tables, start)
    if not above or start - tables[above - 1] > _REACH:
        return
    lines: list[tuple[int, str]] = []
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append((at + len(line) - len(line.lstrip()), line.strip()))
        at += len(line) + 1
    widest = max((len(line) for _, line in lines), default=0)
    if widest < _WIDE:
        return
    wide = [len(line) > widest * _NARROW for _, line in lines]
    # Two narrow lines, one below the other, are those of a further cell, whatever a page breaks in between later.
    ends = next((k for k in range(wide.index(True), len(lines)) if not any(wide[k : k + 2])), len(lines))
    for k in range(ends, len(lines)):
        offset, line = lines[k]
        if line[0].isupper() and not _GOES_ON.search(lines[k - 1][1]):
            yield offset
