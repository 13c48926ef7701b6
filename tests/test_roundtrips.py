"""What is written is read back by the tools of other makers, and nothing is lost on the way."""

from __future__ import annotations

import csv
import functools
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import duckdb
import networkx
import pyarrow.parquet
import pyoxigraph
import pytest
import rdflib
from exports import TRIPLES, content
from pyoxigraph import NamedNode, RdfFormat, Triple
from rdflib.compare import isomorphic

from kg.export import export_files
from kg.export.graphs import quads
from kg.export.neo4j import ARRAY
from kg.export.network import Network, joined
from kg.iris import BASE, KG, RDF
from kg.knowledge import default_folder

NODE = Path(__file__).parent / "node"
READ = NODE / "read.mjs"
MEDIA = {"ttl": "turtle", "nq": "nquads", "trig": "trig", "nt": "ntriples", "rdf": "rdfxml"}

needs_rapper = pytest.mark.skipif(not shutil.which("rapper"), reason="rapper is not installed (raptor2-utils)")
JARS = Path("/usr/share/java")
needs_owlapi = pytest.mark.skipif(
    not shutil.which("javac") or not (JARS / "owlapi-distribution.jar").exists(),
    reason="the OWL API is not installed (default-jdk-headless libowlapi-java)",
)
needs_node = pytest.mark.skipif(
    not shutil.which("node") or not (NODE / "node_modules").is_dir(),
    reason="the readers of tests/node are not installed (npm ci --prefix tests/node)",
)


def file(folder: Path, name: str, suffix: str = "") -> Path:
    """The graph, written in the format `name`."""
    path = folder / f"graph{suffix or '.' + name}"
    export_files(content(name), path, format=name)
    return path


def by_rdflib(path: Path, name: str) -> bytes:
    dataset = rdflib.Dataset()
    dataset.parse(
        path, format={"ttl": "turtle", "nq": "nquads", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}.get(name, name)
    )
    return dataset.serialize(format="nquads", encoding="utf-8")


def by_pyoxigraph(path: Path, name: str) -> bytes:
    quads = pyoxigraph.parse(path=path, format=RdfFormat.from_extension(name))
    return pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b""


