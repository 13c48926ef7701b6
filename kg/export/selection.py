"""Part of a graph: the facts of some articles, of some classes, or those that are sure enough.

What remains is well-formed: a thing that a fact speaks of keeps its classes and names, a claim its two
ends, a span its article; a plain triple that claims were read for stays as long as one of them does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.errors import InputError, nearest
from kg.export.content import ARTICLE, TYPE
from kg.iris import DCTERMS, KG, NIF, RDF
from kg.ontology import TOP, Ontology
from kg.store import LoadedGraph, graph_of

Edge = tuple[str, str, str]

CONTEXT, MENTIONED = NIF + "referenceContext", KG + "mentionedIn"
STATEMENT, OBSERVATION = RDF + "Statement", KG + "Observation"
CLAIM_ENDS = (RDF + "subject", RDF + "predicate", RDF + "object")


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a graph goes out; by default all of it.

    `articles` are ids, file names or IRIs; `classes` are local names of the ontology, subclasses
    included. Without `evidence`, facts name their article and not the span and its words.
    """

    evidence: bool = True
    min_confidence: float = 0.0
    articles: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def select(graph: LoadedGraph, selection: Selection, *, ontology: Ontology) -> LoadedGraph:
    """The part of `graph` that `selection` asks for; `graph` itself where it asks for all.

    Raises InputError for an article that the graph does not have, DataError for an unknown class.
    """
    if selection == Selection():
        return graph
    classes = {KG + ontology.find_class(name).name for name in selection.classes}
    part = _Part(graph.store, selection, classes)
    triples = part.triples()
    if not selection.evidence:
        triples = _without_spans(triples, part.articles)
    return graph_of(triples, source=graph.source, prefixes=graph.prefixes)


