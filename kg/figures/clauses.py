"""Clauses, and the stretches of a text whose numbers are not read."""

from __future__ import annotations

import re
from bisect import bisect_right

BREAK = re.compile(r"[；;。！？!?\n：…】]|(?<!\d)[，,]|[，,](?!\d{3})")
TITLE = re.compile(r"《[^《》]{1,80}》")
QUOTE = re.compile(r"“[^“”]{1,24}”|‘[^‘’]{1,24}’|「[^「」]{1,24}」")
INNER = re.compile(r"[，。；：！？]")
ASIDE = re.compile(r"[（(][^（()）\d]{0,30}[)）]")
OPEN_SPEECH = re.compile(r"[：:]“")
PARALLEL = ("；", ";")


class Clauses:
    """The clauses of a sentence: where the one at an offset begins and ends.

    A bracket without a digit breaks none: 生产总值（GDP，下同）200亿元.
    """

    def __init__(self, text: str, begin: int, end: int) -> None:
        self._begins = [begin]
        self._ends: list[int] = []
        asides = [match.span() for match in ASIDE.finditer(text, begin, end)]
        for match in BREAK.finditer(text, begin, end):
            if not any(first < match.start() < last for first, last in asides):
                self._ends.append(match.start())
                self._begins.append(match.end())
        self._ends.append(end)

    def around(self, offset: int) -> tuple[int, int]:
        """The clause that holds `offset`."""
        index = bisect_right(self._begins, offset) - 1
        return self._begins[index], self._ends[index]

    def before(self, offset: int) -> tuple[int, int] | None:
        """The clause before the one that holds `offset`, if any."""
        index = bisect_right(self._begins, offset) - 2
        return (self._begins[index], self._ends[index]) if index >= 0 else None


def unread(text: str) -> list[tuple[int, int]]:
    """Spans whose numbers belong to a title or to a quoted slogan: 《…2020年方案》, “12345”."""
    spans = [match.span() for match in TITLE.finditer(text)]
    spans += [match.span() for match in QUOTE.finditer(text) if not INNER.search(match[0])]
    return sorted(spans)


def starts(text: str, begin: int, offset: int) -> list[int]:
    """`begin` and where the clauses after it up to `offset` begin."""
    return [begin, *(match.end() for match in BREAK.finditer(text, begin, offset))]
