"""What a sentence opens with: its grounds, the occasion of a letter, the title of what follows.

The work of a sentence is told behind these; what they cite is its basis.
"""

from __future__ import annotations

import re
from typing import Final

from kg.ontology.wording import entries, words
from kg.relations.clauses import BASIS, GROUNDS, main_clause, main_part
from kg.relations.status.sentence import Sentence
from kg.structure import PassageKind
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["RESTATED", "Opening"]

RESTATED: Final = late(
    rf"{begun('ban hành')} (?:kế hoạch|chương trình)(?: hành động)?(?: tổ chức)?(?: {words('carrying')}){{1,2}}(?!\w)"
)
"""``UBND tỉnh ban hành Kế hoạch thực hiện Luật … như sau:`` gives the title once more."""
_REPLY: Final = re.compile(r"(?:trả lời|phúc đáp|tiếp theo)\s")
_ANNOUNCED: Final = re.compile(r"có ý kiến(?: chỉ đạo)? như sau\s?:\Z")
_EXAMINED: Final = re.compile(rf"{words('examined')},?\s")
_SHOWN: Final = re.compile(rf"{words('examined')}\s|căn cứ")
_LEGAL: Final = re.compile(
    r"(?:(?:tài liệu|hồ sơ|văn bản) làm căn cứ|(?:các )?(?:căn cứ|cơ sở) (?:pháp lý|pháp luật|ban hành|thực hiện))"
)
_OCCASION: Final = late(
    rf"(?:ngày \d[^,;.]{{0,30}},?\s)?{words('principals')}[^,;.]{{0,60}}?\s(?:đã\s)?"
    rf"(?:(?:ký\s)?ban hành\s|(?<!đã )có {words('letters')}\s)"
)
_LABEL: Final = 80
"""Characters of a label with a colon before the words that a sentence opens with."""
_LONG_LABEL: Final = 300
"""Characters of one that says what is spoken of: ``Đối với hồ sơ điều chỉnh Quy hoạch …: Trên cơ sở …``."""


class Opening:
    """How one sentence opens."""

    def __init__(self, sentence: Sentence) -> None:
        lower, unmarked, ahead = sentence.lower, sentence.unmarked, sentence.ahead
        passage = sentence.passage
        self.based = bool(BASIS.match(lower))
        """Whether the sentence opens with its basis: grounds, or what was examined."""
        self.examined = self.based and bool(_EXAMINED.match(lower))
        grounds = self.based and bool(GROUNDS.match(lower))
        head = _behind_label(lower)
        labelled = head != lower and bool(BASIS.match(head))
        self.grounds = grounds or (labelled and bool(GROUNDS.match(head))) or _under_grounds(sentence)
        """Whether it opens with legal grounds, if only behind a label or as an item of their list."""
        # In the body a purpose goes with the work that it is told of.
        purpose = lower.startswith(("để ", "nhằm ")) and not ahead
        self.rests = (self.based or labelled) and not purpose
        """Whether the documents before its main clause are its basis."""
        self.preamble = passage is not None and (
            passage.kind is PassageKind.PREAMBLE or (bool(sentence.scene.page.outline.sections) and _above(sentence))
        )
        """Whether it stands among the grounds of what follows."""
        ends = ";,." if grounds or _REPLY.match(lower) else ";,"
        self.alone = unmarked and ahead and lower[-1:] in ends
        """``Thực hiện Công văn số …;`` before the letter says anything."""
        heading = unmarked and passage is not None and passage.kind is PassageKind.HEADING
        row = passage is not None and passage.kind is PassageKind.ROW
        above = (unmarked and ahead and not row) or heading
        self.entitles = above and lower[-1:] not in ";,.:" and sentence.tense is None
        """``Về việc triển khai Kế hoạch …`` above the letter, the headline of a notice."""
        self.restates = lower.endswith(":") and bool(RESTATED.search(lower))
        self.announces = sentence.proposing and lower.endswith(":") and bool(_ANNOUNCED.search(lower))
        """``Về kết luận tại …, Phó Thủ tướng có ý kiến như sau:``: what an opinion is about is its ground."""
        self.occasion = _occasion(sentence)


def _above(sentence: Sentence) -> bool:
    return sentence.passage is not None and sentence.passage.start < sentence.scene.document.body


def _behind_label(lower: str) -> str:
    """The words behind a label: ``Sở Tài chính: Căn cứ …``."""
    colon = lower.find(":")
    near = _LONG_LABEL if lower.startswith(("đối với ", "về ")) else _LABEL
    return lower[colon + 1 :].lstrip() if 0 <= colon < near else lower.lstrip("(")


def _under_grounds(sentence: Sentence) -> bool:
    """Whether the sentence opens an item of a list of grounds: ``Căn cứ pháp lý: - Luật …``."""
    page, passage = sentence.scene.page, sentence.passage
    if passage is None or sentence.unit.start > passage.start:
        return False
    if not (lead := page.passage(passage.lead)):
        return False
    words_of_lead = page.flat(lead.start, min(lead.end, lead.start + 300), passage.lead)
    if _LEGAL.match(words_of_lead):
        return True
    return bool(_SHOWN.match(words_of_lead)) and words_of_lead.endswith(":") and not main_clause(words_of_lead)


def _occasion(sentence: Sentence) -> bool:
    """``Ngày …, Chính phủ ban hành Nghị định …`` opens a letter: what gave rise to it."""
    lower = sentence.lower
    opens = sentence.kind in entries("occasioned_types") and sentence.unmarked and sentence.ahead
    if not (opens or lower.startswith("ngày")):
        return False
    return bool(_OCCASION.match(lower) or (opens and _OCCASION.match(main_part(lower))))
