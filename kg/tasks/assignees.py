"""Who is told to do a piece of work, or said to have done it.

An order names them behind its verb (``Giao Phòng A, Phòng B …``), a sentence as its subject
(``Sở A và UBND các huyện chủ trì …``), a list as its heading (``1. Sở Công Thương:``), a plan behind
a label (``Đơn vị chủ trì: Sở A``).  A body that is only advised, asked for approval or worked with
is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.entities import bodies
from kg.ontology.tables import shortenings
from kg.ontology.wording import stems, words
from kg.tasks import actors, rosters
from kg.tasks.rosters import Roster
from kg.tasks.speech import Speech
from kg.text.late import late
from kg.text.normalization import UPPER, fold, on_one_line
from kg.text.patterns import begun

__all__ = [
    "acting",
    "anybody",
    "approves",
    "charges",
    "directs",
    "headed",
    "helps",
    "labelled",
    "named",
    "orders",
    "petitions",
    "row_across",
]

_ORDER: Final = re.compile(
    r"(?P<mark>^|[.:;,]\s+)?(?<!\w)(?<!ban\s)(?<!theo\s)(?<!kiến\s)(?<!sự\s)(?<!việc\s)(?<!v/v\s)(?<!về\s)(?<!được\s)"
    r"(?<!hiện\s)(?<!xem xét,\s)(?<!quan tâm,\s)(?<!lãnh đạo,\s)(?<!để\s)(?<!hồ sơ\s)"
    rf"(?P<verb>{words('assigning')})\s+(?:(?:nhiệm vụ\s+)?(?:cho\s+)?)",
    re.IGNORECASE,
)
_ASIDE: Final = (
    rf"(?:,\s*{words('asides_of_subjects')}\s[^;:.]{{0,120}}?,|\s+[-–]\s+[^-–;:.]{{3,80}}(?:\s+[-–]|,(?=\s))"
    rf"|\s+(?:trong phạm vi|(?:tùy |tuỳ )?theo|căn cứ(?: vào)?)\s{words('mandates')}"
    rf"(?:(?:,|\s+và)?\s+{words('mandates')}(?!\w))*"
    r"(?:\s+(?:quản lý|phụ trách|được giao|được phân công|của mình"
    r"|của (?:cơ quan|đơn vị|ngành)(?:, (?:đơn vị|địa phương))? mình))*)?"
)
_VERB: Final = re.compile(begun("|".join(dict.fromkeys(map(fold, stems("assigning"))))))
_ACTS: Final = late(
    rf"\s*(?:\([^)]{{0,40}}\)\s*)?{_ASIDE}(?:,?\s*)?{words('acts')}(?!\w)(?!\s+(?:có\s+)?liên\s+quan)", re.IGNORECASE
)
_ANY_VERB: Final = late(rf"\s*(?:\([^)]{{0,40}}\)\s*)?{_ASIDE},?\s*(?!{words('no_verbs')}(?!\w))(?=[^\W\d_{UPPER}])")
_COLON: Final = re.compile(r"\s*(?:\([^)]{0,40}\)\s*)?:\s")
_PASSIVE: Final = re.compile(rf"\s+(?:đã\s+|tích cực\s+)?{words('passive_acts')}(?!\w)", re.IGNORECASE)
_WORK: Final = re.compile(rf"{begun('|'.join(map(words, ('acts', 'passive_acts'))))}(?!\w)")
"""In small letters: what stands behind whoever acts."""
_BY: Final = re.compile(r"(?<!\w)được\s*\Z", re.IGNORECASE)
_START: Final = re.compile(r"[A-ZĐỦỬcn](?<!\w.)(?:(?<![cn])|(?<=c)ác\s|(?<=n)gành\s(?=[A-ZĐ]))")
_BYSTANDER: Final = re.compile(
    rf"(?<!\w){words('bystanders')}(?:\s+(?:các|cả|cho|{words('leaders')}))?\s*\Z|-\s*\Z", re.IGNORECASE
)
_SUBORDINATE: Final = re.compile(rf"(?<!\w){words('subordinators')}\s(?:(?:các\s)?cơ quan\s)?\Z", re.IGNORECASE)
_IN_ROW: Final = late(rf"(?<!\w)(?<!sự\s){words('bystander_rows')}\s[^;.]*,\s*\Z", re.IGNORECASE)
_OWN: Final = re.compile(rf"({words('own_heads')})(?=\s{words('own_acts')}\s)")
_THING: Final = late(rf"\W*(?:việc|chế độ|mức|kinh phí|hồ sơ|thẩm quyền|{words('ways')})\s", re.IGNORECASE)
_AS_TOLD: Final = re.compile(r"\s+(?:được\s+)?(?:thực hiện|áp dụng)\s+theo(?!\w)")
"""``Việc giải thể Quỹ thực hiện theo Nghị định A``: what is done as told acts itself, and nobody else."""
_OF_OWN: Final = re.compile(r"(?:Thanh tra|Văn phòng|Đảng ủy|Công đoàn) \Z")
_HEADING: Final = late(rf"\W*(?:{words('heading_openings')}\s+){{0,2}}", re.IGNORECASE)
_LABEL: Final = late(
    r"\W*(?:\([^()]{0,80}\)\W*)?(?:có trách nhiệm|chịu trách nhiệm|chủ trì|thực hiện|triển khai)?\W*\Z", re.IGNORECASE
)
_TASKS: Final = re.compile(
    r"(?!.*(?:ý kiến|báo cáo|đề nghị|kết luận)).*(?:nhiệm vụ|nội dung|công việc|giải pháp)\s.*:\W*\Z"
)
"""Between a body and the list that it introduces: ``Bộ trưởng Bộ Tài chính - Phó Trưởng ban … các nhiệm vụ sau:``."""
_ON_LABEL: Final = late(rf"(?:^|[\s(*;.])(?i:{words('assignee_labels')})\s*\**\s*:\s*\**\s*")
_LABEL_WORDS: Final = late(rf"{begun(words('assignee_labels'))}\s*\**\s*:")
"""In small letters: such a label, if anything."""
_ANYBODY: Final = late(
    rf"các\s{words('anybody')}(?:(?:,|\svà)\s(?:các\s)?{words('anybody')}(?!\w))*(?!\w)"
    r"(?:\s(?:ở\s)?(?:trung ương|địa phương)(?:(?:,|\svà)\s(?:ở\s)?(?:trung ương|địa phương))*)?",
    re.IGNORECASE,
)
_LEADING: Final = "chủ trì"
_SHARE, _HELPS = re.compile(r";\s+"), re.compile(r"\s*(?:có trách nhiệm\s+)?phối hợp(?!\w)")
_CHARGE: Final = re.compile(rf"\W*(?=[{UPPER}])(?i:{words('charges')}) của\s")
_CHARGED_WITH: Final = re.compile(
    r"\s+(?:trong|về|đối với|khi|tham gia|được giao|được phân công|(?:có\s+)?liên quan)(?!\w)"
)
_CHARGED_PEOPLE: Final = late(
    rf"\W*(?=[{UPPER}])(?i:{words('charges')}) của\s+(?:các\s+)?(?P<who>{words('charged_people')}(?!\w)"
    r"(?![^:]*\s(?:và|với)\s(?:các\s+)?cơ quan)[^:.;]{0,160}?)\W*"
)
_ON_TOPIC: Final = re.compile(rf"\W*(?:Về|Đối với|Liên quan)\s[^:.]{{4,600}}?:\s+(?=[{UPPER}])")
_ON_NAME: Final = re.compile(rf"\W*[^:.;]{{4,200}}:\s+(?:\(\w{{1,3}}\)\s*)?(?=[{UPPER}])")
"""The name of what is told of: ``Dự án đường vành đai: (1) Ban A đang lập …``."""
_DATELINE: Final = re.compile(r"\(?(?P<agency>[A-ZĐ][A-ZĐ&]{1,9})(?:\.[A-Za-z]{2,4}){0,2}\)?\s*[-–]\s+(?=[A-ZĐ])")
"""The letters of an agency with which its news begin: ``TTXVN - UBND tỉnh vừa ban hành …``."""
_PETITION: Final = re.compile(r"\W*(?:Về|Đối với|Liên quan(?: đến)?)\s(?:các\s|việc\s)?(?:đề nghị|kiến nghị|đề xuất)\s")
_SUPERVISES: Final = late(r"\s+(?:giám sát|khảo sát|thẩm tra|chất vấn|kiểm tra)\s[^:]*:\W*\Z", re.IGNORECASE)
"""What even the body that speaks does itself: ``Hội đồng nhân dân tỉnh giám sát chuyên đề:``."""
_DESKS: Final = ("Phòng ", "Ban ", "Trung tâm ", "Khoa ", "Đội ")
_IN_SMALL: Final = late(rf"\s(?P<rest>(?!{words('acts')}(?!\w))[^\W\d_{UPPER}]+(?:\s[^\W\d_{UPPER}]+){{0,5}})[\s.:*_]*")
"""A heading that is the name of a desk may go on in small letters: ``Phòng Tổ chức cán bộ``."""
_ROLE: Final = re.compile(r"\s+là\s+(?:cơ quan|đơn vị|đầu mối)(?!\w)[^:.;]{0,100}:?\W*\Z")
_ADVISED: Final = re.compile(r"(?<!\w)(?:tham mưu|trình|giúp)\s[^,;.:]{1,120}\Z", re.IGNORECASE)
"""An order behind these is what somebody is advised to give: ``tham mưu UBND tỉnh chỉ đạo các sở …``."""
_GOES_ON: Final = re.compile(r"\W*(?:(?:và|đồng thời|riêng)\W+)?", re.IGNORECASE)
_OPENING: Final = 600
"""Code points of a clause within which the bodies stand that it opens with."""
_IN_A_ROW: Final = re.compile(r",\s+(?=Thủ trưởng|Giám đốc|Chủ tịch|Sở|UBND|Ủy ban|[Cc]ác [Ss]ở)")
_IN_LOWER: Final = re.compile(
    rf"(?:{words('assigning')}|{words('leaders')}|{words('department_words')}|các|ubnd|ủy ban)(?!\w)", re.IGNORECASE
)
_FIRST_OF_ALL: Final = late(rf"\W*{words('occasions')}\s", re.IGNORECASE)
_FIRST_THEN: Final = re.compile(r",\s+(?=[^\W\d_])")
_DUTY: Final = late(rf"\s+(?:{words('duty')}|phải)(?!\w)")
"""``Sau khi được phê duyệt, chủ đầu tư có trách nhiệm …``: who must act stands behind the occasion."""
_AGENT: Final = late(rf"{begun('do|được (?:giao|phân công)(?: cho)?')}\s+(?=[{UPPER}]|các\s)")
_BY_AGENT: Final = re.compile(rf"\s+{words('passive_agents')}(?!\w)")
_NO_AGENT: Final = late(rf"\W*(?:{words('acts')}|đối với|trường hợp|các|những)(?!\w)", re.IGNORECASE)
"""In a passage that opens so, "do Sở A thực hiện" tells of one thing in it, not of the whole."""
_DIRECTS: Final = re.compile(r"\W*(?:chỉ đạo|đôn đốc|hướng dẫn)\s", re.IGNORECASE)
_APPROVES: Final = late(rf"\W*{words('approving')}(?!\w)", re.IGNORECASE)
"""What only one's superior does: who is asked for approval is told to do nothing."""
_DIRECTLY: Final = late(rf"(?:\s|,|\([^()]*\)|{words('order_adverbs')})*", re.IGNORECASE)
"""Between a body and its order; behind another verb the order is what the body wrote or advised."""
_STATED: Final = late(
    rf"\s+tại\s(?:(?:các\s)?{words('plan_words')}|văn bản|công văn|thông báo|điều|khoản|điểm|mục)\s", re.IGNORECASE
)
_LOCAL: Final = re.compile(r"\s(?:tỉnh|thành phố|khu vực)\s")
_ANNOUNCED: Final = ("Báo cáo", "Tờ trình")


