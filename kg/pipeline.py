"""The pipeline: the only list of components, in order, and the way from an Article to its Extraction."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc

from kg.articles import clean, with_metadata
from kg.components import (  # noqa: F401  # importing a component registers its factory
    brands,
    entities,
    grammar,
    lists,
    mentions,
    observations,
    occasions,
    places,
    recognizer,
    relations,
    repeats,
    sentences,
    subclasses,
    tagger,
    topics,
)
from kg.components.doc import View, make_doc
from kg.components.language import Reader
from kg.knowledge import Knowledge
from kg.types import Article, Evidence, Extraction

COMPONENTS = (
    "kg_sentences",
    "kg_tagger",
    "kg_places",
    "kg_names",
    "kg_lists",
    "kg_brands",
    "kg_recognizer",
    "kg_repeats",
    "kg_mentions",
    "kg_entities",
    "kg_topics",
    "kg_relations",
    "kg_occasions",
    "kg_observations",
    "kg_subclasses",
)
"""The factories of the components, in the order in which a Doc passes through them."""


def build_nlp(knowledge: Knowledge, *, tag: bool = True, model: Path | None = None) -> Reader:
    """The spaCy pipeline over characters.

    `tag` switches the statistical tagger, `model` is a folder with another LAC model.
    Raises InputError where `model` holds none.
    """
    nlp = Reader.with_knowledge(knowledge, tag=tag, model=model)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


class Extractor:
    """Reads articles one after another with one pipeline.

    >>> from kg.knowledge import load_knowledge
    >>> extractor = Extractor(load_knowledge(), tag=False)
    >>> extractor.nlp.pipe_names[0]
    'kg_sentences'
    """

    def __init__(self, knowledge: Knowledge, *, tag: bool = True, model: Path | None = None) -> None:
        self.knowledge = knowledge
        self.nlp = build_nlp(knowledge, tag=tag, model=model)

    def read(self, article: Article) -> Doc:
        """The Doc of an article after the whole pipeline."""
        lexicon = self.knowledge.article
        cleaned = clean(article, lexicon=lexicon)
        doc = make_doc(self.nlp.vocab, with_metadata(article, cleaned, lexicon=lexicon), cleaned)
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        return doc

    def extract(self, article: Article, *, min_confidence: float = 0.0) -> Extraction:
        """All that is read from `article`: entities, claims and observations with raw offsets.

        Facts below `min_confidence` are left out, and so are entities below it that no fact kept speaks of.
        """
        view = View(self.read(article))
        claims = tuple(claim for claim in view.claims if claim.confidence >= min_confidence)
        figures = tuple(each for each in view.observations if each.confidence >= min_confidence)
        spoken = {end for claim in claims for end in (claim.subject, claim.object)} | {each.subject for each in figures}
        return Extraction(
            article=view.article,
            entities=tuple(e for e in view.entities if e.confidence >= min_confidence or e.id in spoken),
            claims=claims,
            observations=figures,
            unread=_unread(view),
            warnings=view.warnings,
            place=view.place,
        )


def _unread(view: View) -> tuple[Evidence, ...]:
    """The sentences from which neither claim nor observation was taken."""
    evidence = [*(claim.evidence for claim in view.claims), *(each.evidence for each in view.observations)]
    spans = sorted((e.begin, e.end) for e in evidence)
    found = []
    for sentence in view.sentences:
        whole = view.clean.evidence(sentence.begin, sentence.end)
        if not any(begin < whole.end and whole.begin < end for begin, end in spans):
            found.append(whole)
    return tuple(found)
