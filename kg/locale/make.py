"""Makes the catalogue of what click says (``vi/LC_MESSAGES/kg-click.mo``) from ``click.tsv``; run by ``make locale``.

click asks gettext for its texts, and gettext reads them from a file in the format of GNU MO files
(GNU gettext manual, section 10.3), which the standard library reads but does not write.
"""

from __future__ import annotations

import struct
from pathlib import Path

__all__ = ["CATALOGUE", "catalogue", "texts"]

HERE = Path(__file__).parent
CATALOGUE = HERE / "vi" / "LC_MESSAGES" / "kg-click.mo"
_HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
_MAGIC, _START = 0x950412DE, 28


def texts() -> dict[str, str]:
    """Return the table: what click says in English -> in Vietnamese."""
    _, *lines = (HERE / "click.tsv").read_text(encoding="utf-8").splitlines()
    cells = ([cell.replace("\\n", "\n").replace("\\t", "\t") for cell in line.split("\t")] for line in lines)
    return {english: vietnamese for english, vietnamese in cells}  # noqa: C416  # a row has two cells, no more


def catalogue(known: dict[str, str]) -> bytes:
    """Return the MO file of ``known``: its numbers, a table of each language's texts, the texts.

    Every text stands there with a plural, so that it is found by gettext and by ngettext alike.
    """
    pairs = sorted((f"{text}\0{text}".encode(), meant.encode()) for text, meant in known.items())
    pairs.insert(0, (b"", _HEAD.encode()))
    count = len(pairs)
    texts_at = _START + 2 * 8 * count
    tables, written = b"", b""
    for side in (0, 1):
        for pair in pairs:
            tables += struct.pack("<2I", len(pair[side]), texts_at + len(written))
            written += pair[side] + b"\0"
    return struct.pack("<7I", _MAGIC, 0, count, _START, _START + 8 * count, 0, 0) + tables + written


if __name__ == "__main__":
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(catalogue(texts()))
