"""Who wrote a document, of what type, under which number, when, and for which place and period.

Decree 30/2020/NĐ-CP (Appendix I, part II) lays the head of a document out in two columns: the
issuing body below the one above it, number and symbol; the national motto, place and date; then
type and subject, or for an official letter only "V/v …" below the number.  The Party's rules
(Guidance 36-HD/VPTW) are alike, with its own motto.  Loaders merge the columns, OCR bends the
letters, drafts have no head at all: then the symbol, the authority line above the preamble and
what the text calls itself decide.

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

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg.entities import bodies, dates, symbols, teams
from kg.model import Header
from kg.ontology.tables import bodies as body_table
from kg.ontology.tables import doc_types
from kg.text.normalization import fold

__all__ = ["OwnSpans", "own_spans", "read", "read_header"]

Span = tuple[int, int]

_ZONE = 8000
"""The head of a document ends within so many characters."""
_FRAME = 30_000
"""The frame of a web page ends within so many."""
_VOTERS = 200_000
"""Where the head is silent, so many tell who speaks."""


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


# --- the parts of the letterhead, in folded text -------------------------------------------

_MOTTO = re.compile(
    r"cong\s+ho\w{1,2}\s+xa\s+ho\w\s+chu\s+(?:nghia|ngha)\s+viet(?:\s+nam)?|doc\s+lap\s*-{0,3}\s*tu\s+do\s*-{0,3}\s*"
    r"(?:hanh\s+phuc)?|dang\s+cong\s+san\s+viet\s+nam"
)
_DATE = re.compile(
    r"(?P<place>[a-z][a-z. \t-]{1,30}?(?:\n[a-z. \t]{1,20}?)?)\s*,\s{0,4}[*_]{0,3}(?:ngay|nga\w)"
    r"(?P<day>[\s*_.…]{0,40}(?:[^\s\d,;]{0,2}\d{0,2}[^\s\d,;]{0,2}))"
    r"[\s*_.…]{0,40}thang(?P<month>[\s*_.…]{0,40}[\doil]{0,2})[\s*_.…]{0,40}nam(?P<year>[\s*_.…]{0,8}(?:\d{4})?)"
)
_BLANKS = re.compile(r"[\s*_.…]+")
_SCANNED_DIGITS = str.maketrans("oil", "011")
_COMMA = re.compile(r",\s{0,4}[*_]{0,3}nga")
_PLACE_LENGTH = 60
"""More code points than a place has before its comma."""
_BARE_DATE = re.compile(
    r"(?m)^[\s*_|]{0,9}ngay\s{0,3}(?P<day>\d{1,2})\s{0,3}thang\s{0,3}(?P<month>\d{1,2})\s{0,3}nam\s{0,3}(?P<year>\d{4})"
    r"[\s*_|]{0,9}$"
)
_NUMBER = re.compile(
    r"(?:(?<=[\n|\t])|^|(?<=[\s_]\s)|(?<=[-_])|(?<![a-z,;]\s)(?<![a-z])(?=so\s{0,2}:))[ *_>]{0,40}"
    r"(?:(?:luat|bo luat|nghi quyet|phap lenh|lenh|nghi dinh|quyet dinh|thong tu|van ban hop nhat)\s{1,3})?"
    r"so\b[*_]{0,3}\s{0,3}(?P<colon>[:.;]?)[*_]{0,3}\s{0,12}"
)
# "ĐOÀN KIỂM TRA" / "THEO QUYẾT ĐỊNH SỐ …": a team has its decision in the letterhead.
_SET_UP_BY = re.compile(r"theo\s{1,4}(?:qd|quyet\s{1,4}dinh)\s{0,20}\Z")
_BLANK_NUMBER = re.compile(r"[\s._…*-]{0,60}(?=[/-]\s{0,3}[A-ZĐ])")
_SPACED_SERIAL = re.compile(r"(\d{1,6})[ _.…*]{1,20}(?=/)")
_SYMBOL_END = re.compile(r"[/-]\s{0,3}[^\s|]{2,30}")
_SUBJECT = re.compile(r"v(?<![a-z].)\s?/\s?v(?![a-z])")
_ADDRESSED = re.compile(r"kinh\s+gui\b")
_BEFORE_ADDRESS = re.compile(r"(?m)(?:^|[|\t])[ \t*_]{0,30}\Z")
_OPENING = re.compile(
    r"(?m)^[ \t*_>-]{0,6}(?:can\s+cu|xet\s+(?:de\s+nghi|to\s+trinh)|theo\s+de\s+nghi"
    r"|thuc\s+hien\s+(?:cong\s+van|van\s+ban)|dieu\s+1\b|chuong\s+i\b|noi\s+nhan)"
)
_FURNITURE = re.compile(
    r"van ban quy pham phap luat|van ban phap luat khac|cong bao|du thao|phien ban|mau so|hoa toc|khan\b|mat\b|ban sao"
    r"|ky boi|nguoi ky|thoi gian ky|co quan:|email|chuyen den|luu tru"
)
# The line break in first place makes the search hop from line to line.
_LABEL = re.compile(
    r"\n[ \t*_#|>]{0,20}(?:(?P<number>so (?:ky )?hieu)|(?P<type>loai van ban)|(?P<issuer>(?:noi|co quan) ban hanh)"
    r"|(?P<date>ngay ban hanh))[ \t*_]{0,6}:?"
)
_VALUE = re.compile(r"[\s*_|:]{0,20}([^\n|*]{2,120})")
_CONTROL = re.compile(r"[*_#>|~`]+")


@cache
def _type_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """Type lines in folded text, and the type that each folded name stands for."""
    names = {
        fold(t.name): t.name for t in doc_types() if t.category != "treaty" and t.name not in ("Văn bản", "Công bố")
    }
    for t in doc_types():
        # "Thông báo kết luận" is a type line "THÔNG BÁO" whose subject begins with "Kết luận".
        names |= {fold(a): t.name for a in t.aliases if not a.startswith(t.name) and fold(a) not in names}
    choice = "|".join(r"\s{1,4}".join(map(re.escape, n.split())) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?m)(?:^|[|\t])[ \t*_#>.\x22“]{{0,60}}(?P<type>{choice})(?![a-z0-9]|\s+chung\b)"), names


@cache
def _central_names() -> frozenset[str]:
    return frozenset(b.name for b in body_table() if b.level in ("central", "enterprise"))


_NATIONAL = re.compile(r"\b(?:quoc gia|trung uong|chinh phu|viet nam)\b")


def _is_central(name: str | None) -> bool:
    return name is not None and (name in _central_names() or bool(_NATIONAL.search(fold(name))))


@dataclass(slots=True)
class _Head:
    """The head of one document: its zone, the zone folded, and the spans found in it."""

    offset: int
    """Where the zone begins: web pages put their own frame before the document."""
    text: str
    folded: str
    type: Span | None
    type_name: str | None
    number: Span | None
    symbol: symbols.Symbol | None
    blank: bool
    """Whether the number was left blank."""
    date: re.Match[str] | None
    subject: int
    """Offset of "V/v", or -1."""
    address: int
    """Offset of "Kính gửi", or the end of the zone."""
    end: int
    """Where the letterhead ends: at the type line, the subject or the first sentence."""


def _head(text: str, whole: str) -> _Head:
    offset = _start(text, whole)
    zone, folded = text[offset : offset + _ZONE], whole[offset : offset + _ZONE]
    address = _address(folded)
    found_type, name = _find_type(zone, folded, address)
    subject_match = _SUBJECT.search(folded, 0, address)
    subject = subject_match.start() if subject_match else -1
    opening = _OPENING.search(folded)
    limit = opening.start() if opening else len(zone)
    top = found_type[0] if found_type else min(address, limit)
    # The number may follow the type line ("PHƯƠNG ÁN" / "Số: 01/PA"), the date the subject.
    number, symbol, blank = _find_number(zone, folded, min(address, limit), found_type[1] if found_type else None)
    before = min(address, limit)
    date = _date(folded, before) or _BARE_DATE.search(folded, 0, before)
    if symbol is not None and symbol.type_abbr == "VBHN":
        name = "Văn bản hợp nhất"
    end = min(top, subject) if subject >= 0 else top
    return _Head(offset, zone, folded, found_type, name, number, symbol, blank, date, subject, address, end)


def _address(folded: str) -> int:
    """Offset of "Kính gửi" at the head of a line or a cell, or the end."""
    for match in _ADDRESSED.finditer(folded):
        if before := _BEFORE_ADDRESS.search(folded, max(0, match.start() - 31), match.start()):
            return before.start()
    return len(folded)


def _date(folded: str, end: int) -> re.Match[str] | None:
    """The first date with its place, read around the comma between them."""
    for comma in _COMMA.finditer(folded, 0, end):
        low = len(folded[: comma.start()].rstrip()) - _PLACE_LENGTH
        match = _DATE.search(folded, max(0, low), min(end, comma.end() + 200))
        if match and match.start() < comma.start():
            return match
    return None


def _start(text: str, folded: str) -> int:
    """Offset of the letterhead: a few lines before the first motto, where a page frame stands above it."""
    motto = _MOTTO.search(folded, 0, _FRAME)
    if motto is None or motto.start() < _ZONE // 4 or not _LABEL.search("\n" + folded[: motto.start()]):
        return 0
    at = motto.start()
    for _ in range(8):
        at = max(0, text.rfind("\n", 0, at))
    return at


def _labelled(text: str, folded: str) -> dict[str, str]:
    """What the frame of a legal web page says: number, type, issuing body, date."""
    found: dict[str, str] = {}
    for match in _LABEL.finditer("\n" + folded[:_FRAME]):
        key = next(k for k, v in match.groupdict().items() if v)
        value = _VALUE.match(text, match.end() - 1)
        if value and key not in found:
            found[key] = " ".join(value[1].split())
    return found if len(found) > 1 else {}


def _find_type(zone: str, folded: str, address: int) -> tuple[Span | None, str | None]:
    pattern, names = _type_pattern()
    for match in pattern.finditer(folded):
        start, end = match.span("type")
        if start > address:
            break
        written = zone[start:end]
        rest = zone[end : _line_end(zone, end)].strip(" \t*_|:.")
        alone = not rest
        if written.isupper() and (alone or rest.isupper() or not rest[0].isalpha() or fold(rest[:3]) in ("ve ", "v/v")):
            return (start, end), names[" ".join(match["type"].split())]
        if alone and written[0].isupper() and folded[match.start() : start].strip("\n") == "" and start < 1500:
            return (start, end), names[" ".join(match["type"].split())]
    return None, None


def _line_end(text: str, pos: int) -> int:
    end = text.find("\n", pos)
    return len(text) if end < 0 else end


def _find_number(
    zone: str, folded: str, limit: int, below: int | None
) -> tuple[Span | None, symbols.Symbol | None, bool]:
    """Span of the document's own number, its reading, and whether it was left blank."""
    for match in _NUMBER.finditer(folded, 0, limit):
        # Below the type line only a line of its own can be the number.
        if below is not None and match.start() > below and (match.start() > below + 200 or not match["colon"]):
            break
        # A wrapped line of running text: "… Nghị định số 83/2014/NĐ-CP và" / "số 80/2023/NĐ-CP".
        if not match["colon"] and zone[match.start() : match.end()].lstrip(" *_>").startswith("số"):
            continue
        if _SET_UP_BY.search(folded, max(0, match.start() - 40), match.start()):
            continue
        at = match.end()
        spaced = _SPACED_SERIAL.match(zone, at)
        if found := symbols.find(zone, at):
            return (match.start(), found.end), found, False
        if spaced and (found := symbols.find(spaced[1] + zone[spaced.end() : spaced.end() + 60])):
            return (match.start(), spaced.end() + found.end - len(spaced[1])), found, False
        blank = _BLANK_NUMBER.match(zone, at)
        if blank and match["colon"]:
            letters = _SYMBOL_END.match(zone, blank.end())
            if letters:
                return (match.start(), letters.end()), symbols.find("1" + letters[0]), True
    return None, None, False


