"""One node for one thing, whatever the order of the articles."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hardnames import IDENTITY
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import EXTRACTIONS, article, entity

from kg.linking import Join, Linked, link
from kg.types import Entity, Extraction

CHANGNING, LEIYANG = "430482", "430481"


def extraction(
    identity: str, *entities: Entity, place: str | None = CHANGNING, issued: str | None = None
) -> Extraction:
    return Extraction(article(identity, issued=issued), entities, (), (), place=place)


def linked(*extractions: Extraction) -> Linked:
    """The outcome, which must be the same in every order."""
    orders = itertools.permutations(extractions)
    outcomes = [link(order, family=str.lower, identity=IDENTITY) for order in orders]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    return outcomes[0]


def paths(found: Linked) -> Sequence[str]:
    return [node.path for node in found.nodes]


def test_same_name_is_one_thing() -> None:
    found = linked(extraction("1", entity("Park", "东山园")), extraction("2", entity("Park", "东山园")))
    assert paths(found) == ["park/东山园"]
    assert found.nodes[0].members == (("1", "Park/东山园"), ("2", "Park/东山园"))


def test_same_name_of_another_family_is_another_thing() -> None:
    found = linked(extraction("1", entity("Park", "东山")), extraction("2", entity("Facility", "东山")))
    assert paths(found) == ["facility/东山", "park/东山"]


def test_short_name_joins_the_only_full_name() -> None:
    found = linked(
        extraction("1", entity("Enterprise", "远航铜业集团", "远航铜业")),
        extraction("2", entity("Enterprise", "远航铜业")),
    )
    assert paths(found) == ["enterprise/远航铜业集团"]
    assert found.nodes[0].aliases == ("远航铜业",)


def test_short_name_of_two_joins_neither() -> None:
    found = linked(
        extraction("1", entity("Enterprise", "远航铜业集团", "远航")),
        extraction("2", entity("Enterprise", "远航物流公司", "远航")),
        extraction("3", entity("Enterprise", "远航")),
    )
    assert len(found.nodes) == 3


def test_a_common_name_is_not_short_for_a_rare_one() -> None:
    found = linked(
        extraction("1", entity("Industry", "东山新能源产业", "新能源产业")),
        extraction("2", entity("Industry", "新能源产业")),
        extraction("3", entity("Industry", "新能源产业")),
    )
    assert paths(found) == ["industry/东山新能源产业", "industry/新能源产业"]


def test_two_of_one_article_stay_two() -> None:
    found = linked(extraction("1", entity("Enterprise", "远航铜业集团", "远航"), entity("Enterprise", "远航")))
    assert paths(found) == ["enterprise/远航", "enterprise/远航铜业集团"]


def test_two_things_of_one_name_get_different_iris() -> None:
    twice = extraction("1", entity("Township", "城关镇"), entity("Township", "城关镇", mark="@2"))
    found = linked(twice, extraction("2", entity("Township", "城关镇"), place=LEIYANG))
    assert len(found.nodes) == 3
    assert len(set(paths(found))) == 3
    assert all(path.startswith("township/城关镇") for path in paths(found))


def test_areas_go_by_code() -> None:
    found = linked(
        extraction("1", entity("District", "朝阳区", code="110105")),
        extraction("2", entity("District", "朝阳区", code="220104")),
        extraction("3", entity("District", "朝阳", "朝阳区", code="110105")),
    )
    assert paths(found) == ["district/110105", "district/220104"]
    assert found.nodes[0].label == "朝阳区"


def test_area_without_code_joins_the_only_one_with() -> None:
    found = linked(
        extraction("1", entity("City", "东山市", "东山", code="430482")), extraction("2", entity("City", "东山"))
    )
    assert paths(found) == ["city/430482"]


def test_a_later_fuller_name_does_not_rename() -> None:
    short = extraction("1", entity("Park", "水湾经开区"), issued="2020")
    full = extraction("2", entity("Park", "常宁水湾经济开发区"), issued="2021-03-01")
    node = linked(short, full).nodes[0]
    assert (node.path, node.label) == ("park/水湾经开区", "常宁水湾经济开发区")
    assert node.former == ("park/常宁水湾经济开发区",)
    assert node.joins == (Join("place-left-out", "水湾经开区", "常宁水湾经济开发区", ("1", "2")),)


def test_the_earlier_article_names_whatever_the_ids() -> None:
    found = linked(
        extraction("1", entity("Enterprise", "远航集团"), issued="2022-05-01"),
        extraction("2", entity("Enterprise", "远航集团公司"), issued="2021"),
        extraction("3", entity("Enterprise", "远航集团有限公司")),
    )
    assert paths(found) == ["enterprise/远航集团公司"]
    assert found.nodes[0].label == "远航集团有限公司"


def test_what_one_article_tells_apart_stays_apart() -> None:
    found = linked(
        extraction("1", entity("Enterprise", "宏昱"), issued="2020"),
        extraction("2", entity("Enterprise", "宏昱光电"), entity("Enterprise", "宏昱物流"), issued="2021"),
    )
    assert paths(found) == ["enterprise/宏昱", "enterprise/宏昱光电", "enterprise/宏昱物流"]


NAMES = {
    "Enterprise": ("远航集团", "远航集团公司", "远航", "湖南远航铜业有限公司", "远航铜业", "远航物流", "宏昱新材料"),
    "Park": ("水湾经开区", "常宁水湾经开区", "水湾经济开发区", "工业园", "水湾产业园一期", "水湾产业园二期"),
    "Organization": ("市委", "常宁市委", "耒阳市委", "省政府", "湖南省人民政府"),
    "Person": ("张伟", "李建国"),
    "Township": ("城关镇",),
}


@st.composite
def _articles(draw: st.DrawFn) -> list[Extraction]:
    """Up to seven articles of four places and of any date, which name some of `NAMES`."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        chosen = [
            entity(kind, name)
            for kind, names in NAMES.items()
            for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
        ]
        place = draw(st.sampled_from([CHANGNING, LEIYANG, "430000", "511500", None]))
        issued = draw(st.sampled_from([None, "2020", "2021-05", "2021-06-01"]))
        found.append(extraction(str(number), *chosen, place=place, issued=issued))
    return found


