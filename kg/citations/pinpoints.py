"""Places inside a document: điểm, khoản, điều, mục, chương, phần, phụ lục.

Structure of a legal document: Nghị định 78/2025/NĐ-CP (parts, chapters and annexes in
Roman or Arabic figures, articles and clauses in Arabic ones, points in letters; inserted
units carry a letter behind, Điều 69).  People write places from small to large before the
document (``điểm a khoản 2 Điều 42 Nghị định …``) or from large to small behind it
(``Nghị định …, Điều 42, khoản 2``).  The result is always large to small, several places
joined by ``; ``.

>>> before("cac diem a, b va d khoan 1 Dieu 4 ".lower(), 34)
('Điều 4 khoản 1 điểm a; Điều 4 khoản 1 điểm b; Điều 4 khoản 1 điểm d', 0)
>>> before("khoan 3, khoan 4 dieu 8 va dieu 10 ", 35)
('Điều 8 khoản 3; Điều 8 khoản 4; Điều 10', 0)
>>> after(", dieu 42, khoan 2.", 0)
('Điều 42 khoản 2', 18)
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from kg.text.late import late

__all__ = ["OPENINGS", "after", "before"]

# Unit, display word and rank; the first of a rank is the Vietnamese word, the rest its other names.
_UNITS: Final = {
    "phu luc": ("Phụ lục", 0),
    "appendix": ("Phụ lục", 0),
    "annex": ("Phụ lục", 0),
    "phan": ("Phần", 1),
    "chuong": ("Chương", 2),
    "chapter": ("Chương", 2),
    "muc": ("Mục", 3),
    "section": ("Mục", 3),
    "tieu muc": ("tiểu mục", 4),
    "dieu": ("Điều", 5),
    "article": ("Điều", 5),
    "articles": ("Điều", 5),
    "khoan": ("khoản", 6),
    "clause": ("khoản", 6),
    "clauses": ("khoản", 6),
    "diem": ("điểm", 7),
    "point": ("điểm", 7),
    "points": ("điểm", 7),
    "tiet": ("tiết", 8),
    "so thu tu": ("số thứ tự", 9),
}
_ABBREVIATIONS: Final = {"pl": 0, "d": 5, "k": 6, "stt": 9}
"""Abbreviations, which may run into their figure: ``Đ.5``, ``k2``, ``STT 6, PL 2``."""
OPENINGS: Final = frozenset(unit.split()[0] for unit in (*_UNITS, *_ABBREVIATIONS))
"""Words, unaccented, with which a place may begin."""
_LARGEST_FIRST: Final = sorted({rank: word for word, rank in _UNITS.values()}.items())
# Behind a Roman figure may stand a letter, but these are words: "Phụ lục IVa", "điểm b và c".
_VALUE: Final = (
    r"(?<![a-z0-9])(?:\d{1,3}(?:\.\d{1,2}){0,3}[a-z]?(?!\w)"
    r"|(?!(?:va|ve|la|le|xa|xe)(?!\w))[ivxl]{1,6}[a-e]?(?:\.\d{1,2}){0,2}(?!\w)|[a-z]\d?(?!\w))"
)
_MORE: Final = rf"(?:\s{{0,3}}[,;]\s{{0,3}}(?:va\s+)?|\s{{1,3}}(?:va|and)\s{{1,3}}){_VALUE}(?!\s{{0,3}}[/-]\s{{0,2}}\w)"
# A set of first letters in first place, looked behind from there, lets a scan hop.
_GROUP: Final = late(
    rf"[{''.join({unit[0] for unit in _UNITS})}](?<![a-z].)(?:"
    rf"(?P<unit>{'|'.join(f'(?<={unit[0]}){unit[1:]}' for unit in _UNITS)})\.?\s{{1,4}}(?:so\s{{1,3}}(?=\d))?"
    rf"(?P<values>{_VALUE}(?:{_MORE})*)"
    r"|(?<=k)\s?(?P<k>\d{1,2})(?=[\s,]{1,3}d)|(?<=d)\.?\s?(?P<d>\d{1,3})(?![\w/.-])"
    r"|(?<=p)l\.?\s{0,3}(?P<pl>\d{1,2}|[ivx]{1,4})(?!\w)|(?<=s)tt\.?\s{0,3}(?P<stt>\d{1,3})(?![\d/-]))"
)
_VALUES: Final = re.compile(_VALUE)
_JOINTS: Final = "va and tai cua thuoc cac den to from tu of o quy dinh trong duoc ban hanh kem theo the"
_CHANGES: Final = "sua doi bo sung bai bo thay the vao sau"
_WITHIN: Final = late(f"(?:{'|'.join(' '.join((_JOINTS, _CHANGES, *_UNITS, *_ABBREVIATIONS)).split())}|[ivxl]+[a-e]?)+")
_JOIN: Final = re.compile(
    r"\s{1,3}-\s{1,3}\Z"
    # "khoản 7 và bổ sung khoản 9 vào Điều 4": another change to the same document.
    r"|,?\s{1,3}va\s{1,3}(?:sua\s{1,3}doi(?:,\s{1,3}bo\s{1,3}sung)?|bo\s{1,3}sung|bai\s{1,3}bo)\s{1,3}\Z"
    r"|\s{1,3}vao(?:\s{1,3}sau)?\s{1,3}\Z|[\s,;]{0,4}(?:va|and|tai|cua|thuoc|cac|den|to|from|tu|of|o)?[\s,]{0,4}(?:cac|tai)?\s{0,3}\Z"
)
_LAST: Final = re.compile(
    r"[\s,(]{0,4}(?:cua|tai|thuoc|of|quy dinh tai|trong)?\s{0,3}"
    r"(?:(?:duoc\s+)?(?:ban\s+hanh\s+)?kem\s+theo)?\s{0,3}(?:cac|the)?\s{0,3}\Z"
)
_WORDS_BEHIND: Final = ("cua", "tai", "thuoc", "of", "trong", "theo", "cac", "the")
_PARTING: Final = frozenset("cua tai thuoc of quy dinh trong duoc ban hanh kem theo cac the".split())
"""The words of `_LAST`."""
_APART: Final = 48
"""Code points that these take, mostly; where they take more a place is looked for in any case."""
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_LAST_VALUE: Final = re.compile(r"(?:\d[a-z]?|(?<![a-z])(?:[ivxl]{1,6}[a-e]?|[a-z]))\Z")
_VALUE_ENDS: Final = 7
"""Code points that a value takes at its end, and the one before it."""
_LEAD: Final = re.compile(r"(?:\b(?:cac|tu|tai)\s{1,3})\Z")
_OPEN: Final = re.compile(r"[\s,]{0,3}[(,]?\s{0,3}(?:tai\s+|quy dinh tai\s+)?")
_BETWEEN: Final = re.compile(r"[\s,;]{1,4}(?:va\s+)?")
# Words whose second syllable looks like a unit: tài khoản, địa điểm, hạng mục.
_COMPOUNDS: Final = ("tài", "địa", "thời", "trọng", "quan", "hạng", "danh", "chuyên", "ưu", "nhược")


# "khoản 4 Điều 20 Quy chế làm việc của Bộ ban hành kèm theo Quyết định": the place is in what the decision attaches.
_ATTACHED: Final = late(r"[^.;:]*?\(?(?:duoc\s+)?(?:ban\s+hanh\s+)?kem\s+theo(?:\s+cac)?\s{0,3}\Z")
_ATTACHED_NAME: Final = late(
    r"(?<![a-z])(?:quy\s{1,3}(?:che|dinh|trinh|chuan)|dieu\s{1,3}le|danh\s{1,3}muc|noi\s{1,3}quy|huong\s{1,3}dan"
    r"|bieu\s{1,3}mau)(?![a-z])"
)
_ATTACHED_REACH: Final = 220
_HEADED: Final = late(r"\s\((?!luat|bo luat|nghi|quyet|thong tu)[^()\d]{3,80}\)\s{1,3}\Z")
"""What a place is about, in brackets: ``Điều 53 (Điều khoản chuyển tiếp) Nghị định …``."""
_REACHES: Final = (160, 800)
"""Code points that places take before a document, and that a long list of them takes."""
_BLANKS: Final = "".join(c for c in map(chr, range(128)) if c.isspace()) + ",("
_LAST_WORDS: Final = 8
"""Words before a document among which mostly one is no part of a place."""
_GAP: Final = 24
"""Blanks and marks that stand at most between a place and its document."""


class _Group(NamedTuple):
    rank: int
    values: tuple[str, ...]
    until: bool
    """Whether this group closes a range (``từ Điều 12 đến Điều 15``)."""


def _values(match: re.Match[str], source: str) -> tuple[int, tuple[str, ...]]:
    """Rank and values of a group found in the folded text; the letters come from ``source``."""
    if (short := match.lastgroup) in _ABBREVIATIONS:
        return _ABBREVIATIONS[short], (match[short].upper(),)
    begin, end = match.span("values")
    rank = _UNITS[match.string[match.start() : match.end("unit")]][1]
    value = source[begin:end]
    if value.isalnum():  # one alone
        return rank, (value.lower() if 5 <= rank <= 8 else _written(value),)
    values = (source[m.start() : m.end()] for m in _VALUES.finditer(match.string, begin, end))
    return rank, tuple(v.lower() if 5 <= rank <= 8 else _written(v) for v in values)


def _written(value: str) -> str:
    """A Roman figure in capitals; the letter behind it stays as it is: ``Phụ lục IVa``."""
    last = value[-1]
    return value[:-1].upper() + (last if len(value) > 1 and last in "abcdđe" and value[:-1].isupper() else last.upper())


def _place(units: dict[int, str]) -> str:
    return " ".join(f"{word} {units[rank]}" for rank, word in _LARGEST_FIRST if rank in units)


@lru_cache(maxsize=4096)  # the same few places, again and again
def _render(groups: tuple[_Group, ...]) -> str:
    """Join groups into places, from small to large or from large to small as they stand."""
    pending: list[dict[int, tuple[str, ...]]] = []
    done: list[str] = []
    current: dict[int, tuple[str, ...]] = {}
    rising = False  # "Mục 2 Chương II": a smaller unit behind it, "Điều 91", is a place of its own

    def close() -> None:
        nonlocal pending
        for units in filter(None, [*pending, current]):
            ranks = sorted(units)
            done.extend(_place(dict(zip(ranks, combo, strict=True))) for combo in product(*(units[r] for r in ranks)))
        pending = []
        current.clear()

    for index, group in enumerate(groups):
        if group.until and group.rank in current:
            word = next(w for r, w in _LARGEST_FIRST if r == group.rank)
            *others, first = current[group.rank]
            current[group.rank] = (*others, f"{first}-{word} {group.values[0]}")
            continue
        last = min(current) if current else None
        if last is None:
            current[group.rank], rising = group.values, False
        elif group.rank < last:
            rising = True
            # A larger unit closes every smaller place that still waits for it.
            current[group.rank] = group.values
            for waiting in pending:
                if group.rank < min(waiting):
                    waiting[group.rank] = group.values
        elif group.rank == last and len(current) == 1:
            current[group.rank] += group.values
        elif not rising and group.rank > max(current) and not any(g.rank < group.rank for g in groups[index + 1 :]):
            current[group.rank] = group.values
        elif any(g.rank < last for g in groups[index + 1 :]):
            pending.append(dict(current))
            current.clear()
            current[group.rank], rising = group.values, False
        else:
            close()
            current[group.rank], rising = group.values, False
    close()
    return "; ".join(dict.fromkeys(done))


@lru_cache(maxsize=4096)  # the same few words, again and again
def _foreign(word: str) -> bool:
    """Whether a word is none of the patterns for a place or for what joins two, nor several of these run together."""
    return len(word) > 2 and word.isalpha() and not _WITHIN.fullmatch(word)


def _last_foreign(window: str) -> int:
    """End of the last word that can stand neither in a place nor between two, 0 where there is none."""
    # Most often it is one of the last.
    return _after_foreign(window, window.rsplit(None, _LAST_WORDS)[1:]) or _after_foreign(window, window.split())


def _after_foreign(window: str, words: list[str]) -> int:
    at = len(window)
    for word in reversed(words):
        at = window.rindex(word, 0, at)
        if _foreign(word):
            return at + len(word)
    return 0


def _may_end(folded: str, end: int) -> bool:
    """Whether a place may end right before ``end``; most citations stand behind other words."""
    window = folded[max(0, end - 32) : end]
    words = window.rstrip(_BLANKS)
    if len(window) - len(words) > _GAP:
        return False
    return words.endswith(_WORDS_BEHIND) or _closes_value(folded, end - len(window) + len(words))


def _closes_value(folded: str, at: int) -> bool:
    return _ends_value(folded[max(0, at - _VALUE_ENDS) : at])


@lru_cache(maxsize=4096)  # the same few words before citations, again and again
def _ends_value(words: str) -> bool:
    return _LAST_VALUE.search(words, max(0, len(words) - _VALUE_ENDS + 1)) is not None


def _behind_value(folded: str, end: int) -> bool:
    """Whether a value may stand before ``end`` and what parts a place from its document."""
    low = max(0, end - _APART)
    words = folded[low:end].rstrip(_BLANKS)
    while word := words[len(words.rstrip(_LETTERS)) :]:
        if word not in _PARTING:
            break
        words = words[: -len(word)].rstrip(_BLANKS)
    return not words or _closes_value(folded, low + len(words))


def before(folded: str, end: int, text: str | None = None) -> tuple[str, int] | None:
    """Places written right before ``end`` of a folded text, and where they begin; None where there are none.

    ``text`` is the unfolded text: in it ``đ`` is told from ``d`` and ``tài khoản 2`` from ``tại khoản 2``.
    """
    if folded[max(0, end - 3) : end].rstrip().endswith(")"):
        heading = _HEADED.search(folded, max(0, end - 90), end)
        return before(folded, heading.start(), text) if heading else None
    if not _may_end(folded, end):
        return None
    if not _behind_value(folded, end):
        return _in_attached(folded, end, text)
    for reach in _REACHES:
        low = max(0, end - reach)
        kept, edge = _behind(folded[low:end], (text or folded)[low:end])
        if edge > _GAP or low == 0:
            break
    if not kept:
        return _in_attached(folded, end, text)
    window, source = folded[low:end], (text or folded)[low:end]
    groups: list[_Group] = []
    previous_gap = ""
    for match, gap in reversed(kept):
        rank, values = _values(match, source)
        groups.append(_Group(rank, values, previous_gap.strip().endswith(("den", "to"))))
        previous_gap = gap
    start = edge
    while lead := _LEAD.search(window, max(0, start - 6), start):
        start = lead.start()
    return _render(tuple(groups)), low + start


def _in_attached(folded: str, end: int, text: str | None) -> tuple[str, int] | None:
    """The places before the name of a regulation that is ``ban hành kèm theo`` the document at ``end``."""
    if "theo" not in folded[max(0, end - 12) : end]:
        return None
    for name in _ATTACHED_NAME.finditer(folded, max(0, end - _ATTACHED_REACH), end):
        if _ATTACHED.match(folded, name.end(), end) and (found := before(folded, name.start(), text)):
            return found
    return None


def _behind(window: str, source: str) -> tuple[list[tuple[re.Match[str], str]], int]:
    """The groups that end a folded window, the last first, each with the gap behind it; and where they begin."""
    found: list[re.Match[str]] = list(_GROUP.finditer(window, _last_foreign(window)))
    kept: list[tuple[re.Match[str], str]] = []
    edge = len(window)
    for match in reversed(found):
        gap = window[match.end() : edge]
        fits = (_JOIN if kept else _LAST).fullmatch(gap)
        if not fits or source[: match.start()].rstrip()[-8:].lower().endswith(_COMPOUNDS):
            break
        kept.append((match, gap))
        edge = match.start()
    return kept, edge


def after(folded: str, pos: int, text: str | None = None) -> tuple[str, int] | None:
    """Places written right behind ``pos`` of a folded text, and where they end; None where there are none."""
    head = _OPEN.match(folded, pos)
    at = head.end() if head else pos
    if at == pos or not ("," in folded[pos:at] or "(" in folded[pos:at]):
        return None
    source = text or folded
    groups: list[_Group] = []
    end = at
    while match := _GROUP.match(folded, at):
        rank, values = _values(match, source)
        groups.append(_Group(rank, values, False))
        end = match.end()
        joint = _BETWEEN.match(folded, end)
        if not joint:
            break
        at = joint.end()
    return (_render(tuple(groups)), end) if groups else None