# --- letterhead ------------------------------------------------------------------------------


def _cells(head: _Head, end: int) -> Iterator[str]:
    """What is written in the letterhead, without motto, number, date and ornaments, line by line."""
    chars = list(head.text[:end])
    spans = [m.span() for m in _MOTTO.finditer(head.folded, 0, end)]
    if head.number:
        spans.append(head.number)
    if head.date:
        spans.append(head.date.span())
    for a, b in spans:
        chars[a:b] = ["\n" if c == "\n" else "|" for c in chars[a:b]]
    for cell in re.split(r"[\n|\t]+", "".join(chars)):
        plain = " ".join(_CONTROL.sub(" ", cell).split()).strip(" -–.:,;")
        if len(plain) > 1 and not _FURNITURE.search(fold(plain)):
            yield plain


_OWN_HEAD = re.compile(
    r"(?:uy ban|ubnd|hoi dong|hdnd|so |bo |cuc |chi cuc|tong cuc|van phong|thanh tra|ban |chinh phu|thu tuong"
    r"|quoc hoi|chu tich|tinh uy|thanh uy|huyen uy|dang uy|dang bo|toa an|vien |trung tam|phong |cong an|kiem toan"
    r"|ngan hang|lien |vu |doan |bao hiem|kho bac|truong |to |mat tran|tong |bo truong|hoi )"
)
_ABOVE = frozenset(("ministry", "ministry-level agency", "people's committee"))
_PREFIX = re.compile(r"(?i)^(?:văn bản hợp nhất|văn bản)\s*-?\s*")


