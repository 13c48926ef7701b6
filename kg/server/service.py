"""The graph that is served now: loaded at the start, and again when its file has been written anew."""

from __future__ import annotations

import asyncio
import logging

from kg.errors import CitykgError
from kg.server.answering import Question, Reply
from kg.server.dataset import Stamp, stamp_of
from kg.server.lanes import Lanes
from kg.server.limits import Limits
from kg.server.snapshot import Late, Snapshot, Source, load_snapshot

log = logging.getLogger(__name__)

PAGE_SECONDS = 600.0
"""How long the page of a graph may take to draw."""


class Service:
    """Answers questions about the graph as it is on disk at the time of each."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.lanes = Lanes(limits)
        self._loading = asyncio.Lock()
        self._snapshots: list[Snapshot] = []
        self._failed: Stamp | None = None
        self._stopping = False

    async def start(self) -> None:
        """Load the graph. Raises InputError or DataError where that is not possible."""
        await self._load(stamp_of(self.source.graph))

    async def stop(self) -> None:
        """End all processes; what is asked now and later is refused."""
        self._stopping = True
        await asyncio.gather(*(each.close() for each in self._snapshots))

    async def ask(self, question: Question) -> Reply:
        """The reply to a question, within the limits."""
        return await self.lanes.run(self.snapshot, question)

    async def page(self) -> Reply:
        """The page of the graph, drawn once for each state of it."""
        snapshot = await self.snapshot()
        if snapshot.page is None or (snapshot.page.done() and snapshot.page.result().status != 200):
            snapshot.page = asyncio.create_task(snapshot.ask(Question("page"), seconds=PAGE_SECONDS))
        try:
            return await asyncio.shield(snapshot.page)
        except Late:
            snapshot.page = None
            raise

    async def snapshot(self) -> Snapshot:
        """The graph as it is on disk. One that has been written anew is loaded first; where that fails, the old one."""
        async with self._loading:
            stamp = stamp_of(self.source.graph)
            current = self._snapshots[-1]
            ended = current.process.returncode is not None
            if not self._stopping and stamp not in (None, self._failed) and (ended or stamp != current.stamp):
                try:
                    await self._load(stamp)
                except CitykgError as error:
                    self._failed = stamp
                    log.warning("%s; the graph that was loaded before is still served", error)
                else:
                    current.retire()
            return self._snapshots[-1]

    async def _load(self, stamp: Stamp | None) -> None:
        loaded = await load_snapshot(self.source, memory=self.limits.memory, stamp=stamp)
        self._snapshots = [each for each in self._snapshots if each.process.returncode is None]
        self._snapshots.append(loaded)
