"""One entity of an article → two, by what each is called."""

from __future__ import annotations

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
    names, others = (part.label, *part.aliases), (kept.label, *kept.aliases)

    def whose(entity: str, evidence: Evidence) -> str:
        text = evidence.text
        if entity != kept.id or not any(name in text for name in names):
            return entity
        for name in sorted(names, key=len, reverse=True):  # 天辰 within 天辰新材料 is no other name
            text = text.replace(name, "")
        return entity if any(name in text for name in others) else part.id

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
