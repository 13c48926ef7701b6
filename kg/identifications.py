"""Why names are one thing, as triples: a node for each pair of names, and the IRIs that a thing has elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.iris import DCTERMS, KG, RDF, XSD, article_path, digest
from kg.linking import RULE, Node


def identification(node: Node, *, base: str, confidence: Callable[[str], float]) -> Iterator[Triple]:
    """The reasons of `node`, and its former IRIs. `confidence` says how often a rule is right."""
    thing = NamedNode(base + node.path)
    for former in node.former:
        yield Triple(NamedNode(base + former), NamedNode(DCTERMS + "isReplacedBy"), thing)
    for join in node.joins:
        reason = NamedNode(f"{base}identification/{digest(node.path, join.rule, join.first, join.second)}")
        sure = Literal(str(Decimal(str(round(confidence(join.rule), 2)))), datatype=NamedNode(XSD + "decimal"))
        yield Triple(reason, NamedNode(RDF + "type"), NamedNode(KG + "Identification"))
        yield Triple(reason, NamedNode(KG + "identifies"), thing)
        yield Triple(reason, NamedNode(KG + "firstName"), Literal(join.first))
        yield Triple(reason, NamedNode(KG + "secondName"), Literal(join.second))
        yield Triple(reason, NamedNode(KG + "rule"), Literal(RULE + join.rule))
        yield Triple(reason, NamedNode(KG + "confidence"), sure)
        for article in join.articles:
            yield Triple(reason, NamedNode(KG + "namedIn"), NamedNode(base + article_path(article)))
