"""One node for one thing, whatever the order of the articles."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from samples import EXTRACTIONS, article, entity

from kg.linking import Linked, link
from kg.types import Entity, Extraction


def extraction(identity: str, *entities: Entity) -> Extraction:
    return Extraction(article(identity), entities, (), ())


def linked(*extractions: Extraction) -> Linked:
    """The outcome, which must be the same in every order."""
    outcomes = [link(order, family=str.lower) for order in itertools.permutations(extractions)]
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
    found = linked(twice, extraction("2", entity("Township", "城关镇")))
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


def test_every_entity_has_a_node() -> None:
    found = linked(*EXTRACTIONS)
    assert set(found.node_of) == {(each.article.id, one.id) for each in EXTRACTIONS for one in each.entities}
