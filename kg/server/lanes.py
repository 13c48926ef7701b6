"""Who runs when: quick questions never wait behind slow ones.

A question starts among the quick. What is not done there in `Limits.quick` seconds is ended and starts again
among the slow, which run with less priority, a few at a time; its text is remembered, so that it starts there
the next time. Ending it costs what it has done so far, and keeps memory to that of the processes of both lanes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from kg.server.answering import Question, Reply, refuse
from kg.server.limits import Limits
from kg.server.snapshot import Late, Snapshot

REMEMBERED = 1000
"""Texts of slow questions."""

Current = Callable[[], Awaitable[Snapshot]]


class Lanes:
    """Runs questions within limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._quick = asyncio.Semaphore(limits.lanes)
        self._slow = asyncio.Semaphore(limits.lanes)
        self._here = 0
        self._known: OrderedDict[Question, None] = OrderedDict()

    async def run(self, current: Current, question: Question) -> Reply:
        """The reply to `question`, or why there is none: 503 where too many are here, 504 where it takes too long.

        `current` gives the graph that is served when the turn of the question comes.
        """
        if self._here >= self.limits.at_once:
            return refuse(503, f"{self._here} requests are running or waiting already; try again later")
        self._here += 1
        try:
            if question not in self._known:
                try:
                    async with self._quick:
                        snapshot = await current()
                        return await snapshot.ask(question, seconds=min(self.limits.quick, self.limits.seconds))
                except Late:
                    self._remember(question)
            return await self._run_slowly(current, question)
        finally:
            self._here -= 1

    async def _run_slowly(self, current: Current, question: Question) -> Reply:
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._slow.acquire()
        except TimeoutError:
            return refuse(
                503, f"slow queries have kept this one waiting for {self.limits.seconds:g} seconds; try again later"
            )
        try:
            snapshot = await current()
            return await snapshot.ask(question, seconds=self.limits.seconds, slow=True)
        except Late:
            return refuse(
                504, f"the query took longer than {self.limits.seconds:g} seconds and was ended; ask for less"
            )
        finally:
            self._slow.release()

    def _remember(self, question: Question) -> None:
        self._known[question] = None
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
