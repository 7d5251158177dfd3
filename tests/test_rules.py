"""The lists of rules that decide relations, statuses and bodies: each rule says its reason, and some case needs it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from phenomena_cases import judge, read_cases

from kg.extract import extract

LISTS = (
    ("kg.relations.governing.first", "RULES"),
    ("kg.relations.governing.between", "RULES"),
    ("kg.relations.governing.leads", "RULES"),
    ("kg.relations.governing.manner", "RULES"),
    ("kg.relations.governing", "REVISIONS"),
    ("kg.relations.status.headings", "CORRECTIONS"),
    ("kg.relations.status", "RULES"),
    ("kg.tasks.named", "UNLISTED"),
    ("kg.tasks.named", "MEANT"),
)
CHANGING = ("REVISIONS", "CORRECTIONS")
"""Lists whose rules give back, as they were given it, what they don't change: their last argument."""


@pytest.mark.parametrize(("module", "name"), LISTS)
def test_each_rule_says_its_reason(module: str, name: str) -> None:
    rules = getattr(importlib.import_module(module), name)
    assert not [rule.__name__ for rule in rules if not rule.__doc__]


def test_each_rule_decides_in_some_case(monkeypatch: pytest.MonkeyPatch) -> None:
    silent: set[str] = set()

    def heard(rule: Callable[..., Any], told: str, changes: bool) -> Callable[..., Any]:
        def asked(*given: Any) -> Any:
            answer = rule(*given)
            if (answer != given[-1]) if changes else (answer is not None):
                silent.discard(told)
            return answer

        return asked

    for module, name in LISTS:
        imported = importlib.import_module(module)
        if not str(imported.__file__).endswith(".py"):
            pytest.skip("compiled, the lists are bound")
        rules = getattr(imported, name)
        told = {rule: f"{module}.{rule.__name__}" for rule in rules}
        silent.update(told.values())
        monkeypatch.setattr(imported, name, tuple(heard(rule, told[rule], name in CHANGING) for rule in rules))
    for case in read_cases():
        judge(case, lambda text: extract(text).to_dict())
    assert not silent, "\n".join(sorted(silent))
