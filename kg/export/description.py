"""What is said of a graph as a whole: title and licence, articles, counts, vocabulary, tool (VoID, DCAT, VANN).

Title, licence and rights stand in ``dataset.ttl`` of the ontology folder. Nothing tells the time, so
that equal graphs have equal descriptions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from kg import __version__
from kg.errors import DataError
from kg.export.content import ARTICLE, ONTOLOGY, TYPE, Content, dataset_iri
from kg.iris import DCAT, DCTERMS, KG, PROV, RDF, RDFS, VANN, VOID, XSD, digest
from kg.scheme import PREFERRED

FILE = "dataset.ttl"
TOOL = "citykg"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
VERSION = "https://schema.org/softwareVersion"


def describe(content: Content, *, media: str) -> tuple[Triple, ...]:
    """What is said of `content`, written as the media type `media`. Raises DataError where dataset.ttl is not valid."""
    dataset = NamedNode(dataset_iri(content.base))
    folder = content.ontology.path.parent
    return tuple(
        dict.fromkeys(
            [
                *_given(folder / FILE, dataset),
                *_vocabulary(dataset, content.base),
                *_articles(content.store, dataset),
                *_tool(dataset),
                *_distribution(dataset, media),
                *_counts(content, dataset),
            ]
        )
    )


def _given(path: Path, dataset: NamedNode) -> Iterator[Triple]:
    """The triples of dataset.ttl, whose ``<>`` is the dataset."""
    try:
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=dataset.value):
            yield quad.triple
    except FileNotFoundError:
        raise DataError(f"{path}: missing; restore it or point --ontology at a complete folder") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from None
    except SyntaxError as error:
        raise DataError(f"{path}:{error.lineno}: not valid Turtle: {error.msg}") from None


def _vocabulary(dataset: NamedNode, base: str) -> Iterator[Triple]:
    ontology = NamedNode(ONTOLOGY)
    yield Triple(dataset, NamedNode(VOID + "vocabulary"), ontology)
    yield Triple(dataset, NamedNode(VOID + "uriSpace"), Literal(base))
    yield Triple(ontology, NamedNode(PREFERRED), Literal("kg"))
    yield Triple(ontology, NamedNode(VANN + "preferredNamespaceUri"), Literal(KG))


def _articles(store: Store, dataset: NamedNode) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None):
        if isinstance(quad.subject, NamedNode):
            yield Triple(dataset, NamedNode(DCTERMS + "source"), quad.subject)


def _tool(dataset: NamedNode) -> Iterator[Triple]:
    tool = NamedNode(f"{dataset.value}/tool")
    yield Triple(dataset, NamedNode(PROV + "wasAttributedTo"), tool)
    yield Triple(tool, TYPE, NamedNode(PROV + "SoftwareAgent"))
    yield Triple(tool, NamedNode(RDFS + "label"), Literal(TOOL))
    yield Triple(tool, NamedNode(VERSION), Literal(__version__))


def _distribution(dataset: NamedNode, media: str) -> Iterator[Triple]:
    node = NamedNode(f"{dataset.value}/distribution")
    yield Triple(dataset, NamedNode(DCAT + "distribution"), node)
    yield Triple(node, TYPE, NamedNode(DCAT + "Distribution"))
    yield Triple(node, NamedNode(DCAT + "mediaType"), NamedNode(MEDIA_TYPES + media))


def _counts(content: Content, dataset: NamedNode) -> Iterator[Triple]:
    """Triples, subjects, and how many of each class and property; the description itself is not counted."""
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    subjects = 0
    for _, triples in content.subjects(described=False):
        subjects += 1
        for triple in triples:
            properties[triple.predicate.value] += 1
            if triple.predicate.value == RDF + "type" and isinstance(triple.object, NamedNode):
                classes[triple.object.value] += 1
    yield Triple(dataset, NamedNode(VOID + "triples"), _integer(properties.total()))
    yield Triple(dataset, NamedNode(VOID + "distinctSubjects"), _integer(subjects))
    for kind, count, found in (("class", "entities", classes), ("property", "triples", properties)):
        for iri, number in found.items():
            node = NamedNode(f"{dataset.value}/{kind}-{_name(iri, content.names)}")
            yield Triple(dataset, NamedNode(f"{VOID}{kind}Partition"), node)
            yield Triple(node, NamedNode(VOID + kind), NamedNode(iri))
            yield Triple(node, NamedNode(VOID + count), _integer(number))


def _name(iri: str, prefixes: Mapping[str, str]) -> str:
    """A name for the part of a dataset that `iri` stands for: ``kg-Park``, or a digest where no prefix fits."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = next((name for name, space in sorted(prefixes.items()) if space == iri[:cut]), None)
    return f"{prefix}-{iri[cut:]}" if prefix else digest(iri)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))
