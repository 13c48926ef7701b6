"""What came, went and changed between two graphs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from samples import CITY, EXTRACTIONS, FIRST_EXTRACTION, GROUP, INVESTS, LIES, OUTPUT, SECOND_EXTRACTION, evidence
from test_cli import kg

from kg.difference import Change, compare_graphs, write_json, write_text
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.ontology import Ontology, load_ontology
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of
from kg.turtle import write_turtle
from kg.types import Extraction


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(default_folder())


def graph(ontology: Ontology, *extractions: Extraction) -> LoadedGraph:
    scheme = Scheme(ontology)
    return graph_of(build_graph(extractions, scheme=scheme), prefixes=scheme.prefixes())


def changes(ontology: Ontology, section: str, *changed: Extraction) -> Sequence[tuple[str, str]]:
    found = compare_graphs(graph(ontology, *EXTRACTIONS), graph(ontology, *changed), ontology=ontology)
    return [(change.what, change.title) for change in found.sections[section]]


def test_equal_graphs_do_not_differ(ontology: Ontology) -> None:
    found = compare_graphs(graph(ontology, *EXTRACTIONS), graph(ontology, *EXTRACTIONS[::-1]), ontology=ontology)
    assert not found
    assert write_text(found) == "no difference\n"
    assert json.loads(write_json(found)) == {"articles": [], "entities": [], "claims": [], "observations": []}


def test_an_article_that_went_takes_its_claims_along(ontology: Ontology) -> None:
    assert changes(ontology, "articles", FIRST_EXTRACTION) == [("went", "《题目002》 002.txt")]
    assert changes(ontology, "claims", FIRST_EXTRACTION) == [("went", "远航铜业集团 —合作→ 东山市")]
    assert [what for what, _ in changes(ontology, "entities", FIRST_EXTRACTION)] == ["changed", "changed"]


def test_a_claim_that_came_and_one_that_changed(ontology: Ontology) -> None:
    surer = replace(LIES, confidence=0.99)
    new = replace(INVESTS, subject=GROUP.id, predicate="locatedIn", object=CITY.id)
    first = replace(FIRST_EXTRACTION, claims=(surer, INVESTS, new))
    assert changes(ontology, "claims", first, SECOND_EXTRACTION) == [
        ("changed", "年产5/10万吨铜箔项目（一期） —位于→ 东山市"),
        ("came", "远航铜业集团 —位于→ 东山市"),
    ]


def test_a_figure_that_changed_shows_what(ontology: Ontology) -> None:
    first = replace(FIRST_EXTRACTION, observations=(replace(OUTPUT, value=Decimal(21)),))
    found = compare_graphs(graph(ontology, *EXTRACTIONS), graph(ontology, first, SECOND_EXTRACTION), ontology=ontology)
    assert write_text(found) == "observations: 1 changed\n~ 东山市 生产总值 2021 (actual)\n    value: 20.06 → 21\n"
    (change,) = found.sections["observations"]
    assert isinstance(change, Change)
    assert change.data() == {
        "change": "changed",
        "article": "article:001",
        "subject": "area:430482",
        "indicator": "indicator:生产总值",
        "period": "2021",
        "kind": "actual",
        "before": {"value": "20.06"},
        "after": {"value": "21"},
    }


def test_two_readings_of_one_claim_are_counted(ontology: Ontology) -> None:
    again = replace(INVESTS, evidence=evidence("远航铜业集团投资30亿元"), rule="undertakenBy/other")
    first = replace(FIRST_EXTRACTION, claims=(*FIRST_EXTRACTION.claims, again))
    assert changes(ontology, "claims", first, SECOND_EXTRACTION) == [
        ("came", "年产5/10万吨铜箔项目（一期） —由…承担→ 远航铜业集团")
    ]


def test_a_sentence_that_moved_is_no_change(ontology: Ontology) -> None:
    moved = replace(INVESTS, evidence=replace(INVESTS.evidence, begin=INVESTS.evidence.begin + 3))
    first = replace(FIRST_EXTRACTION, claims=(LIES, moved))
    assert changes(ontology, "claims", first, SECOND_EXTRACTION) == []


def test_the_command_and_its_exit_codes(ontology: Ontology, tmp_path: Path) -> None:
    for name, extractions in (("a", EXTRACTIONS), ("b", (FIRST_EXTRACTION,))):
        scheme = Scheme(ontology)
        text = write_turtle(build_graph(extractions, scheme=scheme), prefixes=scheme.prefixes())
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    same = kg("diff", first, first)
    assert (same.exit_code, same.output) == (0, "no difference\n")
    differs = kg("diff", first, second)
    assert (differs.exit_code, differs.stderr) == (8, "")
    assert differs.stdout.startswith("articles: 1 went\n- 《题目002》 002.txt\n")
    there, back = (json.loads(kg("diff", *pair, "-f", "json").stdout) for pair in ((first, second), (second, first)))
    turned = {"came": "went", "went": "came", "changed": "changed"}
    for name, section in there.items():
        assert [turned[each["change"]] for each in section] == [each["change"] for each in back[name]]
    assert kg("diff", "-", second, stdin=second.read_bytes()).exit_code == 0
    assert kg("diff", "-", "-").exit_code == 2
    assert kg("diff", tmp_path / "none", second).exit_code == 3
