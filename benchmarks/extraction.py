"""How fast citations are found and read, beside simpler and other programs, on one core.

    python benchmarks/extraction.py [--corpus FILE.jsonl.gz] [--millions 5] [--peers] [--json FILE]
                                    [--peer-texts eyecite=FOLDER refex=FOLDER kg=FOLDER]

The corpus is a table of documents (by default ``$KG_SHARED/corpus/corpus.jsonl.gz``); its documents are
taken at even steps until there are so many million characters.  Without one, texts are generated.
On the same texts, in the same run:

- bare scan: one regular expression for a number with its symbol, or for type and number;
- normalization alone (`kg.text.normalization.normalize`);
- citations alone (`kg.citations.find`): found and read with all their fields, which is what citation extractors do;
- full extraction (`kg.extract`): header, sections, mentions with all their fields, relations, tasks, findings;
- full extraction of one text of 50 million characters, and of the same characters in pieces of 50,000.

With ``--peers`` also eyecite (American citations, its default tokenizer) and refex (German ones, the
package legal-reference-extraction), from PyPI in an environment that is thrown away.  Each reads texts
in its own language that hold what real opinions and judgments hold, counted kind by kind
(`benchmarks/peer_texts.py`): two to three citations in 1,000 characters.  Ours is measured beside them on
Vietnamese reports made in the same way, once as they are, with one citation in 1,000 characters, and once
with as many as the others' texts have; in both, citations alone, which is what the two do, and in full:
sections, relations and tasks as well.  ``--peer-texts`` has them read texts of your own as well, folders of
.txt files, each file read by itself; ``--millions 0`` leaves all but the comparison out.

Seconds are CPU seconds of this process (other users of the machine slow a run less than by the clock).
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import peer_texts

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"eyecite": "eyecite==2.7.8", "refex": "legal-reference-extraction==0.5.5"}
LANGUAGES = {"eyecite": "en", "refex": "de"}
LONG, PIECE, PEER_TEXTS = 50_000_000, 50_000, 500_000
# Reports cite once in 1,000 characters; the texts of the two others, 2.6 and 3 times.
DENSER = 2.8
GENERATED, LIKE, GIVEN = "generated", "like density", "texts given"
RUNS = 5
TARGETS = {"extraction / bare scan": 0.35, "extraction / eyecite": 40, "extraction / refex": 4, "50 MB / 50 kB": 0.9}
_NUMBER = r"\d+[a-zđ]?(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-z0-9]*(?:[/-][A-ZĐ][A-ZĐa-z0-9]*)*"
_TYPES = "Nghị định|Nghị quyết|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Báo cáo|Thông báo|Tờ trình|Kết luận"
BARE = {
    "bare scan: number": re.compile(_NUMBER),
    "bare scan: type and number": re.compile(rf"(?:({_TYPES})\s+)?(?:số\s*:?\s*)?({_NUMBER})"),
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

    @property
    def per_second(self) -> float:
        """Citations a second."""
        return self.found / self.seconds


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


def citations_alone(texts: list[str], runs: int = 3, name: str = "citations alone") -> Measure:
    """Citations found and read, with neither header nor relations."""
    from kg.citations import find
    from kg.text.normalization import normalize

    find(texts[0][:PIECE])
    return measure(name, lambda text: len(find(normalize(text).text)), texts, runs)


def peer(name: str, folder: Path | None) -> list[Measure]:
    """What another program does, which must be installed, with generated texts and with those of a folder."""
    if name == "eyecite":
        from eyecite import get_citations

        logging.disable(logging.WARNING)  # it warns of parallel citations
        read: Callable[[str], int] = lambda text: len(get_citations(text))  # noqa: E731
    else:
        from refex.orchestrator import CitationExtractor

        extractor = CitationExtractor()
        read = lambda text: len(extractor.extract(text).citations)  # noqa: E731
    found = [measure(f"{name}, {GENERATED}", read, peer_texts.generated(LANGUAGES[name], PEER_TEXTS), RUNS)]
    return [*found, measure(f"{name}, {GIVEN}", read, peer_texts.files(folder), RUNS)] if folder else found


def peers(folders: Mapping[str, Path]) -> Iterable[tuple[str, Measure]]:
    """Each of the others in an environment of its own; this file runs there with --peer."""
    for name, package in PEERS.items():
        with tempfile.TemporaryDirectory() as place:
            print(f"Installing {package} …", file=sys.stderr)
            venv.create(place, with_pip=True)
            python = Path(place) / ("Scripts" if os.name == "nt" else "bin") / "python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
            command = [str(python), __file__, "--peer", name]
            if name in folders:
                command += ["--peer-texts", f"{name}={folders[name]}"]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            for found in json.loads(told.stdout):
                yield name, Measure(**found)


def compare(folders: Mapping[str, Path]) -> tuple[list[Measure], dict[str, float]]:
    """Ours on Vietnamese texts, the others on texts of their languages, and the ratios."""
    texts = {
        GENERATED: peer_texts.generated("vi", PEER_TEXTS),
        LIKE: peer_texts.generated("vi", PEER_TEXTS, denser=DENSER),
    }
    if "kg" in folders:
        texts[GIVEN] = peer_texts.files(folders["kg"])
    ours = {
        which: (
            citations_alone(read, RUNS, f"citations alone, {which}"),
            own(read, RUNS, f"full extraction, {which}"),
        )
        for which, read in texts.items()
    }
    found = [measured for pair in ours.values() for measured in pair]
    ratios: dict[str, float] = {}
    for name, other in peers(folders):
        found.append(other)
        for which, (alone, whole) in ours.items():
            if (which == GIVEN) == other.name.endswith(GIVEN):
                ratios[f"citations / {name}, {which}"] = alone.rate / other.rate
                ratios[f"extraction / {name}, {which}"] = whole.rate / other.rate
                ratios[f"extraction / {name}, {which}, by the citation"] = whole.per_second / other.per_second
    return found, ratios


def compiled() -> bool:
    """Whether the modules that read a text run as machine code (``make compiled``)."""
    return (sys.modules["kg.extract"].__file__ or "").endswith((".so", ".pyd"))


def run(texts: list[str]) -> tuple[list[Measure], dict[str, float]]:
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
    return found, ratios


def named_folder(written: str) -> tuple[str, Path]:
    name, _, folder = written.partition("=")
    if name not in {*PEERS, "kg"} or not folder:
        raise argparse.ArgumentTypeError(f"{written}: eyecite=FOLDER, refex=FOLDER or kg=FOLDER is expected")
    try:
        peer_texts.files(Path(folder))
    except FileNotFoundError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    return name, Path(folder).resolve()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--corpus", type=Path, default=shared / "corpus" / "corpus.jsonl.gz")
    parser.add_argument("--millions", type=float, default=5, help="millions of characters (5); 0: the comparison alone")
    parser.add_argument("--peers", action="store_true", help="compare with eyecite and refex (needs PyPI)")
    parser.add_argument(
        "--peer-texts",
        type=named_folder,
        nargs="+",
        default=[],
        metavar="NAME=FOLDER",
        help="with --peers: folders of texts (*.txt, UTF-8) that eyecite, refex or kg read besides the generated ones",
    )
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    asked = parser.parse_args()
    folders = dict(asked.peer_texts)
    if asked.peer:
        print(json.dumps([asdict(found) for found in peer(asked.peer, folders.get(asked.peer))]))
        return
    real = asked.corpus.exists()
    texts = documents(asked.corpus, asked.millions) if real else peer_texts.generated("vi", int(asked.millions * 1e6))
    found, ratios = run(texts) if asked.millions else ([], {})
    if asked.peers:
        measured, compared = compare(folders)
        found, ratios = found + measured, ratios | compared
    what = f"{len(texts)} {'documents of the corpus' if real else 'generated texts'}, " if asked.millions else ""
    print(f"{what}Python {platform.python_version()}{', compiled' if compiled() else ''}\n")
    print(f"{'':40}{'M char/s':>10}{'found/s':>10}{'per 1,000':>10}{'characters':>13}{'CPU s':>8}")
    for m in found:
        each = m.found / m.characters * 1000
        figures = f"{m.rate / 1e6:10.2f}{m.per_second:10,.0f}{each:10.2f}{m.characters:13,}{m.seconds:8.2f}"
        print(f"{m.name:40}{figures}")
    print()
    for name, value in ratios.items():
        target = TARGETS.get(re.sub(f"(?<=bare scan).*|, (?:{GENERATED}|{LIKE}|{GIVEN})$", "", name))
        print(f"{name:50}{value:8.2f}{f'   target {target}' if target else ''}")
    if asked.json:
        rows = [asdict(m) | {"characters_per_second": m.rate} for m in found]
        told = {"documents": len(texts), "corpus": real, "compiled": compiled(), "measures": rows}
        told |= {"ratios": ratios, "targets": TARGETS}
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
