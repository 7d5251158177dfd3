"""Numbers and symbols of Vietnamese official documents.

=====================  ==========================  ==========================================
style                  form                        rule
=====================  ==========================  ==========================================
state, individual      ``01/QĐ-UBND``              Nghị định 30/2020/NĐ-CP, Phụ lục I and III
state, normative       ``60/2024/NĐ-CP``           Luật 64/2025/QH15 Điều 7; NĐ 78/2025 Điều 71
official letter        ``3685/UBND-KT2``           Nghị định 30/2020/NĐ-CP: no type letters
assembly               ``45/2019/QH14``            number/year/body and its term
Party                  ``18-NQ/TW``                Quy định 66-QĐ/TW, 399-QĐ/TW: hyphen first
before 1998            ``36/CP``, ``178-HĐBT``     body alone, series restart each year
=====================  ==========================  ==========================================

What scanning and typing do to them (``ND-CP``, ``QĐ/TTg``, ``NĐCP``, ``NĐ- CP``, ``l0/2024``, ``0Đ-UBND``)
is undone where the tables of types and bodies leave no doubt; anything else stays as written.

>>> find("số 60 /2024/NĐ- CP ngày", 3).number
'60/2024/NĐ-CP'
>>> find("1588-QĐ/TTG").number
'1588/QĐ-TTg'
>>> find("18-NQ/TW").style
<Style.PARTY: 'party'>
>>> find("19/51 xã") is None, find("500/220kV") is None
(True, True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeVar

from kg.ontology.tables import Body, DocType, bodies, doc_types
from kg.ontology.wording import entries
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["Style", "Symbol", "find", "issuers", "letters_of", "scan", "shared", "signing", "types"]


T = TypeVar("T")


class Style(StrEnum):
    """Which rule the number follows."""

    STATE = "state"
    LETTER = "letter"
    ASSEMBLY = "assembly"
    PARTY = "party"
    OLD = "old"
    UNKNOWN = "unknown"


class Symbol(NamedTuple):
    """A number read into its parts; ``start`` and ``end`` are its span in the text."""

    start: int
    end: int
    number: str
    serial: str
    year: str | None
    type_abbr: str | None
    bodies: tuple[str, ...]
    style: Style


# A token of a symbol: capitals, a lower-case letter between or behind (CTr, TTg, QyĐ, QĐi), figures behind.
_ENDS: Final = r"(?:(?![a-zà-ỹđ])|(?=ngày|của|về))"
_TOKEN: Final = (
    rf"(?:Q[yY]Đ|[NQ][ ]Đ(?=\s?-)|0Đ(?=\s?-)|[A-ZĐ][A-ZĐƯ]{{0,7}}(?:[a-z]{_ENDS})?[A-ZĐƯ0-9]*+(?:[a-z]{_ENDS})?"
    r"|(?i:nđ|nd|qđ|qd|nq|tt|ct|kh|cp|ttg|ubnd|hđnd|hdnd|tw|tu)(?!\w))"
)
# A line may break behind a mark, and the next be indented.
_ON: Final = r"(?:[ \t]?\n[ \t]{0,24}|\s{0,3})"
# "282/QĐ TTg ngày …", "05/CT BCA V28 ngày …", "45/SCT QLTM ngày …": a blank for the hyphen, where none but a body's
# letters or a desk's can follow.
_DESK: Final = r"[A-Z]\d{1,2}"
_GOES_ON: Final = r"(?=\s{0,3}(?:ngày|của|như|về|và|quy định|[,;.)\n]))"
_SIGNED: Final = (
    rf"TTg|(?:CP|B[A-ZĐ]{{2,7}}|UBND|HĐND|BCĐ)(?:{_GOES_ON}|(?=[ ]{_DESK}[ ]ngày))"
    rf"|{_DESK}[ ]ngày|[A-ZĐ]{{2,7}}[a-z]?[ ]ngày"
)
_BLANK: Final = rf"[ ](?=(?:{_SIGNED})(?!\w))"
# "27/2018/QĐ" / "-TTg": the cell of a table breaks before the hyphen.
_BROKEN: Final = r"(?<=QĐ|NĐ|NQ|TT|CT|KH)[ \t]?\n-(?=(?:TTg|CP|B[A-ZĐ]{2,7}|UBND|HĐND)(?!\w))"
# "48 CT/TW": the hyphen before the type of a Party document.
_PARTY_KIND: Final = "(?:CT|NQ|KL|QĐ|TB|CV|KH|BC)"
_LETTERS: Final = (
    rf"{_TOKEN}{_ENDS}(?:(?:[ \t]{{0,2}}[-/&]{_ON}|\.|_|{_BLANK}|{_BROKEN}){_TOKEN}{_ENDS})*+(?:\([A-Z]?\d{{1,3}}\))?"
)
_SMALL: Final = r"(?:tt|ttlt|nđ|nd|qđ|qd|nq|ct|kh)-[a-zđ]{3,8}(?:-[a-zđ]{3,8})*(?!\w)"
# The Assembly and its term behind a year, with what scanning makes of them: "22/2023/OH15", "135/2025/QHI5", "QH 13",
# "UBTVQH 13".
_ASSEMBLY: Final = r"(?:UBTV(?=QH))?[QO0]\s?H\s?-?[1lI][0-6lIO](?![\w/-])(?!\s(?:tháng|năm))"
# "33/2015QĐ-TTg", "144/2025QH15", "95/2024 NĐ-CP": the mark behind the year is forgotten.
_GLUED_TO_YEAR: Final = r"(?:[ ]?(?:NĐ|QĐ|NQ|TT|CT|KH)-|QH1[0-6](?!\w))"
_NUMBER: Final = re.compile(
    rf"""
    (?<![\d/,])(?<![^oố]\.)(?<!\d[-:])(?<!\d[A-Z]:)  # a point stands before it in "No.120/2016/ND-CP" alone
    (?P<serial> (?:(?<=[sS]ố[ ])\d[ ](?=\d{{1,3}}\s?/))?
        [lIO]?\d{{1,7}} (?:[lIO]\d{{1,4}}|O)? (?:\.\d{{1,2}}(?=\s?[/.]\s?20))? (?:bis|[a-zđA-D])? )
    (?: \s{{0,3}} (?P<mark1>[/-]|\.(?=20\d\d/)) \s{{0,3}} (?P<year>(?:[1l]9|2[0O])[\dOl]{{2}}|20[012][ ]\d)
        (?=\s{{0,3}}[/-]|{_GLUED_TO_YEAR}) )?
    (?: \s{{0,3}} (?P<mark>[/-]) {_ON} | [ ](?=TC/|{_PARTY_KIND}/T[WU](?!\w)) | (?<=[/-]\d\d\d\d)[ ]? )
    (?P<letters>(?(year){_ASSEMBLY}|(?!))|{_SMALL}|{_LETTERS})
    """,
    re.VERBOSE,
)
_FIGURES: Final = "0123456789"
_MOST_FIGURES: Final = 7
_BLANKS: Final = ("", r"\s", r"\s\s", r"\s\s\s")
# Few numbers have letters behind them, so a scan hops from mark to mark (a literal in first place makes it hop, many
# times as fast as a set) and reads back from there: behind the serial or the year stands the mark, behind the mark a
# letter.
_MARKS: Final = (
    *(
        re.compile(
            rf"{mark}(?={_ON}(?:[A-ZĐnqtckuh]|0[ĐH]))(?:"
            + "|".join(rf"(?<=[\dOl]{letter}{blank}.)" for letter in ("", "[a-zđA-D]", "bis") for blank in _BLANKS)
            + rf"|(?<=\d[ ]TC.)|(?<=\d[ ]{_PARTY_KIND}.)(?=T[WU](?!\w)))"
        )
        for mark in "/-"
    ),
    re.compile(rf"/(?=(?:19|20)\d\d{_GLUED_TO_YEAR})(?<=\d/)"),
)
_BEFORE_MARK: Final = re.compile(
    r"[lIO\d](?<![\d/,].)(?<![^oố]\..)(?<!\d[-:].)(?:(?<=ố[ ]\d)[ ]\d)?"
    r"(?:(?<=\d)\d{0,6}|(?<=[lIO])\d{1,6})(?:[lIO]\d{1,4}|O)?(?:\.\d{1,2})?(?:bis|[a-zđA-D])?"
    r"(?:(?:\s{0,3}[/-]\s{0,3}|\.(?=20))(?:(?:[1l]9|2[0O])[\dOl]{2}|20[012][ ]\d)"
    r"|[ ](?:TC|CT|NQ|KL|QĐ|TB|CV|KH|BC))?\s{0,3}\Z"
)
# "Văn bản số 3414BTNMT-KSVN", "Nghị quyết 18NQ/TW": the mark behind the number is forgotten.
_UNMARKED: Final = (
    re.compile(r"-(?=[A-ZĐ]{2})(?:" + "|".join(rf"(?<=\d[A-ZĐ]{{{length}}}-)" for length in range(2, 9)) + ")"),
    re.compile(rf"/(?=T[WU](?!\w))(?<=\d{_PARTY_KIND}/)"),
)
_BEFORE_UNMARKED: Final = late(
    r"[Ss](?:ố|Ố)\s{0,3}:?\s{0,3}(?P<serial>\d{1,5})(?P<letters>[A-ZĐ]{2,8})\Z"
    rf"|(?<![\w/.,-])(?P<party>\d{{1,4}})(?P<kind>{_PARTY_KIND})\Z"
)
_REACH: Final = 34
"""Code points that serial, year and the blanks between them can take at most."""
_HYPHEN_LOST: Final = re.compile(r"(?<=[A-ZĐ\d]{2})[ ](?=[A-ZĐ])")
_PARTS: Final = re.compile(r"\s*([-/&._])\s*")
_FOLLOWED: Final = re.compile(r"\s{1,3}(?:ngày|của|về|V/v)(?!\w)|[ \t]{0,3}(?:\n|\||\Z)")
_SPACED: Final = re.compile(r"\s[-/]\s")
# Types of before 1998 that stand behind a hyphen as the Party's do: ``23-L/CTN``.  The ministry of finance
# wrote its own letters there, ``74-TC/TCT``.
_OLD_KINDS: Final = frozenset({"L", "LCT", "LPL"})
# Bodies that signed alone before 1998, with the mark of their time.
_OLD_BODIES: Final = {"CP": "/", "TTg": "/", "SL": "-", "HĐBT": "-", "CT": "-"}
# What scanning makes of the Government's letters, of which alone decrees are, and of the Prime Minister's.
_MISREAD_CP: Final = frozenset({"GP", "CR", "OP", "CF"})
_MISREAD_TTG: Final = frozenset({"TTq", "TTQ"})
_MISREAD_QH: Final = re.compile(r"(UBTV)?[QO0]\s?H\s?-?([1lI][0-6lIO])")
_MISREAD_QD: Final = frozenset({"0Đ", "OĐ"})
_DIGITS: Final = str.maketrans("lIO", "110")
# Bodies that number in the Party's style: hyphen before the type, slash before the body.
_PARTY_KINDS: Final = frozenset({"Party body"})
_SHARED: Final = frozenset(entries("shared_letters"))
_REUSED: Final = frozenset(entries("reused_letters"))


def _by_letters(pairs: list[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Values by abbreviation as written and, where no other is written so, without accents in capitals."""
    exact: dict[str, list[T]] = {}
    bare: dict[str, list[T]] = {}
    for abbr, value in pairs:
        for table, key in ((exact, abbr), (bare, fold(abbr).upper())):
            if value not in table.setdefault(key, []):
                table[key].append(value)
    return {key: tuple(found) for key, found in (bare | exact).items()}


