"""The SPARQL 1.1 Protocol as its text has it, for an endpoint that only reads.

Numbers are sections of https://www.w3.org/TR/2013/REC-sparql11-protocol-20130321/, or of the specification named.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from xml.etree import ElementTree

import httpx
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from serving import BASE, PATIENCE, Served, serving

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kg serve needs a system that can fork")

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
ARTICLE, SHARED = BASE + "article/a1", BASE + "dataset"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
SELECT, ASK = "SELECT ?s { ?s a kg:County }", "ASK { ?s a kg:County }"
CONSTRUCT, DESCRIBE = "CONSTRUCT { ?s a kg:Area } { ?s a kg:Area }", f"DESCRIBE <{BASE}area/990001>"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as running:
        yield running


def send(
    served: Served,
    method: str = "GET",
    *,
    params: list[tuple[str, str]] | None = None,
    body: bytes | str | None = None,
    kind: str | None = None,
    accept: str | None = None,
) -> httpx.Response:
    headers = {key: value for key, value in (("Content-Type", kind), ("Accept", accept)) if value}
    return httpx.request(
        method, served.sparql, params=form(*params or ()), content=body, headers=headers, timeout=PATIENCE
    )


def form(*pairs: tuple[str, str]) -> str:
    return str(httpx.QueryParams(list(pairs)))


def values(answer: httpx.Response) -> list[str]:
    """The values of the one variable of a SELECT."""
    assert answer.status_code == 200, answer.text
    return [each["value"] for row in answer.json()["results"]["bindings"] for each in row.values()]


# 2.1 query operation


def test_2_1_1_query_via_get(served: Served) -> None:
    answer = send(served, params=[("query", SELECT)])
    assert values(answer) == [BASE + "area/990001"]


def test_2_1_2_query_via_url_encoded_post(served: Served) -> None:
    answer = send(served, "POST", body=form(("query", SELECT)), kind=FORM)
    assert values(answer) == [BASE + "area/990001"]


def test_2_1_2_a_charset_parameter_of_utf_8_is_fine(served: Served) -> None:
    answer = send(served, "POST", body=form(("query", SELECT)), kind=f"{FORM}; charset=UTF-8")
    assert values(answer) == [BASE + "area/990001"]


def test_2_1_3_query_via_post_directly(served: Served) -> None:
    query = 'SELECT ?s { ?s rdfs:label "东山县"@zh }'
    for kind in (DIRECT, f"{DIRECT}; charset=utf-8"):
        assert values(send(served, "POST", body=query.encode(), kind=kind)) == [BASE + "area/990001"]


def test_2_1_3_the_query_must_be_utf_8(served: Served) -> None:
    query = 'SELECT ?s { ?s rdfs:label "东山县"@zh }'
    assert send(served, "POST", body=query.encode("utf-16"), kind=DIRECT).status_code == 400
    assert send(served, "POST", body=query.encode("utf-16"), kind=f"{DIRECT}; charset=utf-16").status_code == 415


# 2.1.4 specifying an RDF dataset


def test_2_1_4_without_a_dataset_the_default_graph_is_the_whole(served: Served) -> None:
    whole = int(values(send(served, params=[("query", COUNT)]))[0])
    parts = [
        int(values(send(served, params=[("query", COUNT), ("default-graph-uri", each)]))[0])
        for each in (ARTICLE, SHARED)
    ]
    assert all(parts)
    assert sum(parts) == whole
    assert values(send(served, params=[("query", GRAPHS)])) == [ARTICLE, SHARED]


def test_2_1_4_default_graphs_are_merged(served: Served) -> None:
    whole = values(send(served, params=[("query", COUNT)]))
    both = [("query", COUNT), ("default-graph-uri", ARTICLE), ("default-graph-uri", SHARED)]
    assert values(send(served, params=both)) == whole
    assert values(send(served, "POST", body=form(*both), kind=FORM)) == whole
    assert values(send(served, "POST", params=both[1:], body=COUNT, kind=DIRECT)) == whole


def test_2_1_4_only_named_graphs_leave_the_default_graph_empty(served: Served) -> None:
    named = [("named-graph-uri", ARTICLE)]
    assert values(send(served, params=[("query", COUNT), *named])) == ["0"]
    assert values(send(served, params=[("query", GRAPHS), *named])) == [ARTICLE]


def test_2_1_4_only_default_graphs_leave_no_named_graph(served: Served) -> None:
    assert values(send(served, params=[("query", GRAPHS), ("default-graph-uri", ARTICLE)])) == []


def test_2_1_4_default_and_named_graphs_together(served: Served) -> None:
    query = "SELECT ?g { ?span nif:referenceContext ?article . GRAPH ?g { ?thing a kg:County } }"
    given = [("query", query), ("default-graph-uri", ARTICLE), ("named-graph-uri", SHARED)]
    assert set(values(send(served, params=given))) == {SHARED}


def test_2_1_4_the_dataset_of_the_protocol_goes_before_that_of_the_query(served: Served) -> None:
    query = COUNT.replace("{", f"FROM <{ARTICLE}> {{", 1)
    from_article = values(send(served, params=[("query", query)]))
    assert from_article == values(send(served, params=[("query", COUNT), ("default-graph-uri", ARTICLE)]))
    shared = values(send(served, params=[("query", COUNT), ("default-graph-uri", SHARED)]))
    assert values(send(served, params=[("query", query), ("default-graph-uri", SHARED)])) == shared != from_article


def test_2_1_4_the_dataset_of_the_query_counts_where_the_protocol_gives_none(served: Served) -> None:
    query = GRAPHS.replace("?g {", f"?g FROM NAMED <{SHARED}> {{", 1)
    assert values(send(served, params=[("query", query)])) == [SHARED]
    assert values(send(served, params=[("query", COUNT.replace("{", f"FROM NAMED <{SHARED}> {{", 1))])) == ["0"]


def test_2_1_4_a_graph_that_is_not_there_is_empty(served: Served) -> None:
    assert values(send(served, params=[("query", COUNT), ("default-graph-uri", "urn:none")])) == ["0"]


def test_2_1_4_a_graph_is_named_by_an_iri(served: Served) -> None:
    assert send(served, params=[("query", COUNT), ("default-graph-uri", "no iri")]).status_code == 400


# 2.1.5 accepted response formats, 2.1.6 success responses


@pytest.mark.parametrize("query", [SELECT, ASK])
@pytest.mark.parametrize("media", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_2_1_6_select_and_ask_give_results(served: Served, query: str, media: str) -> None:
    answer = send(served, params=[("query", query)], accept=media)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(
    ("media", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_2_1_6_construct_and_describe_give_graphs(served: Served, query: str, media: str, parser: str) -> None:
    answer = send(served, params=[("query", query)], accept=media)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    area = URIRef("https://w3id.org/citykg/ontology#Area")
    assert (URIRef(BASE + "area/990001"), RDF.type, area) in Graph().parse(data=answer.content, format=parser)


def test_2_1_5_formats_are_as_their_specifications_have_them(served: Served) -> None:
    query = "SELECT ?n ?x { ?s a kg:County ; rdfs:label ?n }"

    def body(media: str) -> bytes:
        return send(served, params=[("query", query)], accept=media).content

    assert list(csv.reader(io.StringIO(body("text/csv").decode()))) == [["n", "x"], ["东山县", ""]]
    assert body("text/tab-separated-values").decode().splitlines() == ["?n\t?x", '"东山县"@zh\t']
    name = "{http://www.w3.org/2005/sparql-results#}"
    literal = ElementTree.fromstring(body(XML)).find(f"{name}results/{name}result/{name}binding/{name}literal")
    assert literal is not None
    assert (literal.text, literal.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("东山县", "zh")


def test_2_1_5_what_is_wanted_most_is_given(served: Served) -> None:
    wanted = f"text/csv;q=0.3, {XML};q=0.9, {JSON};q=0.5"
    assert send(served, params=[("query", SELECT)], accept=wanted).headers["content-type"] == XML
    wanted = "text/html;q=0.2, application/n-triples;q=0.7, text/turtle;q=0.6"
    answer = send(served, params=[("query", CONSTRUCT)], accept=wanted)
    assert answer.headers["content-type"] == "application/n-triples"


def test_rfc_9110_15_5_7_what_cannot_be_given_is_406(served: Served) -> None:
    for query, accept in ((SELECT, "text/turtle"), (CONSTRUCT, XML), (ASK, "image/*")):
        answer = send(served, params=[("query", query)], accept=accept)
        assert answer.status_code == 406
        assert "there are" in answer.text


def test_rfc_9110_9_3_2_head_is_get_without_the_body(served: Served) -> None:
    get, head = (send(served, method, params=[("query", SELECT)]) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


# 2.1.7 failure responses


@pytest.mark.parametrize("query", ["", "SELECT", "SELECT * {", "nonsense", "SELECT * { ?s nope:p ?o }"])
def test_2_1_7_what_is_no_query_is_400(served: Served, query: str) -> None:
    answer = send(served, params=[("query", query)])
    assert answer.status_code == 400
    assert answer.text.count("\n") == 1


def test_2_1_a_query_operation_has_just_one_query(served: Served) -> None:
    assert send(served, params=[("query", ASK), ("query", SELECT)]).status_code == 400
    assert send(served, params=[("default-graph-uri", ARTICLE)]).status_code == 400
    assert send(served, "POST", body=form(("default-graph-uri", ARTICLE)), kind=FORM).status_code == 400
    assert send(served, "POST", params=[("query", ASK)], body=ASK, kind=DIRECT).status_code == 400
    assert send(served, "POST", params=[("query", ASK)], body=form(("query", ASK)), kind=FORM).status_code == 400


def test_2_1_parameters_are_percent_encoded_utf_8(served: Served) -> None:
    assert send(served, "POST", body="query=%FF", kind=FORM).status_code == 400
    assert httpx.get(served.sparql + "?query=%FF").status_code == 400


def test_2_1_only_get_and_post_query(served: Served) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = send(served, method, params=[("query", ASK)])
        assert answer.status_code == 405
        assert {each.strip() for each in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", "nonsense", None])
def test_2_1_other_bodies_are_415(served: Served, kind: str | None) -> None:
    assert send(served, "POST", body=ASK, kind=kind).status_code == 415


# 2.2 update operation: this endpoint has none

UPDATES = [
    f"INSERT DATA {{ <{BASE}x> a <{BASE}y> }}",
    "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
    "BASE <urn:x>\n# SELECT * {}\nWITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <file:///etc/passwd>",
    "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:x>",
    "CLEAR ALL",
    "DROP DEFAULT",
    "CREATE GRAPH <urn:x>",
    "COPY DEFAULT TO <urn:x>",
    "MOVE DEFAULT TO <urn:x>",
    "ADD DEFAULT TO <urn:x>",
]


@pytest.mark.parametrize("update", UPDATES)
def test_2_2_updates_are_refused_in_every_way_and_change_nothing(served: Served, update: str) -> None:
    before = values(send(served, params=[("query", COUNT)]))
    assert send(served, "POST", body=form(("update", update)), kind=FORM).status_code == 403
    assert send(served, "POST", body=update, kind="application/sparql-update").status_code == 403
    assert send(served, params=[("update", update)]).status_code == 403
    answer = send(served, params=[("query", update)])
    assert answer.status_code == 400
    assert "only reads" in answer.text
    assert send(served, "POST", body=update, kind=DIRECT).status_code == 400
    assert values(send(served, params=[("query", COUNT)])) == before


# SPARQL 1.1 Service Description, section 2

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")


@pytest.mark.parametrize(("media", "parser"), [("text/turtle", "turtle"), ("application/rdf+xml", "xml")])
def test_service_description_2_a_get_without_a_query_describes_the_service(
    served: Served, media: str, parser: str
) -> None:
    answer = send(served, accept=media)
    assert answer.headers["content-type"] == media
    graph = Graph().parse(data=answer.content, format=parser)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert set(graph.objects(service, SD.endpoint)) == {URIRef(served.sparql)}
    assert SD.SPARQL11Query in set(graph.objects(service, SD.supportedLanguage))
    assert SD.UnionDefaultGraph in set(graph.objects(service, SD.feature))
    assert {FORMATS.SPARQL_Results_JSON, FORMATS.Turtle} <= set(graph.objects(service, SD.resultFormat))
    (dataset,) = graph.objects(service, SD.defaultDataset)
    named = {name for graph_ in graph.objects(dataset, SD.namedGraph) for name in graph.objects(graph_, SD.name)}
    assert named == {URIRef(ARTICLE), URIRef(SHARED)}


def test_service_description_has_406_too(served: Served) -> None:
    assert send(served, accept="image/png").status_code == 406
