"""Generated texts in the likeness of real ones, for programs that each read citations in a language of their own.

`peer_texts.tsv` tells how often a thing stands in 10,000 characters of real text, and by which regular
expression it was counted:

- en: 49,669 characters of four American opinions of different kinds: the concurrences in Fisher v.
  University of Texas (Supreme Court, 2013), Ideal Electronic Security v. International Fidelity (D.C.
  Circuit, 1997), Democracy North Carolina v. State Board of Elections (M.D.N.C., 2022), and opinion
  2018-046 of the Attorney General of Alabama, as freelawproject/eyecite and freelawproject/courtlistener
  hold them for their tests;
- de: 38,999 characters of five German judgments: Bundesgerichtshof 2010 and 2019, Bundessozialgericht
  2018, Bundesarbeitsgericht in the 1960s, Landgericht Berlin 2006, as the benchmark of
  openlegaldata/legal-reference-extraction holds them (CC0);
- vi: 187,519 characters of five reports of provincial departments.

Nothing of them is copied: `peer_sentences.tsv` has sentences of our own with places for names, numbers
and citations.  A text grows by the sentence, of twelve drawn at random, that brings its counts nearest to
the table.  The same seed gives the same text.

    python benchmarks/peer_texts.py LANGUAGE [--beside FOLDER]

shows the table beside the counts of generated texts and of the texts in a folder.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["Kind", "counts", "files", "generated", "kinds"]

HERE = Path(__file__).resolve().parent
DRAWN = 12
CITES = 5  # how much more a citation too many or too few weighs than another thing
# Lines as printed, of this width, in every second or fourth text; in the others each paragraph is a line.
PRINTED = {"en": (62, 2), "vi": (90, 4)}
_PLACE = re.compile(r"\{(?:(\d+)-(\d+)|([^{}]+))\}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A thing that is counted: how often real texts have it in 10,000 characters."""

    name: str
    often: float
    cites: bool
    pattern: re.Pattern[str]


def _table(name: str, language: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["language"] == language]


def kinds(language: str) -> tuple[Kind, ...]:
    """What is counted in texts of a language (en, de, vi)."""
    return tuple(
        Kind(row["kind"], float(row["per_10000"]), row["cites"] == "yes", re.compile(row["pattern"]))
        for row in _table("peer_texts.tsv", language)
    )


def files(folder: Path) -> list[str]:
    """The texts (*.txt, UTF-8) of a folder, by name.

    Raises:
        FileNotFoundError: where the folder has none.
    """
    read = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not read:
        raise FileNotFoundError(f"{folder}: no *.txt here")
    return read


def counts(texts: Iterable[str], counted: Sequence[Kind]) -> dict[str, float]:
    """How often each kind stands in 10,000 characters of these texts."""
    read = list(texts)
    length = sum(map(len, read))
    return {k.name: sum(len(k.pattern.findall(t)) for t in read) * 10_000 / length for k in counted}


def _written(symbol: str, forms: Mapping[str, Sequence[str]], pick: random.Random) -> str:
    """A form of the symbol, its places filled."""

    def filled(place: re.Match[str]) -> str:
        low, high, name = place.groups()
        return _written(name, forms, pick) if name else str(pick.randint(int(low), int(high)))

    return _PLACE.sub(filled, pick.choice(forms[symbol]))


def _text(size: int, forms: Mapping[str, Sequence[str]], counted: Sequence[Kind], pick: random.Random) -> str:
    """Sentences until there are so many characters, each the one that brings the counts nearest to the table."""
    parts: list[str] = []
    have, length = [0] * len(counted), 0

    def away(drawn: tuple[str, list[int]]) -> float:
        ends = (length + len(drawn[0])) / 10_000
        told = zip(counted, have, drawn[1], strict=True)
        return sum(
            (CITES if k.cites else 1) * (had + more - k.often * ends) ** 2 / (k.often + 1) for k, had, more in told
        )

    while length < size:
        drawn = [_written("sentence", forms, pick) + " " for _ in range(DRAWN)]
        best, more = min(((d, [len(k.pattern.findall(d)) for k in counted]) for d in drawn), key=away)
        parts.append(best)
        have = [had + new for had, new in zip(have, more, strict=True)]
        length += len(best)
    return "".join(parts)


def _printed(text: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width, initial_indent="   ") for line in text.split("\n"))


def generated(language: str, characters: int, size: int = 50_000, *, denser: float = 1, seed: int = 7) -> list[str]:
    """Texts of about the given size that have about so many characters together.

    ``denser`` is how many times as many citations they have as the table says.

    >>> texts = generated("de", 20_000, 10_000)
    >>> len(texts), texts == generated("de", 20_000, 10_000)
    (2, True)
    """
    forms: dict[str, list[str]] = {}
    for row in _table("peer_sentences.tsv", language):
        forms.setdefault(row["symbol"], []).append(row["text"].replace("\\n", "\n"))
    counted = [replace(kind, often=kind.often * denser) if kind.cites else kind for kind in kinds(language)]
    texts = []
    for number in range(max(1, round(characters / size))):
        text = _text(size, forms, counted, random.Random(f"{seed} {number}"))
        width, step = PRINTED.get(language, (0, 0))
        texts.append(_printed(text, width) if step and number % step == 1 else text)
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description="What generated texts hold in 10,000 characters, beside real ones.")
    parser.add_argument("language", choices=("en", "de", "vi"))
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="count the texts (*.txt) of this folder as well")
    asked = parser.parse_args()
    counted = kinds(asked.language)
    columns = [("generated", counts(generated(asked.language, 200_000), counted))]
    if asked.beside:
        columns.append((asked.beside.name, counts(files(asked.beside), counted)))
    print(f"{'in 10,000 characters':34}{'table':>10}" + "".join(f"{name[:12]:>13}" for name, _ in columns))
    for kind in counted:
        print(f"{kind.name:34}{kind.often:10.1f}" + "".join(f"{found[kind.name]:13.1f}" for _, found in columns))


if __name__ == "__main__":
    main()
