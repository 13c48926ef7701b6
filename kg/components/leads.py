"""Lists whose items are paragraphs: what the line that opens one is about, all its items are about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.components.doc import View
from kg.types import Sentence

_BULLETS = frozenset("—★●■◆▲")  # such paragraphs are items of what stands before the first, if that opens with a name


@dataclass(frozen=True)
class Listed:
    """The paragraphs of a list that a line such as 园区龙头企业有： opens are about what that line is about."""

    leads: re.Pattern[str]  # what the line ends with
    topics: tuple[str, ...] = ()
    mark: str = ""  # what each of its paragraphs begins with

    def entering(self, view: View, sentence: Sentence, before: list[str]) -> Listed:
        """The list that the paragraph of `sentence` belongs to; `before` is what the one before it is about."""
        begins = view.text[sentence.begin : sentence.begin + 1]
        mark = "" if begins.isalpha() else "0" if begins.isdigit() or begins in "（(" else begins
        if sentence.role == "paragraph" and self.leads.search(view.text[: sentence.begin].rstrip()[-20:]):
            return Listed(self.leads, tuple(before), mark)
        if sentence.role == "paragraph" and mark in _BULLETS and mark != self.mark and self.named(view, sentence):
            return Listed(self.leads, tuple(before), mark)
        goes_on = sentence.role == "paragraph" and mark == self.mark
        return self if goes_on else Listed(self.leads)

    @staticmethod
    def named(view: View, sentence: Sentence) -> bool:
        """Whether a name follows the mark of an item."""
        text = view.text[sentence.begin : sentence.end]
        begin = sentence.begin + next((i for i, sign in enumerate(text) if sign not in _BULLETS), len(text))
        return any(reference.begin == begin for reference in view.references)
