"""A real browser without a network, for the tests of pages."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(scope="session")
def black_hole() -> Iterator[int]:
    """The port of a proxy that takes every connection and never answers."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def swallow() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=swallow, daemon=True).start()
        yield server.getsockname()[1]
        for connection in taken:
            connection.close()


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory, black_hole: int) -> Iterator[Driver]:
    """Chromium whose network swallows all: a page that waits for anything remote never gets ready."""
    downloads = tmp_path_factory.mktemp("downloads")
    driver = _chromium(tmp_path_factory.mktemp("profile"), downloads, black_hole, reached="<-loopback>")
    driver.downloads = downloads
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def local_driver(tmp_path_factory: pytest.TempPathFactory, black_hole: int) -> Iterator[Driver]:
    """Chromium whose network swallows all but what is on this machine."""
    downloads = tmp_path_factory.mktemp("downloads")
    driver = _chromium(tmp_path_factory.mktemp("profile"), downloads, black_hole, reached="127.0.0.1")
    yield driver
    driver.quit()


def _chromium(profile: Path, downloads: Path, black_hole: int, *, reached: str) -> Driver:
    """A Chromium for which all but `reached`, a list of hosts as it has them, lies behind the black hole."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    server = shutil.which("chromedriver")
    if not browser or not server:
        reason = "no chromium and chromedriver on the path; install Debian's chromium and chromium-driver"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (
        *FLAGS,
        f"--user-data-dir={profile}",
        f"--proxy-server=127.0.0.1:{black_hole}",
        f"--proxy-bypass-list={reached}",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ):
        options.add_argument(flag)
    # Without the second a page that saves two files without a click between them is asked about it.
    options.add_experimental_option(
        "prefs",
        {
            "download.default_directory": str(downloads),
            "profile.default_content_setting_values.automatic_downloads": 1,
        },
    )
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(server))


@pytest.fixture
def waited(driver: Driver) -> Callable[[Callable[[Driver], Any]], Any]:
    """Wait until a condition on the page holds; what it gave."""
    from selenium.webdriver.support.wait import WebDriverWait

    def wait(condition: Callable[[Driver], Any]) -> Any:
        return WebDriverWait(driver, 20, poll_frequency=0.05).until(condition)

    return wait


@pytest.fixture
def saved(driver: Driver, waited: Callable[[Callable[[Driver], Any]], Any]) -> Callable[[str], bytes]:
    """The bytes of a file, by its name, that the page has just saved; it is taken away."""

    def read(name: str) -> bytes:
        file: Path = driver.downloads / name
        waited(lambda _: file.exists() and file.stat().st_size > 0 and not list(driver.downloads.glob("*.crdownload")))
        data = file.read_bytes()
        file.unlink()
        return data

    return read
