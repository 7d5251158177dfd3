"""What stands left of a number: its type, and "số"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final, NamedTuple

from kg.entities import bodies, symbols
from kg.ontology.tables import DocType, doc_types
from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.normalization import PAGE_END, fold
from kg.text.patterns import breakable

__all__ = ["Lead", "foreign", "form", "lead", "type_names"]

# "số", "số:", "s ố", "No." right before the number; a page may end between them, a bracket open by mistake.
_SO: Final = re.compile(
    r"(?:s(?:(?<![a-z]s)|(?<=dinhs)|(?<=quyets))\s?o|n(?:(?<![a-z]n)|(?<=dinhn)|(?<=quyetn))o)"
    rf"\s{{0,3}}[:.]{{0,2}}\s{{0,4}}{PAGE_END}?\(?\Z"
)
_SO_REACH: Final = 24
"""Code points that these take at most, with the end of a page."""
_BEHIND_SO: Final = "".join(c for c in map(chr, range(256)) if c.isspace()) + ":.("
_SO_TWICE: Final = re.compile(r"(?<![a-z])so\s{1,3}\Z")
_WORD: Final = re.compile(r"[a-z]+")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_GAP: Final = " \t\r\n\f\v\"'*-"
_WIDEST_GAP: Final = 6
_EDGE: Final = " \t\r\n\"'*“”-"
_ABBREVIATION: Final = re.compile(r"(?<![\w/.-])[A-ZĐ][A-ZĐa-z]{1,4}\Z")
# pháp luật, kỷ luật, quy luật: no type word.
_COMMON_LAW: Final = re.compile(rf"\b{words('common_laws')}\s{{1,3}}\Z")
# "Nghị định của Chính phủ số …": the issuer between type and number.
_BETWEEN: Final = late(
    r"([a-z]+\s+[a-z]+(?:\s+[a-z]+\s+[a-z]+)?)\s{1,4}(?:cua|do|lien tich cua)\s{1,4}([^,;.:()\d]{3,70}?)\s{0,4}\Z"
)
_PLACES: Final = frozenset(entries("places_like_types"))
_OF: Final = re.compile(r"\s(?:cua|do)\s")
"""A part of what stands between, which most places lack."""
_UNSIGNED: Final = ("Nghị quyết", "Pháp lệnh", "Quyết định", *entries("any_document"))
"""Types whose letters a symbol may lack: ``Văn bản của Sở Công Thương số 05/SCT-VP``."""
_BROKEN: Final = re.compile(r"[,;.:()\d]")
# "điều chỉnh lần thứ 4", "kiểm tra năm 2025": figures that tell which.
_WHICH: Final = re.compile(r"(?:năm|đợt|thứ|quý|tháng|lần)\s\d{1,4}(?:/\d{4})?(?!\d)")
_TOLD: Final = re.compile(r"\s{1,3}(?:ngay\s{1,3}\d|(?:do|cua)\s)")
_PHRASE: Final = 150
"""Code points that a type and the words between it and "số" take at most."""
_IN_LICENCES: Final = ("ve", "va", "theo", "trong", "co")
_OF_A_KIND, _OF_ANOTHER, _OF_A_LICENCE = 9, 4, 24
"""Words that may stand between a type and "số": where the symbol names it, where not, in the name of a licence."""
_QUALIFIERS: Final = tuple(f" {word}" for word in entries("qualifiers"))
_LINKS: Final = frozenset(entries("type_links"))
_ENGLISH_LAW: Final = re.compile(r"\b(law|code|ordinance)\s{1,3}on\s{1,3}[a-z][a-z\s,&'-]{2,90}\Z")
_FORM: Final = re.compile(r"(?<![a-z])(?:mau|bieu)\s{1,3}(?:so\s{0,3}:?\s{0,3})?\Z")
_NUMBERED_FORM: Final = re.compile(r"(?<![a-z])(?:bieu\s{1,3})?mau\s{0,3}\Z")
_IN_A_BODY: Final = late(r"(?<!\w)(?:Bộ|BỘ|Sở|SỞ|Ban|BAN|Phòng|PHÒNG|Vụ|VỤ|Cục|CỤC|Viện|VIỆN)\s{1,9}\Z")
"""Before a type's words: they are the name of a body, ``Sở Kế hoạch và Đầu tư``."""
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")
_FOREIGN: Final = re.compile(rf"\b{words('foreign_numbers')}\s{{0,3}}(?:so)?\s{{0,3}}:?\s{{0,3}}\Z")


class Lead(NamedTuple):
    """The type before a number, where the citation begins, and whether "số" is written."""

    start: int
    kind: DocType | None
    numbered: bool
    issuer: bodies.BodySpan | None = None
    """Who is named between type and number."""


@cache
def type_names() -> dict[str, DocType]:
    """Type words, unaccented, spaced and run together, in Vietnamese and English -> type."""
    table: dict[str, DocType] = {}
    for kind in doc_types():
        for name in (kind.name, *kind.aliases, *kind.english, *(f"{word}s" for word in kind.english)):
            key = fold(name).replace("-", " ")
            table.setdefault(key, kind)
            table.setdefault(key.replace(" ", ""), kind)
    return table