class _Subject(NamedTuple):
    roster: Roster
    start: int


@lru_cache(maxsize=64)  # whether a sentence orders anybody, and then whom
def named(text: str, speech: Speech, *, issued: bool = False, people: bool = True) -> tuple[str, ...]:
    """Return the bodies that a passage of a normalized text tells to act, or says to have acted.

    ``speech`` tells who speaks and to whom; ``issued`` says that the passage tells of a document
    issued, whose issuer then acts as well as those whom it orders to act; ``people`` says
    whether those who are no body count.

    >>> from kg.model import Header
    >>> named("Giao Phòng A, Phòng B triển khai", Speech(Header()))
    ('Phòng A', 'Phòng B')
    """
    piece = on_one_line(text)
    named_first = ":" in piece
    if named_first and (topic := _ON_TOPIC.match(piece)):
        # "Về đề nghị Bộ A hướng dẫn …: Sở B triển khai": what is asked for is no order.
        found = named(piece[topic.end() :], speech, issued=issued, people=people)
        if found or petitions(piece):
            return found
        if addressed := headed(piece[: topic.end()], speech, alone=True):
            return addressed  # "Đối với Sở A: Triển khai …"
    if (dateline := _DATELINE.match(piece)) and dateline["agency"] not in shortenings():
        piece = piece[dateline.end() :]
    folded = fold(piece)
    subject = _acting(piece, folded, speech, people=people)
    if not (order := _ordered(piece, folded, speech, people=people)):
        behind = _ON_NAME.match(piece) if named_first and subject is None else None
        if behind:
            subject = _acting(piece[behind.end() :], folded[behind.end() :], speech, people=people)
        return subject.roster.names if subject else ()
    at, verb, fresh, told = order
    if subject is None or subject.start > at:
        return told.names
    acting, between = subject.roster.names, piece[subject.roster.end : at]
    if issued and not (fresh and speech.header.type not in _ANNOUNCED):
        both = not told.collective and _ACTS.match(piece, told.end)
        return (*acting, *(name for name in told.names if name not in acting)) if both else acting
    if not fresh and not _DIRECTLY.fullmatch(between):
        return acting
    if verb == "chỉ đạo" and speech.issuer and acting != (speech.issuer,) and "đã" not in between.split():
        return acting
    return told.names


