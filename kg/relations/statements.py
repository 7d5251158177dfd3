"""The relations that follow from the acts of a sentence, each with the words that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.model import Rel
from kg.ontology.wording import entries
from kg.relations.acts import Act, Said, key, year
from kg.relations.scene import Scene
from kg.relations.triggers import CHANGES
from kg.relations.units import Unit
from kg.text.normalization import fold

__all__ = ["Statements"]

_RELATIONS: Final = {rel.value: rel for rel in Rel}
_LONG: Final = 700
"""Code points above which a sentence is too long to quote as evidence; its semicolon item is quoted instead."""

_LAWS: Final = ("Luật", "Bộ luật", "Pháp lệnh")
_AMENDING: Final = " sua doi"
_NAME_ENDS: Final = (",", " va ", " so ", " nam ")
"""What may follow a law's name in that of a law which amends it."""


class Statements:
    """What one document says of the documents that it cites; grounds outlive a sentence within a paragraph."""

    def __init__(self, scene: Scene, carried: frozenset[str]) -> None:
        """``carried`` are the keys of the documents that the document carries out by its own title."""
        self.relations: list[Said] = []
        self._page, self._citations, self._units = scene.page, scene.citations, scene.units
        self._header, self._changing, self._carried = scene.header, scene.changing, carried
        self._grounds: list[int] = []
        self._laws: dict[int, str] = {}

    def write(self, group: Sequence[int], acts: Mapping[int, Act]) -> None:
        """Write down what the acts of one sentence's citations say."""
        for index in group:
            self._write(index, acts)
        self._link_grounds(group, acts)
        self._amending_laws(group, acts)

    def _write(self, index: int, acts: Mapping[int, Act]) -> None:
        act = acts[index]
        if not act.actors:
            self._add(None, act.kind if act.kind in ("implements", "issued", "based_on") else "cites", index, act)
            if act.kind in CHANGES and self._changing:
                self._add(None, act.kind, index, act)
            return
        outer = any(acts[actor].kind in ("implements", "issued") for actor in act.actors)
        self._add(None, "implements" if outer and self._own_work(index, act) else "cites", index, act)
        for actor in act.actors:
            if act.kind.startswith("by-"):
                self._add(index, act.kind.removeprefix("by-"), actor, act)
            else:
                self._add(actor, act.kind, index, act)

    def _own_work(self, index: int, act: Act) -> bool:
        """Whether a document in another one's title is the one that the document at hand carries out by its own.

        ``KẾ HOẠCH triển khai Luật X⏎Thực hiện Quyết định … ban hành Kế hoạch triển khai Luật X``.
        """
        citation = self._citations[index]
        orders = self._header.type in entries("ordering_types") and not self._changing
        carried = orders and act.kind == "implements" and key(citation) in self._carried
        return carried and citation.start < self._page.body() and not citation.pinpoint

    def _add(self, source: int | None, rel: str, target: int, act: Act) -> None:
        if source is not None and self._citations[source].number == self._citations[target].number is not None:
            return  # a document does nothing to itself
        if source is not None and rel in CHANGES and year(self._citations[source]) < year(self._citations[target], 0):
            return  # nor does it change one that came after it: the verb belongs to another
        start, end = self._evidence(target if source is None else max(source, target))
        confidence = 0.7 if act.trigger is None else 0.85 if act.inherited else 0.95
        self.relations.append(Said(source, _RELATIONS[rel], target, start, end, act.trigger, confidence))

    def _evidence(self, index: int) -> tuple[int, int]:
        """The sentence; of a long one the semicolon item that holds the citation."""
        unit, citation, text = self._units[index], self._citations[index], self._page.text
        if unit.end - unit.start <= _LONG:
            return unit.start, unit.end
        low, high = text.rfind(";", unit.start, citation.start), text.find(";", citation.end, unit.end)
        start = unit.start if low < 0 else low + 1
        while start < citation.start and text[start].isspace():
            start += 1
        return start, unit.end if high < 0 else high

    def _link_grounds(self, group: Sequence[int], acts: Mapping[int, Act]) -> None:
        """``Căn cứ A và B, Sở đã ban hành C``, in one sentence or the next one: C is based on A and B.

        What C says to carry out, it is not merely based on.
        """
        begin = self._units[group[0]].start
        opens = self._page.text.startswith(("C", "c"), begin) and fold(self._page.text[begin : begin + 7]) == "can cu "
        if not opens and (
            not self._grounds or not self._follows(self._units[self._grounds[-1]], self._units[group[0]])
        ):
            self._grounds = []
            return
        top = [i for i in group if not acts[i].actors]
        if opens:
            self._grounds = [i for i in top if acts[i].kind == "based_on"]
        issued = [i for i in top if acts[i].kind == "issued"]
        for source in issued:
            for target in self._grounds:
                known = key(self._citations[target])
                done = any(
                    acts[i].kind == "implements" and source in acts[i].actors and key(self._citations[i]) == known
                    for i in group
                )
                if target < source and not done:
                    self._add(source, "based_on", target, Act((), "based_on", "căn cứ", True))
        if issued:
            self._grounds = []

    def _follows(self, one: Unit, other: Unit) -> bool:
        return one.passage == other.passage and not self._page.text[one.end : other.start].strip()

    def _amending_laws(self, group: Sequence[int], acts: Mapping[int, Act]) -> None:
        """``Luật X và Luật sửa đổi, bổ sung một số điều của Luật X``: the second amends the first.

        Grounds name them in paragraphs of their own.  In the titles of two other documents they stand apart.
        """
        for index in group:
            if acts[index].kind != "based_on":
                self._laws.clear()
                break
        for index in group:
            if not (name := self._law(index)):
                continue
            if _AMENDING in name:
                self._amend(index, name, acts)
            else:
                self._laws[index] = name

    def _amend(self, later: int, name: str, acts: Mapping[int, Act]) -> None:
        for earlier, base in self._laws.items():
            at = name.find(f" {base}")
            whole = at >= 0 and name.startswith(_NAME_ENDS, at + 1 + len(base))
            if (whole or name.endswith(f" {base}")) and acts[earlier].actors == acts[later].actors:
                self._add(later, "amends", earlier, Act((), "amends", "sửa đổi", True))

    def _law(self, index: int) -> str:
        """The folded name of a law, also of one cited with its number; empty for other documents."""
        citation = self._citations[index]
        if citation.named:
            return fold(citation.name or "")
        if citation.type not in _LAWS:
            return ""
        words = self._page.text[citation.start : citation.core]
        return fold(" ".join(words.split())).removesuffix(" so")
