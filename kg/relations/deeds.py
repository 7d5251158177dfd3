"""What the words around a verb make of it: a deed of whoever reports, of others, denied, only prepared, by a rule."""

from __future__ import annotations

import re
from typing import Final

from kg.ontology.wording import entries, stems, words
from kg.text.late import late
from kg.text.patterns import among, begun

__all__ = [
    "central_deed",
    "charge",
    "charged",
    "denied",
    "drafted",
    "entrusted",
    "falls_short",
    "fitted",
    "negated",
    "obeyed",
    "proposed",
    "rests_on_words",
    "tells_third_party",
    "third_party",
    "to_be_issued",
    "told_by_rule",
    "touches",
    "troubled",
    "unnumbered",
    "without_asides",
    "writes",
]

_PROPOSED: Final = late(rf"{begun(words('proposing'))}(?!\w)")
_DRAFTED: Final = late(rf"{begun(words('drafting'))}(?!\w)")
_TO_BE_ISSUED: Final = late(rf"{begun('ban hành')} {words('detailing_types')}\s\Z")
_CHARGED: Final = late(rf"{begun(words('charged'))}(?!\w)")
_WRITTEN: Final = late(rf"{begun('|'.join(map(words, ('plan_words', 'letters', 'documents', 'drafts'))))}(?!\w)")
_NEGATED: Final = re.compile(rf"{begun(words('denials'))}\s[^,;.:]*\Z")
_DENIED: Final = re.compile(rf"{begun(words('denials'))}\s(?!(?:được )?{words('stating')}(?!\w))")
_CHARGED_OR_TIMED: Final = re.compile(rf"{words('duty')}|(?<!đã )có hiệu lực(?: thi hành)?(?! pháp luật)")
_CHARGED_STEMS: Final = (*stems("duty"), "có hiệu lực")
_THIRD_PARTY: Final = re.compile(
    rf"(?:các\s+)?{words('third_parties')}[^,;.:]{{0,60}}?\s{words('obeying')}\Z"
    rf"|(?:đơn vị|cơ sở)[^,;.:]{{0,60}}?\s{words('complying')}\Z"
)
_THEY_OPEN: Final = late(rf"\W*(?:các\s+)?{words('third_parties')}(?!\w)")
_CENTRAL: Final = re.compile(
    rf"(?:\A|[;.]\s)\W*{words('central_subjects')}"
    r"(?:\s[^,;.:]{0,60}?)?\s(?:đã|đang|sẽ|tiếp tục)\s[^,;.:]*\Z"
)
_WITH_AUTHORITIES: Final = late(rf"{begun(words('authorities'))}(?:, đơn vị)?(?:,|\svà)\s\Z")
_GUIDED: Final = late(rf"{words('guiding')}\s[^,;.:]{{0,60}}\Z")
_ASIDES: Final = re.compile(r"\([^()]*\)")
_UNNUMBERED: Final = re.compile(
    rf"(?<!\w)(?P<type>{words('detailing_types')})\s(?:của [^,;:.()]{{3,60}}?\s)?"
    r"(?:(?:quy định|hướng dẫn)\s(?:chi tiết\s)?)?"
    r"(?:(?:và\s)?(?:biện pháp|hướng dẫn|quy định)\s){0,2}\Z"
)
_NOT_BEHIND: Final = "".join(f"(?<!{word} )" for word in entries("unobeyed")) + r"(?<!\S để )"
_OBEYED: Final = late(
    rf"{begun(_NOT_BEHIND + words('doing'))}(?:,?\s{words('carefully')})*"
    rf"\s(?:các |những )?{words('provisions')}(?:,?\s(?:và )?{words('provisions')})*"
    r"(?:\s(?!(?:theo|để|nhằm|khi)(?!\w))[^\s,;:().]+,?){0,24}?\s(?:được )?(?:quy định )?\Z"
)
_TOLD_BY_RULE: Final = late(
    r"\s?(?:(?:trong đó|đồng thời),?\s)?"
    r"(?:(?:nghiêm túc|tiếp tục|tổ chức|chủ động|tổ chức, cá nhân(?:\s[^\s,;:.]+){0,8}?)\s)?"
    r"(?:thực hiện|triển khai)\s(?:(?!(?:khi|để|nếu|nhằm)\s)[^\s;:.()]+\s)*?"
    r"theo (?:đúng )?(?:các )?(?:quy định )?(?:tại )?"
    r"(?:(?:điểm|khoản|điều)\s[^;:.()]{0,60})?"
    r"|\s?(?:việc|công tác)\s[^;:.()]*\sđược thực hiện theo (?:đúng )?quy định (?:tại )?"
    r"(?:(?:điểm|khoản|điều)\s[^;:.()]{0,60})?"
    rf"|\s?{words('ways')},?\s[^;:.()]*?(?<!đã )(?:được )?thực hiện theo (?:đúng )?"
    r"(?:(?:quy định|hướng dẫn) (?:tại )?)?(?:(?:điểm|khoản|điều)\s[^;:.()]{0,60})?"
)
_ENTRUSTED: Final = late(
    rf"\W*(?:điều \d+\W+)?{words('entrusting')}\s[^;:.]{{3,200}}?\s{words('doing')}\s"
    rf"(?:các |những )?{words('provisions')}"
    r"(?:,?\s(?!(?:khi|để|nếu|nhằm)\s)[^\s;:.(),]+){0,8}? (?:theo|được) (?:đúng )?(?:quy định|hướng dẫn) (?:tại )?"
    r"(?:(?:điểm|khoản|điều)\s[^;:.()]{0,60})?"
)
_TOLD_TO: Final = late(
    r"\W*(?:(?:điều )?\d+\W+)?(?:yêu cầu|đề nghị|chỉ đạo)\s(?!xem xét)[^;:.]{3,200}?"
    r"(?<!việc)(?<!để)(?<!khi)(?<!trình)\s"
    rf"{words('doing')}\s(?!các quy định)(?:(?!(?:khi|để|nếu|nhằm|theo)\s)[^\s;:.()]+\s)+"
    r"theo (?:đúng )?(?:các )?(?:quy định |hướng dẫn )?(?:tại )?(?:(?:điểm|khoản|điều)\s[^;:.()]{0,60})?"
)
_TROUBLED: Final = re.compile(
    r"(?:\A\s?|[.;]\s)(?:trong )?(?:quá trình|thực tiễn)\s(?:tổ chức )?\Z"
    r"|(?<!\w)(?<!tổng kết )(?<!sơ kết )(?<!đánh giá )thực tiễn\s\Z"
    rf"|(?<!\w){words('troubles')}\s(?:[^\s,;:.]+\s){{0,6}}?(?:trong|khi)\s"
    r"(?:(?:quá trình|việc|tổ chức|công tác)\s)*\Z"
)
_TOUCHES: Final = re.compile(rf"{begun('liên quan (?:đến|tới)')}(?: (?:việc|công tác|quá trình|tổ chức|nội dung))*\s\Z")
_SAID: Final = late(
    rf"{begun('(?<!kèm )theo|trên cơ sở|căn cứ')}\s(?:(?:đúng|các|những|tinh thần|nội dung|xin)\s){{0,3}}"
    rf"{words('said')}(?!\w)[^,;.:()]*(?:\([^()]*\)[^,;.:()]*)?\Z"
)
_IF: Final = re.compile(r"(?:.*[,;] )?(?:nếu|trường hợp)(?!\w)")
_SHORT: Final = re.compile(rf"{begun('không|chưa')}\s{words('meeting')}(?!\w)")
_FITTED: Final = re.compile(
    begun(
        rf"phù hợp(?: với)?(?! (?:với )?{words('circumstances')}(?!\w))"
        r"|trên cơ sở|(?:bảo|đảm) đảm(?= (?:theo|đúng))"
    )
    + r"(?!\w)"
)
_FITTED_STEMS: Final = ("phù hợp", "trên cơ sở", "đảm")


