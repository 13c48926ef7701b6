"""What a thing's own address gives: all that the graph says of it, as RDF or as a page to read.

Said of a thing is every triple that has it as subject or object, and what is said of the parts of the same
document: the spans of an article (``…/article/001#char=12,34``) have no address of their own, for a browser
keeps what follows ``#``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, Triple, serialize

from kg.iris import KG, RDF, RDFS
from kg.query import Term, display
from kg.server.answering import Bounded, Question, Reply, TooLarge, no_format, refuse
from kg.server.dataset import Dataset
from kg.server.media import GRAPHS, HTML, choose
from kg.server.pages import templates
from kg.view.vocabulary import Vocabulary, local_name

LABEL, TYPE, STATEMENT = NamedNode(RDFS + "label"), NamedNode(RDF + "type"), NamedNode(RDF + "Statement")
OFFERS = {HTML: None, **GRAPHS}
MOST = 500
"""Rows of a page under one property; the RDF has all."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something a page names: its text, its address on this server or elsewhere, empty for a literal."""

    text: str
    address: str = ""
    note: str = ""


def describe_resource(dataset: Dataset, question: Question) -> Reply:
    """What the graph says of the IRI that is the question's text, in RDF or HTML."""
    node = NamedNode(question.text)
    media = choose(question.accept, OFFERS)
    if media is None:
        return no_format(OFFERS)
    known = next(dataset.store.quads_for_pattern(node, None, None, None), None) or next(
        dataset.store.quads_for_pattern(None, None, node, None), None
    )
    if known is None:
        return refuse(404, f"the graph says nothing of <{question.text}>")
    if media == HTML:
        return Reply(200, "text/html; charset=utf-8", _page(dataset, node).encode())
    out = Bounded(question.result)
    try:
        serialize(_triples(dataset, node), out, GRAPHS[media], prefixes=dataset.prefixes)
    except TooLarge:
        return refuse(403, f"the description is larger than {question.result} bytes; ask for part of it at /sparql")
    return Reply(200, media, out.getvalue())


def _triples(dataset: Dataset, node: NamedNode) -> list[Triple]:
    quads = {*_outgoing(dataset, node), *dataset.store.quads_for_pattern(None, None, node, None)}
    subjects = {quad.subject for quad in quads}
    parts = {each for each in subjects if isinstance(each, NamedNode) and each.value.startswith(node.value + "#")}
    for part in parts:
        quads.update(_outgoing(dataset, part))
    return sorted({quad.triple for quad in quads}, key=str)


def _outgoing(dataset: Dataset, node: NamedNode) -> set[Quad]:
    return set(dataset.store.quads_for_pattern(node, None, None, None))


def _page(dataset: Dataset, node: NamedNode) -> str:
    """The page of a thing: its properties, and what points to it."""
    names = Vocabulary(dataset.ontology)
    said: dict[Link, set[Link]] = defaultdict(set)
    for quad in _outgoing(dataset, node):
        said[_property(dataset, names, quad.predicate)].add(_link(dataset, names, quad.object))
    pointing: dict[Link, set[Link]] = defaultdict(set)
    for quad in dataset.store.quads_for_pattern(None, None, node, None):
        pointing[_property(dataset, names, quad.predicate)].add(_link(dataset, names, quad.subject))
    return (
        templates()
        .get_template("resource.html.jinja")
        .render(
            label=_label(dataset, node) or display(node, dataset.prefixes),
            iri=node.value,
            turtle=f"{address_of(node.value, dataset.base)}?format=text/turtle",
            graph_view=_graph_view(dataset, node),
            title=dataset.title,
            groups=[(heading, _rows(found)) for heading, found in (("out", said), ("in", pointing)) if found],
            most=MOST,
        )
    )


def _rows(found: dict[Link, set[Link]]) -> list[tuple[Link, list[Link], int]]:
    """Each property with its values, sorted, as many as a page holds, and how many there are."""
    ordered = sorted(found.items(), key=lambda pair: (pair[0].note, pair[0].text))
    return [
        (name, sorted(values, key=lambda each: (each.text, each.address))[:MOST], len(values))
        for name, values in ordered
    ]


def _property(dataset: Dataset, names: Vocabulary, predicate: NamedNode) -> Link:
    short = display(predicate, dataset.prefixes)
    if not predicate.value.startswith(KG):
        return Link(short, predicate.value)
    return Link(names.property(local_name(predicate.value)).label, predicate.value, short)


def _link(dataset: Dataset, names: Vocabulary, term: Term) -> Link:
    if isinstance(term, NamedNode):
        address = address_of(term.value, dataset.base)
        short = display(term, dataset.prefixes)
        label = _label(dataset, term) or _term_label(names, term)
        return Link(label or short, address, short if label else "")
    note = ""
    if isinstance(term, Literal):
        note = term.language or display(term.datatype, dataset.prefixes)
    return Link(display(term), "", "" if note == "xsd:string" else note)


def _label(dataset: Dataset, node: NamedNode) -> str:
    """The name of a thing; empty where the graph has none."""
    labels = (quad.object for quad in dataset.store.quads_for_pattern(node, LABEL, None, None))
    return min((each.value for each in labels if isinstance(each, Literal)), default="")


def _term_label(names: Vocabulary, term: NamedNode) -> str:
    """The name that the ontology gives to a class or property of its own; empty for anything else."""
    terms = (names.ontology.classes, names.ontology.properties)
    found = next((table[name] for table in terms if (name := local_name(term.value)) in table), None)
    return found.label.zh if found and term.value.startswith(KG) else ""


def address_of(iri: str, base: str) -> str:
    """Where this server shows an IRI that begins with `base`; an IRI of others as it is.

    >>> address_of("https://w3id.org/citykg/id/area/430482", "https://w3id.org/citykg/id/")
    '/id/area/430482'
    """
    if not iri.startswith(base):
        return iri if iri.startswith(("http://", "https://")) else ""
    return "/id/" + quote(iri.removeprefix(base), safe="/%#!$&'()*+,;=:@-._~")


def _graph_view(dataset: Dataset, node: NamedNode) -> str:
    """Where the page of the graph shows a thing or an article; empty for claims and what else it does not show."""
    local = quote(node.value.removeprefix(dataset.base), safe="")
    kinds = {
        quad.object.value
        for quad in dataset.store.quads_for_pattern(node, TYPE, None, None)
        if isinstance(quad.object, NamedNode)
    }
    if KG + "Article" in kinds:
        return f"/#view=articles&read={local}"
    entities = {KG + each.name for each in dataset.ontology.entities}
    return f"/#node={local}" if kinds & entities else ""
