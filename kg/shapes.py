"""shapes.ttl → the SHACL a graph is checked with, completed from the ontology.

A relation that citykg.ttl declares and shapes.ttl does not speak of gets its shape from its
domain and range, so that a new relation is checked from the day it is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kg.declarations import undeclared
from kg.errors import DataError, nearest
from kg.iris import KG
from kg.ontology import Ontology, Property
from kg.terms import Node, Problem, TermFile, Value, read_terms

FILE = "shapes.ttl"
SHAPES = rdflib.Namespace("https://w3id.org/citykg/shapes#")
MESSAGES = {
    "zh": ("kg:{name} 的主体须是：{classes}", "kg:{name} 的客体须是：{classes}", "、"),
    "en": ("what has kg:{name} is: {classes}", "what kg:{name} leads to is: {classes}", " or "),
}
_SH = str(SH)


def load_shapes(folder: Path, ontology: Ontology) -> rdflib.Graph:
    """The shapes of `folder` and those of the relations it has none for. Raises DataError."""
    file = read_terms(folder / FILE)
    for problem in shape_problems(file, ontology):
        raise DataError(str(problem))
    graph = rdflib_graph(file.triples)
    covered = {target for _, target in _targets(file)}
    for relation in ontology.relations:
        if KG + relation.name not in covered:
            _add_shape(graph, relation, ontology)
    return graph


def shape_problems(file: TermFile, ontology: Ontology) -> Iterator[Problem]:
    """Terms that neither the ontology nor SHACL declares, and relations whose ends differ from the ontology's."""
    yield from undeclared(file, known=[KG + name for name in (*ontology.classes, *ontology.properties)])
    yield from _shacl_problems(file)
    for shape, target in _targets(file):
        relation = ontology.properties.get(target.removeprefix(KG))
        if relation is None or relation not in ontology.relations:
            continue
        for end, said in (
            ("domain", _classes(file, shape)),
            ("range", _classes(file, _value_shape(file, shape, target))),
        ):
            asked = relation.domain if end == "domain" else relation.range
            if said and said != set(asked):
                names = ", ".join(f"kg:{name}" for name in asked)
                yield file.problem(target, f"its shape asks for other classes than its rdfs:{end}; make them {names}")


def _shacl_problems(file: TermFile) -> Iterator[Problem]:
    for iri in file.used(_SH):
        if rdflib.URIRef(iri) not in SH:
            terms = sorted(f"sh:{name}" for name in SH.__annotations__)
            name = f"sh:{iri.removeprefix(_SH)}"
            yield file.problem(iri, f"is no term of SHACL{nearest(name, terms)}")
    for _, predicate, value in file.triples:
        if predicate == _SH + "pattern" and isinstance(value, ox.Literal):
            try:
                re.compile(value.value)
            except re.error as error:
                yield Problem(file.path, None, f"sh:pattern {value.value!r} is no regular expression: {error}")


def rdflib_graph(triples: Iterable[tuple[Node, str, Value]]) -> rdflib.Graph:
    """`triples` as an rdflib graph in memory. pyoxigraph parses Turtle far faster than rdflib does."""
    graph = rdflib.Graph()
    graph.addN((_node(s), rdflib.URIRef(p), _term(o), graph) for s, p, o in triples)
    return graph


def _node(node: Node) -> rdflib.URIRef | rdflib.BNode:
    return rdflib.URIRef(node.value) if isinstance(node, ox.NamedNode) else rdflib.BNode(node.value)


def _term(value: Value) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if not isinstance(value, ox.Literal):
        return _node(value)
    if value.language is not None:
        return rdflib.Literal(value.value, lang=value.language)
    return rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))


def _targets(file: TermFile) -> list[tuple[str, str]]:
    """Shapes with the property whose subjects they are about."""
    pairs = [(shape, value) for shape in file.index for value in file.values(shape, _SH + "targetSubjectsOf")]
    return [(shape, value.value) for shape, value in pairs if isinstance(value, ox.NamedNode)]


def _value_shape(file: TermFile, shape: str, path: str) -> str:
    """The property shape of `shape` whose path is `path`, or an empty name."""
    for value in file.values(shape, _SH + "property"):
        key = value.value if isinstance(value, ox.NamedNode) else str(value)
        if ox.NamedNode(path) in file.values(key, _SH + "path"):
            return key
    return ""


def _classes(file: TermFile, shape: str) -> set[str]:
    """The classes that `shape` asks for, alone or in sh:or."""
    found = list(file.values(shape, _SH + "class"))
    for head in file.values(shape, _SH + "or"):
        for member in file.members(head):
            found.extend(file.values(str(member), _SH + "class"))
    return {value.value.removeprefix(KG) for value in found if isinstance(value, ox.NamedNode)}


def _add_shape(graph: rdflib.Graph, relation: Property, ontology: Ontology) -> None:
    shape, ends = SHAPES[relation.name], SHAPES[relation.name + "-ends"]
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetSubjectsOf, rdflib.URIRef(KG + relation.name)))
    graph.add((shape, SH.property, ends))
    graph.add((ends, SH.path, rdflib.URIRef(KG + relation.name)))
    for node, classes, index in ((shape, relation.domain, 0), (ends, relation.range, 1)):
        choices: list[rdflib.term.Node] = []
        for name in classes:
            choices.append(rdflib.BNode())
            graph.add((choices[-1], SH["class"], rdflib.URIRef(KG + name)))
        head = rdflib.BNode()
        Collection(graph, head, choices)
        graph.add((node, SH["or"], head))
        for language, texts in MESSAGES.items():
            labels = (getattr(ontology.find_class(name).label, language) for name in classes)
            message = texts[index].format(name=relation.name, classes=texts[2].join(labels))
            graph.add((node, SH.message, rdflib.Literal(message, lang=language)))
