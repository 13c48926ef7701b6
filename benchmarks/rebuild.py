"""How long `kg build` takes after one article of many was edited, beside a build that knows nothing.

    python benchmarks/rebuild.py

writes `benchmarks/rebuild.md`. The articles are those of `seeds/`, and more made from them: each takes whole
paragraphs of all seeds, as chance deals them out, until it is about as long as they are. Both builds run by
turns as commands of their own, and must give the same bytes.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from build_seeds import ROOT, SEEDS, machine, run_python

RESULTS = ROOT / "benchmarks" / "rebuild.md"
SIZES = (5, 20)
RUNS = 3


@dataclass(frozen=True)
class Rebuild:
    """Median seconds of a clean build, of one that finds nothing changed, and of one after an edit."""

    articles: int
    clean: float
    same: float
    edited: float


def write_articles(folder: Path, number: int) -> list[Path]:
    """The seeds, and as many more as make `number`."""
    seeds = [file.read_text(encoding="utf-8-sig") for file in sorted(SEEDS.glob("*.txt"))]
    paragraphs = [part for text in seeds for part in text.split("\n\n") if part.strip()]
    length = statistics.mean(map(len, seeds))
    chance = random.Random(number)
    folder.mkdir()
    files = []
    for index in range(number):
        text = seeds[index] if index < len(seeds) else ""
        while len(text) < length and index >= len(seeds):
            text += chance.choice(paragraphs) + "\n\n"
        files.append(folder / f"{index:04}.txt")
        files[-1].write_text(text, encoding="utf-8")
    return files


def build(articles: Path, output: Path, *options: str) -> float:
    """Seconds of a build, from process start to end."""
    return run_python("-m", "kg.cli", "build", str(articles), "-o", str(output), "-q", *options).seconds


def measure(number: int, folder: Path, *, runs: int) -> Rebuild:
    """The times for `number` articles."""
    place, kept, clean = (folder / f"{name}-{number}" for name in ("articles", "kept", "clean"))
    files = write_articles(place, number)
    build(place, kept)
    seconds: dict[str, list[float]] = {"clean": [], "same": [], "edited": []}
    for turn in range(runs):
        seconds["same"].append(build(place, kept))
        edited = files[turn % len(files)]
        edited.write_text(edited.read_text(encoding="utf-8") + "\n\n东山县完成固定资产投资12亿元。\n", encoding="utf-8")
        seconds["edited"].append(build(place, kept))
        seconds["clean"].append(build(place, clean, "--no-cache"))
        if (kept / "graph.ttl").read_bytes() != (clean / "graph.ttl").read_bytes():
            raise SystemExit("the two builds differ")
    return Rebuild(number, *(statistics.median(seconds[name]) for name in ("clean", "same", "edited")))


def report(rebuilds: list[Rebuild]) -> str:
    """The results as Markdown."""
    lines = [
        "# Building again",
        "",
        "Written by `python benchmarks/rebuild.py`; do not edit.",
        "",
        machine(),
        "",
        "| articles | from nothing, s | nothing changed, s | : from nothing | one edited, s | : from nothing |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for each in rebuilds:
        same, edited = each.same / each.clean, each.edited / each.clean
        times = f"{each.clean:.2f} | {each.same:.2f} | {same:.2f} | {each.edited:.2f} | {edited:.2f}"
        lines.append(f"| {each.articles} | {times} |")
    lines += ["", "What is left is paid for all articles: the ontology folder, linking, the graph, the page."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"runs of each build [default: {RUNS}]")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="FILE", help="[default: benchmarks/rebuild.md]")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rebuilds = [measure(number, Path(folder), runs=options.runs) for number in SIZES]
    options.output.write_text(report(rebuilds), encoding="utf-8")
    sys.stdout.write(report(rebuilds))


if __name__ == "__main__":
    main()