def _order(one: Extraction) -> tuple[str, str]:
    return one.article.metadata.issued or "9999", one.article.id


@settings(deadline=None, max_examples=150)
@given(articles=_articles(), data=st.data())
def test_order_of_articles_does_not_matter(articles: list[Extraction], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(articles))
    expected = link(articles, family=str.lower, identity=IDENTITY)
    assert link(shuffled, family=str.lower, identity=IDENTITY) == expected


@settings(deadline=None, max_examples=150)
@given(articles=_articles())
def test_a_later_article_renames_nothing(articles: list[Extraction]) -> None:
    *before, _ = sorted(articles, key=_order)
    few = link(before, family=str.lower, identity=IDENTITY)
    many = link(articles, family=str.lower, identity=IDENTITY)
    assert {member: node.path for member, node in few.node_of.items()} == {
        member: many.node_of[member].path for member in few.node_of
    }


@settings(deadline=None, max_examples=150)
@given(articles=_articles(), data=st.data())
def test_whatever_is_added_every_plain_iri_still_leads_to_a_thing(
    articles: list[Extraction], data: st.DataObject
) -> None:
    few = link(data.draw(st.permutations(articles))[1:], family=str.lower, identity=IDENTITY)
    many = link(articles, family=str.lower, identity=IDENTITY)
    known = {path for node in many.nodes for path in (node.path, *node.former)}
    assert {node.path for node in few.nodes if "_" not in node.path} <= known


@settings(deadline=None, max_examples=150)
@given(articles=_articles())
def test_every_name_has_its_reason(articles: list[Extraction]) -> None:
    for node in link(articles, family=str.lower, identity=IDENTITY).nodes:
        reached, front = {node.label}, {node.label}
        while front:
            pairs = [(join.first, join.second) for join in node.joins]
            front = {b if a in reached else a for a, b in pairs if (a in reached) != (b in reached)}
            reached |= front
        assert reached == {node.label, *node.aliases}


def test_every_entity_has_a_node() -> None:
    found = linked(*EXTRACTIONS)
    assert set(found.node_of) == {(each.article.id, one.id) for each in EXTRACTIONS for one in each.entities}
