"""The outline of an administrative document as people really write it.

Decree 30/2020/NĐ-CP (Appendix I) orders the parts of a document: Phần, Chương, Mục, Điều,
khoản "1.", điểm "a)"; reports use A., I., 1., 1.1., a), "-", "+".  What reaches us has been
through Word, PDF and Markdown, so the outline is read in four steps:

1. ``_lines``     one regular expression at each line start: marker, table row, page furniture;
2. ``_join``      printed lines become passages again, over page ends and page footnotes;
3. ``_nest``      markers become nested sections and lists, by rank and order of appearance;
4. ``_enumerate`` numbered enumerations inside a passage, "(1) …; (2) …", become its sub-items.

>>> text = '''A. KẾT QUẢ
... 1. Công nghiệp
... - Ban hành kế hoạch.
... B. NHIỆM VỤ
... Giao các đơn vị:
... a) Sở Tài chính: (1) rà soát; (2) báo cáo.'''
>>> sections(text)[1].title, [text[p.start:p.end] for p in passages(text)][-2:]
('Công nghiệp', ['rà soát', 'báo cáo.'])
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from kg.model import Section
from kg.sentences import clauses, sentences
from kg.tables import read

__all__ = [
    "Outline",
    "Passage",
    "PassageKind",
    "clauses",
    "outline",
    "passages",
    "sections",
    "sentences",
]

Span = tuple[int, int]


class PassageKind(StrEnum):
    """What a passage is in the layout of its document."""

    HEADING = "heading"
    ITEM = "item"
    SUBITEM = "subitem"
    PARAGRAPH = "paragraph"
    PREAMBLE = "preamble"
    """Before the first section, opening with Căn cứ, Theo đề nghị, Thực hiện …: the legal basis."""
    FOOTNOTE = "footnote"
    ROW = "row"
    """A line of a table."""
    CLOSING = "closing"
    """Recipients and signature."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest unit that stands on its own; ``start``, ``end`` leave out marker and trailing space."""

    start: int
    end: int
    marker: str
    level: int
    """Depth in the outline, 1 for the outermost."""
    section: int
    """Index of the innermost section around it, or -1."""
    lead: int
    """Index of the passage that introduces the list it stands in (``… các nhiệm vụ sau:``), or -1."""
    kind: PassageKind
    gaps: tuple[Span, ...] = ()
    """Spans inside it that are not its own: page numbers, footnotes printed in between."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections and passages of one text; their indexes refer to these tuples."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    _starts: list[int] = field(init=False, repr=False, compare=False)
    _parents: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parents: list[int] = []
        open_: list[int] = []
        for index, section in enumerate(self.sections):
            while open_ and self.sections[open_[-1]].level >= section.level:
                open_.pop()
            parents.append(open_[-1] if open_ else -1)
            open_.append(index)
        object.__setattr__(self, "_starts", [p.start for p in self.passages])
        object.__setattr__(self, "_parents", parents)

    def at(self, offset: int) -> int:
        """Index of the innermost passage around ``offset``, or -1."""
        k = bisect_right(self._starts, offset) - 1
        while k >= 0:
            p = self.passages[k]
            if offset < p.end and not any(a <= offset < b for a, b in p.gaps):
                return k
            # Only sub-items and page footnotes stand inside another passage.
            if p.kind is PassageKind.SUBITEM:
                k = p.lead
            elif p.kind is PassageKind.FOOTNOTE:
                k -= 1
            else:
                return -1
        return -1

    def part(self, index: int) -> str | None:
        """``done``, ``planned``, ``basis`` or ``other`` as the headings around section ``index`` tell, else None.

        The innermost heading that ``headings.tsv`` knows decides.

        >>> outline("B. NHIỆM VỤ NĂM 2025\\n1. Công nghiệp\\nPhát triển cụm công nghiệp.").part(1)
        'planned'
        """
        while index >= 0:
            if value := _title_part(self.sections[index].title):
                return value
            index = self._parents[index]
        return None


# --- 1. lines ----------------------------------------------------------------------------

_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
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
    | (?P<division>(?:Mục|MỤC)\s(?:[IVXLC]++|\d{{1,3}})\b[.:]?(?=\s*+$|[ \t]++[{_UPPER}]))
    | (?P<subdivision>(?:Tiểu[ ]mục|TIỂU[ ]MỤC)\s\d{{1,2}}\b[.:]?)
    | (?P<article>(?:Điều|ĐIỀU)\s\d{{1,3}}[a-zđ]?(?:[.:]|(?=[ \t]*+$)))
    | (?P<annex>(?:Phụ[ ]lục|PHỤ[ ]LỤC)(?:[ ](?:số|SỐ))?(?:[ ](?:[IVXLC]++|\d{{1,3}}|[A-Z])\b)?[.:]?
         (?=[ \t]*+$|[ \t]++[{_UPPER}(-]))
    | (?P<roman>[IVXL]{{1,6}}(?:[.)](?=[ \t*_]|[{_UPPER}])|[-/](?=[ \t])))
    | (?P<letter>[A-HK-UĐ](?:[.)]|[-/](?=[ \t]))(?=[ \t*_]))
    | (?P<digits>\d{{1,2}}(?:\.\d{{1,2}}){{1,5}}(?:[.)](?!\d)|(?=[ \t*_])))
    | (?P<digit>\d{{1,3}}(?:[.)](?=[^\d\s,;]|[ \t])|[-/](?=[ \t])))
    | (?P<bare>[1-9]\d{{0,2}}(?=[ \t]++[{_UPPER}\d(“"]))
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
_LEADING = " \t\f\v*_"
_BODY = re.compile(rf"[{_LEADING}]*")
_BLANK = "".join((" ", "\t", "\f", "\v", "\r", "\xa0"))
_EDGE = _BLANK + "*_|"

_LEGAL = ("annex", "part", "chapter", "division", "subdivision", "article")
_RANK = {
    style: rank
    for rank, style in enumerate(
        (
            *_LEGAL,
            *("letter", "roman", "digit", "digits2", "digits3", "digits4", "digits5", "digits6"),
            *("ordinal", "point", "paren", "dash", "plus", "star", "bullet"),
        )
    )
}
# Above the dash where it titles a list ("* Kết quả thực hiện:"), else the innermost.
_TITLE_STAR = _RANK["dash"] - 0.5
_NUMBERED = frozenset(_RANK) - {"dash", "plus", "star", "bullet"}
_HEADED = frozenset(("letter", "roman", "digit", "point")) | {s for s in _RANK if s.startswith("digits")}


@dataclass(slots=True)
class _Line:
    """A printed line: where it begins, where its text begins and ends, and how it is marked."""

    first: int
    start: int
    end: int
    style: str
    """A key of ``_RANK``, ``row``, ``note``, ``bare``, ``skip`` or empty."""
    marker: str
    hashes: int
    page: bool
    """Whether the line opens a printed page."""


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    barred, tabbed, marked = "|" in text, "\t" in text, "#" in text
    for match in _LINE.finditer(text):
        style = match.lastgroup or ""
        first, end = match.span()
        while end > first and text[end - 1] in _EDGE:
            end -= 1
        if style == "skip" or end <= first:
            found.append(_Line(first, first, match.end(), "skip", "", 0, False))
            continue
        hashes = 0
        if marked and match.start("md") >= 0:
            hashes = match.end("md") - match.start("md")
            if style == "md":
                style = ""
        lead = text[first]
        page = lead == "\f" or (lead == " " and text[first + 1] not in _BLANK)
        if style:
            marker, start = match[style], _skip(text, match.end(style), end)
            if style == "digits":
                style = f"digits{min(marker.strip('.)').count('.') + 1, 6)}"
        else:
            marker, start = "", match.end("md") if hashes else first
        if start < end and text[start] in _LEADING:
            start = _skip(text, start, end)
        if (barred and text.find("|", first, end) >= 0) or (
            tabbed and style == "" and text.find("\t", start, end) >= 0
        ):
            while start < end and text[start] in _EDGE:
                start += 1
            style, marker = "row", ""
        found.append(_Line(first, start, end, style, marker, hashes, page))
    return found


def _skip(text: str, start: int, end: int) -> int:
    match = _BODY.match(text, start, end)
    return match.end() if match else start


# --- 2. passages from lines --------------------------------------------------------------

_TERMINAL = ".;:!?…"
_CLOSERS = '"”’)]*_ '
_SHORTENED = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|TX|Tx|TT|Th|ThS|TS|PGS|GS|KT|TL|TM|TUQ|[A-ZĐ])\.\Z")
# Words that leave a sentence open, and capitalised words that only open one.
_CONNECTOR = re.compile(
    r"(?<!\w)(?:của|và|về|tại|theo|các|những|do|là|với|cho|trong|từ|đến|trên|thuộc|gồm|hoặc|tỉnh|huyện|xã|phường|Bộ|Sở"
    r"|khoản|điểm|Điều|Phòng|Nghị|Quyết|Thông|Kế|Chánh|Ban|Các|Những|Giám|Chủ|Ủy|Hội|Văn|Công)\Z"
)
_BEFORE_NUMBER = re.compile(r"(?<!\w)(?:ngày|tháng|năm|số|từ|đến|khoản|Điều|Phụ lục)\Z")
_OPENER = re.compile(
    r"(?:Trong|Hiện|Để|Từ|Đến nay|Khi|Bên cạnh|Ngoài ra|Tuy nhiên|Tuy|Do|Nhờ|Nhằm|Với|Qua|Nhìn chung|Thời gian"
    r"|Đồng thời|Trên|Sau|Tại|Theo|Căn cứ|Các|Những|Ngày(?= \d)|Năm(?= \d)|Triển khai|Thực hiện|Tham mưu|Phối hợp"
    r"|Tăng cường|Đẩy mạnh|Tiếp tục|Giao(?! thông)|Đề nghị|Rà soát|Chủ trì|Đối với)\b"
)
_WORD = re.compile(r"\S+")
_OPENS_BASIS = re.compile(r"(?:Căn cứ|Theo|Xét|Thực hiện|Thi hành|Trên cơ sở|Tiếp theo|Sau khi xem xét|Chấp hành)\b")
_INLINE_NOTE = re.compile(r"\[(\d{1,3}):\s")


@dataclass(slots=True)
class _Draft:
    """A passage in the making."""

    first: int
    start: int
    end: int
    style: str
    marker: str
    hashes: int
    gaps: list[Span]
    level: int = 1
    section: int = -1
    lead: int = -1
    kind: PassageKind = PassageKind.PARAGRAPH
    reference: int = -1
    """For a page footnote, the offset of the mark that refers to it."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text breaks its lines."""

    width: float
    """Usual length of a line before a soft break; 0 where every line is a paragraph."""
    fit: float
    """Length that such a line plus the word after the break exceeds."""
    blank_splits: bool
    """Whether an empty line always ends a paragraph."""
    blocks: bool
    """Whether, besides, nothing but an empty line ends one: the text of a web page or of Markdown."""


