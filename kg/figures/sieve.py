"""Which quantities say something, and in what unit."""

from __future__ import annotations

from kg.figures.endings import COUNTED
from kg.figures.passages import PassageReader
from kg.figures.phrases import Left, PhraseReader
from kg.figures.quantities import Quantity, measured
from kg.figures.view import Passage
from kg.lexicon.figures import FigureLexicon


class Sieve:
    """Sorts out quantities that are no figures, and finds the unit of those that are written without."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader, passages: PassageReader) -> None:
        self._figures, self._indicators = lexicon.figures, lexicon.indicators
        self._phrases, self._unit = phrases, passages.unit

    def empty(self, passage: Passage, quantity: Quantity, words: str, left: Left) -> bool:
        """Whether a quantity says nothing: a span of time, or the size in a name we do not know."""
        framed = any(word in words[-8:] for word in self._indicators.framing)
        points_back = passage.text.endswith(self._indicators.anaphoric, 0, quantity.begin)
        if quantity.spec.dimension in COUNTED and (framed or points_back):
            return True
        if quantity.spec.dimension == "time":
            compared = passage.source or (left.sign and not left.phrase)
            told = passage.names[-1] if compared and passage.names else words
            return not any(word in told for word in self._indicators.durations)
        if quantity.spec.dimension == "length" and passage.text.startswith(self._indicators.around, quantity.end):
            return True
        if quantity.spec.dimension not in self._figures.capacity.dimensions:
            return False
        right = self._phrases.right(passage.text[quantity.end : passage.clauses.around(quantity.begin)[1]])
        return bool(right.length) and any(word in right.noun for word in self._figures.capacity.named)

    def with_unit(self, passage: Passage, quantity: Quantity, left: Left) -> Quantity | None:
        """The quantity reckoned in the unit that its indicator or the next level implies: 人口过100万, of people."""
        later = [i for i in passage.items if isinstance(i, Quantity) and i.begin > quantity.end and i.name]
        if left.source and later:
            return measured(quantity, later[0].name, later[0].spec)
        for entry in self._indicators.unitless:
            if left.phrase.endswith(entry.heads):
                return measured(quantity, entry.unit, self._unit(entry.unit))
        return None
