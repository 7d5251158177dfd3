"""Dates in the forms of Vietnamese documents, with the precision that is given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.entities.dates import iso, parse
from kg.text.normalization import fold

days = st.dates(date(1950, 1, 1), date(2049, 12, 31))
FORMS = (
    "ngày {0.day:02d} tháng {0.month:02d} năm {0.year}",
    "ngày {0.day} tháng {0.month} năm {0.year}",
    "ngày {0.day:02d}/{0.month}/{0.year}",
    "{0.day}/{0.month}/{0.year}",
    "ngày {0.day:02d}.{0.month:02d}.{0.year}",
    "ngày {0.day}-{0.month}-{0.year}",
    "ngày {0.day} / {0.month} / {0.year}",
    "ngày\n{0.day}/{0.month}/{0.year}",
    "ngày {0.day} tháng {0.month}/{0.year}",
    "{0:%B} {0.day}, {0.year}",
    "{0.day} {0:%B} {0.year}",
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(days, st.sampled_from(FORMS))
def test_every_form_of_every_day_gives_the_day(day: date, form: str) -> None:
    text = fold(form.format(day))
    assert parse(text) == (day.isoformat(), len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tháng 6/2024", "2024-06"),
        ("tháng 06 năm 2024", "2024-06"),
        ("năm 2004", "2004"),
        ("ngày 5/1/24", "2024-01-05"),
        ("ngày 07/11/98", "1998-11-07"),
        ("ngày 16/6 2025", "2025-06-16"),
    ],
)
def test_a_part_of_a_date_stays_a_part_and_short_years_get_their_century(text: str, expected: str) -> None:
    assert parse(fold(text)) == (expected, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "ngày 05/13/2024",
        "ngày 31/02/24",
        "05/6",
        "tháng 13/2024",
        "12/345",
        "1.2.3.4",
        "năm 2021-2025",
        "năm 20245",
    ],
)
def test_what_the_calendar_does_not_have_is_no_date(text: str) -> None:
    assert parse(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 31/02/2024", "2024-02"),
        ("ngày 31 tháng 4 năm 2024", "2024-04"),
        ("ngày 0/4/2021", "2021-04"),
        ("ngày 42/02/2018", "2018-02"),
    ],
)
def test_where_the_calendar_has_no_such_day_month_and_year_remain(text: str, expected: str) -> None:
    assert parse(fold(text)) == (expected, len(text))


def test_a_date_is_read_where_it_begins_only() -> None:
    assert parse("ke tu ngay 05/6/2024") is None
    assert parse("ke tu ngay 05/6/2024", 6) == ("2024-06-05", 20)


def test_iso_knows_leap_years() -> None:
    assert iso(2024, 2, 29) == "2024-02-29"
    assert iso(2023, 2, 29) is None
