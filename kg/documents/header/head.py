"""The head of a document: where its type, number, date, subject and addressees stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.documents.header.quoted import Sign, quoted
from kg.entities import dates, symbols
from kg.entities.localities import province_at
from kg.ontology.tables import doc_types
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["MOTTO", "ZONE", "Head", "Span", "find", "iso_date", "line_end", "plain"]

Span = tuple[int, int]

ZONE: Final = 8000
"""The head of a document ends within so many characters."""
MOTTO: Final = re.compile(
    r"cong\s+ho\w{1,2}\s+xa\s+ho\w\s+chu\s+(?:nghia|ngha)\s+viet(?:\s+nam)?|doc\s+lap\s*-{0,3}\s*tu\s+do\s*-{0,3}\s*"
    r"(?:hanh\s+phuc)?|dang\s+cong\s+san\s+viet\s+nam"
)
_DATE: Final = re.compile(
    r"(?P<place>[a-z][a-z. \t-]{1,30}?(?:\n[a-z. \t]{1,20}?)?)\s*,\s{0,4}[*_]{0,3}(?:ngay|nga\w)"
    r"(?P<day>[\s*_.…]{0,40}(?:\d\s\d(?=\s)|[^\s\d,;]{0,2}\d{0,2}[^\s\d,;]{0,2}))"
    r"[\s*_.…]{0,40}thang(?P<month>[\s*_.…]{0,40}(?:[\doil]\s?[\doil]?)?)[\s*_.…]{0,40}nam(?P<year>[\s*_.…]{0,8}(?:\d(?:\s?\d){3})?)"
)
_BLANKS: Final = re.compile(r"[\s*_.…]+")
_SCANNED_DIGITS: Final = str.maketrans("oil", "011")
_COMMA: Final = re.compile(r",\s{0,4}[*_]{0,3}nga")
_PLACE_LENGTH: Final = 60
"""More code points than a place has before its comma."""
_BARE_DATE: Final = re.compile(
    r"(?m)^[\s*_|]{0,9}(?:(?P<place>[a-z][a-z. -]{2,28})\s{1,3})?ngay\s{0,3}(?P<day>\d{1,2})"
    r"\s{0,3}thang\s{0,3}(?P<month>\d{1,2})\s{0,3}nam\s{0,3}(?P<year>\d{4})[\s*_|]{0,9}$"
)
_NUMBER: Final = re.compile(
    r"(?:(?<=[\n|\t])|^|(?<=[\s_]\s)|(?<=[-_])|(?<![a-z,;]\s)(?<![a-z])(?=so\s{0,2}:))[ *_>]{0,40}"
    r"(?P<type>(?:luat|bo luat|nghi quyet|phap lenh|lenh|nghi dinh|quyet dinh|thong tu|van ban hop nhat)\s{1,3})?"
    r"so\b[*_]{0,3}\s{0,3}(?P<colon>[:.;]?)[*_]{0,3}\s{0,12}"
)
_WORD, _AROUND = re.compile(r"so\b"), 64
"""The word that a number has before it, and more code points than `_NUMBER` has before or behind that word."""
# "ĐOÀN KIỂM TRA" / "THEO QUYẾT ĐỊNH SỐ …": a team has its decision in the letterhead.
_SET_UP_BY: Final = re.compile(r"theo\s{1,4}(?:qd|quyet\s{1,4}dinh)\s{0,20}\Z")
_BLANK_NUMBER: Final = re.compile(r"[\s._…*-]{0,60}(?=[/-]\s{0,3}[A-ZĐ])")
# What a scan makes of a number that is written or stamped by hand: "Số:b3  /TB-UBND", "Số: 4@` /TB-UBND".
_DAMAGED_NUMBER: Final = late(r"(?P<serial>[^\s/|][^\n/|]{0,9}?)\s{0,12}(?=/\s{0,3}(?:20\d\d/)?[A-ZĐ]{2})")
_WORDS: Final = re.compile(r"[^\W\d]{3}|[.,;:]\s")
_MISREAD_FIGURES: Final = str.maketrans("lIO", "110")
_LEGIBLE: Final = re.compile(r"(?=\w*\d)\w{1,6}")
_SPACED_SERIAL: Final = re.compile(r"(\d{1,6})[ _.…*]{1,20}(?=/)")
_SYMBOL_END: Final = re.compile(r"[/-]\s{0,3}[^\s|]{2,30}")
_SUBJECT: Final = re.compile(r"v(?<![a-z].)\s?/\s?v(?![a-z])")
_ADDRESSED: Final = re.compile(r"kinh\s+gui\b")
_BEFORE_ADDRESS: Final = re.compile(r"(?m)(?:^|[|\t])[ \t*_]{0,30}\Z")
_OPENING: Final = re.compile(
    r"(?m)^[ \t*_>-]{0,6}(?:can\s+cu|xet\s+(?:de\s+nghi|to\s+trinh)|theo\s+de\s+nghi"
    r"|thuc\s+hien\s+(?:cong\s+van|van\s+ban)|dieu\s+1\b|chuong\s+i\b|noi\s+nhan)"
)
# "KẾ HOẠCH LIÊN TỊCH": behind its type a joint document says so.
_JOINT: Final = re.compile(r"[ \t]{1,4}(?:phoi hop|lien tich|lien nganh)(?: lien nganh)?(?=[ \t*_]{0,8}(?:\n|\Z))")
_NUMBERED: Final = re.compile(r"[\s*_|]{1,9}so\s{0,2}[:.]?\s{0,3}\d")
_NO_TYPE_LINES: Final = ("Văn bản", "Công bố", "Thông báo kết luận")
"""Of these the last is a type line "THÔNG BÁO" whose subject begins with "Kết luận"."""
# "NGHỊ ĐỊNH1": a consolidation tells in a footnote what it is made of.
_MARK: Final = r"\d{1,2}(?=[ \t*_]{0,4}(?:\n|\Z))"
# One word in two spans of bold: "**V****Ă****N PHÒNG**".
_TORN: Final = re.compile(r"(?<=\w)\*{4}(?=\w)")
_CONTROL: Final = re.compile(r"[*_#>|~`]+")


@dataclass(slots=True)
class Head:
    """The head of one document: its zone, the zone folded, and the spans found in it."""

    offset: int
    """Where the zone begins: web pages put their own frame before the document."""
    text: str
    folded: str
    type: Span | None
    type_name: str | None
    number: Span | None
    symbol: symbols.Symbol | None
    blank: bool
    """Whether the number was left blank."""
    date: re.Match[str] | None
    subject: int
    """Offset of "V/v", or -1."""
    address: int
    """Offset of "Kính gửi", or the end of the zone."""
    end: int
    """Where the letterhead ends: at the type line, the subject or the first sentence."""

    @property
    def silent(self) -> bool:
        """Whether there is no head at all: an extract, a draft, the page of a portal."""
        return not (self.type or self.number or self.date or self.subject >= 0 or self.address < len(self.text))


def find(text: str, whole: str, offset: int) -> Head:
    """The head that begins at ``offset`` of a normalized text; ``whole`` is ``fold(text)``."""
    zone, folded = text[offset : offset + ZONE], whole[offset : offset + ZONE]
    address = _address(folded)
    found_type, name = _find_type(zone, folded, address)
    opening = _OPENING.search(folded)
    limit = opening.start() if opening else len(zone)
    top = found_type[0] if found_type else min(address, limit)
    # The number may follow the type line ("PHƯƠNG ÁN" / "Số: 01/PA"), the date the subject.
    number, symbol, blank = _find_number(zone, folded, min(address, limit), found_type)
    # A web page may have its own title, "V/v" and all, above the letterhead: the subject stands below the number.
    about = _SUBJECT.search(folded, number[1] if number else 0, address) or _SUBJECT.search(folded, 0, address)
    subject = about.start() if about else -1
    before = min(address, limit)
    date = _date(folded, before) or _bare_date(folded, before)
    if symbol is not None and symbol.type_abbr == "VBHN":
        name = "Văn bản hợp nhất"
    end = min(top, subject) if subject >= 0 else top
    return Head(offset, zone, folded, found_type, name, number, symbol, blank, date, subject, address, end)


def _address(folded: str) -> int:
    """Offset of "Kính gửi" at the head of a line or a cell, or the end."""
    for match in _ADDRESSED.finditer(folded):
        if before := _BEFORE_ADDRESS.search(folded, max(0, match.start() - 31), match.start()):
            return before.start()
    return len(folded)


def _date(folded: str, end: int) -> re.Match[str] | None:
    """The first date with its place, read around the comma between them."""
    for comma in _COMMA.finditer(folded, 0, end):
        low = len(folded[: comma.start()].rstrip()) - _PLACE_LENGTH
        match = _DATE.search(folded, max(0, low), min(end, comma.end() + 200))
        if match and match.start() < comma.start():
            return match
    return None


def _bare_date(folded: str, end: int) -> re.Match[str] | None:
    """The first date on a line of its own, alone or behind a province without a comma."""
    for match in _BARE_DATE.finditer(folded, 0, end):
        place = (match["place"] or "").strip()
        found = province_at(place, 0) if place else None
        if not place or (found and found[1] == len(place)):
            return match
    return None


def _find_type(zone: str, folded: str, address: int) -> tuple[Span | None, str | None]:
    pattern, names = _type_pattern()
    shifted = "\n" + folded
    for match in pattern.finditer(shifted):
        start, end = match.start("type") - 1, match.end() - 1
        end += len(joint[0]) if (joint := _JOINT.match(folded, end)) else 0
        if start > address:
            break
        written = zone[start:end]
        if not written.isupper() and _NUMBERED.match(folded, end):
            continue  # "Luật" / "số: 61/2024/QH15"
        rest = zone[end : line_end(zone, end)].strip(" \t*_|:.")
        alone = not rest
        if written.isupper() and (alone or rest.isupper() or not rest[0].isalpha() or fold(rest[:3]) in ("ve ", "v/v")):
            return (start, end), names[" ".join(match["type"].split())]
        if alone and written[0].isupper() and shifted[match.start() : start + 1] == "\n" and start < 1500:
            return (start, end), names[" ".join(match["type"].split())]
    return None, None


@cache
def _type_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """Type lines in folded text behind a line break or a bar, and the type that each folded name stands for."""
    lines = [t for t in doc_types() if t.name not in _NO_TYPE_LINES]
    names = {fold(t.name): t.name for t in lines if t.category != "treaty"}
    for t in lines:
        names |= {fold(a): t.name for a in t.aliases if not a.startswith(t.name) and fold(a) not in names}
    choice = "|".join(r"\s{1,4}".join(map(re.escape, n.split())) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"[\n|\t][ \t*_#>.\x22“]{{0,60}}(?P<type>{choice})(?:{_MARK}|(?![a-z0-9]|\s+chung\b))"), names


def _find_number(
    zone: str, folded: str, limit: int, kind: Span | None
) -> tuple[Span | None, symbols.Symbol | None, bool]:
    """Span of the document's own number, its reading, and whether it was left blank; ``kind`` is its type line."""
    below = kind[1] if kind else None
    letterhead = kind is not None or MOTTO.search(folded) is not None
    for match in _numbers(folded, limit):
        # Below the type line only a line of its own can be the number.
        if below is not None and match.start() > below and (match.start() > below + 200 or not match["colon"]):
            break
        # A wrapped line of running text: "… Nghị định số 83/2014/NĐ-CP và" / "số 80/2023/NĐ-CP".
        if not match["colon"] and zone[match.start() : match.end()].lstrip(" *_>").startswith("số"):
            continue
        if _SET_UP_BY.search(folded, max(0, match.start() - 40), match.start()):
            continue
        at = match.end()
        begin = match.start() + len(match[0]) - len(match[0].lstrip(" *_>"))
        sign = Sign(match["type"] is not None, bool(match["colon"]), letterhead)
        spaced = _SPACED_SERIAL.match(zone, at)
        if found := symbols.find(zone, at):
            if quoted(zone, folded, begin, found.end, sign):
                continue
            return (match.start(), found.end), found, not found.serial.strip("0")  # a zero is where a blank was
        if spaced and (found := symbols.find(spaced[1] + zone[spaced.end() : spaced.end() + 60])):
            return (match.start(), spaced.end() + found.end - len(spaced[1])), found, False
        blank = _BLANK_NUMBER.match(zone, at)
        if blank and (match["colon"] or zone[match.start() : match.start() + 2] == "Số"):
            letters = _SYMBOL_END.match(zone, blank.end())
            if letters and not (match["type"] and quoted(zone, folded, begin, letters.end(), sign)):
                return (match.start(), letters.end()), symbols.find("1" + letters[0]), True
        damaged = _DAMAGED_NUMBER.match(zone, at) if match["colon"] else None
        letters = _SYMBOL_END.match(zone, damaged.end()) if damaged else None
        if damaged and letters and not _WORDS.search(damaged["serial"]):
            return (match.start(), letters.end()), *_damaged(damaged["serial"], letters[0])
    return None, None, False


