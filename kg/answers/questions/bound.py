"""The value of a parameter: the words given, and the RDF terms of the graph that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.graph.binding import Rows, Term
from kg.messages import KgError, say
from kg.text.slugs import slug

if TYPE_CHECKING:
    from kg.graph.store import Graph

__all__ = ["Bound", "bare_slug", "did_you_mean", "named", "no_such", "one"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A parameter's value: the words given, the terms they stand for, and what to tell the user about that."""

    given: str
    values: Mapping[str, Rows]
    """Place in the query (``period``, ``period.within``) -> rows of terms."""
    notes: tuple[str, ...] = ()

    @property
    def iris(self) -> list[str]:
        """The IRIs that the words stand for."""
        rows = next(iter(self.values.values()), ())
        return [term.value for row in rows for term in row if isinstance(term, NamedNode)]


def one(name: str, given: str, *terms: Term, notes: tuple[str, ...] = ()) -> Bound:
    """Return the value of a parameter that stands at one place of the query, as any of ``terms``."""
    return Bound(given, {name: tuple((term,) for term in terms)}, notes)


def named(graph: Graph, kind: str, names: str) -> list[tuple[str, str]]:
    """Return the members of a class with each of their names; ``names`` is the path of properties that names them."""
    found = graph.select(f"SELECT DISTINCT ?node ?name WHERE {{ ?node a {kind} ; {names} ?name }}")
    return [(str(row["node"]), str(row["name"])) for row in found]


_PLACE_FORM = re.compile(r"^(?:tinh|thanh-pho|tp|province-of|city-of)-|-(?:province|city)$")


def bare_slug(name: str) -> str:
    """Return the slug of a name without the word for province or city.

    >>> bare_slug("tỉnh Hậu Giang"), bare_slug("Hau Giang province")
    ('hau-giang', 'hau-giang')
    """
    return _PLACE_FORM.sub("", slug(name))


def no_such(key: str, given: str, known: Iterable[tuple[str, str]]) -> KgError:
    """Return the error with the nearest of ``known`` (slug, name), else with the question that lists them."""
    by_slug = dict(known)
    near = get_close_matches(bare_slug(given), by_slug, n=5, cutoff=0.6)
    names = list(dict.fromkeys(by_slug[s] for s in near))[:3]
    return KgError(say(key, given=given), did_you_mean(names) if names else say(f"{key}.remedy"))


def did_you_mean(near: Iterable[str]) -> str:
    """Return the remedy that names what is near."""
    return say("did-you-mean", names=", ".join(near))
