"""Names of enterprises: the kind of enterprise, then its own name (Luật Doanh nghiệp 2020, Điều 37).

The kind is written in small letters or large, the own name often begins with what the enterprise
does, in small letters too: ``Công ty cổ phần xây dựng và năng lượng Đông Dương``.

>>> read("Công ty cổ phần xây dựng Yên Hà tại Văn bản số 12", 0)
('Công ty cổ phần xây dựng Yên Hà', 31)
>>> read("Doanh nghiệp tư nhân (DNTN) Thành Hương đề nghị", 0)
('Doanh nghiệp tư nhân Thành Hương', 39)
>>> read("công ty phải nộp thuế", 0) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.ontology.wording import entries, words
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["OPENINGS", "find", "read"]

OPENINGS: Final = frozenset(("chi", "công", "dntn", "doanh", "hợp", "htx", "liên", "tập", "tổng"))
"""Words, in small letters, with which a name may begin."""

_FORM: Final = (
    r"TNHH|[Tt]rách nhiệm hữu hạn|[Cc]ổ [Pp]hần|CP|[Hh]ợp danh|MTV|[Mm]ột thành viên|[Hh]ai thành viên(?: trở lên)?"
)
_KIND: Final = re.compile(  # a line may break between two syllables
    r"(?P<kind>(?:[Cc]hi nhánh )?(?:(?:Tổng )?[Cc]ông [Tt]y|Doanh nghiệp tư nhân|DNTN|Hợp tác xã|HTX"
    rf"|Liên hiệp hợp tác xã|Tập đoàn)(?!\w)(?: (?:{_FORM})(?!\w))*)(?: \([A-ZĐ]{{2,8}}\))?".replace(" ", r"\s{1,3}")
)
_OPENS: Final = late(begun("chi|Chi|công|Công|Tổng|Doanh|DNTN|Hợp|HTX|Liên|Tập"))
_WORD: Final = late(r"(?!\s?\n\s?\n)\s{1,3}(?:[-–&]\s?)?([^\W_][\w&.-]*[^\W_]|[^\W_])")
_IN_FULL: Final = {"DNTN": "Doanh nghiệp tư nhân", "HTX": "Hợp tác xã", "CP": "cổ phần", "Ty": "ty", "Phần": "phần"}
_STOPS: Final = frozenset(entries("enterprise_stops"))
_OTHER: Final = late(rf"{words('enterprise_neighbours')}(?!\w)")
_TRADE: Final = late(rf"{words('enterprise_trades')}(?!\w)")
_LONGEST: Final = 16
_LEAST: Final = 4
"""Syllables that a name all in small letters has at least."""
_GAP: Final = 3
"""Small syllables that may stand between two parts of an own name: ``Khí công nghiệp Lào Cai``."""


def read(text: str, pos: int) -> tuple[str, int] | None:
    """Name of the enterprise that begins at ``pos`` of a normalized text, and where it ends; None where none does.

    The bare kind (``công ty``) is no name.
    """
    kind = _KIND.match(text, pos)
    if kind is None:
        return None
    end = at = kind.end()
    count = gap = 0
    proper = stopped = False
    while (word := _WORD.match(text, at)) and count < _LONGEST:
        stopped = word[1] in _STOPS or bool(_OTHER.match(text, word.start(1)))
        if stopped:
            break
        trade = _TRADE.match(text, word.start(1))
        at = trade.end() if trade else word.end()
        count += 1
        if word[1][0].isupper() or word[1][0].isdigit():
            end, gap, proper = at, 0, proper or not trade
        elif proper:
            gap += 1
            if gap > _GAP:
                break
    if not proper and (word is None or stopped) and count >= _LEAST:
        end = at
    own = " ".join(text[kind.end() : end].split())
    if not own:
        return None
    written = " ".join(_IN_FULL.get(word, word) for word in kind["kind"].split())
    return f"{written[0].upper()}{written[1:]} {own}", end


def find(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Enterprises that ``start:end`` of a normalized text begins to name, in order: where, and the name.

    >>> list(find("Kiểm tra Công ty TNHH Yên Hà, công ty khác và HTX Suối Bắc.", 0, 60))
    [(9, 'Công ty TNHH Yên Hà'), (46, 'Hợp tác xã Suối Bắc')]
    """
    done = start
    for opening in _OPENS.finditer(text, start, end):
        place = opening.start()
        if place >= done and (kind := _KIND.match(text, place, end)):
            done = kind.end()
            if found := read(text, place):
                yield place, found[0]
