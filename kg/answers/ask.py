"""A question in words -> a stored question with its parameters, or the nearest ones; never a guess.

Three steps, without accents or case, in Vietnamese and English:

1. the *slots* are read and cut out: citations, file names, provinces, bodies, dates, periods, numbers;
2. the words left over become *concepts* by the table ``ontology/questions.tsv`` (IMPLEMENT is
   ``thực hiện``, ``triển khai``, ``implement*`` …), the longest phrase first;
3. each stored query lists in its header the patterns that ask for it (``# ask: PROVINCES
   IMPLEMENT {document} !NOT``): all concepts and slots must be there, ``!`` must not, ``A > B``
   wants A before B, ``{period2}`` wants two periods.  The pattern that leaves least unexplained wins.

A year that stands apart from a citation without one belongs to it.

>>> found = understand("tinh nao thuc hien nghi dinh 60/2024")
>>> found.query, found.params
('provinces-implementing', {'document': 'nghi dinh 60/2024'})
>>> understand("thời tiết hôm nay thế nào").query is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.answers.lookup import read_wording
from kg.answers.questions import Answer, StoredQuery, run, stored_queries
from kg.answers.slots import read_slots
from kg.documents.calendar import slips
from kg.entities.periods import read_period
from kg.messages import KgError, say
from kg.ontology.tables import read
from kg.ontology.wording import entries
from kg.text.lexicon import Lexicon
from kg.text.normalization import fold, normalize

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["Understanding", "ask", "understand"]


@dataclass(frozen=True, slots=True)
class Understanding:
    """``query`` and ``params`` as understood, ``query`` None when unsure; ``nearest`` lists queries, best first.

    ``documents`` are the citations in the wording; with more than one it is not understood.
    """

    query: str | None
    params: dict[str, str]
    nearest: tuple[str, ...]
    concepts: tuple[str, ...]
    documents: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    """Parts of the wording that the question has no use for."""

    def to_dict(self, question: str, answer: Answer | None) -> dict[str, Any]:
        """Return ``question`` as it was understood with its answer, as plain JSON-ready values."""
        if answer is None:
            return {"question": question, "query": None, "nearest": list(self.nearest)}
        return {"question": question, **answer.to_dict(), "unused": list(self.unused)}


# --- concepts ----------------------------------------------------------------------------------------------


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern of each phrase over folded words, the longest first, with its concept."""
    rows = [
        (fold(phrase), row["concept"])
        for row in read("questions")
        for phrase in (*row["vi"].split("|"), *row["en"].split("|"))
        if phrase
    ]
    rows.sort(key=lambda r: (-len(r[0].split()), -len(r[0])))
    return tuple(
        (re.compile(r"(?<![^\W_])" + r"\W+".join(w.replace("*", r"[a-z]*") for w in p.split()) + r"(?![^\W_])"), c)
        for p, c in rows
    )


class _Concept(NamedTuple):
    name: str
    start: int
    end: int


def _concepts(rest: str) -> tuple[list[_Concept], str]:
    """Concepts in their order, and the wording without them.

    ``không`` or ``chưa`` at the end of a clause only makes it a question.
    """
    left = re.sub(r"(?<![a-z])(?:khong|chua)(?=\s*(?:[,;.?!]|$))", lambda m: " " * len(m[0]), rest)
    found = []
    for pattern, concept in _phrases():
        while match := pattern.search(left):
            found.append(_Concept(concept, *match.span()))
            left = left[: match.start()] + "\x00" * len(match[0]) + left[match.end() :]
    return sorted(found, key=lambda concept: concept.start), left


# --- patterns ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pattern:
    query: StoredQuery
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    ordered: tuple[tuple[str, str], ...]


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(_pattern(query, text) for query in stored_queries() for text in query.patterns)


def _pattern(query: StoredQuery, text: str) -> _Pattern:
    tokens = text.split()
    ordered = tuple((tokens[k - 1], tokens[k + 1]) for k, t in enumerate(tokens) if t == ">")
    wanted = tuple(t for t in tokens if t != ">" and not t.startswith("!"))
    return _Pattern(query, wanted, tuple(t[1:] for t in tokens if t.startswith("!")), ordered)


