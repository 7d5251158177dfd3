"""How a verb relates the document at hand, or the one whose title it stands in, to the citation behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.citations import Citation
from kg.model import Header, apart
from kg.ontology.wording import entries, words
from kg.relations.acts import DOES, Act
from kg.relations.clauses import (
    GROUNDS,
    central_deed,
    charge,
    charged,
    denied,
    drafted,
    entrusted,
    falls_short,
    fitted,
    main_clause,
    negated,
    obeyed,
    proposed,
    rests_on_words,
    tells_third_party,
    third_party,
    told_by_rule,
    troubled,
    unnumbered,
    without_asides,
    writes,
)
from kg.relations.ownership import of_the_party, of_the_province, succeeds
from kg.relations.triggers import CHANGES, PREPOSITIONS, Trigger, triggers
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["Manner"]

_DEFINED: Final = late(
    r"(?<!\w)đối với (?:(?!theo\s)[^\s,;:.]+\s){1,24}(?:được )?(?:quy định|nêu)\s"
    r"(?:(?:tại|trong)\s(?:các )?(?:khoản|điểm|điều)\s[^;:]{0,40})?\Z"
)
"""``Điều chỉnh mức trợ cấp đối với đối tượng quy định tại X``: X says whom the deed concerns."""
_FUNDED: Final = late(
    rf"{begun(words('means'))}\s(?:[^\s,;:]+\s){{0,4}}?(?:đã )?(?:được )?(?:giao|bố trí|phân bổ)\s[^,;:]{{0,60}}\Z"
)
"""``… từ nguồn kinh phí đã giao cho Công an tỉnh tại X``: X gives the means."""
_THEN: Final = re.compile(rf"{begun('ngày|khi|theo|do')}\s")
_BUILDS: Final = ("xây dựng", "hoàn thiện")
"""What is built need not be written: ``hoàn thiện hạ tầng … (Quyết định số …)``."""
_DOES_OR_RESTS: Final = ("implements", *PREPOSITIONS)
# "Kinh phí thực hiện Kế hoạch bố trí theo Luật …", "… để thực hiện nhiệm vụ theo Luật …", "… phải nộp khi thực hiện
# thủ tục theo …": what a deed serves or goes with is not the deed; nor is what those do whom it
# concerns.
_PURPOSE: Final = late(
    rf"{begun(words('means') + '|để|khi|trong quá trình')}\s"
    r"(?:(?:để|cho|bảo đảm|đảm bảo|phục vụ|tổ chức|triển khai|việc)\s)*\Z"
    rf"|(?<!\w)(?:nơi|đối với (?:các |những )?{words('people')}(?:, {words('people')})*)\s(?:đang |đã |được )?\Z"
)
_INSPECTED: Final = late(begun(words("inspecting") + r"\s(?:việc|công tác|tình hình)|sự") + r"\s\Z")
"""``Kiểm tra việc chấp hành … theo X``: what is inspected is done by others."""
_ON_RESULTS: Final = re.compile(r"(?:trên cơ sở|căn cứ|từ) (?:các )?kết quả(?!\w)[^,;:()]*\Z")
"""``Trên cơ sở kết quả 15 năm thực hiện Chỉ thị X, …``: what follows rests on how X was carried out."""
_RULES: Final = re.compile(begun("các|những|nhiều") + r" văn bản(?: dưới luật| quy phạm pháp luật)?\s\Z")
_MEANS: Final = late(rf"{words('means')}\s\Z")
_RIGHT_BY: Final = re.compile(r"(?:được )?thực hiện\s")
"""``Việc quyết toán kinh phí thực hiện theo X``: what is done by X are the means themselves."""
_APPRAISED: Final = re.compile(r"(?:(?:,|và|\s)*(?:sơ kết|tổng kết))+")
"""``Tổng kết việc công nhận … theo X``: what is looked back at need not be the carrying out of X."""
_BY_PART: Final = re.compile(begun("theo") + r"(?!\w)[^,;:()]*\Z")


_EXPIRED: Final = re.compile(r"(?<!\w)hết hiệu lực(?: thi hành)?(?: pháp luật)?\s?\((?:[^()]{0,20}\s)?\Z")
"""``… theo căn cứ pháp lý đã hết hiệu lực (Nghị định X)``: nobody carries out what is no longer in force."""
_DEPLOYS: Final = ("triển khai", "thực hiện", "thi hành")
_SCOPE: Final = late(rf"\W*(?:{words('plan_words')}) này (?:quy định|ban hành|hướng dẫn|áp dụng)(?!\w)")
"""``Quyết định này quy định quy trình thực hiện Dự án 1 … theo X``: what the document is about, not what is done."""


@dataclass(frozen=True, slots=True)
class Manner:
    """The kinds of acts by the verbs of one document; ``changing`` documents change others by their own words."""

    header: Header
    changing: bool

    def of_report(
        self, trigger: Trigger, clause: str, citation: Citation, sentence: str, before: Act | None = None
    ) -> str:
        """What the document at hand does to ``citation`` by ``trigger``, a verb of ``clause``.

        ``sentence`` is the sentence up to the citation, ``before`` the act of the document listed beside it.
        """
        kind, head = trigger.kind, clause[: trigger.start]
        if kind in CHANGES and not self.changing and "implements" in trigger.kinds:
            # "Tổng kết và đề xuất sửa đổi Luật X" asks for a change.
            asked = "cites" in trigger.kinds and trigger.text.startswith(("sơ kết", "tổng kết"))
            kind = "cites" if asked else "implements"
        if kind == "spreads":
            # "Tuyên truyền, phổ biến nội dung của Nghị định X" carries it out; a trade agreement is only told of.
            kind = "implements" if citation.issuer else "cites"
        if "hết hiệu lực" in clause and _EXPIRED.search(clause):
            return "cites"
        if kind == "implements" and _ON_RESULTS.match(head.lstrip()):
            return "based_on"
        # "Khi triển khai theo kế hoạch, một số đơn vị không bảo đảm quy định của X" falls short of X.
        if kind in _DOES_OR_RESTS and falls_short(clause[trigger.end :]):
            return "cites"
        # "Nghị định quy định chi tiết một số điều của Luật X có hiệu lực": what details X is the decree, not the deed.
        of_type = unnumbered(head, trigger.text) if kind in ("implements", "guides") else None
        if of_type and of_type != (self.header.type or "").lower():
            # "Trình dự thảo, triển khai Nghị định quy định chi tiết Luật X": who makes the decree, or carries it out,
            # carries the law out.
            made = [t for t in triggers(head) if ("issued" in t.kinds or t.text.endswith(_DEPLOYS)) and not t.passive]
            if not made or negated(head) or _THEN.search(head, made[-1].end):
                return "cites"
            kind = "implements"
        # "Các văn bản hướng dẫn Luật X còn chậm" carries nothing out; "thực hiện Luật X và các văn bản …" does.
        if kind == "implements" and _RULES.search(head):
            earlier = triggers(sentence[: len(sentence) - len(clause) + trigger.start])
            if not any("implements" in t.kinds for t in earlier):
                return "cites"
        if kind == "issued" and GROUNDS.match(clause.lstrip()) and not main_clause(clause):
            return "based_on"
        if kind == "implements" and citation.type in entries("submissions"):
            return "cites"  # "kết quả thực hiện Kế hoạch … và Tờ trình số …": what is submitted nobody carries out
        if kind == "implements":
            deed = clause[: trigger.end]
            others = (third_party(deed) and not self._tells(sentence)) or (
                self.header.province is not None and central_deed(deed)
            )
            # "Thực hiện …, phù hợp với quy định của X" fits X.
            fit = fitted(clause)
            fits = fit != clause and not triggers(fit)
            return "cites" if negated(head) or troubled(head) or others or fits else kind
        if kind == "issued":
            # "có Công văn số …" tells of a letter of whoever is the subject.
            foreign = trigger.text == "có" and not self._of_the_issuer(citation)
            foreign = foreign or (trigger.text in _BUILDS and not writes(clause[trigger.end :]))
            # A report counts what the Party committee has issued among the work of its province.
            told = self.header.type in entries("reporting_types") and "đã " in clause
            advised = told or "tham mưu" in clause
            foreign = foreign or (not advised and of_the_party(citation, self.header))
            return "cites" if negated(head) or foreign or not of_the_province(citation, self.header) else kind
        if kind == "approves":
            return "issued" if of_the_province(citation, self.header) and "trình" in head else "cites"
        if kind in PREPOSITIONS:
            return self._under(kind, head, citation, sentence, before)
        return kind if kind in CHANGES and not trigger.passive and not proposed(head) else "cites"

    def _tells(self, sentence: str) -> bool:
        """Whether a sentence of a directive or plan tells third parties to obey: ``Các doanh nghiệp nghiêm túc …``."""
        return not self.changing and self.header.type in entries("ordering_types") and tells_third_party(sentence)

    def _of_the_issuer(self, citation: Citation) -> bool:
        """Whether the document at hand and the cited one come from one body, or from one and the body before it."""
        ours, theirs = apart(self.header.issuer), apart(citation.issuer)
        if citation.issuer == self.header.issuer or (theirs and not ours):
            return True
        # A committee without a place is that of the document: "Ủy ban nhân dân" in a report of a district.
        return any(a == b or a.startswith(b + " ") or succeeds(a, b) for a in ours for b in theirs)

    def _under(self, kind: str, head: str, citation: Citation, sentence: str, before: Act | None) -> str:
        """``thực hiện … theo X`` carries X out; any other deed ``theo X`` is based on it."""
        part = citation.pinpoint if kind != "annexed" else None
        if part and ("Điều" in part or ("Phụ lục" in part and not _BY_PART.search(head))):
            told = entrusted(sentence) or (not self.changing and told_by_rule(sentence))
            return "implements" if told or (kind == "place" and obeyed(head)) else "based_on"
        if kind == "annexed" and (change := _change(triggers(head))) and not (change.passive or proposed(head)):
            return change.kind
        if kind == "based_on" and _SCOPE.match(sentence):
            return kind
        if kind == "place" and (_DEFINED.search(head) or _FUNDED.search(head)):
            return "based_on"
        whole, head = head, charge(fitted(without_asides(head)))
        earlier = [t for t in triggers(head) if "implements" in t.kinds and not _serves(head, t.start, kind)]
        # "Sau 03 năm thực hiện, nhiều chỉ tiêu nêu tại X chưa đạt": a deed without an object is done with.
        earlier = [t for t in earlier if not denied(head[: t.start])]
        earlier = [t for t in earlier if not (_APPRAISED.fullmatch(t.text) or head.startswith(",", t.end))]
        if earlier:
            verb = earlier[-1]
            # "Thực hiện đề nghị của Sở tại …": what is to be carried out may be read as one of the verbs.
            if kind != "place" or charged(head[verb.end :]) or charged(head[verb.start : verb.end]):
                return "implements"
        if before and before.kind == "implements":
            return "implements"
        granted = head.rstrip().endswith(entries("granting")) or part or rests_on_words(whole)
        granted = granted or (kind == "annexed" and bool(_BY_PART.search(head)))  # "lập theo Mẫu số 05 kèm theo X"
        return "based_on" if kind == "based_on" or granted else "cites"

    @staticmethod
    def of_title(found: tuple[Trigger, ...], clause: str) -> str:
        """What a document does by the last verb of its title; ``by-`` marks the passive."""
        trigger, earlier = found[-1], found[:-1]
        kind = trigger.kind
        if kind in CHANGES and trigger.passive:
            return "by-" + kind
        if kind in DOES and drafted(clause[: trigger.start]):
            return "cites"
        if kind in PREPOSITIONS:
            change = _change(earlier)
            if change and change.passive and any("implements" in t.kinds for t in earlier if t.start > change.start):
                return "cites"  # "… thủ tục bị bãi bỏ được tiếp tục thực hiện theo X": X repeals nothing
            # "(sửa đổi, bổ sung tại Nghị định …)" leaves the passive out.
            passive = change and (change.passive or not clause[change.end : trigger.start].strip())
            if change and (passive or kind == "annexed"):
                return ("by-" if passive else "") + change.kind
            if any("implements" in t.kinds for t in earlier):
                return "implements"
            return "based_on" if kind == "based_on" else "cites"
        return "cites" if kind in ("issued", "approves", "promulgates", "spreads") else kind


def _serves(head: str, start: int, kind: str) -> bool:
    """Whether the verb at ``start`` tells what another deed serves or, with ``theo`` behind, what is inspected.

    ``Để thực hiện …`` at the beginning is the deed.
    """
    if (kind != "place" or _BY_PART.search(head)) and _INSPECTED.search(head, 0, start):
        return True
    purpose = _PURPOSE.search(head, 0, start)
    if purpose and kind == "based_on" and _RIGHT_BY.fullmatch(head, start) and _MEANS.match(purpose[0]):
        return False
    return purpose is not None and not (purpose.start() <= 1 and purpose[0].startswith("để"))


def _change(found: tuple[Trigger, ...]) -> Trigger | None:
    """The last verb of change among the verbs of a clause."""
    return next((t for t in reversed(found) if t.kind in CHANGES), None)
