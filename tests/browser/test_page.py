"""The page in a real browser: what a reader sees and clicks."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.view import read_model, render_page

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402 - only where selenium is there
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1440,900",
)

Driver = Any


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    server = shutil.which("chromedriver")
    if not browser or not server:
        reason = "no chromium and chromedriver on the path; install Debian's chromium and chromium-driver"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(server))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "graph.html"
    model = read_model(ROOT / "tests" / "data" / "view.ttl", ROOT / "ontology")
    file.write_text(render_page(model, title="东山县"), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def page(driver: Driver, address: str) -> Driver:
    driver.get_log("performance")
    driver.get(address)
    settled(driver)
    return driver


def settled(page: Driver) -> None:
    """Wait until the picture no longer moves."""
    where: list[object] = []

    def still(page: Driver) -> bool:
        script = "return [citykg.network.getScale(), citykg.network.getViewPosition()]"
        where.append(page.execute_script(script))
        return len(where) > 2 and where[-1] == where[-2] == where[-3]

    WebDriverWait(page, 20, poll_frequency=0.1).until(still)


def click_at(page: Driver, point: dict[str, float]) -> None:
    """Click where the canvas has `point`."""
    script = "return citykg.network.canvasToDOM(arguments[0])"
    spot = page.execute_script(script, point)
    stage = page.find_element(By.ID, "network")
    x, y = round(spot["x"] - stage.size["width"] / 2), round(spot["y"] - stage.size["height"] / 2)
    ActionChains(page).move_to_element_with_offset(stage, x, y).click().perform()


def panel(page: Driver) -> str:
    return str(page.find_element(By.ID, "panel").text)


def waited(page: Driver, condition: Callable[[Driver], Any]) -> Any:
    return WebDriverWait(page, 10, poll_frequency=0.05).until(condition)


def search(page: Driver, text: str) -> None:
    page.find_element(By.ID, "search").send_keys(text)
    waited(page, lambda page: page.find_elements(By.CSS_SELECTOR, "#suggestions li"))
    page.find_element(By.ID, "search").send_keys(Keys.ENTER)


def index_of(page: Driver, label: str) -> int:
    nodes = json.loads(page.execute_script("return document.getElementById('graph-data').textContent"))["nodes"]
    return next(index for index, node in enumerate(nodes) if node["label"] == label)


def test_page_loads_without_error_and_without_request(page: Driver, address: str) -> None:
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    requests = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    # chrome:// is the start page of the browser itself.
    assert {url for url in requests if not url.startswith(("data:", "chrome:"))} == {address}
    assert page.get_log("browser") == []


def test_header_and_legend_count(page: Driver) -> None:
    assert [each.text for each in page.find_elements(By.CSS_SELECTOR, ".counts dd")] == ["6", "5", "1", "1"]
    legend = [each.text.split()[-1] for each in page.find_elements(By.CSS_SELECTOR, "#legend button")]
    assert sum(map(int, legend)) == 6


def test_search_by_alias_shows_facts_with_sentence_article_and_rule(page: Driver) -> None:
    search(page, "华星公司")
    text = panel(page)
    assert "华星新材料有限公司" in text
    assert "位于" in text
    assert "落户东山县" in text
    assert "《东山县的<b>新</b>路》 2022-03" in text
    assert "置信度 0.70 · 规则 locatedIn/settle" in text
    marks = {each.text for each in page.find_elements(By.CSS_SELECTOR, "#panel mark")}
    assert {"华星公司", "东山县"} <= marks


def test_suggestions_say_when_there_are_none(page: Driver) -> None:
    page.find_element(By.ID, "search").send_keys("没有的东西")
    assert page.find_element(By.ID, "suggestions").text == "没有这个名称"


def test_other_end_of_a_fact_leads_there(page: Driver) -> None:
    search(page, "年产5万吨")
    assert page.find_element(By.CSS_SELECTOR, "#panel h2").text == "年产5万吨铜箔项目"
    link = next(each for each in page.find_elements(By.CSS_SELECTOR, "#panel .link") if "华星" in each.text)
    link.click()
    assert page.find_element(By.CSS_SELECTOR, "#panel h2").text == "华星新材料有限公司"
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


def test_legend_hides_and_shows_a_class(page: Driver) -> None:
    enterprise = index_of(page, "华星新材料有限公司")
    hidden = "return citykg.nodes.get(arguments[0]).hidden"
    lines = "return citykg.edges.get().filter(e => e.hidden).length"

    def row() -> Driver:
        return next(each for each in page.find_elements(By.CSS_SELECTOR, "#legend button") if "企业" in each.text)

    row().click()
    assert page.execute_script(hidden, enterprise) is True
    assert page.execute_script(lines) == 3
    assert row().get_attribute("aria-pressed") == "false"
    page.find_element(By.ID, "all-classes").click()
    assert page.execute_script(hidden, enterprise) is False
    assert page.execute_script(lines) == 0


def test_clicking_a_node_and_a_line(page: Driver) -> None:
    project, enterprise = index_of(page, "年产5万吨铜箔项目"), index_of(page, "华星新材料有限公司")
    places = page.execute_script("return citykg.network.getPositions(arguments[0])", [project, enterprise])
    a, b = places[str(project)], places[str(enterprise)]
    click_at(page, a)
    waited(page, lambda page: "年产5万吨铜箔项目" in panel(page) and "总投资" in panel(page))
    page.find_element(By.CSS_SELECTOR, ".back").click()
    assert "总览" in panel(page)
    click_at(page, {"x": (a["x"] + b["x"]) / 2, "y": (a["y"] + b["y"]) / 2})
    waited(page, lambda page: "关系" in panel(page) and "承担" in panel(page))
    assert "华星公司在东山县投资建设年产5万吨铜箔项目" in panel(page)


def test_hostile_texts_are_shown_and_do_nothing(page: Driver) -> None:
    search(page, "alert(1)")
    assert page.find_element(By.CSS_SELECTOR, "#panel h2").text == "</script><script>window.hacked=1;alert(1)</script>"
    assert "董事长<img src=x onerror=window.hacked=1>" in panel(page)
    assert "<svg onload=window.hacked=1>" in panel(page)
    assert page.execute_script("return window.hacked") is None
    assert page.find_elements(By.CSS_SELECTOR, "#panel img, #panel svg, #panel script, #panel i i") == []
    assert page.get_log("browser") == []


def test_nothing_can_be_fetched(page: Driver) -> None:
    script = "const done = arguments[0]; fetch('http://127.0.0.1:9/').then(() => done('ok'), (e) => done(e.name))"
    assert page.execute_async_script(script) == "TypeError"
    assert any("Content Security Policy" in entry["message"] for entry in page.get_log("browser"))
