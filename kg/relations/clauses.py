"""Where a clause begins anew: the words between two citations, and what they do to the second."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.ontology.wording import entries, stems, words
from kg.text.late import late
from kg.text.patterns import among, begun

__all__ = [
    "ALIAS",
    "BASIS",
    "GLUE",
    "GROUNDS",
    "PAUSE",
    "TITLE",
    "advised_beside",
    "aside",
    "asks",
    "carried_out",
    "central_deed",
    "charge",
    "charged",
    "charges",
    "coordinate",
    "denied",
    "done_by",
    "drafted",
    "entitled",
    "entrusted",
    "falls_short",
    "fitted",
    "followed_up",
    "headless",
    "joined",
    "left_place",
    "main_clause",
    "main_part",
    "named_again",
    "names_several",
    "negated",
    "obeyed",
    "of_documents",
    "opens_grounds",
    "opens_main",
    "plans_for",
    "proposed",
    "rests_on_words",
    "segment",
    "sets_out",
    "subtitle",
    "tells_of_itself",
    "tells_third_party",
    "third_party",
    "told_by_rule",
    "troubled",
    "unbracketed",
    "unnumbered",
    "unplaced",
    "without_asides",
    "writes",
]

GLUE: Final = late(
    r"[\s,;:|*\"“”()\[\].-]*"
    r"(?:(?:và|cùng|với|hoặc|đồng thời|các|số|\d{1,2}|(?:[ivx]{1,4}|[a-hđ])(?=\)))[\s,;:|*()-]*)*\Z"
)
"""Marks and conjunctions between members of a list, with their numbers: ``; (ii) ``."""

TITLE: Final = re.compile(rf"{words('note_titles')}(?!\w)")
"""A footnote that opens so gives the subject of the document at its mark."""

ALIAS: Final = re.compile(rf"\(\s?(?:{words('short_naming')}\s)?\Z")
"""An opening bracket, with or without the words that announce a short name."""

GROUNDS: Final = re.compile(rf"(?:{words('further_grounds')}|{words('grounds')}):?\s")
"""A sentence that opens so gives its legal basis."""

PAUSE: Final = re.compile(r"[;:.]")
"""Behind it a citation's own predicate doesn't begin."""

# Scans misread marks and lose the ornate first letter of a text: "Thục hiện", "hực hiện".
_RESTS_ON: Final = rf"(?:{words('grounds')}|(?:{words('earnestly')}\s)?(?:t?h[ựụư]c hiện|tri[ểêéễế]n khai))"

BASIS: Final = re.compile(
    rf"(?:{words('further_grounds')}|(?:(?:để|nhằm) )?{_RESTS_ON}|{words('basis_openings')}|{words('examined')})[,:]?\s"
)
"""A sentence that opens so, with a main clause behind, gives its basis: the grounds, or what led to it."""

_SUBJECT: Final = rf"{words('subjects')}(?!\w)"
_VERB: Final = rf"{words('verbs')}(?!\w)"
# The report takes the word again: a new subject, or a verb that titles don't begin with.  Here and below each branch
# begins with one letter or mark, over which a search hops.
_TURN: Final = re.compile(
    rf";|\(|\[|\.\s| thì\s|,\s+(?:{words('turn_phrases')}(?!\w)|(?=(?:{words('turns')}|{words('title_verbs')})\s)"
    rf"|(?={_SUBJECT}(?!\s(?:trong|khi)\s)[^,;]{{0,80}}?\s{_VERB}))|và\s+(?={words('title_verbs')}\s)"
)
_CLAUSE: Final = rf"{_SUBJECT}[^,;.:]{{0,60}}?\s{_VERB}"
_BEHIND_MARK: Final = rf"\s+(?:{_CLAUSE}|(?:đã|tham mưu)\s|{words('asking')}\s{_SUBJECT})"
_MAIN: Final = late(rf",{_BEHIND_MARK}|;{_BEHIND_MARK}|\.\s+{_CLAUSE}|như sau\s*:|cụ thể như sau| thì\s")
_OPENS_MAIN: Final = late(_CLAUSE)
_OPENS_GROUNDS: Final = late(rf"(?:{words('further_grounds')}|{_RESTS_ON})[,:]?\s")
_ASIDE: Final = late(rf"\s?(?:đã |và |nay |nay đã )?{words('asides')}(?!\w)")
_WHERE: Final = re.compile(
    r"\s?(?:(?:đã )?(?:được )?(?:ban hành|phê duyệt|thông qua)\s)?(?:kèm theo|tại|theo)(?: các| nội dung)?\s*\Z"
)
_SUBTITLE: Final = late(rf"\s?\((?:về (?:việc )?|tổ chức )?{words('carrying')}(?:,? (?:và )?{words('carrying')})*\s")
_COORDINATE: Final = late(
    rf"[\s)]*(?:,|;|và|cùng với)\s+(?={words('plan_words')}\s)"
    rf"|[^;]*\s(?:và|cùng với)\s(?:các )?{words('plan_words')}(?:\s(?!theo|tại)\w+){{0,4}}\s?\Z"
)
# "Kết luận số … khóa XIII về", not "Nghị định … và để thực hiện".
_ENTITLED: Final = late(
    rf"\s(?:(?:(?!{words('links')}\s)\w+\s){{0,6}}?{words('entitling')}|(?:(?!{words('links')}\s)[\w-]+\s){{0,20}}?về)\s"
)
_PROPOSED: Final = late(rf"{begun(words('proposing'))}(?!\w)")
_DRAFTED: Final = late(rf"{begun(words('drafting'))}(?!\w)")
_CHARGED: Final = late(rf"{begun(words('charged'))}(?!\w)")
_DOCUMENTS: Final = late(rf"[^,;]*?(?<!\w){words('documents')}(?!\w)|\W*\Z")
_NAMED: Final = late(rf"(?:,|;|và|cùng với)\s(?:các )?(?:{words('plan_words')}|kết luận|ý kiến)\s[^;(]*\(\Z")
_SEVERAL: Final = late(rf"\s(?:các|những|nhiều|một số|\d+)\s(?:{words('plan_words')}|{words('letters')})(?!\w)")
_WRITTEN: Final = late(rf"{begun('|'.join(map(words, ('plan_words', 'letters', 'documents', 'drafts'))))}(?!\w)")
_JOINED: Final = re.compile(r"(?:^|[\w”\")])\s?(?:,|,?\s?(?:và|cùng(?: với)?))\s?\Z")
_JOINS: Final = (",", "và", "cùng", "với")
_NEGATED: Final = re.compile(rf"{begun(words('denials'))}\s[^,;.:]*\Z")
_DENIED: Final = re.compile(rf"{begun(words('denials'))}\s(?!(?:được )?{words('stating')}(?!\w))")
_NEXT_PLACE: Final = late(rf"\s*(?:và )?(?:tại|căn cứ|theo|khoản|điểm|điều|{words('plan_words')})\s|\s*\Z")
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
_CLOSED_BEFORE: Final = re.compile(r"\A\s?\([^()]*\)\s?")
_RULES_BESIDE: Final = late(
    r"\s(?:và|cùng)(?: với)? các (?:văn bản|quy định)(?: (?:quy định chi tiết|hướng dẫn(?: thi hành| thực hiện)?),?)*"
    r"(?: thi hành)?(?: (?:bộ luật|luật)(?: (?!được)[^\s,;.:]+){1,16}| này)?"
)
"""``Luật A và các văn bản hướng dẫn thi hành Luật A``: what is said of these is said of the law."""
_UNNUMBERED: Final = re.compile(
    rf"(?<!\w)(?P<type>{words('detailing_types')})\s(?:của [^,;:.()]{{3,60}}?\s)?"
    r"(?:(?:quy định|hướng dẫn)\s(?:chi tiết\s)?)?"
    r"(?:(?:và\s)?(?:biện pháp|hướng dẫn|quy định)\s){0,2}\Z"
)
_BESIDE_AT: Final = re.compile(rf"(?:,|\svà)\s(?:ý kiến )?{words('said')}\scủa\s[^,;:.()]{{2,80}}\stại\s?\Z")
_CARRIED: Final = late(rf"\s(?:đã |đang |được |sẽ ){{0,2}}được\s(?:[^,;.:]{{0,60}}?\s)?{words('carrying')}(?!\w)")
_THROUGH: Final = r"(?:tại|bằng|thông qua)(?: các)?"
_BY: Final = re.compile(rf"(?:(?<!\w){_THROUGH}|\((?:tại|theo|qua)?)\s?\Z")
_BY_ENDS: Final = ("tại", "bằng", "qua", "các", "theo", "(")
_REFERRED: Final = late(rf"{words('referred')}\s{_THROUGH}\s?\Z")
_DEED: Final = late(
    r"(?<!\w)đã\s(?!có (?:trong|trên|tại)\s|được\s|đầu tư\s)[^;]*\Z"
    rf"|(?<!\w)(?:{words('orders')}|hướng dẫn)\s[^;]*\(\s?\Z"
)
_AFTER: Final = re.compile(rf"(?:ngay )?sau khi\s(?!hết|nghe|thảo luận|{words('examining')})")
_BRACKETED: Final = re.compile(r"\((?:đã |được ){0,2}(?:sửa đổi|bổ sung)[^()]{0,25}\)")
_PLANS_FOR: Final = late(
    rf"{begun('kế hoạch|chương trình')}(?: hành động)?(?: tổ chức)?(?: {words('carrying')}){{1,2}}"
    r"(?:,|\s(?:với|như sau|cụ thể|trên địa bàn))"
)
_COME: Final = late(rf"{begun(words('coming'))}(?!\w)")
_GOT: Final = re.compile(words("receiving"))
_NOT_ASKED: Final = "(?<!đã )(?<!theo )(?<!sự )(?<!báo cáo và )"
_ASKED: Final = late(rf"{begun(_NOT_ASKED + words('orders'))}(?!\w)[^.;]*:\W*\Z")
_SET_OUT: Final = late(rf"{begun(words('setting_out'))}(?!\w)[^.;:]*:\W*\Z")
_REPORTED: Final = re.compile(rf"{begun('báo cáo|kính trình|trình|có ý kiến')}\s[^.;]*như sau\W*\Z")
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
_TROUBLED: Final = re.compile(
    r"(?:\A\s?|[.;]\s)(?:trong )?(?:quá trình|thực tiễn)\s(?:tổ chức )?\Z"
    r"|(?<!\w)(?<!tổng kết )(?<!sơ kết )(?<!đánh giá )thực tiễn\s\Z"
    rf"|(?<!\w){words('troubles')}\s(?:[^\s,;:.]+\s){{0,6}}?(?:trong|khi)\s"
    r"(?:(?:quá trình|việc|tổ chức|công tác)\s)*\Z"
)
_PIN_UNITS: Final = "điểm|tiết|khoản|điều|mục|phần|chương|phụ lục|số thứ tự|stt|pl"
_PIN_VALUE: Final = r"(?:\d[\w.]*|[ivxlc]+|[a-zđ]{1,2})(?=[\s,])"
_PINPOINT: Final = late(
    rf"(?:{begun(_PIN_UNITS)}\s{_PIN_VALUE}(?:(?:,|\svà|\shoặc|\sđến)\s{_PIN_VALUE})*(?:,|\svà|\scủa)?\s)+\Z"
)
_LIST_HEAD: Final = late(
    rf"(?:(?<=[;,]\s)(?:và\s)?(?:các|những)\s{words('documents')}|(?<=\scó\s)(?:(?:các|những)\s)?{words('letters')})"
    r"(?:\ssau)?(?:\scủa\s[^;:.()]{1,80})?\s?:\s?\Z"
)
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
_CHARGES: Final = late(
    rf"[^;:.]{{0,300}}?\s(?<!về )(?<!việc )(?<!được )giao (?:cho )?(?:các )?{words('assigned')}(?!\w)"
)
_TELLING_STEMS: Final = stems("telling")
_TELLING: Final = re.compile(rf"\s(?<!để\s){words('telling')}(?!\w)")
_TOLD: Final = 160
"""Code points behind a citation within which its own predicate begins."""


@lru_cache(maxsize=1024)  # the same few words between citations, again and again
def segment(lower: str) -> tuple[str, bool]:
    """The part of a clause behind its last turn to the report, and whether there is such a turn.

    >>> segment(" về chợ; rà soát theo ")
    (' rà soát theo ', True)
    """
    for turn in reversed(list(_TURN.finditer(lower))):
        rest = lower[turn.start() :]
        # A bracket that is closed again, speaks of the document before it or tells where it all stands is no turn.
        if turn[0] in "([" and (_closed(rest) or _ASIDE.match(lower, turn.end()) or _WHERE.match(lower, turn.end())):
            continue
        return lower[turn.end() :], True
    return lower, False


def aside(lower: str) -> str:
    """What a bracket at the end says of the document before it: ``… thuế; phí (được sửa đổi bởi``; else empty.

    >>> aside(" về thủ tục; kiểm tra (được sửa đổi, bổ sung bởi ")
    '(được sửa đổi, bổ sung bởi '
    """
    opened = lower.rfind("(")
    return lower[opened:] if opened >= 0 and ")" not in lower[opened:] and _ASIDE.match(lower, opened + 1) else ""


def subtitle(lower: str) -> str:
    """A bracket right behind a citation that says what its document carries out: ``(triển khai thực hiện``."""
    return lower if _SUBTITLE.fullmatch(lower) else ""


def unbracketed(lower: str) -> str:
    """The words without a bracket that says that a law was amended: ``Luật … (sửa đổi) khi``."""
    return _BRACKETED.sub(" ", lower) if "(" in lower else lower


def _closed(text: str) -> bool:
    return text.count("(") + text.count("[") <= text.count(")") + text.count("]")


def coordinate(lower: str) -> bool:
    """Whether the words behind a citation begin with a plan or decision listed beside it."""
    return bool(_COORDINATE.match(lower))


def entitled(lower: str) -> bool:
    """Whether the words behind a citation are its title: ``… của Bộ Chính trị khóa XIII về tiếp tục …``."""
    return bool(_ENTITLED.match(lower) or (")" in lower and _ENTITLED.match(_CLOSED_BEFORE.sub(" ", lower))))


def proposed(lower: str) -> bool:
    """Whether a change is asked for or prepared, not made: ``kiến nghị … sửa đổi``, ``dự thảo Luật sửa đổi``."""
    return bool(_PROPOSED.search(lower))


def drafted(lower: str) -> bool:
    """Whether the change that follows is one of a draft: ``về việc chấp thuận xây dựng Nghị quyết bãi bỏ``."""
    return bool(_DRAFTED.search(lower))


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


def of_documents(lower: str) -> bool:
    """Whether the words behind the verb of a heading speak of documents or of nothing at all."""
    return bool(_DOCUMENTS.match(lower))


def named_again(lower: str) -> bool:
    """Whether a bracket gives the number of what stands in a row: ``… và Kết luận tại Hội nghị … (Thông báo số``."""
    return bool(_NAMED.search(lower))


def names_several(lower: str) -> bool:
    """Whether the words between a verb and the list that a colon opens begin with what is listed.

    >>> names_several(" các kế hoạch và văn bản chỉ đạo các đơn vị thực hiện bao gồm: ")
    True
    """
    return bool(_SEVERAL.match(lower))


def joined(lower: str) -> bool:
    """Whether the words end with a comma or ``và``: what follows stands in a row with what came before."""
    return lower.rstrip().endswith(_JOINS) and bool(_JOINED.search(lower))


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


def main_clause(lower: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a main clause with a body as its subject begins in the text."""
    return bool(_MAIN.search(lower, start, len(lower) if end is None else end))


def main_part(lower: str) -> str:
    """A sentence from its main clause on: without the grounds that it opens with."""
    found = _MAIN.search(lower) if opens_grounds(lower) else None
    return lower[found.start() :].lstrip(" ,;.") if found else lower


def done_by(lower: str) -> str | None:
    """``tại`` or the bracket with which words end that tell of a deed: ``đã phê duyệt danh mục tại``."""
    by = _BY.search(lower) if lower.rstrip().endswith(_BY_ENDS) else None
    return by[0].strip() if by and _DEED.search(lower) and not _REFERRED.search(lower) else None


def obeyed(lower: str) -> bool:
    """Whether the words before ``tại`` say that provisions are carried out, not that work is done by them.

    >>> obeyed("thực hiện nghiêm các quy định "), obeyed("thực hiện niêm yết giá theo quy định ")
    (True, False)
    """
    if not among(entries("doing"), lower):
        return False
    return bool(_OBEYED.search(lower)) and not _IF.match(lower)


@lru_cache(maxsize=1024)  # the same few words between citations, again and again
def unplaced(lower: str) -> str:
    """The words before a citation without the place in it with which they end.

    >>> unplaced("; khoản 1, 2 và điểm a khoản 3 điều 91 của ")
    '; '
    """
    return _PINPOINT.sub("", lower)


def headless(lower: str) -> str:
    """The words before a number without the head of the list that it opens.

    >>> headless("; các nghị quyết của hội đồng nhân dân tỉnh: "), headless(" về chợ; ")
    ('; ', ' về chợ; ')
    >>> headless("sở có các văn bản: ")
    'sở có '
    """
    return _LIST_HEAD.sub("", lower) if lower.rstrip().endswith(":") else lower


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

    >>> entrusted("ủy quyền cho giám đốc sở công thương thực hiện các nhiệm vụ theo quy định tại điều 5 ")
    True
    """
    return bool(_ENTRUSTED.fullmatch(lower.rpartition(";")[2]))


def fitted(lower: str) -> str:
    """What follows ``phù hợp với``, ``trên cơ sở``: a plan that fits a document does not carry it out."""
    return _FITTED.split(lower)[-1] if among(_FITTED_STEMS, lower) else lower


def followed_up(before: str, behind: str) -> bool:
    """Whether a sentence tells what was done once the document had come: ``Sau khi … được ban hành, Sở đã …``."""
    come = _COME.search(before) or _COME.search(behind[:60]) if _AFTER.match(before) else None
    if come is None or not main_clause(behind):
        return False
    # "Sau khi nhận được Công văn A, Sở có ý kiến": an answer carries out nothing.
    return not _GOT.fullmatch(come[0]) or " đã " in behind


def asks(lower: str) -> bool:
    """Whether the words introduce what is asked or ordered: ``… yêu cầu:``, ``… đề nghị Bộ Công Thương:``."""
    return ":" in lower and bool(_ASKED.search(lower)) and not _REPORTED.search(lower)


def sets_out(lower: str) -> bool:
    """Whether the words introduce what is to be done: ``Sở đề ra một số giải pháp như sau:``."""
    return ":" in lower and bool(_SET_OUT.search(lower)) and "đã " not in lower


def plans_for(lower: str) -> bool:
    """Whether the words behind a ground announce the plan that carries it out, without naming anything else.

    >>> plans_for(" về biển, ủy ban nhân dân tỉnh ban hành kế hoạch triển khai thực hiện, với những nội dung sau:")
    True
    >>> plans_for(", ủy ban nhân dân tỉnh ban hành kế hoạch triển khai thực hiện đề án 06 như sau:")
    False
    """
    return bool(_PLANS_FOR.search(lower))


def opens_grounds(lower: str) -> bool:
    """Whether a sentence opens with what its deed rests on: ``Căn cứ …``, ``Thực hiện …``."""
    return bool(_OPENS_GROUNDS.match(lower))


def opens_main(lower: str) -> bool:
    """Whether a sentence opens with a body and its verb."""
    return bool(_OPENS_MAIN.match(lower))


def left_place(lower: str) -> bool:
    """Whether the words leave the place that they open with: ``Tại Điều 3 Quyết định A có nêu …; Cục B đã gửi``.

    >>> left_place("tại điều 3 quyết định a có nêu chủ nợ; cục b đã gửi "), left_place("tại điều 3 luật a; điều 4 ")
    (True, False)
    """
    first, mark, rest = lower.rpartition(";")
    return bool(mark) and first.startswith("tại ") and not _NEXT_PLACE.match(rest)


def carried_out(lower: str) -> bool:
    """Whether the words behind a citation say that it is carried out: ``… đã được Sở triển khai``.

    >>> carried_out(" và các văn bản hướng dẫn thi hành luật nhà ở được thực hiện thống nhất")
    True
    """
    if "được " not in lower:
        return False
    beside = _RULES_BESIDE.match(lower)
    return bool(_CARRIED.match(lower, beside.end() if beside else 0))


def unnumbered(lower: str, verb: str) -> str | None:
    """The type of the document without a number whose name goes on with ``verb``: ``Nghị định quy định chi tiết``.

    One that is to be made in order to carry a document out, ``ban hành Nghị quyết triển khai Luật``, tells of the deed.

    >>> unnumbered("xây dựng thông tư ", "quy định chi tiết"), unnumbered("nghị quyết ", "triển khai")
    ('thông tư', None)
    """
    found = None if verb.startswith(("triển khai", "thực hiện", "tổ chức")) else _UNNUMBERED.search(lower)
    return found["type"] if found else None


def advised_beside(lower: str) -> bool:
    """Whether the words behind a citation name guidance listed beside it: ``… và hướng dẫn của Bộ Nội vụ tại``."""
    return bool(_BESIDE_AT.search(lower))


def writes(lower: str) -> bool:
    """Whether what is made by the verb before is a document: nothing stands between, or a word for one.

    >>> writes(" "), writes(" kế hoạch thực hiện, trình ủy ban nhân dân "), writes(" hạ tầng khu công nghiệp (")
    (True, True, False)
    """
    return not lower.strip(" (:") or bool(_WRITTEN.search(lower))


def charges(lower: str) -> bool:
    """Whether the words behind a citation say whom it charges with work: ``… năm 2020 giao Bộ Tài chính chủ trì``."""
    found = _CHARGES.match(lower) if "giao " in lower else None
    return bool(found) and not main_clause(lower, 0, found.end() if found else 0)


def tells_of_itself(lower: str) -> bool:
    """Whether the words behind a citation, up to a `PAUSE`, are its own predicate: ``… đã quy định …``."""
    if not among(_TELLING_STEMS, lower):
        return False
    found = _TELLING.search(lower)
    return found is not None and found.start() <= _TOLD and not main_clause(lower, 0, found.end())
