"""Read from a graph what the page shows.

This knows the structural vocabulary (claims, observations, articles, evidence) and
nothing of the domain: classes, relations, their Chinese names and their colours come from
the ontology, so a class added there shows on the page with no change here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.iris import KG, VOCABULARIES
from kg.ontology import Ontology, load_ontology
from kg.store import load_graph
from kg.view.model import ArticleView, Attribute, ClaimView, Fact, Figure, Node, Quote, ViewModel
from kg.view.vocabulary import Vocabulary, local_name

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items())

# What a claim says of itself and not of the fact.
PROVENANCE = ("confidence", "rule")

ARTICLES = """
SELECT ?article ?title ?issued ?publisher ?file ?sha256 WHERE {
  ?article a kg:Article .
  OPTIONAL { ?article dcterms:title ?title } OPTIONAL { ?article dcterms:issued ?issued }
  OPTIONAL { ?article dcterms:publisher ?publisher } OPTIONAL { ?article dcterms:source ?file }
  OPTIONAL { ?article kg:sha256 ?sha256 }
}"""

NAMES = "SELECT ?node ?label WHERE { ?node rdfs:label ?label ; a ?class . FILTER(isIRI(?node)) }"

CLAIMS = """
SELECT ?claim ?subject ?predicate ?object ?confidence ?rule ?span WHERE {
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL { ?claim kg:confidence ?confidence } OPTIONAL { ?claim kg:rule ?rule }
  OPTIONAL { ?claim prov:wasDerivedFrom ?span }
}"""

ATTRIBUTES = CLAIMS.removesuffix("}") + "  FILTER(isLiteral(?object))\n}"

QUALIFIERS = """
SELECT ?claim ?property ?value WHERE {
  ?claim rdf:subject ?subject ; ?property ?value . FILTER(isLiteral(?value))
}"""

SPANS = """
SELECT ?span ?article ?begin ?end ?text WHERE {
  ?span nif:referenceContext ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?text .
}"""

FIGURES = """
SELECT ?figure ?subject ?indicator ?value ?unit ?normalized ?base ?period ?kind ?rule ?confidence ?span WHERE {
  ?figure a kg:Observation ; kg:subject ?subject ; kg:value ?value .
  OPTIONAL { ?figure kg:indicator ?indicator } OPTIONAL { ?figure kg:unit ?unit }
  OPTIONAL { ?figure kg:normalizedValue ?normalized } OPTIONAL { ?figure kg:normalizedUnit ?base }
  OPTIONAL { ?figure kg:period ?period } OPTIONAL { ?figure kg:kind ?kind }
  OPTIONAL { ?figure kg:rule ?rule } OPTIONAL { ?figure kg:confidence ?confidence }
  OPTIONAL { ?figure prov:wasDerivedFrom ?span }
}"""

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
    attributes = _attributes(store, vocabulary, kinds.keys() & labels.keys())
    nodes = _nodes(store, vocabulary, labels, kinds, facts)
    used = Counter(node.group for node in nodes)
    return ViewModel(
        nodes=nodes,
        facts=facts,
        attributes=attributes,
        figures=_figures(store, labels, {node.iri for node in nodes}),
        articles=_articles(store),
        groups=tuple(sorted(used, key=lambda group: (-used[group], group))),
        relations=tuple(vocabulary.property(name) for name in sorted({fact.predicate for fact in facts})),
        honours=vocabulary.view.honours,
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
        known = (row.get(key, "") for key in ("issued", "publisher", "file", "sha256"))
        found.setdefault(iri, ArticleView(iri, name, *known))
    return tuple(found[iri] for iri in sorted(found))


def _quotes(store: ox.Store) -> dict[str, Quote]:
    return {
        row["span"]: Quote(row["article"], int(row["begin"]), int(row["end"]), row.get("text", ""))
        for row in _rows(store, SPANS)
    }


def _claim(row: Row, quotes: dict[str, Quote], qualifiers: tuple[tuple[str, str], ...] = ()) -> ClaimView:
    confidence = float(row["confidence"]) if "confidence" in row else None
    iri = row.get("claim") or row.get("figure", "")
    return ClaimView(quotes.get(row.get("span", "")), row.get("rule", ""), confidence, qualifiers, iri)


def _facts(store: ox.Store, vocabulary: Vocabulary, entities: set[str]) -> tuple[Fact, ...]:
    """Plain triples between entities, each with the claims that support it."""
    quotes, qualifiers = _quotes(store), _qualifiers(store, vocabulary)
    relations = vocabulary.relations()
    claims: dict[tuple[str, str, str], set[ClaimView]] = {}
    for row in _rows(store, "SELECT ?subject ?predicate ?object WHERE { ?subject ?predicate ?object }"):
        if row["predicate"] in relations and row["subject"] in entities and row.get("object") in entities:
            claims[row["subject"], row["predicate"].removeprefix(KG), row["object"]] = set()
    for row in _rows(store, CLAIMS):
        triple = (row["subject"], row["predicate"].removeprefix(KG), row["object"])
        if triple in claims:
            claims[triple].add(_claim(row, quotes, qualifiers[row["claim"]]))
    return tuple(Fact(*triple, tuple(sorted(claims[triple], key=_reading_order))) for triple in sorted(claims))


def _attributes(store: ox.Store, vocabulary: Vocabulary, entities: set[str]) -> tuple[Attribute, ...]:
    """What claims say of entities in a word, such as the stage of a project."""
    quotes, qualifiers = _quotes(store), _qualifiers(store, vocabulary)
    claims: dict[tuple[str, str, str], set[ClaimView]] = defaultdict(set)
    for row in _rows(store, ATTRIBUTES):
        if row["subject"] in entities:
            triple = (row["subject"], row["predicate"].removeprefix(KG), row["object"])
            claims[triple].add(_claim(row, quotes, qualifiers[row["claim"]]))
    return tuple(
        Attribute(subject, vocabulary.property(name), word, tuple(sorted(found, key=_reading_order)))
        for (subject, name, word), found in sorted(claims.items())
    )


def _qualifiers(store: ox.Store, vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, str], ...]]:
    """What each claim says beside how it was read, as label and value."""
    found: dict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for row in _rows(store, QUALIFIERS):
        name = row["property"].removeprefix(KG)
        if row["property"].startswith(KG) and name not in PROVENANCE:
            found[row["claim"]] += ((vocabulary.property(name).label, row.get("value", "")),)
    return found


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
            normalized=row.get("normalized", ""),
            base_unit=row.get("base", ""),
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
    within = _containers(facts, vocabulary.view.within)
    return tuple(
        Node(
            iri=iri,
            label=labels[iri],
            aliases=tuple(sorted(aliases[iri] - {labels[iri]})),
            kind=vocabulary.kind(kind),
            group=vocabulary.group(kind),
            articles=tuple(sorted(articles[iri])),
            degree=len(neighbours[iri]),
            within=within.get(iri, ""),
            is_place=vocabulary.is_place(kind),
        )
        for iri, kind in sorted(kinds.items())
        if iri in labels
    )


def _containers(facts: tuple[Fact, ...], relation: str) -> dict[str, str]:
    """What each node lies in: by background knowledge before articles, the surest claim first."""
    found: dict[str, tuple[bool, float, str]] = {}
    for fact in facts:
        if fact.predicate == relation and fact.subject != fact.object:
            sureness = max((claim.confidence or 0.0 for claim in fact.claims), default=0.0)
            rank = (bool(fact.claims), -sureness, fact.object)
            found[fact.subject] = min(rank, found.get(fact.subject, rank))
    return {subject: rank[2] for subject, rank in found.items()}
