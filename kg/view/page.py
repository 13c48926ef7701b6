"""The page's data as one HTML file, drawn by pyvis and vis-network.

pyvis holds the network and fills a template; the template is ours, because each mode of its
own (0.3.2) fetches something from a remote host. Everything the page needs stands in the
page: vis-network from the installed pyvis, ECharts, style and script from ``assets/``. The
Content-Security-Policy admits these scripts by their hash and no request at all.

All text of the graph reaches the page as JSON in a data block, in which ``<``, ``>``, ``&``
and ``'`` are escaped, and from there as text nodes. So no label can become markup.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup

from kg.markup import templates_in

if TYPE_CHECKING:
    from pyvis.network import Network

ASSETS = Path(__file__).parent / "assets"
VIS_NETWORK = Path("templates") / "lib" / "vis-9.1.2" / "vis-network.min.js"
ECHARTS = ASSETS / "echarts" / "echarts.simple.min.js"
WORDS = ASSETS / "words.json"

SCRIPTS = (
    "data.js",
    "words.js",
    "evidence.js",
    "filters.js",
    "scope.js",
    "settle.js",
    "picture.js",
    "drawing.js",
    "labels.js",
    "panel.js",
    "figures.js",
    "paths.js",
    "reader.js",
    "charts.js",
    "lists.js",
    "search.js",
    "export.js",
    "permalink.js",
    "page.js",
)

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "zoomSpeed": 0.7,
        "multiselect": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {
        "shape": "dot",
        "borderWidth": 1.5,
        "borderWidthSelected": 1.5,
        "scaling": {"label": {"drawThreshold": 8}},
    },
    "edges": {"smooth": False},
}


def render_page(data: dict[str, Any], *, title: str, query: str = "") -> str:
    """One HTML file that shows `data` (see `page_data`). Equal data give equal text.

    `query` is the address of a page to query the graph, where there is one.
    """
    import pyvis.network  # here, for it loads IPython and networkx, which no other command needs

    network = pyvis.network.Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(ASSETS), "page.html.jinja")
    network.options = OPTIONS
    _fill(network, data)
    vis = _script(Path(pyvis.__file__).parent / VIS_NETWORK)
    charts = _script(ECHARTS)
    page = _page_script()
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    network.templateEnv = _environment()
    network.templateEnv.globals.update(
        title=title,
        query=query,
        words=words,
        t={key: each[0] for key, each in words.items()},
        vis_script=Markup(vis),
        charts_script=Markup(charts),
        page_script=Markup(page),
        page_style=Markup("\n".join((ASSETS / name).read_text(encoding="utf-8") for name in STYLES)),
        script_hashes=Markup(" ".join(_hash(script) for script in (vis, charts, page))),
        graph={name: table for name, table in data.items() if name != "picture"},
        picture={name: table for name, table in data["picture"].items() if name not in ("nodes", "lines")},
        counts=data["counts"],
    )
    return str(network.generate_html())


STYLES = ("page.css", "panel.css", "views.css")


def _fill(network: Network, data: dict[str, Any]) -> None:
    """Nodes and lines of the picture.

    Set at once: `add_node` and `add_edge` compare each with all before it, which takes minutes at 10,000.
    """
    colours = [group["colour"] for group in data["groups"]]
    picture = data["picture"]
    network.nodes = [
        {"id": index, "shape": "dot", "color": colours[data["nodes"][index]["group"]], **node}
        for index, node in enumerate(picture["nodes"])
    ]
    network.node_ids = list(range(len(network.nodes)))
    network.node_map = {node["id"]: node for node in network.nodes}
    network.edges = [
        {"id": index, "from": source, "to": target, "facts": said, "dashes": background}
        for index, (source, target, said, background) in enumerate(picture["lines"])
    ]


def _environment() -> Environment:
    environment = templates_in(ASSETS)
    environment.filters["from_json"] = json.loads
    environment.policies["json.dumps_function"] = _dumps
    return environment


def _dumps(value: Any, **options: Any) -> str:
    """JSON with Chinese as it is; jinja2's ``tojson`` escapes ``<``, ``>``, ``&`` and ``'`` in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _script(path: Path) -> str:
    """The text of a script as a parser of HTML sees it, without the link to its source map."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))


def _page_script() -> str:
    """The scripts of the page in one scope of their own."""
    parts = "\n".join(_script(ASSETS / name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
