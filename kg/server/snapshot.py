"""The server's end of a keeper: start it, ask it, kill a child that is late, end it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import kg
from kg.errors import CitykgError, DataError, InputError
from kg.server.answering import Question, Reply, refuse
from kg.server.dataset import Stamp
from kg.server.keeper import NUMBER, TRUSTED, encode_question

PACKAGES = Path(kg.__file__).parent.parent
ERRORS: dict[str, type[CitykgError]] = {each.__name__: each for each in (CitykgError, DataError, InputError)}
NO_PROCESS = refuse(503, "the server cannot start a process for this query; try again later")


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be served: a graph, the ontology folder, a title or none, and where the articles lie."""

    graph: Path
    ontology: Path
    title: str = ""
    articles: tuple[Path, ...] = ()


class Late(Exception):
    """A question that took longer than it may."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process that answers: its number, and the two directions of the socket to it."""

    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def end(self) -> None:
        """End the process, whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        self.writer.close()


@dataclass
class Snapshot:
    """A graph as it was when it was loaded, in a keeper.

    `base` is what its IRIs begin with, `asked` counts the questions that are not yet answered, `idle` are
    children that have nothing to do.
    """

    process: asyncio.subprocess.Process
    control: socket.socket
    base: str
    stamp: Stamp | None
    memory: int
    asked: int = 0
    retired: bool = False
    page: asyncio.Task[Reply] | None = field(default=None)
    idle: list[Child] = field(default_factory=list)

    async def ask(self, question: Question, *, seconds: float | None, slow: bool = False) -> Reply:
        """The reply to `question`. Raises Late after `seconds`; the child is ended then, and on cancellation."""
        self.asked += 1
        child: Child | None = None
        again = not slow and question.job not in TRUSTED
        try:
            async with asyncio.timeout(seconds):
                child = self.idle.pop() if self.idle and again else await self._child()
                child.writer.write(encode_question(question, slow=slow))
                head = json.loads(await child.reader.readuntil())
                body = await child.reader.readexactly(head["length"])
            if again:
                self.idle.append(child)
                child = None
            return Reply(head["status"], head["media"], body)
        except TimeoutError:
            raise Late from None
        except (asyncio.IncompleteReadError, ConnectionError):
            return self._broken() if child is not None else NO_PROCESS
        except OSError:
            return NO_PROCESS
        finally:
            if child is not None:
                child.end()
            self._leave()

    async def _child(self) -> Child:
        """A new process that answers. Raises OSError or IncompleteReadError where there can be none."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self.control, [b"\0"], [theirs.fileno()])
            reader, writer = await asyncio.open_connection(sock=ours)
        except BaseException:
            ours.close()
            raise
        try:
            return Child(NUMBER.unpack(await reader.readexactly(NUMBER.size))[0], reader, writer)
        except BaseException:
            writer.close()  # a child that nobody listens to ends
            raise

    def _broken(self) -> Reply:
        """The reply where a child has ended without one."""
        if self.process.returncode is not None:
            return refuse(503, "the process that keeps the graph has ended; start kg serve again")
        return refuse(500, f"the query needed more than {self.memory} bytes of memory, or is nested too deeply")

    def _leave(self) -> None:
        self.asked -= 1
        if self.retired and not self.asked:
            self.control.close()  # the keeper ends with all children

    def retire(self) -> None:
        """Take no more questions; end when the last is answered."""
        self.retired = True
        if not self.asked:
            self.control.close()

    async def close(self) -> None:
        """End the keeper and its children now."""
        if self.page is not None:
            self.page.cancel()
        self.control.close()
        await self.process.wait()


async def load_snapshot(source: Source, *, memory: int, stamp: Stamp | None) -> Snapshot:
    """The graph of `source` in a keeper of its own. Raises InputError or DataError where it cannot be loaded."""
    ours, theirs = socket.socketpair()
    settings = {
        "source": str(source.graph),
        "ontology": str(source.ontology),
        "title": source.title,
        "articles": [str(each) for each in source.articles],
        "memory": memory,
    }
    path = os.pathsep.join(filter(None, (str(PACKAGES), os.environ.get("PYTHONPATH", ""))))
    with theirs:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.server.keeper", str(theirs.fileno()), json.dumps(settings)),
            pass_fds=[theirs.fileno()],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": path},
        )
    try:
        told = json.loads(await _line(ours))
    except BaseException:
        ours.close()
        with suppress(ProcessLookupError):
            process.kill()
        raise
    if "error" in told:
        ours.close()
        await process.wait()
        raise ERRORS[told["class"]](told["error"])
    return Snapshot(process, ours, told["base"], stamp, memory)


async def _line(control: socket.socket) -> bytes:
    """What the keeper says when it is ready. Raises InputError where it ends without a word."""
    control.setblocking(False)
    text = b""
    while not text.endswith(b"\n"):
        part = await asyncio.get_running_loop().sock_recv(control, 4096)
        if not part:
            raise InputError("the process that keeps the graph has ended before it was ready")
        text += part
    return text