def _letterhead(head: _Head) -> list[str]:
    """The bodies of the letterhead from the highest to the one that issues, as written."""
    groups: list[str] = []
    fragment = ""
    for cell in _cells(head, head.end):
        cell = _PREFIX.sub("", fragment + cell)
        fragment = ""
        letters = [c for c in cell if c.isalpha()]
        if len(letters) < 2 or sum(c.isupper() for c in letters) < 0.7 * len(letters):
            continue
        if _OWN_HEAD.match(fold(cell) + " ") and not (groups and _joins(groups[-1])):
            groups += _of_one_line(cell)
        elif groups and len(groups[-1]) + len(cell) < 140:
            groups[-1] += " " + cell
        elif not groups and " " not in cell:
            # "VĂN" / "PHÒNG CHÍNH PHỦ"
            fragment = cell + " "
    return groups[:4]


def _of_one_line(cell: str) -> list[str]:
    """A body and the one below it, where a table has put them on one line: ``BỘ TÀI CHÍNH TỔNG CỤC THUẾ``."""
    folded = fold(cell)
    above = bodies.parse(cell.title(), folded, 0)
    if above is None or above.body is None or above.body.kind not in _ABOVE or not cell[above.end :].strip():
        return [cell]
    rest = cell[above.end :].strip()
    return [cell[: above.end], rest] if _OWN_HEAD.match(fold(rest) + " ") else [cell]


