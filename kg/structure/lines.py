"""The first step: printed lines, each with its marker, table rows, and page furniture."""

from __future__ import annotations

import re
from typing import Final

from kg.structure.model import Passage
from kg.text.normalization import UPPER

__all__ = ["BLANK", "EDGE", "lines", "opens_page", "skip"]

_ORDINALS: Final = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:[ ]\\w{2,4})?"
# Possessive quantifiers: a line is never scanned twice.  Each alternative begins with a letter or a set and ends with
# the empty group of its style: so most are passed over by their first letter alone.
_LINE: Final = re.compile(
    rf"""(?mx) ^ [ \t\f\v]*+ (?=\S)
    (?:\#\#{{0,5}}(?P<md>)[ \t]++|>[ \t]++|)
    (?:[*_][*_]{{0,2}}(?=[^\s*_])[ \t]*+|) (?P<at>)
    (?:
      [{UPPER.lower()}](?=[^\d)./])(?!(?i:(?<=t)rang|(?<=p)age)[ \t]\d)
    | (?:[-=][-=]{{2,40}}[ ](?:PAGE[ ]BREAK|(?i:trang|page)[ ]\d++)[ ][-=]{{3,40}}+
         | [-=*_|~.…+ \t]++ | [-(\[][ \t]?\d{{1,4}}[ \t]?[-)\]]? | \d\d{{0,3}}[ \t]?[-)\]]?
         | [Tt](?i:rang)[ \t]\d++(?:[ \t]*+(?:/|of)[ \t]*+\d++)? | [Pp](?i:age)[ \t]\d++(?:[ \t]*+(?:/|of)[ \t]*+\d++)?
         | \[\[[^\]\n]{{1,200}}+\]\] | CÔNG[ ]BÁO/Số[^\n]{{0,80}}+ | \d\d*+[ \t]++CÔNG[ ]BÁO/Số[^\n]{{0,80}}+
      )[ \t]*+$(?P<skip>)
    | P(?:hần|HẦN)[ ](?:(?:thứ|THỨ)[ ]\w++|[IVXLC]++|\d{{1,2}})\b[.:)]?(?P<part>)
    | C(?:hương|HƯƠNG)\s(?:[IVXLC]++|\d{{1,3}})\b[.:]?(?P<chapter>)
    | M(?:ục|ỤC)\s(?:[IVXLC]++|\d{{1,3}})\b[.:]?(?=\s*+$|[ \t]++[{UPPER}])(?P<division>)
    | T(?:iểu[ ]mục|IỂU[ ]MỤC)\s\d{{1,2}}\b[.:]?(?P<subdivision>)
    | Đ(?:iều|IỀU)\s\d{{1,3}}[a-zđ]?(?:[.:]|(?=[ \t]*+$))(?P<article>)
    | P(?:hụ[ ]lục|HỤ[ ]LỤC)(?:[ ](?:số|SỐ))?(?:[ ](?:[IVXLC]++|\d{{1,3}}|[A-Z])\b)?+[.:]?
         (?=[ \t]*+$|[ \t]++[{UPPER}(-])(?P<annex>)
    | [IVXL][IVXL]{{0,5}}(?:[.)](?=[ \t*_]|[{UPPER}])|[-/](?=[ \t]))(?P<roman>)
    | [A-HK-UĐ](?:[.)]|[-/](?=[ \t]))(?=[ \t*_])(?P<letter>)
    | \d\d?(?:\.\d{{1,2}}){{1,5}}(?:[.)](?!\d)|(?=[ \t*_]))(?P<digits>)
    | \d(?:\d{{0,2}}(?:[.)](?=[^\d\s,;]|[ \t])|[-/](?=[ \t]))|\d?\.(?=[ \t]*+\n[{UPPER}]))(?P<digit>)
    | [1-9]\d{{0,2}}(?=[ \t]++[{UPPER}\d(“"])(?P<bare>)
    | [a-zđ]\d?(?:[)]|[./](?=[ \t*_]))(?P<point>)
    | \((?:\d{{1,2}}|[a-zđ]|[ivx]{{1,4}})\)(?=[ \t]*+\S)(?P<paren>)
    | [TMHBNSC](?:(?<=T)hứ[ ](?:{_ORDINALS})
         |(?:(?<=M)ột|(?<=H)ai|(?<=B)a|(?<=B)ốn|(?<=N)ăm|(?<=S)áu|(?<=B)ảy|(?<=T)ám|(?<=C)hín|(?<=M)ười)[ ]là
      )[ \t]*+[,:;](?P<ordinal>)
    | (?:<sup>\(?\d{{1,3}}\)?</sup> | \[\^?\d{{1,3}}\]:?(?=[ \t]*+\S))(?P<note>)
    | \+(?=[ \t]*+[^\s\d]|[ \t]++\d)(?P<plus>)
    | [*](?=[ \t])(?P<star>)
    | [•●○◦▪■➢✓·](?=[ \t]*+\S)(?P<bullet>)
    | [-–—](?=[ \t]++\S|[^\W\d_])(?P<dash>)
    |)
    [^\n]*+""",
)
_HASHES, _AT, _SKIP = _LINE.groupindex["md"], _LINE.groupindex["at"], _LINE.groupindex["skip"]
_STYLES: Final = ("", *_LINE.groupindex)
"""Styles by the index of their group."""
_DEPTHS: Final = tuple(f"digits{depth}" for depth in range(1, 7))
_LEADING: Final = " \t\f\v*_"
_INDENTS: Final = frozenset(_LEADING)
_BODY: Final = re.compile(rf"[{_LEADING}]*")
BLANK: Final = "".join((" ", "\t", "\f", "\v", "\r", "\xa0"))
EDGE: Final = BLANK + "*_|"
_EDGES: Final = frozenset(EDGE)


