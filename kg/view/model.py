"""What the page shows, read from a graph: entities, facts with their sentences, and figures.

The model knows the structural vocabulary (claims, observations, articles, evidence) and
nothing of the domain: classes, relations, their Chinese names and their colours come from
the ontology, so a class added there shows on the page with no change here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.iris import KG, VOCABULARIES
from kg.ontology import Ontology, load_ontology
from kg.store import load_graph
from kg.view.vocabulary import Term, Vocabulary, local_name

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items())

# What a claim says of itself and not of the fact.
PROVENANCE = ("confidence", "rule")

ARTICLES = """
SELECT ?article ?title ?issued ?publisher ?file WHERE {
  ?article a kg:Article .
  OPTIONAL { ?article dcterms:title ?title } OPTIONAL { ?article dcterms:issued ?issued }
  OPTIONAL { ?article dcterms:publisher ?publisher } OPTIONAL { ?article dcterms:source ?file }
}"""

NAMES = "SELECT ?node ?label WHERE { ?node rdfs:label ?label ; a ?class . FILTER(isIRI(?node)) }"

CLAIMS = """
SELECT ?claim ?subject ?predicate ?object ?confidence ?rule ?span WHERE {
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL { ?claim kg:confidence ?confidence } OPTIONAL { ?claim kg:rule ?rule }
  OPTIONAL { ?claim prov:wasDerivedFrom ?span }
}"""

QUALIFIERS = """
SELECT ?claim ?property ?value WHERE {
  ?claim rdf:subject ?subject ; ?property ?value . FILTER(isLiteral(?value))
}"""

SPANS = """
SELECT ?span ?article ?begin ?end ?text WHERE {
  ?span nif:referenceContext ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?text .
}"""

FIGURES = """
SELECT ?figure ?subject ?indicator ?value ?unit ?period ?kind ?rule ?confidence ?span WHERE {
  ?figure a kg:Observation ; kg:subject ?subject ; kg:value ?value .
  OPTIONAL { ?figure kg:indicator ?indicator } OPTIONAL { ?figure kg:unit ?unit }
  OPTIONAL { ?figure kg:period ?period } OPTIONAL { ?figure kg:kind ?kind }
  OPTIONAL { ?figure kg:rule ?rule } OPTIONAL { ?figure kg:confidence ?confidence }
  OPTIONAL { ?figure prov:wasDerivedFrom ?span }
}"""


@dataclass(frozen=True, slots=True, order=True)
class ArticleView:
    """A source document, as the page cites it."""

    iri: str
    title: str
    issued: str
    publisher: str
    file: str


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """The words a fact was read from, and where: `begin` and `end` count characters of the file."""

    article: str
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class ClaimView:
    """One reading of a fact; `qualifiers` are (label, value) pairs such as 职务 and 市委书记."""

    quote: Quote | None
    rule: str
    confidence: float | None
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two nodes. Background knowledge has no claims."""

    subject: str
    predicate: str
    object: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantified statement about a node; the value is written as in the graph."""

    subject: str
    indicator: str
    value: str
    unit: str
    period: str
    kind: str
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `kind` is its most specific class, `group` the class whose colour it has."""

    iri: str
    label: str
    aliases: tuple[str, ...]
    kind: Term
    group: Term
    articles: tuple[str, ...]
    degree: int


@dataclass(frozen=True, slots=True)
class ViewModel:
    """All that the page shows, sorted by IRI: equal graphs give equal models."""

    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    articles: tuple[ArticleView, ...]
    groups: tuple[Term, ...]
    relations: tuple[Term, ...]


Row = dict[str, str]


def read_model(graph: Path | ox.Store, ontology: Path | Ontology) -> ViewModel:
    """What the page shows of `graph`: an open store, or whatever names a graph (see `kg.store`).

    `ontology` is loaded, or its folder. Raises InputError where the graph, and DataError
    where the ontology, cannot be read.
    """
    store = graph if isinstance(graph, ox.Store) else load_graph(graph).store
    vocabulary = Vocabulary(ontology if isinstance(ontology, Ontology) else load_ontology(ontology))
    labels: dict[str, str] = {}
    for row in _rows(store, NAMES):
        labels.setdefault(row["node"], row.get("label", ""))
    kinds = _kinds(store, vocabulary)
    facts = _facts(store, vocabulary, kinds.keys() & labels.keys())
    nodes = _nodes(store, vocabulary, labels, kinds, facts)
    used = Counter(node.group for node in nodes)
    return ViewModel(
        nodes=nodes,
        facts=facts,
        figures=_figures(store, labels, {node.iri for node in nodes}),
        articles=_articles(store),
        groups=tuple(sorted(used, key=lambda group: (-used[group], group))),
        relations=tuple(vocabulary.property(name) for name in sorted({fact.predicate for fact in facts})),
    )


def _rows(store: ox.Store, query: str) -> Iterator[Row]:
    """The solutions of `query`, each variable that is bound as text, in sorted order."""
    solutions = store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = []
    for solution in solutions:
        values = [solution[name] for name in names]
        rows.append(tuple("" if value is None else str(getattr(value, "value", value)) for value in values))
    for row in sorted(rows):
        yield {name: value for name, value in zip(names, row, strict=True) if value}


