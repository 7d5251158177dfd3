"""Scores an extraction against texts that people have annotated.

A folder of annotations holds, for each document ``NNN``, ``NNN.mentions.jsonl``,
``NNN.relations.jsonl``, ``NNN.header.json`` and mostly ``NNN.tasks.jsonl``; the text begins
with ``NNN`` in a folder beside it.  A mention is found where the spans overlap and the
numbers are equal; what is no difference (Unicode form, case, spaces, kinds of hyphen,
leading zeros, the order of a pinpoint's units) is folded before comparing.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Document", "Score", "documents", "score", "shared"]

HEADER_FIELDS = ("type", "issuer", "province", "number", "date", "period")
MENTION_FIELDS = ("type", "date", "issuer", "pinpoint", "status")
WEAK = ("cites", "issued")


def shared() -> Path | None:
    """The folder with annotated texts: ``$KG_SHARED``, else ``../shared`` beside the project; None without one."""
    folder = Path(os.environ.get("KG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    return folder if (folder / "gold" / "dev").is_dir() else None


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated document; ``tasks`` is None where none are annotated."""

    name: str
    text: str
    mentions: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    header: dict[str, Any]
    tasks: list[dict[str, Any]] | None


@dataclass(slots=True)
class Score:
    """Counts, and every disagreement in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def f1(self, kind: str) -> float:
        """Harmonic mean of precision and recall of ``kind``; 1 where there is nothing to find and nothing found."""
        hit, found, gold = (self.counts[f"{kind} {what}"] for what in ("hit", "found", "gold"))
        return 2 * hit / (found + gold) if found + gold else 1.0

    def accuracy(self, kind: str) -> float:
        """Right of all of ``kind``."""
        return self.counts[f"{kind} right"] / self.counts[f"{kind} all"] if self.counts[f"{kind} all"] else 1.0

    def check(self, kind: str, where: str, expected: Any, found: Any) -> None:
        """Count one comparison."""
        self.counts[f"{kind} all"] += 1
        self.counts[f"{kind} right"] += expected == found
        if expected != found:
            self.wrong.append(f"{where} {kind}: expected {expected!r}, found {found!r}")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def documents(gold: Path, texts: Path) -> Iterator[Document]:
    """Every annotated document of a folder, its text exactly as in the file."""
    for path in sorted(gold.glob("*.mentions.jsonl")):
        name = path.name.partition(".")[0]
        source = next(p for p in sorted(texts.iterdir()) if p.name.startswith(name))
        tasks = gold / f"{name}.tasks.jsonl"
        yield Document(
            name,
            source.read_bytes().decode("utf-8"),
            _rows(path),
            _rows(gold / f"{name}.relations.jsonl"),
            json.loads((gold / f"{name}.header.json").read_text(encoding="utf-8")),
            _rows(tasks) if tasks.exists() else None,
        )


def fold(value: Any) -> str | None:
    """Text without what is no difference."""
    if value is None:
        return None
    text = unicodedata.normalize("NFC", str(value)).replace("\u00d0", "\u0110").replace("\u00f0", "\u0111")
    return " ".join(text.lower().split()).replace("uỷ", "ủy").replace("thủ tướng chính phủ", "thủ tướng") or None


def fold_number(value: Any) -> str | None:
    """A number without spaces, kinds of hyphen and leading zeros."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", re.sub(r"\s+", "", fold(value) or ""))
    return re.sub(r"^0+(?=\d)", "", text) or None


def fold_pinpoint(value: Any) -> frozenset[frozenset[tuple[str, str]]]:
    """Places as sets of unit and value, whatever their order."""
    parts = [
        re.findall(r"(điều|khoản|điểm|chương|mục|phần|phụ lục)\s+([\w.-]+)", part)
        for part in (fold(value) or "").split(";")
    ]
    return frozenset(frozenset(part) for part in parts if part)


