"""The process that keeps the graph in memory, and forks children that answer questions.

    server ──one end of a socket──▶ keeper ──fork──▶ child ◀──questions, replies──▶ server
                                      │
                 the socket to the server ends: the keeper ends all of its children, and itself

A child answers one question after another. It shares the memory of the keeper, so it costs milliseconds and is
ended without loss. No time limit inside
a store is needed, and none could be relied on: a child that is late is killed. What a child may do is narrow: it can
take only so much more memory, and open no file and no connection, which is what SERVICE would need.

The keeper stays single-threaded, for only the thread that forks lives on in the child.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import CitykgError
from kg.server.answering import Question, Reply
from kg.server.dataset import Dataset, load_dataset
from kg.server.jobs import JOBS

NICENESS = 10
"""How far a slow query stands back behind quick ones and the server."""
NUMBER = struct.Struct("!I")
"""Of a process, and of bytes."""
TRUSTED = ("page", "questions", "question", "resource", "service")
"""Jobs that run nothing that came with the request, and may read files."""


def main() -> None:
    """Load the graph that the arguments tell, say so on the socket, and fork until it ends."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings: dict[str, Any] = json.loads(sys.argv[2])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children leave no zombies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    try:
        dataset = load_dataset(
            Path(settings["source"]),
            ontology=Path(settings["ontology"]),
            title=settings["title"],
            articles=tuple(map(Path, settings["articles"])),
        )
    except CitykgError as error:
        _tell(control, {"error": str(error), "class": type(error).__name__})
        return
    gc.freeze()  # what is loaded stays; a child that looked through it would copy it
    _tell(control, {"base": dataset.base})
    try:
        _fork_children(control, dataset, settings["memory"])
    finally:
        os.killpg(0, signal.SIGKILL)  # the keeper leads a process group of its own; this ends it too


def _tell(control: socket.socket, message: Mapping[str, Any]) -> None:
    with suppress(OSError):  # the server may have gone
        control.sendall(json.dumps(message).encode() + b"\n")


def _fork_children(control: socket.socket, dataset: Dataset, memory: int) -> None:
    """For every socket that comes, a child that answers on it; until no more can come."""
    while True:
        try:
            byte, handles, _, _ = socket.recv_fds(control, 1, 1)
        except OSError:
            return
        if not byte:
            return
        with socket.socket(fileno=handles[0]) as connection:
            try:
                child = os.fork()
            except OSError:
                continue  # no process to be had: the socket closes without an answer
            if child == 0:
                control.close()
                _answer(connection, dataset, memory)


def _answer(connection: socket.socket, dataset: Dataset, memory: int) -> None:
    """Take questions from `connection` and reply until there are no more, and end this process."""
    status = 1
    try:
        connection.sendall(NUMBER.pack(os.getpid()))
        confined = False
        with connection.makefile("rb") as stream:
            while size := stream.read(NUMBER.size):
                question, slow = decode_question(stream.read(NUMBER.unpack(size)[0]))
                if slow:
                    os.nice(NICENESS)
                if question.job not in TRUSTED and not confined:
                    confine(memory)
                    confined = True
                _send(connection, JOBS[question.job](dataset, question))
        status = 0
    finally:
        os._exit(status)  # no clean-up of what belongs to the keeper


def confine(memory: int) -> None:
    """Let this process take `memory` bytes more than it has, and open nothing new."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if _PROC else 0
    with suppress(ValueError, OSError):  # macOS takes no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


_PROC = Path("/proc/self/statm").exists()


def _send(connection: socket.socket, reply: Reply) -> None:
    head = {"status": reply.status, "media": reply.media, "length": len(reply.body)}
    connection.sendall(json.dumps(head).encode() + b"\n")
    connection.sendall(reply.body)


def encode_question(question: Question, *, slow: bool) -> bytes:
    """A question as it travels to a child, its length first. A child that had a `slow` one stays slow."""
    data = json.dumps({**asdict(question), "slow": slow}).encode()
    return NUMBER.pack(len(data)) + data


def decode_question(data: bytes) -> tuple[Question, bool]:
    """What `encode_question` wrote, without the length."""
    given: dict[str, Any] = json.loads(data)
    slow = bool(given.pop("slow"))
    default_graphs, named_graphs = tuple(given.pop("default_graphs")), tuple(given.pop("named_graphs"))
    values = tuple((name, value) for name, value in given.pop("values"))
    return Question(default_graphs=default_graphs, named_graphs=named_graphs, values=values, **given), slow


if __name__ == "__main__":
    main()