def headed(text: str, speech: Speech, *, alone: bool = False) -> tuple[str, ...]:
    """Return the bodies that a heading consists of, or whose tasks it introduces: ``Sở A, UBND cấp huyện:``.

    ``alone`` asks for a text that names bodies and tells nothing of them.
    """
    piece = on_one_line(text)
    opening = _HEADING.match(piece)
    start = opening.end() if opening else 0
    roster = rosters.read(piece, fold(piece), start, speech)
    if not alone and (people := _CHARGED_PEOPLE.fullmatch(piece)):
        name = people["who"]
        return (name[0].upper() + name[1:],)
    if roster is None:
        return () if alone else actors.titular(piece, start, speech)
    if not alone and _CHARGE.match(piece) and _CHARGED_WITH.match(piece, roster.end):
        return roster.names
    if alone or _LABEL.match(piece, roster.end):
        return roster.names if _LABEL.match(piece, roster.end) else ()
    if (
        len(roster.names) == 1
        and roster.names[0].startswith(_DESKS)
        and (rest := _IN_SMALL.fullmatch(piece, roster.end))
    ):
        return (f"{roster.names[0]} {rest['rest']}",)
    if _SUPERVISES.match(piece, roster.end):
        return roster.names
    # "Giao Sở A, căn cứ danh mục, có trách nhiệm"; "Sở A chủ trì, phối hợp với Sở B".
    charged = _ORDER.match(piece) or _ACTS.match(piece, roster.end)
    tasks = roster.names != (speech.issuer,) and (_TASKS.match(piece, roster.end) or _ROLE.match(piece, roster.end))
    if tasks or (charged and roster.names != (speech.issuer,)):
        return roster.names
    return actors.titular(piece, start, speech)


