"""What is served: a graph in memory, each triple in its named graph, with what is needed to show it.

The named graphs are those that `kg push` and `kg export -f nq` make, one an article; a query that names no
dataset sees all of them as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg.export.content import Content
from kg.export.graphs import Sources
from kg.ontology import Ontology, load_ontology
from kg.query import NamedQuery, load_queries
from kg.store import GRAPH_FILE, load_graph

Stamp = tuple[str, int, int]
"""Which file it is, when it was written, and how long it is."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A store of named graphs, its prefixes, what its IRIs begin with, the ontology it is described in.

    `queries` are the named questions, `title` is the name of the source, `articles` are where the texts of its
    articles lie.
    """

    store: Store
    prefixes: dict[str, str]
    base: str
    ontology: Ontology
    queries: Mapping[str, NamedQuery]
    title: str
    articles: tuple[Path, ...] = ()


def load_dataset(source: Path, *, ontology: Path, title: str = "", articles: tuple[Path, ...] = ()) -> Dataset:
    """The graph that `source` names, see `kg.store`. Raises InputError or DataError where it cannot be read."""
    terms, questions = load_ontology(ontology), load_queries(ontology)
    graph = load_graph(source)
    content = Content(graph.store, terms, graph.prefixes)
    homes = Sources(content)
    store = Store()
    store.bulk_extend(
        Quad(each.subject, each.predicate, each.object, NamedNode(homes.graph_of(each))) for each in graph.triples()
    )
    return Dataset(store, content.names, content.base, terms, questions, title or graph.source, articles)


def stamp_of(source: Path) -> Stamp | None:
    """What tells whether the graph at `source` has been written anew; None where it is not there."""
    file = source / GRAPH_FILE if (source / GRAPH_FILE).exists() else source
    try:
        found = file.stat()
        return str(file.resolve()), found.st_mtime_ns, found.st_size
    except OSError:
        return None
