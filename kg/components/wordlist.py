"""The words of a lexicon's vocabulary in a text, however many they are: one look at each character."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.lexicon.names import NameLexicon

_LETTERS = re.compile("[A-Za-z]{2}")
_REACH = 12  # characters before a word that its entry may ask for


class WordList:
    """The words of all vocabulary entries of a lexicon, by the characters they begin with."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self.rows = [
            (
                re.compile(f"(?:{lexicon.expand(row.before)})\\Z") if row.before else None,
                re.compile(lexicon.expand(row.after)),
                row.confidence,
            )
            for row in lexicon.vocabulary
        ]
        entries: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(lexicon.vocabulary):
            for word in lexicon.words_of(row):
                entries[word].append(number)
        self.openings: defaultdict[str, list[tuple[str, list[int]]]] = defaultdict(list)
        for word in sorted(entries, key=lambda w: (-len(w), w)):
            self.openings[word[:2]].append((word, entries[word]))
        self.short = {opening: words for opening, words in self.openings.items() if len(opening) == 1}

    def found(self, text: str, begin: int, end: int) -> Iterator[tuple[int, int, int, float]]:
        """Where what its entry asks for before it begins, where the word begins and ends, and how sure that is.

        Of the words of an entry that begin at one place the longest that fits; none inside another of its entry.
        """
        taken = [begin] * len(self.rows)
        longer, short = self.openings.get, self.short.get
        for position in range(begin, end if self.rows else begin):
            words = longer(text[position : position + 2], ())
            alone = short(text[position])
            for word, numbers in words if alone is None or alone is words else [*words, *alone]:
                stop = position + len(word)
                if stop > end or not text.startswith(word, position) or not _is_whole(text, position, stop):
                    continue
                for number in numbers:
                    before, after, confidence = self.rows[number]
                    if position < taken[number] or not after.match(text, stop, end):
                        continue
                    opened = before.search(text, max(begin, position - _REACH), position) if before else None
                    if before is None or opened:
                        taken[number] = stop
                        yield opened.start() if opened else position, position, stop, confidence


def _is_whole(text: str, begin: int, end: int) -> bool:
    """Whether a span cuts no row of letters (PP in PPP)."""
    return not any(_LETTERS.match(text, edge - 1) for edge in (begin, end) if edge)
