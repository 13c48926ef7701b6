"""Figures that disagree between articles."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from samples import CITY, OUTPUT, article

from kg.conflicts import Conflict, find_conflicts, write_json, write_text
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.ontology import load_ontology
from kg.query import load_queries, run_query
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of
from kg.types import Extraction, Observation


def told(value: str, *, kind: str = "actual", period: str = "2021") -> Observation:
    """The output of the city as an article gives it, in 亿元."""
    amount = Decimal(value)
    return replace(OUTPUT, value=amount, normalized_value=amount * 10**8, kind=kind, period=period)


def graph(*readings: Observation) -> LoadedGraph:
    """A graph of one article for each reading."""
    extractions = [
        Extraction(article(f"{index:03}"), (CITY,), (), (reading,)) for index, reading in enumerate(readings, start=1)
    ]
    return graph_of(build_graph(extractions, scheme=Scheme(load_ontology(default_folder()))))


def conflicts(*readings: Observation) -> tuple[Conflict, ...]:
    return find_conflicts(graph(*readings))


def test_two_articles_disagree() -> None:
    (found,) = conflicts(told("20.06"), told("21.5"))
    assert (found.label, found.indicator, found.period, found.kind) == ("常宁市", "生产总值", "2021", "actual")
    assert [(reading.file, reading.value) for reading in found.readings] == [("001.txt", "20.06"), ("002.txt", "21.5")]
    assert found.readings[0].sentence == OUTPUT.evidence.text


@pytest.mark.parametrize(
    "other",
    [
        told("20.1"),  # the same, rounded
        told("20"),
        told("25", period="2022"),
        told("25", kind="target"),
    ],
)
def test_what_is_no_conflict(other: Observation) -> None:
    assert not conflicts(told("20.06"), other)


def test_units_are_compared() -> None:
    same = replace(told("20.06"), value=Decimal("200600"), unit="万元")
    assert not conflicts(told("20.06"), same)
    assert conflicts(told("20.06"), replace(same, value=Decimal("190600"), normalized_value=Decimal("1906000000")))


def test_one_article_does_not_conflict_with_itself() -> None:
    twice = Extraction(article(), (CITY,), (), (told("20.06"), told("30")))
    assert not find_conflicts(graph_of(build_graph([twice], scheme=Scheme(load_ontology(default_folder())))))


def test_order_of_articles_does_not_matter() -> None:
    readings = (told("20.06"), told("21.5"), told("23"))
    texts = {write_text(conflicts(*order)).count("常宁市 生产总值") for order in permutations(readings)}
    assert texts == {1}


def test_writers() -> None:
    found = conflicts(told("20.06"), told("21.5"))
    assert "001.txt, characters" in write_text(found)
    assert json.loads(write_json(found))[0]["readings"][1]["value"] == "21.5"


def test_query_pairs_targets_with_results() -> None:
    both = graph(told("30", kind="target", period="2019/2021"), told("20.06"), told("9", period="2020"))
    query = load_queries(default_folder())["targets-and-results"]
    rows = run_query(both, query.text, source=query.name).rows
    assert [[str(getattr(term, "value", term)) for term in row[:8]] for row in rows] == [
        ["常宁市", "生产总值", "2019/2021", "30", "2020", "9", "亿元", "not yet due"],
        ["常宁市", "生产总值", "2019/2021", "30", "2021", "20.06", "亿元", "due"],
    ]


def test_query_of_disputed_figures() -> None:
    both = graph(told("20.06"), told("21.5"), told("21.5"), told("9", period="2020"))
    query = load_queries(default_folder())["disputed-figures"]
    rows = run_query(both, query.text, source=query.name).rows
    assert [[str(getattr(term, "value", term)) for term in row[:6]] for row in rows] == [
        ["常宁市", "生产总值", "2021", "元", "2006000000", "2150000000"],
    ]
