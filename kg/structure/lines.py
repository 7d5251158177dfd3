"""The first step: printed lines, each with its marker, table rows, and page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.text.normalization import UPPER

__all__ = ["BLANK", "EDGE", "Line", "lines", "skip"]

_ORDINALS = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:[ ]\\w{2,4})?"
# Possessive quantifiers: a line is never scanned twice.
_LINE = re.compile(
    rf"""(?mx) ^ [ \t\f\v]*+ (?=[^\s])
    (?:(?P<md>\#{{1,6}})[ \t]++|>[ \t]++)?+
    (?:[*_]{{1,3}}(?=[^\s*_]))?+ [ \t]*+
    (?:
      (?P<skip>(?:[-=*_|~.…+ \t]++|[-(\[]?[ \t]?\d{{1,4}}[ \t]?[-)\]]?
         |(?i:Trang|Page)[ \t]\d++(?:[ \t]*+(?:/|of)[ \t]*+\d++)?
         |\[\[[^\]\n]{{1,200}}+\]\]|(?:\d++[ \t]++)?CÔNG[ ]BÁO/Số[^\n]{{0,80}}+)[ \t]*+$)
    | (?P<part>(?:Phần|PHẦN)[ ](?:(?:thứ|THỨ)[ ]\w++|[IVXLC]++|\d{{1,2}})\b[.:)]?)
    | (?P<chapter>(?:Chương|CHƯƠNG)\s(?:[IVXLC]++|\d{{1,3}})\b[.:]?)
    | (?P<division>(?:Mục|MỤC)\s(?:[IVXLC]++|\d{{1,3}})\b[.:]?(?=\s*+$|[ \t]++[{UPPER}]))
    | (?P<subdivision>(?:Tiểu[ ]mục|TIỂU[ ]MỤC)\s\d{{1,2}}\b[.:]?)
    | (?P<article>(?:Điều|ĐIỀU)\s\d{{1,3}}[a-zđ]?(?:[.:]|(?=[ \t]*+$)))
    | (?P<annex>(?:Phụ[ ]lục|PHỤ[ ]LỤC)(?:[ ](?:số|SỐ))?(?:[ ](?:[IVXLC]++|\d{{1,3}}|[A-Z])\b)?[.:]?
         (?=[ \t]*+$|[ \t]++[{UPPER}(-]))
    | (?P<roman>[IVXL]{{1,6}}(?:[.)](?=[ \t*_]|[{UPPER}])|[-/](?=[ \t])))
    | (?P<letter>[A-HK-UĐ](?:[.)]|[-/](?=[ \t]))(?=[ \t*_]))
    | (?P<digits>\d{{1,2}}(?:\.\d{{1,2}}){{1,5}}(?:[.)](?!\d)|(?=[ \t*_])))
    | (?P<digit>\d{{1,3}}(?:[.)](?=[^\d\s,;]|[ \t])|[-/](?=[ \t]))|\d{{1,2}}\.(?=[ \t]*+\n[{UPPER}]))
    | (?P<bare>[1-9]\d{{0,2}}(?=[ \t]++[{UPPER}\d(“"]))
    | (?P<point>[a-zđ]\d?(?:[)]|[./](?=[ \t*_])))
    | (?P<paren>\((?:\d{{1,2}}|[a-zđ]|[ivx]{{1,4}})\)(?=[ \t]*+\S))
    | (?P<ordinal>(?:Thứ[ ](?:{_ORDINALS})|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)[ ]là)(?:[ \t]*+[,:;]))
    | (?P<note><sup>\(?\d{{1,3}}\)?</sup>|\[\^?\d{{1,3}}\]:?(?=[ \t]*+\S))
    | (?P<plus>\+(?=[ \t]*+[^\s\d]|[ \t]++\d))
    | (?P<star>[*](?=[ \t]))
    | (?P<bullet>[•●○◦▪■➢✓·](?=[ \t]*+\S))
    | (?P<dash>[-–—](?=[ \t]++\S|[^\W\d_]))
    )?+
    [^\n]*+""",
)
_HASHES = _LINE.groupindex["md"]
_DEPTHS = tuple(f"digits{depth}" for depth in range(1, 7))
_LEADING = " \t\f\v*_"
_BODY = re.compile(rf"[{_LEADING}]*")
BLANK = "".join((" ", "\t", "\f", "\v", "\r", "\xa0"))
EDGE = BLANK + "*_|"


@dataclass(slots=True)
class Line:
    """A printed line: where it begins, where its text begins and ends, and how it is marked."""

    first: int
    start: int
    end: int
    style: str
    """A key of ``RANK``, ``row``, ``note``, ``bare``, ``skip`` or empty."""
    marker: str
    hashes: int
    page: bool
    """Whether the line opens a printed page."""


def lines(text: str) -> list[Line]:
    """Lines of a normalized text that are not blank, in order; page furniture has the style ``skip``."""
    found: list[Line] = []
    add = found.append
    barred, tabbed = "|" in text, "\t" in text
    for match in _LINE.finditer(text):
        first, end = match.span()
        while end > first and text[end - 1] in EDGE:
            end -= 1
        style, group = match.lastgroup or "", match.lastindex
        if style == "skip" or end <= first:
            add(Line(first, first, match.end(), "skip", "", 0, False))
            continue
        marker, start, hashes, page = "", first, 0, False
        if group is not None:
            marker, start = match[group], match.end(group)
            if match.start(_HASHES) >= 0:
                hashes = match.end(_HASHES) - match.start(_HASHES)
            if group == _HASHES:
                style = marker = ""
            elif style == "digits":
                style = _DEPTHS[min(marker.strip(".)").count("."), 5)]
        lead = text[first]
        if lead in BLANK:
            page = lead == "\f" or (lead == " " and text[first + 1] not in BLANK)
        if start < end and text[start] in _LEADING:
            start = skip(text, start, end)
        if (barred and text.find("|", first, end) >= 0) or (
            tabbed and style == "" and text.find("\t", start, end) >= 0
        ):
            while start < end and text[start] in EDGE:
                start += 1
            style, marker = "row", ""
        add(Line(first, start, end, style, marker, hashes, page))
    return found


def skip(text: str, start: int, end: int) -> int:
    """Offset behind blanks and emphasis marks at ``start``, at most ``end``."""
    match = _BODY.match(text, start, end)
    return match.end() if match else start
