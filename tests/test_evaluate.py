"""The measure, case by case, on hand-built graphs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples import CITY, EXTRACTIONS, FIRST_EXTRACTION, OUTPUT, evidence

from kg.comparison import align, load_measure
from kg.errors import InputError
from kg.evaluate import Evaluation, evaluate, load_gold
from kg.graph import build_graph
from kg.knowledge import default_folder
from kg.lexicon.divisions import load_divisions
from kg.ontology import load_ontology
from kg.scheme import Scheme
from kg.store import LoadedGraph, graph_of
from kg.types import Extraction

MEASURE = load_measure(default_folder())
GOLD: dict[str, Any] = {
    "article": "001.txt",
    "entities": [
        {"id": "e1", "type": "Area", "name": "东山市", "aliases": []},
        {"id": "e2", "type": "Enterprise", "name": "远航铜业", "aliases": []},
        {"id": "e3", "type": "Project", "name": "年产5/10万吨铜箔项目"},
    ],
    "relations": [["e3", "undertakenBy", "e2"], ["e3", "locatedIn", "e1", {"optional": True}]],
    "observations": [
        {
            "subject": "e1",
            "indicator": "地区生产总值",
            "value": 2006000,
            "unit": "千元",
            "period": "2021",
            "kind": "actual",
        }
    ],
}


def graph(*extractions: Extraction) -> LoadedGraph:
    scheme = Scheme(load_ontology(default_folder()))
    divisions = load_divisions(default_folder() / "lexicon")
    return graph_of(build_graph(extractions, scheme=scheme, divisions=divisions), source="graph")


def judged(tmp_path: Path, *extractions: Extraction, **changes: Any) -> Evaluation:
    file = tmp_path / "gold.json"
    file.write_text(json.dumps({**GOLD, **changes}, ensure_ascii=False), encoding="utf-8")
    return evaluate(load_gold(file), graph(*extractions), ontology=default_folder())


def counts(evaluation: Evaluation, row: str) -> tuple[int, int, int]:
    tally = evaluation.tallies[row]
    return tally.right, tally.wrong, tally.missing


def test_all_right(tmp_path: Path) -> None:
    found = judged(tmp_path, FIRST_EXTRACTION)
    assert counts(found, "entities") == (3, 0, 0)
    assert counts(found, "relation:undertakenBy") == (1, 0, 0)
    assert counts(found, "relation:locatedIn") == (0, 0, 0)
    assert found.rows()["core entities"] == {"P": 1.0, "R": 1.0, "F1": 1.0, "tp": 3, "fp": 0, "fn": 0}
    assert counts(found, "observations") == (1, 0, 0)  # 千元 is 元 a thousand times
    assert found.errors == []


def test_multipliers_and_periods(tmp_path: Path) -> None:
    figure = {**GOLD["observations"][0], "value": 200600, "unit": "万元"}
    found = judged(tmp_path, FIRST_EXTRACTION, observations=[figure])
    assert counts(found, "observations") == (1, 0, 0)
    assert counts(found, "observation periods") == (1, 0, 0)
    found = judged(tmp_path, FIRST_EXTRACTION, observations=[{**figure, "period": "2020"}])
    assert counts(found, "observation periods") == (0, 1, 0)


def test_missing_and_wrong_are_told(tmp_path: Path) -> None:
    entities = [*GOLD["entities"][1:], {"id": "e9", "type": "Park", "name": "南山园"}]
    found = judged(
        tmp_path, FIRST_EXTRACTION, entities=entities, relations=[["e2", "locatedIn", "e9"]], observations=[]
    )
    assert ("001.txt", "entity +", "Area 常宁市/东山市") in found.errors
    assert ("001.txt", "entity -", "Park 南山园") in found.errors
    assert ("001.txt", "relation -", "远航铜业 locatedIn 南山园") in found.errors
    assert ("001.txt", "relation +", "年产5/10万吨铜箔项目 locatedIn 常宁市?") in found.errors


def test_optional_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    entities = [{**entity, "optional": True} for entity in GOLD["entities"]]
    found = judged(tmp_path, FIRST_EXTRACTION, entities=entities)
    assert counts(found, "entities") == (0, 0, 0)
    assert counts(found, "relations") == (0, 0, 0)


def test_only_the_article_of_the_gold_file_counts(tmp_path: Path) -> None:
    assert judged(tmp_path, *EXTRACTIONS).rows() == judged(tmp_path, FIRST_EXTRACTION).rows()


def test_a_change_is_no_level(tmp_path: Path) -> None:
    figure = {**GOLD["observations"][0], "value": 20.06, "unit": "亿元"}
    rise = replace(OUTPUT, kind="change", evidence=evidence("20.06亿元"))
    found = judged(tmp_path, replace(FIRST_EXTRACTION, observations=(rise,)), observations=[figure])
    assert counts(found, "observations") == (0, 1, 1)


def test_names_are_compared_loosely() -> None:
    gold = {"a": ("Area", ("常宁市",)), "p": ("Policy", ("“十四五”发展规划",)), "i": ("Industry", ("油茶产业",))}
    found = {"1": ("Area", ("常宁",)), "2": ("Policy", ("常宁市十四五发展规划",)), "3": ("Industry", ("油茶",))}
    assert align(gold, found, MEASURE) == {"1": "a", "2": "p", "3": "i"}


def test_article_that_the_graph_lacks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"graph: holds nothing of 009\.txt"):
        judged(tmp_path, FIRST_EXTRACTION, article="009.txt")


@pytest.mark.parametrize(("text", "message"), [("{", "invalid json"), ('{"article": "x"}', "entities: field required")])
def test_gold_that_is_none(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "gold.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_gold(file)


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold files"):
        load_gold(tmp_path)


def test_the_example_of_the_documentation_is_gold(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text(encoding="utf-8")
    file = tmp_path / "gold.json"
    file.write_text(text.split("```json\n")[1].split("```")[0], encoding="utf-8")
    (gold,) = load_gold(file)
    assert {entity.type for entity in gold.entities} <= set(MEASURE.types)
    assert {relation[1] for relation in gold.relations} <= set(MEASURE.relations)


def test_the_measure_speaks_of_the_ontology() -> None:
    ontology = load_ontology(default_folder())
    assert set(MEASURE.types) <= set(ontology.classes)
    assert set(MEASURE.relations) == {each.name for each in ontology.relations}
    assert set(MEASURE.symmetric) == {each.name for each in ontology.relations if each.symmetric}


def test_the_sample_city_has_its_gazetteer_name() -> None:
    assert CITY.label == "常宁市"
