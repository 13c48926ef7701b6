"""A ViewModel as the data of the page: tables that refer to each other by position, ready for JSON.

IRIs are written below one `base`, as the page is mailed about and they make up much of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.view.layout import place_regions, spread
from kg.view.model import ArticleView, Attribute, ClaimView, Fact, Figure, Node, Quote, ViewModel
from kg.view.regions import choose_overview, find_regions, rank_nodes
from kg.view.vocabulary import Term

NODE_LIMIT = 10_000
"""More nodes than these make the page slow to move about in; see benchmarks/page.md."""

TEXT_LIMIT = 8_000_000
"""Characters of article text in one page; more make a file that mail refuses."""

OVERVIEW_NODES = 56  # what fits with its names; a graph of fewer is shown whole
OVERVIEW_OF_EACH = 5
LANDMARKS = 12
LABEL_LINE = 7
LABEL_ROOM = (108, 64)  # pixels of a dot with its label
WORD = re.compile(r"[A-Za-z0-9.%+-]{2}")

Json = dict[str, Any]


def page_data(model: ViewModel, *, texts: Mapping[str, str] | None = None, limit: int = NODE_LIMIT) -> Json:
    """What the page shows of `model`, ready for JSON. Equal models give equal data.

    `texts` are the characters of article files by SHA-256, for the reader; an article whose
    text is not there is shown by its quotes. Of a graph of more than `limit` nodes the picture
    has those with the most neighbours; their facts stay complete, and search finds what they lead to.
    """
    drawn, listed = _choose(model, limit)
    number = {node.iri: index for index, node in enumerate(listed)}
    facts = [fact for fact in model.facts if fact.subject in number and fact.object in number]
    figures = [figure for figure in model.figures if figure.subject in number]
    attributes = [each for each in model.attributes if each.subject in number]
    lines = _lines(facts, number, len(drawn))
    picture = _picture(drawn, lines, facts, figures, number)
    base = _base(model)
    tables = _Tables.of(model, [*facts, *attributes], figures, base)
    return {
        "base": base,
        "groups": [_term(group) for group in model.groups],
        "kinds": [_term(kind) for kind in tables.kinds],
        "relations": [_term(relation) for relation in model.relations],
        "honours": tables.relations.get(model.honours),
        "rules": list(tables.rules),
        "indicators": list(tables.indicators),
        "articles": _articles(model.articles, texts or {}, base),
        "quotes": [[tables.articles.get(each.article), each.begin, each.end, each.text] for each in tables.quotes],
        "nodes": [tables.node(node, number) for node in listed],
        "facts": [
            [
                number[fact.subject],
                tables.relations[fact.predicate],
                number[fact.object],
                [tables.claim(each) for each in fact.claims],
            ]
            for fact in facts
        ],
        "figures": [tables.figure(each, number) for each in figures],
        "attributes": [
            [number[each.subject], _term(each.term), each.word, [tables.claim(claim) for claim in each.claims]]
            for each in attributes
        ],
        "picture": picture,
        "counts": {
            "nodes": len(model.nodes),
            "facts": len(model.facts),
            "figures": len(model.figures),
            "articles": len(model.articles),
            "drawn": len(drawn),
        },
    }


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


def _lines(facts: Sequence[Fact], number: Mapping[str, int], drawn: int) -> dict[tuple[int, int], list[int]]:
    """One line for each pair of nodes of the picture, with the facts said between them."""
    lines: dict[tuple[int, int], list[int]] = {}
    for index, fact in enumerate(facts):
        source, target = number[fact.subject], number[fact.object]
        if source < drawn and target < drawn and source != target:
            pair = (target, source) if (target, source) in lines else (source, target)
            lines.setdefault(pair, []).append(index)
    return lines


def _picture(
    drawn: Sequence[Node],
    lines: Mapping[tuple[int, int], list[int]],
    facts: Sequence[Fact],
    figures: Sequence[Figure],
    number: Mapping[str, int],
) -> Json:
    """Where everything stands: nodes, lines, regions, and the few of the first picture."""
    edges = list(lines)
    weights = [len(node.articles) for node in drawn]
    for figure in figures:
        if number[figure.subject] < len(drawn):
            weights[number[figure.subject]] += 1
    ranking = rank_nodes(len(drawn), edges, weights)
    regions = find_regions(len(drawn), edges)
    heads = _heads(drawn, ranking, regions)
    groups = {name: index for index, name in enumerate(sorted({node.group.name for node in drawn}))}
    overview = list(range(len(drawn)))
    if len(drawn) > OVERVIEW_NODES:
        overview = choose_overview(
            ranking,
            edges,
            [groups[node.group.name] for node in drawn],
            [*heads.values(), *ranking][:LANDMARKS],
            each=OVERVIEW_OF_EACH,
            most=OVERVIEW_NODES,
        )
    keys = [(node.group.name, node.label) for node in drawn]
    few = {node: rank for rank, node in enumerate(overview)}
    few_edges = [(few[a], few[b]) for a, b in edges if a in few and b in few]
    few_points = spread(
        place_regions([keys[node] for node in overview], few_edges, [regions[node] for node in overview]),
        width=LABEL_ROOM[0],
        height=LABEL_ROOM[1],
    )
    points = place_regions(keys, edges, regions)
    rank_of = {node: rank for rank, node in enumerate(ranking)}
    return {
        "nodes": [
            {
                "x": x,
                "y": y,
                "size": _size(node),
                "rank": rank_of[index],
                "region": regions[index],
                "label": _wrap(node.label),
            }
            for index, (node, (x, y)) in enumerate(zip(drawn, points, strict=True))
        ],
        "lines": [[*pair, said, not any(facts[index].claims for index in said)] for pair, said in lines.items()],
        "regions": list(heads.values()),
        "overview": [[node, *point] for node, point in zip(overview, few_points, strict=True)],
    }


def _heads(drawn: Sequence[Node], ranking: Sequence[int], regions: Sequence[int | None]) -> dict[int, int]:
    """For each region its most central place, or node where it has no place; region 0 first."""
    heads: dict[int, int] = {}
    for node in [*(each for each in ranking if drawn[each].is_place), *ranking]:
        region = regions[node]
        if region is not None:
            heads.setdefault(region, node)
    return dict(sorted(heads.items()))


def _size(node: Node) -> int:
    return round(9 + 3.0 * math.sqrt(max(node.degree - 1, 0)))


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


def _base(model: ViewModel) -> str:
    """What all IRIs of entities and articles begin with, up to a slash."""
    iris = [each.iri for each in model.nodes] + [each.iri for each in model.articles]
    if not iris:
        return ""
    first, last = min(iris), max(iris)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: first.rfind("/", 0, same) + 1]


@dataclass(frozen=True, slots=True)
class _Tables:
    """The position of everything that others refer to."""

    base: str
    kinds: dict[Term, int]
    groups: dict[Term, int]
    relations: dict[str, int]
    articles: dict[str, int]
    indicators: dict[str, int]
    rules: dict[str, int]
    quotes: dict[Quote, int]

    @classmethod
    def of(cls, model: ViewModel, facts: Sequence[Fact | Attribute], figures: Sequence[Figure], base: str) -> _Tables:
        claims = [claim for fact in facts for claim in fact.claims] + [figure.claim for figure in figures]
        return cls(
            base,
            kinds=_numbered({node.kind for node in model.nodes}),
            groups={group: index for index, group in enumerate(model.groups)},
            relations={relation.name: index for index, relation in enumerate(model.relations)},
            articles={article.iri: index for index, article in enumerate(model.articles)},
            indicators=_numbered({figure.indicator for figure in figures}),
            rules=_numbered({claim.rule for claim in claims}),
            quotes=_numbered({claim.quote for claim in claims if claim.quote}),
        )

    def node(self, node: Node, number: Mapping[str, int]) -> Json:
        return {
            "iri": node.iri.removeprefix(self.base),
            "label": node.label,
            "aliases": node.aliases,
            "kind": self.kinds[node.kind],
            "group": self.groups[node.group],
            "articles": [self.articles[iri] for iri in node.articles if iri in self.articles],
            "degree": node.degree,
            "within": number.get(node.within),
            "place": node.is_place,
        }

    def figure(self, figure: Figure, number: Mapping[str, int]) -> list[Any]:
        """[subject, indicator, value, unit, normalized value, its unit, period, kind, claim]."""
        said = (figure.value, figure.unit, figure.normalized, figure.base_unit, figure.period, figure.kind)
        return [number[figure.subject], self.indicators[figure.indicator], *said, self.claim(figure.claim)]

    def claim(self, claim: ClaimView) -> list[Any]:
        """[quote, rule, confidence, qualifiers, IRI], the last left out with what has none."""
        quote = self.quotes[claim.quote] if claim.quote else None
        record = [quote, self.rules[claim.rule], claim.confidence, claim.qualifiers, claim.iri.removeprefix(self.base)]
        return record if claim.iri else record[:4]


def _numbered(values: Iterable[Any]) -> dict[Any, int]:
    return {value: index for index, value in enumerate(sorted(values))}


def _articles(articles: Sequence[ArticleView], texts: Mapping[str, str], base: str) -> list[Json]:
    """The articles, with their texts as long as there is room."""
    left = TEXT_LIMIT
    found = []
    for each in articles:
        record = {
            "iri": each.iri.removeprefix(base),
            "title": each.title,
            "issued": each.issued,
            "publisher": each.publisher,
            "file": each.file,
        }
        text = texts.get(each.sha256, "")
        if text and len(text) <= left:
            record["text"] = text
            left -= len(text)
        found.append(record)
    return found


def _term(term: Term) -> dict[str, str]:
    return {"name": term.name, "label": term.label, "english": term.english, "colour": term.colour}
