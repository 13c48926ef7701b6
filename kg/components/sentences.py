"""Sentences: the clean text cut at full stops inside each block.

Assigns ``doc._.sentences``. Requires ``doc._.clean``.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.types import Sentence

# A sentence ends after a full stop and the closing marks that follow it: “……。”他说
_SENTENCE = re.compile(r"[^。！？!?]*(?:[。！？!?]+[”’』」）)]*|$)")


class Sentences:
    """Cut every block into sentences; bylines and furniture are left out."""

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        found = []
        for index, block in enumerate(view.clean.blocks):
            if block.role in ("furniture", "byline"):
                continue
            for match in _SENTENCE.finditer(view.text, block.begin, block.end):
                if match.group().strip():
                    found.append(Sentence(match.start(), match.end(), index, block.role))
        doc._.sentences = tuple(found)
        return doc


@Language.factory("kg_sentences", assigns=["doc._.sentences"], requires=["doc._.clean"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The component as spaCy builds it."""
    return Sentences()
