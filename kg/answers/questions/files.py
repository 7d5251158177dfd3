"""Stored questions: each is a SPARQL file in ``queries/`` that opens with its own description.

The file's leading comments have a fixed form, one ``key: value`` a line, a value continued
on lines that begin with ``#`` and three blanks::

    # title.vi: …              # title.en: …
    # question.vi: …           # question.en: …      with {parameter} for what varies
    # reasoning.vi: …          # reasoning.en: …     what counts and what does not, and why
    # param NAME: TYPE[ of LIST][, required][ = DEFAULT] | Vietnamese | English
    # column NAME: Vietnamese | English
    # ask: wording pattern of kg.ask

A parameter enters the query as RDF terms at the places that `kg.graph.binding` knows, so no text of a
user ever becomes part of a query, and a file runs as it stands on any SPARQL 1.1 store that
takes the union of the named graphs as its default graph.

>>> query = stored("provinces-implementing")
>>> query.title["en"], [p.name for p in query.parameters if p.required]
('Provinces implementing a document', ['document'])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from kg.answers.questions.bound import did_you_mean
from kg.messages import KgError, say
from kg.model import Severity, Status
from kg.ontology.tables import read

__all__ = ["Column", "Parameter", "StoredQuery", "names", "stored", "stored_queries"]

Text = Mapping[str, str]
"""One text in each language: ``{"vi": …, "en": …}``."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What varies in a stored query.

    ``type`` is ``document``, ``province``, ``body``, ``report``, ``date``, ``period``, ``integer`` or ``text``.
    """

    name: str
    type: str
    required: bool
    default: str | None
    description: Text
    values: tuple[str, ...] = ()
    """What it may be, where that is a list: ``text of status`` in the header."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    description: Text


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question with its query: what the header says, and the SPARQL text as it stands in the file."""

    name: str
    title: Text
    question: Text
    reasoning: Text
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    patterns: tuple[str, ...]
    sparql: str

    def to_dict(self) -> dict[str, Any]:
        """Return what its header says, as plain JSON-ready values."""
        return {
            "name": self.name,
            "title": dict(self.title),
            "question": dict(self.question),
            "reasoning": dict(self.reasoning),
            "parameters": [
                {
                    "name": p.name,
                    "type": p.type,
                    "required": p.required,
                    "default": p.default,
                    "description": dict(p.description),
                }
                for p in self.parameters
            ],
            "columns": [{"name": c.name, "description": dict(c.description)} for c in self.columns],
        }


@cache
def names() -> tuple[str, ...]:
    """Names of the stored queries, in alphabetical order."""
    found = (entry.name for entry in files("kg.queries").iterdir())
    return tuple(sorted(name.removesuffix(".rq") for name in found if name.endswith(".rq")))


@cache
def stored(name: str) -> StoredQuery:
    """Return the stored query ``name``; raises KgError with the nearest names where there is none."""
    if name not in names():
        near = get_close_matches(name, names(), n=3, cutoff=0.4)
        raise KgError(say("query.unknown", name=name), did_you_mean(near) if near else say("query.see-list"))
    return _read(name, files("kg.queries").joinpath(f"{name}.rq").read_text(encoding="utf-8"))


def stored_queries() -> tuple[StoredQuery, ...]:
    """Every stored query, by name."""
    return tuple(stored(name) for name in names())


_HEADER = re.compile(r"# (?P<key>[a-z]+)(?:[ .](?P<name>[\w-]+))?: (?P<value>.*)")


def _read(name: str, text: str) -> StoredQuery:
    """Parse one file; a header out of form raises ValueError with the line."""
    entries: list[tuple[str, str | None, str]] = []
    for line in text.split("\n\n", 1)[0].splitlines():
        if line.startswith("#   ") and entries:
            key, label, value = entries.pop()
            entries.append((key, label, f"{value} {line[1:].strip()}"))
        elif found := _HEADER.fullmatch(line):
            entries.append((found["key"], found["name"], found["value"]))
        else:
            raise ValueError(f"{name}.rq: header line out of form: {line}")
    one = {(key, label): value for key, label, value in entries}
    return StoredQuery(
        name,
        {lang: one["title", lang] for lang in ("vi", "en")},
        {lang: one["question", lang] for lang in ("vi", "en")},
        {lang: one["reasoning", lang] for lang in ("vi", "en")},
        tuple(_parameter(label or "", value) for key, label, value in entries if key == "param"),
        tuple(Column(label or "", _texts(value)) for key, label, value in entries if key == "column"),
        tuple(value for key, _, value in entries if key == "ask"),
        text,
    )


def _parameter(name: str, value: str) -> Parameter:
    kind, texts = value.split(" | ", 1)
    kind, _, default = kind.partition(" = ")
    kind, _, required = kind.partition(", ")
    kind, _, of = kind.partition(" of ")
    return Parameter(name, kind, required == "required", default or None, _texts(texts), _LISTS[of]() if of else ())


_LISTS: Mapping[str, Callable[[], tuple[str, ...]]] = {
    "status": lambda: tuple(Status),
    "severity": lambda: tuple(Severity),
    "findings": lambda: tuple(
        code for row in read("findings") if not (code := row["code"]).startswith(("resolved-", "place-"))
    ),
}


def _texts(value: str) -> Text:
    vi, en = value.split(" | ")
    return {"vi": vi, "en": en}
