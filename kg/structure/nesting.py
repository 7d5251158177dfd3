"""The third step: markers become nested sections and lists, by rank and order of appearance."""

from __future__ import annotations

from typing import Final

from kg.model import Section
from kg.structure.breaks import OPENS_BASIS
from kg.structure.headings import title_part
from kg.structure.lines import EDGE
from kg.structure.markers import HEADED, LEGAL, NUMBERED, RANK, TITLE_STAR, ordinal
from kg.structure.model import Passage, PassageKind
from kg.text.late import late

__all__ = ["nest"]

# Looked up in its class at each use, a member of an enumeration costs more than what is decided by it.
_HEADING: Final = PassageKind.HEADING
_ITEM: Final = PassageKind.ITEM
_PARAGRAPH: Final = PassageKind.PARAGRAPH
_PREAMBLE: Final = PassageKind.PREAMBLE
_FOOTNOTE: Final = PassageKind.FOOTNOTE
_ROW: Final = PassageKind.ROW
_CLOSING: Final = PassageKind.CLOSING
_RECIPIENTS: Final = ("Nơi nhận", "NƠI NHẬN", "Nơi NHẬN", "NƠI nhận")
_REOPENS: Final = late(
    r"(?:PHỤ LỤC|DANH MỤC|QUY (?:CHẾ|ĐỊNH|TRÌNH)|KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|BIỂU|MẪU|BẢNG|ĐIỀU LỆ|BÁO CÁO|NỘI DUNG"
    r"|CỘNG H[OÒ][AÀ] XÃ HỘI|Phụ lục|Mẫu số|Biểu số|Biểu mẫu)\b"
)
_CONCLUSION: Final = ("Trên đây là", "Trên đây ,")
_MAX_TITLE: Final = 300
_RUN_IN: Final = 81
"""Code points within which the colon stands that ends a title in front of text."""
_NUMERALS: Final = "IVX0123456789/.-* "
"""A line of nothing else is no title: ``III/2026`` in a narrow cell."""
_AFTER: Final = EDGE + "\n#"


class _Open:
    """An entry of the stack of open headings and items; made for each of them, so no dataclass, as `Passage`."""

    __slots__ = ("hashes", "inner", "level", "list_lead", "number", "passage", "rank", "section", "style")

    def __init__(
        self, style: str, rank: float, number: int, passage: int, list_lead: int, hashes: int, inner: int, level: int
    ) -> None:
        self.style, self.rank, self.number = style, rank, number
        self.passage, self.list_lead, self.hashes = passage, list_lead, hashes
        self.inner = inner
        """Innermost section open with it, its own if it has one; -1 if none."""
        self.level = level
        """How many sections are open with it."""
        self.section = -1
        """Its own section, if it is a heading."""


def nest(text: str, passages: list[Passage]) -> list[Section]:
    """Sections of a normalized text; writes kind, section and lead into its passages."""
    return _Nester(text, passages).run()


