"""What is asked of a graph that SHACL cannot say, or says too slowly: names, pairs of triples, spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import nearest
from kg.iris import KG, NIF, RDF
from kg.ontology import Ontology
from kg.store import LoadedGraph
from kg.terms import Node, Value

TYPE = RDF + "type"
STATEMENT, SPAN = ox.NamedNode(RDF + "Statement"), ox.NamedNode(NIF + "RFC5147String")
_SPAN = re.compile(r"#char=([0-9]+),([0-9]+)$")

MESSAGES = {
    "unknown": {
        "zh": "本体没有声明 {term}{hint}",
        "en": "{term} is not declared in the ontology{hint}",
    },
    "superclass": {
        "zh": "缺少上级类 kg:{parent}（它是 kg:{kind}）",
        "en": "it is a kg:{kind} but not said to be a kg:{parent}; add the superclass",
    },
    "relation": {
        "zh": "{term} 不是实体之间的关系{hint}",
        "en": "{term} is no relation between entities{hint}",
    },
    "triple": {
        "zh": "图中没有该陈述所说的三元组",
        "en": "the graph has no triple for what the claim says",
    },
    "self": {
        "zh": "kg:{name} 指向自身",
        "en": "kg:{name} leads from it to itself",
    },
    "span": {
        "zh": "IRI 中的位置与 nif:beginIndex、nif:endIndex 不符",
        "en": "the span in its IRI differs from nif:beginIndex and nif:endIndex",
    },
    "length": {
        "zh": "nif:anchorOf 长于其位置所示的 {length} 个字符",
        "en": "nif:anchorOf is longer than the {length} characters of its span",
    },
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A node that breaks the contract: a key of `MESSAGES` and what fills its gaps."""

    node: Value
    code: str
    values: tuple[tuple[str, str], ...] = ()

    def message(self, language: str) -> str:
        """What is wrong, in `language`."""
        return MESSAGES[self.code][language].format(**dict(self.values))


def breaches(graph: LoadedGraph, ontology: Ontology) -> Iterator[Breach]:
    """All breaches of `graph`, in no order."""
    yield from _unknown_terms(graph, ontology)
    yield from _superclasses(graph, ontology)
    yield from _claims(graph, ontology)
    yield from _selves(graph, ontology)
    yield from _spans(graph)


def _unknown_terms(graph: LoadedGraph, ontology: Ontology) -> Iterator[Breach]:
    first: dict[tuple[str, bool], Node] = {}
    for node, predicate, value in graph.match():
        kind = _name(value) if predicate == TYPE else None
        if kind is not None and kind not in ontology.classes:
            first[KG + kind, True] = min(first.get((KG + kind, True), node), node, key=str)
        if predicate.startswith(KG) and predicate.removeprefix(KG) not in ontology.properties:
            first[predicate, False] = min(first.get((predicate, False), node), node, key=str)
    for (term, is_class), node in first.items():
        yield Breach(node, "unknown", _hint(term, list(ontology.classes if is_class else ontology.properties)))


def _superclasses(graph: LoadedGraph, ontology: Ontology) -> Iterator[Breach]:
    for name, kind in ontology.classes.items():
        for node, _, _ in graph.match(None, TYPE, ox.NamedNode(KG + name)):
            for parent in kind.parents:
                if not any(graph.match(node, TYPE, ox.NamedNode(KG + parent))):
                    yield Breach(node, "superclass", (("kind", name), ("parent", parent)))


def _claims(graph: LoadedGraph, ontology: Ontology) -> Iterator[Breach]:
    relations = [each.name for each in (*ontology.relations, *ontology.attributes)]
    for claim, _, _ in graph.match(None, TYPE, STATEMENT):
        subject, predicate, target = (_first(graph, claim, RDF + name) for name in ("subject", "predicate", "object"))
        if subject is None or predicate is None or target is None:
            continue  # the shapes say so
        name = _name(predicate)
        if name is None or name not in relations:
            yield Breach(claim, "relation", _hint(predicate.value, relations))
        elif not any(graph.match(subject, predicate.value, target)):
            yield Breach(claim, "triple")


def _selves(graph: LoadedGraph, ontology: Ontology) -> Iterator[Breach]:
    for relation in ontology.relations:
        for node, _, target in graph.match(None, KG + relation.name):
            if node == target:
                yield Breach(node, "self", (("name", relation.name),))


def _spans(graph: LoadedGraph) -> Iterator[Breach]:
    for node, _, _ in graph.match(None, TYPE, SPAN):
        begin, end = (_whole(_first(graph, node, NIF + name)) for name in ("beginIndex", "endIndex"))
        if begin is None or end is None:
            continue  # the shapes say so
        match = _SPAN.search(node.value)
        if match is None or (int(match[1]), int(match[2])) != (begin, end):
            yield Breach(node, "span")
        text = _first(graph, node, NIF + "anchorOf")
        if text is not None and len(text.value) > max(end - begin, 0):
            yield Breach(node, "length", (("length", str(end - begin)),))


def _first(graph: LoadedGraph, node: Value, predicate: str) -> Value | None:
    return next(iter(graph.values(node, predicate)), None)


def _whole(node: Value | None) -> int | None:
    text = node.value if node is not None else ""
    return int(text) if text.isdecimal() else None


def _name(node: object) -> str | None:
    """The local name of a term of the ontology."""
    return node.value.removeprefix(KG) if isinstance(node, ox.NamedNode) and node.value.startswith(KG) else None


def _hint(iri: str, names: list[str]) -> tuple[tuple[str, str], ...]:
    term = f"kg:{iri.removeprefix(KG)}" if iri.startswith(KG) else f"<{iri}>"
    return ("term", term), ("hint", nearest(term, [f"kg:{each}" for each in names]))
