"""Observations: the figures of an article, with subject, indicator, period and kind.

Assigns ``doc._.observations``. Requires ``doc._.references`` and ``doc._.topics``.
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
        self.kinds = lexicon.figures.subject.kinds
        self.ontology = ontology

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        references = tuple(self.lifted(reference) for reference in view.references)
        article = FigureView(view.clean, view.sentences, references, view.topics, view.article.metadata.issued)
        doc._.observations = tuple(observation for _, observation in self.reader.read(article))
        return doc

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
    requires=["doc._.references", "doc._.topics"],
)
def make_observations(nlp: Language, name: str) -> Observations:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Observations(knowledge.figures, knowledge.ontology)
