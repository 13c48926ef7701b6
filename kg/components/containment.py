"""What lies inside what: names inside longer names, and of several containers the nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.components.doc import View
from kg.types import Claim, Entity, Mention


@dataclass(frozen=True)
class Compound:
    """A name that holds names: the entity it names and the `parts` inside it, in text order."""

    mention: Mention
    entity: Entity
    parts: tuple[tuple[Mention, Entity], ...]


def compounds(view: View) -> list[Compound]:
    """The names of a Doc that hold names, in text order."""
    named: dict[tuple[int, int, str], Entity] = {}
    for entity in view.entities:
        for evidence in entity.evidence:
            named.setdefault((evidence.begin, evidence.end, entity.kind), entity)

    def entity_of(mention: Mention) -> Entity | None:
        evidence = view.clean.evidence(mention.begin, mention.end)
        return named.get((evidence.begin, evidence.end, mention.kind))

    found = []
    for outer in sorted((*view.mentions, *view.inner)):
        inside = [(m, entity_of(m)) for m in direct(outer, view.inner)]
        whole = entity_of(outer)
        parts = tuple((m, e) for m, e in inside if e is not None)
        if whole is not None and parts:
            found.append(Compound(outer, whole, parts))
    return found


def direct(outer: Mention, inner: Iterable[Mention]) -> list[Mention]:
    """Of the `inner` names those inside `outer` that are not inside another name there."""
    inside = [m for m in inner if within(m, outer)]
    return [m for m in inside if not any(within(m, other) for other in inside)]


def within(inner: Mention, outer: Mention) -> bool:
    """Whether one mention lies inside a longer one."""
    return outer.begin <= inner.begin and inner.end <= outer.end and inner.end - inner.begin < outer.end - outer.begin


def row(
    parts: Sequence[tuple[Mention, Entity]], begin: int, part_of: Callable[[str, str], bool]
) -> list[tuple[Mention, Entity]]:
    """Of `parts` those that follow one another from the offset `begin`, each inside the one before (江苏省常州市)."""
    found: list[tuple[Mention, Entity]] = []
    for mention, entity in parts:
        if mention.begin != begin or (found and entity.code and not part_of(entity.id, found[-1][1].id)):
            break
        found.append((mention, entity))
        begin = mention.end
    return found


def nearest(claims: Iterable[Claim], part_of: Callable[[str, str], bool]) -> list[Claim]:
    """The claims but for those whose object contains, by the claims or `part_of`, another object of their subject."""
    kept = list(claims)
    objects: dict[str, set[str]] = defaultdict(set)
    for claim in kept:
        objects[claim.subject].add(claim.object)

    def inside(one: str, two: str) -> bool:
        """Whether `one` lies in `two`, over any number of steps."""
        seen, todo = set(), [one]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo += sorted(objects.get(here, ()))
        return two in seen - {one} or part_of(one, two)

    return [
        claim
        for claim in kept
        if not any(
            inside(other, claim.object) and not inside(claim.object, other)
            for other in sorted(objects[claim.subject] - {claim.object})
        )
    ]
