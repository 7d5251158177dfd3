"""The frame of a legal web page around a document: what it labels, and where the document begins below it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.documents.header.head import MOTTO, ZONE, line_end
from kg.entities import bodies, dates, symbols
from kg.model import Header
from kg.ontology.tables import doc_types
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["beginning", "captioned", "filled", "labelled"]

_FRAME: Final = 30_000
"""The frame of a web page ends within so many."""
_FOOT: Final = 3000
"""What a page labels below a document stands in the last so many."""
# The line break in first place makes the search hop from line to line.
_LABEL: Final = re.compile(
    r"\n[ \t*_#|>]{0,20}(?:(?P<number>so (?:ky )?hieu)|(?P<type>loai van ban)|(?P<issuer>(?:noi|co quan) ban hanh)"
    r"|(?P<date>ngay (?:ban hanh|ky xac thuc)))[ \t*_]{0,6}:?"
)
_CAPTION: Final = late(r"(?m)^[ \t*_#|>]{0,20}(?P<line>[^\W\d_][^\n]{3,240}? số )(?=\d)")
_YEARLESS: Final = re.compile(r"(?:\s(?:nam\s)?(?:19|20)\d\d)?\sso\s\Z")
_CAPTIONED: Final = 1000
"""The caption of a page stands in the first so many code points."""
_VALUE: Final = re.compile(r"[\s*_|:]{0,20}([^\n|*]{2,120})")


def beginning(text: str, folded: str) -> int:
    """Offset of the letterhead: a few lines before the first motto, where a page frame stands above it."""
    motto = MOTTO.search(folded, 0, _FRAME)
    if motto is None or motto.start() < ZONE // 4 or not _LABEL.search("\n" + folded[: motto.start()]):
        return 0
    at = motto.start()
    for _ in range(8):
        at = max(0, text.rfind("\n", 0, at))
    return at


def labelled(text: str, folded: str) -> dict[str, str]:
    """What the frame of a legal web page says above or below a document: number, type, issuing body, date."""
    for low, high in ((0, _FRAME), (max(_FRAME, len(text) - _FOOT), len(text))):
        found: dict[str, str] = {}
        for match in _LABEL.finditer("\n" + folded[low:high]):
            key = next(k for k, v in match.groupdict().items() if v)
            value = _VALUE.match(text, low + match.end() - 1)
            if value and key not in found:
                found[key] = " ".join(value[1].split())
        if len(found) > 1:
            return found
    return {}


def captioned(header: Header, text: str, framed: bool) -> Header:
    """Fill in what only the caption of a page gives: a number (``Luật Đặc xá số 30/2018/QH14``), or a title.

    The caption of an amending law may end with the number of the amended one: the year must be that of the document,
    or the caption its type and title.  A title is read where the page labels what it shows (``framed``).
    """
    if framed and header.type and header.number and not header.title:
        return replace(header, title=_title(f"{header.type} số {header.number}", text))
    if header.number or not header.type or not (header.date or header.title):
        return header
    name = fold(f"{header.type} {header.title}")
    for line in _CAPTION.finditer(text, 0, _CAPTIONED):
        symbol = symbols.find(text, line.end())
        caption = fold(line["line"])
        dated = symbol and header.date and symbol.year == header.date[:4] and caption.startswith(fold(header.type))
        alone = symbol and not text[symbol.end : line_end(text, symbol.end)].strip(" \t*_")
        if symbol and (dated or (alone and _YEARLESS.sub("", caption) == name)):
            return replace(header, number=symbol.number)
    return header


def _title(name: str, text: str) -> str | None:
    """What the caption says behind type and number, to its paragraph's end: ``Nghị định số 12/2025/NĐ-CP Về …``."""
    for line in _CAPTION.finditer(text, 0, _CAPTIONED):
        if text.startswith(name, start := line.start("line")):
            end = text.find("\n\n", start)
            return " ".join(text[start + len(name) : max(end, 0) or _CAPTIONED].split()) or None
    return None


def filled(head: Header, frame: dict[str, str]) -> Header:
    """Fill what the document itself leaves open with what the web page around it says."""
    number = symbols.find(frame.get("number", ""))
    day = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", frame.get("date", ""))
    issuer = head.issuer or bodies.canonical(frame.get("issuer", ""))
    return replace(
        head,
        type=next((t.name for t in doc_types() if t.name == frame.get("type")), head.type),
        number=head.number or (number.number if number else None),
        issuer=issuer,
        province=head.province or bodies.province_of(issuer),
        date=head.date or (dates.iso(int(day[3]), int(day[2]), int(day[1])) if day else None),
    )
