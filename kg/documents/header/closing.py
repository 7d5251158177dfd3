"""What the end of a document tells of it: when it was voted, who certified it, where and when it was signed.

A law and a resolution close with the day of the vote, and often bear no other: "Luật này được Quốc
hội … thông qua ngày …" (forms of Resolution 351/2017/UBTVQH14).  Who consolidates a law certifies
it below its last article, "XÁC THỰC VĂN BẢN HỢP NHẤT", with a number and a date of that document
(Ordinance 01/2012/UBTVQH13): the letterhead above is the original's.  Its annexes name the document that attaches them,
"(Ban hành kèm theo Quyết định số …)"; schools, parties and clubs write place and date above the signature.

>>> text = "Luật này được Quốc hội khóa XIV, kỳ họp thứ 6 thông qua ngày 19 tháng 11 năm 2018."
>>> header = closed(Header(number="30/2018/QH14"), text, fold(text))
>>> header.type, header.issuer, header.date
('Luật', 'Quốc hội', '2018-11-19')
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.entities import bodies, dates, symbols
from kg.model import Header
from kg.ontology.tables import doc_types
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["closed"]

_VOTE: Final = late(r"thong\s{1,3}qua\s{1,3}(?:(?:vao|tai\s[^\n.;]{3,60}),?\s{1,3})?(?=ngay\s)")
_VOTED: Final = late(
    r"(?P<type>(?:bo\s{1,3})?luat|nghi\s{1,3}quyet|phap\s{1,3}lenh|hien\s{1,3}phap)\s{1,3}nay\s{1,3}(?:da\s{1,3})?"
    r"duoc\s{1,3}(?P<body>[^.;]{3,260}?)\s{0,3}\Z"
)
_VOTERS: Final = 300
"""More code points than stand between "Luật này" and the day."""
_CERTIFIED: Final = late(r"XÁC\s{1,3}THỰC\s{1,3}VĂN\s{1,3}BẢN\s{1,3}HỢP\s{1,3}NHẤT")
_AROUND: Final = 250
"""Number and date of a consolidation stand within so many code points of these words."""
_NUMBERED: Final = late(r"Số\s?:?\s{0,12}(?=\d{1,5}\s?/)")
_DATED: Final = late(r",\s{0,4}(?=ngay\s)")
_ATTACHED: Final = late(
    r"\n[ \t*_|#>]{0,20}\(\s?(?:(?:duoc\s)?ban\s{1,3}hanh\s{1,3})?kem\s{1,3}theo\s{1,3}"
    r"(?P<type>[a-z]+(?:\s{1,3}[a-z]+){0,3}?)\s{1,3}so\s{0,3}:?\s{0,3}(?=\d)"
)
_HEADING: Final = 200
"""An annex is headed within so many code points above the words that name what attaches it."""
_SIGNED: Final = late(r"\n[ \t|*_]{0,60}(?:[^\W\d_][^\n,.:;|\d]{1,40}),[ \t]{0,4}(?=ngay\s)")
_DAY: Final = late(r"\s{1,3}(?=ngay\s)")
_END: Final = late(r"[ \t|*_.]{0,60}(?:\n|\Z)")
_SIGNATURE: Final = 3000
"""The last so many code points hold place and date of a document that is signed below."""


def closed(header: Header, text: str, folded: str) -> Header:
    """The header with what the end of a normalized text tells beyond its head; ``folded`` is ``fold(text)``."""
    if certified := _certified(text, folded):
        return replace(header, **certified)
    if header.number is None and header.type:
        header = _named_by_annexes(header, text, folded)
    if header.date is None:
        header = _voted(header, text, folded)
    if header.date is None and header.type:
        header = replace(header, date=_signed(folded))
    return header


def _certified(text: str, folded: str) -> dict[str, str | None]:
    """Type, number, body and day of a consolidation, where its number stands beside the words that certify it."""
    for match in _CERTIFIED.finditer(text):
        low, high = max(0, match.start() - _AROUND), match.end() + _AROUND
        for number in _NUMBERED.finditer(text, low, high):
            symbol = symbols.find(text, number.end())
            if symbol is None or symbol.type_abbr != "VBHN":
                continue
            days = [found[0] for m in _DATED.finditer(folded, low, high) if (found := dates.parse(folded, m.end()))]
            return {
                "type": "Văn bản hợp nhất",
                "number": symbol.number,
                "issuer": bodies.of_symbol(symbol.bodies, None)[0],
                "province": None,
                "date": days[0] if days else None,
            }
    return {}


def _named_by_annexes(header: Header, text: str, folded: str) -> Header:
    """Number and day of a document whose annexes, headed in capitals, all say that they are attached to it."""
    found: set[str] = set()
    day = None
    for match in _ATTACHED.finditer(folded):
        symbol = symbols.find(text, match.end())
        headed = [line for line in text[max(0, match.start() - _HEADING) : match.start()].split("\n") if line.strip()]
        if symbol is None or not headed or not headed[-1].isupper() or fold(header.type or "") != _words(match["type"]):
            continue
        found.add(symbol.number)
        dated = _DAY.match(folded, symbol.end)
        day = day or (dates.parse(folded, dated.end()) if dated else None)
    if len(found) != 1:
        return header
    return replace(header, number=found.pop(), date=header.date or (day[0] if day else None))


def _words(folded: str) -> str:
    return " ".join(folded.split())


def _voted(header: Header, text: str, folded: str) -> Header:
    """The day on which a law or a resolution says that it was adopted, and by whom."""
    for vote in _VOTE.finditer(folded):
        voted = _VOTED.search(folded, max(0, vote.start() - _VOTERS), vote.start())
        day = dates.parse(folded, vote.end()) if voted else None
        if not voted or not day:
            continue
        kind = next(t.name for t in doc_types() if fold(t.name) == _words(voted["type"]))
        if header.type not in (None, kind):
            return header
        body = bodies.parse(text, folded, voted.start("body"), header.province)
        return replace(header, type=kind, issuer=body.name if body else header.issuer, date=day[0])
    return header


def _signed(folded: str) -> str | None:
    """The day that stands with its place on a line of its own below the text, where only one does."""
    days = set()
    for match in _SIGNED.finditer(folded, max(0, len(folded) - _SIGNATURE)):
        day = dates.parse(folded, match.end())
        if day and _END.match(folded, day[1]):
            days.add(day[0])
    return days.pop() if len(days) == 1 else None
