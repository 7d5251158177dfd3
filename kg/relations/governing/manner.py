"""How a verb relates the document at hand, or the one whose title it stands in, to the citation behind it.

For the document at hand `RULES` are asked in their order, and the first that tells a kind decides;
the title of another document is read by its last verb alone (`Manner.of_title`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.citations import Citation
from kg.model import Header
from kg.ontology.wording import words
from kg.relations.acts import DOES, Act
from kg.relations.deeds import drafted, to_be_issued
from kg.relations.governing.doing import (
    approves,
    by_rules,
    by_unnumbered,
    carries_out,
    changes,
    expired,
    issued_on_grounds,
    issues,
    not_met,
    on_results,
    submission,
    to_its_end,
)
from kg.relations.governing.under import (
    carried_out_by,
    changes_annexed,
    changes_at,
    defined_or_funded,
    in_scope,
    rests_on,
    under_provision,
)
from kg.relations.governing.verbs import Verb, change_in, changed_at
from kg.relations.triggers import CHANGES, PREPOSITIONS, Trigger
from kg.text.late import late

__all__ = ["RULES", "Manner"]

_APPROVED: Final = late(rf",?\s?(?:đã )?được (?:[^,;:()]{{2,60}}?\s)?{words('passives')}\s")
"""``Kế hoạch A đã được Giám đốc phê duyệt tại Quyết định B``: B is the authority for A."""


class Manner:
    """The kinds of acts by the verbs of one document; ``changing`` documents change others by their own words."""

    def __init__(self, header: Header, changing: bool) -> None:
        self.header: Header = header
        self.changing: bool = changing

    def of_report(
        self, trigger: Trigger, clause: str, citation: Citation, sentence: str, before: Act | None = None
    ) -> str:
        """What the document at hand does to ``citation`` by ``trigger``, a verb of ``clause``.

        ``sentence`` is the sentence up to the citation, ``before`` the act of the document listed beside it.
        """
        kind = self._kind(trigger, citation)
        verb = Verb(self.header, self.changing, kind, trigger, clause, citation, sentence, before)
        for rule in RULES:
            if (told := rule(verb)) is not None:
                return told
        return "cites"

    def _kind(self, trigger: Trigger, citation: Citation) -> str:
        """The kind of a verb, as it is meant in a document of this type."""
        kind = trigger.kind
        if kind in CHANGES and not self.changing and "implements" in trigger.kinds:
            # "Tổng kết và đề xuất sửa đổi Luật X" asks for a change.
            asked = "cites" in trigger.kinds and trigger.text.startswith(("sơ kết", "tổng kết"))
            return "cites" if asked else "implements"
        if kind == "spreads":
            # "Tuyên truyền, phổ biến nội dung của Nghị định X" carries it out; a trade agreement is only told of.
            return "implements" if citation.issuer else "cites"
        return kind

    @staticmethod
    def of_title(found: tuple[Trigger, ...], clause: str) -> str:
        """What a document does by the last verb of its title; ``by-`` marks the passive."""
        trigger, earlier = found[-1], found[:-1]
        kind = trigger.kind
        if kind in CHANGES and trigger.passive:
            return "by-" + kind
        if kind in DOES and drafted(clause[: trigger.start]):
            return "cites"
        if kind in CHANGES and to_be_issued(clause[: trigger.start]):
            return "cites"
        if kind in PREPOSITIONS:
            change = change_in(earlier)
            if change and (drafted(clause[: change.start]) or to_be_issued(clause[: change.start])):
                return "cites"
            if change and change.passive and any("implements" in t.kinds for t in earlier if t.start > change.start):
                return "cites"  # "… thủ tục bị bãi bỏ được tiếp tục thực hiện theo X": X repeals nothing
            # "(sửa đổi, bổ sung tại Nghị định …)" leaves the passive out.
            passive = change and (change.passive or not clause[change.end : trigger.start].strip())
            if change and (passive or kind == "annexed"):
                return ("by-" if passive else "") + change.kind
            if kind == "place" and (changed := changed_at(earlier, clause[: trigger.start])):
                return changed
            if kind == "place" and "được " in clause and _APPROVED.fullmatch(clause, 0, trigger.start):
                return "based_on"
            if any("implements" in t.kinds for t in earlier):
                return "implements"
            return "based_on" if kind == "based_on" else "cites"
        if kind == "guides":
            return "implements"  # "Thông tư … hướng dẫn một số điều của Nghị định X" gives X effect
        return "cites" if kind in ("issued", "approves", "promulgates", "spreads") else kind


RULES: Final[tuple[Callable[[Verb], str | None], ...]] = (
    # what the verb is not about
    expired,
    on_results,
    not_met,
    by_unnumbered,
    by_rules,
    issued_on_grounds,
    submission,
    to_its_end,
    # what it does
    carries_out,
    issues,
    approves,
    changes,
    # what is done under the document
    changes_at,
    under_provision,
    changes_annexed,
    in_scope,
    defined_or_funded,
    carried_out_by,
    rests_on,
)
"""Asked in this order; what none of them claims is merely cited."""
