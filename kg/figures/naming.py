"""The name of the indicator, from the words round a number."""

from __future__ import annotations

from kg.figures.phrases import Left, PhraseReader, split_coordination
from kg.figures.quantities import Quantity
from kg.figures.view import Passage
from kg.lexicon.figures import FigureLexicon

COUNTED = frozenset({"count", "goods", "people"})
LONGEST = 28


class Namer:
    """Builds short noun phrases such as 棚户区改造面积 or 引进产业项目数."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        self._words = lexicon.indicators
        self._pairs = [(pair.word, pair.parts) for pair in lexicon.indicators.pair]
        self._phrases = phrases

    def name(self, passage: Passage, quantity: Quantity, left: Left, joined: bool) -> str:
        """The indicator of `quantity`, or "" where none can be made out. `joined`: coordinated with the figure before."""
        clause_end = passage.clauses.around(quantity.begin)[1]
        stop = min([item.begin for item in passage.items if item.begin >= quantity.end] + [clause_end])
        noun, predicate = self._phrases.right(self._until(passage.text[quantity.end : stop]))
        if quantity.spec.dimension in COUNTED:
            return self._count(passage, quantity, left, noun, predicate, joined)
        return self._measure(passage, quantity, left, noun, joined)

    @staticmethod
    def _until(text: str) -> str:
        """`text` up to the end of its first coordinate."""
        for place, character in enumerate(text):
            if character in "、，（(":
                return text[:place]
        return text

    def _count(
        self, passage: Passage, quantity: Quantity, left: Left, noun: str, predicate: bool, joined: bool
    ) -> str:
        phrase = left.phrase
        if noun and (not phrase or self._phrases.verb(phrase)):
            stem = phrase + noun
            passage.stem = phrase
        elif phrase:
            stem = phrase
            passage.stem = phrase
        elif joined and passage.stem:
            stem = passage.stem
        elif predicate and quantity.spec.bare:
            end = passage.clauses.around(quantity.begin)[1]
            stem = self._phrases.clean(passage.text[quantity.end : end])[:14]
        else:
            stem = self._earlier(passage, quantity.begin)
        return self._with_noun(stem, quantity.spec.noun)

    def _measure(self, passage: Passage, quantity: Quantity, left: Left, noun: str, joined: bool) -> str:
        phrase = left.phrase
        if phrase.startswith(self._words.part) and passage.names and not left.sign:
            return passage.names[-1] + phrase if len(phrase) < 14 else phrase
        if phrase and not (noun and self._phrases.verb(phrase)):
            stem = phrase
        elif noun:
            stem = phrase + noun
        elif phrase:
            stem = phrase
        else:
            stem = self._earlier(passage, quantity.begin)
        product = self._words.product
        if quantity.spec.dimension in product.dimensions:
            verb = next((word for word in product.verbs if stem.startswith(word) and len(stem) > len(word)), "")
            if verb or (passage.producing and stem and len(stem) < 8):
                passage.producing = True
                return self._with_noun(stem[len(verb) :], product.noun)
        passage.producing = False
        return self._with_noun(stem, quantity.spec.noun)

    def _earlier(self, passage: Passage, offset: int) -> str:
        """The phrase of the clause before, where that clause has no figure of its own."""
        earlier = passage.clauses.before(offset)
        if earlier is None or any(earlier[0] <= item.begin < earlier[1] for item in passage.items):
            return ""
        begin = lead_end(passage, earlier[0], earlier[1], self._phrases)
        phrase = self._phrases.clean(passage.text[begin : earlier[1]])
        return phrase if len(phrase) <= 12 else ""

    def _with_noun(self, stem: str, noun: str) -> str:
        """`stem` ending in `noun`, unless it already ends in a word of that sense."""
        if not stem or not noun or stem.endswith(self._words.named):
            return stem
        if noun.startswith(stem[-1]) and len(noun) > 1:
            return stem + noun[1:]
        return stem + noun

    def deal(self, phrase: str, count: int) -> list[str]:
        """`count` indicators out of one phrase: 存贷款余额 → 存款余额, 贷款余额; [] where it cannot be parted."""
        if count == 2:
            for word, parts in self._pairs:
                if word in phrase:
                    return [phrase.replace(word, part, 1) for part in parts]
        parts = split_coordination(phrase)
        return self._shared_head(parts) if len(parts) == count else []

    def each(self, phrase: str, *, always: bool) -> list[str]:
        """The indicators that share one value: A水质和B水质达标率 → both; [phrase] where it is one indicator."""
        parts = split_coordination(phrase)
        if len(parts) > 1 and min(map(len, parts)) >= 4 and (always or phrase.endswith(self._words.shared)):
            return self._shared_head(parts)
        return [phrase]

    def _shared_head(self, parts: list[str]) -> list[str]:
        head = next((word for word in self._words.shared if parts[-1].endswith(word)), "")
        return [part if part.endswith(self._words.shared) else part + head for part in parts]


def lead_end(passage: Passage, begin: int, end: int, phrases: PhraseReader) -> int:
    """Where the subject, the times and the adverbs that a clause begins with end."""
    place = begin
    moved = True
    while moved and place < end:
        moved = False
        for span in (*passage.references, *passage.periods):
            bears = not hasattr(span, "kind") or span.kind in phrases.bearers
            if bears and span.begin <= place < span.end <= end:
                place, moved = span.end, True
        step = phrases.lead(passage.text, place, end)
        if step > place:
            place, moved = step, True
    return place
