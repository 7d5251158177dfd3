"""Word 97 files (.doc) and RTF, through the converters that others keep.

LibreOffice, where it is installed, turns both into .docx, which keeps numbers, tables and
notes.  Else antiword reads .doc (as DocBook, the one of its formats that doesn't wrap table
cells), and striprtf reads RTF.  catdoc was tried and left out: it drops letterheads and
lets binary rubbish through on documents that Word saved in pieces.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.loaders.docx import load_docx
from kg.loaders.layout import Block, Paragraph, Table, lay_out
from kg.loaders.numbering import count
from kg.loaders.source import LoadError, Source
from kg.messages import say

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["DOC", "RTF", "load_doc", "load_rtf"]

DOC = "application/msword"
RTF = "application/rtf"

_TIMEOUT = 120.0
_INLINE = frozenset({"emphasis", "superscript", "subscript"})
_NUMERATIONS = {
    "loweralpha": "lowerLetter",
    "upperalpha": "upperLetter",
    "lowerroman": "lowerRoman",
    "upperroman": "upperRoman",
}


def load_doc(data: bytes, path: str, encoding: str | None = None) -> Source:
    """Return the text of a Word 97 file; raises `LoadError` without a converter or if the converter fails."""
    if office := _office():
        return _through_office(office, data, path, ".doc", DOC)
    if antiword := shutil.which("antiword"):
        return _through_antiword(antiword, data, path)
    raise LoadError.of(path, "no-doc-converter")


def load_rtf(data: bytes, path: str, encoding: str | None = None) -> Source:
    """Return the text of an RTF file; raises `LoadError` without a converter or if the file is damaged."""
    if office := _office():
        return _through_office(office, data, path, ".rtf", RTF)
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise LoadError.of(path, "no-rtf-converter") from error
    try:
        text: str = rtf_to_text(data.decode("cp1252", errors="replace"), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, KeyError) as error:
        raise LoadError.of(path, "damaged-rtf") from error
    layout = lay_out(_striprtf_blocks(text))
    return Source(path, layout.text, RTF, layout.places, (("converter", "striprtf"),))


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _through_office(office: str, data: bytes, path: str, suffix: str, media_type: str) -> Source:
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        given = Path(folder, f"document{suffix}")
        given.write_bytes(data)
        # A profile of its own, as LibreOffice refuses to run twice in one.
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(given)]
        _run(command, path, "LibreOffice")
        made = given.with_suffix(".docx")
        if not made.exists():
            raise LoadError.of(path, "converter", suffix=suffix, name="LibreOffice")
        source = load_docx(made.read_bytes(), path)
    return replace(source, media_type=media_type, metadata=(*source.metadata, ("converter", "LibreOffice")))


def _through_antiword(antiword: str, data: bytes, path: str) -> Source:
    from lxml import etree

    with tempfile.NamedTemporaryFile(prefix="kg-", suffix=".doc") as given:
        given.write(data)
        given.flush()
        xml = _run([antiword, "-m", "UTF-8.txt", "-x", "db", given.name], path, "antiword")
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise LoadError.of(path, "converter", suffix=".doc", name="antiword") from error
    for number, note in enumerate(root.iter("footnote"), 1):
        note.set("label", str(number))
    layout = lay_out(block for chapter in root.iterfind("chapter") for block in _docbook_blocks(chapter))
    return Source(path, layout.text, DOC, layout.places, (("converter", "antiword"),))


def _run(command: list[str], path: str, name: str) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=True)
    except subprocess.TimeoutExpired as error:
        raise LoadError.of(path, "converter-slow", name=name, seconds=f"{_TIMEOUT:.0f}") from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", errors="replace").strip().splitlines()
        told = reason[0] if reason else say("load.no-reason")
        raise LoadError.of(path, "converter-failed", name=name, reason=told) from error
    return done.stdout


def _docbook_blocks(parent: _Element) -> Iterator[Block]:
    """Yield the blocks of antiword's DocBook: text is in lines, list numbers are left out and counted here."""
    inline = parent.text or ""
    notes: list[Block] = []
    number = 0
    for child in parent:
        if child.tag in _INLINE:
            inline += _text(child)
        elif child.tag == "footnote":
            inline += f"[{child.get('label')}]"
            notes.append(Paragraph(f"[{child.get('label')}: {' '.join(_text(child).split())}]", "footnote"))
        else:
            yield from _lines(inline)
            inline = ""
            if child.tag == "informaltable":
                yield _docbook_table(child)
            elif child.tag == "listitem":
                number += 1
                yield from _labelled(parent, number, _docbook_blocks(child))
            else:
                yield from _docbook_blocks(child)
        inline += child.tail or ""
    yield from _lines(inline)
    yield from notes


def _docbook_table(table: _Element) -> Table:
    rows = table.iterfind("tgroup/tbody/row")
    return Table(tuple(tuple(tuple(_docbook_blocks(cell)) for cell in row.iterfind("entry")) for row in rows))


def _labelled(items: _Element, number: int, blocks: Iterator[Block]) -> Iterator[Block]:
    ordered = items.tag == "orderedlist"
    label = f"{count(number, _NUMERATIONS.get(items.get('numeration', ''), 'decimal'))}." if ordered else "-"
    for i, block in enumerate(blocks):
        yield Paragraph(f"{label} {block.text}") if i == 0 and isinstance(block, Paragraph) else block


def _lines(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line) for line in text.split("\n") if line.strip() not in {"", "[pic]"})


def _text(element: _Element) -> str:
    return str(element.xpath("string()"))


def _striprtf_blocks(text: str) -> Iterator[Block]:
    """Yield striprtf's lines; it closes each table cell with a bar, each row with a line end."""
    for line in text.split("\n"):
        if line.startswith("|") or line.endswith("|"):
            yield Table((tuple((Paragraph(cell),) for cell in line.strip("|").split("|")),))
        else:
            yield Paragraph(line)
