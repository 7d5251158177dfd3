"""The period that a document reports on, as its title or its first sentence tells."""

from __future__ import annotations

import re
from typing import Final

from kg.entities import dates
from kg.text.normalization import fold

__all__ = ["header_period"]

_PLAN: Final = re.compile(
    r"(?:,|;|\bva|\bcung|\s-)\s{1,3}(?:(?:mot so|cac|nhung|xay dung|trien khai|de ra|du kien)\s{1,3}){0,2}"
    r"(?:phuong huong|nhiem vu|ke hoach|chuong trinh|giai phap|dinh huong|muc tieu)\b"
)
_YEAR: Final = r"(?:19|20)\d\d"
_NUMBERS: Final = {"ba": 3, "sau": 6, "chin": 9, "muoi": 10, "muoi mot": 11}
_PERIODS: Final = re.compile(
    rf"""
      (?P<months>\d{{1,2}}|ba|sau|chin|muoi(?:\smot)?)\s+thang\s+(?P<side>dau|cuoi)?(?:\s*cua)?\s*nam(?:\s+(?P<y1>{_YEAR}))?
    | \bqu[yi]\s+(?P<quarter>i{{1,3}}v?|iv|[1-4])\b\s*(?:[/,.-]|nam)?\s*(?P<y2>{_YEAR})?
    | (?P<day>ngay\s+\d{{1,2}}\s+)?\bthang\s+(?P<month>\d{{1,2}})\b\s*(?:[/.-]|nam)?\s*(?P<y3>{_YEAR})?
    | (?P<bound>(?:den|giai\sdoan|tam\snhin|(?<!dien\s)(?<!dau\s)(?<!vat\s)tu|truoc|sau|het|tiep\stheo)\s+)?
      (?:het\s+)?\bnam\s+(?P<year>{_YEAR})
      (?P<span>\s*-\s*{_YEAR})?
    """,
    re.VERBOSE,
)
_LAST_MONTH: Final = 12
_PERIODIC: Final = frozenset(
    (
        *(
            "Báo cáo",
            "Kế hoạch",
            "Kế hoạch hành động",
            "Chương trình",
            "Chương trình hành động",
            "Thông báo",
            "Kết luận",
        ),
        *("Nghị quyết", "Quyết định", "Chỉ thị", "Hướng dẫn"),
    )
)
_LAW: Final = re.compile(r"(?<!phap )\b(?:(?:bo )?luat|phap lenh|hien phap)\b[^,;]{0,120}\Z")


def header_period(kind: str | None, subject: str | None, opening: str) -> str | None:
    """The period of a document of type ``kind``, by its subject or else by how its text opens; ISO 8601."""
    if kind is not None and kind not in _PERIODIC:
        return None
    if subject and (found := _period(fold(subject))):
        return found
    if kind != "Báo cáo":
        return None
    said = re.search(r"bao cao\s[^.;\n]{0,300}", fold(opening[:3000]))
    return _period(" ".join(said[0].split())) if said else None


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
        elif not match["bound"] and not match["span"] and not _LAW.search(reported, 0, match.start()):
            found.append((_LAST_MONTH, "", year))
    found = [f for f in found if f[2]]
    if not found:
        return _period(title, "whole") if cut and part is None else None
    _, suffix, year = max(found, key=lambda f: f[0])
    return f"{year}{suffix}"