_MEANS: Final = {"KINDS": "DOCUMENTS"}
"""Concepts that patterns call by a wider one; no answer heeds how much narrower they are, which is told."""

_SLOT, _CONCEPT, _UNEXPLAINED, _UNUSABLE = 2.0, 1.0, -0.6, -1.5
_OPTIONAL = 0.5


def _score(pattern: _Pattern, seen: dict[str, int], slots: dict[str, list[str]]) -> float | None:
    """How well the pattern explains the wording; None where it does not fit."""
    if any(token not in seen for token in pattern.wanted) or any(token in seen for token in pattern.unwanted):
        return None
    if any(seen[a] > seen[b] for a, b in pattern.ordered):
        return None
    kinds = {parameter.type for parameter in pattern.query.parameters}
    if "document" in slots and "document" not in kinds:
        return None  # the answer would be about anything but the document
    score = 0.0
    for token in seen:
        kind = token.strip("{}")
        if token in pattern.wanted:
            score += _SLOT if token.startswith("{") else _CONCEPT
        elif kind.endswith("2"):
            score += _UNUSABLE if len(slots[kind[:-1]]) > 1 else 0
        elif kind in slots:
            score += _OPTIONAL if kind in kinds else _UNUSABLE
        else:
            score += _UNEXPLAINED
    return score


_TOLD: Final = re.compile(r"\b(?:giao|phan cong|assign\w*)\b[^,;.?]*\b(?:cho|to)\s+(?:cac\s+|the\s+)?\Z")
"""What stands before the body that is told to do the work: ``giao việc cho …``."""


_SUBJECT: Final = re.compile(r"\s+(?:ve|on)\s[^\x00,;?.]*")
"""The subject behind a citation belongs to it: ``… của Chính phủ về phát triển và quản lý chợ``."""


def understand(wording: str, known_bodies: Iterable[str] = ()) -> Understanding:
    """Return the stored question that ``wording`` asks, with its parameters.

    ``known_bodies`` are names of bodies beside those of the tables, as the graph has them.  A
    wording that fits no pattern, or two queries equally well, or names two documents, is not
    understood.
    """
    text = normalize(wording).text
    folded = fold(text)
    known = Lexicon([(name, name) for name in known_bodies]) if known_bodies else None
    slots: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    cited_to: list[int] = []
    rest = folded
    for slot in read_slots(text, folded, known):
        values = slots.setdefault(slot.kind, [])
        if slot.value not in values:
            # Of two bodies the one that is told to do the work is asked about.
            told = slot.kind == "body" and _TOLD.search(folded, 0, slot.start)
            values.insert(0 if told else len(values), slot.value)
        places.setdefault(slot.kind, slot.start)
        if slot.kind == "document":
            cited_to.append(slot.end)
        rest = rest[: slot.start] + "\x00" * (slot.end - slot.start) + rest[slot.end :]
    _complete(slots)
    concepts, left = _concepts(rest)
    # The first place of each; who asks for decrees asks for documents.
    seen = {_MEANS.get(concept.name, concept.name): concept.start for concept in reversed(concepts)}
    seen |= {f"{{{kind}}}": places[kind] for kind in slots}
    seen |= {f"{{{kind}2}}": places[kind] for kind in slots if len(_in_order(kind, slots[kind], 2)) > 1}

    best: dict[str, float] = {}
    for pattern in _patterns():
        score = _score(pattern, seen, slots)
        if score is not None:
            best[pattern.query.name] = max(score, best.get(pattern.query.name, score))
    ranked = sorted(best, key=lambda name: -best[name])
    cited = tuple(slots.get("document", ()))
    sure = (
        len(cited) < 2
        and bool(ranked)
        and best[ranked[0]] > 0
        and (len(ranked) == 1 or best[ranked[0]] > best[ranked[1]])
    )
    names = tuple(concept.name for concept in concepts)
    if not sure:
        return Understanding(None, {}, tuple(ranked[:5]) or _nearest(seen), names, cited)
    query = next(p.query for p in _patterns() if p.query.name == ranked[0])
    params: dict[str, str] = {}
    unused = []
    for kind, values in slots.items():
        names_of_kind = [p.name for p in query.parameters if p.type == kind]
        params |= dict(zip(names_of_kind, _in_order(kind, values, len(names_of_kind)), strict=False))
        unused += values[max(1, len(names_of_kind)) :] if names_of_kind else values
    # A day that no calendar has is left out, and told.
    never = [(slip.start, slip.end) for slip in slips(folded)]
    unused += [text[start:end] for start, end in never]
    for start, end in never:
        left = left[:start] + "\x00" * (end - start) + left[end:]
    for end in cited_to:
        if subject := _SUBJECT.match(left, end):
            left = left[:end] + "\x00" * len(subject[0]) + left[subject.end() :]
    unused += _unread(text, folded, left, [concept for concept in concepts if concept.name not in _told_by(query.name)])
    ordered = {p.name: params[p.name] for p in query.parameters if p.name in params}
    return Understanding(query.name, ordered, tuple(ranked[1:4]), names, cited, tuple(unused))


