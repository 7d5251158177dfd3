"""Who acts upon the first citation of a sentence: its own words decide, else what introduces the sentence.

`RULES` are asked in their order, and the first that gives an act decides; what none of them
decides is merely cited.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.relations.acts import CITES, Act
from kg.relations.clauses import TITLE, segment
from kg.relations.gaps import GLUE, headless, names_several, unplaced
from kg.relations.governing.leads import introduced
from kg.relations.governing.lists import Acts
from kg.relations.scene import BESIDE, Scene
from kg.relations.triggers import PREPOSITIONS, Trigger, triggers
from kg.structure import PassageKind
from kg.text.late import late

__all__ = ["RULES", "first"]

_NOTE_OPENS: Final = late(
    r"\s?(?:(?:gồm|bao gồm|cụ thể|như|các văn bản)\s?:?\s|(?:các |những )?quy định (?:của|tại)\s)(?:các\s)?"
)


def first(acts: Acts, index: int) -> Act:
    """What governs the first citation of a sentence."""
    words = acts.scene.before(index)
    words = unplaced(words) if acts.scene.citations[index].pinpoint else headless(words)
    for rule in RULES:
        if (act := rule(acts, index, words)) is not None:
            return act
    return CITES


def is_subject(acts: Acts, index: int, words: str) -> Act | None:
    """``Nghị định A đã quy định …``: what a citation is the subject of, nobody does to it."""
    return CITES if acts.scene.subject(index) else None


def in_title_note(acts: Acts, index: int, words: str) -> Act | None:
    """``(1) Về thực hiện Nghị quyết B``: a footnote that gives the title of the document at its mark."""
    titled = _titled_in_note(acts.scene, index)
    if titled is None:
        return None
    found = triggers(words)
    kind = acts.manner.of_title(found, words) if found else "cites"
    return Act((titled,), kind, found[-1].text if found else None)


def _titled_in_note(scene: Scene, index: int) -> int | None:
    """The citation at whose end stands the mark of this footnote, where the footnote gives its title."""
    unit = scene.units[index]
    note = scene.page.passage(unit.passage)
    if note is None or note.kind is not PassageKind.FOOTNOTE or unit.start > note.start:
        return None
    if not TITLE.match(scene.page.flat(note.start, scene.citations[index].start, unit.passage)):
        return None
    anchor = scene.page.anchor(note)
    beside = scene.before_mark(anchor)
    return beside if 0 <= beside < index and anchor - scene.tails[beside] <= BESIDE else None


def by_verb(acts: Acts, index: int, words: str) -> Act | None:
    """The last verb before the citation, in its clause or, where a clause holds no word, in the one before."""
    clause, found = _clause(acts.scene, index, words)
    return acts.done(index, found[-1], clause) if found else None


def _clause(scene: Scene, index: int, words: str) -> tuple[str, tuple[Trigger, ...]]:
    """The part of the words before a citation that governs it, with its verbs up to the one that does."""
    clause, _ = segment(words)
    found = triggers(clause)
    if not found and GLUE.fullmatch(clause):
        clause, found = words, triggers(words)
        bracketed = words.rstrip().endswith("(") and scene.citations[index].pinpoint
        if bracketed and found and found[-1].kind not in PREPOSITIONS:
            found = ()  # a provision in a bracket says where the rule stands
    if clause.rstrip().endswith(":") and (made := [t for t in found if "issued" in t.kinds]):
        # "đã ban hành 02 Quyết định phê duyệt trữ lượng, cụ thể: Quyết định số …": what was issued is listed.
        whole = found[-1].kind in ("approves", "promulgates") or names_several(clause[made[-1].end :])
        found = found[: found.index(made[-1]) + 1] if whole else found
    return clause, found


def by_introduction(acts: Acts, index: int, words: str) -> Act | None:
    """No word stands before the citation: what introduces its list, its note or its heading governs it."""
    return introduced(acts, index) if GLUE.fullmatch(words) or _NOTE_OPENS.fullmatch(words) else None


RULES: Final[tuple[Callable[[Acts, int, str], Act | None], ...]] = (
    is_subject,
    in_title_note,
    by_verb,
    by_introduction,
)