def orders(text: str, speech: Speech) -> bool:
    """Whether a passage tells a body to act: ``Giao Sở A …``, not ``Sở A chủ trì …``."""
    piece = on_one_line(text)
    return _ordered(piece, fold(piece), speech, people=True) is not None


def acting(text: str, speech: Speech, *, told: bool = True) -> tuple[str, ...]:
    """Return the bodies that a clause opens with as those acting, or told to: ``Sở A chủ trì …``, ``giao Sở A …``.

    ``told`` says whether an order is one of the document, not of the body that acts.
    """
    piece = on_one_line(text[:_OPENING])
    opening = _GOES_ON.match(piece)
    start = opening.end() if opening else 0
    if piece[start : start + 1].islower() and not _IN_LOWER.match(piece, start):
        return ()
    order = _ORDER.match(piece, start) if told else None
    roster = rosters.read(piece, fold(piece), order.end() if order else start, speech, known=not order)
    if roster is None:
        return ()
    return roster.names if order or _ACTS.match(piece, roster.end) or _COLON.match(piece, roster.end) else ()


def row_across(text: str, cut: int, speech: Speech) -> bool:
    """Whether bodies told to act stand on both sides of offset ``cut``: ``Yêu cầu Sở A; Sở B; Sở C triển khai``."""
    piece = on_one_line(text)
    cut, folded = len(on_one_line(text[:cut])), fold(piece)
    starts = (0, *(order.end() for order in _orders(piece, folded, cut)))
    rows = (rosters.read(piece, folded, start, speech) for start in starts)
    if any(row is not None and row.end > cut for row in rows):
        return True
    # "Công văn nêu rõ, Thủ trưởng các sở; Chủ tịch UBND các huyện thực hiện …"
    last = [start.end() for start in _IN_A_ROW.finditer(piece, max(0, cut - _OPENING), cut)]
    rows = (rosters.read(piece, folded, start, speech, known=True) for start in last)
    return any(row is not None and row.end > cut and _ACTS.match(piece, row.end) for row in rows)


