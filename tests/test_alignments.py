"""The alignments speak of every term of ours, and of none of others that does not exist."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, SOSA, DefinedNamespace

from kg.iris import KG, NIF
from kg.knowledge import default_folder
from kg.ontology import load_ontology

FOLDER = default_folder()
ALIGNMENTS = rdflib.Graph().parse(FOLDER / "alignments.ttl")
ONTOLOGY = load_ontology(FOLDER)

# rdflib makes these classes from the vocabularies as they are published; asking for a term that is not there fails.
VOCABULARIES: tuple[type[DefinedNamespace], ...] = (DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, SOSA)
NIF_TERMS = {"Context", "RFC5147String", "anchorOf", "beginIndex", "endIndex", "referenceContext"}
"""Those of NIF 2.0 core that are used: https://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core/nif-core.html"""
DOCUMENTS = ("https://w3id.org/citykg/alignments", "https://w3id.org/citykg/ontology", "https://www.apache.org/")

SAID = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, RDFS.seeAlso, RDFS.comment)


def exists(iri: rdflib.URIRef) -> bool:
    """Whether a vocabulary that is published has the term `iri`."""
    if iri.startswith(NIF):
        return iri.removeprefix(NIF) in NIF_TERMS
    return any(iri in vocabulary for vocabulary in VOCABULARIES)


def test_terms_of_others_exist() -> None:
    found = {node for triple in ALIGNMENTS for node in triple if isinstance(node, rdflib.URIRef)}
    foreign = {iri for iri in found if not str(iri).startswith((KG, *DOCUMENTS))}
    assert len(foreign) > 50
    assert sorted(iri for iri in foreign if not exists(iri)) == []


@pytest.mark.parametrize("name", ["IndustrialPark", "StatisticalVariable", "Trail"])
def test_invented_terms_are_found(name: str) -> None:
    assert not exists(SDO[name] if name in SDO else rdflib.URIRef(str(SDO) + name))


@pytest.mark.parametrize("name", [*ONTOLOGY.classes, *ONTOLOGY.properties])
def test_every_term_is_aligned(name: str) -> None:
    term = rdflib.URIRef(KG + name)
    assert any((term, predicate, None) in ALIGNMENTS for predicate in SAID)


def test_vocabularies_declare_what_they_are_used_as() -> None:
    """What others' terms are superclasses of is a class of ours, and so with properties."""
    for above, kind in ((RDFS.subClassOf, OWL.Class), (RDFS.subPropertyOf, None)):
        for term, other in ALIGNMENTS.subject_objects(above):
            name = str(term).removeprefix(KG)
            assert name in (ONTOLOGY.classes if kind else ONTOLOGY.properties)
            kinds = set(ALIGNMENTS.objects(other, RDF.type))
            assert kinds == {kind} if kind else kinds <= {OWL.ObjectProperty, OWL.DatatypeProperty}
