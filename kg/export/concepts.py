"""SKOS: one concept scheme for each class that the alignments call a kind of skos:Concept."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.errors import DataError
from kg.export.content import TYPE, Content
from kg.iris import DCTERMS, KG, RDFS, SKOS
from kg.terms import read_terms

ALIGNMENTS = "alignments.ttl"
CONCEPT = SKOS + "Concept"
LABEL, ALIAS, MENTIONED = RDFS + "label", SKOS + "altLabel", KG + "mentionedIn"


def concept_classes(content: Content) -> list[str]:
    """The classes whose things are concepts, by local name, in the order of the ontology.

    Raises DataError where the alignments call no class a subclass of skos:Concept.
    """
    path = content.ontology.path.parent / ALIGNMENTS
    file = read_terms(path)
    found = [
        name for name in content.ontology.classes if NamedNode(CONCEPT) in file.values(KG + name, RDFS + "subClassOf")
    ]
    if not found:
        raise DataError(f"{path}: no class is a subclass of skos:Concept; say so of those that SKOS is to hold")
    return found


def concepts(content: Content) -> Store:
    """The concepts of `content`, their schemes and the articles that name them."""
    store = Store()
    triples = [triple for name in concept_classes(content) for triple in _scheme(name, content)]
    for article in {triple.object for triple in triples if triple.predicate.value == DCTERMS + "source"}:
        if isinstance(article, NamedNode):
            triples.extend(quad.triple for quad in content.store.quads_for_pattern(article, None, None, None))
    store.extend(Quad(*triple) for triple in triples)
    return store


def _scheme(name: str, content: Content) -> Iterator[Triple]:
    kind = content.ontology.classes[name]
    scheme = NamedNode(f"{content.base}scheme/{name}")
    yield Triple(scheme, TYPE, NamedNode(SKOS + "ConceptScheme"))
    for language in ("zh", "en"):
        yield Triple(scheme, NamedNode(SKOS + "prefLabel"), Literal(getattr(kind.label, language), language=language))
        text = Literal(getattr(kind.definition, language), language=language)
        yield Triple(scheme, NamedNode(SKOS + "definition"), text)
    for quad in content.store.quads_for_pattern(None, TYPE, NamedNode(KG + name), None):
        if isinstance(quad.subject, NamedNode):
            yield from _concept(quad.subject, scheme, content)


def _concept(node: NamedNode, scheme: NamedNode, content: Content) -> Iterator[Triple]:
    names = {LABEL: "prefLabel", ALIAS: "altLabel"}
    yield Triple(node, TYPE, NamedNode(CONCEPT))
    yield Triple(node, NamedNode(SKOS + "inScheme"), scheme)
    yield Triple(node, NamedNode(SKOS + "topConceptOf"), scheme)
    yield Triple(scheme, NamedNode(SKOS + "hasTopConcept"), node)
    for quad in content.store.quads_for_pattern(node, None, None, None):
        if quad.predicate.value in names:
            yield Triple(node, NamedNode(SKOS + names[quad.predicate.value]), quad.object)
        elif quad.predicate.value == MENTIONED:
            yield Triple(node, NamedNode(DCTERMS + "source"), quad.object)
        elif quad.predicate == TYPE:
            yield quad.triple
