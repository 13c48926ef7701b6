"""A ViewModel as one HTML file, drawn by pyvis and vis-network.

pyvis holds the network and fills a template; the template is ours, because each mode of its
own (0.3.2) fetches something from a remote host. Everything the page needs stands in the
page: vis-network from the installed pyvis, style and script from ``assets/``. The
Content-Security-Policy admits these two scripts by their hash and no request at all.

All text of the graph reaches the page as JSON in a data block, in which ``<``, ``>``, ``&``
and ``'`` are escaped, and from there as text nodes. So no label can become markup.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.view.layout import place
from kg.view.model import ClaimView, Fact, Node, Quote, ViewModel
from kg.view.vocabulary import Term

if TYPE_CHECKING:
    from pyvis.network import Network

ASSETS = Path(__file__).parent / "assets"
VIS_NETWORK = Path("templates") / "lib" / "vis-9.1.2" / "vis-network.min.js"

SCRIPTS = ("data.js", "picture.js", "labels.js", "panel.js", "lists.js", "page.js")

NODE_LIMIT = 1500
LABEL_LINE = 7
WORD = re.compile(r"[A-Za-z0-9.%+-]{2}")

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "hideEdgesOnDrag": True, "zoomSpeed": 0.7},
    "nodes": {
        "shape": "dot",
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
    },
    "edges": {
        "smooth": False,
        "width": 1,
        "selectionWidth": 1.5,
        "hoverWidth": 1,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
    },
}


def render_page(model: ViewModel, *, title: str, limit: int = NODE_LIMIT) -> str:
    """One HTML file that shows `model`. Equal models give equal text.

    Of a graph of more than `limit` nodes the picture has those with the most neighbours,
    and says so; their facts stay complete, and search finds what they lead to.
    """
    import pyvis.network  # here, for it loads IPython and networkx, which no other command needs

    drawn, listed = _choose(model, limit)
    number = {node.iri: index for index, node in enumerate(listed)}
    network = pyvis.network.Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(ASSETS), "page.html.jinja")
    network.options = OPTIONS
    _add_nodes(network, drawn)
    facts = [fact for fact in model.facts if fact.subject in number and fact.object in number]
    _add_edges(network, facts, number, model, len(drawn))
    _place(network, drawn)
    vis = _script(Path(pyvis.__file__).parent / VIS_NETWORK)
    page = _page_script()
    network.templateEnv = _environment()
    network.templateEnv.globals.update(
        title=title,
        vis_script=Markup(vis),
        page_script=Markup(page),
        page_style=Markup((ASSETS / "page.css").read_text(encoding="utf-8")),
        script_hashes=Markup(" ".join(_hash(script) for script in (vis, page))),
        graph=_graph(model, listed, facts, number),
        counts={
            "nodes": len(model.nodes),
            "facts": len(model.facts),
            "figures": len(model.figures),
            "articles": len(model.articles),
            "drawn": len(drawn),
        },
    )
    return str(network.generate_html())


def _choose(model: ViewModel, limit: int) -> tuple[list[Node], list[Node]]:
    """The nodes of the picture, and these with the nodes their facts lead to."""
    central = sorted(model.nodes, key=lambda node: (-node.degree, node.iri))
    drawn = sorted(central[:limit], key=lambda node: node.iri)
    chosen = {node.iri for node in drawn}
    reached = {
        end
        for fact in model.facts
        for end in (fact.subject, fact.object)
        if fact.subject in chosen or fact.object in chosen
    }
    reached -= chosen
    return drawn, drawn + [node for node in model.nodes if node.iri in reached]


def _add_nodes(network: Network, drawn: list[Node]) -> None:
    for index, node in enumerate(drawn):
        network.add_node(
            index,
            label=_wrap(node.label),
            color=node.group.colour,
            size=round(9 + 3.0 * math.sqrt(max(node.degree - 1, 0))),
        )


def _add_edges(network: Network, facts: list[Fact], number: dict[str, int], model: ViewModel, drawn: int) -> None:
    """One line for each pair of nodes, named by all that is said between them."""
    names = {relation.name: relation.label for relation in model.relations}
    lines: dict[tuple[int, int], list[int]] = {}
    for index, fact in enumerate(facts):
        source, target = number[fact.subject], number[fact.object]
        if source < drawn and target < drawn and source != target:
            pair = (target, source) if (target, source) in lines else (source, target)
            lines.setdefault(pair, []).append(index)
    for identity, ((source, target), said) in enumerate(lines.items()):
        label = " / ".join(dict.fromkeys(names[facts[index].predicate] for index in said))
        background = not any(facts[index].claims for index in said)
        network.add_edge(source, target, id=identity, label=label, facts=said, dashes=background)


def _place(network: Network, drawn: list[Node]) -> None:
    edges = [(edge["from"], edge["to"]) for edge in network.edges]
    points = place([(node.group.name, node.label) for node in drawn], edges)
    for record, (x, y) in zip(network.nodes, points, strict=True):
        record["x"], record["y"] = x, y


def _wrap(label: str) -> str:
    """At most two lines of seven characters, no number or Latin word broken; the panel has the whole name.

    >>> _wrap("青云山经济开发区"), _wrap("8英寸专业芯片生产线")
    ('青云山经\\n济开发区', '8英寸专业\\n芯片生产线')
    """
    if len(label) <= LABEL_LINE:
        return label
    short = label if len(label) <= 2 * LABEL_LINE else label[: 2 * LABEL_LINE - 1] + "…"
    middle = (len(short) + 1) // 2
    breaks = [at for at in range(2, len(short) - 1) if not WORD.fullmatch(short[at - 1 : at + 1])]
    at = min(breaks, key=lambda at: (abs(at - middle), at), default=middle)
    return f"{short[:at]}\n{short[at:]}"


def _graph(model: ViewModel, listed: list[Node], facts: list[Fact], number: dict[str, int]) -> dict[str, Any]:
    """The data of the panel, tables referring to each other by position."""
    articles = {article.iri: index for index, article in enumerate(model.articles)}
    relations = {relation.name: index for index, relation in enumerate(model.relations)}
    groups = {group.name: index for index, group in enumerate(model.groups)}
    figures = [figure for figure in model.figures if figure.subject in number]
    quotes = _quotes([claim for fact in facts for claim in fact.claims] + [figure.claim for figure in figures])
    position = {quote: index for index, quote in enumerate(quotes)}
    return {
        "groups": [_term(group) for group in model.groups],
        "relations": [_term(relation) for relation in model.relations],
        "articles": [
            {"title": each.title, "issued": each.issued, "publisher": each.publisher, "file": each.file}
            for each in model.articles
        ],
        "quotes": [
            {"article": articles.get(each.article), "begin": each.begin, "end": each.end, "text": each.text}
            for each in quotes
        ],
        "nodes": [_node(node, groups, articles) for node in listed],
        "facts": [
            [
                number[fact.subject],
                relations[fact.predicate],
                number[fact.object],
                [_claim(each, position) for each in fact.claims],
            ]
            for fact in facts
        ],
        "figures": [
            [number[it.subject], it.indicator, it.value, it.unit, it.period, it.kind, _claim(it.claim, position)]
            for it in figures
        ],
    }


def _node(node: Node, groups: dict[str, int], articles: dict[str, int]) -> dict[str, Any]:
    return {
        "iri": node.iri,
        "label": node.label,
        "aliases": node.aliases,
        "kind": node.kind.label,
        "english": node.kind.english,
        "group": groups[node.group.name],
        "articles": [articles[iri] for iri in node.articles if iri in articles],
        "degree": node.degree,
    }


def _claim(claim: ClaimView, position: dict[Quote, int]) -> dict[str, Any]:
    record = {"rule": claim.rule, "confidence": claim.confidence, "qualifiers": claim.qualifiers}
    return record | ({"quote": position[claim.quote]} if claim.quote else {})


def _term(term: Term) -> dict[str, str]:
    return {"label": term.label, "english": term.english, "colour": term.colour}


def _quotes(claims: Iterable[ClaimView]) -> list[Quote]:
    return sorted({claim.quote for claim in claims if claim.quote})


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
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
