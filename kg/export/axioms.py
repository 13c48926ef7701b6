"""OWL 2 in Turtle: the ontology and the graph in one file, claims as annotations of the axioms they were read for.

    <claim/6f1c/axiom> a owl:Axiom ;
        owl:annotatedSource project:x ; owl:annotatedProperty kg:undertakenBy ; owl:annotatedTarget enterprise:y ;
        rdfs:comment "the words of the article" ; rdfs:seeAlso claim:6f1c ; dcterms:source article:001 .

After https://www.w3.org/TR/owl2-mapping-to-rdf/, section 2.3.2. OWL 2 DL keeps rdf:Statement, rdf:subject,
rdf:predicate and rdf:object for itself: its tools leave triples with them out, so a claim is a kg:Claim here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.export.content import TYPE, Content
from kg.iris import DCTERMS, KG, NIF, OWL, PROV, RDF, RDFS

Value = NamedNode | BlankNode | Literal | Triple

ENDS = {"subject": "annotatedSource", "predicate": "annotatedProperty", "object": "annotatedTarget"}
STATEMENT, CLAIM, AXIOM = NamedNode(RDF + "Statement"), NamedNode(KG + "Claim"), NamedNode(OWL + "Axiom")
SPAN, ARTICLE, WORDS = PROV + "wasDerivedFrom", NIF + "referenceContext", NIF + "anchorOf"


def axioms(content: Content) -> Store:
    """The terms of the ontology, the things of the graph, and an annotated axiom for each claim."""
    store = Store()
    store.extend(Quad(*triple) for triple in (*_terms(content), *_things(content), *_annotations(content)))
    return store


def _terms(content: Content) -> Iterator[Triple]:
    """What the ontology says of its terms in single triples; classes without a name stay in the ontology."""
    terms = pyoxigraph.parse(path=content.ontology.path, format=RdfFormat.TURTLE)
    return (quad.triple for quad in terms if not {BlankNode} & {type(quad.subject), type(quad.object)})


def _things(content: Content) -> Iterator[Triple]:
    ends = {RDF + end for end in ENDS}
    for quad in content.store:
        if (quad.predicate, quad.object) == (TYPE, STATEMENT):
            yield Triple(quad.subject, TYPE, CLAIM)
        elif quad.predicate.value not in ends:
            yield quad.triple


def _annotations(content: Content) -> Iterator[Triple]:
    """An axiom for each claim, with the words it was read from, their article and the claim."""
    for quad in content.store.quads_for_pattern(None, TYPE, STATEMENT, None):
        if isinstance(quad.subject, NamedNode):
            axiom = NamedNode(f"{quad.subject.value}/axiom")
            yield Triple(axiom, TYPE, AXIOM)
            yield Triple(axiom, NamedNode(RDFS + "seeAlso"), quad.subject)
            for end, annotated in ENDS.items():
                for value in _values(content, quad.subject, RDF + end):
                    yield Triple(axiom, NamedNode(OWL + annotated), value)
            for span in _values(content, quad.subject, SPAN):
                for words in _values(content, span, WORDS):
                    yield Triple(axiom, NamedNode(RDFS + "comment"), words)
                for article in _values(content, span, ARTICLE) or [span]:
                    yield Triple(axiom, NamedNode(DCTERMS + "source"), article)


def _values(content: Content, node: Value, predicate: str) -> list[Value]:
    if not isinstance(node, NamedNode):
        return []
    return [quad.object for quad in content.store.quads_for_pattern(node, NamedNode(predicate), None, None)]
