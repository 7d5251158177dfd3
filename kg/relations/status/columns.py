"""What the head of its column tells of a citation in a table: grounds, difficulties, work to come."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from kg.model import Status
from kg.ontology.wording import words
from kg.relations.status.sentence import BASIS
from kg.structure.columns import Column, Table, columns, tables
from kg.structure.headings import title_part
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["Columns"]

_GROUNDS_HEAD: Final = late(rf"{begun(words('grounds_columns'))}[ *_]*(?=[|\t\n])")
_AMONG_GROUNDS: Final = late(rf"[^()]*\((?:[^()]*, )?{words('grounds_columns')}\)")
"""The head of a column that holds grounds beside other things: ``Dự án (chủ đầu tư, cơ sở pháp lý)``."""


class Columns:
    """The columns of the tables of one text, found when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._grounds: tuple[Column, ...] | None = None
        self._tables: tuple[Table, ...] | None = None

    def status(self, start: int) -> Status | None:
        """What the head of its column tells of the citation at ``start``, if it stands in one and the head tells."""
        if self._ground(start):
            return BASIS
        if self._tables is None:
            self._tables = tables(self._text) if "|" in self._text else ()
        if not self._tables:
            return None
        above = bisect_right(self._tables, start, key=lambda table: table.start)
        table = self._tables[above - 1] if above else None
        heads = table.columns(self._text, start) if table and start < table.end else ()
        if not heads:
            return None
        told, *others = ("basis" if _AMONG_GROUNDS.fullmatch(head) else title_part(head) for head in heads)
        # "Nhiệm vụ | Kết quả thực hiện": what the next column answers is no work to come.
        answered = told == "planned" and "done" in others
        return None if told in (None, "done") or answered else Status(told)

    def _ground(self, start: int) -> bool:
        """Whether what stands there stands in a column of grounds: ``Căn cứ pháp lý``."""
        if self._grounds is None:
            tabled = "|" in self._text or "\t" in self._text
            self._grounds = columns(self._text, _GROUNDS_HEAD) if tabled else ()
        return bool(self._grounds) and any(column.holds(self._text, start) for column in self._grounds)
