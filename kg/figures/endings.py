"""How the name of an indicator ends: an output in its noun, the rest in the noun of their unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.figures.patterns import alternatives
from kg.figures.phrases import PhraseReader
from kg.figures.quantities import Quantity
from kg.figures.view import Passage
from kg.lexicon.figures import FigureLexicon

COUNTED = frozenset({"count", "goods", "people"})
MANY = 1000  # 羊绒衫100万件 is an output where 专利100件 is not


class Endings:
    """Complete what was said of a quantity to the name of its indicator."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        self._words = lexicon.indicators
        self._phrases = phrases
        yearly = [word for word in lexicon.figures.capacity.before if len(word) == 2]
        self._yearly = re.compile(
            rf"(?P<span>.){lexicon.indicators.product.verbs[-1]}(?<={alternatives(yearly)})(?=.{{2}})"
        )

    def complete(self, passage: Passage, quantity: Quantity, stem: str) -> str:
        """`stem` with its noun: 产出析出锌 → 析出锌产量, 规划 of 30亩 → 规划面积."""
        return self._output(passage, quantity, stem) or self._with_unit_noun(stem, quantity)

    def _output(self, passage: Passage, quantity: Quantity, stem: str) -> str:
        """An output: 产出析出锌 → 析出锌产量, and so on with what is listed after it; else ""."""
        product = self._words.product
        verbs = [word for word in product.verbs if stem.startswith(word)][:1]
        made = [word for word in verbs if len(stem) > max(len(word), 2)]
        verb = made[0] if made and not stem.startswith(product.unless) else ""
        rate = self._yearly.search(stem) if quantity.spec.dimension in COUNTED else None
        if rate and not stem.startswith(product.unless, rate.start()):
            return stem[rate.end() :] + rate["span"] + product.noun
        listed = bool(passage.producing) and 0 < len(stem) < 8 and not self._phrases.opens(stem)
        many = quantity.spec.dimension in COUNTED and quantity.factor >= MANY
        if quantity.spec.dimension not in product.dimensions and not ((listed or verb) and many):
            passage.producing = ""
            return ""
        kept = passage.producing if listed and not verb else product.noun
        told = next((noun for noun in self._words.yields if stem.endswith(noun) and len(stem) > len(noun)), "")
        passage.producing = kept if verb or (listed and not told) else told
        return self._with_noun(stem[len(verb) :], kept) if verb or listed else ""

    def _with_unit_noun(self, stem: str, quantity: Quantity) -> str:
        """`stem` ending in the noun of the unit: 面积 for 亩, 距离 for 公里 from somewhere, none for 公里/小时."""
        if stem and quantity.spec.dimension == "length" and stem.startswith(self._words.remote):
            return stem + self._words.remote[1]
        return stem if quantity.per else self._with_noun(stem, quantity.spec.noun)

    def _with_noun(self, stem: str, noun: str) -> str:
        """`stem` ending in `noun`, unless it already ends in a word of that sense."""
        if not stem or not noun or stem.endswith(self._words.named):
            return stem
        if len(noun) > 1 and noun[0] in self._words.persons and stem.endswith(self._words.persons):
            return stem + noun[1:]
        if noun.startswith(stem[-1]) and len(noun) > 1:
            return stem + noun[1:]
        return stem + noun


def counted_before(items: Iterable[object], quantity: Quantity) -> Quantity | None:
    """What is counted right before `quantity`: 合同项目8个30.36亿元."""
    found = (item for item in items if isinstance(item, Quantity) and item.end == quantity.begin)
    return next((item for item in found if item.spec.dimension in COUNTED), None)
