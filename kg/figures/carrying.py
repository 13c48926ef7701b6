"""What is told of last: works and parks that the next clause or sentence goes on about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures.calendar import Period
from kg.figures.clauses import BREAK, PARALLEL, starts
from kg.figures.joints import Joints
from kg.figures.patterns import alternatives
from kg.figures.subjects import SubjectReader
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference


class Carrying:
    """Finds the thing that a phrase goes on about."""

    def __init__(self, lexicon: FigureLexicon, subjects: SubjectReader) -> None:
        words = lexicon.figures.subject
        self._subjects, self._carry = subjects, words.carry
        self._deals = sorted(words.carry.deals, key=len, reverse=True)
        self._of = of = lexicon.phrases.of
        self._generic = lexicon.indicators.groups
        things = alternatives(head for frame in words.frame for head in frame.heads)
        self._joints = Joints(lexicon).words
        self._deed = re.compile(rf"[，；]{alternatives(words.carry.deeds)}")
        self._made_of = re.compile(rf"{alternatives(words.carry.made)}[^，。；、]{{2,16}}{of}\Z")
        self._things_end = re.compile(rf"(?<=[^，。；、\d{of}]{{4}}){things}(?=[，,])(?<!{of}.{{2}})")

    def carried(
        self, text: str, span: tuple[int, int], phrase: str, references: Sequence[Reference], periods: Sequence[Period]
    ) -> Reference | None:
        """What the clauses in `span` tell of last, where `phrase` goes on about it.

        A plant or project that leads or ends a clause: 建成某污水处理厂，日处理能力….
        """
        begin, offset = span
        begin = max(begin, *(text.rfind(mark, begin, offset) + 1 for mark in PARALLEL))
        if not phrase.startswith(self._carry.begins) and not phrase.endswith(self._carry.ends):
            return self._made(text, (begin, offset), references)
        for reference in reversed(references):
            if not begin <= reference.begin < reference.end <= offset or reference.kind not in self._carry.kinds:
                continue
            if self._subjects.listed.match(text, reference.end) or self._subjects.shut(text, begin, reference, offset):
                continue
            said = (self._of, *self._carry.built)
            if reference.kind in self._carry.attributed and not text.endswith(said, begin, reference.begin):
                continue
            drawn = text.endswith(self._carry.drawn, begin, reference.begin)
            if reference.kind in self._carry.drawn_kinds and not drawn:
                continue
            beside = text.endswith(self._carry.unless, begin, _row(references, reference.begin))
            end = next((reference.end + len(word) for word in self._deals if text.startswith(word, reference.end)), 0)
            ends = BREAK.match(text, end or reference.end) and not beside
            if ends or self._subjects.leads(text, begin, reference.begin, references, periods):
                return reference
        return self._made(text, (begin, offset), references)

    def _made(self, text: str, span: tuple[int, int], references: Sequence[Reference]) -> Reference | None:
        """The last thing that a clause in `span` ends with as made there: 成立某合作社，去年分红126万元."""
        begin, offset = span
        for reference in reversed(references):
            if not begin <= reference.begin < reference.end < offset or reference.kind not in self._carry.made_kinds:
                continue
            end = next((reference.end + len(w) for w in self._carry.leading if text.startswith(w, reference.end)), 0)
            if not BREAK.match(text, end or reference.end) or self._deed.search(text, reference.end, offset):
                continue
            clause = text[starts(text, begin, reference.begin)[-1] : reference.begin].rstrip("“")
            if clause.endswith(self._joints) or text.endswith(self._carry.unmade, reference.begin, reference.end):
                continue
            if end or clause.endswith(self._carry.made) or self._made_of.search(clause):
                return reference
        return None

    def lost(self, text: str, span: tuple[int, int], phrase: str, references: Sequence[Reference]) -> bool:
        """Whether `phrase` goes on about a project that a clause in `span` ends with, but whose name is not known.

        签下某某制乙醇项目，投资9.8亿元; but 某某项目列为省投资项目，占地5亩.
        """
        if not phrase.startswith(self._carry.begins) and not phrase.endswith(self._carry.ends):
            return False
        begin, offset = span
        begin = max(begin, *(text.rfind(mark, begin, offset) + 1 for mark in PARALLEL))
        for match in self._things_end.finditer(text, begin, offset):
            generic = text.endswith(self._generic, begin, match.start())
            clause = starts(text, begin, match.start())[-1]
            known = (r for r in references if r.kind in self._subjects.things and clause <= r.end <= match.start())
            if not generic and not any(known) and not any(r.begin < match.end() <= r.end for r in references):
                return True
        return False

    def goes_on(self, phrase: str) -> bool:
        """Whether `phrase` may go on about what the sentence before ends with: 规划建设厂房面积."""
        return phrase.startswith((*self._carry.begins, *self._carry.onward)) or phrase.endswith(self._carry.ends)

    def ended(self, text: str, begin: int, end: int, references: Sequence[Reference]) -> Reference | None:
        """What the sentence ends with, if that is a thing that is built there: …建设某产业园。"""
        last = next((r for r in reversed(references) if r.kind in self._carry.kinds), None)
        if last is None or text[last.end : end].strip("。”！\n"):
            return None
        made = text.endswith((*self._carry.built, self._of), begin, last.begin)
        return last if made and not self._subjects.listed.match(text, last.end) else None


def _row(references: Sequence[Reference], begin: int) -> int:
    """Where the row of names begins that stand one after the other before `begin`: 位于甲市乙区丙路."""
    for reference in reversed(references):
        if reference.end == begin:
            begin = reference.begin
    return begin
