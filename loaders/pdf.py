"""PDF files: the text layer where it is sound, optical recognition where it isn't.

Text comes in the order of the page's own content stream, which in documents made by a word
processor is reading order: the two columns of a letterhead stay apart, a table cell stays
whole.  Each printed line is a line; a word broken by a hyphen keeps it, before the line end.

The number and date of a signed document are often drawn by its signatures into the gaps of
``Số:      /UBND-NC, ngày     tháng 6``; they are put where they show.  What else the
signatures show (who signed, when) goes to the metadata.

A page needs recognition when it has no text, or text that isn't Vietnamese and is full of
characters that no word has: fonts without a sound ToUnicode map, or a scan that was
recognised as English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.loaders import ocr
from kg.loaders.encodings import modernize
from kg.loaders.source import LoadError, Place, Source
from kg.loaders.spelling import LETTERS, WORD, share
from kg.messages import say

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped, unused-ignore]

__all__ = ["MEDIA_TYPE", "is_garbled", "load_pdf"]

MEDIA_TYPE = "application/pdf"

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_CAUSES = {2: "format", 3: "format", 5: "security"}  # FPDF_ERR_FILE, FPDF_ERR_FORMAT, FPDF_ERR_SECURITY
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
# How far, in points, a number drawn into a gap may run over the words on either side.
_OVERLAP = 4.0
_LETTER = re.compile(r"[^\W\d_]")


def load_pdf(data: bytes, path: str, encoding: str | None = None) -> Source:
    """Return the text of a PDF with a `Place` for each page.

    Raises `LoadError` if the file is damaged or locked, or if it has no sound text and
    recognition is not installed.  Where only some pages need recognition that is not
    there, they are left out and the metadata say so (``warning``).
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise LoadError.of(path, "no-pdf-library") from error
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
            raise LoadError.of(path, "locked") from error
        raise _damaged(path, error) from error
    try:
        return _load(pdf, path)
    except pypdfium2.PdfiumError as error:  # a page
        raise _damaged(path, error) from error
    finally:
        pdf.close()


def _damaged(path: str, error: Exception) -> LoadError:
    """What PDFium says by its code, in the user's language."""
    cause = _CAUSES.get(getattr(error, "err_code", None) or 0, "page")
    return LoadError.of(path, "damaged-pdf", error=say(f"pdf.{cause}"))


def is_garbled(text: str) -> bool:
    """Return whether ``text`` is the wreck of Vietnamese, not Vietnamese and not another language.

    In real documents nine words in ten are possible syllables and hardly any mixes letters
    with other characters; in the wrecks it is one in three, and one in ten.

    >>> is_garbled("6Ӣ CÔNG THѬѪNG 7KӵF KLӋQ ÿӏQK Vӕ ngày 06/3/2026 FӫD GiÆm ÿӕF")
    True
    >>> is_garbled("This decree of the Government takes effect on the day of its signing")
    False
    """
    if share(text) >= 0.6:
        return False
    words = [word for word in WORD.findall(text) if _LETTER.search(word)]
    return 10 * sum(map(_is_odd, words)) > len(words)


def _is_odd(word: str) -> bool:
    """Return whether ``word`` has a character that Vietnamese lacks, or a capital among small letters."""
    inner = word[1:]
    return not LETTERS.issuperset(word.lower()) or inner not in (inner.lower(), inner.upper())


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    has_image: bool
    signatures: tuple[str, ...]

    @property
    def needs_recognition(self) -> bool:
        return (self.has_image and not _LETTER.search(self.text)) or is_garbled(self.text)


def _load(pdf: pypdfium2.PdfDocument, path: str) -> Source:
    pdf.init_forms()
    pages = [_read(pdf, index) for index in range(len(pdf))]
    texts = [page.text for page in pages]
    metadata = _properties(pdf)
    if broken := [index for index, page in enumerate(pages) if page.needs_recognition]:
        metadata.append(_recognize(pdf, path, texts, broken))
    metadata += [("signature", text) for page in pages for text in page.signatures]
    places: list[Place] = []
    start = 0
    texts = _without_page_numbers(texts)
    for number, text in enumerate(texts, 1):
        places.append(Place("page", number, start, start + len(text)))
        start += len(text)
    return Source(path, "".join(texts), MEDIA_TYPE, tuple(places), tuple(metadata))