def lines(text: str) -> list[Passage]:
    """Lines of a normalized text that are not blank, in order; page furniture has the style ``skip``."""
    found: list[Passage] = []
    tabbed, hashed = "\t" in text, "#" in text
    bar = _next(text, "|", 0)
    for match in _LINE.finditer(text):
        first, end = match.span()
        group = match.lastindex or _AT
        if group == _SKIP:
            found.append(Passage(first, first, end, "skip"))
            continue
        while text[end - 1] in _EDGES and end > first:
            end -= 1
        if end <= first:
            found.append(Passage(first, first, match.end(), "skip"))
            continue
        start, style, marker, hashes = first, "", "", 0
        if hashed and match.start(_HASHES) >= 0:
            start = match.end(_HASHES)
            hashes = text.count("#", first, start)
        if group != _AT:
            start = match.end(group)
            style, marker = _STYLES[group], text[match.end(_AT) : start]
            if style == "digits":
                style = _DEPTHS[min(marker.strip(".)").count("."), 5)]
        while start < end and text[start] in _INDENTS:
            start += 1
        if bar < first:
            bar = _next(text, "|", first)
        if bar < end or (tabbed and style == "" and text.find("\t", start, end) >= 0):
            while start < end and text[start] in _EDGES:
                start += 1
            style, marker = "row", ""
        found.append(Passage(first, start, end, style, marker, hashes))
    return found


def _next(text: str, mark: str, start: int) -> int:
    """Offset of the next ``mark`` from ``start`` on; the end of the text where there is none."""
    found = text.find(mark, start)
    return found if found >= 0 else len(text)


def opens_page(text: str, line: Passage) -> bool:
    """Whether a line begins as the first of a printed page does: with a form feed, or with a single blank."""
    lead = text[line.first]
    return lead == "\f" or (lead == " " and text[line.first + 1] not in BLANK)


def skip(text: str, start: int, end: int) -> int:
    """Offset behind blanks and emphasis marks at ``start``, at most ``end``."""
    match = _BODY.match(text, start, end)
    return match.end() if match else start
