"""When two names are one thing: names taken apart, places, dates, posts; measured on hard names."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from bcubed import b_cubed
from hardnames import FOLDER, IDENTITY, SCHEME, Named, clusters, extraction_of, pairs

from kg.errors import DataError
from kg.knowledge import default_folder
from kg.lexicon.linking import load_linking
from kg.linking import link
from kg.ontology import load_ontology
from kg.profiles import Verdict

PAIRS = list(pairs())


def parts(kind: str, name: str, home: str | None = "430482") -> tuple[object, ...]:
    found = IDENTITY.parser(kind).parse(name, home=home)
    return found.place, found.brand, found.trades, tuple(sorted(found.forms)), tuple(sorted(found.marks))


def compared(kind: str, one: str, two: str) -> Verdict:
    profiles = [IDENTITY.profiles(extraction_of("1", Named(kind, name)))[f"{kind}/{name}"] for name in (one, two)]
    return IDENTITY.compare(*profiles)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("Enterprise", "湖南优川新材料科技有限公司", ("湖南", "优川", ("新材料", "科技"), ("公司",), ())),
        ("Enterprise", "五岭铜业（湖南）有限公司", ("湖南", "五岭", ("铜业",), ("公司",), ())),
        ("Enterprise", "远航集团铜业有限公司", ("", "远航集团", ("铜业",), ("公司",), ())),
        ("Enterprise", "中国华茂集团", ("中国", "华茂", (), ("集团",), ())),
        ("Park", "常宁水湾经济技术开发区", ("常宁", "水湾", (), ("经开区",), ())),
        ("Park", "衡阳高新区", ("衡阳", "衡阳", (), ("高新区",), ())),
        ("Project", "云岭风电场（二期）工程", ("", "云岭风电场", (), (), (("phase", "2期"),))),
        ("GovernmentBody", "市委", ("市", "委", (), (), ())),
        ("Policy", "中国制造2025", ("", "中国制造", (), (), (("year", "2025"),))),
    ],
)
def test_names_are_taken_apart(kind: str, name: str, expected: tuple[object, ...]) -> None:
    assert parts(kind, name) == expected


def test_a_county_far_away_is_no_place_of_a_name() -> None:
    assert parts("Park", "临江港经开区", "511500")[:2] == ("", "临江港")
    assert parts("Park", "临江经开区", "220681")[:2] == ("临江", "临江")


@pytest.mark.parametrize(
    ("kind", "one", "two", "why"),
    [
        ("Enterprise", "金辰新材料", "天辰新材料", "what names them differs: 金辰 ≠ 天辰"),
        ("Enterprise", "株岭集团", "株岭有色", "the trades differ: none ≠ 有色"),
        ("Project", "松木电站一期", "松木电站二期", "number, phase or year differs: 1期 ≠ 2期"),
        ("Park", "衡阳东湖产业园", "武汉东湖产业园", "the places in the names differ: 衡阳 ≠ 武汉"),
    ],
)
def test_what_tells_two_apart_is_said(kind: str, one: str, two: str, why: str) -> None:
    assert compared(kind, one, two).why == why
    assert compared(kind, one, two).rule is None


def test_there_are_enough_hard_pairs() -> None:
    assert len(PAIRS) >= 300
    assert len({(one, two) for _, _, one, two in PAIRS}) == len(PAIRS)
    assert min(sum(same for _, same, _, _ in PAIRS), sum(not same for _, same, _, _ in PAIRS)) >= 100


def test_hard_pairs_in_either_order() -> None:
    found, gold = {}, {}
    merged = []
    for number, (_, same, one, two) in enumerate(PAIRS):
        for turn, named in enumerate(({"1": one, "2": two}, {"1": two, "2": one})):
            paths = clusters(named)
            if not same and paths["1"] == paths["2"]:
                merged.append((one.name, two.name))
            for key in paths:
                found[f"{number}/{turn}/{key}"] = (number, turn, paths[key])
                gold[f"{number}/{turn}/{key}"] = (number, turn, "" if same else key)
    assert merged == []
    assert b_cubed(found, gold).f1 >= 0.95


def test_the_gold_of_the_seeds_over_articles() -> None:
    known = tomllib.loads((FOLDER / "seeds.toml").read_text("utf-8"))
    one = {(each["class"], name): each["names"][0] for each in known["same"] for name in each["names"]}
    extractions, gold = [], {}
    for file in sorted((Path(__file__).parent / "gold").glob("*.json")):
        named = {}
        for thing in json.loads(file.read_text("utf-8"))["entities"]:
            kind, name = thing["type"], thing["name"]
            if kind != "Area":
                named[kind, name] = Named(kind, name, tuple(thing.get("aliases", ())), known["places"][file.name[:3]])
                gold[f"{file.stem} {kind}/{name}"] = (kind, one.get((kind, name), name))
        extractions.append(extraction_of(file.stem, *named.values()))
    linked = link(extractions, family=SCHEME.segment, identity=IDENTITY)
    found = {" ".join(member): node.path for member, node in linked.node_of.items()}
    score = b_cubed(found, gold)
    assert score.precision == 1
    assert score.f1 >= 0.95


def test_a_rule_that_nobody_knows_is_reported(tmp_path: Path) -> None:
    text = (default_folder() / "lexicon" / "linking.toml").read_text("utf-8")
    file = tmp_path / "linking.toml"
    file.write_text(text.replace('classes = ["Park"]', 'classes = ["Parc"]'), "utf-8")
    with pytest.raises(DataError, match="unknown class Parc; did you mean Park"):
        load_linking(file, load_ontology(default_folder()))
    file.write_text(text.replace('apart = ["same-name"]', 'apart = ["same-nam"]'), "utf-8")
    with pytest.raises(DataError, match="unknown value 'same-nam'; did you mean same-name"):
        load_linking(file, load_ontology(default_folder()))
