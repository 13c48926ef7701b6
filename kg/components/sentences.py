"""Sentences: the clean text cut at full stops inside each block.

Assigns ``doc._.sentences``. Requires ``doc._.clean``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.types import Sentence

# A sentence ends after a full stop and the closing marks that follow it: “……。”他说
_SENTENCE = re.compile(r"[^。！？!?]*(?:[。！？!?]+[”’』」）)]*|$)")


def cut(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch of `text`, but for blank ones."""
    for match in _SENTENCE.finditer(text, begin, end):
        if match.group().strip():
            yield match.span()


class Sentences:
    """Cut every block into sentences; bylines and furniture are left out."""

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        found = []
        for index, block in enumerate(view.clean.blocks):
            if block.role in ("furniture", "byline"):
                continue
            for begin, end in cut(view.text, block.begin, block.end):
                found.append(Sentence(begin, end, index, block.role))
        doc._.sentences = tuple(found)
        return doc


@Language.factory("kg_sentences", assigns=["doc._.sentences"], requires=["doc._.clean"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The component as spaCy builds it."""
    return Sentences()
