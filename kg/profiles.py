"""What is compared of a thing, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.parts import Parts, comparable
from kg.types import Claim, Entity

FEW = 6
"""How many places of a thing are compared at most."""

LIES = "locatedIn"
"""The relation of a thing to where it is; the contract has it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of an entity.

    `readings` are the ways to take its name apart, the likelier first; `aliases` are its other names as they are
    compared; `homes` the divisions where it is or that its article is about; `ties` what tells it from others of
    its name: for a person, posts.
    """

    kind: str
    label: str
    code: str | None
    readings: tuple[Parts, ...]
    aliases: frozenset[str]
    homes: frozenset[str]
    ties: frozenset[str]

    @property
    def parts(self) -> Parts:
        """The likeliest way to take its name apart."""
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a comparison: the name of a rule; or why not, and whether that tells the two `apart`."""

    rule: str | None
    why: str = ""
    apart: bool = False


def homes_of(entity: Entity, entities: Mapping[str, Entity], claims: Mapping[str, list[Claim]]) -> set[str]:
    """The codes of the divisions that an entity is said to lie in, over at most two steps."""
    found: set[str] = set()
    front = {entity.id}
    for _ in range(2):
        above = {claim.object for each in sorted(front) for claim in claims.get(each, ()) if claim.predicate == LIES}
        front = above - front
        found |= {code for each in above if each in entities and (code := entities[each].code)}
    return found


def aligned(one: Profile, two: Profile) -> tuple[Parts, Parts]:
    """The likeliest readings of two names that have one brand; else the likeliest of each."""
    a, b = one.parts, two.parts
    if a.text == b.text and bool(a.codes) != bool(b.codes) and not (a.relative or b.relative):
        return (a, a) if a.codes else (b, b)
    pairs = ((a, b) for a in one.readings for b in two.readings if a.brand == b.brand)
    return next(pairs, (a, b))


def share_alias(one: Profile, two: Profile) -> bool:
    """Whether the full name of one is another name of the other."""
    return comparable(one.label) in two.aliases or comparable(two.label) in one.aliases