@cache
def _told_by(query: str) -> frozenset[str]:
    """The concepts that a wording of this question may have, and those that every question answers."""
    wanted = (token for pattern in _patterns() if pattern.query.name == query for token in pattern.wanted)
    return frozenset((*wanted, *entries("asked_anyway")))


_ASKED_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s,]+")


def _unread(text: str, folded: str, left: str, unused: Iterable[_Concept]) -> list[str]:
    """What the question makes nothing of: ``unused`` concepts and words that tell something, as they are written.

    ``left`` is what is ``folded`` without slots and concepts.  What stands together is told together.
    """
    idle = frozenset(entries("idle_in_questions"))
    words = [match.span() for match in _ASKED_WORD.finditer(left)]
    told: list[tuple[int, int]] = []
    for start, end in sorted([*words, *((concept.start, concept.end) for concept in unused)]):
        if idle.issuperset(_ASKED_WORD.findall(folded, start, end)):
            continue
        if told and _GAP.fullmatch(text, told[-1][1], start):
            told[-1] = (told[-1][0], end)
        else:
            told.append((start, end))
    return [text[start:end] for start, end in told]


def _complete(slots: dict[str, list[str]]) -> None:
    """Give the one citation that lacks a year the year that stands apart from it: "năm 2024 … Nghị định 60"."""
    years = [period for period in slots.get("period", ()) if len(period) == 4]
    cited = slots.get("document", ())
    if len(years) != 1 or len(cited) != 1:
        return
    wanted = next(read_wording(cited[0]), None)
    if wanted and wanted.year is None and wanted.number[:1].isdigit():
        slots["document"] = [f"{cited[0]} năm {years[0]}"]
        slots["period"].remove(years[0])
        if not slots["period"]:
            del slots["period"]


def _in_order(kind: str, values: list[str], wanted: int) -> list[str]:
    """The values for ``wanted`` parameters of a kind; of periods the earlier first, a span as its two ends.

    >>> _in_order("period", ["2023", "2021"], 2), _in_order("period", ["2021/2023"], 2)
    (['2021', '2023'], ['2021', '2023'])
    """
    if kind != "period" or wanted < 2:
        return values
    if len(values) == 1:
        return values[0].split("/")
    return sorted(values, key=lambda value: read_period(value).start)


def _nearest(seen: dict[str, int]) -> tuple[str, ...]:
    """Queries whose patterns share most with the wording."""
    shared: dict[str, int] = {}
    for pattern in _patterns():
        count = sum(token in seen for token in pattern.wanted)
        if count:
            shared[pattern.query.name] = max(count, shared.get(pattern.query.name, 0))
    return tuple(sorted(shared, key=lambda name: (-shared[name], name))[:5])


_BODIES = "SELECT DISTINCT ?name WHERE { ?body a org:Organization ; rdfs:label ?name }"


def ask(graph: Graph, wording: str, *, as_of: str | None = None) -> tuple[Understanding, Answer | None]:
    """Return what ``wording`` was understood to ask, and the answer; None where it was not understood.

    ``as_of`` is that of `kg.answers.questions.run`.  Raises KgError where it names two documents, and as `run` does.
    """
    found = understand(wording, [str(row["name"]) for row in graph.select(_BODIES)])
    if len(found.documents) > 1:
        raise KgError(say("ask.several-documents", names=", ".join(found.documents)), say("ask.one-document"))
    return found, run(graph, found.query, as_of=as_of, **found.params) if found.query else None
