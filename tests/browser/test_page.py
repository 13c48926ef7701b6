"""The page in a real browser: what a reader sees and clicks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.view import page_data, read_model, render_page

pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).parent.parent.parent
ONTOLOGY = ROOT / "ontology"
TEXT = (
    "东山县的路\n\n华星公司在东山县投资建设年产5万吨铜\n箔项目。记者看到，"
    + "。" * 12
    + "华星公司<svg>落户东山县，铜箔之乡名不虚传。\n"
)

Driver = Any
Wait = Callable[[Callable[[Driver], Any]], Any]
Saved = Callable[[str], bytes]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "图谱.html"
    model = read_model(ROOT / "tests" / "data" / "view.ttl", ONTOLOGY)
    file.write_text(render_page(page_data(model, texts={"00ff": TEXT}), title="东山县"), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def page(driver: Driver, address: str) -> Driver:
    driver.get("about:blank")
    driver.get_log("performance")
    driver.get_log("browser")
    driver.get(address)
    return driver


def panel(page: Driver) -> str:
    return str(page.find_element(By.ID, "panel").text)


def head(page: Driver) -> str:
    return str(page.find_element(By.CSS_SELECTOR, "#panel h2").text)


def press(page: Driver, selector: str, text: str = "") -> None:
    """Click the first element of `selector` whose text holds `text`."""
    next(each for each in page.find_elements(By.CSS_SELECTOR, selector) if text in each.text).click()


def search(page: Driver, text: str) -> None:
    field = page.find_element(By.ID, "search")
    field.clear()
    field.send_keys(text)
    field.send_keys(Keys.ENTER)


def keys(page: Driver, *pressed: str) -> None:
    ActionChains(page).send_keys(*pressed).perform()


def shown(page: Driver) -> set[str]:
    """The names of the nodes in the picture."""
    nodes = json.loads(page.execute_script("return document.getElementById('graph-data').textContent"))["nodes"]
    return {nodes[index]["label"] for index in page.execute_script("return citykg.shown()")}


def index_of(page: Driver, label: str) -> int:
    nodes = json.loads(page.execute_script("return document.getElementById('graph-data').textContent"))["nodes"]
    return next(index for index, node in enumerate(nodes) if node["label"] == label)


def click_at(page: Driver, point: dict[str, float]) -> None:
    """Click where the canvas has `point`."""
    spot = page.execute_script("return citykg.network.canvasToDOM(arguments[0])", point)
    stage = page.find_element(By.ID, "network")
    x, y = round(spot["x"] - stage.size["width"] / 2), round(spot["y"] - stage.size["height"] / 2)
    ActionChains(page).move_to_element_with_offset(stage, x, y).click().perform()


def facet(page: Driver, facet: str) -> dict[str, int]:
    """The values of a filter that is unrolled, with their counts."""
    rows = page.find_elements(By.CSS_SELECTOR, f'button[data-facet="{facet}"]')
    return {row.get_attribute("title"): int(row.find_element(By.CSS_SELECTOR, ".n").text) for row in rows}


def save(page: Driver, action: str) -> None:
    page.find_element(By.CSS_SELECTOR, "#save summary").click()
    page.find_element(By.ID, action).click()


def test_page_loads_without_error_and_without_request_where_the_network_swallows_all(
    page: Driver, address: str
) -> None:
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    requests = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    # chrome:// is the start page of the browser itself.
    assert {url for url in requests if not url.startswith(("data:", "chrome:"))} == {address}
    assert page.get_log("browser") == []
    assert page.execute_script("return document.characterSet") == "UTF-8"


def test_the_black_hole_swallows(page: Driver) -> None:
    page.set_page_load_timeout(1)
    try:
        with pytest.raises(Exception, match=r"(?i)timeout|timed out"):
            page.get("http://127.0.0.1:8088/")
    finally:
        page.set_page_load_timeout(300)


def test_opens_on_the_picture_and_counts_what_there_is(page: Driver) -> None:
    assert {"东山县", "华星新材料有限公司", "铜箔之乡"} <= shown(page)
    assert [each.text for each in page.find_elements(By.CSS_SELECTOR, ".counts dd")] == ["6", "5", "1", "1"]
    assert "显示 6 个实体，共 6 个" in page.find_element(By.ID, "notice").text
    press(page, "#panel .ranking .link", "铜箔之乡")
    assert head(page) == "铜箔之乡"


def test_search_by_alias_shows_facts_with_sentence_article_and_rule(page: Driver) -> None:
    search(page, "华星公司")
    text = panel(page)
    assert "华星新材料有限公司" in text
    assert "所在 东山县 › 海南岛省" in text
    assert "落户东山县" in text
    assert "《东山县的<b>新</b>路》 2022-03" in text
    assert "置信度 0.70 · 规则 locatedIn/settle" in text
    marks = {each.text for each in page.find_elements(By.CSS_SELECTOR, "#panel mark")}
    assert {"华星公司", "东山县"} <= marks


def test_suggestions_are_chosen_with_arrows_and_say_when_there_are_none(page: Driver) -> None:
    field = page.find_element(By.ID, "search")
    field.send_keys("东山")
    assert page.find_element(By.CSS_SELECTOR, '#suggestions [aria-selected="true"]').text.startswith("东山县")
    field.send_keys(Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
    assert head(page) == "东山县"
    field.clear()
    field.send_keys("没有的东西")
    assert page.find_element(By.ID, "suggestions").text == "没有这个名称"


def test_other_end_of_a_fact_leads_there(page: Driver) -> None:
    search(page, "年产5万吨")
    assert head(page) == "年产5万吨铜箔项目"
    press(page, "#panel .fact .link", "华星")
    assert head(page) == "华星新材料有限公司"
    assert "年产5万吨铜箔项目" in panel(page)  # as an incoming fact


def test_figures_open_their_sentence(page: Driver) -> None:
    search(page, "年产5万吨")
    row = page.find_element(By.CSS_SELECTOR, "tr.figure")
    assert row.text.split() == ["总投资", "2021", "20.5", "亿元", "目标"]
    sentence = page.find_element(By.CSS_SELECTOR, "tr.evidence blockquote")
    assert not sentence.is_displayed()
    row.click()
    assert sentence.is_displayed()


def test_background_says_that_no_article_says_it(page: Driver) -> None:
    search(page, "海南岛省")
    assert "背景知识，非出自文章" in panel(page)


def test_filters_combine_and_count(page: Driver) -> None:
    assert facet(page, "group") == {"区域": 2, "企业": 1, "项目": 1, "人物": 1, "荣誉": 1}
    press(page, 'button[data-facet="group"]', "企业")
    assert shown(page) == {"华星新材料有限公司"}
    press(page, 'button[data-facet="group"]', "项目")
    assert shown(page) == {"华星新材料有限公司", "年产5万吨铜箔项目"}
    assert len(page.execute_script("return citykg.lines()")) == 1
    assert facet(page, "relation")["由…承担"] == 2
    assert facet(page, "relation")["任职于"] == 1
    press(page, 'button[data-facet="relation"]', "任职于")
    assert shown(page) == {"华星新材料有限公司"}
    # Counts of a filter are taken under all the others: of persons, the one with an office there.
    assert facet(page, "group") == {"区域": 0, "企业": 1, "项目": 0, "人物": 1, "荣誉": 0}
    page.find_element(By.ID, "clear-filters").click()
    assert "东山县" in shown(page)


def test_filter_by_place_year_article_and_confidence(page: Driver) -> None:
    for name, text, found in (
        ("place", "东山县", {"东山县", "华星新材料有限公司", "年产5万吨铜箔项目"}),
        ("year", "2021", {"年产5万吨铜箔项目"}),
        ("article", "东山县的", {"东山县", "华星新材料有限公司", "年产5万吨铜箔项目", "铜箔之乡"}),
    ):
        page.find_element(By.CSS_SELECTOR, f'details[data-facet="{name}"] summary').click()
        press(page, f'button[data-facet="{name}"]', text)
        assert found <= shown(page)
        assert "海南岛省" not in shown(page)
        page.find_element(By.ID, "clear-filters").click()
    page.execute_script(
        "const slider = document.getElementById('confidence'); slider.value = 0.9;"
        "slider.dispatchEvent(new Event('change'))"
    )
    lines = page.execute_script("return citykg.lines().map((line) => line.facts.length)")
    assert len(lines) == 2  # the surest claim, and what is known from elsewhere
    assert not any("</script>" in name for name in shown(page))


def test_a_click_expands_and_collapses(page: Driver, waited: Wait) -> None:
    # Only of a person are the rest neighbours of neighbours.
    search(page, "铜箔之乡")
    page.execute_script("citykg.state.scope = {kind: 'near', node: arguments[0], depth: 1}", index_of(page, "海南岛省"))
    search(page, "海南岛省")
    press(page, "[data-depth]", "1")
    assert shown(page) == {"海南岛省", "东山县"}
    (badge,) = page.execute_script("return citykg.badges()")
    press(page, "#panel .back")
    page.execute_script("citykg.network.redraw()")
    click_at(page, {"x": badge["x"], "y": badge["y"]})
    waited(lambda page: shown(page) >= {"华星新材料有限公司", "年产5万吨铜箔项目"})
    search(page, "东山县")
    press(page, '[data-act="collapse"]')
    assert shown(page) == {"海南岛省", "东山县"}


def test_clicking_a_node_and_a_line(page: Driver, waited: Wait) -> None:
    project, enterprise = index_of(page, "年产5万吨铜箔项目"), index_of(page, "华星新材料有限公司")
    a, b = (page.execute_script("return citykg.spot(arguments[0])", each) for each in (project, enterprise))
    click_at(page, a)
    waited(lambda page: "年产5万吨铜箔项目" in panel(page) and "总投资" in panel(page))
    page.find_element(By.CSS_SELECTOR, ".back").click()
    assert "概览" in panel(page)
    click_at(page, {"x": (a["x"] + b["x"]) / 2, "y": (a["y"] + b["y"]) / 2})
    waited(lambda page: "关系" in panel(page) and "承担" in panel(page))
    assert "华星公司在东山县投资建设年产5万吨铜箔项目" in panel(page)


def test_reader_marks_the_evidence_in_the_file_and_leads_back(page: Driver) -> None:
    search(page, "年产5万吨")
    press(page, ".original")
    assert page.find_element(By.CSS_SELECTOR, "#reader h2").text == "东山县的<b>新</b>路"
    text = page.execute_script("return document.querySelector('#reader .text').textContent")
    assert text == TEXT
    lit = "".join(page.execute_script("return [...document.querySelectorAll('#reader .lit')].map(e => e.textContent)"))
    assert lit == TEXT[10:31]
    names = page.execute_script("return [...document.querySelectorAll('#reader .mention')].map(e => e.textContent)")
    assert "铜箔之乡" in names
    assert {"华星公司", "东山县"} <= set(names)
    press(page, "#reader .mention", "铜箔之乡")
    assert head(page) == "铜箔之乡"
    assert page.find_element(By.ID, "reader").is_displayed()
    press(page, ".return")
    assert page.find_element(By.ID, "network").is_displayed()
    assert not page.find_element(By.ID, "reader").is_displayed()


def test_paths_between_two_things(page: Driver) -> None:
    search(page, "海南岛省")
    press(page, '[data-act="path_from"]')
    field = page.find_element(By.CSS_SELECTOR, '[data-end="to"]')
    field.send_keys("年产5万吨")
    field.send_keys(Keys.ENTER)
    assert shown(page) == {"海南岛省", "东山县", "年产5万吨铜箔项目"}
    assert "1 条最短路径，2 步" in panel(page)
    press(page, "#panel .path .via")
    assert "位于" in panel(page)


def test_paths_begin_at_what_is_chosen(page: Driver) -> None:
    press(page, '[data-scope="paths"]')
    assert "选两个实体" in panel(page)
    press(page, "#panel .back")
    search(page, "海南岛省")
    press(page, '[data-scope="paths"]')
    assert page.find_element(By.CSS_SELECTOR, '[data-end="from"]').get_attribute("value") == "海南岛省"
    assert "再选另一端" in panel(page)


def test_neighbours_to_depth_and_pins(page: Driver) -> None:
    search(page, "海南岛省")
    press(page, "[data-depth]", "2")
    assert shown(page) == {"海南岛省", "东山县", "年产5万吨铜箔项目", "华星新材料有限公司"}
    press(page, '[data-act="pin"]')
    press(page, "[data-scope]", "概览")
    press(page, 'button[data-facet="group"]', "项目")
    assert shown(page) == {"海南岛省", "年产5万吨铜箔项目"}


def test_permalink_leads_back_to_the_view(page: Driver, waited: Wait) -> None:
    press(page, "[data-scope]", "全图")
    press(page, 'button[data-facet="group"]', "项目")
    search(page, "年产5万吨")
    press(page, '[data-act="pin"]')
    waited(lambda page: "pin=" in page.current_url and "group=Project" in page.current_url)
    address = page.current_url
    page.get("about:blank")
    page.get(address)
    assert head(page) == "年产5万吨铜箔项目"
    assert shown(page) == {"年产5万吨铜箔项目"}
    assert page.find_element(By.CSS_SELECTOR, '[data-scope="whole"]').get_attribute("aria-pressed") == "true"
    assert page.find_element(By.CSS_SELECTOR, '[data-act="unpin"]').is_displayed()
    # A link that knows more than the graph does no harm.
    page.get(address.split("#")[0] + "#scope=near,nothing,9&node=%3Cscript%3E&group=X,Y&at=a,b,c&pin=x,1&read=q,1,2")
    waited(lambda page: "概览" in panel(page))
    assert page.get_log("browser") == []


def test_turtle_of_what_is_shown_parses_and_has_the_evidence(page: Driver, saved: Saved) -> None:
    save(page, "save_turtle")
    triples = set(ox.parse(saved("graph.ttl"), format=ox.RdfFormat.TURTLE))
    whole = set(ox.parse((ROOT / "tests" / "data" / "view.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    said = {str(quad.triple) for quad in triples}
    known = {str(quad.triple) for quad in whole}
    assert len([each for each in said if "wasDerivedFrom" in each]) == 4
    assert len([each for each in said if "ontology#undertakenBy" in each]) == 2  # the triple and the claim
    # All that is written is in the graph; it has confidences with fewer digits.
    assert {each for each in said - known if "confidence" not in each} == set()


def test_svg_and_png_of_the_picture(page: Driver, saved: Saved) -> None:
    save(page, "save_svg")
    root = ElementTree.fromstring(saved("graph.svg"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f".//{space}circle")) == len(shown(page))
    assert "年产5万吨" in "".join(root.itertext())
    save(page, "save_png")
    assert saved("graph.png").startswith(b"\x89PNG\r\n")


def test_charts_table_and_csv(page: Driver, saved: Saved) -> None:
    press(page, ".tabs button", "数据")
    press(page, "[data-indicator]", "总投资")
    assert page.find_element(By.CSS_SELECTOR, "#charts canvas").size["height"] > 100
    assert "目标" in page.find_element(By.CSS_SELECTOR, "#charts .legend").text
    row = page.find_element(By.CSS_SELECTOR, "#charts tbody tr")
    assert row.text.split()[:3] == ["年产5万吨铜箔项目", "东山县", "›"]
    press(page, '[data-column="value"]')
    assert page.find_element(By.CSS_SELECTOR, "th.value").get_attribute("aria-sort") == "ascending"
    page.find_element(By.ID, "csv").click()
    table = list(csv.reader(io.StringIO(saved("figures.csv").decode("utf-8-sig"))))
    assert table[1][:6] == ["年产5万吨铜箔项目", "东山县 › 海南岛省", "总投资", "2021", "20.5", "亿元"]
    page.find_element(By.CSS_SELECTOR, "#charts tbody tr").click()
    assert head(page) == "总投资"
    assert "华星公司在东山县投资建设" in panel(page)


def test_keyboard_alone(page: Driver) -> None:
    keys(page, "/")
    keys(page, "东山县", Keys.ENTER)
    assert head(page) == "东山县"
    keys(page, "n")
    assert head(page) != "东山县"
    keys(page, "p")
    assert page.execute_script("return citykg.state.pinned.size") == 1
    keys(page, "2")
    assert page.find_element(By.ID, "charts").is_displayed()
    keys(page, Keys.ESCAPE)
    keys(page, Keys.ESCAPE)
    assert "概览" in panel(page)
    keys(page, "w")
    assert "铜箔之乡" in shown(page)
    keys(page, "?")
    assert page.find_element(By.ID, "keys").is_displayed()


def test_english_and_dark(page: Driver) -> None:
    page.find_element(By.ID, "language").click()
    assert page.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert "Overview" in panel(page)
    assert "enterprise" in facet(page, "group")
    search(page, "华星")
    assert "undertaken by" in panel(page)
    ground = "return getComputedStyle(document.body).backgroundColor"
    before = page.execute_script(ground)
    page.find_element(By.ID, "theme").click()
    assert page.execute_script(ground) != before
    assert page.get_log("browser") == []


def test_what_is_shown_is_listed_for_those_who_do_not_see_it(page: Driver, waited: Wait) -> None:
    press(page, 'details[data-facet="shown"] summary')
    # The list is filled on the event that it was unrolled, which comes after the click.
    listed = waited(lambda page: page.find_elements(By.CSS_SELECTOR, "#shown .link .name"))
    assert {each.text for each in listed} == shown(page)
    for control in page.find_elements(By.CSS_SELECTOR, "button, input"):
        if control.is_displayed():
            assert control.accessible_name, control.get_attribute("outerHTML")


def test_printing_leaves_out_the_controls(page: Driver) -> None:
    search(page, "年产5万吨")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find_element(By.ID, "search").is_displayed()
        assert not page.find_element(By.ID, "facets").is_displayed()
        assert "华星公司在东山县投资建设" in panel(page)
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_nothing_can_be_fetched(page: Driver) -> None:
    script = "const done = arguments[0]; fetch('http://127.0.0.1:9/').then(() => done('ok'), (e) => done(e.name))"
    assert page.execute_async_script(script) == "TypeError"
    assert any("Content Security Policy" in entry["message"] for entry in page.get_log("browser"))
