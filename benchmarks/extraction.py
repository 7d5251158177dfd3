"""How fast citations are found and read, beside simpler and other programs, on one core.

    python benchmarks/extraction.py [--corpus FILE.jsonl.gz] [--millions 5] [--peers] [--json FILE]

The corpus is a table of documents (by default ``$KG_SHARED/corpus/corpus.jsonl.gz``); its documents are
taken at even steps until there are so many million characters.  Without one, texts are generated.
On the same texts, in the same run:

- bare scan: one regular expression for a number with its symbol, or for type and number;
- normalization alone (`kg.text.normalization.normalize`);
- citations alone (`kg.citations.find`): found and read with all their fields, which is what citation extractors do;
- full extraction (`kg.extract`): header, sections, mentions with all their fields, relations, tasks, findings;
- full extraction of one text of 50 million characters, and of the same characters in pieces of 50,000.

With ``--peers`` also eyecite (American citations, its default tokenizer) and refex (German ones, the
package legal-reference-extraction), from PyPI in an environment that is thrown away.  Each reads
generated text in its own language with one citation in about 1,100 characters, as many as the corpus
has; beside them ours in Vietnamese, citations alone, which is what the two do, and in full: sections,
relations and tasks as well.

Seconds are CPU seconds of this process (other users of the machine slow a run less than by the clock).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"eyecite": "eyecite==2.7.8", "refex": "legal-reference-extraction==0.5.5"}
LONG, PIECE = 50_000_000, 50_000
TARGETS = {"extraction / bare scan": 0.35, "extraction / eyecite": 40, "extraction / refex": 4, "50 MB / 50 kB": 0.9}
_NUMBER = r"\d+[a-zđ]?(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-z0-9]*(?:[/-][A-ZĐ][A-ZĐa-z0-9]*)*"
_TYPES = "Nghị định|Nghị quyết|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Báo cáo|Thông báo|Tờ trình|Kết luận"
BARE = {
    "bare scan: number": re.compile(_NUMBER),
    "bare scan: type and number": re.compile(rf"(?:({_TYPES})\s+)?(?:số\s*:?\s*)?({_NUMBER})"),
}
_FILLER = {
    "vi": "Sở Công Thương đã phối hợp với các đơn vị liên quan rà soát, tổng hợp tình hình và báo cáo theo quy định. ",
    "en": "The record tells us nothing more about the facts of the case than what both of the parties have stated. ",
    "de": "Im Übrigen ist zu dem Sachverhalt nichts weiter vorgetragen worden als das, was schon bekannt gewesen ist. ",
}
_CITED = {
    "vi": "Triển khai Nghị định số {0}/20{1}/NĐ-CP ngày 05/6/20{1} của Chính phủ, Sở đã ban hành kế hoạch. ",
    "en": "The court followed Smith v. Jones, {0} U.S. {1} (1982), in which the same question had been decided. ",
    "de": "Die Klage ist nach § {0} Abs. 1 BGB begründet, wie das Gericht in dem Verfahren VI ZR {0}/{1} entschied. ",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """Characters read in CPU seconds, and what was found."""

    name: str
    characters: int
    seconds: float
    found: int

    @property
    def rate(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds


def generated(language: str, millions: float) -> list[str]:
    """Texts of about 50,000 characters with a citation in about 1,100."""
    pick = random.Random(7)
    texts = []
    for _ in range(max(1, int(millions * 1_000_000 / PIECE))):
        parts: list[str] = []
        length = 0
        while length < PIECE:
            cited = _CITED[language].format(pick.randint(1, 199), pick.randint(10, 24))
            parts += [cited, _FILLER[language] * 9, "\n"]
            length += len(cited) + 9 * len(_FILLER[language]) + 1
        texts.append("".join(parts))
    return texts


def documents(corpus: Path, millions: float) -> list[str]:
    """Documents of the corpus at even steps."""
    texts: list[str] = []
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 29 == 0:
                texts.append(json.loads(line)["text"])
                if sum(map(len, texts)) > millions * 1_000_000:
                    break
    return texts


def measure(name: str, read: Callable[[str], int], texts: list[str], runs: int = 3) -> Measure:
    """The best of some runs."""
    best, found = float("inf"), 0
    for _ in range(runs):
        begin = time.process_time()
        found = sum(map(read, texts))
        best = min(best, time.process_time() - begin)
    return Measure(name, sum(map(len, texts)), best, found)


def own(texts: list[str], runs: int = 3, name: str = "full extraction") -> Measure:
    """Full extraction with this program."""
    import kg

    kg.extract(texts[0][:PIECE])  # tables are read once a process
    return measure(name, lambda text: len(kg.extract(text).mentions), texts, runs)


def citations_alone(texts: list[str], name: str = "citations alone") -> Measure:
    """Citations found and read, with neither header nor relations."""
    from kg.citations import find
    from kg.text.normalization import normalize

    find(texts[0][:PIECE])
    return measure(name, lambda text: len(find(normalize(text).text)), texts)


def peer(name: str, texts: list[str]) -> Measure:
    """What another program does; it must be installed."""
    if name == "eyecite":
        from eyecite import get_citations

        read: Callable[[str], int] = lambda text: len(get_citations(text))  # noqa: E731
    else:
        from refex.orchestrator import CitationExtractor

        extractor = CitationExtractor()
        read = lambda text: len(extractor.extract(text).citations)  # noqa: E731
    read(texts[0])
    return measure(name, read, texts)


def peers() -> Iterable[Measure]:
    """Each of the others in an environment of its own; this file runs there with --peer."""
    for name, package in PEERS.items():
        with tempfile.TemporaryDirectory() as folder:
            print(f"Installing {package} …", file=sys.stderr)
            venv.create(folder, with_pip=True)
            python = Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
            told = subprocess.run([python, __file__, "--peer", name], check=True, capture_output=True, text=True)
            yield Measure(**json.loads(told.stdout))


def compiled() -> bool:
    """Whether the modules that read a text run as machine code (``make compiled``)."""
    return (sys.modules["kg.extract"].__file__ or "").endswith((".so", ".pyd"))


def run(texts: list[str], with_peers: bool) -> tuple[list[Measure], dict[str, float]]:
    """Every measure, and the ratios between them."""
    from kg.text.normalization import normalize

    found = [measure(name, lambda t, p=p: sum(1 for _ in p.finditer(t)), texts) for name, p in BARE.items()]
    found.append(measure("normalization", lambda text: len(normalize(text).text) and 0, texts))
    found.append(citations_alone(texts))
    ratios = {f"citations / {bare.name}": found[-1].rate / bare.rate for bare in found[:2]}
    found.append(own(texts))
    ratios |= {f"extraction / {bare.name}": found[-1].rate / bare.rate for bare in found[:2]}
    text = "\n\n".join(texts)
    text = (text * (LONG // len(text) + 1))[:LONG]
    found.append(own([text], 1, "one text of 50 MB"))
    found.append(own([text[k : k + PIECE] for k in range(0, LONG, PIECE)], 1, "the same in pieces of 50 kB"))
    ratios["50 MB / 50 kB"] = found[-2].rate / found[-1].rate
    if with_peers:
        written = generated("vi", 1)
        alone = citations_alone(written, "citations alone, generated text")
        whole = own(written, name="full extraction, generated text")
        found += [alone, whole]
        for other in peers():
            found.append(other)
            ratios[f"citations / {other.name}"] = alone.rate / other.rate
            ratios[f"extraction / {other.name}"] = whole.rate / other.rate
    return found, ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--corpus", type=Path, default=shared / "corpus" / "corpus.jsonl.gz")
    parser.add_argument("--millions", type=float, default=5, help="millions of characters to read (5)")
    parser.add_argument("--peers", action="store_true", help="compare with eyecite and refex (needs PyPI)")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    asked = parser.parse_args()
    if asked.peer:
        print(json.dumps(asdict(peer(asked.peer, generated("en" if asked.peer == "eyecite" else "de", 1)))))
        return
    real = asked.corpus.exists()
    texts = documents(asked.corpus, asked.millions) if real else generated("vi", asked.millions)
    found, ratios = run(texts, asked.peers)
    what = "documents of the corpus" if real else "generated texts"
    print(f"{len(texts)} {what}, Python {platform.python_version()}{', compiled' if compiled() else ''}\n")
    print(f"{'':34}{'M char/s':>10}{'found/s':>10}{'characters':>13}{'CPU s':>8}")
    for m in found:
        print(f"{m.name:34}{m.rate / 1e6:10.2f}{m.found / m.seconds:10,.0f}{m.characters:13,}{m.seconds:8.2f}")
    print()
    for name, value in ratios.items():
        target = TARGETS.get(re.sub("bare scan.*", "bare scan", name))
        print(f"{name:44}{value:8.2f}{f'   target {target}' if target else ''}")
    if asked.json:
        rows = [asdict(m) | {"characters_per_second": m.rate} for m in found]
        told = {"documents": len(texts), "corpus": real, "compiled": compiled(), "measures": rows}
        told |= {"ratios": ratios, "targets": TARGETS}
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
