"""Make the .docx, .pdf, UTF-16 and decomposed (NFD) sample reports from their sources.

    pip install python-docx fpdf2 matplotlib
    python examples/make.py

``sources/NAME.EXT.src`` becomes ``reports/NAME.EXT``; the other reports are written by
hand.  A source for .docx or .pdf is one paragraph a line, with this little markup:

    | a | b |     row of a table; the table that opens the document is its letterhead
    # text        title, centred                ## text, ### text   headings
    #. text       automatically numbered paragraph (.docx)
    [^1]          footnote mark; its text stands on a line of its own: ``[^1]: text``
    ===           page break (.pdf)

matplotlib is wanted only for the DejaVu font that it ships, which has every Vietnamese letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).parent
MADE_AT = datetime(2024, 12, 31, tzinfo=UTC)
"""A fixed time of making, so that the same source gives the same file."""

NOTE = re.compile(r"\[\^(\d+)\]")
NOTE_TEXT = re.compile(r"\[\^(\d+)\]: (.*)")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def blocks(lines: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield ``(kind, content)``: ``table`` with rows of cells, else the markup sign with its text."""
    for is_table, group in groupby((line for line in lines if line.strip()), lambda s: s.startswith("|")):
        if is_table:
            yield "table", [[cell.strip() for cell in row.strip(" |").split("|")] for row in group]
            continue
        for line in group:
            sign, _, text = line.partition(" ")
            yield (sign, text) if sign in {"#", "##", "###", "#.", "==="} else ("", line)


def split_notes(source: str) -> tuple[list[str], dict[str, str]]:
    """Part a source into its body lines and its footnotes by number."""
    body, notes = [], {}
    for line in source.splitlines():
        if found := NOTE_TEXT.fullmatch(line):
            notes[found[1]] = found[2]
        else:
            body.append(line)
    return body, notes


def make_docx(source: str, target: Path) -> None:
    """Write a Word file with a letterhead, tables, numbered paragraphs and real footnotes."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    body, notes = split_notes(source)
    document = Document()
    document.core_properties.author = "vn-legal-kg"
    document.core_properties.created = document.core_properties.modified = MADE_AT

    def fill(paragraph: Any, text: str) -> None:
        for i, part in enumerate(NOTE.split(text)):
            run = paragraph.add_run(part if i % 2 == 0 else "")
            if i % 2:
                run.font.superscript = True
                mark = OxmlElement("w:footnoteReference")
                mark.set(qn("w:id"), part)
                run._r.append(mark)

    for number, (kind, content) in enumerate(blocks(body)):
        if kind == "table":
            table = document.add_table(rows=0, cols=len(content[0]))
            if number:
                table.style = "Table Grid"
            for row in content:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    fill(cell.paragraphs[0], text)
        elif kind == "#":
            paragraph = document.add_paragraph(style="Title")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            fill(paragraph, content)
        elif kind in {"##", "###"}:
            fill(document.add_heading(level=len(kind) - 1), content)
        else:
            fill(document.add_paragraph(style="List Number" if kind == "#." else None), content)

    xml = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for number, text in notes.items()
    )
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">{xml}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob.encode(), document.part.package)
    document.part.relate_to(part, FOOTNOTES_REL)
    packed = BytesIO()
    document.save(packed)
    with ZipFile(packed) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():  # python-docx stamps each part with the time of day
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)


def make_pdf(source: str, target: Path) -> None:
    """Write a PDF with a text layer; the footnotes of a page stand at its foot."""
    from fpdf import FPDF

    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise SystemExit("examples/make.py: no font; run: pip install matplotlib")
    fonts = Path(spec.origin).parent / "mpl-data/fonts/ttf"
    body, notes = split_notes(source)
    pdf = FPDF()
    pdf.set_creation_date(MADE_AT)
    pdf.add_font("serif", "", fonts / "DejaVuSerif.ttf")
    pdf.add_font("serif", "B", fonts / "DejaVuSerif-Bold.ttf")
    pdf.set_margins(25, 20)
    pdf.set_auto_page_break(False)

    def title(text: str) -> None:
        pdf.set_font("serif", "B", 11)
        pdf.multi_cell(0, 6, text, align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)

    def paragraph(text: str, *, style: str = "", size: float = 11) -> None:
        pdf.set_font("serif", style, size)
        for i, part in enumerate(NOTE.split(text)):
            pdf.char_vpos = "SUP" if i % 2 else "LINE"
            pdf.write(size * 0.5, part)
        pdf.ln(size * 0.5 + 1.5)

    def foot(page: list[str]) -> None:
        cited = NOTE.findall("\n".join(page))
        if cited:
            pdf.set_y(-20 - 12 * len(cited))
            pdf.line(25, pdf.get_y() - 2, 80, pdf.get_y() - 2)
        for number in cited:
            paragraph(f"[^{number}] {notes[number]}", size=8.5)

    pages = [list(page) for is_break, page in groupby(body, lambda s: s == "===") if not is_break]
    for page in pages:
        pdf.add_page()
        for kind, content in blocks(page):
            if kind == "table":
                pdf.set_font("serif", "", 9)
                for left, right in content:
                    pdf.cell(60, 6, left, align="C")
                    pdf.cell(0, 6, right, align="C", new_x="LMARGIN", new_y="NEXT")
                pdf.ln(4)
            elif kind == "#":
                title(content)
            else:
                paragraph(content, style="B" if kind else "")
        foot(page)
    pdf.output(str(target))


def make_text(source: str, target: Path) -> None:
    """Write plain text as old machines leave it: UTF-16 with a byte order mark, or decomposed letters."""
    if target.name.startswith("dong-thap"):
        target.write_bytes(source.replace("\n", "\r\n").encode("utf-16"))
    else:
        target.write_text(unicodedata.normalize("NFD", source), encoding="utf-8")


MAKERS = {".docx": make_docx, ".pdf": make_pdf, ".txt": make_text}


def main() -> None:
    """Make every report that has a source."""
    for path in sorted((HERE / "sources").glob("*.src")):
        target = HERE / "reports" / path.stem
        MAKERS[target.suffix](path.read_text(encoding="utf-8"), target)
        print(target.relative_to(HERE))


if __name__ == "__main__":
    main()