def proposed(lower: str) -> bool:
    """Whether a change is asked for or prepared, not made: ``kiến nghị … sửa đổi``, ``dự thảo Luật sửa đổi``."""
    return bool(_PROPOSED.search(lower))


def drafted(lower: str) -> bool:
    """Whether the change that follows is one of a draft: ``về việc chấp thuận xây dựng Nghị quyết bãi bỏ``."""
    return bool(_DRAFTED.search(lower))


def to_be_issued(lower: str) -> bool:
    """Whether the verb that follows is that of a document to be issued: ``Tờ trình về việc ban hành Nghị quyết``."""
    return "ban hành" in lower and bool(_TO_BE_ISSUED.search(lower))


def charge(lower: str) -> str:
    """What follows the subject, or the time of effect.

    ``Các cơ quan thực hiện Kế hoạch này có trách nhiệm lập dự toán`` tells of drawing up.

    >>> charge("các cơ quan thực hiện kế hoạch này có trách nhiệm lập dự toán ")
    ' lập dự toán '
    """
    return _CHARGED_OR_TIMED.split(lower)[-1] if among(_CHARGED_STEMS, lower) else lower


def charged(lower: str) -> bool:
    """Whether the words between a verb and ``tại`` name what is to be carried out: ``thực hiện các nhiệm vụ tại``."""
    return bool(_CHARGED.search(lower)) or not lower.strip()


def negated(lower: str) -> bool:
    """Whether the verb that follows is denied: ``chưa triển khai``, ``chưa ban hành kế hoạch triển khai``."""
    return bool(_NEGATED.search(lower))


