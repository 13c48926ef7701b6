"""Observations: the figures of an article, with subject, indicator, period and kind.

Assigns ``doc._.observations``. Requires ``doc._.references`` and ``doc._.scopes``.
"""

from __future__ import annotations

from collections.abc import Sequence
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
        self.kinds, self.of, self.at = self.subject.kinds, lexicon.phrases.of, lexicon.phrases.at
        self.ontology = ontology

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        references = tuple(self.lifted(reference) for reference in view.references)
        article = FigureView(
            view.clean,
            view.sentences,
            references,
            self.topics(view),
            view.article.metadata.issued,
            self.strangers(view),
            [self.bearing(view, frame) for frame in view.frames],
        )
        doc._.observations = tuple(observation for _, observation in self.reader.read(article))
        return doc

    def strangers(self, view: View) -> list[tuple[int, int]]:
        """The places and bodies that the tagger sees where no name is known, or only the beginning of one."""
        words = [word for word in view.words if word.tag in self.subject.strangers and word.end - word.begin > 2]
        words = [word for word in words if not self._common(view.text[word.begin : word.end])]
        known = bytearray(len(view.text))
        for reference in view.references:
            known[reference.begin : reference.end] = b"\1" * (reference.end - reference.begin)
        begins = {reference.begin: reference.end for reference in view.references}
        words = [
            word
            for word in words
            if word.begin not in begins
            or (
                view.text.endswith((*self.subject.heads, *self.subject.bodies), 0, word.end)
                and not view.text.startswith(self.subject.around, begins[word.begin])
            )
        ]
        return [
            (word.begin, word.end)
            for word in words
            if not any(known[begins.get(word.begin, word.begin) : word.end]) and begins.get(word.begin, 0) < word.end
        ]

    def _common(self, word: str) -> bool:
        """Whether a word that the tagger takes for a name is none: 建制村, 国家级示范区."""
        return any(
            word.endswith(common) and word.removesuffix(common) in self.subject.grades for common in self.subject.common
        )

    def topics(self, view: View) -> list[tuple[tuple[str, str], ...]]:
        """For each sentence the entities it may be about that bear figures, with their classes, the nearest first.

        Divisions above the article's own place come last: a county page that names its province stays about the county.
        So do towns and villages that it only tells of in passing.
        Where the nearest stands in the sentence itself and not as its subject, nobody can tell what a figure without
        a subject is of, unless all the article is about it: 客商到甲园参观，签约投资5亿元. But A是甲市的主导产业 is
        about 甲市, and 在甲镇建成基地3200亩 about what holds 甲镇.
        """
        place = view.place or ""
        above = {entity.id for entity in view.entities if entity.code and _above(entity.code, place)}
        kinds = {entity.id: entity.kind for entity in view.entities}
        labels = {entity.id: entity.label for entity in view.entities}
        topics = []
        for sentence, scope, frame in zip(view.sentences, view.scopes, view.frames, strict=True):
            within = [r for r in view.references if sentence.begin <= r.begin < sentence.end and not r.deictic]
            named = [r for r in within if not view.text.startswith(self.of, r.end)]
            here = {r.entity for r in named}
            here.difference_update(view.own[:1])
            sites = here - {r.entity for r in named if not view.text.endswith(self.at, 0, r.begin)}
            if scope and (governed := self.governed(kinds.get(scope[0], ""), labels.get(scope[0], ""))):
                told = [e for e in frame if self.lift(kinds.get(e, "")) in governed]
                scope = (scope[0], *told, *scope[1:])
            last = above
            if not any(word in view.text[sentence.begin : sentence.end] for word in self.subject.staying):
                passing = {e for e in scope if kinds.get(e) in self.subject.passing}
                last = above | passing.difference(view.own, frame)
            fitting = self.bearing(view, [e for e in sorted(scope, key=last.__contains__) if e not in sites])
            cut = next((place for place, (entity, _) in enumerate(fitting) if entity in here), len(fitting))
            topics.append(fitting[:cut])
        return topics

    def governed(self, kind: str, label: str) -> tuple[str, ...]:
        """The classes of which a body speaks: 县委书记要求，… is of the county, 管委会印发，… of the zone."""
        if label.endswith(self.subject.zone_bodies):
            return self.subject.zones
        return self.subject.governed if kind in self.subject.governing else ()

    def bearing(self, view: View, entities: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Those of `entities` that bear figures beyond the clause they stand in, with their classes."""
        kinds = {entity.id: entity.kind for entity in view.entities}
        return tuple((entity, self.lift(kinds[entity])) for entity in entities if self.bears(kinds.get(entity, "")))

    def bears(self, kind: str) -> bool:
        """Whether entities of `kind` bear figures beyond the clause they stand in."""
        words, first = self.subject, self.lift(kind)
        return first in words.kinds and first not in words.barred and first not in words.near

    def lift(self, kind: str) -> str:
        """The first of the classes that bear figures which `kind` belongs to, else `kind`."""
        if kind in self.kinds or kind not in self.ontology.classes:
            return kind
        return next((name for name in self.kinds if self.ontology.is_a(kind, name)), kind)

    def lifted(self, reference: Reference) -> Reference:
        """`reference` with the class that bears figures."""
        return replace(reference, kind=self.lift(reference.kind))


def _above(code: str, place: str) -> bool:
    """Whether the division `code` (GB/T 2260) holds `place`: 430000 and 430400 hold 430482."""
    if not place or code == place:
        return False
    return (code.endswith("0000") and code[:2] == place[:2]) or (code.endswith("00") and code[:4] == place[:4])


@Language.factory(
    "kg_observations",
    assigns=["doc._.observations"],
    requires=["doc._.references", "doc._.scopes"],
)
def make_observations(nlp: Language, name: str) -> Observations:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Observations(knowledge.figures, knowledge.ontology)
