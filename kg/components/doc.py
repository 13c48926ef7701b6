"""The Doc that passes through the pipeline: its extensions, declared once, with their types.

A Doc has one token per character of the clean text, so a token index is a clean offset.
"""

from __future__ import annotations

from typing import Any, cast

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.types import (
    Article,
    Claim,
    CleanText,
    Entity,
    Evidence,
    Mention,
    Observation,
    Reference,
    Sentence,
    Veto,
    Word,
)

_DEFAULTS: dict[str, object] = {
    "article": None,  # Article
    "clean": None,  # CleanText
    "sentences": (),  # tuple[Sentence, ...], sorted
    "words": (),  # tuple[Word, ...] of the tagger, sorted; empty where the model is missing
    "candidates": (),  # tuple[Mention, ...], may overlap
    "mentions": (),  # tuple[Mention, ...], what is left of the candidates; sorted, no overlap
    "inner": (),  # tuple[Mention, ...], names inside a longer name; sorted, no overlap
    "place": None,  # code of the division the article is about, or None
    "entities": (),  # tuple[Entity, ...]
    "references": (),  # tuple[Reference, ...], names and deictic forms, sorted, no overlap
    "topics": (),  # tuple[str | None, ...], one per sentence: the entity it is about
    "own": (),  # tuple[str, ...], the entities the document is about, the foremost first
    "scopes": (),  # tuple[tuple[str, ...], ...], per sentence the entities it may be about, the nearest first
    "subjects": (),  # tuple[str | None, ...], per sentence the entity that opens it
    "frames": (),  # tuple[tuple[str, ...], ...], per sentence what its section and the document are about
    "claims": (),  # tuple[Claim, ...]
    "vetoes": (),  # tuple[Veto, ...], sorted
    "observations": (),  # tuple[Observation, ...]
    "unread": (),  # tuple[Evidence, ...]
    "warnings": (),  # tuple[str, ...]
}

for _name, _default in _DEFAULTS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def make_doc(vocab: Vocab, article: Article, clean: CleanText) -> Doc:
    """A Doc with one token per character of `clean`, carrying the article and its clean text."""
    characters = list(clean.text)
    doc = Doc(vocab, words=characters, spaces=[False] * len(characters))
    doc._.article = article
    doc._.clean = clean
    return doc


class View:
    """Typed access to the extensions of a Doc."""

    __slots__ = ("_data", "text")

    def __init__(self, doc: Doc) -> None:
        self._data: Any = doc._
        self.text = cast("CleanText", doc._.clean).text

    article = cast("Article", property(lambda self: self._data.article))
    clean = cast("CleanText", property(lambda self: self._data.clean))
    sentences = cast("tuple[Sentence, ...]", property(lambda self: self._data.sentences))
    words = cast("tuple[Word, ...]", property(lambda self: self._data.words))
    candidates = cast("tuple[Mention, ...]", property(lambda self: self._data.candidates))
    mentions = cast("tuple[Mention, ...]", property(lambda self: self._data.mentions))
    inner = cast("tuple[Mention, ...]", property(lambda self: self._data.inner))
    place = cast("str | None", property(lambda self: self._data.place))
    entities = cast("tuple[Entity, ...]", property(lambda self: self._data.entities))
    references = cast("tuple[Reference, ...]", property(lambda self: self._data.references))
    topics = cast("tuple[str | None, ...]", property(lambda self: self._data.topics))
    own = cast("tuple[str, ...]", property(lambda self: self._data.own))
    scopes = cast("tuple[tuple[str, ...], ...]", property(lambda self: self._data.scopes))
    subjects = cast("tuple[str | None, ...]", property(lambda self: self._data.subjects))
    frames = cast("tuple[tuple[str, ...], ...]", property(lambda self: self._data.frames))
    claims = cast("tuple[Claim, ...]", property(lambda self: self._data.claims))
    vetoes = cast("tuple[Veto, ...]", property(lambda self: self._data.vetoes))
    observations = cast("tuple[Observation, ...]", property(lambda self: self._data.observations))
    unread = cast("tuple[Evidence, ...]", property(lambda self: self._data.unread))
    warnings = cast("tuple[str, ...]", property(lambda self: self._data.warnings))

    @property
    def titles(self) -> list[Sentence]:
        """The title and the headings that follow it before the first paragraph; none without a title."""
        found: list[Sentence] = []
        for sentence in self.sentences:
            if sentence.role == "paragraph" or (sentence.role == "heading" and not found):
                break
            if sentence.role in ("title", "heading"):
                found.append(sentence)
        return found