class _Nester:
    """Turns markers into nested sections and lists."""

    def __init__(self, text: str, passages: list[Passage]) -> None:
        self.text = text
        self.passages = passages
        self.stack = [_Open("", -2.0, 0, -1, -1, 0, -1, 0)]
        """What is open, below it the document itself."""
        self.sections: list[tuple[int, int, int, str, str]] = []
        """start, end (0 while open), level, label, title"""
        self.running = False
        """Whether running text has begun."""
        self.loose: list[int] = []
        """Unmarked passages since the last item of a numbered list."""

    def run(self) -> list[Section]:
        text, closing = self.text, False
        before = -1
        for i, passage in enumerate(self.passages):
            if closing and self._reopens(passage):
                closing = False
            if passage.kind is _FOOTNOTE:
                self._footnote(i, passage)
                continue
            if not (closing or passage.style) and text.startswith(_RECIPIENTS, passage.start, passage.end):
                closing = True
                self._pop(1, passage.first)
            if closing:
                passage.kind = _CLOSING
            elif passage.style:
                self._marked(i, passage, before)
            else:
                self._unmarked(i, passage, before)
            before = i
        self._pop(1, len(text.rstrip()))
        return [Section(a, b, level, label, title) for a, b, level, label, title in self.sections]

    def _reopens(self, passage: Passage) -> bool:
        if passage.style in ("annex", "part", "chapter"):
            return True
        if passage.style in ("letter", "roman", "article") and ordinal(passage.style, passage.marker) == 1:
            return True
        return bool(_REOPENS.match(self.text, passage.start, passage.end))

    def _pop(self, depth: int, at: int) -> None:
        """Leave the outermost ``depth`` entries open; the sections of the others end before ``at``."""
        stack = self.stack
        while len(stack) > depth:
            entry = stack.pop()
            if entry.section >= 0:
                start, _, level, label, title = self.sections[entry.section]
                end = at
                while end > start and self.text[end - 1] in _AFTER:
                    end -= 1
                self.sections[entry.section] = (start, end, level, label, title)

    def _footnote(self, i: int, passage: Passage) -> None:
        if passage.reference >= 0:
            passage.lead = self._around(i, passage.reference)
        passage.section = self.passages[passage.lead].section if passage.lead >= 0 else self.stack[-1].inner

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
        return self.text[at] == ":" and passage.kind is not _ROW

    def _unmarked(self, i: int, passage: Passage, before: int) -> None:
        """Place a passage without a marker; ``before`` is the one before it in the running text, over footnotes."""
        text, start, end = self.text, passage.start, passage.end
        body = text[start:end] if end - start <= _MAX_TITLE else ""
        caps = body.isupper() and passage.kind is _PARAGRAPH and bool(body.strip(_NUMERALS))
        # Before the first running text stands the title of the document, not of a part of it.
        if self.running and body and (passage.hashes or (caps and title_part(body))):
            depth = 1
            while depth < len(self.stack) and 0 < self.stack[depth].hashes < (passage.hashes or 1):
                depth += 1
            self._pop(depth, passage.first)
            self._push(i, passage, -1.0, 0, body.rstrip(" :"), -1)
            passage.kind = _HEADING
            return
        if text.startswith(_CONCLUSION, start, end):
            self._pop(1, passage.first)
        passage.section = self.stack[-1].inner
        if caps:
            passage.kind = _HEADING
            return
        self.running = self.running or end - start > 100
        if len(self.stack) == 1 and OPENS_BASIS.match(text, start, end):
            passage.kind = _PREAMBLE
        if before >= 0:
            above = self.passages[before]
            if self._leads(before):
                passage.lead = before
            elif not above.style and text[above.end - 1] == ";":
                passage.lead = above.lead
        self.loose.append(i)

    def _marked(self, i: int, passage: Passage, before: int) -> None:
        """Place a passage with a marker; ``before`` is the one before it in the running text, over footnotes."""
        self.running = True
        stack, style, number = self.stack, passage.style, ordinal(passage.style, passage.marker)
        rank = TITLE_STAR if style == "star" and self._leads(i) else RANK[style]
        depth = len(stack) - 1
        if stack[depth].style != style:
            depth = self._depth(style, rank, number, before)
        sibling = stack[depth] if depth < len(stack) and stack[depth].style == style else None
        # What goes on with the numbers of a list has the lead of its first item.
        goes_on = sibling if number > 1 else None
        passage.lead = lead = goes_on.list_lead if goes_on else self._list_lead(sibling, style, before, depth)
        if self.loose:
            if sibling and sibling.section < 0 and number == sibling.number + 1 and style in NUMBERED:
                for loose in self.loose:
                    if self.passages[loose].lead < 0 and lead < loose:
                        self.passages[loose].lead = lead
            self.loose = []
        title = self._title(i, passage)
        if title is not None or style in LEGAL:
            self._pop(depth, passage.first)
            self._push(i, passage, rank, number, title or "", lead)
            whole = title is not None and title == self.text[passage.start : passage.end].rstrip(" :")
            passage.kind = _HEADING if whole else _ITEM
            return
        if sibling and sibling.section < 0:
            # The next item of an open list takes the place of the one before it.
            self._pop(depth + 1, passage.first)
            entry = sibling
            entry.rank, entry.number, entry.passage = rank, number, i
            entry.list_lead, entry.hashes = lead, passage.hashes
        else:
            self._pop(depth, passage.first)
            entry = _Open(style, rank, number, i, lead, passage.hashes, stack[-1].inner, stack[-1].level)
            stack.append(entry)
        passage.section = entry.inner
        # Before the first section a list may give the grounds.
        grounds = depth == 1 and not self.sections and style not in NUMBERED
        opens = grounds and OPENS_BASIS.match(self.text, passage.start, passage.end)
        passage.kind = _PREAMBLE if opens else _ITEM

    def _depth(self, style: str, rank: float, number: int, before: int) -> int:
        """Number of open entries that stay open above a new one of ``style``, where the innermost is of another."""
        stack = self.stack
        depth = len(stack)
        found = depth - 2
        while found > 0 and stack[found].style != style:
            found -= 1
        if found > 0:
            restarts = number == 1 and stack[found].number >= 1 and style in NUMBERED
            return depth if restarts and stack[-1].section >= 0 and style not in LEGAL else found
        if stack[-1].passage == before and stack[-1].section < 0 and self._leads(before):
            return depth
        while stack[depth - 1].rank >= rank:
            depth -= 1
        return depth

    def _list_lead(self, sibling: _Open | None, style: str, before: int, depth: int) -> int:
        """Index of the passage that introduces the list of an item that is its first or has no number."""
        if before >= 0:
            above = self.passages[before]
            if not above.style and (above.kind is _PARAGRAPH or above.kind is _PREAMBLE) and self._leads(before):
                return before
        if sibling is not None and (not self.loose or style in NUMBERED):
            return sibling.list_lead
        return self.stack[depth - 1].passage

    def _push(self, i: int, passage: Passage, rank: float, number: int, title: str, list_lead: int) -> None:
        """Open a section with the passage that heads it."""
        label = " ".join(passage.marker.strip(" .):/-").split())
        level, here = self.stack[-1].level + 1, len(self.sections)
        self.sections.append((passage.first, 0, level, label, " ".join(title.split())))
        entry = _Open(passage.style, rank, number, i, list_lead, passage.hashes, here, level)
        entry.section = passage.section = here
        self.stack.append(entry)

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
                not _is_sentence(body)
                and (outer or self._followed(i, style))
                and (outer or not body.endswith(".") or title_part(body) is not None)
            ):
                return body.rstrip(" :")
        colon = text.find(":", start, end - 1 if end - start <= _RUN_IN else start + _RUN_IN)
        if colon >= 0 and title_part(text[start:colon]) is not None:
            return text[start:colon]
        return None

    def _followed(self, i: int, style: str) -> bool:
        """Whether what comes next is neither a sibling nor the end of the document."""
        for k in range(i + 1, min(i + 3, len(self.passages))):
            after = self.passages[k]
            if after.kind is not _FOOTNOTE:
                return after.style != style and not self.text.startswith(_RECIPIENTS, after.start)
        return False


def _is_sentence(body: str) -> bool:
    """Tell whether a marked passage says something, rather than names what follows."""
    core = body.rstrip("*_ ")
    if core.endswith(":"):
        return len(core) > 150 or ": " in core[:-1] or core.endswith(("sau:", "gồm:", "là:", "như:"))
    if core.endswith("."):
        return len(core) > 90 or core.endswith("..") or core.count(" ") > 14 or ";" in core or ". " in core
    return core[-1:] in ";,!?…" or len(core) > 250 or ". " in core
