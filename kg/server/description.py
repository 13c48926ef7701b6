"""What the endpoint says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple, serialize

from kg.iris import RDF, VOID, XSD
from kg.server.answering import Question, Reply, no_format
from kg.server.dataset import Dataset
from kg.server.media import GRAPHS, choose

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
FORMAT_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "N-Quads",
    "TriG",
    "N3",
)
"""Of https://www.w3.org/ns/formats/, those of RESULTS and GRAPHS."""


def describe_service(dataset: Dataset, question: Question) -> Reply:
    """The description of the endpoint at the question's address, in RDF."""
    media = choose(question.accept, GRAPHS)
    if media is None:
        return no_format(GRAPHS)
    prefixes = {"sd": SD, "formats": FORMATS, "void": VOID}
    body = serialize(_triples(dataset, question.address), format=GRAPHS[media], prefixes=prefixes)
    return Reply(200, media, body or b"")


def _triples(dataset: Dataset, address: str) -> Iterator[Triple]:
    service, whole, union = (NamedNode(address + part) for part in ("#service", "#dataset", "#union"))

    def say(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
        return Triple(subject, NamedNode(predicate), value)

    yield say(service, RDF + "type", NamedNode(SD + "Service"))
    yield say(service, SD + "endpoint", NamedNode(address))
    yield say(service, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Query"))
    yield say(service, SD + "feature", NamedNode(SD + "UnionDefaultGraph"))
    for name in FORMAT_NAMES:
        yield say(service, SD + "resultFormat", NamedNode(FORMATS + name))
    yield say(service, SD + "defaultDataset", whole)
    yield say(whole, RDF + "type", NamedNode(SD + "Dataset"))
    yield say(whole, SD + "defaultGraph", union)
    yield say(union, RDF + "type", NamedNode(SD + "Graph"))
    yield say(union, VOID + "triples", _number(len(dataset.store)))
    for graph in sorted(dataset.store.named_graphs(), key=str):
        if isinstance(graph, NamedNode):
            named = NamedNode(f"{address}#graph={graph.value}")
            yield say(whole, SD + "namedGraph", named)
            yield say(named, RDF + "type", NamedNode(SD + "NamedGraph"))
            yield say(named, SD + "name", graph)


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode(XSD + "integer"))
