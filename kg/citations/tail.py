"""What stands right of a citation: its date, issuer and place inside."""

from __future__ import annotations

import re
from typing import Final

from kg.citations import pinpoints
from kg.citations.lead import type_names
from kg.entities import bodies, dates
from kg.ontology.wording import words
from kg.structure import tables
from kg.text.late import late
from kg.text.normalization import GAZETTE_PAGE, UPPER

__all__ = ["Tail", "tail"]

# A footnote's mark glued to the number, or in brackets before the date; the desk in brackets: "287/TTr-SXD(KTXD)".
_FOOTNOTE: Final = re.compile(
    r"\d{1,2}(?![\d/.-])|\([a-z]{2,7}\)(?=\s{1,3}ngay)|\s{0,2}(?:\[\^?\d{1,3}\]|<sup>[^<]{0,8}</sup>|\(\d{1,2}\)(?=\s*(?:ngay|cua)))"
)
_NOTE_OPENS: Final = frozenset("0123456789[(<")
_RAISED: Final = re.compile(r"[¹²³⁰⁴-⁹]{1,3}")
_BEFORE_DATE: Final = re.compile(
    r"[\s,|\"'*)]{0,24}\(?\s{0,2}(?:-\s(?=\d{1,2}/\d{1,2}/\d{4}(?!\d)))?"
    # The term and the session of the council that issued it: "của HĐND tỉnh khóa IX, kỳ họp thứ 5 ngày …".
    r"(?:khoa\s{1,3}\w{1,5}[\s,]{1,3}(?:(?:tai\s{1,3})?ky\s{1,3}hop\s{1,3}(?:thu\s{1,3})?\w{1,6}[\s,]{1,3})?(?=ngay))?"
    # The hour of a telegram: "hồi 15 giờ 30 ngày …", "lúc 15h00, ngày …".
    r"(?:(?:vao\s{1,3})?(?:hoi|luc)\s{1,3}\d{1,2}\s?(?:gio|h|g|:)\s?(?:\d{1,2}\s?(?:phut|'|p)?)?,?\s{1,3}(?=ngay))?"
    r"(?:(?:cung|ky|de|lap|cap|(?:duoc\s{1,3})?ban hanh|ngay|nam)\s{1,3}(?=ngay)"
    r"|dated\s{1,3}|of\s{1,3}(?=[a-z]{3,9}\.?\s\d|\d{1,2}\s[a-z])"
    # "được Quốc hội khóa XV thông qua tại kỳ họp thứ 9 ngày …"
    r"|(?:da\s{1,3})?duoc\s{1,3}(?:quoc hoi|uy ban thuong vu quoc hoi|hdnd|hoi dong nhan dan)(?:\s[^.;:]{1,80}?)?"
    r"\s{1,3}thong\s{1,3}qua\s{1,3}(?:(?:vao|tai)\s[^.;:]{0,60}?)?(?=ngay\s))?"
)
_BEFORE_ISSUER: Final = re.compile(
    # When it came, and what came with it: "(nhận ngày 15/9/2025) của", "và hồ sơ gửi kèm của".
    r"[\s,|]{0,24}(?:\((?:nhan|den|tiep nhan)\s[^()]{1,40}\)\s{1,3})?"
    r"(?:va\s{1,3}ho\s{1,3}so\s[^.;:()\d]{1,60}?\s)?"
    rf"\(?\s{{0,2}}(?:cua|do|by|of(?:\s{{1,2}}the)?)(?:{GAZETTE_PAGE}|\s{{1,24}}(?:cua\s{{1,3}})?)"
    r"(?:cac\s{1,3}|the\s{1,2})?(?:lien\s{1,3}(?=bo\s|so\s))?(?:\d{1,2}th\s)?"
    r"(?:hoi\s+nghi\s+(?:lan\s+thu\s+(?:\d{1,2}|[a-z]+)(?:\s+muoi)?,?|trung\s+uong\s+\d+,?)\s+(?:cua\s+)?)?"
    r"|[\s,]{1,4}hoi\s+nghi\s+lan\s+thu\s+(?:\d{1,2}|[a-z]+),?\s+(?:cua\s+)?(?=ban\s+chap\s+hanh)"
)
_BARE_YEAR: Final = re.compile(r"\s{1,3}\(?((?:19|20)\d\d)(?![\d/-])")
_COUNTED: Final = late(rf"\s{{1,3}}{words('counted')}(?!\w)")
# "năm 20243": a footnote's mark is glued to the year of a law.
_MARKED_YEAR: Final = re.compile(r"\s{1,3}nam\s{1,3}((?:19|20)\d\d)\d(?!\d|[.,]\d)")
_IN_ENGLISH: Final = re.compile(r"\s{1,3}of\s{1,3}(?=[a-z]+(?:\s[a-z]+){0,3}\s{1,3}(?:province|city))")
_TO_DOER: Final = re.compile(r"[\s,]{1,4}")
_DEED: Final = late(rf"\s{{1,16}}(?:(?:{words('adverbs')})\s{{1,16}}){{0,3}}{words('issuing')}(?![a-z])")
_AT: Final = re.compile(r"(\s{1,4})tai(?=\s)")
_CELL: Final = re.compile(r"\s{0,4}[|\t]\s{0,4}")
_OF_WORK: Final = late(rf"(?:{words('due_columns')}|{words('other_days')})(?!\w)")
_DOERS: Final = late(rf"{words('assignee_labels')}(?!\w)")
_OWN_LINE: Final = late(rf"[ \t]{{1,3}}[{UPPER}][^\W\d_]*\s[^\W\d_]")
_CELL_OF_TWO_WORDS: Final = re.compile(r"([a-z]+\s[a-z]+)(?=\s{0,4}(?:[|\t\n]|\Z))")
_NEXT_WORDS: Final = re.compile(r"\s{1,3}(?:cua\s+|tai\s+)?([a-z]+)(?:\s([a-z]+))?")