@cache
def _backwards() -> dict[str, Any]:
    """The words of each type's name from the last to the first, each the key of those before it; ``""`` -> type."""
    root: dict[str, Any] = {}
    for name, kind in type_names().items():
        node = root
        for word in reversed(name.split()):
            node = node.setdefault(word, {})
        node[""] = kind
    return root


def lead(
    text: str, folded: str, start: int, province: str | None, signed: tuple[DocType, ...] = (), end: int = 0
) -> Lead:
    """What stands left of the number at ``start``; ``signed`` are the types that its symbol names.

    ``end`` is where the number ends: a day or a body behind it tells that it is a document's.
    """
    so = _so(folded, start)
    edge = _before_so(text, folded, so.start()) if so else start
    found = _type_before(text, folded, edge)
    if found is None or not text[found[1]].isupper():
        beside = _before_qualifier(text, folded, edge)
        found = beside or (found and (_within(text, folded, found, signed) or found))
    if found:
        return Lead(found[1], found[0], bool(so))
    if so is None:
        return Lead(edge, None, False)
    return (
        _before_body(text, folded, edge, province, signed)
        or (_english_law(folded, edge) if so[0].startswith("n") else None)
        or _of_a_kind(text, folded, edge, province, signed, end)
        or _by_consent(folded, edge)
        or Lead(edge, None, True)
    )


def _so(folded: str, start: int) -> re.Match[str] | None:
    """The "số" right before a number."""
    low = max(0, start - _SO_REACH)
    window = folded[low:start]
    if "\n" not in window:  # on one line it is told by its last letter, and where it begins as well
        word = window.rstrip(_BEHIND_SO)
        if not word.endswith("o"):
            return None
        low = max(low, low + len(word) - len("s o"))
    return _SO.search(folded, low, start)


def _before_so(text: str, folded: str, at: int) -> int:
    """Where "số" begins, or the one before it where the word is typed twice: ``tại văn bản số số 01/GĐN-DH``."""
    if not folded[max(0, at - 5) : at].rstrip().endswith("so"):
        return at
    twice = _SO_TWICE.search(folded, max(0, at - 24), at)
    return twice.start() if twice and _type_before(text, folded, twice.start()) else at


def _before_qualifier(text: str, folded: str, edge: int) -> tuple[DocType, int] | None:
    """The type before a word that tells which document of the type it is."""
    low = max(0, edge - 44)
    window = folded[low:edge].rstrip()
    for qualifier in _QUALIFIERS if window.endswith(_QUALIFIERS) else ():
        if window.endswith(qualifier) and (inner := _type_before(text, folded, low + len(window) - len(qualifier))):
            return inner
    return None


def _before_body(text: str, folded: str, edge: int, province: str | None, signed: tuple[DocType, ...]) -> Lead | None:
    """The type before its issuer: ``Nghị định của Chính phủ số``."""
    low = max(0, edge - 110)
    between = _BETWEEN.search(folded, low, edge) if _OF.search(folded, low, edge) else None
    for take in (between[1], " ".join(between[1].split()[-2:])) if between else ():
        kind = type_names().get(" ".join(take.split()))
        if between and kind and (kind in signed or (not signed and kind.name in _UNSIGNED)):
            body = bodies.parse(text, folded, between.start(2), province)
            return Lead(between.end(1) - len(take), kind, True, body)
    return None


def _english_law(folded: str, edge: int) -> Lead | None:
    law = _ENGLISH_LAW.search(folded, max(0, edge - 110), edge)
    return Lead(law.start(), type_names()[law[1]], True) if law else None


def _of_a_kind(
    text: str, folded: str, edge: int, province: str | None, signed: tuple[DocType, ...], end: int
) -> Lead | None:
    """The type before the words that tell its kind, and a council among them."""
    found = _set_phrase(text, folded, edge, signed, end)
    return Lead(found[1], found[0], True, _council_within(text, folded, found[1], edge, province)) if found else None


def _by_consent(folded: str, edge: int) -> Lead | None:
    found = _consent(folded, edge)
    return Lead(found.start(), type_names()[" ".join(found[1].split())], True) if found else None


_CONSENT: Final = late(
    breakable(
        rf"(?<![a-z])(van ban|cong van|giay (?:chung|xac) nhan) {words('consents')}(?![a-z])[^.;:()\d]{{0,120}}\Z"
    )
)


def _consent(folded: str, end: int) -> re.Match[str] | None:
    """A document in which a body agrees to what stands before "số": ``Văn bản thẩm duyệt về phòng cháy, … số``."""
    found = _CONSENT.search(folded, max(0, end - _PHRASE), end)
    return None if found and foreign(folded, end) else found


