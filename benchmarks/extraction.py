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
.txt files, each file read by itself; ``--millions 0`` leaves all but the comparison out.  All take turns,
seven times, and the middle figure of each counts.

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
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import peer_texts

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"eyecite": "eyecite==2.7.8", "refex": "legal-reference-extraction==0.5.5"}
LANGUAGES = {"eyecite": "en", "refex": "de"}
LONG, PIECE, PEER_TEXTS = 50_000_000, 50_000, 400_000
# Reports cite once in 1,000 characters; the texts of the two others, 2.6 and 3 times.
DENSER = 2.8
GENERATED, LIKE, GIVEN = "generated", "like density", "texts given"
TURNS = 7
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


def once(read: Callable[[str], int], texts: list[str]) -> tuple[float, int]:
    """CPU seconds of one reading, and what was found."""
    begin = time.process_time()
    found = sum(map(read, texts))
    return time.process_time() - begin, found


def measure(name: str, read: Callable[[str], int], texts: list[str], runs: int = 3) -> Measure:
    """The best of some runs."""
    return Measure(name, sum(map(len, texts)), *min(once(read, texts) for _ in range(runs)))


def mentions(text: str) -> int:
    """Full extraction with this program."""
    import kg

    return len(kg.extract(text).mentions)


def citations(text: str) -> int:
    """Citations found and read, with neither header nor relations."""
    from kg.citations import find
    from kg.text.normalization import normalize

    return len(find(normalize(text).text))


def reader(name: str) -> Callable[[str], int]:
    """How another program reads a text; it must be installed."""
    if name == "eyecite":
        from eyecite import get_citations

        logging.disable(logging.WARNING)  # it warns of parallel citations
        return lambda text: len(get_citations(text))
    from refex.orchestrator import CitationExtractor

    extractor = CitationExtractor()
    return lambda text: len(extractor.extract(text).citations)


def answer(name: str, folder: Path | None) -> None:
    """For each line of stdin, one reading of generated texts and of those of a folder by another program."""
    read = reader(name)
    texts = {GENERATED: peer_texts.generated(LANGUAGES[name], PEER_TEXTS)}
    if folder:
        texts[GIVEN] = peer_texts.files(folder)
    for prepared in texts.values():
        sum(map(read, prepared))
    for _ in sys.stdin:
        told = {which: (sum(map(len, prepared)), *once(read, prepared)) for which, prepared in texts.items()}
        print(json.dumps(told), flush=True)


@contextmanager
def installed(name: str, folder: Path | None) -> Iterator[Callable[[], dict[str, Any]]]:
    """Another program in an environment of its own, where this file runs with --peer; gives its next answer."""
    with tempfile.TemporaryDirectory() as place:
        print(f"Installing {PEERS[name]} …", file=sys.stderr)
        venv.create(place, with_pip=True)
        python = Path(place) / ("Scripts" if os.name == "nt" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", PEERS[name]], check=True)
        command = [str(python), __file__, "--peer", name, *(["--peer-texts", f"{name}={folder}"] if folder else [])]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            asked, told = process.stdin, process.stdout
            assert asked and told

            def following() -> dict[str, Any]:
                asked.write("\n")
                asked.flush()
                return dict(json.loads(told.readline()))

            yield following
            asked.close()


def compare(folders: Mapping[str, Path]) -> tuple[list[Measure], dict[str, float]]:
    """Ours on Vietnamese texts, the others on texts of their languages, turn by turn, and the ratios.

    Turns, because on a machine that others use, what is measured at one moment may not be compared with
    what is measured at another; the middle one of each is taken.
    """
    texts = {
        GENERATED: peer_texts.generated("vi", PEER_TEXTS),
        LIKE: peer_texts.generated("vi", PEER_TEXTS, denser=DENSER),
    }
    if "kg" in folders:
        texts[GIVEN] = peer_texts.files(folders["kg"])
    readings: dict[tuple[str, str], list[tuple[int, float, int]]] = {}
    with ExitStack() as stack:
        others = {name: stack.enter_context(installed(name, folders.get(name))) for name in PEERS}
        for _ in range(TURNS):
            for which, read in texts.items():
                for name, way in (("citations alone", citations), ("full extraction", mentions)):
                    readings.setdefault((name, which), []).append((sum(map(len, read)), *once(way, read)))
            for name, following in others.items():
                for which, reading in following().items():
                    readings.setdefault((name, which), []).append(tuple(reading))
    found = {key: Measure(", ".join(key), *sorted(each)[TURNS // 2]) for key, each in readings.items()}
    ratios: dict[str, float] = {}
    for name in PEERS:
        for which in texts:
            other = found.get((name, GIVEN if which == GIVEN else GENERATED))
            if other:
                alone, whole = found["citations alone", which], found["full extraction", which]
                ratios[f"citations / {name}, {which}"] = alone.rate / other.rate
                ratios[f"extraction / {name}, {which}"] = whole.rate / other.rate
                ratios[f"extraction / {name}, {which}, by the citation"] = whole.per_second / other.per_second
    return list(found.values()), ratios


def compiled() -> bool:
    """Whether the modules that read a text run as machine code (``make compiled``)."""
    return (sys.modules["kg.extract"].__file__ or "").endswith((".so", ".pyd"))


def run(texts: list[str]) -> tuple[list[Measure], dict[str, float]]:
    """Every measure, and the ratios between them."""
    from kg.text.normalization import normalize

    mentions(texts[0][:PIECE])  # tables are read once a process
    found = [measure(name, lambda t, p=p: sum(1 for _ in p.finditer(t)), texts) for name, p in BARE.items()]
    found.append(measure("normalization", lambda text: len(normalize(text).text) and 0, texts))
    found.append(measure("citations alone", citations, texts))
    ratios = {f"citations / {bare.name}": found[-1].rate / bare.rate for bare in found[:2]}
    found.append(measure("full extraction", mentions, texts))
    ratios |= {f"extraction / {bare.name}": found[-1].rate / bare.rate for bare in found[:2]}
    text = "\n\n".join(texts)
    text = (text * (LONG // len(text) + 1))[:LONG]
    found.append(measure("one text of 50 MB", mentions, [text], 1))
    pieces = [text[k : k + PIECE] for k in range(0, LONG, PIECE)]
    found.append(measure("the same in pieces of 50 kB", mentions, pieces, 1))
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
        answer(asked.peer, folders.get(asked.peer))
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
