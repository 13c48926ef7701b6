"""Rows of places or firms with the same figures each: 甲区66个项目，…；乙园67个项目，…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.figures.clauses import PARALLEL
from kg.figures.patterns import alternatives
from kg.figures.phrases import PhraseReader
from kg.figures.quantities import Quantity
from kg.figures.view import Passage
from kg.lexicon.figures import FigureLexicon

Span = tuple[int, int]
NAME = re.compile(r"[一-鿿]{2,6}")
FAR = 4  # characters between a name and the number that is its own: 甲区新开工42个
SAME = 2  # characters that what is counted shares


class Rows:
    """Tells which members of a row have names that are not known, so that no figure of them is kept."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        words = lexicon.figures.subject
        self._kinds = frozenset(words.kinds) - frozenset(words.barred)
        self._phrases, self._common = phrases, (*lexicon.indicators.members, *lexicon.indicators.common)
        self._opening = re.compile(rf".*(?:{alternatives(lexicon.phrases.going_on)}，?|：)", re.DOTALL)
        self._marks = re.compile("[" + "".join(PARALLEL) + "]")

    def unknown(self, passage: Passage) -> list[Span]:
        """The spans of the members whose names are not known, where another member has a known one."""
        rows = list(self._members(passage))
        known = {told for _, told, named in rows if named}
        return [span for span, told, named in rows if not named and told in known]

    def _members(self, passage: Passage) -> Iterator[tuple[Span, tuple[str, str], bool]]:
        """Each member that opens with a name and a count: its span, what is counted, whether the name is known."""
        text, begin = passage.text, passage.sentence.begin
        marks = [match.start() for match in self._marks.finditer(text, begin, passage.sentence.end)]
        for end in [*marks, passage.sentence.end] if marks else ():
            opening = self._opening.match(text, begin, end)
            start, last = (opening.end() if opening else begin), end
            begin = end + 1
            first = next((item for item in passage.items if start <= item.begin < last), None)
            if not isinstance(first, Quantity):
                continue
            told = (first.name, text[first.end : first.end + SAME].strip("，"))
            name = next((r for r in passage.references if r.begin == start and r.kind in self._kinds), None)
            if name and first.begin - name.end <= FAR:
                yield (start, last), told, True
            elif name is None and self._nameable(text[start : first.begin]):
                yield (start, last), told, False

    def _nameable(self, words: str) -> bool:
        """Whether `words` may be a name that is not known."""
        plain = NAME.fullmatch(words) is not None and self._phrases.clean(words) == words
        return plain and not words.endswith(self._common) and not self._phrases.opens(words)
