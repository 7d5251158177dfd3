"""Teams that a body sends out: to inspect, to supervise, to help.

A team is set up by a decision and belongs to the body that signs it (Luật Thanh tra 11/2022/QH15, Điều 59;
Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân 87/2015/QH13): the letterhead has it below that
body, often with the decision; its symbol has the team's letters alone.

>>> name_at("Đoàn kiểm tra theo QĐ số 12/QĐ-SCT", 0), of_letters("ĐKT"), of_letters("ĐTTr")
(('Đoàn kiểm tra', 13), 'Đoàn kiểm tra', 'Đoàn thanh tra')
>>> of_body("Đoàn giám sát", "Hội đồng nhân dân tỉnh Hà Tĩnh")
'Đoàn giám sát Hội đồng nhân dân tỉnh Hà Tĩnh'
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.ontology.wording import entries, words

__all__ = ["name_at", "of_body", "of_letters"]

_NAME: Final = re.compile(
    words("teams").replace(" ", r"\s{1,3}") + r"(?!\w)(?:\s{1,3}số\s\d{1,3}(?!\d))?", re.IGNORECASE
)


def name_at(text: str, pos: int) -> tuple[str, int] | None:
    """What kind of team is named at ``pos`` of a normalized text, in whatever case, and where that ends; or None."""
    found = _NAME.match(text, pos)
    return (" ".join(found[0].split()).capitalize(), found.end()) if found else None


@cache
def of_letters(token: str) -> str | None:
    """The kind of inspecting team that has these letters in its symbol; None where they are no such team's."""
    for team in entries("own_teams"):
        letters = "".join(word[0].upper() for word in team.split())
        if token in (letters, f"{letters}r"):
            return team
    return None


def of_body(team: str, body: str, *, central: bool = False) -> str:
    """Full name of a team of ``body``, which may be that team itself; those of ``central`` bodies have a word between.

    >>> of_body("Đoàn giám sát", "Ủy ban Thường vụ Quốc hội", central=True)
    'Đoàn giám sát của Ủy ban Thường vụ Quốc hội'
    """
    if body.startswith(team + " "):
        return body
    return f"{team} của {body}" if central else f"{team} {body}"
