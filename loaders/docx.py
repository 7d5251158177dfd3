"""Word documents (.docx): Office Open XML, ECMA-376.

The text is what a reader of the page sees: paragraphs and tables in order, with the numbers
that Word prints, tracked insertions but not deletions, text boxes after the paragraph they
hang on, footnotes and endnotes after the paragraph that refers to them (``[1]`` in the text,
a line ``[1: …]`` after it).  Headers, footers, field codes and hidden text are left out.
Runs in the font encodings of old (``.VnTime``, ``VNI-Times``) become Unicode.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.loaders.encodings import legacy_encoding, modernize, recode
from kg.loaders.kinds import ENCRYPTED
from kg.loaders.layout import Block, Paragraph, Table, lay_out
from kg.loaders.numbering import Numbering, W, count, value
from kg.loaders.source import LoadError, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MEDIA_TYPE", "load_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
# What stands in the file and not on the page.
_UNSEEN = frozenset((f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}sectPr", f"{_MC}Fallback"))
_BOX = f"{W}txbxContent"


def load_docx(data: bytes, path: str, encoding: str | None = None) -> Source:
    """Return the text of a Word document; raises `LoadError` if it is damaged or locked by a password."""
    from lxml.etree import XMLSyntaxError

    if ENCRYPTED in data:
        raise LoadError.of(path, "locked")
    try:
        package = _Package(data)
        document = package.part("word/document.xml")
        if document is None:
            raise LoadError.of(path, "no-word")
        layout = lay_out(_Reader(package, document).blocks())
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, XMLSyntaxError) as error:
        raise LoadError.of(path, "damaged-word") from error
    metadata = package.properties()
    if layout.legacy:
        metadata.append(("encoding", layout.legacy))
    return Source(path, layout.text, MEDIA_TYPE, layout.places, tuple(metadata))


class _Package:
    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = frozenset(self._zip.namelist())

    def part(self, name: str) -> _Element | None:
        from lxml import etree

        if name not in self._names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self._zip.read(name), parser)

    def properties(self) -> list[tuple[str, str]]:
        core = self.part("docProps/core.xml")
        if core is None:
            return []
        found = (("title", core.findtext(f"{_DC}title")), ("author", core.findtext(f"{_DC}creator")))
        return [(name, modernize(text.strip())) for name, text in found if text and text.strip()]


@dataclass(frozen=True, slots=True)
class _Look:
    """The formatting that changes what a reader sees."""

    font: str | None = None
    caps: bool = False
    hidden: bool = False

    def under(self, properties: _Element | None) -> _Look:
        if properties is None:
            return self
        fonts = properties.find(f"{W}rFonts")
        font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None
        return _Look(
            font or self.font,
            _switch(properties, "caps", self.caps),
            _switch(properties, "vanish", self.hidden),
        )


@dataclass(frozen=True, slots=True)
class _Style:
    look: _Look
    list_number: str | None
    list_level: str | None
    outline: str | None


@dataclass(slots=True)
class _Text:
    """What one paragraph gathers: its own text, then boxes and notes."""

    parts: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)


class _Reader:
    def __init__(self, package: _Package, document: _Element) -> None:
        self._document = document
        self._numbering = Numbering(package.part("word/numbering.xml"))
        self._styles, self._default, self._default_style = _styles(package.part("word/styles.xml"))
        self._notes = {
            kind: {note.get(f"{W}id", ""): note for note in root} if (root := package.part(part)) is not None else {}
            for kind, part in (
                (f"{W}footnoteReference", "word/footnotes.xml"),
                (f"{W}endnoteReference", "word/endnotes.xml"),
            )
        }
        self._noted = dict.fromkeys(self._notes, 0)
        self._legacy_fonts = self._find_legacy_fonts()

    def blocks(self) -> Iterator[Block]:
        body = self._document.find(f"{W}body")
        if body is not None:
            yield from self._blocks(body)

    def _blocks(self, parent: _Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
                yield from self._blocks(child)  # w:sdt, w:ins, w:customXml …

    def _table(self, table: _Element) -> Table:
        return Table(
            tuple(
                tuple(tuple(self._blocks(cell)) for cell in _within(row, f"{W}tc") if not _is_merged_away(cell))
                for row in _within(table, f"{W}tr")
            )
        )

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        properties = paragraph.find(f"{W}pPr")
        style_id = value(properties, "pStyle") or self._default_style
        style = self._styles.get(style_id)
        text = _Text()
        self._gather(paragraph, style.look if style else self._default, text)
        own = "".join(text.parts)
        if label := self._label(properties, style, style_id):
            own = f"{label} {own.lstrip()}"
        outline = value(properties, "outlineLvl") or (style.outline if style else None)
        yield Paragraph(own, "heading" if outline is not None and int(outline) < 9 else "paragraph")
        yield from text.after

    def _label(self, properties: _Element | None, style: _Style | None, style_id: str) -> str:
        own = properties.find(f"{W}numPr") if properties is not None else None
        number = value(own, "numId") or (style.list_number if style else None)
        if not number or number == "0":  # 0 takes a paragraph out of its style's list
            return ""
        level = value(own, "ilvl") or (style.list_level if style else None)
        if level is None:
            level = str(self._numbering.level_of_style(number, style_id))
        return self._numbering.label(number, int(level))

    def _gather(self, element: _Element, look: _Look, text: _Text) -> None:
        for child in element:
            tag = child.tag
            if tag in _UNSEEN or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                self._gather(child, self._run_look(child, look), text)
            elif tag == f"{W}t" or tag == _MATH_TEXT:
                text.parts.append(self._shown(child.text or "", look))
            elif tag in _SIGNS:
                text.parts.append(_SIGNS[tag])
            elif tag in self._notes:
                self._note(child, text)
            elif tag == _BOX:
                text.after.extend(self._blocks(child))
            else:
                self._gather(child, look, text)

    def _run_look(self, run: _Element, look: _Look) -> _Look:
        properties = run.find(f"{W}rPr")
        style = self._styles.get(value(properties, "rStyle") or "")
        if style:
            look = _Look(style.look.font or look.font, style.look.caps or look.caps, style.look.hidden or look.hidden)
        return look.under(properties)

    def _shown(self, text: str, look: _Look) -> str:
        if look.hidden:
            return ""
        if legacy := self._legacy_fonts.get(look.font or ""):
            text = recode(text, legacy)
            # .VnTimeH draws small letters as capitals.
            return text.upper() if look.caps or (look.font or "").endswith("H") else text
        return text.upper() if look.caps else text

    def _note(self, reference: _Element, text: _Text) -> None:
        kind = str(reference.tag)
        note = self._notes[kind].get(reference.get(f"{W}id", ""))
        if note is None or reference.get(f"{W}customMarkFollows") in {"1", "true"}:
            return
        self._noted[kind] += 1
        mark = count(self._noted[kind], "decimal" if kind == f"{W}footnoteReference" else "lowerRoman")
        lines = [p.text.strip() for p in self._blocks(note) if isinstance(p, Paragraph) and p.text.strip()]
        text.parts.append(f"[{mark}]")
        text.after.append(Paragraph(f"[{mark}: {' '.join(lines)}]", "footnote"))

    def _find_legacy_fonts(self) -> dict[str, str]:
        """Return the fonts whose text really is legacy: a font name alone also survives on Unicode text."""
        texts: dict[str, list[str]] = {}
        for paragraph in self._document.iter(f"{W}p"):
            style = self._styles.get(value(paragraph.find(f"{W}pPr"), "pStyle") or self._default_style)
            for run in paragraph.iter(f"{W}r"):
                font = self._run_look(run, style.look if style else self._default).font or ""
                if font.upper().startswith((".VN", "VNI-")):
                    texts.setdefault(font, []).extend(t.text or "" for t in run.iterfind(f"{W}t"))
        found = {font: legacy_encoding("".join(parts)) for font, parts in texts.items()}
        return {font: legacy for font, legacy in found.items() if legacy}


def _styles(root: _Element | None) -> tuple[dict[str, _Style], _Look, str]:
    """Return the styles by id, with what they inherit; the document's look; the default paragraph style."""
    if root is None:
        return {}, _Look(), ""
    default = _Look().under(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    elements = {e.get(f"{W}styleId", ""): e for e in root.iterfind(f"{W}style")}
    styles: dict[str, _Style] = {}

    def resolve(name: str, seen: frozenset[str]) -> _Style:
        if name in styles:
            return styles[name]
        element = elements[name]
        base_name = value(element, "basedOn") or ""
        if base_name in elements and base_name not in seen:
            base = resolve(base_name, seen | {name})
        else:
            base = _Style(default if element.get(f"{W}type") == "paragraph" else _Look(), None, None, None)
        paragraph = element.find(f"{W}pPr")
        numbers = paragraph.find(f"{W}numPr") if paragraph is not None else None
        style = styles[name] = _Style(
            base.look.under(element.find(f"{W}rPr")),
            value(numbers, "numId") or base.list_number,
            value(numbers, "ilvl") or (base.list_level if value(numbers, "numId") is None else None),
            value(paragraph, "outlineLvl") or base.outline,
        )
        return style

    for name in elements:
        resolve(name, frozenset({name}))
    normal = (n for n, e in elements.items() if e.get(f"{W}default") == "1" and e.get(f"{W}type") == "paragraph")
    return styles, default, next(normal, "")


def _within(element: _Element, tag: str) -> Iterator[_Element]:
    """Yield the children with ``tag``, through content controls and tracked changes, not into tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            yield from _within(child, tag)


def _is_merged_away(cell: _Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _switch(properties: _Element, name: str, inherited: bool) -> bool:
    found = properties.find(f"{W}{name}")
    return inherited if found is None else found.get(f"{W}val") not in {"0", "false", "none"}
