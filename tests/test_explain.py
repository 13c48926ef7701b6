"""What a graph says of one thing, with the words it was read from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import EXTRACTIONS, FIRST_EXTRACTION, PROJECT, SENTENCE, evidence

from kg.errors import InputError
from kg.explain import explain, write_explanation
from kg.graph import build_graph
from kg.iris import BASE
from kg.knowledge import default_folder
from kg.lexicon.divisions import load_divisions
from kg.ontology import load_ontology
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of
from kg.types import Claim
from kg.view import page_data, read_model


@pytest.fixture(scope="module")
def graph() -> LoadedGraph:
    scheme = Scheme(load_ontology(default_folder()))
    triples = build_graph(EXTRACTIONS, scheme=scheme, divisions=load_divisions(default_folder() / "lexicon"))
    return graph_of(triples, source="graph", prefixes=scheme.prefixes())


@pytest.mark.parametrize(
    "name",
    [
        "远航铜业集团",
        "远航铜业",
        "enterprise:远航铜业集团",
        f"{BASE}enterprise/远航铜业集团",
        f"<{BASE}enterprise/远航铜业集团>",
    ],
)
def test_finds_by_any_name(graph: LoadedGraph, name: str) -> None:
    (found,) = explain(graph, name, ontology=default_folder())
    assert found.node.label == "远航铜业集团"


def test_each_fact_shows_sentence_article_and_rule(graph: LoadedGraph) -> None:
    (found,) = explain(graph, "远航铜业集团", ontology=default_folder())
    text = write_explanation(found)
    assert "年产5/10万吨铜箔项目（一期） —由…承担→ 远航铜业集团" in text
    assert f"“{SENTENCE}”" in text
    assert "《题目001》，东山日报，2022-02，001.txt, characters 10–" in text
    assert "rule undertakenBy/invest-in, confidence 0.93" in text
    assert "also called: 远航铜业" in text


def test_figures_and_background(graph: LoadedGraph) -> None:
    (found,) = explain(graph, "area:430482", ontology=default_folder())
    text = write_explanation(found)
    assert "常宁市 生产总值 2021 = 20.06 亿元 (actual)" in text
    assert "常宁市 —位于→ 衡阳市\n  background knowledge" in text


def test_unknown_name_gets_the_nearest(graph: LoadedGraph) -> None:
    with pytest.raises(InputError, match="graph: nothing is called 远洋铜业集团; did you mean 远航铜业集团"):
        explain(graph, "远洋铜业集团", ontology=default_folder())


def test_what_is_said_in_a_word(graph: LoadedGraph) -> None:
    started = Claim(PROJECT.id, "status", "开工", evidence(SENTENCE), "status/started", 0.9, (("period", "2021"),))
    extraction = replace(FIRST_EXTRACTION, claims=(*FIRST_EXTRACTION.claims, started))
    triples = build_graph([extraction], scheme=Scheme(load_ontology(default_folder())))
    (found,) = explain(graph_of(triples), PROJECT.label, ontology=default_folder())
    assert [(each.term.name, each.word) for each in found.attributes] == [("status", "开工")]
    assert f"{PROJECT.label} 建设阶段: 开工\n  时期: 2021\n  “{SENTENCE}”" in write_explanation(found)
    page = page_data(read_model(graph_of(triples).store, default_folder()))
    assert [(page["nodes"][node]["label"], word) for node, _, word, _ in page["attributes"]] == [
        (PROJECT.label, "开工")
    ]
