"""A graph as nodes and edges with fields, as Gephi, networkx and Neo4j have it; nothing of it is lost.

A node is whatever has an IRI and says something: a thing, an article, an observation, an indicator. Its
literals are its fields. An edge is a claim, with confidence, rule, article, characters and words; or, where
no claim was read for it, a plain triple between two nodes. Spans are fields of what was read there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import DataError
from kg.export.content import TYPE, Content
from kg.iris import DCTERMS, KG, NIF, PROV, RDF, RDFS, XSD, digest

STATEMENT, SPAN = RDF + "Statement", NIF + "RFC5147String"
DERIVED, CONTEXT = PROV + "wasDerivedFrom", NIF + "referenceContext"
ENDS = (RDF + "subject", RDF + "predicate", RDF + "object")
LABEL = RDFS + "label"
NAMES = (LABEL, DCTERMS + "title")
"""What a node is called by, the first that it has."""

Value = str | list[str]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of nodes or edges: `kind` is ``long``, ``double`` or ``string``; `several` where a value is a list."""

    name: str
    kind: str
    several: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `classes` are the nearest class first. Values are as in the graph, decimal numbers in plain notation."""

    id: str
    label: str
    classes: tuple[str, ...]
    fields: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge; `id` is the IRI of its claim, or a digest of its ends where no claim was read for it."""

    id: str
    source: str
    target: str
    relation: str
    fields: dict[str, Value]


