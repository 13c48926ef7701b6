"""Extractions → triples as the vocabulary contract has them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import NamedNode, Triple
from samples import CITY, EXTRACTIONS, FIRST_EXTRACTION, GROUP, INVESTS, LIES, OUTPUT, PROJECT, SENTENCE, TEXT, evidence

from kg.graph import build_graph
from kg.iris import BASE, KG
from kg.knowledge import default_folder
from kg.lexicon.divisions import load_divisions
from kg.ontology import load_ontology
from kg.query import display, run_query
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of
from kg.turtle import write_turtle
from kg.types import Extraction

SCHEME = Scheme(load_ontology(default_folder()))
DIVISIONS = load_divisions(default_folder() / "lexicon")
PROJECT_IRI = "project:年产5%2F10万吨铜箔项目（一期）"


def built(*extractions: Extraction, base: str = BASE) -> LoadedGraph:
    triples = build_graph(extractions, scheme=SCHEME, divisions=DIVISIONS, base=base)
    return graph_of(triples, prefixes=SCHEME.prefixes(base=base))


@pytest.fixture(scope="module")
def graph() -> LoadedGraph:
    return built(*EXTRACTIONS)


def rows(graph: LoadedGraph, query: str) -> list[tuple[str, ...]]:
    return [tuple(display(term, graph.prefixes) for term in row) for row in run_query(graph, query).rows]


def test_entity_has_all_its_classes(graph: LoadedGraph) -> None:
    assert rows(graph, "SELECT ?c { enterprise:远航铜业集团 a ?c }") == [
        ("kg:Enterprise",), ("kg:Entity",), ("kg:Organization",),
    ]  # fmt: skip


def test_entity_has_one_label_and_its_other_names(graph: LoadedGraph) -> None:
    assert rows(graph, "SELECT ?l { enterprise:远航铜业集团 rdfs:label ?l }") == [("远航铜业集团",)]
    assert rows(graph, "SELECT ?l { enterprise:远航铜业集团 skos:altLabel ?l }") == [("远航铜业",)]


def test_entity_is_mentioned_in_both_articles(graph: LoadedGraph) -> None:
    query = "SELECT ?file ?words { enterprise:远航铜业集团 prov:wasDerivedFrom ?s . ?s nif:anchorOf ?words ; " \
        "nif:referenceContext ?a . enterprise:远航铜业集团 kg:mentionedIn ?a . ?a dcterms:source ?file }"  # fmt: skip
    assert rows(graph, query) == [("001.txt", "远航铜业集团"), ("002.txt", "远航铜业")]


def test_relation_stands_twice(graph: LoadedGraph) -> None:
    assert rows(graph, f"ASK {{ {PROJECT_IRI} kg:undertakenBy enterprise:远航铜业集团 }}") == [("true",)]
    query = """SELECT ?rule ?confidence ?begin ?end ?words ?article {
      ?c a rdf:Statement ; rdf:predicate kg:undertakenBy ; rdf:object enterprise:远航铜业集团 ;
        kg:rule ?rule ; kg:confidence ?confidence ; prov:wasDerivedFrom ?s .
      ?s a nif:RFC5147String ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?words ;
      nif:referenceContext ?article }"""
    found = INVESTS.evidence
    place = (str(found.begin), str(found.end))
    assert rows(graph, query) == [("undertakenBy/invest-in", "0.93", *place, SENTENCE, "article:001")]
    assert TEXT[found.begin : found.end] == SENTENCE


def test_span_iri_is_that_of_rfc_5147(graph: LoadedGraph) -> None:
    found = INVESTS.evidence
    assert rows(graph, f"ASK {{ <{BASE}article/001#char={found.begin},{found.end}> a nif:RFC5147String }}") == [
        ("true",)
    ]


def test_observation(graph: LoadedGraph) -> None:
    query = """SELECT ?value ?unit ?norm ?normUnit ?period ?kind ?label { ?o a kg:Observation ; kg:subject area:430482 ;
      kg:value ?value ; kg:unit ?unit ; kg:normalizedValue ?norm ; kg:normalizedUnit ?normUnit ; kg:period ?period ;
      kg:kind ?kind ; kg:indicator ?i . ?i rdfs:label ?label ; a kg:Indicator }"""
    assert rows(graph, query) == [("20.06", "亿元", "2006000000", "元", "2021", "actual", "生产总值")]


def test_article(graph: LoadedGraph) -> None:
    query = "SELECT ?title ?issued ?publisher ?creator ?file { article:001 a kg:Article ; dcterms:title ?title ; " \
        "dcterms:issued ?issued ; dcterms:publisher ?publisher ; dcterms:creator ?creator ; " \
        "dcterms:source ?file ; kg:sha256 ?sum }"  # fmt: skip
    assert rows(graph, query) == [("题目001", "2022-02", "东山日报", "甲乙", "001.txt")]


def test_areas_lie_where_the_gazetteer_has_them(graph: LoadedGraph) -> None:
    assert rows(graph, "SELECT ?l { area:430482 kg:locatedIn+/rdfs:label ?l }") == [("湖南省",), ("衡阳市",)]
    assert rows(graph, "ASK { ?c rdf:subject area:430482 ; rdf:predicate kg:locatedIn }") == [("false",)]
    assert rows(graph, "ASK { area:430000 a kg:Province ; kg:adcode '430000' ; kg:mentionedIn ?a }") == [("false",)]
    assert rows(graph, "ASK { area:430000 a kg:Province, kg:Area ; kg:adcode '430000' }") == [("true",)]


def test_an_area_is_labelled_as_the_gazetteer_has_it(graph: LoadedGraph) -> None:
    assert rows(graph, "SELECT ?l { area:430482 rdfs:label ?l }") == [("常宁市",)]
    assert rows(graph, "SELECT ?l { area:430482 skos:altLabel ?l }") == [("东山市",)]


def test_every_place_of_a_fact_has_a_claim_of_its_own() -> None:
    again = replace(INVESTS, evidence=evidence("远航铜业集团投资30亿元"))
    graph = built(replace(FIRST_EXTRACTION, claims=(INVESTS, again)))
    assert len(rows(graph, "SELECT ?c { ?c rdf:predicate kg:undertakenBy }")) == 2


def test_what_is_read_twice_at_one_place_is_one_claim_as_sure_as_the_surer() -> None:
    twice = (replace(INVESTS, confidence=0.5), INVESTS, replace(INVESTS, confidence=0.7))
    graph = built(replace(FIRST_EXTRACTION, claims=twice))
    assert rows(graph, "SELECT ?c { ?x rdf:predicate kg:undertakenBy ; kg:confidence ?c }") == [("0.93",)]


def test_two_offices_in_one_sentence_are_two_claims() -> None:
    twice = tuple(replace(INVESTS, qualifiers=(("position", name),)) for name in ("书记", "市长"))
    graph = built(replace(FIRST_EXTRACTION, claims=twice))
    assert rows(graph, "SELECT ?p { ?x kg:position ?p }") == [("书记",), ("市长",)]


def test_claim_iris_do_not_depend_on_other_articles(graph: LoadedGraph) -> None:
    query = "SELECT ?c { ?c rdf:predicate kg:undertakenBy }"
    assert rows(graph, query) == rows(built(FIRST_EXTRACTION), query)


def test_qualifiers_stand_on_the_claim() -> None:
    claim = replace(LIES, qualifiers=(("position", "市长"),))
    assert rows(built(replace(FIRST_EXTRACTION, claims=(claim,))), "SELECT ?p { ?c kg:position ?p }") == [("市长",)]


def test_what_became_one_thing_is_not_related_to_itself() -> None:
    twin = replace(CITY, id="City/twin")
    claim = replace(LIES, subject=twin.id, object=CITY.id)
    graph = built(replace(FIRST_EXTRACTION, entities=(CITY, GROUP, PROJECT, twin), claims=(claim,)))
    assert rows(graph, "ASK { ?c a rdf:Statement }") == [("false",)]


def test_whole_numbers_are_plain() -> None:
    figures = tuple(replace(OUTPUT, value=Decimal(value)) for value in ("1E+3", "20.60", "-7"))
    graph = built(replace(FIRST_EXTRACTION, observations=figures))
    assert rows(graph, "SELECT ?v { ?o kg:value ?v }") == [("-7",), ("1000",), ("20.6",)]


def test_base_is_an_option() -> None:
    graph = built(*EXTRACTIONS, base="https://example.org/kg/")
    assert rows(graph, "ASK { <https://example.org/kg/enterprise/远航铜业集团> a kg:Enterprise }") == [("true",)]
    assert not [t for t in graph.triples() if isinstance(t.subject, NamedNode) and t.subject.value.startswith(BASE)]


def test_no_order_changes_the_turtle() -> None:
    def text(extractions: tuple[Extraction, ...]) -> str:
        triples = build_graph(extractions, scheme=SCHEME, divisions=DIVISIONS)
        return write_turtle(triples, prefixes=SCHEME.prefixes())

    assert len({text(order) for order in itertools.permutations(EXTRACTIONS)}) == 1


def test_no_blank_nodes(graph: LoadedGraph) -> None:
    def named(triple: Triple) -> bool:
        return isinstance(triple.subject, NamedNode) and not str(triple.object).startswith("_:")

    assert all(map(named, graph.triples()))


def test_every_kind_of_thing_has_a_prefix() -> None:
    prefixes = SCHEME.prefixes()
    assert prefixes["enterprise"] == BASE + "enterprise/"
    assert all(SCHEME.segment(each.name) in prefixes for each in SCHEME.ontology.entities)
    assert SCHEME.segment("City") == "area"
    assert SCHEME.lineage("City") == ("City", "Area", "Entity")
    assert prefixes["kg"] == KG
