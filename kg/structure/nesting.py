"""The third step: markers become nested sections and lists, by rank and order of appearance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.model import Section
from kg.structure.breaks import OPENS_BASIS
from kg.structure.headings import title_part
from kg.structure.lines import EDGE
from kg.structure.markers import HEADED, LEGAL, NUMBERED, RANK, TITLE_STAR, ordinal
from kg.structure.model import Passage, PassageKind
from kg.text.late import late

__all__ = ["nest"]

_CLOSING: Final = ("Nơi nhận", "NƠI NHẬN", "Nơi NHẬN", "NƠI nhận")
_REOPENS: Final = late(
    r"(?:PHỤ LỤC|DANH MỤC|QUY (?:CHẾ|ĐỊNH|TRÌNH)|KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|BIỂU|MẪU|BẢNG|ĐIỀU LỆ|BÁO CÁO|NỘI DUNG"
    r"|CỘNG H[OÒ][AÀ] XÃ HỘI|Phụ lục|Mẫu số|Biểu số|Biểu mẫu)\b"
)
_CONCLUSION: Final = ("Trên đây là", "Trên đây ,")
_MAX_TITLE: Final = 300
_RUN_IN: Final = 81
"""Code points within which the colon stands that ends a title in front of text."""
_AFTER: Final = EDGE + "\n#"


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


def nest(text: str, passages: list[Passage]) -> list[Section]:
    """Sections of a normalized text; writes kind, level, section and lead into its passages."""
    return _Nester(text, passages).run()


class _Nester:
    """Turns markers into nested sections and lists."""

    def __init__(self, text: str, passages: list[Passage]) -> None:
        self.text = text
        self.passages = passages
        self.stack: list[_Open] = []
        self.sections: list[tuple[int, int, int, str, str]] = []
        """start, end (0 while open), level, label, title"""
        self.running = False
        """Whether running text has begun."""
        self.loose: list[int] = []
        """Unmarked passages since the last item of a numbered list."""

    def run(self) -> list[Section]:
        closing = False
        for i, passage in enumerate(self.passages):
            if closing and self._reopens(passage):
                closing = False
            if not closing and passage.kind is not PassageKind.FOOTNOTE and not passage.style:
                closing = self.text.startswith(_CLOSING, passage.start, passage.end)
                if closing:
                    self._pop(0, passage.first)
            if passage.kind is PassageKind.FOOTNOTE:
                if passage.reference >= 0:
                    passage.lead = self._around(i, passage.reference)
                passage.section = self.passages[passage.lead].section if passage.lead >= 0 else self._section()
                passage.level = len(self.stack) + 1
            elif closing:
                passage.kind = PassageKind.CLOSING
            elif passage.style:
                self._marked(i, passage)
            else:
                self._unmarked(i, passage)
        self._pop(0, len(self.text.rstrip()))
        return [Section(a, b, level, label, title) for a, b, level, label, title in self.sections]

    def _reopens(self, passage: Passage) -> bool:
        if passage.style in ("annex", "part", "chapter"):
            return True
        if passage.style in ("letter", "roman", "article") and ordinal(passage.style, passage.marker) == 1:
            return True
        return bool(_REOPENS.match(self.text, passage.start, passage.end))

    def _section(self) -> int:
        return self.stack[-1].inner if self.stack else -1

    def _pop(self, depth: int, at: int) -> None:
        if depth >= len(self.stack):
            return
        for entry in self.stack[depth:]:
            if entry.section >= 0:
                start, _, level, label, title = self.sections[entry.section]
                end = at
                while end > start and self.text[end - 1] in _AFTER:
                    end -= 1
                self.sections[entry.section] = (start, end, level, label, title)
        del self.stack[depth:]

    def _around(self, i: int, offset: int) -> int:
        """Index of the passage before ``i`` that contains ``offset``, or -1."""
        while i > 0 and self.passages[i].start > offset:
            i -= 1
        return i if self.passages[i].start <= offset < self.passages[i].end else -1

    def _leads(self, index: int) -> bool:
        """Whether passage ``index`` introduces what follows: it ends in a colon."""
        if index < 0:
            return False
        passage = self.passages[index]
        at = passage.end - 1
        while at > passage.start and self.text[at] in '*_ )"”':
            at -= 1
        return self.text[at] == ":" and passage.kind is not PassageKind.ROW

    def _before(self, i: int) -> int:
        """Index of the passage before ``i`` in the running text, over footnotes; -1 if none."""
        i -= 1
        while i >= 0 and self.passages[i].kind is PassageKind.FOOTNOTE:
            i -= 1
        return i

    def _unmarked(self, i: int, passage: Passage) -> None:
        text = self.text
        before = self._before(i)
        body = text[passage.start : passage.end] if passage.end - passage.start <= _MAX_TITLE else ""
        caps = body.isupper() and passage.kind is PassageKind.PARAGRAPH
        # Before the first running text stands the title of the document, not of a part of it.
        if self.running and body and (passage.hashes or (caps and title_part(body))):
            depth = 0
            while depth < len(self.stack) and 0 < self.stack[depth].hashes < (passage.hashes or 1):
                depth += 1
            self._pop(depth, passage.first)
            self._push(i, passage, "", -1.0, 0, body.rstrip(" :"))
            passage.kind = PassageKind.HEADING
            return
        if text.startswith(_CONCLUSION, passage.start, passage.end):
            self._pop(0, passage.first)
        passage.section = self._section()
        passage.level = len(self.stack) + 1
        if caps:
            passage.kind = PassageKind.HEADING
            return
        self.running = self.running or passage.end - passage.start > 100
        if passage.section < 0 and not self.stack and OPENS_BASIS.match(text, passage.start, passage.end):
            passage.kind = PassageKind.PREAMBLE
        if before >= 0 and not self.passages[before].style:
            if self._leads(before):
                passage.lead = before
            elif text[self.passages[before].end - 1] == ";":
                passage.lead = self.passages[before].lead
        elif self._leads(before):
            passage.lead = before
        self.loose.append(i)

    def _marked(self, i: int, passage: Passage) -> None:
        text = self.text
        self.running = True
        style, number = passage.style, ordinal(passage.style, passage.marker)
        rank = RANK[style]
        before = self._before(i)
        if style == "star" and self._leads(i):
            rank = TITLE_STAR
        depth = self._depth(style, rank, number, before)
        sibling = self.stack[depth] if depth < len(self.stack) and self.stack[depth].style == style else None
        list_lead = self._list_lead(sibling, number, style, before, depth)
        goes_on = sibling is not None and sibling.section < 0 and number == sibling.number + 1
        if goes_on and style in NUMBERED:
            for loose in self.loose:
                if self.passages[loose].lead < 0 and list_lead < loose:
                    self.passages[loose].lead = list_lead
        if self.loose:
            self.loose = []
        self._pop(depth, passage.first)
        passage.lead = list_lead
        passage.section = self._section()
        title = self._title(i, passage)
        if title is not None or style in LEGAL:
            self._push(i, passage, style, rank, number, title or "", list_lead)
            whole = title is not None and title == text[passage.start : passage.end].rstrip(" :")
            passage.kind = PassageKind.HEADING if whole else PassageKind.ITEM
        else:
            level, inner = (self.stack[-1].level, self.stack[-1].inner) if self.stack else (0, -1)
            self.stack.append(_Open(style, rank, number, i, -1, list_lead, passage.hashes, inner, level))
            passage.kind = PassageKind.ITEM
            if inner < 0 and depth == 0 and style not in NUMBERED:
                passage.kind = self._basis(passage)
        passage.level = len(self.stack)

    def _basis(self, passage: Passage) -> PassageKind:
        opens = not self.sections and OPENS_BASIS.match(self.text, passage.start, passage.end)
        return PassageKind.PREAMBLE if opens else PassageKind.ITEM

    def _depth(self, style: str, rank: float, number: int, before: int) -> int:
        """Number of open entries that stay open above a new one of ``style``."""
        stack = self.stack
        found = len(stack) - 1
        while found >= 0 and stack[found].style != style:
            found -= 1
        if found >= 0:
            restarts = style in NUMBERED and number == 1 and stack[found].number >= 1
            if restarts and found < len(stack) - 1 and stack[-1].section >= 0 and style not in LEGAL:
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
        fresh = sibling is None or (style not in NUMBERED) or number <= 1
        opens = fresh and before >= 0 and self.passages[before].kind in (PassageKind.PARAGRAPH, PassageKind.PREAMBLE)
        if opens and not self.passages[before].style and self._leads(before):
            return before
        if sibling is not None and (style in NUMBERED or not self.loose):
            return sibling.list_lead
        return self.stack[depth - 1].passage if depth else -1

    def _push(
        self, i: int, passage: Passage, style: str, rank: float, number: int, title: str, list_lead: int = -1
    ) -> None:
        label = " ".join(passage.marker.strip(" .):/-").split())
        level = (self.stack[-1].level if self.stack else 0) + 1
        here = len(self.sections)
        self.sections.append((passage.first, 0, level, label, " ".join(title.split())))
        self.stack.append(_Open(style, rank, number, i, here, list_lead, passage.hashes, here, level))
        passage.section = here
        passage.level = len(self.stack)

    def _title(self, i: int, passage: Passage) -> str | None:
        """The title that a marked passage gives to what follows, or None where it is a plain item."""
        text, style, start, end = self.text, passage.style, passage.start, passage.end
        short = end - start <= _MAX_TITLE
        if style in LEGAL:
            body = text[start:end] if short else ""
            return body.rstrip(" :") if short and not _is_sentence(body) else None
        if style not in HEADED or start >= end:
            return None
        if short:
            body = text[start:end]
            if passage.hashes or (len(body) > 3 and body.isupper()):
                return body.rstrip(" :")
            outer = style in ("letter", "roman")
            if (
                (outer or self._followed(i, style))
                and not _is_sentence(body)
                and (outer or not body.endswith(".") or title_part(body) is not None)
            ):
                return body.rstrip(" :")
        colon = text.find(":", start, min(end - 1, start + _RUN_IN))
        if colon >= 0 and title_part(text[start:colon]) is not None:
            return text[start:colon]
        return None

    def _followed(self, i: int, style: str) -> bool:
        """Whether what comes next is neither a sibling nor the end of the document."""
        for after in self.passages[i + 1 : i + 3]:
            if after.kind is not PassageKind.FOOTNOTE:
                return after.style != style and not self.text.startswith(_CLOSING, after.start)
        return False


def _is_sentence(body: str) -> bool:
    """Tell whether a marked passage says something, rather than names what follows."""
    core = body.rstrip("*_ ")
    if core.endswith(":"):
        return len(core) > 150 or ": " in core[:-1] or core.endswith(("sau:", "gồm:", "là:", "như:"))
    if core.endswith("."):
        return len(core) > 90 or core.endswith("..") or core.count(" ") > 14 or ";" in core or ". " in core
    return core[-1:] in ";,!?…" or len(core) > 250 or ". " in core