def _joins(group: str) -> bool:
    """Tell whether a line of the letterhead needs the next one: "BỘ NÔNG NGHIỆP VÀ"."""
    return fold(group).endswith((" va", " -", " cua", ","))


def _body(name: str, province: str | None) -> str | None:
    if name.isupper() and (folded := fold(name)).startswith("uy ban nhan dan") and folded.count(" ") == 3:
        return bodies.canonical("UBND tỉnh", province) if province else "Ủy ban nhân dân"
    return bodies.canonical(name, province)


def _from_letterhead(head: _Head, province: str | None) -> tuple[str | None, str | None, bool]:
    """Issuer, its province, and whether the bodies are central ones."""
    groups = _letterhead(head)
    issuer = None
    central = False
    for above, group in pairwise(["", *groups]):
        if issuer and (team := teams.name_at(group, 0)):
            return teams.of_body(team[0], issuer), province, central
        # An office alone is that of the body above it.
        name = _body(f"{group} {above}" if fold(group) == "van phong" else group, province)
        if not name:
            continue
        issuer = name
        province = bodies.province_of(name) or province
        central = central or _is_central(name)
    return issuer, province, central


def _date_place(head: _Head) -> str | None:
    """Province that stands before the date; the seat of a central body is dropped by the caller."""
    if head.date is None or "place" not in head.date.groupdict():
        return None
    # Merged columns put the number's symbol on the same line: the last words are the place.
    words = head.date["place"].strip(" -*_").split()
    for k in range(len(words)):
        place = " ".join(words[k:])
        found = bodies.province_at(place, 0)
        if found and found[1] == len(place):
            return found[0]
    return None


# --- without a letterhead ----------------------------------------------------------------------

_UNIT = r"(?:tinh(?:\s{1,3}uy)?|thanh\s{1,3}pho|tp\.?)\s{1,3}(?=[a-z])"
_UNITS = re.compile(_UNIT)
_PLACED = re.compile(
    r"(?P<body>(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|so [a-z ]{3,40}?|tinh uy,?)\s{1,3})?"
    rf"(?P<area>(?:dia ban|toan)\s{{1,3}})?{_UNIT}"
)
_UNIT_WORD = re.compile("t(?:inh|hanh|p)")
_PLACED_REACH = 64
"""Code points that body and area take at most."""
_OTHERS = re.compile(r"(?:cac|nhieu|mot so|voi|tai|[0-9]{1,2})\s{1,3}(?:\w{1,8}\s{1,3})?\Z")


