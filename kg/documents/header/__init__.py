"""Who wrote a document, of what type, under which number, when, and for which place and period.

Decree 30/2020/NĐ-CP (Appendix I, part II) lays the head of a document out in two columns: the
issuing body below the one above it, number and symbol; the national motto, place and date; then
type and subject, or for an official letter only "V/v …" below the number.  The Party's rules
(Guidance 36-HD/VPTW) are alike, with its own motto.  Loaders merge the columns, OCR bends the
letters, drafts have no head at all.

``head`` finds the parts, ``quoted`` tells a number that is only cited there, ``letterhead`` reads the
bodies, ``joint`` those of a joint document; where it is silent, ``speaker`` asks the authority line above
the preamble, the symbol and what the text calls itself.  ``title`` and ``period`` read the subject,
``closing`` what stands below the last article, ``frame`` what a web page says around a document.

>>> head = read_header('''UBND TỈNH TRÀ VINH  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
... SỞ CÔNG THƯƠNG  Độc lập - Tự do - Hạnh phúc
... Số:      /BC-SCT   Trà Vinh, ngày 05 tháng 4 năm 2023
... BÁO CÁO
... Tình hình tháng 3, lũy kế Quí I/2023 và Chương trình công tác Quí II/2023
... Sở Công Thương báo cáo như sau:''')
>>> head.type, head.issuer, head.number, head.date, head.period
('Báo cáo', 'Sở Công Thương tỉnh Trà Vinh', None, '2023-04-05', '2023-Q1')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.documents.header.closing import closed
from kg.documents.header.frame import beginning, captioned, filled, labelled
from kg.documents.header.head import Head, Span, find, iso_date, plain
from kg.documents.header.joint import joint
from kg.documents.header.letterhead import date_place, from_letterhead, groups, is_central
from kg.documents.header.period import header_period
from kg.documents.header.speaker import authority, below_letterhead, of_symbol, speaker, spoken, voted_province
from kg.documents.header.title import title_span
from kg.entities import bodies, symbols
from kg.model import Header
from kg.ontology.tables import doc_types
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["OwnSpans", "own_spans", "read", "read_header"]

_VOTERS: Final = 200_000
"""Where the head is silent, so many tell who speaks."""
_NAME_PARTS: Final = late(
    r"(?<![^\W_])(\d{1,5})[-_ ](?:((?:19|20)\d\d)[-_ ])?([^\W\d_]{2,5})[-_ ]([^\W\d_]{2,10}\d{0,2})(?![^\W_])"
)


@dataclass(frozen=True, slots=True)
class OwnSpans:
    """Where a document names itself, which is no citation; None where it does not.

    ``number`` is the number of the letterhead with its "số", ``type`` the type line and ``title``
    the subject below it.  Other documents that the title names are cited there, but the name of a
    law after its type line ("LUẬT" / "ĐIỆN LỰC") is its own.
    """

    number: Span | None
    type: Span | None
    title: Span | None


def read(text: str, folded: str, name: str | None = None) -> tuple[Header, OwnSpans]:
    """What `read_header` and `own_spans` tell of a normalized text; ``folded`` is ``fold(text)``."""
    head = find(text, folded, beginning(text, folded))
    frame = labelled(text, folded)
    found = _read(head, text, folded, name)
    whole = closed(filled(found, frame) if frame else found, text, folded)
    return captioned(whole, text, bool(frame)), _own_spans(head)


def read_header(text: str, name: str | None = None) -> Header:
    """Header of a normalized text; ``name`` is its file name, used only where the text is silent.

    Every field is None where the text does not tell it, as a number left blank; a date whose day is
    left blank is the month that is written.  ``province`` is the short name of the province that a
    local body belongs to.
    """
    return read(text, fold(text), name)[0]


def own_spans(text: str) -> OwnSpans:
    """Where a normalized text names itself in its head.

    >>> t = "Số: 12/BC-SCT\\nBÁO CÁO\\nKết quả thực hiện Nghị định số 60/2024/NĐ-CP\\nSở báo cáo."
    >>> found = own_spans(t)
    >>> t[slice(*found.number)], t[slice(*found.title)]
    ('Số: 12/BC-SCT', 'Kết quả thực hiện Nghị định số 60/2024/NĐ-CP')
    """
    folded = fold(text)
    return _own_spans(find(text, folded, beginning(text, folded)))


def _own_spans(head: Head) -> OwnSpans:
    shifted = [
        (s[0] + head.offset, s[1] + head.offset) if s else None for s in (head.number, head.type, title_span(head))
    ]
    return OwnSpans(*shifted)


def _read(head: Head, text: str, whole: str, name: str | None) -> Header:
    title = title_span(head)
    kind = head.type_name or _type_of_symbol(head)
    place = date_place(head)
    lines = groups(head)
    issuer, province, central = from_letterhead(lines, None)
    if issuer and not central and province is None:
        issuer, province, central = from_letterhead(lines, place)
    after = head.offset + (head.type[1] if head.type else 0 if head.silent else head.end)
    if issuer and lines and (below := below_letterhead(head, issuer, province or place)):
        issuer, central = below, is_central(below)
    if issuer is None:
        issuer = authority(head, title[1] if title else after - head.offset, place)
    if issuer is None:
        issuer = next((t.issuer for t in doc_types() if t.name == kind), None)
    central = central or is_central(issuer)
    if not central:
        province = province or bodies.province_of(issuer) or place
        if province is None or issuer is None:
            folded = whole[:_VOTERS]
            province = province or voted_province(text, folded)
            where = spoken(folded, after)
            issuer = issuer or of_symbol(head, province)
            issuer = issuer or speaker(text[:_VOTERS], folded, where, province, addressing=head.silent)
            central = is_central(issuer)
        if issuer and province and not central:
            full = bodies.canonical(issuer, province)
            # A body that no table lists has its whole name from the letterhead.
            issuer = bodies.of_place(full if full and full.startswith(issuer) else issuer, province)
    if several := joint(head, lines, kind, province):
        issuer, central = "; ".join(several), all(map(is_central, several))
        province = next(filter(None, map(bodies.province_of, several)), province)
    subject = plain(head.text[slice(*title)]) if title else None
    number = head.symbol.number if head.symbol and not head.blank else None
    if number is None and not head.blank and name:
        number = _number_of_name(name, kind)
    return Header(
        type=kind,
        issuer=issuer,
        province=None if central else province,
        number=number,
        date=iso_date(head),
        period=header_period(kind, subject, head.text[title[1] if title else 0 :]),
        title=subject,
    )


def _type_of_symbol(head: Head) -> str | None:
    if head.symbol is not None and head.symbol.type_abbr:
        kinds = symbols.types().get(head.symbol.type_abbr)
        if kinds:
            return kinds[0].name
    addressed = head.folded.lstrip(" \t\n*_|#").startswith("kinh gui")  # a letter whose head is lost
    if head.subject >= 0 or addressed or (head.symbol is not None and head.symbol.style is symbols.Style.LETTER):
        return "Công văn"
    return None


def _number_of_name(name: str, kind: str | None) -> str | None:
    """Number in a file name ("84-2017-nq-hđnd.md") whose letters agree with the type of the document."""
    match = _NAME_PARTS.search(name)
    if not match:
        return None
    serial, year, letters, body = match.groups()
    found = symbols.find(f"{serial}/{year + '/' if year else ''}{letters.upper()}-{body.upper()}")
    if found is None or found.type_abbr is None or not found.bodies:
        return None
    kinds = symbols.types().get(found.type_abbr, ())
    return found.number if any(t.name == kind for t in kinds) else None
