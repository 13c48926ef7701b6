"""The small words of phrases, as ``phrases.toml`` lists them."""

from __future__ import annotations

from kg.lexicon.alternation import alternation
from kg.lexicon.measures import Words
from kg.lexicon.toml import Strict


class PhraseWords(Strict):
    """`phrases.toml`: the small words of the phrases round a number."""

    joints: Words
    whole: Words
    etc: Words
    unlisted: Words
    of: str
    grades: Words
    inside: Words
    at: Words
    aspects: Words
    prepositions: Words
    going_on: Words
    introducing: Words
    copulas: Words

    @property
    def presenting(self) -> str:
        """An expression for what stands right before a name that ends a clause and of which the next ones tell."""
        return rf"{alternation(self.introducing)}{alternation(self.copulas)}“?"