@cache
def types() -> dict[str, tuple[DocType, ...]]:
    """Document types by abbreviation, as written and without accents in capitals."""
    return _by_letters([(abbr, kind) for kind in doc_types() for abbr in kind.abbr])


@cache
def issuers() -> dict[str, tuple[Body, ...]]:
    """Bodies by abbreviation and its variants, as written and, three letters and more, without accents in capitals.

    Two letters are too few to tell a body without its accents: ``72/TD-PCCC`` is none of Tỉnh đoàn's.
    """
    written = [(abbr, body) for body in bodies() for abbr in (body.abbr, *body.abbr_variants)]
    exact = {abbr for abbr, _ in written}
    return {key: found for key, found in _by_letters(written).items() if len(key) > 2 or key in exact}


def letters_of(token: str) -> str:
    """A token without the figures behind its letters: ``BCA`` of ``BCA09`` and ``BCA(C13)``, ``QH`` of ``QH15``."""
    return token.partition("(")[0].rstrip("0123456789")


def signing(token: str) -> tuple[Body, ...]:
    """The bodies that sign with a token, or else with its letters; none where the table knows neither.

    >>> [body.name for body in signing("QH15")], signing("XYZ9")
    (['Quốc hội'], ())
    """
    known = issuers()
    return known.get(token) or known.get(letters_of(token)) or ()


