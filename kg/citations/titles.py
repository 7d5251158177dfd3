"""Which of the words behind a citation are the cited document's own title.

The title stands behind number, date and issuer (Nghị định 30/2020/NĐ-CP, Phụ lục I) and no mark says where it ends.
What stands there may also tell what others did to the document (``được sửa đổi, bổ sung bởi Luật …``), what it is
cited for (``để bảo đảm …``), or be the rest of a title that another citation breaks off (``về việc``).  Behind it the
sentence goes on: with the next document of a list, with what the report did besides, with what its body says.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.ontology.tables import doc_types
from kg.ontology.wording import entries, words
from kg.structure import Outline, Passage
from kg.text.late import late
from kg.text.normalization import GAZETTE_PAGE, UPPER
from kg.text.openings import first_words
from kg.text.patterns import begun, breakable

__all__ = ["own_title", "subject"]

_TYPES: Final = "|".join(sorted((re.escape(kind.name.lower()) for kind in doc_types()), key=len, reverse=True))
# Each branch begins with one mark, over which a search hops.
_CLAUSE_END: Final = late(
    # "quy định về phân cấp; quy định chi tiết Luật B", "mới ban hành; bị bãi bỏ": the title goes on.
    breakable(rf";(?!\s{{1,3}}{words('title_goes_on')}(?!\w)|(?<=hành;)\s{{1,3}}(?:sửa đổi|thay thế|bãi bỏ|thủ tục) )")
    + r"|[(|)\n]|:(?!\S)|(?<!No)\.(?:[\s\[\]]|\Z)"
)
# "thủ tục hành chính (TTHC) liên quan", not "nhiệm kỳ II (2025 - 2030), theo đó" nor "… (sau đây gọi là Công ty) tại".
_INSIDE: Final = late(
    rf"\((?!{words('aside_openings')}(?!\w)|\d)[^();:/\n]{{1,30}}\)\s{{1,3}}(?!{words('title_leavings')}(?!\w))(?=[a-zà-ỹđ])"
)
_GAZETTE: Final = late(GAZETTE_PAGE)
_GLUED: Final = re.compile(rf"(?<=[{UPPER}][-/])\n(?=[{UPPER}])")
_SIGNER: Final = "Người ký"
"""The electronic signature that the government's portal prints on a page."""
# A printed line may break inside the subject: what goes on in small letters belongs to it.
_GOES_ON: Final = late(r"\n(?:\s?[a-zà-ỹđ])|\n(?:(?<=số\n)|(?<=ngày\n)|(?<=tháng\n)|(?<=năm\n))")
# The report takes the word again: ", UBND tỉnh ban hành", not ", cơ quan ngang bộ được sửa đổi bởi".
_MAIN: Final = late(
    rf",\s(?!{words('listed_bodies')}(?!\w))"
    rf"(?={words('subjects')}(?!\w)[^,;.:]{{0,60}}?\s(?!đã được\s){words('verbs')}(?!\w))",
    re.IGNORECASE,
)
# The term and the session of a council or a committee: "của HĐND tỉnh khóa IX, kỳ họp thứ 5 về".
_TERM: Final = (
    r"(?:[\s,]{1,3}(?:quoc hoi\s)?khoa\s\w{1,5}(?:[\s,(-]{1,4}(?:tai\s)?ky hop(?:\sthu)?\s\w{1,6}(?:\s\w{1,5})?\)?"
    r"(?=[\s,]))?)?"
)
_BEFORE: Final = rf"{_TERM}(?:\s?\([^()]{{1,80}}\))?"
_SUBJECT: Final = late(
    breakable(
        # Behind a comma or a colon most verbs tell what is done by the document: ", tổ chức …", ": giao …".
        rf"{_BEFORE}(?:[\s(\"]{{0,6}}|[\s,:(\"]{{1,6}}(?={words('subjects_apart')} ))"
        rf"({words('subject_openings')}(?![a-z])(?! (?:van de|noi dung|viec) nay))"
    )
)
# Words that may as well tell what is done by the document; behind its day or its issuer they open the title.
_TOLD_SUBJECT: Final = late(breakable(rf"{_BEFORE}[\s(\"]{{0,6}}({words('subject_verbs')}(?![a-z]))"))
# An issuer that no table knows, before "về"; of a joint document, the other issuers.
_BY_ANOTHER: Final = re.compile(r"[\s,]{1,3}(?:cua|do)\s[^;:.()\d]{2,60}?\s(?=(?:ve|v/v)\s)")
_BY_MORE: Final = re.compile(
    r"(?:\s?[,;-]|[\s,]{1,3}(?:va|cua|do))\s[^;:.()\d]{2,160}?\s(?<!cac\s)"
    r"(?=(?:ve|v/v|quy dinh|huong dan|sua doi|ban hanh|bai bo)\s)"
)

