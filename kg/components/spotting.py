"""Where the names of the gazetteer stand in a text, before anything is decided about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.lexicon.areas import Region
from kg.lexicon.divisions import Division, Divisions
from kg.types import Word


@dataclass(frozen=True, slots=True)
class Spot:
    """A name of the gazetteer at a place of the text, with the divisions that bear it.

    `full` says whether it is a full name (溧阳市) or a short one (溧阳); `region` is set
    for a named region, which has no divisions.
    """

    begin: int
    end: int
    name: str
    full: bool
    choices: tuple[Division, ...] = ()
    region: Region | None = None


class Wording:
    """The words of the tagger by position."""

    def __init__(self, words: Iterable[Word], length: int) -> None:
        self.known = False
        self._at: list[Word | None] = [None] * length
        self._begins: set[int] = set()
        self._ends: set[int] = set()
        for word in words:
            self.known = True
            self._begins.add(word.begin)
            self._ends.add(word.end)
            self._at[word.begin : word.end] = [word] * (word.end - word.begin)

    def at(self, position: int) -> Word | None:
        """The word that holds the character at `position`."""
        return self._at[position]

    def tag(self, position: int) -> str | None:
        """The tag of the word that holds the character at `position`."""
        word = self._at[position]
        return word.tag if word is not None else None

    def inside(self, position: int) -> bool:
        """Whether the character at `position` goes on a word that begins before it."""
        word = self._at[position]
        return word is not None and word.begin < position

    def bounded(self, begin: int, end: int) -> bool:
        """Whether the span begins and ends where words do; True where there are no words."""
        return not self.known or (begin in self._begins and end in self._ends)

    def opens(self, position: int) -> bool:
        """Whether a word begins at `position`; True where there are no words."""
        return not self.known or position in self._begins

    def tagged(self, begin: int, end: int, tags: frozenset[str]) -> bool:
        """Whether one word with one of `tags` holds the whole span."""
        word = self._at[begin]
        return word is not None and word.tag in tags and end <= word.end

    def opening(self, begin: int, end: int, tags: frozenset[str]) -> bool:
        """Whether a word with one of `tags` begins with the span."""
        word = self._at[begin]
        return word is not None and word.begin == begin and word.tag in tags and end <= word.end


class Spotter:
    """Finds names: full names and regions first, the longest from the left; short names in what is left."""

    def __init__(self, divisions: Divisions) -> None:
        self.divisions = divisions
        names = divisions.areas.names
        self._cut = re.compile(names.cut)
        self._not_before = re.compile(names.not_before)
        self._weak_not_before = re.compile(names.weak_not_before)
        self._not_after = re.compile(names.not_after)
        self._slogans = re.compile(names.slogans)
        self._never = frozenset(names.never)

    def full(self, text: str, begin: int, end: int) -> Iterator[Spot]:
        """Full names of divisions and names of regions in text[begin:end]."""
        divisions, position = self.divisions, begin
        while position < end:
            step = 1
            for name in divisions.openings.get(text[position : position + 2], ()):
                if not text.startswith(name, position, end):
                    continue
                if name in self._never:
                    step = len(name)
                elif name in divisions.region_names:
                    yield Spot(position, position + len(name), name, True, (), divisions.region_names[name])
                    step = len(name)
                elif choices := divisions.by_name.get(name):
                    spot = self._trimmed(text, position, name, choices)
                    if spot is not None:
                        yield spot
                    step = len(name)
                elif self._is_strong(divisions.by_short[name]):
                    step = len(name)  # left to the short names: 内蒙古 holds no 蒙古
                else:
                    continue
                break
            position += step

    def short(self, text: str, begin: int, end: int) -> Iterator[Spot]:
        """Short names in text[begin:end], all that begin at each character; they may overlap."""
        divisions = self.divisions
        for position in range(begin, end - 1):
            for name in divisions.openings.get(text[position : position + 2], ()):
                stop, choices = position + len(name), divisions.by_short.get(name)
                if choices is None or stop > end or not text.startswith(name, position):
                    continue
                if not self._in_other_name(text, position, stop, choices):
                    yield Spot(position, stop, name, False, choices)

    def _in_other_name(self, text: str, begin: int, end: int, choices: tuple[Division, ...]) -> bool:
        """Whether a short name is but a part of another word: 石峰山 is not 石峰区."""
        is_strong = self._is_strong(choices)
        return bool(
            self._not_before.match(text, end)
            or (not is_strong and self._weak_not_before.match(text, end))
            or self._not_after.search(text, max(0, begin - 3), begin)
        )

    def _is_strong(self, choices: tuple[Division, ...]) -> bool:
        return any(self.divisions.level(choice).short == "strong" for choice in choices)

    def _trimmed(self, text: str, begin: int, name: str, choices: tuple[Division, ...]) -> Spot | None:
        """溧阳市长 and 义乌市场 are 溧阳 and 义乌: the suffix belongs to the next word. None where nothing is left."""
        end = begin + len(name)
        if len(name) == 2 and choices[0].parent and self._slogans.search(text, max(0, begin - 4), begin):
            return None  # 旅游|兴县
        if choices[0].parent and self._cut.match(text, end):
            kept = tuple(choice for choice in choices if name[:-1] in choice.shorts)
            return Spot(begin, end - 1, name[:-1], False, kept) if kept else None
        return Spot(begin, end, name, True, choices)
