"""The pages of `kg serve` in a real browser for which nothing but this machine answers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from serving import BASE, Served, serving

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kg serve needs a system that can fork")

Driver = Any


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as running:
        yield running


@pytest.fixture
def page(local_driver: Driver, served: Served) -> Iterator[Driver]:
    """A browser; after the test its console must be empty, and it must have asked nobody but the server."""
    local_driver.get("about:blank")
    local_driver.get_log("browser")
    local_driver.get_log("performance")
    yield local_driver
    assert local_driver.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in local_driver.get_log("performance")]
    requests = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert requests
    # chrome:// is the start page of the browser itself.
    assert {url for url in requests if not url.startswith((served.address, "data:", "blob:", "chrome:"))} == set()


def wait(page: Driver, condition: Callable[[Driver], Any]) -> Any:
    """What `condition` gives once it holds; tables of results are drawn more than once, so elements come and go."""
    gone = [StaleElementReferenceException]
    return WebDriverWait(page, 30, poll_frequency=0.05, ignored_exceptions=gone).until(condition)


def cells(page: Driver) -> list[str]:
    """The texts of the table of results."""
    return [each.text for each in page.find_elements(By.CSS_SELECTOR, ".yasr tbody td")]


def test_the_page_of_the_graph(page: Driver, served: Served) -> None:
    page.get(f"{served.address}#node={quote('area/990001', safe='')}")
    wait(page, lambda page: page.execute_script("return window.citykg !== undefined"))
    assert wait(page, lambda page: page.find_element(By.CSS_SELECTOR, "#panel h2").text) == "东山县"
    page.find_element(By.LINK_TEXT, "查询").click()
    wait(page, lambda page: page.current_url == f"{served.address}query")


def choose(page: Driver, name: str) -> Driver:
    """The form of a named question, once it is chosen."""
    Select(page.find_element(By.ID, "question")).select_by_value(name)
    return page.find_element(By.CSS_SELECTOR, f'form[data-query="{name}"]')


def test_a_named_question_is_asked(page: Driver, served: Served) -> None:
    page.get(f"{served.address}query")
    choose(page, "projects").find_element(By.TAG_NAME, "button").click()
    wait(page, lambda page: any("年产5万吨铜箔项目" in each for each in cells(page)))
    text = page.execute_script("return document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    assert "PREFIX kg: <" in text
    assert "undertakenBy" in text
    assert page.find_elements(By.CSS_SELECTOR, ".tabPanel.active .parseErrorIcon") == []


def test_a_named_question_takes_the_name_of_a_thing(page: Driver, served: Served) -> None:
    page.get(f"{served.address}query")
    form = choose(page, "names")
    field = form.find_element(By.NAME, "thing")
    field.send_keys("东山", Keys.ENTER)
    wait(page, lambda page: any("东山县" in each for each in cells(page)))
    field.clear()
    field.send_keys("无此事物", Keys.ENTER)
    assert "无此事物" in wait(page, lambda page: page.find_element(By.ID, "refusal").text)
    # Chromium itself notes every response of 400 and above.
    assert [entry["message"] for entry in page.get_log("browser") if "400 (Bad Request)" not in entry["message"]] == []


def test_a_link_to_a_query_opens_it(page: Driver, served: Served) -> None:
    query = "SELECT ?county { ?county a kg:County }"
    page.get(f"{served.sparql}?query={quote(query)}")
    assert page.current_url.startswith(f"{served.address}query")
    text = page.execute_script("return document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    assert text == query


def test_an_iri_among_the_results_leads_to_its_page_here(page: Driver, served: Served) -> None:
    query = "SELECT ?county { ?county a kg:County }"
    page.get(f"{served.address}query#query={quote(query)}")
    page.find_element(By.CSS_SELECTOR, ".tabPanel.active .yasqe_queryButton").click()
    first = page.current_window_handle

    def follow(page: Driver) -> bool:
        link = page.find_element(By.CSS_SELECTOR, f'.tabPanel.active .yasr a.iri[href="{BASE}area/990001"]')
        link.click()
        return True

    wait(page, follow)
    wait(page, lambda page: len(page.window_handles) == 2)
    page.switch_to.window(next(each for each in page.window_handles if each != first))
    try:
        wait(page, lambda page: page.current_url == f"{served.address}id/area/990001")
        assert page.find_element(By.TAG_NAME, "h1").text == "东山县"
    finally:
        page.close()
        page.switch_to.window(first)


def test_a_refusal_is_shown(page: Driver, served: Served) -> None:
    page.get(f"{served.address}query#query={quote('SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }')}")
    page.find_element(By.CSS_SELECTOR, ".tabPanel.active .yasqe_queryButton").click()
    result = ".tabPanel.active .yasr .errorResult"
    wait(page, lambda page: "SERVICE is not allowed here" in page.find_element(By.CSS_SELECTOR, result).text)
    # Chromium itself notes every response of 400 and above.
    assert [entry["message"] for entry in page.get_log("browser") if "403 (Forbidden)" not in entry["message"]] == []


def test_a_thing_has_a_page_with_links_to_others(page: Driver, served: Served) -> None:
    page.get(f"{served.address}id/area/990001")
    page.find_element(By.LINK_TEXT, "年产5万吨铜箔项目").click()
    assert wait(page, lambda page: page.find_element(By.TAG_NAME, "h1").text) == "年产5万吨铜箔项目"
    page.find_element(By.CSS_SELECTOR, 'nav a[href^="/#node="]').click()
    wait(page, lambda page: page.execute_script("return window.citykg !== undefined"))
    assert wait(page, lambda page: page.find_element(By.CSS_SELECTOR, "#panel h2").text) == "年产5万吨铜箔项目"
