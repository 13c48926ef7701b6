"""Graphs in Oxigraph: read from a file, kept on disk, handed to rdflib.

A *graph* given by a user is a file in a format of READERS, the output folder of a build (its
``graph.ttl`` is meant), or the folder of a persistent store. Named graphs are read as one graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib import Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import InputError
from kg.iris import VOCABULARIES
from kg.terms import Node, Value

GRAPH_FILE = "graph.ttl"
_STORE_MARK = "CURRENT"  # RocksDB names its current manifest in a file of this name
READERS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class LoadedGraph:
    """A store with the name of its source and the prefixes that the source binds."""

    store: Store
    source: str
    prefixes: dict[str, str] = field(default_factory=lambda: dict(VOCABULARIES))

    def triples(self) -> Iterator[Triple]:
        """All triples, in no order that matters."""
        for quad in self.store:
            yield quad.triple

    def match(
        self, subject: Value | None = None, predicate: str | None = None, object: Value | None = None
    ) -> Iterator[tuple[Node, str, Value]]:
        """The triples with these terms, in no order; those about triples are left out."""
        if isinstance(subject, Literal):
            return
        name = None if predicate is None else NamedNode(predicate)
        for quad in self.store.quads_for_pattern(subject, name, object, None):
            if not isinstance(quad.subject, Triple) and not isinstance(quad.object, Triple):
                yield quad.subject, quad.predicate.value, quad.object

    def values(self, subject: Value, predicate: str) -> list[Value]:
        """The objects of `subject` and `predicate`, sorted."""
        return sorted((value for _, _, value in self.match(subject, predicate)), key=str)


def graph_of(triples: Iterable[Triple], *, source: str = "", prefixes: dict[str, str] | None = None) -> LoadedGraph:
    """`triples` as a graph in memory."""
    store = Store()
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return LoadedGraph(store, source, {**VOCABULARIES, **(prefixes or {})})


def load_graph(path: Path) -> LoadedGraph:
    """The graph that `path` names. Raises InputError where there is none or it does not parse."""
    if path.is_dir() and (path / _STORE_MARK).is_file():
        return LoadedGraph(_open(path), str(path))
    file = path / GRAPH_FILE if path.is_dir() else path
    if not file.exists():
        missing = "no such file or folder; kg build makes one"
        hint = f"it has no {GRAPH_FILE}; is it the output of kg build?" if path.is_dir() else missing
        raise InputError(f"{path}: {hint}")
    try:
        return parse_graph(file.read_bytes(), source=str(file), format=READERS.get(file.suffix, RdfFormat.TURTLE))
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None


def parse_graph(data: bytes, *, source: str, format: RdfFormat = RdfFormat.TURTLE) -> LoadedGraph:
    """The graph written in `data`. Raises InputError naming `source` and the line that does not parse."""
    store = Store()
    try:
        parser = parse(data, format=format)
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in parser)
    except SyntaxError as error:
        place = f"line {error.lineno}: " if error.lineno else ""
        raise InputError(f"{source}: {place}not valid {format.name}: {error.msg}") from None
    return LoadedGraph(store, source, {**VOCABULARIES, **parser.prefixes})


def persist_graph(triples: Iterable[Triple], folder: Path) -> None:
    """Keep `triples` in a store at `folder`, which `load_graph` opens without parsing."""
    try:
        store = Store(str(folder))
    except OSError as error:
        raise InputError(f"{folder}: cannot hold a store: {error}") from None
    store.clear()
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    store.flush()


def as_rdflib(graph: LoadedGraph) -> Graph:
    """The same store as an rdflib graph, for what needs rdflib; nothing is copied."""
    from oxrdflib import OxigraphStore

    view = Graph(store=OxigraphStore(store=graph.store), identifier=DATASET_DEFAULT_GRAPH_ID)
    for name, iri in sorted(graph.prefixes.items()):
        view.bind(name, iri)
    return view


def _open(folder: Path) -> Store:
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise InputError(f"{folder}: not a store that can be opened: {error}") from None
