"""The bodies that issue a document together, as its head tells them.

The bodies of a joint document stand in the place of the one body: side by side (``BỘ Y TẾ - BỘ TÀI CHÍNH``),
one below the other, or in columns of their own (Thông tư 01/2011/TT-BNV, Phụ lục V; Luật 80/2015/QH13,
Điều 18, 19, 25 on who may issue one).  Dashes and "và" also join the parts of one name, and a letterhead
of two lines is as a rule a body below the one above it, so more must tell that a document is joint: its
type, the letters of its number, or two bodies of one kind in a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.citations.issuer import Home, joint_issuers
from kg.documents.header.head import MOTTO, Head, iso_date, line_end
from kg.documents.header.letterhead import OWN_HEAD, body, groups, is_central
from kg.entities import bodies
from kg.ontology.tables import doc_types
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["joint"]

_BETWEEN: Final = re.compile(r"\s*[;/–—]\s*|\s*(?<!\w)-\s*|\s-(?=\w)|,\s*|\s+(?:và|VÀ|&)\s+")
_DECLARED: Final = re.compile(r"\b(?:phoi hop|lien tich|lien nganh)\b")
_ABOVE: Final = frozenset({"ministry", "ministry-level agency", "people's committee"})
_BELOW: Final = frozenset({"general department", "provincial department", "Party body"})
_ENACTS: Final = late(r"(?:ban\s{1,3}hanh|thong\s{1,3}nhat)\s")
_PREAMBLE: Final = 6000
_NUMBER: Final = re.compile(r"\s+Số\s*:.*")
_PLACE: Final = re.compile(r"\s(TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ(?! HỘI)|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)(?!\w)")
_UNIT: Final = re.compile(r"\s(HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s+(?!HỘI|TỈNH)\w.*")


def joint(head: Head, lines: Sequence[str], kind: str | None, province: str | None) -> tuple[str, ...]:
    """Return the bodies of a joint document in the order of the head; none where it is of one body.

    ``lines`` are the bodies of the letterhead as written, ``kind`` is the type of the document,
    ``province`` the place of local bodies that name none.
    """
    declared = _declared(head, kind)
    listed = _of_symbol(head, kind, province)
    written = _row(lines, declared or bool(listed), province)
    if declared and len(written) < 2:
        # A web page may have its own title above the letterhead.
        start = line_end(head.text, head.type[1]) if head.type else head.end
        motto = MOTTO.search(head.folded, start)
        written = _row(groups(head, start, motto.start()), True, province) if motto else ()
    if listed and all(map(is_central, listed)):
        return listed
    if len(written) >= max(2, len(listed)):
        return written
    if any(map(_UNIT.search, lines)):
        return ()  # the letters tell no district
    if not listed and declared and (head.type_name or "").endswith("liên tịch"):
        return written or _enacting(head, province)
    return listed


def _declared(head: Head, kind: str | None) -> bool:
    """Whether the type line says that several bodies issue the document: ``KẾ HOẠCH PHỐI HỢP``."""
    if kind and kind.endswith(("liên tịch", "liên ngành", "phối hợp")):
        return True
    if head.type is None:
        return False
    # "KẾ HOẠCH PHỐI HỢP" is a type; behind that of another the words may go on.
    said = head.folded[head.type[0] : head.type[1] + 20].partition("\n")[0]
    return bool(_DECLARED.search(said))


def _of_symbol(head: Head, kind: str | None, province: str | None) -> tuple[str, ...]:
    """The bodies that the letters of the document's own number list."""
    if head.symbol is None:
        return ()
    found = next((row for row in doc_types() if row.name == kind), None)
    names = joint_issuers(head.symbol, found, Home(province, None), iso_date(head))
    return names if len(names) > 1 else ()


def _row(lines: Sequence[str], declared: bool, province: str | None) -> tuple[str, ...]:
    """The bodies of a letterhead's lines; none where these are one body, or one below the other."""
    lines = [_NUMBER.sub("", line) for line in lines]
    split = [part for line in lines for part in _parts(line)]
    alike = any(len({fold(p).split()[0] for p in ps}) == 1 for line in lines if len(ps := [*_parts(line)]) > 1)
    if not (declared or alike):
        return ()
    if not declared:  # what stands above them is the body that they belong to
        split = [part for line in lines if len(ps := [*_parts(line)]) > 1 for part in ps]
    place = next((p for part in reversed(split) if (p := bodies.province_of(body(part, None)))), province)
    split = _placed(split)
    named = [_local(name, place) for part in split if OWN_HEAD.match(fold(part) + " ") and (name := body(part, place))]
    kinds = [_kind(name) for name in named]
    left = [name for k, name in enumerate(named) if not (kinds[k] in _ABOVE and _BELOW & {*kinds[k + 1 :]})]
    return tuple(dict.fromkeys(left)) if len({*left}) > 1 else ()


def _local(name: str, place: str | None) -> str:
    """A body of no table that stands beside those of a province is of that province."""
    own = is_central(name) or bodies.province_of(name) or _PLACE.search(name.upper())
    return name if own else bodies.with_place(name, place)


def _placed(parts: Sequence[str]) -> list[str]:
    """The bodies with the district or commune that one of them names for all: ``UBND - UBMTTQ XÃ AN PHÚ``."""
    unit = next((found for part in reversed(parts) if (found := _UNIT.search(part))), None)
    if unit is None:
        return [*parts]
    bare = re.compile(rf"\s{unit[1]}\Z")
    shared = bool(_UNIT.search(parts[-1]))
    named = [bare.sub(unit[0], part) for part in parts]
    return [part + unit[0] if shared and not _PLACE.search(part) else part for part in named]


def _parts(line: str) -> Iterator[str]:
    """The bodies in a line of a letterhead; a name that the tables have is one, whatever joins its words."""
    start = at = 0
    while gap := _BETWEEN.search(line, at):
        at = gap.end()
        # "VĂN PHÒNG ĐOÀN ĐBQH VÀ HĐND" is one office.
        whole = (
            bodies.parse(line[start:].title(), fold(line[start:]), 0) if gap[0].isupper() or gap[0].islower() else None
        )
        if whole and whole.body and start + whole.end >= at:
            at = start + whole.end
            continue
        if OWN_HEAD.match(fold(line[at:]) + " "):
            yield line[start : gap.start()].strip(" -–—")
            start = at
    yield line[start:].strip(" -–—")


def _kind(name: str) -> str | None:
    found = bodies.parse(name, fold(name), 0)
    return found.body.kind if found and found.body else None


def _enacting(head: Head, province: str | None) -> tuple[str, ...]:
    """The bodies of the enacting clause: ``Bộ trưởng Bộ A và Bộ trưởng Bộ B ban hành Thông tư liên tịch …``."""
    kind = fold(head.type_name or "")
    for act in _ENACTS.finditer(head.folded, 0, _PREAMBLE):
        if not head.folded.startswith(kind, act.end()):
            continue
        start = head.text.rfind("\n", 0, act.start()) + 1
        found: list[str] = []
        at = start
        while at < act.start():
            named = bodies.parse(head.text, head.folded, at, province) if head.text[at].isupper() else None
            if named and named.end <= act.start():
                found.append(named.name)
                at = named.end
            else:
                at += 1
        if len({*found}) > 1:
            return tuple(dict.fromkeys(found))
    return ()
