"""Why two names are one thing, or two, said in plain words."""

from __future__ import annotations

import pytest
from hardnames import IDENTITY, KNOWLEDGE, SCHEME, Named, extraction_of

from kg.errors import InputError
from kg.graph import build_graph
from kg.reasons import Things, why_not_same, why_same
from kg.store import graph_of

ARTICLES = (
    (Named("Park", "水湾经开区", place="常宁市", date="2020"), Named("Enterprise", "金辰新材料")),
    (Named("Park", "常宁水湾经开区", ("水湾园",), place="常宁市", date="2021"), Named("Enterprise", "天辰新材料")),
    (Named("Township", "城关镇", place="耒阳市", date="2021"), Named("Enterprise", "远航集团", ("远航",))),
    (Named("Township", "城关镇", place="宜宾市", date="2022"), Named("Enterprise", "远航物流")),
)


@pytest.fixture(scope="module")
def things() -> Things:
    extractions = [extraction_of(str(number), *names) for number, names in enumerate(ARTICLES)]
    triples = build_graph(extractions, scheme=SCHEME, divisions=KNOWLEDGE.divisions, identity=IDENTITY)
    graph = graph_of(triples, source="graph", prefixes=SCHEME.prefixes())
    return Things(graph, KNOWLEDGE.ontology, IDENTITY)


def test_a_join_has_rule_and_articles(things: Things) -> None:
    text = why_same(things, "水湾经开区", "常宁水湾经开区")
    assert text.startswith("水湾经开区 and 常宁水湾经开区 are one thing: 常宁水湾经开区  (园区 Park)  <")
    assert "水湾经开区 = 常宁水湾经开区: the same name but for a place left out" in text
    assert "rule linking/place-left-out, confidence 0.92" in text
    assert "《题目0》，2020，0.txt" in text
    assert "《题目1》，2021，1.txt" in text


def test_names_are_joined_over_steps(things: Things) -> None:
    text = why_same(things, "水湾经开区", "水湾园")
    assert "rule linking/place-left-out" in text
    assert "常宁水湾经开区 = 水湾园: one article uses both names for it" in text


@pytest.mark.parametrize("name", ["park:水湾经开区", "park:常宁水湾经开区"])
def test_an_iri_of_fewer_articles_still_leads_to_the_thing(things: Things, name: str) -> None:
    assert "rule linking/place-left-out" in why_same(things, name, "水湾园")


def test_what_tells_names_apart(things: Things) -> None:
    assert "what names them differs: 金辰 ≠ 天辰" in why_not_same(things, "金辰新材料", "天辰新材料")
    assert "远航集团 / 远航物流: the trades differ: none ≠ 物流" in why_not_same(things, "远航", "远航物流")


def test_an_article_that_names_both(things: Things) -> None:
    text = why_not_same(things, "水湾经开区", "金辰新材料")
    assert "an article names both, as two:\n    《题目0》，2020，0.txt" in text
    assert "the classes differ: Park ≠ Enterprise" in text


def test_things_of_one_name(things: Things) -> None:
    assert "they are in different places: 耒阳市 ≠ 宜宾市" in why_not_same(things, "城关镇", "城关镇")


def test_the_wrong_question_names_the_right_one(things: Things) -> None:
    with pytest.raises(InputError, match="金辰新材料 and 天辰新材料 are two things; kg why-not-same says why"):
        why_same(things, "金辰新材料", "天辰新材料")
    with pytest.raises(InputError, match="are one thing; kg why-same says why"):
        why_not_same(things, "水湾经开区", "水湾园")
    with pytest.raises(InputError, match="graph: nothing is called 金辰材料; did you mean 金辰新材料"):
        why_same(things, "金辰材料", "天辰新材料")