def pairs(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[int, int]:
    """Index of each annotated mention that was found -> index of the one found."""
    out: dict[int, int] = {}
    for index, told in enumerate(gold):
        numbers = {fold_number(told["number"]), fold_number(told.get("intended", told["number"]))}
        for k, got in enumerate(found):
            overlap = got["start"] < told["end"] and told["start"] < got["end"]
            if k not in out.values() and overlap and fold_number(got["number"]) in numbers:
                out[index] = k
                break
    return out


def score(document: Document, result: dict[str, Any], total: Score) -> None:
    """Add what ``result`` (the plain form of an extraction) gets right and wrong to ``total``."""
    found, gold, name = result["mentions"], document.mentions, document.name
    matched = pairs(gold, found)
    total.counts.update({"mentions gold": len(gold), "mentions found": len(found), "mentions hit": len(matched)})
    total.wrong += [f"{name} missed {g['text']!r} at {g['start']}" for k, g in enumerate(gold) if k not in matched]
    spurious = set(range(len(found))) - set(matched.values())
    total.wrong += [f"{name} spurious {found[k]['text']!r} at {found[k]['start']}" for k in sorted(spurious)]
    for k, index in matched.items():
        for what in MENTION_FIELDS:
            same: Callable[[Any], Any] = fold_pinpoint if what == "pinpoint" else fold
            where = f"{name} {gold[k]['text']!r} at {gold[k]['start']}"
            total.check(what, where, same(gold[k].get(what)), same(found[index].get(what)))
    ids = {found[index]["id"]: gold[k]["id"] for k, index in matched.items()} | {"REPORT": "REPORT"}
    _score_relations(document, result, ids, total)
    _score_tasks(document, result, ids, total)
    for what in HEADER_FIELDS:
        total.check("header", f"{name} {what}", fold(document.header.get(what)), fold(result["document"].get(what)))


def _score_relations(document: Document, result: dict[str, Any], ids: dict[str, str], total: Score) -> None:
    gold = {(r["from"], r["rel"], r["to"]) for r in document.relations}
    found = {
        (ids.get(r["from"], "?" + r["from"]), r["rel"], ids.get(r["to"], "?" + r["to"])) for r in result["relations"]
    }
    kinds: dict[str, Callable[[tuple[str, str, str]], bool]] = {
        "implements": lambda r: r[0] == "REPORT" and r[1] == "implements",
        "issued": lambda r: r[0] == "REPORT" and r[1] == "issued",
        "links": lambda r: r[0] != "REPORT" and r[1] not in WEAK,
    }
    for kind, belongs in kinds.items():
        told, got = set(filter(belongs, gold)), set(filter(belongs, found))
        total.counts.update({f"{kind} gold": len(told), f"{kind} found": len(got), f"{kind} hit": len(told & got)})
        total.wrong += [f"{document.name} {kind} missed {r}" for r in sorted(told - got)]
        total.wrong += [f"{document.name} {kind} spurious {r}" for r in sorted(got - told)]


def _score_tasks(document: Document, result: dict[str, Any], ids: dict[str, str], total: Score) -> None:
    """Each annotated task against the task found that shares most mentions with it."""
    for told in document.tasks or ():
        want = set(told["mentions"])
        named = [({ids[i] for i in task["mentions"] if i in ids}, task) for task in result["tasks"]]
        have, best = max(named, key=lambda pair: len(pair[0] & want), default=(set(), None))
        shown: dict[str, Any] = {}
        if best is not None and have & want:
            shown = {
                "mentions": sorted(have),
                "assignees": sorted(fold(a) or "" for a in best["assignees"]),
                "deadline": best["deadline"],
                "status": fold(best["status"]),
            }
        expected = {
            "mentions": sorted(want),
            "assignees": sorted(fold(a) or "" for a in told["assignees"]),
            "deadline": told["deadline"],
            "status": fold(told["status"]),
        }
        for what, value in expected.items():
            total.check(f"task {what}", f"{document.name} {told['id']}", value, shown.get(what, "no task"))