def _voted_province(text: str, folded: str) -> str | None:
    """The province that a text names most plausibly as its own: beside its bodies, then as its area."""
    votes: Counter[str] = Counter()
    done = 0
    for word in _UNIT_WORD.finditer(folded):
        place = word.start()
        unit = _UNITS.match(folded, place) if place >= done else None
        if unit is None:
            continue
        low, done = max(done, place - _PLACED_REACH), unit.end()
        if not bodies.province_at(folded, done) and not folded.startswith("tinh uy", place):
            continue
        match = _PLACED.search(folded, low, min(len(folded), place + 100))
        if match is None or match.start() > place:
            continue
        done = match.end()
        found = bodies.province_at(folded, done)
        if not found or not text[done].isupper():
            continue
        if match["body"]:
            votes[found[0]] += 4
        elif match["area"]:
            votes[found[0]] += 3
        elif not _OTHERS.search(folded, max(0, match.start() - 14), match.start()):
            votes[found[0]] += 1
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


_SPEAKER = re.compile(
    r"(?<!\w)(?:so|ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|bo|cuc|chi cuc|ban|van phong|thanh tra)(?!\w)"
)
_GOVERNED = re.compile(r"(?:cua|va|voi|theo|do|cho|gui|den|tai|boi|trinh|bao cao|de nghi|tham muu|;|:|-)\s{1,3}\Z")
_SPEAKS = re.compile(
    r"\s{1,3}(?:(?:kinh|tran trong|xin)\s{1,3})?(?:bao cao|thong bao|ban hanh|xay dung|ket luan|trinh|de nghi|de ra"
    r"|tong hop|co y kien|yeu cau|nhan duoc|da|tap trung|tich cuc|tiep tuc|trien khai|quyet dinh)\b"
)
_STRONG = ("bao", "thong", "ban", "ket", "trinh", "kinh", "tran", "de ra")
_OF = re.compile(r"(?:ket luan cua|bao cao cua|thong bao cua)\s(?:dong chi\s)?(?:[a-z ]{0,24}\s)?\Z")


def _speaker(text: str, folded: str, spans: tuple[Span, ...], province: str | None) -> str | None:
    """The body that says "Sở Công Thương báo cáo …" in the opening or the conclusion."""
    votes: Counter[str] = Counter()
    for start, end in spans:
        for match in _SPEAKER.finditer(folded, start, end):
            if not text[match.start()].isupper() or _GOVERNED.search(folded, max(0, match.start() - 12), match.start()):
                continue
            found = bodies.parse(text, folded, match.start(), province)
            if not found or "cấp" in found.name or "các " in found.name:
                continue
            speaks = _SPEAKS.match(folded, found.end)
            if speaks:
                votes[found.name] += 3 if speaks[0].strip().startswith(_STRONG) else 1
            elif _OF.search(folded, max(0, match.start() - 48), match.start()):
                votes[found.name] += 3
    # A local report names the ministry as often as itself.
    local = {name: count for name, count in votes.items() if not _is_central(name)}
    return max(local or votes, key=lambda name: votes[name]) if votes else None


_CONCLUSION = re.compile(r"tren day la[^\n]{0,40}")


def _authority(head: _Head, start: int, province: str | None) -> str | None:
    """The body of the authority line that stands in capitals between title and preamble."""
    for line in head.text[start : start + 2500].split("\n")[:40]:
        plain = " ".join(_CONTROL.sub(" ", line).split())
        folded = fold(plain)
        if not plain.isupper() or len(plain) > 90:
            if folded.startswith(("can cu", "xet ", "thuc hien")):
                return None
            continue
        if _OWN_HEAD.match(folded + " ") and (name := _body(plain, province)):
            return name
    return None


# --- title and period ----------------------------------------------------------------------------