def labelled(text: str, speech: Speech) -> tuple[str, ...]:
    """Return the bodies behind a label: ``Cơ quan chủ trì: Sở A; cơ quan phối hợp: Sở B`` -> Sở A.

    Behind a semicolon others may have their share: ``Cơ quan thực hiện: Sở A chủ trì xây dựng; Sở B tổ chức tập huấn``,
    but not where the label itself tells who leads: ``Chủ trì: Sở A; Sở B bố trí kinh phí``.
    """
    if ":" not in text:
        return ()
    piece = on_one_line(text)
    label = _ON_LABEL.search(piece) if _LABEL_WORDS.search(piece.lower()) else None
    if label is None:
        return ()
    if _LEADING in label[0].lower() and (helper := _helper(piece, label.end(), speech)):
        piece = piece[:helper]
    folded = fold(piece)
    roster = rosters.read(piece, folded, label.end(), speech)
    if roster is None:
        # "Đơn vị chủ trì: Các cơ quan, đơn vị theo quy định": behind a label even nobody in particular is somebody.
        return anybody(piece, label.end())
    names = list(roster.names)
    for share in _SHARE.finditer(piece, roster.end):
        others = rosters.read(piece, folded, share.end(), speech, known=True)
        if others and _ACTS.match(piece, others.end) and not _HELPS.match(piece, others.end):
            names += others.names
    return tuple(dict.fromkeys(names))


def helps(text: str, speech: Speech) -> bool:
    """Whether a clause tells who helps those of the clause before it: ``Sở B, Sở C phối hợp …``."""
    piece = on_one_line(text[:_OPENING])
    roster = rosters.read(piece, fold(piece), 0, speech, known=True)
    return roster is not None and _HELPS.match(piece, roster.end) is not None


def anybody(text: str, start: int = 0) -> tuple[str, ...]:
    """Return those in general whom a label or a column names, as the text calls them: ``Các cơ quan, đơn vị``.

    >>> anybody("Các cơ quan Trung ương và địa phương")
    ('Các cơ quan Trung ương và địa phương',)
    """
    found = _ANYBODY.match(text, start)
    return (f"Các {found[0].partition(' ')[2]}",) if found else ()


def _helper(piece: str, start: int, speech: Speech) -> int:
    """Where the first of those begins whose own part in the work is told behind who leads it; 0 where none is."""
    for share in _SHARE.finditer(piece, start):
        others = rosters.read(piece, fold(piece), share.end(), speech, known=True)
        if others and _ANY_VERB.match(piece, others.end):
            return share.start()
    return 0


