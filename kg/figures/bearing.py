"""Which figures entities of which classes bear: only areas have a GDP."""

from __future__ import annotations

from kg.lexicon.bearers import SubjectWords


class Bearing:
    """The classes that fit an indicator."""

    def __init__(self, words: SubjectWords) -> None:
        self._markets, self._prefer = words.markets, words.prefer
        self._only, self._topic, self._bare, self._never = words.only, words.topic, words.bare, words.never

    def fits(self, kind: str, indicator: str) -> bool:
        """Whether an entity of `kind` can bear `indicator`: only areas have a GDP."""
        return all(kind in rule.kinds for rule in self._only if any(word in indicator for word in rule.named))

    def carries(self, kind: str, indicator: str) -> bool:
        """Whether `indicator` may be said of an entity of `kind` that the sentence does not name."""
        if any(kind in rule.kinds and indicator.endswith(rule.named) for rule in self._never):
            return False
        rules = [rule for rule in self._topic if kind in rule.kinds]
        return self.fits(kind, indicator) and all(any(word in indicator for word in rule.named) for rule in rules)

    def prefers(self, kind: str, indicator: str) -> bool:
        """Whether `indicator` is first of an entity of `kind` where none is named: a park's 规划面积."""
        return any(kind in rule.kinds and any(word in indicator for word in rule.named) for rule in self._prefer)

    def bare(self, kind: str, indicator: str) -> bool:
        """Whether `indicator` tells of some thing unknown rather than of an entity of `kind` that is not named."""
        return any(kind in rule.kinds and indicator in rule.named for rule in self._bare)

    def marketed(self, indicator: str) -> bool:
        """Whether `indicator` is a share of a market, which the clause may name first: 国内货车市场占有率."""
        return indicator.endswith(self._markets)