def shared(token: str, day: str | None = None) -> bool:
    """Whether others than the body of the table sign with these letters, behind a type, on a day (ISO).

    >>> shared("CT"), shared("CT05"), shared("CP")
    (True, True, False)
    >>> shared("TCT", "2020-01-19"), shared("TCT", "2026-01-19")
    (False, True)
    """
    letters = letters_of(token)
    if letters in _REUSED:
        return day is not None and all(b.valid_to is not None and b.valid_to < day for b in signing(token))
    return letters in _SHARED


@cache
def _official_type(token: str) -> str | None:
    """``ND`` -> ``NĐ``, ``CTR`` -> ``CTr``; None where no type has that abbreviation."""
    kinds = types().get(token) or types().get(fold(token).upper())
    if not kinds:
        return None
    key = fold(token).upper()
    return next((a for k in kinds for a in k.abbr if a == token), None) or next(
        a for k in kinds for a in k.abbr if fold(a).upper() == key
    )


@cache
def _official_body(token: str) -> str | None:
    """``TTG`` -> ``TTg``, ``HDND`` -> ``HĐND``, ``NHNN5`` -> ``NHNN5``; None where no body signs so."""
    stem = letters_of(token)
    for written in (token, stem):
        key = fold(written).upper()
        # Two letters without their accents are too few to tell a body.
        if found := issuers().get(written) or (issuers().get(key) if len(key) > 2 or written.islower() else None):
            abbr = next((b.abbr for b in found if fold(b.abbr).upper() == key), None) or next(
                (v for b in found for v in b.abbr_variants if v == written or fold(v).upper() == key), written
            )
            if "Đ" in written and "Đ" not in abbr:
                abbr = written
            return abbr + (token[len(stem) :] if written == stem else "")
    return None


