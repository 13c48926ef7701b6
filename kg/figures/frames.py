"""What puts a figure under a work that is completed first: 项目建成后, 全部达产后."""

from __future__ import annotations

import re

from kg.figures.clauses import starts
from kg.figures.patterns import alternatives
from kg.lexicon.figures import FigureLexicon


class Frames:
    """Finds the words that say of a work, named or not, that it is completed."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        words = lexicon.figures.subject
        skip = rf"(?:{alternatives(words.skip)}|[“”‘’（(—　【])*"
        self._frames = [
            (frame.kinds, re.compile(rf"{alternatives(frame.heads)}[^，。；]{{0,4}}?{alternatives(frame.ends)}"))
            for frame in words.frame
        ]
        self._bare_frames = [
            (frame.kinds, re.compile(rf"{skip}{alternatives(frame.whole)}?{alternatives(frame.ends)}"))
            for frame in words.frame
        ]
        completed = [alternatives(frame.whole) + alternatives(frame.ends) for frame in words.frame]
        self._wholly = re.compile("|".join(completed))

    def framed(self, text: str, begin: int, offset: int) -> tuple[str, ...]:
        """The classes of which the thing is that [begin, offset) puts what follows under: 项目建成后, 全部达产后."""
        return next((kinds for kinds, frame in self._frames if frame.search(text, begin, offset)), ())

    def unframed(self, text: str, begin: int, offset: int) -> tuple[str, ...]:
        """The same where the clause does not say what is completed: 达产后."""
        places = starts(text, begin, offset)
        found = (kinds for kinds, bare in self._bare_frames for place in places if bare.match(text, place, offset))
        return next(found, ())

    def whole(self, text: str, begin: int, offset: int) -> bool:
        """Whether [begin, offset) says that all of a work is completed: 全部达产后."""
        return self._wholly.search(text, begin, offset) is not None
