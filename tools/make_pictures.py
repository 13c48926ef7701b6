"""Take the pictures of the README: the page that `kg build seeds` writes, in headless Chromium.

    python tools/make_pictures.py [--show NAME] [--output DIR]

`graph.png` is what it opens on, `panel.png` a thing unfolded with its facts, `reader.png` the article
behind a fact, `figures.png` an indicator over places. Needs chromium, chromedriver and a Chinese
font, as tests/browser does.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kg.build import PAGE_FILE, Options, build
from kg.knowledge import default_folder

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
SIZE = (1440, 900)
SECONDS_TO_SETTLE = 2.0

Driver = Any


def show_overview(driver: Driver, name: str) -> None:
    """What the page opens on."""


def unfold(driver: Driver, name: str) -> None:
    """The thing `name` with its neighbours, and its facts."""
    driver.find_element(By.ID, "search").send_keys(name, Keys.ENTER)
    driver.find_element(By.CSS_SELECTOR, '[data-act="expand"]').click()


def read_evidence(driver: Driver, name: str) -> None:
    """The article from which the first of these facts was read."""
    driver.find_element(By.CSS_SELECTOR, "#panel .original").click()


def show_figures(driver: Driver, name: str) -> None:
    """The indicator with most figures, in the dark."""
    driver.find_element(By.CSS_SELECTOR, '.tabs [data-view="figures"]').click()
    driver.find_element(By.ID, "theme").click()


STEPS: dict[str, Callable[[Driver, str], None]] = {
    "graph.png": show_overview,
    "panel.png": unfold,
    "reader.png": read_evidence,
    "figures.png": show_figures,
}


def photograph(page: Path, folder: Path, *, show: str) -> None:
    """Write to `folder` what a reader sees on `page`, step by step; `show` names the thing that is looked up."""
    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        # The size of the page, not of a window with its bars.
        metrics = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.get(page.as_uri())
        folder.mkdir(parents=True, exist_ok=True)
        for name, step in STEPS.items():
            step(driver, show)
            time.sleep(SECONDS_TO_SETTLE)
            driver.save_screenshot(str(folder / name))
    finally:
        driver.quit()


def main() -> None:
    """Build the seeds and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--show", default="水口山经开区", metavar="NAME", help="what is looked up [default: %(default)s]"
    )
    parser.add_argument("--output", type=Path, default=PICTURES, metavar="DIR", help="[default: docs/images]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "seeds"], Path(folder), options=Options(default_folder()))
        photograph(Path(folder) / PAGE_FILE, arguments.output, show=arguments.show)


if __name__ == "__main__":
    main()
