"""Finds the legal documents that a text cites.

A citation is read outward from its core.  The core is a number with a symbol
(``60/2024/NĐ-CP``), a type with a bare number (``Nghị định 60``) or a name (``Luật Điện
lực``).  To its left stand the type and the place inside the document, to its right the date
and the issuer.  What a list writes once for all its members is shared in a second step.

Nghị định 30/2020/NĐ-CP, Phụ lục I: a first citation gives type, number and symbol, date,
issuer and subject, a later one only type, number and symbol; laws are cited by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from kg import bodies, dates, names, pinpoints, symbols
from kg.model import Header, Mention
from kg.symbols import Style, Symbol
from kg.tables import DocType, doc_types
from kg.text import fold

__all__ = ["Citation", "find"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention as found, with what later steps need: where its tail ends and how its number is built."""

    start: int
    end: int
    core: int
    """Where the number itself begins (the name for a named document)."""
    tail: int
    """End of the date and issuer behind the number."""
    type: str | None
    type_written: bool
    number: str | None
    symbol: Symbol | None
    date: str | None = None
    issuer: str | None = None
    issuer_written: bool = False
    issuer_start: int = -1
    pinpoint: str | None = None
    name: str | None = None
    title: str | None = None
    confidence: float = 1.0
    parts: tuple[str, ...] = field(default=())

    @property
    def named(self) -> bool:
        """Whether the document is cited by name alone."""
        return self.number is None

    def mention(self, ident: str) -> Mention:
        """The public form of the citation; its status is decided with its sentence."""
        return Mention(
            id=ident,
            start=self.start,
            end=self.end,
            text="",
            type=self.type,
            number=self.number,
            date=self.date,
            issuer=self.issuer,
            issuer_written=self.issuer_written,
            pinpoint=self.pinpoint,
            named=self.named,
            name=self.name,
            title=self.title,
            confidence=self.confidence,
        )


# ---------------------------------------------------------------- left of the number

_SO = re.compile(
    r"(?:(?<![a-z])|(?<=dinh)|(?<=quyet))(?:s\s?o|no)\s{0,3}[:.]{0,2}\s{0,4}(?:\n\s{0,4}\d{1,3}\s{0,4}\n\s{0,4})?\Z"
)
_WORDS = re.compile(r"[a-z]+")
_WORD_GAP = re.compile(r"[\s\"'“”*-]{0,6}")
# "Nghị định của Chính phủ số …": issuer between type and number.
_ISSUER_BETWEEN = re.compile(
    r"([a-z]+\s+[a-z]+(?:\s+[a-z]+\s+[a-z]+)?)\s{1,4}(?:cua|do|lien tich cua)\s{1,4}([^,;.:()\d]{3,70}?)\s{0,4}\Z"
)
# pháp luật, kỷ luật, quy luật: no type word.
_COMMON_LAW = re.compile(r"\b(?:phap|ky|quy|dinh)\s{1,3}\Z")
_QUALIFIERS = frozenset(
    ("chi dao", "huong dan", "hoa toc", "khan", "chuyen de", "ca biet", "mat", "rieng", "ket luan", "cua lien nganh")
)
# Numbers behind these words are no legal documents.
_FOREIGN = re.compile(
    r"\b(?:mau|bieu mau|bieu|hop dong(?: [a-z]+){0,3}|hoa don|tai khoan|thua(?: dat)?|to ban do|lo|ma|bien kiem soat|dien thoai|"
    r"fax|dt|qcvn|tcvn|iso|phieu|so hieu|ky hieu|serial|model|km|quoc lo|duong tinh|dt\.?)\s{0,3}(?:so)?\s{0,3}:?\s{0,3}\Z"
)


@cache
def _type_names() -> dict[str, DocType | None]:
    """Type words, unaccented, spaced and run together, in Vietnamese and English -> type."""
    table: dict[str, DocType | None] = {}
    for kind in doc_types():
        for name in (kind.name, *kind.aliases, *kind.english):
            key = fold(name).replace("-", " ")
            table.setdefault(key, kind)
            table.setdefault(key.replace(" ", ""), kind)
    return table


