"""The page from file:// in Firefox, driven by WebDriver BiDi, which Firefox speaks without a driver of its own."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.view import page_data, read_model, render_page

websocket = pytest.importorskip("websocket", reason="websocket-client, which comes with selenium, is not installed")

ROOT = Path(__file__).parent.parent.parent
BROWSERS = ("firefox-esr", "firefox")
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """A connection to one Firefox; `log` has what its console has said."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        self._numbers = itertools.count(1)
        self.log: list[str] = []
        self.send("session.new", {"capabilities": {}})
        self.send("session.subscribe", {"events": ["log.entryAdded"]})
        self._context = self.send("browsingContext.getTree", {})["contexts"][0]["context"]

    def send(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == "log.entryAdded":
                self.log.append(str(message["params"].get("text")))
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def open(self, address: str) -> None:
        self.send("browsingContext.navigate", {"context": self._context, "url": address, "wait": "complete"})

    def run(self, script: str) -> Any:
        """What the expression `script` gives, as JSON takes it."""
        params = {
            "expression": f"(async () => JSON.stringify(await ({script})))()",
            "target": {"context": self._context},
            "awaitPromise": True,
        }
        result = self.send("script.evaluate", params)
        assert result["type"] == "success", result
        return json.loads(result["result"].get("value", "null"))

    def until(self, condition: str) -> None:
        """Wait until the expression `condition` holds, for 20 s at most."""
        pause = "await new Promise((done) => setTimeout(done, 50))"
        tries = f"for (let tries = 0; !({condition}) && tries < 400; tries++) {pause};"
        assert self.run(f"(async () => {{ {tries} return {condition}; }})()"), condition

    def close(self) -> None:
        self.send("browser.close", {})


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        reason = "no firefox on the path; install Debian's firefox-esr"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    profile = tmp_path_factory.mktemp("firefox")
    # A proxy that is not there: whatever the page asked for would fail, and be told in the console.
    (profile / "user.js").write_text(
        'user_pref("network.proxy.type", 1); user_pref("network.proxy.http", "127.0.0.1");'
        'user_pref("network.proxy.http_port", 9); user_pref("network.proxy.ssl", "127.0.0.1");'
        'user_pref("network.proxy.ssl_port", 9); user_pref("datareporting.policy.dataSubmissionEnabled", false);',
        encoding="utf-8",
    )
    command = [browser, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env={**os.environ, "HOME": str(profile)}
    )
    try:
        assert process.stderr is not None
        found = next(filter(None, map(LISTENING.search, process.stderr)), None)
        assert found, "firefox ended before it listened"
        connection = Firefox(found[1])
        yield connection
        connection.close()
    finally:
        process.terminate()
        process.wait(30)


def test_page_works_in_firefox(firefox: Firefox, tmp_path: Path) -> None:
    file = tmp_path / "图谱.html"
    model = read_model(ROOT / "tests" / "data" / "view.ttl", ROOT / "ontology")
    file.write_text(render_page(page_data(model, texts={"00ff": "华星公司" * 20}), title="东山县"), encoding="utf-8")
    firefox.open(file.as_uri())
    assert firefox.run("citykg.shown().length") == 6
    ink = "[...document.querySelector('#network canvas').getContext('2d').getImageData(0, 0, 600, 600).data]"
    firefox.until(f"{ink}.some((byte) => byte > 0 && byte < 255)")
    firefox.run("(document.querySelector('#panel .link').click(), 0)")
    assert "所在" in firefox.run("document.getElementById('panel').textContent")
    firefox.run("(document.querySelector('.original').click(), 0)")
    assert firefox.run("document.querySelector('#reader .text').textContent") == "华星公司" * 20
    firefox.run("(document.querySelector('.tabs [data-view=figures]').click(), 0)")
    assert firefox.run("document.querySelectorAll('#charts canvas').length") == 1
    assert firefox.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    firefox.until("location.hash.includes('view=figures')")
    assert firefox.run("window.hacked === undefined")
    assert firefox.log == []
