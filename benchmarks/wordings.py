"""How many wordings of ``tests/wordings.tsv`` `kg ask` understands, by part.

    python benchmarks/wordings.py               a table, and what was not understood

The parts ``held``, ``fresh`` and ``apart`` were written apart from the patterns and tried once they
stood; what came out then is told in ``tests/test_ask.py``.  The wordings of ``none`` are right when
they are not understood.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from kg import understand

WORDINGS = Path(__file__).resolve().parent.parent / "tests" / "wordings.tsv"
BODIES = ("Phòng Quản lý Thương mại", "Sở Công Thương tỉnh Hà Tĩnh")
"""Bodies that a graph knows beside those of the tables."""


def main() -> int:
    """Print the table; 1 where a wording is not understood."""
    asked, right = Counter[str](), Counter[str]()
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found = understand(row["wording"], BODIES)
            wanted = dict(pair.split("=", 1) for pair in row["parameters"].split("; ") if pair)
            asked[row["part"]] += 1
            if (found.query or "", found.params) == (row["query"], wanted):
                right[row["part"]] += 1
            else:
                print(f"{row['wording']}: {row['query']} {wanted}, understood as {found.query} {found.params}")
    for part, count in asked.items():
        print(f"{part:<8}{right[part]:>5} of {count}")
    print(f"{'all':<8}{right.total():>5} of {asked.total()}")
    return int(right != asked)


if __name__ == "__main__":
    sys.exit(main())
