"""What one quantity is the value of: the indicators that its words name, or that it shares with the one before it."""

from __future__ import annotations

import re

from kg.figures.contexts import ContextReader
from kg.figures.endings import COUNTED, counted_before
from kg.figures.kinds import KindReader
from kg.figures.naming import Namer
from kg.figures.patterns import alternatives
from kg.figures.phrases import Left, PhraseReader, Right
from kg.figures.quantities import Quantity
from kg.figures.standings import StandingReader
from kg.figures.view import Passage
from kg.lexicon.figures import FigureLexicon

AMOUNT = re.compile(r"\d[^，。；]*\Z")


class IndicatorReader:
    """Names the indicators of single quantities."""

    def __init__(
        self,
        lexicon: FigureLexicon,
        phrases: PhraseReader,
        contexts: ContextReader,
        namer: Namer,
        kinds: KindReader,
        standings: StandingReader,
    ) -> None:
        self._figures, self._indicators = lexicon.figures, lexicon.indicators
        self._phrases, self._contexts, self._namer = phrases, contexts, namer
        self._kinds, self._standings = kinds, standings
        self._giving = re.compile(alternatives(lexicon.indicators.giving))

    def names(
        self, passage: Passage, quantity: Quantity, begin: int, words: str, left: Left, *, joined: bool
    ) -> list[str]:
        """The indicators that one quantity is the value of."""
        if passage.names and self._contexts.shared(passage, quantity):
            return passage.names[-1:]
        places = quantity.spec.dimension == "places"
        moved = left.sign or left.level or passage.source
        moved = moved or passage.text.endswith(self._figures.range.source, 0, quantity.begin)
        if places or (moved and quantity.name in self._figures.rank.marks):
            ranked = self._standings.listed(left.phrase) or passage.ranked
            ranked = ranked or self._standings.ranked(passage, quantity.begin)
            passage.ranked = ranked
            if ranked or places:
                return [ranked]
        if passage.names and not left.phrase and (left.sign or left.level or passage.source):
            return passage.names if len(passage.names) == 1 else passage.names[-1:]
        counted = counted_before(passage.items, quantity)
        people = quantity.spec.dimension == "people" and counted and counted.spec.dimension != "people"
        if people and counted and passage.names and not words and not self._right(passage, quantity).noun:
            return [passage.names[-1].removesuffix(counted.spec.noun).removesuffix(counted.name) + quantity.spec.noun]
        if counted and passage.names and not words and quantity.spec.dimension not in COUNTED:
            noun = self._indicators.sum if quantity.spec.dimension == "money" else quantity.spec.noun
            return [passage.names[-1].removesuffix(counted.spec.noun) + noun]
        if passage.names and not left.phrase and self.again(passage, quantity, left):
            return passage.names[-1:]
        before = max((item.end for item in passage.items if item.end <= quantity.begin), default=0)
        between = passage.text[before : quantity.begin].strip("，")
        if passage.names and (between in self._figures.change.level or self._reached(passage, quantity, between)):
            return passage.names[-1:]
        if left.gap:
            return [self.apart(passage, left)]
        if quantity.spec.dimension == "share" and words.endswith(self._phrases.of):
            task = next((word for word in self._indicators.task if passage.text.endswith(word, 0, begin)), "")
            given = self._giving.search(words)
            stem = self._phrases.clean(words.removesuffix(self._phrases.of))
            weighed = stem.startswith(self._indicators.part)
            if not task and not weighed and stem.endswith(self._indicators.tasks) and not left.sign:
                return [self._indicators.task[0] + stem + self._indicators.portion]
            if given:
                return [words[given.end() :].removesuffix(self._phrases.of) + self._indicators.quota]
            if task:
                return [task + AMOUNT.sub("", words.removesuffix(self._phrases.of)) + self._indicators.portion]
        if passage.names and left.sign and left.phrase in self._figures.change.rate:
            return [passage.names[-1] + left.phrase]
        name = left.phrase if left.sign and left.phrase else self._namer.name(passage, quantity, left, joined=joined)
        if quantity.spec.dimension == "share":
            return self._namer.coordination.each(name, always=words.endswith(self._indicators.each))
        return [name]

    def _reached(self, passage: Passage, quantity: Quantity, between: str) -> bool:
        """Whether a level is said right after its change: 产值增长8.7%，达到4.6亿元."""
        earlier = [item for item in passage.items if isinstance(item, Quantity) and item.end <= quantity.begin]
        grown = bool(earlier) and earlier[-1].spec.dimension == "share" != quantity.spec.dimension
        return grown and bool(between) and self._phrases.bare(between)

    def _right(self, passage: Passage, quantity: Quantity) -> Right:
        """The words after a quantity in its clause."""
        return self._phrases.right(passage.text[quantity.end : passage.clauses.around(quantity.begin)[1]])

    def again(self, passage: Passage, quantity: Quantity, left: Left) -> bool:
        """Whether a quantity is said like the one before it: …50亿元，力争达到52亿元; 甲镇种植320亩，乙镇260亩."""
        earlier = [item for item in passage.items if item.end <= quantity.begin]
        last, named = earlier[-1] if earlier else None, passage.named
        if (
            isinstance(last, Quantity)
            and last.spec.dimension == "share" != quantity.spec.dimension
            and last.end == named
        ):
            last = earlier[-2] if len(earlier) > 1 else None  # 3.6亿元，增长41%，力争5亿元
            named = last.end if last else named
        if not isinstance(last, Quantity) or last.unit != quantity.unit or last.end != named:
            return False
        bearer = self._contexts.bearers(passage, quantity.begin)[-1]
        aim = self._kinds.kind(passage, left, quantity.begin, quantity.end) == "target"
        bare = bearer is not None and self._phrases.bare(passage.text[bearer.end : quantity.begin])
        told = aim or (bearer is not None and last.end < bearer.begin and bare)
        right = self._right(passage, quantity)
        return bool(told) and not right.noun

    def apart(self, passage: Passage, left: Left) -> str:
        """The name of a distance between levels; "" where it is not said from what."""
        named = left.gap not in self._figures.change.gap
        return (passage.names[-1] if passage.names else "") + left.gap if named else ""

    def base(self, passage: Passage, quantity: Quantity, left: Left) -> str | None:
        """The period of a level that is only compared with: 比2000年的3.81万辆增长…; None where it is none."""
        between = (*self._figures.value.before, "")
        for period in passage.periods:
            compared = period.reach == "none" and not left.phrase and passage.names
            if compared and period.end <= quantity.begin and passage.text[period.end : quantity.begin] in between:
                return period.value
        return None