def by_rapper(path: Path, name: str) -> bytes:
    command = ["rapper", "-q", "-i", MEDIA[name], "-o", "nquads", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def node(reader: str, path: Path) -> bytes:
    done = subprocess.run(["node", READ, reader, path], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def by_n3(path: Path, name: str) -> bytes:
    return node(MEDIA[name], path)


RDF_READERS = [
    *((by_rdflib, name) for name in ("ttl", "nq", "trig", "nt", "rdf", "jsonld")),
    *((by_pyoxigraph, name) for name in ("ttl", "nq", "trig", "nt", "rdf", "jsonld")),
    *(pytest.param(by_rapper, name, marks=needs_rapper) for name in ("ttl", "nq", "trig", "nt", "rdf")),
    *(pytest.param(by_n3, name, marks=needs_node) for name in ("ttl", "nq", "trig", "nt")),
]


@pytest.mark.parametrize(("read", "name"), RDF_READERS)
def test_rdf(read: Callable[[Path, str], bytes], name: str, tmp_path: Path) -> None:
    """Isomorphic, and since no node is blank, equal; each graph of a dataset for itself."""
    found, meant = graphs(read(file(tmp_path, name), name)), graphs(meaning(name))
    assert found.keys() == meant.keys()
    for each in meant:
        assert isomorphic(found[each], meant[each])


@functools.cache
def meaning(name: str) -> bytes:
    """What the format `name` is to hold, as N-Quads."""
    given = content(name)
    rows = quads(given) if name in ("nq", "trig") else given.triples()
    return "".join(f"{each} .\n" for each in rows).encode()


def graphs(nquads: bytes) -> dict[str, rdflib.Graph]:
    found: dict[str, rdflib.Graph] = {}
    for quad in pyoxigraph.parse(nquads, format=RdfFormat.N_QUADS):
        graph = found.setdefault(str(quad.graph_name), rdflib.Graph())
        graph.parse(data=f"{quad.triple} .", format="nt")
    return found


def by_owl_api(path: Path) -> dict[str, list[str]]:
    """Counts of facts, of those with annotations, and what is not OWL 2 DL."""
    command = ["java", "-cp", f"{JARS}/*", str(Path(__file__).parent / "java" / "ReadOwl.java"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {}
    for kind, _, said in (line.partition(" ") for line in done.stdout.splitlines()):
        found.setdefault(kind, []).append(said)
    return found


@needs_owlapi
def test_owl(tmp_path: Path) -> None:
    """All is OWL 2 DL, and each claim annotates its fact."""
    found = by_owl_api(file(tmp_path, "owl", ".owl.ttl"))
    claims = [t for t in TRIPLES if t.object == NamedNode(RDF + "Statement")]
    assert found.pop("annotated") == [str(len(claims))]
    assert found.keys() == {"facts"}


@needs_owlapi
def test_the_ontology_is_owl_2_dl() -> None:
    assert "violation" not in by_owl_api(default_folder() / "citykg.ttl")


@needs_owlapi
def test_what_is_not_owl_2_dl_is_found(tmp_path: Path) -> None:
    assert by_owl_api(file(tmp_path, "ttl"))["violation"]


# Networks


@functools.cache
def network() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Nodes and edges by id, with every field as one text."""
    given = Network(content("graphml"))
    nodes = {
        each.id: {"label": each.label, "class": next(iter(each.classes), ""), "classes": joined(list(each.classes))}
        | {name: number(joined(value)) for name, value in each.fields.items()}
        for each in given.nodes()
    }
    edges = {
        each.id: {"source": each.source, "target": each.target, "relation": each.relation}
        | {name: number(joined(value)) for name, value in each.fields.items()}
        for each in given.edges()
    }
    return nodes, edges


def test_a_network_has_every_triple_and_literal() -> None:
    nodes, edges = network()
    literals = {joined([t.object.value]) for t in TRIPLES if isinstance(t.object, pyoxigraph.Literal)}
    fields = [value for row in (*nodes.values(), *edges.values()) for value in row.values()]
    parts = {part for value in fields for part in re.split(r"(?<!\\)\|", value)}
    assert {
        each for each in literals if each not in parts and each.replace("\\|", "|").replace("\\\\", "\\") not in fields
    } == set()
    links = {
        (str(t.subject)[1:-1], t.predicate.value, t.object.value) for t in TRIPLES if isinstance(t.object, NamedNode)
    }
    between = {(s, re.split("[/#]", p)[-1], o) for s, p, o in links if s in nodes and o in nodes}
    assert between == {(each["source"], each["relation"], each["target"]) for each in edges.values()}


def as_texts(rows: dict[str, dict[str, object]]) -> dict[str, dict[str, str]]:
    return {key: {name: plain(value) for name, value in row.items()} for key, row in rows.items()}


def plain(value: object) -> str:
    """A number as it was written: without the zeros and point that a reader adds."""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx(name: str, tmp_path: Path) -> None:
    read = {"graphml": functools.partial(networkx.read_graphml, force_multigraph=True), "gexf": networkx.read_gexf}
    graph = read[name](file(tmp_path, name))
    nodes, edges = network()
    assert as_texts(dict(graph.nodes(data=True))) == nodes
    found = {
        key if name == "graphml" else data.pop("id"): {"source": source, "target": target, **data}
        for source, target, key, data in graph.edges(keys=True, data=True)
    }
    for row in found.values():
        if name == "gexf":
            assert row.pop("label") == row["relation"]
    assert as_texts(found) == edges


@needs_node
@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_graphology(name: str, tmp_path: Path) -> None:
    found = json.loads(node(name, file(tmp_path, name)))
    nodes, edges = network()
    assert as_texts({row.pop("id"): row for row in found["nodes"]}) == nodes
    rows = {row.pop("id"): row for row in found["edges"]}
    for row in rows.values():
        if name == "gexf":
            assert row.pop("label") == row["relation"]
    assert as_texts(rows) == edges


def test_what_xml_cannot_hold(tmp_path: Path) -> None:
    odd = Triple(NamedNode(BASE + "x"), NamedNode(KG + "unit"), pyoxigraph.Literal("a\x01\r\n b"))
    kind = Triple(NamedNode(BASE + "x"), NamedNode(RDF + "type"), NamedNode(KG + "Entity"))
    for name in ("graphml", "gexf", "rdf"):
        path = tmp_path / name
        export_files(content(name, triples=[odd, kind]), path, format=name)
        texts = [each.text or "" for each in ET.parse(path).iter()]
        assert "a\ufffd\r\n b" in [*texts, *(v for each in ET.parse(path).iter() for v in each.attrib.values())]


# Neo4j


def test_csv_for_neo4j(tmp_path: Path) -> None:
    """After the operations manual, section on import: fields with types, :ID, :LABEL, :START_ID, :END_ID, :TYPE."""
    export_files(content("neo4j"), tmp_path / "n", format="neo4j")
    rows = {path.stem: list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in (tmp_path / "n").iterdir()}
    nodes, edges = network()
    for head, *body in rows.values():
        assert all(
            re.fullmatch(r"(\w+(:(string|long|double)(\[\])?)?|\w*:(ID|LABEL|START_ID|END_ID|TYPE))", each)
            for each in head
        )
        for row in body:
            for name, value in zip(head, row, strict=True):
                for one in value.split(ARRAY) if name.endswith("[]") else [value]:
                    assert not value or not name.split(":")[-1].startswith(("long", "double")) or float(one) is not None
    head, *body = rows["nodes"]
    assert (head[0], head[1], head[-1]) == ("iri:ID", "label", ":LABEL")
    for row in body:
        said = {
            name.split(":")[0]: joined(value.split(ARRAY)) if ARRAY in value else number(value)
            for name, value in zip(head, row, strict=True)
        }
        meant = nodes[row[0]]
        assert row[-1].split(ARRAY) == ["Resource", *filter(None, meant["classes"].split("|"))]
        assert {k: v for k, v in said.items() if v and k not in ("iri", "")} == {
            k: v for k, v in meant.items() if k not in ("class", "classes")
        }
    head, *body = rows["relationships"]
    assert (head[:3], head[-1]) == ([":START_ID", ":END_ID", "id"], ":TYPE")
    assert {row[2]: (row[0], row[1], row[-1]) for row in body} == {
        key: (row["source"], row["target"], row["relation"]) for key, row in edges.items()
    }


@needs_node
def test_cypher_parses(tmp_path: Path) -> None:
    path = file(tmp_path, "cypher")
    assert json.loads(node("cypher", path)) == []
    text = path.read_text(encoding="utf-8")
    assert text.count(', id: "') == len(network()[1])
    path.write_text(text.replace("UNWIND", "UNWIN", 1), encoding="utf-8")
    assert json.loads(node("cypher", path))


# Tables


def test_parquet(tmp_path: Path) -> None:
    """The same in pyarrow, in DuckDB and in the CSV files."""
    export_files(content("csv"), tmp_path / "csv", format="csv")
    export_files(content("parquet"), tmp_path / "parquet", format="parquet")
    for path in sorted((tmp_path / "parquet").iterdir()):
        table = pyarrow.parquet.read_table(path)
        found = duckdb.sql(f"SELECT * FROM '{path}'")
        assert found is not None
        assert found.columns == table.column_names
        assert found.fetchall() == [tuple(row.values()) for row in table.to_pylist()]
        with (tmp_path / "csv" / f"{path.stem}.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert [{name: cell(value) for name, value in row.items()} for row in table.to_pylist()] == [
            {name: number(value) for name, value in row.items()} for row in rows
        ]
        assert rows


def cell(value: object) -> str:
    return (
        joined([str(each) for each in value])
        if isinstance(value, list)
        else number(plain("" if value is None else value))
    )


def number(text: str) -> str:
    """A decimal number without the zeros that a float does not keep."""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", text) else text


def test_tables_hold_every_fact(tmp_path: Path) -> None:
    export_files(content("csv"), tmp_path, format="csv")
    rows = {path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in tmp_path.iterdir()}
    for name, kind in {
        "articles": KG + "Article",
        "entities": KG + "Entity",
        "claims": RDF + "Statement",
        "observations": KG + "Observation",
    }.items():
        assert {row["iri"] for row in rows[name]} == {
            str(t.subject)[1:-1] for t in TRIPLES if t.object == NamedNode(kind)
        }
    (leads,) = (row for row in rows["claims"] if row["relation"] == "affiliatedWith")
    assert (leads["subject_label"], leads["object_label"], leads["position"]) == ("王子甲", "远航铜业集团", "董事长")
    assert (leads["words"], leads["begin"], leads["end"]) == ("王子甲任远航铜业集团董事长", "0", "13")
    (holds,) = (row for row in rows["relations"] if row["relation"] == "hasHonour")
    assert (holds["claims"], holds["confidence"]) == ("2", "0.6")
