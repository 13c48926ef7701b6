"""SPARQL: answers in four formats, and errors that show the place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from samples import EXTRACTIONS

from kg.errors import DataError, QueryError
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.ontology import load_ontology
from kg.query import RESULT_WRITERS, load_queries, named_query, run_query, write_csv, write_json, write_tsv
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of

QUERIES = load_queries(default_folder())


@pytest.fixture(scope="module")
def graph() -> LoadedGraph:
    scheme = Scheme(load_ontology(default_folder()))
    return graph_of(build_graph(EXTRACTIONS, scheme=scheme), prefixes=scheme.prefixes())


LABELS = "SELECT ?x ?l ?none { ?x a kg:Project ; rdfs:label ?l }"


def test_prefixes_need_no_declaration(graph: LoadedGraph) -> None:
    assert run_query(graph, LABELS).columns == ("x", "l", "none")


def test_csv(graph: LoadedGraph) -> None:
    assert write_csv(run_query(graph, LABELS)).splitlines() == [
        "x,l,none",
        "https://w3id.org/citykg/id/project/年产5%2F10万吨铜箔项目（一期）,年产5/10万吨铜箔项目（一期）,",
    ]


def test_tsv(graph: LoadedGraph) -> None:
    text = write_tsv(run_query(graph, LABELS))
    assert text.splitlines()[0] == "?x\t?l\t?none"
    solutions = parse_query_results(text.encode(), format=QueryResultsFormat.TSV)
    assert isinstance(solutions, QuerySolutions)
    assert [str(each["l"]) for each in solutions] == ['"年产5/10万吨铜箔项目（一期）"@zh']


def test_json(graph: LoadedGraph) -> None:
    answer = run_query(graph, "SELECT ?l ?v ?u { ?o kg:value ?v ; kg:unit ?u ; kg:indicator/rdfs:label ?l }")
    found = json.loads(write_json(answer))
    assert found["head"] == {"vars": ["l", "v", "u"]}
    assert found["results"]["bindings"] == [
        {
            "l": {"type": "literal", "value": "生产总值", "xml:lang": "zh"},
            "v": {"type": "literal", "value": "20.06", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
            "u": {"type": "literal", "value": "亿元"},
        }
    ]


def test_ask(graph: LoadedGraph) -> None:
    assert json.loads(write_json(run_query(graph, "ASK { ?x a kg:Park }"))) == {"head": {}, "boolean": False}


def test_construct(graph: LoadedGraph) -> None:
    answer = run_query(graph, "CONSTRUCT { ?x a kg:Project } WHERE { ?x a kg:Project }")
    assert (answer.form, len(answer.rows)) == ("construct", 1)


def test_solutions_are_sorted(graph: LoadedGraph) -> None:
    rows = run_query(graph, "SELECT ?l { ?x rdfs:label ?l }").rows
    assert [str(row[0]) for row in rows] == sorted(str(row[0]) for row in rows)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x {\n ?x foo }", "q: line 2, column 10: not valid SPARQL"),
        ('SELECT ?x {\n "常宁" a foo:Bar }', "q: line 2, column 9: prefix foo: is not declared"),
        ("", "q: line 1, column 1: not valid SPARQL"),
    ],
)
def test_errors_show_the_place(graph: LoadedGraph, query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(graph, query, source="q")
    assert str(caught.value).startswith(message)


def test_the_caret_stands_below_the_place(graph: LoadedGraph) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(graph, 'SELECT ?x {\n "常宁" a foo:Bar }')
    _, line, mark = str(caught.value).splitlines()
    assert line == ' "常宁" a foo:Bar }'
    assert mark == " " * 10 + "^"  # two Chinese characters take four columns


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_named_queries_run_and_say_what_they_are(graph: LoadedGraph, name: str) -> None:
    query = QUERIES[name]
    assert query.title != query.title_en
    assert query.description
    answer = run_query(graph, query.text, source=name)
    for write in RESULT_WRITERS.values():
        assert write(answer)


def test_unknown_name() -> None:
    with pytest.raises(QueryError, match="did you mean projects"):
        named_query(QUERIES, "project")


def test_a_query_without_title(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "x.rq").write_text("ASK {}", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.rq: no title"):
        load_queries(tmp_path)
