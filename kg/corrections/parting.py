"""One entity of an article → two, by what each is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.parts import comparable
from kg.types import Entity, Evidence, Extraction


def parted(entity: Entity, called: Sequence[str]) -> tuple[Entity, Entity]:
    """`entity` without the names `called`, and an entity that has only these."""
    rest = [name for name in (entity.label, *entity.aliases) if name not in called]
    ours = tuple(each for each in entity.evidence if comparable(each.text) in set(map(comparable, called)))
    theirs = tuple(each for each in entity.evidence if each not in ours)
    label = max(called, key=len)
    part = replace(
        entity,
        id=f"{entity.kind}/{label}~",
        label=label,
        aliases=tuple(name for name in called if name != label),
        evidence=ours or entity.evidence,
        code=None,
    )
    kept = replace(entity, label=rest[0], aliases=tuple(rest[1:]), evidence=theirs or entity.evidence)
    return kept, part


def with_part(extraction: Extraction, kept: Entity, part: Entity) -> Extraction:
    """`extraction` with `part` beside `kept`; facts go to it whose sentence has its names and no other of `kept`."""
    names = {part.label, *part.aliases}
    longest_first = sorted({*names, kept.label, *kept.aliases}, key=lambda name: (-len(name), name))
    any_name = re.compile("|".join(map(re.escape, longest_first)))  # 华星 within 华星新材料 is no name of its own

    def whose(entity: str, evidence: Evidence) -> str:
        said = set(any_name.findall(evidence.text))
        return part.id if entity == kept.id and said and said <= names else entity

    return replace(
        extraction,
        entities=(*(kept if each.id == kept.id else each for each in extraction.entities), part),
        claims=tuple(
            replace(each, subject=whose(each.subject, each.evidence), object=whose(each.object, each.evidence))
            for each in extraction.claims
        ),
        observations=tuple(
            replace(each, subject=whose(each.subject, each.evidence)) for each in extraction.observations
        ),
    )
