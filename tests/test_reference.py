"""The page and the picture of the ontology are those of the ontology as it is."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from class_diagram import draw
from ontology_reference import FOLDER, PAGE, PICTURE, page

from kg.ontology import Ontology, load_ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(FOLDER)


def test_they_are_current(ontology: Ontology) -> None:
    advice = "run `make docs`"
    assert page() == PAGE.read_text(encoding="utf-8"), advice
    assert draw(ontology) == PICTURE.read_text(encoding="utf-8"), advice


def test_the_page_has_every_term_and_its_links_lead_somewhere(ontology: Ontology) -> None:
    text = page()
    anchors = re.findall(r'<h3 id="(\w+)"', text)
    assert sorted(anchors) == sorted([*ontology.classes, *ontology.properties])
    assert set(re.findall(r'href="#(\w+)"', text)) <= set(anchors)
    assert re.findall(r'(?:src|href)="(?!#|https?:)', text) == []


def test_the_picture_has_every_relation_with_its_ends(ontology: Ontology) -> None:
    picture = ElementTree.fromstring(draw(ontology))
    words = " ".join("".join(each.itertext()) for each in picture.iter("{http://www.w3.org/2000/svg}text"))
    paths = list(picture.iter("{http://www.w3.org/2000/svg}path"))
    assert all(each.name in words and each.label.zh in words for each in ontology.relations)
    assert len(paths) == sum(len(each.domain) + len(each.range) for each in ontology.relations)
