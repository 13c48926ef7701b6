"""Candidates of all classes, by the name grammar of each.

Appends to ``doc._.candidates``. Requires ``doc._.sentences``; reads ``doc._.words``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.components.names import NameGrammar
from kg.components.phrases import Phrases
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import NameLexicon


class Names:
    """Run the grammar of every class over the Doc."""

    def __init__(self, lexicons: tuple[NameLexicon, ...], grammar: Grammar) -> None:
        self.grammar = grammar
        self.grammars = [NameGrammar(lexicon, grammar) for lexicon in lexicons]

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        phrases = Phrases(view, self.grammar)
        found = set(view.candidates)
        for grammar in self.grammars:
            phrases.learn(found)
            found.update(grammar.by_head(view, phrases))
            found.update(grammar.by_pattern(view, phrases))
            found.update(grammar.by_tag(view, phrases))
            found.update(grammar.by_vocabulary(view, phrases))
        doc._.candidates = tuple(sorted(found))
        return doc


@Language.factory(
    "kg_names",
    assigns=["doc._.candidates"],
    requires=["doc._.sentences"],
)
def make_names(nlp: Language, name: str) -> Names:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Names(knowledge.names, knowledge.grammar)