class _Part:
    """The nodes that stay, found by following what they refer to."""

    def __init__(self, store: Store, selection: Selection, classes: Collection[str]) -> None:
        self._store = store
        self._least = Decimal(str(selection.min_confidence))
        self._classes = classes
        self._types: dict[str, set[str]] = {}
        for quad in store.quads_for_pattern(None, TYPE, None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                self._types.setdefault(quad.subject.value, set()).add(quad.object.value)
        self._nodes = {quad.subject.value for quad in store if isinstance(quad.subject, NamedNode)}
        self.articles = dict(self._edges(CONTEXT))
        self._everyone = self._of_type(ARTICLE.value)
        self._chosen = self._find_articles(selection.articles)
        self._claims = {
            node: (ends[0], ends[1], ends[2])
            for node in self._of_type(STATEMENT)
            for ends in [[value for each in CLAIM_ENDS for value in self._values(node, each)]]
            if len(ends) == 3
        }
        self._facts = {node for node in self._types if self._types[node] & {STATEMENT, OBSERVATION}}

    def triples(self) -> Iterator[Triple]:
        """The triples of the nodes that stay, between nodes that stay."""
        kept = self._kept
        for node in kept:
            for quad in self._store.quads_for_pattern(NamedNode(node), None, None, None):
                value = quad.object
                if not isinstance(value, NamedNode) or self._goes(node, quad.predicate.value, value.value):
                    yield quad.triple

    @cached_property
    def _kept(self) -> set[str]:
        roots = {node for node in self._facts if self._is_fact_wanted(node)}
        roots |= {node for node in self._of_type(KG + TOP) if self._is_entity_wanted(node)}
        if not self._classes:
            roots |= self._chosen
        kept = self._closure(roots, set())
        known = self._facts | set(self._of_type(KG + TOP)) | set(self.articles) | set(self._everyone)
        for node in sorted(self._nodes - known - kept):  # what speaks of things that stay, such as other names
            things = {each for _, each in self._links(node) if KG + TOP in self._types.get(each, ())}
            if things and things <= kept and self._is_sure(node) and self._is_read_in_chosen(node):
                kept = self._closure({node}, kept)
        return kept

    def _closure(self, roots: set[str], kept: set[str]) -> set[str]:
        """`kept` with `roots` and whatever they refer to."""
        stack = sorted(roots - kept)
        kept |= roots
        while stack:
            node = stack.pop()
            for predicate, value in self._links(node):
                if value in self._nodes and value not in kept and self._goes(node, predicate, value):
                    kept.add(value)
                    stack.append(value)
        return kept

    def _goes(self, node: str, predicate: str, value: str) -> bool:
        """Whether a triple whose subject stays goes out."""
        if value in self.articles:
            return self.articles[value] in self._chosen
        if ARTICLE.value in self._types.get(value, ()):
            return value in self._chosen
        edge = (node, predicate, value)
        return edge not in self._claimed or edge in self._supported

    @cached_property
    def _claimed(self) -> set[Edge]:
        return set(self._claims.values())

    @cached_property
    def _supported(self) -> set[Edge]:
        return {edge for node, edge in self._claims.items() if self._is_fact_wanted(node)}

    def _is_fact_wanted(self, node: str) -> bool:
        ends = {value for _, value in self._links(node)}
        about = not self._classes or any(self._types.get(each, set()) & set(self._classes) for each in ends)
        return about and self._is_sure(node) and self._is_read_in_chosen(node)

    def _is_entity_wanted(self, node: str) -> bool:
        mentioned = {value for _, value in self._links(node, MENTIONED)}
        return bool(mentioned & self._chosen) and (not self._classes or bool(self._types[node] & set(self._classes)))

    def _is_sure(self, node: str) -> bool:
        values = self._store.quads_for_pattern(NamedNode(node), NamedNode(KG + "confidence"), None, None)
        return all(isinstance(quad.object, Literal) and Decimal(quad.object.value) >= self._least for quad in values)

    def _is_read_in_chosen(self, node: str) -> bool:
        links = (value for _, value in self._links(node))
        sources = {self.articles.get(value, value) for value in links}.intersection(self._everyone)
        return not sources or bool(sources & self._chosen)

    def _find_articles(self, names: Collection[str]) -> set[str]:
        """The IRIs of the articles called `names`; of all where none is named."""
        if not names:
            return set(self._everyone)
        known = {key: node for node in self._everyone for key in (node, unquote(node.rpartition("/")[2]))}
        for node in self._everyone:
            known.update((name, node) for name in self._values(node, DCTERMS + "source"))
        for name in names:
            if name not in known:
                hint = nearest(name, known) or "; `kg query --name articles` lists them"
                raise InputError(f"no article is called {name}{hint}")
        return {known[name] for name in names}

    def _of_type(self, kind: str) -> list[str]:
        return sorted(node for node, kinds in self._types.items() if kind in kinds)

    def _edges(self, predicate: str) -> Iterator[tuple[str, str]]:
        for quad in self._store.quads_for_pattern(None, NamedNode(predicate), None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject.value, quad.object.value

    def _links(self, node: str, predicate: str | None = None) -> Iterator[tuple[str, str]]:
        verb = NamedNode(predicate) if predicate else None
        for quad in self._store.quads_for_pattern(NamedNode(node), verb, None, None):
            if isinstance(quad.object, NamedNode):
                yield quad.predicate.value, quad.object.value

    def _values(self, node: str, predicate: str) -> list[str]:
        quads = self._store.quads_for_pattern(NamedNode(node), NamedNode(predicate), None, None)
        return [quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)]


def _without_spans(triples: Iterator[Triple], articles: dict[str, str]) -> Iterator[Triple]:
    """`triples` with the article in the place of each span."""

    def article_of(node: object) -> str | None:
        return articles.get(node.value) if isinstance(node, NamedNode) else None

    for triple in triples:
        if article_of(triple.subject) is None:
            article = article_of(triple.object)
            yield triple if article is None else Triple(triple.subject, triple.predicate, NamedNode(article))
