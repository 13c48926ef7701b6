"""A sentence as the rules see it: every name is one character that stands for its class."""

from __future__ import annotations

from dataclasses import dataclass

from kg.rules import MARK
from kg.types import Reference, Sentence


@dataclass(frozen=True)
class Masked:
    """`text` with names masked; `offsets[i]` is the clean offset of character i (and one past the end).

    `at` gives for a masked position its reference.
    """

    text: str
    offsets: tuple[int, ...]
    at: dict[int, Reference]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The clean span of a masked span."""
        return self.offsets[begin], self.offsets[end]

    def references(self, begin: int, end: int) -> list[Reference]:
        """The references whose marks lie in a masked span."""
        return [self.at[i] for i in range(begin, end) if i in self.at]


def mask(text: str, sentence: Sentence, references: list[Reference], kinds: list[str]) -> Masked:
    """`sentence` of the clean `text` with `references` masked; `kinds` fixes the character of each class."""
    parts: list[str] = []
    offsets: list[int] = []
    at: dict[int, Reference] = {}
    position = sentence.begin
    for reference in references:
        parts += text[position : reference.begin]
        offsets += range(position, reference.begin)
        at[len(parts)] = reference
        parts.append(chr(MARK + kinds.index(reference.kind)))
        offsets.append(reference.begin)
        position = reference.end
    parts += text[position : sentence.end]
    offsets += range(position, sentence.end + 1)
    return Masked("".join(parts), tuple(offsets), at)
