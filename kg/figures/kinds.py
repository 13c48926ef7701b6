"""What kind of statement a figure is: actual, change, target or limit."""

from __future__ import annotations

import re

from kg.figures.clauses import PARALLEL, TITLE
from kg.figures.patterns import alternatives
from kg.figures.phrases import Left
from kg.figures.view import Figure, Passage
from kg.lexicon.figures import FigureLexicon


class KindReader:
    """Reads the cues of kind."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        target = lexicon.figures.target
        self._target, self._weak = re.compile(alternatives(target.before)), re.compile(alternatives(target.weak))
        self._never, self._done = re.compile(alternatives(target.never)), re.compile(alternatives(target.done))
        self._single = frozenset(target.single)
        self._estimate = re.compile(alternatives(target.estimate))
        self._statistics, self._coming = (
            re.compile(alternatives(target.statistics)),
            re.compile(alternatives(target.coming)),
        )
        self._share = lexicon.figures.ratio.unit
        self._projects, self._stated = frozenset(target.projects), tuple(target.stated)
        self._brought = re.compile(alternatives(target.brought))
        self._standing = re.compile(alternatives(target.standing))
        filled = alternatives(lexicon.figures.value.before)
        self._yearly = re.compile(rf"(?:{alternatives(target.yearly)})(?:{filled}){{0,2}}\Z")
        self._limit_after = re.compile(alternatives(lexicon.figures.limit.after))

    def kind(self, passage: Passage, left: Left, begin: int, end: int) -> str:
        """The kind of the figure [begin, end) whose words before it are `left`."""
        if left.bound or self._limit_after.match(passage.text, end):
            return "limit"
        if not left.source and (passage.aiming or self.aims(passage, begin)):
            return "target"
        share = passage.text.endswith(self._share, begin, end)
        if not left.sign and not share and self._yearly.search(passage.text[passage.clauses.around(begin)[0] : begin]):
            return "target"
        return "change" if left.sign else "actual"

    def of_thing(self, passage: Passage, figure: Figure, thing: str) -> str:
        """The kind of a figure of a `thing`: the money of a project is announced, its output lies ahead."""
        if thing not in self._projects or figure.kind not in ("actual", "target"):
            return figure.kind
        if figure.indicator.endswith(self._stated) and not self._yearly.search(figure.indicator):
            return "actual"
        sentence = passage.text[passage.sentence.begin : passage.sentence.end]
        if self._brought.search(figure.indicator) and not self._standing.search(sentence):
            return "target"
        return figure.kind

    def aims(self, passage: Passage, offset: int) -> bool:
        """Whether the sentence up to `offset` speaks of what is to come."""
        begin = passage.sentence.begin
        clause = passage.clauses.around(offset)[0]
        text = passage.text[begin:offset]
        estimates = (self._estimate,) if self._counts(passage) else ()
        for shut in (TITLE, self._never, *estimates):
            text = shut.sub(lambda match: "＿" * len(match[0]), text)
        parted = max(map(text.rfind, PARALLEL))
        told = (m for m in self._target.finditer(text) if m.end() > parted or m[0] not in self._single)
        aims = max((match.end() for match in told), default=-1)
        weak = max((match.end() for match in self._weak.finditer(text, clause - begin)), default=-1)
        done = max((match.start() for match in self._done.finditer(text)), default=-1)
        return aims > done or (weak > done and done < clause - begin)

    def _counts(self, passage: Passage) -> bool:
        """Whether what the sentence expects are statistics of the year that ends, and nothing of years to come."""
        sentence = passage.text[passage.sentence.begin : passage.sentence.end]
        return bool(self._statistics.search(sentence)) and not self._coming.search(sentence)
