"""Graphs in Oxigraph: from files, on disk, through rdflib."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import InputError
from kg.iris import BASE, KG
from kg.store import as_rdflib, graph_of, load_graph, parse_graph, persist_graph
from kg.turtle import write_turtle

TRIPLES = [Triple(NamedNode(BASE + "park/东山园"), NamedNode(KG + "unit"), Literal(str(n))) for n in range(3)]
TEXT = write_turtle(TRIPLES, prefixes={"park": BASE + "park/", "kg": KG})


def test_loads_a_file_with_its_prefixes(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text(TEXT, encoding="utf-8")
    graph = load_graph(file)
    assert set(graph.triples()) == set(TRIPLES)
    assert graph.prefixes["park"] == BASE + "park/"


def test_loads_the_folder_of_a_build(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(TEXT, encoding="utf-8")
    assert set(load_graph(tmp_path).triples()) == set(TRIPLES)


def test_a_store_on_disk_is_opened_again(tmp_path: Path) -> None:
    persist_graph(TRIPLES, tmp_path / "store")
    assert set(load_graph(tmp_path / "store").triples()) == set(TRIPLES)


def test_writing_what_was_loaded_changes_nothing(tmp_path: Path) -> None:
    graph = parse_graph(TEXT.encode(), source="x")
    assert write_turtle(graph.triples(), prefixes=graph.prefixes) == TEXT


def test_rdflib_sees_the_same_store() -> None:
    assert len(as_rdflib(graph_of(TRIPLES))) == 3


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder; kg build makes one"):
        load_graph(tmp_path / "x.ttl")


def test_folder_without_graph(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no graph\.ttl"):
        load_graph(tmp_path)


def test_bad_turtle_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text(TEXT + "\nthis is not Turtle\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.ttl: line \d+: not valid Turtle"):
        load_graph(file)
