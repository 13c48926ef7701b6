"""A Doc as the rules for relations see it: masked sentences, names inside names, what is part of what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import takewhile

from kg.components.containment import Compound, compounds
from kg.components.doc import View
from kg.components.masking import Masked, mask
from kg.lexicon.divisions import Divisions
from kg.ontology import Ontology
from kg.rules import Rules
from kg.types import Claim, Entity, Evidence, Mention, Reference, Sentence

_WIDE_EDGE = re.compile(r"[，。；！？\n]")
_FIGURE = re.compile(r"[^，。；0-9]{2,8}[0-9]")  # 总投资5亿元 is said of what stands before
_SEVERAL = re.compile(
    r"[\ue000-\uf8ff](?:(?:、[\ue000-\uf8ff])+等[^，。；]{0,12}[0-9余多][家户]|(?:、[\ue000-\uf8ff]){2,}，)"
)  # what follows is of no single one
_NOUNS = frozenset({"n", "nz", "nw", "LOC", "ORG", "PER", "an"})  # tags of Baidu LAC
_VERBAL = frozenset({"v", "vd", "p"})
_ADVERBIAL = frozenset({"d", "t", "TIME", "m", "q", "c", "w", "ad", "f", "r"})
_CLAUSE_EDGE = re.compile(r"[，。；：！？\n“”—】　●■◆▲★○◎※◇□•·]")


class Scene:
    """What the rules ask of one Doc."""

    def __init__(self, view: View, ontology: Ontology, divisions: Divisions, asides: tuple[str, ...]) -> None:
        self.view = view
        self.asides = asides  # behind a name that is no subject: 甲集团|的全资子公司, 甲市|商人
        self.ontology = ontology
        self.divisions = divisions
        self.kinds = sorted(ontology.classes)
        self.kind_of = {entity.id: entity.kind for entity in view.entities}

    @cached_property
    def masked(self) -> list[tuple[int, Sentence, Masked]]:
        """Every sentence with its index and its mask."""
        references = list(self.view.references)
        rows, start = [], 0
        for index, sentence in enumerate(self.view.sentences):
            while start < len(references) and references[start].begin < sentence.begin:
                start += 1
            end = start
            while end < len(references) and references[end].end <= sentence.end:
                end += 1
            rows.append((index, sentence, mask(self.view.text, sentence, references[start:end], self.kinds)))
            start = end
        return rows

    @cached_property
    def compounds(self) -> list[Compound]:
        """The names that hold names."""
        return compounds(self.view)

    def agreeing(self, rule: Rules, object_: Reference) -> tuple[str, ...] | None:
        """The classes that the name of an object asks of its subject, or None where it asks none."""
        if rule.attribute:
            return None
        names = (self.view.text[object_.begin : object_.end].rstrip("”’》"), self.label_of[object_.entity])
        return next((a.kinds for a in rule.agree if any(re.search(a.object, name) for name in names)), None)

    def held(self, outer: Reference, kinds: frozenset[str]) -> Reference | None:
        """The name of `kinds` that opens the name of a reference, if any (华星集团铜箔项目: 华星集团)."""
        parts = (p for c in self.compounds if c.mention.begin == outer.begin for p in c.parts)
        opening = (Reference(m.begin, m.end, e.id, e.kind) for m, e in parts if m.begin == outer.begin)
        return next((reference for reference in opening if reference.kind in kinds), None)

    def opened_by_other(self, outer: Reference, other: Reference) -> bool:
        """Whether a name opens with another name of the class of `other`."""
        return (held := self.held(outer, frozenset({other.kind}))) is not None and held.entity != other.entity

    def compounds_from(self, begins: Iterable[int]) -> list[Compound]:
        """The compounds that begin at clean offsets, in the order of `compounds`."""
        found = [number for begin in begins for number in self._compounds_at.get(begin, ())]
        return [self.compounds[number] for number in sorted(found)]

    @cached_property
    def _compounds_at(self) -> dict[int, list[int]]:
        """The numbers of the compounds by where they begin."""
        numbers: dict[int, list[int]] = defaultdict(list)
        for number, compound in enumerate(self.compounds):
            numbers[compound.mention.begin].append(number)
        return numbers

    def claim(
        self,
        rule: Rules,
        name: str,
        confidence: float,
        subject: str,
        object_: str,
        span: tuple[int, int],
        qualifiers: tuple[tuple[str, str], ...] = (),
    ) -> Claim:
        """A claim whose evidence is the clean span."""
        evidence = self.view.clean.evidence(*span)
        return Claim(subject, rule.relation, object_, evidence, f"{rule.path.stem}/{name}", confidence, qualifiers)

    @staticmethod
    def clause(text: str, begin: int, end: int) -> tuple[int, int]:
        """The clauses that a masked span touches."""
        while begin > 0 and not _WIDE_EDGE.match(text, begin - 1):
            begin -= 1
        edge = _WIDE_EDGE.search(text, end)
        return begin, edge.start() if edge else len(text)

    def openings(self, masked: Masked, start: int) -> Iterator[tuple[int, Reference]]:
        """The references that open a clause before a masked position, with where they stand.

        The nearest stands first, and of a row the last.
        """
        for at in sorted((i for i in masked.at if i < start), reverse=True):
            if at == 0 or _CLAUSE_EDGE.match(masked.text, at - 1):
                row = list(takewhile(lambda i: i in masked.at, range(at, start)))
                if "）、" in masked.text[at:start]:
                    continue  # 甲项目（投资5亿元）、乙项目（年产铜箔5万吨）: of the one before the bracket
                if _SEVERAL.match(masked.text, at, start):
                    return
                if not masked.text.startswith(self.asides, row[-1] + 1):
                    yield from ((i, masked.at[i]) for i in reversed(row))

    def opening(self, masked: Masked, start: int) -> Iterator[Reference]:
        """The references of `openings`."""
        return (reference for _, reference in self.openings(masked, start))

    def lists(self, masked: Masked, begin: int, end: int) -> bool:
        """Whether the name at `begin` is but part of the first member of an enumeration that goes on to `end`.

        甲园电池项目、乙项目: 乙项目 is not of 甲园; but 甲园引进电池项目、乙项目.
        """
        first = masked.text.find("、", begin, end)
        if first < 0 or _WIDE_EDGE.search(masked.text, begin, end):
            return False
        named = [r for at, r in masked.at.items() if begin <= at < first]
        left, right = masked.offsets[begin], masked.offsets[first]
        words = (w for w in self.view.words if left <= w.begin < right and w.tag in _VERBAL)
        return all(any(r.begin <= word.begin < r.end for r in named) for word in words)

    def barrier(self, masked: Masked, start: int) -> int:
        """Where the nearest clause before a masked position begins that a noun without a name opens, or -1."""
        begins = [0, *(edge.end() for edge in _WIDE_EDGE.finditer(masked.text, 0, start))]
        for begin in reversed(begins):
            if self.opens_unnamed(masked, begin, start):
                return begin
        return -1

    def opens_unnamed(self, masked: Masked, begin: int, end: int) -> bool:
        """Whether the first word of a clause that may be a subject is a noun in no name, and no figure follows it."""
        if _FIGURE.match(masked.text, begin, end):
            return False
        words, position = self.view.words, masked.offsets[begin]
        index = bisect_left([word.begin for word in words], position)
        while index < len(words) and words[index].begin < masked.offsets[end]:
            word = words[index]
            if any(r.begin < word.end and word.begin < r.end for r in masked.at.values()):
                return False
            if word.tag in _NOUNS:
                return True
            if word.tag not in _ADVERBIAL:
                return False
            index += 1
        return False

    def under(self, kind: str, kinds: tuple[str, ...]) -> bool:
        """Whether `kind` is one of `kinds` or below one."""
        return any(self.ontology.is_a(kind, top) for top in kinds)

    def is_here(self, entity: Entity) -> bool:
        """Whether an entity is no division outside the place of the article."""
        place = self.view.place
        return not (place and entity.code) or entity.code == place or self.divisions.within(entity.code, place)

    def is_around(self, entity: Entity) -> bool:
        """Whether an entity is a division that contains the place of the article, so that its name says nothing new."""
        place, code = self.view.place, entity.code
        return bool(place and code) and place != code and self.divisions.within(str(place), str(code))

    def scope(self, index: int) -> tuple[str, ...]:
        """What a sentence may be about, but for larger divisions than the article is: 在全省考核中荣获 is no honour of
        the province."""
        return tuple(entity for entity in self.view.scopes[index] if entity not in self._wide)

    def frame(self, index: int) -> tuple[str, ...]:
        """The same of what its section and the document are about."""
        return tuple(entity for entity in self.view.frames[index] if entity not in self._wide)

    @cached_property
    def _wide(self) -> frozenset[str]:
        """The divisions that contain the place of the article, and provinces beside it."""
        wide = (e.id for e in self.view.entities if self.is_around(e) or (self.view.place and e.kind == "Province"))
        return frozenset(wide).difference(self.view.own)

    def entity_at(self, mention: Mention) -> Entity | None:
        """The entity that a mention names."""
        evidence = self.view.clean.evidence(mention.begin, mention.end)
        return self._named.get((mention.kind, evidence))

    @cached_property
    def _named(self) -> dict[tuple[str, Evidence], Entity]:
        """Each entity by its class and each place that names it."""
        return {(entity.kind, each): entity for entity in reversed(self.view.entities) for each in entity.evidence}

    def is_stranger(self, reference: Reference) -> bool:
        """Whether a name holds a place that neither lies in the place of the article nor contains it."""
        place, within = self.view.place, self.divisions.within
        inside = (c for c in self.view.candidates if reference.begin <= c.begin and c.end <= reference.end)
        codes = [c.code for c in inside if c.code]
        return place is not None and any(c != place and not within(c, place) and not within(place, c) for c in codes)

    def is_apart(self, reference: Reference, topic: str) -> bool:
        """Whether a name holds a place that neither lies in the division `topic` nor contains it.

        What opens the name tells where somebody comes from: 江州华星电池项目.
        """
        code, within, opening = self.code_of.get(topic), self.divisions.within, reference.begin
        for place in sorted(self.view.candidates, key=lambda c: (c.begin, -c.end)):
            if not (code and place.code) or place.begin < opening or place.end > reference.end:
                continue
            if place.begin == opening:
                opening = place.end
            elif place.code != code and not within(place.code, code) and not within(code, place.code):
                return True
        return False

    @cached_property
    def known(self) -> frozenset[str]:
        """The entities that the vocabulary of their class names."""
        names = {(m.kind, m.name) for m in self.view.candidates if m.rule.endswith("/vocabulary")}
        return frozenset(entity.id for entity in self.view.entities if (entity.kind, entity.label) in names)

    @cached_property
    def titled(self) -> tuple[str, ...]:
        """What the title names, in its order."""
        titles = self.view.titles
        named = [r.entity for r in self.view.references if any(t.begin <= r.begin < t.end for t in titles)]
        return tuple(dict.fromkeys(named))

    def far_apart(self, one: str, two: str) -> bool:
        """Whether the gazetteer has two divisions in different provinces; of townships it knows too many by a name."""
        codes = [self.code_of.get(entity) for entity in (one, two)]
        first, second = (self.divisions.chain(code) if code else () for code in codes)
        lower = self.divisions.areas.township.level
        known = first and second and lower not in (first[0].level, second[0].level)
        return bool(known) and first[-1] != second[-1]

    def part_of(self, one: str, two: str) -> bool:
        """Whether the gazetteer has division `one` inside division `two`."""
        inner, outer = self.code_of.get(one), self.code_of.get(two)
        return inner is not None and outer is not None and inner != outer and self.divisions.within(inner, outer)

    @cached_property
    def label_of(self) -> dict[str, str]:
        """The label of each entity."""
        return {entity.id: entity.label for entity in self.view.entities}

    @cached_property
    def code_of(self) -> dict[str, str]:
        """The code of each division."""
        return {entity.id: entity.code for entity in self.view.entities if entity.code}

    def naming_span(self, one: str, two: str) -> tuple[int, int]:
        """The clean span from one entity to another where they stand nearest in a sentence; else the first sentence
        that names the first."""
        best: tuple[int, int] | None = None
        for _, _, masked in self.masked:
            ones = [r for r in masked.at.values() if r.entity == one and not r.deictic]
            twos = [r for r in masked.at.values() if r.entity == two and not r.deictic]
            for a in ones:
                for b in twos:
                    span = (min(a.begin, b.begin), max(a.end, b.end))
                    if best is None or span[1] - span[0] < best[1] - best[0]:
                        best = span
        if best:
            return best
        named, evidence = (*self.view.mentions, *self.view.inner), self.view.clean.evidence
        first = next(m for m in named if evidence(m.begin, m.end) in self.evidence_of[one])
        # A byline is no sentence, but may name a place.
        around = ((s.begin, s.end) for s in self.view.sentences if s.begin <= first.begin and first.end <= s.end)
        return next(around, (first.begin, first.end))

    @cached_property
    def evidence_of(self) -> dict[str, frozenset[Evidence]]:
        """Where each entity is named."""
        return {entity.id: frozenset(entity.evidence) for entity in self.view.entities}