# "Điều 13. Sửa đổi Thông tư số …" / "Thay thế Phụ lục … bằng Phụ lục ban hành kèm theo Thông tư này.": what the article
# does, in a paragraph of its own.
_CHANGED_BELOW: Final = re.compile(r"(?:Thay thế|Bổ sung|Sửa đổi|Bãi bỏ)\s(?!một số)")
_NEXT_WORD: Final = re.compile(r"[\s,:\"]*([a-z]++)")


@cache
def _openings() -> frozenset[str]:
    """Words with which the subject begins, or what may stand before it; most citations stand before others."""
    openings = ("subject_openings", "subject_verbs", "subjects_apart")
    return frozenset(("quoc", "khoa", "cua", "do")).union(*(first_words(words(name)) for name in openings))


_LEADS_ON: Final = late(rf"(?<!\w)(?:{words('leading_on')}|số|ngày|tháng|năm|giữa|Bộ|Sở|Luật)\s{{0,3}}\Z")
_LEADING: Final = 16
"""Code points that the last word of a printed line and the blanks behind it take at most."""
_LONGEST: Final = 400

_DONE_TO: Final = re.compile(
    r"^(?:(?:đã|vừa|mới|nay)\s+){0,2}(?:được|bị)\s.*"
    rf"|,?\s(?:(?:đã|vừa|mới|nay)\s+){{0,2}}(?:được|bị)\s+{words('changed')}[^;]{{0,60}}?\s(?:bởi|tại|theo|bằng)\s"
    rf"(?:các\s)?(?:điểm|khoản|điều|mục|chương|phụ lục|số|luật|bộ luật|pháp lệnh|\d|{_TYPES}).*",
    re.IGNORECASE | re.DOTALL,
)
_PURPOSE: Final = re.compile(
    r"(?:theo|để|nhằm|ban hành (?:kèm )?theo|quy định tại|đề ra|sửa đổi(?:, bổ sung)? (?:tại|bởi|theo))\s",
    re.IGNORECASE,
)
_LEFT: Final = re.compile(rf"(?:,?\s{words('title_remains')})+\Z", re.IGNORECASE)
_LEFT_ENDS: Final = tuple({remains.rpartition(")?")[2].split()[-1] for remains in entries("title_remains")})
_REMAINS: Final = 60
"""Code points that such words take at the end of a title; the pattern is tried at each of them."""
_MARK: Final = re.compile(r"\s?\[\d{1,2}\]")
"""A footnote's mark."""
_MADE_BY: Final = re.compile(r"\sdo\s[^,;]{3,80}?\sban hành\Z", re.IGNORECASE)
"""As portals write: ``… giai đoạn 2021-2030 do Thủ tướng Chính phủ ban hành``."""
_TELLS: Final = re.compile(r"(?:có )?quy định\s(?!chi tiết|về|chức năng|một số)")
_REST: Final = re.compile(rf"(?:{words('title_openings')}(?:[\s,]+|\Z))*", re.IGNORECASE)
_NAMED: Final = frozenset(("Hiến pháp", *entries("named_types")))
_ACT: Final = r"(?:luật|bộ luật|pháp lệnh)\s(?-i:[A-ZĐ])"
# A document with its number, or a law by its name.
_NUMBERED: Final = rf"(?P<type>{_TYPES})\s(?=(?:số\s?:?\s?)?\d)"
_RANKS: Final = entries("ranked_types")
_PLACE: Final = re.compile(
    r"(?<!\w)(?:điểm [a-zđ](?!\w)|(?:khoản|điều|mục) [\divx]|phụ lục|một số điều)", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d")
_DOCUMENT: Final = late(rf"(?<!\w)(?:{_NUMBERED}|(?<!pháp\s)(?:{_ACT}|(?-i:Luật)\s\w)|hiến pháp(?!\w))", re.IGNORECASE)
_NEXT_DOCUMENT: Final = late(
    rf"[\s,;](?:(?<=\s)và\s(?P<rules>(?:các\s{words('rules')}|văn bản)(?=\s[^,;]{{0,60}}?{words('rules_of')}(?!\w)))"
    r"|(?:(?:(?<=[,;])|(?<=\s)[,;])\s?(?:và\s)?|(?<=\s)(?:và|cùng(?:\svới)?|-)\s)(?:các\s)?"
    r"(?P<place>(?:điểm|khoản|điều|mục|phụ lục)\s[^,;]{1,40}?\s)?"
    rf"(?:{_NUMBERED}|(?P<act>{_ACT})|(?:số\s?:?\s?)?(?=\d+[a-z]?[/-]\S*(?-i:[A-ZĐ]{{2}}))))",
    re.IGNORECASE,
)
# What is done, or asked for, besides; when the document takes effect, and instead of which.
_ASKED: Final = rf"{words('title_asks')}\s(?:cho\s)?(?:các|{words('subjects')})"
_NOT_BEHIND: Final = "".join(rf"(?<!{w}\s)(?<!{w},\s)" for w in entries("not_instead"))
_INSTEAD: Final = rf"{_NOT_BEHIND}thay thế\s(?:cho\s)?(?:các\s)?(?:{_TYPES})"
# Of a title in small letters; a set in first place lets a search hop.
_TURN: Final = late(
    rf"[\s,](?:(?<=\s)(?:{begun(words('title_breaks'))}(?!\w)|(?=t){_INSTEAD}(?!\w)"
    rf"|và\s(?:{words('title_verbs')}|{words('title_acts')}|{_ASKED}|ban hành\s(?:{_TYPES})\s(?:số\s)?\d+)(?!\w))"
    rf"|(?<=,)\s(?:{words('title_turns')}|{_ASKED})(?!\w))"
)


def subject(text: str, folded: str, at: int, layout: Outline | None, *, told: bool, joint: bool = False) -> str | None:
    """The subject written behind a citation, up to the end of its clause: ``về phát triển và quản lý chợ``.

    Where ``layout`` is known, the subject ends with the passage that it stands in.
    ``told`` says whether the date or the issuer stands between the number and ``at``, ``joint`` whether several
    bodies issued the document.
    """
    word = None if joint else _NEXT_WORD.match(folded, at)
    if word and word[1] not in _openings():
        return None
    head = _SUBJECT.match(folded, at) or (_TOLD_SUBJECT.match(folded, at) if told else None)
    if not head and (more := (_BY_MORE if joint else _BY_ANOTHER).match(folded, at)):
        head = _SUBJECT.match(folded, more.end())
    if not head:
        return None
    if "\n" in text[at : head.start(1)] and _CHANGED_BELOW.match(text, head.start(1)):
        return None
    index = layout.at(head.start(1)) if layout else -1
    passage = layout.passages[index] if layout and index >= 0 else None
    end = passage.end if passage else len(text)
    limit = min(end, at + _LONGEST)
    inside = 0
    for stop in _CLAUSE_END.finditer(text, head.end(), limit):
        place = stop.start()
        if text[place] == "(" and (bracket := _INSIDE.match(text, place, limit)):
            inside = bracket.end()
        if place < inside:
            continue
        if text[place] != "\n" or not _goes_on(text, head.start(1), place, passage):
            limit = place
            break
    else:
        limit = limit if limit == end else max(head.end(), text.rfind(" ", 0, limit))
    start = head.start(1)
    written = text[start:limit]
    gaps = [(a, b) for a, b in (passage.gaps or ()) if start < a < limit] if passage else []
    if "CÔNG BÁO" in written:
        pages = [page.span() for page in _GAZETTE.finditer(folded, start, limit)]
        gaps += [(low, high) for low, high in pages if not any(a < high and low < b for a, b in gaps)]
    for low, high in sorted(gaps, reverse=True):
        written = f"{written[: low - start]} {written[high - start :]}"
    return _MAIN.split(" ".join(_GLUED.sub("", written).split()), maxsplit=1)[0] or None


def _goes_on(text: str, start: int, place: int, passage: Passage | None) -> bool:
    """Whether the subject goes on behind the end of a line at ``place``."""
    if passage and not text.startswith(_SIGNER, place + 1):
        return True
    # A printed line that ends with "của", "số", "Bộ" leads to a capital or a number on the next.
    return bool(_GOES_ON.match(text, place) or _LEADS_ON.search(text, max(start, place - _LEADING), place))


def own_title(type: str | None, written: str | None, *, bare: bool = False) -> str | None:
    """Return of the words written behind a citation those that are the document's own title, None where none are.

    ``bare`` says that a provision is cited with nothing but the number: what it "quy định" is no title.

    >>> own_title("Nghị định", "về kinh doanh khí được sửa đổi, bổ sung bởi Nghị định số 17/2020/NĐ-CP")
    'về kinh doanh khí'
    >>> own_title("Luật", "được sửa đổi, bổ sung bởi Luật số 43/2024/QH15"), own_title("Quyết định", "về việc")
    (None, None)
    >>> own_title("Quyết định", "công bố thủ tục hành chính được sửa đổi, bị bãi bỏ")
    'công bố thủ tục hành chính được sửa đổi, bị bãi bỏ'
    >>> own_title("Kế hoạch", "về phát triển chợ và Kế hoạch số 13/KH-UBND về logistics")
    'về phát triển chợ'
    >>> own_title("Nghị định", "quy định về chính sách thuế đối với hộ kinh doanh[2].”")
    'quy định về chính sách thuế đối với hộ kinh doanh'
    """
    if written is None or _PURPOSE.match(written):
        return None
    lower = written.lower()
    title = _DONE_TO.sub("", written) if "được" in lower or "bị" in lower else written
    if turn := _TURN.search(lower):
        title = title[: turn.start()]
    if _NUMBER.search(title) or "uật " in title or " và các " in title:
        title = _before_next(type, title)
    if "[" in title:
        title = _MARK.sub("", title)
    title = title.rstrip(" ,;./*")
    if title[-_REMAINS:].lower().endswith(_LEFT_ENDS):
        title = title[:-_REMAINS] + _LEFT.sub("", title[-_REMAINS:])
    title = title.removesuffix(" -").rstrip(" ,")
    # A title may itself speak of documents: "bãi bỏ một số văn bản do Bộ trưởng ban hành".
    if title.endswith("ban hành") and "văn bản" not in lower:
        title = _MADE_BY.sub("", title)
    if title.count("”") > title.count("“"):
        title = title[: title.rindex("”")].rstrip(" ,;.")
    # A law goes by its name: what it "quy định" is told of one of its provisions.
    if _REST.fullmatch(title) or (type in _NAMED and lower.startswith("quy định")) or (bare and _TELLS.match(lower)):
        return None
    return title


def _before_next(type: str | None, title: str) -> str:
    """The title without the next documents of the list in which its own stands.

    ``hướng dẫn Luật B và Nghị định C`` tells of both, a decree's ``quy định chi tiết Luật B, Nghị định C`` of the law:
    what is of the document's own type, and not of the type of those that the title speaks of, stands beside it.
    """
    own = (type or "").lower()
    for found in _NEXT_DOCUMENT.finditer(title):
        spoken = [_type(m) for m in _DOCUMENT.finditer(title, 0, found.start())]
        # "Nghị định … quy định chi tiết Luật A và các văn bản hướng dẫn": a plan, but no decree, is for both.
        if found["rules"] and spoken and own not in entries("detailing_types"):
            continue
        # "sửa đổi khoản 1 và khoản 2 Điều 13 Luật B": the title speaks of provisions.
        if found["place"] and _PLACE.search(title, 0, found.start()):
            continue
        kind = _type(found)
        # No decree speaks of a circular.
        below = own in _RANKS and kind in _RANKS[_RANKS.index(own) + 1 :]
        if not spoken or below or found["rules"] or (kind == own != spoken[-1]):
            return title[: found.start()]
    return title


def _type(found: re.Match[str]) -> str:
    """The type, in small letters, of a document that a pattern has found; empty where it has none of its own."""
    groups = found.groupdict()
    return str(groups["type"] or ("" if "act" in groups and not groups["act"] else "luật")).lower()
