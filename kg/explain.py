"""What a graph says of one thing, and where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import InputError
from kg.parts import comparable
from kg.store import LoadedGraph
from kg.view.model import ArticleView, Attribute, ClaimView, Fact, Figure, Node, ViewModel
from kg.view.reading import read_model


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing with its facts as subject and as object, what words say of it, its figures, and the model they come from.

    `labels` has the name of every node by IRI.
    """

    node: Node
    facts: tuple[Fact, ...]
    attributes: tuple[Attribute, ...]
    figures: tuple[Figure, ...]
    model: ViewModel
    labels: Mapping[str, str]

    def label(self, iri: str) -> str:
        """The name of a node of the graph."""
        return self.labels.get(iri, iri)

    def relation(self, name: str) -> str:
        """The Chinese name of a relation."""
        return next((term.label for term in self.model.relations if term.name == name), name)

    def article(self, iri: str) -> ArticleView | None:
        """An article of the graph."""
        return next((article for article in self.model.articles if article.iri == iri), None)


def explain(graph: LoadedGraph, name: str, *, ontology: Path) -> tuple[Explanation, ...]:
    """All things called `name`: an IRI, a prefixed name, a label, or else an alias.

    Raises InputError with the nearest name where there is none.
    """
    model = read_model(graph.store, ontology)
    found = _find(model, name, graph.prefixes)
    if not found:
        raise InputError(f"{graph.source}: nothing is called {name}{_nearest(model, name)}")
    labels = {node.iri: node.label for node in model.nodes}
    return tuple(
        Explanation(
            node,
            tuple(fact for fact in model.facts if node.iri in (fact.subject, fact.object)),
            tuple(each for each in model.attributes if each.subject == node.iri),
            tuple(figure for figure in model.figures if figure.subject == node.iri),
            model,
            labels,
        )
        for node in found
    )


def _find(model: ViewModel, name: str, prefixes: dict[str, str]) -> list[Node]:
    prefix, _, local = name.partition(":")
    iris = {name, name.strip("<>"), prefixes.get(prefix, prefix + ":") + local}
    wanted = comparable(name)
    return (
        [node for node in model.nodes if node.iri in iris]
        or [node for node in model.nodes if comparable(node.label) == wanted]
        or [node for node in model.nodes if wanted in map(comparable, node.aliases)]
    )


def _nearest(model: ViewModel, name: str) -> str:
    """Names that are close, or that hold the one asked for."""
    names = sorted({each for node in model.nodes for each in (node.label, *node.aliases)})
    wanted = comparable(name)
    close = get_close_matches(name, names, n=3, cutoff=0.5)
    close += sorted((each for each in names if wanted and wanted in comparable(each)), key=len)
    return f"; did you mean {' or '.join(dict.fromkeys(close[:3]))}?" if close else ""


def write_explanation(explanation: Explanation) -> str:
    """`explanation` as text: each fact, and below it the sentences it was read from."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    node = explanation.node
    yield f"{node.label}  ({node.kind.label} {node.kind.english})  <{node.iri}>"
    if node.aliases:
        yield f"  also called: {'、'.join(node.aliases)}"
    for iri in node.articles:
        yield f"  named in: {_source(explanation, iri)}"
    for fact in explanation.facts:
        yield ""
        subject, object_ = explanation.label(fact.subject), explanation.label(fact.object)
        yield f"{subject} —{explanation.relation(fact.predicate)}→ {object_}"
        if not fact.claims:
            yield "  background knowledge: administrative divisions"
        for claim in fact.claims:
            yield from _reading(explanation, claim)
    for attribute in explanation.attributes:
        yield ""
        yield f"{node.label} {attribute.term.label}: {attribute.word}"
        for claim in attribute.claims:
            yield from _reading(explanation, claim)
    for figure in explanation.figures:
        yield ""
        period = f" {figure.period}" if figure.period else ""
        yield f"{node.label} {figure.indicator}{period} = {figure.value} {figure.unit} ({figure.kind})"
        yield from _reading(explanation, figure.claim)


def _reading(explanation: Explanation, claim: ClaimView) -> Iterator[str]:
    for name, value in claim.qualifiers:
        yield f"  {name}: {value}"
    confidence = f", confidence {claim.confidence:.2f}" if claim.confidence is not None else ""
    if claim.quote is not None:
        yield f"  “{claim.quote.text}”"
        place = f"{claim.quote.begin}–{claim.quote.end}"
        yield f"    {_source(explanation, claim.quote.article)}, characters {place}"
    yield f"    rule {claim.rule}{confidence}"


def _source(explanation: Explanation, iri: str) -> str:
    article = explanation.article(iri)
    if article is None:
        return iri
    return "，".join(part for part in (f"《{article.title}》", article.publisher, article.issued, article.file) if part)