@cache
def _footnote_mark(token: str) -> int:
    """Number of figures behind a body's letters that are a footnote's: 1 for ``CP2``, ``QH151``, 0 for ``QH15``."""
    stem = letters_of(token)
    figures = len(token) - len(stem)
    if token[len(stem) :].startswith("0"):
        return 0
    found = issuers().get(stem, ())
    if any(b.kind == "National Assembly" for b in found):
        return max(0, figures - 2)
    plain = found and all(b.level != "any" and b.abbr not in ("NHNN", "BCA", "TANDTC") for b in found)
    return figures if plain and figures <= 2 else 0


@cache
def _split_glued(token: str, dated: bool) -> tuple[str, str] | None:
    """``NĐCP`` -> (``NĐ``, ``CP``) where both halves are known and the whole is not.

    Numbers of circulars have a year: ``15/TTYT`` is of a Trung tâm Y tế.
    """
    for cut in range(len(token) - 1, 0, -1):
        kind, body = _official_type(token[:cut]), _official_body(token[cut:])
        if kind and body and len(token) - cut > 1 and (dated or kind != "TT"):
            return kind, body
    return None


def _of_slug(letters: str) -> str:
    """Letters of an address or a file name without the words behind the last body's: ``tt-btp`` of ``tt-btp-huong``."""
    kind, *rest = letters.split("-")
    known = next((k for k, token in enumerate(rest) if not _official_body(token)), len(rest))
    return "-".join([kind, *rest[: max(known, 1)]])


def _trim(letters: str) -> str:
    """Cut letters at a hyphen set off by blanks unless a known body follows (``QĐ - UBND``)."""
    for match in _SPACED.finditer(letters):
        token = _PARTS.split(letters[match.end() :], maxsplit=1)[0]
        if not _official_body(token):
            return letters[: match.start()]
    return letters


def _is_party(token: str) -> bool:
    signers = signing(token)
    return any(b.kind in _PARTY_KINDS or b.abbr.startswith("TWĐTN") for b in signers) and token != "BCT"


