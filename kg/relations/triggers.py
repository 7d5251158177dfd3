"""The verbs that govern a citation, from ``ontology/triggers.tsv``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.ontology.tables import read
from kg.ontology.wording import words
from kg.text.patterns import alternatives, begun

__all__ = ["CHANGES", "PREPOSITIONS", "Trigger", "strongest", "triggers"]

CHANGES: Final = ("amends", "replaces", "repeals")
PREPOSITIONS: Final = ("based_on", "annexed", "place")
"""Words that stand between a verb and a citation: theo, kèm theo, tại."""

# Of verbs in one enumeration the first of these counts.
_RANK: Final = (
    "implements",
    "spreads",
    "issued",
    *CHANGES,
    "guides",
    "approves",
    "promulgates",
    *PREPOSITIONS,
    "cites",
)

_PASSIVE: Final = re.compile(r"(?:được|bị|đã được)\s+(?:(?!đã\s)[^\s]+\s+){0,6}\Z")
_NEAR: Final = 60
"""Code points before a verb within which its passive begins."""
_DONE_BY: Final = " bởi "
"""Behind a verb it leaves the passive no other word: ``Nghị định A, sửa đổi, bổ sung bởi Nghị định B``."""
# "do UBND tỉnh ban hành" tells whose documents are spoken of.
_AGENT: Final = re.compile(r"(?<!\w)do\s(?:(?!đã\s)[^;.:]){2,90}\s\Z")
_SENT: Final = re.compile(rf"\s*(?:(?:các|những|\d+)\s{words('letters')}(?:\ssau)?\s?:?\s?)?")
"""``có Công văn số …``, ``có các văn bản: số …``: a letter was sent."""
_ENUMERATED: Final = re.compile(r"(?:,|và|hoặc|,\s*và|\s|tổ chức|công tác|việc)*\Z")


class Trigger(NamedTuple):
    """Verbs of one enumeration (``triển khai, thực hiện``), their span and whether the first is passive."""

    kinds: tuple[str, ...]
    start: int
    end: int
    text: str
    passive: bool

    @property
    def kind(self) -> str:
        """The strongest of the kinds; a change that stands last has the object to itself.

        ``sửa đổi, bổ sung, bãi bỏ một số điều của`` amends: a repeal among amendments is one of a part.
        """
        return _governing(self.kinds)


@cache
def _governing(kinds: tuple[str, ...]) -> str:
    if kinds[-1] not in CHANGES:
        return strongest(kinds)
    return "amends" if "amends" in kinds and "replaces" not in kinds else kinds[-1]


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all verbs, each of which ends with an empty group; kinds by the names of these groups."""
    verbs: list[str] = []
    kinds: dict[str, str] = {}
    for row in read("triggers"):
        for verb in alternatives(row["pattern"].replace("(", "(?:").replace("(?:?", "(?")):
            group = f"k{len(verbs)}"
            verbs.append(f"{verb}(?P<{group}>)")
            kinds[group] = row["kind"]
    return re.compile(rf"{begun('|'.join(verbs))}(?!\w)"), kinds


def strongest(kinds: tuple[str, ...]) -> str:
    """The kind that counts where several verbs share one object.

    >>> strongest(("cites", "implements"))
    'implements'
    """
    return min(kinds, key=_RANK.index)


def _passive(lower: str, verb: int) -> bool:
    """Whether the words before a verb put it in the passive."""
    low = max(0, verb - _NEAR)
    may = lower.find("được", low, verb) >= 0 or lower.find("bị", low, verb) >= 0
    return may and _PASSIVE.search(lower, low, verb) is not None


@lru_cache(maxsize=1024)  # the same few words before citations, again and again
def triggers(lower: str) -> tuple[Trigger, ...]:
    """Verbs of a lower-case clause in order; neighbours in one enumeration are one trigger.

    >>> [(t.kind, t.text) for t in triggers("tham mưu ban hành kế hoạch triển khai ")]
    [('issued', 'tham mưu ban hành'), ('implements', 'triển khai')]
    """
    pattern, kinds = _table()
    found: list[Trigger] = []
    for match in pattern.finditer(lower):
        kind = kinds[match.lastgroup or ""]
        if match[0] == "có" and not _SENT.fullmatch(lower, match.end()):
            continue
        if kind == "issued" and _AGENT.search(lower, max(0, match.start() - 96), match.start()):
            continue
        last = found[-1] if found else None
        if last and kind not in PREPOSITIONS and _ENUMERATED.fullmatch(lower[last.end : match.start()]):
            text = lower[last.start : match.end()]
            passive = last.passive or lower.startswith(_DONE_BY, match.end())
            found[-1] = Trigger((*last.kinds, kind), last.start, match.end(), text, passive)
            continue
        passive = lower.startswith(_DONE_BY, match.end()) or _passive(lower, match.start())
        found.append(Trigger((kind,), match.start(), match.end(), match[0], passive))
    return tuple(found)
