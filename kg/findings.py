"""What a graph has found in one article, and can show the words for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode

from kg.comparison import Measure
from kg.iris import DCTERMS, KG, NIF, PROV, RDF, RDFS, SKOS
from kg.store import LoadedGraph

Node = NamedNode


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation of the graph."""

    subject: str
    indicator: str
    value: float
    unit: str
    period: str | None
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Findings:
    """Entities as (type, names) by IRI, relations as (subject, name, object), and figures in order of IRI.

    A relation has the confidence of the surest claim of it.
    """

    entities: dict[str, tuple[str, tuple[str, ...]]]
    relations: dict[tuple[str, str, str], float]
    figures: tuple[Figure, ...]

    def name(self, node: str) -> str:
        """The label of a node, else its IRI."""
        return next(iter(self.entities.get(node, ("", ()))[1]), node)


def articles_of(graph: LoadedGraph) -> dict[str, Node]:
    """The articles of `graph` by the name of their file."""
    reader = _Reader(graph)
    return {
        PurePath(reader.text(article, DCTERMS + "source")).name: article
        for article in reader.subjects(RDF + "type", Node(KG + "Article"))
    }


def read_findings(graph: LoadedGraph, article: Node, measure: Measure) -> Findings:
    """All that was read in `article`."""
    reader = _Reader(graph)
    entities = {}
    for node in reader.subjects(KG + "mentionedIn", article):
        classes = {kind.value.removeprefix(KG) for kind in reader.nodes(node, RDF + "type")}
        kind = next((name for name in measure.types if name in classes), None)
        if kind is not None:
            names = (text for name in (RDFS + "label", SKOS + "altLabel") for text in reader.texts(node, name))
            entities[node.value] = (kind, tuple(names))
    spans = set(reader.subjects(NIF + "referenceContext", article))
    derived = sorted({node for span in spans for node in reader.subjects(PROV + "wasDerivedFrom", span)}, key=str)
    kinds = {node: {kind.value for kind in reader.nodes(node, RDF + "type")} for node in derived}
    relations: dict[tuple[str, str, str], float] = {}
    for node in derived:
        edge = reader.relation(node) if RDF + "Statement" in kinds[node] else ("", "", "")
        if edge[1] in measure.relations:
            relations[edge] = max(relations.get(edge, 0.0), reader.confidence(node))
    figures = (reader.figure(node) for node in derived if KG + "Observation" in kinds[node])
    return Findings(entities, relations, tuple(figures))


@dataclass(frozen=True, slots=True)
class _Reader:
    graph: LoadedGraph

    def subjects(self, predicate: str, value: Node) -> list[Node]:
        """All subjects with `value`, sorted."""
        quads = self.graph.store.quads_for_pattern(None, Node(predicate), value, None)
        return sorted({quad.subject for quad in quads if isinstance(quad.subject, Node)}, key=str)

    def _objects(self, node: Node, predicate: str) -> Iterator[object]:
        for quad in self.graph.store.quads_for_pattern(node, Node(predicate), None, None):
            yield quad.object

    def nodes(self, node: Node, predicate: str) -> list[Node]:
        return sorted((each for each in self._objects(node, predicate) if isinstance(each, Node)), key=str)

    def texts(self, node: Node, predicate: str) -> list[str]:
        return sorted(each.value for each in self._objects(node, predicate) if isinstance(each, Literal))

    def text(self, node: Node, predicate: str) -> str:
        return next(iter(self.texts(node, predicate)), "")

    def _one(self, node: Node, predicate: str) -> str:
        return next((each.value for each in self.nodes(node, predicate)), "")

    def confidence(self, node: Node) -> float:
        return float(self.text(node, KG + "confidence") or 0)

    def relation(self, node: Node) -> tuple[str, str, str]:
        name = self._one(node, RDF + "predicate").removeprefix(KG)
        return self._one(node, RDF + "subject"), name, self._one(node, RDF + "object")

    def figure(self, node: Node) -> Figure:
        indicator = next(iter(self.nodes(node, KG + "indicator")), node)
        return Figure(
            subject=self._one(node, KG + "subject"),
            indicator=self.text(indicator, RDFS + "label") or indicator.value,
            value=float(self.text(node, KG + "value") or 0),
            unit=self.text(node, KG + "unit"),
            period=self.text(node, KG + "period") or None,
            kind=self.text(node, KG + "kind") or "actual",
            confidence=self.confidence(node),
        )
