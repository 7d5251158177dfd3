"""Web pages: the document, without the site around it.

The main content is the first element that a row of ``ontology/portals.tsv`` selects (CSS,
in order of the table: the portals we know, then what HTML itself names as main), else the
body.  Scripts, styles, navigation and hidden parts are left out.  Block elements and
``<br>`` end lines; white space is folded as a browser folds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.loaders.encodings import DecodingError, decode
from kg.loaders.layout import Block, Paragraph, Table, lay_out
from kg.loaders.source import LoadError, Source
from kg.ontology.tables import read

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

__all__ = ["MEDIA_TYPE", "load_html"]

MEDIA_TYPE = "text/html"

_DROPPED = (
    "script, style, noscript, template, nav, aside, button, select, svg, iframe, head, form input, [hidden],"
    ' [style*="display:none"], [style*="display: none"], body > header, body > footer'
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html li main ol p pre section summary ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SPACE = re.compile(r"[ \t\r\n\f]+")


def load_html(data: bytes, path: str, encoding: str | None = None) -> Source:
    """Return the main content of a web page; raises `LoadError` if its encoding is unknown."""
    from bs4 import BeautifulSoup

    try:
        decoded = decode(data, encoding)
    except DecodingError as error:
        raise LoadError.of(path, "encoding", problem=error) from error
    soup = BeautifulSoup(decoded.text, "lxml")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for element in soup.select(_DROPPED):
        element.decompose()
    layout = lay_out(_blocks(_main(soup)))
    metadata = [("title", title)] if title else []
    metadata.append(("encoding", layout.legacy or decoded.encoding))
    return Source(path, layout.text, MEDIA_TYPE, layout.places, tuple(metadata))


def _main(soup: BeautifulSoup) -> Tag:
    for row in read("portals"):
        for element in soup.select(row["selector"]):
            if element.get_text(strip=True):
                return element
    return soup.body or soup


def _blocks(root: Tag) -> Iterator[Block]:
    """Yield the blocks below ``root``: each stretch of inline content between two block boundaries is one."""
    inline: list[str] = []
    heading = False

    def flush() -> Iterator[Block]:
        text = "".join(inline)
        inline.clear()
        # A browser folds white space; "\v" stands for the line breaks that were asked for.
        text = "\n".join(_SPACE.sub(" ", line).strip() for line in text.split("\v"))
        if text.strip():
            yield Paragraph(text.strip("\n"), "heading" if heading else "paragraph")

    def walk(element: Tag) -> Iterator[Block]:
        nonlocal heading
        from bs4 import Tag
        from bs4.element import PreformattedString

        for child in element.children:
            if not isinstance(child, Tag):
                if not isinstance(child, PreformattedString):  # comments, doctypes
                    text = str(child)
                    inline.append(text.replace("\n", "\v") if element.name == "pre" else text)
            elif child.name == "br":
                inline.append("\v")
            elif child.name == "table":
                yield from flush()
                yield _table(child)
            elif child.name in _BLOCKS:
                yield from flush()
                heading = child.name in _HEADINGS
                yield from walk(child)
                yield from flush()
                heading = False
            else:
                yield from walk(child)

    yield from walk(root)
    yield from flush()


def _table(table: Tag) -> Table:
    rows = (row for row in table.find_all("tr") if row.find_parent("table") is table)
    return Table(tuple(tuple(tuple(_blocks(cell)) for cell in _cells(row)) for row in rows))


def _cells(row: Tag) -> Iterable[Tag]:
    return row.find_all(["td", "th"], recursive=False)