def _set_phrase(
    text: str, folded: str, end: int, signed: tuple[DocType, ...], behind: int = 0
) -> tuple[DocType, int] | None:
    """A type, and where it begins, with what kind of it this is between it and "số": ``Báo cáo thẩm tra số``.

    Another type than the symbol's has a capital and, unless a day or a body follows ``behind`` the number, fewer words
    behind it: ``Thông báo làm việc số 29/TT-ĐKT``, ``Giấy đề nghị cấp giấy phép sử dụng VLNCN số 26.06/GĐN-MB ngày``.
    """
    low = max(0, end - _PHRASE)
    told = behind > 0 and _TOLD.match(folded, behind) is not None
    if _NUMBERED_FORM.search(folded, max(low, end - 16), end):
        return None  # "Thông báo mẫu số 23/ĐK-TCT"
    for count, word in enumerate(reversed([*_WORD.finditer(folded[low:end])][-_OF_A_LICENCE:]), 1):
        if text[low + word.start() : low + word.end()] in _LINKS and not (told and word[0] in _IN_LICENCES):
            return None
        found = _type_before(text, folded, low + word.start())
        if found and _IN_A_BODY.search(text, max(0, found[1] - 16), found[1]):
            return None
        licence = told and found is not None and found[0].name.startswith(("Giấy ", "Bản "))
        if count > _OF_A_KIND and not licence:
            continue
        if found and not _is_broken(text, found, end, licence=licence):
            # Between "Luật" and a number stands the law's name.
            other = count <= _OF_ANOTHER or told
            other = other and text[found[1]].isupper() and found[0].category != "normative"
            if whole := _cut_short(" ".join(folded[found[1] : end].split())):
                return whole, found[1]
            if found[0] in signed or other:
                return found
            if text[found[1]].isupper():
                return None  # what is in small letters is asked for, granted …: "Giấy đề nghị cấp giấy phép số"
    return None


def _is_broken(text: str, found: tuple[DocType, int], end: int, *, licence: bool) -> bool:
    """Whether marks between a type and "số" tell that these are not together; a licence's name may hold a comma."""
    between = _WHICH.sub("", text[found[1] : end])
    if licence:
        between = between.replace(",", "")
    return _BROKEN.search(between) is not None or _PARAGRAPH.search(between) is not None


def _council_within(text: str, folded: str, start: int, end: int, province: str | None) -> bodies.BodySpan | None:
    """The body that stands between a type and "số" without "của": ``Nghị quyết kỳ họp thứ 8 HĐND huyện số``."""
    places = (text.find(word, start, end) for word in _COUNCILS)
    at = max(places)
    body = bodies.parse(text, folded, at, province) if at >= 0 else None
    return body if body and not text[body.end : end].strip() else None


_COUNCILS: Final = ("HĐND", "UBND", "Hội đồng nhân dân", "Ủy ban nhân dân")


def _within(
    text: str, folded: str, found: tuple[DocType, int], signed: tuple[DocType, ...]
) -> tuple[DocType, int] | None:
    """The symbol's type, where that before the number is its object: ``Quyết định phê duyệt dự án số 45/QĐ-SXD``."""
    kind, at = found
    if not signed or kind in signed or kind.name in entries("any_document") or not text[at].islower():
        return None
    whole = _set_phrase(text, folded, at, signed)
    return whole if whole and whole[0] in signed else None


@cache
def _cut_short(phrase: str) -> DocType | None:
    """The type whose last letters are lost: ``Chương trình hành độ số``."""
    return next((kind for name, kind in type_names().items() if " " in name and phrase in (name[:-1], name[:-2])), None)


def _type_before(text: str, folded: str, end: int) -> tuple[DocType, int] | None:
    """Type word that ends right before ``end`` (blanks apart), and where it begins."""
    low = max(0, end - 52)
    window = folded[low:end].rstrip(_EDGE)
    node, at = _backwards(), len(window)
    best: tuple[DocType, int] | None = None
    while word := window[(begin := len(window[:at].rstrip(_LETTERS))) : at]:
        if word not in node:
            break
        node = node[word]
        common = word == "luat" and _COMMON_LAW.search(window, 0, begin)
        if "" in node and not (common or text[low + begin : low + len(window)] in _PLACES):
            best = node[""], low + begin
        at = len(window[:begin].rstrip(_GAP))
        if begin - at > _WIDEST_GAP:
            break
    if best:
        return best
    edge = low + len(window)
    match = _ABBREVIATION.search(text, max(0, edge - 6), edge)
    kinds = symbols.types().get(match[0]) if match else None
    return (kinds[0], match.start()) if match and kinds else None


def foreign(folded: str, start: int) -> bool:
    """Whether the word before a number says that it is no document's: a form, a contract, an account."""
    return bool(_FOREIGN.search(folded, max(0, start - 40), start))


def form(folded: str, start: int) -> bool:
    """Whether the type that begins at ``start`` is that of a form: ``Mẫu quyết định số 19``, ``Mẫu số BC26/BLĐT``."""
    return _FORM.search(folded, max(0, start - 12), start) is not None
