"""The subject of a document: the lines below its type, or behind "V/v"."""

from __future__ import annotations

import re
from typing import Final

from kg.documents.header.head import MOTTO, Head, Span, line_end
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["title_span"]

_STOPS: Final = re.compile(
    r"kinh\s+gui|can\s+cu\b|theo\s+de\s+nghi|xet\s|so\s?:|noi\s+nhan|dieu\s+\d|chuong\s+[ivx\d]+\b|phan\s+(?:thu\b|[ivx]+\b)"
    r"|[ivx]{1,4}\s?[.)/-]|[a-e]\s?[.)]\s|\d{1,2}\s?[.)]\s|[-+(“\[]|sau khi\b|ngay\s+\d"
    r"|thuc hien (?:cong van|van ban)"
)
_CITED: Final = re.compile(r"\d[\w.]{0,12}[/-]\S{0,38}[^\W\d_]\S{0,9}\Z")
"""A line of a title that ends with a document's number: its day opens the next line."""
_ORNAMENT: Final = re.compile(r"[\s*_#>|~`=.…-]*\Z")
_LEAD: Final = ' \t\f*_#>|:.“”"'
"""What may stand before a title on its line."""
_UNFINISHED: Final = late(
    r"(?:\b(?:tỉnh|huyện|xã|phường|bộ|số|sở|việc|năm|tháng|giai đoạn|ngày|đến|[uủ][yỷ] ban|hội nghị)|[,-])\Z"
)
_GOVERNING: Final = late(
    r"\b(?:của|và|về|tại|theo|các|những|do|là|với|cho|giữa|trong|từ|trên|thuộc|gồm|hoặc"
    r"|chủ tịch|[uủ][yỷ] viên|giám đốc|bộ trưởng|cục trưởng|thống đốc|thủ tướng|hiệp định)\Z"
)
"""A title doesn't end with such a word: an officer has a body, an agreement a name."""
"""In small letters with their accents: "chợ" is a market."""
_OPEN_CAPITALS: Final = (" của", " và", " về", " tại", " theo", " cho", " với", " do", " giữa", ",", "-")
_AUTHORITY_LINE: Final = late(
    r"(?:pho\s)?(?:chu tich|bo truong|giam doc|(?:tong )?cuc truong|truong ban|thong doc|chanh an|vien truong"
    r"|thu truong|uy ban nhan dan|hoi dong nhan dan|quoc hoi|chinh phu|thu tuong|uy ban thuong vu|ban thuong vu"
    r"|ban chap hanh|tong kiem toan|chanh van phong)\b"
)
_SENTENCE_START: Final = late(
    r"(?:Trong|Thực hiện|Căn cứ|Để|Nhằm|Triển khai|Sau khi|Ngày \d|Hiện|Thời gian|Tiếp|Tại|Qua|Vừa|Theo)\b"
)
_BODY_START: Final = late(r"(?:Sở|UBND|Ủy ban)\b")


def title_span(head: Head) -> Span | None:
    """Span of the subject: the lines below the type, or behind "V/v"."""
    if head.type is None:
        start = head.subject
        return _letter_title(head, start) if start >= 0 else None
    text = head.text
    first, last, blanks = -1, -1, 0
    upper = False
    at = head.type[1]
    while at < len(text):
        end = line_end(text, at)
        line = text[at:end]
        if _ORNAMENT.match(line) or not line.strip(_LEAD):
            blanks += 1
            if first >= 0 and (blanks > 2 or "|" in line):
                break
            at = end + 1
            continue
        start = at + len(line) - len(line.lstrip(_LEAD))
        plain = line.strip(" \t*_#>|")
        folded = fold(plain)
        if first < 0:
            if _STOPS.match(folded) or (plain.isupper() and _AUTHORITY_LINE.match(folded) and blanks + 1 > 1):
                break
            first, upper = start, plain.isupper()
        elif not _title_goes_on(text[first:last], plain, folded, upper, blanks):
            break
        last, blanks = at + len(line.rstrip(" \t*_|#")), 0
        if last - first > 700:
            break
        at = end + 1
    return (first, last) if 0 <= first < last else None


def _title_goes_on(so_far: str, plain: str, folded: str, upper: bool, blanks: int) -> bool:
    if folded.startswith("ngay ") and _CITED.search(so_far.rstrip(" *_")):
        return True
    if _STOPS.match(folded) or MOTTO.match(folded):
        return False
    before = so_far.lower().rstrip(" *_")
    if plain.isupper():
        return upper and (before.endswith(_OPEN_CAPITALS) or not _AUTHORITY_LINE.match(folded))
    if plain[0].islower():
        return True
    if so_far.rstrip().endswith((".", ":", ";")) or _SENTENCE_START.match(plain):
        return False
    if upper:
        # "BIÊN BẢN / KIỂM TRA THỰC TẾ / Phục vụ cấp Giấy phép …"
        short = len(so_far) < 60 and blanks == 0 and len(plain) < 200
        return short and plain[-1] not in ".;:," and not _BODY_START.match(plain)
    if _GOVERNING.search(before):
        return True
    if _BODY_START.match(plain):
        return False
    if _UNFINISHED.search(before):
        return len(plain) < 140
    return blanks == 0 and len(plain) < 100 and plain[-1] not in ".;:,"


def _letter_title(head: Head, start: int) -> Span | None:
    text, folded = head.text, head.folded
    stops = [head.address]
    if head.date and head.date.start() >= start:
        # The place is on the line of the date: what stands above it still belongs to the subject.
        placed = head.date.end("place") if "place" in head.date.groupdict() else head.date.start()
        stops.append(max(head.date.start(), text.rfind("\n", start, placed)))
    motto = MOTTO.search(folded, start)
    if motto:
        stops.append(motto.start())
    gap = re.compile(r"\n[ \t]*\n|\||\t").search(text, start)
    if gap:
        stops.append(gap.start())
    end = min(*stops, start + 500)
    end = start + len(text[start:end].rstrip(" \t\n*_|-–"))
    return (start, end) if end > start else None
