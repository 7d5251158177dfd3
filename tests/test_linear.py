"""Work grows with the length of a text alone; counted in calls, not in seconds."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

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
        "Điều # ",
        "(",
        "[1: a] ",
    ),
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


def calls(text: str) -> int:
    """How many functions, of Python and of C, an extraction calls."""
    count = 0

    def seen(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        kg.extract(text)
    finally:
        sys.setprofile(None)
    return count


def text(unit: str, size: int) -> str:
    return "".join(unit.replace("#", str(k)) for k in range(1, size // len(unit) + 2))[:size]


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_is_four_times_the_work(unit: str) -> None:
    kg.extract(text(unit, 6_000))  # tables are read once
    # Sentences are cut after some thousand characters: shorter texts tell nothing.
    assert calls(text(unit, 24_000)) < 5.5 * calls(text(unit, 6_000)) + 2000
