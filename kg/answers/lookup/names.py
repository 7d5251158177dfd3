"""Names of types, provinces and issuers, as the tables have them, by the slugs that stand for them in identifiers."""

from __future__ import annotations

from functools import cache

from kg.ontology.tables import bodies, doc_types, provinces
from kg.text.slugs import slug

__all__ = ["called", "names"]


@cache
def names(part: str) -> dict[str, str]:
    """Return slug with ``.`` between words -> name, of a ``type``, ``province`` or ``issuer``; empty for other parts.

    >>> names("type")["nghi.dinh"], names("year")
    ('Nghị định', {})
    """
    known = {
        "type": (row.name for row in doc_types()),
        "province": (row.name for row in provinces()),
        "issuer": (row.name for row in bodies()),
    }
    return {slug(name, "."): name for name in known.get(part, ())}


def called(part: str, value: object) -> str:
    """Return a part of an identifier in words, those of joint issuers with ``+`` between them.

    >>> called("issuer", "bo.tai.chinh+bo.noi.vu"), called("year", 2024)
    ('Bộ Tài chính + Bộ Nội vụ', '2024')
    """
    return " + ".join(names(part).get(slugged, slugged.replace(".", " ")) for slugged in str(value).split("+"))
