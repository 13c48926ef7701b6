"""SPARQL: answers in all formats, errors that show the place, and questions with parameters."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, parse_query_results
from samples import EXTRACTIONS

from kg.cli import main
from kg.errors import DataError, QueryError
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.ontology import load_ontology
from kg.query import (
    RESULT_WRITERS,
    Answer,
    NamedQuery,
    bind,
    load_queries,
    named_query,
    run_query,
    write_csv,
    write_json,
    write_tsv,
    write_workbook,
)
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of, parse_graph
from kg.turtle import write_turtle

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
    for format, writer in RESULT_WRITERS.items():
        assert format == "turtle" or writer.write(answer)


def test_unknown_name() -> None:
    with pytest.raises(QueryError, match="did you mean projects"):
        named_query(QUERIES, "project")


def test_a_query_without_title(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "x.rq").write_text("ASK {}", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.rq: no title"):
        load_queries(tmp_path)


# Formats


def test_a_workbook_has_numbers_as_numbers_and_all_else_as_text(graph: LoadedGraph) -> None:
    answer = run_query(graph, 'SELECT ("=1+1" AS ?formula) (20.06 AS ?number) ("0012" AS ?text) ?none { }')
    (row,) = openpyxl.load_workbook(io.BytesIO(write_workbook(answer))).active.iter_rows(min_row=2, values_only=True)
    assert row == ("=1+1", 20.06, "0012", None)


def test_a_workbook_keeps_all_digits(graph: LoadedGraph) -> None:
    answer = run_query(graph, "SELECT (12345678901234567890 AS ?n) {}")
    (row,) = openpyxl.load_workbook(io.BytesIO(write_workbook(answer))).active.iter_rows(min_row=2, values_only=True)
    assert row == ("12345678901234567890",)


def test_a_workbook_is_the_same_each_time(graph: LoadedGraph) -> None:
    answer = run_query(graph, LABELS)
    assert write_workbook(answer) == write_workbook(answer)
    assert b"2026" not in write_workbook(answer)[:100]


def test_turtle_of_a_construct_reads_back(graph: LoadedGraph) -> None:
    answer = run_query(graph, "CONSTRUCT { ?x a kg:Project ; rdfs:label ?l } WHERE { ?x a kg:Project ; rdfs:label ?l }")
    text = RESULT_WRITERS["turtle"].write(answer)
    assert len(set(parse_graph(text, source="answer").triples())) == len(answer.rows) == 2
    assert b"project:" in text


def test_turtle_of_a_table() -> None:
    with pytest.raises(QueryError, match="write this answer as csv"):
        RESULT_WRITERS["turtle"].write(Answer(("x",), ((Literal("1"),),)))


# Parameters


def ask(graph: LoadedGraph, query: NamedQuery, **values: str) -> list[tuple[str, ...]]:
    rows = run_query(graph, bind(query, graph, values)).rows
    return [tuple("" if term is None else str(getattr(term, "value", term)) for term in row) for row in rows]


@pytest.mark.parametrize(
    "name", ["常宁市", "东山市", "area:430482", "https://w3id.org/citykg/id/area/430482", " 常宁市 "]
)
def test_a_thing_is_meant_by_any_of_its_names(graph: LoadedGraph, name: str) -> None:
    assert [row[0] for row in ask(graph, QUERIES["mentions"], thing=name)] == ["东山市", "东山市"]


@pytest.mark.parametrize("name", ["001.txt", "001", "题目001", "article:001"])
def test_an_article_is_meant_by_file_and_title(graph: LoadedGraph, name: str) -> None:
    assert {row[0] for row in ask(graph, QUERIES["article-things"], article=name)} == {"001.txt"}


@pytest.mark.parametrize(
    ("query", "values", "message"),
    [
        (
            "mentions",
            {"thing": "远航铜业集困"},
            "thing: no kg:Entity is called 远航铜业集困; did you mean 远航铜业集团",
        ),
        ("mentions", {"thing": "集团"}, "did you mean 远航铜业集团"),
        ("park-enterprises", {"park": "常宁市"}, "park: no kg:Park is called 常宁市"),
        ("mentions", {"thimg": "常宁市"}, "mentions has no parameter thimg; did you mean thing"),
        ("articles", {"thing": "常宁市"}, "articles has no parameter thing; it has none"),
        ("figures", {"year": "去年"}, "year: '去年' is no year"),
        ("investments", {"at_least": "1) } DROP ALL #"}, "at_least: '1\\) } DROP ALL #' is no number"),
        ("thing", {}, "thing: needs --thing: 事物, Thing"),
    ],
)
def test_wrong_parameters(graph: LoadedGraph, query: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        bind(QUERIES[query], graph, values)


@pytest.mark.parametrize("text", ['" } # 生产', "生产\\", "生产\n} UNION { ?s ?p ?o", '\\" . ?x ?y ?z'])
def test_text_never_becomes_part_of_a_query(graph: LoadedGraph, text: str) -> None:
    assert ask(graph, QUERIES["figures"], indicator=text) == []
    assert len(ask(graph, QUERIES["figures"], indicator="生产")) == 1


def test_a_parameter_leaves_the_lines_where_they_are(graph: LoadedGraph) -> None:
    query = QUERIES["mentions"]
    lengths = {len(text.splitlines()) for text in (query.template, query.text, bind(query, graph, {"thing": "常宁市"}))}
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# title: 甲 | A\n# param: x | 乙 | X | text\nASK {}", "no place for parameter x; write VALUES"),
        ("# title: 甲 | A\nASK { VALUES ?_x { UNDEF } }", "0 headers for"),
        ("# title: 甲 | A\n# param: x | 乙 | text\nASK {\n VALUES ?_x { UNDEF }\n}", "x.rq:2: not a parameter"),
        ("# title: 甲 | A\n# param: x | 乙 | X | date\nASK {\n VALUES ?_x { UNDEF }\n}", "'date' is no kind of"),
        ("# title: 甲 | A\n# param: X y | 乙 | X | text\nASK {}", "'X y' is no name of a parameter"),
    ],
)
def test_headers_that_do_not_hold_together(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "x.rq").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_queries(tmp_path)


# The command


@pytest.fixture(scope="module")
def file(graph: LoadedGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    path.write_text(write_turtle(graph.triples(), prefixes=graph.prefixes), encoding="utf-8")
    return path


def kg(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(word) for word in words])
    return done.exit_code, done.output


def test_a_named_question_with_parameters(file: Path) -> None:
    for words in (("--maker", "远航铜业"), ("--maker=远航铜业",)):
        code, text = kg("query", "-g", file, "--name", "products", *words, "-f", "csv")
        assert (code, text) == (0, "product,maker\n")
    code, text = kg("query", "--projects", "x", "-g", file)
    assert (code, "No such option" in text) == (2, True)
    code, text = kg("query", "-g", file, "--name=mentions", "--thimg", "常宁市")
    assert (code, "mentions has no parameter --thimg; did you mean --thing?" in text) == (2, True)
    code, text = kg("query", "-g", file, "--name", "mentions", "--thing")
    assert (code, "'--thing' requires an argument" in text) == (2, True)
    code, text = kg("query", "-g", file, "--name", "mentions", "--thing", "常宁")
    assert (code, "did you mean 常宁市" in text) == (5, True)


def test_the_ending_of_the_output_decides(file: Path, tmp_path: Path) -> None:
    for name, begin in (("a.xlsx", b"PK"), ("a.csv", b"thing,"), ("a.json", b"{"), ("a.txt", b"thing ")):
        assert kg("query", "-g", file, "--name", "names", "-o", tmp_path / name)[0] == 0
        assert (tmp_path / name).read_bytes().startswith(begin)
    code, text = kg("query", "-g", file, "--name", "thing", "--thing", "常宁市")
    assert (code, text.startswith("@prefix")) == (0, True)
    code, text = kg("query", "-g", file, "--name", "names", "-o", tmp_path / "a.pdf")
    assert (code, "a.pdf: no format has this ending" in text) == (3, True)
    assert not (tmp_path / "a.pdf").exists()
