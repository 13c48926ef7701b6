"""Observations: the figures of an article, with subject, indicator, period and kind.

Assigns ``doc._.observations``. Requires ``doc._.references`` and ``doc._.scopes``.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.figures.reading import FigureReader
from kg.figures.view import FigureView
from kg.lexicon.figures import FigureLexicon
from kg.ontology import Ontology
from kg.types import Reference


class Observations:
    """Read the figures of a Doc, sorted by place."""

    def __init__(self, lexicon: FigureLexicon, ontology: Ontology) -> None:
        self.reader = FigureReader(lexicon)
        self.subject = lexicon.figures.subject
        self.kinds = self.subject.kinds
        self.ontology = ontology

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        references = tuple(self.lifted(reference) for reference in view.references)
        kinds = {entity.id: entity.kind for entity in view.entities}
        topics = [self.topic(scope, kinds) for scope in view.scopes]
        article = FigureView(view.clean, view.sentences, references, topics, view.article.metadata.issued)
        doc._.observations = tuple(observation for _, observation in self.reader.read(article))
        return doc

    def topic(self, scope: tuple[str, ...], kinds: dict[str, str]) -> str | None:
        """The nearest of the entities a sentence may be about that bears figures."""
        return next((entity for entity in scope if self.bears(kinds.get(entity, ""))), None)

    def bears(self, kind: str) -> bool:
        """Whether entities of `kind` bear figures beyond the clause they stand in."""
        if kind not in self.ontology.classes:
            return False
        words = self.subject
        first = next((name for name in words.kinds if kind == name or self.ontology.is_a(kind, name)), None)
        return first is not None and first not in words.barred and first not in words.near

    def lifted(self, reference: Reference) -> Reference:
        """`reference` as the first of the classes that bear figures which it belongs to, else as it is."""
        if reference.kind in self.kinds or reference.kind not in self.ontology.classes:
            return reference
        for kind in self.kinds:
            if self.ontology.is_a(reference.kind, kind):
                return replace(reference, kind=kind)
        return reference


@Language.factory(
    "kg_observations",
    assigns=["doc._.observations"],
    requires=["doc._.references", "doc._.scopes"],
)
def make_observations(nlp: Language, name: str) -> Observations:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Observations(knowledge.figures, knowledge.ontology)
