"""Coordinated indicators: which of them a value, or each of several, is of."""

from __future__ import annotations

import re

from kg.figures.joints import MARK
from kg.figures.patterns import alternatives
from kg.figures.phrases import PhraseReader
from kg.lexicon.figures import FigureLexicon


class Coordination:
    """Parts a phrase that names several indicators."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        self._words = lexicon.indicators
        self._pairs = [(pair.word, pair.parts) for pair in lexicon.indicators.pair]
        self._phrases = phrases
        self._each = re.compile(rf"(?<=.){alternatives(lexicon.figures.subject.shared)}(?=.)")

    def deal(self, phrase: str, count: int) -> list[str]:
        """`count` indicators out of one phrase: 存贷款余额 → 存款余额, 贷款余额; [] where it cannot be parted."""
        if count == 2:
            for word, parts in self._pairs:
                if word in phrase:
                    return [phrase.replace(word, part, 1) for part in parts]
        phrase = self._each.sub("", phrase)
        for coordinated in (self._phrases.joints.split(phrase), phrase.split(MARK)):
            if len(coordinated) == count:
                return self._shared_head(coordinated)
        return []

    def listed(self, words: str, count: int) -> list[str]:
        """`count` indicators listed before 等: 总产值、增加值等年均增速分别达A、B; [] where there are not so many."""
        parts = self._phrases.listed(words)
        return parts if len(parts) == count else []

    def each(self, phrase: str, *, always: bool) -> list[str]:
        """The indicators that share one value: A水质和B水质达标率 → both; [phrase] where it is one indicator."""
        if any(word in phrase for word in self._words.summed):
            return [phrase]
        parts = self._phrases.joints.split(phrase, least=2)
        if not (always and all(part.endswith(self._words.named) for part in parts)):
            parts = self._phrases.joints.split(phrase, least=4)
        if len(parts) > 1 and (always or phrase.endswith(self._words.rates)):
            return self._shared_head(parts)
        return [phrase]

    def _shared_head(self, parts: list[str]) -> list[str]:
        """Coordinated parts, each with the head that the last of them names for all."""
        if remote := next((word for word in self._words.remote if parts[0].startswith(word)), ""):
            return [remote + part.removeprefix(remote) + self._words.remote[1] for part in parts]
        head = next((word for word in self._words.shared if parts[-1].endswith(word)), "")
        bare = [part.removesuffix(head) for part in parts]
        named = () if head.endswith(self._words.rates) else (*self._words.shared, *self._words.named)
        whole = (*self._words.rates, *named)
        return [part if part.endswith(whole) else part + head for part in bare]
