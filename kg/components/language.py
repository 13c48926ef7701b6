"""The spaCy Language that carries what its components know."""

from __future__ import annotations

from pathlib import Path

from spacy.lang.zh import Chinese
from spacy.language import Language

from kg.knowledge import Knowledge


class Reader(Chinese):  # type: ignore[no-untyped-call]  # spaCy leaves __init_subclass__ untyped
    """Chinese on characters, with the ontology folder's knowledge and the choice of tagger.

    spaCy copies the configuration of a component when it adds it; a gazetteer must not be copied,
    so components take what they need from here.
    """

    knowledge: Knowledge
    tag: bool
    model: Path | None

    @classmethod
    def with_knowledge(cls, knowledge: Knowledge, *, tag: bool = True, model: Path | None = None) -> Reader:
        """A Reader with no components yet."""
        reader = cls()
        reader.knowledge, reader.tag, reader.model = knowledge, tag, model
        return reader


def reader_of(nlp: Language) -> Reader:
    """`nlp` as a Reader. Raises TypeError where a component is added to another pipeline."""
    if not isinstance(nlp, Reader):
        raise TypeError("components of kg run in the pipeline of kg.pipeline.build_nlp only")
    return nlp