def _is_state(token: str) -> bool:
    """Whether a body of the State signs so, for whom the Party's marks are a slip of the pen."""
    others = ("Party body", "mass organisation", "steering committee", "enterprise")
    return any(b.kind not in others for b in signing(token))


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of a number in the form that their style prescribes."""

    mark: str
    text: str
    type_abbr: str | None
    bodies: tuple[str, ...]
    style: Style


def _join(tokens: list[str], seps: list[str]) -> str:
    return tokens[0] + "".join(sep + token for sep, token in zip(seps, tokens[1:], strict=True))


def _hyphens(tokens: list[str], seps: list[str]) -> str:
    """State style: one hyphen between groups; ``&`` and a point belong to a body or its desk."""
    return _join(tokens, ["-" if sep in "/_" else sep for sep in seps])


def _one_group(mark: str, token: str, kind: str | None, *, dated: bool) -> _Letters:
    """``43/2022/QH15``, ``36/CP``, ``12/KH``."""
    body = _official_body(token)
    if body and (dated or body.startswith(("QH", "UBTVQH"))):
        return _Letters("/", body, None, (body,), Style.ASSEMBLY)
    if body in _OLD_BODIES:
        return _Letters(_OLD_BODIES[body], body, None, (body,), Style.OLD)
    return _Letters(mark, kind or body or token, kind, (body,) if body and not kind else (), Style.UNKNOWN)


def _several_groups(mark: str, tokens: list[str], seps: list[str]) -> _Letters:
    """``NĐ-CP``, ``NQ/TW``, ``UBND-KT2``."""
    kind, own = _official_type(tokens[0]), _official_body(tokens[0])
    rest = [_official_body(token) or token for token in tokens[1:]]
    if kind == "NĐ" and rest[0] not in ("CP", "HĐBT") and fold(rest[0]).upper() in _MISREAD_CP:
        rest[0] = "CP"
    if rest[0] in _MISREAD_TTG:
        rest[0] = "TTg"
    if kind and len(rest[0]) == 2 and rest[0][1].islower() and rest[0].upper() in issuers():
        rest[0] = rest[0].upper()  # "104-CTr/Tu"
    known = _official_body(rest[0]) is not None
    if mark == "-" and seps[0] == "/" and tokens[0] == "TC":
        return _Letters(mark, _join(tokens, seps), None, tuple(tokens), Style.OLD)
    if mark == "-" and seps[0] == "/" and kind in _OLD_KINDS:
        return _Letters(mark, _join([kind, *rest], seps), kind, tuple(rest), Style.OLD)
    # "5485/CT-CS" and "176/CT-VP" are letters of Cục Thuế, "12/CT-UBND" a directive; other types win over a body's.
    directs = known and not any(b.name.startswith("Văn phòng") for b in signing(rest[0]))
    if kind and (directs or not own or kind != "CT"):
        crossed = mark == "-" and seps[0] == "/"
        if not _is_party(rest[0]) and crossed and not _is_state(rest[0]):
            return _Letters(mark, _join([kind, *rest], seps), kind, tuple(rest), Style.PARTY)
        if not _is_party(rest[0]):
            written = _hyphens if known or len(rest) == 1 else _join
            return _Letters("/", written([kind, *rest], seps), kind, tuple(rest), Style.STATE)
        if mark == "-" or seps[0] == "/":
            return _Letters("-", _join([kind, *rest], ["/", *seps[1:]]), kind, tuple(rest), Style.PARTY)
        return _Letters(mark, _join([kind, *rest], seps), kind, tuple(rest), Style.PARTY)
    style = Style.LETTER if own else Style.UNKNOWN
    names = [own or tokens[0], *tokens[1:]]
    return _Letters(mark, _join(names, seps), None, tuple(names), style)


@lru_cache(maxsize=8192)  # the letters of a few bodies, again and again
def _read_letters(written: str, mark: str, dated: bool, ends: bool) -> tuple[_Letters, int]:
    """Letters in the form of their style, and how many of the characters ``written`` are theirs.

    ``ends`` tells that a date, an issuer, a subject or the end of a line or a cell follows.
    """
    if dated and (term := _MISREAD_QH.fullmatch(written)):
        return _one_group(mark, f"{term[1] or ''}QH{term[2].translate(_DIGITS)}", None, dated=True), len(written)
    written = _HYPHEN_LOST.sub("-", written)
    if not ends:
        written = _trim(written)
    if written.islower():
        written = _of_slug(written)
    if written[-1].isdigit() and (mark_length := _footnote_mark(re.split(r"[-/&.]", written)[-1].strip())):
        written = written[:-mark_length]
    parts = _PARTS.split(written)
    tokens, seps = ["".join(token.split()) for token in parts[::2]], parts[1::2]
    tokens = ["TW" if token == "TƯ" else token for token in tokens]
    if len(tokens) > 1 and tokens[0] in _MISREAD_QD:
        tokens[0] = "QĐ"
    if seps and (seps[0] == "_" or (seps[0] == "." and (_official_type(tokens[0]) or _official_body(tokens[0])))):
        seps[0] = "-"
    if len(tokens) == 1 and not _official_type(tokens[0]) and not _official_body(tokens[0]):
        tokens = list(_split_glued(tokens[0], dated) or tokens)
        seps = ["-"] * (len(tokens) - 1)
    if len(tokens) == 1:
        return _one_group(mark, tokens[0], _official_type(tokens[0]), dated=dated), len(written)
    return _several_groups(mark, tokens, seps), len(written)


def _read(match: re.Match[str]) -> Symbol:
    serial, mark1, year, mark, written = match.group("serial", "mark1", "year", "mark", "letters")
    mark = mark or "-"
    if not serial.isdigit():
        serial = serial.replace(" ", "")  # scanning puts a blank between two figures: "số 1 17/2018/NĐ-CP"
        serial = serial[:-1].translate(_DIGITS) + serial[-1].replace("O", "0")
    head = serial
    ends = _FOLLOWED.match(match.string, match.end()) is not None
    letters, length = _read_letters(written, "/" if year else mark, bool(year), ends)
    if year:
        year = year if year.isdigit() else year.translate(_DIGITS).replace(" ", "")
        # "19-2017/NQ-CP" is an official form; "60-2024-ND-CP" is a file name.
        # "20.03.2026/BCTT-TS": an enterprise's, with the day.
        own = mark1 == "." and not any(signing(token) for token in letters.bodies)
        head += ("-" if mark1 == "-" and mark == "/" else "." if own else "/") + year
    return Symbol(
        match.start(),
        match.start("letters") + length,
        head + letters.mark + letters.text,
        serial,
        year,
        letters.type_abbr,
        letters.bodies,
        letters.style,
    )


def find(text: str, pos: int = 0) -> Symbol | None:
    """The number with a symbol that begins at ``pos`` of a normalized text, or None."""
    match = _NUMBER.match(text, pos)
    return _read(match) if match else None


def scan(text: str) -> list[Symbol]:
    """Every number with a symbol in a normalized text, in order."""
    found: list[Symbol] = []
    done = 0
    forgotten = {mark.start() for marks in _UNMARKED for mark in marks.finditer(text)}
    for end in sorted(forgotten.union(mark.start() for marks in _MARKS for mark in marks.finditer(text))):
        at = max(done, end - _REACH)
        if end in forgotten and (unmarked := _unmarked(text, at, end)):
            found.append(unmarked)
            done = unmarked.end
            continue
        start = _begins(text, at, end)
        while start >= 0:
            if match := _NUMBER.match(text, start):
                found.append(_read(match))
                done = match.end()
                break
            head = _BEFORE_MARK.search(text, start + 1, end)
            start = head.start() if head else -1
    return found


def _begins(text: str, low: int, end: int) -> int:
    """Where the first number begins that may end at a mark: as a search for `_BEFORE_MARK` from ``low`` on; else -1."""
    # Most are figures behind a word, with the year behind them or not: nothing reaches from before the word beyond it.
    window = text[low:end]
    before = window.rstrip(_FIGURES)
    figures = len(window) - len(before)
    if figures == len("2024") and before.endswith("/") and window.startswith(("19", "20"), len(before)):
        figures = len(before) - 1
        before = before[:-1].rstrip(_FIGURES)
        figures -= len(before)
    if 0 < figures <= _MOST_FIGURES and before[-1:] == " " and before[-2:-1].isalpha():
        return low + len(before)
    head = _BEFORE_MARK.search(text, low, end)
    return head.start() if head else -1


def _unmarked(text: str, low: int, mark: int) -> Symbol | None:
    """The number whose letters, of a known body, follow without a mark: ``số 3414BTNMT-KSVN``, ``18NQ/TW``."""
    before = _BEFORE_UNMARKED.search(text, low, mark)
    if before is None:
        return None
    start, letters = (before.start("serial"), before.start("letters")) if before["serial"] else before.span("party")
    match = _NUMBER.match(f"{text[start:letters]}/{text[letters : letters + _REACH]}")
    read = _read(match) if match else None
    if read is None or not read.bodies or not signing(read.bodies[0]) or read.style is Style.UNKNOWN:
        return None
    return read._replace(start=start, end=start + read.end - 1)