class Network:
    """The nodes and edges of a graph, in the order of their IRIs."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._names = _field_names(content)
        self._depth = {KG + each.name: len(each.ancestors) for each in content.ontology.classes.values()}

    def nodes(self) -> Iterator[Node]:
        """The nodes."""
        for subject, triples in self._content.subjects(described=False):
            kinds = _kinds(triples)
            if not _links(triples) and SPAN not in kinds:
                nearest = sorted(kinds, key=lambda each: (-self._depth.get(each, 0), each))
                label = self._label(subject, triples)
                said = [each for each in triples if each.predicate.value != LABEL or _text(each) != label]
                yield Node(subject, label, tuple(map(_local, nearest)), self._fields(said))

    def edges(self) -> Iterator[Edge]:
        """The edges: claims, and plain triples that no claim was read for."""
        for subject, triples in self._content.subjects(described=False):
            if _links(triples):
                ends = [each.object for end in ENDS for each in triples if each.predicate.value == end]
                nodes = [end.value for end in ends if isinstance(end, NamedNode)]
                if len(nodes) != len(ENDS):
                    raise DataError(f"{subject}: a claim needs one rdf:subject, rdf:predicate and rdf:object")
                yield Edge(subject, nodes[0], nodes[2], _local(nodes[1]), self._fields(triples))
            elif SPAN not in _kinds(triples):
                yield from self._plain(triples)

    def _plain(self, triples: list[Triple]) -> Iterator[Edge]:
        for triple in triples:
            value = triple.object
            if not isinstance(value, NamedNode) or triple.predicate.value in (RDF + "type", DERIVED):
                continue
            if (str(triple.subject), str(triple.predicate), str(value)) in self._claimed:
                continue
            source, relation = str(triple.subject)[1:-1], _local(triple.predicate.value)
            if value.value in self._known:
                yield Edge(digest(source, relation, value.value), source, value.value, relation, {})

    @cached_property
    def node_fields(self) -> tuple[Field, ...]:
        """The fields that nodes have, sorted by name."""
        return _schema((node.fields for node in self.nodes()), self._numbers)

    @cached_property
    def edge_fields(self) -> tuple[Field, ...]:
        """The fields that edges have, sorted by name."""
        return _schema((edge.fields for edge in self.edges()), self._numbers)

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """Fields whose every value is a number, and its kind."""
        found: dict[str, set[str]] = {}
        for triple in self._content.triples(described=False):
            if isinstance(triple.object, Literal):
                kind = _KINDS.get(triple.object.datatype.value, "string")
                found.setdefault(self._names[triple.predicate.value], set()).add(kind)
        return {name: _widest(kinds) for name, kinds in found.items()}

    @cached_property
    def _claimed(self) -> set[tuple[str, ...]]:
        store = self._content.store
        found = set()
        for quad in store.quads_for_pattern(None, TYPE, NamedNode(STATEMENT), None):
            ends = [store.quads_for_pattern(quad.subject, NamedNode(end), None) for end in ENDS]
            found.add(tuple(str(each.object) for quads in ends for each in quads))
        return found

    @cached_property
    def _known(self) -> set[str]:
        return {
            subject
            for subject, triples in self._content.subjects(described=False)
            if not _links(triples) and SPAN not in _kinds(triples)
        }

    def _label(self, subject: str, triples: list[Triple]) -> str:
        for name in NAMES:
            for triple in triples:
                if triple.predicate.value == name and isinstance(triple.object, Literal):
                    return triple.object.value
        return unquote(subject.rpartition("/")[2])

    def _fields(self, triples: list[Triple]) -> dict[str, Value]:
        """The literals of a node or claim and of the spans it was read from; a value of several is a list."""
        found: dict[str, list[str]] = {}
        for triple in triples:
            if isinstance(triple.object, Literal):
                found.setdefault(self._names[triple.predicate.value], []).append(triple.object.value)
            elif triple.predicate.value == DERIVED and isinstance(triple.object, NamedNode):
                for name, value in self._span(triple.object):
                    found.setdefault(name, []).append(value)
        return {name: values[0] if len(values) == 1 else values for name, values in sorted(found.items())}

    def _span(self, span: NamedNode) -> Iterator[tuple[str, str]]:
        """Article, characters and words of a span; an article stands for itself."""
        quads = list(self._content.store.quads_for_pattern(span, None, None))
        if not any(quad.predicate.value == CONTEXT for quad in quads):
            yield "article", span.value
            return
        for quad in quads:
            if quad.predicate.value == CONTEXT and isinstance(quad.object, NamedNode):
                yield "article", quad.object.value
            elif isinstance(quad.object, Literal):
                yield self._names[quad.predicate.value], quad.object.value


def _links(triples: list[Triple]) -> bool:
    """Whether these are of a claim between two things; one that leads to a word is a node, as a figure is."""
    literal = any(each.predicate.value == ENDS[2] and isinstance(each.object, Literal) for each in triples)
    return STATEMENT in _kinds(triples) and not literal


_KINDS = {XSD + "integer": "long", XSD + "decimal": "double"}


def _widest(kinds: set[str]) -> str:
    """The kind that holds values of all `kinds`."""
    return next(kind for kind in ("string", "double", "long") if kind in kinds)


def _schema(rows: Iterator[Mapping[str, Value]], numbers: Mapping[str, str]) -> tuple[Field, ...]:
    several: dict[str, bool] = {}
    for row in rows:
        for name, value in row.items():
            several[name] = several.get(name, False) or isinstance(value, list)
    return tuple(Field(name, numbers.get(name, "string"), several[name]) for name in sorted(several))


def _field_names(content: Content) -> dict[str, str]:
    """A name for each predicate: its local name, or with its prefix where two share one or a format needs it."""
    found = {quad.predicate.value for quad in content.store}
    names: dict[str, str] = {}
    for iri in sorted(found, key=lambda each: (not each.startswith(KG), each)):
        local = _local(iri)
        if local in names.values() or local in RESERVED:
            space = iri[: len(iri) - len(local)]
            local = f"{next((name for name, each in sorted(content.names.items()) if each == space), 'x')}_{local}"
        names[iri] = local
    return names


RESERVED = (
    "id", "iri", "label", "class", "classes", "type", "relation", "article", "weight", "source", "target",
    "start", "end", "pid", "parents", "slices", "spells", "viz",
)  # fmt: skip
"""Names that a format or a reader of one has for itself: networkx takes ``pid`` for a parent (networkx#8339)."""


def _text(triple: Triple) -> str:
    return triple.object.value if isinstance(triple.object, Literal) else ""


def _kinds(triples: list[Triple]) -> set[str]:
    return {each.object.value for each in triples if each.predicate == TYPE and isinstance(each.object, NamedNode)}


def _local(iri: str) -> str:
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def joined(value: Value | None) -> str:
    """A value as one text: several are separated by ``|``, a ``|`` or backslash in them has a backslash before it.

    >>> joined(["a", "b|c"]), joined("x|y"), joined(None)
    ('a|b\\\\|c', 'x|y', '')
    """
    if isinstance(value, list):
        return "|".join(each.replace("\\", "\\\\").replace("|", "\\|") for each in value)
    return value or ""
