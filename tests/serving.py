"""`kg serve` as a process of its own, on a free port of this machine, for a test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
GRAPH = ROOT / "tests" / "data" / "view.ttl"
BASE = "https://w3id.org/citykg/id/"
PATIENCE = 120
"""Seconds to wait for an answer of a busy machine."""
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(12)) + " }"
"""A query that needs years: every triple beside every other, twelve times."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its process and its address, which ends in a slash."""

    process: subprocess.Popen[str]
    address: str

    @property
    def sparql(self) -> str:
        """The endpoint."""
        return f"{self.address}sparql"

    def get(self, path: str, *, accept: str | None = None, host: str | None = None) -> httpx.Response:
        """What a GET of `path` gives, redirects not followed."""
        headers = {**({"Accept": accept} if accept else {}), **({"Host": host} if host else {})}
        return httpx.get(self.address + path, headers=headers, timeout=PATIENCE)

    def ask(self, query: str, *, accept: str = "application/sparql-results+json") -> httpx.Response:
        """The answer to a query, posted as it is."""
        headers = {"Accept": accept, "Content-Type": "application/sparql-query"}
        return httpx.post(self.sparql, content=query, headers=headers, timeout=PATIENCE)

    def rows(self, query: str) -> list[dict[str, str]]:
        """The rows that answer a query."""
        answer = self.ask(query)
        assert answer.status_code == 200, answer.text
        found = answer.json()["results"]["bindings"]
        return [{name: each["value"] for name, each in row.items()} for row in found]

    def processes(self) -> set[int]:
        """The processes that the server has started, and those that these have."""
        return descendants(self.process.pid)

    def keepers(self) -> list[int]:
        """The processes that keep a graph in memory."""
        return _children().get(self.process.pid, [])


def _children() -> dict[int, list[int]]:
    """The children of every process of this machine."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    return children


def descendants(of: int) -> set[int]:
    """The processes that descend from `of`."""
    children = _children()
    found: set[int] = set()
    waiting = [of]
    while waiting:
        new = children.get(waiting.pop(), [])
        found.update(new)
        waiting.extend(new)
    return found


@contextmanager
def serving(graph: Path = GRAPH, *options: str) -> Iterator[Served]:
    """A server of `graph` with `options` that answers when the body runs, and has ended after it."""
    command = [sys.executable, "-m", "kg.cli", "serve", "--graph", str(graph), "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), process.communicate()[1]
        yield Served(process, line.split()[0])
    finally:
        process.terminate()
        process.communicate()
