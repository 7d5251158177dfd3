"""Who speaks where no letterhead tells: the authority line, the symbol, what the text calls itself."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from kg.documents.header.head import Head, Span, plain
from kg.documents.header.letterhead import OWN_HEAD, body, is_central
from kg.entities import bodies, symbols
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["authority", "below_letterhead", "of_symbol", "speaker", "spoken", "voted_province"]

_UNIT: Final = r"(?:tinh(?:\s{1,3}uy)?|thanh\s{1,3}pho|tp\.?)\s{1,3}(?=[a-z])"
_UNITS: Final = re.compile(_UNIT)
_LOCAL: Final = "ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan"
_PLACED: Final = late(
    rf"(?P<body>(?:{_LOCAL}|so [a-z ]{{3,40}}?|tinh uy,?)\s{{1,3}})?"
    rf"(?P<area>(?:dia ban|toan)\s{{1,3}})?{_UNIT}"
)
_UNIT_WORD: Final = re.compile("t(?:inh|hanh|p)")
_PLACED_REACH: Final = 64
"""Code points that body and area take at most."""
_OTHERS: Final = re.compile(r"(?:cac|nhieu|mot so|voi|tai|[0-9]{1,2})\s{1,3}(?:\w{1,8}\s{1,3})?\Z")
_SPEAKER: Final = re.compile(rf"(?<!\w)(?:so|{_LOCAL}|bo|cuc|chi cuc|ban|van phong|thanh tra)(?!\w)")
_GOVERNED: Final = re.compile(
    r"(?:cua|va|voi|theo|do|cho|gui|den|tai|boi|trinh|bao cao|de nghi|tham muu|;|:|-)\s{1,3}\Z"
)
_SPEAKS: Final = late(
    r"\s{1,3}(?:(?:kinh|tran trong|xin)\s{1,3})?(?:bao cao|thong bao|ban hanh|xay dung|ket luan|trinh|de nghi|de ra"
    r"|tong hop|co y kien|yeu cau|nhan duoc|da|tap trung|tich cuc|tiep tuc|trien khai|quyet dinh)\b"
)
_ADDRESSES: Final = re.compile(r"\s{1,3}(?:kinh|tran trong)\s")
_STRONG: Final = ("bao", "thong", "ban", "ket", "trinh", "kinh", "tran", "de ra")
_SUPERIOR: Final = {"ministry": ("general department",), "people's committee": ("provincial department",)}
_OF: Final = re.compile(r"(?:ket luan cua|bao cao cua|thong bao cua)\s(?:dong chi\s)?(?:[a-z ]{0,24}\s)?\Z")
_CONCLUSION: Final = re.compile(r"tren day la[^\n]{0,40}")


def authority(head: Head, start: int, province: str | None) -> str | None:
    """The body of the authority line that stands in capitals between title and preamble."""
    for line in head.text[start : start + 2500].split("\n")[:40]:
        words = plain(line)
        folded = fold(words)
        if not words.isupper() or len(words) > 90:
            if folded.startswith(("can cu", "xet ", "thuc hien")):
                return None
            continue
        if OWN_HEAD.match(folded + " ") and (name := body(words, province)):
            return name
    return None


def of_symbol(head: Head, province: str | None) -> str | None:
    """The body that the letters of the document's own number stand for."""
    if head.symbol is None:
        return None
    name, local = bodies.of_symbol(head.symbol.bodies, province)
    return name if not local or province else None


def below_letterhead(head: Head, issuer: str, province: str | None) -> str | None:
    """The department that signs under its superior's name, where only that is legible in the letterhead."""
    above = bodies.parse(issuer, fold(issuer), 0, province)
    own = of_symbol(head, province)
    if head.symbol is None or own in (None, issuer) or above is None or above.body is None:
        return None
    kinds = _SUPERIOR.get(above.body.kind, ())
    return own if any(b.kind in kinds for b in symbols.signing(head.symbol.bodies[0])) else None


def voted_province(text: str, folded: str) -> str | None:
    """The province that a text names most plausibly as its own: beside its bodies, then as its area."""
    votes: Counter[str] = Counter()
    done = 0
    for word in _UNIT_WORD.finditer(folded):
        place = word.start()
        unit = _UNITS.match(folded, place) if place >= done else None
        if unit is None:
            continue
        low, done = max(done, place - _PLACED_REACH), unit.end()
        if not bodies.province_at(folded, done) and not folded.startswith("tinh uy", place):
            continue
        match = _PLACED.search(folded, low, min(len(folded), place + 100))
        if match is None or match.start() > place:
            continue
        done = match.end()
        found = bodies.province_at(folded, done)
        if not found or not text[done].isupper():
            continue
        if match["body"] or "uy" in folded[place:done]:
            votes[found[0]] += 4
        elif match["area"]:
            votes[found[0]] += 3
        elif not _OTHERS.search(folded, max(0, match.start() - 14), match.start()):
            votes[found[0]] += 1
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


def speaker(
    text: str, folded: str, spans: tuple[Span, ...], province: str | None, *, addressing: bool = False
) -> str | None:
    """The body that says "Sở Công Thương báo cáo …" in the opening or the conclusion.

    ``addressing`` asks for "Sở Công Thương kính trình …": what has no head may be news of what others do.
    """
    speech = _ADDRESSES if addressing else _SPEAKS
    votes: Counter[str] = Counter()
    for start, end in spans:
        for match in _SPEAKER.finditer(folded, start, end):
            if not text[match.start()].isupper() or _GOVERNED.search(folded, max(0, match.start() - 12), match.start()):
                continue
            found = bodies.parse(text, folded, match.start(), province)
            if not found or "cấp" in found.name or "các " in found.name:
                continue
            speaks = speech.match(folded, found.end)
            if speaks:
                votes[found.name] += 3 if speaks[0].strip().startswith(_STRONG) else 1
            elif not addressing and _OF.search(folded, max(0, match.start() - 48), match.start()):
                votes[found.name] += 3
    # A local report names the ministry as often as itself.
    local = {name: count for name, count in votes.items() if not is_central(name)}
    return max(local or votes, key=lambda name: votes[name]) if votes else None


def spoken(folded: str, after: int) -> tuple[Span, ...]:
    """Where a document speaks of itself: its opening and its conclusion."""
    ends = [(m.start(), min(len(folded), m.end() + 400)) for m in _CONCLUSION.finditer(folded)]
    return ((after, min(len(folded), after + 4000)), *(ends or [(max(after + 4000, len(folded) - 600), len(folded))]))
