"""Who acts upon a citation that stands behind another one in its sentence: the words between the two decide.

`RULES` are asked in their order, and the first that gives an act decides: marks that leave no
choice, then rows and lists, then the verbs.  Where no turn to the document at hand stands between
the two citations, the words go on with the title of the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.relations.acts import CITES, PASSIVES, Act, year
from kg.relations.clauses import aside, main_clause, opens_grounds, segment, subtitle, unbracketed
from kg.relations.gaps import ALIAS, GLUE, advised_beside, coordinate, entitled, headless, joined, named_again, unplaced
from kg.relations.governing.lists import Acts, listed
from kg.relations.scene import Scene
from kg.relations.triggers import CHANGES, Trigger, triggers

__all__ = ["RULES", "Gap", "between"]

_AGAIN: Final = re.compile(r"(?:,|\svà)\s(theo|tại)(?: các)?\s\Z")
_NEXT_GROUND: Final = re.compile(
    r"(?:\sngày [\d/. ]+)?(?:\scủa [^,;:()]{3,60})?,\s"
    r"(?:thực hiện|triển khai|căn cứ|theo)\s(?!số\s)[^,;:()]{3,90}\stại\s"
)
"""``Để hoàn thành các chỉ tiêu tại A, thực hiện ý kiến của Chủ tịch tại B, Sở …``: B is a ground of its own."""
_CHANGED_SINCE: Final = re.compile(
    r"\s?[;,]\s(?:(?:đã|được|và|nay)\s){0,3}(?:sửa đổi|bổ sung|điều chỉnh|thay thế)"
    r"(?:,? (?:và )?bổ sung)?\s(?:tại|bởi)\s"
)
"""``Quyết định A; điều chỉnh tại Quyết định B``: what has become of A."""
_TITLE_GOES_ON: Final = re.compile(r"\s?(?:và )?(?:quy định|hướng dẫn|sửa đổi|bổ sung|bãi bỏ|thay thế)\s")


class Gap:
    """The words between a citation and the one before it in its sentence, and how they are read."""

    __slots__ = ("_beside", "_found", "before", "clause", "index", "previous", "touching", "turned", "words")

    def __init__(self, scene: Scene, index: int, previous: int, before: Act) -> None:
        citation, unit = scene.citations[index], scene.units[index]
        begin = max(unit.start, scene.citations[previous].tail)
        words = scene.page.flat(begin, citation.start, unit.passage)
        words = unplaced(words) if citation.pinpoint else headless(words)
        self.index: int = index
        self.previous: int = previous
        self.before: Act = before
        """What governs the citation before."""
        self.touching: bool = not words.strip()
        self.words: str = unbracketed(words)
        clause, turned = _clause(scene, index, previous, self.words)
        self.clause: str = clause
        """The part of the words that governs the citation."""
        self.turned: bool = turned
        """Whether the document at hand takes the word again in them."""
        self._found: tuple[Trigger, ...] | None = None
        self._beside: bool | None = None

    @property
    def found(self) -> tuple[Trigger, ...]:
        """The verbs of the clause."""
        if self._found is None:
            self._found = triggers(self.clause)
        return self._found

    @property
    def beside(self) -> bool:
        """Whether the words begin with a plan or decision listed beside the citation before."""
        if self._beside is None:
            self._beside = not self.turned and coordinate(self.words)
        return self._beside


def between(acts: Acts, index: int, previous: int) -> Act:
    """What governs a citation behind another one of its sentence."""
    gap = Gap(acts.scene, index, previous, acts.found[previous])
    for rule in RULES:
        if (act := rule(acts, gap)) is not None:
            return act
    return by_title(acts, gap)


def _clause(scene: Scene, index: int, previous: int, words: str) -> tuple[str, bool]:
    """The part of the words between two citations that governs the second, and whether a turn stands before it."""
    clause, turned = segment(words)
    joint = _joint(scene, previous, words)
    if not turned:
        apart = not joint and _NEXT_GROUND.fullmatch(words)
        return (words[words.index(",") :], True) if apart else (words, False)
    # "Căn cứ Nghị định A quy định về phân cấp; quy định chi tiết Luật B": the title of A goes on.
    if ";" in words and _TITLE_GOES_ON.match(clause) and _within_grounds(scene, index, words):
        return words, False
    if _CHANGED_SINCE.fullmatch(words):
        return words, False
    if told := aside(words) or subtitle(words):
        return told, False
    return (words, False) if joint else (clause, True)


def _joint(scene: Scene, previous: int, words: str) -> bool:
    """``Thông tư liên tịch … của Bộ A, Bộ B hướng dẫn thực hiện``: no turn, these are its issuers."""
    return ";" not in words and "liên tịch" in (scene.citations[previous].type or "")


def _within_grounds(scene: Scene, index: int, words: str) -> bool:
    """Whether a citation, ``words`` behind the one before, stands in grounds that open its sentence."""
    return opens_grounds(scene.before(index)) and not main_clause(words)


# ------------------------------------------------------------ marks that leave no choice


def number_of_amended(acts: Acts, gap: Gap) -> Act | None:
    """A law cited by the name of an amending one: the number right behind is that of what it amends."""
    before = acts.scene.citations[gap.previous]
    amending = gap.touching and before.named and "sửa đổi" in (before.name or "")
    return Act((gap.previous,), "amends", "sửa đổi, bổ sung") if amending else None


def behind_bracket(acts: Acts, gap: Gap) -> Act | None:
    """``A (theo B), C``: C stands beside A.  A bracket that opens keeps the list's act until it closes."""
    opened, closed = gap.words.count("("), gap.words.count(")")
    closes = closed > opened
    if closes and acts.outside and GLUE.fullmatch(gap.words):
        return acts.like(gap.index, acts.outside)
    if closes != (opened > closed):
        acts.outside = None if closes else acts.of_list
    return None


