"""What each sentence is about, and what forms such as 我市, 园区 and 该公司 point to.

Assigns ``doc._.topics``, ``doc._.subjects``, ``doc._.scopes`` (for each sentence the entities it may be
about, the nearest first), ``doc._.frames`` (those of its section and of the document) and adds deictic
references to ``doc._.references``. Requires ``doc._.references``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.components.leads import Listed
from kg.lexicon.alternation import alternation
from kg.lexicon.deixis import Deixis, Form
from kg.lexicon.divisions import Divisions
from kg.ontology import Ontology
from kg.types import Entity, Reference, Sentence

_ITEM = re.compile(r"^[（(]?[一二三四五六七八九十0-9①-⑳]{1,3}[）)、.．]")  # the number of an item
_PHASE = 4  # characters: 一期 and 二期工程 are phases of a project that has a longer name
_CLAUSE = re.compile(r"(?:[，。；：！？、\n“—]|[，。！？…]”)$")


class Topics:
    """Resolve forms, then walk through the sentences and keep what they are about."""

    def __init__(self, deixis: Deixis, divisions: Divisions, ontology: Ontology) -> None:
        self.deixis = deixis
        self.divisions = divisions
        self.ontology = ontology
        self._under: dict[tuple[str, tuple[str, ...]], bool] = {}

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        own = self.document_entities(view)
        references = sorted([*view.references, *self.pointing(view, own)])
        doc._.references = tuple(references)
        doc._.own = tuple(entity.id for entity in own)
        doc._.subjects = tuple(self.subject(view, sentence, references) for sentence in view.sentences)
        doc._.scopes, doc._.frames = self.scopes(view, references, own, doc._.subjects)
        doc._.topics = tuple(scope[0] if scope else None for scope in doc._.scopes)
        return doc

    def of_kinds(self, kind: str, kinds: tuple[str, ...]) -> bool:
        """Whether `kind` is one of `kinds` or below one of them."""
        known = self._under.get((kind, kinds))
        if known is None:
            known = self._under[kind, kinds] = any(self.ontology.is_a(kind, top) for top in kinds)
        return known

    def document_entities(self, view: View) -> list[Entity]:
        """What the document is about: first what its title or beginning names, then its place, then the rest."""
        titles = view.titles
        paragraphs = [] if titles else [s for s in view.sentences if s.role == "paragraph"]
        weight: Counter[str] = Counter()
        for reference in view.references:
            weight[reference.entity] += 1
            if any(s.begin <= reference.begin < s.end for s in titles):
                weight[reference.entity] += 10
            elif self.of_kinds(reference.kind, self.deixis.topic_kinds) and any(
                s.begin <= reference.begin < s.end for s in paragraphs
            ):
                weight[reference.entity] += 10
                paragraphs = []
        by_id = {entity.id: entity for entity in view.entities}
        for entity in view.entities:
            if view.place is not None and entity.code == view.place:
                weight[entity.id] += 10
        for inner in (*self.titled_zones(view, titles), *self.titled_parts(view, titles)):
            weight[inner] += 20
        ranked = sorted(weight, key=lambda e: (-weight[e], e))
        found = [by_id[e] for e in ranked if self.of_kinds(by_id[e].kind, self.deixis.document_kinds)]
        place = [e for e in found if view.place is not None and e.code == view.place]
        main = [e for e in found if weight[e.id] >= 5 and e not in place]
        first = [e for e in main[:1] if weight[e.id] > max((weight[p.id] for p in place), default=0)]
        return [*first, *place, *[e for e in main if e not in first]]

    def titled_zones(self, view: View, titles: list[Sentence]) -> list[str]:
        """The entity of `zone_kinds` that the title names: one, and not the place of the article beside it."""
        named = [r for r in view.references if any(s.begin <= r.begin < s.end for s in titles)]
        codes = {entity.id: entity.code for entity in view.entities}
        zones = dict.fromkeys(r.entity for r in named if self.of_kinds(r.kind, self.deixis.zone_kinds))
        zones = zones or dict.fromkeys(self.pointed_zones(view, titles))
        beside = any(codes[r.entity] == view.place for r in named if view.place)
        return [] if beside or len(zones) > 1 else list(zones)

    def titled_parts(self, view: View, titles: list[Sentence]) -> list[str]:
        """The division that the title names right after the article's place: 乙镇 in 甲县乙镇."""
        codes = {entity.id: entity.code for entity in view.entities}
        named = [r for r in view.references if any(s.begin <= r.begin < s.end for s in titles)]
        ends = {r.end for r in named if view.place is not None and codes[r.entity] == view.place}
        return list(dict.fromkeys(r.entity for r in named if r.begin in ends and codes[r.entity]))

    def pointed_zones(self, view: View, titles: list[Sentence]) -> list[str]:
        """The entities of `zone_kinds` that a form in the title may point to: 江州经开区 of 经开区."""
        zones = [entity for entity in view.entities if self.of_kinds(entity.kind, self.deixis.zone_kinds)]
        forms = [form for form in self._own_forms for s in titles if form in view.text[s.begin : s.end]]
        return [zone.id for zone in zones if any(ends_in(zone, form) for form in forms)]

    @cached_property
    def _forms(self) -> tuple[re.Pattern[str], dict[str, tuple[Form, ...]]]:
        words: dict[str, tuple[Form, ...]] = {}
        for form in (form for form in self.deixis.form if not form.described):
            for word in form.words:
                words[word] = (*words.get(word, ()), form)
        return re.compile(alternation(tuple(words) or ("\n",))), words

    @cached_property
    def _own_forms(self) -> frozenset[str]:
        """The words that point to the document's own zone."""
        zones = [form for form in self.deixis.form if form.own and set(form.kinds) <= set(self.deixis.zone_kinds)]
        return frozenset(word for form in zones for word in form.words)

    def pointing(self, view: View, own: list[Entity]) -> list[Reference]:
        """References of all forms that can be resolved and do not lie inside a name."""
        covered = bytearray(len(view.text))
        for reference in view.references:
            covered[reference.begin : reference.end] = b"\1" * (reference.end - reference.begin)
        found = []
        zone = own[0] if own and self.of_kinds(own[0].kind, self.deixis.zone_kinds) else None
        for match in self._place_forms.finditer(view.text):
            if zone and match.group() in self._own_forms:
                continue
            place = self._place(view, match)
            if place and not any(covered[match.start() : match.end()]):
                found.append(Reference(match.start(), match.end(), place.id, place.kind, deictic=True))
                covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        for form, described in self._described:
            for match in described.finditer(view.text):
                target = self._target(view, own, form, match)
                end = match.end()
                if covered[end - 1]:
                    continue  # 该煤炭超市位于甲产业园: the last words are those of a name
                if any(covered[match.start() : end]):
                    # 这家2015年落户玉山的企业: the name inside stays one.
                    end = match.start() + len(next(w for w in form.described if match[0].startswith(w)))
                if target and not any(covered[match.start() : end]):
                    found.append(Reference(match.start(), end, target.id, target.kind, deictic=True))
                    covered[match.start() : end] = b"\1" * (end - match.start())
        expression, words = self._forms
        for match in expression.finditer(view.text):
            if any(covered[match.start() : match.end()]):
                continue
            target = next(filter(None, (self._target(view, own, form, match) for form in words[match.group()])), None)
            if target:
                found.append(Reference(match.start(), match.end(), target.id, target.kind, deictic=True))
                covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        return found

    @cached_property
    def _described(self) -> list[tuple[Form, re.Pattern[str]]]:
        """Forms with a description between their parts: 该煤炭超市项目."""
        forms = [form for form in self.deixis.form if form.described]
        return [
            (form, re.compile(rf"{alternation(form.described)}[^，。；、：\s]{{1,12}}?{alternation(form.words)}"))
            for form in forms
        ]

    @cached_property
    def _place_forms(self) -> re.Pattern[str]:
        return re.compile(alternation(tuple(self.divisions.areas.deictic_levels)))

    def _place(self, view: View, match: re.Match[str]) -> Entity | None:
        """The administrative place that a form such as 全省 points to, where the article names it."""
        code = self.divisions.resolve_level(view.place, match.group()) if view.place else None
        named = next((entity for entity in view.entities if code and entity.code == code), None)
        if named:
            return named
        levels = self.divisions.areas.deictic_levels[match.group()]
        fitting = {entity.id for entity in view.entities if entity.code and self._level(entity.code) in levels}
        before = [r for r in view.references if r.end <= match.start() and r.entity in fitting]
        if code or not before or (len(fitting) > 1 and match.start() - before[-1].end > 300):
            return None
        return next(entity for entity in view.entities if entity.id == before[-1].entity)

    def _level(self, code: str) -> str:
        """The level of the division with a code."""
        return next((division.level for division in self.divisions.chain(code) if division.code == code), "")

    @cached_property
    def _opened(self) -> re.Pattern[str]:
        """The words that may stand between the beginning of a clause and a form that opens it: 上半年公司…."""
        words = alternation(self.deixis.form_openers or ("\n",))
        return re.compile(rf"(?:^|[，。；：！？、\n“—])(?:{words}|[0-9]{{1,4}}[年月])+$")

    def _stands(self, view: View, form: Form, begin: int, end: int) -> bool:
        """Whether what stands around its words lets a form point."""
        if form.not_before and view.text.startswith(form.not_before, end):
            return False
        if form.not_after and view.text.endswith(form.not_after, 0, begin):
            return False
        starts = not begin or _CLAUSE.search(view.text, max(0, begin - 2), begin)
        if form.clause_start and not starts and not self._opened.search(view.text[max(0, begin - 16) : begin]):
            return False
        if form.only_before and not view.text.startswith(form.only_before, end):
            return False
        return not form.only_after or view.text.endswith(form.only_after, 0, begin)

    def _target(self, view: View, own: list[Entity], form: Form, match: re.Match[str]) -> Entity | None:
        begin, end = match.span()
        if not self._stands(view, form, begin, end):
            return None
        by_id = {entity.id: entity for entity in view.entities}
        mine = [entity for entity in own if self.of_kinds(entity.kind, form.kinds)]
        if form.same_end:
            mine = [entity for entity in mine if ends_in(entity, match.group())]
        before = [r for r in view.references if r.end <= begin and self.of_kinds(r.kind, form.kinds)]
        if form.same_end:
            before = [r for r in before if ends_in(by_id[r.entity], match.group())]
        led = self.leading(view, form, begin) if form.subject_first or form.local else []
        if form.same_end:
            led = [r for r in led if ends_in(by_id[r.entity], match.group())]
        if form.subject_first:
            before = led or before
        if form.nearest and before and self._beyond(view, before[-1], end):
            return None
        last = by_id[before[-1].entity] if before and begin - before[-1].end < form.reach else None
        if last and any(word in view.text[before[-1].end : begin] for word in form.unless_after):
            return None
        if form.own and led:
            return by_id[led[-1].entity]
        if form.own and mine:
            return mine[0]
        if form.own and last:
            alike = [r for r in before if ends_in(by_id[r.entity], match.group())]
            return by_id[alike[0].entity] if alike else last
        if last and form.paragraphs is not None and self._apart(view, before[-1], begin) > form.paragraphs:
            return None
        return last

    def _beyond(self, view: View, last: Reference, end: int) -> bool:
        """Whether the form that ends at `end` means more than `last`: all that is listed, or all phases."""
        phase = last.end - last.begin <= _PHASE and view.text.startswith(self.deixis.whole_before, end)
        return phase or view.text.startswith(self.deixis.list_ends, last.end)

    @staticmethod
    def _apart(view: View, reference: Reference, begin: int) -> int:
        """How many paragraphs after `reference` the form at `begin` stands; all of them where a heading parts them."""
        between = [s for s in view.sentences if reference.begin < s.end and s.begin <= begin]
        if any(sentence.role == "heading" for sentence in between):
            return len(view.sentences)
        return len({sentence.block for sentence in between}) - 1

    def leading(self, view: View, form: Form, begin: int) -> list[Reference]:
        """The name that opens the nearest sentence before that of `begin` in its paragraph, if a form may mean it."""
        here = next((s for s in view.sentences if s.begin <= begin < s.end), None)
        if here is None or any(here.begin <= r.begin < begin for r in view.references):
            return []
        for sentence in reversed([s for s in view.sentences if s.end <= here.begin and s.block == here.block]):
            within = [r for r in view.references if sentence.begin <= r.begin < sentence.end]
            named = [r for r in within if self.of_kinds(r.kind, form.kinds)]
            if form.nearest and named:
                whole = [r for r in named if r.end - r.begin > _PHASE] or named
                return whole[:1] if whole[0].entity == self.subject(view, sentence, within) else whole[-1:]
            subject = self.subject(view, sentence, within)
            for reference in within:
                if reference.entity == subject and self.of_kinds(reference.kind, form.kinds):
                    return [reference]
        return []

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
        listed = Listed(re.compile(self.deixis.list_leads or r"\b\B"))
        for sentence, subject in zip(view.sentences, subjects, strict=True):
            if sentence.block != block:
                block, last, paragraph = sentence.block, paragraph or last, []
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
        return tuple(kept), tuple(frames)

    def may_hold(self, entity: str) -> bool:
        """Whether a list may be of what an entity holds: whether a whole document may be about it."""
        return self.of_kinds(entity.split("/")[0], self.deixis.document_kinds)

    def subject(self, view: View, sentence: Sentence, references: list[Reference]) -> str | None:
        """The entity that opens the sentence as its subject, if one does."""
        for reference in references:
            if reference.begin < sentence.begin or not self.of_kinds(reference.kind, self.deixis.topic_kinds):
                continue
            if reference.end > sentence.end or reference.begin - sentence.begin > 30:
                return None
            before = view.text[sentence.begin : reference.begin]
            if view.text.startswith(self.deixis.not_subject_before, reference.end):
                continue
            lead = _ITEM.sub("", re.split(r"[，：—“】　●◆■▲★※○]", before)[-1])
            if not lead or re.fullmatch(f"(?:{alternation(self.deixis.subject_openers)}|[0-9年月日])*", lead):
                return self.innermost(references, reference)
        return None

    def innermost(self, references: list[Reference], first: Reference) -> str:
        """Of names that follow one another without a word between, the last: 甲市乙区丙园 is about 丙园."""
        last = first
        for reference in references:
            if reference.begin == last.end and self.of_kinds(reference.kind, self.deixis.topic_kinds):
                last = reference
        return last.entity


def ends_in(entity: Entity, words: str) -> bool:
    """Whether a name of an entity ends with `words`."""
    return any(name.endswith(words) for name in (entity.label, *entity.aliases))


@Language.factory(
    "kg_topics",
    assigns=["doc._.topics", "doc._.subjects", "doc._.scopes", "doc._.frames", "doc._.references"],
    requires=["doc._.references"],
)
def make_topics(nlp: Language, name: str) -> Topics:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Topics(knowledge.deixis, knowledge.divisions, knowledge.ontology)
