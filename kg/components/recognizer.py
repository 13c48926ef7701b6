"""Names as they were learned from annotated text, for those that no grammar tells: bare brands, rows of people.

A linear-chain conditional random field (Lafferty et al. 2001, by CRFsuite) marks the characters of each sentence;
`annotated/recognizer.toml` says how sure it must be of which classes. A name that the grammar or a gazetteer
has found in the same place goes first. Appends to ``doc._.candidates``. Requires ``doc._.words``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.features import Seen, see
from kg.components.language import reader_of
from kg.components.names import NameGrammar
from kg.components.phrases import Phrases
from kg.knowledge import Knowledge
from kg.types import Mention

RULE = "learned"


@dataclass(frozen=True, slots=True)
class Recognized:
    """A stretch of text that was recognized as a name, and the probability of its least sure character."""

    begin: int
    end: int
    kind: str
    probability: float


class Occupied:
    """Where others have found names: a place may stand inside of a name, nothing else over it.

    What a longer name of its class begins with is no name of something else (光谷港, beside 光谷港产业园).
    """

    def __init__(self, view: View) -> None:
        self.names = bytearray(len(view.text))
        self.places: dict[int, list[Mention]] = {}
        self.known = sorted({(mention.kind, mention.name) for mention in view.candidates})
        for mention in view.candidates:
            for at in range(mention.begin, mention.end):
                if mention.code:
                    self.places.setdefault(at, []).append(mention)
                else:
                    self.names[at] = 1

    def begun(self, mention: Mention) -> bool:
        """Whether a longer name of the class of `mention` begins with it."""
        at = bisect_right(self.known, (mention.kind, mention.name))
        return at < len(self.known) and self.known[at][0] == mention.kind and self.known[at][1].startswith(mention.name)

    def over(self, found: Recognized) -> bool:
        """Whether something else stands over a name, or over an end of it."""
        ends = [*self.places.get(found.begin, ()), *self.places.get(found.end - 1, ())]
        inside = (found.begin <= place.begin and place.end <= found.end for place in ends)
        return any(self.names[found.begin : found.end]) or not all(inside)


class Recognizer:
    """Append the names that the model finds and nothing else has found."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.grammar = knowledge.grammar
        self.settings = knowledge.recognizer
        self.names = {lexicon.class_: NameGrammar(lexicon, knowledge.grammar) for lexicon in knowledge.names}
        self.tagger = None
        if knowledge.recognizer.model is not None:
            self.tagger = pycrfsuite.Tagger()
            self.tagger.open(str(knowledge.recognizer.model))

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        if self.tagger is not None and view.words:
            phrases, occupied = Phrases(view, self.grammar), Occupied(view)
            found = {m for each in self.recognize(view) if (m := self.mention(phrases, occupied, each))}
            known = {(mention.kind, mention.name) for mention in view.candidates}
            found = {
                m for m in found if not any((kind, m.name) in known for kind in self.settings.by_class[m.kind].yields)
            }
            doc._.candidates = tuple(sorted({*view.candidates, *found}))
        return doc

    def recognize(self, view: View) -> Iterator[Recognized]:
        """What the model marks in each sentence."""
        begins = [word.begin for word in view.words]
        for sentence in view.sentences:
            words = view.words[bisect_left(begins, sentence.begin) : bisect_left(begins, sentence.end)]
            yield from self._marked(see(view.text, sentence.begin, sentence.end, words))

    def _marked(self, seen: Seen) -> Iterator[Recognized]:
        assert self.tagger is not None
        if not seen.offsets:
            return
        self.tagger.set(seen.features)
        labels = self.tagger.tag()
        for first, last, kind in spans(labels):
            sure = min(self.tagger.marginal(labels[at], at) for at in range(first, last))
            yield Recognized(seen.offsets[first], seen.offsets[last - 1] + 1, kind, sure)

    def mention(self, phrases: Phrases, occupied: Occupied, found: Recognized) -> Mention | None:
        """The candidate, or None where it is not sure enough, is no name of its class, or something else is there."""
        entry = self.settings.by_class.get(found.kind)
        grammar = self.names.get(found.kind)
        if entry is None or grammar is None or found.probability < entry.minimum or occupied.over(found):
            return None
        mention = grammar.mention(phrases, found.begin, found.end, RULE, entry.confidence)
        accepted = mention is not None and re.search(entry.accept, mention.name) and not occupied.begun(mention)
        return mention if accepted else None


def spans(labels: list[str]) -> Iterator[tuple[int, int, str]]:
    """The stretches that labels mark: first, one past the last, class.

    >>> list(spans(["O", "B-Park", "I-Park", "B-Park", "O"]))
    [(1, 3, 'Park'), (3, 4, 'Park')]
    """
    first = 0
    for at, label in enumerate([*labels, "O"]):
        if at > first and labels[first].startswith("B-") and label != "I-" + labels[first][2:]:
            yield first, at, labels[first][2:]
        if label.startswith("B-") or (at > 0 and label != "I-" + labels[first][2:]):
            first = at


@Language.factory("kg_recognizer", assigns=["doc._.candidates"], requires=["doc._.words"])
def make_recognizer(nlp: Language, name: str) -> Recognizer:
    """The component as spaCy builds it."""
    return Recognizer(reader_of(nlp).knowledge)