def _recognize(pdf: pypdfium2.PdfDocument, path: str, texts: list[str], broken: list[int]) -> tuple[str, str]:
    """Replace the texts of ``broken`` pages by what recognition reads, and return the remark for the metadata."""
    numbers = ", ".join(str(index + 1) for index in broken)
    remedy = ocr.missing()
    if remedy and not any(_LETTER.search(text) for i, text in enumerate(texts) if i not in broken):
        garbled = any(_LETTER.search(texts[index]) for index in broken)
        raise LoadError.of(path, "garbled" if garbled else "scan", remedy=remedy)
    for index in broken:
        image = None if remedy else pdf[index].render(scale=ocr.DPI / 72, grayscale=True).to_pil()
        texts[index] = ocr.read_image(image) if image else ""
    if remedy:
        return "warning", say("load.pages", numbers=numbers, remedy=remedy)
    return "recognised pages", numbers


def _read(pdf: pypdfium2.PdfDocument, index: int) -> _Page:
    from pypdfium2 import raw

    page = pdf[index]
    has_image = any(o.type == raw.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=3))
    text = page.get_textpage().get_text_range()
    signatures: tuple[str, ...] = ()
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        # Only a page that is opened anew shows what was flattened into it.
        text, signatures = _fill_gaps(text, pdf[index].get_textpage())
    # U+FFFE is how PDFium joins a word that a hyphen breaks at the line end.
    lines = text.replace("\ufffe", "-\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = modernize("\n".join(line.rstrip() for line in lines).strip("\n"))
    return _Page(text, has_image, signatures)


def _fill_gaps(text: str, flat: Any) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with the words that the flattened page adds put in the gaps where they show, and the rest."""
    full: str = flat.get_text_range()
    added = full[len(text) :] if full.startswith(text) else ""
    if not added.strip():
        return text, ()
    if flat.count_chars() != len(full):  # offsets and characters don't match: no way to tell where words are
        return text, (" ".join(added.split()),)
    boxes = [(i, flat.get_charbox(i, loose=True)) for i, c in enumerate(text) if not c.isspace()]
    inserts: list[tuple[int, float, str]] = []
    rest: list[str] = []
    for word in re.finditer(r"\S+", added):
        first, last = (flat.get_charbox(len(text) + i, loose=True) for i in (word.start(), word.end() - 1))
        middle = (first[1] + first[3]) / 2
        line = [(i, box) for i, box in boxes if box[1] <= middle <= box[3]]
        before = max(((box[2], i) for i, box in line if box[2] <= first[0] + _OVERLAP), default=None)
        after = min(((box[0], i) for i, box in line if box[0] >= last[2] - _OVERLAP), default=None)
        if before and after and not text[before[1] + 1 : after[1]].strip(" "):
            inserts.append((before[1] + 1, first[0], word[0]))
        else:
            rest.append(word[0])
    for at, _, inserted in sorted(inserts, reverse=True):
        text = f"{text[:at]} {inserted}{'' if text[at] == ' ' else ' '}{text[at:]}"
    return text, (" ".join(rest),) if rest else ()


def _without_page_numbers(texts: list[str]) -> list[str]:
    """Return the pages, each ending in a line break, without the page number at head or foot."""
    result = []
    for number, text in enumerate(texts, 1):
        lines = text.split("\n")
        for end in (0, -1):
            if len(lines) > 1 and (match := _PAGE_NUMBER.fullmatch(lines[end])) and int(match[1]) == number:
                del lines[end]
        while lines and not lines[-1].strip():
            lines.pop()
        result.append("".join(f"{line}\n" for line in lines))
    return result


def _properties(pdf: pypdfium2.PdfDocument) -> list[tuple[str, str]]:
    found = pdf.get_metadata_dict(skip_empty=True)
    return [(key.lower(), modernize(found[key].strip())) for key in ("Title", "Author") if found.get(key, "").strip()]
