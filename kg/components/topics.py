"""What each sentence is about, and what forms such as 我市, 园区 and 该公司 point to.

Assigns ``doc._.topics``, ``doc._.subjects``, ``doc._.scopes`` (for each sentence the entities it may be
about, the nearest first), ``doc._.frames`` (those of its section and of the document) and adds deictic
references to ``doc._.references``. Requires ``doc._.references``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.components.leads import Listed
from kg.components.pointing import Pointers, ends_in
from kg.components.sentencesubjects import SubjectReader, numbered
from kg.components.speech import SpeechReader, Spoken
from kg.lexicon.deixis import Deixis
from kg.lexicon.divisions import Divisions
from kg.ontology import Ontology
from kg.types import Entity, Reference, Sentence

TOLD = 5  # forms such as 园区 that show what an article is about


class Topics:
    """Resolve forms, then walk through the sentences and keep what they are about."""

    def __init__(self, deixis: Deixis, divisions: Divisions, ontology: Ontology, presenting: str) -> None:
        self.deixis = deixis
        self.subjects = SubjectReader(deixis, ontology, presenting)
        self.pointers = Pointers(deixis, divisions, self.subjects)
        self.speech = SpeechReader(deixis.speech, self.subjects)

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        own = self.document_entities(view)
        spoken = self.speech.spoken(view)
        said = self.speech.references(view, spoken)
        references = sorted([*view.references, *self.pointers.references(view, own, said)])
        doc._.references = tuple(references)
        doc._.own = tuple(entity.id for entity in own)
        doc._.subjects = tuple(
            self.subjects.subject(view, sentence, references) or _speaker(sentence, spoken)
            for sentence in view.sentences
        )
        doc._.scopes, doc._.frames = self.scopes(view, references, own, doc._.subjects)
        doc._.topics = tuple(scope[0] if scope else None for scope in doc._.scopes)
        return doc

    def document_entities(self, view: View) -> list[Entity]:
        """What the document is about: first what its title or beginning names, then its place, then the rest."""
        titles = view.titles
        paragraphs = [] if titles else [s for s in view.sentences if s.role == "paragraph"]
        weight: Counter[str] = Counter()
        for reference in view.references:
            weight[reference.entity] += 1
            if any(s.begin <= reference.begin < s.end for s in titles):
                weight[reference.entity] += 10
            elif self.subjects.of_kinds(reference.kind, self.deixis.topic_kinds) and any(
                s.begin <= reference.begin < s.end for s in paragraphs
            ):
                weight[reference.entity] += 10
                paragraphs = []
        by_id = {entity.id: entity for entity in view.entities}
        for entity in view.entities:
            if view.place is not None and entity.code == view.place:
                weight[entity.id] += 10
        zones = self.titled_zones(view, titles) or self.told_zones(view, titles)
        for inner in (*zones, *self.titled_parts(view, titles)):
            weight[inner] += 20
        ranked = sorted(weight, key=lambda e: (-weight[e], e))
        found = [by_id[e] for e in ranked if self.subjects.of_kinds(by_id[e].kind, self.deixis.document_kinds)]
        place = [e for e in found if view.place is not None and e.code == view.place]
        main = [e for e in found if weight[e.id] >= 5 and e not in place]
        first = [e for e in main[:1] if weight[e.id] > max((weight[p.id] for p in place), default=0)]
        return [*first, *place, *[e for e in main if e not in first]]

    def titled_zones(self, view: View, titles: list[Sentence]) -> list[str]:
        """The entity of `zone_kinds` that the title names: one, and not beside the place of the article.

        The place may stand right before it: 甲县乙园 is of the park.
        """
        named = [r for r in view.references if any(s.begin <= r.begin < s.end for s in titles)]
        codes = {entity.id: entity.code for entity in view.entities}
        zones = dict.fromkeys(r.entity for r in named if self.subjects.of_kinds(r.kind, self.deixis.zone_kinds))
        if not zones and len(held := self.held_zones(view, titles)) == 1:
            return held
        zones = zones or dict.fromkeys(self.pointed_zones(view, titles))
        begins = {r.begin for r in named if r.entity in zones}
        beside = any(codes[r.entity] == view.place and r.end not in begins for r in named if view.place)
        return [] if beside or len(zones) > 1 else list(zones)

    def held_zones(self, view: View, titles: list[Sentence]) -> list[str]:
        """The entities of `zone_kinds` whose name stands in a longer one in the title: 甲园区管委会2017年工作总结."""
        words = [view.text[s.begin : s.end] for s in titles]
        zones = [e for e in view.entities if self.subjects.of_kinds(e.kind, self.deixis.zone_kinds)]
        return [zone.id for zone in zones if any(name in w for name in (zone.label, *zone.aliases) for w in words)]

    def told_zones(self, view: View, titles: list[Sentence]) -> list[str]:
        """The one entity of `zone_kinds`, where forms for a zone (园区) outnumber those for places (全县).

        Only where the title names nothing that the document could be about.
        """
        named = any(s.begin <= r.begin < s.end and self.may_hold(r.entity) for s in titles for r in view.references)
        if named or not titles:
            return []
        own, places = self.pointers.told(view.text)
        zones = [e for e in view.entities if self.subjects.of_kinds(e.kind, self.deixis.zone_kinds)]
        whole = [e.id for e in zones if not e.label.endswith(self.deixis.parts)]
        return whole if own >= TOLD and own > 2 * places and len(whole) == 1 else []

    def titled_parts(self, view: View, titles: list[Sentence]) -> list[str]:
        """The division that the title names right after the article's place: 乙镇 in 甲县乙镇."""
        codes = {entity.id: entity.code for entity in view.entities}
        named = [r for r in view.references if any(s.begin <= r.begin < s.end for s in titles)]
        ends = {r.end for r in named if view.place is not None and codes[r.entity] == view.place}
        return list(dict.fromkeys(r.entity for r in named if r.begin in ends and codes[r.entity]))

    def pointed_zones(self, view: View, titles: list[Sentence]) -> list[str]:
        """The entities of `zone_kinds` that a form in the title may point to: 江州经开区 of 经开区."""
        zones = [entity for entity in view.entities if self.subjects.of_kinds(entity.kind, self.deixis.zone_kinds)]
        forms = [form for form in self.pointers.own_forms for s in titles if form in view.text[s.begin : s.end]]
        return [zone.id for zone in zones if any(ends_in(zone, form) for form in forms)]

    def scopes(
        self, view: View, references: list[Reference], own: list[Entity], subjects: tuple[str | None, ...]
    ) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
        """For each sentence what it may be about, the nearest first; and those of section and document."""
        kept: list[tuple[str, ...]] = []
        frames: list[tuple[str, ...]] = []
        section: list[str] = []
        paragraph: list[str] = []
        last: list[str] = []
        block = -1
        document = [entity.id for entity in own]
        opening = view.titles or view.sentences[:1]
        titled = {r.entity for r in references if any(s.begin <= r.begin < s.end for s in opening)}
        told = bool(own) and own[0].id in titled.union(filter(None, subjects))
        told = told or (bool(own) and own[0].id in self.titled_zones(view, view.titles))
        told = told or (bool(own) and sum(r.deictic and r.entity == own[0].id for r in references) >= TOLD)
        listed = Listed(re.compile(self.deixis.list_leads or r"\b\B"))
        for sentence, subject in zip(view.sentences, subjects, strict=True):
            if sentence.block != block:
                item = numbered(view.text[sentence.begin : sentence.end])
                block, last, paragraph = sentence.block, [] if item else paragraph or last, []
                listed = listed.entering(view, sentence, [e for e in last if self.may_hold(e)])
            if sentence.role == "heading":
                last = []
                named = [r.entity for r in references if sentence.begin <= r.begin < sentence.end]
                section = [e for e in named if self.may_hold(e)]
            if subject:
                paragraph = [subject, *(e for e in paragraph if e != subject)]
            frames.append(tuple(dict.fromkeys([*listed.topics, *section, *document])))
            nearest = paragraph if told or section else paragraph or last
            kept.append(tuple(dict.fromkeys([*nearest, *frames[-1]])))
            if subject and self.parted(view, sentence, references, subject):
                paragraph = paragraph[1:]
        return tuple(kept), tuple(frames)

    @staticmethod
    def parted(view: View, sentence: Sentence, references: list[Reference], subject: str) -> bool:
        """Whether each part of a sentence has a subject of its own: 甲镇种茶；乙镇养虾. What follows is of none."""
        kind = subject.split("/")[0]
        begun = (r for r in references if sentence.begin < r.begin < sentence.end and view.text[r.begin - 1] == "；")
        return any(r.kind == kind and r.entity != subject for r in begun)

    def may_hold(self, entity: str) -> bool:
        """Whether a list may be of what an entity holds: whether a whole document may be about it."""
        return self.subjects.of_kinds(entity.split("/")[0], self.deixis.document_kinds)


def _speaker(sentence: Sentence, spoken: Sequence[Spoken]) -> str | None:
    """Whom a sentence is spoken for, if it begins in speech."""
    begin = sentence.begin
    return next((each.entity for each in spoken if each.begin <= begin < each.end), None)


@Language.factory(
    "kg_topics",
    assigns=["doc._.topics", "doc._.subjects", "doc._.scopes", "doc._.frames", "doc._.references"],
    requires=["doc._.references"],
)
def make_topics(nlp: Language, name: str) -> Topics:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Topics(knowledge.deixis, knowledge.divisions, knowledge.ontology, knowledge.figures.phrases.presenting)
