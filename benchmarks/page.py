"""The page beside plain pyvis on the same graph: how soon it is ready, and how smoothly it moves.

    python benchmarks/page.py [--output FILE] [--patience SECONDS]

The graphs are made up: cities with what hangs on them, as a build gives, with 500, 2,000 and
10,000 things. *Ready* is the time from the call for the page to the first frame after which
nothing moves by itself: for pyvis that is the end of its physics (`stabilizationIterationsDone`).
*Frames a second* are counted over three seconds in which the whole graph is moved about.
Needs chromium and chromedriver. Chromium draws on the processor here, as on a machine without a GPU.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.support.wait import WebDriverWait
from urllib3.exceptions import ReadTimeoutError

from kg.view import ViewModel, page_data, render_page
from kg.view.model import Fact, Node
from kg.view.vocabulary import Term

ROOT = Path(__file__).resolve().parent.parent
SIZES = (500, 2_000, 10_000)
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1440,900")
Driver = Any

# Moves the view to and fro and counts frames; `network` is vis-network's.
MOVE = """
const [name, done] = arguments; const network = name === "kg" ? citykg.network : window.network;
const {x, y} = network.getViewPosition(); const scale = network.getScale(); const start = performance.now();
let frames = 0;
function step() {
  frames += 1;
  const elapsed = performance.now() - start;
  network.moveTo({position: {x: x + Math.sin(elapsed / 300) * 200 / scale, y}, scale, animation: false});
  if (elapsed < 3000) requestAnimationFrame(step); else done(frames / elapsed * 1000);
}
requestAnimationFrame(step);
"""


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds to write the page, seconds until it is ready (None: not within patience), frames a second, its bytes."""

    written: float
    ready: float | None
    frames: float | None
    size: int


def made_up_model(size: int) -> ViewModel:
    """Cities of sixty things each, every third of which hangs on another besides, as numbers decide, not chance."""
    city, thing = Term("City", "城市", "city", "#332288"), Term("Enterprise", "企业", "enterprise", "#117733")
    hub = [max(0, index - index % 61) for index in range(size)]
    edges = {(index, hub[index]) for index in range(size) if hub[index] != index}
    edges |= {(index, (index * 7919 + 13) % size) for index in range(0, size, 3)}
    edges |= {(index, (index + 61) % size) for index in range(0, size, 61)}
    edges = {(a, b) for a, b in edges if a != b and b < size}
    degree = [0] * size
    for a, b in edges:
        degree[a] += 1
        degree[b] += 1
    iris = [f"https://example.org/{index:05}" for index in range(size)]
    nodes = tuple(
        Node(
            iris[n],
            f"{'东山市' if hub[n] == n else '新材料公司'}{n}",
            (),
            *((city,) * 2 if hub[n] == n else (thing,) * 2),
            (),
            degree[n],
        )
        for n in range(size)
    )
    facts = tuple(Fact(iris[a], "locatedIn", iris[b], ()) for a, b in sorted(edges))
    return ViewModel(nodes, facts, (), (), (city, thing), (Term("locatedIn", "位于", "located in"),))


def write_ours(model: ViewModel, file: Path) -> None:
    """`kg view`."""
    file.write_text(render_page(page_data(model), title="benchmark"), encoding="utf-8")


def write_plain(model: ViewModel, file: Path) -> None:
    """What a user of pyvis writes: add nodes, add edges, save."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="800px")
    for node in model.nodes:
        network.add_node(node.iri, label=node.label, color=node.group.colour)
    for fact in model.facts:
        network.add_edge(fact.subject, fact.object)
    text = network.generate_html()
    # It loads Bootstrap from elsewhere, which is not there; that must not be counted against it.
    inlined, rest = text[: text.index("<center>")], text[text.index("<center>") :]
    rest += "<script>network.once('stabilizationIterationsDone', () => { window.rested = true; });</script>"
    rest = re.sub(r"<link\b[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>", "", rest)
    file.write_text(inlined + rest, encoding="utf-8")


READY = {
    "kg": "return window.citykg !== undefined && document.querySelector('#notice').textContent !== ''",
    # Physics that have come to rest; set by the listener that `write_plain` adds.
    "pyvis": "return window.rested === true",
}


def measure(name: str, write: Callable[[ViewModel, Path], None], model: ViewModel, *, patience: float) -> Result:
    """Write the page of `model`, open it, wait until it is ready, move about in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        start = time.process_time()
        write(model, file)
        written = time.process_time() - start
        options = webdriver.ChromeOptions()
        for flag in FLAGS:
            options.add_argument(flag)
        driver: Driver = webdriver.Chrome(
            options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
        )
        try:
            driver.set_page_load_timeout(patience)
            driver.command_executor.client_config.timeout = patience  # its page answers nothing while it works
            driver.set_script_timeout(60)
            start = time.perf_counter()
            try:
                driver.get(file.as_uri())
                WebDriverWait(driver, patience, poll_frequency=0.02).until(
                    lambda page: page.execute_script(READY[name])
                )
            except (TimeoutException, ReadTimeoutError):
                return Result(written, None, None, file.stat().st_size)
            ready = time.perf_counter() - start
            if name == "kg":
                driver.execute_script("document.querySelector('[data-scope=\"whole\"]').click()")
            time.sleep(1)
            frames = float(driver.execute_async_script(MOVE, name))
            return Result(written, ready, frames, file.stat().st_size)
        finally:
            with suppress(ReadTimeoutError):
                driver.command_executor.client_config.timeout = 5
                driver.quit()
            driver.service.stop()


def table(rows: Sequence[tuple[int, int, Result, Result]], patience: float) -> str:
    """The results as Markdown."""

    def ready(result: Result) -> str:
        return f"{result.ready:.1f} s" if result.ready is not None else f"not in {patience:.0f} s"

    def frames(result: Result) -> str:
        return f"{result.frames:.0f}" if result.frames is not None else "–"

    lines = [
        "# The page beside plain pyvis",
        "",
        "Written by `python benchmarks/page.py`: the same made-up graphs in headless Chromium without a GPU.",
        "*Write* is the processor time Python takes for the file. *Ready* is the time from opening it until nothing",
        "moves by itself any more; *frames* are frames a second while the whole graph is moved about.",
        f"{os.cpu_count()} processors; load over the last 15 minutes {os.getloadavg()[2]:.1f}, this program included.",
        "",
        "| things | lines | | write | ready | frames | file |",
        "|---:|---:|---|---:|---:|---:|---:|",
    ]
    for size, links, ours, plain in rows:
        for name, result in (("kg view", ours), ("pyvis", plain)):
            lines.append(
                f"| {size:,} | {links:,} | {name} | {result.written:.1f} s | {ready(result)} | {frames(result)} "
                f"| {result.size / 1e6:.1f} MB |"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "page.md", metavar="FILE")
    parser.add_argument("--patience", type=float, default=180.0, metavar="SECONDS", help="[default: %(default)s]")
    arguments = parser.parse_args()
    rows = []
    for size in SIZES:
        model = made_up_model(size)
        ours = measure("kg", write_ours, model, patience=arguments.patience)
        plain = measure("pyvis", write_plain, model, patience=arguments.patience)
        rows.append((size, len(model.facts), ours, plain))
    arguments.output.write_text(table(rows, arguments.patience), encoding="utf-8")


if __name__ == "__main__":
    main()
