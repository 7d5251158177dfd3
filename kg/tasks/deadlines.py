"""By when a piece of work must be done.

A date behind ``trước``, ``chậm nhất``, ``xong``, ``trong tháng`` … or behind a label (``Thời gian hoàn
thành: …``) is a deadline: a day, a month, a quarter (``2025-Q2``) or a year, ISO.  Where the text leaves
the year out it is the first such day from the document's own date on.  What recurs (``trước ngày 25 hằng
tháng``), what is past (``được phê duyệt trước ngày …``), how long a rule holds and when the cases arose that
it is about (``hồ sơ phát sinh từ ngày … đến hết ngày …``) set none.

>>> due("hoàn thành trước ngày 30/9/2024"), due("báo cáo trước 17 giờ ngày 05/8", "2024-07-20")
('2024-09-30', '2024-08-05')
>>> due("trình trong quý II năm 2025"), due("trước ngày 20 hằng tháng", "2024-07-20")
('2025-Q2', None)
>>> due("định kỳ hằng năm (trước ngày 30 tháng 11) báo cáo", "2024-07-20"), due("trước thời điểm 01/7/2026")
(None, '2026-07-01')
>>> due("tổ chức rà soát từ ngày 01/8 đến hết ngày 30/9/2025"), due("vụ phát sinh từ ngày 01/8 đến hết ngày 30/9/2025")
('2025-09-30', None)
>>> due("hồ sơ đã tiếp nhận trước ngày 01/7/2025 thì thực hiện theo Nghị định này")
>>> due("nhiệm vụ trong tháng 5 năm 2025 và thời gian tới")
>>> due("xong trước cuối năm 2025"), due("trong 6 tháng đầu năm 2026"), labelled("Thời gian: Quý III, IV/2025")
('2025', '2026-06', '2025-Q4')
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.entities import dates
from kg.entities.periods import last_month
from kg.ontology.wording import words
from kg.text.late import late
from kg.text.normalization import fold, on_one_line
from kg.text.patterns import begun

__all__ = ["bracketed", "due", "labelled"]

_CLOCK: Final = r"(?:\d{1,2}\s?(?:h|g|gio)\s?(?:\d{1,2}\s?(?:phut|p)?)?,?\s+)?"
_DUE: Final = re.compile(
    rf"{begun(words('due'))}\s*:?\s+(?:la\s+)?{_CLOCK}"
    r"(?=ngay|thang\s?\d|quy|nam\s?20|6 thang (?:dau|cuoi)|\d{1,2}[/.-]\d)"
)
_WITHIN: Final = ("trong", "den cuoi", "vao cuoi")
_LAID_DOWN: Final = "trong do quy dinh "
"""By when others must act by a document that was issued is no deadline of its making."""
_LABEL: Final = late(rf"(?:^|[\s(*;.])(?:{words('due_labels')})\s*\**\s*:\s*\**\s*")
_FROM: Final = late(
    r"(?:tu\s+)?(?:ngay\s+|thang\s+|nam\s+|quy\s+)?[\d/.ivx]+(?:\s+nam\s+\d{4})?\s*(?:-|den(?:\s+het)?)\s*"
)
_HALF: Final = re.compile(r"6 thang (?P<half>dau|cuoi) nam (?P<y>20\d\d)")
_SEVERAL: Final = re.compile(
    begun("quy|thang") + r" (?:[ivx]+|\d{1,2})(?:, (?:[ivx]+|\d{1,2}))*(?:,| va|, va) (?:quy |thang )?"
    r"(?P<last>[ivx]+|\d{1,2})(?=\s*/|\s+nam\s)"
)
"""Of several quarters or months in a row the last ends the work: ``quý III, IV/2025``."""
_BRACKET: Final = re.compile(r"\((?:trong|truoc|xong|hoan thanh|quy) [^()]{3,80}\)")
_DATED: Final = re.compile(r"(?<!\w)(?:quy|thang|nam 20|ngay) ?(?=[\divx])")
_IN: Final = re.compile(r"(?:trong|vao)\s+(?=nam\s)")
_YEARS: Final = re.compile(r"(?:giai doan )?20\d\d\s*-\s*(?P<last>20\d\d)(?![\d/])")
_QUARTER: Final = late(r"quy\s+(?P<q>i{1,3}|iv|[1-4])(?!\w)(?:\s*(?:/|-|nam|,)?\s*(?:nam\s+)?(?P<y>20\d\d))?")
_DAY: Final = re.compile(r"(?:ngay\s+)?(?P<d>\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(?P<m>\d{1,2})(?!\s*[/.-]?\d)")
_MONTH: Final = re.compile(r"thang\s+(?P<m>\d{1,2})(?!\s*[/.-]?\d)")
_AGAIN: Final = late(
    r"[\s,]*(?:cua\s+)?(?:hang|moi)\s+(?:nam|thang|quy|tuan)|\s+(?:cua\s+)?ky\s+bao\s+cao|\s+(?:cua\s+)?(?:nam|thang|quy)\s+(?:truoc|sau)(?!\w)"
)
_RECURS: Final = re.compile(rf"(?:{begun('hang|moi')} (?:nam|thang|quy|tuan)|{begun('dinh ky')})(?!\w)[^;.]*\Z")
_OF_A_YEAR: Final = re.compile(r"[^;,.)]{0,30}20\d\d")
"""``Hằng năm, trước ngày 15/12`` recurs; ``… hằng năm …, hoàn thành trước ngày 15/12/2025`` does not."""
_PAST: Final = late(rf"{begun(words('past_dues'))}[^,;.]{{0,40}}\Z")
_TITLE: Final = late(
    r"\d/[a-z\d/-]+(?: ngay (?:[\d/]+|\d+ thang \d+ nam \d+))?"
    r"(?: cua [^,;.:]{2,60}?)? (?:ve|v/v)(?: viec)? [^,;.:]*\Z"
)
"""In the title of a document that is cited a date is no deadline."""
_SPAN: Final = re.compile(
    r"(?<!\w)tu (?:ngay |thang )?\d{1,2}(?:[/.-]\d{1,2})*(?: thang \d{1,2})?(?:[/.-]\d{4}| nam \d{4})?\s\Z"
)
"""The beginning of a time whose end follows: ``từ ngày 01/01/2026 đến hết ngày 04/01/2026``."""
_TERM: Final = late(rf"{begun(words('terms_of_rules'))}(?:\s(?!bao cao |gui |trinh )[^,;.]{{0,60}})?\s\Z")
_UNTIL: Final = ("den het", "den cuoi")
_COMPLETES: Final = ("hoan thanh", "xong", "cham nhat", "muon nhat", "khong")
_CASE: Final = re.compile(r"(?:\A|[.;:]\s)(?:doi voi|truong hop)\s[^,;:.]*\Z")
"""``Đối với hồ sơ nộp trước ngày …``: which cases a rule is about."""
_FOR_THOSE: Final = re.compile(r"(?<!\w)doi voi\s[^;:.]*\Z")
_CASE_BEHIND: Final = re.compile(
    r"(?:ngay )?[\d/.-]+(?: (?:thang|nam) \d+)*,? (?:thi|ma|duoc|da|dang|chua|va tu ngay|co yeu cau)(?!\w)"
)
"""``Hồ sơ đã nộp trước ngày … thì được thực hiện theo …``: so the date tells of a case as well."""
_ON: Final = 40
"""Code points of a date and what says that the time goes on."""
_GOAL: Final = late(rf"{begun(words('goals'))}\s[^;:]*\Z")
_AND_ON: Final = re.compile(
    r"va (?:(?:cac |nhung )?(?:nam|quy|thang) (?:tiep theo|sau)|(?:trong )?thoi gian toi)(?!\w)"
)
"""A time that goes on ends at no day: ``Năm 2026 và các năm tiếp theo``."""


def due(
    text: str, today: str | None = None, *, past: bool = False, lead: bool = False, law: bool = False
) -> str | None:
    """Return the first deadline that a passage of a normalized text gives.

    ``today`` is the date of the document, ISO; ``past`` says that the passage tells of work done,
    where ``trong tháng …`` is the time of the deed; ``lead`` that it only introduces the work, so
    that a goal (``phấn đấu …``) sets no deadline; ``law`` that the text lays down law, where what goes on
    until a day is the term of a rule.
    """
    folded = _plain(text)
    for match in _DUE.finditer(folded):
        if past and (match[0].startswith(_WITHIN) or folded.rfind(_LAID_DOWN, 0, match.start()) >= 0):
            continue
        before = folded[max(0, match.start() - 160) : match.start()]
        if _PAST.search(before) or _TITLE.search(before) or (lead and _GOAL.search(before)):
            continue
        if _of_a_rule(folded, match, before, law=law) or _of_a_case(folded, match, before, law=law):
            continue
        if _RECURS.search(before) and not _OF_A_YEAR.match(folded, match.end()):
            continue
        found = _read(folded, match.end(), today)
        if found and not _over(found, today) and not _AND_ON.search(folded, match.end(), match.end() + _ON):
            return found
    return None


def _of_a_rule(folded: str, match: re.Match[str], before: str, *, law: bool) -> bool:
    """Whether a time tells how long a rule holds, or when the cases arose that it is about.

    ``được tiếp tục thực hiện đến hết ngày …``, ``hồ sơ phát sinh từ ngày … đến hết ngày …``.
    """
    if not match[0].startswith(_UNTIL):
        return False
    span = _SPAN.search(before)
    before = before[: span.start()] if span else before
    return law or _PAST.search(before) is not None or _TERM.search(before) is not None


def _of_a_case(folded: str, match: re.Match[str], before: str, *, law: bool) -> bool:
    """Whether a date tells which cases a rule is about: ``đối với hồ sơ nộp trước ngày …``."""
    if match[0].startswith(_COMPLETES):
        return False
    if law and match[0].startswith("truoc") and (_FOR_THOSE.search(before) or before.endswith("den ")):
        return True
    behind = _CASE_BEHIND.match(folded, match.end())
    return behind is not None or _CASE.search(folded, max(0, match.start() - 400), match.start()) is not None


def labelled(text: str, today: str | None = None) -> str | None:
    """Return the date behind a label: ``Thời gian thực hiện: từ tháng 9 đến tháng 12/2024`` -> 2024-12."""
    if ":" not in text:
        return None
    folded = _plain(text)
    if not (label := _LABEL.search(folded)) or _AND_ON.search(folded, label.end(), label.end() + 80):
        return None
    return due(folded[label.end() :][:60], today) or _read_last(folded, label.end(), today)


def bracketed(text: str, today: str | None = None) -> str | None:
    """Return the last date of a bracket that ends an item and tells by when: ``(Quý IV/2024, Quý I/2025)``.

    >>> bracketed("Quán triệt Chỉ thị (Quý IV/2024, Quý I/2025 và thường xuyên)."), bracketed("Kết luận (tháng 5/2024)")
    ('2025-Q1', None)
    """
    if not text.rstrip(" .;").endswith(")"):
        return None
    bracket = _BRACKET.search(_plain(text[text.rfind("(") :]))
    if bracket is None:
        return None
    dates_told = (_read(bracket[0], part.start(), today) for part in _DATED.finditer(bracket[0]))
    found = [told for told in dates_told if told]
    return found[-1] if found and not _over(found[-1], today) else None


@lru_cache(maxsize=64)  # a passage is asked for its deadlines in several ways
def _plain(text: str) -> str:
    """A passage folded, on one line, without marks of bold words, of several months or quarters in a row the last."""
    folded = fold(on_one_line(text))
    return _SEVERAL.sub(lambda row: f"{row[0].partition(' ')[0]} {row['last']}", folded)


def _over(deadline: str, today: str | None) -> bool:
    """Whether a deadline lies before the date of the document: it tells of something else."""
    month = last_month(deadline)
    return bool(today) and month[: len(today or "")] < (today or "")[: len(month)]


def _read_last(folded: str, at: int, today: str | None) -> str | None:
    within = _IN.match(folded, at)
    at = within.end() if within else at
    span = _FROM.match(folded, at)
    if years := _YEARS.match(folded, at):
        return years["last"]
    last = _read(folded, span.end(), today) if span else None
    return last or _read(folded, at, today)


def _read(folded: str, at: int, today: str | None) -> str | None:
    """The date at ``at``; a day, a month or a quarter without a year is the next one from ``today`` on."""
    if half := _HALF.match(folded, at):
        return f"{half['y']}-{'06' if half['half'] == 'dau' else '12'}"
    if found := dates.parse(folded, at):
        return None if _AGAIN.match(folded, found[1]) else found[0]
    if (quarter := _QUARTER.match(folded, at)) and (number := dates.quarter(quarter["q"])):
        year = int(quarter["y"]) if quarter["y"] else _year(today, 3 * number, 31)
        again = _AGAIN.match(folded, quarter.end())
        return f"{year}-Q{number}" if year and not again else None
    day = _DAY.match(folded, at)
    month = _MONTH.match(folded, at) if day is None else None
    if not (written := day or month) or _AGAIN.match(folded, written.end()):
        return None
    number = int(written["m"])
    year = _year(today, number, int(day["d"]) if day else 31)
    if not year or not 1 <= number <= 12:
        return None
    return dates.iso(year, number, int(day["d"])) if day else f"{year}-{number:02d}"


def _year(today: str | None, month: int, day: int) -> int | None:
    """The year of the first such day that is not before ``today``."""
    if not today or not today[:4].isdigit():
        return None
    year = int(today[:4])
    here = (int(today[5:7]), int(today[8:10] or 1)) if re.match(r"\d{4}-\d\d(?:-\d\d)?$", today) else (1, 1)
    return year + ((month, day) < here)
