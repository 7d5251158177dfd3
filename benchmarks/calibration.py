"""How often the program is right where it says that it is sure.

    python benchmarks/calibration.py            a table; --json for one JSON object

Counts, for mentions and for relations given a confidence in each range, how many were right:
over the cases of ``tests/phenomena``, the sample documents (mentions alone: their relations
are not told completely) and, where they are at hand, the annotated texts of ``KG_SHARED``.
A mention is right when its place, number, type, date, issuer and pinpoint are; a relation
when both its ends and its kind are.  The weak relation ``cites`` counts where it is told.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from gold_scoring import documents, fold, fold_pinpoint, pairs, shared  # noqa: E402
from phenomena_cases import read_cases  # noqa: E402

import kg  # noqa: E402

BINS = ((0.95, "at least 0.95"), (0.9, "0.90 to 0.95"), (0.8, "0.80 to 0.90"), (0.0, "below 0.80"))
FIELDS = ("type", "number", "date", "issuer", "pinpoint")

Verdict = tuple[str, str, float, bool]
"""Where from, ``mentions`` or ``relations``, the confidence, and whether it was right."""


def of_cases() -> Iterator[Verdict]:
    """The cases by phenomenon; those marked as known failures count as any other."""
    for case in read_cases():
        found = kg.extract(case.text).to_dict()
        told = {span: (place, row) for place, (span, row) in enumerate(case.mentions, 1)}
        places: dict[str, int | str] = {"REPORT": "REPORT"}
        for got in found["mentions"]:
            place, row = told.get((got["start"], got["end"]), (0, {}))
            places[got["id"]] = place or got["id"]
            numbers = {row.get("number"), row.get("intended", row.get("number"))}
            same = got["number"] in numbers and all(got[f] == row.get(f) for f in FIELDS if f != "number")
            yield "cases", "mentions", got["confidence"], bool(place) and same
        if "relations" in case.row:
            expected = {tuple(r) for r in case.row["relations"]}
            for link in found["relations"]:
                ends = (places[link["from"]], link["rel"], places[link["to"]])
                if link["rel"] != "cites" or ends in expected:
                    yield "cases", "relations", link["confidence"], ends in expected


def of_examples() -> Iterator[Verdict]:
    """Citations of the sample documents, as ``examples/expected.json`` tells them."""
    expected = json.loads((ROOT / "examples" / "expected.json").read_text(encoding="utf-8"))["files"]
    for name, told in sorted(expected.items()):
        left = Counter(tuple(row.get(f) for f in (*FIELDS, "name")) for row in told["citations"])
        for mention in kg.extract(kg.load(ROOT / "examples" / "reports" / name).text, name=name).mentions:
            row = (*(getattr(mention, f) for f in FIELDS), None if mention.number else mention.name)
            yield "examples", "mentions", mention.confidence, left[row] > 0
            left[row] -= 1


def of_gold(folder: Path) -> Iterator[Verdict]:
    """Texts that people have annotated."""
    for document in documents(folder / "gold" / "dev", folder / "seeds"):
        found = kg.extract(document.text).to_dict()
        matched = {index: k for k, index in pairs(document.mentions, found["mentions"]).items()}
        for index, got in enumerate(found["mentions"]):
            told: dict[str, Any] | None = document.mentions[matched[index]] if index in matched else None
            same = told is not None and all(fold(got[f]) == fold(told.get(f)) for f in ("type", "date", "issuer"))
            place = told is not None and fold_pinpoint(got["pinpoint"]) == fold_pinpoint(told.get("pinpoint"))
            yield "annotated", "mentions", got["confidence"], same and place
        ids = {found["mentions"][i]["id"]: document.mentions[k]["id"] for i, k in matched.items()}
        ids["REPORT"] = "REPORT"
        expected = {(r["from"], r["rel"], r["to"]) for r in document.relations}
        for link in found["relations"]:
            right = (ids.get(link["from"]), link["rel"], ids.get(link["to"])) in expected
            yield "annotated", "relations", link["confidence"], right


def table(verdicts: list[Verdict]) -> dict[str, dict[str, list[int]]]:
    """``mentions`` and ``relations``, each also by source -> range of confidence -> right and all."""
    out: dict[str, dict[str, list[int]]] = {}
    for source, kind, confidence, right in verdicts:
        name = next(name for low, name in BINS if confidence >= low)
        for row in (kind, f"{kind}, {source}"):
            pair = out.setdefault(row, {name: [0, 0] for _, name in BINS})[name]
            pair[0] += right
            pair[1] += 1
    return dict(sorted(out.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    folder = shared()
    verdicts = [*of_cases(), *of_examples(), *(of_gold(folder) if folder else ())]
    rows = table(verdicts)
    if args.json:
        print(json.dumps(rows))
        return 0
    print(f"{'confidence':22}" + "".join(f"{name:>20}" for _, name in BINS))
    for row, bins in rows.items():
        cells = (f"{right}/{total} {right / total:6.1%}" if total else "" for right, total in bins.values())
        print(f"{row:22}" + "".join(f"{cell:>20}" for cell in cells))
    if folder is None:
        print("no annotated texts: set KG_SHARED", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
