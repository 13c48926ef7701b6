"""Groups that are counted, and what the next figures say of them: 项目53个，总投资43.3亿元."""

from __future__ import annotations

import re

from kg.figures.clauses import PARALLEL
from kg.figures.endings import COUNTED
from kg.figures.phrases import PhraseReader
from kg.figures.quantities import Quantity
from kg.figures.view import Passage
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference

LENGTHS = range(4, 17)
PLAIN = re.compile(r"[一-鿿]+")


class Groups:
    """Names sums after the group that was counted just before them."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        self._sums = frozenset(lexicon.indicators.sums)
        self._members = lexicon.indicators.members
        self._unspecific = lexicon.indicators.unspecific
        self._phrases = phrases

    def named(self, passage: Passage, quantity: Quantity, name: str, bearer: Reference | None) -> str:
        """`name` with the group it is of: 总投资 → 产业项目总投资; takes up the group that `quantity` counts."""
        noun = quantity.spec.noun
        if quantity.spec.dimension in COUNTED and noun and name.endswith(noun):
            things = name.removesuffix(noun)
            known = things.endswith(self._members) and len(things) in LENGTHS and self._plain(things)
            passage.group = (things, quantity.end, bearer) if known else None
        elif passage.group and name in self._sums:
            things, end, owner = passage.group
            parted = any(mark in passage.text[end : quantity.begin] for mark in PARALLEL)
            parted = parted or any(end <= period.begin < quantity.begin for period in passage.periods)
            return things + name if not parted and owner == bearer else name
        return name

    def _plain(self, things: str) -> bool:
        """Whether `things` is a name of a group, no piece of a clause."""
        told = (word for word in self._unspecific if len(word) > 1)
        said = things.startswith(self._unspecific) or any(word in things for word in told) or self._phrases.of in things
        return PLAIN.fullmatch(things) is not None and not said and self._phrases.clean(things) == things
