"""Bytes and legacy text to Unicode.

Vietnamese files reach us in UTF-8 and UTF-16, in Windows-1258 (marks as combining
characters), and in two encodings that were never code pages but fonts: TCVN3, also called
ABC (TCVN 5712:1993, fonts ``.VnTime``, ``.VnArial``), one byte a letter, and VNI Windows
(fonts ``VNI-Times``), one byte for the letter and one for its marks.  Programs that know
neither read their bytes as Windows-1252, so the same text also turns up as Unicode:

>>> recode("NghÞ ®Þnh sè 60", "tcvn3")
'Nghị định số 60'
>>> recode("Nghò ñònh soá 60", "vni")
'Nghị định số 60'
>>> legacy_encoding("Nghò ñònh soá 60 cuûa Chính phuû")
'vni'
>>> legacy_encoding("Nghị định số 60 của Chính phủ") is None
True

The letters stand in ``ontology/legacy_encodings.tsv``, as hexadecimal bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from kg.loaders.spelling import is_syllable, share
from kg.messages import say
from kg.ontology.tables import read

__all__ = ["LEGACY", "Decoded", "DecodingError", "decode", "legacy_encoding", "modernize", "recode"]

LEGACY = ("tcvn3", "vni")
"""The encodings that Python has no codec for; ``decode`` and ``recode`` take these names."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# One of these is in every few words of Unicode Vietnamese, and in no text read as Windows-1252.
_MODERN = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_MARKED = re.compile(r"\S*[\x80-\xff]\S*")
_SAMPLE = 20_000
# Below this share of sound syllables nothing is claimed; real text has 0.95 and more.
_SOUND = 0.7
_SHY = "\u00ad"  # ư in TCVN3, and the first character that an editor loses


class DecodingError(ValueError):
    """Bytes that no known encoding explains."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` and the name of the encoding that gave it."""

    text: str
    encoding: str


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of ``data``, read as ``encoding`` or as what it shows itself to be.

    A byte order mark decides; then UTF-8, if all of it is; then whichever of Windows-1258,
    TCVN3 and VNI makes Vietnamese words.  Text that is already Unicode but was read as
    Windows-1252 on the way is put right.  Line ends stay as they are.  Raises
    `DecodingError` when nothing fits, `LookupError` for a name that is no encoding.
    """
    if encoding is not None:
        return _forced(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(name), name)
            except UnicodeDecodeError as error:
                raise DecodingError(say("decoding.damaged", encoding=name.upper(), at=error.start + 1)) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _best(data)
    legacy = legacy_encoding(text)
    return Decoded(recode(text, legacy), legacy) if legacy else Decoded(text, "utf-8")


def legacy_encoding(text: str) -> str | None:
    """Return ``"tcvn3"`` or ``"vni"`` if ``text`` is such text read as Windows-1252, else None."""
    sample = text[:_SAMPLE]
    if _MODERN.search(sample) or not _MARKED.search(sample):
        return None
    plain = _score(sample)
    score, name = max((_score(recode(sample, name)), name) for name in LEGACY)
    return name if score >= _SOUND and score > plain else None


def modernize(text: str) -> str:
    """Return ``text`` put right if it is TCVN3 or VNI read as Windows-1252, else as it is.

    >>> modernize("ubnd tØnh Lµo Cai")
    'ubnd tỉnh Lào Cai'
    """
    legacy = legacy_encoding(text)
    return recode(text, legacy) if legacy else text


def recode(text: str, encoding: str) -> str:
    """Return ``text``, whose characters are the bytes of ``encoding`` read as Windows-1252, as Unicode."""
    if encoding == "vni":
        letters = _letters("vni")
        return _vni_pattern().sub(lambda match: letters[match[0]], text)
    text = text if _SHY in text else _restore_shy(text)
    text = text.translate(_tcvn3())
    return re.sub(r"[^\W\d_]+", _restore_capitals, text)


def _restore_capitals(match: re.Match[str]) -> str:
    """Return a word of capitals whole: TCVN3 has no capitals with tone marks, ``QUYÕT`` stands for QUYẾT."""
    word = match[0]
    capitals = sum(map(str.isupper, word))
    toned = sum(c > "\x7f" and c.islower() for c in word)
    return word.upper() if capitals > 1 and capitals + toned == len(word) else word


def _forced(data: bytes, encoding: str) -> Decoded:
    name = encoding.lower().replace("_", "-")
    name = {"abc": "tcvn3", "tcvn-3": "tcvn3", "vni-windows": "vni", "utf-8": "utf-8-sig"}.get(name, name)
    if name in LEGACY:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _cp1252(data)
        return Decoded(recode(text, name), name)
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        raise DecodingError(say("decoding.other", encoding=encoding, at=error.start)) from error


def _best(data: bytes) -> Decoded:
    raw = _cp1252(data)
    candidates = [Decoded(data.decode("cp1258", errors="replace"), "cp1258")]
    candidates += (Decoded(recode(raw, name), name) for name in LEGACY)
    best = max(candidates, key=lambda decoded: _score(decoded.text[:_SAMPLE]))
    if _score(best.text[:_SAMPLE]) < _SOUND:
        raise DecodingError(say("decoding.none"))
    return best


def _score(text: str) -> float:
    """Share of sound syllables among the words with a mark, the only ones that an encoding changes."""
    return share(" ".join(word.lower() for word in text.split() if not word.isascii()))


def _cp1252(data: bytes) -> str:
    # Latin-1 fills the five bytes that Windows-1252 leaves open.
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([b]).decode("cp1252" if b not in _OPEN else "latin-1") for b in data)


_OPEN = frozenset(b"\x81\x8d\x8f\x90\x9d")


def _restore_shy(text: str) -> str:
    """Put back the soft hyphens (ư) of a TCVN3 text in which an editor made them hyphens: ``n-íc``, ``nh-``."""

    def restored(match: re.Match[str]) -> str:
        word = match[0].replace("-", _SHY, 1)
        return word if is_syllable(word.translate(_tcvn3())) else match[0]

    return re.sub(r"[^\W\d_]+-[\w\xa1-\xbe]*", restored, text)


@cache
def _letters(encoding: str) -> dict[str, str]:
    return {
        bytes.fromhex(row[encoding]).decode("latin-1"): row["letter"]
        for row in read("legacy_encodings")
        if row[encoding]
    }


@cache
def _tcvn3() -> dict[int, str]:
    return {ord(code): letter for code, letter in _letters("tcvn3").items()}


@cache
def _vni_pattern() -> re.Pattern[str]:
    longest_first = sorted(_letters("vni"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
