"""What a clause opens with: things without a name that is known here, of which no figure is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures.calendar import Period
from kg.figures.clauses import BREAK, PARALLEL, starts
from kg.figures.patterns import alternatives
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference

Spans = Sequence[tuple[int, int]]
TAIL = 2  # characters between a name and what tells where its bearer lies: 甲公司总部位于


class Openings:
    """Tells whether a clause or sentence opens with something of which no figure is kept."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        words = lexicon.figures.subject
        self._kinds = frozenset(words.kinds) - frozenset(words.barred)
        self._skip = re.compile(rf"(?:{alternatives(words.skip)}|[“”‘’（(—　])*")
        skip = f"(?:{alternatives(words.skip)}|，)*"
        self._unnamed = re.compile(
            rf"{skip}[^，。；：、\d“”]{{2,12}}?{alternatives(words.heads)}[^，。；：、\d]{{0,4}}?{alternatives(words.acts)}"
        )
        self._site = re.compile(rf"{skip}(?P<thing>[^，。；：]{{3,24}}?){alternatives(words.sites)}")
        self._beside = re.compile(
            rf"(?!{alternatives(lexicon.indicators.leading)})[^，。；、\d]{{3,8}}?{alternatives(words.doing)}"
        )
        things = alternatives(head for frame in words.frame for head in frame.heads)
        self._market = re.compile(rf"[^，。；]{{0,16}}{alternatives(words.markets)}")
        self._unknown, self._foreign = tuple(words.unknown), tuple(words.foreign)
        self._told = re.compile(rf"{alternatives(words.unknown)}(?!{things})[^，。；]{{2,12}}?{things}")
        self._ranked = words.ranked

    def orphans(self, text: str, begin: int, passed: Sequence[Reference | Period]) -> bool:
        """Whether the sentence from `begin` opens with a thing that is told apart but not known: 该光伏项目."""
        place = begin if text.startswith(self._unknown, begin) else self._opening(text, begin, passed)
        if (first := BREAK.search(text, place, place + 1)) is not None:
            place = first.end()
        match = self._told.match(text, place)
        return match is not None and not any(
            isinstance(r, Reference) and r.begin < match.end() and place < r.end for r in passed
        )

    def nameless(self, text: str, begin: int, offset: int, passed: Sequence[Reference | Period]) -> bool:
        """Whether the clause at `offset`, or one before it in the sentence, is about a thing without a name."""
        return any(self._opens(text, start, passed, self._unknown) for start in starts(text, begin, offset))

    def national(self, text: str, begin: int, offset: int, passed: Sequence[Reference | Period]) -> bool:
        """Whether a clause from the one after `begin` to the one that begins at `offset` is about the whole country.

        One about a share of the market is not: 国内市场占有率达11.8%，排名第三.
        """
        clauses = (start for start in starts(text, begin, offset) if not self._market.match(text, start))
        return any(self._opens(text, start, passed, self._foreign) for start in clauses)

    def strange(
        self, text: str, clauses: Sequence[int], passed: Sequence[Reference | Period], strangers: Spans
    ) -> bool:
        """Whether a place or body whose name is not known opens one of the clauses that begin at `clauses`.

        One right before a number is counted: 农民合作社611家.
        """
        firsts = {first for first, end in strangers if not text[end : end + 1].isdigit()}
        return any(self._opening(text, start, passed) in firsts for start in clauses)

    def unnamed(
        self, text: str, begin: int, offset: int, references: Sequence[Reference], periods: Sequence[Period]
    ) -> bool:
        """Whether a park or body without known name opens a clause from `begin` to `offset` and acts: 某科技园完成….

        A name that any reference overlaps is known after all.
        """
        for place in starts(text, begin, offset):
            start = self._opening(text, place, periods)
            match = self._unnamed.match(text, start)
            if match and not any(r.begin < match.end() and start < r.end for r in references):
                return True
        return False

    def sited(self, text: str, begin: int, offset: int, references: Sequence[Reference]) -> bool:
        """Whether the sentence from `begin` tells where a thing without known name lies: 某集聚区位于甲县，占地…."""
        match = self._site.match(text, begin, offset)
        if not match:
            return False
        start, end = match.span("thing")
        return not any(
            r.kind in self._kinds and start < r.end and end - TAIL <= r.end for r in references if r.begin < end
        )

    def parallel(self, text: str, begin: int, offset: int, references: Sequence[Reference]) -> bool:
        """Whether the sentence from `begin` sets one without known name beside those before: …；某冶产出锌5万吨."""
        match = self._beside.match(text, begin, offset) if text.endswith(PARALLEL, 0, begin) else None
        return bool(match) and not any(begin <= r.begin < match.end() for r in references if match)

    def _opening(self, text: str, place: int, passed: Sequence[Reference | Period]) -> int:
        """Where the clause at `place` begins after its times and adverbs."""
        before = -1
        while place > before:
            before = place
            for item in passed:
                if isinstance(item, Period) and item.begin <= place < item.end:
                    place = item.end
            if match := self._skip.match(text, place):
                place = match.end()
        return place

    def _opens(self, text: str, place: int, passed: Sequence[Reference | Period], words: tuple[str, ...]) -> bool:
        """Whether one of `words`, no name of its own, begins the clause at `place` after its times."""
        if not text.startswith(words, place) or text.startswith(self._ranked, place):
            place = self._opening(text, place, passed)
        if any(isinstance(item, Reference) and item.begin <= place < item.end for item in passed):
            return False
        word = next((word for word in words if text.startswith(word, place)), "")
        counted = text[place + len(word) : place + len(word) + 1].isdigit()  # 合作社54家 counts them
        return bool(word) and not counted and not text.startswith(self._ranked, place)
