"""The model of the page and its text; what a browser makes of it is tested in ``browser/``."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DataError, InputError
from kg.view import ViewModel, page_data, read_model, render_page
from kg.view.layout import place, place_regions, spread
from kg.view.regions import choose_overview, find_regions, rank_nodes

ROOT = Path(__file__).parent.parent
GRAPH = ROOT / "tests" / "data" / "view.ttl"
ONTOLOGY = ROOT / "ontology"
ID = "https://w3id.org/citykg/id/"


@pytest.fixture(scope="module")
def model() -> ViewModel:
    return read_model(GRAPH, ONTOLOGY)


@pytest.fixture(scope="module")
def page(model: ViewModel) -> str:
    return render_page(page_data(model), title='</title><script>alert("1")</script>')


def data_of(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


def test_nodes_have_their_most_specific_class_and_the_colour_of_its_group(model: ViewModel) -> None:
    county = next(node for node in model.nodes if node.iri == ID + "area/990001")
    assert (county.label, county.aliases, county.kind.name, county.group.name) == (
        "东山县",
        ("东山",),
        "County",
        "Area",
    )
    assert county.kind.colour == county.group.colour
    assert county.degree == 3


def test_articles_observations_and_indicators_are_no_nodes(model: ViewModel) -> None:
    assert len(model.nodes) == 6
    assert {group.name for group in model.groups} == {"Area", "Enterprise", "Project", "Person", "Honour"}


def test_facts_carry_sentence_article_rule_and_confidence(model: ViewModel) -> None:
    fact = next(each for each in model.facts if each.predicate == "undertakenBy")
    (claim,) = fact.claims
    assert claim.quote is not None
    assert (claim.quote.text, claim.quote.begin, claim.quote.end) == (
        "华星公司在东山县投资建设年产5万吨铜箔项目",
        10,
        31,
    )
    assert (claim.rule, claim.confidence) == ("undertakenBy/invest-in", 0.93)
    assert {article.iri: article.issued for article in model.articles}[claim.quote.article] == "2022-03"


def test_background_has_no_claim_and_offices_are_qualifiers(model: ViewModel) -> None:
    above = next(each for each in model.facts if each.object == ID + "area/990000")
    assert above.claims == ()
    office = next(each for each in model.facts if each.predicate == "affiliatedWith")
    assert [value for _, value in office.claims[0].qualifiers] == ["董事长<img src=x onerror=window.hacked=1>"]


def test_figures_are_as_the_article_has_them(model: ViewModel) -> None:
    (figure,) = model.figures
    assert (figure.indicator, figure.value, figure.unit, figure.period, figure.kind) == (
        "总投资",
        "20.5",
        "亿元",
        "2021",
        "target",
    )


def test_relations_are_named_in_chinese_and_english(model: ViewModel) -> None:
    named = {relation.name: (relation.label, relation.english) for relation in model.relations}
    assert named["locatedIn"] == ("位于", "located in")


def test_missing_graph_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.ttl"):
        read_model(tmp_path / "absent.ttl", ONTOLOGY)


def test_hostile_text_stays_text(page: str) -> None:
    assert page.count("</script>") == 7
    assert "window.hacked=1;alert" in page
    for opening in ("<script>window", "<img", "<svg onload", "<!--", "\u2028", "<title></title>"):
        assert opening not in page
    labels = {node["label"] for node in data_of(page, "graph-data")["nodes"]}
    assert "</script><script>window.hacked=1;alert(1)</script>" in labels


def test_page_asks_for_nothing(page: str) -> None:
    markup = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", page, flags=re.S)
    assert "://" not in markup
    assert re.findall(r"\bhref=\"([^\"]*)\"", markup) == ["data:,"]
    assert not re.findall(r"\bsrc=", markup)
    assert "sourceMappingURL" not in page
    assert "default-src 'none'; script-src 'sha256-" in markup
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style
    assert not re.search(r"url\(|@import", style[1])


def test_every_node_and_line_of_the_picture_refers_to_the_panel(page: str) -> None:
    picture, graph = data_of(page, "network-data"), data_of(page, "graph-data")
    assert [node["id"] for node in picture["nodes"]] == list(range(6))
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in picture["nodes"])
    options = picture["options"]
    assert options["physics"] == {"enabled": False}
    assert options["edges"]["smooth"] is False
    assert options["layout"]["improvedLayout"] is False
    assert options["interaction"]["hideEdgesOnDrag"] is True
    assert options["nodes"]["scaling"]["label"]["drawThreshold"] == 8
    for line in picture["edges"]:
        for index in line["facts"]:
            subject, _, object_, _ = graph["facts"][index]
            assert {subject, object_} == {line["from"], line["to"]}


def test_large_graphs_show_the_most_central_and_say_so(model: ViewModel) -> None:
    data = page_data(model, limit=2)
    assert sorted(each["label"] for each in data["picture"]["nodes"]) == sorted(["东山县", "华星新材料\n有限公司"])
    assert (data["counts"]["drawn"], data["counts"]["nodes"]) == (2, 6)
    # What the two are linked to can still be found and read.
    assert len(data["nodes"]) == 5


def test_places_honours_and_chains_come_from_the_ontology(model: ViewModel) -> None:
    within = {node.label: node.within for node in model.nodes}
    assert within["年产5万吨铜箔项目"] == within["华星新材料有限公司"] == ID + "area/990001"
    assert within["东山县"] == ID + "area/990000"
    assert {node.label for node in model.nodes if node.is_place} == {"东山县", "海南岛省"}
    assert model.honours == "hasHonour"


def test_ontology_without_view_file_makes_a_page_and_a_slip_in_it_is_told(tmp_path: Path) -> None:
    folder = shutil.copytree(ONTOLOGY, tmp_path / "mine")
    (folder / "view.toml").write_text('places = "Aera"', encoding="utf-8")
    with pytest.raises(DataError, match=r"view\.toml: unknown class kg:Aera; did you mean kg:Area"):
        read_model(GRAPH, folder)
    (folder / "view.toml").unlink()
    bare = read_model(GRAPH, folder)
    assert not any(node.within or node.is_place for node in bare.nodes)
    assert "<!DOCTYPE html>" in render_page(page_data(bare), title="图")


def test_texts_go_to_the_articles_whose_digest_they_have(model: ViewModel) -> None:
    (article,) = page_data(model, texts={"00ff": "华星公司落户东山县。", "11ee": "别的文章"})["articles"]
    assert article["text"] == "华星公司落户东山县。"
    assert "text" not in page_data(model)["articles"][0]


def test_data_are_plain_json_and_iris_are_written_below_their_base(model: ViewModel) -> None:
    data = page_data(model)
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(data, sort_keys=True))
    assert {data["base"] + node["iri"] for node in data["nodes"]} == {node.iri for node in model.nodes}


def test_same_bytes_whatever_the_hash_seed(page: str) -> None:
    program = (
        "import hashlib, pathlib, sys; from kg.view import page_data, read_model, render_page;"
        "page = render_page(page_data(read_model(*map(pathlib.Path, sys.argv[1:]))), title='图');"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, GRAPH, ONTOLOGY],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_leaves_stand_around_their_hub_apart_and_by_class() -> None:
    keys = [("Area", "hub")] + [("ABC"[number % 3], f"{number:02}") for number in range(60)]
    points = place(keys, [(0, number) for number in range(1, 61)])
    assert len(set(points)) == 61
    nearest = min(math.dist(a, b) for i, a in enumerate(points) for b in points[:i])
    assert nearest > 45
    turn = [math.atan2(x - points[0][0], points[0][1] - y) % (2 * math.pi) for x, y in points[1:]]
    around = [keys[1:][index][0] for index in sorted(range(60), key=lambda index: turn[index])]
    # Three sectors; on a border two leaves of one ray may stand in either order.
    assert sum(a != b for a, b in pairwise(around)) <= 6


@pytest.mark.parametrize("edges", [[], [(0, 1)], [(0, 1), (1, 2), (2, 0)], [(0, 0)], [(0, 1), (1, 0), (2, 3)]])
def test_small_graphs_are_laid_out(edges: list[tuple[int, int]]) -> None:
    points = place([("A", str(number)) for number in range(4)], edges)
    assert len(set(points)) == 4


def test_empty_graph_makes_a_page() -> None:
    empty = ViewModel((), (), (), (), (), ())
    assert "<!DOCTYPE html>" in render_page(page_data(empty), title="空")


# Two stars, joined by one line, and a pair apart.
STARS = [(0, leaf) for leaf in range(2, 10)] + [(1, leaf) for leaf in range(10, 18)] + [(0, 1), (18, 19)]


def test_regions_are_what_hangs_together_and_hubs_rank_first() -> None:
    regions = find_regions(21, STARS)
    assert regions[0] == regions[5] != regions[1] == regions[15]
    assert regions[18:] == [None, None, None]
    ranking = rank_nodes(21, STARS, [0] * 21)
    assert set(ranking[:2]) == {0, 1}
    assert sorted(ranking) == list(range(21))


def test_overview_takes_the_most_central_of_each_group_that_hang_on_something_taken() -> None:
    ranking = rank_nodes(21, STARS, list(range(21)))
    groups = [number % 2 for number in range(21)]
    chosen = choose_overview(ranking, STARS, groups, [0, 1], each=2, most=20)
    assert chosen == [0, 1, 14, 15, 16, 17]


def test_regions_stand_apart_and_single_nodes_below() -> None:
    regions = find_regions(21, STARS)
    points = place_regions([("A", f"{number:02}") for number in range(21)], STARS, regions)
    first, second = ([points[n] for n in range(21) if regions[n] == region] for region in (0, 1))
    middle = [tuple(sum(axis) / len(group) for axis in zip(*group, strict=True)) for group in (first, second)]
    reach = [max(math.dist(middle[at], point) for point in group) for at, group in enumerate((first, second))]
    assert math.dist(middle[0], middle[1]) > sum(reach) * 0.9
    assert points[20][1] > max(y for x, y in points[:20])


def test_spread_leaves_room_for_labels() -> None:
    points = spread([(0, 0), (1, 1), (2, 0), (300, 0), (300, 10)], width=100, height=60)
    for at, a in enumerate(points):
        for b in points[:at]:
            assert abs(a[0] - b[0]) >= 98 or abs(a[1] - b[1]) >= 58
