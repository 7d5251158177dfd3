"""Types of documents by their names and by the letters of their symbols, as identifiers write them."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.ontology.tables import DocType, doc_types
from kg.text.slugs import slug, unaccented

__all__ = ["doc_type", "form_of", "type_and_rest", "type_slug", "types_by_letters"]


@cache
def _types_by_name() -> dict[str, DocType]:
    return {slug(n, "."): t for t in reversed(doc_types()) for n in (*t.aliases, t.name)}


@cache
def types_by_letters(loose: bool) -> dict[str, tuple[DocType, ...]]:
    """Return the types by their letters, in the order of the table; ``loose`` takes D for Đ."""
    found: dict[str, list[DocType]] = {}
    for kind in doc_types():
        for abbr in kind.abbr:
            found.setdefault(slug(abbr, "") if loose else unaccented(abbr), []).append(kind)
    return {letters: tuple(kinds) for letters, kinds in found.items()}


def type_slug(type: str | None) -> str | None:
    """Return the slug of the type that goes by this name, else that of the name itself; None for no name.

    >>> type_slug("Bộ Luật"), type_slug("Văn kiện")
    ('bo.luat', 'van.kien')
    """
    known = _types_by_name().get(slug(type or "", "."))
    return slug(known.name if known else type or "", ".") or None


def doc_type(type: str | None) -> DocType | None:
    """Return the row of the table for the slug of a type."""
    return _types_by_name().get(type or "")


_FORMS: Final = frozenset({"nghi.dinh", "nghi.quyet", "quyet.dinh", "chi.thi", "thong.tu", "thong.tu.lien.tich"})
"""What calls one of these by the letters of another is mistaken; "Đề án 06/QĐ-TTg" is usual."""


def form_of(type: str | None) -> str | None:
    """Return the name of a type, by its slug, that contradicts the others of its kind; None for other types.

    >>> form_of("nghi.dinh"), form_of("de.an")
    ('Nghị định', None)
    """
    known = doc_type(type) if type in _FORMS else None
    return known.name if known else None


def type_and_rest(words: str) -> tuple[str, str] | None:
    """Return the slug of the type that a slugged name begins with, and what follows it; None where it begins with none.

    >>> type_and_rest("luat.dien.luc")
    ('luat', 'dien.luc')
    """
    for known, type in _types_longest_first():
        if words.startswith(known) and f"{words}.".startswith(f"{known}."):
            return type, words[len(known) + 1 :] or words
    return None


@cache
def _types_longest_first() -> list[tuple[str, str]]:
    """Names of types, longest first, each with the slug of its type."""
    return [(n, slug(t.name, ".")) for n, t in sorted(_types_by_name().items(), key=lambda p: len(p[0]), reverse=True)]
