"""What forms such as 我市, 园区 and 该公司 point to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from kg.components.doc import View
from kg.components.placeforms import PlaceForms
from kg.components.sentencesubjects import SubjectReader
from kg.lexicon.alternation import alternation
from kg.lexicon.deixis import Deixis, Form
from kg.lexicon.divisions import Divisions
from kg.types import Entity, Reference

_PHASE = 4  # characters: 一期 and 二期工程 are phases of a project that has a longer name
MOST = 0.6  # of the names of its kind, those of what a form means however far back
_DESCRIPTION = r"(?:[^，。；、：\s]{1,20}?|[^，。；：\s“”]{1,40}?(?:(?<=的)|(?=的)))"
_BRAND = 2  # characters that names of one house share
_CLAUSE = re.compile(r"(?:[，。；：！？、\n“—]|[，。！？…]”)$")


class Pointers:
    """Resolve the forms of a document."""

    def __init__(self, deixis: Deixis, divisions: Divisions, subjects: SubjectReader) -> None:
        self.deixis = deixis
        self.divisions = divisions
        self.subjects = subjects
        self.places = PlaceForms(divisions)

    @cached_property
    def _forms(self) -> tuple[re.Pattern[str], dict[str, tuple[Form, ...]]]:
        words: dict[str, tuple[Form, ...]] = {}
        for form in (form for form in self.deixis.form if not form.described):
            for word in form.words:
                words[word] = (*words.get(word, ()), form)
        return re.compile(alternation(tuple(words) or ("\n",))), words

    @cached_property
    def own_forms(self) -> frozenset[str]:
        """The words that point to the document's own zone."""
        zones = [form for form in self.deixis.form if form.own and set(form.kinds) <= set(self.deixis.zone_kinds)]
        return frozenset(word for form in zones for word in form.words)

    def told(self, text: str) -> tuple[int, int]:
        """How many forms for a zone and for an administrative place a text has."""
        zones = re.compile(alternation(tuple(self.own_forms) or ("\n",)))
        return len(zones.findall(text)), len(self.places.forms.findall(text))

    def references(self, view: View, own: list[Entity], said: Iterable[Reference] = ()) -> list[Reference]:
        """References of all forms that can be resolved and do not lie inside a name, and those `said` by speakers."""
        covered = bytearray(len(view.text))
        for reference in view.references:
            covered[reference.begin : reference.end] = b"\1" * (reference.end - reference.begin)
        found = [reference for reference in said if not any(covered[reference.begin : reference.end])]
        for reference in found:
            covered[reference.begin : reference.end] = b"\1" * (reference.end - reference.begin)
        zone = own[0] if own and self.subjects.of_kinds(own[0].kind, self.deixis.zone_kinds) else None
        for match in self.places.forms.finditer(view.text):
            if zone and match.group() in self.own_forms:
                continue
            place = self.places.place(view, match)
            if place and not any(covered[match.start() : match.end()]):
                found.append(Reference(match.start(), match.end(), place.id, place.kind, deictic=True))
                covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        for form, described in self._described:
            for match in described.finditer(view.text):
                target = self._target(view, own, form, match, list(view.references))
                end = match.end()
                if covered[end - 1]:
                    continue  # 该煤炭超市位于甲产业园: the last words are those of a name
                if any(covered[match.start() : end]) or re.search(r"\d", match[0]):
                    # 这家2015年落户玉山的企业: the name inside stays one, and the year.
                    end = match.start() + len(next(w for w in form.described if match[0].startswith(w)))
                if target and not any(covered[match.start() : end]):
                    found.append(Reference(match.start(), end, target.id, target.kind, deictic=True))
                    covered[match.start() : end] = b"\1" * (end - match.start())
        expression, words = self._forms
        for match in expression.finditer(view.text):
            if any(covered[match.start() : match.end()]):
                continue
            known = sorted([*view.references, *found])
            forms = words[match.group()]
            target = next(filter(None, (self._target(view, own, form, match, known) for form in forms)), None)
            if target:
                found.append(Reference(match.start(), match.end(), target.id, target.kind, deictic=True))
                covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        return found

    @cached_property
    def _phases(self) -> re.Pattern[str]:
        return re.compile(self.deixis.phase)

    @cached_property
    def _described(self) -> list[tuple[Form, re.Pattern[str]]]:
        """Forms with a description between their parts: 该煤炭超市项目."""
        forms = [form for form in self.deixis.form if form.described]
        return [
            (form, re.compile(rf"{alternation(form.described)}{_DESCRIPTION}{alternation(form.words)}"))
            for form in forms
        ]

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

    def _target(
        self, view: View, own: list[Entity], form: Form, match: re.Match[str], known: list[Reference]
    ) -> Entity | None:
        begin, end = match.span()
        if not self._stands(view, form, begin, end):
            return None
        by_id = {entity.id: entity for entity in view.entities}
        mine = [entity for entity in own if self.subjects.of_kinds(entity.kind, form.kinds)]
        if form.same_end:
            mine = [entity for entity in mine if ends_in(entity, match.group())]
        if form.titled and mine[:1] and mine[0] is own[0]:
            return mine[0]
        before = [r for r in view.references if r.end <= begin and self.subjects.of_kinds(r.kind, form.kinds)]
        if form.same_end:
            before = [r for r in before if ends_in(by_id[r.entity], match.group())]
        led = self.leading(view, form, begin, known) if form.subject_first or form.local else []
        if form.same_end:
            led = [r for r in led if ends_in(by_id[r.entity], match.group())]
        earlier = [by_id[r.entity] for r in before]
        if form.subject_first:
            free = [r for r in before if not view.text.endswith(self.deixis.object_after, 0, r.begin)]
            before = led or self._opening(view, form, begin) or self._above(view, form, begin) or free or before
        if form.nearest and before:
            if self._past(view, before[-1], begin):
                return None
            if whole := self._whole(view, form, by_id[before[-1].entity], earlier):
                return whole
            if self._beyond(view, before[-1], end):
                return None
        near = before and begin - before[-1].end < form.reach
        last = by_id[before[-1].entity] if near else None
        if last and self._another(form, view.text[before[-1].end : begin]):
            return None
        if form.own and led:
            return by_id[led[-1].entity]
        if form.own and mine:
            return mine[0]
        if form.own and last:
            alike = [r for r in before if ends_in(by_id[r.entity], match.group())]
            return by_id[alike[0].entity] if alike else last
        if last and not self._away(view, form, before[-1], begin):
            return last
        return self._only(view, form, match.group(), by_id) if form.sole else None

    def _another(self, form: Form, between: str) -> bool:
        """Whether the words since the last name tell of another: 乙地一家企业; but not 甲公司是一家企业."""
        told = self._said_of.sub("", between)
        return any(word in told for word in form.unless_after)

    @cached_property
    def _said_of(self) -> re.Pattern[str]:
        return re.compile(self.deixis.said_of or r"\b\B")

    def _away(self, view: View, form: Form, last: Reference, begin: int) -> bool:
        """Whether more paragraphs part a form from what was named last than it may point over."""
        return form.paragraphs is not None and self._apart(view, last, begin) > form.paragraphs

    def _only(self, view: View, form: Form, word: str, by_id: dict[str, Entity]) -> Entity | None:
        """The one entity that a document names of the kinds of `form`, or that most of such names are of."""
        named = Counter(
            r.entity
            for r in view.references
            if self.subjects.of_kinds(r.kind, form.kinds) and (not form.same_end or ends_in(by_id[r.entity], word))
        )
        most, times = named.most_common(1)[0] if named else ("", 0)
        return by_id[most] if times > MOST * named.total() else None

    def _whole(self, view: View, form: Form, phase: Entity, before: Sequence[Entity]) -> Entity | None:
        """The project of which `phase` is one, where it is named too: by the rest of the name, or last `before`."""
        match = self._phases.search(phase.label)
        if not match:
            return None
        rest = phase.label[: match.start()]
        if not rest:
            return next((e for e in reversed(before) if not self._phases.search(e.label)), None)
        names = {rest, *(rest + word for word in form.words)}
        same = (e for e in view.entities if e.kind == phase.kind and e.id != phase.id)
        return next((e for e in same if names & {e.label, *e.aliases}), None)

    def _beyond(self, view: View, last: Reference, end: int) -> bool:
        """Whether the form that ends at `end` means more than `last`: all that is listed, or all phases."""
        phase = last.end - last.begin <= _PHASE and view.text.startswith(self.deixis.whole_before, end)
        return phase or view.text.startswith(self.deixis.list_ends, last.end)

    def _opening(self, view: View, form: Form, begin: int) -> list[Reference]:
        """The name that opens the sentence of `begin` as its subject, if a form may mean it."""
        here = next((s for s in view.sentences if s.begin <= begin < s.end), None)
        within = [r for r in view.references if here and here.begin <= r.begin < begin]
        subject = self.subjects.subject(view, here, within) if here and not form.nearest else None
        return [r for r in within if r.entity == subject and self.subjects.of_kinds(r.kind, form.kinds)][:1]

    def _above(self, view: View, form: Form, begin: int) -> list[Reference]:
        """What the paragraph above that of `begin` is about, where its own names nothing that a form may mean."""
        here = next((s for s in view.sentences if s.begin <= begin < s.end), None)
        first = min((s.begin for s in view.sentences if here and s.block == here.block), default=begin)
        may = [r for r in view.references if self.subjects.of_kinds(r.kind, form.kinds)]
        if here is None or form.nearest or any(first <= r.begin < begin for r in may):
            return []
        for sentence in reversed([s for s in view.sentences if s.block == here.block - 1]):
            within = [r for r in view.references if sentence.begin <= r.begin < sentence.end]
            subject = self.subjects.subject(view, sentence, within)
            if told := [r for r in within if r.entity == subject and r in may]:
                return told[:1]
        return []

    def _past(self, view: View, last: Reference, begin: int) -> bool:
        """Whether one of the `rivals` that has nothing to do with `last` opens a sentence after it.

        甲公司二期项目投产。乙公司生产电机，项目占地50亩: of no project named.
        """
        sentences = [s for s in view.sentences if last.end <= s.begin <= begin]
        for sentence in sentences:
            within = [r for r in view.references if sentence.begin <= r.begin < min(begin, sentence.end)]
            subject = self.subjects.subject(view, sentence, within)
            opening = next((r for r in within if r.entity == subject), None)
            rival = opening if opening and self.subjects.of_kinds(opening.kind, self.deixis.rivals) else None
            if rival and not self._beside(view, last.entity, rival.entity):
                return True
        return False

    @staticmethod
    def _beside(view: View, one: str, two: str) -> bool:
        """Whether a sentence names two entities, or one stands in the name of the other."""
        places = [r.begin for r in view.references if r.entity == one]
        around = [s for s in view.sentences if any(s.begin <= place < s.end for place in places)]
        if any(s.begin <= r.begin < s.end for s in around for r in view.references if r.entity == two):
            return True
        names = {e.id: (e.label, *e.aliases) for e in view.entities if e.id in (one, two)}
        return any(name[:_BRAND] == other[:_BRAND] or other in name for name in names[one] for other in names[two])

    @staticmethod
    def _apart(view: View, reference: Reference, begin: int) -> int:
        """How many paragraphs after `reference` the form at `begin` stands; all of them where a heading parts them."""
        between = [s for s in view.sentences if reference.begin < s.end and s.begin <= begin]
        if any(sentence.role == "heading" for sentence in between):
            return len(view.sentences)
        return len({sentence.block for sentence in between}) - 1

    def leading(self, view: View, form: Form, begin: int, known: list[Reference]) -> list[Reference]:
        """What opens the nearest sentence before that of `begin` in its paragraph, if a form may mean it.

        One of the references `known` so far, a form among them: 甲公司…。公司由乙集团控股。公司拥有….
        """
        here = next((s for s in view.sentences if s.begin <= begin < s.end), None)
        if here is None or any(here.begin <= r.begin < begin for r in view.references):
            return []
        for sentence in reversed([s for s in view.sentences if s.end <= here.begin and s.block == here.block]):
            within = [r for r in known if sentence.begin <= r.begin < sentence.end]
            named = [r for r in within if self.subjects.of_kinds(r.kind, form.kinds)]
            if form.nearest and named:
                whole = [r for r in named if r.end - r.begin > _PHASE] or named
                return whole[:1] if whole[0].entity == self.subjects.subject(view, sentence, within) else whole[-1:]
            subject = self.subjects.subject(view, sentence, within)
            for reference in within:
                if reference.entity == subject and self.subjects.of_kinds(reference.kind, form.kinds):
                    return [reference]
        return []


def ends_in(entity: Entity, words: str) -> bool:
    """Whether a name of an entity ends with `words`."""
    return any(name.endswith(words) for name in (entity.label, *entity.aliases))