def behind_amender(acts: Acts, gap: Gap) -> Act | None:
    """``Nghị định A (được sửa đổi bởi Nghị định B) quy định chi tiết Luật C``: the title is that of A."""
    if gap.before.kind not in PASSIVES or gap.words.count(")") <= gap.words.count("("):
        return None
    closed = gap.words.find(")") + 1
    title = gap.words[closed:] if _TITLE_GOES_ON.match(gap.words, closed) else ""
    found = triggers(title) if title else ()
    return Act(gap.before.actors, acts.manner.of_title(found, title), found[-1].text) if found else None


def short_name(acts: Acts, gap: Gap) -> Act | None:
    """``… (sau đây gọi là Nghị quyết 214/NQ-CP)``: what goes on behind the bracket goes on from the document."""
    alias = _same_document(acts.scene, gap.index, gap.previous) if ALIAS.search(gap.words) else None
    if alias is None:
        return None
    acts.short_names.append(gap.index)
    return acts.found[alias] if not acts.found[alias].actors else CITES


def _same_document(scene: Scene, index: int, previous: int) -> int | None:
    """The citation of this sentence that a bracket repeats."""
    for k in range(previous, -1, -1):
        if scene.units[k] != scene.units[index]:
            return None
        one, other = scene.citations[k], scene.citations[index]
        short = (other.number or "").isdigit() and one.type == other.type
        if one.number == other.number or (short and re.match(rf"0*{other.number}[/-]", one.number or "")):
            return k
    return None


def drawn_up_after(acts: Acts, gap: Gap) -> Act | None:
    """``Giấy đề nghị theo mẫu kèm theo Nghị định A (Giấy đề nghị số 02)``: what was drawn up follows A."""
    opens = gap.words.rstrip().endswith("(")
    return CITES if opens and (gap.before.trigger or "").endswith("kèm theo") else None


# ------------------------------------------------------------ rows and lists


def in_list(acts: Acts, gap: Gap) -> Act | None:
    """Marks and conjunctions alone stand between: a member of a list."""
    return listed(acts, gap.index, gap.previous, ";" in gap.words) if GLUE.fullmatch(gap.words) else None


