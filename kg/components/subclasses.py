"""Subclasses: the narrower class of what an article names, by its names and how they were found.

Runs last, so that every other component sees the class of the lexicon. Changes the kinds of
``doc._.entities``; their ids stay. Requires ``doc._.entities`` and ``doc._.mentions``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.lexicon.entries import Subclass
from kg.lexicon.names import NameLexicon
from kg.types import Entity


class Subclasses:
    """Narrow the classes of the entities of a Doc."""

    def __init__(self, lexicons: tuple[NameLexicon, ...]) -> None:
        self.rows = {
            lexicon.class_: tuple(
                (row.class_, re.compile(lexicon.expand(row.accept)) if row.accept else None, self._rules(lexicon, row))
                for row in lexicon.subclass
            )
            for lexicon in lexicons
            if lexicon.subclass
        }

    @staticmethod
    def _rules(lexicon: NameLexicon, row: Subclass) -> frozenset[str]:
        """The rules of the mentions that the patterns of a row find."""
        return frozenset(f"{lexicon.class_}/{pattern}" for pattern in row.patterns)

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        rules: dict[tuple[str, str], set[str]] = defaultdict(set)
        for mention in (*view.mentions, *view.inner):
            rules[mention.kind, mention.name].add(mention.rule)
        doc._.entities = tuple(
            replace(entity, kind=self.narrowest(entity, rules[entity.kind, entity.label])) for entity in view.entities
        )
        return doc

    def narrowest(self, entity: Entity, rules: Collection[str]) -> str:
        """The class of an entity whose fullest name was found by `rules`."""
        for kind, accept, patterns in self.rows.get(entity.kind, ()):
            if (accept and accept.search(entity.label)) or not patterns.isdisjoint(rules):
                return kind
        return entity.kind


@Language.factory(
    "kg_subclasses",
    assigns=["doc._.entities"],
    requires=["doc._.entities", "doc._.mentions"],
)
def make_subclasses(nlp: Language, name: str) -> Subclasses:
    """The component as spaCy builds it."""
    return Subclasses(reader_of(nlp).knowledge.names)
