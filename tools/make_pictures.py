"""Take `docs/images/graph.png`: the page that `kg build seeds` writes, in headless Chromium.

    python tools/make_pictures.py [--show NAME]

Needs chromium, chromedriver and a Chinese font, as tests/browser does.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kg.build import PAGE_FILE, Options, build
from kg.knowledge import default_folder

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "graph.png"
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
SIZE = (1440, 900)
SECONDS_TO_SETTLE = 3.0


def photograph(page: Path, picture: Path, *, show: str) -> None:
    """Write to `picture` what a reader sees on `page` after a search for `show`."""
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--window-size={SIZE[0]},{SIZE[1]}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        driver.get(page.as_uri())
        time.sleep(SECONDS_TO_SETTLE)
        field = driver.find_element(By.ID, "search")
        field.send_keys(show)
        time.sleep(1)
        field.send_keys(Keys.ENTER)
        time.sleep(SECONDS_TO_SETTLE)
        picture.parent.mkdir(parents=True, exist_ok=True)
        driver.save_screenshot(str(picture))
    finally:
        driver.quit()


def main() -> None:
    """Build the seeds and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--show", default="水口山经开区", metavar="NAME", help="what the panel shows [default: %(default)s]"
    )
    parser.add_argument("--output", type=Path, default=PICTURE, metavar="FILE", help="[default: docs/images/graph.png]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "seeds"], Path(folder), options=Options(default_folder()))
        photograph(Path(folder) / PAGE_FILE, arguments.output, show=arguments.show)


if __name__ == "__main__":
    main()
