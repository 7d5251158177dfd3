"""Whether time grows with length alone, whatever the text: hostile texts of 1, 2 and 4 MB.

    python benchmarks/adversarial.py [--megabytes 4] [--only WORD] [--limit 60] [--json FILE]

Each text is read at a quarter, half and the whole size; linear work takes four times as long for four
times the text.  A ratio above 5 is flagged and the exit code is then 1.  A text whose quarter already
takes longer than ``--limit`` CPU seconds is read no further and is flagged.  ``random`` draws pieces of
citations in any order, with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import kg

_PIECES = (
    *("Nghị định", "Quyết định", "Luật", "Bộ luật", "số", "ngày", "tháng", "năm", "của", "và", "theo", "Căn cứ"),
    *("60/2024/NĐ-CP", "18-NQ/TW", "01/QĐ-UBND", "12/", "/2024", "-UBND", "05/6/2024", "2013", "Điều 1", "khoản 2"),
    *("Chính phủ", "UBND tỉnh", "Sở Công Thương", "Hậu Giang", "thực hiện", "ban hành", "sửa đổi, bổ sung", "này"),
    *(";", ",", ".", ":", "(", ")", "“", "”", "\n", "\n\n", "- ", "a) ", "1. ", "|", "\t", "*", "[1: ", "<sup>1</sup>"),
)


def _random(size: int) -> str:
    pick = random.Random(7)
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(pick.choice(_PIECES) + pick.choice(("", " ")))
        length += len(parts[-1])
    return "".join(parts)[:size]


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _counted(unit: str) -> Callable[[int], str]:
    """The unit again and again with the next number in the place of #."""

    def text(size: int) -> str:
        parts: list[str] = []
        length = 0
        while length < size:
            parts.append(unit.replace("#", str(len(parts) + 1)))
            length += len(parts[-1])
        return "".join(parts)[:size]

    return text


TEXTS: dict[str, Callable[[int], str]] = {
    "digits": _repeated("1234567890"),
    "digits and slashes": _repeated("12/34/"),
    "numbers in a chain": _repeated("12/NĐ-CP-"),
    "bare numbers in a chain": _repeated("nd1,"),
    "unclosed list, one line": _repeated("a) b) c) "),
    "unclosed list, lines": _repeated("a)\nb)\nc)\n"),
    "numbered items, one line": _counted("(#) a; "),
    "ngày ngày": _repeated("ngày "),
    "số số": _repeated("số "),
    "khoản 1": _repeated("khoản 1 "),
    "Điều 1 Điều 2, one line": _counted("Điều # "),
    "Điều 1 Điều 2, lines": _counted("Điều #. Nghị định 60/2024/NĐ-CP\n"),
    "1. 2. 3., lines": _counted("#. Theo Quyết định số #/QĐ-UBND\n"),
    "names of one word, lines": _repeated("- Sở rà soát\nHà\nNội\n\n"),
    "open brackets": _repeated("("),
    "open square brackets": _repeated("[1: "),
    "open quotation marks": _repeated("“a "),
    "one line of citations": _counted("Quyết định số #/QĐ-UBND ngày 05/6/2024, "),
    "one line of short forms": _counted("Nghị định #/2024, "),
    "one line of names": _repeated("Luật Đất đai và Luật sửa đổi, bổ sung Luật Đầu tư, "),
    "one line of bodies": _repeated("Giao Sở Công Thương, UBND các huyện "),
    "one citation, references back": _repeated("các văn bản nêu trên và Nghị định này "),
    "lines of one letter": _repeated("a\n"),
    "hyphens and line breaks": _repeated("-\n"),
    "blanks": _repeated(" "),
    "empty lines": _repeated("\n"),
    "stars": _repeated("* "),
    "combining marks": _repeated("e\u0301\u0323"),
    "capitals": _repeated("ABC-DEFG-"),
    "footnotes": _counted("<sup>#</sup> Nghị quyết số #/NQ-HĐND\nxem # "),
    "rows": _counted("# | Quyết định | #/QĐ-UBND | 05/6/2024\n"),
    "random": _random,
}


def seconds(text: str) -> float:
    """CPU seconds of an extraction; what is over in a quarter of a second is read five times, and the best counts."""
    best = float("inf")
    for _ in range(5):
        begin = time.process_time()
        kg.extract(text)
        best = min(best, time.process_time() - begin)
        if best > 0.25:
            break
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--megabytes", type=float, default=4, help="size of the largest text (4)")
    parser.add_argument("--only", default="", help="texts whose name has this in it")
    parser.add_argument("--limit", type=float, default=60, help="CPU seconds a quarter may take (60)")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    asked = parser.parse_args()
    whole = int(asked.megabytes * 1_000_000)
    seconds(_random(20_000))  # tables are read once a process
    told: dict[str, list[float]] = {}
    flagged = 0
    for name, make in TEXTS.items():
        if asked.only not in name:
            continue
        times = [seconds(make(whole // 4))]
        if times[0] <= asked.limit:
            times += [seconds(make(whole // 2)), seconds(make(whole))]
        told[name] = times
        ratio = times[-1] / max(times[0], 0.01) if len(times) == 3 else float("inf")
        flagged += ratio > 5
        rate = whole / times[-1] / 1e6 if len(times) == 3 else 0
        spent = " ".join(f"{t:8.2f}" for t in times)
        print(f"{name:32}{ratio:7.1f}{'  <-- ' if ratio > 5 else '      '}{rate:7.2f} M/s  {spent}", flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.exit(flagged > 0)


if __name__ == "__main__":
    main()