def charges(text: str) -> bool:
    """Whether a heading tells whose work its list is, even if nobody known: ``Trách nhiệm của các hộ kinh doanh``."""
    return bool(_CHARGE.match(text))


def directs(text: str) -> bool:
    """Whether a passage without a subject tells to direct others: ``Chỉ đạo Phòng A …``; its heading says whom."""
    return bool(_DIRECTS.match(text))


def petitions(text: str) -> bool:
    """Whether a passage opens with what somebody asks for: ``Về kiến nghị hướng dẫn thực hiện Luật A: …``."""
    return bool(_PETITION.match(text))


def approves(text: str) -> bool:
    """Whether a passage asks for approval: ``Xem xét, phê duyệt phương án …``."""
    return bool(_APPROVES.match(text))


def _orders(piece: str, folded: str, end: int) -> Iterator[re.Match[str]]:
    """What a search for `_ORDER` finds in a text of one line: read from each of its verbs and the mark before it."""
    done = 0
    for verb in _VERB.finditer(folded, 0, end):
        place = verb.start()
        if place < done:
            continue
        begin = place - 2 if place >= done + 2 and piece[place - 2] in ".:;," else place
        if order := _ORDER.match(piece, begin, end):
            yield order
            done = order.end()


def _ordered(piece: str, folded: str, speech: Speech, *, people: bool) -> tuple[int, str, bool, Roster] | None:
    """The first order that names somebody: its offset, its verb, whether a mark stands before it, and who is told."""
    for order in _orders(piece, folded, len(piece)):
        if order["mark"] is None and order.start() and piece[order.start() - 1] not in " (":
            continue
        if order["mark"] is None and order["verb"].lower() == "kiến nghị":
            continue  # "… trình và kiến nghị Bộ A phê duyệt" is a purpose
        if _ADVISED.search(piece, 0, order.start("verb")):
            continue
        told = rosters.read(piece, folded, order.end(), speech, people=people)
        # "nhiệm vụ Thủ tướng giao cho Sở A tại Quyết định số …": what a document orders is no order here.
        if told and _STATED.match(piece, told.end) and order["verb"].lower().startswith("giao"):
            continue
        if told and not _APPROVES.match(piece, told.end):
            return order.start("verb"), order["verb"].lower(), bool(order["mark"]), told
    return None


def _acting(piece: str, folded: str, speech: Speech, *, people: bool) -> _Subject | None:
    """The subject of the passage: bodies before a verb of work, behind the occasion of a duty, or behind ``do``."""
    charge = _CHARGE.match(piece)
    if charge and (roster := rosters.read(piece, folded, charge.end(), speech)):
        return _Subject(roster, 0)
    return (
        _before_verb(piece, folded, speech, people=people)
        or (_behind_occasion(piece, folded, speech) if people else None)
        or _agent(piece, folded, speech, people=people)
    )


def _before_verb(piece: str, folded: str, speech: Speech, *, people: bool) -> _Subject | None:
    """The first bodies that stand before a verb of work as those who act."""
    behind, work, lower = 0, -1, piece.lower()
    for place in (0, *(m.start() for m in _START.finditer(piece))):
        if place < behind or not rosters.begins(piece, folded, place, speech):
            continue
        if own := _own(piece, place, speech):
            if not _stands_by(piece, place):
                return _Subject(Roster((speech.issuer,), own.end(), False, place), place)
            continue
        if work < place:
            work = found.start() if (found := _WORK.search(lower, place)) else len(piece)
        if place and work == len(piece):
            continue
        roster = rosters.read(piece, folded, place, speech, known=place > 0 or not people, people=people)
        if roster is None:
            continue
        # "theo chỉ đạo của Bộ A, UBND tỉnh, Sở B đã …": the last may be the subject; "tham mưu UBND tỉnh, Chủ tịch
        # UBND tỉnh" is one body by two names.
        behind = roster.last if len(roster.names) > 1 else roster.end
        passive = _BY.search(piece, max(0, place - 24), place) is not None
        if not _works(piece, folded, place, roster, speech, passive=passive):
            continue
        if not passive and (on := _looks_on(piece, place, roster, behind)) >= 0:
            behind = on
        elif not _within_row(piece, place, roster, speech) and not _foreign_deed(roster, speech):
            return _Subject(roster, place)
    return None


