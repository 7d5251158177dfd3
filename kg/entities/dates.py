"""Dates as Vietnamese documents write them.

Nghị định 30/2020/NĐ-CP (Phụ lục I) prescribes ``ngày 05 tháng 01 năm 2024``; people also
write ``05/6/2024``, ``5-6-2024``, ``05.6.2024``, ``tháng 6/2024``, ``năm 2004`` and, in
English, ``June 5, 2024``.  A date is an ISO 8601 string of the precision that is given.

>>> parse("ngay 05 thang 6 nam 2024")
('2024-06-05', 24)
>>> parse("thang 6/2024"), parse("nam 2004")
(('2024-06', 12), ('2004', 8))
>>> parse("ngay 42/02/2018")  # no such day: the rest is what the text gives
('2018-02', 15)
>>> parse("ngay 14 ngay 8 nam 2012"), parse("ngay 15 thang 9 thang 2022")  # one word typed for another
(('2012-08-14', 23), ('2022-09-15', 26))
>>> parse("ngay 15/5 nam 2014")
('2014-05-15', 18)
>>> parse("ngay 14 thanh 11 nam 2003"), parse("ngay 16 thing 01 ngam 2018")  # and one letter: "thánh", "thíng", "ngăm"
(('2003-11-14', 25), ('2018-01-16', 26))
>>> parse("ngay 08/10/20181 cua"), parse("ngay thang nam 2024")  # a footnote's mark; nothing but the year is filled in
(('2018-10-08', 16), ('2024', 19))
>>> parse("24/1 1/2017"), parse("ngay 05/13/2024")
(('2017-11-24', 11), None)
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kg.text.normalization import GAZETTE_PAGE, PAGE_END

__all__ = ["OPENINGS", "iso", "parse", "quarter", "shown"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
OPENINGS: Final = frozenset({"ngay", "thang", "nam", *_MONTHS})
"""Words with which a date may begin."""
# Scanning takes 0 for O and 1 for l.
_YEAR: Final = r"(?:[1l]9|2[0o])[\dol]{2}"
_TWO: Final = r"(?=[ol]?\d|\d)[\dol]{1,2}"
_DIGITS: Final = str.maketrans("ol", "01", " ")
# Blanks may hold line breaks; a form of eight figures wins over one of six.
_B = r"\s{0,14}"
# A page may end behind "ngày"; a day may be left blank.
_DAY: Final = rf"(?:ngay(?:{GAZETTE_PAGE}|{_B}{PAGE_END}?))?"
_PAGE: Final = rf"{GAZETTE_PAGE}?"
# Scanning puts a blank between two figures: "ngày 3 1/08/2015", "24/1 1/2017".
_APART_DAY: Final = r"(?<=ngay[ ])[0-3][ ]\d(?=/)"
_APART_MONTH: Final = r"1[ ][012](?=/)"
_APART_YEAR: Final = r"2[ ]?0[ ]?\d[ ]?\d"
# A footnote's mark is glued to the year: "ngày 27 tháng 11 năm 20237".
_MARK: Final = r"(?:(?<=\d{4})[1-9])?"
_DATE: Final = re.compile(
    rf"""
      {_DAY} (?P<d1>{_TWO}|{_APART_DAY}) {_B}(?P<mark>[/.-]){_B} (?P<m1>{_TWO}|{_APART_MONTH})
        {_B}(?P=mark){_B} (?P<y1>{_YEAR}|\d{{2}}) {_MARK} (?!\d|[/.-]\d)
    | {_DAY} (?P<d2>{_TWO}) {_PAGE}{_B},?{_B}th[ai]n[gh]{_PAGE}{_B} (?P<m2>{_TWO})
        {_PAGE}{_B},?{_B}(?:(?:n[ ]?|ng|h)am{_PAGE}{_B}|[/-]) (?P<y2>{_YEAR}|{_APART_YEAR}) {_MARK} (?!\d)
    | (?:ngay[\s._]{{1,24}})?thang{_B} (?P<m3>\d{{1,2}}) {_B}(?:[/.-]|nam){_B} (?P<y3>{_YEAR}) (?!\d)
    | ngay{_B} (?P<d7>{_TWO}) [/.-] (?P<m7>{_TWO}) [ ](?:nam[ ])? (?P<y7>{_YEAR}) (?!\d|[/.-]\d)
    | ngay\s{{1,3}} (?P<d8>{_TWO}) \s{{1,3}}(?:thang|ngay|nam)\s{{1,3}} (?P<m8>{_TWO})
        \s{{1,3}}(?:nam|thang)\s{{1,3}} (?P<y8>{_YEAR}) (?!\d)
    | (?:ngay[\s._…]{{1,24}}th[ai]ng[\s._…]{{1,24}})?nam{_B} (?P<y4>{_YEAR}) (?!\d|\s?-\s?(?:19|20)\d\d)
    | (?P<n5>{_MONTH})\.?{_B} (?P<d5>\d{{1,2}}) (?:st|nd|rd|th)?{_B},{_B} (?P<y5>{_YEAR})
    | (?P<d6>\d{{1,2}}) (?:st|nd|rd|th)?{_B} (?P<n6>{_MONTH})\.?,?{_B} (?P<y6>{_YEAR})
    """,
    re.VERBOSE,
)

_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def iso(year: int, month: int, day: int) -> str | None:
    """ISO form of a day; None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def shown(day: str) -> str:
    """An ISO date of any precision as Vietnamese texts write it.

    >>> shown("2024-06-05"), shown("2024-06"), shown("2024")
    ('05/06/2024', '06/2024', '2024')
    """
    return "/".join(reversed(day.split("-")))


def _month(year: int, month: int) -> str | None:
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def parse(folded: str, pos: int = 0) -> tuple[str, int] | None:
    """Return the date that begins at ``pos`` of a folded text and its end, or None.

    Two-figure years are read as 20xx up to 2049, else 19xx.  Where the calendar has no such day, the month
    and the year remain, as where the day is left blank.
    """
    match = _DATE.match(folded, pos)
    if not match:
        return None
    group = match.groupdict()
    for form in "1278":
        if written := group["y" + form]:
            day, month, full = (int(w.translate(_DIGITS)) for w in (group["d" + form], group["m" + form], written))
            if len(written) == 2:
                full += 2000 if full < 50 else 1900
            found = iso(full, month, day) or (_month(full, month) if len(written) > 2 else None)
            return (found, match.end()) if found else None
    if year := group["y3"]:
        found = _month(int(year.translate(_DIGITS)), int(group["m3"]))
        return (found, match.end()) if found else None
    if year := group["y4"]:
        return year.translate(_DIGITS), match.end()
    for form in "56":
        if year := group["y" + form]:
            found = iso(int(year.translate(_DIGITS)), _MONTHS[group["n" + form]], int(group["d" + form]))
            return (found, match.end()) if found else None
    return None


def quarter(figure: str) -> int | None:
    """The number of a quarter of the year, from its Roman or Arabic figure in small letters.

    >>> quarter("iii"), quarter("4"), quarter("iiiv")
    (3, 4, None)
    """
    number = _ROMAN.get(figure) or (int(figure) if figure.isdigit() else 0)
    return number if 1 <= number <= 4 else None
