"""The hard names of `tests/linking/`: things of real naming patterns, each named in a small article of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samples import article, entity

from kg.identity import Identity, make_identity
from kg.knowledge import load_knowledge
from kg.linking import link
from kg.scheme import Scheme
from kg.types import Claim, Extraction, Metadata

FOLDER = Path(__file__).parent / "linking"
KNOWLEDGE = load_knowledge()
IDENTITY: Identity = make_identity(KNOWLEDGE)
SCHEME = Scheme(KNOWLEDGE.ontology)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in an article: its class, other names there, the article's place and date, and a person's body.

    `place` is the full name of a division, `post` a class and a name with a colon between.
    """

    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    place: str = ""
    date: str = ""
    post: str = ""


def extraction_of(identity: str, *names: Named) -> Extraction:
    """An article that names `names`; its place and date are those of the first."""
    entities, claims = [], []
    for each in names:
        one = entity(each.kind, each.name, *each.aliases)
        entities.append(one)
        if each.post:
            kind, _, body = each.post.partition(":")
            code = KNOWLEDGE.divisions.by_name[body][0].code if kind == "City" else None
            other = entity(kind, body, code=code)
            entities.append(other)
            claims.append(Claim(one.id, "affiliatedWith", other.id, one.evidence[0], "affiliatedWith/test", 0.9))
    first = names[0]
    place = KNOWLEDGE.divisions.by_name[first.place][0].code if first.place else None
    source = article(identity, issued=first.date or None)
    assert isinstance(source.metadata, Metadata)
    return Extraction(source, tuple({one.id: one for one in entities}.values()), tuple(claims), (), place=place)


def clusters(named: dict[str, Named]) -> dict[str, str]:
    """The IRI path that linking gives each of `named`, an article each."""
    extractions = [extraction_of(key, one) for key, one in named.items()]
    found = link(extractions, family=SCHEME.segment, identity=IDENTITY)
    return {key: found.node_of[key, f"{one.kind}/{one.name}"].path for key, one in named.items()}


def pairs() -> Iterator[tuple[str, bool, Named, Named]]:
    """The pairs of ``pairs.tsv``: the pattern, whether the two are one, and the two."""
    lines = (FOLDER / "pairs.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        cells = line.split("\t") + [""] * (lines[0].count("\t") - line.count("\t"))
        pattern, verdict, kind = cells[:3]
        one, two = (Named(kind, name, (), place, date, post) for name, place, date, post in (cells[3:7], cells[7:11]))
        yield pattern, verdict == "same", one, two