def _type_before(text: str, folded: str, end: int) -> tuple[DocType, int] | None:
    """Type word that ends right before ``end`` (blanks apart), and where it begins."""
    low = max(0, end - 52)
    window = folded[low:end].rstrip(" \t\r\n\"'*“”-")
    words = [m.span() for m in _WORDS.finditer(window)][-5:]
    if not words or words[-1][1] != len(window):
        return _abbreviated(text, low + len(window))
    for take in range(len(words), 0, -1):
        span = words[-take:]
        if any(not _WORD_GAP.fullmatch(window, a[1], b[0]) for a, b in pairwise(span)):
            continue
        phrase = " ".join(window[a:b] for a, b in span)
        kind = _type_names().get(phrase)
        if kind and not (phrase == "luat" and _COMMON_LAW.search(window, 0, span[0][0])):
            return kind, low + span[0][0]
    return _abbreviated(text, low + len(window))


def _abbreviated(text: str, end: int) -> tuple[DocType, int] | None:
    """``NĐ``, ``QĐ``, ``CV`` … as a type word right before ``end``."""
    match = re.compile(r"(?<![\w/.-])[A-ZĐ][A-ZĐa-z]{1,4}\Z").search(text, max(0, end - 6), end)
    kinds = symbols.types().get(match[0]) if match else None
    return (kinds[0], match.start()) if match and kinds else None


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands left of a number."""

    start: int
    kind: DocType | None
    numbered: bool
    """Whether ``số`` stands before the number."""
    issuer: str | None = None


def _lead(text: str, folded: str, start: int, province: str | None) -> _Lead:
    low = max(0, start - 24)
    so = _SO.search(folded, low, start)
    edge = so.start() if so else start
    found = _type_before(text, folded, edge)
    if found:
        return _Lead(found[1], found[0], bool(so))
    window = folded[max(0, edge - 44) : edge].rstrip()
    for qualifier in _QUALIFIERS:
        if window.endswith(" " + qualifier):
            at = max(0, edge - 44) + len(window) - len(qualifier)
            if inner := _type_before(text, folded, at):
                return _Lead(inner[1], inner[0], bool(so))
    if so and (between := _ISSUER_BETWEEN.search(folded, max(0, edge - 110), edge)):
        for take in (between[1], " ".join(between[1].split()[-2:])):
            kind_between = _type_names().get(" ".join(take.split()))
            if kind_between:
                begin = between.end(1) - len(take) if take != between[1] else between.start(1)
                body = bodies.parse(text, folded, between.start(2), province)
                return _Lead(begin, kind_between, True, body.name if body else None)
    return _Lead(edge, None, bool(so))


# ---------------------------------------------------------------- right of the number

_FOOTNOTE = re.compile(r"\d{1,2}(?![\d/.-])|\s{0,2}(?:\[\d{1,3}\]|<sup>[^<]{0,8}</sup>|\(\d{1,2}\)(?=\s*(?:ngay|cua)))")
_BEFORE_DATE = re.compile(
    r"[\s,|\"'”*]{0,8}\(?\s{0,2}(?:(?:cung\s{1,3}|ky\s{1,3}|ban hanh\s{1,3}|duoc ban hanh\s{1,3})(?=ngay)|dated\s{1,3}|of\s{1,3}(?=[a-z]{3,9}\.?\s\d|\d{1,2}\s[a-z]))?"
)
_BEFORE_ISSUER = re.compile(
    r"[\s,|]{0,8}\(?\s{0,2}(?:cua|do|by|of(?:\s{1,2}the)?)\s{1,6}(?:cac\s{1,3}|the\s{1,2})?(?:\d{1,2}th\s)?"
)
_PROVINCE_IN_ENGLISH = re.compile(r"\s{1,3}of\s{1,3}(?=[a-z]+(?:\s[a-z]+){0,3}\s{1,3}(?:province|city))")
_CELL = re.compile(r"\s{0,4}[|\t]\s{0,4}")
_SAME_DAY = re.compile(r"[\s,]{0,4}cung\s{1,3}ngay")


@dataclass(slots=True)
class _Tail:
    end: int
    date: str | None = None
    issuer: bodies.BodySpan | None = None
    pinpoint: str | None = None
    place: str | None = None
    """Province of a local body that the symbol names: ``of Ha Tinh Province``."""


def _tail(text: str, folded: str, end: int, province: str | None, *, bare_year: bool = False) -> _Tail:
    """Date, issuer and places behind a citation that ends at ``end``, in any order."""
    out = _Tail(end)
    at = end
    if note := _FOOTNOTE.match(folded, at):
        at = note.end()
    for _ in range(4):
        if out.date is None:
            head = _BEFORE_DATE.match(folded, at)
            place = head.end() if head else at
            found = dates.parse(folded, place)
            if (
                not found
                and bare_year
                and (year := re.compile(r"\s{1,3}\(?((?:19|20)\d\d)(?![\d/-])").match(folded, at))
            ):
                found = year[1], year.end()
            if found and (place > at or found[1] > at):
                out.date, at = found
                at += text[at : at + 1] == ")" and "(" in text[end:at]
                out.end = at
                continue
        if out.issuer is None:
            head = _BEFORE_ISSUER.match(folded, at)
            if head and (place := _PROVINCE_IN_ENGLISH.match(folded, at)):
                found_place = bodies.province_at(folded, place.end())
                if found_place:
                    out.place, at = found_place
                    out.end = at
                    continue
            if head and (body := bodies.parse(text, folded, head.end(), province)):
                out.issuer, at = body, body.end
                at += text[at : at + 1] == ")" and "(" in text[end:at]
                out.end = at
                continue
        if out.pinpoint is None and (places := pinpoints.after(folded, at, text)):
            out.pinpoint, at = places
            out.end = at
            continue
        if cell := _CELL.match(folded, at):
            kind = re.compile(r"[a-z]+\s[a-z]+").match(folded, cell.end())
            if kind and kind[0] in _type_names():
                at = kind.end()
                continue
            if out.issuer is None and (body := bodies.parse(text, folded, cell.end(), province)) and body.body:
                out.issuer, at = body, body.end
                out.end = at
                continue
        break
    return out


# ---------------------------------------------------------------- issuer

_ACT = re.compile(
    r"(?:\s?\([^()]{1,60}\))?\s{1,4}(?:(?:da|cung|vua|moi|tiep tuc|dong thoi|kip thoi|chu dong|da co)\s{1,4}){0,3}"
    r"(?:ky\s{1,3}ban\s{1,3}hanh|ban\s{1,3}hanh|xay\s{1,3}dung|ky|co|phe\s{1,3}duyet|issued|thong\s{1,3}qua|trinh)"
    r"(?:\s{1,4}(?:tai|theo|va\s{1,3}ban\s{1,3}hanh|cac))?\s{0,4}\Z|\s{1,4}tai\s{0,4}\Z|\s{1,4}da\s{1,3}co\s{0,4}\Z"
)


def _actor_before(text: str, folded: str, start: int, province: str | None) -> bodies.BodySpan | None:
    """The body that, right before the citation, is said to issue it: ``UBND tỉnh (đã) ban hành …``."""
    low = max(0, start - 150)
    act = _ACT.search(folded, low, start)
    if not act:
        return None
    best = None
    for word in re.compile(r"(?<!\w)[A-ZĐỦỬÒ]").finditer(text, low, act.start()):
        body = bodies.parse(text, folded, word.start(), province)
        if body and 0 <= act.start() - body.end <= 1:
            best = body
            break
    return best


_ON_THE_DAY = re.compile(r"[\s,]{0,4}(?:tai|co|da\s{1,3}co)?[\s,]{0,4}")


def _date_before(folded: str, end: int) -> str | None:
    """Date that opens the sentence which ends at ``end``: ``Ngày 23/9/2024 Giám đốc Sở … ban hành``, ``Ngày …, tại``."""
    low = max(0, end - 48)
    for match in re.compile(r"(?<![a-z])ngay(?=\s)").finditer(folded, low, end):
        found = dates.parse(folded, match.start())
        if found and _ON_THE_DAY.fullmatch(folded, found[1], end):
            return found[0]
    return None


@dataclass(frozen=True, slots=True)
class _Home:
    """The document in which a citation stands: its province and its issuer."""

    province: str | None
    issuer: str | None


def _issuer(
    symbol: Symbol | None, kind: DocType | None, written: bodies.BodySpan | None, home: _Home, year: int | None
) -> tuple[str | None, bool]:
    """Full name of the issuer, and whether it is written; where symbol and text disagree the symbol decides."""
    if symbol is None or not symbol.bodies:
        if written:
            return written.name, True
        return (kind.issuer if kind else None), False
    if symbol.type_abbr in ("TTLT", "NQLT", "TTLN", "KHLT") and len(symbol.bodies) > 1:
        joint = [bodies.of_symbol((token,), home.province, home.issuer, year)[0] for token in _rejoin(symbol)]
        return "; ".join(name for name in joint if name), bool(written)
    known, local = bodies.of_symbol(symbol.bodies, home.province, home.issuer, year)
    if known is None:
        return (written.name, True) if written else (None, False)
    if written is None:
        return known, False
    if _agree(symbol.bodies[0], written):
        return written.name, True
    return known, True


def _rejoin(symbol: Symbol) -> list[str]:
    """Bodies of a joint document; ``BNN&PTNT`` is one."""
    text = symbol.number.rsplit("/", 1)[-1]
    return re.split(r"-", text)[1:]


def _agree(token: str, written: bodies.BodySpan) -> bool:
    """Whether the written body can sign with ``token``."""
    stem = token.rstrip("0123456789")
    found = symbols.issuers().get(token) or symbols.issuers().get(stem) or ()
    if written.body is None:
        return not found or any(b.kind == "steering committee" for b in found)
    if written.body in found or written.body.name in {b.name for b in found}:
        return True
    if any(b.abbr == "TW" for b in found):
        return written.body.kind == "Party body" and written.body.level == "central"
    return any(b.kind == "people's committee" for b in found) and written.body.kind == "people's committee"


# ---------------------------------------------------------------- whole citations

_BREAK = re.compile(r"[;\n]|\.\s|\.\Z|\)\s?[;,.]")
_SUBJECT = re.compile(
    r"[\s,:(\"“]{0,6}((?:v/v|ve|quy dinh|huong dan|ban hanh|phe duyet|sua doi|thanh lap|trien khai|cong bo|to chuc|thuc hien|giao|phan|bai bo|on|tang cuong|kiem tra)(?![a-z]))"
)


def _title(text: str, folded: str, at: int) -> str | None:
    """The subject written behind a citation, up to the end of its clause."""
    head = _SUBJECT.match(folded, at)
    if not head:
        return None
    limit = min(len(text), at + 260)
    stop = _BREAK.search(text, head.end(), limit)
    return " ".join(text[head.start(1) : stop.start() if stop else limit].split()) or None


def _accept(symbol: Symbol, lead: _Lead, text: str, folded: str) -> float:
    """Confidence that a number with a symbol is a citation; 0 rejects it."""
    if symbol.year and not 1945 <= int(symbol.year) <= 2035:
        return 0.0
    known = bool(symbol.bodies) and bodies.of_symbol(symbol.bodies[:1])[0] is not None
    typed = lead.kind is not None
    if not typed and _FOREIGN.search(folded, max(0, symbol.start - 40), symbol.start):
        return 0.0
    if typed and symbol.style is not Style.UNKNOWN:
        return 0.99
    match symbol.style:
        case Style.STATE | Style.PARTY:
            return 0.97 if known else 0.9 if lead.numbered else 0.8 if len(symbol.bodies[0]) > 2 else 0.0
        case Style.ASSEMBLY:
            return 0.97
        case Style.LETTER:
            return 0.93 if len(symbol.bodies[0]) >= 3 and (lead.numbered or symbol.bodies[0] != "TCT") else 0.0
        case Style.OLD:
            return 0.9 if lead.numbered else 0.0
    return 0.85 if typed and (symbol.number.rsplit("/", 1)[-1].isupper() or lead.numbered) else 0.0


def _numbered(text: str, folded: str, symbol: Symbol, home: _Home) -> Citation | None:
    lead = _lead(text, folded, symbol.start, home.province)
    confidence = _accept(symbol, lead, text, folded)
    if not confidence:
        return None
    signed = symbols.types().get(symbol.type_abbr or "", ())
    kind = lead.kind or next(iter(signed), None)
    if lead.kind and lead.kind not in signed:
        # English has one word for several types; the symbol tells which.
        word = fold(text[lead.start : symbol.start]).split(" no")[0].strip()
        kind = next((k for k in signed if word in map(fold, k.english)), lead.kind)
    if kind is None and symbol.style is Style.LETTER:
        kind = next(k for k in doc_types() if k.name == "Công văn")
    tail = _tail(text, folded, symbol.end, home.province)
    written = tail.issuer
    date = tail.date
    issued_by = None
    if written is None or date is None:
        issued_by = _actor_before(text, folded, lead.start, home.province)
        if date is None:
            date = _date_before(folded, issued_by.start if issued_by else lead.start)
    year = int((symbol.year or date or "0")[:4]) or None
    where = replace(home, province=tail.place) if tail.place else home
    issuer, is_written = _issuer(symbol, kind, written or issued_by, where, year)
    if issuer is None and lead.issuer:
        issuer, is_written = lead.issuer, True
    pinpoint = pinpoints.before(folded, lead.start, text)
    return Citation(
        start=lead.start,
        end=symbol.end,
        core=symbol.start,
        tail=tail.end,
        type=kind.name if kind else None,
        type_written=lead.kind is not None,
        number=symbol.number,
        symbol=symbol,
        date=date,
        issuer=issuer,
        issuer_written=is_written or lead.issuer is not None,
        issuer_start=written.start if written else -1,
        pinpoint=pinpoint[0] if pinpoint else tail.pinpoint,
        title=_title(text, folded, tail.end),
        confidence=confidence,
    )


def _named(text: str, folded: str, span: names.NameSpan, home: _Home) -> Citation:
    kind = next((k for k in doc_types() if k.name == span.type), None)
    treaty = kind is None or kind.category == "treaty"
    tail = _Tail(span.end) if treaty else _tail(text, folded, span.end, home.province, bare_year=True)
    pinpoint = pinpoints.before(folded, span.start, text)
    return Citation(
        start=span.start,
        end=span.end,
        core=span.start,
        tail=tail.end,
        type=span.type,
        type_written=True,
        number=None,
        symbol=None,
        date=tail.date,
        issuer=None if treaty else kind.issuer,
        issuer_written=tail.issuer is not None,
        pinpoint=pinpoint[0] if pinpoint else tail.pinpoint,
        name=span.name,
        confidence=0.97 if span.sure else 0.8,
    )


# ---------------------------------------------------------------- short forms and elliptic lists

_SHORT_TYPES = "|".join(
    sorted(
        (re.escape(fold(k.name)).replace(r"\ ", r"\s{1,4}") for k in doc_types() if k.short and k.name != "Luật"),
        key=len,
        reverse=True,
    )
)
_SHORT = re.compile(
    rf"(?<![a-z])(?P<type>{_SHORT_TYPES}|nd|qd|nq|tt|ct)\s{{0,4}}(?P<so>so\s{{0,3}}:?\s{{0,3}})?"
    r"(?P<number>\d{1,4}[a-z]?(?:/(?P<year>(?:19|20)\d\d))?)(?![\w/.,%-]*\d)(?!\s?[%/-]\w)(?![a-z])"
)
_SHORT_MORE = re.compile(r"\s{0,2}(?:,|\bva\b)\s{1,3}(?:so\s{1,3})?(?P<number>\d{1,4}[a-z]?/(?:19|20)\d\d)(?![\w/])")
# What may follow "Nghị định 60": an end, a mark, or a word that can't be counted.
_SHORT_NEXT = re.compile(
    r"\s{0,2}(?:[.,;:)\]\"”]|\Z|\n)|\s{1,4}(?:cua|ve|ngay|va|hoac|thi|da|quy dinh|co hieu luc|duoc|cho phep|con|la|de|khi|theo|neu|"
    r"nay|tren|den|tai|trong|ban hanh|huong dan|sua doi|thay the|phe duyet|nam\s{1,3}(?:19|20)\d\d|vao|dieu chinh|on|dated|of)(?![a-z])"
)
_SERIAL = r"\d{1,4}[a-z]?"
_ELLIPSIS = re.compile(
    rf"(?P<list>{_SERIAL}(?:\s{{0,2}},\s{{1,3}}{_SERIAL}){{0,8}})\s{{0,2}}(?:,|va|,\s?va)\s{{1,4}}(?:so\s{{1,3}})?\Z"
)


def _short(text: str, folded: str, taken: list[tuple[int, int]], home: _Home) -> list[Citation]:
    """Types with a bare number: ``Nghị định 60/2024``, ``QĐ 1588 của Thủ tướng``."""
    out: list[Citation] = []
    for match in _SHORT.finditer(folded):
        start, end = match.span()
        if _overlaps(taken, start, end):
            continue
        word = text[start : match.end("type")]
        kind = _type_names().get(" ".join(match["type"].split()))
        if kind is None:
            kinds = symbols.types().get(word) if word.isupper() else None
            kind = kinds[0] if kinds else None
        if kind is None or not (match["year"] or _SHORT_NEXT.match(folded, end)):
            continue
        if (
            not match["year"]
            and not match["so"]
            and kind.name in ("Quyết định", "Chỉ thị", "Kết luận")
            and len(word) > 3
        ):
            tail_probe = _tail(text, folded, end, home.province)
            if not (tail_probe.date or tail_probe.issuer):
                continue
        out += _short_list(text, folded, match, kind, home)
    return out


def _short_list(text: str, folded: str, match: re.Match[str], kind: DocType, home: _Home) -> list[Citation]:
    spans = [(match.start(), match.end(), match["number"])]
    end = match.end()
    while match["year"] and (more := _SHORT_MORE.match(folded, end)):
        spans.append((more.start("number"), more.end(), more["number"]))
        end = more.end()
    out = []
    for index, (start, stop, number) in enumerate(spans):
        tail = _tail(text, folded, stop, home.province)
        issuer = kind.issuer or (tail.issuer.name if tail.issuer else None)
        pinpoint = pinpoints.before(folded, start, text) if index == 0 else None
        out.append(
            Citation(
                start=start,
                end=stop,
                core=start,
                tail=tail.end,
                type=kind.name,
                type_written=index == 0,
                number=text[stop - len(number) : stop],
                symbol=None,
                date=tail.date,
                issuer=issuer,
                issuer_written=tail.issuer is not None,
                pinpoint=pinpoint[0] if pinpoint else tail.pinpoint,
                title=_title(text, folded, tail.end),
                confidence=0.9 if match["year"] else 0.75,
            )
        )
    return out


def _elliptic(text: str, folded: str, citation: Citation) -> list[Citation]:
    """``Kế hoạch số 12, 17 và 20/KH-SCT``: the symbol behind the last number belongs to all."""
    symbol = citation.symbol
    if symbol is None or citation.type_written:
        return []
    low = max(0, citation.start - 60)
    match = _ELLIPSIS.search(folded, low, citation.start)
    if not match:
        return []
    lead = _lead(text, folded, match.start("list"), None)
    if lead.kind is None:
        return []
    letters = symbol.number[len(symbol.serial) :]
    out = []
    for index, serial in enumerate(re.compile(_SERIAL).finditer(folded, match.start("list"), match.end("list"))):
        begin = lead.start if index == 0 else serial.start()
        pinpoint = pinpoints.before(folded, begin, text) if index == 0 else None
        out.append(
            replace(
                citation,
                start=begin,
                end=serial.end(),
                core=serial.start(),
                tail=serial.end(),
                type=lead.kind.name,
                type_written=index == 0,
                number=serial[0] + letters,
                date=None,
                pinpoint=pinpoint[0] if pinpoint else None,
                title=None,
                confidence=0.85,
            )
        )
    return [*out, replace(citation, type=lead.kind.name)]


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


# ---------------------------------------------------------------- lists

_GLUE = re.compile(r"[\s,;|*\"”()-]{0,8}(?:(?:va|and|hoac|cung|voi|den|cac|so|tu)[\s,;]{0,4}){0,3}\Z")


def _share(text: str, folded: str, found: list[Citation]) -> list[Citation]:
    """Give list members the type, date and issuer that the list writes once."""
    out = list(found)
    for index in range(len(out) - 1, 0, -1):
        left, right = out[index - 1], out[index]
        gap = folded[left.tail : right.start]
        if len(gap) > 24 or not _GLUE.fullmatch(gap):
            continue
        if left.type_written and not right.type_written and _same_letters(left, right) and left.type != right.type:
            out[index] = right = replace(right, type=left.type)
        ranged = bool(re.search(r"\bden\b", gap))
        same_day = bool(_SAME_DAY.match(folded, right.end))
        if left.date is None and right.date and left.tail == left.end:
            alike = not right.type_written or (left.type == right.type and _same_letters(left, right))
            plain = alike and ";" not in gap
            if plain or ranged or same_day:
                left = replace(left, date=right.date)
        if not left.issuer_written and right.issuer_written and _same_body(left, right) and ";" not in gap:
            left = replace(left, issuer=right.issuer, issuer_written=True)
        out[index - 1] = left
    return out


def _same_letters(left: Citation, right: Citation) -> bool:
    if left.symbol is None or right.symbol is None:
        return False
    return left.symbol.style is right.symbol.style and left.symbol.type_abbr == right.symbol.type_abbr


def _same_body(left: Citation, right: Citation) -> bool:
    return bool(left.symbol and right.symbol and left.symbol.bodies[:1] == right.symbol.bodies[:1])


def _merge_names(text: str, folded: str, named: list[Citation], numbered: list[Citation]) -> list[Citation]:
    """A law cited by name and number is one citation, with its number."""
    out = sorted([*named, *numbered], key=lambda c: (c.start, -c.end))
    merged: list[Citation] = []
    for citation in out:
        last = merged[-1] if merged else None
        overlapped = last is not None and citation.start < last.end
        if last and overlapped and not (last.named and citation.core >= last.end):
            continue
        if last and last.named != citation.named and _one_law(last, citation, folded):
            name, number = (last, citation) if last.named else (citation, last)
            merged[-1] = replace(
                number,
                start=last.start,
                end=number.end,
                core=number.core,
                tail=max(last.tail, citation.tail),
                type=name.type,
                type_written=True,
                name=name.name,
                date=number.date or name.date,
                pinpoint=last.pinpoint or citation.pinpoint,
                issuer=name.issuer or number.issuer,
            )
            continue
        merged.append(citation)
    return merged


def _one_law(left: Citation, right: Citation, folded: str) -> bool:
    """``Luật X số N/…/QHk``, ``Luật số N/…/QHk (Luật X)``, ``Luật số N/…/QHk Luật X``."""
    gap = folded[left.tail : right.start]
    if left.named:
        symbol = right.symbol
        fits = symbol is not None and symbol.style is Style.ASSEMBLY
        between = folded[left.end : right.core]
        return fits and bool(re.fullmatch(r"[\s,(]{0,4}(?:so)?[\s:]{0,3}", between))
    law = left.symbol is not None and left.symbol.style is Style.ASSEMBLY
    return law and bool(re.fullmatch(r"\s{0,3}[(]?\s{0,2}(?:ve\s)?", gap)) and left.type == right.type


def find(text: str, header: Header | None = None, own: tuple[tuple[int, int], ...] = ()) -> list[Citation]:
    """Every citation in a normalized text, in order.

    ``header`` gives the province and issuer of the document at hand, for local symbols that
    name no place; ``own`` lists spans of the document's own number and title, where numbers
    are no citations.
    """
    folded = fold(text)
    home = _Home(header.province if header else None, header.issuer if header else None)
    numbered: list[Citation] = []
    for symbol in symbols.scan(text):
        citation = _numbered(text, folded, symbol, home)
        # "Số: 12/BC-SCT" in the letterhead has no type word; what the title cites is the title's.
        if citation is None or any(a <= citation.start < b for a, b in own):
            continue
        numbered += _elliptic(text, folded, citation) or [citation]
    named = [_named(text, folded, span, home) for span in names.scan(text, folded)]
    merged = _merge_names(text, folded, named, numbered)
    taken = [(c.start, max(c.end, c.tail)) for c in merged]
    short = [c for c in _short(text, folded, taken, home) if not any(a <= c.start < b for a, b in own)]
    return _share(text, folded, sorted([*merged, *short], key=lambda c: c.start))
