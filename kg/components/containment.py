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
    for outer in view.mentions:
        inside = [(m, entity_of(m)) for m in view.inner if outer.begin <= m.begin and m.end <= outer.end]
        whole = entity_of(outer)
        parts = tuple((m, e) for m, e in inside if e is not None)
        if whole is not None and parts:
            found.append(Compound(outer, whole, parts))
    return found


def row(parts: Sequence[tuple[Mention, Entity]], begin: int) -> list[tuple[Mention, Entity]]:
    """Of `parts` those that follow one another from the offset `begin`."""
    found = []
    for mention, entity in parts:
        if mention.begin != begin:
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
