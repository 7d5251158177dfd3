"""Whether a document fits what a wording says of it: what speaks for it, or in what it differs, in words.

A document fits where everything that the wording says is true of its identifier; what the wording
leaves out (the year of ``01/NQ-CP``, the province of ``01/QĐ-UBND``) is left open.  A date or an
issuer may still speak against a document that its number identifies.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kg.answers.lookup.names import called
from kg.answers.lookup.wording import Wanted
from kg.documents.urn import Parts
from kg.messages import say

__all__ = ["Fit", "Number", "contradicted", "fits", "instead", "likeness", "nearly_fits", "taken_apart"]


class Fit(NamedTuple):
    """How a document stands to a wording."""

    exact: bool
    """Whether nothing in the wording speaks against it."""
    score: float
    """Between 0 and 1."""
    why: str
    detail: bool = False
    """Whether it is the one that the number identifies, and only the date or the issuer differs."""


_DETAIL = 0.7
"""Score of a document whose date or issuer is another than that of the wording."""


def fits(wanted: Wanted, parts: Parts) -> Fit | None:
    """Return how well a document fits, None where something in the wording is not true of it."""
    if wanted.number != parts.number and not (parts.number or "").startswith(f"{wanted.number}-"):
        return None
    if any(asked and asked != known for _, asked, known in _compared(wanted, parts)):
        return None
    if parts.scope is not None:
        return Fit(True, 0.5, say("why.candidate"))
    if not wanted.year and parts.year:
        return Fit(True, 0.8, say("why.year-open", year=parts.year))
    return Fit(True, 0.9, say("why.fits"))


def contradicted(wanted: Wanted, days: set[str], issuers: set[str]) -> Fit | None:
    """Return in what a document differs of which the graph knows these dates and issuers, None where in neither."""
    said = []
    date = wanted.date or ""
    if date and days and not any(day.startswith(date) or date.startswith(day) for day in days):
        said.append(instead("date", date, ", ".join(sorted(days))))
    if wanted.issuer and issuers and not any(_same_body(wanted.issuer, name) for name in issuers):
        said.append(instead("issuer", wanted.issuer, ", ".join(sorted(issuers))))
    return Fit(False, _DETAIL, "; ".join(said), detail=True) if said else None


def likeness(wanted: Wanted, parts: Parts, alike: Callable[[str], float]) -> float:
    """Return how much of what the wording says is true of the document, between 0 and 1.

    ``alike`` compares its number with that of the wording.
    """
    said = [float(asked == known) for _, asked, known in _compared(wanted, parts) if asked]
    return (2 * alike(parts.number or "") + sum(said)) / (2 + len(said))


def nearly_fits(wanted: Wanted, parts: Parts, score: float) -> Fit:
    """Return in what a document differs that doesn't fit, each with both values."""
    asked, known = taken_apart(wanted.number), taken_apart(parts.number or "")
    compared = (*_compared(wanted, parts), ("number", asked.running, known.running))
    differing = {name: (a, b) for name, a, b in compared if a and a != b}
    said = [instead(name, called(name, a), called(name, b) if b else None) for name, (a, b) in differing.items()]
    # Where the type is another, its numbers are written in another way.
    if asked.symbol and "type" not in differing and bool(asked.year) != bool(known.year):
        said.append(say("why.year-in-number" if known.year else "why.no-year-in-number", year=known.year))
    # The symbol tells type and issuer, so one that differs with these needs no word of its own.
    if not differing.keys() & {"type", "issuer"} and not known.symbol.startswith(asked.symbol):
        said.append(instead("symbol", asked.symbol.upper(), known.symbol.upper() or None))
    return Fit(False, score, say("why.near", differs="; ".join(said)))


def _compared(wanted: Wanted, parts: Parts) -> tuple[tuple[str, object, object], ...]:
    """What is said of the document beside its number: the name of the part, as asked for and as known.

    One of joint issuers names the document as well as all do, in any order.
    """
    asked = (wanted.authority or "").split("+")
    known = wanted.authority if {*asked} <= {*parts.authority} else "+".join(parts.authority)
    unit = wanted.unit or (wanted.province if wanted.of_province else None)
    return (
        ("type", wanted.type, parts.type),
        ("year", wanted.year, parts.year),
        ("province", wanted.province, parts.province),
        ("unit", unit, unit if wanted.within(parts.units) else parts.units[-1] if parts.units else None),
        ("issuer", wanted.authority, known),
    )


def instead(name: str, given: object, known: object) -> str:
    """Say that a part of a document is another one than that of the wording."""
    return say("why.instead", part=say(f"part.{name}"), known=known or say("part.unknown"), given=given)


def _same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body; a body and its head (Chính phủ, Thủ tướng Chính phủ) count as one."""
    from kg.documents.authority import read_issuer

    a, b = read_issuer(one), read_issuer(other)
    heads = f"-{a.head}".endswith(f"-{b.head}") or f"-{b.head}".endswith(f"-{a.head}")
    return heads and (not a.units or not b.units or a.units == b.units)


class Number(NamedTuple):
    """The slug of a number taken apart; a law's name is all running number."""

    running: str
    year: str | None
    symbol: str


def taken_apart(number: str) -> Number:
    """Return the running number, the year and the symbol in the slug of a number.

    >>> tuple(taken_apart("60-2024-nd-cp")), tuple(taken_apart("01-qd-ubnd")), tuple(taken_apart("dau-tu"))
    (('60', '2024', 'nd-cp'), ('01', None, 'qd-ubnd'), ('dau-tu', None, ''))
    """
    found = _SLUG.fullmatch(number)
    return Number(found["running"], found["year"], found["symbol"] or "") if found else Number(number, None, "")


_SLUG = re.compile(r"(?P<running>\d+[a-z]?)(?:-(?P<year>(?:19|20)\d\d))?(?:-(?P<symbol>.+))?")