def behind_title(acts: Acts, gap: Gap) -> Act | None:
    """``A về quản lý chợ; B``: the list goes on behind a title; a bracket gives what its words did."""
    if not (gap.turned and GLUE.fullmatch(gap.clause)):
        return None
    words = gap.words.rstrip()
    inside = triggers(gap.words) if words.endswith("(") else ()
    if inside and not named_again(words):
        return acts.done(gap.index, inside[-1], gap.words)
    return listed(acts, gap.index, gap.previous, True)


def by_same_preposition(acts: Acts, gap: Gap) -> Act | None:
    """``theo A và theo B``: the words end with the preposition of the first."""
    before = gap.before
    if before.actors or before.trigger not in ("theo", "tại"):
        return None
    found = _AGAIN.search(gap.words)
    return acts.like(gap.index, before) if found and found[1] == before.trigger else None


def beside_advice(acts: Acts, gap: Gap) -> Act | None:
    """``Thực hiện A và hướng dẫn của Bộ Nội vụ tại B``: guidance listed beside A."""
    of_list = acts.of_list
    if of_list and of_list.kind in ("implements", "based_on", "cites") and advised_beside(gap.words):
        return acts.like(gap.index, of_list)
    return None


def changed_too(acts: Acts, gap: Gap) -> Act | None:
    """``Thông tư A sửa đổi B và thay thế C``: what changed the document before changes this one too."""
    before = gap.before
    found = triggers(gap.words) if before.actors and before.kind in CHANGES else ()
    if len(found) != 1 or found[0].kind not in CHANGES or found[0].passive:
        return None
    joint = gap.words[: found[0].start]
    return Act(before.actors, found[0].kind, found[0].text) if joint.strip() and GLUE.fullmatch(joint) else None


def in_row(acts: Acts, gap: Gap) -> Act | None:
    """``số A về …, số B về … và số C``: the words end as those between members of a row do.

    A row of what was issued, ``đã ban hành 02 Quyết định: A phê duyệt … và Quyết định B``, leaves the verbs of titles
    without a say; any other ends where a document with its own verb begins.
    """
    before, citations = gap.before, acts.scene.citations
    # Numbers in a row share their type.
    counted = citations[gap.index].type_written or not citations[gap.previous].type_written
    if gap.turned or not counted or not joined(gap.clause):
        return None
    issued = before.kind == "issued" and not before.actors and gap.clause.rstrip().endswith(" và")
    return (
        listed(acts, gap.index, gap.previous, not before.actors) if issued or not (gap.found and gap.beside) else None
    )


def in_row_of_grounds(acts: Acts, gap: Gap) -> Act | None:
    """``Thực hiện Công văn A về phổ biến pháp luật; xây dựng xã đạt chuẩn và Công văn B, Sở …``: B stands beside A.

    ``Thay thế Quyết định A về phí cấp giấy; phí xây dựng và Quyết định B``: so it does among what is changed.
    """
    scene, before = acts.scene, gap.before
    ends = joined(gap.clause) if gap.turned else gap.words.rstrip().endswith(":")
    changed = gap.turned and before.kind in CHANGES and not before.actors and gap.clause.rstrip().endswith(" và")
    changed = changed and scene.citations[gap.index].type == scene.citations[gap.previous].type
    beside = ends and scene.citations[gap.index].type_written
    beside = beside and (changed or _within_grounds(scene, gap.index, gap.words))
    return listed(acts, gap.index, gap.previous, True) if beside else None


# ------------------------------------------------------------ verbs


def without_verb(acts: Acts, gap: Gap) -> Act | None:
    """Nothing says what is done: the title of the document before cites this one, or the document at hand does."""
    if gap.found:
        return None
    return Act((gap.previous,), "cites", None) if not gap.turned and _titled(acts.scene, gap) else CITES


