"""A page whose every text tries to leave it: shown as it is, and nothing comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.iris import DCTERMS, KG, NIF, PROV, RDF, RDFS, SKOS
from kg.store import graph_of
from kg.view import page_data, read_model, render_page

pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).parent.parent.parent
ID = "https://w3id.org/citykg/id/"
HOSTILE = (
    "</script><script>window.hacked=1</script>"
    "\"'><img src=x onerror=window.hacked=1><svg onload=window.hacked=1>"
    "</style><style>*{display:none}</style><!--<script>]]>"
    "'; window.hacked=1; '\u2028\u2029`${window.hacked=1}`{{ 7*7 }}{% raw %}\\u003cb\\u003e&lt;&#60;"
    'href="https://evil.example/" javascript:window.hacked=1 \u202e\ufeff\U0001f480'
)

Driver = Any
Saved = Callable[[str], bytes]


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(path if "://" in path else ID + path)


def hostile_graph() -> list[ox.Triple]:
    """Two things, a claim and two figures, with `HOSTILE` in whatever is a text."""
    said = [
        ("article/a", RDF + "type", node(KG + "Article")),
        *(("article/a", DCTERMS + name, None) for name in ("title", "issued", "publisher", "source")),
        ("article/a", KG + "sha256", ox.Literal("00")),
        *((thing, KG + "mentionedIn", node("article/a")) for thing in ("park/1", "area/1")),
        *((thing, RDFS + "label", None) for thing in ("park/1", "area/1")),
        *((thing, SKOS + "altLabel", ox.Literal("又名" + HOSTILE)) for thing in ("park/1", "area/1")),
        *(("park/1", RDF + "type", node(KG + name)) for name in ("Entity", "Park")),
        *(("area/1", RDF + "type", node(KG + name)) for name in ("Entity", "Area", "City")),
        ("park/1", KG + "locatedIn", node("area/1")),
        ("claim/1", RDF + "subject", node("park/1")),
        ("claim/1", RDF + "predicate", node(KG + "locatedIn")),
        ("claim/1", RDF + "object", node("area/1")),
        *(("claim/1", KG + name, None) for name in ("rule", "position")),
        ("claim/1", KG + "confidence", ox.Literal(0.5)),
        ("claim/1", PROV + "wasDerivedFrom", node("article/a#char=0,9")),
        ("article/a#char=0,9", NIF + "referenceContext", node("article/a")),
        ("article/a#char=0,9", NIF + "beginIndex", ox.Literal(0)),
        ("article/a#char=0,9", NIF + "endIndex", ox.Literal(9)),
        ("article/a#char=0,9", NIF + "anchorOf", None),
        ("indicator/1", RDFS + "label", None),
        ("indicator/1", RDF + "type", node(KG + "Indicator")),
    ]
    for number, kind in ((1, "actual"), (2, HOSTILE)):
        figure = f"observation/{number}"
        said += [
            (figure, RDF + "type", node(KG + "Observation")),
            (figure, KG + "subject", node("park/1")),
            (figure, KG + "indicator", node("indicator/1")),
            (figure, KG + "value", ox.Literal(number)),
            *((figure, KG + name, None) for name in ("unit", "normalizedUnit", "normalizedValue", "period", "rule")),
            (figure, KG + "kind", ox.Literal(kind)),
            (figure, PROV + "wasDerivedFrom", node("article/a#char=0,9")),
        ]
    return [ox.Triple(node(s), ox.NamedNode(p), ox.Literal(HOSTILE) if o is None else o) for s, p, o in said]


@pytest.fixture(scope="module")
def page(driver: Driver, tmp_path_factory: pytest.TempPathFactory) -> Driver:
    model = read_model(graph_of(hostile_graph()).store, ROOT / "ontology")
    file = tmp_path_factory.mktemp("hostile") / "page.html"
    file.write_text(render_page(page_data(model, texts={"00": HOSTILE * 2}), title=HOSTILE), encoding="utf-8")
    driver.get("about:blank")
    driver.get_log("browser")
    driver.get(file.as_uri())
    return driver


def harmless(page: Driver) -> None:
    """Nothing ran, nothing was made of a text, and nobody complained."""
    assert page.execute_script("return window.hacked") is None
    assert page.find_elements(By.CSS_SELECTOR, "img, a, iframe, [onerror], [onload], body style, svg svg") == []
    assert len(page.find_elements(By.TAG_NAME, "script")) == 7
    assert page.find_element(By.ID, "search").is_displayed()
    assert page.get_log("browser") == []


def press(page: Driver, selector: str) -> None:
    page.find_element(By.CSS_SELECTOR, selector).click()


def same(text: str) -> str:
    """`text` as an element shows it, white space aside."""
    return "".join(text.split()).replace("\ufeff", "")


def test_title_and_every_panel(page: Driver) -> None:
    assert same(page.execute_script("return document.querySelector('h1').textContent")) == same(HOSTILE)
    assert page.title.startswith("</script><script>")
    harmless(page)
    page.find_element(By.ID, "search").send_keys("又名")
    assert "onerror" in page.find_element(By.ID, "suggestions").text
    page.find_element(By.ID, "search").send_keys(Keys.ENTER)
    for row in page.find_elements(By.CSS_SELECTOR, "#panel tr.figure"):
        row.click()
    text = page.execute_script("return document.getElementById('panel').textContent")
    assert text.count("javascript:window.hacked=1") >= 10
    harmless(page)
    page.execute_script("citykg.show(arguments[0])", ID + "area/1")
    harmless(page)


def test_every_filter_and_list(page: Driver) -> None:
    for summary in page.find_elements(By.CSS_SELECTOR, ".side details:not([open]) > summary"):
        page.execute_script("arguments[0].click()", summary)
    for facet in ("place", "article", "group"):
        page.execute_script("document.querySelector(arguments[0]).click()", f'button[data-facet="{facet}"]')
        harmless(page)
    page.execute_script("document.getElementById('clear-filters').click()")
    press(page, '[data-scope="paths"]')
    page.find_element(By.CSS_SELECTOR, '[data-end="from"]').send_keys("又名")
    harmless(page)
    press(page, '[data-scope="whole"]')
    harmless(page)


def test_reader_and_charts(page: Driver) -> None:
    press(page, '.tabs [data-view="articles"]')
    press(page, "#reader [data-article]")
    assert page.execute_script("return document.querySelector('#reader .text').textContent") == HOSTILE * 2
    harmless(page)
    press(page, '.tabs [data-view="figures"]')
    assert len(page.find_elements(By.CSS_SELECTOR, "#charts tbody tr")) == 2
    press(page, "#charts tbody tr")
    harmless(page)
    press(page, '.tabs [data-view="network"]')


def test_downloads_hold_the_texts_whole(page: Driver, saved: Saved) -> None:
    page.execute_script("document.getElementById('save_turtle').click()")
    labels = {
        quad.object.value
        for quad in ox.parse(saved("graph.ttl"), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == RDFS + "label" and isinstance(quad.object, ox.Literal)
    }
    assert labels == {HOSTILE}
    page.execute_script("document.getElementById('save_svg').click()")
    root = ElementTree.fromstring(saved("graph.svg"))
    assert HOSTILE.replace("\ufeff", "") in "".join(root.itertext()).replace("\ufeff", "")
    assert not {element.tag.split("}")[1] for element in root.iter()} & {"script", "image", "a", "foreignObject"}
    harmless(page)


def test_hostile_fragment(page: Driver) -> None:
    address = page.current_url.split("#")[0]
    fragment = json.dumps({"<script>window.hacked=1</script>": HOSTILE})
    page.get("about:blank")
    page.get(f"{address}#node={fragment}&read={fragment}&at=1,1,1e9")
    harmless(page)
