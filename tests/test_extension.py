"""A class and a relation of one's own: files in a copy of the ontology folder, and no line of Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.knowledge import default_folder
from kg.query import display, run_query
from kg.store import load_graph

ROOT = Path(__file__).parent.parent
TERMS = """
kg:Craft a owl:Class ;
    rdfs:subClassOf kg:Entity ;
    vann:preferredNamespacePrefix "craft" ;
    rdfs:label "技艺"@zh , "craft"@en ;
    skos:definition "有名称的传统手工技艺。"@zh , "A named traditional craft."@en ;
    kg:colour "#DD8800" .

kg:handedDownIn a owl:ObjectProperty ;
    rdfs:label "流传于"@zh , "handed down in"@en ;
    skos:definition "在该地世代相传。"@zh , "Is practised in a place from one generation to the next."@en ;
    rdfs:domain kg:Craft ;
    rdfs:range kg:Area .
"""
NAMES = """
class = "Craft"
priority = 9

[[head]]
words = ["制作技艺", "织造技艺"]
needs = "specific"
"""
RULES = """
relation = "kg:handedDownIn"

[[pattern]]
name = "circulates"
match = "{subject}[至今](流传|传承)于{object}"
confidence = 0.9
"""
WORDS = "黑陶制作技艺至今流传于常宁市"
FOUND = f"""
SELECT ?label ?words ?begin ?end ?rule WHERE {{
  ?craft a kg:Craft ; rdfs:label ?label ; kg:handedDownIn ?area .
  ?area a kg:Area ; rdfs:label "常宁市"@zh .
  ?claim a rdf:Statement ; rdf:subject ?craft ; rdf:predicate kg:handedDownIn ; rdf:object ?area ;
    kg:rule ?rule ; prov:wasDerivedFrom ?span .
  ?span nif:anchorOf ?words ; nif:beginIndex ?begin ; nif:endIndex ?end .
  FILTER (CONTAINS(?words, "{WORDS}"))
}}"""


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """A copy of the ontology folder with a class and a relation more."""
    folder = tmp_path / "ontology"
    shutil.copytree(default_folder(), folder)
    with (folder / "citykg.ttl").open("a", encoding="utf-8") as file:
        file.write(TERMS)
    (folder / "lexicon" / "names" / "craft.toml").write_text(NAMES, encoding="utf-8")
    (folder / "rules" / "handedDownIn.toml").write_text(RULES, encoding="utf-8")
    return folder


def kg(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})


def test_class_and_relation_are_found_with_claim_and_evidence(tmp_path: Path, ontology: Path) -> None:
    article = tmp_path / "crafts.txt"
    article.write_text(f"当地手艺人众多。{WORDS}，远近闻名。", encoding="utf-8")
    output = tmp_path / "build"
    done = kg("build", article, "-o", output, "--ontology", ontology)
    assert done.returncode == 0, done.stderr
    graph = load_graph(output)
    ((label, words, begin, end, rule),) = (tuple(map(display, row)) for row in run_query(graph, FOUND).rows)
    assert label == "黑陶制作技艺"
    assert rule == "handedDownIn/circulates"
    assert article.read_text(encoding="utf-8")[int(begin) : int(end)] == words
    assert graph.prefixes["craft"].endswith("/craft/")
    assert "流传于" in (output / "graph.html").read_text(encoding="utf-8")


def test_extended_folder_holds_together(ontology: Path) -> None:
    done = kg("validate", "--ontology", ontology)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_slip_in_the_folder_is_told_with_the_way_out(tmp_path: Path, ontology: Path) -> None:
    rules = ontology / "rules" / "handedDownIn.toml"
    rules.write_text(RULES.replace("kg:handedDownIn", "kg:handedDown"), encoding="utf-8")
    done = kg("validate", "--ontology", ontology)
    assert (done.returncode, "handedDownIn.toml: unknown relation kg:handedDown" in done.stdout) == (6, True)
    (tmp_path / "x.txt").write_text(f"{WORDS}。", encoding="utf-8")
    done = kg("build", tmp_path / "x.txt", "-o", tmp_path / "build", "--ontology", ontology)
    assert done.returncode == 4
    assert f"{rules}: unknown relation kg:handedDown; did you mean kg:handedDownIn?" in done.stderr