_ASIDE: Final = re.compile(r"\s?\((?!\s?(?:ngay|cua|do|ban)\s)[^()\n]{1,40}\)(?=\s{1,3}(?:do|cua|ngay)\s)")
"""What is said of the document before its issuer: ``Giấy chứng nhận số 9/KĐI (nhóm 2, 3) do …``."""
# The next word after a citation where neither figures, nor a table's cell, nor a footnote's mark come first.
_NEXT_WORD: Final = re.compile(r"[ \n,()\"'*]*([a-z]{2,}+)(?![0-9])")
_OPENINGS: Final = (
    dates.OPENINGS
    | pinpoints.OPENINGS
    | frozenset("cung ky de lap duoc ban dated of cua do by hoi luc vao cap tai quy".split())
)
"""Words with which a date, an issuer or a place may begin."""


class Tail:
    """Date (ISO, as precise as written), issuer and places; ``end`` is where they end.

    One is made for each citation, and compiled a dataclass takes twenty times as long to make.
    """

    __slots__ = ("date", "end", "issuer", "marked", "pinpoint", "province", "year")

    def __init__(self, end: int, year: str | None = None) -> None:
        self.end = end
        self.date: str | None = None
        self.issuer: bodies.BodySpan | None = None
        self.pinpoint: str | None = None
        self.province: str | None = None
        """Place of a local body that the symbol names: ``of Ha Tinh Province``."""
        self.marked = False
        """Whether a figure more than a year has, be it a footnote's mark or a slip, is glued to the date."""
        self.year = year
        """The year in the number: of another year is a day in the next column, and a month in brackets."""


def tail(
    text: str, folded: str, end: int, province: str | None, *, bare_year: bool = False, year: str | None = None
) -> Tail:
    """Date, issuer and places behind a citation that ends at ``end``, in any order.

    ``bare_year`` reads ``2019`` in ``Bộ luật Lao động 2019`` and, as portals write, ``Quyết định 12/QĐ-UBND 2019``;
    ``year`` is the year in the number.
    """
    out = Tail(end, year=year)
    note = _note(text, folded, end)
    at = note.end() if note else end
    if folded.startswith(("(", " ("), at) and (aside := _ASIDE.match(folded, at)):
        at = aside.end()
    word = _NEXT_WORD.match(folded, at)
    if word and word[1] not in _OPENINGS:
        return out
    for _ in range(4):
        before = at
        for step in (_date, _issuer, _bare_issuer, _places, _cell):
            found = step(out, text, folded, at, province, bare_year)
            if found is not None:
                at = found + (text[found : found + 1] == ")" and "(" in text[end:found])
                out.end = at
        if at == before:
            break
    return out


def _note(text: str, folded: str, end: int) -> re.Match[str] | None:
    """The mark of a footnote, or a desk in brackets, right behind a citation."""
    if folded.startswith("?", end):
        return _RAISED.match(text, end)
    return _FOOTNOTE.match(folded, end) if folded[end : end + 3].lstrip()[:1] in _NOTE_OPENS else None


def _date(out: Tail, text: str, folded: str, at: int, province: str | None, bare_year: bool) -> int | None:
    if out.date is not None:
        return None
    head = _BEFORE_DATE.match(folded, at)
    found = dates.parse(folded, head.end() if head else at)
    if not found and bare_year and (year := _BARE_YEAR.match(folded, at) or _MARKED_YEAR.match(folded, at)):
        found = (year[1], year.end()) if not _COUNTED.match(text, year.end()) else None
    if not found:
        return None
    gap = text[at : head.end() if head else at]
    # The next cell may hold the day by which something is done.
    if ("|" in gap or "\t" in gap) and _OF_WORK.match(_head(text, at + len(gap))):
        return None
    if "," in gap and _tells_of_next(text, folded, found[1], province):
        return None
    # "… thực hiện Luật Lưu trữ" / "Ngày 31/3/2020, Chi cục ban hành …": the day opens the next paragraph.
    if "\n" in gap and text.startswith("Ngày", at + len(gap)) and ("\n\n" in gap or text.startswith(",", found[1])):
        return None
    # "theo Nghị định số 157/2025/NĐ-CP (tháng 7 năm 2029 đủ 57 tuổi)", "bởi Thông tư số 13/2024/TT-BYT" / "01/02/2025".
    aside = ("(" in gap and len(found[0]) < _FULL) or ("\n" in gap and text[at + len(gap)].isdigit())
    if aside and out.year and not found[0].startswith(out.year):
        return None
    # The next line opens with a day of its own: "… ban hành 30/2013/QĐ-UBND" / "19/07/2013 Văn bản có hiệu lực".
    if "\n" in gap and text[at + len(gap)].isdigit() and _OWN_LINE.match(text, found[1]):
        return None
    out.date = found[0]
    out.marked = folded[found[1] - 5 : found[1]].isdigit()
    return found[1]


