"""Notes and remedies on a page: where the command line names a command, an option or an identifier, a page has a link.

The same texts serve the command line, the API and the pages, so they speak of ``kg query reports``
or ``--today-units``; a reader of a page has a page or a field for each of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from markupsafe import Markup, escape

from kg.answers.questions import stored_queries

__all__ = ["prose"]

_SPOKEN: Final = re.compile(
    r"<(?P<document>(?:urn:lex:|https://w3id\.org/)[^<>\s]+)>"
    r"|kg query (?P<query>--list|[a-z]+(?:-[a-z]+)*)"
    r"|(?P<lookup>kg lookup)"
    r"|(?P<today>--today-units)"
    r"|(?P<day>--as-of(?: NGÀY| DATE)?)"
)


def prose(
    said: str, lang: str, text: Callable[[str], str], link: Callable[[str], str], document: Callable[[str], str]
) -> Markup:
    """Return ``said`` as HTML, escaped, for a page in ``lang``.

    ``text`` gives a text of the server, ``link`` makes an address of a path, ``document`` gives
    the path of a document.

    >>> str(prose("see kg query reports & <x>", "en", str, str, str))
    'see <a href="/queries/reports">Reports in the graph</a> &amp; &lt;x&gt;'
    """
    titles = {query.name: query.title[lang] for query in stored_queries()}

    def shown(found: re.Match[str]) -> Markup:
        if iri := found["document"]:
            return _linked(link(document(iri)), text("prose.document"))
        if name := found["query"]:
            path, title = ("/queries", text("queries")) if name == "--list" else (f"/queries/{name}", titles.get(name))
            return _linked(link(path), title) if title else escape(found[0])
        return escape(text(f"prose.{found.lastgroup}"))

    parts: list[Markup] = []
    start = 0
    for found in _SPOKEN.finditer(said):
        parts += [escape(said[start : found.start()]), shown(found)]
        start = found.end()
    return Markup("").join([*parts, escape(said[start:])])


def _linked(address: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)
