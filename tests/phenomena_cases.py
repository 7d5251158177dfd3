"""Our own evaluation by phenomenon: the cases of ``phenomena/*.jsonl``, and how one is judged.

A case is one JSON object a line:

``id``             unique; ``rule``: what it stands for; ``source``: the law, standard or usage behind it
``text``           with ``⟦ ⟧`` around each expected mention and ``⟪ ⟫`` around each reference back
``frame``          the document of ``frames.json`` that the text stands in; none: the text stands alone
``mentions``       in order: ``type``, ``number``, ``date``, ``issuer``, ``pinpoint`` (absent: null);
                   ``name``, ``title`` and ``status`` are looked at only where given; ``intended``: what a damaged
                   number stands for, equally right
``relations``      all but the weak ``cites``: ``[from, relation, to]``, ends as places in ``mentions`` from 1
                   or ``REPORT``; a ``cites`` that is given must be there
``references``     in order: ``to`` (places or REPORT) and ``reason``
``tasks``          in order: ``mentions`` (places), ``assignees``, ``deadline``, ``status``; ``text`` (its extent) is
                   looked at only where given
``known_failure``  why the program does not get it right yet

What is right is told by the rule, never by what the program does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

__all__ = ["FIELDS", "Case", "Extract", "judge", "read_cases"]

FOLDER = Path(__file__).parent / "phenomena"
FIELDS = (
    "spans",
    "number",
    "type",
    "date",
    "issuer",
    "pinpoint",
    "name",
    "title",
    "status",
    "relations",
    "references",
    "tasks",
)
"""What is judged of a case, as far as the case tells it."""

Extract = Callable[[str], dict[str, Any]]
"""A text -> the plain values of ``Extraction.to_dict``."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One case, its text without the marks and in its frame."""

    id: str
    phenomenon: str
    rule: str
    text: str
    mentions: tuple[tuple[Span, dict[str, Any]], ...]
    references: tuple[Span, ...]
    row: dict[str, Any]

    @property
    def known_failure(self) -> str | None:
        """Why the program fails it, or None."""
        reason: str | None = self.row.get("known_failure")
        return reason


@cache
def _frames() -> dict[str, str]:
    frames: dict[str, str] = json.loads((FOLDER / "frames.json").read_text(encoding="utf-8"))
    return frames


def _unmark(marked: str, shift: int) -> tuple[str, list[Span], list[Span]]:
    """The text without its marks, and the spans of mentions and of references, moved by ``shift``."""
    plain: list[str] = []
    length = 0
    opened = {"⟦": 0, "⟪": 0}
    spans: dict[str, list[Span]] = {"⟧": [], "⟫": []}
    for piece in re.split("([⟦⟧⟪⟫])", marked):
        if piece in opened:
            opened[piece] = length
        elif piece in spans:
            begin = opened["⟦" if piece == "⟧" else "⟪"]
            spans[piece].append((begin + shift, length + shift))
        else:
            plain.append(piece)
            length += len(piece)
    return "".join(plain), spans["⟧"], spans["⟫"]


def _case(phenomenon: str, row: dict[str, Any]) -> Case:
    before, after = "", ""
    if "frame" in row:
        before, after = _frames()[row["frame"]].split("{text}")
    text, mentions, references = _unmark(row["text"], len(before))
    if len(mentions) != len(row["mentions"]):
        raise ValueError(f"{row['id']}: {len(mentions)} marked mentions, {len(row['mentions'])} described")
    told = tuple(zip(mentions, row["mentions"], strict=True))
    return Case(row["id"], phenomenon, row["rule"], before + text + after, told, tuple(references), row)


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """Every case, in the order of files and lines."""
    cases = [
        _case(path.stem, json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    if len({case.id for case in cases}) != len(cases):
        raise ValueError(f"{folder}: a case id stands twice")
    return cases


def _numbers(told: dict[str, Any]) -> set[str | None]:
    return {told.get("number"), told.get("intended", told.get("number"))}


def judge(case: Case, extract: Extract) -> dict[str, tuple[Any, Any]]:
    """Field -> (expected, found), for each field that the case tells; right where both are equal.

    Fields of mentions are compared for the mentions found at their place; a mention that is
    missed or too many counts against ``spans`` and makes the fields of all wrong.
    """
    found = extract(case.text)
    by_span = {(m["start"], m["end"]): m for m in found["mentions"]}
    want = {span for span, _ in case.mentions}
    quoted = {span: case.text[slice(*span)] for span in want | set(by_span)}
    out: dict[str, tuple[Any, Any]] = {
        "spans": (sorted(quoted[s] for s in want), sorted(quoted[s] for s in by_span)),
    }
    if want != set(by_span) and out["spans"][0] == out["spans"][1]:
        out["spans"] = (sorted(want), sorted(by_span))
    pairs = [(told, by_span.get(span) or {"missing": True}) for span, told in case.mentions]
    if pairs:
        out["number"] = (
            [told.get("number") for told, _ in pairs],
            [
                told.get("number") if got.get("number", "?") in _numbers(told) else got.get("number", "?")
                for told, got in pairs
            ],
        )
    for field in ("type", "date", "issuer", "pinpoint"):
        if pairs:
            out[field] = ([told.get(field) for told, _ in pairs], [got.get(field, "?") for _, got in pairs])
    for field in ("name", "title", "status"):
        told_ones = [(told[field], got.get(field, "?")) for told, got in pairs if field in told]
        if told_ones:
            out[field] = ([a for a, _ in told_ones], [None if b is None else str(b) for _, b in told_ones])
    places = {by_span[span]["id"]: k for k, (span, _) in enumerate(case.mentions, 1) if span in by_span}
    place: Callable[[str], int | str] = lambda ident: places.get(ident, ident)  # noqa: E731
    row = case.row
    if "relations" in row:
        expected = {tuple(r) for r in row["relations"]}
        links = {(place(r["from"]), r["rel"], place(r["to"])) for r in found["relations"]}
        kept = {r for r in links if r[1] != "cites" or r in expected}
        out["relations"] = (sorted(expected, key=str), sorted(kept, key=str))
    if "references" in row:
        named = [(r["start"], r["end"]) for r in found["references"]]
        expected_refs = [
            (case.text[slice(*span)], told["to"], told["reason"])
            for span, told in zip(case.references, row["references"], strict=True)
        ]
        got_refs = [
            (case.text[slice(*span)], [place(i) for i in r["to"]], r["reason"])
            for span, r in zip(named, found["references"], strict=True)
        ]
        out["references"] = (expected_refs, got_refs)
    if "tasks" in row:
        told_texts = ["text" in t for t in row["tasks"]]
        got_tasks = [
            {
                "mentions": [place(i) for i in t["mentions"]],
                "assignees": sorted(t["assignees"]),
                "deadline": t["deadline"],
                "status": str(t["status"]),
                **({"text": t["text"]} if told else {}),
            }
            for t, told in zip_longest(found["tasks"], told_texts[: len(found["tasks"])], fillvalue=False)
        ]
        expected_tasks = [{**t, "assignees": sorted(t["assignees"])} for t in row["tasks"]]
        out["tasks"] = (expected_tasks, got_tasks)
    return out
