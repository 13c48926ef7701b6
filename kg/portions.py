"""A graph in portions of bounded size, each with all it takes to judge some of its nodes.

rdflib needs some kilobytes a triple, and pySHACL more. So a graph is handed to them article by article, as
many at a time as keep below a number of triples; the whole of it stays in Oxigraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.iris import KG, NIF, PROV, RDF
from kg.store import LoadedGraph
from kg.terms import Node, Value

Row = tuple[Node, str, Value]
SIZE = 20_000
"""Triples said of the nodes of one portion, at most; what surrounds them comes on top."""

_CONTEXT = NIF + "referenceContext"


@dataclass(frozen=True, slots=True)
class Portion:
    """Nodes, and the triples by which they are judged.

    These are all triples that begin or end at one of `nodes`, and the literals and classes of what is at the other
    end of those that begin there.
    """

    nodes: frozenset[Node]
    triples: tuple[Row, ...]


def portions(graph: LoadedGraph, *, size: int = SIZE) -> Iterator[Portion]:
    """Each node that something is said of, in one portion: those of an article together, those of none last."""
    nodes: set[Node] = set()
    said: set[Row] = set()
    for node in _in_order(graph):
        more = set(graph.match(node))
        if nodes and len(said) + len(more) > size:
            yield _portion(graph, nodes, said)
            nodes, said = set(), set()
        nodes.add(node)
        said |= more
    if nodes:
        yield _portion(graph, nodes, said)


def _in_order(graph: LoadedGraph) -> list[Node]:
    """All subjects by article and name."""
    home: dict[Node, str] = {}
    for row in graph.match():
        node, article = row[0], _article(graph, row)
        if article or node not in home:
            home[node] = min(filter(None, (home.get(node, ""), article)), default="")
    return sorted(home, key=lambda node: (not home[node], home[node], str(node)))


def _article(graph: LoadedGraph, row: Row) -> str:
    """The article that a triple ties its subject to, or an empty text."""
    _, predicate, value = row
    if predicate in (_CONTEXT, KG + "mentionedIn"):
        return str(value)
    contexts = graph.values(value, _CONTEXT) if predicate == PROV + "wasDerivedFrom" else []
    return str(contexts[0]) if contexts else ""


def _portion(graph: LoadedGraph, nodes: set[Node], said: set[Row]) -> Portion:
    around = {row for node in nodes for row in graph.match(None, None, node)}
    ends = {value for _, _, value in said if not isinstance(value, ox.Literal)} - nodes
    around |= {
        row for end in ends for row in graph.match(end) if isinstance(row[2], ox.Literal) or row[1] == RDF + "type"
    }
    return Portion(frozenset(nodes), tuple(said | around))
