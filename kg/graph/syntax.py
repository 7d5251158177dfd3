"""What the text of a SPARQL query tells: where it is not well formed, and what it may not ask for.

The engine tells line and column and then, in English, every token that its grammar would have taken::

    error at 2:19: expected one of Prefix not found, ['%'], ['-' | '0' ..= '9' | …

What a person needs of that is the place, what stands there, and what is usually wrong: a bracket, a
prefix that was not declared, a variable that is neither grouped by nor counted.
"""

from __future__ import annotations

import re

__all__ = ["calls_service", "changes", "fault"]

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): *(?P<told>.*)", re.DOTALL)
_UNDECLARED = "Prefix not found"
_UNGROUPED = "The SELECT contains a variable that is unbound"
_PREFIX = re.compile(r"(?P<name>[\w.-]*):[^\s:]*\Z")
_WORD = re.compile(r"\S{1,30}")
_LONGEST = 120
"""Characters of the engine's text that are shown; its tokens may be pages."""


def fault(sparql: str, told: str) -> tuple[str, dict[str, object]]:
    """Return the message, by its key, for a query of which the engine has ``told`` an error, and its values.

    >>> fault("SELECT ?x { ?x a kg:Report } LIMIT x", "error at 1:36: expected one of HAVING, OFFSET")
    ('sparql.unexpected', {'line': 1, 'column': 36, 'error': 'expected one of HAVING, OFFSET', 'found': 'x'})
    >>> fault("ASK { ?s foo:bar ?o }", "error at 1:17: expected one of Prefix not found, [':']")[1]["prefix"]
    'foo'
    >>> fault("ASK { ?s ?p ?o", "error at 1:15: expected one of '}'")[0]
    'sparql.incomplete'
    """
    place = _PLACE.match(told)
    if not place:
        return "sparql.malformed", {"error": _short(told)}
    line, column = int(place["line"]), int(place["column"])
    values: dict[str, object] = {"line": line, "column": column, "error": _short(place["told"])}
    lines = sparql.split("\n")
    at = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    if _UNDECLARED in place["told"] and (prefix := _PREFIX.search(sparql, 0, at)):
        return "sparql.prefix", {**values, "error": _UNDECLARED, "prefix": prefix["name"]}
    if _UNGROUPED in place["told"]:
        return "sparql.ungrouped", {**values, "error": _UNGROUPED}
    found = _WORD.match(sparql[at:].lstrip())
    return ("sparql.unexpected", {**values, "found": found[0]}) if found else ("sparql.incomplete", values)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()} …"


# SERVICE and what can be one to Oxigraph, which needs no space around it: ``1SERVICE<…>``, ``SERVICEex:a``.
# Strings and comments are not skipped, since where they begin can't be told without parsing the whole.
_SERVICE = re.compile(
    r"""
    [?$]\w+
  | (?<![\w.-]) (?P<prefix>[\w.-]*) : [\w.:%\\-]*
  | (?P<keyword>SERVICE) (?= (?:\s|\#[^\n]*\n)* (?:SILENT(?:\s|\#[^\n]*\n)*)? (?:[<?$:]|[\w.-]+:) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UPDATE = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)


def calls_service(sparql: str) -> bool:
    """Tell whether a query may send something to another SPARQL endpoint."""
    if "service" not in sparql.lower():  # nearly always, and many times as quick
        return False
    return any(found["keyword"] or "service" in (found["prefix"] or "").lower() for found in _SERVICE.finditer(sparql))


def changes(sparql: str) -> bool:
    """Tell whether a text that is no query looks like an update."""
    return _UPDATE.search(sparql) is not None
