"""What is written parses again, to the same triples, in every parser at hand."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import DataError
from kg.iris import BASE, KG, VOCABULARIES, XSD, encode
from kg.turtle import write_turtle

PREFIXES = {**VOCABULARIES, "enterprise": BASE + "enterprise/", "project": BASE + "project/"}
NAMES = [
    "华星集团", "年产5/10万吨", "A+B", "50%", "（一期）", "·x", "x·y", "“十四五”规划", "5G基地", "a.b.", ".a", "-x",
    "a:b", "x y", "é", "C++", "a,b", "(x)", "N'x", "3.5D", "GB/T 2260", "𠮷野", "～", "—", "、", "《x》", "①",
    "*", "~", "a@b", "㎡", "％", "Ⅲ期", "#1高炉", "a?b", "[x]", "<x>", 'a"b', "a\\b", "a|b^c`d{e}", "$&;=!_",
]  # fmt: skip


def iri(kind: str, name: str) -> NamedNode:
    return NamedNode(f"{BASE}{kind}/{encode(name)}")


def label(name: str) -> Triple:
    return Triple(iri("enterprise", name), NamedNode(VOCABULARIES["rdfs"] + "label"), Literal(name, language="zh"))


SAMPLE = [
    *map(label, NAMES),
    Triple(iri("project", "x"), NamedNode(KG + "value"), Literal("20.06", datatype=NamedNode(XSD + "decimal"))),
    Triple(iri("project", "x"), NamedNode(KG + "value"), Literal("-3", datatype=NamedNode(XSD + "integer"))),
    Triple(iri("project", "x"), NamedNode(KG + "value"), Literal("2021", datatype=NamedNode(XSD + "gYear"))),
    Triple(iri("project", "x"), NamedNode(KG + "value"), Literal('quotes " and \\ and \n\r\t\x01')),
]


def parsed(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


def test_reads_as_the_contract_shows() -> None:
    triple = Triple(iri("project", "年产5万吨铜箔项目"), NamedNode(KG + "undertakenBy"), iri("enterprise", "华星集团"))
    assert "\nproject:年产5万吨铜箔项目 kg:undertakenBy enterprise:华星集团 .\n" in write_turtle(
        [triple], prefixes=PREFIXES
    )


def test_oxigraph_reads_the_same() -> None:
    assert parsed(write_turtle(SAMPLE, prefixes=PREFIXES)) == set(SAMPLE)


def test_rdflib_reads_the_same() -> None:
    graph = rdflib.Graph().parse(data=write_turtle(SAMPLE, prefixes=PREFIXES), format="turtle")
    assert len(graph) == len(SAMPLE)
    assert {str(subject) for subject in graph.subjects()} == {str(triple.subject).strip("<>") for triple in SAMPLE}


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper is not installed (raptor2-utils)")
def test_rapper_reads_the_same(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(write_turtle(SAMPLE, prefixes=PREFIXES), encoding="utf-8")
    done = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", file], capture_output=True, check=True, text=True
    )
    assert {quad.triple for quad in parse(done.stdout, format=RdfFormat.N_TRIPLES)} == set(SAMPLE)


@example(".", "")
@given(st.text(min_size=1).map(str.strip).filter(bool), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_name_survives(name: str, text: str) -> None:
    triple = Triple(iri("enterprise", name), NamedNode(KG + "unit"), Literal(text))
    written = write_turtle([triple], prefixes=PREFIXES)
    assert parsed(written) == {triple}
    graph = rdflib.Graph().parse(data=written, format="turtle")
    assert [str(each) for each in graph.subjects()] == [str(triple.subject).strip("<>")]


def test_order_and_repetition_do_not_count() -> None:
    text = write_turtle(SAMPLE, prefixes=PREFIXES)
    assert write_turtle([*reversed(SAMPLE), *SAMPLE], prefixes=PREFIXES) == text


def test_only_used_prefixes_are_bound() -> None:
    assert "@prefix project:" not in write_turtle([label("x")], prefixes=PREFIXES)


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(DataError, match="blank node"):
        write_turtle([Triple(BlankNode("b"), NamedNode(KG + "unit"), Literal("x"))], prefixes=PREFIXES)
