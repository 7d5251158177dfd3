"""Citations that leave something out: a bare number behind a type, a symbol shared by several numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from kg.citations import pinpoints
from kg.citations.citation import Citation
from kg.citations.issuer import Home, actor_before, date_before
from kg.citations.lead import form, lead, type_names
from kg.citations.tail import tail
from kg.citations.titles import subject
from kg.entities import symbols
from kg.ontology.tables import DocType, doc_types
from kg.ontology.wording import words
from kg.structure import Outline
from kg.text.late import late
from kg.text.normalization import fold
from kg.text.patterns import zeros

__all__ = ["elliptic", "short"]

_NAMES: Final = [fold(name) for k in doc_types() if k.short for name in (k.name, *k.english)]
_TYPES: Final = "|".join(sorted((re.escape(n).replace(r"\ ", r"\s{1,4}") for n in _NAMES), key=len, reverse=True))
_ABBREVIATIONS: Final = ("nd", "qd", "nq", "tt", "ct")
_TYPE: Final = rf"(?<![a-z])(?P<type>{_TYPES}|{'|'.join(_ABBREVIATIONS)})\s{{0,4}}(?P<so>so\s{{0,3}}:?\s{{0,3}})?"
_NOT_BEHIND: Final = r"(?![\w/.,%-]{0,99}\d)(?!\s?[%/-]\w)(?![a-z])"
_SHORT: Final = late(rf"{_TYPE}(?P<number>\d{{1,4}}[a-z]?(?:/(?P<year>(?:19|20)\d\d))?){_NOT_BEHIND}")
_BLANK: Final = "".join(c for c in map(chr, range(256)) if c.isspace()) + ":"
_ENDS: Final = frozenset(name.split()[-1][-3:] for name in (*_NAMES, *_ABBREVIATIONS))
"""Last three letters of a type, two of one whose last word has no more."""
_LAST_WORDS: Final = frozenset(name.split()[-1] for name in (*_NAMES, *_ABBREVIATIONS))
# A scan hops from number to number (one literal in first place makes it hop, in a text that has but one figure), then
# looks for the type before: its end is told apart at once where a single blank stands between.
_LETTER_BEFORE_BLANKS: Final = "|".join(rf"(?<=[a-z][{_BLANK}]{{{count}}}.)" for count in range(2, 8))
_SHORTEST: Final = "|".join(sorted(end for end in _ENDS if len(end) == 2))
_BEHIND_TYPE: Final = re.compile(
    rf"0(?<=[a-z{_BLANK}].)(?:(?<=[a-z].)|(?<=[{_BLANK}][{_BLANK}].)(?:{_LETTER_BEFORE_BLANKS})|(?<=so[{_BLANK}].)"
    rf"|(?<=(?:{'|'.join(sorted(end for end in _ENDS if len(end) == 3))})[{_BLANK}].)"
    rf"|(?<=[^a-z](?:{_SHORTEST})[{_BLANK}].)|(?<=\A(?:{_SHORTEST})[{_BLANK}].))"
)
_BARE: Final = re.compile(rf"[0-9]{{1,4}}[a-z]?(?:/(?:19|20)\d\d)?{_NOT_BEHIND}")
_TYPE_BEFORE: Final = late(rf"{_TYPE}\Z")
_REACH: Final = 80
"""Code points that a type, with the blanks between its words and "số", takes at most."""
_MORE: Final = re.compile(r"\s{0,2}(?:,|\bva\b)\s{1,3}(?:so\s{1,3})?(?P<number>\d{1,4}[a-z]?/(?:19|20)\d\d)(?![\w/])")
_ONE_MORE: Final = late(
    rf"\s{{0,2}}(?:[,;]|,?\s{{1,2}}va)\s{{1,3}}(?:so\s{{1,3}})?(?P<number>\d{{1,4}}[a-z]?){_NOT_BEHIND}"
)
# What may follow "Nghị định 60": an end, a mark, or a word that can't be counted.
_NEXT: Final = late(rf"\s{{0,2}}(?:[.,;:)\]\"]|\Z|\n)|\s{{1,4}}{words('behind_short')}(?![a-z])")
_COUNTED_ROW: Final = re.compile(r"(?<![a-z])so\s\Z")
"""Before TT: ``Số TT 4`` is a row of a table."""
_SERIAL: Final = r"\d{1,4}[a-z]?"
_SERIALS: Final = re.compile(_SERIAL)
_ELLIPSIS: Final = re.compile(
    rf"(?P<list>{_SERIAL}(?:\s{{0,2}},\s{{1,3}}{_SERIAL}){{0,8}})\s{{0,2}}(?:,|va|,\s?va)\s{{1,4}}(?:so\s{{1,3}})?\Z"
)


def short(text: str, folded: str, full: list[Citation], home: Home, layout: Outline | None = None) -> list[Citation]:
    """Types with a bare number: ``Nghị định 60/2024``, ``QĐ 1588 của Thủ tướng``; none inside one of ``full``.

    A number that ``full`` gives with its symbol needs no more to be known again: ``Kế hoạch 02``.
    """
    out: list[Citation] = []
    spans = sorted((c.start, c.tail) for c in full)
    known = {(c.type, c.symbol.serial.lstrip("0")) for c in full if c.symbol}
    starts, furthest = [a for a, _ in spans], list(accumulate((b for _, b in spans), max))
    for match in _scan(folded, {c.core for c in full}):
        start, end = match.span()
        before = bisect_left(starts, end)
        if before and furthest[before - 1] > start:
            continue
        word = text[start : match.end("type")]
        kind = _kind(word, match["type"])
        gap = text[match.end("type") : match.start("number")]
        # "Quyết định số 22/2013/QĐ-TTg (sau đây gọi tắt là QĐ22)"
        named = not gap and word.isupper() and kind and (kind.name, match["number"].lstrip("0")) in known
        if (not gap or "\n" in gap) and not (match["year"] or named):
            continue
        if kind and kind.name == "Luật" and not (match["so"] and match["year"]):
            continue  # a law is cited by name
        if kind is None or not (match["year"] or _NEXT.match(folded, end)) or form(folded, start):
            continue
        if word == "TT" and _COUNTED_ROW.search(folded, max(0, start - 4), start):
            continue
        numbered = (match["so"] and kind.short == "y") or (kind.name, match["number"].lstrip("0")) in known
        if not (match["year"] or numbered or kind.issuer or kind.name in ("Nghị quyết", "Thông tư")):
            # "Quyết định 03 …" may be a verb and its count: a date or an issuer must follow, or stand before "số".
            behind = tail(text, folded, _row(folded, match)[-1][1], home.province)
            told = behind.date or behind.issuer or (match["so"] and actor_before(text, folded, start, home))
            if not told or (kind.short == "số" and not match["so"]):
                continue
        out += _listed(text, folded, match, kind, home, layout)
    return out


def _scan(folded: str, numbers: set[int]) -> Iterator[re.Match[str]]:
    """Every match of ``_SHORT``, in order, but for those whose number begins at one of ``numbers``."""
    for figure in _BEHIND_TYPE.finditer(zeros(folded)):
        place = figure.start()
        if place in numbers:
            continue
        window = folded[max(0, place - 24) : place].rstrip(_BLANK)
        if window[-2:] == "so":
            window = window[:-2].rstrip(_BLANK)
        if window[-3:] not in _ENDS and window[-2:] not in _ENDS:
            continue
        before = window.split()
        if len(before) > 1 and before[-1].isalpha() and before[-1] not in _LAST_WORDS:
            continue
        if not _BARE.match(folded, place):
            continue
        if head := _TYPE_BEFORE.search(folded, max(0, place - _REACH), place):
            match = _SHORT.match(folded, head.start())
            if match and match.start("number") == place:
                yield match


def _kind(written: str, key: str) -> DocType | None:
    kind = type_names().get(" ".join(key.split()))
    if kind is None and written.isupper():
        kind = next(iter(symbols.types().get(written, ())), None)
    return kind


def _row(folded: str, match: re.Match[str]) -> list[tuple[int, int, str]]:
    """Start, end and number of a citation and of those that follow it: with a year each, or all without."""
    spans = [(match.start(), match.end(), match["number"])]
    while more := (_MORE if match["year"] else _ONE_MORE).match(folded, spans[-1][1]):
        spans.append((more.start("number"), more.end(), more["number"]))
    return spans


def _listed(
    text: str, folded: str, match: re.Match[str], kind: DocType, home: Home, layout: Outline | None
) -> list[Citation]:
    """One citation, or one for each number of a row: ``NĐ 83/2014, 95/2021``, ``Nghị quyết 57, 59 của …``."""
    spans = _row(folded, match)
    shared = None
    if len(spans) > 1 and not match["year"]:
        # "Nghị quyết số 57, 3 tháng đầu năm": without an issuer behind the last they are other numbers.
        shared = tail(text, folded, spans[-1][1], home.province).issuer
        spans = spans if shared else spans[:1]
    out = []
    for start, stop, number in spans:
        behind = tail(text, folded, stop, home.province)
        first = start == match.start()
        pinpoint = pinpoints.before(folded, start, text) if first else None
        body, date = behind.issuer or shared, behind.date
        if body is None and first and not kind.issuer:
            body = actor_before(text, folded, start, home)
            date = date or (date_before(text, folded, body.start, 0, acting=True) if body else None)
        written = body.name if body else None
        out.append(
            Citation(
                start=start,
                end=stop,
                core=start,
                tail=behind.end,
                type=kind.name,
                type_written=first,
                number=text[stop - len(number) : stop],
                date=date,
                issuer=kind.issuer or written,
                issuer_written=written is not None,
                pinpoint=pinpoint[0] if pinpoint else behind.pinpoint,
                title=subject(text, folded, behind.end, layout, told=behind.end > stop),
                confidence=0.9 if match["year"] else 0.75,
            )
        )
    return out


def elliptic(text: str, folded: str, citation: Citation) -> list[Citation]:
    """``Kế hoạch số 12, 17 và 20/KH-SCT``: the symbol behind the last number belongs to all; else nothing."""
    if citation.symbol is None or citation.type_written:
        return []
    match = _ELLIPSIS.search(folded, max(0, citation.start - 60), citation.start)
    head = lead(text, folded, match.start("list"), None) if match else None
    if match is None or head is None or head.kind is None:
        return []
    letters = citation.symbol.number[len(citation.symbol.serial) :]
    out = []
    for serial in _SERIALS.finditer(folded, match.start("list"), match.end("list")):
        first = serial.start() == match.start("list")
        begin = head.start if first else serial.start()
        pinpoint = pinpoints.before(folded, begin, text) if first else None
        out.append(
            citation._replace(
                start=begin,
                end=serial.end(),
                core=serial.start(),
                tail=serial.end(),
                type=head.kind.name,
                type_written=first,
                number=serial[0] + letters,
                date=None,
                pinpoint=pinpoint[0] if pinpoint else None,
                title=None,
                confidence=0.85,
            )
        )
    return [*out, citation._replace(type=head.kind.name)]