def _own(piece: str, place: int, speech: Speech) -> re.Match[str] | None:
    """The reporting body without its name, if it stands at a place: ``Sở đã ban hành …``."""
    own = _OWN.match(piece, place)
    named = own and speech.issuer.startswith(own[1]) and not _OF_OWN.search(piece, max(0, place - 12), place)
    return own if named else None


def _stands_by(piece: str, place: int) -> bool:
    """Whether the words before a body tell that others act: ``phối hợp với Sở A``."""
    return _BYSTANDER.search(piece, max(0, place - 24), place) is not None


def _works(piece: str, folded: str, place: int, roster: Roster, speech: Speech, *, passive: bool) -> bool:
    """Whether a verb of work stands behind the bodies of a row; at the head of a passage any verb does."""
    if place == 0 and _opens(piece, folded, roster, speech):
        return True
    if place and piece[place - 2] != "," and _AS_TOLD.match(piece, roster.end):
        # "…; đổi tên và giải thể Hội thực hiện theo Luật A": a clause in small letters goes on with the thing before.
        return not (_THING.match(piece) or piece[0].islower())
    return (_PASSIVE if passive else _ACTS).match(piece, roster.end) is not None


def _looks_on(piece: str, place: int, roster: Roster, behind: int) -> int:
    """Where to look on if the words before a row tell that it does not act, else -1; ``behind`` is before its last."""
    if _SUBORDINATE.search(piece, max(0, place - 24), place):
        return roster.end
    if not _stands_by(piece, place):
        return -1
    # "Trên cơ sở Chương trình của Chính phủ, các bộ, UBND các tỉnh chủ trì …": the row begins behind the first.
    row = piece.find(", các ", place, roster.last)
    return row + 2 if row >= 0 else behind


def _within_row(piece: str, place: int, roster: Roster, speech: Speech) -> bool:
    """Whether bodies go on with a row of those who are advised or worked with."""
    return roster.names != (speech.issuer,) and _IN_ROW.search(piece, max(0, place - 90), place) is not None


def _foreign_deed(roster: Roster, speech: Speech) -> bool:
    """Whether only ministries act in the document of a province: what they do is no task of it."""
    return bool(speech.header.province) and all(_central(name) for name in roster.names)


def _behind_occasion(piece: str, folded: str, speech: Speech) -> _Subject | None:
    """Who has a duty behind its occasion: ``Sau khi được phê duyệt, chủ đầu tư có trách nhiệm …``."""
    for clause in _FIRST_THEN.finditer(piece, 0, _OPENING) if _FIRST_OF_ALL.match(piece) else ():
        roster = rosters.read(piece, folded, clause.end(), speech)
        if roster and _DUTY.match(piece, roster.end):
            return _Subject(roster, clause.end())
    return None


def _agent(piece: str, folded: str, speech: Speech, *, people: bool) -> _Subject | None:
    """By whom something is done: ``việc này do Sở A thực hiện``."""
    for agent in () if _NO_AGENT.match(piece) else _AGENT.finditer(piece):
        roster = rosters.read(piece, folded, agent.end(), speech, people=people)
        if roster and _BY_AGENT.match(piece, roster.end):
            return _Subject(roster, agent.end())
    return None


def _opens(piece: str, folded: str, roster: Roster, speech: Speech) -> bool:
    """Whether a passage opens with bodies of the tables and any verb, or with any bodies and a colon."""
    colon = bool(_COLON.match(piece, roster.end))
    if not colon and not _ANY_VERB.match(piece, roster.end):
        return False
    listed = rosters.read(piece, folded, 0, speech, known=not colon, people=False)
    return listed is not None and listed.end == roster.end


@cache
def _central(name: str) -> bool:
    body = bodies.parse(name, fold(name), 0)
    return body is not None and body.body is not None and body.body.level == "central" and not _LOCAL.search(name)
