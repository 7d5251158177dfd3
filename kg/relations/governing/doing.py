"""Rules for a verb of doing: what it is not about, and what the document at hand does by it."""

from __future__ import annotations

import re
from typing import Final

from kg.citations import Citation
from kg.model import Header, apart
from kg.ontology.wording import entries, words
from kg.relations.clauses import GROUNDS, main_clause
from kg.relations.deeds import (
    central_deed,
    falls_short,
    fitted,
    negated,
    proposed,
    tells_third_party,
    third_party,
    touches,
    troubled,
    unnumbered,
    writes,
)
from kg.relations.governing.verbs import Verb
from kg.relations.ownership import of_the_party, of_the_province, succeeds
from kg.relations.triggers import CHANGES, PREPOSITIONS, triggers
from kg.text.patterns import begun

__all__ = [
    "approves",
    "by_rules",
    "by_unnumbered",
    "carries_out",
    "changes",
    "expired",
    "issued_on_grounds",
    "issues",
    "not_met",
    "on_results",
    "submission",
    "to_its_end",
]

_THEN: Final = re.compile(rf"{begun('ngày|khi|theo|do')}\s")
_BUILDS: Final = ("xây dựng", "hoàn thiện")
"""What is built need not be written: ``hoàn thiện hạ tầng … (Quyết định số …)``."""
_DOES_OR_RESTS: Final = ("implements", *PREPOSITIONS)
_ON_RESULTS: Final = re.compile(r"(?:trên cơ sở|căn cứ|từ) (?:các )?kết quả(?!\w)[^,;:()]*\Z")
_RULE_TEXTS: Final = re.compile(begun("các|những|nhiều") + r" văn bản(?: dưới luật| quy phạm pháp luật)?\s\Z")
_EXPIRED: Final = re.compile(r"(?<!\w)hết hiệu lực(?: thi hành)?(?: pháp luật)?\s?\((?:[^()]{0,20}\s)?\Z")
_TERM: Final = re.compile(r"\s(?:hết|trong) (?:thời hạn|hiệu lực)(?: hiệu lực)?(?: của)?\s\Z")
_CONTRARY: Final = re.compile(rf"(?<!\w){words('contrary')}(?!\w)")
_UNNUMBERED: Final = ("văn bản", *entries("detailing_types"))
_DEPLOYS: Final = ("triển khai", "thực hiện", "thi hành")


def expired(verb: Verb) -> str | None:
    """``… theo căn cứ pháp lý đã hết hiệu lực (Nghị định X)``: nobody carries out what is no longer in force."""
    return "cites" if "hết hiệu lực" in verb.clause and _EXPIRED.search(verb.clause) else None


def to_its_end(verb: Verb) -> str | None:
    """``Thực hiện từ nay đến hết thời hạn của Giấy phép X``: X tells the time."""
    return "cites" if verb.kind == "implements" and _TERM.search(verb.tail) else None


def on_results(verb: Verb) -> str | None:
    """``Trên cơ sở kết quả 15 năm thực hiện Chỉ thị X, …``: what follows rests on how X was carried out."""
    return "based_on" if verb.kind == "implements" and _ON_RESULTS.match(verb.head.lstrip()) else None


def not_met(verb: Verb) -> str | None:
    """``Khi triển khai theo kế hoạch, một số đơn vị không bảo đảm quy định của X`` falls short of X."""
    return "cites" if verb.kind in _DOES_OR_RESTS and falls_short(verb.tail) else None


def by_unnumbered(verb: Verb) -> str | None:
    """``Nghị định quy định chi tiết một số điều của Luật X có hiệu lực``: what details X is the decree, not the deed.

    ``Trình dự thảo, triển khai Nghị định quy định chi tiết Luật X``: who makes the decree, or carries it out, carries
    the law out.
    """
    of_type = unnumbered(verb.head, verb.trigger.text) if verb.kind in ("implements", "guides") else None
    if not of_type or of_type == (verb.header.type or "").lower():
        return None
    made = [t for t in triggers(verb.head) if ("issued" in t.kinds or t.text.endswith(_DEPLOYS)) and not t.passive]
    if not made or negated(verb.head) or _THEN.search(verb.head, made[-1].end):
        return "cites"
    verb.kind = "implements"
    return None


