"""Defaults: what holds for an entity of which no pattern said anything better, by what its sentence is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.components.masking import Masked
from kg.components.scene import Scene
from kg.rulefile import DefaultData
from kg.rules import Rules
from kg.types import Claim, Reference


class Defaults:
    """The defaults of rule files applied to one Doc."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.view = scene.view

    def claims(
        self, rule: Rules, default: DefaultData, said: set[tuple[str, str]], spoken: frozenset[tuple[str, str]]
    ) -> Iterator[Claim]:
        """The claims of a default: each entity once, at the first mention where it holds.

        `said` are the ends of all claims of the relation so far, `spoken` those that its patterns read.
        """
        if self.barred_by_title(default):
            return
        side = 0 if default.of == "subject" else 1
        done = set() if default.always else {pair[side] for pair in (spoken if default.despite_inner else said)}
        if not default.own:
            done |= set(self.view.own[:1])
        for index, at, reference in self.named(inner=default.inner):
            _, sentence, masked = self.scene.masked[index]
            if reference.deictic or reference.entity in done or not self.scene.under(reference.kind, default.kinds):
                continue
            if not self.fits(default, masked.text, at, reference):
                continue
            topic = (
                self.inherited(default, index, at, reference.entity, said)
                if default.inherited
                else self.topic(default, index, reference.entity, at)
            )
            if topic is None or self.passed_over(default, masked, at, reference, topic):
                continue
            asked = self.scene.agreeing(rule, reference) if side else None
            if asked and not self.scene.under(self.scene.kind_of[topic], asked):
                continue
            ends = (reference.entity, topic) if side == 0 else (topic, reference.entity)
            if ends in said or ends[::-1] in said:
                continue
            done.add(reference.entity)
            said.add(ends)
            clause = self.scene.clause(masked.text, at, at + 1)
            before = re.search(f"(?:{default.before})$", masked.text[clause[0] : at])
            qualifiers = tuple(sorted(before.groupdict().items())) if before else ()
            whole = (sentence.begin, sentence.end)  # the topic may stand in any part of it
            yield self.scene.claim(rule, default.name, default.confidence, *ends, whole, qualifiers)

    def inherited(
        self, default: DefaultData, index: int, at: int, entity: str, said: set[tuple[str, str]]
    ) -> str | None:
        """The other end that the last name of the default's classes before it in its paragraph has, if any."""
        side = 0 if default.of == "subject" else 1
        block = self.view.sentences[index].block
        while index >= 0 and self.view.sentences[index].block == block:
            _, _, masked = self.scene.masked[index]
            for place, reference in sorted(masked.at.items(), reverse=True):
                if place >= at or reference.entity == entity or not self.scene.under(reference.kind, default.kinds):
                    continue
                if re.search(default.from_match, self.view.text[reference.begin : reference.end]):
                    ends = sorted(pair[1 - side] for pair in said if pair[side] == reference.entity)
                    return next((e for e in ends if self.scene.under(self.scene.kind_of[e], default.topic)), None)
            index, at = index - 1, len(self.view.text)
        return None

    def barred_by_title(self, default: DefaultData) -> bool:
        """Whether the title names first or says what keeps a default from holding in the article."""
        first = next((self.scene.kind_of[e] for e in self.scene.titled if e in self.scene.kind_of), "")
        if first and self.scene.under(first, default.untitled):
            return True
        titles = (self.view.text[title.begin : title.end] for title in self.view.titles)
        return bool(default.title_unless) and any(re.search(default.title_unless, title) for title in titles)

    def named(self, *, inner: bool) -> Iterator[tuple[int, int, Reference]]:
        """Each reference with its sentence and its place there; `inner` names stand where the outer is."""
        for index, _, masked in self.scene.masked:
            yield from ((index, at, reference) for at, reference in sorted(masked.at.items()))
        for index, _, masked in self.scene.masked if inner else ():
            places = {reference.begin: at for at, reference in masked.at.items()}
            for compound in self.scene.compounds_from(places):
                for mention, entity in compound.parts:
                    at = places[compound.mention.begin]
                    yield index, at, Reference(mention.begin, mention.end, entity.id, entity.kind)

    def section(self, default: DefaultData, index: int) -> tuple[str, ...]:
        """What counts as topic of a sentence under the scope ``section``: see `kg.rules.DefaultData`."""
        frame = self.scene.frame(index)
        near = []
        for entity in self.scene.scope(index):
            carried = self.scene.under(self.scene.kind_of.get(entity, ""), default.carried)
            around = any(entity == place or self.scene.part_of(place, entity) for place in frame)
            now = entity == self.view.subjects[index]
            opening = now and self.opens(default, index, entity)
            if (carried and (now or not around)) or (opening and not carried):
                near.append(entity)
        return (*near, *frame)

    def opens(self, default: DefaultData, index: int, entity: str) -> bool:
        """Whether an entity opens its sentence the way a default asks for."""
        _, _, masked = self.scene.masked[index]
        first = next((at for at, r in sorted(masked.at.items()) if r.entity == entity), 0)
        return bool(re.search(f"(?:{default.opened})$", masked.text[:first]))

    def passed_over(self, default: DefaultData, masked: Masked, at: int, reference: Reference, topic: str) -> bool:
        """Whether what a name holds or what stands between it and the topic of another class goes before that."""
        if not default.elsewhere and self.scene.is_apart(reference, topic):
            return True
        if self.scene.under(self.scene.kind_of[topic], default.beside):
            return False
        since = max((i for i, r in masked.at.items() if i < at and r.entity == topic), default=-1)
        return any(since < i < at and self.scene.under(r.kind, default.beside) for i, r in masked.at.items())

    def label(self, default: DefaultData, index: int) -> tuple[str, ...]:
        """What a heading or the begin of a paragraph puts sentence `index` under: see `DefaultData`."""
        block = self.view.sentences[index].block
        for sentence, (_, _, masked) in zip(self.view.sentences[index::-1], self.scene.masked[index::-1], strict=True):
            if sentence.role != "heading" and sentence.block != block:
                continue
            for at, reference in sorted(masked.at.items()):
                if (
                    self.scene.under(reference.kind, default.topic)
                    and re.fullmatch(default.labelled[0], masked.text[:at])
                    and re.match(default.labelled[1], masked.text[at + 1 :])
                ):
                    return (reference.entity,)
            if sentence.role == "heading" or re.match("|".join(default.labelled[2:]) or r"\b\B", masked.text):
                break
        return ()

    def fits(self, default: DefaultData, text: str, at: int, reference: Reference) -> bool:
        """Whether the clause around a masked name meets the conditions of a default."""
        if not default.strangers and self.scene.is_stranger(reference):
            return False
        if not default.known and reference.entity in self.scene.known:
            return False
        begin, end = self.scene.clause(text, at, at + 1)
        name = self.view.text[reference.begin : reference.end]
        if default.within and not re.search(default.within, text[begin:end]):
            return False
        if default.before and not re.search(f"(?:{default.before})$", text[begin:at]):
            return False
        if default.behind_unless and re.search(default.behind_unless, text[:at]):
            return False
        if default.after and not re.match(default.after, text[at + 1 :]):
            return False
        if default.unless and re.search(default.unless, text[begin:end]):
            return False
        if default.name_match and not re.search(default.name_match, name):
            return False
        return not (default.name_unless and re.search(default.name_unless, name))

    def topic(self, default: DefaultData, index: int, entity: str, at: int) -> str | None:
        """The nearest entity the sentence may be about that the default accepts as other end."""
        scopes = {
            "sentence": self.scene.scope(index),
            "section": self.section(default, index),
            "document": self.view.own,
            "lead": self.view.own[:1],
            "title": self.scene.titled,
            "label": self.label(default, index) if default.labelled else (),
        }
        scope = scopes[default.scope]
        if default.last:
            here = [r for i, r in sorted(self.scene.masked[index][2].at.items()) if i < at]
            before = [r for r in here if default.back or not r.deictic]
            for earlier in range(index - 1, max(index - 1 - default.back, -1), -1):
                row = [r for _, r in sorted(self.scene.masked[earlier][2].at.items())]
                before = [*row, *before]
            scope = (*(reference.entity for reference in reversed(before)), *scope)
        if default.clause:
            masked = self.scene.masked[index][2]
            opening = [
                (place, r) for place, r in self.scene.openings(masked, at) if not self.scene.lists(masked, place, at)
            ]
            scope = (*(reference.entity for _, reference in opening), *scope)
        scope = (*self.sole(default, index, at, entity), *scope)
        fitting = (e for e in scope if e != entity and self.scene.under(self.scene.kind_of.get(e, ""), default.topic))
        unless = default.topic_unless
        found = next((e for e in fitting if not (unless and re.search(unless, self.scene.label_of[e]))), None)
        away = found is not None and self.scene.under(self.scene.kind_of[found], default.here)
        named = away and any(r.entity == found for r in self.scene.masked[index][2].at.values())
        return None if away and not named else found

    def sole(self, default: DefaultData, index: int, at: int, entity: str) -> tuple[str, ...]:
        """The one entity of `default.sole` that the sentence names, else its paragraph before a masked position."""
        if not default.sole:
            return ()
        _, sentence, masked = self.scene.masked[index]
        here = {r.entity for r in masked.at.values() if self.scene.under(r.kind, default.sole)} - {entity}
        if not here:
            begin = self.view.clean.blocks[sentence.block].begin
            before = (r for r in self.view.references if begin <= r.begin < masked.offsets[at])
            here = {r.entity for r in before if self.scene.under(r.kind, default.sole)} - {entity}
        return tuple(here) if len(here) == 1 else ()
