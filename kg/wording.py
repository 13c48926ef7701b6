"""What the things of a graph are called in a message, and the article and sentence they were read in."""

from __future__ import annotations

from urllib.parse import unquote

import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS
from rdflib.term import Node

from kg.iris import KG, NIF
from kg.ontology import Ontology
from kg.terms import short

CONTEXT, TEXT = rdflib.URIRef(NIF + "referenceContext"), rdflib.URIRef(NIF + "anchorOf")
MENTIONED = rdflib.URIRef(KG + "mentionedIn")
FIGURE = tuple(rdflib.URIRef(KG + name) for name in ("subject", "indicator", "value", "unit"))
STATEMENT = (RDF.subject, RDF.predicate, RDF.object)


def local_name(node: Node) -> str:
    """The end of an IRI, as it reads.

    >>> local_name(rdflib.URIRef("https://w3id.org/citykg/id/project/5%2F10万吨"))
    '5/10万吨'
    """
    return unquote(str(node).rsplit("/", 1)[-1])


class Wording:
    """What the things of a graph are called, and where they were read."""

    def __init__(self, graph: rdflib.Graph, ontology: Ontology, language: str) -> None:
        self.language = language
        self._graph = graph
        self._ontology = ontology
        self._claims: dict[tuple[Node | None, Node | None, Node | None], Node] = {}
        for claim in sorted(graph.subjects(RDF.type, RDF.Statement), key=str, reverse=True):
            subject, predicate, target = (graph.value(claim, each) for each in STATEMENT)
            for key in (
                (subject, predicate, target),
                (subject, predicate, None),
                (subject, None, None),
                (None, None, target),
            ):
                self._claims[key] = claim

    def sentence(self, node: Node, text: str, *, path: Node | None = None, value: Node | None = None) -> str:
        """`text` about `node`, with what was found at the end of `path`, the article and the sentence."""
        shown = f" ({self._label(value)})" if value is not None and value != node else ""
        return f"{self._title(node)}: {text}{shown}{self._source(node, path, value)}"

    def _label(self, node: Node) -> str:
        """The text of a literal; a term of the ontology as it is written; else a label or the end of the IRI."""
        if isinstance(node, rdflib.Literal):
            return str(node)
        if str(node).startswith(KG):
            return short(str(node))
        for predicate in (RDFS.label, DCTERMS.title):
            labels = sorted(str(each) for each in self._graph.objects(node, predicate))
            if labels:
                return labels[0]
        return local_name(node)

    def _title(self, node: Node) -> str:
        """What `node` is, and its name."""
        graph = self._graph
        if (node, RDF.type, RDF.Statement) in graph:
            return f"{self._kind('Claim')} {self._words(node, STATEMENT)}"
        kinds = {str(kind).removeprefix(KG) for kind in graph.objects(node, RDF.type)} & set(self._ontology.classes)
        if "Observation" in kinds:
            return f"{self._kind('Observation')} {self._words(node, FIGURE)}"
        if not kinds:
            return self._label(node)
        nearest_kind = min(kinds, key=lambda each: (-len(self._ontology.ancestors(each)), each))
        return f"{self._kind(nearest_kind)} {self._label(node)}"

    def _words(self, node: Node, predicates: tuple[rdflib.URIRef, ...]) -> str:
        values = [self._graph.value(node, each) for each in predicates]
        return " ".join("?" if value is None else self._label(value) for value in values)

    def _kind(self, name: str) -> str:
        return str(getattr(self._ontology.find_class(name).label, self.language))

    def _source(self, node: Node, path: Node | None, value: Node | None) -> str:
        """The article and the sentence in which `node` was read."""
        graph = self._graph
        said = [key for key in ((node, path, value), (node, path, None)) if path is not None]
        about = ((node, None, None), (None, None, node))
        readers = [self._claims.get(key) for key in said] + [node] + [self._claims.get(key) for key in about]
        spans = [span for each in readers if each for span in sorted(graph.objects(each, PROV.wasDerivedFrom), key=str)]
        span = spans[0] if spans else node
        article, text = graph.value(span, CONTEXT), graph.value(span, TEXT)
        if article is None:
            article = min(graph.objects(node, MENTIONED), key=str, default=None)
        if article is None:
            return ""
        name = local_name(article)
        title = graph.value(article, DCTERMS.title)
        parts = [name, f"《{title}》" if title is not None else "", f"“{text}”" if text is not None else ""]
        return f" [{' '.join(part for part in parts if part)}]"
