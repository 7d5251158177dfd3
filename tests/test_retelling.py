"""Messages of findings are told in the reader's language, whatever the language of the build."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.documents.findings import kinds
from kg.messages import LANGUAGES, say
from kg.ontology.tables import read
from kg.output.retelling import retold

VALUES = {"a": "Kế hoạch 5/KH-SCT", "b": "Kế hoạch 5/KH-UBND", "x": "13/12/2021", "y": "13/12/2018"}


def messages(code: str, lang: str) -> str:
    class Names(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return f"«{name}»"

    return kinds()[code].texts[lang].format_map(Names(VALUES))


@pytest.mark.parametrize("code", [row["code"] for row in read("findings")])
@pytest.mark.parametrize(("built", "read_in"), list(permutations(LANGUAGES)))
def test_every_kind_of_finding_is_told_as_if_built_in_that_language(code: str, built: str, read_in: str) -> None:
    assert retold(code, messages(code, built), read_in) == messages(code, read_in)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("finding.why-series", {"a": "Nghị quyết 60/2024/NQ-CP"}),
        ("finding.why-count", {"right": 3, "wrong": 1}),
        ("finding.why-issuer", {}),
        ("finding.why-number", {}),
        ("finding.why-often", {}),
    ],
)
def test_the_reason_is_told_too(key: str, values: dict[str, object]) -> None:
    told = {
        lang: messages("body-variant", lang)
        + say("finding.meant", lang, likely=VALUES["b"], why=say(key, lang, **values))
        for lang in LANGUAGES
    }
    assert [retold("body-variant", told[a], b) for a, b in permutations(LANGUAGES)] == [
        told[b] for _, b in permutations(LANGUAGES)
    ]


@pytest.mark.parametrize(("built", "read_in"), list(permutations(LANGUAGES)))
def test_all_that_may_be_meant_is_told(built: str, read_in: str) -> None:
    names = {"a": "Luật Đầu tư", "b": "Luật Đầu tư 61/2020/QH14 (2020); Luật Đầu tư 143/2025/QH15 (2025)"}
    texts = kinds()["ambiguous-citation"].texts
    told = texts[built].format_map(names)
    assert retold("ambiguous-citation", told, read_in) == texts[read_in].format_map(names)


def test_a_message_of_an_unknown_form_stays() -> None:
    assert retold("two-dates", "something else", "vi") == retold("x", "something else", "vi") == "something else"
