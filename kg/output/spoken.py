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

__all__ = ["MARKED", "SEVERAL", "headings", "named", "spoken", "word"]

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

SEVERAL: Final = {"codes": "code"}
"""Columns of several such names, with "; " between them."""


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
    return {c: word(c, v, lang) if isinstance(v, str) else v for c, v in row.items()}


def word(column: str, value: str, lang: str) -> str:
    """Return the value of a column in words, where it is a name of the model or several."""
    if column in SEVERAL:
        return "; ".join(named(SEVERAL[column], each, lang) for each in value.split("; "))
    return named(MARKED[column], value, lang) if column in MARKED else value


def headings(query: StoredQuery | None, lang: str) -> dict[str, str]:
    """Return what columns are called: a short word where there is one, else what the question, if any, says."""
    short = {
        key.partition(".")[2]: texts[lang] for key, texts in messages("server").items() if key.startswith("column.")
    }
    return {column.name: column.description[lang] for column in query.columns} | short if query else short