def _kinds(store: ox.Store, vocabulary: Vocabulary) -> dict[str, str]:
    """The most specific class of every named thing of the graph, by IRI."""
    classes: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, "SELECT ?node ?class WHERE { ?node a ?class . FILTER(isIRI(?node)) }"):
        if row["class"].startswith(KG):
            classes[row["node"]].add(row["class"].removeprefix(KG))
    found = {node: vocabulary.most_specific(names) for node, names in sorted(classes.items())}
    return {node: kind for node, kind in found.items() if kind}


def _articles(store: ox.Store) -> tuple[ArticleView, ...]:
    found: dict[str, ArticleView] = {}
    for row in _rows(store, ARTICLES):
        iri = row["article"]
        name = row.get("title") or row.get("file") or local_name(iri)
        view = ArticleView(iri, name, row.get("issued", ""), row.get("publisher", ""), row.get("file", ""))
        found.setdefault(iri, view)
    return tuple(found[iri] for iri in sorted(found))


def _quotes(store: ox.Store) -> dict[str, Quote]:
    return {
        row["span"]: Quote(row["article"], int(row["begin"]), int(row["end"]), row.get("text", ""))
        for row in _rows(store, SPANS)
    }


def _claim(row: Row, quotes: dict[str, Quote], qualifiers: tuple[tuple[str, str], ...] = ()) -> ClaimView:
    confidence = float(row["confidence"]) if "confidence" in row else None
    return ClaimView(quotes.get(row.get("span", "")), row.get("rule", ""), confidence, qualifiers)


def _facts(store: ox.Store, vocabulary: Vocabulary, entities: set[str]) -> tuple[Fact, ...]:
    """Plain triples between entities, each with the claims that support it."""
    quotes = _quotes(store)
    qualifiers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(store, QUALIFIERS):
        name = row["property"].removeprefix(KG)
        if row["property"].startswith(KG) and name not in PROVENANCE:
            qualifiers[row["claim"]].append((vocabulary.property(name).label, row.get("value", "")))
    relations = vocabulary.relations()
    claims: dict[tuple[str, str, str], set[ClaimView]] = {}
    for row in _rows(store, "SELECT ?subject ?predicate ?object WHERE { ?subject ?predicate ?object }"):
        if row["predicate"] in relations and row["subject"] in entities and row.get("object") in entities:
            claims[row["subject"], row["predicate"].removeprefix(KG), row["object"]] = set()
    for row in _rows(store, CLAIMS):
        triple = (row["subject"], row["predicate"].removeprefix(KG), row["object"])
        if triple in claims:
            claims[triple].add(_claim(row, quotes, tuple(qualifiers[row["claim"]])))
    return tuple(Fact(*triple, tuple(sorted(claims[triple], key=_reading_order))) for triple in sorted(claims))


def _reading_order(claim: ClaimView) -> tuple[bool, tuple[str, int, int], str, str]:
    """By article and place; claims without a quote last."""
    quote = claim.quote
    return quote is None, (quote.article, quote.begin, quote.end) if quote else ("", 0, 0), claim.rule, repr(claim)


def _figures(store: ox.Store, labels: dict[str, str], entities: set[str]) -> tuple[Figure, ...]:
    quotes = _quotes(store)
    figures: dict[str, Figure] = {}
    for row in _rows(store, FIGURES):
        if row["subject"] not in entities:
            continue
        indicator = row.get("indicator", "")
        figure = Figure(
            subject=row["subject"],
            indicator=labels.get(indicator) or local_name(indicator),
            value=row["value"],
            unit=row.get("unit", ""),
            period=row.get("period", ""),
            kind=row.get("kind", ""),
            claim=_claim(row, quotes),
        )
        figures.setdefault(row["figure"], figure)
    return tuple(sorted(figures.values(), key=lambda each: (each.subject, each.indicator, each.period, repr(each))))


def _nodes(
    store: ox.Store, vocabulary: Vocabulary, labels: dict[str, str], kinds: dict[str, str], facts: tuple[Fact, ...]
) -> tuple[Node, ...]:
    aliases: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, "SELECT ?node ?name WHERE { ?node skos:altLabel ?name }"):
        aliases[row["node"]].add(row.get("name", ""))
    articles: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, "SELECT ?node ?article WHERE { ?node kg:mentionedIn ?article }"):
        articles[row["node"]].add(row["article"])
    neighbours: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.subject != fact.object:
            neighbours[fact.subject].add(fact.object)
            neighbours[fact.object].add(fact.subject)
    return tuple(
        Node(
            iri=iri,
            label=labels[iri],
            aliases=tuple(sorted(aliases[iri] - {labels[iri]})),
            kind=vocabulary.kind(kind),
            group=vocabulary.group(kind),
            articles=tuple(sorted(articles[iri])),
            degree=len(neighbours[iri]),
        )
        for iri, kind in sorted(kinds.items())
        if iri in labels
    )