def _layout(text: str, lines: list[_Line]) -> _Layout:
    """Judge by the plain soft breaks: an unfinished line before one that goes on in lower case."""
    reach: list[int] = []
    lengths: list[int] = []
    crossed = 0
    total = blank = 0
    previous: _Line | None = None
    for line in lines[:5000]:
        if line.style == "skip":
            continue
        total += 1
        blank += previous is not None and text.startswith("\n", previous.end + 1)
        if (
            previous is not None
            and not line.style
            and text[line.start].islower()
            and text[previous.end - 1] not in _TERMINAL
            and previous.style != "row"
        ):
            reach.append(_reach(text, previous, line))
            lengths.append(previous.end - previous.first)
            crossed += text.count("\n", previous.end, line.first) > 1
        previous = line
    if len(reach) < 3 or len(reach) < 0.15 * total:
        return _Layout(0, 0, False, False)
    width, fit = sorted(lengths)[len(lengths) // 2], sorted(reach)[len(reach) // 6]
    if width > 220:
        return _Layout(0, 0, False, False)
    blank_splits = crossed <= 0.05 * len(reach)
    return _Layout(width, fit, blank_splits, blank_splits and blank >= 0.15 * total)


def _reach(text: str, previous: _Line, line: _Line) -> int:
    """Length that ``previous`` would have with the first word of ``line``."""
    word = _WORD.match(text, line.start, line.end)
    return previous.end - previous.first + 1 + (word.end() - word.start() if word else 0)


def _unfinished(text: str, line: _Line | _Draft) -> bool:
    """Tell whether the text up to ``line.end`` breaks off in the middle of a sentence."""
    at = line.end - 1
    while at > line.start and text[at] in _CLOSERS:
        at -= 1
    char = text[at]
    if char == ".":
        return bool(_SHORTENED.search(text, max(line.start, at - 5), at + 1))
    return char not in _TERMINAL


def _continues(text: str, layout: _Layout, previous: _Line, line: _Line, interrupted: bool = False) -> bool:
    """Tell whether the unmarked ``line`` goes on with the sentence of ``previous``."""
    if line.hashes or line.start >= line.end:
        return False
    char = text[line.start]
    open_ended = _unfinished(text, previous)
    length = previous.end - previous.first
    full = bool(layout.width) and length >= 0.85 * layout.width
    if char.islower():
        return open_ended or (full and text[previous.end - 1] != ".")
    breaks = 1 if interrupted else text.count("\n", previous.end, line.first)
    if char in ",;.)%”":
        return breaks == 1
    if layout.blocks and breaks == 1 and previous.style in ("", *_RANK):
        return open_ended or length >= 0.6 * layout.width
    if _OPENER.match(text, line.start):
        return False
    tail = max(previous.start, previous.end - 8)
    if open_ended and breaks < 4:
        link = _BEFORE_NUMBER if char.isdigit() else _CONNECTOR
        if link.search(text, tail, previous.end):
            return True
    if layout.width == 0 or breaks > 3 or (breaks > 1 and layout.blank_splits):
        return False
    if open_ended:
        upper = text[line.start : line.end].isupper()
        if text[previous.start : previous.end].isupper():
            return upper and previous.style in _RANK and breaks == 1
        if previous.style in _HEADED and _reach(text, previous, line) < layout.fit:
            # The next word had room on this line: the break is meant, the line is a title.
            return False
        return not upper and (length >= 0.6 * layout.width or char.isdigit())
    at_item = text[previous.end - 1] == ";" and full
    return at_item and not _OPENS_BASIS.match(text, line.start)


_FIRST_NUMBERS = frozenset(("1", "a", "I", "A", "i", "01", "nhất", "Một"))
_NUMBER = re.compile(r"\d{1,3}\b(?=\D*\Z)|\b[IVXLC]+\b|\b[a-zA-ZđĐ]\b|\w+(?=[ ]là)|\w+\Z")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_WORDS = {w: i for i, w in enumerate("nhất hai ba tư năm sáu bảy tám chín mười".split(), 1)} | {"một": 1, "bốn": 4}


@lru_cache(maxsize=4096)  # the same few markers, again and again
def _ordinal(style: str, marker: str) -> int:
    """Number of a marker in its series, from 1; 0 where it has none."""
    core = marker.strip(" .)(/-:,;")
    if style == "roman":
        values = [_ROMAN[c] for c in core if c in _ROMAN]
        return sum(v if v >= max(values[i:]) else -v for i, v in enumerate(values))
    if style in ("letter", "point", "paren") and core[:1].isalpha():
        if style == "paren" and core in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"):
            return _ordinal("roman", core.upper())
        return _ALPHABET.find(core[0].lower()) + 1
    if style == "ordinal":
        word = core.removeprefix("Thứ ").removesuffix(" là").split(" ")[0].lower()
        return _WORDS.get(word, 0)
    digits = re.findall(r"\d+", core)
    return int(digits[-1]) if digits else 0


class _Joiner:
    """Puts printed lines together again; keeps the text that a page footnote interrupted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = _lines(text)
        self.layout = _layout(text, self.lines)
        self.drafts: list[_Draft] = []
        self.seen: dict[str, int] = {}
        self.notes = 0
        self.reference = -1
        """Offset of the mark that refers to the footnote that opens next."""
        pages = sum(line.page for line in self.lines)
        # One leading space marks a page start only where it is rare.
        self.paged = pages <= max(2, len(self.lines) // 12)

    def run(self) -> list[_Draft]:
        main: _Draft | None = None
        note: _Draft | None = None
        main_line: _Line | None = None
        last: _Line | None = None
        broken = False
        for line in self.lines:
            if line.style == "skip":
                # A bar alone on its line is the edge of a table cell.
                broken = broken or "|" in self.text[line.first : line.end]
                continue
            if line.style and line.style != "row":
                self._weigh(line, last)
            if line.style in ("note", "bare"):
                note = self._open(line, PassageKind.FOOTNOTE)
                last, broken = line, False
                continue
            if line.page and self.paged:
                note = None
            if not line.style and not broken:
                if note is not None and last is not None and self._note_goes_on(last, line):
                    note.end = line.end
                    last = line
                    continue
                apart = last is not main_line
                if main is not None and main_line is not None and self._goes_on(main, main_line, line, apart):
                    if apart:
                        main.gaps.append((main.end, line.first))
                    main.end = line.end
                    last = main_line = line
                    note = None
                    continue
            note = None
            main = self._open(line, PassageKind.ROW if line.style == "row" else PassageKind.PARAGRAPH)
            last = main_line = line
            broken = False
        return self.drafts

    def _open(self, line: _Line, kind: PassageKind) -> _Draft:
        style = line.style if line.style in _RANK else ""
        draft = _Draft(line.first, line.start, line.end, style, line.marker, line.hashes, [], kind=kind)
        draft.reference, self.reference = self.reference, -1
        self.drafts.append(draft)
        return draft

    def _goes_on(self, main: _Draft, main_line: _Line, line: _Line, interrupted: bool) -> bool:
        if main.kind is PassageKind.ROW:
            return False
        if main.start >= main.end:
            # A marker alone on its line: its text follows.
            return True
        return _continues(self.text, self.layout, main_line, line, interrupted)

    def _note_goes_on(self, last: _Line, line: _Line) -> bool:
        return bool(self.layout.width) and _continues(self.text, self.layout, last, line)

    def _weigh(self, line: _Line, last: _Line | None) -> None:
        """Take back a marker that is only a number, a letter or a dash at the head of a printed line."""
        style = line.style
        text = self.text
        if style == "bare":
            if not self._is_note(line):
                self._unmark(line)
            return
        if style == "note":
            return
        number = _ordinal(style, line.marker) if style in _NUMBERED else 0
        before = self.seen.get(style, 0)
        regular = number in (1, before + 1) or (style == "letter" and number == 0)
        mid = last is not None and bool(self.layout.width) and _unfinished(text, last)
        mid = mid and last is not None and not text[last.start : last.end].isupper() and last.style != "row"
        full = mid and last is not None and last.end - last.first >= 0.75 * self.layout.width
        if style == "letter" and number not in (1, before + 1) and not text[line.start : line.end].isupper():
            self._unmark(line)
            return
        if style == "roman" and line.marker.strip(".)-/") in "LX" and number != before + 1:
            self._unmark(line)
            return
        if style.startswith("digits"):
            bare_number = line.marker[-1].isdigit()
            if bare_number and ("0" in (line.marker[0], line.marker.split(".")[1][0]) or not regular):
                self._unmark(line)
                return
        if full and last is not None:
            dash_range = style == "dash" and text[last.end - 1].isdigit() and text[line.start].isdigit()
            if (number and not regular) or dash_range or (style in _LEGAL and not text[line.start].isupper()):
                self._unmark(line)
                return
        if number:
            self.seen[style] = number

    def _unmark(self, line: _Line) -> None:
        line.style, line.marker = "", ""
        line.start = _skip(self.text, line.first, line.end)
        while line.start < line.end and self.text[line.start] in _BLANK:
            line.start += 1

    def _is_note(self, line: _Line) -> bool:
        """A bare number opens a page footnote if it is the next one and was referred to above."""
        number = int(line.marker)
        if number != self.notes + 1 or not self.layout.width:
            return False
        mark = re.compile(rf"\({number}\)|[^\W\d_]{number}(?!\w)")
        marks = [m.start() for m in mark.finditer(self.text, max(0, line.first - 20_000), line.first)]
        if not marks:
            return False
        self.notes, self.reference = number, marks[-1]
        return True


def _split_notes(text: str, drafts: list[_Draft]) -> list[_Draft]:
    """Cut word-processor footnotes, "[1: …]" at the end of a paragraph, off as passages of their own."""
    result: list[_Draft] = []
    bracket = -1
    for draft in drafts:
        if bracket < draft.start:
            bracket = text.find("[", draft.start)
            bracket = len(text) if bracket < 0 else bracket
        if bracket >= draft.end:
            if draft.start < draft.end or draft.marker:
                result.append(draft)
            continue
        notes = list(_INLINE_NOTE.finditer(text, draft.start, draft.end))
        stops = [*(m.start() for m in notes), draft.end]
        if notes:
            draft.end = stops[0]
            while draft.end > draft.start and text[draft.end - 1] in _EDGE:
                draft.end -= 1
        host = -1
        if draft.start < draft.end or draft.marker:
            host = len(result)
            result.append(draft)
        for match, end in zip(notes, stops[1:], strict=True):
            begin = _skip(text, match.end(), end)
            while end > begin and text[end - 1] in _EDGE + "]":
                end -= 1
            if begin < end or match[1]:
                result.append(
                    _Draft(match.start(), begin, end, "", match[1], 0, [], lead=host, kind=PassageKind.FOOTNOTE)
                )
    return result


# --- 3. nesting --------------------------------------------------------------------------

_CLOSING = re.compile(r"(?:Nơi|NƠI) (?:nhận|NHẬN)\s*[:;]?|Nơi nhận")
_REOPENS = re.compile(
    r"(?:PHỤ LỤC|DANH MỤC|QUY (?:CHẾ|ĐỊNH|TRÌNH)|KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|BIỂU|MẪU|BẢNG|ĐIỀU LỆ|BÁO CÁO|NỘI DUNG"
    r"|CỘNG H[OÒ][AÀ] XÃ HỘI|Phụ lục|Mẫu số|Biểu số|Biểu mẫu)\b"
)
_CONCLUSION = re.compile(r"Trên đây (?:là|,)")
_MAX_TITLE = 300


@dataclass(slots=True)
class _Open:
    """An entry of the stack of open headings and items."""

    style: str
    rank: float
    number: int
    passage: int
    section: int
    list_lead: int
    hashes: int
    inner: int = -1
    """Innermost section open with it, its own if it has one; -1 if none."""
    level: int = 0
    """How many sections are open with it."""


class _Nester:
    """Turns markers into nested sections and lists."""

    def __init__(self, text: str, drafts: list[_Draft]) -> None:
        self.text = text
        self.drafts = drafts
        self.stack: list[_Open] = []
        self.sections: list[tuple[int, int, int, str, str]] = []
        """start, end (0 while open), level, label, title"""
        self.running = False
        """Whether running text has begun."""
        self.loose: list[int] = []
        """Unmarked passages since the last item of a numbered list."""

    def run(self) -> list[Section]:
        closing = False
        for i, draft in enumerate(self.drafts):
            if closing and self._reopens(draft):
                closing = False
            if not closing and draft.kind is not PassageKind.FOOTNOTE and not draft.style:
                closing = bool(_CLOSING.match(self.text, draft.start, draft.end))
                if closing:
                    self._pop(0, draft.first)
            if draft.kind is PassageKind.FOOTNOTE:
                if draft.reference >= 0:
                    draft.lead = self._around(i, draft.reference)
                draft.section = self.drafts[draft.lead].section if draft.lead >= 0 else self._section()
                draft.level = len(self.stack) + 1
            elif closing:
                draft.kind = PassageKind.CLOSING
            elif draft.style:
                self._marked(i, draft)
            else:
                self._unmarked(i, draft)
        self._pop(0, len(self.text.rstrip()))
        return [Section(a, b, level, label, title) for a, b, level, label, title in self.sections]

    def _reopens(self, draft: _Draft) -> bool:
        if draft.style in ("annex", "part", "chapter"):
            return True
        if draft.style in ("letter", "roman", "article") and _ordinal(draft.style, draft.marker) == 1:
            return True
        return bool(_REOPENS.match(self.text, draft.start, draft.end))

    def _section(self) -> int:
        return self.stack[-1].inner if self.stack else -1

    def _pop(self, depth: int, at: int) -> None:
        for entry in self.stack[depth:]:
            if entry.section >= 0:
                start, _, level, label, title = self.sections[entry.section]
                end = at
                while end > start and self.text[end - 1] in _EDGE + "\n#":
                    end -= 1
                self.sections[entry.section] = (start, end, level, label, title)
        del self.stack[depth:]

    def _around(self, i: int, offset: int) -> int:
        """Index of the passage before ``i`` that contains ``offset``, or -1."""
        while i > 0 and self.drafts[i].start > offset:
            i -= 1
        return i if self.drafts[i].start <= offset < self.drafts[i].end else -1

    def _leads(self, index: int) -> bool:
        """Whether passage ``index`` introduces what follows: it ends in a colon."""
        if index < 0:
            return False
        draft = self.drafts[index]
        at = draft.end - 1
        while at > draft.start and self.text[at] in '*_ )"”':
            at -= 1
        return self.text[at] == ":" and draft.kind is not PassageKind.ROW

    def _before(self, i: int) -> int:
        """Index of the passage before ``i`` in the running text, over footnotes; -1 if none."""
        i -= 1
        while i >= 0 and self.drafts[i].kind is PassageKind.FOOTNOTE:
            i -= 1
        return i

    def _unmarked(self, i: int, draft: _Draft) -> None:
        text = self.text
        before = self._before(i)
        body = text[draft.start : draft.end] if draft.end - draft.start <= _MAX_TITLE else ""
        caps = body.isupper() and draft.kind is PassageKind.PARAGRAPH
        # Before the first running text stands the title of the document, not of a part of it.
        if self.running and body and (draft.hashes or (caps and _title_part(body))):
            depth = 0
            while depth < len(self.stack) and 0 < self.stack[depth].hashes < (draft.hashes or 1):
                depth += 1
            self._pop(depth, draft.first)
            self._push(i, draft, "", -1.0, 0, body.rstrip(" :"))
            draft.kind = PassageKind.HEADING
            return
        if _CONCLUSION.match(text, draft.start, draft.end):
            self._pop(0, draft.first)
        draft.section = self._section()
        draft.level = len(self.stack) + 1
        if caps:
            draft.kind = PassageKind.HEADING
            return
        self.running = self.running or draft.end - draft.start > 100
        if draft.section < 0 and not self.stack and _OPENS_BASIS.match(text, draft.start, draft.end):
            draft.kind = PassageKind.PREAMBLE
        if before >= 0 and not self.drafts[before].style:
            if self._leads(before):
                draft.lead = before
            elif text[self.drafts[before].end - 1] == ";":
                draft.lead = self.drafts[before].lead
        elif self._leads(before):
            draft.lead = before
        self.loose.append(i)

    def _marked(self, i: int, draft: _Draft) -> None:
        text = self.text
        self.running = True
        style, number = draft.style, _ordinal(draft.style, draft.marker)
        rank: float = _RANK[style]
        before = self._before(i)
        if style == "star" and self._leads(i):
            rank = _TITLE_STAR
        depth = self._depth(style, rank, number, before)
        sibling = self.stack[depth] if depth < len(self.stack) and self.stack[depth].style == style else None
        list_lead = self._list_lead(sibling, number, style, before, depth)
        goes_on = sibling is not None and sibling.section < 0 and number == sibling.number + 1
        if goes_on and style in _NUMBERED:
            for loose in self.loose:
                if self.drafts[loose].lead < 0 and list_lead < loose:
                    self.drafts[loose].lead = list_lead
        self.loose = []
        self._pop(depth, draft.first)
        draft.lead = list_lead
        draft.section = self._section()
        title = self._title(i, draft)
        if title is not None or style in _LEGAL:
            self._push(i, draft, style, rank, number, title or "", list_lead)
            draft.kind = (
                PassageKind.HEADING if title == text[draft.start : draft.end].rstrip(" :") else PassageKind.ITEM
            )
        else:
            level = self.stack[-1].level if self.stack else 0
            self.stack.append(_Open(style, rank, number, i, -1, list_lead, draft.hashes, self._section(), level))
            draft.kind = PassageKind.ITEM
            if draft.section < 0 and depth == 0 and style not in _NUMBERED:
                draft.kind = self._basis(draft)
        draft.level = len(self.stack)

    def _basis(self, draft: _Draft) -> PassageKind:
        opens = not self.sections and _OPENS_BASIS.match(self.text, draft.start, draft.end)
        return PassageKind.PREAMBLE if opens else PassageKind.ITEM

    def _depth(self, style: str, rank: float, number: int, before: int) -> int:
        """Number of open entries that stay open above a new one of ``style``."""
        stack = self.stack
        found = len(stack) - 1
        while found >= 0 and stack[found].style != style:
            found -= 1
        if found >= 0:
            restarts = style in _NUMBERED and number == 1 and stack[found].number >= 1
            if restarts and found < len(stack) - 1 and stack[-1].section >= 0 and style not in _LEGAL:
                return len(stack)
            return found
        depth = len(stack)
        if depth and self._leads(before) and stack[-1].passage == before and stack[-1].section < 0:
            return depth
        while depth and stack[depth - 1].rank >= rank:
            depth -= 1
        return depth

    def _list_lead(self, sibling: _Open | None, number: int, style: str, before: int, depth: int) -> int:
        """Index of the passage that introduces the list of a new item."""
        fresh = sibling is None or (style not in _NUMBERED) or number <= 1
        introduced = before >= 0 and not self.drafts[before].style and self._leads(before)
        if fresh and introduced and self.drafts[before].kind in (PassageKind.PARAGRAPH, PassageKind.PREAMBLE):
            return before
        if sibling is not None and (style in _NUMBERED or not self.loose):
            return sibling.list_lead
        return self.stack[depth - 1].passage if depth else -1

    def _push(
        self, i: int, draft: _Draft, style: str, rank: float, number: int, title: str, list_lead: int = -1
    ) -> None:
        label = " ".join(draft.marker.strip(" .):/-").split())
        level = (self.stack[-1].level if self.stack else 0) + 1
        here = len(self.sections)
        self.sections.append((draft.first, 0, level, label, " ".join(title.split())))
        self.stack.append(_Open(style, rank, number, i, here, list_lead, draft.hashes, here, level))
        draft.section = here
        draft.level = len(self.stack)

    def _title(self, i: int, draft: _Draft) -> str | None:
        """The title that a marked passage gives to what follows, or None where it is a plain item."""
        text, style = self.text, draft.style
        body = text[draft.start : draft.end]
        if style in _LEGAL:
            return body.rstrip(" :") if len(body) <= _MAX_TITLE and not _is_sentence(body) else None
        if style not in _HEADED or not body:
            return None
        if len(body) <= _MAX_TITLE:
            if draft.hashes or (body.isupper() and len(body) > 3):
                return body.rstrip(" :")
            outer = style in ("letter", "roman")
            if (
                not _is_sentence(body)
                and (outer or self._followed(i, style))
                and (outer or not body.endswith(".") or _title_part(body) is not None)
            ):
                return body.rstrip(" :")
        run_in = body.partition(":")[0]
        if len(run_in) <= 80 and len(run_in) < len(body) - 1 and _title_part(run_in) is not None:
            return run_in
        return None

    def _followed(self, i: int, style: str) -> bool:
        """Whether what comes next is neither a sibling nor the end of the document."""
        for after in self.drafts[i + 1 : i + 3]:
            if after.kind is not PassageKind.FOOTNOTE:
                return after.style != style and not _CLOSING.match(self.text, after.start)
        return False


def _is_sentence(body: str) -> bool:
    """Tell whether a marked passage says something, rather than names what follows."""
    core = body.rstrip("*_ ")
    if core.endswith(":"):
        return len(core) > 150 or ": " in core[:-1] or core.endswith(("sau:", "gồm:", "là:", "như:"))
    if core.endswith("."):
        return len(core) > 90 or core.endswith("..") or core.count(" ") > 14 or ";" in core or ". " in core
    return core[-1:] in ";,!?…" or len(core) > 250 or ". " in core


# --- 4. enumerations inside a passage ----------------------------------------------------

_INLINE_MARK = re.compile(r"(?<![^\s:;,.(“\"])(?:\((\d{1,2}|[ivx]{1,4}|[a-zđ])\)|(?<=[:;] )([a-zđ])\))(?=\s*[^\s.,;)])")


def _enumerate(text: str, draft: _Draft, index: int) -> list[_Draft]:
    """Sub-items of a passage: a series (1), (2) … of at least two, each up to the mark of the next."""
    # A marked item "(1) …" may itself run on with "; (2) …".
    starts = [(draft.start, draft.marker, draft.start)] if draft.style == "paren" else []
    for match in _INLINE_MARK.finditer(text, draft.start, draft.end):
        if any(a <= match.start() < b for a, b in draft.gaps):
            continue
        mark, number = match[0].strip("("), _ordinal("paren", match[0])
        if starts:
            follows = mark[0].isdigit() == starts[-1][1].strip("(")[0].isdigit()
            follows = follows and number == _ordinal("paren", starts[-1][1]) + 1
        else:
            follows = number == 1
        if follows:
            starts.append((match.end(), match[0], match.start()))
    if len(starts) < 2:
        return []
    items: list[_Draft] = []
    last = len(starts) - 1
    for k, (begin, marker, first) in enumerate(starts):
        end = starts[k + 1][2] if k < last else sentences(text, begin, draft.end)[0][1]
        begin, end = _shrink(text, begin, end)
        if k < last and end > begin and text[end - 1] in ";,.":
            end -= 1
        item = _Draft(first, begin, end, "paren", marker, 0, [], draft.level + 1, draft.section, index)
        item.kind = PassageKind.SUBITEM
        items.append(item)
    return items


def _shrink(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in _EDGE + "\n":
        end -= 1
    while start < end and text[start] in _EDGE + "\n":
        start += 1
    return start, end


# --- what the rest of the program calls --------------------------------------------------


def outline(text: str) -> Outline:
    """Sections and passages of a normalized text, in order, in one pass."""
    drafts = _split_notes(text, _Joiner(text).run())
    found = _Nester(text, drafts).run()
    # Sub-items and page footnotes take their place by offset, which shifts the indexes.
    items: list[_Draft] = []
    bracket = -1
    for k, draft in enumerate(drafts):
        if bracket < draft.start:
            bracket = text.find(")", draft.start)
            bracket = len(text) if bracket < 0 else bracket
        if bracket < draft.end:
            items += _enumerate(text, draft, k)
    merged = sorted([*enumerate(drafts), *((-1, item) for item in items)], key=lambda p: (p[1].start, -p[1].end))
    places = {k: place for place, (k, _) in enumerate(merged) if k >= 0}
    return Outline(
        tuple(found),
        tuple(
            Passage(d.start, d.end, d.marker, d.level, d.section, places.get(d.lead, -1), d.kind, tuple(d.gaps))
            for _, d in merged
        ),
    )


def sections(text: str) -> tuple[Section, ...]:
    """Headed parts of a normalized text; each span covers heading and contents."""
    return outline(text).sections


def passages(text: str) -> tuple[Passage, ...]:
    """Passages of a normalized text in order; a sub-item follows the passage it stands in."""
    return outline(text).passages


# Words before the one that tells: "Một số nhiệm vụ", "Về kết quả", "Công tác chỉ đạo".
_PREAMBLE_WORDS = r"(?:(?:về|việc|một số|những|các|mọi|công tác|nội dung|phần|đối với)\s)*"


@cache
def _heading_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"{_PREAMBLE_WORDS}{row['pattern']}(?!\w)"), row["part"]) for row in read("headings"))


@cache
def _any_heading() -> re.Pattern[str]:
    """What no heading of the table escapes: most titles are told apart by one pattern."""
    return re.compile(rf"{_PREAMBLE_WORDS}(?:{'|'.join(row['pattern'] for row in read('headings'))})(?!\w)")


@lru_cache(maxsize=4096)  # the headings of forms and laws, again and again
def _title_part(title: str) -> str | None:
    plain = " ".join(title[:200].lower().split()).strip(" .:;*_")
    if not _any_heading().match(plain):
        return None
    return next((value for pattern, value in _heading_rules() if pattern.match(plain)), None)