def in_same_title(acts: Acts, gap: Gap) -> Act | None:
    """``Kế hoạch A về thực hiện B và Kế hoạch … về triển khai C``: C stands in the title of A, as B does."""
    before, trigger = gap.before, gap.found[-1]
    within = bool(before.actors) and not before.kind.startswith("by-") and gap.beside
    if not within or trigger.kind != "implements" or acts.scene.citations[gap.index].pinpoint:
        return None
    return Act(before.actors, acts.manner.of_title(gap.found, gap.clause), trigger.text)


def by_document_at_hand(acts: Acts, gap: Gap) -> Act | None:
    """Behind a turn, beside a listed document, or where no title begins, the verb is that of the document at hand.

    ``Nghị định A có hiệu lực từ …, thay thế Nghị định B``: A is the subject without a title.
    """
    found, before = gap.found, gap.before
    if not (gap.turned or gap.beside) and (_titled(acts.scene, gap) or any(t.kind in CHANGES for t in found)):
        return None
    # "Triển khai Luật A theo Kế hoạch B" carries B out as well.
    by = len(found) == 1 and found[0].kind == "based_on" and not before.actors and not gap.turned
    beside = before if gap.beside or (by and "," not in gap.clause) else None
    return acts.done(gap.index, found[-1], gap.clause, beside)


def by_title(acts: Acts, gap: Gap) -> Act:
    """What no rule claims, the document before does by the verb of its title."""
    kind = acts.manner.of_title(gap.found, gap.clause)
    # Of the documents before it decrees amend decrees, laws amend laws.
    passive = kind.startswith("by-")
    if kind in CHANGES and acts.scene.changing and _came_before(acts.scene, gap):
        return acts.done(gap.index, gap.found[-1], gap.clause)  # no document changes one that came after it
    actors = (_changed(acts.scene, gap.index, gap.previous),) if passive else _heads(acts, gap.previous)
    return Act(actors, kind, gap.found[-1].text)


def _came_before(scene: Scene, gap: Gap) -> bool:
    """Whether the document in whose title a citation would stand came before the one cited."""
    return year(scene.citations[gap.previous]) < year(scene.citations[gap.index], 0)


def _titled(scene: Scene, gap: Gap) -> bool:
    """Whether the words go on with the title of the citation before, not with a verb that has it as its subject."""
    if _joint(scene, gap.previous, gap.words) or scene.citations[gap.previous].title is not None:
        return True
    issued = gap.before.kind == "issued" and gap.words[1:2].isalpha()
    return issued or entitled(gap.words) or bool(subtitle(gap.words))


def _changed(scene: Scene, index: int, nearest: int) -> int:
    """Of the citations before it in the sentence the nearest of the same type: decrees amend decrees."""
    for k in range(index - 1, -1, -1):
        if scene.units[k] != scene.units[index]:
            break
        if scene.citations[k].type == scene.citations[index].type:
            return k
    return nearest


def _heads(acts: Acts, index: int) -> tuple[int, ...]:
    """The citation and those listed right before it whose title it shares."""
    scene, heads = acts.scene, [index]
    while index > 0 and scene.units[index - 1] == scene.units[index]:
        left, right = scene.citations[index - 1], scene.citations[index]
        words = scene.page.flat(left.tail, right.start, scene.units[index].passage)
        shared = left.symbol and right.symbol and (left.issuer == right.issuer or left.type == right.type)
        shared = shared and left.title is None
        same_act = acts.found[index - 1].actors == acts.found[index].actors
        if not (GLUE.fullmatch(words) and ";" not in words and shared and same_act):
            break
        index -= 1
        heads.insert(0, index)
    return tuple(heads)


RULES: Final[tuple[Callable[[Acts, Gap], Act | None], ...]] = (
    number_of_amended,
    behind_bracket,
    behind_amender,
    short_name,
    drawn_up_after,
    in_list,
    behind_title,
    by_same_preposition,
    beside_advice,
    changed_too,
    in_row,
    in_row_of_grounds,
    without_verb,
    in_same_title,
    by_document_at_hand,
)
"""Asked in this order; what none of them decides goes by the title of the document before (`by_title`)."""
