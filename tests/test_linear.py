"""Work grows with the length of a text alone; counted in calls, not in seconds."""

from __future__ import annotations

import pytest
from work import calls

import kg

UNITS = (
    *(
        "12/34/",
        "12/NĐ-CP-",
        "nd1,",
        "a) b) c) ",
        "a)\nb)\n",
        "(#) a; ",
        "ngày ",
        "khoản 1 ",
        "Điều @ ",
        "(",
        "[1: a] ",
    ),
    "công văn số AB/# ngày 5, ",
    *("Điều #. Nghị định 60/2024/NĐ-CP\n", "Quyết định số #/QĐ-UBND ngày 05/6/2024, ", "Nghị định #/2024, "),
    *(
        "Luật Đất đai và Luật Đầu tư, ",
        "các văn bản nêu trên và Nghị định này ",
        "a\n",
        "-\n",
        "* ",
        "e\u0301",
        "x. A ",
    ),
    *("# | Quyết định | #/QĐ-UBND\n", "<sup>#</sup> Nghị quyết số #/NQ-HĐND\nxem # ", "1. A b\n", "ABC-DEFG-"),
)


def text(unit: str, size: int) -> str:
    """The unit again and again, ``#`` counting from 1, ``@`` from 1000: four figures may be a year throughout."""
    numbers = range(1, size // len(unit) + 2)
    return "".join(unit.replace("#", str(k)).replace("@", str(k + 999)) for k in numbers)[:size]


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_is_four_times_the_work(unit: str) -> None:
    kg.extract(text(unit, 24_000))  # tables are read once, and a number that was seen is known in both
    # Sentences are cut after some thousand characters: shorter texts tell nothing.
    assert calls(kg.extract, text(unit, 24_000)) < 5.5 * calls(kg.extract, text(unit, 6_000)) + 2000
