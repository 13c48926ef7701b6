"""What is written: a graph subject by subject, in a fixed order, and what is said of it as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.errors import DataError
from kg.iris import BASE, KG, RDF, VOCABULARIES, XSD
from kg.ontology import Ontology
from kg.scheme import Scheme

Item = TypeVar("Item")

TYPE = NamedNode(RDF + "type")
ARTICLE = NamedNode(KG + "Article")
DECIMAL = NamedNode(XSD + "decimal")
ONTOLOGY = KG.rstrip("#")


@dataclass(frozen=True)
class Content:
    """A graph that is to be written. `description` is said of the graph as a whole, or empty."""

    store: Store
    ontology: Ontology
    prefixes: Mapping[str, str]
    description: tuple[Triple, ...] = field(default=())

    @cached_property
    def base(self) -> str:
        """What the IRIs of things begin with."""
        return base_of(self.store)

    @cached_property
    def names(self) -> dict[str, str]:
        """Prefixes of the graph's own, of the vocabularies and one for each class of things."""
        return {**Scheme(self.ontology).prefixes(base=self.base), **VOCABULARIES, **self.prefixes}

    def subjects(self, *, described: bool = True) -> Iterator[tuple[str, list[Triple]]]:
        """Every subject with its triples, both sorted; with the description of the graph, or without.

        A description that the graph brings from an earlier export is left out. Raises DataError on
        a blank node, for which there is no stable name.
        """
        extra: dict[str, list[Triple]] = {}
        for triple in self.description if described else ():
            extra.setdefault(_iri(triple), []).append(triple)
        old = dataset_iri(self.base)
        found = {_iri(quad.triple) for quad in self.store}
        found = {iri for iri in found if iri not in (old, ONTOLOGY) and not iri.startswith(old + "/")}
        for subject in sorted(found | extra.keys()):
            quads = self.store.quads_for_pattern(NamedNode(subject), None, None, None)
            triples = {_with_point(quad.triple) for quad in quads} if subject in found else set()
            yield subject, sorted(triples.union(extra.get(subject, ())), key=_order)

    def triples(self, *, described: bool = True) -> Iterator[Triple]:
        """All triples in the order of `subjects`."""
        for _, triples in self.subjects(described=described):
            yield from triples


def dataset_iri(base: str) -> str:
    """The IRI of a graph as a whole; what is said of its parts stands below it."""
    return base + "dataset"


def base_of(store: Store) -> str:
    """What the IRIs of articles begin with, which is what those of all things begin with."""
    articles = (quad.subject for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None))
    bases = {each.value.rpartition("article/")[0] for each in articles if isinstance(each, NamedNode)}
    return min(bases, default=BASE) or BASE


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in lists of at most `size`.

    >>> list(batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _iri(triple: Triple) -> str:
    """The subject of a triple that can be written."""
    if not isinstance(triple.subject, NamedNode) or isinstance(triple.object, BlankNode):
        node = triple.object if isinstance(triple.object, BlankNode) else triple.subject
        raise DataError(f"cannot write {node}: a blank node has no stable name; give it an IRI")
    return triple.subject.value


def _with_point(triple: Triple) -> Triple:
    """`triple` with a whole xsd:decimal as Turtle has it: stores write 1.0 as 1, which would be an xsd:integer."""
    value = triple.object
    if not isinstance(value, Literal) or value.datatype != DECIMAL or "." in value.value:
        return triple
    return Triple(triple.subject, triple.predicate, Literal(f"{value.value}.0", datatype=DECIMAL))


def _order(triple: Triple) -> tuple[str, str]:
    return triple.predicate.value, str(triple.object)
