"""The acts found so far, and what a member of a list takes from its neighbours.

Members of a list share their verb.  A list may run over several passages, so its act outlives a sentence.
"""

from __future__ import annotations

from typing import Final

from kg.relations.acts import CITES, PASSIVES, Act, after, year
from kg.relations.governing.manner import Manner
from kg.relations.ownership import central, of_the_province
from kg.relations.scene import Scene
from kg.relations.triggers import CHANGES, Trigger

__all__ = ["Acts", "listed"]

_AMENDING: Final = ("amends", *PASSIVES)


class Acts:
    """The acts of the citations of one document read so far, by their indexes."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.manner = Manner(scene.header, scene.changing)
        self.found: dict[int, Act] = {}
        self.of_list: Act | None = None
        """What the document at hand does to the members of the list that is going on."""
        self.outside: Act | None = None
        """The list's act before the bracket that is open."""
        self.short_names: list[int] = []
        """Citations of the sentence at hand that only give a short name to one before them."""

    def keep(self, index: int, act: Act) -> None:
        """Take down the act of a citation; one of the document at hand holds for the list that may follow."""
        self.found[index] = act
        if not act.actors:
            self.of_list = act

    def close(self) -> None:
        """End a sentence: a short name says once more what is cited, and nothing more of it."""
        for index in self.short_names:
            if self.found[index].kind != "based_on":
                self.found[index] = CITES
        self.short_names.clear()

    def done(self, index: int, trigger: Trigger, clause: str, beside: Act | None = None) -> Act:
        """What the document at hand does by ``trigger``; ``beside`` is the act of the document listed beside."""
        scene = self.scene
        kind = self.manner.of_report(trigger, clause, scene.citations[index], scene.before(index), beside)
        return Act((), kind, trigger.text)

    def like(self, index: int, act: Act) -> Act:
        """The document at hand does to this citation what it does to another."""
        citation, kind = self.scene.citations[index], act.kind
        if kind == "spreads":
            kind = "implements" if citation.issuer else "cites"
        foreign = kind == "issued" and not of_the_province(citation, self.scene.header)
        return Act((), "cites" if foreign else kind, act.trigger, True)

    def like_list(self, index: int) -> Act:
        """A citation that stands in the list that is going on."""
        return self.like(index, self.of_list) if self.of_list else CITES


def listed(acts: Acts, index: int, previous: int, top: bool) -> Act:
    """A member of a list does what its neighbour does; at the ``top``, behind a semicolon, what the list is said to."""
    citations, before = acts.scene.citations, acts.found[previous]
    for actor in before.actors:
        if _beside_actor(acts, index, actor, previous):
            return listed(acts, index, actor, top)
    if before.kind in PASSIVES and _bare(acts, previous) and citations[index].name:
        # "Luật A sửa đổi theo Luật số …, Luật B": B stands beside A.
        return listed(acts, index, before.actors[0], top)
    if before.kind in CHANGES and before.actors:
        changing = citations[before.actors[-1]]
        if year(citations[index], 0) > year(changing) and citations[index].type == changing.type:
            return _beside_changing(acts, index, before.actors[-1])
    if before.kind in _AMENDING and citations[index].type != citations[previous].type:
        top = True  # no decree amends a decree and a circular in one breath
    amenders = before.kind in PASSIVES and _bare(acts, index) and _bare(acts, previous)
    if top and before.actors and not amenders:
        return acts.like_list(index)
    if before.actors:
        return Act(before.actors, before.kind, before.trigger, True)
    return acts.like(index, before)


def _beside_actor(acts: Acts, index: int, actor: int, previous: int) -> bool:
    """Whether a member stands beside the document in whose title the one before it stands, not in that title."""
    member, head, last = (acts.scene.citations[k] for k in (index, actor, previous))
    if head.number == last.number is not None:
        return True  # named again, it stands for itself
    # Nor does a document carry out one that came after it.
    if acts.found[previous].kind == "implements" and after(member, head):
        return True
    # "Nghị định A … thi hành Luật B và Nghị định C": C stands beside A, not beside B.  "Kế hoạch A của Tỉnh ủy
    # thực hiện Kết luận B và Kế hoạch C của Bộ Chính trị": C stands beside B.
    above = central(member) and central(last) and not central(head)
    return member.type == head.type != last.type and not above


def _bare(acts: Acts, index: int) -> bool:
    """Whether a citation is a law's number alone, as laws that amended another are listed: ``Luật số …;``."""
    citation = acts.scene.citations[index]
    return citation.type == "Luật" and not (citation.title or citation.name) and citation.number is not None


def _beside_changing(acts: Acts, index: int, actor: int) -> Act:
    """No decree changes one that came after it: this one stands beside the one that changes, or all of it."""
    host = acts.found[actor]
    if host.actors and "sửa đổi" in acts.scene.behind(index):
        return Act(host.actors, host.kind, host.trigger, True)
    if not host.actors:
        return acts.like(index, host)
    outer = acts.of_list
    return CITES if outer is None or outer.kind in CHANGES else acts.like(index, outer)
