"""What forms for administrative places such as 我市 and 全省 point to."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from kg.components.doc import View
from kg.lexicon.alternation import alternation
from kg.lexicon.divisions import Divisions
from kg.types import Entity


class PlaceForms:
    """Resolves forms for places against the article's own, and those that it is about."""

    def __init__(self, divisions: Divisions) -> None:
        self.divisions = divisions

    @cached_property
    def forms(self) -> re.Pattern[str]:
        """All forms for administrative places."""
        return re.compile(alternation(tuple(self.divisions.areas.deictic_levels)))

    def place(self, view: View, match: re.Match[str]) -> Entity | None:
        """The administrative place that a form such as 全省 points to, where the article names it."""
        levels = self.divisions.areas.deictic_levels[match.group()]
        if about := self._told_of(view, match.start(), levels):
            return about
        code = self.divisions.resolve_level(view.place, match.group()) if view.place else None
        named = next((entity for entity in view.entities if code and entity.code == code), None)
        if named:
            return named
        classes = {self.divisions.areas.levels[level].class_ for level in levels}
        fitting = {e.id for e in view.entities if (self._level(e.code) in levels if e.code else e.kind in classes)}
        before = [r for r in view.references if r.end <= match.start() and r.entity in fitting]
        by_id = {entity.id: entity for entity in view.entities}
        if code or not before:
            return None
        if len(fitting) > 1 and match.start() - before[-1].end > 300:
            told = Counter(r.entity for r in view.references if r.entity in fitting)
            most, times = told.most_common(1)[0]
            return by_id[most] if 2 * times > told.total() else None
        return by_id[before[-1].entity]

    def _told_of(self, view: View, begin: int, levels: tuple[str, ...]) -> Entity | None:
        """The place of one of `levels` that the sentence of `begin` is about, where the article is about several."""
        by_id = {entity.id: entity for entity in view.entities}
        titled = {
            r.entity
            for s in view.titles
            for r in view.references
            if s.begin <= r.begin < s.end and self._level(by_id[r.entity].code or "") in levels
        }
        here = next((s for s in view.sentences if s.begin <= begin < s.end), None)
        if here is None or len(titled) < 2:
            return None
        before = [s for s in view.sentences if s.begin <= here.begin and s not in view.titles]
        for sentence in reversed(before):
            within = [r for r in view.references if sentence.begin <= r.begin < min(begin, sentence.end)]
            named = {r.entity for r in within} & titled
            if named:
                return by_id[named.pop()] if len(named) == 1 else None
        return None

    def _level(self, code: str) -> str:
        """The level of the division with a code."""
        return next((division.level for division in self.divisions.chain(code) if division.code == code), "")
