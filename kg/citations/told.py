"""What a text tells of a document once: its issuer, for the other citations of the same number."""

from __future__ import annotations

import re
from typing import Final

from kg.citations.citation import Citation
from kg.entities.bodies import part_of, province_at, province_of, with_place
from kg.entities.symbols import shared, signing
from kg.entities.units import kind_of
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["told_once"]

_LOCAL_BODY: Final = late(
    r"(?<![a-z])(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|so [a-z, ]{3,40}?)\s{1,3}(?:tinh|thanh pho|tp\.?)\s{1,3}"
)


def told_once(folded: str, found: list[Citation]) -> list[Citation]:
    """Give citations without a written issuer the one that the text writes elsewhere.

    Elsewhere is with the same number (``Kết luận số 77-KL/TW`` is the Politburo's where any of its
    citations says so, and that of ``Kết luận 77``) or, for letters that no table knows, with the same
    letters; of a local body without its place, the one that several citations with the same letters write,
    where the text names no other province's bodies.  Two issuers or another date leave it open.  A name
    cut short is filled up (``Ban Chỉ đạo`` from ``Ban Chỉ đạo Trung ương``), and "tỉnh" in a document of a
    merged province is the one that another citation of the number writes.
    """
    by_number: dict[tuple[str | None, str], list[Citation]] = {}
    by_letters: dict[str, list[Citation]] = {}
    for citation in found:
        if citation.issuer_written and citation.symbol:
            by_number.setdefault((citation.type, citation.symbol.number), []).append(citation)
            if citation.symbol.bodies:
                by_letters.setdefault(citation.symbol.bodies[0], []).append(citation)
    open_letters = {
        c.symbol.bodies[0] for c in found if c.symbol and c.symbol.bodies and c.issuer and not province_of(c.issuer)
    }
    places = {letters: _places(folded, by_letters[letters]) for letters in open_letters & by_letters.keys()}
    out: list[Citation] = []
    for citation in found:
        if citation.symbol and not citation.issuer_written:
            told = by_number.get((citation.type, citation.symbol.number), [])
            issuers = {c.issuer for c in told if not (c.date and citation.date and c.date != citation.date)}
            letters = citation.symbol.bodies[0] if citation.symbol.bodies else ""
            if not issuers and citation.issuer is None and not shared(letters):
                issuers = {c.issuer for c in by_letters.get(letters, [])}
            if len(issuers) == 1:
                citation = citation._replace(issuer=issuers.pop())
        if citation.symbol and citation.issuer:
            citation = _fuller(folded, citation, by_number.get((citation.type, citation.symbol.number), []))
        out.append(_placed(citation, places))
    by_serial: dict[tuple[str | None, str], set[str | None]] = {}
    for citation in out:
        if citation.symbol:
            serial = citation.symbol.serial.lstrip("0")
            by_serial.setdefault((citation.type, serial), set()).add(citation.issuer)
    return [_short_form(citation, by_serial) for citation in out]


_CENTRE: Final = "TW"
_COMMITTEE: Final = "Ban Chỉ đạo"
_WITH_PLACE: Final = re.compile(r"\s(?:tỉnh|thành phố)\s.*")


def _fuller(folded: str, citation: Citation, told: list[Citation]) -> Citation:
    """A citation with the fuller name of its issuer, or the merged province's, that others of its number write."""
    name = citation.issuer or ""
    others = [c for c in told if c.issuer != name and not (c.date and citation.date and c.date != citation.date)]
    if not others:
        return citation
    names = {c.issuer or "" for c in others}
    if name != next(body.name for body in signing(_CENTRE)):
        here = province_of(name)
        bare = name if here is None or _writes(folded, citation, here) else _WITH_PLACE.sub("", name)
        names = {other for other in names if other.startswith(f"{bare if bare == _COMMITTEE else name} ")}
    longest = max(names, key=len, default="")
    if longest and all(longest.startswith(other) for other in names):
        return citation._replace(issuer=longest)
    merged = {c.issuer for c in others if _of_merged(folded, citation, c)}
    return citation._replace(issuer=merged.pop()) if len(merged) == 1 else citation


def _of_merged(folded: str, citation: Citation, other: Citation) -> bool:
    """Whether ``other`` writes the province, since merged, whose document both cite: ``UBND tỉnh``, ``UBND tỉnh X``."""
    here, there = province_of(citation.issuer), province_of(other.issuer)
    if here is None or there is None or citation.symbol is None or not part_of(there, here):
        return False
    told = citation.symbol.year or (citation.date and citation.date == other.date)
    if not told or kind_of(citation.issuer or "") != kind_of(other.issuer or ""):
        return False
    return not _writes(folded, citation, here) and _writes(folded, other, there)


def _writes(folded: str, citation: Citation, province: str) -> bool:
    """Whether a province stands behind a citation, or nothing does."""
    behind = " ".join(folded[citation.end : citation.tail].split())
    return not behind or fold(province) in behind


def _places(folded: str, told: list[Citation]) -> set[str]:
    """Provinces of the local bodies that are written with one symbol's letters; none where others act in the text."""
    places = [place for c in told if (place := province_of(c.issuer))]
    if len(places) < 2 or len(set(places)) > 1:
        return set()
    acting = (province_at(folded, body.end()) for body in _LOCAL_BODY.finditer(folded))
    return set(places) if all(found is None or found[0] == places[0] for found in acting) else set()


def _placed(citation: Citation, places: dict[str, set[str]]) -> Citation:
    """A local body without its place, with the only one that the text writes behind the letters of its symbol."""
    letters = citation.symbol.bodies[0] if citation.symbol and citation.symbol.bodies else ""
    there = places.get(letters, set())
    if citation.issuer is None or len(there) != 1 or province_of(citation.issuer):
        return citation
    (place,) = there
    bare = citation.issuer.removesuffix(" tỉnh").removesuffix(" thành phố")
    full = with_place(bare, place)
    return citation._replace(issuer=full) if kind_of(full) == bare and full.startswith(citation.issuer) else citation


def _short_form(citation: Citation, by_serial: dict[tuple[str | None, str], set[str | None]]) -> Citation:
    """A bare number (``Kế hoạch 02``) with the issuer that every full citation of the number has."""
    if citation.symbol or citation.named or citation.issuer or not (citation.number or "").isdigit():
        return citation
    issuers = by_serial.get((citation.type, (citation.number or "").lstrip("0")), set())
    return citation._replace(issuer=next(iter(issuers))) if len(issuers) == 1 else citation
