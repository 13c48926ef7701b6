"""Claims of names: what a name inside a name says, or one that a name is spelled or begins like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from kg.components.containment import Compound, row
from kg.components.scene import Scene
from kg.components.shortening import common_places, shared
from kg.rulefile import HierarchyData, InnerData
from kg.rules import Rules
from kg.types import Claim, Entity, Mention


class InnerNames:
    """The rules on names inside names, and on divisions inside divisions, applied to one Doc."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.view = scene.view

    def by_inner(
        self, rule: Rules, inner: InnerData, compound: Compound, said: set[tuple[str, str]]
    ) -> Iterator[Claim]:
        """The claims that the names inside a name make."""
        outer, one = compound.mention, compound.entity
        if not self.scene.under(one.kind, inner.outer_kinds):
            return
        if inner.alone and any(one.id == pair[inner.outer == "object"] for pair in said):
            return
        names = (outer.name, self.scene.label_of.get(one.id, ""))
        if inner.name_match and not any(re.search(inner.name_match, name) for name in names):
            return
        fitting = [(m, e) for m, e in compound.parts if self.scene.under(e.kind, inner.inner_kinds) and e.id != one.id]
        if inner.at == "begin":
            fitting = row(fitting, outer.begin, self.scene.part_of)
        if rule.nearest:
            fitting = [(m, e) for m, e in fitting if not self.scene.is_around(e)]
        if inner.here:
            fitting = [(m, e) for m, e in fitting if self.scene.is_here(e)]
        if inner.rest_unless:
            rest = re.compile(inner.rest_unless)
            fitting = [(m, e) for m, e in fitting if not rest.search(self.view.text[m.end : outer.end])]
        for _, two in fitting[-1:] if inner.last else fitting:
            ends = (one.id, two.id) if inner.outer == "subject" else (two.id, one.id)
            if ends not in said:
                said.add(ends)
                yield self.scene.claim(rule, inner.name, inner.confidence, *ends, (outer.begin, outer.end))

    def by_spelling(self, rule: Rules, inner: InnerData, said: set[tuple[str, str]]) -> Iterator[Claim]:
        """The claims of names that hold the name of an entity, where no name inside them said so."""
        side = 0 if inner.outer == "subject" else 1
        done = {pair[side] for pair in said}
        held = [e for e in self.view.entities if self.scene.under(e.kind, inner.inner_kinds) and len(e.label) > 1]
        for mention in self.view.mentions:
            one = self.scene.entity_at(mention)
            fits = one is not None and self.scene.under(mention.kind, inner.outer_kinds) and one.id not in done
            if one is None or not fits or not re.search(inner.name_match, mention.name):
                continue
            names = [e for e in held if e.label in mention.name]
            rest = re.compile(inner.rest_unless or r"\b\B")
            names = [e for e in names if not rest.search(mention.name.split(e.label)[-1])]
            if names:
                two = max(names, key=lambda e: len(e.label))
                ends = (one.id, two.id) if side == 0 else (two.id, one.id)
                done.add(one.id)
                said.add(ends)
                yield self.scene.claim(rule, inner.name, inner.confidence, *ends, (mention.begin, mention.end))

    def by_brand(self, rule: Rules, inner: InnerData, said: set[tuple[str, str]]) -> Iterator[Claim]:
        """The claims of names that begin like another, where no name inside them said so."""
        side = 0 if inner.outer == "subject" else 1
        done = {pair[side] for pair in said}
        holders = [e for e in self.view.entities if self.scene.under(e.kind, inner.inner_kinds)]
        for mention in self.view.mentions:
            if not self.scene.under(mention.kind, inner.outer_kinds):
                continue
            outer = self.scene.entity_at(mention)
            holder = self.namesake(mention, holders, inner.apart)
            if outer is None or holder is None or outer.id in done:
                continue
            done.add(outer.id)
            ends = (outer.id, holder.id) if inner.outer == "subject" else (holder.id, outer.id)
            said.add(ends)
            yield self.scene.claim(rule, inner.name, inner.confidence, *ends, (mention.begin, mention.end))

    def by_hierarchy(self, rule: Rules, hierarchy: HierarchyData, said: set[tuple[str, str]]) -> Iterator[Claim]:
        """Divisions of the chain of the article's place, each in the nearest larger one the article names."""
        named = {entity.code: entity.id for entity in self.view.entities if entity.code}
        place = self.view.place
        for code, entity in sorted(named.items()):
            chain = [division.code for division in self.scene.divisions.chain(code) if division.code != code]
            above = next((c for c in chain if c in named), None)
            on_chain = place is not None and (place in chain or self.scene.divisions.within(place, code))
            pair = (entity, named[above]) if above else None
            if pair and on_chain and pair not in said:
                said.add(pair)
                yield self.scene.claim(rule, hierarchy.name, hierarchy.confidence, *pair, self.scene.naming_span(*pair))

    def namesake(self, mention: Mention, entities: Iterable[Entity], apart: tuple[str, ...]) -> Entity | None:
        """Of `entities` the one whose name a mention begins like, by two characters and half the name at least.

        What they share is no place, and no name of the classes `apart` begins with it.
        """
        places = [c.end - c.begin for c in self.view.candidates if c.begin == mention.begin and c.code]
        best: tuple[int, Entity] | None = None
        others = [entity.label for entity in self.view.entities if self.scene.under(entity.kind, apart)]
        for entity in entities:
            for name in self.brands_of(entity):
                common = shared(name, mention.name)
                least = max(2, (len(name) + 1) // 2, max(places, default=0) + 1)
                if common < least or common == len(mention.name):
                    continue
                if any(other.startswith(name[:common]) for other in others):
                    continue
                if best is None or common > best[0]:
                    best = (common, entity)
        return best[1] if best else None

    def brands_of(self, entity: Entity) -> tuple[str, ...]:
        """The names of an entity, and what is left of its label without the place it begins with (广州|星光储能)."""
        lengths = range(max(map(len, self.common), default=0), 0, -1)
        opening = next((length for length in lengths if entity.label[:length] in self.common), 0)
        return (entity.label, *entity.aliases, *((entity.label[opening:],) if opening else ()))

    @cached_property
    def common(self) -> frozenset[str]:
        """The names and short names of provinces and prefectures."""
        return common_places(self.scene.divisions)