_STOPS = re.compile(
    r"kinh\s+gui|can\s+cu\b|theo\s+de\s+nghi|xet\s|so\s?:|noi\s+nhan|dieu\s+\d|chuong\s+[ivx\d]+\b|phan\s+(?:thu\b|[ivx]+\b)"
    r"|[ivx]{1,4}\s?[.)/-]|[a-e]\s?[.)]\s|\d{1,2}\s?[.)]\s|[-+(“\[]|sau khi\b|ngay\s+\d"
    r"|thuc hien (?:cong van|van ban)"
)
_ORNAMENT = re.compile(r"[\s*_#>|~`=.…-]*\Z")
_LEAD = ' \t\f*_#>|:.“”"'
"""What may stand before a title on its line."""
_UNFINISHED = re.compile(
    r"(?:\b(?:cua|va|ve|tai|theo|cac|nhung|do|la|voi|cho|trong|tu|den|tren|thuoc|gom|hoac|tinh|huyen|xa|phuong|bo|so|viec"
    r"|nam|thang|giai doan|ngay|uy ban|hoi nghi)|[,-])\Z"
)
_GOVERNING = (" cua", " va", " ve", " tai", " theo", " cho", " voi", " do", " giua", ",", "-")
_AUTHORITY_LINE = re.compile(
    r"(?:pho\s)?(?:chu tich|bo truong|giam doc|cuc truong|tong cuc truong|thong doc|chanh an|vien truong|thu truong"
    r"|uy ban nhan dan|hoi dong nhan dan|quoc hoi|chinh phu|thu tuong|uy ban thuong vu|ban thuong vu|ban chap hanh"
    r"|tong kiem toan|chanh van phong)\b"
)
_SENTENCE_START = re.compile(
    r"(?:Trong|Thực hiện|Căn cứ|Để|Nhằm|Triển khai|Sau khi|Ngày \d|Hiện|Thời gian|Tiếp|Tại|Qua|Vừa|Sở|UBND|Ủy ban"
    r"|Theo)\b"
)


def _title(head: _Head) -> Span | None:
    """Span of the subject: the lines below the type, or behind "V/v"."""
    if head.type is None:
        start = head.subject
        return _letter_title(head, start) if start >= 0 else None
    text = head.text
    first, last, blanks = -1, -1, 0
    upper = False
    at = head.type[1]
    while at < len(text):
        end = _line_end(text, at)
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
    if _STOPS.match(folded) or _MOTTO.match(folded):
        return False
    open_ended = bool(_UNFINISHED.search(fold(so_far).rstrip(" *_")))
    if plain.isupper():
        governed = fold(so_far).rstrip(" *_").endswith(_GOVERNING)
        return upper and (governed or not _AUTHORITY_LINE.match(folded))
    if plain[0].islower():
        return True
    if so_far.rstrip().endswith((".", ":", ";")):
        return False
    if upper:
        # "BIÊN BẢN / KIỂM TRA THỰC TẾ / Phục vụ cấp Giấy phép …"
        short = len(so_far) < 60 and blanks == 0 and len(plain) < 200
        return short and plain[-1] not in ".;:," and not _SENTENCE_START.match(plain)
    if open_ended:
        return len(plain) < 140 and not _SENTENCE_START.match(plain)
    return blanks == 0 and len(plain) < 100 and plain[-1] not in ".;:," and not _SENTENCE_START.match(plain)


def _letter_title(head: _Head, start: int) -> Span | None:
    text, folded = head.text, head.folded
    stops = [head.address]
    if head.date and head.date.start() >= start:
        # The place is on the line of the date: what stands above it still belongs to the subject.
        placed = head.date.end("place") if "place" in head.date.groupdict() else head.date.start()
        stops.append(max(head.date.start(), text.rfind("\n", start, placed)))
    motto = _MOTTO.search(folded, start)
    if motto:
        stops.append(motto.start())
    gap = re.compile(r"\n[ \t]*\n|\||\t").search(text, start)
    if gap:
        stops.append(gap.start())
    end = min(*stops, start + 500)
    end = start + len(text[start:end].rstrip(" \t\n*_|-–"))
    return (start, end) if end > start else None


