"""Each case of ``phenomena/*.jsonl`` gives what its rule says; what is not right yet is marked there."""

from __future__ import annotations

from collections import Counter

import pytest
from phenomena_cases import Case, judge, read_cases

from kg.extract import extract

CASES = read_cases()


def _parameter(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.known_failure, strict=True)] if case.known_failure else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
def test_a_case_gives_what_its_rule_says(case: Case) -> None:
    verdict = judge(case, lambda text: extract(text).to_dict())
    wrong = {field: pair for field, pair in verdict.items() if pair[0] != pair[1]}
    expected = {field: pair[0] for field, pair in wrong.items()}
    found = {field: pair[1] for field, pair in wrong.items()}
    assert found == expected, case.rule


def test_every_phenomenon_has_several_cases() -> None:
    counts = Counter(case.phenomenon for case in CASES)
    assert min(counts.values()) >= 5, counts


def test_every_case_tells_its_rule_and_source() -> None:
    assert [case.id for case in CASES if not case.rule or not case.row["source"]] == []


def test_negatives_hold_no_citation() -> None:
    held = {case.id for case in CASES if case.phenomenon.endswith("negatives") and case.mentions}
    assert held == set()
