"""What the things of a graph are called in a message, and the article and sentence they were read in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

import pyoxigraph as ox

from kg.iris import DCTERMS, KG, NIF, PROV, RDF, RDFS
from kg.ontology import Ontology
from kg.store import LoadedGraph
from kg.terms import Value, short

FIGURE = tuple(KG + name for name in ("subject", "indicator", "value", "unit"))
STATEMENT = tuple(RDF + name for name in ("subject", "predicate", "object"))


def local_name(node: Value) -> str:
    """The end of an IRI, as it reads.

    >>> local_name(ox.NamedNode("https://w3id.org/citykg/id/project/5%2F10万吨"))
    '5/10万吨'
    """
    return unquote(node.value.rsplit("/", 1)[-1])


class Wording:
    """What the things of a graph are called, and where they were read."""

    def __init__(self, graph: LoadedGraph, ontology: Ontology, language: str) -> None:
        self.language = language
        self._graph = graph
        self._ontology = ontology

    def sentence(self, node: Value, text: str, *, path: Value | None = None, value: Value | None = None) -> str:
        """`text` about `node`, with what was found at the end of `path`, the article and the sentence."""
        shown = f" ({self._label(value)})" if value is not None and value != node else ""
        return f"{self._title(node)}: {text}{shown}{self._source(node, path, value)}"

    def _object(self, node: Value, predicate: str) -> Value | None:
        return next(iter(self._graph.values(node, predicate)), None)

    def _label(self, node: Value) -> str:
        """The text of a literal; a term of the ontology as it is written; else a label or the end of the IRI."""
        if isinstance(node, ox.Literal):
            return node.value
        if node.value.startswith(KG):
            return short(node.value)
        for predicate in (RDFS + "label", DCTERMS + "title"):
            for label in self._graph.values(node, predicate):
                return label.value
        return local_name(node)

    def _title(self, node: Value) -> str:
        """What `node` is, and its name."""
        types = {kind.value for kind in self._graph.values(node, RDF + "type")}
        if RDF + "Statement" in types:
            return f"{self._kind('Claim')} {self._words(node, STATEMENT)}"
        kinds = {kind.removeprefix(KG) for kind in types} & set(self._ontology.classes)
        if "Observation" in kinds:
            return f"{self._kind('Observation')} {self._words(node, FIGURE)}"
        if not kinds:
            return self._label(node)
        nearest_kind = min(kinds, key=lambda each: (-len(self._ontology.ancestors(each)), each))
        return f"{self._kind(nearest_kind)} {self._label(node)}"

    def _words(self, node: Value, predicates: tuple[str, ...]) -> str:
        values = [self._object(node, each) for each in predicates]
        return " ".join("?" if value is None else self._label(value) for value in values)

    def _kind(self, name: str) -> str:
        return str(getattr(self._ontology.find_class(name).label, self.language))

    def _source(self, node: Value, path: Value | None, value: Value | None) -> str:
        """The article and the sentence in which `node` was read."""
        span = next(self._spans(node, path, value), node)
        article, text = self._object(span, NIF + "referenceContext"), self._object(span, NIF + "anchorOf")
        article = article or self._object(node, KG + "mentionedIn")
        if article is None:
            return ""
        title = self._object(article, DCTERMS + "title")
        parts = [
            local_name(article),
            f"《{title.value}》" if title is not None else "",
            f"“{text.value}”" if text is not None else "",
        ]
        return f" [{' '.join(part for part in parts if part)}]"

    def _spans(self, node: Value, path: Value | None, value: Value | None) -> Iterator[Value]:
        """Where it was read: the claims that say just this first, then the node itself, then claims about it."""
        if path is not None:
            said = self._claims("subject", node, lambda claim: self._object(claim, STATEMENT[1]) == path)
            exact = [claim for claim in said if value is not None and self._object(claim, STATEMENT[2]) == value]
            yield from self._derived([*exact, *said])
        yield from self._derived([node])
        yield from self._derived(self._claims("subject", node))
        yield from self._derived(self._claims("object", node))

    def _claims(self, role: str, node: Value, wanted: Callable[[Value], bool] = lambda _: True) -> list[Value]:
        found = (claim for claim, _, _ in self._graph.match(None, RDF + role, node))
        return sorted((claim for claim in found if wanted(claim)), key=str)

    def _derived(self, nodes: Iterable[Value]) -> Iterator[Value]:
        for node in nodes:
            yield from self._graph.values(node, PROV + "wasDerivedFrom")
