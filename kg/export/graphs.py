"""One named graph an article, named by the article's IRI; what no article says stands in the graph of the dataset.

An article's graph holds what goes when the article goes: its own description, its claims, observations
and spans, the plain triples that its claims were read for, and which things it mentions. The classes,
names and codes of things, why two names are of one thing, indicators, and the background (where areas lie)
are shared: they, and the description of the whole, are in the graph ``<base>dataset``. A triple stands in one
graph only, that of the first article that says it: of one in two graphs, stores give every answer twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Triple

from kg.export.content import ARTICLE, TYPE, Content, dataset_iri
from kg.iris import KG, NIF, PROV, RDF

DERIVED, MENTIONED, CONTEXT = PROV + "wasDerivedFrom", KG + "mentionedIn", NIF + "referenceContext"
STATEMENT = NamedNode(RDF + "Statement")
ENDS = (RDF + "subject", RDF + "predicate", RDF + "object")


class Sources:
    """Which article says a triple."""

    def __init__(self, content: Content) -> None:
        self._store = content.store
        self.shared = dataset_iri(content.base)
        self._home: dict[object, set[object]] = {}
        for quad in self._store.quads_for_pattern(None, TYPE, ARTICLE, None):
            self._home[quad.subject] = {quad.subject}
        for node, article in self._pairs(CONTEXT):
            self._home[node] = {article}
        things = {node for node, _ in self._pairs(MENTIONED)}
        read: dict[object, set[object]] = {}
        for node, source in self._pairs(DERIVED):
            if node not in things:
                read.setdefault(node, set()).update(self._home.get(source, {source}))
        self._home.update(read)
        self._claimed: dict[tuple[object, ...], set[object]] = {}
        for quad in self._store.quads_for_pattern(None, TYPE, STATEMENT, None):
            found = [self._store.quads_for_pattern(quad.subject, NamedNode(end), None, None) for end in ENDS]
            edge = tuple(each.object for quads in found for each in quads)
            self._claimed.setdefault(edge, set()).update(self._home.get(quad.subject, ()))

    def _pairs(self, predicate: str) -> Iterator[tuple[object, object]]:
        for quad in self._store.quads_for_pattern(None, NamedNode(predicate), None, None):
            yield quad.subject, quad.object

    def graph_of(self, triple: Triple) -> str:
        """The IRI of the graph in which `triple` stands."""
        home = self._home.get(triple.subject)
        if home is None:
            home = self._claimed.get((triple.subject, triple.predicate, triple.object))
        if home is None and triple.predicate.value in (DERIVED, MENTIONED):
            home = self._home.get(triple.object)
        return min((node.value for node in home or () if isinstance(node, NamedNode)), default=self.shared)


def quads(content: Content) -> Iterator[Quad]:
    """The triples of `content`, each in its graph, in the order of the subjects."""
    for name, triple in _placed(content):
        yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(name))


def by_graph(content: Content) -> Iterator[tuple[str, list[Triple]]]:
    """Each graph with its triples, sorted by its name; the shared one comes first."""
    graphs: dict[str, list[Triple]] = {}
    for name, triple in _placed(content):
        graphs.setdefault(name, []).append(triple)
    shared = dataset_iri(content.base)
    for name in sorted(graphs, key=lambda each: (each != shared, each)):
        yield name, graphs[name]


def _placed(content: Content) -> Iterator[tuple[str, Triple]]:
    sources = Sources(content)
    for triple in content.triples():
        yield sources.graph_of(triple), triple
