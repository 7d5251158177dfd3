"""How much of each phenomenon the program reads right, and what a change gained and lost.

    python benchmarks/phenomena.py                     a table: right of all, by phenomenon and field
    python benchmarks/phenomena.py --json NOW.json     the same as JSON, with the cases that are wrong
    python benchmarks/phenomena.py --compare OLD.json  gains and losses since then
    python benchmarks/phenomena.py --against REV       gains and losses since a git revision
    python benchmarks/phenomena.py --show              each wrong case, expected and found

The cases are those of ``tests/phenomena``; a comparison always uses today's cases.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from phenomena_cases import FIELDS, judge, read_cases  # noqa: E402

Results = dict[str, dict[str, bool]]
"""Case id -> field -> whether it is right."""


def run(show: bool = False) -> Results:
    """Judge every case with the program that is importable as ``kg``."""
    from kg.extract import extract

    results: Results = {}
    for case in read_cases():
        verdict = judge(case, lambda text: extract(text).to_dict())
        results[case.id] = {field: want == got for field, (want, got) in verdict.items()}
        if show and not all(results[case.id].values()):
            print(f"{case.id}: {case.rule}\n  {case.row['text']!r}")
            for field, (want, got) in verdict.items():
                if want != got:
                    print(f"  {field}\n    expected {want}\n    found    {got}")
    return results


def figures(results: Results) -> dict[str, dict[str, list[int]]]:
    """Phenomenon -> field -> right and total; the field ``cases`` counts cases that are right throughout."""
    table: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for ident, fields in results.items():
        for row in (ident.partition("/")[0], "all"):
            for field, right in (*fields.items(), ("cases", all(fields.values()))):
                table[row][field][0] += right
                table[row][field][1] += 1
    return {row: dict(fields) for row, fields in table.items()}


def _cell(pair: list[int] | None) -> str:
    return "" if pair is None else str(pair[1]) if pair[0] == pair[1] else f"{pair[0]}/{pair[1]}"


def print_table(results: Results) -> None:
    """One line a phenomenon: the total where all is right, else right/total."""
    columns = ("cases", *FIELDS)
    print(f"{'':24}" + "".join(f"{c:>11}" for c in columns))
    for row, fields in figures(results).items():
        if row != "all":
            print(f"{row:24}" + "".join(f"{_cell(fields.get(c)):>11}" for c in columns))
    total = figures(results)["all"]
    print(f"{'all':24}" + "".join(f"{_cell(total.get(c)):>11}" for c in columns))


def print_changes(old: Results, new: Results) -> int:
    """Gains and losses by phenomenon, then the cases that changed; the number of losses."""
    gained: dict[str, list[str]] = defaultdict(list)
    lost: dict[str, list[str]] = defaultdict(list)
    for ident, fields in new.items():
        before = old.get(ident)
        if before is None:
            continue
        for field in fields:
            if fields[field] != before.get(field, fields[field]):
                (gained if fields[field] else lost)[ident.partition("/")[0]].append(f"{ident} {field}")
    for row in sorted({*gained, *lost}):
        print(f"{row:24} +{len(gained.get(row, ()))} -{len(lost.get(row, ()))}")
    for sign, changes in (("+", gained), ("-", lost)):
        for row in sorted(changes):
            print(*(f"{sign} {change}" for change in changes[row]), sep="\n")
    count = sum(map(len, lost.values()))
    print(f"gained {sum(map(len, gained.values()))}, lost {count}, over {len(set(new) & set(old))} cases")
    return count


def run_revision(revision: str) -> Results:
    """Judge today's cases with the program of a git revision, in a worktree that is removed again."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", "--quiet", str(tree), revision], check=True)
        try:
            # On an installed machine these folders are parts of the package (see pyproject.toml).
            for part in ("loaders", "ontology", "queries"):
                if (tree / part).is_dir() and not (tree / "kg" / part).exists():
                    (tree / "kg" / part).symlink_to(tree / part)
            out = Path(folder) / "old.json"
            environment = {**os.environ, "PYTHONPATH": str(tree)}
            subprocess.run(
                [sys.executable, __file__, "--json", str(out)], check=True, env=environment, stdout=subprocess.DEVNULL
            )
            loaded: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)
    results: Results = loaded["cases"]
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON")
    parser.add_argument("--show", action="store_true", help="print each wrong case")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--compare", type=Path, metavar="OLD.json", help="compare with results written before")
    group.add_argument("--against", metavar="REV", help="compare with a git revision")
    args = parser.parse_args()
    results = run(args.show)
    if args.json:
        whole = {"figures": figures(results), "cases": results}
        args.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print_table(results)
    if args.compare:
        return int(print_changes(json.loads(args.compare.read_text(encoding="utf-8"))["cases"], results) > 0)
    if args.against:
        return int(print_changes(run_revision(args.against), results) > 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
