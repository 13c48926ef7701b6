"""Corrections, in their order, over what was read and linked.

Merge, split, rename and retype change things; a correction names a thing as those before it have left
it, or as it was. Claims and observations are rejected, and claims added, when all things are as they
shall be. What does not fit any more is left, and its outcome says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.corrections.model import Add, Correction, Merge, Placed, Reject, Rename, Retype, Split
from kg.corrections.outcome import ADDED, Corrected, Fact, Outcome, Place, Step
from kg.corrections.parting import parted, with_part
from kg.corrections.quotes import find_article, locate, quotes, within
from kg.corrections.things import NotApplied, Things
from kg.linking import Linked, Member
from kg.ontology import Ontology
from kg.parts import comparable
from kg.types import Claim, Entity, Evidence, Extraction


def replay(
    corrections: Sequence[Placed],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    ontology: Ontology,
    segment: Callable[[str], str],
    division: Callable[[str], Place | None] = lambda name: None,
) -> Corrected:
    """`extractions` and `linked` with `corrections` applied.

    `segment` maps a class to that of its IRIs; `division` maps a name or code to the place that the table of
    divisions has for it alone.
    """
    if not corrections:
        return Corrected(tuple(extractions), linked)
    read = {each.article.id: each for each in extractions}
    work = _Work(ontology, Things(linked, segment=segment), read, division)
    steps = [Step(placed) for placed in corrections]
    for phase in (_PREPARE, _FINISH):
        for step in steps:
            action = phase.get(type(step.placed.correction))
            if action is not None and not step.problem:
                try:
                    action(work, step, step.placed.correction)
                except NotApplied as error:
                    step.problem = str(error)
    work.leave_out_what_no_longer_fits(steps)
    outcomes = tuple(work.outcome(step) for step in steps)
    ordered = tuple(work.extractions[each.article.id] for each in extractions)
    return Corrected(ordered, work.things.linked(), outcomes)


@dataclass(slots=True)
class _Work:
    """What is corrected: the things, and what was read of each article by its id."""

    ontology: Ontology
    things: Things
    extractions: dict[str, Extraction]
    division: Callable[[str], Place | None]

    def merge(self, step: Step, correction: Merge) -> None:
        """Make several things one."""
        step.things = [self.things.find(name) for name in correction.things]
        self.things.merge(step.things)

    def rename(self, step: Step, correction: Rename) -> None:
        """Call a thing otherwise."""
        step.things = [self.things.find(correction.thing)]
        self.things.rename(step.things[0], correction.name, keep=correction.keep)

    def retype(self, step: Step, correction: Retype) -> None:
        """Put a thing into another class."""
        step.things = [self.things.find(correction.thing)]
        self.things.retype(step.things[0], correction.class_)

    def split(self, step: Step, correction: Split) -> None:
        """Part a thing in two."""
        thing = self.things.find(correction.thing)
        asked = {find_article(self.extractions, name) for name in correction.articles}
        members = [each for each in self.things.node(thing).members if not asked or each[0] in asked]
        if not members:
            raise NotApplied(f"{', '.join(correction.articles)} does not name {correction.thing}")
        names = frozenset(map(comparable, correction.names))
        moved = [part for each in members for part in self._part(each, names, thing)] if names else members
        if not moved:
            raise NotApplied(f"nothing that is {correction.thing} is called {', '.join(correction.names)}")
        step.things = [thing, self.things.split(thing, moved, self._entities(thing), name=correction.name)]

    def _entities(self, thing: int) -> dict[Member, Entity]:
        wanted = {member[0] for member in self.things.node(thing).members}
        return {(each, one.id): one for each in sorted(wanted) for one in self.extractions[each].entities}

    def _part(self, member: Member, names: frozenset[str], thing: int) -> Iterator[Member]:
        """What of an entity is called one of `names`: all of it, an entity made of that part, or nothing."""
        extraction = self.extractions[member[0]]
        entity = next(each for each in extraction.entities if each.id == member[1])
        own = (entity.label, *entity.aliases)
        called = [name for name in own if comparable(name) in names]
        if len(called) == len(own):
            yield member
        elif called:
            kept, part = parted(entity, called)
            self.extractions[member[0]] = with_part(extraction, kept, part)
            self.things.join(thing, (member[0], part.id))
            yield member[0], part.id

    def resolve(self, step: Step, correction: Reject) -> None:
        """Find the things that a rejection speaks of while they are called so."""
        named = correction.object is not None and not self._leads_to_words(correction.relation)
        names = [correction.subject, *([correction.object or ""] if named else [])]
        step.things = [self.things.find(name) for name in names]

    def reject(self, step: Step, correction: Reject) -> None:
        """Leave out what was read wrongly."""
        only = find_article(self.extractions, correction.article) if correction.article else None
        for article in sorted(self.extractions if only is None else [only]):
            extraction = self.extractions[article]
            facts = extraction.claims if correction.relation else extraction.observations
            found = [each for each in facts if self._is_meant(article, each, step, correction)]
            step.facts += [(article, each) for each in found]
        if not step.facts:
            what = "claim" if correction.relation else "observation"
            where = " in that sentence; it has changed or gone" if correction.sentence else ""
            raise NotApplied(f"no such {what} is read{where}")
        for article in sorted({article for article, _ in step.facts}):
            gone = [fact for each, fact in step.facts if each == article]
            old = self.extractions[article]
            self.extractions[article] = replace(
                old,
                claims=tuple(each for each in old.claims if each not in gone),
                observations=tuple(each for each in old.observations if each not in gone),
            )

    def _is_meant(self, article: str, fact: Fact, step: Step, correction: Reject) -> bool:
        if correction.sentence and not quotes(fact.evidence, correction.sentence):
            return False
        ends: list[int | str] = [self.things.now(each) for each in step.things]
        if isinstance(fact, Claim):
            found = self._ends(article, fact)
            turned = found[::-1] if self.ontology.find_property(fact.predicate).symmetric else found
            if len(ends) < len(found):
                ends.append(correction.object or "")
            return fact.predicate == _plain(correction.relation) and ends in (found, turned) and fact.rule != ADDED
        subject = self.things.of((article, fact.subject))
        asked = {name: getattr(correction, name) for name in ("value", "unit", "period", "kind")}
        same = all(value is None or getattr(fact, name) == value for name, value in asked.items())
        return ends == [subject] and same and comparable(fact.indicator) == comparable(correction.indicator or "")

    def add(self, step: Step, correction: Add) -> None:
        """Take in what was not read."""
        article = find_article(self.extractions, correction.article)
        evidence = locate(self.extractions[article], correction.sentence)
        relation, words = _plain(correction.relation), self._leads_to_words(correction.relation)
        asked = [(correction.subject, correction.subject_class)]
        asked += [] if words else [(correction.object, correction.object_class)]
        ends = [self._known(name, kind) for name, kind in asked]
        kinds = [self.things.node(each).kinds if isinstance(each, int) else each[:1] for each in ends]
        if not self._accepts(relation, *kinds):
            raise NotApplied(f"{relation} does not lead from {' to '.join(' or '.join(each) for each in kinds)}")
        entities = [self._mentioned(each, article, evidence) for each in ends]
        step.things = [self.things.of((article, each)) for each in entities]
        said = tuple(sorted((_plain(name), value) for name, value in correction.qualifiers.items()))
        object_ = correction.object if words else entities[1]
        claim = Claim(entities[0], relation, object_, evidence, ADDED, 1.0, said)
        step.facts = [(article, claim)]
        old = self.extractions[article]
        self.extractions[article] = replace(old, claims=(*old.claims, claim))

    def _leads_to_words(self, relation: str | None) -> bool:
        return _plain(relation) in {each.name for each in self.ontology.attributes}

    def _ends(self, article: str, claim: Claim) -> list[int | str]:
        """The things that a claim relates; a word as it is."""
        words = self._leads_to_words(claim.predicate)
        return [
            self.things.of((article, claim.subject)),
            claim.object if words else self.things.of((article, claim.object)),
        ]

    def _known(self, name: str, kind: str | None) -> int | Place:
        """The thing called `name`, else what is to be made: a place of the table of divisions, or one of `kind`."""
        try:
            return self.things.find(name)
        except NotApplied as error:
            place = self.division(name)
            if place is None and kind is not None:
                place = (kind.removeprefix("kg:"), name, None)
            if place is None or not str(error).startswith("nothing"):
                raise NotApplied(f"{error}" + ("" if kind else "; a new thing needs its class")) from None
            return place

    def _mentioned(self, thing: int | Place, article: str, evidence: Evidence) -> str:
        """The entity of `article` that stands for `thing`, made where there is none."""
        extraction = self.extractions[article]
        if isinstance(thing, int):
            node = self.things.node(thing)
            known = [entity for each, entity in node.members if each == article]
            if known:
                return known[0]
            thing_kind, label, code = node.kinds[0], node.label, node.code
        else:
            thing_kind, label, code = thing
        identity = _unused(f"{thing_kind}/{label}", {each.id for each in extraction.entities})
        made = Entity(identity, thing_kind, label, (), (within(evidence, extraction.article, label),), code)
        self.extractions[article] = replace(extraction, entities=(*extraction.entities, made))
        if isinstance(thing, int):
            self.things.join(thing, (article, identity))
        else:
            self.things.add(made, (article, identity))
        return identity

    def leave_out_what_no_longer_fits(self, steps: Iterable[Step]) -> None:
        """Drop claims that a thing of another class than before cannot have, and note how many."""
        recast = {self.things.now(each) for each in self.things.recast}
        lost: Counter[int] = Counter()
        for article, extraction in self.extractions.items():
            kept = []
            for claim in extraction.claims:
                ends = self._ends(article, claim)
                same = ends[0] == ends[1]  # of which the graph says nothing
                if same or recast.isdisjoint(ends) or self._fits(claim.predicate, ends):
                    kept.append(claim)
                else:
                    lost.update(each for each in recast if each in ends)
            if len(kept) < len(extraction.claims):
                self.extractions[article] = replace(extraction, claims=tuple(kept))
        for step in steps:
            number = max((lost[self.things.now(each)] for each in step.things), default=0)
            if number and isinstance(step.placed.correction, Merge | Retype):
                step.note = f"applied; {number} of its relations are left out, which its class cannot have"

    def _fits(self, relation: str, ends: list[int | str]) -> bool:
        return self._accepts(relation, *(self.things.node(each).kinds for each in ends if isinstance(each, int)))

    def _accepts(self, relation: str, subjects: Sequence[str], objects: Sequence[str] = ()) -> bool:
        """Whether `relation` may lead from one of these classes to one of those; without these, to a word."""
        if objects:
            return any(self.ontology.accepts(relation, one, other) for one in subjects for other in objects)
        domain = self.ontology.find_property(relation).domain
        return any(self.ontology.is_a(kind, name) for kind in subjects for name in domain)

    def outcome(self, step: Step) -> Outcome:
        """What came of a correction, in terms of the outcome."""
        if step.problem:
            return Outcome(step.placed, step.problem)
        paths = tuple(dict.fromkeys(self.things.node(each).path for each in step.things))
        return Outcome(step.placed, "", step.note, paths, tuple(step.facts))


# What is done with a correction in each of the two passes.
_Action = Callable[[_Work, Step, Any], None]
_PREPARE: dict[type[Correction], _Action] = {
    Merge: _Work.merge,
    Split: _Work.split,
    Rename: _Work.rename,
    Retype: _Work.retype,
    Reject: _Work.resolve,
}
_FINISH: dict[type[Correction], _Action] = {Reject: _Work.reject, Add: _Work.add}


def _plain(name: str | None) -> str:
    """The local name of a term."""
    return (name or "").removeprefix("kg:")


def _unused(identity: str, taken: set[str]) -> str:
    while identity in taken:
        identity += "~"
    return identity
