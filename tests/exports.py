"""A graph whose names and words are awkward in every format, and what is written of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Triple
from samples import EXTRACTIONS, article, entity, evidence

from kg.export import Content, Selection, prepare
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.ontology import load_ontology
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of
from kg.types import Claim, Extraction, Observation

ONTOLOGY = load_ontology(default_folder())
SCHEME = Scheme(ONTOLOGY)

WORDS = "他说：\"A|B\\C；<x>&'y'\"，甲;乙 并称“丙,丁” $1 `z` {k} 。"
TEXT = f"王子甲任远航铜业集团董事长。{WORDS}东山市远航铜业集团获“A<B>&C”称号，年产铜箔1.50万吨。"
PERSON = entity("Person", "王子甲", text=TEXT)
GROUP = entity("Enterprise", "远航铜业集团", "远航\t铜业", 'Far "Sail" Copper', text=TEXT)
PLACE = entity("City", "东山市", code="430482", text=TEXT)
HONOUR = entity("Honour", "A<B>&C", "甲|乙;丙", text=TEXT)
LEADS = Claim(
    PERSON.id,
    "affiliatedWith",
    GROUP.id,
    evidence("王子甲任远航铜业集团董事长", text=TEXT),
    "affiliatedWith/x",
    0.9,
    (("position", "董事长"),),
)
HOLDS = Claim(GROUP.id, "hasHonour", HONOUR.id, evidence(WORDS, text=TEXT), "hasHonour/x", 0.6)
HOLDS_TWICE = Claim(GROUP.id, "hasHonour", HONOUR.id, evidence("获“A<B>&C”称号", text=TEXT), "hasHonour/y", 0.5)
AGAIN = Claim(GROUP.id, "cooperatesWith", PLACE.id, evidence("东山市远航铜业集团", text=TEXT), "again", 0.7)
MAKES = Observation(
    GROUP.id,
    "铜箔产量",
    Decimal("1.50"),
    "万吨",
    Decimal(15000),
    "吨",
    None,
    "actual",
    evidence(WORDS, text=TEXT),
    "f/x",
    1,
)
THIRD = Extraction(
    article("003 b", text=TEXT), (PLACE, GROUP, HONOUR, PERSON), (LEADS, HOLDS, HOLDS_TWICE, AGAIN), (MAKES,)
)


def stored(triples: Iterable[Triple]) -> set[Triple]:
    """`triples` as a store has them, which writes 1.0 as 1."""
    return set(graph_of(triples).triples())


TRIPLES: list[Triple] = sorted(stored(build_graph((*EXTRACTIONS, THIRD), scheme=SCHEME)), key=str)


def graph(triples: list[Triple] | None = None) -> LoadedGraph:
    """The graph, in memory."""
    return graph_of(TRIPLES if triples is None else triples, prefixes=SCHEME.prefixes())


def content(
    format: str, *, selection: Selection | None = None, described: bool = True, triples: list[Triple] | None = None
) -> Content:
    """The graph, prepared for `format`."""
    return prepare(graph(triples), format=format, ontology=ONTOLOGY, selection=selection, described=described)
