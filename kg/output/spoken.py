"""Names of the model in the words of a reader: statuses, relations, kinds of findings, columns.

The model has names for programs (``planned``, ``type-variant``); people read them in their language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kg.messages import messages
from kg.output.retelling import retold

if TYPE_CHECKING:
    from kg.answers.questions import StoredQuery

__all__ = ["MARKED", "headings", "named", "spoken"]

MARKED: Final = {
    "status": "status",
    "otherStatus": "status",
    "before": "status",
    "after": "status",
    "rel": "rel",
    "event": "rel",
    "change": "change",
    "held": "held",
    "kind": "kind",
    "severity": "severity",
    "code": "code",
}
"""Columns whose values are names of the model -> what their texts begin with."""


def named(kind: str, value: str, lang: str) -> str:
    """Return the text for a name of the model, such as a ``status`` or ``rel``; one without a text as it is.

    >>> [named(kind, value, "en") for kind, value in (("status", "planned"), ("change", "new"), ("code", "x"))]
    ['to be done', 'new', 'x']
    """
    for table in ("report", "server"):
        for key in (f"{kind}.{value}", f"rel.{value}") if kind == "change" else (f"{kind}.{value}",):
            if key in messages(table):
                return messages(table)[key][lang]
    return value


def spoken(row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return the row with its names of the model in words, the message of a finding in that language too.

    >>> spoken({"province": "Hà Tĩnh", "status": "planned"}, "vi")
    {'province': 'Hà Tĩnh', 'status': 'sẽ làm'}
    """
    if row.get("message") and row.get("code"):
        row = {**row, "message": retold(str(row["code"]), str(row["message"]), lang)}
    return {c: named(MARKED[c], v, lang) if c in MARKED and isinstance(v, str) else v for c, v in row.items()}


def headings(query: StoredQuery, lang: str) -> dict[str, str]:
    """Return what the columns of an answer are called: a short word where there is one, else as the question says."""
    short = {
        key.partition(".")[2]: texts[lang] for key, texts in messages("server").items() if key.startswith("column.")
    }
    return {column.name: short.get(column.name, column.description[lang]) for column in query.columns}
