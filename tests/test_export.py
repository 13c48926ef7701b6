"""Every format holds the same triples."""

from __future__ import annotations

import json

import pytest
import rdflib
from rdflib.compare import isomorphic
from samples import EXTRACTIONS

from kg.export import WRITERS, export_graph
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.ontology import load_ontology
from kg.scheme import Scheme

SCHEME = Scheme(load_ontology(default_folder()))
TRIPLES = build_graph(EXTRACTIONS, scheme=SCHEME)
RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}


def written(name: str) -> str:
    return export_graph(TRIPLES, format=name, prefixes=SCHEME.prefixes())


@pytest.mark.parametrize("name", list(WRITERS))
def test_rdflib_reads_all_triples(name: str) -> None:
    graph = rdflib.Graph().parse(data=written(name), format=RDFLIB_NAMES[name])
    assert len(graph) == len(TRIPLES)
    assert isomorphic(graph, rdflib.Graph().parse(data=written("ttl"), format="turtle"))


@pytest.mark.parametrize("name", list(WRITERS))
def test_order_does_not_count(name: str) -> None:
    assert export_graph(reversed(TRIPLES), format=name, prefixes=SCHEME.prefixes()) == written(name)


def test_jsonld_is_short() -> None:
    found = {node["@id"]: node for node in json.loads(written("jsonld"))["@graph"]}
    assert found["enterprise:远航铜业集团"]["@type"] == ["kg:Enterprise", "kg:Entity", "kg:Organization"]
    assert found["enterprise:远航铜业集团"]["rdfs:label"] == [{"@language": "zh", "@value": "远航铜业集团"}]