def denied(lower: str) -> bool:
    """Whether the clause denies a deed; that a document leaves something out denies none.

    >>> denied("chưa có văn bản hướng dẫn thực hiện "), denied("nội dung không quy định tại quyết định này ")
    (True, False)
    """
    return bool(_DENIED.search(lower))


def falls_short(lower: str) -> bool:
    """Whether the words before a citation say that it is not met: ``không bảo đảm quy định của``."""
    return bool(_SHORT.search(lower))


def troubled(lower: str) -> bool:
    """Whether the words before a verb make it the occasion of a difficulty: ``tháo gỡ khó khăn trong triển khai``."""
    return bool(_TROUBLED.search(lower))


def touches(lower: str) -> bool:
    """Whether what is spoken of only touches the deed that follows: ``mẫu tờ khai liên quan đến việc thực hiện``."""
    return "liên quan" in lower and bool(_TOUCHES.search(lower))


def third_party(lower: str) -> bool:
    """Whether the clause ends with enterprises or people obeying, without an authority beside them or over them."""
    found = _THIRD_PARTY.search(lower)
    if found is None:
        return False
    before = lower[: found.start()]
    return not (_GUIDED.search(before) or _WITH_AUTHORITIES.search(before))


def tells_third_party(lower: str) -> bool:
    """Whether a sentence opens with enterprises or people and tells of no deed: in a directive it is their order."""
    return bool(_THEY_OPEN.match(lower)) and " đã " not in lower


def central_deed(lower: str) -> bool:
    """Whether the clause tells what a ministry or the Government does: ``Bộ Công Thương đang triển khai``."""
    return bool(_CENTRAL.search(lower))


def obeyed(lower: str) -> bool:
    """Whether the words before ``tại`` say that provisions are carried out, not that work is done by them.

    >>> obeyed("thực hiện nghiêm các quy định "), obeyed("thực hiện niêm yết giá theo quy định ")
    (True, False)
    """
    if not among(entries("doing"), lower):
        return False
    return bool(_OBEYED.search(lower)) and not _IF.match(lower)


def rests_on_words(lower: str) -> bool:
    """Whether the words before ``tại`` name what somebody said that a deed follows: ``theo hướng dẫn của Bộ tại``."""
    return bool(_SAID.search(lower))


def without_asides(lower: str) -> str:
    """The words without closed brackets, whose verbs govern nothing outside: ``Mẫu số 01 (áp dụng cho xã) kèm theo``.

    >>> without_asides("mẫu số 01 (áp dụng cho xã) kèm theo ")
    'mẫu số 01   kèm theo '
    """
    return _ASIDES.sub(" ", lower) if ")" in lower else lower


def told_by_rule(lower: str) -> bool:
    """Whether a sentence orders work to be done as an article says: ``Thực hiện chế độ báo cáo theo quy định tại``.

    >>> told_by_rule("thực hiện chế độ báo cáo theo quy định tại điều 8 "), told_by_rule("nếu đổi thì thực hiện theo ")
    (True, False)
    """
    return bool(_TOLD_BY_RULE.fullmatch(lower.rpartition(";")[2]))


def entrusted(lower: str) -> bool:
    """Whether a sentence gives somebody the duties that an article names: ``Giao Sở A thực hiện các nhiệm vụ theo …``.

    So does one that asks for work by it: ``Yêu cầu Công ty A thực hiện giám sát theo quy định tại Điều 5 …``.

    >>> entrusted("ủy quyền cho giám đốc sở công thương thực hiện các nhiệm vụ theo quy định tại điều 5 ")
    True
    """
    clause = lower.rpartition(";")[2]
    return bool(_ENTRUSTED.fullmatch(clause) or _TOLD_TO.fullmatch(clause))


def fitted(lower: str) -> str:
    """What follows ``phù hợp với``, ``trên cơ sở``: a plan that fits a document does not carry it out."""
    return _FITTED.split(lower)[-1] if among(_FITTED_STEMS, lower) else lower


def unnumbered(lower: str, verb: str) -> str | None:
    """The type of the document without a number whose name goes on with ``verb``: ``Nghị định quy định chi tiết``.

    One that is to be made in order to carry a document out, ``ban hành Nghị quyết triển khai Luật``, tells of the deed.

    >>> unnumbered("xây dựng thông tư ", "quy định chi tiết"), unnumbered("nghị quyết ", "triển khai")
    ('thông tư', None)
    """
    found = None if verb.startswith(("triển khai", "thực hiện", "tổ chức")) else _UNNUMBERED.search(lower)
    return found["type"] if found else None


def writes(lower: str) -> bool:
    """Whether what is made by the verb before is a document: nothing stands between, or a word for one.

    >>> writes(" "), writes(" kế hoạch thực hiện, trình ủy ban nhân dân "), writes(" hạ tầng khu công nghiệp (")
    (True, True, False)
    """
    return not lower.strip(" (:") or bool(_WRITTEN.search(lower))