def by_rules(verb: Verb) -> str | None:
    """``Các văn bản hướng dẫn Luật X còn chậm`` carries nothing out; ``thực hiện Luật X và các văn bản …`` does."""
    if verb.kind != "implements" or not _RULE_TEXTS.search(verb.head):
        return None
    earlier = triggers(verb.sentence[: len(verb.sentence) - len(verb.clause) + verb.trigger.start])
    return None if any("implements" in t.kinds for t in earlier) else "cites"


def issued_on_grounds(verb: Verb) -> str | None:
    """``Căn cứ Nghị định X ban hành …`` without a main clause: X is the ground."""
    grounds = verb.kind == "issued" and GROUNDS.match(verb.clause.lstrip()) and not main_clause(verb.clause)
    return "based_on" if grounds else None


def submission(verb: Verb) -> str | None:
    """``Kết quả thực hiện Kế hoạch … và Tờ trình số …``: what is submitted nobody carries out."""
    return "cites" if verb.kind == "implements" and verb.citation.type in entries("submissions") else None


# ------------------------------------------------------------ what it does


def carries_out(verb: Verb) -> str | None:
    """``Triển khai X``: unless it is denied, meets trouble, is done by others, or the deed only fits or touches X."""
    if verb.kind != "implements":
        return None
    deed = verb.clause[: verb.trigger.end]
    others = (third_party(deed) and not _tells(verb)) or (verb.header.province is not None and central_deed(deed))
    # "Thực hiện …, phù hợp với quy định của X" fits X.
    fit = fitted(verb.clause)
    fits = fit != verb.clause and not triggers(fit)
    beside = touches(verb.head) and not any("implements" in t.kinds for t in triggers(verb.head))
    return "cites" if negated(verb.head) or troubled(verb.head) or others or fits or beside else "implements"


def _tells(verb: Verb) -> bool:
    """Whether a sentence of a directive or plan tells third parties to obey: ``Các doanh nghiệp nghiêm túc …``."""
    ordering = not verb.changing and verb.header.type in entries("ordering_types")
    return ordering and tells_third_party(verb.sentence)


def issues(verb: Verb) -> str | None:
    """``Đã ban hành X``: unless it is denied, or X is the document of another body."""
    if verb.kind != "issued":
        return None
    header, citation, text = verb.header, verb.citation, verb.trigger.text
    # "có Công văn số …" tells of a letter of whoever is the subject.
    foreign = text == "có" and not _of_the_issuer(header, citation)
    foreign = foreign or (text in _BUILDS and not writes(verb.tail))
    # A report counts what the Party committee has issued among the work of its province.
    told = header.type in entries("reporting_types") and "đã " in verb.clause
    advised = told or "tham mưu" in verb.clause
    foreign = foreign or (not advised and of_the_party(citation, header))
    return "cites" if negated(verb.head) or foreign or not of_the_province(citation, header) else "issued"


def _of_the_issuer(header: Header, citation: Citation) -> bool:
    """Whether the document at hand and the cited one come from one body, or from one and the body before it."""
    ours, theirs = apart(header.issuer), apart(citation.issuer)
    if citation.issuer == header.issuer or (theirs and not ours):
        return True
    # A committee without a place is that of the document: "Ủy ban nhân dân" in a report of a district.
    return any(a == b or a.startswith(b + " ") or succeeds(a, b) for a in ours for b in theirs)


def approves(verb: Verb) -> str | None:
    """``Trình HĐND tỉnh phê duyệt tại X``: X is of the province, and was submitted to be issued."""
    if verb.kind != "approves":
        return None
    return "issued" if of_the_province(verb.citation, verb.header) and "trình" in verb.head else "cites"


def changes(verb: Verb) -> str | None:
    """``Sửa đổi X``: unless it is in the passive, asked for or only prepared.

    ``Bãi bỏ văn bản trái với X`` ends what is contrary to X; ``Văn bản sửa đổi: X`` names what changes another.
    """
    if verb.kind in CHANGES and (_CONTRARY.search(verb.tail) or _of_another(verb)):
        return "cites"
    changed = verb.kind in CHANGES and not verb.trigger.passive and not proposed(verb.head)
    return verb.kind if changed else None


def _of_another(verb: Verb) -> bool:
    """Whether the verb of change is that of another document, which has no number: ``Nghị định sửa đổi X``."""
    named = next((name for name in _UNNUMBERED if verb.head.endswith(f"{name} ")), None)
    return named is not None and named != (verb.header.type or "").lower()
