"""`kg serve` beside the `oxigraph` server: fifty clients that ask light and heavy queries for a minute.

    python benchmarks/serve.py [--output FILE] [--seconds SECONDS]

Both serve the same data, the graph of the seeds in the named graphs of `kg export -f nq`, to the same clients. Forty
clients ask light queries (a thing, a list, a count), each again as soon as it has its answer, after a short rest;
ten ask heavy ones (every pair of triples, sorted or counted), which neither can answer in the time that it gives.
Memory is that of all processes of the server together, counted once where they share it (Linux: Pss).
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from servers import oxigraph, oxigraph_program  # noqa: E402 # they stand among the tests
from serving import descendants, serving  # noqa: E402

LIGHT_CLIENTS, HEAVY_CLIENTS = 40, 10
TIME_LIMIT = 5
"""Seconds that a query may take in kg serve; the clients of both wait twice as long."""
REST = 0.2
"""Seconds between two light queries of a client, as of a person or page that reads the answer."""

PREFIXES = """PREFIX kg: <https://w3id.org/citykg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
LIGHT = [
    PREFIXES + query
    for query in (
        "SELECT ?name { ?s a kg:Park ; rdfs:label ?name } ORDER BY ?name LIMIT 20",
        "SELECT (COUNT(*) AS ?n) { ?s a kg:Enterprise }",
        "SELECT ?p ?o { ?s rdfs:label ?name ; ?p ?o FILTER(STRSTARTS(?name, '株洲')) } LIMIT 50",
        "SELECT ?subject ?value ?unit { ?o kg:subject/rdfs:label ?subject ; kg:value ?value ; kg:unit ?unit } LIMIT 50",
        "ASK { ?s kg:undertakenBy ?o }",
    )
]
HEAVY = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?f)) AS ?x) }",
    "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a LIMIT 10",
]


@dataclass
class Load:
    """What the clients saw: seconds of each light answer, and the outcomes of both kinds."""

    light: list[float] = field(default_factory=list)
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: {"light": Counter(), "heavy": Counter()})
    memory: int = 0
    afterwards: float = 0.0
    alive: bool = False


@contextmanager
def ours(graph: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """`kg serve`: its endpoint and its process."""
    with serving(graph, "--time-limit", str(TIME_LIMIT)) as running:
        yield running.sparql, running.process.pid


@contextmanager
def theirs(graph: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """The oxigraph server, with its own time limit."""
    data = folder / "graph.nq"
    command = [sys.executable, "-m", "kg.cli", "export", "-g", str(graph), "-o", str(data), "--no-description"]
    subprocess.run(command, check=True, cwd=ROOT)
    store = folder / "store"
    program = str(oxigraph_program())
    subprocess.run([program, "load", "--location", str(store), "--file", str(data)], check=True, capture_output=True)
    with oxigraph(store, "--timeout-s", str(TIME_LIMIT)) as running:
        yield running.query, running.process


async def ask(client: httpx.AsyncClient, address: str, query: str) -> str:
    """The outcome of one query: a status, or the name of what failed."""
    try:
        answer = await client.post(address, content=query, headers={"Content-Type": "application/sparql-query"})
    except httpx.HTTPError as error:
        return type(error).__name__
    return str(answer.status_code)


async def load(address: str, process: int, seconds: float) -> Load:
    """Let all clients ask for `seconds`."""
    found = Load()
    end = time.monotonic() + seconds

    async def light(number: int) -> None:
        async with httpx.AsyncClient(timeout=2 * TIME_LIMIT) as client:
            await asyncio.sleep(number * REST / LIGHT_CLIENTS)
            asked = number
            while time.monotonic() < end:
                start = time.perf_counter()
                outcome = await ask(client, address, LIGHT[asked % len(LIGHT)])
                found.light.append(time.perf_counter() - start)
                found.outcomes["light"][outcome] += 1
                asked += 1
                await asyncio.sleep(REST)

    async def heavy(number: int) -> None:
        async with httpx.AsyncClient(timeout=2 * TIME_LIMIT) as client:
            while time.monotonic() < end:
                outcome = await ask(client, address, f"{HEAVY[number % len(HEAVY)]} # {number}")
                found.outcomes["heavy"][outcome] += 1
                await asyncio.sleep(REST)

    async def watch() -> None:
        while time.monotonic() < end:
            found.memory = max(found.memory, await asyncio.to_thread(memory_of, process))
            await asyncio.sleep(1)

    clients = [*map(light, range(LIGHT_CLIENTS)), *map(heavy, range(HEAVY_CLIENTS)), watch()]
    await asyncio.gather(*clients)
    await asyncio.sleep(TIME_LIMIT)  # what still runs may come to its end
    before = processor_time(process)
    await asyncio.sleep(3)
    found.afterwards = (processor_time(process) - before) / 3
    async with httpx.AsyncClient(timeout=60) as client:
        found.alive = await ask(client, address, LIGHT[0]) == "200"
    return found


def memory_of(process: int) -> int:
    """Bytes of a process and its descendants, shared ones counted once."""
    total = 0
    for each in {process, *descendants(process)}:
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue  # it has ended
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


def processor_time(process: int) -> float:
    """Seconds of processor that a process and its descendants have taken so far."""
    total = 0
    for each in {process, *descendants(process)}:
        try:
            fields = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / 100


def table(results: dict[str, Load], seconds: float) -> str:
    """The results as Markdown."""
    lines = [
        "# `kg serve` beside the oxigraph server",
        "",
        f"Written by `python benchmarks/serve.py`: {LIGHT_CLIENTS} clients ask light queries and {HEAVY_CLIENTS} heavy",
        f"ones, at once, for {seconds:.0f} seconds; the graph of the seeds; clients and server share the processors.",
        f"The time limit of both is {TIME_LIMIT} seconds (`kg serve --time-limit`, `oxigraph serve --timeout-s`);",
        f"clients wait {2 * TIME_LIMIT}. *At work* is how many processors the server keeps busy {TIME_LIMIT} seconds",
        "after the last client has gone, and *serves on* whether it answers then.",
        "",
        "| | light, median | 95 % | slowest | light answers | heavy answers | most memory | at work | serves on |",
        "|---|---:|---:|---:|---|---|---:|---:|---|",
    ]
    for name, found in results.items():
        light = sorted(found.light)
        outcomes = [
            ", ".join(f"{count:,} × {outcome}" for outcome, count in sorted(found.outcomes[kind].items()))
            for kind in ("light", "heavy")
        ]
        lines.append(
            f"| {name} | {statistics.median(light) * 1000:.0f} ms | {light[int(len(light) * 0.95)] * 1000:.0f} ms "
            f"| {light[-1] * 1000:.0f} ms | {outcomes[0]} | {outcomes[1]} | {found.memory / 1e6:.0f} MB "
            f"| {found.afterwards:.1f} | {'yes' if found.alive else 'no'} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "serve.md", metavar="FILE")
    parser.add_argument("--seconds", type=float, default=60.0, help="[default: %(default)s]")
    arguments = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        command = [sys.executable, "-m", "kg.cli", "build", str(ROOT / "seeds"), "-o", str(graph), "--quiet"]
        subprocess.run(command, check=True, cwd=ROOT)
        for name, start in (("kg serve", ours), ("oxigraph serve", theirs)):
            with start(graph, Path(folder)) as (address, process):
                results[name] = asyncio.run(load(address, process, arguments.seconds))
    arguments.output.write_text(table(results, arguments.seconds), encoding="utf-8")


if __name__ == "__main__":
    main()
