"""Which names are short forms of which."""

from __future__ import annotations

import pytest

from kg.articles import read_bytes
from kg.components.shortening import Shortening, folded
from kg.knowledge import load_knowledge
from kg.lexicon.aliases import Aliases
from kg.pipeline import Extractor

ALIASES = Aliases(
    places=True,
    head=True,
    letters=True,
    condensed=2,
    gap_unless="投资|工程",
    tail_length=9,
    beginnings=("中国",),
    endings=("有限公司", "集团公司", "集团", "公司", "科技"),
    fields=("新材料", "环保"),
    branches="工厂$",
    variants={"人民政府": "政府"},
)
SHORTENING = Shortening(ALIASES, frozenset({"江苏", "溧阳", "河北"}))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("华星集团", "华星集团公司"),
        ("华星环保", "江苏华星环保科技有限公司"),
        ("华星", "江苏华星环保科技有限公司"),
        ("溧阳电力机车有限公司", "中国华车溧阳电力机车有限公司"),
    ],
)
def test_a_name_may_lose_places_endings_and_its_field(short: str, full: str) -> None:
    assert SHORTENING.equals(short, full) or SHORTENING.shortens(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("华辰新材料", "华星新材料有限公司"),
        ("溧阳银行", "河北银行公司"),
        ("华星铜业", "华星环保"),
    ],
)
def test_brands_places_and_fields_tell_names_apart(short: str, full: str) -> None:
    assert not SHORTENING.equals(short, full)
    assert not SHORTENING.shortens(short, full)
    assert not SHORTENING.spells(short, full)


def test_a_company_may_go_by_single_characters_of_its_name() -> None:
    assert SHORTENING.spells("溧机公司", "中国华车溧阳电力机车有限公司")
    assert not SHORTENING.spells("溧车", "中国华车溧阳电力机车有限公司")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("青禾仪器", "江苏青禾精密仪器制造有限公司"),
        ("青华重科", "青华重工科技发展有限公司"),
        ("华车溧机", "华车溧阳电力机车有限公司"),
    ],
)
def test_a_company_may_leave_out_words_in_several_places(short: str, full: str) -> None:
    assert SHORTENING.condenses(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("溧阳银行", "溧阳农商银行有限公司"),  # they share but the place
        ("华星钢铁", "华星溧阳钢铁有限公司"),  # a place tells them apart
        ("华星材料", "华星投资材料有限公司"),
        ("华星钻具公司", "华星矿山钻具制造有限公司"),  # a form of its own
        ("华星材料", "华星材料研究有限公司"),  # nothing left out inside
    ],
)
def test_places_and_telling_words_are_not_left_out(short: str, full: str) -> None:
    assert not SHORTENING.condenses(short, full)


def test_wordings_are_one() -> None:
    assert SHORTENING.equals("溧阳市政府", "溧阳市人民政府")


def test_folding_drops_brackets() -> None:
    assert folded("华星（江苏）有限公司") == "华星江苏有限公司"


@pytest.mark.parametrize("mark", ["以下简称“远大铜材”", "下称“远大铜材”", "简称远大铜材"])
def test_a_short_form_in_brackets_is_an_alias_and_found_again(mark: str) -> None:
    text = f"江苏远大铜业有限公司（{mark}）投资5亿元。该项目由远大铜材建设。"
    knowledge = load_knowledge()
    article = read_bytes(text.encode(), name="example.txt", lexicon=knowledge.article)
    extraction = Extractor(knowledge).extract(article)
    enterprises = [entity for entity in extraction.entities if entity.kind == "Enterprise"]
    assert [entity.label for entity in enterprises] == ["江苏远大铜业有限公司"]
    assert enterprises[0].aliases == ("远大铜材",)
    assert len(enterprises[0].evidence) == 3


def test_a_name_shares_the_last_character_of_its_place() -> None:
    shortening = Shortening(ALIASES, frozenset({"溧阳市"}))
    assert shortening.shortens("市委宣传部", "溧阳市委宣传部")


def test_a_brand_may_stand_behind_a_place() -> None:
    assert SHORTENING.shortens("华星", "溧阳华星零部件")


def test_branches_have_no_short_forms() -> None:
    assert not SHORTENING.shortens("发动机工厂", "溧阳发动机工厂")
    assert SHORTENING.forms("溧阳发动机工厂") == set()


def test_a_body_of_another_place_is_not_meant_by_a_name_without_place() -> None:
    text = "溧阳市发展新能源。溧阳市召开会议。金坛区、宜兴市人民政府参加。市人民政府印发通知。"
    article = read_bytes(text.encode(), lexicon=load_knowledge().article, name="home.txt")
    entities = Extractor(load_knowledge()).extract(article).entities
    assert not any({"宜兴市人民政府", "市人民政府"} <= {e.label, *e.aliases} for e in entities)
