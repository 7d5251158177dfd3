"""Regular expressions that search quickly.

``re`` tries a pattern at every character unless it begins with a letter, a set, or an alternation each of whose
branches begins with a letter: over these it hops.  ``(?<!\\w)(?:giao|triển khai|thực hiện)`` begins with none of them.
`begun` writes it as ``(?:gi(?<!\\wgi)ao|t(?:r(?<!\\wtr)iển khai|h(?<!\\wth)ực hiện))``, which finds the same several
times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["alternatives", "among", "begun", "breakable", "wrapped", "zeros"]

_TOKEN: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(|\)|\||[^\\\[()|]", re.DOTALL)
_BEHIND: Final = re.compile(r"\(\?<[!=](?:[^()\\]|\\.)*\)")
_LETTERS: Final = re.compile(r"[^\W\d_]+(?![?*+{])")
"""Letters, but for one that may be left out or come again."""
_QUANTIFIERS: Final = ("?", "*", "+", "{")
_ZEROS: Final = str.maketrans("123456789", "0" * 9)


def among(parts: Iterable[str], text: str) -> bool:
    """Whether one of some parts stands in a text; a loop by hand, since a generator costs more than looking for a few.

    >>> among(("nêu rõ", "quy định "), "đã quy định cụ thể")
    True
    """
    for part in parts:  # noqa: SIM110
        if part in text:
            return True
    return False


def zeros(text: str) -> str:
    """Return ``text`` with 0 for each figure, of the same length: one literal to which a search hops.

    >>> zeros("Nghị định 60/2024")
    'Nghị định 00/0000'
    """
    return text.translate(_ZEROS)


def wrapped(pattern: str) -> re.Pattern[str]:
    """Return the pattern, where a line may break at each blank of it: ``Chủ⏎tịch UBND``.

    >>> bool(wrapped("thi xa").match("thi\\nxa"))
    True
    """
    return re.compile(breakable(pattern))


def breakable(pattern: str) -> str:
    """Return the pattern as text that lets a line break at each blank of it: for one to be compiled late.

    >>> breakable("thi xa")
    'thi\\\\s{1,3}xa'
    """
    return pattern.replace(" ", r"\s{1,3}")


def begun(pattern: str) -> str:
    """Return a pattern for a search that finds ``(?<!\\w)(?:pattern)``; it holds no groups but those of ``pattern``.

    >>> begun("giao|triển khai|(?<!hiệu lực )thi hành")
    '(?:gi(?<!\\\\wgi)(?:ao)|t(?:r(?<!\\\\wtr)(?:iển khai)|h(?<!\\\\wth)(?:i(?<!(?:hiệu lực )thi) hành)))'
    """
    branches = []
    for letter, ends in _by_letter((_behind(one), one.removeprefix(_behind(one))) for one in alternatives(pattern)):
        # Most letters go on as no word does that is looked for: only those that do are asked what stands before them.
        inner = [
            f"{second}(?<!\\w{letter}{second})(?:{'|'.join(_rest(letter + second, *end) for end in rests)})"
            for second, rests in (_by_letter(ends) if letter else [("", ends)])
        ]
        branches.append(letter + (inner[0] if len(inner) == 1 else f"(?:{'|'.join(inner)})"))
    return f"(?:{'|'.join(branches)})"


def _by_letter(alternatives: Iterable[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Look-behinds and rests of alternatives by the letter that follows, which the rests have lost.

    What may go on with several letters, or with none, keeps its place between the groups.
    """
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    letters: dict[str, list[tuple[str, str]]] = {}
    for behind, rest in alternatives:
        if not rest[:1].isalpha() or rest[1:].startswith(_QUANTIFIERS):
            groups.append(("", [(behind, rest)]))
            letters = {}
            continue
        if rest[0] not in letters:
            letters[rest[0]] = []
            groups.append((rest[0], letters[rest[0]]))
        letters[rest[0]].append((behind, rest[1:]))
    return groups


def _rest(letters: str, behind: str, rest: str) -> str:
    """An alternative behind its first letters: its other letters, what must stand before all these, and the rest."""
    word = _LETTERS.match(rest) if letters else None
    plain = word[0] if word else ""
    looks = (f"{look[:4]}(?:{look[4:-1]}){letters}{plain})" for look in _BEHIND.findall(behind))
    return f"{plain}{''.join(looks)}{rest[len(plain) :]}"


def alternatives(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, those of a group that it begins with written out.

    >>> list(alternatives("(?:(?:được )?ban hành )?kèm theo|(?:các )+sở"))
    ['được ban hành kèm theo', 'ban hành kèm theo', 'kèm theo', '(?:các )+sở']
    """
    for one in _split(pattern):
        behind = _behind(one)
        core = one[len(behind) :]
        inner = _group(core)
        rest = core[len(inner) + 4 :]
        if not core.startswith("(?:") or rest.startswith(("*", "+", "{", "??", "?+")):
            yield one
            continue
        optional = rest.startswith("?")
        rest = rest.removeprefix("?")
        for opening in _split(inner):
            yield from alternatives(f"{behind}{opening}{rest}")
        if optional:
            yield from alternatives(behind + rest)


def _split(pattern: str) -> list[str]:
    parts, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += (token == "(") - (token == ")")
        if token == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _behind(pattern: str) -> str:
    """The look-behinds that a pattern begins with."""
    end = 0
    while look := _BEHIND.match(pattern, end):
        end = look.end()
    return pattern[:end]


def _group(pattern: str) -> str:
    """What stands in the group ``(?:…)`` that a pattern begins with."""
    depth, inside = 0, ""
    for token in _TOKEN.findall(pattern):
        depth += (token == "(") - (token == ")")
        if not depth:
            break
        inside += token
    return inside.removeprefix("(?:")