def _damaged(serial: str, letters: str) -> tuple[symbols.Symbol | None, bool]:
    """The reading of a number whose serial a scan has damaged, and whether nothing of the serial can be told."""
    serial = "".join(serial.split())
    if found := symbols.find(serial.translate(_MISREAD_FIGURES) + letters):
        return found, not found.serial.strip("0")
    found = symbols.find("1" + letters)
    if found is None or not _LEGIBLE.fullmatch(serial):
        return found, True
    return found._replace(number=serial + found.number[1:], serial=serial), False


def _numbers(folded: str, limit: int) -> Iterator[re.Match[str]]:
    """What a search for `_NUMBER` finds: read around its word."""
    done = 0
    for word in _WORD.finditer(folded, 0, limit):
        low, high = max(done, word.start() - _AROUND), min(limit, word.end() + _AROUND)
        if word.start() >= done and (match := _NUMBER.search(folded, low, high)):
            yield match
            done = match.end()


def iso_date(head: Head) -> str | None:
    """The date of the head, ISO 8601, as far as it is written; None where the year is not."""
    if head.date is None:
        return None
    year, month, day = (_BLANKS.sub("", head.date[k]) for k in ("year", "month", "day"))
    month = month.translate(_SCANNED_DIGITS)
    if not day.isdigit():
        day = ""  # left blank, or written by hand over the line and scanned as something else
    if len(year) != 4:
        return None
    if month and day and (found := dates.iso(int(year), int(month), int(day))):
        return found  # else there is no such day: the rest is what the text gives
    return f"{year}-{int(month):02}" if month and 1 <= int(month) <= 12 else year


def line_end(text: str, pos: int) -> int:
    """Offset of the end of the line around ``pos``."""
    end = text.find("\n", pos)
    return len(text) if end < 0 else end


def plain(text: str) -> str:
    """A line without the marks of Markdown, tables and ornaments, its words set apart by one blank."""
    return " ".join(_CONTROL.sub(" ", _TORN.sub("", text)).split())