_PLAN = re.compile(
    r"(?:,|;|\bva|\bcung|\s-)\s{1,3}(?:(?:mot so|cac|nhung|xay dung|trien khai|de ra|du kien)\s{1,3}){0,2}"
    r"(?:phuong huong|nhiem vu|ke hoach|chuong trinh|giai phap|dinh huong|muc tieu)\b"
)
_YEAR = r"(?:19|20)\d\d"
_NUMBERS = {"ba": 3, "sau": 6, "chin": 9, "muoi": 10, "muoi mot": 11}
_PERIODS = re.compile(
    rf"""
      (?P<months>\d{{1,2}}|ba|sau|chin|muoi(?:\smot)?)\s+thang\s+(?P<side>dau|cuoi)?(?:\s*cua)?\s*nam(?:\s+(?P<y1>{_YEAR}))?
    | \bqu[yi]\s+(?P<quarter>i{{1,3}}v?|iv|[1-4])\b\s*(?:[/,.-]|nam)?\s*(?P<y2>{_YEAR})?
    | (?P<day>ngay\s+\d{{1,2}}\s+)?\bthang\s+(?P<month>\d{{1,2}})\b\s*(?:[/.-]|nam)?\s*(?P<y3>{_YEAR})?
    | (?P<bound>(?:den|giai\sdoan|tam\snhin|(?<!dien\s)tu|truoc|sau|het|tiep\stheo)\s+)?
      (?:het\s+)?\bnam\s+(?P<year>{_YEAR})
      (?P<span>\s*-\s*{_YEAR})?
    """,
    re.VERBOSE,
)
_LAST_MONTH = 12


def _period(title: str, part: str | None = None) -> str | None:
    """The period that a title reports on, as ISO 8601 has it for years and months, with H, Q and M for parts.

    The longest period of what is reported counts, not that of the plan named after it.

    >>> _period("so ket 9 thang dau nam va mot so nhiem vu 3 thang cuoi nam 2020")
    '2020-M9'
    """
    cut = _PLAN.search(title)
    reported = title[: cut.start()] if part is None and cut else title
    found: list[tuple[int, str, str | None]] = []
    for match in _PERIODS.finditer(reported):
        rest = re.search(_YEAR, title[match.end() :])
        year = match["y1"] or match["y2"] or match["y3"] or match["year"] or (rest[0] if rest else None)
        if match["months"]:
            count = _NUMBERS.get(match["months"]) or (int(match["months"]) if match["months"].isdigit() else 0)
            late = match["side"] == "cuoi"
            if count == 6:
                found.append((6, "-H2" if late else "-H1", year))
            elif count == 3:
                found.append((3, "-Q4" if late else "-Q1", year))
            elif 1 < count < _LAST_MONTH and not late:
                found.append((count, f"-M{count}", year))
        elif match["quarter"]:
            if number := dates.quarter(match["quarter"]):
                found.append((3, f"-Q{number}", year))
        elif match["month"]:
            if not match["day"] and 1 <= int(match["month"]) <= _LAST_MONTH:
                found.append((1, f"-{int(match['month']):02}", year))
        elif not match["bound"] and not match["span"]:
            found.append((_LAST_MONTH, "", year))
    found = [f for f in found if f[2]]
    if not found:
        return _period(title, "whole") if cut and part is None else None
    _, suffix, year = max(found, key=lambda f: f[0])
    return f"{year}{suffix}"


_PERIODIC = frozenset(
    ("Báo cáo", "Kế hoạch", "Kế hoạch hành động", "Chương trình", "Chương trình hành động", "Thông báo", "Kết luận")
)


# --- what the rest of the program calls -----------------------------------------------------------


def read(text: str, folded: str, name: str | None = None) -> tuple[Header, OwnSpans]:
    """What `read_header` and `own_spans` tell of a normalized text; ``folded`` is ``fold(text)``."""
    head = _head(text, folded)
    frame = _labelled(text, folded)
    found = _read(head, text, folded, name)
    return (_of_frame(found, frame) if frame else found), _own_spans(head)


def read_header(text: str, name: str | None = None) -> Header:
    """Header of a normalized text; ``name`` is its file name, used only where the text is silent.

    Every field is None where the text does not tell it, as a number left blank; a date whose day is
    left blank is the month that is written.  ``province`` is the short name of the province that a
    local body belongs to.
    """
    return read(text, fold(text), name)[0]