def _head(text: str, offset: int) -> str:
    """The head of the column in which a place stands, on one line and in small letters."""
    row = tables.at(text, offset)
    return row.head(offset).lower() if row else ""


_FULL: Final = len("2024-06-05")


def _tells_of_next(text: str, folded: str, end: int, province: str | None) -> bool:
    """Whether a day behind a comma is that of a new deed: ``…, ngày 01/7/2025 Bộ Tài chính ban hành``."""
    gap = _TO_DOER.match(folded, end)
    body = bodies.parse(text, folded, gap.end(), province) if gap else None
    return bool(body and _DEED.match(folded, body.end))


def _issuer(out: Tail, text: str, folded: str, at: int, province: str | None, bare_year: bool) -> int | None:
    if out.issuer is not None:
        return None
    if place := _IN_ENGLISH.match(folded, at):
        named = bodies.province_at(folded, place.end())
        if named:
            out.province = named[0]
            return named[1]
    head = _BEFORE_ISSUER.match(folded, at)
    body = bodies.parse(text, folded, head.end(), province) if head else None
    if head and body is None and (conference := head[0].rfind("hoi")) >= 0:
        body = bodies.parse(text, folded, head.start() + conference, province)  # "của Hội nghị Trung ương 6 khóa XII"
    if head is None or body is None:
        return None
    if head[0].rstrip().endswith(_TOGETHER):
        body = _joined(text, folded, body, province)
    # ", của Ban Bí thư tại Văn bản số …": who says the next thing.
    if "," in head[0] and (place := _AT.match(folded, body.end)) and _of_another(folded, place.start(1)):
        return None
    out.issuer = body
    return body.end


_TOGETHER: Final = "lien"
_NEXT_BODY: Final = re.compile(r"(?:,|\s{1,3}va|\s?-)\s{1,3}")


def _joined(text: str, folded: str, first: bodies.BodySpan, province: str | None) -> bodies.BodySpan:
    """The bodies that sign together as one: ``của liên Bộ Nội vụ và Bộ Tài chính``, ``của Liên Sở A - Sở B``."""
    whole = first
    while (gap := _NEXT_BODY.match(folded, whole.end)) and (more := bodies.parse(text, folded, gap.end(), province)):
        whole = whole._replace(name=f"{whole.name}; {more.name}", end=more.end, body=None)
    return whole


_ENDS: Final = re.compile(r"\s{1,3}(?:ve|v/v)\s|\s?(?:[.,;)]|\n|\Z)")


def _bare_issuer(out: Tail, text: str, folded: str, at: int, province: str | None, bare_year: bool) -> int | None:
    """The body right behind a date, at the end of the clause: ``ngày 21/4/2020 UBND tỉnh Bình Định)``."""
    if out.issuer is not None or out.date is None or text[at : at + 1] != " " or not text[at + 1 : at + 2].isupper():
        return None
    body = bodies.parse(text, folded, at + 1, province)
    if body is None or not body.placed or not _ENDS.match(folded, body.end):
        return None
    out.issuer = body
    return body.end


def _of_another(folded: str, end: int) -> bool:
    """Whether the places that end at ``end`` are those of the document that follows."""
    behind = _NEXT_WORDS.match(folded, end)
    if behind is None:
        return False
    return behind[1] in type_names() or f"{behind[1]} {behind[2]}" in type_names()


def _places(out: Tail, text: str, folded: str, at: int, province: str | None, bare_year: bool) -> int | None:
    if out.pinpoint is not None:
        return None
    found = pinpoints.after(folded, at, text)
    if found is None or _of_another(folded, found[1]):
        return None
    out.pinpoint = found[0]
    return found[1]


def _cell(out: Tail, text: str, folded: str, at: int, province: str | None, bare_year: bool) -> int | None:
    """The next cell of a table row: a type, which is passed over, or the issuer."""
    cell = _CELL.match(folded, at)
    if cell is None:
        return None
    kind = _CELL_OF_TWO_WORDS.match(folded, cell.end())
    if kind and kind[1] in type_names():
        return kind.end()
    body = bodies.parse(text, folded, cell.end(), province) if out.issuer is None else None
    # The next cell may hold who has to do the work.
    if body is None or body.body is None or _DOERS.match(_head(text, cell.end())):
        return None
    out.issuer = body
    return body.end
