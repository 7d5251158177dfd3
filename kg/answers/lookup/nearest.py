"""The documents of a graph that come nearest to what is wanted, where none fits it.

Those that differ in one thing come first: a mistyped digit, the type, the year, the province.
What has less in common is looked for where these are few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from string import digits
from typing import TYPE_CHECKING

from kg.answers.lookup.fit import Fit, instead, likeness, nearly_fits, taken_apart
from kg.answers.lookup.index import keys_of_any_type
from kg.answers.lookup.names import names
from kg.documents.urn import Parts, is_urn
from kg.messages import say
from kg.ontology.tables import doc_types, law_letters, laws
from kg.text.normalization import fold, normalize
from kg.text.slugs import slug

if TYPE_CHECKING:
    from kg.answers.lookup.index import Index, Named
    from kg.answers.lookup.wording import Wanted

__all__ = ["called_like", "nearest"]

_MOST, _LIKE = 5, 0.45
"""At most so many, each at least so like."""


def nearest(index: Index, wanted: Wanted, same_number: set[Named], limit: int | None) -> dict[str, Fit]:
    """Return the nearest documents, best first, at most ``limit``; ``same_number`` are those found by its number."""
    # One number stands in each province and each year, and comparing takes longer than reading.
    alike = cache(lambda number: SequenceMatcher(None, wanted.number, number).ratio())
    most = min(_MOST, limit or _MOST)

    def ranked(known: Iterable[Named]) -> list[tuple[float, str, Parts]]:
        scored = sorted((-likeness(wanted, parts, alike), iri, parts) for iri, parts in known)
        return [one for one in scored[:most] if -one[0] >= _LIKE]

    known = same_number | index.identified(_with_one_slip(wanted, apart=not index.whole))
    found = ranked(known)
    if len(found) < most:
        running, _, symbol = wanted.number.partition("-")
        # A mistyped running number leaves its symbol, which may tell the document.
        others = [f"{other}-{symbol}" for other in sorted(_mistyped(running))] if symbol else []
        found = ranked(known | index.documents([*keys_of_any_type(running), *others]))
    return {iri: nearly_fits(wanted, parts, -score) for score, iri, parts in found}


def _with_one_slip(wanted: Wanted, *, apart: bool) -> Iterator[str]:
    """Identifiers that differ in one thing from a wording that tells all: in the running number, in the type.

    ``apart``: also those of another year or province, which have the same number.
    """
    if not (wanted.type and wanted.authority and wanted.year):
        return
    running, _, rest = wanted.number.partition("-")
    if rest:
        for other in _mistyped(running):
            yield wanted.urn_with(number=f"{other}-{rest}")
    number, year = taken_apart(wanted.number), f"{wanted.year}-"
    letters, _, body = number.symbol.partition("-")
    if letters and body:
        dated = f"{number.running}-{year if number.year else ''}"
        for kind, own in _letters():
            if kind != wanted.type:
                yield wanted.urn_with(type=kind, number=f"{dated}{own}-{body}")
    if number.symbol:
        yield wanted.urn_with(number=f"{number.running}-{'' if number.year else year}{number.symbol}")
    if apart:
        if wanted.province:
            yield from (wanted.urn_with(province=place) for place in names("province"))
        yield from wanted.urns_of_each_year()


_BY_NAME = re.compile(
    r"(?P<type>bo luat|luat|phap lenh)\s+(?P<words>[a-z][a-z ,&-]*?)[\s,]*(?:nam\s+)?(?P<year>(?:19|20)\d\d)?"
)
_LINKS = frozenset(("va", "ve", "cua", "so", "viet", "nam"))
"""Words that a name may lack or have besides."""


def called_like(index: Index, wording: str, limit: int | None) -> dict[str, Fit]:
    """Return the laws whose names have all the words of a shorter one in use: ``luật ngân sách``, ``luật PCCC``.

    The shortest names come first, of one name the latest law; ``wording`` must be nothing else than such a name.
    """
    written = normalize(wording).text.strip(" .?")
    found = _BY_NAME.fullmatch(fold(written))
    if not found:
        return {}
    given = written[slice(*found.span("words"))]
    asked = _words(found["words"])
    names = sorted((len(words), name) for kind, name, words in _laws() if kind == found["type"] and asked <= words)
    if not asked or len(names) > _MANY:
        return {}
    laws = [
        (size, abs(int(found["year"] or 9999) - (parts.year or 0)), iri, name)
        for size, name in names
        for iri, parts in index.documents([slug(name, ".")])
        if is_urn(iri)
    ]
    return {
        iri: Fit(False, round(len(asked) / size, 2), say("why.near", differs=instead("name", given, name)))
        for size, _, iri, name in sorted(laws)[: min(_MOST, limit or _MOST)]
    }


_MANY = 8
"""Words that so many laws have tell none: luật thuế."""


@cache
def _laws() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple((fold(law.type), law.name, _words(fold(law.name))) for law in laws())


def _words(folded: str) -> frozenset[str]:
    """The words of a name in small letters without accents, what its letters stand for in their place."""
    for letters, meant in law_letters():
        folded = re.sub(rf"\b{re.escape(fold(letters))}\b", fold(meant), folded)
    return frozenset(re.findall(r"[a-z]+", folded)) - _LINKS


@cache
def _letters() -> tuple[tuple[str, str], ...]:
    """Each type with each of its letters in a symbol."""
    return tuple((slug(kind.name, "."), slug(letters)) for kind in doc_types() for letters in kind.abbr)


def _mistyped(running: str) -> set[str]:
    """Running numbers that one slip of the finger makes of this one: a digit too many, too few, wrong, or two swapped.

    >>> sorted(_mistyped("60"))[:4], len(_mistyped("60"))
    (['0', '00', '06', '060'], 49)
    """
    cut = [(running[:k], running[k:]) for k in range(len(running) + 1)]
    found = {a + b[1:] for a, b in cut if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cut if len(b) > 1}
    found |= {a + digit + b for a, b in cut for digit in digits}
    found |= {a + digit + b[1:] for a, b in cut if b for digit in digits}
    return {key for key in found if key[:1].isdigit()} - {running}
