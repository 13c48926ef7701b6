"""Stores of other makers, started on a free port of this machine for a test."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from kg.push import Credentials

PATIENCE = 60
"""Seconds to wait for a store to answer."""

VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/store.db
ErrorLogFile = {folder}/store.log
LockFile = {folder}/store.lck
TransactionFile = {folder}/store.trx
xa_persistent_file = {folder}/store.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{other}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A store that runs: its row of STORES, its address, where it answers over all graphs, who may write, its pid."""

    store: str
    url: str
    query: str
    credentials: Credentials
    process: int

    def ask(self, text: str) -> list[dict[str, str]]:
        """The rows that answer a SPARQL query."""
        headers = {"Accept": "application/sparql-results+json"}
        answer = httpx.post(self.query, data={"query": text}, headers=headers, timeout=PATIENCE)
        assert answer.is_success, answer.text
        rows = answer.json()["results"]["bindings"]
        return [{name: each["value"] for name, each in row.items()} for row in rows]


def oxigraph_program() -> str | None:
    """The oxigraph server, from beside this Python or from the path."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """An Oxigraph that keeps its data in `folder`."""
    url = f"http://127.0.0.1:{_free_port()}"
    place = ["--location", str(folder), "--bind", url.removeprefix("http://")]
    command = [str(oxigraph_program()), "serve", *place, *options]
    with _running(command, f"{url}/query?query=ASK%7B%7D", folder) as process:
        yield Server("oxigraph", url, f"{url}/query?union-default-graph", Credentials(), process)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """A Virtuoso that keeps its data in `folder`, with the user and password it comes with."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    settings = folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO_INI.format(folder=folder, port=port, other=_free_port()), encoding="utf-8")
    with _running(["virtuoso-t", "-f", "-c", str(settings)], f"{url}/sparql?query=ASK%7B%7D", folder) as process:
        yield Server("virtuoso", url, f"{url}/sparql", Credentials("dba", "dba"), process)


SERVERS: dict[str, Callable[[Path], object]] = {"oxigraph": oxigraph, "virtuoso": virtuoso}
MISSING = {
    name: reason
    for name, there, reason in (
        ("oxigraph", oxigraph_program(), "oxigraph is not installed (pip install oxigraph)"),
        (
            "virtuoso",
            shutil.which("virtuoso-t"),
            "virtuoso-t is not installed (apt-get install virtuoso-opensource-7-bin)",
        ),
    )
    if not there
}


@contextmanager
def _running(command: list[str], url: str, folder: Path) -> Iterator[int]:
    """A process that answers at `url` before the body runs, and ends after it; its number."""
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(url):
            assert process.poll() is None, (folder / "output.txt").read_text(encoding="utf-8")
            assert time.monotonic() < deadline, "no answer"
            time.sleep(0.1)
        yield process.pid
    finally:
        process.kill()
        process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    """A port that outgoing connections are not given: they could take it while the server starts."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
