"""What else a figure is said of: people at work, events, policies and goods, each of certain figures only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures.clauses import BREAK, PARALLEL, starts
from kg.figures.patterns import alternatives
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference

_QUALIFIES = re.compile(r"[^，。；\d]{1,4}的")  # 村民某某办的童车厂


class Others:
    """Finds the subjects of figures among the references of classes that bear few of them."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        words = lexicon.figures.subject
        self._others, person = words.other, words.person
        self.onward = frozenset(kind for rule in words.other if rule.onward for kind in rule.kinds)
        self._people, self._roles = frozenset(person.kinds), tuple(person.roles)
        times = rf"(?:{alternatives(words.skip)}|[\d年月季度上下半去今前]|，)*"
        self._times = re.compile(rf"{times}(?:上午|下午|当天|{alternatives(words.held)}|“)*")
        self._acts = re.compile(rf"{times}{alternatives(person.acts)}")
        self._speaks = re.compile(rf"[^，。；]{{0,6}}?{alternatives(person.speaks)}|[：:]?“")

    def works(self, text: str, reference: Reference) -> bool:
        """Whether a person is told of as one who works on his own account, and does not speak: 村民某某种大豆180亩."""
        if reference.kind not in self._people or self._speaks.match(text, reference.end):
            return False
        if _QUALIFIES.match(text, reference.end):
            return False
        return text.endswith(self._roles, 0, reference.begin) or bool(self._acts.match(text, reference.end))

    def bearer(
        self, text: str, begin: int, offset: int, phrase: str, references: Sequence[Reference], named: Reference | None
    ) -> Reference | None:
        """What the figure at `offset` is said of under `phrase`, where the sentence from `begin` tells of such a thing.

        The nearest before it: 某某交易会在甲区开幕，成交额7.8亿元. None after a subject that is `named` later.
        """
        rules = [rule for rule in self._others if any(word in phrase for word in rule.named)]
        rules = [rule for rule in rules if not any(word in phrase for word in rule.unless)]
        for reference in reversed(references):
            if not begin <= reference.begin < reference.end <= offset:
                continue
            rule = next((rule for rule in rules if reference.kind in rule.kinds), None)
            if rule is None or not (rule.lists or self._near(text, reference.end, offset)):
                continue
            if rule.leads and not self._leads(text, begin, reference):
                return None
            if text.endswith(rule.object, begin, reference.begin) or self._aside(text, reference, rule.only):
                return None
            later = named is not None and named.begin > reference.begin and named.kind not in rule.over
            return None if later else reference
        return None

    @staticmethod
    def _near(text: str, begin: int, offset: int) -> bool:
        """Whether no semicolon parts `begin` from `offset`."""
        return not any(mark in text[begin:offset] for mark in PARALLEL)

    def _leads(self, text: str, begin: int, reference: Reference) -> bool:
        """Whether nothing but times stands before a name in its clause: 去年10月举办的某某博览会，…."""
        start = starts(text, begin, reference.begin)[-1]
        return self._times.fullmatch(text, start, reference.begin) is not None

    @staticmethod
    def _aside(text: str, reference: Reference, words: tuple[str, ...]) -> bool:
        """Whether one of `words` stands after a name in its clause: 某某活动现场，…."""
        end = BREAK.search(text, reference.end)
        clause = text[reference.end : end.end() if end else len(text)]
        return any(word in clause for word in words)