def _read(head: _Head, text: str, whole: str, name: str | None) -> Header:
    title = _title(head)
    kind = head.type_name or _type_of_symbol(head)
    place = _date_place(head)
    issuer, province, central = _from_letterhead(head, None)
    if issuer and not central and province is None:
        issuer, province, central = _from_letterhead(head, place)
    after = head.offset + (head.type[1] if head.type else head.end)
    if issuer is None:
        issuer = _authority(head, title[1] if title else after - head.offset, place)
    if issuer is None:
        issuer = next((t.issuer for t in doc_types() if t.name == kind), None)
    central = central or _is_central(issuer)
    if not central:
        province = province or bodies.province_of(issuer) or place
        if province is None or issuer is None:
            folded = whole[:_VOTERS]
            province = province or _voted_province(text, folded)
            issuer = (
                issuer
                or _issuer_of_symbol(head, province)
                or _speaker(text[:_VOTERS], folded, _spoken(folded, after), province)
            )
            central = _is_central(issuer)
        if issuer and province and not central:
            issuer = bodies.canonical(issuer, province) or issuer
    subject = " ".join(_CONTROL.sub(" ", head.text[title[0] : title[1]]).split()) if title else None
    number = head.symbol.number if head.symbol and not head.blank else None
    if number is None and not head.blank and name:
        number = _number_of_name(name, kind)
    return Header(
        type=kind,
        issuer=issuer,
        province=None if central else province,
        number=number,
        date=_iso_date(head),
        period=_header_period(kind, subject, head.text[title[1] if title else 0 :]),
        title=subject,
    )


def _of_frame(head: Header, frame: dict[str, str]) -> Header:
    """Fill what the document itself leaves open with what the web page around it says."""
    number = symbols.find(frame.get("number", ""))
    day = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", frame.get("date", ""))
    issuer = head.issuer or bodies.canonical(frame.get("issuer", ""))
    return replace(
        head,
        type=next((t.name for t in doc_types() if t.name == frame.get("type")), head.type),
        number=head.number or (number.number if number else None),
        issuer=issuer,
        province=head.province or bodies.province_of(issuer),
        date=head.date or (dates.iso(int(day[3]), int(day[2]), int(day[1])) if day else None),
    )


_NAME_PARTS = re.compile(
    r"(?<![^\W_])(\d{1,5})[-_ ](?:((?:19|20)\d\d)[-_ ])?([^\W\d_]{2,5})[-_ ]([^\W\d_]{2,10}\d{0,2})(?![^\W_])"
)


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


def _spoken(folded: str, after: int) -> tuple[Span, ...]:
    """Where a document speaks of itself: its opening and its conclusion."""
    ends = [(m.start(), min(len(folded), m.end() + 400)) for m in _CONCLUSION.finditer(folded)]
    return ((after, min(len(folded), after + 4000)), *ends)


def _type_of_symbol(head: _Head) -> str | None:
    if head.symbol is not None and head.symbol.type_abbr:
        kinds = symbols.types().get(head.symbol.type_abbr)
        if kinds:
            return kinds[0].name
    if head.subject >= 0 or (head.symbol is not None and head.symbol.style is symbols.Style.LETTER):
        return "Công văn"
    return None


def _issuer_of_symbol(head: _Head, province: str | None) -> str | None:
    if head.symbol is None:
        return None
    name, local = bodies.of_symbol(head.symbol.bodies, province)
    return name if not local or province else None


def _iso_date(head: _Head) -> str | None:
    if head.date is None:
        return None
    year, month, day = (_BLANKS.sub("", head.date[k]) for k in ("year", "month", "day"))
    month = month.translate(_SCANNED_DIGITS)
    if not day.isdigit():
        day = ""  # left blank, or written by hand over the line and scanned as something else
    if len(year) != 4:
        return None
    if month and day:
        return dates.iso(int(year), int(month), int(day))
    return f"{year}-{int(month):02}" if month and 1 <= int(month) <= _LAST_MONTH else year


def _header_period(kind: str | None, subject: str | None, opening: str) -> str | None:
    if kind is not None and kind not in _PERIODIC:
        return None
    if subject and (found := _period(fold(subject))):
        return found
    if kind != "Báo cáo":
        return None
    said = re.search(r"bao cao\s[^.;\n]{0,300}", fold(opening[:3000]))
    return _period(" ".join(said[0].split())) if said else None


def own_spans(text: str) -> OwnSpans:
    """Where a normalized text names itself in its head.

    >>> t = "Số: 12/BC-SCT\\nBÁO CÁO\\nKết quả thực hiện Nghị định số 60/2024/NĐ-CP\\nSở báo cáo."
    >>> found = own_spans(t)
    >>> t[slice(*found.number)], t[slice(*found.title)]
    ('Số: 12/BC-SCT', 'Kết quả thực hiện Nghị định số 60/2024/NĐ-CP')
    """
    return _own_spans(_head(text, fold(text)))


def _own_spans(head: _Head) -> OwnSpans:
    shifted = [(s[0] + head.offset, s[1] + head.offset) if s else None for s in (head.number, head.type, _title(head))]
    return OwnSpans(*shifted)
