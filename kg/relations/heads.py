"""What the head of a column tells of the cells below it, in the words of ``ontology/wording.tsv``."""

from __future__ import annotations

from typing import Final

from kg.ontology.wording import words
from kg.text.late import late

__all__ = ["among_grounds", "of_grounds", "of_orders", "of_outcome", "of_tasks"]

_GROUNDS: Final = late(words("grounds_columns"))
_AMONG_GROUNDS: Final = late(rf"[^()]*\((?:[^()]*, )?{words('grounds_columns')}\)")
_ORDERS: Final = late(words("assigning_columns"))
_OUTCOME: Final = late(rf"(?i:{words('outcome_columns')})")
_LEADS: Final = late(rf"(?i:{words('assignee_labels')})")
_DUE: Final = late(rf"(?i:{words('due_columns')})")


def of_grounds(head: str) -> bool:
    """Whether the cells give the grounds of their rows: ``Căn cứ pháp lý``.

    >>> of_grounds("Căn cứ pháp lý"), of_grounds("Căn cứ giao nhiệm vụ")
    (True, False)
    """
    return _GROUNDS.fullmatch(head) is not None


def among_grounds(head: str) -> bool:
    """Whether the cells hold grounds beside other things: ``Dự án (chủ đầu tư, cơ sở pháp lý)``."""
    return _AMONG_GROUNDS.fullmatch(head) is not None


def of_orders(head: str) -> bool:
    """Whether the cells give the documents that ordered the work of their rows: ``Văn bản giao nhiệm vụ``."""
    return _ORDERS.fullmatch(head) is not None


def of_outcome(head: str) -> bool:
    """Whether the cells tell what came of the work, as in a report: ``Kết quả thực hiện đến tháng 6``."""
    return _OUTCOME.match(head) is not None


def of_tasks(heads: tuple[str, ...]) -> bool:
    """Whether a table tells who is to do what by when, and no column what came of it.

    >>> of_tasks(("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"))
    True
    """
    return any(map(_LEADS.fullmatch, heads)) and any(map(_DUE.match, heads)) and not any(map(of_outcome, heads))
