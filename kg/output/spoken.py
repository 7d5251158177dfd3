"""Names of the model in the words of a reader: statuses, relations, kinds of findings, columns.

The model has names for programs (``planned``, ``type-variant``); people read them in their language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kg.entities.dates import shown
from kg.messages import messages, worded
from kg.output.retelling import retold

if TYPE_CHECKING:
    from kg.answers.questions import StoredQuery

__all__ = ["MARKED", "SEVERAL", "headings", "named", "period", "plain", "spoken", "word"]

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
    "step": "kind",
    "older": "older",
    "severity": "severity",
    "code": "code",
}
"""Columns whose values are names of the model -> what their texts begin with."""

SEVERAL: Final = {"codes": "code"}
"""Columns of several such names, with "; " between them."""

_TIMES: Final = frozenset({"period", "date", "citingDate", "deadline", "latest"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PART = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<part>H[12]|Q[1-4])|M(?P<months>\d{1,2})|(?P<month>\d\d)))?")


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


def period(label: str, lang: str) -> str:
    """Return the label of a report's period in words; what is no label stays as it is.

    >>> period("2024-M9", "vi"), period("2024-H1", "en"), period("2020/2022", "vi")
    ('9 tháng đầu năm 2024', 'first half of 2024', '2020–2022')
    """
    found = _PART.fullmatch(label)
    if not found:
        return label.replace("/", "–")
    key = found["part"] or ("M" if found["months"] else "month" if found["month"] else "year")
    month = int(found["month"] or 0)
    text = messages("report")[f"period.{key}"][lang]
    return worded(text, year=found["year"], months=found["months"], month=month)


def spoken(row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return the row with its names of the model in words, the message of a finding in that language too.

    Vietnamese readers get days and periods as their documents write them.

    >>> spoken({"province": "Hà Tĩnh", "status": "planned", "date": "2024-07-09", "period": "2024-Q1"}, "vi")
    {'province': 'Hà Tĩnh', 'status': 'sẽ làm', 'date': '09/07/2024', 'period': 'quý I/2024'}
    """
    if row.get("message") and row.get("code"):
        row = {**row, "message": retold(str(row["code"]), str(row["message"]), lang)}
    return {c: word(c, v, lang) if isinstance(v, str) else v for c, v in row.items()}


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row in English, where only what is no word of it, or of a build in Vietnamese, is to be told anew.

    >>> plain({"older": "true", "status": "planned", "rel": "based_on"})
    {'older': 'older than the amendment', 'status': 'planned', 'rel': 'based on'}
    """
    row = {**row, **{c: str(row[c]).replace("_", " ") for c in ("rel", "event") if row.get(c)}}
    told = spoken({c: row[c] for c in ("older", "held", "change", "message", "code") if row.get(c)}, "en")
    return {**row, **{c: value for c, value in told.items() if c != "code"}}


def word(column: str, value: str, lang: str) -> str:
    """Return the value of a column in words: names of the model, and in Vietnamese days and periods."""
    if column in SEVERAL:
        return "; ".join(named(SEVERAL[column], each, lang) for each in value.split("; "))
    if column in MARKED:
        return named(MARKED[column], value, lang)
    if lang != "vi":
        return value
    if all(map(_DAY.fullmatch, days := value.split("; "))):
        return "; ".join(map(shown, days))
    # A column of days may hold a period where no day is known.
    return period(value, lang) if column in _TIMES and _PART.fullmatch(value) else value


def headings(query: StoredQuery | None, lang: str) -> dict[str, str]:
    """Return what columns are called: a short word where there is one, else what the question, if any, says."""
    short = {
        key.partition(".")[2]: texts[lang] for key, texts in messages("server").items() if key.startswith("column.")
    }
    return {column.name: column.description[lang] for column in query.columns} | short if query else short
