"""What is asked of a graph that SHACL cannot say, or says too slowly: names, pairs of triples, spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import rdflib
from rdflib.namespace import RDF

from kg.errors import nearest
from kg.iris import KG, NIF
from kg.ontology import Ontology

BEGIN, END, TEXT = (rdflib.URIRef(NIF + name) for name in ("beginIndex", "endIndex", "anchorOf"))
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

    node: rdflib.term.Node
    code: str
    values: tuple[tuple[str, str], ...] = ()

    def message(self, language: str) -> str:
        """What is wrong, in `language`."""
        return MESSAGES[self.code][language].format(**dict(self.values))


def breaches(graph: rdflib.Graph, ontology: Ontology) -> Iterator[Breach]:
    """All breaches of `graph`, in no order."""
    yield from _unknown_terms(graph, ontology)
    yield from _superclasses(graph, ontology)
    yield from _claims(graph, ontology)
    yield from _selves(graph, ontology)
    yield from _spans(graph)


def _unknown_terms(graph: rdflib.Graph, ontology: Ontology) -> Iterator[Breach]:
    for predicate in set(graph.predicates()):
        name = _name(predicate)
        if name is not None and name not in ontology.properties:
            node = min(graph.subjects(predicate, None), key=str)
            yield Breach(node, "unknown", _hint(name, list(ontology.properties)))
    for kind in set(graph.objects(None, RDF.type)):
        name = _name(kind)
        if name is not None and name not in ontology.classes:
            node = min(graph.subjects(RDF.type, kind), key=str)
            yield Breach(node, "unknown", _hint(name, list(ontology.classes)))


def _superclasses(graph: rdflib.Graph, ontology: Ontology) -> Iterator[Breach]:
    kinds: dict[rdflib.term.Node, set[str]] = {}
    for node, kind in graph.subject_objects(RDF.type):
        name = _name(kind)
        if name in ontology.classes:
            kinds.setdefault(node, set()).add(name or "")
    for node, names in kinds.items():
        for name in names:
            for parent in ontology.classes[name].parents:
                if parent not in names:
                    yield Breach(node, "superclass", (("kind", name), ("parent", parent)))


def _claims(graph: rdflib.Graph, ontology: Ontology) -> Iterator[Breach]:
    relations = [each.name for each in (*ontology.relations, *ontology.attributes)]
    for claim in graph.subjects(RDF.type, RDF.Statement):
        subject, predicate, target = (graph.value(claim, each) for each in (RDF.subject, RDF.predicate, RDF.object))
        if subject is None or predicate is None or target is None:
            continue  # the shapes say so
        name = _name(predicate)
        if name is None or name not in relations:
            yield Breach(claim, "relation", _hint(name or str(predicate), relations))
        elif (subject, predicate, target) not in graph:
            yield Breach(claim, "triple")


def _selves(graph: rdflib.Graph, ontology: Ontology) -> Iterator[Breach]:
    for relation in ontology.relations:
        for subject, target in graph.subject_objects(rdflib.URIRef(KG + relation.name)):
            if subject == target:
                yield Breach(subject, "self", (("name", relation.name),))


def _spans(graph: rdflib.Graph) -> Iterator[Breach]:
    for node in graph.subjects(RDF.type, rdflib.URIRef(NIF + "RFC5147String")):
        begin, end = (_whole(graph.value(node, each)) for each in (BEGIN, END))
        if begin is None or end is None:
            continue  # the shapes say so
        match = _SPAN.search(str(node))
        if match is None or (int(match[1]), int(match[2])) != (begin, end):
            yield Breach(node, "span")
        if len(str(graph.value(node, TEXT) or "")) > max(end - begin, 0):
            yield Breach(node, "length", (("length", str(end - begin)),))


def _whole(node: rdflib.term.Node | None) -> int | None:
    text = str(node)
    return int(text) if text.isdecimal() else None


def _name(node: rdflib.term.Node) -> str | None:
    """The local name of a term of the ontology."""
    return str(node).removeprefix(KG) if isinstance(node, rdflib.URIRef) and node.startswith(KG) else None


def _hint(name: str, names: list[str]) -> tuple[tuple[str, str], ...]:
    term = f"<{name}>" if ":" in name else f"kg:{name}"
    return ("term", term), ("hint", nearest(term, [f"kg:{each}" for each in names]))
